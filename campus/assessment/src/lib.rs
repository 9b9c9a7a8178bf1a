//! Questions, quizzes and attempts (campus-rules M11 to M15).

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
