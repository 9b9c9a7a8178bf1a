//! `GET /courses/{course}/items/{item}/quiz/marking`: answers that a person marks, question by question.

use askama::Template;
use axum::extract::{Path, State};
use courses::{Course, CourseId, CoursePage};
use gradebook::{GRADE, Points};
use outline::{Item, ItemId};
use people::{Viewer, Visitor};
use store::Tx;
use web::{Ctx, Error, FlashKind, Form, Page, Result, html, mistakes, see_other, word};

use super::{AtItem, ask, at_item};
use crate::mark::{self, COMMENT_MAX, Queue, Waiting};
use crate::question::Task;
use crate::{AttemptId, QuestionId};

#[derive(Template)]
#[template(path = "assessment/marking.html")]
struct MarkingPage {
    page: Page,
    frame: CoursePage,
    item: Item,
    queues: Vec<Queue>,
    /// The question whose answers are shown.
    question: Option<QuestionId>,
    marked: bool,
    /// What it says, and what those who mark should look for.
    text: String,
    notes: String,
    answers: Vec<Waiting>,
    form: Form,
    /// The answer whose form has a mistake.
    wrong: Option<(AttemptId, i64)>,
}

/// The page.
pub(super) async fn show(State(ctx): State<Ctx>, visitor: Visitor, Path(at): AtItem, form: Form) -> Result {
    let db = ctx.db.clone();
    db.read(move |tx| {
        let (viewer, course, item) = at_item(tx, &visitor, at, GRADE)?;
        Ok(html(view(tx, &ctx, &viewer, &course, item, form, None)?))
    })
    .await
}

fn view(
    tx: &mut Tx<'_>,
    ctx: &Ctx,
    viewer: &Viewer,
    course: &Course,
    item: Item,
    form: Form,
    wrong: Option<(AttemptId, i64)>,
) -> Result<MarkingPage> {
    let question = form.value("question").parse::<QuestionId>().ok();
    let marked = form.flag("marked");
    let answers =
        question.map(|question| mark::answers(tx, item.id, question, marked)).transpose()?.unwrap_or_default();
    let first = answers.first().map(|answer| &answer.content.0);
    let notes = first.and_then(|question| match &question.task {
        Task::Essay(essay) => Some(ask::markdown(&essay.notes)),
        _ => None,
    });
    Ok(MarkingPage {
        frame: CoursePage::new(viewer, course, "progress"),
        queues: mark::queues(tx, item.id)?,
        text: first.map(|question| ask::markdown(&question.text)).unwrap_or_default(),
        notes: notes.unwrap_or_default(),
        page: viewer.page(ctx, "courses"),
        item,
        question,
        marked,
        answers,
        form,
        wrong,
    })
}

/// `POST .../quiz/marking/{attempt}/{position}`: marks one answer.
pub(super) async fn save(
    State(ctx): State<Ctx>,
    visitor: Visitor,
    Path((course, item, attempt, position)): Path<(CourseId, ItemId, AttemptId, i64)>,
    mut form: Form,
) -> Result {
    let db = ctx.db.clone();
    db.write(move |tx| {
        let (viewer, course, item) = at_item(tx, &visitor, (course, item), GRADE)?;
        let (possible, now) = mark::standing(tx, item.id, (attempt, position))?;
        let points = super::quiz_edit::points(&mut form, "points");
        if points.is_some_and(|points| points > possible) {
            let most = possible.to_string();
            form.fail_with("points", word!("assessment-points-at-most"), &[("most", web::Arg::Text(most.into()))]);
        }
        let comment = form.text("comment").max(COMMENT_MAX).get();
        // Somebody else may have marked it since this page was made: nothing is overwritten before this person knows.
        let seen = form.value("seen").parse::<Points>().ok();
        if !form.has_errors() && seen != now && now != points {
            let theirs = now.map(|points| points.to_string()).unwrap_or_default();
            form.fail_with("points", word!("assessment-marked-since"), &[("points", web::Arg::Text(theirs.into()))]);
            form.set("seen", now.map(|points| points.to_string()).unwrap_or_default());
        }
        let (Some(points), false) = (points, form.has_errors()) else {
            return Ok(mistakes(view(tx, &ctx, &viewer, &course, item, form, Some((attempt, position)))?));
        };
        mark::mark(tx, &item, (attempt, position), points, &comment, viewer.person)?;
        let said = viewer.page(&ctx, "courses").t("assessment-marked");
        let question = form.value("question").parse::<QuestionId>().map_err(|_| Error::not_found())?;
        let marked = if form.flag("marked") { "&marked=on" } else { "" };
        let back = format!("/courses/{}/items/{}/quiz/marking?question={question}{marked}", course.id, item.id);
        Ok(see_other(back).flash(FlashKind::Good, said, None))
    })
    .await
}

impl MarkingPage {
    fn points(&self, points: impl std::borrow::Borrow<Points>) -> String {
        ask::points(&self.page, *points.borrow())
    }

    fn is_wrong(&self, answer: &Waiting) -> bool {
        self.wrong == Some((answer.attempt, answer.position))
    }

    /// What stands in the field of an answer.
    fn typed(&self, answer: &Waiting, field: &str) -> String {
        if self.is_wrong(answer) {
            return self.form.value(field).to_owned();
        }
        match field {
            "comment" => answer.comment.clone(),
            _ => answer.points.map(|points| points.to_string()).unwrap_or_default(),
        }
    }

    fn error(&self, answer: &Waiting) -> Option<String> {
        self.form.error("points").or(self.form.error("comment")).filter(|_| self.is_wrong(answer))
    }

    fn words(&self, answer: &Waiting) -> usize {
        answer.answer.0.words()
    }
}
