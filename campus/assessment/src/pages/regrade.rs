//! `GET /courses/{course}/items/{item}/regrade`: scores made anew, first as a dry run.

use askama::Template;
use axum::extract::{Path, State};
use courses::CoursePage;
use gradebook::{GRADE, Points};
use outline::Item;
use people::Visitor;
use web::{Ctx, FlashKind, Form, Page, Result, html, see_other};

use super::{AtItem, ask, at_item};
use crate::QuestionId;
use crate::mark::{self, Change, Regrade};

/// Changes that the dry run lists; all of them are counted and made.
const SHOWN_MAX: usize = 200;

#[derive(Template)]
#[template(path = "assessment/regrade.html")]
struct RegradePage {
    page: Page,
    frame: CoursePage,
    item: Item,
    form: Form,
    ways: Vec<(String, String)>,
    questions: Vec<(String, String)>,
    changes: Vec<Change>,
    up: usize,
    down: usize,
    people: usize,
    how: Regrade,
}

fn asked(form: &Form) -> (Option<QuestionId>, Regrade) {
    (form.value("question").parse().ok(), form.value("how").parse().unwrap_or(Regrade::New))
}

/// The page.
pub(super) async fn show(State(ctx): State<Ctx>, visitor: Visitor, Path(at): AtItem, form: Form) -> Result {
    let db = ctx.db.clone();
    db.read(move |tx| {
        let (viewer, course, item) = at_item(tx, &visitor, at, GRADE)?;
        let (question, how) = asked(&form);
        let page = viewer.page(&ctx, "courses");
        // All points for everybody is meant for one question.
        let is_whole_gift = how == Regrade::Full && question.is_none();
        let mut changes = if is_whole_gift { Vec::new() } else { mark::changes(tx, item.id, question, how)? };
        let mut people: Vec<_> = changes.iter().map(|change| change.person).collect();
        people.dedup();
        let all = (String::new(), page.t("assessment-all-questions"));
        let slots = crate::quiz::slots(tx, item.id)?;
        let named = slots.into_iter().filter_map(|slot| Some((slot.question?.to_string(), slot.title?)));
        let view = RegradePage {
            frame: CoursePage::new(&viewer, &course, "progress"),
            ways: Regrade::ALL
                .iter()
                .map(|how| (how.to_string(), page.t(format!("assessment-regrade-{how}"))))
                .collect(),
            questions: std::iter::once(all).chain(named).collect(),
            up: changes.iter().filter(|change| change.after > change.before).count(),
            down: changes.iter().filter(|change| change.after < change.before).count(),
            people: people.len(),
            changes: {
                changes.truncate(SHOWN_MAX);
                changes
            },
            page,
            item,
            form,
            how,
        };
        Ok(html(view))
    })
    .await
}

/// `POST`: makes the changes.
pub(super) async fn apply(State(ctx): State<Ctx>, visitor: Visitor, Path(at): AtItem, form: Form) -> Result {
    let db = ctx.db.clone();
    db.write(move |tx| {
        let (viewer, course, item) = at_item(tx, &visitor, at, GRADE)?;
        let (question, how) = asked(&form);
        let changes = match (how, question) {
            (Regrade::Full, None) => Vec::new(),
            _ => mark::regrade(tx, &item, question, how, viewer.person)?,
        };
        let said = viewer.page(&ctx, "courses").tn("assessment-regraded", changes.len());
        let back = format!("/courses/{}/items/{}/results", course.id, item.id);
        Ok(see_other(back).flash(FlashKind::Good, said, None))
    })
    .await
}

impl RegradePage {
    fn points(&self, points: impl std::borrow::Borrow<Points>) -> String {
        ask::points(&self.page, *points.borrow())
    }

    fn total(&self) -> usize {
        self.up + self.down
    }
}
