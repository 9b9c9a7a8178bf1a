//! The rules of the tables, on both engines.

mod attempts;
mod banks;
mod grades;

use courses::{Course, CourseRole, testing};
use gradebook::Points;
use outline::{Completion, Item, ItemId, Module, NewItem};
use people::PersonId;
use store::{Db, Result, Time, Tx};
use web::Ctx;
use web::testing::{Answer as Page, Browser};

use crate::answer::Answer;
use crate::attempt::{Starter, start};
use crate::bank::{self, Place};
use crate::question::{Choice, Essay, Question, Short, Single, Task, TextKey};
use crate::quiz::{self, Filled, Settings};
use crate::responses::{Desk, NotSaved, Save, Saved, Sent};
use crate::share::Share;
use crate::{AttemptId, QuestionId, kinds};

/// A course "Marine ecology" with a published quiz "Tides" of three questions: one of two options (2 points), a few words
/// (1 point), an essay (5 points); a teacher, and two learners.
#[derive(Clone)]
pub(crate) struct Scene {
    pub(crate) db: Db,
    pub(crate) course: Course,
    pub(crate) teacher: PersonId,
    pub(crate) ana: PersonId,
    pub(crate) ben: PersonId,
    pub(crate) stranger: PersonId,
    pub(crate) item: ItemId,
    pub(crate) questions: Vec<QuestionId>,
}

pub(crate) fn single(right: u16) -> Question {
    let option = |id: u16, text: &str| Choice {
        id,
        text: text.to_owned(),
        share: if id == right { Share::all() } else { Share::none() },
        feedback: if id == right { "Well seen.".to_owned() } else { "Look again.".to_owned() },
    };
    let options = vec![option(1, "The moon"), option(2, "The wind")];
    let task = Task::Single(Single { options, shuffle: false, below_zero: false });
    Question { text: "What makes the **tide**?".to_owned(), feedback: "It is the moon.".to_owned(), task, format: 1 }
}

pub(crate) fn short() -> Question {
    let key = TextKey { text: "twice".to_owned(), share: Share::all(), feedback: String::new() };
    let task = Task::Short(Short { answers: vec![key], case: false });
    Question { text: "How often a day is high water?".to_owned(), task, ..Question::default() }
}

pub(crate) fn essay() -> Question {
    let essay = Essay { notes: "Names both bulges.".to_owned(), ..Essay::default() };
    Question { text: "Explain the second tide.".to_owned(), task: Task::Essay(essay), ..Question::default() }
}

impl Scene {
    pub(crate) async fn new(db: Db) -> Self {
        let clone = db.clone();
        db.write(move |tx| {
            people::testing::seed_roles(tx, &[people::PERMISSIONS, courses::PERMISSIONS, gradebook::PERMISSIONS])?;
            let course = testing::course(tx, "Marine ecology")?;
            let teacher = testing::enrolled(tx, &course, "Sofia", CourseRole::Teacher)?;
            let ana = testing::enrolled(tx, &course, "Ana", CourseRole::Learner)?;
            let ben = testing::enrolled(tx, &course, "Ben", CourseRole::Learner)?;
            let stranger = people::testing::person(tx, "Stranger")?;
            let module = Module::add(tx, course.id, "Shore", None, teacher)?;
            Module::find(tx, course.id, module)?.publish(tx, teacher)?;
            let new = NewItem {
                module,
                kind: "quiz",
                title: "Tides",
                indent: 0,
                completion: Completion::Submit,
                source: None,
            };
            let item = Item::add(tx, course.id, &new, teacher)?;
            item.publish(tx, teacher)?;
            let mut questions = Vec::new();
            for (question, points) in [(single(1), 2), (short(), 1), (essay(), 5)] {
                let id = bank::add(tx, course.id, &Place::default(), &question, teacher)?;
                quiz::add_slots(tx, &item, &[Filled::Question(id)], Points::whole(points), teacher)?;
                questions.push(id);
            }
            Ok::<_, store::Error>(Self { db: clone, course, teacher, ana, ben, stranger, item: item.id, questions })
        })
        .await
        .unwrap()
    }

    pub(crate) async fn with<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut Tx<'_>) -> Result<T> + Send + 'static,
    ) -> T {
        self.db.write(work).await.unwrap()
    }

    pub(crate) async fn configure(&self, change: impl FnOnce(&mut Settings) + Send + 'static) {
        let (course, item, by) = (self.course.id, self.item, self.teacher);
        self.with(move |tx| {
            let mut settings = quiz::settings(tx, item)?;
            change(&mut settings);
            let item = Item::find(tx, course, item)?;
            quiz::configure(tx, &item, &settings, by)
        })
        .await;
    }

    pub(crate) async fn start(&self, person: PersonId) -> AttemptId {
        let (course, item) = (self.course.id, self.item);
        self.with(move |tx| {
            let item = crate::attempt::item_for(tx, course, item, person)?;
            start(tx, &item, Starter { person, is_preview: false, word: "" })
        })
        .await
        .unwrap()
    }

    /// Saves one field of a question.
    pub(crate) async fn save(
        &self,
        attempt: AttemptId,
        device: &'static str,
        seq: Option<i64>,
        seen: i64,
        position: i64,
        value: &'static str,
    ) -> Result<Saved, NotSaved> {
        let course = self.course.id;
        self.with(move |tx| {
            let desk = Desk::of(tx, course, attempt)?;
            let save = Save { device, seen, sent: vec![Sent { position, seq }] };
            let name = format!("a{position}");
            desk.save(tx, &save, |asked| if asked == name && !value.is_empty() { vec![value] } else { Vec::new() })
        })
        .await
    }

    pub(crate) async fn hand_in(&self, attempt: AttemptId, by: PersonId) -> crate::attempt::Attempt {
        self.with(move |tx| crate::finish::hand_in(tx, attempt, by)).await
    }

    /// The answer that holds.
    pub(crate) async fn answer(&self, attempt: AttemptId, position: i64) -> Answer {
        let course = self.course.id;
        let answers = self.with(move |tx| crate::attempt::Attempt::find(tx, course, attempt)?.answers(tx)).await;
        answers.get(&position).cloned().unwrap_or_default()
    }

    pub(crate) fn pass(&self, seconds: i64) {
        let clock = self.db.clock();
        clock.set(clock.now().plus_seconds(seconds));
    }

    pub(crate) fn now(&self) -> Time {
        self.db.clock().now()
    }

    pub(crate) async fn as_person(&self, person: PersonId) -> Browser {
        let token = self.db.write(move |tx| people::testing::session(tx, person)).await.unwrap();
        let mut browser = Browser::new(self.router());
        browser.set_cookie(people::COOKIE_HTTP, &token);
        browser
    }

    pub(crate) fn as_nobody(&self) -> Browser {
        Browser::new(self.router())
    }

    fn router(&self) -> axum::Router {
        let permissions = vec![people::PERMISSIONS, courses::PERMISSIONS, gradebook::PERMISSIONS];
        let ctx = Ctx::builder(self.db.clone())
            .identify(people::identify)
            .with(kinds(outline::Kinds::default()))
            .with(people::Places(vec![courses::PLACES]))
            .with(people::Permissions(permissions))
            .build();
        crate::routes().merge(outline::routes()).merge(courses::routes()).merge(people::routes()).into_router(ctx)
    }

    pub(crate) fn at(&self, path: &str) -> String {
        format!("/courses/{}{path}", self.course.id)
    }

    pub(crate) fn quiz(&self, path: &str) -> String {
        self.at(&format!("/items/{}{path}", self.item))
    }
}

/// What holds for every page.
pub(crate) fn sound(page: &Page) {
    assert_eq!(page.status(), 200, "{}: {}", page.path(), page.text());
    assert_eq!(page.faults(), Vec::<String>::new(), "{}", page.path());
    let statements = page.statements();
    assert!(statements <= 8, "{} runs {statements} statements", page.path());
}
