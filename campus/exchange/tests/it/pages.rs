//! The pages of imports and exports, as people see them.

use courses::{Course, CourseRole};
use exchange::report::Fate;
use people::{PersonId, UnitId};
use store::Db;
use web::testing::{Answer, Browser, File};

use crate::place::Place;
use crate::small::small;

/// The most statements that a page may run.
const STATEMENTS_MAX: u64 = 8;

struct Scene {
    place: Place,
    ctx: web::Ctx,
    course: Course,
    teacher: PersonId,
    learner: PersonId,
    admin: PersonId,
    unit: UnitId,
}

impl Scene {
    async fn new(db: Db) -> Self {
        let place = Place::new(db.clone()).await;
        let (course, teacher, learner, admin) = db
            .write(|tx| {
                let course = courses::testing::course(tx, "Marine ecology")?;
                let teacher = courses::testing::enrolled(tx, &course, "Tom", CourseRole::Teacher)?;
                let learner = courses::testing::enrolled(tx, &course, "Ana", CourseRole::Learner)?;
                let admin = people::testing::person_with(tx, "Ada", "administrator")?;
                Ok::<_, store::Error>((course, teacher, learner, admin))
            })
            .await
            .unwrap();
        let ctx = web::Ctx::builder(db)
            .identify(people::identify)
            .with(place.files.clone())
            .with(materials::kinds())
            .with(courses::ProgressProvider(outline::progress))
            .with(people::Places(vec![courses::PLACES]))
            .with(people::Permissions(vec![people::PERMISSIONS, courses::PERMISSIONS]))
            .build();
        Self { unit: course.unit, place, ctx, course, teacher, learner, admin }
    }

    async fn as_person(&self, person: PersonId) -> Browser {
        let token = self.place.db.write(move |tx| people::testing::session(tx, person)).await.unwrap();
        let routes = exchange::routes().merge(courses::routes()).merge(outline::routes()).merge(materials::routes());
        let mut browser = Browser::new(routes.into_router(self.ctx.clone()));
        browser.set_cookie(people::COOKIE_HTTP, &token);
        browser
    }

    /// Does the jobs that wait.
    async fn work(&self) {
        work::Workers::new(self.place.db.clone(), 1).jobs(exchange::jobs(&self.ctx)).drain().await;
    }
}

fn package(bytes: &[u8]) -> File<'_> {
    File { field: "file", name: "tides.imscc", kind: "application/zip", bytes }
}

fn fits(answer: &Answer) {
    assert!(answer.statements() <= STATEMENTS_MAX, "{}: {} statements", answer.path(), answer.statements());
    assert_eq!(answer.faults(), Vec::<String>::new(), "{}", answer.path());
}

#[store::test]
async fn a_teacher_looks_first_then_imports_and_reads_the_report(db: Db) {
    let scene = Scene::new(db).await;
    let mut browser = scene.as_person(scene.teacher).await;
    let path = format!("/courses/{}/import", scene.course.id);
    let page = browser.get(&path).await;
    assert!(page.has_role("heading", "Import and export"), "{}", page.text());
    fits(&page);

    // A package that is none: the fault is named at the field, and nothing is there.
    let refused = browser.upload(&path, &[], &[package(b"haha")]).await;
    assert_eq!(refused.status(), 422);
    assert!(refused.has_text("neither a zip archive nor an IMS manifest"), "{}", refused.text());

    // The dry run says what would happen and does nothing.
    let before = scene.place.rows().await;
    let looked = browser.upload(&path, &[], &[package(&small("<p>Second</p>"))]).await;
    assert_eq!(looked.status(), 200, "{}", looked.text());
    assert!(looked.has_role("heading", "This is what would happen"), "{}", looked.text());
    for part in ["First", "Second", "Check", "Kept for later", "Elsewhere"] {
        assert!(looked.has_text(part), "{part}: {}", looked.text());
    }
    assert_eq!(scene.place.rows().await, before);
    fits(&looked);

    // The job does it; the page tells first how far it is, then what was done.
    let started = browser.submit(&looked, "Import", &[]).await;
    assert!(started.has_role("heading", "The package is being imported"), "{}", started.text());
    scene.work().await;
    let done = browser.get(started.path()).await;
    assert!(done.has_role("heading", "It is done"), "{}", done.text());
    fits(&done);
    let outline = scene.place.outline(scene.course.id).await;
    assert!(outline.iter().any(|line| line.contains("page First")), "{outline:?}");
    // The same once more: what is there is said to be there.
    let again = browser.upload(&path, &[], &[package(&small("<p>Second</p>"))]).await;
    browser.submit(&again, "Import", &[]).await;
    scene.work().await;
    assert_eq!(scene.place.outline(scene.course.id).await, outline);
    // What is kept stands on the page, and the course can be taken along.
    let page = browser.get(&path).await;
    assert!(page.has_text("Check") && page.link("Download the course").is_some(), "{}", page.text());
    fits(&page);
}

#[store::test]
async fn an_import_makes_a_course_that_its_maker_teaches(db: Db) {
    let scene = Scene::new(db).await;
    let mut browser = scene.as_person(scene.admin).await;
    let page = browser.get("/courses/import").await;
    assert!(page.has_role("heading", "Import a course"), "{}", page.text());
    fits(&page);
    let unit = scene.unit.to_string();
    let none = browser.upload("/courses/import", &[("unit", &unit)], &[]).await;
    assert_eq!(none.status(), 422);
    let looked = browser.upload("/courses/import", &[("unit", &unit)], &[package(&small("<p>Second</p>"))]).await;
    assert!(looked.has_role("heading", "Tides"), "{}", looked.text());
    browser.submit(&looked, "Import", &[]).await;
    scene.work().await;
    let done = browser.get(looked.path()).await;
    let course = done.link("To the course").unwrap();
    assert_eq!(browser.get(&course).await.status(), 200);
    // A second press does not start it again.
    let twice = browser.post(looked.path(), &[]).await;
    assert!(twice.has_text("This import runs already, or is done."), "{}", twice.text());
}

#[store::test]
async fn a_package_that_breaks_while_it_is_taken_over_leaves_nothing(db: Db) {
    let scene = Scene::new(db).await;
    let mut browser = scene.as_person(scene.teacher).await;
    let path = format!("/courses/{}/import", scene.course.id);
    let mut bytes = small("<p>Second</p>");
    // A byte of the picture's content: nobody reads it before the job does.
    let at = bytes.windows(11).position(|window| window == b"a shore.svg").unwrap() + 16;
    bytes[at] ^= 0x55;
    let looked = browser.upload(&path, &[], &[package(&bytes)]).await;
    assert!(looked.has_role("heading", "This is what would happen"), "{}", looked.text());
    let before = scene.place.rows().await;
    browser.submit(&looked, "Import", &[]).await;
    scene.work().await;
    let failed = browser.get(looked.path()).await;
    assert!(failed.has_role("heading", "It could not be imported"), "{}", failed.text());
    assert!(failed.has_text("a shore.svg"), "{}", failed.text());
    assert_eq!(scene.place.rows().await, before);
    fits(&failed);
}

#[store::test]
async fn the_course_goes_out_as_a_package_for_those_who_make_it(db: Db) {
    let scene = Scene::new(db).await;
    let tides = scene.place.write("tides.imscc", &small("<p>Second</p>"));
    scene.place.import(&tides, Some(scene.course.id)).await;
    let path = format!("/courses/{}/export", scene.course.id);
    let mut browser = scene.as_person(scene.teacher).await;
    let answer = browser.get(&path).await;
    assert_eq!((answer.status(), answer.header("content-type")), (200, "application/zip"));
    assert!(
        answer.header("content-disposition").contains("marine-ecology.imscc"),
        "{}",
        answer.header("content-disposition")
    );
    let out = scene.place.write("out.imscc", answer.body());
    let (copy, report) = scene.place.import(&out, None).await;
    assert_eq!(scene.place.outline(copy).await, scene.place.outline(scene.course.id).await);
    assert!(report.count(Fate::Taken) > 5, "{}", report.text());
    let mut learner = scene.as_person(scene.learner).await;
    for path in [path, format!("/courses/{}/import", scene.course.id), "/courses/import".to_owned()] {
        let status = learner.get(&path).await.status();
        assert!([403, 404].contains(&status), "{path}: {status}");
    }
}
