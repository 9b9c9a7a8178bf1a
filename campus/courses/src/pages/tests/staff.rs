use store::Db;

use super::{Scene, manager, sound};
use crate::course::CourseState;
use crate::{Course, Section};

#[store::test]
async fn a_manager_makes_a_course_and_mistakes_keep_what_was_typed(db: Db) {
    let scene = Scene::new(db).await;
    let manager = manager(&scene).await;
    let mut browser = scene.as_person(manager).await;
    let mine = browser.get("/courses").await;
    let page = browser.click(&mine, "New course").await;
    sound(&page);
    let typed = [("title", ""), ("code", "BIO 9"), ("starts", "2026-09-01"), ("ends", "2026-08-01")];
    let wrong = browser.submit(&page, "Create the course", &typed).await;
    assert_eq!(wrong.status(), 422);
    let fields: Vec<String> = wrong.form_errors().into_iter().map(|(field, _)| field).collect();
    assert_eq!(fields, ["title", "ends"]);
    assert_eq!(wrong.value("code").as_deref(), Some("BIO 9"));
    let right = [("title", "Rock pools"), ("ends", "2026-12-20"), ("teach", "on")];
    let made = browser.submit(&wrong, "Create the course", &right).await;
    assert!(made.path().ends_with("/edit"), "{}", made.path());
    let mine = browser.get("/courses").await;
    assert!(mine.has_role("heading", "Rock pools") && mine.has_text("Teacher"), "{}", mine.text());
    let course: Course = scene
        .with(|tx, _| {
            tx.one(store::sql!("select * from course_whole where title = 'Rock pools'"), store::params![]).unwrap()
        })
        .await;
    let days = course.days().unwrap();
    assert_eq!((days.first.to_string(), days.last.to_string()), ("2026-09-01".to_owned(), "2026-12-20".to_owned()));
}

#[store::test]
async fn settings_are_changed_and_mistakes_are_told_at_their_fields(db: Db) {
    let scene = Scene::new(db).await;
    let mut browser = scene.as_person(scene.teacher).await;
    let page = browser.get(&scene.at("/settings")).await;
    sound(&page);
    let wrong =
        browser.submit(&page, "Save", &[("zone", "Europe/Atlantis"), ("enrol_days", "0"), ("summary", "Tides")]).await;
    assert_eq!(wrong.status(), 422);
    let fields: Vec<String> = wrong.form_errors().into_iter().map(|(field, _)| field).collect();
    assert_eq!(fields, ["zone", "enrol_days"]);
    assert_eq!(wrong.value("summary").as_deref(), Some("Tides"));
    let right = [
        ("zone", "Europe/Lisbon"),
        ("enrol_days", "30"),
        ("hue", "4"),
        ("enrolment", "key"),
        ("enrol_key", "kelp"),
        ("about", "# Aims\n\nKnow the **shore**."),
        ("starts", "2026-03-02"),
        ("ends", "2026-07-03"),
    ];
    let saved = browser.submit(&wrong, "Save", &right).await;
    assert!(saved.has_text("Saved."), "{}", saved.text());
    let course = scene.with(|_, course| course).await;
    assert_eq!((course.zone.as_str(), course.hue, course.enrol_days), ("Europe/Lisbon", 4, Some(30)));
    let about = browser.get(&scene.at("/about")).await;
    assert!(about.has_role("heading", "Aims") && about.html().contains("hue-4"), "{}", about.text());
}

#[store::test]
async fn a_course_is_published_scheduled_hidden_and_each_is_undone(db: Db) {
    let scene = Scene::new(db).await;
    let mut browser = scene.as_person(scene.teacher).await;
    let page = browser.get(&scene.at("/settings")).await;
    let hidden = browser.submit(&page, "Hide from learners", &[]).await;
    assert!(hidden.has_text("The course is a draft again."), "{}", hidden.text());
    let wrong = browser.submit(&hidden, "Publish", &[("when", "later"), ("from", "")]).await;
    assert_eq!((wrong.status(), wrong.form_errors().len()), (422, 1));
    let planned = browser.submit(&wrong, "Publish", &[("when", "later"), ("from", "2026-03-09T09:00")]).await;
    assert!(planned.has_text("Learners see the course from"), "{}", planned.text());
    let state = scene.with(|tx, course| course.state(tx.now())).await;
    assert!(matches!(state, CourseState::Scheduled(_)));
    let published = browser.submit(&planned, "Publish", &[("when", "now")]).await;
    let undone = browser.submit(&published, "Undo", &[]).await;
    assert!(undone.has_text("The course is a draft again."), "{}", undone.text());
}

#[store::test]
async fn a_course_is_archived_and_comes_back_by_undo(db: Db) {
    let scene = Scene::new(db).await;
    let mut browser = scene.as_person(scene.teacher).await;
    let page = browser.get(&scene.at("/settings")).await;
    let archived = browser.submit(&page, "Archive the course", &[]).await;
    assert!(archived.has_text("Marine ecology has been archived."), "{}", archived.text());
    assert_eq!(scene.with(|tx, course| course.state(tx.now())).await, CourseState::Archived);
    let back = browser.submit(&archived, "Undo", &[]).await;
    assert!(back.has_text("Marine ecology is back."), "{}", back.text());
    assert_eq!(scene.with(|tx, course| course.state(tx.now())).await, CourseState::Published);
}

#[store::test]
async fn sections_are_added_changed_and_deleted(db: Db) {
    let scene = Scene::new(db).await;
    let mut browser = scene.as_person(scene.teacher).await;
    let page = browser.get(&scene.at("/sections")).await;
    sound(&page);
    let taken = browser.submit(&page, "Add", &[("name", "A"), ("capacity", "12")]).await;
    assert_eq!(taken.status(), 422);
    assert_eq!(taken.form_errors(), [("name".to_owned(), "This name is taken already.".to_owned())]);
    assert_eq!(taken.value("capacity").as_deref(), Some("12"));
    let added = browser.submit(&taken, "Add", &[("name", "B"), ("code", "GEO 7")]).await;
    assert!(added.has_text("Section B has been added.") && added.has_text("0 of 12"), "{}", added.text());
    let form = browser.click(&added, "Change B").await;
    sound(&form);
    assert_eq!(form.value("code").as_deref(), Some("GEO 7"));
    let changed = browser.submit(&form, "Save", &[("capacity", "13")]).await;
    assert!(changed.has_text("0 of 13"), "{}", changed.text());
    let gone = browser.submit(&changed, "Delete B", &[]).await;
    assert!(gone.has_text("Section B has been deleted."), "{}", gone.text());
    assert_eq!(scene.with(|tx, course| Section::of(tx, course.id).unwrap().len()).await, 1);
}

#[store::test]
async fn administrators_keep_the_list_of_terms(db: Db) {
    let scene = Scene::new(db).await;
    let mut browser = scene.as_person(scene.admin).await;
    let page = browser.get("/terms").await;
    sound(&page);
    let wrong = browser.submit(&page, "Add", &[("name", "Spring"), ("starts", "2026-03-01")]).await;
    assert_eq!(wrong.form_errors(), [("ends".to_owned(), "Please fill this in.".to_owned())]);
    let added = browser.submit(&wrong, "Add", &[("ends", "2026-07-31")]).await;
    assert!(added.has_text("Spring has been added.") && added.has_text("Now"), "{}", added.text());
    let form = browser.click(&added, "Change Spring").await;
    sound(&form);
    assert_eq!(form.value("ends").as_deref(), Some("2026-07-31"));
    let renamed = browser.submit(&form, "Save", &[("name", "Spring 2026")]).await;
    let gone = browser.submit(&renamed, "Delete Spring 2026", &[]).await;
    assert!(gone.has_text("Spring 2026 has been deleted."), "{}", gone.text());
}

#[store::test]
async fn those_who_look_after_many_courses_find_them(db: Db) {
    let scene = Scene::new(db).await;
    let mut browser = scene.as_person(scene.admin).await;
    let mine = browser.get("/courses").await;
    let all = browser.click(&mine, "All that I look after").await;
    sound(&all);
    assert!(all.has_role("heading", "Marine ecology") && all.has_text("Biology"), "{}", all.text());
    let none = browser.submit(&all, "Search", &[("q", "astronomy")]).await;
    assert!(none.has_text("No course fits"), "{}", none.text());
    let archived = browser.submit(&all, "Search", &[("archived", "on")]).await;
    assert!(!archived.has_role("heading", "Marine ecology"), "{}", archived.text());
}
