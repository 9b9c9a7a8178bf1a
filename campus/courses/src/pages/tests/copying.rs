use store::Db;

use super::{Scene, manager, sound};
use crate::course::{CourseState, Settings};
use crate::section::SectionSettings;
use crate::{Course, CourseRole, Section, testing};

/// The course runs from Monday 2 March to Friday 3 July 2026.
async fn dated(scene: &Scene) {
    scene
        .with(|tx, mut course| {
            let by = course.made_by.unwrap();
            let settings = Settings {
                starts: "2026-03-01T23:00:00Z".parse().ok(),
                ends: "2026-07-03T21:59:59Z".parse().ok(),
                about: "Aims".to_owned(),
                enrol_key: Some("kelp".to_owned()),
                ..course.settings()
            };
            course.change(tx, &settings, by).unwrap();
            let other = SectionSettings {
                name: "B".to_owned(),
                capacity: Some(9),
                enrol_key: Some("x".to_owned()),
                ..Default::default()
            };
            Section::create(tx, course.id, &other, by).unwrap();
        })
        .await;
}

async fn copied(scene: &Scene) -> Option<Course> {
    let id = scene.course.id;
    scene
        .with(move |tx, _| {
            let sql = store::sql!("select * from course_whole where title = 'Marine ecology' and id <> ?1");
            tx.maybe(sql, store::params![id]).unwrap()
        })
        .await
}

#[store::test]
async fn a_copy_shows_where_its_dates_go_before_it_is_made(db: Db) {
    let scene = Scene::new(db).await;
    dated(&scene).await;
    let manager = manager(&scene).await;
    let mut browser = scene.as_person(manager).await;
    let page = browser.get(&scene.at("/copy")).await;
    sound(&page);
    let missing = browser.submit(&page, "Show where the dates go", &[("how", "stretch")]).await;
    assert_eq!(missing.status(), 422);
    let fields: Vec<String> = missing.form_errors().into_iter().map(|(field, _)| field).collect();
    assert_eq!(fields, ["starts", "ends"]);
    let days = [("how", "stretch"), ("starts", "2026-08-31"), ("ends", "2026-12-18")];
    let shown = browser.submit(&page, "Show where the dates go", &days).await;
    // Thursday 18:00 in Berlin stays Thursday 18:00, now in summer time; read in UTC.
    assert!(shown.has_text("Thursday 10 September 2026, 16:00"), "{}", shown.text());
    assert!(shown.has_text("Draft quiz"), "those who copy see every date: {}", shown.text());
    assert!(copied(&scene).await.is_none());
    let made = browser.submit(&shown, "Copy the course", &[]).await;
    assert!(made.path().ends_with("/edit"), "{}", made.path());
    let copy = copied(&scene).await.unwrap();
    assert_eq!(copy.summary, "Field notes are due 2026-09-10T16:00:00Z");
    assert_eq!((copy.about.as_str(), copy.enrol_key.as_deref()), ("Aims", None));
    let id = copy.id;
    let (state, sections, people) = scene
        .with(move |tx, _| {
            let copy = Course::find(tx, id).unwrap();
            let people: i64 = tx
                .value(
                    store::sql!("select cast(count(*) as bigint) from enrolment where course = ?1"),
                    store::params![id],
                )
                .unwrap();
            (copy.state(tx.now()), Section::of(tx, id).unwrap(), people)
        })
        .await;
    assert_eq!((state, people), (CourseState::Draft, 0));
    let sections: Vec<_> = sections.iter().map(|s| (s.name.as_str(), s.capacity, s.enrol_key.as_deref())).collect();
    assert_eq!(sections, [("A", None, None), ("B", Some(9), None)]);
}

#[store::test]
async fn parts_that_are_not_chosen_stay_behind(db: Db) {
    let scene = Scene::new(db).await;
    dated(&scene).await;
    let manager = manager(&scene).await;
    let unit = scene.course.unit.to_string();
    let mut browser = scene.as_person(manager).await;
    let fields =
        [("title", "Marine ecology"), ("unit", unit.as_str()), ("how", "remove"), ("part", "outline"), ("act", "copy")];
    browser.post(&scene.at("/copy"), &fields).await;
    let copy = copied(&scene).await.unwrap();
    assert_eq!((copy.about.as_str(), copy.summary.as_str()), ("", "Field notes are due never"));
    let by_days = [("title", "Other"), ("unit", unit.as_str()), ("how", "days"), ("days", "40000"), ("act", "copy")];
    let wrong = browser.post(&scene.at("/copy"), &by_days).await;
    assert_eq!((wrong.status(), wrong.form_errors()[0].0.as_str()), (422, "days"));
}

#[store::test]
async fn who_may_not_make_courses_copies_none(db: Db) {
    let scene = Scene::new(db).await;
    let mut teacher = scene.as_person(scene.teacher).await;
    assert_eq!(teacher.get(&scene.at("/copy")).await.status(), 403);
    let manager = manager(&scene).await;
    let far = scene
        .with(|tx, _| {
            let unit = people::testing::unit(tx, "History", None).unwrap();
            let course = testing::draft_in(tx, "Modern Europe", &unit).unwrap();
            testing::enrolled(tx, &course, "Hal", CourseRole::Teacher).unwrap();
            (course.id, unit.id.to_string())
        })
        .await;
    let mut browser = scene.as_person(manager).await;
    assert_eq!(browser.get(&format!("/courses/{}/copy", far.0)).await.status(), 403);
    let elsewhere = [("title", "X"), ("unit", far.1.as_str()), ("how", "keep"), ("act", "copy")];
    let wrong = browser.post(&scene.at("/copy"), &elsewhere).await;
    assert_eq!(wrong.form_errors(), [("unit".to_owned(), "You cannot make courses in this unit.".to_owned())]);
}
