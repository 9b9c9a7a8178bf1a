//! The pages as people see them, by role.

mod authors;
mod learners;
mod staff;

use courses::{Course, CourseRole, testing};
use people::PersonId;
use store::{Db, Result, Time, Tx};
use web::testing::{Answer, Browser};
use web::{Ctx, Page};

use crate::{ActivityKind, Completion, Item, ItemId, Kinds, Module, ModuleId, NewItem, Shown, Visit};

/// The most statements that a page may run; the first visit to an item writes three more.
const STATEMENTS_MAX: u64 = 8;

/// A kind that shows its title.
struct Card;

impl ActivityKind for Card {
    fn key(&self) -> &'static str {
        "card"
    }
    fn icon(&self) -> &'static str {
        "file-text"
    }
    fn label_id(&self) -> &'static str {
        "outline-title"
    }
    fn create(&self, _: &mut Tx<'_>, _: &Item, _: PersonId) -> Result<()> {
        Ok(())
    }
    fn show(&self, _: &mut Tx<'_>, _: &Ctx, _: &Page, item: &Item, _: &Visit<'_>) -> Result<Shown, web::Error> {
        Ok(Shown { html: format!("<p>What {} says.</p>", item.title), ..Shown::default() })
    }
    fn editor(&self, _: &Item) -> Option<String> {
        None
    }
    fn copy(&self, _: &mut Tx<'_>, _: ItemId, _: &Item, _: PersonId) -> Result<()> {
        Ok(())
    }
    fn words(&self, _: &mut Tx<'_>, _: ItemId) -> Result<String> {
        Ok(String::new())
    }
}

/// A course "Marine ecology" with two published modules, "Tides" (Moon, Sun: opened) and "Shore" (Pools: marked), of
/// which the second needs the first; a teacher, and two learners.
#[derive(Clone)]
struct Scene {
    db: Db,
    course: Course,
    teacher: PersonId,
    ana: PersonId,
    ben: PersonId,
    tides: ModuleId,
    shore: ModuleId,
    moon: ItemId,
    sun: ItemId,
    pools: ItemId,
}

impl Scene {
    async fn new(db: Db) -> Self {
        let clone = db.clone();
        db.write(move |tx| {
            people::testing::seed_roles(tx, &[people::PERMISSIONS, courses::PERMISSIONS])?;
            let course = testing::course(tx, "Marine ecology")?;
            let teacher = testing::enrolled(tx, &course, "Sofia", CourseRole::Teacher)?;
            let ana = testing::enrolled(tx, &course, "Ana", CourseRole::Learner)?;
            let ben = testing::enrolled(tx, &course, "Ben", CourseRole::Learner)?;
            let tides = Module::add(tx, course.id, "Tides", None, teacher)?;
            let shore = Module::add(tx, course.id, "Shore", None, teacher)?;
            let moon = add(tx, &course, tides, "Moon", Completion::View, teacher)?;
            let sun = add(tx, &course, tides, "Sun", Completion::View, teacher)?;
            let pools = add(tx, &course, shore, "Pools", Completion::Mark, teacher)?;
            for id in [tides, shore] {
                Module::find(tx, course.id, id)?.publish(tx, teacher)?;
            }
            let after = Module::find(tx, course.id, shore)?;
            after.change(
                tx,
                &crate::ModuleSettings {
                    title: after.title.clone(),
                    unlock_at: None,
                    needs: vec![tides],
                    requirement: after.requirement,
                    requirement_count: 1,
                    sequential: false,
                },
                teacher,
            )?;
            Ok::<_, store::Error>(Self { db: clone, course, teacher, ana, ben, tides, shore, moon, sun, pools })
        })
        .await
        .unwrap()
    }

    async fn as_person(&self, person: PersonId) -> Browser {
        let token = self.db.write(move |tx| people::testing::session(tx, person)).await.unwrap();
        let ctx = Ctx::builder(self.db.clone())
            .identify(people::identify)
            .with(Kinds::default().with(Card))
            .with(people::Places(vec![courses::PLACES]))
            .with(people::Permissions(vec![people::PERMISSIONS, courses::PERMISSIONS]))
            .build();
        let routes = crate::routes().merge(courses::routes()).merge(people::routes());
        let mut browser = Browser::new(routes.into_router(ctx));
        browser.set_cookie(people::COOKIE_HTTP, &token);
        browser
    }

    fn at(&self, path: &str) -> String {
        format!("/courses/{}{path}", self.course.id)
    }

    fn item(&self, item: ItemId, path: &str) -> String {
        self.at(&format!("/items/{item}{path}"))
    }

    async fn with<T: Send + 'static>(&self, work: impl FnOnce(&mut Tx<'_>) -> Result<T> + Send + 'static) -> T {
        self.db.write(work).await.unwrap()
    }

    /// Sets dates of an item.
    async fn dated(&self, item: ItemId, due: Option<Time>, unlock: Option<Time>) {
        let (course, by) = (self.course.id, self.teacher);
        self.with(move |tx| {
            let item = Item::find(tx, course, item)?;
            item.change(tx, &crate::ItemSettings { due_at: due, unlock_at: unlock, ..item.settings() }, by)
        })
        .await;
    }

    async fn now(&self) -> Time {
        self.with(|tx| Ok(tx.now())).await
    }
}

fn add(
    tx: &mut Tx<'_>,
    course: &Course,
    module: ModuleId,
    title: &str,
    completion: Completion,
    by: PersonId,
) -> Result<ItemId> {
    let item =
        Item::add(tx, course.id, &NewItem { module, kind: "card", title, indent: 0, completion, source: None }, by)?;
    item.publish(tx, by)?;
    Ok(item.id)
}

/// What holds for every page.
fn sound(page: &Answer) {
    assert_eq!(page.status(), 200, "{}: {}", page.path(), page.text());
    assert_eq!(page.faults(), Vec::<String>::new(), "{}", page.path());
    let statements = page.statements();
    assert!(statements <= STATEMENTS_MAX, "{} runs {statements} statements", page.path());
}
