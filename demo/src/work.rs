//! Assignments of the academy as they are written, what people handed in, and what they got back.

use std::collections::HashMap;

use assignments::assignment::{self, Settings};
use assignments::marking::{self, Marks};
use assignments::rubric::Chosen;
use assignments::submission::{HandedIn, NewSubmission};
use assignments::{Assignment, Rubric, RubricId, draft, submission};
use outline::{Completion, Item};
use people::PersonId;
use serde::Deserialize;
use store::Tx;

use crate::Error;
use crate::grading::points;

/// What an assignment asks for; its instructions stand in the page of the same name.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Asked {
    /// None where there are only words.
    points: Option<String>,
    /// Some of `text`, `files`, `address` and `paper`.
    takes: Vec<String>,
    #[serde(default)]
    file_types: Vec<String>,
    /// As often as they like where none.
    attempts: Option<u32>,
    rubric: Option<String>,
}

/// What somebody wrote.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Work {
    pub(crate) person: String,
    pub(crate) text: String,
    #[serde(default)]
    pub(crate) address: String,
    /// Since when it lies there, begun and not handed in.
    pub(crate) begun_days: Option<i64>,
    pub(crate) mark: Option<Mark>,
}

/// What somebody got for it.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Mark {
    /// How many days after it was handed in.
    pub(crate) days: i64,
    /// The teacher whom the course names first, where none.
    pub(crate) by: Option<String>,
    points: Option<String>,
    /// The places of the levels in the rubric, in the order of its criteria.
    #[serde(default)]
    levels: Vec<usize>,
    #[serde(default)]
    comment: String,
    /// Begun and not given back.
    #[serde(default)]
    draft: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Works {
    work: Vec<Work>,
}

/// What was handed in, as a file of the content says.
pub(crate) fn read(text: &str) -> Result<Vec<Work>, toml::de::Error> {
    toml::from_str::<Works>(text).map(|read| read.work)
}

/// Sets what an assignment asks for.
pub(crate) fn ask(
    tx: &mut Tx<'_>,
    item: &Item,
    asked: &Asked,
    text: &str,
    rubrics: &HashMap<String, RubricId>,
    by: PersonId,
) -> Result<(), Error> {
    let takes = |what: &str| asked.takes.iter().any(|one| one == what);
    let no_rubric = |key: &String| Error::Content(format!("there is no rubric {key}"));
    let settings = Settings {
        source: text.to_owned(),
        points: asked.points.as_deref().map_or(Ok(gradebook::Points::ZERO), points)?,
        takes_text: takes("text"),
        takes_files: takes("files"),
        takes_address: takes("address"),
        on_paper: takes("paper"),
        file_types: asked.file_types.clone(),
        attempts_max: asked.attempts,
        rubric: asked.rubric.as_ref().map(|key| rubrics.get(key).copied().ok_or_else(|| no_rubric(key))).transpose()?,
        ..Settings::default()
    };
    assignment::write(tx, item, &settings, by)?;
    Ok(())
}

/// Leaves it lying, begun.
pub(crate) fn begin(tx: &mut Tx<'_>, item: &Item, person: PersonId, work: &Work) -> Result<(), Error> {
    outline::viewed(tx, item, person)?;
    draft::keep(tx, item.id, person, (work.text.trim(), &work.address), 0)?;
    Ok(())
}

/// Hands it in.
pub(crate) fn hand_in(tx: &mut Tx<'_>, item: &Item, person: PersonId, work: &Work) -> Result<(), Error> {
    let new = NewSubmission {
        person,
        token: tx.new_id(),
        text: work.text.trim(),
        address: &work.address,
        files: &[],
        words: "",
        on_paper: false,
        at: tx.now(),
        by: None,
    };
    match submission::hand_in(tx, item, &new, person)? {
        HandedIn::As(_) => Ok(()),
        HandedIn::Overtaken => Err(Error::Content(format!("{} was handed in twice", item.title))),
    }
}

/// Marks what somebody handed in, or begins to.
pub(crate) fn give(tx: &mut Tx<'_>, item: &Item, person: PersonId, mark: &Mark, by: PersonId) -> Result<(), Error> {
    let assignment = Assignment::find(tx, item.id)?;
    let (levels, sum) = match assignment.rubric {
        Some(id) => chosen(&Rubric::find(tx, item.course, id)?, &mark.levels)?,
        None => (Vec::new(), None),
    };
    let points = match &mark.points {
        Some(text) => Some(points(text)?),
        None => sum,
    };
    let marks = Marks { points, comment: mark.comment.trim().to_owned(), levels };
    if mark.draft {
        marking::keep(tx, item.id, (person, 1), &marks, 0, by)?;
    } else {
        marking::give(tx, item, &assignment, (person, 1), &marks, by)?;
    }
    Ok(())
}

/// What was chosen of a rubric, and the points that it makes.
fn chosen(rubric: &Rubric, levels: &[usize]) -> Result<(Vec<Chosen>, Option<gradebook::Points>), Error> {
    let mut chosen = Vec::new();
    for (criterion, level) in rubric.criteria.0.iter().zip(levels) {
        if *level >= criterion.levels.len() {
            return Err(Error::Content(format!("{} has no level {level}", criterion.title)));
        }
        chosen.push(Chosen { criterion: criterion.id, level: Some(*level), points: None, comment: String::new() });
    }
    let sum = rubric.score(&chosen);
    Ok((chosen, sum))
}

/// Whether somebody must have handed something in to be done with the item.
pub(crate) fn is_handed_in(item: &Item) -> bool {
    item.kind == "assignment" && item.completion == Completion::Submit
}
