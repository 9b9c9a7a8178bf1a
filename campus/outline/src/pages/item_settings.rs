//! `GET /courses/{course}/items/{item}/settings`: name, dates, completion and release of an item.

use askama::Template;
use axum::extract::{Path, State};
use courses::{Course, CourseId, CoursePage, Section};
use people::{Viewer, Visitor};
use store::Tx;
use web::{Ctx, Error, FlashKind, Form, Page, Result, ToArg, html, mistakes, see_other, word};

use super::edit::{for_author, short_list};
use super::exceptions::Exceptions;
use crate::module::TITLE_MAX;
use crate::overrides::Whom;
use crate::reach::newly_stuck;
use crate::release::{Condition, Node, Op, Tree};
use crate::{Completion, Item, ItemId, ItemSettings, Kinds, Module, ModuleId};

/// Conditions that the form has room for; a tree that says more is kept as it is.
const ROWS: usize = 6;

#[derive(Template)]
#[template(path = "outline/item_settings.html")]
pub(super) struct SettingsPage {
    page: Page,
    frame: CoursePage,
    form: Form,
    item: Item,
    /// What can complete it, and its words.
    completions: Vec<(&'static str, &'static str)>,
    editor: Option<String>,
    items: Vec<(String, String)>,
    modules: Vec<(String, String)>,
    /// The sections of the course, where there are several.
    sections: Vec<(String, String)>,
    exceptions: Exceptions,
    rows: Vec<usize>,
    /// True where the release tree says more than the form can show.
    is_complex: bool,
}

type At = Path<(CourseId, ItemId)>;

/// The page.
pub(super) async fn show(State(ctx): State<Ctx>, visitor: Visitor, Path((course, id)): At) -> Result {
    let db = ctx.db.clone();
    db.read(move |tx| {
        let viewer = visitor.signed_in(tx)?;
        let course = for_author(tx, course, &viewer)?;
        let page = viewer.page(&ctx, "courses");
        Ok(html(view(tx, &ctx, &viewer, page, &course, id, (None, Form::new()))?))
    })
    .await
}

fn filled(page: &Page, item: &Item) -> Form {
    let moment = |at: Option<store::Time>| at.map(|at| page.time(at).input()).unwrap_or_default();
    let mut form = Form::of(&[
        ("title", item.title.as_str()),
        ("minutes", &if item.minutes == 0 { String::new() } else { item.minutes.to_string() }),
        ("completion", item.completion.as_str()),
        ("indent", &item.indent.to_string()),
        ("due_at", &moment(item.due_at)),
        ("unlock_at", &moment(item.unlock_at)),
        ("lock_at", &moment(item.lock_at)),
    ]);
    let Some(tree) = item.release.as_ref().map(|json| &json.0) else { return form };
    form.set("op", if tree.op == Op::Any { "any" } else { "all" });
    form.set("hidden", if tree.shown && tree.shown_each.iter().all(|shown| *shown) { "" } else { "on" });
    for (row, node) in tree.of.iter().enumerate() {
        let Node::Condition(condition) = node else { continue };
        let (kind, field, value) = match condition {
            Condition::From { at } => ("from", "at", moment(Some(*at))),
            Condition::Until { at } => ("until", "at", moment(Some(*at))),
            Condition::Done { item } => ("done", "item", item.to_string()),
            Condition::NotDone { item } => ("not-done", "item", item.to_string()),
            Condition::ModuleDone { module } => ("module-done", "module", module.to_string()),
            Condition::Section { section } => ("section", "section", section.to_string()),
        };
        form.set(&format!("if-{row}"), kind);
        form.set(&format!("{field}-{row}"), value);
    }
    form
}

const fn label(completion: Completion) -> &'static str {
    match completion {
        Completion::None => word!("outline-completion-none"),
        Completion::View => word!("outline-completion-view"),
        Completion::Mark => word!("outline-completion-mark"),
        Completion::Submit => word!("outline-completion-submit"),
        Completion::Grade => word!("outline-completion-grade"),
    }
}

fn is_complex(tree: &Tree) -> bool {
    !matches!(tree.op, Op::All | Op::Any)
        || tree.of.len() > ROWS
        || tree.of.iter().any(|node| !matches!(node, Node::Condition(_)))
}

/// The page with its two forms: the settings (as they are, where none was sent), and one more exception.
pub(super) fn view(
    tx: &mut Tx<'_>,
    ctx: &Ctx,
    viewer: &Viewer,
    page: Page,
    course: &Course,
    id: ItemId,
    (form, exception): (Option<Form>, Form),
) -> Result<SettingsPage> {
    let none = (String::new(), page.t("outline-choose"));
    let items = Item::of_course(tx, course.id)?;
    let item = items.iter().find(|item| item.id == id).cloned().ok_or_else(Error::not_found)?;
    let form = form.unwrap_or_else(|| filled(&page, &item));
    let kinds = ctx.get::<Kinds>();
    let kind = kinds.get(&item.kind);
    let known = kind.map_or_else(|| vec![item.completion], |kind| kind.completions().to_vec());
    let completions = known.into_iter().map(|one| (one.as_str(), label(one))).collect();
    let items = items.into_iter().filter(|other| other.id != id);
    let modules = Module::of_course(tx, course.id)?.into_iter().filter(|other| other.id != item.module);
    let sections: Vec<(String, String)> =
        Section::of(tx, course.id)?.into_iter().map(|section| (section.id.to_string(), section.name)).collect();
    let filled = (0..ROWS).filter(|row| !form.value(format!("if-{row}")).is_empty()).count();
    Ok(SettingsPage {
        frame: CoursePage::new(viewer, course, "edit"),
        editor: kind.and_then(|kind| kind.editor(&item)),
        completions,
        items: std::iter::once(none.clone()).chain(items.map(|other| (other.id.to_string(), other.title))).collect(),
        modules: std::iter::once(none).chain(modules.map(|other| (other.id.to_string(), other.title))).collect(),
        rows: (0..ROWS.min(filled + 2)).collect(),
        is_complex: item.release.as_ref().is_some_and(|tree| is_complex(&tree.0)),
        exceptions: Exceptions::load(tx, viewer, course, &item, &sections, exception)?,
        sections,
        page,
        item,
        form,
    })
}

/// `POST`: saves it.
pub(super) async fn save(State(ctx): State<Ctx>, visitor: Visitor, Path((course, id)): At, mut form: Form) -> Result {
    let db = ctx.db.clone();
    db.write(move |tx| {
        let viewer = visitor.signed_in(tx)?;
        let course = for_author(tx, course, &viewer)?;
        let item = Item::find(tx, course.id, id)?;
        let page = viewer.page(&ctx, "courses");
        let settings = read(&mut form, &page, &item);
        check_circle(tx, &item, &settings, &mut form)?;
        if form.has_errors() {
            return Ok(mistakes(view(tx, &ctx, &viewer, page, &course, id, (Some(form), Form::new()))?));
        }
        item.change(tx, &settings, viewer.person)?;
        Ok(back(&course, id).flash(FlashKind::Good, page.t("outline-saved"), None))
    })
    .await
}

fn read(form: &mut Form, page: &Page, item: &Item) -> ItemSettings {
    let settings = ItemSettings {
        title: form.text("title").required().max(TITLE_MAX).get(),
        indent: u8::try_from(form.integer("indent").at_least(0).at_most(3).or(0)).unwrap_or(0),
        minutes: u32::try_from(form.integer("minutes").at_least(0).at_most(10_000).or(0)).unwrap_or(0),
        completion: form.choice::<Completion>("completion").or(item.completion),
        due_at: form.date_time("due_at", &page.zone).get(),
        unlock_at: form.date_time("unlock_at", &page.zone).get(),
        lock_at: form.date_time("lock_at", &page.zone).get(),
        release: match &item.release {
            Some(tree) if is_complex(&tree.0) && !form.flag("drop_conditions") => Some(tree.0.clone()),
            _ => read_tree(form, page),
        },
    };
    if let (Some(from), Some(until)) = (settings.unlock_at, settings.lock_at)
        && until <= from
    {
        form.fail("lock_at", word!("outline-closes-before-it-opens"));
    }
    settings
}

fn read_tree(form: &mut Form, page: &Page) -> Option<Tree> {
    let mut of = Vec::new();
    for row in 0..ROWS {
        let (name_item, name_module, name_at) = (format!("item-{row}"), format!("module-{row}"), format!("at-{row}"));
        let name_section = format!("section-{row}");
        let condition = match form.value(format!("if-{row}")) {
            "from" => form.date_time(&name_at, &page.zone).required().get().map(|at| Condition::From { at }),
            "until" => form.date_time(&name_at, &page.zone).required().get().map(|at| Condition::Until { at }),
            "done" => form.id::<ItemId>(&name_item).required().get().map(|item| Condition::Done { item }),
            "not-done" => form.id::<ItemId>(&name_item).required().get().map(|item| Condition::NotDone { item }),
            "module-done" => {
                form.id::<ModuleId>(&name_module).required().get().map(|module| Condition::ModuleDone { module })
            }
            "section" => {
                form.id::<store::Id>(&name_section).required().get().map(|section| Condition::Section { section })
            }
            _ => None,
        };
        of.extend(condition.map(Node::Condition));
    }
    if of.is_empty() {
        return None;
    }
    let op = if form.value("op") == "any" { Op::Any } else { Op::All };
    let hidden = form.flag("hidden");
    Some(Tree { op, shown_each: if hidden { vec![false; of.len()] } else { Vec::new() }, shown: !hidden, of })
}

/// Nothing may end up waiting for itself, over any number of steps (M16: checked when it is saved).
fn check_circle(tx: &mut Tx<'_>, item: &Item, settings: &ItemSettings, form: &mut Form) -> Result<()> {
    let (modules, items) = (Module::of_course(tx, item.course)?, Item::of_course(tx, item.course)?);
    let changed = |one: &Item| if one.id == item.id { one.with(settings) } else { one.clone() };
    let after: Vec<Item> = items.iter().map(changed).collect();
    let stuck = newly_stuck((&modules, &modules), (&items, &after));
    if !stuck.is_empty() {
        form.fail_with("op", word!("outline-conditions-circle"), &[("titles", short_list(&stuck).to_arg())]);
    }
    Ok(())
}

fn back(course: &Course, id: ItemId) -> web::Response {
    see_other(format!("/courses/{}/edit#i-{id}", course.id))
}

/// `PUT .../publication`: learners see it from now on.
pub(super) async fn publish(State(ctx): State<Ctx>, visitor: Visitor, Path((course, id)): At) -> Result {
    ctx.db
        .write(move |tx| {
            let viewer = visitor.signed_in(tx)?;
            let course = for_author(tx, course, &viewer)?;
            Item::find(tx, course.id, id)?.publish(tx, viewer.person)?;
            Ok(back(&course, id))
        })
        .await
}

/// `DELETE .../publication`: learners no longer see it.
pub(super) async fn unpublish(State(ctx): State<Ctx>, visitor: Visitor, Path((course, id)): At) -> Result {
    ctx.db
        .write(move |tx| {
            let viewer = visitor.signed_in(tx)?;
            let course = for_author(tx, course, &viewer)?;
            Item::find(tx, course.id, id)?.unpublish(tx, viewer.person)?;
            Ok(back(&course, id))
        })
        .await
}

/// `DELETE`: takes it out, with an undo.
pub(super) async fn delete(State(ctx): State<Ctx>, visitor: Visitor, Path((course, id)): At) -> Result {
    let db = ctx.db.clone();
    db.write(move |tx| {
        let viewer = visitor.signed_in(tx)?;
        let course = for_author(tx, course, &viewer)?;
        let item = Item::find(tx, course.id, id)?;
        item.delete(tx, viewer.person)?;
        let page = viewer.page(&ctx, "courses");
        let said = page.ta("outline-deleted", &[("title", item.title)]);
        let undo = format!("/courses/{}/items/{id}/restoration", course.id);
        Ok(see_other(format!("/courses/{}/edit", course.id)).flash(FlashKind::Good, said, Some(undo)))
    })
    .await
}

/// `POST .../restoration`: brings it back.
pub(super) async fn restore(State(ctx): State<Ctx>, visitor: Visitor, Path((course, id)): At) -> Result {
    ctx.db
        .write(move |tx| {
            let viewer = visitor.signed_in(tx)?;
            let course = for_author(tx, course, &viewer)?;
            Item::restore(tx, course.id, id, viewer.person)?;
            Ok(back(&course, id))
        })
        .await
}
