//! The pages as people see them, by role.

mod authors;
mod learners;
mod marking;
mod reports;
mod reviews;

use std::sync::Arc;

use courses::{Course, CourseRole, testing};
use files::{Files, FilesConfig};
use outline::{ActivityKind, Completion, Item, ItemId, ItemSettings, Kinds, Module, NewItem};
use people::PersonId;
use store::{Db, Result, Time, Tx};
use web::Ctx;
use web::testing::{Answer, Browser};

use crate::{AssignmentKind, Settings, assignment};

/// The most statements that a page may run; the first visit to an item writes three more.
const STATEMENTS_MAX: u64 = 8;

/// A course "Marine ecology" with one published assignment, "Essay", done by handing in; a teacher, and two learners.
#[derive(Clone)]
struct Scene {
    db: Db,
    files: Files,
    _dir: Arc<tempfile::TempDir>,
    course: Course,
    teacher: PersonId,
    ana: PersonId,
    ben: PersonId,
    essay: ItemId,
}

impl Scene {
    async fn new(db: Db) -> Self {
        let clone = db.clone();
        let dir = tempfile::tempdir().unwrap();
        let files = Files::open(&FilesConfig::Disk { dir: dir.path().join("files") }).unwrap();
        db.write(move |tx| {
            let permissions = [people::PERMISSIONS, courses::PERMISSIONS, gradebook::PERMISSIONS];
            people::testing::seed_roles(tx, &permissions)?;
            let course = testing::course(tx, "Marine ecology")?;
            let teacher = testing::enrolled(tx, &course, "Sofia", CourseRole::Teacher)?;
            let ana = testing::enrolled(tx, &course, "Ana", CourseRole::Learner)?;
            let ben = testing::enrolled(tx, &course, "Ben", CourseRole::Learner)?;
            let module = Module::add(tx, course.id, "Tides", None, teacher)?;
            Module::find(tx, course.id, module)?.publish(tx, teacher)?;
            let new = NewItem {
                module,
                kind: "assignment",
                title: "Essay",
                indent: 0,
                completion: Completion::Submit,
                source: None,
            };
            let item = Item::add(tx, course.id, &new, teacher)?;
            AssignmentKind.create(tx, &item, teacher)?;
            item.publish(tx, teacher)?;
            let essay = item.id;
            Ok::<_, store::Error>(Self { db: clone, files, _dir: Arc::new(dir), course, teacher, ana, ben, essay })
        })
        .await
        .unwrap()
    }

    async fn as_person(&self, person: PersonId) -> Browser {
        let token = self.db.write(move |tx| people::testing::session(tx, person)).await.unwrap();
        let mut browser = self.as_nobody();
        browser.set_cookie(people::COOKIE_HTTP, &token);
        browser
    }

    fn as_nobody(&self) -> Browser {
        let permissions = vec![people::PERMISSIONS, courses::PERMISSIONS, gradebook::PERMISSIONS];
        let ctx = Ctx::builder(self.db.clone())
            .identify(people::identify)
            .with(self.files.clone())
            .with(crate::kinds(Kinds::default()))
            .with(people::Places(vec![courses::PLACES]))
            .with(people::Permissions(permissions))
            .build();
        let routes = crate::routes().merge(outline::routes()).merge(gradebook::routes());
        Browser::new(routes.merge(courses::routes()).merge(people::routes()).into_router(ctx))
    }

    fn at(&self, path: &str) -> String {
        format!("/courses/{}{path}", self.course.id)
    }

    fn item(&self, path: &str) -> String {
        self.at(&format!("/items/{}{path}", self.essay))
    }

    async fn with<T: Send + 'static>(&self, work: impl FnOnce(&mut Tx<'_>) -> Result<T> + Send + 'static) -> T {
        self.db.write(work).await.unwrap()
    }

    /// Sets what the essay asks for.
    async fn asks(&self, settings: Settings) {
        let (course, essay, by) = (self.course.id, self.essay, self.teacher);
        self.with(move |tx| {
            let item = Item::find(tx, course, essay)?;
            assignment::write(tx, &item, &settings, by)
        })
        .await;
    }

    /// Sets dates of the essay.
    async fn dated(&self, due_at: Option<Time>, lock_at: Option<Time>) {
        let (course, essay, by) = (self.course.id, self.essay, self.teacher);
        self.with(move |tx| {
            let item = Item::find(tx, course, essay)?;
            item.change(tx, &ItemSettings { due_at, lock_at, ..item.settings() }, by)
        })
        .await;
    }

    fn now(&self) -> Time {
        self.db.clock().now()
    }

    /// Moves the clock on.
    fn later(&self, seconds: i64) {
        self.db.clock().set(self.now().plus_seconds(seconds));
    }

    /// Hands a text in as a learner does; answers the receipt.
    async fn hands_in(&self, person: PersonId, text: &str) -> Answer {
        let mut browser = self.as_person(person).await;
        let page = browser.get(&self.item("")).await;
        let receipt = browser.submit(&page, "Hand in", &[("text", text), ("do", "hand-in")]).await;
        assert_eq!(receipt.status(), 200, "{}", receipt.text());
        receipt
    }

    /// Who has handed in how often.
    async fn attempts(&self, person: PersonId) -> i64 {
        let essay = self.essay;
        self.with(move |tx| {
            let count = store::sql!("select count(*) from submission where item = ?1 and person = ?2");
            tx.value(count, store::params![essay, person])
        })
        .await
    }
}

/// What holds for every page.
fn sound(page: &Answer) {
    assert_eq!(page.status(), 200, "{}: {}", page.path(), page.text());
    assert_eq!(page.faults(), Vec::<String>::new(), "{}", page.path());
    let statements = page.statements();
    assert!(statements <= STATEMENTS_MAX, "{} runs {statements} statements", page.path());
}
