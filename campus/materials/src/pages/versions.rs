//! `GET /courses/{course}/items/{item}/versions`: what a page said before, what changed, and the way back.

use askama::Template;
use axum::extract::{Path, State};
use courses::{CourseId, CoursePage};
use outline::{Item, ItemId};
use people::Visitor;
use text::diff::Change;
use web::{Ctx, FlashKind, Page, Result, html, see_other};

use super::content::for_author;
use crate::page::{self, Version, VersionLine};

#[derive(Template)]
#[template(path = "materials/versions.html")]
struct VersionsPage {
    page: Page,
    frame: CoursePage,
    item: Item,
    versions: Vec<VersionLine>,
}

#[derive(Template)]
#[template(path = "materials/version.html")]
struct VersionPage {
    page: Page,
    frame: CoursePage,
    item: Item,
    version: Version,
    changes: Vec<Change>,
    is_latest: bool,
}

/// All versions.
pub(super) async fn list(
    State(ctx): State<Ctx>,
    visitor: Visitor,
    Path((course, item)): Path<(CourseId, ItemId)>,
) -> Result {
    let db = ctx.db.clone();
    db.read(move |tx| {
        let (viewer, course, item) = for_author(tx, &visitor, course, item)?;
        let versions = page::versions(tx, item.id)?;
        let frame = CoursePage::new(&viewer, &course, "edit");
        Ok(html(VersionsPage { page: viewer.page(&ctx, "courses"), frame, item, versions }))
    })
    .await
}

/// One version, held against the one that is shown.
pub(super) async fn show(
    State(ctx): State<Ctx>,
    visitor: Visitor,
    Path((course, item, number)): Path<(CourseId, ItemId, i64)>,
) -> Result {
    let db = ctx.db.clone();
    db.read(move |tx| {
        let (viewer, course, item) = for_author(tx, &visitor, course, item)?;
        let version = page::version(tx, item.id, number)?;
        let latest = page::latest(tx, item.id)?;
        let is_latest = latest.as_ref().is_none_or(|latest| latest.number == number);
        let changes = latest.map(|latest| text::diff::lines(&version.source, &latest.source)).unwrap_or_default();
        let frame = CoursePage::new(&viewer, &course, "edit");
        Ok(html(VersionPage { page: viewer.page(&ctx, "courses"), frame, item, version, changes, is_latest }))
    })
    .await
}

/// `POST`: writes an old version anew, as the newest.
pub(super) async fn restore(
    State(ctx): State<Ctx>,
    visitor: Visitor,
    Path((course, item, number)): Path<(CourseId, ItemId, i64)>,
) -> Result {
    let db = ctx.db.clone();
    db.write(move |tx| {
        let (viewer, course, item) = for_author(tx, &visitor, course, item)?;
        let old = page::version(tx, item.id, number)?;
        page::write(tx, &item, &old.body(), viewer.person)?;
        let said = viewer.page(&ctx, "courses").ta("materials-restored", &[("number", number)]);
        Ok(see_other(format!("/courses/{}/items/{}", course.id, item.id)).flash(FlashKind::Good, said, None))
    })
    .await
}
