//! What one person has in one column.

use outline::ItemId;
use people::PersonId;
use store::{FromRow, Result, Time, Tx, params, sql};

use crate::late::{Deduction, late};
use crate::sheet::Entry;
use crate::{Column, ColumnId, Points, Policy};

store::text_enum! {
    /// How a grade stands.
    pub enum GradeState {
        /// There is none; something may have been handed in.
        None = "none",
        /// It has points.
        Graded = "graded",
        /// Part of it waits to be read: the points may change.
        Pending = "pending",
        /// The learner need not do it.
        Excused = "excused",
        /// Somebody said that it is missing.
        Missing = "missing",
    }
}

store::text_enum! {
    /// Where a grade comes from.
    pub enum Source {
        /// Somebody marked the work.
        Marker = "marker",
        /// A quiz was scored.
        Quiz = "quiz",
        /// A list was read in.
        Import = "import",
        /// Somebody set it in the gradebook, whatever the work itself got. A quiz does not replace it.
        Override = "override",
    }
}

/// A grade to be given. It says everything: what it leaves out is taken away.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Given {
    /// Raw points, before anything is taken off for lateness.
    pub points: Option<Points>,
    /// How it stands.
    pub state: GradeState,
    /// When the work was handed in.
    pub submitted_at: Option<Time>,
    /// How many seconds after the date that held for this person; 0 in time.
    pub late_seconds: i64,
    /// Where it comes from.
    pub source: Source,
}

impl Given {
    /// So many points, for work of which nothing is known.
    pub const fn points(points: Points, source: Source) -> Self {
        Self { points: Some(points), state: GradeState::Graded, submitted_at: None, late_seconds: 0, source }
    }
}

/// A grade as it is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, FromRow)]
pub struct Grade {
    /// The column.
    pub grade_column: ColumnId,
    /// The learner.
    pub person: PersonId,
    /// Raw points, before anything is taken off for lateness.
    pub points: Option<Points>,
    /// How it stands.
    pub state: GradeState,
    /// When the work was handed in.
    pub submitted_at: Option<Time>,
    /// How many seconds too late.
    pub late_seconds: i64,
    /// Whether nothing is taken off for that.
    pub late_waived: bool,
    /// Where it comes from.
    pub source: Source,
    /// Since when the learner sees it.
    pub posted_at: Option<Time>,
    /// Who posted it.
    pub posted_by: Option<PersonId>,
    /// When it was last changed.
    pub given_at: Time,
    /// By whom.
    pub given_by: Option<PersonId>,
}

impl Grade {
    /// Whether the learner may see it.
    pub const fn is_posted(&self) -> bool {
        self.posted_at.is_some()
    }

    /// The grade with its lateness by the date that holds for the learner now: one that was moved after the work came in
    /// counts anew (M4).
    #[must_use]
    pub fn dated(mut self, due: Option<Time>) -> Self {
        self.late_seconds = self.entry().late(due);
        self
    }

    /// What the policy takes off for lateness (M4); none where it takes nothing.
    pub fn deduction(&self, possible: Points, policy: &Policy) -> Option<Deduction> {
        let (raw, rule) = self.points.zip(policy.late.as_ref())?;
        let applies = self.state == GradeState::Graded && self.late_seconds > 0 && !self.late_waived;
        let taken = applies.then(|| late(raw, possible, self.late_seconds, rule))?;
        (taken.points > Points::ZERO).then_some(taken)
    }

    /// The points that count: what is left after lateness. None unless it is graded.
    pub fn score(&self, possible: Points, policy: &Policy) -> Option<Points> {
        let raw = self.points.filter(|_| self.state == GradeState::Graded)?;
        Some(self.deduction(possible, policy).map_or(raw, |taken| taken.score))
    }

    /// Whether it is a grade that passes in this column.
    pub fn passes(&self, column: &Column, policy: &Policy) -> bool {
        let score = self.score(column.points, policy);
        score.is_some_and(|score| column.passing.is_none_or(|least| score >= least))
    }

    /// As a sheet needs it.
    pub const fn entry(&self) -> Entry {
        Entry {
            points: self.points,
            state: self.state,
            submitted_at: self.submitted_at,
            late_seconds: self.late_seconds,
            late_waived: self.late_waived,
            posted: self.is_posted(),
        }
    }

    /// What was given.
    pub const fn as_given(&self) -> Given {
        Given {
            points: self.points,
            state: self.state,
            submitted_at: self.submitted_at,
            late_seconds: self.late_seconds,
            source: self.source,
        }
    }
}

/// Of what a grade is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Of {
    /// A column.
    Column(ColumnId),
    /// The column of an item.
    Item(ItemId),
}

impl From<ColumnId> for Of {
    fn from(id: ColumnId) -> Self {
        Self::Column(id)
    }
}

impl From<&Column> for Of {
    fn from(column: &Column) -> Self {
        Self::Column(column.id)
    }
}

impl From<ItemId> for Of {
    fn from(id: ItemId) -> Self {
        Self::Item(id)
    }
}

/// The grade of one person, where there is one. Whether the learner may see it, [`Grade::is_posted`] says.
pub fn of_person(tx: &mut Tx<'_>, of: impl Into<Of>, person: PersonId) -> Result<Option<Grade>> {
    match of.into() {
        Of::Column(column) => tx.maybe(
            sql!(
                "select grade_column, person, points, state, submitted_at, late_seconds, late_waived, source, posted_at,
                        posted_by, given_at, given_by from grade where grade_column = ?1 and person = ?2"
            ),
            params![column, person],
        ),
        Of::Item(item) => tx.maybe(
            sql!(
                "select g.grade_column, g.person, g.points, g.state, g.submitted_at, g.late_seconds, g.late_waived, g.source,
                        g.posted_at, g.posted_by, g.given_at, g.given_by
                 from grade g join grade_column c on c.id = g.grade_column where c.item = ?1 and g.person = ?2"
            ),
            params![item, person],
        ),
    }
}

/// All grades of a column.
pub fn of_column(tx: &mut Tx<'_>, column: ColumnId) -> Result<Vec<Grade>> {
    tx.all(
        sql!(
            "select grade_column, person, points, state, submitted_at, late_seconds, late_waived, source, posted_at,
                    posted_by, given_at, given_by from grade where grade_column = ?1"
        ),
        params![column],
    )
}
