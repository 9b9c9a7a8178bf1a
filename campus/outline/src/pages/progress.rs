//! `GET /courses/{course}/progress`: who is where. `GET /courses/{course}/progress/{person}`: one learner's way.

use askama::Template;
use axum::extract::{Path, Query, State};
use courses::{Course, CourseId, CoursePage, PEOPLE};
use people::{PersonId, Visitor};
use serde::Deserialize;
use store::{FromRow, Time, Tx, params, sql};
use web::{Ctx, Error, FlashKind, Page, Result, html, see_other};

use super::why::their_dates;
use crate::roster::{self, Learner, Only};
use crate::{Arranged, Item, ItemId, Kinds, complete_for, load, reopen_for};

#[derive(Template)]
#[template(path = "outline/progress.html")]
struct ProgressPage {
    page: Page,
    frame: CoursePage,
    learners: Vec<Learner>,
    only: Only,
    size: u32,
    more: Option<String>,
}

/// Which learners, from where on.
#[derive(Deserialize)]
pub(super) struct Asked {
    #[serde(default)]
    only: String,
    #[serde(default)]
    after: Option<String>,
    #[serde(default)]
    id: Option<PersonId>,
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
        let after = asked.after.zip(asked.id.map(|person| person.0));
        let (size, structure) = roster::size(tx, id)?;
        let listed = roster::learners(tx, id, &structure, only, after, roster::PAGE as usize)?;
        let more = listed.more.map(|(name, person)| {
            format!("?only={}&after={}&id={person}", web::url::encoded(&asked.only), web::url::encoded(&name))
        });
        let learners = listed.learners;
        let frame = CoursePage::new(&viewer, &course, "progress");
        Ok(html(ProgressPage { page: viewer.page(&ctx, "courses"), frame, learners, only, size, more }))
    })
    .await
}

impl ProgressPage {
    fn percent(&self, learner: &Learner) -> u8 {
        let (done, total) = (learner.done, learner.total);
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
struct LearnerPage<'c> {
    page: Page,
    frame: CoursePage,
    name: String,
    rows: Vec<LearnerRow>,
    arranged: Arranged<'c>,
    person: PersonId,
}

struct LearnerRow {
    id: ItemId,
    title: String,
    icon: &'static str,
    module: String,
    done: Option<Done>,
    viewed_at: Option<Time>,
    due: Option<Time>,
    provenance: Option<String>,
}

#[derive(Clone, FromRow)]
struct Done {
    item: ItemId,
    viewed_at: Option<Time>,
    done_at: Option<Time>,
    reason: Option<String>,
    done_by: Option<String>,
}

impl Done {
    /// By which rule it was done, and by whom where that was not the learner (M17).
    fn why(&self, page: &Page) -> String {
        match (self.reason.as_deref(), &self.done_by) {
            (Some("view"), _) => page.t("outline-reason-view"),
            (Some("submit"), _) => page.t("outline-reason-submit"),
            (Some("grade"), _) => page.t("outline-reason-grade"),
            (Some("staff"), Some(name)) => page.ta("outline-reason-staff", &[("name", name.as_str())]),
            _ => page.t("outline-reason-mark"),
        }
    }
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
        let name = roster::name(tx, id, person)?.ok_or_else(Error::not_found)?;
        let outline = load(tx, id, Some(person), false)?;
        let facts: Vec<Done> = tx.all(
            sql!(
                "select g.item, g.viewed_at, g.done_at, g.reason, trim(p.given || ' ' || p.family) as done_by
                 from item_progress g left join person p on p.id = g.done_by where g.person = ?1 and g.course = ?2"
            ),
            params![person, id],
        )?;
        let kinds = ctx.get::<Kinds>();
        let page = viewer.page(&ctx, "courses");
        let arranged = outline.arrange();
        let rows = arranged.modules.iter().flat_map(|module| {
            module.items.iter().filter(|item| item.item.completion != crate::Completion::None).map(|item| {
                let fact = facts.iter().find(|fact| fact.item == item.item.id);
                LearnerRow {
                    id: item.item.id,
                    due: item.item.due_at,
                    provenance: item.dates_from.as_ref().map(|source| their_dates(&page, source)),
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
        Ok(html(LearnerPage { page, frame, name, rows, arranged, person }))
    })
    .await
}

type At = Path<(CourseId, PersonId, ItemId)>;

/// The item and the name of somebody who takes the course.
fn find(tx: &mut Tx<'_>, course: CourseId, person: PersonId, item: ItemId) -> Result<(Item, String)> {
    let name = roster::name(tx, course, person)?.ok_or_else(Error::not_found)?;
    Ok((Item::find(tx, course, item)?, name))
}

/// `POST .../items/{item}`: done, since a member of staff says so.
pub(super) async fn mark_done(State(ctx): State<Ctx>, visitor: Visitor, Path((id, person, item)): At) -> Result {
    let db = ctx.db.clone();
    db.write(move |tx| {
        let viewer = visitor.signed_in(tx)?;
        let course = Course::find(tx, id)?;
        viewer.must(PEOPLE, &course.scope())?;
        let (item, name) = find(tx, id, person, item)?;
        complete_for(tx, &item, person, viewer.person)?;
        let page = viewer.page(&ctx, "courses");
        let said = page.ta("outline-marked-for", &[("title", item.title.as_str()), ("name", name.as_str())]);
        Ok(see_other(format!("/courses/{id}/progress/{person}#i-{}", item.id)).flash(FlashKind::Good, said, None))
    })
    .await
}

/// `DELETE .../items/{item}`: not done after all.
pub(super) async fn reopen(State(ctx): State<Ctx>, visitor: Visitor, Path((id, person, item)): At) -> Result {
    let db = ctx.db.clone();
    db.write(move |tx| {
        let viewer = visitor.signed_in(tx)?;
        let course = Course::find(tx, id)?;
        viewer.must(PEOPLE, &course.scope())?;
        let (item, name) = find(tx, id, person, item)?;
        reopen_for(tx, &item, person, viewer.person)?;
        let page = viewer.page(&ctx, "courses");
        let said = page.ta("outline-reopened-for", &[("title", item.title.as_str()), ("name", name.as_str())]);
        let undo = format!("/courses/{id}/progress/{person}/items/{}", item.id);
        Ok(see_other(format!("/courses/{id}/progress/{person}#i-{}", item.id)).flash(FlashKind::Good, said, Some(undo)))
    })
    .await
}
