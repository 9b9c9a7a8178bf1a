use store::{Db, Id, params, sql};
use web::testing::File;

use super::{Scene, sound};
use crate::{Rubric, RubricKind, Settings};

#[store::test]
async fn learners_review_each_other_without_names(db: Db) {
    let scene = Scene::new(db).await;
    scene.asks(Settings { peer_reviews: 1, ..Settings::default() }).await;
    let mut ana = scene.as_person(scene.ana).await;
    let reviews = ana.get(&scene.item("/reviews")).await;
    sound(&reviews);
    let refused = ana.submit(&reviews, "Get a work to review", &[]).await;
    assert!(refused.has_text("Hand in your own work first."), "{}", refused.text());
    scene.hands_in(scene.ana, "The moon.").await;
    let alone = ana.submit(&reviews, "Get a work to review", &[]).await;
    assert!(alone.has_text("There is no work to review yet"), "{}", alone.text());
    let mut ben = scene.as_person(scene.ben).await;
    let page = ben.get(&scene.item("")).await;
    let token = page.value("token").unwrap();
    let fields = [("token", token.as_str()), ("revision", "0"), ("text", "The sun."), ("do", "hand-in")];
    let file = File { field: "files", name: "sun.txt", kind: "text/plain", bytes: b"Far away." };
    let receipt = ben.upload(&scene.item("/work"), &fields, &[file]).await;
    let page = ana.get(&scene.item("")).await;
    sound(&page);
    assert!(page.has_text("0 of 1 reviews done"), "{}", page.text());
    let review = ana.submit(&reviews, "Get a work to review", &[]).await;
    sound(&ana.get(review.path()).await);
    assert!(review.has_text("The sun.") && !review.html().contains("Ben"), "{}", review.text());
    assert_eq!(ana.submit(&reviews, "Get a work to review", &[]).await.path(), review.path(), "asked twice, it is one");
    // The file is open to the reviewer; whose it is is not.
    assert_eq!(ana.get(&review.link("sun.txt").unwrap()).await.body(), b"Far away.");
    assert_eq!(ana.get(receipt.path()).await.status(), 404);
    let empty = ana.submit(&review, "Give review", &[("do", "give")]).await;
    assert_eq!((empty.status(), empty.form_errors()[0].0.as_str()), (422, "comment"));
    let kept = ana.submit(&review, "Save draft", &[("comment", "Bright."), ("do", "save")]).await;
    assert_eq!(kept.value("comment").unwrap().trim(), "Bright.");
    let lost = ana.submit(&review, "Save draft", &[("comment", "Dark."), ("do", "save")]).await;
    assert_eq!((lost.status(), lost.value("comment").unwrap().trim()), (422, "Dark."));
    // Ben does not see it yet, and once it is given not before his own is done.
    let his = ben.get(&scene.item("/reviews")).await;
    assert!(!his.has_text("Bright."), "{}", his.text());
    let done = ana.submit(&kept, "Give review", &[("comment", "Bright and far."), ("do", "give")]).await;
    sound(&done);
    assert!(done.has_text("1 of 1 reviews done"), "{}", done.text());
    ana.submit(&kept, "Give review", &[("comment", "Changed."), ("do", "give")]).await;
    let his = ben.get(&scene.item("/reviews")).await;
    assert!(!his.has_text("Bright and far."), "{}", his.text());
    let review = ben.submit(&his, "Get a work to review", &[]).await;
    assert!(review.has_text("The moon."), "{}", review.text());
    let his = ben.submit(&review, "Give review", &[("comment", "Round."), ("do", "give")]).await;
    sound(&his);
    assert!(his.has_text("Bright and far.") && !his.has_text("Changed."), "{}", his.text());
    assert!(!his.html().contains("Ana"));
    // Those who mark see it.
    let mut sofia = scene.as_person(scene.teacher).await;
    let page = sofia.get(&scene.item(&format!("/marking/{}", scene.ben))).await;
    sound(&page);
    assert!(page.has_text("1 review by a fellow learner") && page.has_text("Bright and far."), "{}", page.text());
}

#[store::test]
async fn a_review_by_a_rubric_needs_all_of_it_and_can_report(db: Db) {
    let scene = Scene::new(db).await;
    let (course, by) = (scene.course.id, scene.teacher);
    let (rubric, criterion) = scene
        .with(move |tx| {
            let rubric = Rubric::create(tx, course, "Essay", RubricKind::Guide, by)?;
            let id: Id = tx.new_id();
            let criterion = crate::rubric::Criterion {
                id,
                title: "Argument".to_owned(),
                description: String::new(),
                points: 50_000,
                levels: Vec::new(),
            };
            Rubric::find(tx, course, rubric)?.change(tx, course, "Essay", &[criterion], by)?;
            Ok((rubric, id))
        })
        .await;
    scene.asks(Settings { peer_reviews: 2, rubric: Some(rubric), ..Settings::default() }).await;
    scene.hands_in(scene.ana, "The moon.").await;
    scene.hands_in(scene.ben, "The sun.").await;
    let mut ana = scene.as_person(scene.ana).await;
    let reviews = ana.get(&scene.item("/reviews")).await;
    let review = ana.submit(&reviews, "Get a work to review", &[]).await;
    let missing = ana.submit(&review, "Give review", &[("comment", "Bright."), ("do", "give")]).await;
    assert_eq!(missing.status(), 422);
    let field = format!("points_{criterion}");
    let told = ana.submit(&missing, "Tell the teachers", &[("report", "It is from a book."), ("do", "report")]).await;
    assert!(told.has_text("The teachers have been told."), "{}", told.text());
    let review = ana.get(review.path()).await;
    let done = ana.submit(&review, "Give review", &[(&field, "4"), ("comment", "Bright."), ("do", "give")]).await;
    assert!(done.has_text("1 of 2 reviews done"), "{}", done.text());
    let nobody = ana.submit(&done, "Get a work to review", &[]).await;
    assert!(nobody.has_text("There is no work to review yet"), "nobody reviews one work twice: {}", nobody.text());
    let page = scene.as_person(by).await.get(&scene.item(&format!("/marking/{}", scene.ben))).await;
    sound(&page);
    assert!(page.has_text("the middle: 4 points") && page.has_text("It is from a book."), "{}", page.text());
}

#[store::test]
async fn reviews_are_their_reviewers_alone(db: Db) {
    let scene = Scene::new(db).await;
    let none = scene.as_person(scene.ana).await.get(&scene.item("/reviews")).await;
    assert_eq!(none.status(), 404, "where none are asked for there is no such page");
    scene.asks(Settings { peer_reviews: 1, ..Settings::default() }).await;
    scene.hands_in(scene.ana, "The moon.").await;
    scene.hands_in(scene.ben, "The sun.").await;
    let mut ana = scene.as_person(scene.ana).await;
    let reviews = ana.get(&scene.item("/reviews")).await;
    let review = ana.submit(&reviews, "Get a work to review", &[]).await;
    let stranger = scene.with(|tx| people::testing::person(tx, "Carl")).await;
    for (who, statuses) in [(scene.ben, [404, 404]), (scene.teacher, [403, 403]), (stranger, [403, 404])] {
        let status = scene.as_person(who).await.get(review.path()).await.status();
        assert!(statuses.contains(&status), "{status}");
        let fields = [("comment", "Mine."), ("do", "give"), ("revision", "9")];
        let status = scene.as_person(who).await.post(review.path(), &fields).await.status();
        assert!(statuses.contains(&status), "{status}");
    }
    let done: i64 =
        scene.with(|tx| tx.value(sql!("select count(*) from peer_review where done_at is not null"), params![])).await;
    assert_eq!(done, 0);
}
