//! `GET /courses/{course}/items/{item}/settings`: name, dates, completion and release of an item.

use askama::Template;
use axum::extract::{Path, State};
use courses::{Course, CourseId, CoursePage};
use people::{Viewer, Visitor};
use store::Tx;
use web::{Ctx, FlashKind, Form, Page, Result, html, mistakes, see_other, word};

use super::edit::for_author;
use crate::module::TITLE_MAX;
use crate::release::{Condition, Node, Op, Tree};
use crate::{Completion, Item, ItemId, ItemSettings, Kinds, Module, ModuleId};

/// Conditions that the form has room for; a tree that says more is kept as it is.
const ROWS: usize = 6;

#[derive(Template)]
#[template(path = "outline/item_settings.html")]
struct SettingsPage {
    page: Page,
    frame: CoursePage,
    form: Form,
    item: Item,
    editor: Option<String>,
    items: Vec<(String, String)>,
    modules: Vec<(String, String)>,
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
        let item = Item::find(tx, course.id, id)?;
        let page = viewer.page(&ctx, "courses");
        let form = filled(&page, &item);
        Ok(html(view(tx, &ctx, &viewer, page, &course, item, form)?))
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
        let (kind, item, module, at) = match condition {
            Condition::From { at } => ("from", None, None, Some(*at)),
            Condition::Until { at } => ("until", None, None, Some(*at)),
            Condition::Done { item } => ("done", Some(*item), None, None),
            Condition::NotDone { item } => ("not-done", Some(*item), None, None),
            Condition::ModuleDone { module } => ("module-done", None, Some(*module), None),
            Condition::Section { .. } => continue,
        };
        form.set(&format!("if-{row}"), kind);
        form.set(&format!("item-{row}"), item.map(|id| id.to_string()).unwrap_or_default());
        form.set(&format!("module-{row}"), module.map(|id| id.to_string()).unwrap_or_default());
        form.set(&format!("at-{row}"), moment(at));
    }
    form
}

fn is_complex(tree: &Tree) -> bool {
    !matches!(tree.op, Op::All | Op::Any)
        || tree.of.len() > ROWS
        || tree.of.iter().any(|node| !matches!(node, Node::Condition(c) if !c.is_about_people()))
}

fn view(
    tx: &mut Tx<'_>,
    ctx: &Ctx,
    viewer: &Viewer,
    page: Page,
    course: &Course,
    item: Item,
    form: Form,
) -> Result<SettingsPage> {
    let none = (String::new(), page.t("outline-choose"));
    let items = Item::of_course(tx, course.id)?.into_iter().filter(|other| other.id != item.id);
    let modules = Module::of_course(tx, course.id)?.into_iter().filter(|other| other.id != item.module);
    let filled = (0..ROWS).filter(|row| !form.value(format!("if-{row}")).is_empty()).count();
    Ok(SettingsPage {
        frame: CoursePage::new(viewer, course, "edit"),
        editor: ctx.get::<Kinds>().get(&item.kind).and_then(|kind| kind.editor(&item)),
        items: std::iter::once(none.clone()).chain(items.map(|other| (other.id.to_string(), other.title))).collect(),
        modules: std::iter::once(none).chain(modules.map(|other| (other.id.to_string(), other.title))).collect(),
        rows: (0..ROWS.min(filled + 2)).collect(),
        is_complex: item.release.as_ref().is_some_and(|tree| is_complex(&tree.0)),
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
        if let Some(release) = &settings.release {
            check_circle(tx, &course, &item, release, &mut form)?;
        }
        if form.has_errors() {
            return Ok(mistakes(view(tx, &ctx, &viewer, page, &course, item, form)?));
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
        let condition = match form.value(format!("if-{row}")) {
            "from" => form.date_time(&name_at, &page.zone).required().get().map(|at| Condition::From { at }),
            "until" => form.date_time(&name_at, &page.zone).required().get().map(|at| Condition::Until { at }),
            "done" => form.id::<ItemId>(&name_item).required().get().map(|item| Condition::Done { item }),
            "not-done" => form.id::<ItemId>(&name_item).required().get().map(|item| Condition::NotDone { item }),
            "module-done" => {
                form.id::<ModuleId>(&name_module).required().get().map(|module| Condition::ModuleDone { module })
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

/// An item must not wait for one that waits for it, over any number of steps (M16: checked when it is saved).
fn check_circle(tx: &mut Tx<'_>, course: &Course, item: &Item, release: &Tree, form: &mut Form) -> Result<()> {
    let items = Item::of_course(tx, course.id)?;
    let waits_for = |tree: &Tree| -> Vec<ItemId> {
        let needed = tree.conditions().into_iter().filter_map(|condition| match condition {
            Condition::Done { item } => Some(vec![*item]),
            Condition::ModuleDone { module } => {
                Some(items.iter().filter(|item| item.module == *module).map(|item| item.id).collect())
            }
            _ => None,
        });
        needed.flatten().collect()
    };
    let (mut open, mut seen) = (waits_for(release), Vec::new());
    while let Some(next) = open.pop() {
        if next == item.id {
            form.fail("op", word!("outline-conditions-circle"));
            return Ok(());
        }
        if !seen.contains(&next) {
            seen.push(next);
            let tree = items.iter().find(|other| other.id == next).and_then(|other| other.release.as_ref());
            open.extend(tree.map(|tree| waits_for(&tree.0)).unwrap_or_default());
        }
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
