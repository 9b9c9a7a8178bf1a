//! One learner's grades in a course, worked out: every column with how it stands, and the totals that follow. Pure.
//!
//! The totals carry their explanation: what counted, what was dropped, what lateness took. A page only puts it into words.

use std::sync::Arc;

use courses::SectionId;
use people::PersonId;
use store::{Id, Time};

use crate::book::Book;
use crate::drops::DropRule;
use crate::finals::SetGrade;
use crate::late::{Deduction, late, missing};
use crate::scheme::Step;
use crate::total::{GroupRule, View, total};
use crate::{Column, GradeState, Group, GroupId, Mode, Percent, Points, Policy, Row, Rules, Total};

/// Somebody who takes a course.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Learner {
    /// The person.
    pub person: PersonId,
    /// Given name.
    pub given: String,
    /// Family name.
    pub family: String,
    /// The name by which they are sorted.
    pub sort_name: String,
    /// E-mail address.
    pub email: String,
    /// The sections in which they are.
    pub sections: Vec<SectionId>,
    /// What these are called.
    pub section_names: Vec<String>,
    /// Whether they have ended the course.
    pub concluded: bool,
    /// What was last set of their final grade.
    pub set: Option<SetGrade>,
}

impl Learner {
    /// Given and family name.
    pub fn name(&self) -> String {
        format!("{} {}", self.given, self.family).trim().to_owned()
    }
}

/// A grade as a sheet needs it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Raw points.
    pub points: Option<Points>,
    /// How it stands.
    pub state: GradeState,
    /// When something was handed in.
    pub submitted_at: Option<Time>,
    /// How many seconds too late, as whoever gave it said.
    pub late_seconds: i64,
    /// Whether nothing is taken off for that.
    pub late_waived: bool,
    /// Whether the learner sees it.
    pub posted: bool,
}

impl Entry {
    /// How many seconds too late, by the date that holds for the learner now: a date that was moved after the work came in
    /// counts anew (M4). Of work of which nobody knows when it came in, as whoever gave it said.
    pub fn late(&self, due: Option<Time>) -> i64 {
        match (self.submitted_at, due) {
            (Some(at), Some(due)) => {
                let micros = at.micros().saturating_sub(due.micros()).max(0);
                micros / 1_000_000 + i64::from(micros % 1_000_000 > 0)
            }
            (Some(_), None) => 0,
            (None, _) => self.late_seconds,
        }
    }

    /// So many points, seen by the learner: what somebody tries out.
    pub const fn tried(points: Points) -> Self {
        Self {
            points: Some(points),
            state: GradeState::Graded,
            submitted_at: None,
            late_seconds: 0,
            late_waived: false,
            posted: true,
        }
    }
}

/// How a column stands for one learner. The first that applies counts (campus-rules M5).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// It does not concern them.
    NotTheirs,
    /// They need not do it.
    Excused,
    /// It was not done in time, or somebody said that it is missing.
    Missing,
    /// Part of it waits to be read.
    Pending,
    /// It has points.
    Graded,
    /// It was handed in and waits for a grade.
    HandedIn,
    /// Nothing yet.
    NotYet,
}

/// One column for one learner.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cell {
    /// How it stands.
    pub status: Status,
    /// Whether it was handed in late.
    pub is_late: bool,
    /// Points before anything is taken off.
    pub raw: Option<Points>,
    /// What lateness took.
    pub deduction: Option<Deduction>,
    /// The points that count.
    pub score: Option<Points>,
    /// Whether the score is that of missing work.
    pub by_missing_rule: bool,
    /// Whether the learner may see it.
    pub posted: bool,
    /// How many seconds too late.
    pub late_seconds: i64,
    /// Until when it is to be done.
    pub due: Option<Time>,
    /// The grade that it was made of.
    kept: Option<Entry>,
}

impl Cell {
    /// What is typed into the table to get this. Work that is missing by its date alone has no grade.
    pub(crate) fn typed(&self) -> String {
        self.kept.as_ref().map_or_else(String::new, |entry| crate::typed::kept_entry(Some(entry)))
    }

    /// The cell as its learner sees it: points that are not posted are as good as not there. That somebody is excused is
    /// seen at once.
    #[must_use]
    pub fn as_learner(mut self) -> Self {
        let tells = matches!(self.status, Status::Pending | Status::Graded) || self.score.is_some();
        if !self.posted && tells {
            self.status = if self.status == Status::Missing { Status::Missing } else { Status::HandedIn };
            (self.raw, self.deduction, self.score, self.by_missing_rule) = (None, None, None, false);
            self.kept = None;
        }
        self
    }
}

/// One learner's grades, worked out.
#[derive(Clone, Debug, PartialEq)]
pub struct Sheet {
    /// One for each column of the book.
    pub cells: Vec<Cell>,
    /// What the totals were made of: a row for each column that concerns the learner.
    rows: Vec<Row>,
    rules: Arc<Rules>,
    view: View,
}

impl Sheet {
    /// The total of this kind, with its explanation.
    pub fn total(&self, mode: Mode) -> Total {
        total(&self.rows, &self.rules, mode, self.view)
    }
}

/// The step of the policy's scheme for a percentage.
pub fn letter(policy: &Policy, percent: Option<Percent>) -> Option<&Step> {
    policy.scheme.as_ref().zip(percent).and_then(|(scheme, percent)| scheme.step(percent))
}

/// The group in which columns without a group count: without weight and drops.
pub fn no_group() -> GroupId {
    GroupId(Id::nil())
}

/// The rules of totals that follow from a policy, its groups and columns.
pub fn rules(policy: &Policy, groups: &[Group], columns: &[Column]) -> Rules {
    let rule = |group: &Group| {
        let never = columns.iter().filter(|column| column.never_drop && column.group == Some(group.id));
        let drops = DropRule {
            lowest: group.drop_lowest as usize,
            highest: group.drop_highest as usize,
            never: never.map(|column| column.id).collect(),
        };
        (group.id, GroupRule { weight: group.weight, drops })
    };
    Rules { groups: groups.iter().map(rule).collect(), weighted: policy.weighted }
}

/// Works out a sheet of the entries, one for each column; `of` says whether a column concerns the learner, and until when
/// it is to be done.
pub(crate) fn sheet(
    book: &Book,
    entries: Vec<Option<Entry>>,
    of: impl Fn(usize) -> (bool, Option<Time>),
    view: View,
) -> Sheet {
    let mut rows = Vec::with_capacity(book.columns.len());
    let mut cells = Vec::with_capacity(book.columns.len());
    for (at, (column, entry)) in book.columns.iter().zip(entries).enumerate() {
        let (is_theirs, due) = of(at);
        let cell = cell(column, entry.as_ref(), is_theirs, due, &book.policy, book.now());
        if cell.status != Status::NotTheirs {
            rows.push(row(column, entry.as_ref(), &cell));
        }
        cells.push(cell);
    }
    Sheet { cells, rows, rules: Arc::clone(&book.rules), view }
}

/// How a column stands for a learner (M5), and what the policy makes of the points (M4).
fn cell(
    column: &Column,
    entry: Option<&Entry>,
    is_theirs: bool,
    due: Option<Time>,
    policy: &Policy,
    now: Time,
) -> Cell {
    let state = entry.map_or(GradeState::None, |entry| entry.state);
    let submitted = entry.is_some_and(|entry| entry.submitted_at.is_some());
    let is_over = column.hands_in && !submitted && due.is_some_and(|due| due < now);
    let status = match state {
        // What has a grade is shown, whomever it concerns by now.
        GradeState::Excused => Status::Excused,
        GradeState::Missing => Status::Missing,
        GradeState::Pending => Status::Pending,
        GradeState::Graded => Status::Graded,
        GradeState::None if submitted => Status::HandedIn,
        GradeState::None if !is_theirs => Status::NotTheirs,
        GradeState::None if is_over => Status::Missing,
        GradeState::None => Status::NotYet,
    };
    let raw = entry.and_then(|entry| entry.points).filter(|_| matches!(status, Status::Graded | Status::Pending));
    let late_seconds = entry.map_or(0, |entry| entry.late(due));
    let counts_late = late_seconds > 0 && entry.is_some_and(|entry| !entry.late_waived);
    let rule = policy.late.as_ref().filter(|_| counts_late && status == Status::Graded);
    let deduction = rule.zip(raw).map(|(rule, raw)| late(raw, column.points, late_seconds, rule));
    let deduction = deduction.filter(|taken| taken.points > Points::ZERO);
    let lost = policy.missing.filter(|_| status == Status::Missing);
    let score = match (deduction, lost) {
        (Some(taken), _) => Some(taken.score),
        (None, Some(off)) => Some(missing(column.points, off)),
        (None, None) => raw,
    };
    Cell {
        status,
        is_late: counts_late && !matches!(status, Status::Excused | Status::Missing),
        raw,
        deduction,
        score,
        by_missing_rule: lost.is_some(),
        posted: entry.is_none_or(|entry| entry.posted || entry.state == GradeState::None),
        late_seconds,
        due,
        kept: entry.copied(),
    }
}

fn row(column: &Column, entry: Option<&Entry>, cell: &Cell) -> Row {
    Row {
        column: column.id,
        group: column.group.unwrap_or_else(no_group),
        score: cell.score,
        possible: if column.extra { Points::ZERO } else { column.points },
        excused: cell.status == Status::Excused,
        counts: column.counts,
        pending: cell.status == Status::Pending,
        posted: cell.posted,
        submitted: entry.is_some_and(|entry| entry.submitted_at.is_some()),
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::allow_attributes, reason = "a test says so by stopping")]
mod tests;
