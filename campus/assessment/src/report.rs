//! What a quiz yields: everybody's attempts, and how its questions worked.

use std::collections::BTreeMap;

use gradebook::Points;
use outline::ItemId;
use people::PersonId;
use store::{FromRow, Json, Result, Time, Tx, params, sql};

use crate::attempt::Ended;
use crate::question::Question;
use crate::quiz;
use crate::share::Share;
use crate::statistics::{OfQuestion, OfQuiz, statistics};
use crate::{AttemptId, SlotId};

/// Marks that are measured at the most: those of the oldest attempts.
const MARKS_MAX: u32 = 200_000;

/// An attempt in the list of all.
#[derive(Clone, Debug, FromRow)]
pub struct Row {
    /// The attempt.
    pub id: AttemptId,
    /// Whose it is.
    pub person: PersonId,
    /// Their name.
    pub name: String,
    /// By which the list is sorted.
    pub sort_name: String,
    /// Which of theirs, from 1.
    pub number: i64,
    /// When it began.
    pub started_at: Time,
    /// How it ended; none while it runs.
    pub ended_how: Option<Ended>,
    /// When it ended.
    pub ended_at: Option<Time>,
    /// What is marked so far.
    pub points: Points,
    /// How many questions wait for a person to mark them.
    pub waiting: i64,
    /// What its questions could earn.
    pub possible: Points,
}

/// Everybody's attempts by name, from the one behind `after` on; without those of the quiz's makers.
pub fn rows(tx: &mut Tx<'_>, item: ItemId, after: Option<(String, AttemptId)>, limit: usize) -> Result<Vec<Row>> {
    let (name, id) = after.unwrap_or((String::new(), AttemptId(store::Id::nil())));
    tx.all(
        sql!(
            "select a.id, a.person, trim(p.given || ' ' || p.family) as name, p.sort_name, a.number, a.started_at,
                    a.ended_how, a.ended_at,
                    cast(coalesce((select sum(m.points) from attempt_mark m where m.attempt = a.id), 0) as bigint) as points,
                    (select count(*) from attempt_mark m where m.attempt = a.id and m.points is null) as waiting,
                    cast(coalesce((select sum(s.points) from attempt_slot s where s.attempt = a.id), 0) as bigint) as possible
             from attempt a join person p on p.id = a.person
             where a.item = ?1 and not a.is_preview and (p.sort_name, a.id) > (?2, ?3)
             order by p.sort_name, a.id limit ?4"
        ),
        params![item, name, id, limit],
    )
}

/// A question of the quiz and how it worked.
#[derive(Clone, Debug)]
pub struct MeasuredQuestion {
    /// Its name; none where it is drawn.
    pub title: Option<String>,
    /// What guessing earns on average, in percent; none where nobody can guess.
    pub guess: Option<f64>,
    /// How it worked.
    pub is: OfQuestion,
}

/// How a quiz worked.
#[derive(Clone, Debug)]
pub struct Measured {
    /// The whole.
    pub whole: OfQuiz,
    /// Its questions, in their order.
    pub questions: Vec<MeasuredQuestion>,
}

/// Measures a quiz over the attempts that had all of its places and are marked to the end.
pub fn measured(tx: &mut Tx<'_>, item: ItemId) -> Result<Measured> {
    let slots: Vec<quiz::Slot> = quiz::slots(tx, item)?.into_iter().filter(|slot| slot.points > Points::ZERO).collect();
    let marks: Vec<(AttemptId, SlotId, Points)> = tx.all(
        sql!(
            "select a.id, s.slot, m.points from attempt a join attempt_mark m on m.attempt = a.id
             join attempt_slot s on s.attempt = m.attempt and s.position = m.position
             where a.item = ?1 and not a.is_preview and m.points is not null and s.slot is not null
             order by a.id limit ?2"
        ),
        params![item, MARKS_MAX],
    )?;
    let contents: BTreeMap<SlotId, Question> = tx
        .all::<(SlotId, Json<Question>)>(
            sql!(
                "select s.id, v.content from quiz_slot s join question q on q.id = s.question
                 join question_version v on v.question = q.id and v.number = coalesce(s.version, q.latest)
                 where s.item = ?1"
            ),
            params![item],
        )?
        .into_iter()
        .map(|(slot, Json(question))| (slot, question))
        .collect();
    let mut by_attempt: BTreeMap<AttemptId, BTreeMap<SlotId, Points>> = BTreeMap::new();
    for (attempt, slot, points) in marks {
        by_attempt.entry(attempt).or_default().insert(slot, points);
    }
    let plain = |points: Points| points.units() as f64 / 10_000.0;
    let row = |own: &BTreeMap<SlotId, Points>| {
        slots.iter().map(|slot| own.get(&slot.id).copied().map(plain)).collect::<Option<Vec<f64>>>()
    };
    let rows: Vec<Vec<f64>> = by_attempt.values().filter_map(row).collect();
    let most: Vec<f64> = slots.iter().map(|slot| plain(slot.points)).collect();
    let whole = statistics(&rows, &most);
    let percent = |share: Share| plain(share.points(Points::whole(100)));
    let questions = slots.iter().zip(&whole.questions).map(|(slot, is)| MeasuredQuestion {
        title: slot.title.clone(),
        guess: contents.get(&slot.id).and_then(Question::guess).map(percent),
        is: is.clone(),
    });
    Ok(Measured { questions: questions.collect(), whole })
}
