//! Questions, quizzes and attempts (campus-rules M11, M13, M14, M15).
//!
//! - A [`question`] is asked in one of ten kinds; [`score`] says what an [`answer`] earns and why, in exact fractions. Both are
//!   pure, as are [`clock`] (when an attempt ends), [`keep`] (which attempt counts), [`review`] (what is shown when) and
//!   [`statistics`].
//! - The [`bank`] of a course holds questions in [`folder`]s, with tags; each save is a version, and none is ever changed. A
//!   [`quiz`] has places for certain questions or for some that are drawn.
//! - An [`attempt`] is a state machine that the server runs: begun, answered, ended by [`finish`] or, once its time is up, by a
//!   job. [`responses`] takes in what is answered: rows that are only ever added, numbered by the browser, so that nothing is
//!   lost by a second click, a second tab or a slow network.
//! - [`mark`] is what each question of an ended attempt earned, marked by hand or scored anew after a dry run; [`grade`] hands
//!   the outcome on to the gradebook. [`report`] is what those who teach see of all.
//! - [`import`] reads the files of other systems.

pub mod answer;
pub mod attempt;
pub mod bank;
pub mod clock;
pub mod copying;
mod draw;
pub mod finish;
pub mod folder;
pub mod gaps;
pub mod grade;
pub mod import;
mod jobs;
pub mod keep;
mod kind;
pub mod mark;
mod pages;
pub mod question;
pub mod quiz;
pub mod report;
pub mod responses;
pub mod review;
pub mod score;
pub mod share;
mod shuffle;
pub mod statistics;

pub use jobs::{jobs, schedules};
pub use kind::QuizKind;
pub use pages::routes;

store::id!(FolderId, QuestionId, SlotId, AttemptId);

/// The tables of this crate.
pub static SCHEMA: store::Schema = store::Schema {
    noun: "assessment",
    migrations: &[store::migration!("0001_assessment")],
    needs: &[&gradebook::SCHEMA],
};

/// The kinds of this crate.
pub fn kinds(kinds: outline::Kinds) -> outline::Kinds {
    kinds.with(QuizKind)
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::allow_attributes, reason = "a test says so by stopping")]
mod tests;
