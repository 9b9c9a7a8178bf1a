//! Showing grades to learners, and hiding them again (campus-rules M2).

use outline::{Completion, complete_by};
use people::PersonId;
use store::{Event, FromRow, Result, Time, Tx, params, sql};

use crate::give::Giving;
use crate::grade::of_column;
use crate::{Column, Policy};

/// Grades of a column were shown or hidden.
#[derive(Clone, Debug, FromRow)]
pub struct Posting {
    /// Shown; else hidden.
    pub posted: bool,
    /// How many grades.
    pub grades: u32,
    /// When.
    pub at: Time,
    /// Who did it.
    pub by_name: Option<String>,
}

/// Shows learners all grades that the column has; says how many they did not see before. Those given later are posted as
/// the column or the course says.
pub fn post(tx: &mut Tx<'_>, column: &Column, by: PersonId) -> Result<u64> {
    let now = tx.now();
    let posted = tx.execute(
        sql!(
            "update grade set posted_at = ?2, posted_by = ?3
             where grade_column = ?1 and posted_at is null and state <> 'none'"
        ),
        params![column.id, now, by],
    )?;
    if posted > 0 {
        note(tx, column, true, posted, by)?;
        complete_newly_posted(tx, column, now, by)?;
    }
    Ok(posted)
}

/// A grade that is seen now and passes completes the item whose rule that is.
fn complete_newly_posted(tx: &mut Tx<'_>, column: &Column, now: Time, by: PersonId) -> Result<()> {
    let policy = Policy::of(tx, column.course)?;
    let Some(item) = (Giving { column, policy: &policy, batch: None, by }).item(tx)? else { return Ok(()) };
    for grade in of_column(tx, column.id)? {
        if grade.posted_at == Some(now) && grade.passes(column, &policy) {
            complete_by(tx, &item, grade.person, Completion::Grade, by)?;
        }
    }
    Ok(())
}

/// Hides all grades of the column from learners; says how many they saw. What was completed stays completed.
pub fn hide(tx: &mut Tx<'_>, column: &Column, by: PersonId) -> Result<u64> {
    let hidden = tx.execute(
        sql!("update grade set posted_at = null, posted_by = null where grade_column = ?1 and posted_at is not null"),
        params![column.id],
    )?;
    if hidden > 0 {
        note(tx, column, false, hidden, by)?;
    }
    Ok(hidden)
}

fn note(tx: &mut Tx<'_>, column: &Column, posted: bool, grades: u64, by: PersonId) -> Result<()> {
    let (id, now): (store::Id, Time) = (tx.new_id(), tx.now());
    tx.execute(
        sql!("insert into grade_posting (id, grade_column, posted, grades, at, by) values (?1, ?2, ?3, ?4, ?5, ?6)"),
        params![id, column.id, posted, grades, now, by],
    )?;
    let verb = if posted { "grades.posted" } else { "grades.hidden" };
    let event = Event::new(verb, "grade-column", column.id).by(by).within("course", column.course);
    tx.record(&event.with("title", column.title.as_str()).with("grades", grades))?;
    Ok(())
}

/// When grades of a column were shown and hidden, the last first.
pub fn of(tx: &mut Tx<'_>, column: &Column) -> Result<Vec<Posting>> {
    tx.all(
        sql!(
            "select g.posted, g.grades, g.at, trim(p.given || ' ' || p.family) as by_name
             from grade_posting g left join person p on p.id = g.by
             where g.grade_column = ?1 order by g.at desc, g.id desc limit 200"
        ),
        params![column.id],
    )
}
