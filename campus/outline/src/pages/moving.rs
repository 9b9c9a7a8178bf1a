//! `GET .../move`: another place for a module or an item, for those who do not drag. A page of its own, so that an outline
//! with hundreds of lines does not carry a list of all places at each of them.

use askama::Template;
use axum::extract::{Path, State};
use courses::{Course, CourseId, CoursePage};
use people::{Viewer, Visitor};
use web::{Ctx, Error, Page, Result, html};

use super::edit::for_author;
use crate::{Item, ItemId, Module, ModuleId};

#[derive(Template)]
#[template(path = "outline/move.html")]
struct MovePage {
    page: Page,
    frame: CoursePage,
    title: String,
    /// `module` or `item`.
    kind: &'static str,
    id: String,
    /// Where it can go, the present place chosen: the value and its words.
    places: Vec<(String, String, bool)>,
    indent: Option<u8>,
}

impl MovePage {
    fn new(ctx: &Ctx, viewer: &Viewer, course: &Course, title: &str, kind: &'static str, id: String) -> Self {
        let (page, frame) = (viewer.page(ctx, "courses"), CoursePage::new(viewer, course, "edit"));
        Self { page, frame, title: title.to_owned(), kind, id, places: Vec::new(), indent: None }
    }
}

/// For an item: first in a module, or behind any other item.
pub(super) async fn of_item(
    State(ctx): State<Ctx>,
    visitor: Visitor,
    Path((course, id)): Path<(CourseId, ItemId)>,
) -> Result {
    let db = ctx.db.clone();
    db.read(move |tx| {
        let viewer = visitor.signed_in(tx)?;
        let course = for_author(tx, course, &viewer)?;
        let (modules, items) = (Module::of_course(tx, course.id)?, Item::of_course(tx, course.id)?);
        let item = items.iter().find(|item| item.id == id).ok_or_else(Error::not_found)?;
        let mut view = MovePage::new(&ctx, &viewer, &course, &item.title, "item", id.to_string());
        view.indent = Some(item.indent);
        for module in &modules {
            let inside: Vec<&Item> = items.iter().filter(|other| other.module == module.id).collect();
            let is_first = inside.first().is_some_and(|first| first.id == id);
            let first = view.page.ta("outline-place-first", &[("module", module.title.as_str())]);
            view.places.push((module.id.to_string(), first, is_first));
            for (at, other) in inside.iter().enumerate().filter(|(_, other)| other.id != id) {
                let is_here = inside.get(at + 1).is_some_and(|next| next.id == id);
                let behind = view.page.ta("outline-place-behind", &[("title", other.title.as_str())]);
                view.places.push((format!("{}/{}", module.id, other.id), behind, is_here));
            }
        }
        Ok(html(view))
    })
    .await
}

/// For a module: first, or behind any other module.
pub(super) async fn of_module(
    State(ctx): State<Ctx>,
    visitor: Visitor,
    Path((course, id)): Path<(CourseId, ModuleId)>,
) -> Result {
    let db = ctx.db.clone();
    db.read(move |tx| {
        let viewer = visitor.signed_in(tx)?;
        let course = for_author(tx, course, &viewer)?;
        let modules = Module::of_course(tx, course.id)?;
        let module = modules.iter().find(|module| module.id == id).ok_or_else(Error::not_found)?;
        let mut view = MovePage::new(&ctx, &viewer, &course, &module.title, "module", id.to_string());
        let is_first = modules.first().is_some_and(|first| first.id == id);
        view.places.push((String::new(), view.page.t("outline-place-top"), is_first));
        for (at, other) in modules.iter().enumerate().filter(|(_, other)| other.id != id) {
            let is_here = modules.get(at + 1).is_some_and(|next| next.id == id);
            let behind = view.page.ta("outline-place-behind", &[("title", other.title.as_str())]);
            view.places.push((other.id.to_string(), behind, is_here));
        }
        Ok(html(view))
    })
    .await
}
