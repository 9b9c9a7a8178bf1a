//! The rules of grades: from points to a total that explains itself (campus-rules M1, M2, M4, M9). Pure: what goes in was
//! loaded, what comes out is shown or kept. All arithmetic is exact; rounding happens once, where a figure is shown.
//!
//! - [`Points`] are what a person reads and types: a decimal with four places.
//! - [`total()`] makes a course total of a learner's rows, with every row's fate: counted, dropped, excused, left out.
//! - [`late`] takes points off for late work; [`scheme`] turns a percentage into a letter; [`outcome`] rolls results up.

pub mod drops;
pub mod late;
pub mod outcome;
mod points;
pub mod scheme;
pub mod total;

pub use points::{NoPoints, Percent, Points};
pub use total::{Mode, Row, Rules, Total, total};

store::id!(ColumnId, GroupId);

/// The tables of this crate.
pub static SCHEMA: store::Schema = store::Schema { noun: "gradebook", migrations: &[], needs: &[&outline::SCHEMA] };

/// The addresses of this crate.
pub fn routes() -> web::Routes {
    web::Routes::new()
}
