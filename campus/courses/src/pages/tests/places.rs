//! Courses and sections as places: what the pages about people, roles and permissions say of them.

use people::{PersonId, ScopeKind};
use store::Db;

use super::{Scene, sound};
use crate::enrolment::{IfFull, NewEnrolment, enrol};
use crate::section::SectionSettings;
use crate::{CourseRole, Section, SectionId, testing};

/// A second section, B, and who teaches it.
async fn tess(scene: &Scene) -> (PersonId, [SectionId; 2]) {
    scene
        .with(|tx, course| {
            let other = SectionSettings { name: "B".to_owned(), ..Default::default() };
            let other = Section::create(tx, course.id, &other, course.made_by.unwrap()).unwrap();
            let tess = people::testing::person(tx, "Tess").unwrap();
            let new = NewEnrolment::new(course.id, tess, CourseRole::Teacher).in_section(other.id);
            enrol(tx, &new, IfFull::Wait, None).unwrap();
            (tess, [Section::of(tx, course.id).unwrap()[0].id, other.id])
        })
        .await
}

#[store::test]
async fn it_is_explained_what_somebody_may_do_in_a_course_and_in_a_section(db: Db) {
    let scene = Scene::new(db).await;
    let (_, [a, b]) = tess(&scene).await;
    let course = scene.course.id;
    let mut browser = scene.as_person(scene.admin).await;
    for (email, permission, place, allowed, text) in [
        ("ana@example.org", "course.view", format!("course:{course}"), true, "Learner"),
        ("ana@example.org", "course.enrol", format!("course:{course}"), false, "No role that this person holds here"),
        ("sofia@example.org", "course.enrol", format!("section:{b}"), true, "Teacher"),
        ("tess@example.org", "course.enrol", format!("section:{b}"), true, "Marine ecology, B"),
        ("tess@example.org", "course.enrol", format!("section:{a}"), false, "a section"),
        ("sam@example.org", "course.view", format!("course:{course}"), false, "No role that this person holds here"),
    ] {
        let ask = format!("/access/explain?person={email}&permission={permission}&place={place}");
        let page = browser.get(&ask).await;
        sound(&page);
        let said = if allowed { "Yes." } else { "No." };
        assert!(page.has_text(said) && page.has_text(text), "{email} {permission} {place}:\n{}", page.text());
        assert!(page.has_text("Marine ecology"), "{}", page.text());
    }
    let nowhere = format!("/access/explain?place=course:{}", store::Id::nil());
    assert_eq!(browser.get(&nowhere).await.status(), 404);
}

#[store::test]
async fn the_name_of_a_course_is_for_those_who_may_ask_about_it(db: Db) {
    let scene = Scene::new(db).await;
    let manager = scene
        .with(|tx, _| {
            let arts = people::testing::unit(tx, "Arts", None).unwrap();
            let manager = people::testing::person(tx, "Mia").unwrap();
            people::testing::role(tx, manager, "manager", (ScopeKind::Unit, Some(arts.id.0))).unwrap();
            manager
        })
        .await;
    let mut browser = scene.as_person(manager).await;
    let page = browser.get(&format!("/access/explain?place=course:{}", scene.course.id)).await;
    assert!(!page.html().contains("Marine ecology"), "{}", page.text());
    let ask = format!("/access/explain?person=ana@example.org&permission=course.view&place=course:{}", scene.course.id);
    assert_eq!(browser.get(&ask).await.status(), 403);
}

#[store::test]
async fn a_person_shows_in_which_courses_and_sections_they_hold_roles(db: Db) {
    let scene = Scene::new(db).await;
    let (tess, _) = tess(&scene).await;
    scene
        .with(move |tx, course| {
            testing::enrolment(tx, &course, tess, CourseRole::Observer).unwrap();
        })
        .await;
    let mut browser = scene.as_person(scene.admin).await;
    let page = browser.get(&format!("/institution/people/{tess}")).await;
    sound(&page);
    assert!(page.has_text("Marine ecology, B") && page.has_text("Observer"), "{}", page.text());
}

#[store::test]
async fn what_a_role_may_do_is_set_for_one_course(db: Db) {
    let scene = Scene::new(db).await;
    let mut learner = scene.as_person(scene.learner).await;
    assert_eq!(learner.get(&scene.at("/people")).await.status(), 200);
    let mut browser = scene.as_person(scene.admin).await;
    let place = format!("course:{}", scene.course.id);
    let matrix = browser.get(&format!("/institution/roles?place={place}")).await;
    sound(&matrix);
    assert!(matrix.has_text("Marine ecology"), "{}", matrix.text());
    let role = browser.get(&matrix.link("Learner").unwrap()).await;
    sound(&role);
    let saved = browser.submit(&role, "Save", &[("course.view", "prohibit")]).await;
    sound(&saved);
    assert!(saved.has_text("1 permission is changed"), "{}", saved.text());
    assert!(browser.get("/institution/roles").await.has_text("Marine ecology"), "exceptions are listed");
    let shut = learner.get(&scene.at("/people")).await;
    assert_eq!(shut.status(), 403, "{}", shut.text());
}
