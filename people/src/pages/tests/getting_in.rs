use super::*;
use crate::setup;

#[store::test]
async fn the_first_visitor_sets_the_place_up(db: Db) {
    write(&db, |tx| testing::seed_roles(tx, &[crate::PERMISSIONS]).unwrap()).await;
    let code = write(&db, |tx| setup::new_code(tx).unwrap().unwrap()).await;
    let mut browser = browser(&db);
    let page = browser.get("/sign-in").await;
    assert_eq!(page.path(), "/first-run");
    sound(&page);
    let filled = [
        ("name", "Harbour Academy"),
        ("given", "Ada"),
        ("family", "Okafor"),
        ("email", "ada@harbour.example"),
        ("password", PASSWORD),
        ("again", "tide-pools at dusk"),
        ("code", "AAAA-AAAA-AAAA"),
    ];
    let page = browser.submit(&page, "Begin", &filled).await;
    assert_eq!(page.status(), 422);
    let wrong: Vec<String> = page.form_errors().into_iter().map(|(field, _)| field).collect();
    assert_eq!(wrong, ["code", "again"]);
    assert_eq!(page.value("given").as_deref(), Some("Ada"));
    let page = browser.submit(&page, "Begin", &[("password", PASSWORD), ("again", PASSWORD), ("code", &code)]).await;
    assert_eq!((page.status(), page.path()), (200, "/institution"));
    assert!(page.has_text("Everything is ready"));
    sound(&page);
    assert_eq!(browser.get("/first-run").await.path(), "/");
}

#[store::test]
async fn an_administrator_added_at_the_command_line_signs_in_and_names_the_place(db: Db) {
    write(&db, |tx| {
        testing::seed_roles(tx, &[crate::PERMISSIONS]).unwrap();
        let details = Details { given: "Ada".into(), email: "ada@harbour.example".into(), ..Details::default() };
        let hash = password::hash_now(PASSWORD).unwrap();
        setup::make_administrator(tx, &details, &hash).unwrap();
    })
    .await;
    let mut browser = browser(&db);
    let page = browser.get("/sign-in").await;
    assert_eq!(page.path(), "/sign-in");
    browser.submit(&page, "Sign in", &[("email", "ada@harbour.example"), ("password", PASSWORD)]).await;
    let page = browser.get("/institution/settings").await;
    assert_eq!(page.status(), 200);
    let page = browser.submit(&page, "Save settings", &[("name", "Harbour Academy")]).await;
    assert!(page.has_text("The settings are saved."), "{}", page.text());
}

#[store::test]
async fn signing_in_leads_on_and_a_mistake_keeps_the_address(db: Db) {
    academy(&db).await;
    let mut browser = browser(&db);
    let page = browser.get("/me").await;
    assert_eq!(page.path(), "/sign-in?next=%2Fme");
    sound(&page);
    let page = browser.submit(&page, "Sign in", &[("email", "ada@example.org"), ("password", "")]).await;
    assert_eq!(page.form_errors()[0].0, "password");
    let page = browser.submit(&page, "Sign in", &[("password", "not the one at all")]).await;
    assert_eq!((page.status(), page.value("email").as_deref()), (422, Some("ada@example.org")));
    assert!(page.has_text("Address or password is not right"));
    assert!(!page.html().contains("not the one at all"));
    let before = browser.cookie("session").map(str::to_owned);
    let page = browser.submit(&page, "Sign in", &[("password", PASSWORD)]).await;
    assert_eq!((page.status(), page.path()), (200, "/me"));
    assert_ne!(browser.cookie("session").map(str::to_owned), before);
    let page = browser.submit(&page, "Sign out", &[]).await;
    assert_eq!(page.path(), "/sign-in");
    assert_eq!(browser.cookie("session"), None);
}

#[store::test]
async fn guessing_is_braked_with_the_time_to_wait(db: Db) {
    academy(&db).await;
    let mut browser = browser(&db);
    for _ in 0..5 {
        browser.post("/sign-in", &[("email", "ada@example.org"), ("password", "wrong and wrong")]).await;
    }
    let page = browser.post("/sign-in", &[("email", "ada@example.org"), ("password", PASSWORD)]).await;
    assert_eq!(page.status(), 429);
    assert!(page.has_text("Please wait 1 minute"), "{}", page.text());
    db.clock().set(db.clock().now().plus_seconds(31));
    let page = browser.staying().post("/sign-in", &[("email", "ada@example.org"), ("password", PASSWORD)]).await;
    assert_eq!(page.redirect().as_deref(), Some("/"));
    assert!(page.header("set-cookie").contains("HttpOnly; SameSite=Lax"), "{}", page.header("set-cookie"));
    assert!(!page.header("set-cookie").contains("Max-Age"), "ends with the browser");
}

#[store::test]
async fn next_leads_nowhere_else(db: Db) {
    academy(&db).await;
    let fields =
        [("email", "ada@example.org"), ("password", PASSWORD), ("next", "//evil.example/"), ("remember", "on")];
    let answer = browser(&db).staying().post("/sign-in", &fields).await;
    assert_eq!(answer.redirect().as_deref(), Some("/"));
    assert!(answer.header("set-cookie").contains("Max-Age=2592000"));
}

#[store::test]
async fn a_forgotten_password_is_chosen_anew(db: Db) {
    let (_, lea) = academy(&db).await;
    let mut elsewhere = signed_in(&db, lea).await;
    let mut browser = browser(&db);
    let page = browser.get("/reset").await;
    sound(&page);
    let page = browser.submit(&page, "Send me the link", &[("email", "lea")]).await;
    assert_eq!((page.status(), page.form_errors()[0].0.as_str()), (422, "email"));
    for email in ["nobody@example.org", "lea@example.org"] {
        let page = browser.post("/reset", &[("email", email)]).await;
        assert!(page.has_text(&format!("If there is an account for {email}")), "{}", page.text());
    }
    let path = newest_link(&db).await;
    let page = browser.get(&path).await;
    sound(&page);
    let page = browser.submit(&page, "Save and sign in", &[("password", "lea@example.org"), ("again", "x")]).await;
    assert!(page.has_text("This is your name or your address"));
    let page = browser
        .submit(&page, "Save and sign in", &[("password", "dunes after rain"), ("again", "dunes after rain")])
        .await;
    assert_eq!(page.path(), "/");
    assert_eq!(browser.get("/me").await.status(), 200);
    assert_eq!(elsewhere.get("/me").await.path(), "/sign-in?next=%2Fme", "every other session has ended");
    let page = browser.get(&path).await;
    assert_eq!(page.status(), 410);
    assert!(page.has_text("This link does not work any more") && page.link("Ask for a new link").is_some());
}

#[store::test]
async fn signing_up_goes_by_mail_and_keeps_to_the_domains(db: Db) {
    academy(&db).await;
    let mut browser = browser(&db);
    let page = browser.get("/sign-up").await;
    sound(&page);
    let page = browser
        .submit(&page, "Send me the link", &[("given", "Noor"), ("family", "Rahman"), ("email", "noor@else.example")])
        .await;
    assert_eq!((page.status(), page.value("given").as_deref()), (422, Some("Noor")));
    let page = browser.submit(&page, "Send me the link", &[("email", "Noor@harbour.example")]).await;
    assert!(page.has_text("We have sent a link"), "{}", page.text());
    let path = newest_link(&db).await;
    let page = browser.get(&path).await;
    sound(&page);
    assert_eq!(page.value("given").as_deref(), Some("Noor"));
    let page = browser.submit(&page, "Sign in", &[("given", ""), ("password", "short"), ("again", "short")]).await;
    let wrong: Vec<String> = page.form_errors().into_iter().map(|(field, _)| field).collect();
    assert_eq!(wrong, ["given", "password"]);
    browser.submit(&page, "Sign in", &[("given", "Noor"), ("password", PASSWORD), ("again", PASSWORD)]).await;
    assert!(browser.get("/me").await.has_text("noor@harbour.example"));
}

#[store::test]
async fn pages_speak_german_too(db: Db) {
    let (ada, _) = academy(&db).await;
    let mut browser = browser(&db).with("accept-language", "de");
    for (path, text) in [("/sign-in", "Anmelden"), ("/sign-up", "Konto anlegen"), ("/reset", "Neues Passwort wählen")]
    {
        let page = browser.get(path).await;
        assert!(page.has_role("heading", text), "{path}: {}", page.text());
        sound(&page);
    }
    let mut browser = signed_in(&db, ada).await.with("accept-language", "de");
    for path in [
        "/me",
        "/institution",
        "/institution/people",
        "/institution/people/new",
        "/institution/people/import",
        "/institution/units",
        "/institution/roles",
        "/institution/settings",
        "/access/explain",
    ] {
        sound(&browser.get(path).await);
    }
}
