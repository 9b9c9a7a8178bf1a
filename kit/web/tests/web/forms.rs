use store::Db;
use web::testing::File;

use crate::program::{ana, stranger};

#[store::test]
async fn a_form_survives_a_mistake_and_then_makes_a_shelf(db: Db) {
    let mut browser = ana(db);
    let page = browser.get("/shelves/new").await;
    assert_eq!(page.status(), 200);
    let again = browser.submit(&page, "Create", &[("name", "  "), ("opens", "2026-03-29T02:30")]).await;
    assert_eq!(again.status(), 422);
    let errors = again.form_errors();
    assert_eq!(errors[0], ("name".into(), "Please fill this in.".into()));
    assert_eq!(errors[1].0, "opens");
    assert_eq!(again.value("opens").as_deref(), Some("2026-03-29T02:30"));
    let made = browser.submit(&again, "Create", &[("name", "North <wall>"), ("opens", "")]).await;
    assert!(made.path().starts_with("/shelves/"), "{}", made.path());
    assert!(made.has_role("heading", "North <wall>"), "{}", made.text());
    assert!(made.has_text("The shelf stands."));
    assert_eq!(made.statements(), 1);
    let reloaded = browser.get(made.path()).await;
    assert!(!reloaded.has_text("The shelf stands."), "a word is shown once");
}

#[store::test]
async fn a_broken_rule_is_told_at_its_field(db: Db) {
    let mut browser = ana(db);
    let _ = browser.post("/shelves", &[("name", "North")]).await;
    let again = browser.post("/shelves", &[("name", "North")]).await;
    assert_eq!(again.status(), 422);
    assert_eq!(again.form_errors(), [("name".to_owned(), "Please choose one of the options.".to_owned())]);
    assert_eq!(again.value("name").as_deref(), Some("North"));
}

#[store::test]
async fn a_form_reaches_the_delete_route(db: Db) {
    let mut browser = ana(db);
    let shelf = browser.post("/shelves", &[("name", "North")]).await;
    let gone = browser.submit(&shelf, "Remove", &[]).await;
    assert!(gone.has_text("The shelf is gone."), "{}", gone.text());
    assert_eq!(browser.get(shelf.path()).await.status(), 404);
}

#[store::test]
async fn mistakes_are_told_in_the_readers_language(db: Db) {
    let mut browser = ana(db).with("accept-language", "de-AT, en;q=0.5");
    let again = browser.post("/shelves", &[("name", "")]).await;
    assert_eq!(again.form_errors(), [("name".to_owned(), "Bitte fülle dieses Feld aus.".to_owned())]);
    assert!(again.html().contains("<html lang=\"de\" dir=\"ltr\""));
    browser.set_cookie("lang", "en");
    let again = browser.post("/shelves", &[("name", "")]).await;
    assert_eq!(again.form_errors()[0].1, "Please fill this in.");
}

#[store::test]
async fn files_come_in_pieces_and_within_limits(db: Db) {
    let mut browser = stranger(db);
    let file = |name, bytes| File { field: "files", name, kind: "text/plain", bytes };
    let sent =
        browser.upload("/upload", &[("note", "für später")], &[file("C:\\a\\notes.txt", b"1234"), file("", b"")]).await;
    assert_eq!(sent.html(), "notes.txt: 4 bytes, note: für später");
    let large = browser.upload("/upload", &[], &[file("large", &[b'x'; 1001])]).await;
    assert_eq!(large.status(), 413, "{}", large.text());
    let larger = browser.upload("/upload", &[], &[file("larger", &[b'x'; 900]), file("more", &[b'y'; 2500])]).await;
    assert_eq!(larger.status(), 413, "{}", larger.text());
    let broken =
        browser.with("content-type", "multipart/form-data; boundary=x").request(http::Method::POST, "/upload").await;
    assert!((400..500).contains(&broken.status()));
}

#[store::test]
async fn a_form_beyond_the_limit_is_refused(db: Db) {
    let text = "x".repeat(3 << 20);
    let refused = ana(db).post("/shelves", &[("name", &text)]).await;
    assert_eq!(refused.status(), 413);
    assert!(refused.has_text("At most 2 MB can be sent here."), "{}", refused.text());
}
