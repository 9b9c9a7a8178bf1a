//! `GET /courses/{course}/questions/{question}/preview`: a question as it is asked, and what an answer would earn.

use askama::Template;
use axum::extract::{Path, State};
use courses::{CourseId, CoursePage, EDIT};
use people::Visitor;
use web::{Ctx, Form, Page, Result, html};

use super::ask::{Ask, Control};
use super::at_course;
use super::review::{PartLine, part_line, tone};
use crate::QuestionId;
use crate::answer::Answer;
use crate::bank;
use crate::score::score;

#[derive(Template)]
#[template(path = "assessment/preview.html")]
struct PreviewPage {
    page: Page,
    frame: CoursePage,
    title: String,
    id: QuestionId,
    ask: Ask,
    /// What the answer earns, in percent, and why; none before it was checked.
    checked: Option<Checked>,
    notes: String,
}

struct Checked {
    percent: Option<String>,
    parts: Vec<PartLine>,
    feedback: String,
}

/// The page; with what came of an answer, where one was sent.
pub(super) async fn show(
    State(ctx): State<Ctx>,
    visitor: Visitor,
    Path((course, id)): Path<(CourseId, QuestionId)>,
    form: Form,
) -> Result {
    let db = ctx.db.clone();
    db.read(move |tx| {
        let (viewer, course) = at_course(tx, &visitor, course, EDIT)?;
        let stored = bank::find(tx, course.id, id, None)?;
        let question = &stored.content.0;
        let page = viewer.page(&ctx, "courses");
        let answer = Answer::read(question, "a1", |name| form.values(name))
            .map_err(|long| web::Error::too_large(long.bytes_max))?;
        let checked = form.flag("check").then(|| {
            let mark = score(question, &answer);
            Checked {
                percent: mark.share.map(|share| share.percent()),
                parts: mark.parts.iter().map(|part| part_line(&page, &question.task, part)).collect(),
                feedback: super::ask::markdown(&question.feedback),
            }
        });
        let notes = match &question.task {
            crate::question::Task::Essay(essay) => super::ask::markdown(&essay.notes),
            _ => String::new(),
        };
        let view = PreviewPage {
            frame: CoursePage::new(&viewer, &course, "edit"),
            ask: Ask::new(&page, question, 1, &answer, 1),
            title: stored.title.clone(),
            id,
            checked,
            notes,
            page,
        };
        Ok(html(view))
    })
    .await
}

impl PreviewPage {
    fn tone(&self, line: &PartLine) -> &'static str {
        tone(line.reason)
    }
}
