//! The pages as people see them, by role.

mod curves;
mod finals;
mod learners;
mod lists;
mod settings;
mod teachers;

use courses::{Course, CourseRole, testing};
use outline::{Completion, Item, ItemSettings, Module, NewItem};
use people::PersonId;
use store::{Db, Result, Tx};
use web::Ctx;
use web::testing::{Answer, Browser};

use crate::late::{Interval, LatePolicy};
use crate::scheme::{Scheme, Step};
use crate::{
    Column, ColumnSettings, Given, Group, GroupId, GroupSettings, NewColumn, Percent, Points, Policy, Source, give,
};

/// The most statements that a page may run.
const STATEMENTS_MAX: u64 = 8;

/// A course "Marine ecology" with a teacher Sofia and the learners Ana and Ben; a published item "Essay" (10 points, in
/// the group "Essays", two days over) and a column "Talk" without an item (5 points, in "Talks"). Essays weigh 60, talks 40
/// percent; late work loses 10 percent a day.
#[derive(Clone)]
struct Scene {
    db: Db,
    course: Course,
    teacher: PersonId,
    ana: PersonId,
    ben: PersonId,
    essays: GroupId,
    essay: Column,
    talk: Column,
}

fn percent(whole: i64) -> Percent {
    Percent::from_units(whole * 100)
}

fn policy() -> Policy {
    let step = |name: &str, from: i64| Step { name: name.to_owned(), from: percent(from), grade_points: None };
    Policy {
        weighted: true,
        late: Some(LatePolicy { percent_each: percent(10), interval: Interval::Day, lowest: None, grace_minutes: 0 }),
        scheme: Scheme::new(vec![step("A", 90), step("B", 70), step("F", 0)]).ok(),
        ..Policy::default()
    }
}

fn marked(points: i64) -> Given {
    Given::points(Points::whole(points), Source::Marker)
}

impl Scene {
    async fn new(db: Db) -> Self {
        let clone = db.clone();
        db.write(move |tx| {
            people::testing::seed_roles(tx, &[people::PERMISSIONS, courses::PERMISSIONS, crate::PERMISSIONS])?;
            let course = testing::course(tx, "Marine ecology")?;
            let teacher = testing::enrolled(tx, &course, "Sofia", CourseRole::Teacher)?;
            let ana = testing::enrolled(tx, &course, "Ana", CourseRole::Learner)?;
            let ben = testing::enrolled(tx, &course, "Ben", CourseRole::Learner)?;
            let module = Module::add(tx, course.id, "Tides", None, teacher)?;
            Module::find(tx, course.id, module)?.publish(tx, teacher)?;
            let completion = Completion::Grade;
            let new = NewItem { module, kind: "essay", title: "Essay", indent: 0, completion, source: None };
            let item = Item::add(tx, course.id, &new, teacher)?;
            item.publish(tx, teacher)?;
            let due = Some(tx.now().plus_days(-2));
            item.change(tx, &ItemSettings { due_at: due, ..item.settings() }, teacher)?;
            policy().save(tx, course.id, teacher)?;
            let group = |title: &str, weight: i64| GroupSettings {
                title: title.to_owned(),
                weight: percent(weight),
                ..GroupSettings::default()
            };
            let essays = Group::add(tx, course.id, &group("Essays", 60), teacher)?;
            let talks = Group::add(tx, course.id, &group("Talks", 40), teacher)?;
            let essay = Column::for_item(tx, &item, Points::whole(10), teacher)?;
            essay.change(tx, &ColumnSettings { group: Some(essays), ..essay.settings() }, teacher)?;
            let essay = Column::find(tx, course.id, essay.id)?;
            let new = NewColumn { title: "Talk", points: Points::whole(5), group: Some(talks), due_at: None };
            let talk = Column::add(tx, course.id, &new, teacher)?;
            Ok::<_, store::Error>(Self { db: clone, course, teacher, ana, ben, essays, essay, talk })
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
        let ctx = Ctx::builder(self.db.clone())
            .identify(people::identify)
            .with(people::Places(vec![courses::PLACES]))
            .with(people::Permissions(vec![people::PERMISSIONS, courses::PERMISSIONS, crate::PERMISSIONS]))
            .build();
        let routes = crate::routes().merge(courses::routes()).merge(people::routes());
        Browser::new(routes.into_router(ctx))
    }

    fn at(&self, path: &str) -> String {
        format!("/courses/{}{path}", self.course.id)
    }

    async fn with<T: Send + 'static>(&self, work: impl FnOnce(&mut Tx<'_>) -> Result<T> + Send + 'static) -> T {
        self.db.write(work).await.unwrap()
    }

    async fn give(&self, column: &Column, person: PersonId, given: Given) {
        let (column, by) = (column.clone(), self.teacher);
        self.with(move |tx| give(tx, &column, person, &given, by)).await;
    }
}

/// What holds for every page.
fn sound(page: &Answer) {
    assert_eq!(page.status(), 200, "{}: {}", page.path(), page.text());
    assert_eq!(page.faults(), Vec::<String>::new(), "{}", page.path());
    let statements = page.statements();
    assert!(statements <= STATEMENTS_MAX, "{} runs {statements} statements", page.path());
}
