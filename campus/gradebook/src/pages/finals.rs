//! `/courses/{course}/gradebook/finals`: what holds as the grade of the course for each learner; settling it for all.
//! `POST .../people/{person}/final`: another grade for one.

use askama::Template;
use axum::extract::{Path, State};
use courses::{CourseId, CoursePage};
use people::{PersonId, Visitor};
use store::{Time, Tx};
use web::{Ctx, Error, FlashKind, Form, Page, Response, Result, html, mistakes, see_other, word};

use super::common::{Admitted, admitted, read_percent};
use super::mine::teacher_view;
use super::words;
use crate::book::{Book, learners};
use crate::finals::{self, Kind, REASON_MAX};
use crate::sheet::Learner;
use crate::{GRADE, Percent, VIEW_GRADES};

/// The most that a final grade can be.
const MOST: Percent = Percent::from_units(100_000);

#[derive(Template)]
#[template(path = "gradebook/finals.html")]
struct FinalsPage {
    page: Page,
    frame: CoursePage,
    rows: Vec<RowView>,
    locked_at: Option<Time>,
    may_grade: bool,
}

struct RowView {
    person: PersonId,
    name: String,
    computed: Option<String>,
    holds: Option<String>,
    kind: Option<&'static str>,
    reason: String,
}

/// The list.
pub(super) async fn show(State(ctx): State<Ctx>, visitor: Visitor, Path(id): Path<CourseId>) -> Result {
    let db = ctx.db.clone();
    db.read(move |tx| {
        let admitted = admitted(tx, &visitor, id, VIEW_GRADES)?;
        let book = Book::load(tx, id)?;
        let people = learners(tx, id, None)?;
        let grades = book.grades(tx, None)?;
        let page = admitted.viewer.page(&ctx, "courses");
        let row = |learner: &Learner| {
            let computed = words::total(&page, &book.policy, finals::computed(&book, learner, &grades));
            let held = finals::held(&book, learner);
            RowView {
                person: learner.person,
                name: learner.name(),
                holds: held.map_or_else(|| computed.clone(), |set| words::held(&page, set)),
                computed,
                kind: held.map(|set| kind(set.kind)),
                reason: held.map(|set| set.reason.clone()).unwrap_or_default(),
            }
        };
        Ok(html(FinalsPage {
            frame: CoursePage::new(&admitted.viewer, &admitted.course, "gradebook"),
            rows: people.iter().map(row).collect(),
            locked_at: book.locked_at,
            may_grade: admitted.viewer.can(GRADE, &admitted.course.scope()),
            page,
        }))
    })
    .await
}

/// How a final grade came about.
pub(super) const fn kind(kind: Kind) -> &'static str {
    match kind {
        Kind::Override => word!("grades-kind-override"),
        Kind::Withdrawn => word!("grades-kind-withdrawn"),
        Kind::Locked => word!("grades-kind-locked"),
        Kind::Amended => word!("grades-kind-amended"),
    }
}

fn back(id: CourseId) -> Response {
    see_other(format!("/courses/{id}/gradebook/finals"))
}

/// `PUT .../settlement`: what the rules make now holds for everybody.
pub(super) async fn lock(State(ctx): State<Ctx>, visitor: Visitor, Path(id): Path<CourseId>) -> Result {
    let db = ctx.db.clone();
    db.write(move |tx| {
        let admitted = admitted(tx, &visitor, id, GRADE)?;
        let book = Book::load(tx, id)?;
        let people = learners(tx, id, None)?;
        let grades = book.grades(tx, None)?;
        finals::lock(tx, &book, &people, &grades, admitted.viewer.person)?;
        let page = admitted.viewer.page(&ctx, "courses");
        Ok(back(id).flash(FlashKind::Good, page.t("grades-locked"), None))
    })
    .await
}

/// `DELETE .../settlement`: the rules hold again.
pub(super) async fn unlock(State(ctx): State<Ctx>, visitor: Visitor, Path(id): Path<CourseId>) -> Result {
    let db = ctx.db.clone();
    db.write(move |tx| {
        let admitted = admitted(tx, &visitor, id, GRADE)?;
        finals::unlock(tx, id, admitted.viewer.person)?;
        let page = admitted.viewer.page(&ctx, "courses");
        Ok(back(id).flash(FlashKind::Good, page.t("grades-unlocked"), None))
    })
    .await
}

/// The learner, what the rules make of their grades, and the book.
fn of_learner(
    tx: &mut Tx<'_>,
    admitted: &Admitted,
    person: PersonId,
) -> Result<(Book, Learner, Option<Percent>), Error> {
    let course = admitted.course.id;
    let learner = learners(tx, course, Some(person))?.pop().ok_or_else(Error::not_found)?;
    let book = Book::load(tx, course)?;
    let grades = book.grades(tx, Some(&[person]))?;
    let computed = finals::computed(&book, &learner, &grades);
    Ok((book, learner, computed))
}

/// `POST .../people/{person}/final`: sets it. `was` is what the form showed: where another holds by now, nothing is
/// overwritten.
pub(super) async fn set(
    State(ctx): State<Ctx>,
    visitor: Visitor,
    Path((id, person)): Path<(CourseId, PersonId)>,
    mut form: Form,
) -> Result {
    let db = ctx.db.clone();
    db.write(move |tx| {
        let admitted = admitted(tx, &visitor, id, GRADE)?;
        let (book, learner, computed) = of_learner(tx, &admitted, person)?;
        let percent = read_percent(&mut form, "percent", MOST);
        if percent.is_none() && form.error("percent").is_none() {
            form.fail("percent", word!("field-required"));
        }
        let reason = form.text("reason").max(REASON_MAX).get();
        if reason.is_empty() && book.locked_at.is_some() {
            form.fail("reason", word!("grades-reason-needed"));
        }
        let now = learner.set.as_ref().map(|set| set.id.to_string()).unwrap_or_default();
        let is_there = finals::held(&book, &learner).is_some_and(|set| set.percent == percent && set.reason == reason);
        if form.value("was") != now && !is_there {
            form.fail("percent", word!("grades-final-changed"));
            form.set("was", now);
        }
        let Some(percent) = percent.filter(|_| !form.has_errors()) else {
            return Ok(mistakes(teacher_view(tx, &ctx, &admitted, learner, Some(form))?));
        };
        finals::set(tx, &book, &learner, percent, computed, &reason, admitted.viewer.person)?;
        let page = admitted.viewer.page(&ctx, "courses");
        let said = page.ta("grades-final-set", &[("name", learner.name())]);
        let back = see_other(format!("/courses/{id}/gradebook/people/{person}#final"));
        Ok(back.flash(FlashKind::Good, said, None))
    })
    .await
}

/// `DELETE .../people/{person}/final`: what was set is taken back.
pub(super) async fn withdraw(
    State(ctx): State<Ctx>,
    visitor: Visitor,
    Path((id, person)): Path<(CourseId, PersonId)>,
) -> Result {
    let db = ctx.db.clone();
    db.write(move |tx| {
        let admitted = admitted(tx, &visitor, id, GRADE)?;
        let (book, learner, computed) = of_learner(tx, &admitted, person)?;
        if book.locked_at.is_some() {
            return Err(Error::conflict(word!("grades-final-locked")));
        }
        finals::withdraw(tx, &book, &learner, computed, admitted.viewer.person)?;
        let page = admitted.viewer.page(&ctx, "courses");
        let back = see_other(format!("/courses/{id}/gradebook/people/{person}#final"));
        Ok(back.flash(FlashKind::Good, page.t("grades-final-withdrawn"), None))
    })
    .await
}
