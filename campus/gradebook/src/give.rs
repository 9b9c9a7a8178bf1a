//! Giving grades: one row for the grade as it is, one for each change, an event, and what follows for completion.

use outline::{Completion, Item, complete_by};
use people::PersonId;
use store::{Event, Result, Time, Tx, params, sql};

use crate::grade::{Given, Grade, GradeState, Source};
use crate::{BatchId, Column, Policy, Posts};

/// Gives a grade. The same again changes nothing and leaves no trace. A grade of a quiz does not replace what somebody set
/// in the gradebook: only its hand-in is noted then (M6, overridden grades).
///
/// Where grades of the column are posted as they are given, it is seen at once; a posted grade that passes completes the
/// item whose rule that is.
pub fn give(tx: &mut Tx<'_>, column: &Column, person: PersonId, given: &Given, by: PersonId) -> Result<()> {
    let policy = Policy::of(tx, column.course)?;
    Giving { column, policy: &policy, batch: None, by }.give(tx, person, given)?;
    Ok(())
}

/// Notes that work was handed in, and leaves points and state as they are; only work that somebody called missing no
/// longer is (M4).
pub fn handed_in(
    tx: &mut Tx<'_>,
    column: &Column,
    person: PersonId,
    at: Time,
    late_seconds: i64,
    by: PersonId,
) -> Result<()> {
    let policy = Policy::of(tx, column.course)?;
    let giving = Giving { column, policy: &policy, batch: None, by };
    let before = giving.lock(tx, person)?;
    let state = if before.state == GradeState::Missing { GradeState::None } else { before.state };
    let after = Grade { submitted_at: Some(at), late_seconds: late_seconds.max(0), state, ..before };
    giving.put(tx, &before, after)?;
    Ok(())
}

/// Giving grades in one column.
#[derive(Clone, Copy, Debug)]
pub struct Giving<'g> {
    /// The column.
    pub column: &'g Column,
    /// The policy of its course.
    pub policy: &'g Policy,
    /// The batch that the changes belong to, so that they can be undone as one.
    pub batch: Option<BatchId>,
    /// Who gives.
    pub by: PersonId,
}

impl Giving<'_> {
    /// Gives a grade to one person; false where it was so already.
    pub fn give(&self, tx: &mut Tx<'_>, person: PersonId, given: &Given) -> Result<bool> {
        let before = self.lock(tx, person)?;
        let is_kept = before.source == Source::Override && before.state != GradeState::None;
        let after = if given.source == Source::Quiz && is_kept {
            Grade { submitted_at: given.submitted_at, late_seconds: given.late_seconds.max(0), ..before }
        } else {
            Grade {
                points: given.points,
                state: given.state,
                submitted_at: given.submitted_at,
                late_seconds: given.late_seconds.max(0),
                source: given.source,
                ..before
            }
        };
        self.put(tx, &before, after)
    }

    /// The grade as it is, locked until the transaction ends, so that two who write follow each other. Where there is none
    /// an empty one is made.
    pub(crate) fn lock(&self, tx: &mut Tx<'_>, person: PersonId) -> Result<Grade> {
        let now = tx.now();
        tx.execute(
            sql!(
                "insert into grade (grade_column, person, course, state, source, given_at, given_by)
                 values (?1, ?2, ?3, 'none', 'marker', ?4, ?5) on conflict (grade_column, person) do nothing"
            ),
            params![self.column.id, person, self.column.course, now, self.by],
        )?;
        tx.one(
            sql!(
                "select grade_column, person, points, state, submitted_at, late_seconds, late_waived, source, posted_at,
                        posted_by, given_at, given_by from grade where grade_column = ?1 and person = ?2 for update"
            ),
            params![self.column.id, person],
        )
    }

    /// Keeps a grade that was locked in its new form; false where nothing changed.
    pub(crate) fn put(&self, tx: &mut Tx<'_>, before: &Grade, mut after: Grade) -> Result<bool> {
        // Points are those of a grade; one without points is none.
        if !matches!(after.state, GradeState::Graded | GradeState::Pending) {
            after.points = None;
        } else if after.state == GradeState::Graded && after.points.is_none() {
            after.state = GradeState::None;
        }
        let is_same_grade = after.points == before.points && after.state == before.state;
        if is_same_grade {
            // Whoever gives the same grade anew does not take it over.
            after.source = before.source;
        }
        if after == *before {
            return Ok(false);
        }
        let now = tx.now();
        let at_once = self.column.posts.unwrap_or(self.policy.posts) == Posts::Automatic;
        after.posted_at = match after.state {
            GradeState::None => None,
            _ if at_once && before.posted_at.is_none() && !is_same_grade => Some(now),
            _ => before.posted_at,
        };
        after.posted_by = if before.posted_at.is_some() { before.posted_by } else { Some(self.by) };
        after.posted_by = after.posted_by.filter(|_| after.posted_at.is_some());
        (after.given_at, after.given_by) = (now, Some(self.by));
        tx.execute(
            sql!(
                "update grade set points = ?3, state = ?4, submitted_at = ?5, late_seconds = ?6, late_waived = ?7,
                     source = ?8, posted_at = ?9, posted_by = ?10, given_at = ?11, given_by = ?12
                 where grade_column = ?1 and person = ?2"
            ),
            params![
                self.column.id,
                before.person,
                after.points,
                after.state,
                after.submitted_at,
                after.late_seconds,
                after.late_waived,
                after.source,
                after.posted_at,
                after.posted_by,
                now,
                self.by
            ],
        )?;
        if !is_same_grade || after.late_waived != before.late_waived {
            self.note(tx, before, &after)?;
        }
        if after.is_posted() {
            self.complete(tx, &after)?;
        }
        Ok(true)
    }

    /// Writes the change down, and tells the world.
    fn note(&self, tx: &mut Tx<'_>, before: &Grade, after: &Grade) -> Result<()> {
        let (id, now): (store::Id, Time) = (tx.new_id(), tx.now());
        tx.execute(
            sql!(
                "insert into grade_change (id, course, grade_column, person, batch, source, before_points, before_state,
                     before_waived, before_source, points, state, late_waived, at, by)
                 values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15)"
            ),
            params![
                id,
                self.column.course,
                self.column.id,
                after.person,
                self.batch,
                after.source,
                before.points,
                before.state,
                before.late_waived,
                before.source,
                after.points,
                after.state,
                after.late_waived,
                now,
                self.by
            ],
        )?;
        let event = Event::new("grade.given", "grade-column", self.column.id).by(self.by);
        let event = event.within("course", self.column.course).with("person", after.person.to_string());
        let event = event.with("title", self.column.title.as_str()).with("state", after.state.as_str());
        let event = event.with("points", after.points.map(|points| points.to_string()));
        let event = event.with("possible", self.column.points.to_string()).with("source", after.source.as_str());
        tx.record(&event.with("posted", after.is_posted()))?;
        Ok(())
    }

    /// A grade that is seen and passes completes the item whose rule that is (M17).
    fn complete(&self, tx: &mut Tx<'_>, grade: &Grade) -> Result<()> {
        if !grade.passes(self.column, self.policy) {
            return Ok(());
        }
        let Some(item) = self.item(tx)? else { return Ok(()) };
        complete_by(tx, &item, grade.person, Completion::Grade, self.by).map(|_| ())
    }

    /// The item that a grade completes; none where the column has none, or another rule.
    pub(crate) fn item(&self, tx: &mut Tx<'_>) -> Result<Option<Item>> {
        let Some(item) = self.column.item else { return Ok(None) };
        match Item::find(tx, self.column.course, item) {
            Ok(item) => Ok(Some(item).filter(|item| item.completion == Completion::Grade)),
            // It was deleted: there is nothing to complete.
            Err(store::Error::NotFound) => Ok(None),
            Err(error) => Err(error),
        }
    }
}
