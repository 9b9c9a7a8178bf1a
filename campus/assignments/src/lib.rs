//! What is handed in: assignments, submissions, rubrics and marking (campus-rules M5, M8, M20, M21, M22, M23, M25).
//!
//! - [`assignment`] says what is asked for; its instructions, points and what may be handed in.
//! - [`draft`] keeps what somebody writes; [`submission`] is an attempt as it was handed in, which never changes.
//! - [`rules`] are the pure rules: when something is taken, how late it is, in what state somebody's work is.
//! - [`rubric`] makes points of criteria; [`marking`] is the queue of those who mark, their drafts, and the marks given.
//! - [`peer`] gives learners works of others to review.
//! - [`similarity`] compares what was handed in.

pub mod assignment;
pub mod draft;
mod kind;
pub mod marking;
mod pages;
pub mod peer;
pub mod rubric;
pub mod rules;
pub mod similarity;
pub mod submission;

pub use assignment::{Assignment, Settings};
pub use kind::AssignmentKind;
pub use pages::routes;
pub use rubric::{Rubric, RubricKind};
pub use submission::Submission;

store::id!(SubmissionId, RubricId);

/// The tables of this crate.
pub static SCHEMA: store::Schema = store::Schema {
    noun: "assignments",
    migrations: &[store::migration!("0001_assignments"), store::migration!("0002_peer_reviews")],
    needs: &[&gradebook::SCHEMA, &materials::SCHEMA],
};

/// The kinds of this crate.
pub fn kinds(kinds: outline::Kinds) -> outline::Kinds {
    kinds.with(AssignmentKind)
}
