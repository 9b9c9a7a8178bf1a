use http::Method;
use store::Db;
use web::testing::Browser;
use web::{Access, Settings};

use crate::program::{ana, browser_with, routes, stranger};

fn problem(answer: &web::testing::Answer) -> (u16, String, String) {
    assert_eq!(answer.header("content-type"), "application/problem+json");
    let code = answer.json()["code"].as_str().unwrap().to_owned();
    (answer.status(), code, answer.json()["title"].as_str().unwrap().to_owned())
}

#[store::test]
async fn every_route_turns_a_stranger_away_unless_it_is_public(db: Db) {
    let mut browser = stranger(db).staying();
    for route in routes().table() {
        if route.path == "/faulty" || route.path == "/missing-service" || route.path == "/slow" || route.path == "/news"
        {
            continue;
        }
        let path = route.path.replace("{id}", "0199d3a0-0000-7000-8000-000000000000");
        let answer = browser.request(route.method.clone(), &path).await;
        let turned_away = answer.status() == 401 || answer.redirect().is_some_and(|to| to.starts_with("/sign-in"));
        assert_eq!(turned_away, route.access != Access::Public, "{} {path}: {}", route.method, answer.status());
    }
}

#[store::test]
async fn a_stranger_comes_back_after_signing_in(db: Db) {
    let answer = stranger(db.clone()).staying().get("/shelves/new?from=menu").await;
    assert_eq!(answer.redirect().as_deref(), Some("/sign-in?next=%2Fshelves%2Fnew%3Ffrom%3Dmenu"));
    let part = stranger(db.clone()).htmx().get("/shelves/new").await;
    assert_eq!((part.status(), part.header("hx-redirect")), (401, "/sign-in"));
    let program = stranger(db).with("accept", "application/json").get("/shelves/new").await;
    assert_eq!(problem(&program), (401, "sign-in".into(), "Please sign in".into()));
    assert_eq!(program.header("www-authenticate"), "Bearer");
}

#[store::test]
async fn what_nobody_asked_permission_for_is_withheld(db: Db) {
    let answer = ana(db).get("/careless").await;
    assert_eq!(answer.status(), 500);
    assert!(!answer.html().contains("learners"));
}

#[store::test]
async fn a_form_from_elsewhere_is_refused(db: Db) {
    let cross = ana(db.clone()).with("sec-fetch-site", "cross-site").post("/shelves", &[("name", "North")]).await;
    assert_eq!(cross.status(), 403);
    assert!(cross.has_text("The form came from another site"), "{}", cross.text());
    let old = ana(db.clone()).without("sec-fetch-site").with("origin", "http://localhost:8080");
    assert_eq!(old.staying().post("/shelves", &[("name", "North")]).await.status(), 303);
    let silent = ana(db).without("sec-fetch-site").post("/shelves", &[("name", "East")]).await;
    assert_eq!(silent.status(), 403);
}

#[store::test]
async fn a_program_with_a_token_needs_no_proof_at_its_own_routes(db: Db) {
    let id = "0199d3a0-0000-7000-8000-000000000000";
    let mut program = stranger(db.clone()).program("ana").staying();
    assert_eq!(program.delete(&format!("/api/shelves/{id}")).await.status(), 303);
    assert_eq!(program.delete(&format!("/shelves/{id}")).await.status(), 403);
    let mut cookie_only = ana(db).with("accept", "application/json").without("sec-fetch-site").staying();
    let refused = cookie_only.delete(&format!("/api/shelves/{id}")).await;
    assert_eq!(problem(&refused).1, "cross-site");
}

#[store::test]
async fn what_is_not_there_has_a_page_with_a_way_on(db: Db) {
    let mut browser = ana(db.clone());
    let page = browser.get("/nowhere").await;
    assert_eq!(page.status(), 404);
    assert!(page.has_role("heading", "There is nothing here"), "{}", page.text());
    assert!(page.link("").is_some());
    let wrong = browser.request(Method::PUT, "/").await;
    assert_eq!((wrong.status(), wrong.header("allow")), (405, "GET,HEAD"));
    assert_eq!(browser.get("/shelves/not-an-id").await.status(), 400);
    let program = stranger(db).with("accept", "application/json").get("/nowhere").await;
    assert_eq!(problem(&program).0, 404);
}

#[store::test]
async fn a_fault_shows_a_number_and_nothing_else(db: Db) {
    for path in ["/faulty", "/missing-service"] {
        let page = stranger(db.clone()).get(path).await;
        assert_eq!(page.status(), 500);
        assert!(page.has_text(page.header("x-request-id")), "{}", page.text());
        assert!(!page.html().contains("42") || path != "/faulty" || page.header("x-request-id").contains("42"));
    }
    let mut browser = stranger(db);
    browser.set_cookie("who", "broken");
    let page = browser.get("/").await;
    assert_eq!(page.status(), 500);
    assert!(!page.html().contains("session"));
}

#[store::test]
async fn htmx_gets_a_part(db: Db) {
    let part = ana(db).htmx().get("/shelves/0199d3a0-0000-7000-8000-000000000000").await;
    assert_eq!(part.status(), 404);
    assert!(part.has_text("There is nothing here"));
    assert!(!part.html().contains("<html"), "{}", part.html());
}

#[store::test]
async fn what_takes_too_long_is_stopped(db: Db) {
    let page = stranger(db).get("/slow").await;
    assert_eq!((page.status(), page.header("retry-after")), (503, "2"));
    assert!(page.has_text("longer than it may"), "{}", page.text());
}

#[store::test]
async fn figures_are_for_development(db: Db) {
    let settings = Settings { dev: false, base_url: "https://learn.example.org".into(), ..Settings::default() };
    let mut browser: Browser = browser_with(db, settings);
    let page = browser.get("/").await;
    assert_eq!((page.header("x-stoa-statements"), page.header("server-timing")), ("", ""));
    assert!(page.header("strict-transport-security").contains("max-age"));
}
