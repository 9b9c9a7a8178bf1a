use courses::{CourseRole, testing};
use store::Db;

use super::{Scene, marked, policy, sound};
use crate::{Given, GradeState, Points, Policy, Posts};

#[store::test]
async fn a_learner_sees_each_grade_and_how_the_total_is_made(db: Db) {
    let scene = Scene::new(db).await;
    scene.give(&scene.essay, scene.ana, Given { late_seconds: 25 * 3_600, ..marked(9) }).await;
    scene.give(&scene.talk, scene.ana, marked(4)).await;
    let mut ana = scene.as_person(scene.ana).await;
    let page = ana.get(&scene.at("/grades")).await;
    sound(&page);
    let course = ana.click(&page, "Grades").await;
    assert_eq!(course.path(), page.path(), "the course leads here");
    for said in [
        // 9 of 10, two days begun: 7. 70 % of 60 and 80 % of 40 are 74.
        "25 h late",
        "2 days begun × 10% of 10 = 2 points off.",
        "9 − 2 = 7.",
        "74% (B)",
        "42% + 32% = 74%",
        "B: from 70% on",
        "Groups have weights: Essays 60%, Talks 40%.",
        "Late work loses 10% of the points possible for each day begun.",
    ] {
        assert!(page.has_text(said), "{said} is not in:\n{}", page.text());
    }
    let ben = scene.as_person(scene.ben).await.get(&scene.at("/grades")).await;
    sound(&ben);
    assert!(ben.has_text("Not handed in") && ben.has_text("No grade yet"), "{}", ben.text());
    assert!(!ben.has_text("74%"), "{}", ben.text());
}

#[store::test]
async fn what_is_not_posted_shows_nowhere(db: Db) {
    let scene = Scene::new(db).await;
    let (course, by) = (scene.course.id, scene.teacher);
    scene.with(move |tx| Policy { posts: Posts::ByHand, ..policy() }.save(tx, course, by)).await;
    scene.give(&scene.talk, scene.ana, Given::points("3.21".parse().unwrap(), crate::Source::Marker)).await;
    let page = scene.as_person(scene.ana).await.get(&scene.at("/grades")).await;
    sound(&page);
    assert!(!page.has_text("3.21") && page.has_text("not posted yet, does not count"), "{}", page.text());
    let teacher =
        scene.as_person(scene.teacher).await.get(&scene.at(&format!("/gradebook/people/{}", scene.ana))).await;
    sound(&teacher);
    assert!(teacher.has_text("3.21") && teacher.has_text("Not posted"), "{}", teacher.text());
}

#[store::test]
async fn trying_points_out_keeps_nothing_and_names_a_mistake(db: Db) {
    let scene = Scene::new(db).await;
    scene.give(&scene.talk, scene.ana, marked(4)).await;
    let mut ana = scene.as_person(scene.ana).await;
    let page = ana.get(&scene.at("/grades")).await;
    let field = format!("what-{}", scene.essay.id);
    let tried = ana.submit(&page, "Try it", &[(field.as_str(), "10")]).await;
    sound(&tried);
    assert!(tried.has_text("you are trying something out") && tried.has_text("would be 92% (A)"), "{}", tried.text());
    let wrong = ana.submit(&page, "Try it", &[(field.as_str(), "lots")]).await;
    assert_eq!(wrong.status(), 422);
    assert_eq!(wrong.form_errors(), [(field.clone(), "Please give a number, such as 7.5.".to_owned())]);
    assert_eq!(wrong.value(&field).as_deref(), Some("lots"), "the input is kept");
    let again = ana.get(&scene.at("/grades")).await;
    assert!(!again.has_text("92%"), "{}", again.text());
}

#[store::test]
async fn an_excuse_and_hidden_totals_are_shown_as_they_are(db: Db) {
    let scene = Scene::new(db).await;
    let excused = Given { points: None, state: GradeState::Excused, ..marked(0) };
    scene.give(&scene.essay, scene.ana, excused).await;
    scene.give(&scene.talk, scene.ana, Given::points(Points::whole(5), crate::Source::Marker)).await;
    let mut ana = scene.as_person(scene.ana).await;
    let page = ana.get(&scene.at("/grades")).await;
    assert!(page.has_text("Excused") && page.has_text("100% (A)"), "{}", page.text());
    let (course, by) = (scene.course.id, scene.teacher);
    scene.with(move |tx| Policy { shows_total: false, ..policy() }.save(tx, course, by)).await;
    let page = ana.get(&scene.at("/grades")).await;
    sound(&page);
    assert!(!page.has_text("100%") && page.has_text("Excused"), "{}", page.text());
}

#[store::test]
async fn more_time_that_is_given_afterwards_takes_the_deduction_back(db: Db) {
    let scene = Scene::new(db).await;
    let (course, by, ana, item) = (scene.course.id, scene.teacher, scene.ana, scene.essay.item.unwrap());
    let now = scene.with(|tx| Ok(tx.now())).await;
    scene.give(&scene.essay, ana, Given { submitted_at: Some(now), late_seconds: 2 * 86_400, ..marked(9) }).await;
    let mut browser = scene.as_person(ana).await;
    let late = browser.get(&scene.at("/grades")).await;
    assert!(late.has_text("7 / 10") && !late.has_text("by an exception"), "{}", late.text());
    scene
        .with(move |tx| {
            let item = outline::Item::find(tx, course, item)?;
            let due = outline::overrides::DateChange::At(tx.now().plus_days(1));
            let change = outline::overrides::Change { due, ..Default::default() };
            outline::overrides::set(tx, &item, outline::overrides::Whom::Person(ana), &change, by)
        })
        .await;
    let extended = browser.get(&scene.at("/grades")).await;
    sound(&extended);
    assert!(extended.has_text("9 / 10") && extended.has_text("by an exception"), "{}", extended.text());
    let table = scene.as_person(scene.teacher).await.get(&scene.at("/gradebook")).await;
    assert!(table.names("row")[1].starts_with("Ana 9 90%"), "{:?}", table.names("row"));
}

#[store::test]
async fn the_class_is_told_of_only_where_enough_have_a_grade(db: Db) {
    let scene = Scene::new(db).await;
    let mut ana = scene.as_person(scene.ana).await;
    assert_eq!(ana.get(&scene.at("/grades/class")).await.status(), 404, "the course does not show it");
    let (course, by, talk) = (scene.course.clone(), scene.teacher, scene.talk.clone());
    scene
        .with(move |tx| {
            Policy { shows_figures: true, ..policy() }.save(tx, course.id, by)?;
            for points in 1..=4 {
                let person = testing::enrolled(tx, &course, &format!("P{points}"), CourseRole::Learner)?;
                crate::give(tx, &talk, person, &marked(points), by)?;
            }
            Ok(())
        })
        .await;
    let few = ana.get(&scene.at("/grades/class")).await;
    sound(&few);
    assert!(few.has_text("Too few grades to tell"), "{}", few.text());
    scene.give(&scene.talk, scene.ana, marked(5)).await;
    let enough = ana.get(&scene.at("/grades/class")).await;
    let row = enough.names("row").into_iter().find(|row| row.contains("Talk")).unwrap();
    assert_eq!(row, "Talk 5 5 1 3 3 5");
}

#[store::test]
async fn grades_are_for_their_learner_and_those_who_teach(db: Db) {
    let scene = Scene::new(db).await;
    let stranger = scene.with(|tx| people::testing::person(tx, "Nils")).await;
    let elsewhere = scene
        .with(|tx| {
            let course = testing::course(tx, "Chemistry")?;
            testing::enrolled(tx, &course, "Tom", CourseRole::Teacher)
        })
        .await;
    let own = scene.at("/grades");
    let one = scene.at(&format!("/gradebook/people/{}", scene.ana));
    for (person, path, status) in [
        (scene.ana, &one, 403),
        (scene.teacher, &own, 403),
        (stranger, &own, 403),
        (stranger, &one, 403),
        (elsewhere, &one, 404),
    ] {
        assert_eq!(scene.as_person(person).await.get(path).await.status(), status, "{path}");
    }
    let nobody = scene.as_nobody().staying().get(&own).await;
    assert_eq!(nobody.status(), 303, "nobody is led to sign in");
    let teacher = scene.as_person(scene.teacher).await;
    let gone = teacher.clone().get(&scene.at(&format!("/gradebook/people/{}", scene.teacher))).await;
    assert_eq!(gone.status(), 404, "somebody who does not learn here");
}
