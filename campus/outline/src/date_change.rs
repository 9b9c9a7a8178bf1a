//! Dates that somebody changed at once, kept so that it can be undone as one.

use courses::CourseId;
use people::PersonId;
use serde::{Deserialize, Serialize};
use store::{Json, Result, Time, Tx, params, sql};

use crate::overrides::Dates;
use crate::{DateChangeId, Item, ItemId, ItemSettings};

/// The dates of one item before and after.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Moved {
    item: ItemId,
    was: Dates,
    became: Dates,
}

/// Gives items other dates, as one change.
pub(crate) fn change(
    tx: &mut Tx<'_>,
    course: CourseId,
    to: &[(Item, ItemSettings)],
    by: PersonId,
) -> Result<DateChangeId> {
    let moved = to.iter().map(|(item, settings)| Moved {
        item: item.id,
        was: Dates { due: item.due_at, unlock: item.unlock_at, lock: item.lock_at },
        became: Dates { due: settings.due_at, unlock: settings.unlock_at, lock: settings.lock_at },
    });
    let moved: Vec<Moved> = moved.collect();
    for (item, settings) in to {
        item.change(tx, settings, by)?;
    }
    let (id, now): (DateChangeId, Time) = (tx.new_id(), tx.now());
    tx.execute(
        sql!("insert into date_change (id, course, was, made_at, made_by) values (?1, ?2, ?3, ?4, ?5)"),
        params![id, course, Json(moved), now, by],
    )?;
    Ok(id)
}

/// Undoes a change: items whose dates are still what it made them get their former ones back, others stay as they are.
/// Answers how many came back and how many stayed; none where the change was undone before.
pub(crate) fn undo(
    tx: &mut Tx<'_>,
    course: CourseId,
    id: DateChangeId,
    by: PersonId,
) -> Result<Option<(usize, usize)>> {
    let now = tx.now();
    let Json(moved): Json<Vec<Moved>> =
        tx.value(sql!("select was from date_change where id = ?1 and course = ?2"), params![id, course])?;
    let undone = tx
        .execute(sql!("update date_change set undone_at = ?2 where id = ?1 and undone_at is null"), params![id, now])?;
    if undone == 0 {
        return Ok(None);
    }
    let items = Item::of_course(tx, course)?;
    let mut restored = 0;
    for moved in &moved {
        let Some(item) = items.iter().find(|item| item.id == moved.item) else { continue };
        if (Dates { due: item.due_at, unlock: item.unlock_at, lock: item.lock_at }) == moved.became {
            let Dates { due, unlock, lock } = moved.was;
            item.change(tx, &ItemSettings { due_at: due, unlock_at: unlock, lock_at: lock, ..item.settings() }, by)?;
            restored += 1;
        }
    }
    Ok(Some((restored, moved.len() - restored)))
}
