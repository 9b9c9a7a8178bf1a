//! Where modules and items stand. Positions are whole numbers without gaps, given anew at each move: an outline is short,
//! and two moves at once end in an order that both can live with.

use courses::CourseId;
use people::PersonId;
use store::{Event, Result, Tx, params, sql};

use crate::structure::changed;
use crate::{ItemId, ModuleId};

/// Puts a module behind another, or first.
pub fn move_module(
    tx: &mut Tx<'_>,
    course: CourseId,
    id: ModuleId,
    after: Option<ModuleId>,
    by: PersonId,
) -> Result<()> {
    let order: Vec<ModuleId> = tx.values(
        sql!("select id from module where course = ?1 and deleted_at is null order by position, id for update"),
        params![course],
    )?;
    if !order.contains(&id) {
        return Err(store::Error::NotFound);
    }
    for (position, module) in placed(order, id, after).into_iter().enumerate() {
        tx.execute(
            sql!("update module set position = ?2 where id = ?1 and position <> ?2"),
            params![module, position],
        )?;
    }
    changed(tx, course)?;
    tx.record(&Event::new("module.moved", "module", id).by(by).within("course", course))?;
    Ok(())
}

/// Puts an item into a module, behind another item there, or first; `indent` 0 to 3.
pub fn move_item(
    tx: &mut Tx<'_>,
    course: CourseId,
    id: ItemId,
    to: (ModuleId, Option<ItemId>),
    indent: u8,
    by: PersonId,
) -> Result<()> {
    let (module, after) = to;
    // The module must be one of this course; its row is locked, so that two moves into it follow each other.
    let _: ModuleId = tx.value(
        sql!("select id from module where id = ?1 and course = ?2 and deleted_at is null for update"),
        params![module, course],
    )?;
    let moved = tx.execute(
        sql!("update item set module = ?3, indent = ?4 where id = ?1 and course = ?2 and deleted_at is null"),
        params![id, course, module, indent.min(3)],
    )?;
    if moved == 0 {
        return Err(store::Error::NotFound);
    }
    let order: Vec<ItemId> = tx.values(
        sql!("select id from item where module = ?1 and deleted_at is null order by position, id"),
        params![module],
    )?;
    for (position, item) in placed(order, id, after).into_iter().enumerate() {
        tx.execute(sql!("update item set position = ?2 where id = ?1 and position <> ?2"), params![item, position])?;
    }
    changed(tx, course)?;
    tx.record(&Event::new("item.moved", "item", id).by(by).within("course", course))?;
    Ok(())
}

/// The order with one thing behind another, or first. Behind something that is not there means: last.
fn placed<T: Copy + PartialEq>(order: Vec<T>, moved: T, after: Option<T>) -> Vec<T> {
    let mut rest: Vec<T> = order.into_iter().filter(|id| *id != moved).collect();
    let at = match after {
        None => 0,
        Some(after) => rest.iter().position(|id| *id == after).map_or(rest.len(), |at| at + 1),
    };
    rest.insert(at, moved);
    rest
}

#[cfg(test)]
mod tests {
    use super::placed;

    #[test]
    fn a_move_keeps_everything_and_its_order() {
        assert_eq!(placed(vec![1, 2, 3], 3, None), [3, 1, 2]);
        assert_eq!(placed(vec![1, 2, 3], 1, Some(2)), [2, 1, 3]);
        assert_eq!(placed(vec![1, 2, 3], 2, Some(2)), [1, 3, 2]);
        assert_eq!(placed(vec![1, 2], 9, Some(7)), [1, 2, 9]);
    }
}
