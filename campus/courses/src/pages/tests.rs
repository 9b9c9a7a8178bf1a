//! The pages as people see them, by role.

mod access;
mod copying;
mod learner;
mod people_pages;
mod places;
mod staff;
mod statements;

use people::{PersonId, ScopeKind};
use store::{Db, Id, Time, Tx};
use web::testing::{Answer, Browser};

use crate::section::{Section, SectionSettings};
use crate::{
    CopyPart, CopyParts, Course, CourseDate, CourseId, CourseRole, DateShift, DatesProvider, NextStep, Progress,
    ProgressProvider, testing,
};

/// The most statements that a page may run.
const STATEMENTS_MAX: u64 = 8;

/// A course "Marine ecology" with a teacher, a learner, an administrator and somebody who has nothing to do with it.
#[derive(Clone)]
struct Scene {
    db: Db,
    course: Course,
    teacher: PersonId,
    learner: PersonId,
    admin: PersonId,
    stranger: PersonId,
}

impl Scene {
    async fn new(db: Db) -> Self {
        let (course, teacher, learner, admin, stranger) = db
            .write(|tx| {
                testing::seed(tx)?;
                let course = testing::course(tx, "Marine ecology")?;
                let teacher = testing::enrolled(tx, &course, "Sofia", CourseRole::Teacher)?;
                let learner = testing::enrolled(tx, &course, "Ana", CourseRole::Learner)?;
                let admin = people::testing::person_with(tx, "Ada", "administrator")?;
                let stranger = people::testing::person(tx, "Sam")?;
                Ok::<_, store::Error>((course, teacher, learner, admin, stranger))
            })
            .await
            .unwrap();
        Self { db, course, teacher, learner, admin, stranger }
    }

    /// Nobody's browser.
    fn anyone(&self) -> Browser {
        let ctx = web::Ctx::builder(self.db.clone())
            .identify(people::identify)
            .with(ProgressProvider(progress))
            .with(DatesProvider(dates))
            .with(CopyParts(vec![CopyPart { key: "outline", label_id: "courses-tab-outline", step: copy_outline }]))
            .with(people::Places(vec![crate::PLACES]))
            .with(people::Permissions(vec![people::PERMISSIONS, crate::PERMISSIONS]))
            .build();
        Browser::new(crate::routes().merge(people::routes()).into_router(ctx))
    }

    /// The browser of somebody who is signed in.
    async fn as_person(&self, person: PersonId) -> Browser {
        let token = self.db.write(move |tx| people::testing::session(tx, person)).await.unwrap();
        let mut browser = self.anyone();
        browser.set_cookie(people::COOKIE_HTTP, &token);
        browser
    }

    fn at(&self, path: &str) -> String {
        format!("/courses/{}{path}", self.course.id)
    }

    /// Changes something in the database.
    async fn with<T: Send + 'static>(&self, work: impl FnOnce(&mut Tx<'_>, Course) -> T + Send + 'static) -> T {
        let course = self.course.id;
        self.db
            .write(move |tx| {
                let course = Course::find(tx, course)?;
                Ok::<_, store::Error>(work(tx, course))
            })
            .await
            .unwrap()
    }

    /// Gives the first section so many places.
    async fn places(&self, capacity: u32) {
        self.with(move |tx, course| {
            let one = SectionSettings { name: "A".to_owned(), capacity: Some(capacity), ..Default::default() };
            Section::of(tx, course.id).unwrap().remove(0).change(tx, &one, course.made_by.unwrap()).unwrap();
        })
        .await;
    }
}

/// What holds for every page.
fn sound(page: &Answer) {
    assert_eq!(page.faults(), Vec::<String>::new(), "{}", page.path());
    let statements = page.statements();
    assert!(statements <= STATEMENTS_MAX, "{} runs {statements} statements", page.path());
}

/// Half done, with a next step.
#[expect(clippy::unnecessary_wraps, reason = "the provider's type")]
fn progress(_: &mut Tx<'_>, _: PersonId, courses: &[CourseId]) -> store::Result<Vec<Progress>> {
    let next = |course: &CourseId| NextStep {
        title: "Field notes".to_owned(),
        href: format!("/courses/{course}/items/1"),
        due: None,
    };
    Ok(courses.iter().map(|course| Progress { course: *course, done: 3, total: 6, next: Some(next(course)) }).collect())
}

/// Field notes on a Thursday evening, which learners see, and a draft quiz, which they do not.
#[expect(clippy::unnecessary_wraps, reason = "the provider's type")]
fn dates(_: &mut Tx<'_>, course: CourseId, everything: bool) -> store::Result<Vec<CourseDate>> {
    let date = |title: &str, at: &str| CourseDate {
        at: at.parse().unwrap_or(Time::from_seconds(0)),
        title: title.to_owned(),
        what: "courses-date-due",
        href: format!("/courses/{course}/items/1"),
    };
    let mut dates = vec![date("Field notes", "2026-03-12T17:00:00Z")];
    if everything {
        dates.push(date("Draft quiz", "2026-06-15T10:00:00Z"));
    }
    Ok(dates)
}

/// Leaves a word in the copy by which a test sees that the step ran.
fn copy_outline(tx: &mut Tx<'_>, _: CourseId, to: CourseId, shift: &DateShift, by: PersonId) -> store::Result<()> {
    let moved = shift.apply("2026-03-12T17:00:00Z".parse().map_err(|_| store::Error::NotFound)?);
    let mut course = Course::find(tx, to)?;
    let summary = format!("Field notes are due {}", moved.map_or("never".to_owned(), |at| at.to_string()));
    let settings = crate::course::Settings { summary, ..course.settings() };
    course.change(tx, &settings, by)
}

/// A manager of the course's unit.
async fn manager(scene: &Scene) -> PersonId {
    scene
        .with(|tx, course| {
            let manager = people::testing::person(tx, "Mia").unwrap();
            people::testing::role(tx, manager, "manager", (ScopeKind::Unit, Some(Id::from(course.unit)))).unwrap();
            manager
        })
        .await
}
