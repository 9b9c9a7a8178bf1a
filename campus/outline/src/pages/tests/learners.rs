use courses::CourseRole;
use store::{Db, Json, params, sql};

use super::{STATEMENTS_MAX, Scene, sound};
use crate::overrides::{Change, DateChange, Whom, set};
use crate::release::{Condition, Node, Op, Tree};
use crate::{Item, load};

#[store::test]
async fn a_learner_goes_through_the_course_to_its_end(db: Db) {
    let scene = Scene::new(db).await;
    let mut ana = scene.as_person(scene.ana).await;
    let outline = ana.get(&scene.at("")).await;
    sound(&outline);
    assert!(outline.has_text("Opens once you have completed: Tides"), "{}", outline.text());
    assert!(outline.link("Pools").is_none(), "what is locked is no link");
    let moon = ana.click(&outline, "Start").await;
    assert!(moon.has_text("What Moon says.") && moon.has_text("Done"), "{}", moon.text());
    assert!(moon.statements() <= STATEMENTS_MAX + 3, "{} statements", moon.statements());
    sound(&ana.get(&scene.item(scene.moon, "")).await);
    let sun = ana.click(&moon, "Next").await;
    assert!(sun.has_text("What Sun says."), "{}", sun.text());
    let pools = ana.click(&sun, "Next").await;
    let done = ana.submit(&pools, "Mark as done", &[]).await;
    assert!(done.has_text("You marked this as done"), "{}", done.text());
    let outline = ana.get(&scene.at("")).await;
    assert!(outline.has_text("You have done everything in this course."), "{}", outline.text());
    let back = ana.submit(&done, "Not done after all", &[]).await;
    assert!(back.has_role("button", "Mark as done"), "{}", back.text());
    let reasons: Vec<String> = scene
        .with(|tx| {
            tx.values(
                sql!("select reason from item_progress where reason is not null order by done_at, reason"),
                params![],
            )
        })
        .await;
    assert_eq!(reasons, ["view", "view"]);
}

#[store::test]
async fn what_is_locked_says_why_and_cannot_be_marked(db: Db) {
    let scene = Scene::new(db).await;
    let mut ana = scene.as_person(scene.ana).await;
    let locked = ana.get(&scene.item(scene.pools, "")).await;
    sound(&locked);
    assert!(locked.has_text("Not open yet") && locked.has_text("completed: Tides"), "{}", locked.text());
    assert!(!locked.has_text("What Pools says."));
    let refused = ana.post(&scene.item(scene.pools, "/completion"), &[]).await;
    assert_eq!(refused.status(), 409, "{}", refused.text());
    for path in [scene.at("/edit"), scene.at("/progress"), scene.item(scene.moon, "/settings"), scene.at("/preview")] {
        assert_eq!(ana.get(&path).await.status(), 403, "{path}");
    }
    let none: Vec<i64> = scene.with(|tx| tx.values(sql!("select count(*) from item_progress"), params![])).await;
    assert_eq!(none, [0]);
}

#[store::test]
async fn an_exception_moves_a_date_for_one_and_says_so(db: Db) {
    let scene = Scene::new(db).await;
    let now = scene.now().await;
    scene.dated(scene.moon, Some(now.plus_days(1)), Some(now.plus_days(1))).await;
    let (course, moon, ana, by) = (scene.course.id, scene.moon, scene.ana, scene.teacher);
    scene
        .with(move |tx| {
            let item = Item::find(tx, course, moon)?;
            let change =
                Change { due: DateChange::At(now.plus_days(9)), unlock: DateChange::Removed, ..Change::default() };
            set(tx, &item, Whom::Person(ana), &change, by)
        })
        .await;
    let page = scene.as_person(scene.ana).await.get(&scene.item(scene.moon, "")).await;
    assert!(page.has_text("What Moon says."), "{}", page.text());
    let page = scene.as_person(scene.ben).await.get(&scene.item(scene.moon, "")).await;
    assert!(page.has_text("Not open yet"), "{}", page.text());
    let dates = scene.as_person(scene.ana).await.get(&scene.at("/dates")).await;
    sound(&dates);
    assert!(dates.has_text("your own date"), "{}", dates.text());
    let dates = scene.as_person(scene.ben).await.get(&scene.at("/dates")).await;
    assert!(!dates.has_text("your own date"), "{}", dates.text());
}

/// A course loaded alone and among others says the same: the course page and Today cannot differ.
#[store::test]
async fn a_course_among_others_is_the_course_alone(db: Db) {
    let scene = Scene::new(db).await;
    let (course, person, by, moon, sun) = (scene.course.id, scene.ana, scene.teacher, scene.moon, scene.sun);
    scene
        .with(move |tx| {
            let settings = courses::section::SectionSettings { name: "B".to_owned(), ..Default::default() };
            let section = courses::Section::create(tx, course, &settings, by)?;
            let now = tx.now();
            let item = Item::find(tx, course, sun)?;
            let tree = Tree::new(Op::All, vec![Node::Condition(Condition::Section { section: section.id.into() })]);
            item.change(tx, &crate::ItemSettings { release: Some(tree), ..item.settings() }, by)?;
            let item = Item::find(tx, course, moon)?;
            let change = Change { due: DateChange::At(now.plus_days(2)), ..Change::default() };
            set(tx, &item, Whom::Section(section.id), &change, by)?;
            let other = courses::testing::course(tx, "Other")?;
            courses::testing::enrolment(tx, &other, person, CourseRole::Learner)?;
            for in_section in [false, true] {
                if in_section {
                    tx.execute(
                        sql!("update enrolment set section = ?1 where person = ?2 and course = ?3"),
                        params![section.id, person, course],
                    )?;
                }
                let alone = load(tx, course, Some(person), false)?;
                let alone = alone.arrange();
                let among = crate::progress::load_many(tx, person, &[other.id, course])?;
                let among = among.iter().find(|(id, _)| *id == course).unwrap().1.arrange();
                let told = |arranged: &crate::Arranged<'_>| {
                    let items = arranged
                        .items()
                        .map(|item| (item.item.title.clone(), item.state, item.item.due_at, item.dates_from.clone()));
                    (arranged.tally(), items.collect::<Vec<_>>())
                };
                assert_eq!(told(&alone), told(&among));
                assert_eq!(
                    alone.tally().1,
                    if in_section { 3 } else { 2 },
                    "what is for another section does not count"
                );
            }
            Ok(())
        })
        .await;
}

#[store::test]
async fn conditions_hide_or_explain(db: Db) {
    let scene = Scene::new(db).await;
    let (course, moon, sun, by) = (scene.course.id, scene.moon, scene.sun, scene.teacher);
    scene
        .with(move |tx| {
            let tree = |shown| Tree {
                shown_each: vec![shown],
                ..Tree::new(Op::All, vec![Node::Condition(Condition::Done { item: moon })])
            };
            let item = Item::find(tx, course, sun)?;
            item.change(tx, &crate::ItemSettings { release: Some(tree(true)), ..item.settings() }, by)?;
            assert_eq!(Item::find(tx, course, sun)?.release, Some(Json(tree(true))));
            Ok(())
        })
        .await;
    let mut ana = scene.as_person(scene.ana).await;
    let outline = ana.get(&scene.at("")).await;
    assert!(outline.has_text("Opens once you have done “Moon”"), "{}", outline.text());
    ana.get(&scene.item(scene.moon, "")).await;
    let outline = ana.get(&scene.at("")).await;
    assert!(outline.link("Sun").is_some(), "{}", outline.text());
}
