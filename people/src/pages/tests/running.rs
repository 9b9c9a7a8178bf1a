use super::*;
use crate::scope::ScopeKind;
use store::{params, sql};

#[store::test]
async fn only_those_who_run_the_place_come_in(db: Db) {
    let (ada, lea) = academy(&db).await;
    let paths = [
        "/institution",
        "/institution/people",
        "/institution/people/new",
        "/institution/people/export",
        "/institution/people/import",
        "/institution/units",
        "/institution/roles",
        "/institution/settings",
        "/access/explain",
    ];
    let mut administrator = signed_in(&db, ada).await;
    let mut learner = signed_in(&db, lea).await;
    let mut nobody = browser(&db);
    for path in paths {
        let page = administrator.get(path).await;
        assert_eq!(page.status(), 200, "{path}");
        assert!(page.statements() <= STATEMENTS_MAX, "{path}");
        assert_eq!(learner.get(path).await.status(), 403, "{path}");
        assert!(nobody.get(path).await.path().starts_with("/sign-in?next="), "{path}");
    }
    for path in ["/institution/people", "/institution/units", "/institution/roles", "/institution/settings"] {
        assert_eq!(
            learner.post(path, &[("name", "X"), ("given", "X"), ("email", "x@y.z")]).await.status(),
            403,
            "{path}"
        );
    }
}

#[store::test]
async fn a_person_is_added_changed_and_given_a_role(db: Db) {
    let (ada, _) = academy(&db).await;
    let mut browser = signed_in(&db, ada).await;
    let page = browser.get("/institution/people/new").await;
    sound(&page);
    let page = browser
        .submit(&page, "Add a person", &[("given", "Noor"), ("email", "lea@example.org"), ("external_id", "n-1")])
        .await;
    assert_eq!((page.status(), page.form_errors()[0].0.as_str()), (422, "email"));
    assert_eq!(page.value("external_id").as_deref(), Some("n-1"));
    let page = browser.submit(&page, "Add a person", &[("email", "noor@harbour.example")]).await;
    assert!(page.has_role("heading", "Noor") && page.has_text("An invitation is on its way"), "{}", page.text());
    sound(&page);
    assert!(page.has_text("Not signed in yet"));

    let page = browser
        .submit(
            &page,
            "Give the role",
            &[("role", "teacher"), ("starts", "2026-05-02T10:00"), ("ends", "2026-05-01T10:00")],
        )
        .await;
    assert_eq!(page.form_errors()[0].0, "ends");
    let page = browser.submit(&page, "Give the role", &[("ends", "2026-06-01T10:00")]).await;
    assert!(page.has_text("The role is given") && page.has_text("does not count now"), "{}", page.text());
    sound(&page);
    let page = browser.submit(&page, "Take away Teacher", &[]).await;
    assert!(page.has_text("No role yet"));

    let page = browser.submit(&page, "Save", &[("given", "Noor"), ("family", "Rahman"), ("email", "no address")]).await;
    assert_eq!(page.form_errors()[0].0, "email");
    let page = browser.submit(&page, "Save", &[("email", "noor@harbour.example")]).await;
    assert!(page.has_role("heading", "Noor Rahman"));
    let page = browser.submit(&page, "Make a link to hand over", &[]).await;
    assert!(
        page.has_text("With this link the person chooses a password")
            && page.html().contains("http://localhost:8080/invitations/")
    );
}

#[store::test]
async fn many_are_suspended_at_once_and_that_is_undone(db: Db) {
    let (ada, lea) = academy(&db).await;
    let (noor, oskar) = write(&db, |tx| (add(tx, "Noor", "Rahman"), add(tx, "Oskar", "Nowak"))).await;
    let (mut browser, mut learner) = (signed_in(&db, ada).await, signed_in(&db, lea).await);
    let page = browser.get("/institution/people").await;
    sound(&page);
    let chosen =
        [("person", &*noor.to_string()), ("person", &*lea.to_string()), ("back", "/institution/people?sort=newest")];
    let page = browser.post("/institution/people/suspensions", &chosen).await;
    assert_eq!(page.path(), "/institution/people?sort=newest");
    assert!(page.has_text("2 people are suspended"), "{}", page.text());
    assert!(learner.get("/me").await.path().starts_with("/sign-in"));
    let page = browser.submit(&page, "Undo", &[]).await;
    assert!(page.has_text("Undone for 2 people"), "{}", page.text());
    let page = browser.submit(&page, "Suspend", &[]).await;
    assert_eq!(page.status(), 200);
    assert!(page.has_text("Choose somebody first"), "{}", page.text());
    let page = browser.post("/institution/people/suspensions", &[("person", &ada.to_string())]).await;
    assert!(page.has_text("You cannot suspend yourself"), "{}", page.text());
    assert_eq!(browser.get("/institution/people?q=osk&state=invited").await.names("row").len(), 2);
    assert_eq!(browser.get(&format!("/people/{oskar}")).await.status(), 200);
}

#[store::test]
async fn a_manager_sees_their_unit_and_nobody_else(db: Db) {
    academy(&db).await;
    let (mia, noor, oskar) = write(&db, |tx| {
        let (science, arts) = (testing::unit(tx, "Science", None).unwrap(), testing::unit(tx, "Arts", None).unwrap());
        let (mia, noor, oskar) = (add(tx, "Mia", "Manager"), add(tx, "Noor", "Rahman"), add(tx, "Oskar", "Nowak"));
        for (person, unit) in [(noor, science.id), (oskar, arts.id)] {
            tx.execute(sql!("update person set unit = ?2 where id = ?1"), params![person, unit]).unwrap();
        }
        testing::role(tx, mia, "manager", (ScopeKind::Unit, Some(science.id.0))).unwrap();
        (mia, noor, oskar)
    })
    .await;
    let mut browser = signed_in(&db, mia).await;
    let page = browser.get("/institution/people").await;
    sound(&page);
    assert!(page.has_text("Noor Rahman") && !page.has_text("Oskar Nowak") && !page.has_role("button", "Suspend"));
    assert!(!String::from_utf8_lossy(browser.get("/institution/people/export").await.body()).contains("Oskar"));
    let page = browser.get(&format!("/institution/people/{noor}")).await;
    sound(&page);
    assert!(!page.has_role("button", "Save"));
    assert_eq!(browser.get(&format!("/institution/people/{oskar}")).await.status(), 403);
    let answer = browser.post("/institution/people/suspensions", &[("person", &noor.to_string())]).await;
    assert_eq!(answer.status(), 403);
}

#[store::test]
async fn nobody_takes_the_account_of_a_mightier_person(db: Db) {
    let (ada, _) = academy(&db).await;
    let office = write(&db, move |tx| {
        let office = add(tx, "Otto", "Office");
        let role = crate::role::create(tx, "Office", "", None, ada).unwrap();
        for permission in [crate::VIEW, crate::EDIT, crate::ASSIGN] {
            crate::role::set(tx, role, permission.as_str(), crate::INSTITUTION, crate::Setting::Allow, ada).unwrap();
        }
        testing::role(tx, office, "office", (ScopeKind::Institution, None)).unwrap();
        office
    })
    .await;
    let mut browser = signed_in(&db, office).await;
    for path in ["link", "invitation"] {
        assert_eq!(browser.post(&format!("/institution/people/{ada}/{path}"), &[]).await.status(), 403, "{path}");
    }
    let change = [("given", "Ada"), ("email", "mine@harbour.example")];
    assert_eq!(browser.post(&format!("/institution/people/{ada}"), &change).await.status(), 403);
    assert_eq!(browser.post("/institution/people/suspensions", &[("person", &ada.to_string())]).await.status(), 403);
    let page = browser
        .post(&format!("/institution/people/{office}/roles"), &[("role", "administrator"), ("place", "institution")])
        .await;
    assert_eq!(page.status(), 422);
    assert!(page.has_text("more than you may do"), "{}", page.text());
}

#[store::test]
async fn the_tree_of_units_is_kept(db: Db) {
    let (ada, _) = academy(&db).await;
    let mut browser = signed_in(&db, ada).await;
    let page = browser.get("/institution/units").await;
    sound(&page);
    let page = browser.submit(&page, "Add a unit", &[("name", " ")]).await;
    assert_eq!(page.form_errors()[0].0, "name");
    let page = browser.submit(&page, "Add a unit", &[("name", "Science")]).await;
    let science = page.link("Science").unwrap();
    let id = science.rsplit('/').next().unwrap().to_owned();
    let page = browser.submit(&page, "Add a unit", &[("name", "Biology"), ("parent", &id)]).await;
    sound(&page);
    assert!(page.has_text("Biology is added"));
    let page = browser.click(&page, "Biology").await;
    sound(&page);
    let page = browser.submit(&page, "Save", &[("name", "Zoology"), ("parent", "")]).await;
    assert!(page.has_text("The unit is saved") && page.has_text("Zoology"));
    let page = browser.click(&page, "Zoology").await;
    let page = browser.submit(&page, "Save", &[("name", "Science")]).await;
    assert_eq!((page.status(), page.form_errors()[0].0.as_str()), (422, "name"));
    let page = browser.submit(&page, "Delete the unit", &[]).await;
    assert!(page.has_text("The unit is deleted") && !page.has_text("Zoology"));
}

#[store::test]
async fn roles_are_made_changed_and_explained(db: Db) {
    let (ada, lea) = academy(&db).await;
    let unit = write(&db, |tx| testing::unit(tx, "Science", None).unwrap().id).await;
    let mut browser = signed_in(&db, ada).await;
    let page = browser.get("/institution/roles").await;
    sound(&page);
    let page = browser.submit(&page, "Make a role", &[("name", "Librarian"), ("about", "Keeps the books")]).await;
    sound(&page);
    assert!(page.has_role("heading", "Librarian") && page.has_text("Keeps the books"));
    let page = browser.submit(&page, "Save", &[("people.view", "allow")]).await;
    assert!(page.has_text("1 permission is changed"), "{}", page.text());
    let learner = page.link("Learner").unwrap();
    let page = browser.get(&format!("{learner}?place=unit:{unit}")).await;
    sound(&page);
    let page = browser.submit(&page, "Save", &[("people.view", "prohibit")]).await;
    assert_eq!(page.path(), format!("/institution/roles?place=unit:{unit}"));
    sound(&page);

    let ask =
        |person: &str, place: String| format!("/access/explain?person={person}&permission=people.view&place={place}");
    let page = browser.get(&ask("lea@example.org", "institution".into())).await;
    sound(&page);
    assert!(
        page.has_text("No. No role that this person holds here says so") && page.has_text("Librarian"),
        "{}",
        page.text()
    );
    let page = browser.get(&ask("lea@example.org", format!("unit:{unit}"))).await;
    sound(&page);
    assert!(page.has_text("The role Learner prohibits it") && page.has_text("set by Ada"), "{}", page.text());
    let page = browser.get(&ask("ada@example.org", "institution".into())).await;
    assert!(page.has_text("Yes. An administrator may do everything"));
    let page = browser.get(&ask("who@example.org", "institution".into())).await;
    assert_eq!(page.form_errors()[0].0, "person");
    assert_eq!(browser.get(&format!("/people/{lea}")).await.status(), 200);
}

#[store::test]
async fn settings_decide_who_may_sign_up(db: Db) {
    let (ada, _) = academy(&db).await;
    let mut administrator = signed_in(&db, ada).await;
    let page = administrator.get("/institution/settings").await;
    sound(&page);
    assert_eq!(page.value("domains").as_deref(), Some("harbour.example"));
    let page =
        administrator.submit(&page, "Save settings", &[("domains", "not a domain!"), ("name", "New name")]).await;
    assert_eq!((page.status(), page.form_errors()[0].0.as_str()), (422, "domains"));
    assert_eq!(page.value("name").as_deref(), Some("New name"));
    let page = administrator.submit(&page, "Save settings", &[("domains", ""), ("sign_up", "closed")]).await;
    assert!(page.has_text("The settings are saved"));
    let mut nobody = browser(&db);
    assert!(nobody.get("/sign-up").await.has_text("Accounts are made by invitation"));
    assert_eq!(nobody.post("/sign-up", &[("given", "X"), ("email", "x@harbour.example")]).await.status(), 422);
}
