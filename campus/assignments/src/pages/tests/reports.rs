use std::io::{Cursor, Read as _};

use store::Db;
use web::testing::File;

use super::{Scene, sound};

const TIDE: &str = "The moon draws the water of the sea towards itself twice a day, and we call it the tide.";

#[store::test]
async fn works_that_share_words_stand_in_the_report(db: Db) {
    let scene = Scene::new(db).await;
    scene.hands_in(scene.ana, TIDE).await;
    let mut sofia = scene.as_person(scene.teacher).await;
    let report = sofia.get(&scene.item("/similarity")).await;
    sound(&report);
    assert!(report.has_text("Nothing stands out") && report.has_text("1 work was compared"), "{}", report.text());
    scene.hands_in(scene.ben, &format!("As everybody knows: {TIDE} That is all.")).await;
    let report = sofia.get(&scene.item("/similarity")).await;
    sound(&report);
    assert!(report.has_text("100 %"), "{}", report.text());
    let pair = sofia.click(&report, "Ana and Ben").await;
    sound(&pair);
    assert!(pair.html().contains("<mark>The moon draws"), "{}", pair.html());
    assert_eq!(sofia.get(&scene.item("/similarity/nobody/else")).await.status(), 404);
}

#[store::test]
async fn everything_comes_in_one_archive(db: Db) {
    let scene = Scene::new(db).await;
    let mut ana = scene.as_person(scene.ana).await;
    let page = ana.get(&scene.item("")).await;
    let token = page.value("token").unwrap();
    let fields = [("token", token.as_str()), ("revision", "0"), ("text", "See the file."), ("do", "hand-in")];
    let file = File { field: "files", name: "Tides & moon.txt", kind: "text/plain", bytes: b"Twice a day." };
    ana.upload(&scene.item("/work"), &fields, &[file]).await;
    let answer = scene.as_person(scene.teacher).await.get(&scene.item("/submissions.zip")).await;
    assert_eq!((answer.status(), answer.header("content-type")), (200, "application/zip"));
    let mut archive = zip::ZipArchive::new(Cursor::new(answer.body().to_vec())).unwrap();
    let mut names: Vec<String> =
        (0..archive.len()).map(|at| archive.by_index(at).unwrap().name().unwrap().to_string()).collect();
    names.sort();
    assert_eq!(names, ["001-ana/1/Tides & moon.txt", "001-ana/1/text.txt"]);
    let mut words = String::new();
    archive.by_name("001-ana/1/Tides & moon.txt").unwrap().read_to_string(&mut words).unwrap();
    assert_eq!(words, "Twice a day.");
}

#[store::test]
async fn what_waits_is_listed_across_courses(db: Db) {
    let scene = Scene::new(db).await;
    let mut sofia = scene.as_person(scene.teacher).await;
    let list = sofia.get("/marking").await;
    sound(&list);
    assert!(list.has_text("Nothing waits"), "{}", list.text());
    scene.hands_in(scene.ana, TIDE).await;
    let list = sofia.get("/marking").await;
    sound(&list);
    assert!(list.has_text("Essay") && list.has_text("1 waits"), "{}", list.text());
    // A teacher of another course sees nothing of it.
    let other = scene
        .with(|tx| {
            let course = courses::testing::course(tx, "Elsewhere")?;
            courses::testing::enrolled(tx, &course, "Vera", courses::CourseRole::Teacher)
        })
        .await;
    let list = scene.as_person(other).await.get("/marking").await;
    sound(&list);
    assert!(!list.has_text("Essay"), "{}", list.text());
    assert_eq!(scene.as_person(other).await.get(&scene.item("/marking")).await.status(), 403);
}
