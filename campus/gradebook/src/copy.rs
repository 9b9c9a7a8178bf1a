//! How a course taught again grades (campus-rules M34): its policy, groups and columns, without grades.

use std::collections::BTreeMap;

use courses::{CourseId, DateShift};
use outline::{Item, ItemId};
use people::PersonId;
use store::{Result, Tx};

use crate::{Column, ColumnSettings, Group, GroupId, NewColumn, Policy};

/// Copies policy, groups and columns into a course that has none. Columns of items go to the items that the outline was
/// copied to, where it was; dates of other columns go through the shift.
pub fn copy(tx: &mut Tx<'_>, from: CourseId, to: CourseId, shift: &DateShift, by: PersonId) -> Result<()> {
    let (policy, groups) = Policy::with_groups(tx, from)?;
    if policy != Policy::default() {
        policy.save(tx, to, by)?;
    }
    let mut new_groups: BTreeMap<GroupId, GroupId> = BTreeMap::new();
    for group in &groups {
        new_groups.insert(group.id, Group::add(tx, to, &group.settings(), by)?);
    }
    let items = copied_items(tx, from, to)?;
    for column in Column::of_course(tx, from)? {
        let group = column.group.and_then(|group| new_groups.get(&group).copied());
        let made = match column.item {
            None => {
                let due_at = column.due_at.and_then(|at| shift.apply(at));
                let new = NewColumn { title: &column.title, points: column.points, group, due_at };
                Some(Column::add(tx, to, &new, by)?)
            }
            Some(item) => match items.get(&item) {
                Some(item) => Some(Column::for_item(tx, item, column.points, by)?),
                None => None,
            },
        };
        let Some(made) = made else { continue };
        let settings = ColumnSettings { group, title: made.title.clone(), due_at: made.due_at, ..column.settings() };
        made.change(tx, &settings, by)?;
        made.expect_hand_in(tx, column.hands_in)?;
    }
    Ok(())
}

/// What each item was copied to: a copy has the same items in the same order. Empty where it has not.
fn copied_items(tx: &mut Tx<'_>, from: CourseId, to: CourseId) -> Result<BTreeMap<ItemId, Item>> {
    let (old, new) = (Item::of_course(tx, from)?, Item::of_course(tx, to)?);
    let is_same = |(old, new): (&Item, &Item)| old.kind == new.kind && old.title == new.title;
    if old.len() != new.len() || !old.iter().zip(&new).all(is_same) {
        return Ok(BTreeMap::new());
    }
    Ok(old.into_iter().map(|item| item.id).zip(new).collect())
}
