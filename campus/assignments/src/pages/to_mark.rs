//! `/marking`: what waits to be marked, across all courses.

use askama::Template;
use axum::extract::State;
use courses::CourseId;
use gradebook::GRADE;
use people::{Viewer, Visitor};
use store::{Ids, Tx, params, sql};
use web::{Ctx, Page, Result, html};

use crate::marking::{self, Waiting};

#[derive(Template)]
#[template(path = "assignments/to_mark.html")]
struct ToMark {
    page: Page,
    waiting: Vec<Waiting>,
}

pub(super) async fn show(State(ctx): State<Ctx>, visitor: Visitor) -> Result {
    let db = ctx.db.clone();
    db.read(move |tx| {
        let viewer = visitor.signed_in(tx)?;
        viewer.must_anywhere(GRADE)?;
        let courses = courses_to_mark(tx, &viewer)?;
        let waiting = marking::waiting(tx, &courses)?;
        Ok(html(ToMark { page: viewer.page(&ctx, "courses"), waiting }))
    })
    .await
}

/// The courses in which somebody marks, without those that were put away: two statements at most.
fn courses_to_mark(tx: &mut Tx<'_>, viewer: &Viewer) -> store::Result<Vec<CourseId>> {
    let scopes = viewer.scopes_with(GRADE);
    let units = if scopes.institution { Vec::new() } else { scopes.units_below(tx)? };
    let found: Vec<CourseId> = tx.values(
        sql!("select id from course_whole where (?1 or unit in ids(?2) or id in ids(?3)) and archived_at is null"),
        params![scopes.institution, Ids(&units), Ids(&scopes.courses)],
    )?;
    Ok(found)
}
