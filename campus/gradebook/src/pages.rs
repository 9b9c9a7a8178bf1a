//! The pages of the gradebook, one file each.

mod cell;
mod common;
mod explain;
mod figures;
mod grid;
mod mine;
mod words;

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::allow_attributes, reason = "a test says so by stopping")]
mod tests;

use web::{Access, Routes};

use crate::{GRADE, VIEW_GRADES};

/// The addresses of this crate, each with who may ask.
pub fn routes() -> Routes {
    let learn = Access::Needs(courses::LEARN.as_str());
    let view = Access::Needs(VIEW_GRADES.as_str());
    let grade = Access::Needs(GRADE.as_str());
    Routes::new()
        .get("/courses/{course}/grades", learn, mine::show)
        .get("/courses/{course}/grades/class", learn, figures::show)
        .get("/courses/{course}/gradebook", view, grid::show)
        .get("/courses/{course}/gradebook/cells/{column}/{person}", view, cell::show)
        .post("/courses/{course}/gradebook/cells/{column}/{person}", grade, cell::save)
        .get("/courses/{course}/gradebook/people/{person}", view, mine::of_one)
}
