//! The pages of questions, quizzes and attempts, one file each.

pub(crate) mod ask;
mod attempt;
mod bank;
mod editor;
mod end;
mod extra_time;
mod import;
mod marking;
mod preview;
mod question_form;
mod quiz_edit;
mod quiz_settings;
mod regrade;
mod results;
mod review;

use courses::{Course, CourseId, EDIT};
use outline::{Item, ItemId};
use people::{Permission, Viewer, Visitor};
use store::Tx;
use web::{Access, Error, Result, Routes, word};

use crate::AttemptId;
use crate::attempt::Ended;

pub(crate) type AtItem = axum::extract::Path<(CourseId, ItemId)>;
pub(crate) type AtAttempt = axum::extract::Path<(CourseId, AttemptId)>;

/// The largest form that an attempt sends, in bytes.
const ANSWERS_BYTES_MAX: usize = 4 << 20;

/// The addresses of this crate, each with who may ask.
pub fn routes() -> Routes {
    let view = Access::Needs(courses::VIEW.as_str());
    let edit = Access::Needs(EDIT.as_str());
    let see = Access::Needs(gradebook::VIEW_GRADES.as_str());
    let grade = Access::Needs(gradebook::GRADE.as_str());
    Routes::new()
        .get("/courses/{course}/questions", edit, bank::show)
        .post("/courses/{course}/questions", edit, editor::create)
        .get("/courses/{course}/questions/new", edit, editor::new)
        .post("/courses/{course}/questions/folders", edit, bank::add_folder)
        .delete("/courses/{course}/questions/folders/{folder}", edit, bank::delete_folder)
        .post("/courses/{course}/questions/moves", edit, bank::move_some)
        .get("/courses/{course}/questions/{question}", edit, editor::show)
        .post("/courses/{course}/questions/{question}", edit, editor::save)
        .delete("/courses/{course}/questions/{question}", edit, editor::delete)
        .post("/courses/{course}/questions/{question}/restoration", edit, editor::restore)
        .get("/courses/{course}/questions/{question}/preview", edit, preview::show)
        .get("/courses/{course}/items/{item}/quiz", edit, quiz_edit::show)
        .get("/courses/{course}/items/{item}/quiz/settings", edit, quiz_settings::show)
        .post("/courses/{course}/items/{item}/quiz/settings", edit, quiz_settings::save)
        .post("/courses/{course}/items/{item}/quiz/slots", edit, quiz_edit::draw)
        .post("/courses/{course}/items/{item}/quiz/slots/{slot}", edit, quiz_edit::change)
        .delete("/courses/{course}/items/{item}/quiz/slots/{slot}", edit, quiz_edit::remove)
        .get("/courses/{course}/questions/import", edit, import::show)
        .post("/courses/{course}/questions/import", edit, import::check)
        .body_limit(import::UPLOAD_BYTES_MAX)
        .post("/courses/{course}/questions/import/all", edit, import::take)
        .body_limit(import::UPLOAD_BYTES_MAX)
        .get("/courses/{course}/items/{item}/results", see, results::show)
        .get("/courses/{course}/items/{item}/results/statistics", see, results::statistics)
        .get("/courses/{course}/items/{item}/quiz/marking", grade, marking::show)
        .post("/courses/{course}/items/{item}/quiz/marking/{attempt}/{position}", grade, marking::save)
        .get("/courses/{course}/items/{item}/regrade", grade, regrade::show)
        .post("/courses/{course}/items/{item}/regrade", grade, regrade::apply)
        .get("/courses/{course}/extra-time", grade, extra_time::show)
        .post("/courses/{course}/extra-time", grade, extra_time::save)
        .post("/courses/{course}/items/{item}/attempts", view, attempt::begin)
        .get("/courses/{course}/attempts/{attempt}", view, attempt::show)
        .post("/courses/{course}/attempts/{attempt}/answers", view, attempt::save)
        .body_limit(ANSWERS_BYTES_MAX)
        .get("/courses/{course}/attempts/{attempt}/end", view, end::show)
        .post("/courses/{course}/attempts/{attempt}/end", view, end::hand_in)
        .get("/courses/{course}/attempts/{attempt}/receipt", view, end::receipt)
        .get("/courses/{course}/attempts/{attempt}/review", view, review::show)
}

/// The course and item, where this person may do this there.
fn at_item(
    tx: &mut Tx<'_>,
    visitor: &Visitor,
    (course, item): (CourseId, ItemId),
    permission: Permission,
) -> Result<(Viewer, Course, Item)> {
    let (viewer, course) = at_course(tx, visitor, course, permission)?;
    let item = Item::find(tx, course.id, item)?;
    if item.kind != "quiz" {
        return Err(Error::not_found());
    }
    Ok((viewer, course, item))
}

/// The course, where this person may do this.
fn at_course(tx: &mut Tx<'_>, visitor: &Visitor, course: CourseId, permission: Permission) -> Result<(Viewer, Course)> {
    let viewer = visitor.signed_in(tx)?;
    let course = Course::enter(tx, course, &viewer)?;
    viewer.must(permission, &course.scope())?;
    Ok((viewer, course))
}

/// How an attempt stands: the message, and the tone of its chip.
pub(crate) const fn state(ended: Option<Ended>) -> (&'static str, &'static str) {
    match ended {
        Some(Ended::Submitted) => (word!("assessment-ended-submitted"), "good"),
        Some(Ended::TimedOut) => (word!("assessment-ended-timed-out"), ""),
        Some(Ended::Abandoned) => (word!("assessment-ended-abandoned"), "bad"),
        None => (word!("assessment-running"), "soon"),
    }
}

/// Whether somebody makes the course, so that their attempts are previews.
fn makes(viewer: &Viewer, course: &Course) -> bool {
    viewer.can(EDIT, &course.scope()) || viewer.can(courses::PREVIEW, &course.scope())
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::allow_attributes, reason = "a test says so by stopping")]
mod tests;
