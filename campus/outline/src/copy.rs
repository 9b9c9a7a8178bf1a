//! The outline of a course taught again (campus-rules M34).

use std::collections::BTreeMap;

use courses::{CourseId, DateShift};
use people::PersonId;
use store::{Json, Result, Tx, params, sql};

use crate::release::{Condition, Node, Tree};
use crate::structure::changed;
use crate::{Copied, Item, ItemId, Kinds, Module, ModuleId, NewItem};

/// Copies modules and items with what they hold, into a course that has none. Published stays published; the dates go
/// through the shift.
pub fn copy(
    tx: &mut Tx<'_>,
    kinds: &Kinds,
    from: CourseId,
    to: CourseId,
    shift: &DateShift,
    by: PersonId,
) -> Result<()> {
    let (modules, items) = (Module::of_course(tx, from)?, Item::of_course(tx, from)?);
    let mut new_modules: BTreeMap<ModuleId, ModuleId> = BTreeMap::new();
    let mut new_items: BTreeMap<ItemId, ItemId> = BTreeMap::new();
    for module in &modules {
        new_modules.insert(module.id, Module::add(tx, to, &module.title, None, by)?);
    }
    for item in &items {
        let new = NewItem {
            module: new_modules[&item.module],
            kind: &item.kind,
            title: &item.title,
            indent: item.indent,
            completion: item.completion,
            source: None,
        };
        let copied = Item::add(tx, to, &new, by)?;
        new_items.insert(item.id, copied.id);
        if let Some(kind) = kinds.get(&item.kind) {
            kind.copy(tx, item.id, &copied, by)?;
        }
    }
    for module in &modules {
        copy_module(tx, module, to, &new_modules, shift, by)?;
    }
    for item in &items {
        copy_item(tx, item, to, (&new_items, &new_modules), shift, by)?;
    }
    for kind in kinds.all() {
        kind.copied(tx, &Copied { from, to, items: &new_items }, by)?;
    }
    Ok(())
}

fn copy_module(
    tx: &mut Tx<'_>,
    from: &Module,
    course: CourseId,
    new: &BTreeMap<ModuleId, ModuleId>,
    shift: &DateShift,
    by: PersonId,
) -> Result<()> {
    let module = Module::find(tx, course, new[&from.id])?;
    let needs: Vec<ModuleId> = from.needs.0.iter().filter_map(|id| new.get(id).copied()).collect();
    tx.execute(
        sql!(
            "update module set unlock_at = ?2, needs = ?3, requirement = ?4, requirement_count = ?5, sequential = ?6
             where id = ?1"
        ),
        params![
            module.id,
            from.unlock_at.and_then(|at| shift.apply(at)),
            Json(needs),
            from.requirement,
            from.requirement_count,
            from.sequential
        ],
    )?;
    changed(tx, course)?;
    if from.published_at.is_some() { module.publish(tx, by) } else { Ok(()) }
}

fn copy_item(
    tx: &mut Tx<'_>,
    from: &Item,
    course: CourseId,
    new: (&BTreeMap<ItemId, ItemId>, &BTreeMap<ModuleId, ModuleId>),
    shift: &DateShift,
    by: PersonId,
) -> Result<()> {
    let item = Item::find(tx, course, new.0[&from.id])?;
    let mut settings = from.settings();
    settings.due_at = settings.due_at.and_then(|at| shift.apply(at));
    settings.unlock_at = settings.unlock_at.and_then(|at| shift.apply(at));
    settings.lock_at = settings.lock_at.and_then(|at| shift.apply(at));
    settings.release = settings.release.map(|tree| translated(&tree, new, shift));
    item.change(tx, &settings, by)?;
    if from.published_at.is_some() { item.publish(tx, by) } else { Ok(()) }
}

/// The tree with the ids and dates of the copy. A condition whose object was not copied is left out.
fn translated(tree: &Tree, new: (&BTreeMap<ItemId, ItemId>, &BTreeMap<ModuleId, ModuleId>), shift: &DateShift) -> Tree {
    let of = tree.of.iter().filter_map(|node| match node {
        Node::Group(inner) => Some(Node::Group(translated(inner, new, shift))),
        Node::Unknown(_) => None,
        Node::Condition(condition) => {
            let condition = match condition {
                Condition::From { at } => Condition::From { at: shift.apply(*at)? },
                Condition::Until { at } => Condition::Until { at: shift.apply(*at)? },
                Condition::Done { item } => Condition::Done { item: *new.0.get(item)? },
                Condition::NotDone { item } => Condition::NotDone { item: *new.0.get(item)? },
                Condition::ModuleDone { module } => Condition::ModuleDone { module: *new.1.get(module)? },
                Condition::Section { .. } => return None,
            };
            Some(Node::Condition(condition))
        }
    });
    Tree { of: of.collect(), ..tree.clone() }
}
