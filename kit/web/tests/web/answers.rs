use store::Db;

use crate::program::{ana, stranger};

#[store::test]
async fn a_page_is_sound_and_names_where_one_is(db: Db) {
    let page = ana(db).get("/shelves/new").await;
    assert_eq!(page.faults(), Vec::<String>::new());
    assert!(page.has_text("Ana Marín"));
    assert!(page.title().contains("New shelf"), "{}", page.title());
    assert!(page.html().contains("href=\"/shelves\" data-key=\"s\" aria-current=\"page\""), "{}", page.html());
    assert!(page.has_role("textbox", "Name") && page.has_role("button", "Create"));
    assert!(page.bytes_compressed() < page.bytes());
}

#[store::test]
async fn security_headers_stand_on_everything(db: Db) {
    let mut browser = stranger(db);
    for path in ["/", "/nowhere", "/faulty", "/healthz"] {
        let answer = browser.get(path).await;
        let policy = answer.header("content-security-policy").to_owned();
        assert!(policy.contains("default-src 'self'") && policy.contains("object-src 'none'"), "{path}: {policy}");
        assert!(!policy.contains("unsafe"));
        assert_eq!(answer.header("x-content-type-options"), "nosniff", "{path}");
        assert_eq!(answer.header("cross-origin-opener-policy"), "same-origin");
        assert_eq!(answer.header("strict-transport-security"), "");
    }
    let framed = browser.get("/framed").await;
    assert!(framed.header("content-security-policy").contains("frame-src 'self' https://player.example;"));
}

#[store::test]
async fn the_policy_allows_exactly_the_import_map_of_the_page(db: Db) {
    use base64::Engine as _;
    use sha2::Digest as _;
    let page = ana(db).get("/shelves/new").await;
    let html = page.html();
    let map = html.split("<script type=\"importmap\">").nth(1).unwrap().split("</script>").next().unwrap();
    let hash = base64::engine::general_purpose::STANDARD.encode(sha2::Sha256::digest(map));
    assert!(page.header("content-security-policy").contains(&format!("'sha256-{hash}'")));
}

#[store::test]
async fn a_page_is_not_kept_unless_it_says_so(db: Db) {
    let mut browser = ana(db);
    assert_eq!(browser.get("/shelves/new").await.header("cache-control"), "no-store");
    let path = browser.post("/shelves", &[("name", "North")]).await.path().to_owned();
    let page = browser.get(&path).await;
    assert_eq!(page.header("cache-control"), "private, no-cache");
    let etag = page.header("etag").to_owned();
    let known = browser.with("if-none-match", &etag).get(&path).await;
    assert_eq!((known.status(), known.bytes(), known.header("etag")), (304, 0, etag.as_str()));
}

#[store::test]
async fn assets_are_kept_for_ever_under_the_hash_of_their_content(db: Db) {
    let mut browser = ana(db);
    let page = browser.get("/shelves/new").await;
    let html = page.html();
    let sheet = html.split("rel=\"stylesheet\" href=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let answer = browser.get(&sheet).await;
    assert_eq!((answer.status(), answer.header("content-type")), (200, "text/css; charset=utf-8"));
    assert_eq!(answer.header("cache-control"), "public, max-age=31536000, immutable");
    let of_another_release = browser.get("/assets/old/stoa.css").await;
    assert_eq!((of_another_release.status(), of_another_release.header("cache-control")), (200, "private, no-cache"));
    assert_eq!(browser.get("/assets/x/../Cargo.toml").await.status(), 404);
    assert_eq!(browser.get("/assets/x/nothing.css").await.status(), 404);
}

#[store::test]
async fn answers_are_compressed(db: Db) {
    let mut browser = ana(db).with("accept-encoding", "gzip, br");
    let page = browser.get("/shelves/new").await;
    assert_eq!(page.header("content-encoding"), "gzip");
    assert!(page.header("vary").contains("accept-encoding"));
}

#[store::test]
async fn health(db: Db) {
    let mut browser = stranger(db);
    assert_eq!(browser.get("/healthz").await.html(), "ok");
    let ready = browser.get("/readyz").await;
    assert_eq!((ready.html(), ready.statements()), ("ready".to_owned(), 1), "the database itself is asked");
    assert_eq!(browser.get("/service").await.html(), "hello");
}

#[store::test]
async fn live_updates_begin_with_the_present_state(db: Db) {
    use http_body_util::BodyExt as _;
    use tower::ServiceExt as _;
    let router = crate::program::router(db);
    let request =
        http::Request::get("/news").header("accept-encoding", "gzip, br").body(axum::body::Body::empty()).unwrap();
    let answer = router.oneshot(request).await.unwrap();
    assert_eq!(answer.headers()["content-type"], "text/event-stream");
    assert!(!answer.headers().contains_key("content-encoding"));
    let mut body = answer.into_body();
    let first = body.frame().await.unwrap().unwrap().into_data().unwrap();
    assert_eq!(first, "event: count\ndata: 1\ndata: 2\n\n");
}

#[store::test]
async fn a_problem_links_to_its_meaning(db: Db) {
    let problem = stranger(db.clone()).with("accept", "application/json").get("/nowhere").await.json();
    let link = problem["type"].as_str().unwrap().to_owned();
    let (path, code) = link.strip_prefix("http://localhost:8080").unwrap().split_once('#').unwrap();
    let page = stranger(db).get(path).await;
    assert_eq!(page.faults(), Vec::<String>::new());
    assert!(page.html().contains(&format!("id=\"{code}\"")), "{link}");
}

#[store::test]
async fn a_part_and_its_page_are_kept_apart(db: Db) {
    let page = stranger(db).get("/").await;
    assert!(page.header("vary").contains("hx-request"));
}

/// Every word of the program, in every language.
#[test]
fn all_words_are_there() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    assert_eq!(web::words::check(&root), Vec::<String>::new());
}
