use store::Db;

use super::{Scene, sound};
use crate::course::{Listing, SelfEnrolment, Settings};
use crate::{Course, CourseRole, testing};

async fn change(scene: &Scene, change: impl FnOnce(&mut Settings) + Send + 'static) {
    scene
        .with(move |tx, mut course: Course| {
            let mut settings = course.settings();
            change(&mut settings);
            let by = course.made_by.unwrap();
            course.change(tx, &settings, by).unwrap();
        })
        .await;
}

#[store::test]
async fn my_courses_say_how_far_i_am_and_what_is_next(db: Db) {
    let scene = Scene::new(db).await;
    let mut browser = scene.as_person(scene.learner).await;
    let page = browser.get("/courses").await;
    sound(&page);
    assert!(page.has_role("heading", "Marine ecology"), "{}", page.text());
    assert!(page.has_text("3 of 6 done") && page.has_role("link", "Next: Field notes"), "{}", page.text());
    assert_eq!(page.link("Marine ecology"), Some(scene.at("")));
    assert!(!page.has_role("link", "New course"), "a learner makes no courses");

    scene.with(|tx, mut course| course.archive(tx, course.made_by.unwrap()).unwrap()).await;
    let page = browser.get("/courses").await;
    assert!(page.has_text("You are in no course yet"), "{}", page.text());
    let past = browser.click(&page, "Past").await;
    sound(&past);
    assert!(past.has_role("heading", "Marine ecology") && past.has_text("Archived"), "{}", past.text());

    let nobody = scene.as_person(scene.stranger).await.get("/courses").await;
    sound(&nobody);
    assert!(nobody.has_role("link", "Browse the catalogue"), "{}", nobody.text());
}

#[store::test]
async fn the_catalogue_is_searched_and_leads_into_a_course(db: Db) {
    let scene = Scene::new(db).await;
    scene.with(|tx, _| testing::course(tx, "Modern Europe").map(|_| ()).unwrap()).await;
    change(&scene, |s| (s.enrolment, s.summary) = (SelfEnrolment::Open, "Life between the tides.".to_owned())).await;
    scene.places(3).await;
    let mut browser = scene.as_person(scene.stranger).await;
    let page = browser.get("/catalogue").await;
    sound(&page);
    assert!(page.has_text("Life between the tides.") && page.has_text("Open to all"), "{}", page.text());
    assert!(page.has_text("2 places free"), "{}", page.text());
    let found = browser.submit(&page, "Search", &[("q", "TIDES")]).await;
    sound(&found);
    assert!(found.has_role("heading", "Marine ecology") && !found.has_text("Modern Europe"), "{}", found.text());
    let none = browser.get("/catalogue?q=astronomy").await;
    assert!(none.has_text("No course fits") && none.has_role("link", "Show all"), "{}", none.text());

    let about = browser.click(&found, "Marine ecology").await;
    sound(&about);
    assert!(about.has_role("button", "Enrol") && about.has_text("Sofia"), "{}", about.text());
    assert!(about.has_text("Field notes") && !about.has_text("Draft quiz"), "{}", about.text());
    let inside = browser.submit(&about, "Enrol", &[]).await;
    assert_eq!(inside.path(), scene.at(""));
    assert!(inside.has_text("Welcome to Marine ecology."), "{}", inside.text());
    assert!(browser.get("/courses").await.has_role("heading", "Marine ecology"));
    let about = browser.get(&scene.at("/about")).await;
    sound(&about);
    assert!(about.has_text("You are in this course"));
    let left = browser.submit(&about, "Leave the course", &[]).await;
    assert!(left.has_text("You have left Marine ecology.") && left.has_role("button", "Enrol"), "{}", left.text());
}

#[store::test]
async fn a_wrong_key_is_said_at_its_field_and_kept(db: Db) {
    let scene = Scene::new(db).await;
    change(&scene, |s| (s.enrolment, s.enrol_key) = (SelfEnrolment::Key, Some("kelp".to_owned()))).await;
    let mut browser = scene.as_person(scene.stranger).await;
    let page = browser.get(&scene.at("/about")).await;
    let wrong = browser.submit(&page, "Enrol", &[("key", "krill")]).await;
    assert_eq!(wrong.status(), 422);
    let errors = wrong.form_errors();
    assert_eq!(errors.len(), 1);
    assert!(errors[0].0 == "key" && errors[0].1.starts_with("No section has this key."), "{errors:?}");
    assert_eq!(wrong.value("key").as_deref(), Some("krill"));
    let inside = browser.submit(&wrong, "Enrol", &[("key", "kelp")]).await;
    assert_eq!(inside.path(), scene.at(""));
}

#[store::test]
async fn who_comes_too_late_waits_and_sees_where(db: Db) {
    let scene = Scene::new(db).await;
    change(&scene, |s| s.enrolment = SelfEnrolment::Open).await;
    scene.places(1).await;
    let mut browser = scene.as_person(scene.stranger).await;
    let page = browser.get(&scene.at("/about")).await;
    let waiting = browser.submit(&page, "Join the waiting list", &[]).await;
    sound(&waiting);
    assert!(waiting.has_text("You are on the waiting list") && waiting.has_text("You are next"), "{}", waiting.text());
    let mine = browser.get("/courses").await;
    assert!(mine.has_text("Waiting list"), "{}", mine.text());
    assert_eq!(mine.link("Marine ecology"), Some(scene.at("/about")));
    // A place gets free.
    let learner = scene.learner;
    scene
        .with(move |tx, course| {
            let mut held = crate::Enrolment::of_person(tx, course.id, learner).unwrap().remove(0);
            held.remove(tx, learner).unwrap();
        })
        .await;
    assert!(browser.get(&scene.at("/about")).await.has_text("You are in this course"));
}

#[store::test]
async fn one_asks_and_withdraws(db: Db) {
    let scene = Scene::new(db).await;
    change(&scene, |s| s.enrolment = SelfEnrolment::Ask).await;
    let mut browser = scene.as_person(scene.stranger).await;
    let page = browser.get(&scene.at("/about")).await;
    let long = browser.submit(&page, "Ask for a place", &[("note", &"x".repeat(501))]).await;
    assert_eq!((long.status(), long.form_errors().len()), (422, 1));
    let asked = browser.submit(&page, "Ask for a place", &[("note", "I dive.")]).await;
    assert!(asked.has_text("You have asked for a place") && asked.has_text("I dive."), "{}", asked.text());
    let back = browser.submit(&asked, "Withdraw", &[]).await;
    assert!(back.has_role("button", "Ask for a place"), "{}", back.text());
}

#[store::test]
async fn strangers_see_public_courses_only(db: Db) {
    let scene = Scene::new(db).await;
    let mut browser = scene.anyone();
    assert!(browser.get("/catalogue").await.has_text("The catalogue is empty"));
    let mut staying = scene.anyone().staying();
    let away = staying.get(&scene.at("/about")).await;
    assert!(away.redirect().unwrap_or_default().starts_with("/sign-in"), "{}", away.status());
    change(&scene, |s| (s.listing, s.enrolment) = (Listing::Public, SelfEnrolment::Open)).await;
    let page = browser.get("/catalogue").await;
    sound(&page);
    let about = browser.click(&page, "Marine ecology").await;
    sound(&about);
    assert!(about.has_role("link", "Sign in") && about.has_text("Sofia"), "{}", about.text());
}

#[store::test]
async fn a_hidden_or_unpublished_course_is_not_there(db: Db) {
    let scene = Scene::new(db).await;
    scene.with(|tx, mut course| course.unpublish(tx, course.made_by.unwrap()).unwrap()).await;
    assert_eq!(scene.as_person(scene.stranger).await.get(&scene.at("/about")).await.status(), 404);
    let mut learner = scene.as_person(scene.learner).await;
    let people = learner.get(&scene.at("/people")).await;
    assert_eq!(people.status(), 403);
    assert!(people.has_text("This course is not open yet."), "{}", people.text());
    let about = learner.click(&people, "Read about the course").await;
    assert_eq!(about.status(), 200);
}

#[store::test]
async fn learners_see_names_and_never_addresses(db: Db) {
    let scene = Scene::new(db).await;
    scene.with(|tx, course| testing::enrolled(tx, &course, "Ben", CourseRole::Learner).unwrap()).await;
    let mut browser = scene.as_person(scene.learner).await;
    let page = browser.get(&scene.at("/people")).await;
    sound(&page);
    assert!(page.has_text("Sofia") && page.has_text("Ben") && !page.html().contains("@example.org"));
    change(&scene, |s| s.people_visible = false).await;
    let page = browser.get(&scene.at("/people")).await;
    assert!(page.has_text("Sofia") && !page.has_text("Ben"), "{}", page.text());
    assert!(page.has_text("learners do not see each other"));
}

#[store::test]
async fn an_invitation_is_answered_on_the_about_page(db: Db) {
    let scene = Scene::new(db).await;
    let stranger = scene.stranger;
    scene
        .with(move |tx, course| {
            let new = crate::enrolment::NewEnrolment {
                state: crate::EnrolmentState::Invited,
                ..crate::enrolment::NewEnrolment::new(course.id, stranger, CourseRole::Observer)
            };
            crate::enrolment::enrol(tx, &new, crate::enrolment::IfFull::Wait, None).unwrap();
        })
        .await;
    let mut browser = scene.as_person(stranger).await;
    let about = browser.get(&scene.at("/about")).await;
    sound(&about);
    assert!(about.has_text("You are invited") && about.has_text("Your role would be: Observer."), "{}", about.text());
    let accepted = browser.submit(&about, "Accept", &[]).await;
    assert_eq!(accepted.path(), scene.at(""));
}

#[store::test]
async fn a_cross_listed_section_knows_the_course_by_its_own_name(db: Db) {
    let scene = Scene::new(db).await;
    scene
        .with(|tx, course| {
            let listed = crate::section::SectionSettings {
                name: "A".to_owned(),
                code: "GEO 7".to_owned(),
                title: "Coasts for geographers".to_owned(),
                ..Default::default()
            };
            let by = course.made_by.unwrap();
            crate::Section::of(tx, course.id).unwrap().remove(0).change(tx, &listed, by).unwrap();
        })
        .await;
    let mut browser = scene.as_person(scene.learner).await;
    assert!(browser.get("/courses").await.has_role("heading", "Coasts for geographers"));
    let about = browser.get(&scene.at("/about")).await;
    assert!(about.has_role("heading", "Coasts for geographers") && about.has_text("GEO 7"), "{}", about.text());
}

#[store::test]
async fn pages_read_in_german(db: Db) {
    let scene = Scene::new(db).await;
    let learner = scene.learner;
    scene
        .with(move |tx, _| {
            tx.execute(store::sql!("update person set locale = 'de' where id = ?1"), store::params![learner]).unwrap();
        })
        .await;
    let mut browser = scene.as_person(learner).await;
    let page = browser.get("/courses").await;
    assert!(page.has_role("heading", "Kurse") && page.has_text("3 von 6 erledigt"), "{}", page.text());
    assert!(browser.get(&scene.at("/about")).await.has_text("Du bist in diesem Kurs"));
}
