use store::Db;
use web::testing::File;

use super::{Scene, sound};
use crate::course::{SelfEnrolment, Settings};
use crate::enrolment::{IfFull, NewEnrolment, Wish, enrol, enrol_self};
use crate::section::SectionSettings;
use crate::{CourseRole, Enrolment, EnrolmentState, Section, testing};

async fn state_of(scene: &Scene, person: people::PersonId) -> Vec<EnrolmentState> {
    scene
        .with(move |tx, course| {
            let held = Enrolment::of_person(tx, course.id, person).unwrap();
            held.into_iter().map(|enrolment| enrolment.state).collect()
        })
        .await
}

#[store::test]
async fn a_teacher_finds_and_enrols_people_by_hand(db: Db) {
    let scene = Scene::new(db).await;
    let mut browser = scene.as_person(scene.teacher).await;
    let people = browser.get(&scene.at("/people")).await;
    sound(&people);
    assert!(people.has_text("ana@example.org"), "{}", people.text());
    let page = browser.click(&people, "Add people").await;
    sound(&page);
    let none = browser.submit(&page, "Search", &[("find", "zzz")]).await;
    assert!(none.has_text("Nobody is called zzz"), "{}", none.text());
    let found = browser.submit(&page, "Search", &[("find", "sam")]).await;
    sound(&found);
    let wrong = browser.submit(&found, "Enrol", &[("starts", "2026-05-02"), ("ends", "2026-05-01")]).await;
    assert_eq!((wrong.status(), wrong.form_errors()[0].0.as_str()), (422, "ends"));
    let done = browser.submit(&wrong, "Enrol", &[("ends", "2026-05-31")]).await;
    assert!(done.has_text("1 person enrolled.") && done.has_text("Begins later"), "{}", done.text());
    let undone = browser.submit(&done, "Undo", &[]).await;
    assert!(undone.has_text("1 enrolment was removed."), "{}", undone.text());
    assert_eq!(state_of(&scene, scene.stranger).await, [EnrolmentState::Removed]);
}

#[store::test]
async fn many_are_suspended_at_once_and_it_is_undone_as_one(db: Db) {
    let scene = Scene::new(db).await;
    let ben = scene.with(|tx, course| testing::enrolled(tx, &course, "Ben", CourseRole::Learner).unwrap()).await;
    let mut browser = scene.as_person(scene.teacher).await;
    let page = browser.get(&scene.at("/people?role=learner")).await;
    sound(&page);
    assert!(page.has_text("ben@") && !page.has_text("sofia@"), "{}", page.text());
    let nobody = browser.submit(&page, "Apply", &[("act", "suspend")]).await;
    assert!(nobody.has_text("Nobody is marked."), "{}", nobody.text());
    let changes = scene.at("/people/changes");
    let suspended = browser.post(&changes, &[("act", "suspend"), ("all", "on"), ("role", "learner")]).await;
    assert!(suspended.has_text("2 enrolments are suspended."), "{}", suspended.text());
    assert_eq!(state_of(&scene, ben).await, [EnrolmentState::Suspended]);
    let undone = browser.submit(&suspended, "Undo", &[]).await;
    assert!(undone.has_text("Undone for 2 enrolments."), "{}", undone.text());
    assert_eq!(state_of(&scene, ben).await, [EnrolmentState::Active]);
    assert_eq!(state_of(&scene, scene.learner).await, [EnrolmentState::Active]);
}

#[store::test]
async fn nobody_shuts_themselves_out_of_what_they_run(db: Db) {
    let scene = Scene::new(db).await;
    let mut browser = scene.as_person(scene.teacher).await;
    let left =
        browser.post(&scene.at("/people/changes"), &[("act", "remove"), ("all", "on"), ("role", "teacher")]).await;
    assert!(left.has_text("Nobody was removed. 1 was left as it was."), "{}", left.text());
    assert_eq!(state_of(&scene, scene.teacher).await, [EnrolmentState::Active]);
}

#[store::test]
async fn one_participant_is_changed_and_has_a_history(db: Db) {
    let scene = Scene::new(db).await;
    scene
        .with(|tx, course| {
            let other = SectionSettings { name: "B".to_owned(), ..Default::default() };
            Section::create(tx, course.id, &other, course.made_by.unwrap()).unwrap();
        })
        .await;
    let mut browser = scene.as_person(scene.teacher).await;
    let people = browser.get(&scene.at("/people")).await;
    let page = browser.click(&people, "Ana").await;
    sound(&page);
    assert!(page.has_text("Enrolled (Learner, A)"), "{}", page.text());
    let other = scene.with(|tx, course| Section::of(tx, course.id).unwrap()[1].id.to_string()).await;
    let wrong =
        browser.submit(&page, "Save", &[("section", &other), ("starts", "2026-04-02"), ("ends", "2026-04-01")]).await;
    assert_eq!(wrong.status(), 422);
    assert_eq!(wrong.value("starts").as_deref(), Some("2026-04-02"));
    let saved = browser.submit(&wrong, "Save", &[("starts", ""), ("ends", "2026-07-31")]).await;
    assert!(saved.has_text("Saved.") && saved.has_text("Learner, B"), "{}", saved.text());
    let suspended = browser.submit(&saved, "Suspend", &[]).await;
    sound(&suspended);
    assert!(suspended.has_text("Suspended (Learner, B)") && suspended.has_role("button", "Resume"));
    let back = browser.submit(&suspended, "Undo", &[]).await;
    assert!(back.has_text("Undone for 1 enrolment."), "{}", back.text());
    assert_eq!(state_of(&scene, scene.learner).await, [EnrolmentState::Active]);
}

#[store::test]
async fn those_who_ask_get_a_place_or_wait(db: Db) {
    let scene = Scene::new(db).await;
    let stranger = scene.stranger;
    scene
        .with(move |tx, mut course| {
            let by = course.made_by.unwrap();
            let ask = Settings { enrolment: SelfEnrolment::Ask, ..course.settings() };
            course.change(tx, &ask, by).unwrap();
            let wish = Wish { note: "I dive.".to_owned(), ..Wish::default() };
            enrol_self(tx, &course, stranger, &wish).unwrap().unwrap();
        })
        .await;
    scene.places(1).await;
    let mut browser = scene.as_person(scene.teacher).await;
    let people = browser.get(&scene.at("/people")).await;
    assert!(people.has_text("1 person asks for a place."), "{}", people.text());
    let asked = browser.click(&people, "Show").await;
    assert!(asked.has_text("I dive.") && !asked.has_text("Ana"), "{}", asked.text());
    let one = browser.click(&asked, "Sam").await;
    let waits = browser.submit(&one, "Give a place", &[]).await;
    assert!(waits.has_text("Waiting list"), "{}", waits.text());
    assert_eq!(state_of(&scene, scene.stranger).await, [EnrolmentState::Waiting]);
}

#[store::test]
async fn who_runs_one_section_sees_and_changes_that_section(db: Db) {
    let scene = Scene::new(db).await;
    let (tess, ben) = scene
        .with(|tx, course| {
            let other = SectionSettings { name: "B".to_owned(), ..Default::default() };
            let other = Section::create(tx, course.id, &other, course.made_by.unwrap()).unwrap();
            let mut enrolled = |name: &str, role| {
                let person = people::testing::person(tx, name).unwrap();
                let new = NewEnrolment::new(course.id, person, role).in_section(other.id);
                enrol(tx, &new, IfFull::Wait, None).unwrap();
                person
            };
            (enrolled("Tess", CourseRole::Teacher), enrolled("Ben", CourseRole::Learner))
        })
        .await;
    let mut browser = scene.as_person(tess).await;
    let page = browser.get(&scene.at("/people")).await;
    sound(&page);
    assert!(page.has_text("Ben") && !page.has_text("Ana"), "{}", page.text());
    assert_eq!(browser.get(&scene.at(&format!("/people/{}", scene.learner))).await.status(), 404);
    assert_eq!(browser.get(&scene.at(&format!("/people/{ben}"))).await.status(), 200);
    assert_eq!(browser.get(&scene.at("/people/import")).await.status(), 403);
    let all = [("act", "suspend"), ("all", "on"), ("state", "all")];
    let done = browser.post(&scene.at("/people/changes"), &all).await;
    assert!(done.has_text("1 enrolment is suspended."), "{}", done.text());
    assert_eq!(state_of(&scene, scene.learner).await, [EnrolmentState::Active]);
    assert_eq!(state_of(&scene, ben).await, [EnrolmentState::Suspended]);
}

#[store::test]
async fn a_list_is_shown_before_it_is_done(db: Db) {
    let scene = Scene::new(db).await;
    let mut browser = scene.as_person(scene.teacher).await;
    let page = browser.get(&scene.at("/people/import")).await;
    sound(&page);
    let path = scene.at("/people/import");
    let wrong = browser.upload(&path, &[("list", "name\nSam\n")], &[]).await;
    assert_eq!(wrong.status(), 422);
    assert_eq!(wrong.form_errors(), [("file".to_owned(), "The heading has neither email nor external_id.".to_owned())]);
    let bytes = b"email;role\nsam@example.org;learner\nnobody@example.org;\n";
    let file = File { field: "file", name: "list.csv", kind: "text/csv", bytes };
    let planned = browser.upload(&path, &[("list", "")], &[file]).await;
    sound(&planned);
    assert!(planned.has_text("1 to enrol") && planned.has_text("1 left out"), "{}", planned.text());
    assert!(planned.has_text("No account with this address or id"), "{}", planned.text());
    assert_eq!(state_of(&scene, scene.stranger).await, []);
    let done = browser.submit(&planned, "Enrol these people", &[]).await;
    assert!(done.has_text("The lines that were left out are below."), "{}", done.text());
    assert_eq!(state_of(&scene, scene.stranger).await, [EnrolmentState::Active]);
    let again = browser.upload(&path, &[("list", "email\nsam@example.org\n")], &[]).await;
    assert!(again.has_text("There is nothing to do"), "{}", again.text());
}
