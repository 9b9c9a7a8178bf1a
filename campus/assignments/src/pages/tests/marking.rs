use gradebook::{GradeState, Points};
use outline::{Completion, Item, ItemSettings};
use store::{Db, params, sql};

use super::{Scene, sound};
use crate::Settings;

#[store::test]
async fn work_is_marked_and_comes_back(db: Db) {
    let scene = Scene::new(db).await;
    scene.dated(Some(scene.now().plus_seconds(60)), None).await;
    scene.later(3_700);
    scene.hands_in(scene.ana, "The moon draws the sea.").await;
    let mut sofia = scene.as_person(scene.teacher).await;
    let page = sofia.get(&scene.item("")).await;
    assert!(page.has_text("1 handed in, 1 to mark"), "{}", page.text());
    sound(&sofia.get(&scene.item("")).await);
    let queue = sofia.get(&scene.item("/marking")).await;
    sound(&queue);
    assert!(queue.has_text("Ana") && queue.has_text("To mark, late") && !queue.has_text("Ben"), "{}", queue.text());
    for only in ["all", "out", "marked", "nonsense"] {
        sound(&sofia.get(&scene.item(&format!("/marking?only={only}"))).await);
    }
    let page = sofia.click(&queue, "Ana").await;
    sound(&page);
    assert!(page.has_text("The moon draws the sea.") && page.has_text("late"), "{}", page.text());
    let missing = sofia.submit(&page, "Give grade", &[("comment", "Well said."), ("do", "give")]).await;
    assert_eq!((missing.status(), missing.form_errors()[0].0.as_str()), (422, "points"));
    assert_eq!(missing.value("comment").unwrap().trim(), "Well said.");
    let wrong = sofia.submit(&missing, "Give grade", &[("points", "eighty"), ("do", "give")]).await;
    assert_eq!(wrong.form_errors()[0].0, "points");
    let more = sofia.submit(&missing, "Give grade", &[("points", "800"), ("do", "give")]).await;
    assert!(more.has_text("more than 100"), "{}", more.text());
    let page = sofia.get(&scene.item(&format!("/marking/{}", scene.ana))).await;
    assert_eq!(page.value("comment").unwrap().trim(), "Well said.", "what was typed is kept");
    let given = sofia.submit(&page, "Give grade", &[("points", "87,5"), ("do", "give")]).await;
    assert!(given.has_text("Graded: Ana"), "{}", given.text());
    let (ana, essay) = (scene.ana, scene.essay);
    let grade = scene.with(move |tx| gradebook::of_person(tx, essay, ana)).await.unwrap();
    assert_eq!((grade.points, grade.state), (Some("87.5".parse().unwrap()), GradeState::Graded));
    assert_eq!(grade.late_seconds, 3_640);
    let mut browser = scene.as_person(scene.ana).await;
    let page = browser.get(&scene.item("")).await;
    assert!(page.has_text("Your work came back: 87.5 of 100 points"), "{}", page.text());
    let marks = browser.click(&page, "See what came back").await;
    sound(&marks);
    assert!(marks.has_text("Well said.") && marks.has_text("87.5"), "{}", marks.text());
    // Nobody else's.
    let bens = scene.as_person(scene.ben).await.get(&scene.item("/marks")).await;
    sound(&bens);
    assert!(bens.has_text("Nothing came back yet") && !bens.has_text("Well said."), "{}", bens.text());
}

/// More time that is given afterwards takes the lateness away: for the learner, and for those who mark.
#[store::test]
async fn more_time_given_afterwards_counts(db: Db) {
    let scene = Scene::new(db).await;
    let (course, essay, by, ana, now) = (scene.course.id, scene.essay, scene.teacher, scene.ana, scene.now());
    scene.dated(Some(now.plus_seconds(60)), None).await;
    scene
        .with(move |tx| {
            let late = gradebook::late::LatePolicy {
                percent_each: gradebook::Percent::from_units(1_000),
                interval: gradebook::late::Interval::Day,
                lowest: None,
                grace_minutes: 0,
            };
            let policy = gradebook::Policy::of(tx, course)?;
            gradebook::Policy { late: Some(late), ..policy }.save(tx, course, by)
        })
        .await;
    scene.later(120);
    scene.hands_in(ana, "The moon.").await;
    let mut sofia = scene.as_person(by).await;
    let path = scene.item(&format!("/marking/{ana}"));
    let page = sofia.get(&path).await;
    assert!(page.has_text("1 min late"), "{}", page.text());
    sofia.submit(&page, "Give grade", &[("points", "50"), ("do", "give")]).await;
    let mut browser = scene.as_person(ana).await;
    for path in [scene.item(""), scene.item("/marks")] {
        let page = browser.get(&path).await;
        assert!(page.has_text("40") && page.has_text("10 points were taken off"), "{}", page.text());
    }
    scene
        .with(move |tx| {
            let item = Item::find(tx, course, essay)?;
            let due = outline::overrides::DateChange::At(now.plus_days(1));
            let change = outline::overrides::Change { due, ..Default::default() };
            outline::overrides::set(tx, &item, outline::overrides::Whom::Person(ana), &change, by)
        })
        .await;
    let page = sofia.get(&path).await;
    sound(&page);
    assert!(!page.has_text("1 min late"), "{}", page.text());
    for path in [scene.item(""), scene.item("/marks")] {
        let page = browser.get(&path).await;
        assert!(page.has_text("50") && !page.has_text("taken off"), "{}", page.text());
    }
}

#[store::test]
async fn a_grade_given_twice_is_given_once_and_marks_wait_for_it(db: Db) {
    let scene = Scene::new(db).await;
    scene.hands_in(scene.ana, "The moon.").await;
    let mut sofia = scene.as_person(scene.teacher).await;
    let path = scene.item(&format!("/marking/{}", scene.ana));
    let page = sofia.get(&path).await;
    let fields = [("points", "50"), ("comment", "Half."), ("do", "give")];
    sofia.submit(&page, "Give grade", &fields).await;
    sofia.submit(&page, "Give grade", &fields).await;
    let marks: i64 = scene.with(|tx| tx.value(sql!("select count(*) from mark"), params![])).await;
    assert_eq!(marks, 1);
    // New marks on their way are nobody's but the markers'.
    let page = sofia.get(&path).await;
    assert_eq!(page.value("points").unwrap(), "50");
    sofia.submit(&page, "Save marks", &[("points", "99"), ("do", "save")]).await;
    let hers = scene.as_person(scene.ana).await.get(&scene.item("/marks")).await;
    assert!(hers.has_text("50") && !hers.has_text("99"), "{}", hers.text());
    // Two markers at once: the second is told, by page and by script.
    let late = sofia.submit(&page, "Save marks", &[("points", "10"), ("do", "save")]).await;
    assert_eq!(late.status(), 422);
    assert!(late.has_text("99 points"), "{}", late.text());
    let given = page.value("given").unwrap();
    let fields = [("attempt", "1"), ("revision", "0"), ("given", given.as_str()), ("points", "10"), ("do", "keep")];
    let script = sofia.post(&path, &fields).await;
    assert_eq!((script.status(), script.json()["fields"]["points"].as_str()), (409, Some("99")));
    let given = script.json()["fields"]["given"].as_str().unwrap().to_owned();
    let fields = [("attempt", "1"), ("revision", "1"), ("given", given.as_str()), ("points", "10"), ("do", "keep")];
    assert_eq!(sofia.post(&path, &fields).await.json()["revision"], 2);
}

/// Two have the same work open: what the one has given the other does not replace without knowing.
#[store::test]
async fn marks_that_another_gave_are_not_overruled_unseen(db: Db) {
    let scene = Scene::new(db).await;
    scene.hands_in(scene.ana, "The moon.").await;
    let mut sofia = scene.as_person(scene.teacher).await;
    let path = scene.item(&format!("/marking/{}", scene.ana));
    let (one, other) = (sofia.get(&path).await, sofia.get(&path).await);
    sofia.submit(&one, "Give grade", &[("points", "70"), ("comment", "First."), ("do", "give")]).await;
    let told = sofia.submit(&other, "Give grade", &[("points", "30"), ("comment", "Second."), ("do", "give")]).await;
    assert_eq!(told.status(), 422);
    assert!(told.has_text("First.") && told.value("points").unwrap() == "30", "{}", told.text());
    let fields = [("attempt", "1"), ("revision", "0"), ("given", ""), ("points", "30"), ("do", "keep")];
    assert_eq!(sofia.post(&path, &fields).await.status(), 409);
    let given = sofia.submit(&told, "Give grade", &[("do", "give")]).await;
    assert!(given.has_text("Graded: Ana"), "knowing it, they may: {}", given.text());
}

#[store::test]
async fn grades_that_are_not_posted_stay_unseen(db: Db) {
    let scene = Scene::new(db).await;
    let (course, essay, by, ana) = (scene.course.id, scene.essay, scene.teacher, scene.ana);
    scene
        .with(move |tx| {
            let item = Item::find(tx, course, essay)?;
            item.change(tx, &ItemSettings { completion: Completion::Grade, ..item.settings() }, by)?;
            let column = gradebook::Column::of_item(tx, essay)?.unwrap();
            let to = gradebook::ColumnSettings { posts: Some(gradebook::Posts::ByHand), ..column.settings() };
            column.change(tx, &to, by)
        })
        .await;
    scene.hands_in(ana, "The moon.").await;
    let mut sofia = scene.as_person(by).await;
    let page = sofia.get(&scene.item(&format!("/marking/{ana}"))).await;
    sofia.submit(&page, "Give grade", &[("points", "50"), ("comment", "Hidden."), ("do", "give")]).await;
    let mut browser = scene.as_person(ana).await;
    for path in [scene.item(""), scene.item("/marks")] {
        let page = browser.get(&path).await;
        assert!(!page.has_text("Hidden.") && !page.has_text("50"), "{}", page.text());
    }
    scene
        .with(move |tx| {
            let column = gradebook::Column::of_item(tx, essay)?.unwrap();
            gradebook::posting::post(tx, &column, by)
        })
        .await;
    assert!(browser.get(&scene.item("/marks")).await.has_text("Hidden."));
    let done: i64 =
        scene.with(|tx| tx.value(sql!("select count(*) from item_progress where reason = 'grade'"), params![])).await;
    assert_eq!(done, 1);
}

#[store::test]
async fn without_names_nothing_tells_who_it_is_until_they_are_shown(db: Db) {
    let scene = Scene::new(db).await;
    scene.asks(Settings { anonymous: true, ..Settings::default() }).await;
    scene.hands_in(scene.ana, "The moon.").await;
    scene.hands_in(scene.ben, "The sun.").await;
    let mut sofia = scene.as_person(scene.teacher).await;
    let queue = sofia.get(&scene.item("/marking")).await;
    sound(&queue);
    let page = sofia.click(&queue, "Begin marking").await;
    sound(&page);
    let person = scene.ana.to_string();
    for page in [&queue, &page] {
        let html = page.html();
        assert!(!html.contains("Ana") && !html.contains("Ben") && !html.contains(&person), "{}", page.text());
    }
    assert_eq!(sofia.get(&scene.item(&format!("/marking/{person}"))).await.status(), 404);
    let mut given = page;
    for points in ["40", "60"] {
        given = sofia.submit(&given, "Give grade", &[("points", points), ("do", "give")]).await;
    }
    let count: i64 =
        scene.with(|tx| tx.value(sql!("select count(*) from grade where state = 'graded'"), params![])).await;
    assert_eq!(count, 0, "the gradebook knows names");
    assert!(!scene.as_person(scene.ana).await.get(&scene.item("/marks")).await.has_text("of 100 points"));
    let queue = sofia.get(&scene.item("/marking")).await;
    let shown = sofia.submit(&queue, "Show names", &[]).await;
    assert!(shown.has_text("Ana") && shown.has_text("Ben"), "{}", shown.text());
    let count: i64 =
        scene.with(|tx| tx.value(sql!("select count(*) from grade where state = 'graded'"), params![])).await;
    assert_eq!(count, 2);
    assert!(scene.as_person(scene.ana).await.get(&scene.item("/marks")).await.has_text("of 100 points"));
}

#[store::test]
async fn staff_hand_in_excuse_and_give_attempts(db: Db) {
    let scene = Scene::new(db).await;
    scene.dated(Some(scene.now()), None).await;
    scene.later(7_200);
    let mut sofia = scene.as_person(scene.teacher).await;
    let path = scene.item(&format!("/marking/{}", scene.ana));
    let form = sofia.get(&format!("{path}/submission")).await;
    sound(&form);
    let future = sofia.submit(&form, "Hand in", &[("at", "2031-01-01T10:00")]).await;
    assert_eq!(future.form_errors()[0].0, "at");
    let at = [("at", "2026-03-02T10:00"), ("text", "On paper.")];
    let page = sofia.submit(&form, "Hand in", &at).await;
    assert!(page.has_text("Handed in for Ana") && page.has_text("On paper."), "{}", page.text());
    let late: i64 = scene.with(|tx| tx.value(sql!("select late_seconds from submission"), params![])).await;
    assert!(late <= 3_600, "it is late by the time that was said, not by now: {late}");
    sofia.submit(&form, "Hand in", &at).await;
    assert_eq!(scene.attempts(scene.ana).await, 1, "sent twice, it is in once");
    let hers = scene.as_person(scene.ana).await.get(&scene.item("")).await;
    assert!(hers.has_text("used all your attempts"), "{}", hers.text());
    let page = sofia.get(&path).await;
    sofia.submit(&page, "Give one more attempt", &[]).await;
    sofia.submit(&page, "Give one more attempt", &[]).await;
    let hers = scene.as_person(scene.ana).await.get(&scene.item("")).await;
    assert!(hers.has_text("1 of 2 used") && hers.value("text").is_some(), "{}", hers.text());
    let page = sofia.get(&path).await;
    let page = sofia.submit(&page, "Excuse", &[]).await;
    assert!(page.has_text("This person is excused"), "{}", page.text());
    let hers = scene.as_person(scene.ana).await.get(&scene.item("")).await;
    assert!(hers.has_text("you were excused"), "{}", hers.text());
    let page = sofia.submit(&page, "Take the excuse back", &[]).await;
    assert!(!page.has_text("This person is excused"), "{}", page.text());
}

#[store::test]
async fn comments_are_kept_and_put_in_again(db: Db) {
    let scene = Scene::new(db).await;
    scene.hands_in(scene.ana, "The moon.").await;
    let mut sofia = scene.as_person(scene.teacher).await;
    let path = scene.item(&format!("/marking/{}", scene.ana));
    let page = sofia.get(&path).await;
    let page = sofia.submit(&page, "Keep this comment", &[("comment", "Name your sources."), ("do", "phrase")]).await;
    sound(&sofia.get(&path).await);
    let ids: Vec<store::Id> = scene.with(|tx| tx.values(sql!("select id from comment_phrase"), params![])).await;
    let id = ids[0].to_string();
    let fields = [("comment", "Good."), ("phrase", id.as_str()), ("do", "insert")];
    let page = sofia.submit(&page, "Put it into the comment", &fields).await;
    assert_eq!(page.value("comment").unwrap().trim(), "Good.\nName your sources.");
    let page = sofia.submit(&page, "Remove Name your sources.", &[]).await;
    assert!(!page.has_role("button", "Put it in"), "{}", page.text());
}

#[store::test]
async fn whoever_does_not_mark_gets_nowhere(db: Db) {
    let scene = Scene::new(db).await;
    scene.hands_in(scene.ana, "The moon.").await;
    let person = scene.ana;
    let who = format!("/marking/{person}");
    let pages = [
        scene.item("/marking"),
        scene.item(&who),
        scene.item(&format!("{who}/submission")),
        scene.item("/similarity"),
        scene.item(&format!("/similarity/{person}/{person}")),
        scene.item("/submissions.zip"),
        scene.at("/rubrics"),
        scene.item("/assignment"),
        "/marking".to_owned(),
    ];
    let stranger = scene.with(|tx| people::testing::person(tx, "Carl")).await;
    for path in &pages {
        for who in [scene.ana, scene.ben, stranger] {
            assert_eq!(scene.as_person(who).await.get(path).await.status(), 403, "{path}");
        }
        let nobody = scene.as_nobody().staying().get(path).await.status();
        assert!(matches!(nobody, 303 | 401), "{path} answers {nobody}");
    }
    let fields = [("attempt", "1"), ("revision", "0"), ("points", "100"), ("do", "give")];
    for path in [scene.item(&who), scene.item(&format!("{who}/attempts"))] {
        assert_eq!(scene.as_person(scene.ana).await.post(&path, &fields).await.status(), 403, "{path}");
    }
    let points: Vec<Option<Points>> = scene.with(|tx| tx.values(sql!("select points from mark"), params![])).await;
    assert!(points.is_empty());
    // A person of nowhere, an attempt that was never made.
    let mut sofia = scene.as_person(scene.teacher).await;
    assert_eq!(sofia.get(&scene.item(&format!("/marking/{stranger}"))).await.status(), 404);
    assert_eq!(sofia.get(&scene.item(&format!("{who}?attempt=7"))).await.status(), 404);
    assert_eq!(sofia.get(&scene.item("/marking/nobody")).await.status(), 404);
}
