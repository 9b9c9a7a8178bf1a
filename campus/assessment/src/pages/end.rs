//! `GET /courses/{course}/attempts/{attempt}/end`: what is answered and what is not, before it is handed in; and the receipt
//! afterwards.

use askama::Template;
use axum::extract::{Path, State};
use courses::{CoursePage, VIEW};
use people::Visitor;
use web::{Ctx, Error, FlashKind, Form, Page, Result, html, see_other};

use super::attempt::{held, over, own};
use super::{AtAttempt, at_course};
use crate::attempt::{Attempt, Ended};
use crate::clock::Standing;
use crate::review::Shows;
use crate::{finish, quiz};

#[derive(Template)]
#[template(path = "assessment/end.html")]
struct EndPage {
    page: Page,
    frame: CoursePage,
    title: String,
    attempt: Attempt,
    lines: Vec<Line>,
    open: usize,
    newest: i64,
    /// Whether it may still be changed.
    may_change: bool,
    each: bool,
}

struct Line {
    number: usize,
    page: i64,
    position: i64,
    is_answered: bool,
    is_flagged: bool,
}

/// The page.
pub(super) async fn show(State(ctx): State<Ctx>, visitor: Visitor, Path((course, id)): AtAttempt) -> Result {
    let db = ctx.db.clone();
    let shown = db
        .read(move |tx| {
            let (viewer, course) = at_course(tx, &visitor, course, VIEW)?;
            let (attempt, title, settings, newest) = own(tx, &viewer, &course, id)?;
            let standing = attempt.standing(tx.now(), &settings);
            if !attempt.is_running() || standing.is_over() {
                return Ok(Err(attempt));
            }
            let (answers, flags) = held(tx, id)?;
            let mut lines: Vec<Line> = Vec::new();
            for (page, asked) in (1..).zip(attempt.questions(tx)?).filter(|(_, asked)| asked.content.0.is_asked()) {
                lines.push(Line {
                    number: lines.len() + 1,
                    page: if settings.one_by_one { page } else { 1 },
                    position: asked.position,
                    is_answered: answers.get(&asked.position).is_some_and(|answer| !answer.is_nothing()),
                    is_flagged: flags.contains(&asked.position),
                });
            }
            let view = EndPage {
                open: lines.iter().filter(|line| !line.is_answered).count(),
                page: viewer.page(&ctx, "courses"),
                frame: CoursePage::new(&viewer, &course, "outline"),
                may_change: standing == Standing::Running,
                each: !attempt.one_way,
                title,
                attempt,
                lines,
                newest,
            };
            Ok::<_, Error>(Ok(html(view)))
        })
        .await?;
    match shown {
        Ok(answer) => Ok(answer),
        Err(attempt) => over(&db, attempt).await,
    }
}

/// `POST .../end`: hands it in. The clock of the page sends `clock`: then only what is over ends, since somebody may have
/// been given more time.
pub(super) async fn hand_in(
    State(ctx): State<Ctx>,
    visitor: Visitor,
    Path((course, id)): AtAttempt,
    form: Form,
) -> Result {
    let db = ctx.db.clone();
    db.write(move |tx| {
        let (viewer, course) = at_course(tx, &visitor, course, VIEW)?;
        let attempt = Attempt::lock(tx, id)?;
        if attempt.person != viewer.person || attempt.course != course.id {
            return Err(Error::not_found());
        }
        let page = viewer.page(&ctx, "courses");
        if form.flag("clock") && attempt.is_running() {
            let item = crate::attempt::item_for(tx, course.id, attempt.item, viewer.person)?;
            let now = crate::attempt::rewind(tx, &attempt, &item)?;
            if now.standing(tx.now(), &quiz::settings(tx, attempt.item)?) == Standing::Running {
                return Ok(see_other(attempt.path("")));
            }
        }
        let ended = finish::hand_in(tx, id, viewer.person)?;
        let said = match ended.ended_how {
            Some(Ended::Abandoned) => (FlashKind::Bad, page.t("assessment-was-abandoned")),
            Some(Ended::TimedOut) => (FlashKind::Good, page.t("assessment-was-timed-out")),
            _ => (FlashKind::Good, page.t("assessment-was-handed-in")),
        };
        Ok(see_other(ended.path("/receipt")).flash(said.0, said.1, None))
    })
    .await
}

#[derive(Template)]
#[template(path = "assessment/receipt.html")]
struct ReceiptPage {
    page: Page,
    frame: CoursePage,
    title: String,
    attempt: Attempt,
    shows: Shows,
}

/// `GET .../receipt`: that it was handed in, when, and the hash of what was answered.
pub(super) async fn receipt(State(ctx): State<Ctx>, visitor: Visitor, Path((course, id)): AtAttempt) -> Result {
    let db = ctx.db.clone();
    let shown = db
        .read(move |tx| {
            let (viewer, course) = at_course(tx, &visitor, course, VIEW)?;
            let (attempt, title, settings, _) = own(tx, &viewer, &course, id)?;
            let Some(ended_at) = attempt.ended_at else { return Ok(Err(attempt)) };
            let view = ReceiptPage {
                page: viewer.page(&ctx, "courses"),
                frame: CoursePage::new(&viewer, &course, "outline"),
                shows: settings.review.at(tx.now(), ended_at, None),
                title,
                attempt,
            };
            Ok::<_, Error>(Ok(html(view)))
        })
        .await?;
    match shown {
        Ok(answer) => Ok(answer),
        Err(attempt) => Ok(see_other(attempt.path(""))),
    }
}
