use store::{Db, params, sql};
use web::testing::File;

use super::{STATEMENTS_MAX, Scene, sound};
use crate::Settings;

#[store::test]
async fn a_learner_writes_keeps_and_hands_in(db: Db) {
    let scene = Scene::new(db).await;
    scene.dated(Some(scene.now().plus_days(1)), None).await;
    let mut ana = scene.as_person(scene.ana).await;
    let page = ana.get(&scene.item("")).await;
    assert!(page.statements() <= STATEMENTS_MAX + 5, "{} statements", page.statements());
    let page = ana.get(&scene.item("")).await;
    sound(&page);
    assert!(page.has_text("Not begun") && page.has_text("Due"), "{}", page.text());
    let kept = ana.submit(&page, "Save draft", &[("text", "The moon draws the sea."), ("do", "save")]).await;
    assert!(kept.has_text("Draft kept"), "{}", kept.text());
    assert_eq!(kept.value("text").unwrap().trim(), "The moon draws the sea.");
    assert_eq!(scene.attempts(scene.ana).await, 0);
    let receipt = ana.submit(&kept, "Hand in", &[("do", "hand-in")]).await;
    assert_eq!(receipt.faults(), Vec::<String>::new());
    assert!(receipt.has_role("heading", "Receipt") && receipt.has_text("Reference number"), "{}", receipt.text());
    assert!(receipt.has_text("The moon draws the sea.") && receipt.has_text("In time"), "{}", receipt.text());
    sound(&ana.get(receipt.path()).await);
    let page = ana.get(&scene.item("")).await;
    sound(&page);
    assert!(page.has_text("Handed in") && page.has_text("used all your attempts"), "{}", page.text());
    assert!(page.value("text").is_none(), "there is no form any more");
    let done: Vec<String> =
        scene.with(|tx| tx.values(sql!("select reason from item_progress where done_at is not null"), params![])).await;
    assert_eq!(done, ["submit"]);
}

#[store::test]
async fn a_double_click_hands_in_once(db: Db) {
    let scene = Scene::new(db).await;
    scene.asks(Settings { attempts_max: None, ..Settings::default() }).await;
    let mut ana = scene.as_person(scene.ana).await;
    let page = ana.get(&scene.item("")).await;
    let fields = [("text", "Once."), ("do", "hand-in")];
    let first = ana.submit(&page, "Hand in", &fields).await;
    let second = ana.submit(&page, "Hand in", &fields).await;
    assert_eq!(first.path(), second.path());
    assert_eq!(scene.attempts(scene.ana).await, 1);
    let page = ana.get(&scene.item("")).await;
    assert_eq!(page.value("text").unwrap().trim(), "", "nothing is left in the draft");
    let third = ana.submit(&page, "Hand in", &[("text", "Twice."), ("do", "hand-in")]).await;
    assert!(third.has_text("Attempt 2"), "{}", third.text());
}

#[store::test]
async fn two_windows_lose_nothing(db: Db) {
    let scene = Scene::new(db).await;
    let mut ana = scene.as_person(scene.ana).await;
    let (one, other) = (ana.get(&scene.item("")).await, ana.get(&scene.item("")).await);
    ana.submit(&one, "Save draft", &[("text", "From the first."), ("do", "save")]).await;
    for way in ["save", "hand-in"] {
        let asked = ana.submit(&other, "Save draft", &[("text", "From the second."), ("do", way)]).await;
        assert_eq!(asked.status(), 422);
        assert_eq!(asked.faults(), Vec::<String>::new());
        assert!(asked.has_text("From the first."), "{}", asked.text());
        assert_eq!(asked.value("text").unwrap().trim(), "From the second.");
    }
    // The same by a script.
    let script = ana.post(&scene.item("/work"), &[("do", "keep"), ("revision", "0"), ("text", "From a third.")]).await;
    assert_eq!(script.status(), 409);
    assert_eq!(script.json()["fields"]["text"], "From the first.");
    let revision = script.json()["revision"].to_string();
    let script =
        ana.post(&scene.item("/work"), &[("do", "keep"), ("revision", &revision), ("text", "From a third.")]).await;
    assert_eq!((script.status(), script.json()["revision"].as_i64()), (200, Some(2)));
    let page = ana.get(&scene.item("")).await;
    assert_eq!(page.value("text").unwrap().trim(), "From a third.");
    assert_eq!(scene.attempts(scene.ana).await, 0);
}

/// Where nothing but an address is asked for, what is wrong still stands at a field that is there.
#[store::test]
async fn two_windows_of_an_address_are_told_too(db: Db) {
    let scene = Scene::new(db).await;
    scene.asks(Settings { takes_text: false, takes_files: false, takes_address: true, ..Settings::default() }).await;
    let mut ana = scene.as_person(scene.ana).await;
    let (one, other) = (ana.get(&scene.item("")).await, ana.get(&scene.item("")).await);
    ana.submit(&one, "Save draft", &[("address", "https://example.org/one"), ("do", "save")]).await;
    let asked = ana.submit(&other, "Hand in", &[("address", "https://example.org/other"), ("do", "hand-in")]).await;
    assert_eq!((asked.status(), asked.form_errors()[0].0.as_str()), (422, "address"));
    assert!(asked.has_text("https://example.org/one"), "{}", asked.text());
    let receipt = ana.submit(&asked, "Hand in", &[("do", "hand-in")]).await;
    assert!(receipt.link("https://example.org/other").is_some(), "{}", receipt.text());
}

#[store::test]
async fn what_is_late_says_so_and_what_is_too_late_is_kept(db: Db) {
    let scene = Scene::new(db).await;
    scene.dated(Some(scene.now().plus_seconds(60)), Some(scene.now().plus_seconds(600))).await;
    let mut ana = scene.as_person(scene.ana).await;
    let mut ben = scene.as_person(scene.ben).await;
    let (hers, his) = (ana.get(&scene.item("")).await, ben.get(&scene.item("")).await);
    scene.later(599);
    let receipt = ana.submit(&hers, "Hand in", &[("text", "Just so."), ("do", "hand-in")]).await;
    assert!(receipt.has_text("9 min late"), "{}", receipt.text());
    scene.later(1);
    let refused = ben.submit(&his, "Hand in", &[("text", "A moment too late."), ("do", "hand-in")]).await;
    assert_eq!(refused.status(), 422);
    assert!(
        refused.has_text("It closed before this arrived") && refused.has_text("A moment too late."),
        "{}",
        refused.text()
    );
    assert_eq!(scene.attempts(scene.ben).await, 0);
    let page = ben.get(&scene.item("")).await;
    assert!(page.has_text("A moment too late."), "what was written is still there: {}", page.text());
    sound(&page);
    let page = ana.get(&scene.item("")).await;
    assert!(page.has_text("What you handed in") && page.link("Attempt 1").is_some(), "{}", page.text());
    sound(&page);
    sound(&ana.get(receipt.path()).await);
    let late: i64 = scene.with(|tx| tx.value(sql!("select late_seconds from submission"), params![])).await;
    assert_eq!(late, 539);
}

#[store::test]
async fn files_are_taken_by_type_count_and_size(db: Db) {
    let scene = Scene::new(db).await;
    scene
        .asks(Settings {
            takes_text: false,
            file_types: vec!["pdf".to_owned(), "txt".to_owned()],
            files_max: 2,
            file_bytes_max: 1_000_000,
            ..Settings::default()
        })
        .await;
    let mut ana = scene.as_person(scene.ana).await;
    let page = ana.get(&scene.item("")).await;
    let token = page.value("token").unwrap();
    let large = vec![b'x'; 1_000_001];
    let file = |name, bytes| File { field: "files", name, kind: "application/octet-stream", bytes };
    for (sent, said) in [
        (file("virus.exe", b"MZ"), "is of a type that is not taken here"),
        (file("essay.pdf", b"no document"), "is not what its name says"),
        (file("long.txt", &large), "is too large"),
    ] {
        let fields = [("token", token.as_str()), ("revision", "0"), ("do", "hand-in")];
        let refused = ana.upload(&scene.item("/work"), &fields, &[sent]).await;
        assert_eq!(refused.status(), 422);
        assert_eq!(refused.faults(), Vec::<String>::new());
        assert!(refused.has_text(said), "{}", refused.text());
    }
    let fields = [("token", token.as_str()), ("revision", "0"), ("do", "save")];
    let files = [file("tides.txt", b"Twice a day."), file("../moon.pdf", b"%PDF-1.7 moon")];
    let page = ana.upload(&scene.item("/work"), &fields, &files).await;
    assert!(page.has_text("tides.txt") && page.has_text("moon.pdf"), "{}", page.text());
    sound(&ana.get(&scene.item("")).await);
    let draft = page.link("tides.txt").unwrap();
    assert_eq!(ana.get(&draft).await.body(), b"Twice a day.");
    assert_eq!(scene.as_person(scene.ben).await.get(&draft).await.status(), 404);
    assert_eq!(scene.as_person(scene.teacher).await.get(&draft).await.status(), 403, "a draft is its writer's alone");
    let again = ana.upload(&scene.item("/work"), &fields, &files[..1]).await;
    assert_eq!(again.status(), 200, "the same file is there once");
    let third = ana.upload(&scene.item("/work"), &fields, &[file("third.txt", b"3")]).await;
    assert!(third.has_text("There may be 2 files at the most"), "{}", third.text());
    let page = ana.get(&scene.item("")).await;
    let page = ana.submit(&page, "Remove moon.pdf", &[]).await;
    assert!(!page.has_text("moon.pdf"), "{}", page.text());
    let receipt = ana.submit(&page, "Hand in", &[("do", "hand-in")]).await;
    let href = receipt.link("tides.txt").unwrap();
    assert_eq!(ana.get(&href).await.body(), b"Twice a day.");
    // Nobody else gets to it: not even its existence is told.
    assert_eq!(scene.as_person(scene.ben).await.get(&href).await.status(), 404);
    assert_eq!(scene.as_person(scene.ben).await.get(receipt.path()).await.status(), 404);
    assert_eq!(scene.as_person(scene.teacher).await.get(&href).await.status(), 200);
    let words: String = scene.with(|tx| tx.value(sql!("select words from submission"), params![])).await;
    assert!(words.contains("Twice a day."), "the words of text files are compared: {words}");
}

#[store::test]
async fn nothing_a_wrong_address_and_a_nul_are_refused(db: Db) {
    let scene = Scene::new(db).await;
    scene.asks(Settings { takes_address: true, takes_files: false, ..Settings::default() }).await;
    let mut ana = scene.as_person(scene.ana).await;
    let page = ana.get(&scene.item("")).await;
    let empty = ana.submit(&page, "Hand in", &[("do", "hand-in")]).await;
    assert_eq!(empty.form_errors()[0].0, "text");
    let wrong = ana.submit(&page, "Hand in", &[("address", "javascript:alert(1)"), ("do", "hand-in")]).await;
    assert_eq!(wrong.form_errors()[0].0, "address");
    assert_eq!(wrong.value("address").unwrap(), "javascript:alert(1)");
    let nul = ana.post(&scene.item("/work"), &[("text", "a\0b"), ("do", "keep"), ("revision", "0")]).await;
    assert_eq!(nul.status(), 422);
    assert_eq!(scene.attempts(scene.ana).await, 0);
    let page = ana.get(&scene.item("")).await;
    let fields = [("address", "https://example.org/film"), ("text", "<script>alert(1)</script>"), ("do", "hand-in")];
    let receipt = ana.submit(&page, "Hand in", &fields).await;
    assert_eq!(receipt.link("https://example.org/film").unwrap(), "https://example.org/film");
    assert!(receipt.has_text("<script>alert(1)</script>"), "what was written is text");
}

#[store::test]
async fn whoever_does_not_take_the_course_hands_in_nothing(db: Db) {
    let scene = Scene::new(db).await;
    let stranger = scene.with(|tx| people::testing::person(tx, "Carl")).await;
    for path in [scene.item("/work"), scene.item("/marks")] {
        let status = scene.as_person(stranger).await.get(&path).await.status();
        assert!(matches!(status, 403 | 404), "{path} answers {status}");
        let nobody = scene.as_nobody().staying().get(&path).await;
        assert!(matches!(nobody.status(), 303 | 401), "{path} answers {}", nobody.status());
    }
    let fields = [("text", "Mine too."), ("do", "hand-in"), ("revision", "0")];
    assert!(matches!(scene.as_person(stranger).await.post(&scene.item("/work"), &fields).await.status(), 403 | 404));
    assert_eq!(scene.as_person(scene.teacher).await.post(&scene.item("/work"), &fields).await.status(), 403);
    assert_eq!(scene.attempts(stranger).await, 0);
    let other = scene.at(&format!("/items/{}/work", store::Id::nil()));
    assert_eq!(scene.as_person(scene.ana).await.get(&other).await.status(), 404);
    assert_eq!(scene.as_person(scene.ana).await.get(&scene.item("/submissions/x")).await.status(), 400);
}
