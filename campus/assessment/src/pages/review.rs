//! `GET /courses/{course}/attempts/{attempt}/review`: an attempt that was handed in, as far as its person may see it now; all
//! of it for those who see the grades of the course.

use askama::Template;
use axum::extract::{Path, State};
use courses::{CoursePage, VIEW};
use gradebook::{Points, VIEW_GRADES};
use people::Visitor;
use web::{Ctx, Error, Page, Result, html, see_other};

use super::ask;
use super::{AtAttempt, at_course, makes};
use crate::attempt::{Attempt, Ended, item_for};
use crate::mark::{self, Marked};
use crate::question::Task;
use crate::review::Shows;
use crate::score::{Part, Reason};
use crate::{gaps, quiz};

#[derive(Template)]
#[template(path = "assessment/review.html")]
struct ReviewPage {
    page: Page,
    frame: CoursePage,
    title: String,
    /// Whose it is, for others.
    name: Option<String>,
    attempt: Attempt,
    shows: Shows,
    lines: Vec<Line>,
    total: Points,
    possible: Points,
    waits: bool,
}

struct Line {
    number: usize,
    html: String,
    feedback: String,
    marked: Marked,
    parts: Vec<PartLine>,
}

/// A part of an answer in words; all but the reason is safe HTML.
pub(super) struct PartLine {
    pub(super) label: String,
    pub(super) given: String,
    pub(super) right: String,
    pub(super) reason: Reason,
    pub(super) feedback: String,
}

/// The page.
pub(super) async fn show(State(ctx): State<Ctx>, visitor: Visitor, Path((course, id)): AtAttempt) -> Result {
    let db = ctx.db.clone();
    db.read(move |tx| {
        let (viewer, course) = at_course(tx, &visitor, course, VIEW)?;
        let attempt = Attempt::find(tx, course.id, id)?;
        let is_own = attempt.person == viewer.person;
        let sees_all = viewer.can(VIEW_GRADES, &course.scope()) || (is_own && makes(&viewer, &course));
        if !is_own && !sees_all {
            return Err(Error::not_found());
        }
        let Some(ended_at) = attempt.ended_at.filter(|_| attempt.ended_how != Some(Ended::Abandoned)) else {
            return Ok(see_other(attempt.path(if attempt.is_running() { "" } else { "/receipt" })));
        };
        let settings = quiz::settings(tx, attempt.item)?;
        let item = item_for(tx, course.id, attempt.item, attempt.person)?;
        let all = Shows { answers: true, correct: true, points: true, feedback: true, right: true };
        let shows = if sees_all { all } else { settings.review.at(tx.now(), ended_at, item.lock_at) };
        if !shows.is_something() {
            return Ok(see_other(attempt.path("/receipt")));
        }
        let name = if is_own { None } else { outline::roster::name(tx, course.id, attempt.person)? };
        let marks = mark::of_attempt(tx, id)?;
        let page = viewer.page(&ctx, "courses");
        let view = ReviewPage {
            frame: CoursePage::new(&viewer, &course, "outline"),
            title: item.title.clone(),
            total: marks.iter().filter_map(|mark| mark.points).sum::<Points>().max(Points::ZERO),
            possible: marks.iter().map(|mark| mark.possible).sum(),
            waits: marks.iter().any(|mark| mark.points.is_none()),
            lines: lines(&page, marks),
            name,
            attempt,
            shows,
            page,
        };
        Ok(html(view))
    })
    .await
}

fn lines(page: &Page, marks: Vec<Marked>) -> Vec<Line> {
    let asked = marks.into_iter().filter(|mark| mark.content.0.is_asked());
    let line = |(at, marked): (usize, Marked)| {
        let question = &marked.content.0;
        let text = match &question.task {
            // The gaps show their numbers.
            Task::Gaps(with) => with.gaps.iter().fold(question.text.clone(), |text, gap| {
                text.replace(&gaps::mark(gap.id), &format!("**[{}]**", gap.id))
            }),
            _ => question.text.clone(),
        };
        Line {
            number: at + 1,
            html: ask::markdown(&text),
            feedback: ask::markdown(&question.feedback),
            parts: marked.parts.0.iter().map(|part| part_line(page, &question.task, part)).collect(),
            marked,
        }
    };
    asked.enumerate().map(line).collect()
}

pub(super) fn part_line(page: &Page, task: &Task, part: &Part) -> PartLine {
    let said = |text: &str| match (task, text) {
        (Task::TrueFalse(_), "true") => ask::escaped(&page.t("assessment-true")),
        (Task::TrueFalse(_), "false") => ask::escaped(&page.t("assessment-false")),
        (Task::Single(_) | Task::Multiple(_) | Task::Match(_) | Task::Order(_), text) => ask::inline(text),
        (_, text) => ask::escaped(text),
    };
    let label = match task {
        Task::Gaps(_) => ask::escaped(&page.ta("assessment-gap", &[("number", part.label.as_str())])),
        _ => said(&part.label),
    };
    PartLine {
        label,
        given: said(&part.given),
        right: said(&part.right),
        reason: part.reason,
        feedback: ask::markdown(&part.feedback),
    }
}

impl ReviewPage {
    fn points(&self, points: impl std::borrow::Borrow<Points>) -> String {
        ask::points(&self.page, *points.borrow())
    }

    fn tone(&self, reason: &Reason) -> &'static str {
        tone(*reason)
    }

    /// What was written, for a text that a person marks.
    fn essay<'l>(&self, line: &'l Line) -> Option<&'l str> {
        matches!(line.marked.content.0.task, Task::Essay(_)).then(|| line.marked.answer.0.text())
    }
}

/// The tone of a part's chip.
pub(super) const fn tone(reason: Reason) -> &'static str {
    match reason {
        Reason::Right | Reason::RightlyLeft => "good",
        Reason::Partly | Reason::UnitCost | Reason::ByHand => "soon",
        Reason::Empty => "",
        _ => "bad",
    }
}
