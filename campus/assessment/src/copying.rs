//! Copying a quiz: how it goes, its places, and the questions that it may ask, each once in the bank of the other course.

use std::collections::BTreeSet;

use courses::CourseId;
use outline::{Item, ItemId};
use people::PersonId;
use store::{Result, Tx, params, sql};

use crate::bank::{self, Place};
use crate::folder::{self, with_below};
use crate::quiz::{Filled, Slot, add_slots, configure, settings, slots};
use crate::{FolderId, QuestionId};

/// Copies a quiz into an item of the same or another course.
pub fn copy(tx: &mut Tx<'_>, from: ItemId, to: &Item, by: PersonId) -> Result<()> {
    let settings = settings(tx, from)?;
    configure(tx, to, &settings, by)?;
    let course: CourseId = tx.value(sql!("select course from item where id = ?1"), params![from])?;
    let copying = Copying { from: course, to: to.course, by };
    for slot in slots(tx, from)? {
        let filled = match slot.question {
            Some(_) if slot.is_gone => continue,
            Some(question) => Filled::Question(copying.question(tx, question, slot.version, None)?),
            None => Filled::Drawn {
                folder: copying.pool(tx, &slot)?,
                below: slot.below,
                tags: slot.tags.split_whitespace().map(str::to_owned).collect(),
            },
        };
        add_slots(tx, to, &[filled], slot.points, by)?;
    }
    Ok(())
}

/// From which bank into which.
struct Copying {
    from: CourseId,
    to: CourseId,
    by: PersonId,
}

impl Copying {
    /// The question in the other bank; itself where that is the same.
    fn question(
        &self,
        tx: &mut Tx<'_>,
        question: QuestionId,
        version: Option<i64>,
        folder: Option<FolderId>,
    ) -> Result<QuestionId> {
        if self.from == self.to {
            return Ok(question);
        }
        let stored = bank::find(tx, self.from, question, version)?;
        let place = Place {
            folder,
            title: stored.title.clone(),
            tags: stored.tags.split_whitespace().map(str::to_owned).collect(),
            source: Some(format!("copy:{question}")),
        };
        bank::add(tx, self.to, &place, &stored.content.0, self.by)
    }

    /// The folder that a place draws from, with its questions, in the other bank: one folder of the same name, with all
    /// that the draw can reach. None where it draws from the whole bank, which is then copied.
    fn pool(&self, tx: &mut Tx<'_>, slot: &Slot) -> Result<Option<FolderId>> {
        if self.from == self.to {
            return Ok(slot.folder);
        }
        let folders = folder::all(tx, self.from)?;
        let within = slot.folder.map(|id| if slot.below { with_below(&folders, id) } else { BTreeSet::from([id]) });
        let target = match folders.iter().find(|folder| Some(folder.id) == slot.folder) {
            None => None,
            Some(own) => Some(match folder::all(tx, self.to)?.iter().find(|folder| folder.name == own.name) {
                Some(there) => there.id,
                None => folder::add(tx, self.to, None, &own.name, self.by)?,
            }),
        };
        for line in bank::all(tx, self.from)? {
            let is_reached =
                within.as_ref().is_none_or(|within| line.folder.is_some_and(|folder| within.contains(&folder)));
            if is_reached {
                self.question(tx, line.id, None, target)?;
            }
        }
        Ok(target)
    }
}
