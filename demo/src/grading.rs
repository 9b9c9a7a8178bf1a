//! How a course of the academy grades: its rules, groups, columns and rubrics as they are written, and how they are made.

use std::collections::{BTreeMap, HashMap};

use assignments::rubric::{Criterion, Level};
use assignments::{Rubric, RubricId, RubricKind};
use courses::CourseId;
use gradebook::late::{Interval, LatePolicy};
use gradebook::scheme::{Scheme, Step};
use gradebook::{
    Column, ColumnId, ColumnSettings, Given, GradeState, Group, GroupId, GroupSettings, NewColumn, Percent, Points,
    Policy, Posts, Source,
};
use people::PersonId;
use serde::Deserialize;
use store::Tx;

use crate::Error;
use crate::days::Days;

/// The rules of a course.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Grading {
    #[serde(default)]
    weighted: bool,
    missing: Option<String>,
    late: Option<Late>,
    #[serde(default)]
    letters: Vec<Letter>,
    #[serde(default)]
    shows_figures: bool,
    #[serde(default)]
    group: Vec<NewGroup>,
    #[serde(default)]
    pub(crate) column: Vec<ToGrade>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Late {
    percent: String,
    every: String,
    lowest: Option<String>,
    #[serde(default)]
    grace_hours: u32,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Letter {
    name: String,
    from: String,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct NewGroup {
    key: String,
    title: String,
    #[serde(default)]
    weight: String,
    #[serde(default)]
    drop_lowest: u32,
}

/// A column for what is done elsewhere, and what people got in it.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ToGrade {
    title: String,
    group: String,
    points: String,
    passing: Option<String>,
    due_days: Option<i64>,
    /// None where nobody has a grade yet.
    pub(crate) graded_days: Option<i64>,
    /// Hidden until somebody posts it.
    #[serde(default)]
    by_hand: bool,
    pub(crate) posted_days: Option<i64>,
    /// By the keys of people: points, `excused` or `missing`.
    pub(crate) grades: BTreeMap<String, String>,
}

/// A rubric.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewRubric {
    key: String,
    title: String,
    criterion: Vec<NewCriterion>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct NewCriterion {
    title: String,
    #[serde(default)]
    description: String,
    level: Vec<NewLevel>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct NewLevel {
    text: String,
    points: String,
}

/// What was made of it.
#[derive(Default)]
pub(crate) struct Graded {
    pub(crate) groups: HashMap<String, GroupId>,
    /// In the order in which they are written.
    pub(crate) columns: Vec<ColumnId>,
}

pub(crate) fn points(text: &str) -> Result<Points, Error> {
    text.parse().map_err(|_| Error::Content(format!("{text} are no points")))
}

fn percent(text: &str) -> Result<Percent, Error> {
    text.parse().map_err(|_| Error::Content(format!("{text} is no percentage")))
}

/// A grade as it is written in a column.
pub(crate) fn given(text: &str) -> Result<Given, Error> {
    let without = |state| Given { points: None, state, submitted_at: None, late_seconds: 0, source: Source::Marker };
    Ok(match text {
        "excused" => without(GradeState::Excused),
        "missing" => without(GradeState::Missing),
        points_of => Given::points(points(points_of)?, Source::Marker),
    })
}

/// Sets the rules of a course and makes its groups and the columns without an item.
pub(crate) fn make(
    tx: &mut Tx<'_>,
    course: CourseId,
    told: &Grading,
    days: &Days,
    by: PersonId,
) -> Result<Graded, Error> {
    policy(told)?.save(tx, course, by)?;
    let mut made = Graded::default();
    for group in &told.group {
        let settings = GroupSettings {
            title: group.title.clone(),
            weight: if group.weight.is_empty() { Percent::default() } else { percent(&group.weight)? },
            drop_lowest: group.drop_lowest,
            drop_highest: 0,
        };
        made.groups.insert(group.key.clone(), Group::add(tx, course, &settings, by)?);
    }
    for column in &told.column {
        let new = NewColumn {
            title: &column.title,
            points: points(&column.points)?,
            group: Some(*made.groups.get(&column.group).ok_or_else(|| no_group(&column.group))?),
            due_at: column.due_days.map(|count| days.evening(count)),
        };
        let row = Column::add(tx, course, &new, by)?;
        let settings = ColumnSettings {
            passing: column.passing.as_deref().map(points).transpose()?,
            posts: column.by_hand.then_some(Posts::ByHand),
            ..row.settings()
        };
        row.change(tx, &settings, by)?;
        made.columns.push(row.id);
    }
    Ok(made)
}

fn no_group(key: &str) -> Error {
    Error::Content(format!("there is no group {key}"))
}

fn policy(told: &Grading) -> Result<Policy, Error> {
    let late = |late: &Late| {
        Ok::<_, Error>(LatePolicy {
            percent_each: percent(&late.percent)?,
            interval: if late.every == "hour" { Interval::Hour } else { Interval::Day },
            lowest: late.lowest.as_deref().map(percent).transpose()?,
            grace_minutes: late.grace_hours * 60,
        })
    };
    let step = |letter: &Letter| {
        Ok::<_, Error>(Step { name: letter.name.clone(), from: percent(&letter.from)?, grade_points: None })
    };
    let steps: Vec<Step> = told.letters.iter().map(step).collect::<Result<_, _>>()?;
    let wrong = |no| Error::Content(format!("the letters make no scheme: {no:?}"));
    Ok(Policy {
        weighted: told.weighted,
        late: told.late.as_ref().map(late).transpose()?,
        missing: told.missing.as_deref().map(percent).transpose()?,
        scheme: if steps.is_empty() { None } else { Some(Scheme::new(steps).map_err(wrong)?) },
        shows_figures: told.shows_figures,
        ..Policy::default()
    })
}

/// Puts the column of an item into its group.
pub(crate) fn into_group(
    tx: &mut Tx<'_>,
    item: &outline::Item,
    group: &str,
    made: &Graded,
    by: PersonId,
) -> Result<(), Error> {
    let group = *made.groups.get(group).ok_or_else(|| no_group(group))?;
    if let Some(column) = Column::of_item(tx, item.id)? {
        column.change(tx, &ColumnSettings { group: Some(group), ..column.settings() }, by)?;
    }
    Ok(())
}

/// Makes the rubrics of a course, by their keys.
pub(crate) fn rubrics(
    tx: &mut Tx<'_>,
    course: CourseId,
    told: &[NewRubric],
    by: PersonId,
) -> Result<HashMap<String, RubricId>, Error> {
    let mut made = HashMap::new();
    for rubric in told {
        let mut criteria = Vec::new();
        for criterion in &rubric.criterion {
            criteria.push(written(tx, criterion)?);
        }
        let id = Rubric::create(tx, course, &rubric.title, RubricKind::Rubric, by)?;
        Rubric::find(tx, course, id)?.change(tx, course, &rubric.title, &criteria, by)?;
        made.insert(rubric.key.clone(), id);
    }
    Ok(made)
}

fn written(tx: &mut Tx<'_>, told: &NewCriterion) -> Result<Criterion, Error> {
    let level =
        |level: &NewLevel| Ok::<_, Error>(Level { text: level.text.clone(), points: points(&level.points)?.units() });
    Ok(Criterion {
        id: tx.new_id(),
        title: told.title.clone(),
        description: told.description.clone(),
        points: 0,
        levels: told.level.iter().map(level).collect::<Result<_, _>>()?,
    })
}
