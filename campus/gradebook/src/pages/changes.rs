//! `GET /courses/{course}/gradebook/history`: what became of the grades of a course, of a column or of a learner.

use askama::Template;
use axum::extract::{Path, Query, State};
use courses::{CourseId, CoursePage};
use people::{PersonId, Visitor};
use serde::Deserialize;
use store::Time;
use web::{Ctx, Page, Result, html};

use super::common::admitted;
use super::words;
use crate::finals::{self, Past};
use crate::history::{self, Change, PAGE, Which};
use crate::{ColumnId, Percent, VIEW_GRADES};

#[derive(Template)]
#[template(path = "gradebook/history.html")]
struct HistoryPage {
    page: Page,
    frame: CoursePage,
    changes: Vec<Change>,
    more: Option<String>,
    is_narrowed: bool,
    /// What was set of final grades, on the first page of the course or of a learner.
    finals: Vec<Past>,
}

/// Which changes.
#[derive(Deserialize)]
#[serde(default)]
#[derive(Default)]
pub(super) struct Asked {
    column: String,
    person: String,
    before: String,
    id: String,
}

/// The page.
pub(super) async fn show(
    State(ctx): State<Ctx>,
    visitor: Visitor,
    Path(id): Path<CourseId>,
    Query(asked): Query<Asked>,
) -> Result {
    let db = ctx.db.clone();
    db.read(move |tx| {
        let admitted = admitted(tx, &visitor, id, VIEW_GRADES)?;
        let which = Which {
            column: asked.column.parse::<ColumnId>().ok(),
            person: asked.person.parse::<PersonId>().ok(),
            before: asked.before.parse::<i64>().ok().map(Time::from_micros).zip(asked.id.parse().ok()),
        };
        let mut changes = history::of_course(tx, id, &which, PAGE + 1)?;
        let has_more = changes.len() > PAGE as usize;
        changes.truncate(PAGE as usize);
        let more = changes.last().filter(|_| has_more).map(|last| {
            let (before, id) = (last.at.micros().to_string(), last.id.to_string());
            let fields =
                [("column", asked.column.as_str()), ("person", &asked.person), ("before", &before), ("id", &id)];
            format!("?{}", web::url::query(fields.into_iter().filter(|(_, value)| !value.is_empty())))
        });
        let wants_finals = which.column.is_none() && which.before.is_none();
        let finals = if wants_finals { finals::past(tx, id, which.person)? } else { Vec::new() };
        Ok(html(HistoryPage {
            finals,
            frame: CoursePage::new(&admitted.viewer, &admitted.course, "gradebook"),
            page: admitted.viewer.page(&ctx, "courses"),
            is_narrowed: which.column.is_some() || which.person.is_some(),
            changes,
            more,
        }))
    })
    .await
}

impl HistoryPage {
    fn grade_of(&self, change: &Change, before: bool) -> String {
        words::changed(&self.page, change, before)
    }

    fn kind_of(&self, past: &Past) -> &'static str {
        super::finals::kind(past.kind)
    }

    fn percent_of(&self, percent: Option<&Percent>, letter: &str) -> String {
        let shown = percent.map(|percent| words::percent(&self.page, *percent));
        let shown = shown.unwrap_or_else(|| "\u{2013}".to_owned());
        if letter.is_empty() {
            shown
        } else {
            self.page.ta("grades-with-letter", &[("percent", shown.as_str()), ("letter", letter)])
        }
    }

    fn source_of(&self, change: &Change) -> &'static str {
        words::source(change.source)
    }
}
