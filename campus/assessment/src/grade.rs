//! What the attempts of a person give together, handed on to the gradebook.

use gradebook::{Column, Given, GradeState, Points, Source};
use outline::{Item, ItemId};
use people::PersonId;
use store::{FromRow, Result, Time, Tx, params, sql};

use crate::AttemptId;
use crate::attempt::Ended;
use crate::keep::{Keep, kept, scaled};
use crate::quiz::{self, Settings};

/// An attempt with what it earned.
#[derive(Clone, Debug, FromRow)]
pub struct Try {
    /// The attempt.
    pub id: AttemptId,
    /// Which of its person's, from 1.
    pub number: i64,
    /// Whether it is of somebody who makes the quiz.
    pub is_preview: bool,
    /// When it began.
    pub started_at: Time,
    /// When it ends; none where never.
    pub ends_at: Option<Time>,
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

impl Try {
    /// Whether it counts: handed in, or its time up.
    pub const fn counts(&self) -> bool {
        matches!(self.ended_how, Some(Ended::Submitted | Ended::TimedOut)) && !self.is_preview
    }

    /// What it earned, as points of so large a whole; none while something waits to be marked. Never less than nothing.
    pub fn earned(&self, whole: Points) -> Option<Points> {
        (self.waiting == 0).then(|| scaled(self.points.max(Points::ZERO), self.possible, whole))
    }
}

/// The attempts of a person, in their order.
pub fn tries(tx: &mut Tx<'_>, item: ItemId, person: PersonId) -> Result<Vec<Try>> {
    tx.all(
        sql!(
            "select a.id, a.number, a.is_preview, a.started_at, a.ends_at, a.ended_how, a.ended_at,
                    cast(coalesce((select sum(m.points) from attempt_mark m where m.attempt = a.id), 0) as bigint) as points,
                    (select count(*) from attempt_mark m where m.attempt = a.id and m.points is null) as waiting,
                    cast(coalesce((select sum(s.points) from attempt_slot s where s.attempt = a.id), 0) as bigint) as possible
             from attempt a where a.item = ?1 and a.person = ?2 order by a.number"
        ),
        params![item, person],
    )
}

/// Which of them the grade is of, for its time: none where none counts.
fn decisive<'t>(keep: Keep, counting: &[&'t Try], whole: Points) -> Option<&'t Try> {
    match keep {
        Keep::First => counting.first().copied(),
        Keep::Last | Keep::Average => counting.last().copied(),
        // The earlier of two equal ones: a later one cannot make it late.
        Keep::Highest => counting.iter().rev().max_by_key(|one| one.earned(whole)).copied(),
    }
}

/// What the attempts give together.
pub fn together(settings: &Settings, tries: &[Try], whole: Points) -> Option<Points> {
    let counting: Vec<Option<Points>> = tries.iter().filter(|one| one.counts()).map(|one| one.earned(whole)).collect();
    kept(settings.keep, &counting)
}

/// Gives a person the grade that their attempts make. The item has the dates that hold for them. Nothing happens where
/// none counts.
pub fn settle(tx: &mut Tx<'_>, item: &Item, person: PersonId, by: PersonId) -> Result<()> {
    let settings = quiz::settings(tx, item.id)?;
    let tries = tries(tx, item.id, person)?;
    let Some(column) = Column::of_item(tx, item.id)? else { return Ok(()) };
    let counting: Vec<&Try> = tries.iter().filter(|one| one.counts()).collect();
    let Some(of) = decisive(settings.keep, &counting, column.points) else { return Ok(()) };
    let points = together(&settings, &tries, column.points);
    let waits = counting.iter().any(|one| one.waiting > 0);
    let state = if waits || points.is_none() { GradeState::Pending } else { GradeState::Graded };
    let late_seconds = match (of.ended_at, item.due_at) {
        (Some(ended), Some(due)) => (ended.seconds() - due.seconds()).max(0),
        _ => 0,
    };
    let given = Given { points, state, submitted_at: of.ended_at, late_seconds, source: Source::Quiz };
    gradebook::give(tx, &column, person, &given, by)
}
