//! The gradebook: what is graded in a course, who got what, and what the rules make of it (campus-rules M1, M2, M4, M5, M9).
//!
//! - A [`Column`] is what is graded: an item of the outline, or work that has none. Columns of one [`Group`] count
//!   together. A kind of activity makes its column with [`Column::for_item`] and grades in it with [`give`].
//! - A [`Grade`] is what one person has in one column: raw points and lateness. Every change leaves a row behind, and is
//!   undone by another ([`history`]). Learners see what is posted ([`posting`]).
//! - A [`Policy`] is how a course grades: weights, late work, letters. It is applied when grades are read: another policy
//!   or date works everything out anew from the raw points.
//! - [`sheet`] is the pure heart: columns, grades and rules in, one learner's totals with their explanation out.
//! - [`finals`] are course grades that somebody set, settled or amended; [`list`] takes grades out and in; [`curve`] moves
//!   those of a column.
//!
//! The rules themselves are pure and exact; rounding happens once, where a figure is shown: [`Points`] are what a person
//! reads and types, [`total()`] makes a total with every row's fate, [`late`] takes points off, [`scheme`] turns a percentage
//! into a letter, [`outcome`] rolls results up.

pub mod book;
mod column;
mod copy;
pub mod curve;
pub mod drops;
pub mod finals;
mod give;
mod grade;
pub mod history;
pub mod late;
pub mod list;
pub mod outcome;
mod pages;
mod permission;
mod points;
mod policy;
pub mod posting;
pub mod scheme;
pub mod sheet;
pub mod total;
mod typed;

pub use column::{Column, ColumnSettings, NewColumn};
pub use copy::copy;
pub use give::{Giving, give, handed_in};
pub use grade::{Given, Grade, GradeState, Of, Source, of_column, of_person};
pub use pages::routes;
pub use permission::{GRADE, PERMISSIONS, VIEW_GRADES};
pub use points::{NoPoints, Percent, Points};
pub use policy::{Group, GroupSettings, Policy, Posts};
pub use total::{Mode, Row, Rules, Total, total};

store::id!(ColumnId, GroupId, BatchId, FinalId);

/// The tables of this crate.
pub static SCHEMA: store::Schema =
    store::Schema { noun: "gradebook", migrations: &[store::migration!("0001_gradebook")], needs: &[&outline::SCHEMA] };

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::allow_attributes, reason = "a test says so by stopping")]
mod tests;
