//! The pages of assignments, one file each.

mod bundle;
pub(crate) mod desk;
mod editor;
mod mark;
mod marks;
mod queue;
mod receipt;
mod reviews;
mod rubrics;
mod similar;
mod staff;
mod to_mark;
mod upload;
mod work;

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::allow_attributes, reason = "a test says so by stopping")]
mod tests;

use std::time::Duration;

use courses::{Course, CourseId};
use outline::{Item, ItemId};
use people::{Viewer, Visitor};
use store::Tx;
use web::{Access, Error, Routes, word};

use crate::Assignment;
use crate::rubric::RubricKind;

/// The largest upload of one request, in bytes: all files of an attempt at once.
const UPLOAD_BYTES_MAX: usize = 1 << 30;
/// How long an upload may take.
const UPLOAD_TIME_MAX: Duration = Duration::from_mins(30);

/// The addresses of this crate, each with who may ask.
pub fn routes() -> Routes {
    let learn = Access::Needs(courses::LEARN.as_str());
    let edit = Access::Needs(courses::EDIT.as_str());
    let grade = Access::Needs(gradebook::GRADE.as_str());
    Routes::new()
        .get("/courses/{course}/items/{item}/assignment", edit, editor::show)
        .post("/courses/{course}/items/{item}/assignment", edit, editor::save)
        .get("/courses/{course}/items/{item}/work", learn, work::show)
        .post("/courses/{course}/items/{item}/work", learn, work::send)
        .body_limit(UPLOAD_BYTES_MAX)
        .time_limit(UPLOAD_TIME_MAX)
        .get("/courses/{course}/items/{item}/work/files/{file}/{name}", learn, work::file)
        .get("/courses/{course}/items/{item}/submissions/{submission}", Access::SignedIn, receipt::show)
        .get(
            "/courses/{course}/items/{item}/submissions/{submission}/files/{position}/{name}",
            Access::SignedIn,
            receipt::file,
        )
        .get("/courses/{course}/items/{item}/marks", Access::SignedIn, marks::show)
        .get("/courses/{course}/items/{item}/reviews", learn, reviews::list)
        .post("/courses/{course}/items/{item}/reviews", learn, reviews::next)
        .get("/courses/{course}/items/{item}/reviews/{review}", learn, reviews::show)
        .post("/courses/{course}/items/{item}/reviews/{review}", learn, reviews::save)
        .get("/courses/{course}/items/{item}/marking", grade, queue::show)
        .put("/courses/{course}/items/{item}/marking/names", grade, queue::reveal)
        .get("/courses/{course}/items/{item}/marking/{who}", grade, mark::show)
        .post("/courses/{course}/items/{item}/marking/{who}", grade, mark::save)
        .post("/courses/{course}/items/{item}/marking/{who}/attempts", grade, staff::give_attempt)
        .put("/courses/{course}/items/{item}/marking/{who}/excuse", grade, staff::excuse)
        .delete("/courses/{course}/items/{item}/marking/{who}/excuse", grade, staff::take_back_excuse)
        .get("/courses/{course}/items/{item}/marking/{who}/submission", grade, staff::show)
        .post("/courses/{course}/items/{item}/marking/{who}/submission", grade, staff::hand_in)
        .body_limit(UPLOAD_BYTES_MAX)
        .time_limit(UPLOAD_TIME_MAX)
        .get("/courses/{course}/items/{item}/similarity", grade, similar::show)
        .get("/courses/{course}/items/{item}/similarity/{one}/{other}", grade, similar::pair)
        .get("/courses/{course}/items/{item}/submissions.zip", grade, bundle::download)
        .time_limit(UPLOAD_TIME_MAX)
        .get("/courses/{course}/rubrics", edit, rubrics::list)
        .post("/courses/{course}/rubrics", edit, rubrics::create)
        .get("/courses/{course}/rubrics/{rubric}", edit, rubrics::show)
        .post("/courses/{course}/rubrics/{rubric}", edit, rubrics::save)
        .delete("/courses/{course}/rubrics/{rubric}", edit, rubrics::delete)
        .post("/courses/{course}/rubrics/{rubric}/restoration", edit, rubrics::restore)
        .get("/marking", grade, to_mark::show)
}

/// The place of one item.
type At = axum::extract::Path<(CourseId, ItemId)>;

/// What its authors need: the course, the item and its assignment.
fn for_author(
    tx: &mut Tx<'_>,
    visitor: &Visitor,
    course: CourseId,
    item: ItemId,
) -> Result<(Viewer, Course, Item, Assignment), Error> {
    let viewer = visitor.signed_in(tx)?;
    let course = Course::find(tx, course)?;
    viewer.must(courses::EDIT, &course.scope())?;
    let (item, assignment) = Assignment::with_item(tx, course.id, item)?;
    Ok((viewer, course, item, assignment))
}

/// What those who mark need.
fn for_marker(
    tx: &mut Tx<'_>,
    visitor: &Visitor,
    course: CourseId,
    item: ItemId,
) -> Result<(Viewer, Course, Item, Assignment), Error> {
    let viewer = visitor.signed_in(tx)?;
    let course = Course::find(tx, course)?;
    viewer.must(gradebook::GRADE, &course.scope())?;
    let (item, assignment) = Assignment::with_item(tx, course.id, item)?;
    Ok((viewer, course, item, assignment))
}

/// Where an item is.
fn path(item: &Item) -> String {
    format!("/courses/{}/items/{}", item.course, item.id)
}

/// What a criterion without levels asks of the marker.
pub(crate) const fn criterion_word(kind: RubricKind) -> &'static str {
    match kind {
        RubricKind::Checklist => word!("assignments-met-or-not"),
        RubricKind::Rubric | RubricKind::Guide => word!("assignments-any-points"),
    }
}
