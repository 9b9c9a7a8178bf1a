use super::*;
use crate::session;

#[store::test]
async fn a_profile_is_changed_and_a_mistake_keeps_what_was_typed(db: Db) {
    let (_, lea) = academy(&db).await;
    let mut browser = signed_in(&db, lea).await;
    let page = browser.get("/me").await;
    sound(&page);
    assert!(!page.has_role("link", "Institution"), "only those who run it see it");
    let page = browser
        .submit(&page, "Save profile", &[("given", " "), ("about", "Reads\nmaps"), ("pronouns", "she/her")])
        .await;
    assert_eq!((page.status(), page.form_errors()[0].0.as_str()), (422, "given"));
    assert_eq!(page.value("about").as_deref(), Some("Reads\nmaps"));
    let page = browser
        .submit(&page, "Save profile", &[("given", "Lea Maria"), ("locale", "de"), ("zone", "Europe/Lisbon")])
        .await;
    assert!(page.has_text("Dein Profil ist gespeichert"), "the page speaks the chosen language: {}", page.text());
    let page = browser.get(&format!("/people/{lea}")).await;
    sound(&page);
    assert!(page.has_text("Lea Maria") && page.has_text("she/her") && page.has_text("Reads"));
}

#[store::test]
async fn the_look_is_kept_in_the_account_and_in_a_cookie(db: Db) {
    let (_, lea) = academy(&db).await;
    let mut browser = signed_in(&db, lea).await;
    browser.post("/me/appearance", &[("theme", "dark"), ("contrast", "more")]).await;
    assert_eq!((browser.cookie("theme"), browser.cookie("contrast")), (Some("dark"), Some("more")));
    let page = browser.get("/me").await;
    assert!(page.html().contains("data-theme=\"dark\" data-contrast=\"more\""));
    let mut elsewhere = signed_in(&db, lea).await;
    assert!(elsewhere.get("/me").await.html().contains("data-theme=\"dark\""));
}

#[store::test]
async fn a_new_password_ends_all_other_sessions_and_changes_the_token(db: Db) {
    let (_, lea) = academy(&db).await;
    let (mut here, mut there) = (signed_in(&db, lea).await, signed_in(&db, lea).await);
    let page = here.get("/me").await;
    let page = here
        .submit(
            &page,
            "Change password",
            &[("current", "wrong wrong wrong"), ("password", "dunes after rain"), ("again", "dunes after rain")],
        )
        .await;
    assert_eq!(page.form_errors()[0].0, "current");
    let old = here.cookie("session").unwrap().to_owned();
    let page = here
        .submit(
            &page,
            "Change password",
            &[("current", PASSWORD), ("password", "dunes after rain"), ("again", "dunes after rain")],
        )
        .await;
    assert!(page.has_text("Your password was changed"));
    assert_ne!(here.cookie("session"), Some(old.as_str()));
    assert_eq!(there.get("/me").await.path(), "/sign-in?next=%2Fme");
    let mut thief = browser(&db);
    thief.set_cookie("session", &old);
    assert_eq!(thief.get("/me").await.path(), "/sign-in?next=%2Fme");
}

#[store::test]
async fn sessions_are_listed_and_ended(db: Db) {
    let (ada, lea) = academy(&db).await;
    let (mut here, mut there) = (signed_in(&db, lea).await, signed_in(&db, lea).await);
    let foreign = write(&db, move |tx| {
        testing::session(tx, ada).unwrap();
        session::of_person(tx, ada).unwrap()[0].id
    })
    .await;
    let page = here.get("/me").await;
    assert!(page.has_text("This device"));
    assert_eq!(here.delete(&format!("/me/sessions/{foreign}")).await.status(), 404, "nobody ends another's session");
    let mut third = signed_in(&db, lea).await;
    let own = write(&db, move |tx| session::of_person(tx, lea).unwrap()).await;
    assert_eq!(own.len(), 3);
    let ended = here.get("/me").await.html();
    let id = own.iter().map(|session| session.id.to_string()).find(|id| ended.contains(&format!("/me/sessions/{id}")));
    let page_after = here.delete(&format!("/me/sessions/{}", id.unwrap())).await;
    assert!(page_after.has_text("is signed out"), "{}", page_after.text());
    let still = [&mut there, &mut third];
    let mut out = 0;
    for browser in still {
        out += usize::from(browser.get("/me").await.path().starts_with("/sign-in"));
    }
    assert_eq!(out, 1, "the one that was named");
    let page = here.submit(&page, "Sign out all others", &[]).await;
    assert!(page.has_text("1 device is signed out"), "{}", page.text());
    assert_eq!(there.get("/me").await.path(), "/sign-in?next=%2Fme");
    assert_eq!(third.get("/me").await.path(), "/sign-in?next=%2Fme");
    assert_eq!(here.get("/me").await.status(), 200);
}

#[store::test]
async fn a_key_for_programs_is_shown_once(db: Db) {
    let (_, lea) = academy(&db).await;
    let mut browser = signed_in(&db, lea).await;
    let page = browser.get("/me").await;
    let page =
        browser.submit(&page, "Make the key", &[("token_name", "Sync"), ("days", "900"), ("current", PASSWORD)]).await;
    assert_eq!(page.form_errors()[0].0, "days");
    let page = browser.submit(&page, "Make the key", &[("days", "30"), ("current", PASSWORD)]).await;
    assert!(page.has_text("Copy this key now"));
    let page = browser.get("/me").await;
    sound(&page);
    assert!(page.has_text("Sync") && !page.has_text("Copy this key now"));
    let page = browser.submit(&page, "End the key Sync", &[]).await;
    assert!(page.has_text("does not work any more"));
}

#[store::test]
async fn another_address_is_asked_for_with_the_password(db: Db) {
    let (_, lea) = academy(&db).await;
    let mut browser = signed_in(&db, lea).await;
    let page = browser.get("/me").await;
    let page = browser.submit(&page, "Send the link", &[("email", "lea@new.example"), ("current", "")]).await;
    assert_eq!(page.form_errors()[0].0, "current");
    assert_eq!(page.value("email").as_deref(), Some("lea@new.example"));
    let page = browser.submit(&page, "Send the link", &[("current", PASSWORD)]).await;
    assert!(page.has_text("lea@new.example waits to be confirmed"), "{}", page.text());
    assert!(page.has_text("lea@example.org"));
}
