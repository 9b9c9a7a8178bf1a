//! Which questions an attempt gets (campus-rules M14).

use std::collections::{BTreeMap, BTreeSet};

use courses::CourseId;
use gradebook::Points;
use people::PersonId;
use store::{Result, Tx, params, sql};

use crate::bank::{self, Line};
use crate::folder::{self, Folder, with_below};
use crate::quiz::Slot;
use crate::shuffle::{Draws, shuffle};
use crate::{QuestionId, SlotId};

/// Sets the draws apart from every shuffle.
const SALT: u64 = 0xd7a3;

/// A question that an attempt gets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Drawn {
    /// The place.
    pub slot: SlotId,
    /// The question.
    pub question: QuestionId,
    /// Its version.
    pub version: i64,
    /// What it may earn.
    pub points: Points,
}

/// The questions of a new attempt, in their order. A place for which no question is left stays out.
pub(crate) fn draw(
    tx: &mut Tx<'_>,
    course: CourseId,
    person: PersonId,
    slots: &[Slot],
    seed: i64,
    shuffled: bool,
) -> Result<Vec<Drawn>> {
    let mut drawn = if slots.iter().any(|slot| slot.question.is_none()) {
        let (lines, folders) = (bank::all(tx, course)?, folder::all(tx, course)?);
        let uses = uses(tx, course, person)?;
        chosen(slots, &lines, &folders, &uses, seed)
    } else {
        chosen(slots, &[], &[], &BTreeMap::new(), seed)
    };
    if shuffled {
        shuffle(&mut drawn, seed, SALT + 1);
    }
    Ok(drawn)
}

/// How often a person had each question.
fn uses(tx: &mut Tx<'_>, course: CourseId, person: PersonId) -> Result<BTreeMap<QuestionId, i64>> {
    let counted: Vec<(QuestionId, i64)> = tx.all(
        sql!(
            "select s.question, count(*) from attempt a join attempt_slot s on s.attempt = a.id
             where a.person = ?2 and a.course = ?1 group by s.question"
        ),
        params![course, person],
    )?;
    Ok(counted.into_iter().collect())
}

/// Certain questions first, so that no draw takes one of them; then each draw among those not yet in the attempt that the
/// person had least often.
fn chosen(
    slots: &[Slot],
    lines: &[Line],
    folders: &[Folder],
    uses: &BTreeMap<QuestionId, i64>,
    seed: i64,
) -> Vec<Drawn> {
    let mut taken: BTreeSet<QuestionId> = slots.iter().filter_map(|slot| slot.question).collect();
    let mut draws = Draws::new(seed, SALT);
    let mut out = Vec::new();
    for slot in slots {
        let found = match slot.question {
            Some(question) if !slot.is_gone => slot.version.or(slot.latest).map(|version| (question, version)),
            Some(_) => None,
            None => {
                let within = slot
                    .folder
                    .map(|folder| if slot.below { with_below(folders, folder) } else { BTreeSet::from([folder]) });
                let fits = |line: &&Line| {
                    line.kind != crate::question::Kind::Info
                        && !taken.contains(&line.id)
                        && within.as_ref().is_none_or(|within| line.folder.is_some_and(|own| within.contains(&own)))
                        && slot.tags.split_whitespace().all(|tag| line.tags().contains(&tag))
                };
                let fitting: Vec<&Line> = lines.iter().filter(fits).collect();
                let often = |line: &Line| uses.get(&line.id).copied().unwrap_or(0);
                let least = fitting.iter().map(|line| often(line)).min();
                let fitting: Vec<&Line> = fitting.into_iter().filter(|line| Some(often(line)) == least).collect();
                fitting.get(draws.below(fitting.len())).map(|line| (line.id, line.latest))
            }
        };
        if let Some((question, version)) = found {
            taken.insert(question);
            out.push(Drawn { slot: slot.id, question, version, points: slot.points });
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::FolderId;
    use crate::question::Kind;

    fn id(number: u128) -> store::Id {
        store::Id::from_u128(number)
    }

    fn line(number: u128, folder: Option<u128>, tags: &str) -> Line {
        Line {
            id: QuestionId(id(number)),
            kind: Kind::Single,
            title: number.to_string(),
            tags: tags.to_owned(),
            latest: 1,
            folder: folder.map(|folder| FolderId(id(folder))),
        }
    }

    fn slot(question: Option<u128>, folder: Option<u128>, tags: &str) -> Slot {
        Slot {
            id: SlotId(id(1)),
            position: 0,
            points: Points::whole(1),
            question: question.map(|question| QuestionId(id(question))),
            version: None,
            folder: folder.map(|folder| FolderId(id(folder))),
            below: true,
            tags: tags.to_owned(),
            title: None,
            kind: None,
            latest: question.map(|_| 3),
            is_gone: false,
        }
    }

    fn numbers(drawn: &[Drawn]) -> Vec<u128> {
        drawn.iter().map(|one| one.question.0.as_u128()).collect()
    }

    #[test]
    fn a_draw_takes_what_is_new_to_the_person_and_not_there_yet() {
        let folders = vec![
            Folder { id: FolderId(id(10)), parent: None, name: "Tides".to_owned() },
            Folder { id: FolderId(id(11)), parent: Some(FolderId(id(10))), name: "Moon".to_owned() },
        ];
        let lines = [
            line(1, Some(10), " hard "),
            line(2, Some(11), " hard moon "),
            line(3, None, " hard "),
            line(4, Some(11), " "),
        ];
        let uses = BTreeMap::from([(QuestionId(id(1)), 1)]);
        let drawn = |slots: &[Slot]| numbers(&chosen(slots, &lines, &folders, &uses, 5));
        assert_eq!(drawn(&[slot(None, Some(10), " hard ")]), [2]);
        assert_eq!(drawn(&[slot(None, Some(10), " hard "), slot(Some(2), None, " ")]), [1, 2]);
        assert_eq!(drawn(&[slot(None, Some(11), " hard "), slot(None, Some(11), " hard ")]), [2]);
        let versions: Vec<i64> =
            chosen(&[slot(Some(2), None, " ")], &lines, &folders, &uses, 5).iter().map(|one| one.version).collect();
        assert_eq!(versions, [3]);
    }

    proptest! {
        #[test]
        fn no_question_comes_twice_and_the_seed_decides(seed: i64, count in 0..12_usize, bank in 0..12_u128) {
            let lines: Vec<Line> = (1..=bank).map(|number| line(number, None, " ")).collect();
            let slots: Vec<Slot> = (0..count).map(|_| slot(None, None, " ")).collect();
            let drawn = numbers(&chosen(&slots, &lines, &[], &BTreeMap::new(), seed));
            prop_assert_eq!(drawn.iter().collect::<BTreeSet<_>>().len(), drawn.len());
            prop_assert_eq!(drawn.len(), count.min(lines.len()));
            prop_assert_eq!(numbers(&chosen(&slots, &lines, &[], &BTreeMap::new(), seed)), drawn);
        }
    }
}
