//! The pages of the gradebook, one file each.

mod cell;
mod changes;
mod columns;
mod common;
mod curve;
mod explain;
mod figures;
mod finals;
mod grid;
mod lists;
mod mine;
mod settings;
mod words;

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::allow_attributes, reason = "a test says so by stopping")]
mod tests;

pub(crate) use common::no_points;
pub(crate) use grid::sheet_of;
use web::{Access, Routes};

use crate::{GRADE, VIEW_GRADES};

/// The addresses of this crate, each with who may ask.
pub fn routes() -> Routes {
    let learn = Access::Needs(courses::LEARN.as_str());
    let view = Access::Needs(VIEW_GRADES.as_str());
    let grade = Access::Needs(GRADE.as_str());
    Routes::new()
        .get("/courses/{course}/grades", learn, mine::show)
        .get("/courses/{course}/grades/class", Access::SignedIn, figures::show)
        .get("/courses/{course}/gradebook", view, grid::show)
        .get("/courses/{course}/gradebook/cells/{column}/{person}", view, cell::show)
        .post("/courses/{course}/gradebook/cells/{column}/{person}", grade, cell::save)
        .get("/courses/{course}/gradebook/history", view, changes::show)
        .get("/courses/{course}/gradebook/settings", grade, settings::show)
        .post("/courses/{course}/gradebook/settings", grade, settings::save)
        .post("/courses/{course}/gradebook/groups", grade, settings::add_group)
        .post("/courses/{course}/gradebook/groups/all", grade, settings::save_groups)
        .delete("/courses/{course}/gradebook/groups/{group}", grade, settings::delete_group)
        .post("/courses/{course}/gradebook/groups/{group}/up", grade, settings::move_group)
        .post("/courses/{course}/gradebook/groups/{group}/restoration", grade, settings::restore_group)
        .post("/courses/{course}/gradebook/columns", grade, settings::add_column)
        .get("/courses/{course}/gradebook/columns/{column}", grade, columns::show)
        .post("/courses/{course}/gradebook/columns/{column}", grade, columns::save)
        .delete("/courses/{course}/gradebook/columns/{column}", grade, columns::delete)
        .post("/courses/{course}/gradebook/columns/{column}/restoration", grade, columns::restore)
        .get("/courses/{course}/gradebook/columns/{column}/curve", grade, curve::show)
        .post("/courses/{course}/gradebook/columns/{column}/curve", grade, curve::apply)
        .put("/courses/{course}/gradebook/columns/{column}/posting", grade, columns::post)
        .delete("/courses/{course}/gradebook/columns/{column}/posting", grade, columns::hide)
        .get("/courses/{course}/gradebook/list", view, lists::show)
        .post("/courses/{course}/gradebook/list", grade, lists::import)
        .body_limit(lists::BODY_BYTES_MAX)
        .get("/courses/{course}/gradebook/grades.csv", view, lists::download)
        .post("/courses/{course}/gradebook/batches/{batch}/undo", grade, lists::undo)
        .get("/courses/{course}/gradebook/finals", view, finals::show)
        .put("/courses/{course}/gradebook/finals/settlement", grade, finals::lock)
        .delete("/courses/{course}/gradebook/finals/settlement", grade, finals::unlock)
        .post("/courses/{course}/gradebook/people/{person}/final", grade, finals::set)
        .delete("/courses/{course}/gradebook/people/{person}/final", grade, finals::withdraw)
        .get("/courses/{course}/gradebook/people/{person}", view, mine::of_one)
}
