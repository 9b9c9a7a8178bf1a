//! How one gets an account: by an invitation, or by signing up where the institution allows it.

use super::*;
use crate::institution;

async fn policy(db: &Db, sign_up: SignUp, domains: &[&str]) {
    let domains = domains.iter().map(|domain| (*domain).to_owned()).collect();
    write(db, move |tx| {
        let now = institution::find(tx).unwrap().unwrap();
        let wanted = Institution { sign_up, sign_up_domains: store::Json(domains), ..now };
        institution::save(tx, &wanted, None).unwrap();
    })
    .await;
}

#[store::test]
async fn an_invitation_leads_in_once(db: Db) {
    let (ada, _) = academy(&db).await;
    // People are invited whoever may sign up.
    policy(&db, SignUp::Closed, &[]).await;
    let mut administrator = signed_in(&db, ada).await;
    let page = administrator.get("/institution/people/new").await;
    let fields = [("given", "Noor"), ("family", "Rahman"), ("email", "noor@else.example"), ("invite", "on")];
    let page = administrator.submit(&page, "Add a person", &fields).await;
    assert!(page.has_text("An invitation is on its way"), "{}", page.text());
    let first = newest_link(&db).await;
    assert!(first.starts_with("/invitations/"), "{first}");

    // Invited again, a minute later: the first link is worth nothing any more.
    db.clock().set(db.clock().now().plus_seconds(60));
    administrator.submit(&page, "Send an invitation", &[]).await;
    let second = newest_link(&db).await;
    let mut noor = browser(&db);
    assert_eq!(noor.get(&first).await.status(), 410);
    let page = noor.get(&second).await;
    sound(&page);
    assert_eq!(page.value("family").as_deref(), Some("Rahman"));
    let page = noor.submit(&page, "Sign in", &[("password", PASSWORD), ("again", "tide-pools at dusk")]).await;
    assert_eq!(page.form_errors()[0].0, "again");
    let page = noor.submit(&page, "Sign in", &[("given", "Nour"), ("password", PASSWORD), ("again", PASSWORD)]).await;
    assert_eq!(page.path(), "/");
    assert!(noor.get("/me").await.has_text("Nour Rahman"));
    assert_eq!(browser(&db).get(&second).await.status(), 410, "a link works once");
    assert!(administrator.get("/institution/people?q=nour").await.has_text("Active"));
}

#[store::test]
async fn the_policy_says_who_may_sign_up(db: Db) {
    academy(&db).await;
    for (sign_up, domains, email, may) in [
        (SignUp::Closed, vec!["harbour.example"], "a@harbour.example", false),
        (SignUp::Invitation, vec!["harbour.example"], "b@harbour.example", false),
        (SignUp::Open, vec!["harbour.example", "uni.example"], "c@student.uni.example", true),
        (SignUp::Open, vec!["harbour.example"], "d@notharbour.example", false),
        (SignUp::Open, vec![], "e@anywhere.example", true),
    ] {
        policy(&db, sign_up, &domains).await;
        let mut nobody = browser(&db);
        let page = nobody.get("/sign-up").await;
        sound(&page);
        assert_eq!(page.has_role("button", "Send me the link"), sign_up == SignUp::Open, "{sign_up}");
        assert_eq!(
            nobody.get("/sign-in").await.link("Make an account").is_some(),
            sign_up == SignUp::Open,
            "{sign_up}"
        );
        let page = nobody.post("/sign-up", &[("given", "Noor"), ("email", email)]).await;
        assert_eq!(page.status(), if may { 200 } else { 422 }, "{sign_up} {email}:\n{}", page.text());
        assert_eq!(page.has_text("We have sent a link"), may, "{sign_up} {email}");
        let letters: i64 = write(&db, |tx| {
            let sql = store::sql!("select cast(count(*) as bigint) from account_link where purpose = 'sign-up'");
            let count = tx.value(sql, store::params![]).unwrap();
            tx.execute(store::sql!("delete from account_link"), store::params![]).unwrap();
            count
        })
        .await;
        assert_eq!(letters, i64::from(may), "{sign_up} {email}");
    }
}

#[store::test]
async fn a_link_to_sign_up_is_worth_nothing_once_that_is_closed(db: Db) {
    academy(&db).await;
    let mut noor = browser(&db);
    noor.post("/sign-up", &[("given", "Noor"), ("email", "noor@harbour.example")]).await;
    let path = newest_link(&db).await;
    policy(&db, SignUp::Invitation, &[]).await;
    let page = noor.get(&path).await;
    let page = noor.submit(&page, "Sign in", &[("password", PASSWORD), ("again", PASSWORD)]).await;
    assert_eq!(page.status(), 422);
    assert!(page.has_text("Accounts are not open to everyone here"), "{}", page.text());
    assert!(write(&db, |tx| crate::find_by_email(tx, "noor@harbour.example").unwrap()).await.is_none());
    assert!(noor.get("/me").await.path().starts_with("/sign-in"));
}
