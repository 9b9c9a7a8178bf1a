//! What became of grades: every change, who made it, and when.

use courses::CourseId;
use people::PersonId;
use store::{FromRow, Id, Result, Row, Time, Tx, params, sql};

use crate::sheet::Entry;
use crate::{BatchId, ColumnId, GradeState, Points, Source};

/// Changes on one page of the history.
pub(crate) const PAGE: u32 = 100;

/// A change of a grade.
#[derive(Clone, Debug, FromRow)]
pub struct Change {
    /// Its id.
    pub id: Id,
    /// The column.
    pub grade_column: ColumnId,
    /// What the column is called.
    pub title: String,
    /// The learner.
    pub person: PersonId,
    /// The learner's name.
    pub name: String,
    /// The batch that it belongs to.
    pub batch: Option<BatchId>,
    /// Where the grade comes from.
    pub source: Source,
    /// The points before.
    pub before_points: Option<Points>,
    /// How it stood before.
    pub before_state: GradeState,
    /// Whether lateness was waived before.
    pub before_waived: bool,
    /// The points.
    pub points: Option<Points>,
    /// How it stands.
    pub state: GradeState,
    /// Whether lateness is waived.
    pub late_waived: bool,
    /// When.
    pub at: Time,
    /// Who changed it.
    pub by_name: Option<String>,
}

/// Which changes.
#[derive(Clone, Copy, Debug, Default)]
pub struct Which {
    /// Only those of this column.
    pub column: Option<ColumnId>,
    /// Only those of this learner.
    pub person: Option<PersonId>,
    /// Only those before this one, by its moment and id: many can be of one moment.
    pub before: Option<(Time, Id)>,
}

/// The changes of a course, the last first: one statement.
pub fn of_course(tx: &mut Tx<'_>, course: CourseId, which: &Which, limit: u32) -> Result<Vec<Change>> {
    let (at, id) = which.before.unzip();
    tx.all(
        sql!(
            "select h.id, h.grade_column, w.title, h.person, trim(l.given || ' ' || l.family) as name, h.batch, h.source,
                    h.before_points, h.before_state, h.before_waived, h.points, h.state, h.late_waived, h.at,
                    trim(p.given || ' ' || p.family) as by_name
             from grade_change h join grade_column_whole w on w.id = h.grade_column join person l on l.id = h.person
             left join person p on p.id = h.by
             where h.course = ?1 and (h.grade_column = ?2 or cast(?2 as uuid) is null)
             and (h.person = ?3 or cast(?3 as uuid) is null)
             and (cast(?4 as timestamptz) is null or (h.at, h.id) < (?4, ?5))
             order by h.at desc, h.id desc limit ?6"
        ),
        params![course, which.column, which.person, at, id, limit],
    )
}

/// A grade beside one of its changes, of which there may be none.
struct GradeAndChange(Entry, Option<Change>);

impl FromRow for GradeAndChange {
    fn from_row(row: &Row<'_>) -> Result<Self> {
        let entry = Entry {
            points: row.get("now_points")?,
            state: row.get("now_state")?,
            submitted_at: row.get("submitted_at")?,
            late_seconds: row.get("late_seconds")?,
            late_waived: row.get("now_waived")?,
            posted: row.get("posted")?,
        };
        let change = row.get::<Option<Id>>("id")?.map(|_| Change::from_row(row)).transpose()?;
        Ok(Self(entry, change))
    }
}

/// One grade and its changes, the last first: one statement.
pub fn of_cell(tx: &mut Tx<'_>, column: ColumnId, person: PersonId) -> Result<(Option<Entry>, Vec<Change>)> {
    let rows: Vec<GradeAndChange> = tx.all(
        sql!(
            "select g.points as now_points, g.state as now_state, g.submitted_at, g.late_seconds,
                    g.late_waived as now_waived, g.posted_at is not null as posted,
                    h.id, h.grade_column, '' as title, h.person, '' as name, h.batch, h.source, h.before_points,
                    h.before_state, h.before_waived, h.points, h.state, h.late_waived, h.at,
                    trim(p.given || ' ' || p.family) as by_name
             from grade g left join grade_change h on h.grade_column = g.grade_column and h.person = g.person
             left join person p on p.id = h.by
             where g.grade_column = ?1 and g.person = ?2 order by h.at desc, h.id desc limit 100"
        ),
        params![column, person],
    )?;
    let entry = rows.first().map(|row| row.0);
    Ok((entry, rows.into_iter().filter_map(|row| row.1).collect()))
}
