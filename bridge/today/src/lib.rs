//! Today: what a person does next, over all courses and in all roles at once.
//!
//! The page asks `courses` for the person's courses, `outline` for the steps in those that they learn in and for a line
//! on each that they teach: nine statements at most, however many courses there are.

mod agenda;
mod page;

pub use page::routes;

/// No tables of its own; those of all that it asks.
pub static SCHEMA: store::Schema = store::Schema { noun: "today", migrations: &[], needs: &[&outline::SCHEMA] };
