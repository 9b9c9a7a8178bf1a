//! `GET /courses/{course}/progress`: who is where. `GET /courses/{course}/progress/{person}`: one learner's way.

use askama::Template;
use axum::extract::{Path, Query, State};
use courses::{Course, CourseId, CoursePage, Enrolment, PEOPLE};
use people::{PersonId, Visitor};
use serde::Deserialize;
use store::{FromRow, Time, params, sql};
use web::{Ctx, Error, Page, Result, html};

use crate::roster::{self, Learner, Only};
use crate::{Arranged, ItemId, Kinds, load};

#[derive(Template)]
#[template(path = "outline/progress.html")]
struct ProgressPage {
    page: Page,
    frame: CoursePage,
    learners: Vec<Learner>,
    only: Only,
    size: roster::Size,
    more: Option<String>,
}

/// Which learners, from where on.
#[derive(Deserialize)]
pub(super) struct Asked {
    #[serde(default)]
    only: String,
    #[serde(default)]
    family: String,
    #[serde(default)]
    given: String,
}

/// The list.
pub(super) async fn show(
    State(ctx): State<Ctx>,
    visitor: Visitor,
    Path(id): Path<CourseId>,
    Query(asked): Query<Asked>,
) -> Result {
    let db = ctx.db.clone();
    db.read(move |tx| {
        let viewer = visitor.signed_in(tx)?;
        let course = Course::find(tx, id)?;
        viewer.must(PEOPLE, &course.scope())?;
        let only = match asked.only.as_str() {
            "not-started" => Only::NotStarted,
            "stuck" => Only::Stuck,
            "finished" => Only::Finished,
            _ => Only::Everyone,
        };
        let after = (!asked.family.is_empty() || !asked.given.is_empty()).then_some((asked.family, asked.given));
        let size = roster::size(tx, id)?;
        let mut learners = roster::learners(tx, id, only, after.as_ref(), roster::PAGE + 1)?;
        let more = (learners.len() > roster::PAGE as usize).then(|| {
            learners.truncate(roster::PAGE as usize);
            let last = learners.last().map(|l| (l.family.clone(), l.given.clone())).unwrap_or_default();
            let encode = |text: &str| web::url::encoded(text);
            format!("?only={}&family={}&given={}", asked.only, encode(&last.0), encode(&last.1))
        });
        let frame = CoursePage::new(&viewer, &course, "progress");
        Ok(html(ProgressPage { page: viewer.page(&ctx, "courses"), frame, learners, only, size, more }))
    })
    .await
}

impl ProgressPage {
    fn percent(&self, learner: &Learner) -> u8 {
        let (done, total) = (learner.done, self.size.items);
        if total == 0 || done == 0 {
            return 0;
        }
        if done >= total { 100 } else { u8::try_from((done * 100 / total).clamp(1, 99)).unwrap_or(99) }
    }

    fn name(&self, learner: &Learner) -> String {
        format!("{} {}", learner.given, learner.family).trim().to_owned()
    }

    fn tabs(&self) -> [(&'static str, &'static str, bool); 4] {
        [
            ("", web::word!("outline-everyone"), self.only == Only::Everyone),
            ("not-started", web::word!("outline-not-started"), self.only == Only::NotStarted),
            ("stuck", web::word!("outline-stuck"), self.only == Only::Stuck),
            ("finished", web::word!("outline-finished"), self.only == Only::Finished),
        ]
    }
}

#[derive(Template)]
#[template(path = "outline/learner.html")]
struct LearnerPage {
    page: Page,
    frame: CoursePage,
    name: String,
    rows: Vec<LearnerRow>,
    arranged: Arranged,
    person: PersonId,
}

struct LearnerRow {
    title: String,
    icon: &'static str,
    module: String,
    done: Option<Done>,
    viewed_at: Option<Time>,
}

#[derive(Clone, FromRow)]
struct Done {
    item: ItemId,
    viewed_at: Option<Time>,
    done_at: Option<Time>,
    reason: Option<String>,
}

/// One learner.
pub(super) async fn of_one(
    State(ctx): State<Ctx>,
    visitor: Visitor,
    Path((id, person)): Path<(CourseId, PersonId)>,
) -> Result {
    let db = ctx.db.clone();
    db.read(move |tx| {
        let viewer = visitor.signed_in(tx)?;
        let course = Course::find(tx, id)?;
        viewer.must(PEOPLE, &course.scope())?;
        if Enrolment::of_person(tx, id, person)?.is_empty() {
            return Err(Error::not_found());
        }
        let name = people::find(tx, person)?.name;
        let outline = load(tx, id, Some(person), false)?;
        let facts: Vec<Done> = tx.all(
            sql!("select item, viewed_at, done_at, reason from item_progress where person = ?1 and course = ?2"),
            params![person, id],
        )?;
        let kinds = ctx.get::<Kinds>();
        let arranged = outline.arrange();
        let rows = arranged.modules.iter().flat_map(|module| {
            module.items.iter().filter(|item| item.item.completion != crate::Completion::None).map(|item| {
                let fact = facts.iter().find(|fact| fact.item == item.item.id);
                LearnerRow {
                    title: item.item.title.clone(),
                    icon: kinds.icon(&item.item.kind),
                    module: module.module.title.clone(),
                    viewed_at: fact.and_then(|fact| fact.viewed_at),
                    done: fact.filter(|fact| fact.done_at.is_some()).cloned(),
                }
            })
        });
        let rows = rows.collect();
        let frame = CoursePage::new(&viewer, &course, "progress");
        Ok(html(LearnerPage { page: viewer.page(&ctx, "courses"), frame, name, rows, arranged, person }))
    })
    .await
}
