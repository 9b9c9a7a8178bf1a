//! `/courses/{course}/gradebook/cells/{column}/{person}`: one grade, what became of it, and the form that changes it. The
//! table sends the same form from within the page and gets JSON.

use askama::Template;
use axum::extract::{Path, State};
use courses::{CourseId, CoursePage};
use http::{HeaderMap, StatusCode, header};
use people::{PersonId, Visitor};
use serde::Serialize;
use store::Tx;
use web::{Ctx, Error, FlashKind, Form, Page, Response, Result, html, json, mistakes, see_other};

use super::common::{Admitted, admitted_in_part};
use super::grid::{cell_view, cells, sheet_of};
use super::words;
use crate::book::{Book, learners};
use crate::give::Giving;
use crate::history::{self, Change};
use crate::sheet::{Cell, Learner};
use crate::typed::{Typed, kept, kept_entry};
use crate::{Column, ColumnId, GRADE, Grade, Source, VIEW_GRADES, of_person};

#[derive(Template)]
#[template(path = "gradebook/cell.html")]
struct CellPage {
    page: Page,
    frame: CoursePage,
    form: Form,
    column: Column,
    learner: Learner,
    status: Option<(&'static str, &'static str)>,
    points: Option<String>,
    possible: String,
    late_note: Option<String>,
    is_late: bool,
    is_hidden: bool,
    may_grade: bool,
    changes: Vec<Change>,
    /// What somebody else made of the grade since this form was shown.
    conflict: Option<String>,
}

type At = Path<(CourseId, ColumnId, PersonId)>;

/// The learner of a cell.
fn learner_of(tx: &mut Tx<'_>, admitted: &Admitted, person: PersonId) -> Result<Learner, Error> {
    let found = learners(tx, admitted.course.id, Some(person))?.pop();
    found.filter(|learner| admitted.may(learner)).ok_or_else(Error::not_found)
}

/// The page.
pub(super) async fn show(State(ctx): State<Ctx>, visitor: Visitor, Path((id, column, person)): At) -> Result {
    let db = ctx.db.clone();
    db.read(move |tx| {
        let admitted = admitted_in_part(tx, &visitor, id, VIEW_GRADES)?;
        let learner = learner_of(tx, &admitted, person)?;
        Ok(html(view(tx, &ctx, &admitted, column, learner, None)?))
    })
    .await
}

fn view(
    tx: &mut Tx<'_>,
    ctx: &Ctx,
    admitted: &Admitted,
    id: ColumnId,
    learner: Learner,
    sent: Option<(Form, Option<String>)>,
) -> Result<CellPage, Error> {
    let page = admitted.viewer.page(ctx, "courses");
    let book = Book::load(tx, admitted.course.id)?;
    let at = book.place(id).ok_or_else(Error::not_found)?;
    let (entry, changes) = history::of_cell(tx, id, learner.person)?;
    let column = book.columns[at].clone();
    let grades = entry.map(|entry| (at, entry));
    let cell = book.sheet(&learner, grades.as_slice(), crate::total::View::default()).cells[at];
    let now = kept_entry(entry.as_ref());
    let (form, conflict) = sent.unwrap_or_else(|| {
        let waived = if entry.is_some_and(|entry| entry.late_waived) { "on" } else { "" };
        (Form::of(&[("value", now.as_str()), ("was", &now), ("waived", waived)]), None)
    });
    let taken = cell.deduction.zip(book.policy.late);
    Ok(CellPage {
        frame: CoursePage::new(&admitted.viewer, &admitted.course, "gradebook"),
        status: words::status(&cell),
        points: cell.score.map(|score| words::points(&page, score)),
        possible: words::points(&page, column.points),
        late_note: taken.map(|(taken, rule)| words::lateness(&page, &column, &cell, &taken, &rule)),
        is_late: cell.late_seconds > 0,
        is_hidden: !cell.posted,
        may_grade: may_grade(admitted, &learner),
        changes,
        conflict,
        page,
        form,
        column,
        learner,
    })
}

fn may_grade(admitted: &Admitted, learner: &Learner) -> bool {
    let (scope, viewer) = (admitted.course.scope(), &admitted.viewer);
    let mut sections = learner.sections.iter();
    viewer.can(GRADE, &scope) || sections.any(|section| viewer.can(GRADE, &scope.clone().section(*section)))
}

/// What the table is told after a change.
#[derive(Serialize)]
struct Saved {
    /// Whether it was kept.
    saved: bool,
    /// What happened, in words.
    says: String,
    /// The cell as it is now.
    raw: String,
    text: String,
    class: &'static str,
    /// The texts of the totals of the row, in their order.
    totals: Vec<String>,
}

/// `POST`: sets it. `was` is what the form showed: where the grade is another by now, nothing is overwritten.
pub(super) async fn save(
    State(ctx): State<Ctx>,
    visitor: Visitor,
    Path((id, column, person)): At,
    headers: HeaderMap,
    mut form: Form,
) -> Result {
    let wants_json = headers
        .get(header::ACCEPT)
        .and_then(|value| value.to_str().ok())
        .is_some_and(|accept| accept.contains("application/json"));
    let db = ctx.db.clone();
    db.write(move |tx| {
        let admitted = admitted_in_part(tx, &visitor, id, GRADE)?;
        let learner = learner_of(tx, &admitted, person)?;
        let column = Column::find(tx, id, column)?;
        let page = admitted.viewer.page(&ctx, "courses");
        let outcome = change(tx, &admitted, &column, &learner, &mut form)?;
        if wants_json {
            return told(tx, &page, &column, &learner, &form, outcome);
        }
        match outcome {
            Outcome::Kept => {
                let said = page.ta("grades-saved-for", &[("name", learner.name()), ("title", column.title.clone())]);
                let back = format!("/courses/{id}/gradebook/cells/{}/{person}", column.id);
                Ok(see_other(back).flash(FlashKind::Good, said, None))
            }
            Outcome::Wrong(message) => {
                form.fail("value", message);
                Ok(mistakes(view(tx, &ctx, &admitted, column.id, learner, Some((form, None)))?))
            }
            Outcome::Conflict(grade) => {
                let said = conflict(&page, &grade);
                form.set("was", kept(Some(&grade)));
                let view = view(tx, &ctx, &admitted, column.id, learner, Some((form, Some(said))))?;
                Ok(mistakes(view).status(StatusCode::CONFLICT))
            }
        }
    })
    .await
}

/// What became of a change.
enum Outcome {
    Kept,
    Wrong(&'static str),
    /// Somebody else changed it: as it is now.
    Conflict(Grade),
}

fn change(
    tx: &mut Tx<'_>,
    admitted: &Admitted,
    column: &Column,
    learner: &Learner,
    form: &mut Form,
) -> Result<Outcome, Error> {
    let typed = match form.value("mark") {
        "excused" => Typed::Excused,
        "missing" => Typed::Missing,
        "clear" => Typed::Nothing,
        _ => match Typed::read(form.value("value"), column.points) {
            Ok(typed) => typed,
            // What waits to be read is sent back as it is where only the lateness was changed.
            Err(_) if form.value("value") == form.value("was") && form.value("was").ends_with('?') => {
                return waive(tx, admitted, column, learner, form);
            }
            Err(message) => return Ok(Outcome::Wrong(message)),
        },
    };
    let policy = crate::Policy::of(tx, column.course)?;
    let giving = Giving { column, policy: &policy, batch: None, by: admitted.viewer.person };
    let before = giving.lock(tx, learner.person)?;
    let is_there = before.points == typed.points() && before.state == typed.state();
    if !is_there && kept(Some(&before)) != form.value("was").trim() {
        return Ok(Outcome::Conflict(before));
    }
    let source = if column.item.is_some() { Source::Override } else { Source::Marker };
    let late_waived = if form.flag("says_waived") { form.flag("waived") } else { before.late_waived };
    giving.put(tx, &before, Grade { points: typed.points(), state: typed.state(), source, late_waived, ..before })?;
    Ok(Outcome::Kept)
}

/// Changes only whether lateness takes something off.
fn waive(
    tx: &mut Tx<'_>,
    admitted: &Admitted,
    column: &Column,
    learner: &Learner,
    form: &Form,
) -> Result<Outcome, Error> {
    let policy = crate::Policy::of(tx, column.course)?;
    let giving = Giving { column, policy: &policy, batch: None, by: admitted.viewer.person };
    let before = giving.lock(tx, learner.person)?;
    if kept(Some(&before)) != form.value("was").trim() {
        return Ok(Outcome::Conflict(before));
    }
    let late_waived = if form.flag("says_waived") { form.flag("waived") } else { before.late_waived };
    giving.put(tx, &before, Grade { late_waived, ..before })?;
    Ok(Outcome::Kept)
}

fn conflict(page: &Page, grade: &Grade) -> String {
    let shown = kept(Some(grade));
    let shown = if shown.is_empty() { page.t("grades-nothing") } else { shown };
    page.ta("grades-conflict", &[("grade", shown)])
}

/// The answer to the table: the cell as it is, and the totals that follow.
fn told(
    tx: &mut Tx<'_>,
    page: &Page,
    column: &Column,
    learner: &Learner,
    form: &Form,
    outcome: Outcome,
) -> Result<Response, Error> {
    let book = Book::load(tx, column.course)?;
    let grades = book.grades(tx, Some(&[learner.person]))?;
    let sheet = sheet_of(&book, learner, &grades);
    let cell: Cell = book.place(column.id).map(|at| sheet.cells[at]).ok_or_else(Error::not_found)?;
    let shown = cell_view(page, &cell, column.id);
    let totals = cells(page, &book, learner, &sheet).into_iter().filter(|cell| cell.class == "total");
    let (status, says) = match &outcome {
        Outcome::Kept => (StatusCode::OK, page.ta("grades-saved-cell", &[("name", learner.name())])),
        Outcome::Wrong(message) => {
            let mut form = form.clone().in_language(&page.lang);
            form.fail("value", message);
            (StatusCode::UNPROCESSABLE_ENTITY, form.error("value").unwrap_or_default())
        }
        Outcome::Conflict(grade) => (StatusCode::CONFLICT, conflict(page, grade)),
    };
    let saved = Saved {
        saved: matches!(outcome, Outcome::Kept),
        says,
        raw: kept(of_person(tx, column.id, learner.person)?.as_ref()),
        text: shown.text,
        class: shown.class,
        totals: totals.map(|cell| cell.text).collect(),
    };
    Ok(json(&saved).status(status))
}

impl CellPage {
    fn grade_of(&self, change: &Change, before: bool) -> String {
        words::changed(&self.page, change, before)
    }

    fn source_of(&self, change: &Change) -> &'static str {
        words::source(change.source)
    }
}
