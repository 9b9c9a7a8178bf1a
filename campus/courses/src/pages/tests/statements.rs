//! A page runs so many statements, however much it shows.

use store::Db;
use web::testing::Browser;

use super::{Scene, sound};
use crate::enrolment::{IfFull, NewEnrolment, enrol};
use crate::section::SectionSettings;
use crate::{CourseRole, Section, testing};

/// How many statements each of these pages runs.
async fn counts(browser: &mut Browser, paths: &[String]) -> Vec<u64> {
    let mut counts = Vec::new();
    for path in paths {
        let page = browser.get(path).await;
        assert_eq!(page.status(), 200, "{path}");
        sound(&page);
        counts.push(page.statements());
    }
    counts
}

#[store::test]
async fn statements_do_not_grow_with_what_is_shown(db: Db) {
    let scene = Scene::new(db).await;
    let learner_pages = ["/courses".to_owned(), "/catalogue".to_owned(), scene.at("/about"), scene.at("/people")];
    let teacher_pages = [
        "/courses".to_owned(),
        "/catalogue".to_owned(),
        scene.at("/people"),
        scene.at("/people?state=all"),
        scene.at("/people/add?find=p"),
        scene.at("/sections"),
        scene.at("/settings"),
    ];
    let admin_pages = ["/courses?show=managed".to_owned(), "/terms".to_owned()];
    let mut learner = scene.as_person(scene.learner).await;
    let mut teacher = scene.as_person(scene.teacher).await;
    let mut admin = scene.as_person(scene.admin).await;
    let few = [
        counts(&mut learner, &learner_pages).await,
        counts(&mut teacher, &teacher_pages).await,
        counts(&mut admin, &admin_pages).await,
    ];
    let (learns, teaches) = (scene.learner, scene.teacher);
    scene
        .with(move |tx, course| {
            let by = course.made_by.unwrap();
            for number in 0..5 {
                let section = SectionSettings { name: format!("Section {number}"), ..Default::default() };
                let section = Section::create(tx, course.id, &section, by).unwrap();
                for person in 0..10 {
                    let person = people::testing::person(tx, &format!("P{number}{person}")).unwrap();
                    let new = NewEnrolment::new(course.id, person, CourseRole::Learner).in_section(section.id);
                    enrol(tx, &new, IfFull::Wait, None).unwrap();
                }
            }
            for number in 0..15 {
                let other = testing::course(tx, &format!("Course {number}")).unwrap();
                testing::enrolment(tx, &other, learns, CourseRole::Learner).unwrap();
                testing::enrolment(tx, &other, teaches, CourseRole::Teacher).unwrap();
            }
        })
        .await;
    let many = [
        counts(&mut learner, &learner_pages).await,
        counts(&mut teacher, &teacher_pages).await,
        counts(&mut admin, &admin_pages).await,
    ];
    assert_eq!(many, few);
    assert_eq!(learner.get("/courses").await.names("heading").len(), 17, "sixteen courses and the page's own name");
    assert!(teacher.get(&scene.at("/people")).await.names("row").len() > 50);
}
