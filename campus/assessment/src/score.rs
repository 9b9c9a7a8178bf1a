//! What an answer earns, and why (campus-rules M13). Pure and exact: shares are fractions, rounded to points once.

mod choice;
mod order;
mod words;

use num_rational::BigRational;
use num_traits::Zero;
use serde::{Deserialize, Serialize};

use crate::answer::Answer;
use crate::question::{Gap, GapKey, Gaps, Match, Pair, Question, Task};
use crate::share::Share;

store::text_enum! {
    /// Why a part earns what it earns; the message `assessment-reason-VALUE` says it.
    pub enum Reason {
        /// It is right.
        Right = "right",
        /// It is right in part.
        Partly = "partly",
        /// It is not right.
        Wrong = "wrong",
        /// Nothing was answered.
        Empty = "empty",
        /// It belongs to the answer and was not chosen.
        Missed = "missed",
        /// It was rightly left out.
        RightlyLeft = "rightly-left",
        /// It is no number.
        NoNumber = "no-number",
        /// The number is too far off.
        TooFar = "too-far",
        /// The unit is missing.
        NoUnit = "no-unit",
        /// The unit is not one of those that are known.
        WrongUnit = "wrong-unit",
        /// The number is right, the unit is not, which costs a part.
        UnitCost = "unit-cost",
        /// It stands at another place.
        Misplaced = "misplaced",
        /// It has no place of its own.
        Unplaced = "unplaced",
        /// A person marks it.
        ByHand = "by-hand",
    }
}

/// One part of an answer and what came of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Part {
    /// Which part: the option, the left side, the gap; empty where the question has only one.
    #[serde(default)]
    pub label: String,
    /// What was answered, as people read it.
    #[serde(default)]
    pub given: String,
    /// What would have been right; empty where that is no help.
    #[serde(default)]
    pub right: String,
    /// What it earns of the whole question; the whole may be bounded.
    #[serde(default)]
    pub share: Share,
    /// Why.
    pub reason: Reason,
    /// What the author says to it, in Markdown.
    #[serde(default)]
    pub feedback: String,
}

/// What an answer earns.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Mark {
    /// Of the whole question; none until a person has marked it.
    pub share: Option<Share>,
    /// Why, part by part.
    pub parts: Vec<Part>,
}

/// What an answer to a question earns.
pub fn score(question: &Question, answer: &Answer) -> Mark {
    match &question.task {
        Task::Single(single) => choice::single(single, answer),
        Task::Multiple(multiple) => choice::multiple(multiple, answer),
        Task::TrueFalse(question) => choice::true_false(question, answer),
        Task::Short(short) => one(words::short(short, answer.text())),
        Task::Number(number) => one(words::number(number, answer.text())),
        Task::Match(matching) => pairs(matching, answer),
        Task::Order(ordering) => order::order(ordering, answer),
        Task::Gaps(with) => gaps(with, answer),
        Task::Essay(_) if answer.is_nothing() => one(part(Reason::Empty, Share::none())),
        Task::Essay(_) => Mark { share: None, parts: vec![part(Reason::ByHand, Share::none())] },
        Task::Info => Mark { share: Some(Share::none()), parts: Vec::new() },
    }
}

fn part(reason: Reason, share: Share) -> Part {
    Part { label: String::new(), given: String::new(), right: String::new(), share, reason, feedback: String::new() }
}

fn one(part: Part) -> Mark {
    Mark { share: Some(part.share.clone()), parts: vec![part] }
}

/// The sum of the parts, between these bounds.
fn summed(parts: Vec<Part>, least: i64) -> Mark {
    let sum: BigRational =
        parts.iter().map(|part| part.share.0.clone()).fold(BigRational::zero(), |sum, one| sum + one);
    Mark { share: Some(Share(sum).clamped(least, 1)), parts }
}

/// A pair is right where what was chosen reads as its right side, whichever pair it came from.
fn pairs(matching: &Match, answer: &Answer) -> Mark {
    let rights = matching.rights();
    let each = Share::of(1, matching.pairs.len());
    let judged = |pair: &Pair| {
        let given = answer.of_part(pair.id).and_then(|id| rights.iter().find(|(right, _)| *right == id));
        let (reason, share) = match given {
            None => (Reason::Empty, Share::none()),
            Some((_, text)) if *text == pair.right => (Reason::Right, each.clone()),
            Some(_) => (Reason::Wrong, Share::none()),
        };
        Part {
            label: pair.left.clone(),
            given: given.map(|(_, text)| (*text).to_owned()).unwrap_or_default(),
            right: pair.right.clone(),
            ..part(reason, share)
        }
    };
    summed(matching.pairs.iter().map(judged).collect(), 0)
}

/// Each gap counts by its weight.
fn gaps(with: &Gaps, answer: &Answer) -> Mark {
    let all: usize = with.gaps.iter().map(|gap| usize::from(gap.weight)).sum();
    let judged = |gap: &Gap| {
        let given = answer.in_gap(gap.id);
        let own = match &gap.key {
            GapKey::Text(short) => words::short(short, given),
            GapKey::Number(number) => words::number(number, given),
            GapKey::Choice(single) => choice::in_gap(single, given),
        };
        let weight = Share::of(usize::from(gap.weight), all);
        Part { label: gap.id.to_string(), share: Share(own.share.0 * weight.0), ..own }
    };
    summed(with.gaps.iter().map(judged).collect(), 0)
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::allow_attributes, reason = "a test says so by stopping")]
mod tests;
