//! `GET /courses/{course}/items/{item}/results`: everybody's attempts; and how the questions worked.

use askama::Template;
use axum::extract::{Path, State};
use courses::CoursePage;
use gradebook::{Points, VIEW_GRADES};
use outline::Item;
use people::Visitor;
use web::{Ctx, Form, Page, Result, html, url};

use super::{AtItem, ask, at_item};
use crate::AttemptId;
use crate::attempt::Ended;
use crate::quiz::Quiz;
use crate::report::{self, Measured, Row};
use crate::statistics::Flag;

/// Attempts on one page.
const PAGE_SIZE: usize = 100;

#[derive(Template)]
#[template(path = "assessment/results.html")]
struct ResultsPage {
    page: Page,
    frame: CoursePage,
    item: Item,
    quiz: Quiz,
    rows: Vec<Row>,
    more: Option<String>,
}

/// The page.
pub(super) async fn show(State(ctx): State<Ctx>, visitor: Visitor, Path(at): AtItem, form: Form) -> Result {
    let db = ctx.db.clone();
    db.read(move |tx| {
        let (viewer, course, item) = at_item(tx, &visitor, at, VIEW_GRADES)?;
        let after = form.value("after_id").parse::<AttemptId>().ok().map(|id| (form.value("after").to_owned(), id));
        let mut rows = report::rows(tx, item.id, after, PAGE_SIZE + 1)?;
        let has_more = rows.len() > PAGE_SIZE;
        rows.truncate(PAGE_SIZE);
        let more = rows.last().filter(|_| has_more).map(|row| {
            let id = row.id.to_string();
            let query = url::query([("after", row.sort_name.as_str()), ("after_id", id.as_str())]);
            format!("/courses/{}/items/{}/results?{query}", course.id, item.id)
        });
        let view = ResultsPage {
            page: viewer.page(&ctx, "courses"),
            frame: CoursePage::new(&viewer, &course, "progress"),
            quiz: Quiz::of(tx, &item, viewer.person)?,
            item,
            rows,
            more,
        };
        Ok(html(view))
    })
    .await
}

impl ResultsPage {
    fn points(&self, points: impl std::borrow::Borrow<Points>) -> String {
        ask::points(&self.page, *points.borrow())
    }

    /// What an attempt earned of the whole; none while it runs or waits to be marked.
    fn earned(&self, row: &Row) -> Option<Points> {
        let whole = self.quiz.whole();
        let is_marked = matches!(row.ended_how, Some(Ended::Submitted | Ended::TimedOut)) && row.waiting == 0;
        is_marked.then(|| crate::keep::scaled(row.points.max(Points::ZERO), row.possible, whole))
    }

    fn state(&self, row: &Row) -> (String, &'static str) {
        let (word, tone) = super::state(row.ended_how);
        (self.page.t(word), tone)
    }
}

#[derive(Template)]
#[template(path = "assessment/statistics.html")]
struct StatisticsPage {
    page: Page,
    frame: CoursePage,
    item: Item,
    measured: Measured,
}

/// `GET .../results/statistics`: how the questions worked.
pub(super) async fn statistics(State(ctx): State<Ctx>, visitor: Visitor, Path(at): AtItem) -> Result {
    let db = ctx.db.clone();
    db.read(move |tx| {
        let (viewer, course, item) = at_item(tx, &visitor, at, VIEW_GRADES)?;
        let view = StatisticsPage {
            page: viewer.page(&ctx, "courses"),
            frame: CoursePage::new(&viewer, &course, "progress"),
            measured: report::measured(tx, item.id)?,
            item,
        };
        Ok(html(view))
    })
    .await
}

impl StatisticsPage {
    /// A measure with one place behind the point; a dash where it cannot be said.
    fn figure(&self, value: impl std::borrow::Borrow<Option<f64>>) -> String {
        value.borrow().map_or_else(|| "–".to_owned(), |value| self.page.decimal(value, 1))
    }

    fn points(&self, value: &f64) -> String {
        self.page.decimal(*value, 2)
    }

    fn flag(&self, flag: Option<Flag>) -> Option<(String, &'static str)> {
        let (word, tone) = match flag? {
            Flag::Miskeyed => (web::word!("assessment-flag-miskeyed"), "bad"),
            Flag::Weak => (web::word!("assessment-flag-weak"), "soon"),
            Flag::Easy => (web::word!("assessment-flag-easy"), ""),
            Flag::Hard => (web::word!("assessment-flag-hard"), ""),
        };
        Some((self.page.t(word), tone))
    }
}
