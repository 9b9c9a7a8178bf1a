//! `GET /courses/{course}/edit`: the outline as its authors see it, and what they do to it.

use askama::Template;
use axum::extract::{Path, State};
use courses::{Course, CourseId, CoursePage, EDIT};
use people::{Viewer, Visitor};
use store::{Time, Tx};
use web::{Ctx, Error, FlashKind, Form, Page, Result, html, mistakes, no_content, see_other, word};

use crate::item::ITEMS_MAX;
use crate::module::{MODULES_MAX, TITLE_MAX};
use crate::reach::never_open;
use crate::{ActivityKind, Item, ItemId, Kinds, Module, ModuleId, NewItem, move_item, move_module};

#[derive(Template)]
#[template(path = "outline/edit.html")]
struct EditPage {
    page: Page,
    frame: CoursePage,
    form: Form,
    modules: Vec<ModuleRow>,
    kinds: Vec<(String, String)>,
    drafts: usize,
}

struct ModuleRow {
    id: ModuleId,
    title: String,
    is_draft: bool,
    unlock_at: Option<Time>,
    needs: String,
    items: Vec<ItemRow>,
}

struct ItemRow {
    id: ItemId,
    title: String,
    icon: &'static str,
    kind: String,
    indent: u8,
    is_draft: bool,
    due_at: Option<Time>,
    unlock_at: Option<Time>,
    has_conditions: bool,
    /// Whether nobody can ever get to it, since things wait for each other in a circle.
    is_stuck: bool,
    /// Whether it is a line between others, with no page of its own.
    is_line: bool,
    href: String,
}

/// The page.
pub(super) async fn show(State(ctx): State<Ctx>, visitor: Visitor, Path(id): Path<CourseId>) -> Result {
    let db = ctx.db.clone();
    db.read(move |tx| {
        let viewer = visitor.signed_in(tx)?;
        let course = for_author(tx, id, &viewer)?;
        Ok(html(view(tx, &ctx, &viewer, &course, Form::new())?))
    })
    .await
}

/// The course, where this person may change what it holds.
pub(super) fn for_author(tx: &mut Tx<'_>, id: CourseId, viewer: &Viewer) -> Result<Course> {
    let course = Course::find(tx, id)?;
    viewer.must(EDIT, &course.scope())?;
    Ok(course)
}

/// Up to three names, for a message.
pub(super) fn short_list(titles: &[String]) -> String {
    let more = if titles.len() > 3 { ", …" } else { "" };
    format!("{}{more}", titles.iter().take(3).map(String::as_str).collect::<Vec<_>>().join(", "))
}

fn view(tx: &mut Tx<'_>, ctx: &Ctx, viewer: &Viewer, course: &Course, form: Form) -> Result<EditPage> {
    let page = viewer.page(ctx, "courses");
    let kinds = ctx.get::<Kinds>();
    let modules = Module::of_course(tx, course.id)?;
    let items = Item::of_course(tx, course.id)?;
    let stuck = never_open(&modules, &items);
    let label = |kind: &str| kinds.get(kind).map_or_else(|| kind.to_owned(), |kind| page.t(kind.label_id()));
    let row = |item: &Item| ItemRow {
        id: item.id,
        title: item.title.clone(),
        icon: kinds.icon(&item.kind),
        kind: label(&item.kind),
        indent: item.indent,
        is_draft: item.published_at.is_none(),
        due_at: item.due_at,
        unlock_at: item.unlock_at,
        has_conditions: item.release.is_some(),
        is_stuck: stuck.contains(&item.id),
        is_line: kinds.get(&item.kind).is_some_and(ActivityKind::is_line),
        href: kinds
            .get(&item.kind)
            .and_then(|kind| kind.editor(item))
            .unwrap_or_else(|| format!("/courses/{}/items/{}/settings", course.id, item.id)),
    };
    let rows = modules.iter().map(|module| ModuleRow {
        id: module.id,
        title: module.title.clone(),
        is_draft: module.published_at.is_none(),
        unlock_at: module.unlock_at,
        needs: modules
            .iter()
            .filter(|other| module.needs.0.contains(&other.id))
            .map(|other| other.title.as_str())
            .collect::<Vec<_>>()
            .join(", "),
        items: items.iter().filter(|item| item.module == module.id).map(row).collect(),
    });
    let drafts = items.iter().filter(|item| item.published_at.is_none()).count()
        + modules.iter().filter(|module| module.published_at.is_none()).count();
    Ok(EditPage {
        frame: CoursePage::new(viewer, course, "edit"),
        modules: rows.collect(),
        kinds: kinds.all().map(|kind| (kind.key().to_owned(), page.t(kind.label_id()))).collect(),
        drafts,
        form,
        page,
    })
}

/// `POST /courses/{course}/modules`: one more module.
pub(super) async fn add_module(
    State(ctx): State<Ctx>,
    visitor: Visitor,
    Path(id): Path<CourseId>,
    mut form: Form,
) -> Result {
    let db = ctx.db.clone();
    db.write(move |tx| {
        let viewer = visitor.signed_in(tx)?;
        let course = for_author(tx, id, &viewer)?;
        let title = form.text("title").required().max(TITLE_MAX).get();
        if Module::of_course(tx, id)?.len() >= MODULES_MAX {
            form.fail("title", word!("outline-too-many-modules"));
        }
        if form.has_errors() {
            return Ok(mistakes(view(tx, &ctx, &viewer, &course, form)?));
        }
        let module = Module::add(tx, id, &title, None, viewer.person)?;
        Ok(see_other(format!("/courses/{id}/edit#m-{module}")))
    })
    .await
}

/// `POST /courses/{course}/items`: one more item, then its editor.
pub(super) async fn add_item(
    State(ctx): State<Ctx>,
    visitor: Visitor,
    Path(id): Path<CourseId>,
    mut form: Form,
) -> Result {
    let db = ctx.db.clone();
    db.write(move |tx| {
        let viewer = visitor.signed_in(tx)?;
        let course = for_author(tx, id, &viewer)?;
        let kinds = ctx.get::<Kinds>();
        let title = form.text("item_title").required().max(TITLE_MAX).get();
        let key = form.text("kind").required().check(|key| kinds.get(key).is_some(), word!("field-choice")).get();
        let module = form.id::<ModuleId>("module").required().get();
        if Item::of_course(tx, id)?.len() >= ITEMS_MAX {
            form.fail("item_title", word!("outline-too-many-items"));
        }
        let (false, Some(module), Some(kind)) = (form.has_errors(), module, kinds.get(&key)) else {
            return Ok(mistakes(view(tx, &ctx, &viewer, &course, form)?));
        };
        let module = Module::find(tx, id, module)?;
        let completion = kind.completion();
        let new = NewItem { module: module.id, kind: &key, title: &title, indent: 0, completion, source: None };
        let item = Item::add(tx, id, &new, viewer.person)?;
        kind.create(tx, &item, viewer.person)?;
        let editor = kind.editor(&item).unwrap_or_else(|| format!("/courses/{id}/edit#i-{}", item.id));
        Ok(see_other(editor))
    })
    .await
}

/// `POST /courses/{course}/moves`: one module or item to another place. The scripts send it, and the "Move to..." form.
pub(super) async fn move_one(
    State(ctx): State<Ctx>,
    visitor: Visitor,
    Path(course): Path<CourseId>,
    headers: axum::http::HeaderMap,
    mut form: Form,
) -> Result {
    let db = ctx.db.clone();
    db.write(move |tx| {
        let viewer = visitor.signed_in(tx)?;
        for_author(tx, course, &viewer)?;
        let kind = form.value("kind").to_owned();
        if kind == "module" {
            let id = form.id::<ModuleId>("id").required().get();
            let after = form.id::<ModuleId>("after").get();
            let Some(id) = id.filter(|_| !form.has_errors()) else { return Err(wrong_move()) };
            move_module(tx, course, id, after, viewer.person)?;
        } else {
            let id = form.id::<ItemId>("id").required().get();
            // The form names a place as `MODULE` (first) or `MODULE/ITEM` (behind it); the scripts name both apart.
            let place = form.value("place").to_owned();
            let (parent, after) = match place.split_once('/') {
                Some((module, item)) => (module.parse().ok(), item.parse().ok()),
                None if !place.is_empty() => (place.parse().ok(), None),
                None => (form.id::<ModuleId>("parent").get(), form.id::<ItemId>("after").get()),
            };
            let indent = u8::try_from(form.integer("indent").or(0).clamp(0, 3)).unwrap_or(0);
            let (Some(id), Some(parent)) = (id, parent) else { return Err(wrong_move()) };
            move_item(tx, course, id, (parent, after), indent, viewer.person)?;
        }
        if web::is_htmx(&headers) {
            return Ok(no_content());
        }
        let page = viewer.page(&ctx, "courses");
        Ok(see_other(format!("/courses/{course}/edit")).flash(FlashKind::Good, page.t("outline-moved"), None))
    })
    .await
}

fn wrong_move() -> Error {
    Error::bad_request(word!("outline-wrong-move"))
}

/// `POST /courses/{course}/publication/all`: publishes every module and item that is a draft.
pub(super) async fn publish_all(State(ctx): State<Ctx>, visitor: Visitor, Path(id): Path<CourseId>) -> Result {
    let db = ctx.db.clone();
    db.write(move |tx| {
        let viewer = visitor.signed_in(tx)?;
        for_author(tx, id, &viewer)?;
        let mut count = 0_i64;
        for module in Module::of_course(tx, id)?.iter().filter(|module| module.published_at.is_none()) {
            module.publish(tx, viewer.person)?;
            count += 1;
        }
        for item in Item::of_course(tx, id)?.iter().filter(|item| item.published_at.is_none()) {
            item.publish(tx, viewer.person)?;
            count += 1;
        }
        let page = viewer.page(&ctx, "courses");
        let said = page.tn("outline-published-all", count);
        Ok(see_other(format!("/courses/{id}/edit")).flash(FlashKind::Good, said, None))
    })
    .await
}
