//! The pages of the outline, one file each.

mod dates;
mod edit;
mod exceptions;
mod item;
mod item_settings;
mod module_settings;
mod moving;
mod outline;
mod progress;
mod why;

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::allow_attributes, reason = "a test says so by stopping")]
mod tests;

use web::{Access, Routes};

/// The addresses of this crate, each with who may ask.
pub fn routes() -> Routes {
    let view = Access::Needs(courses::VIEW.as_str());
    let learn = Access::Needs(courses::LEARN.as_str());
    let edit = Access::Needs(courses::EDIT.as_str());
    let people = Access::Needs(courses::PEOPLE.as_str());
    Routes::new()
        .get("/courses/{course}", view, outline::show)
        .get("/courses/{course}/preview", Access::Needs(courses::PREVIEW.as_str()), outline::preview)
        .get("/courses/{course}/items/{item}", view, item::show)
        .post("/courses/{course}/items/{item}/completion", learn, item::complete)
        .delete("/courses/{course}/items/{item}/completion", learn, item::take_back)
        .get("/courses/{course}/edit", edit, edit::show)
        .post("/courses/{course}/modules", edit, edit::add_module)
        .post("/courses/{course}/items", edit, edit::add_item)
        .post("/courses/{course}/moves", edit, edit::move_one)
        .post("/courses/{course}/publication/all", edit, edit::publish_all)
        .get("/courses/{course}/items/{item}/move", edit, moving::of_item)
        .get("/courses/{course}/modules/{module}/move", edit, moving::of_module)
        .get("/courses/{course}/modules/{module}", edit, module_settings::show)
        .post("/courses/{course}/modules/{module}", edit, module_settings::save)
        .put("/courses/{course}/modules/{module}/publication", edit, module_settings::publish)
        .delete("/courses/{course}/modules/{module}/publication", edit, module_settings::unpublish)
        .delete("/courses/{course}/modules/{module}", edit, module_settings::delete)
        .post("/courses/{course}/modules/{module}/restoration", edit, module_settings::restore)
        .get("/courses/{course}/items/{item}/settings", edit, item_settings::show)
        .post("/courses/{course}/items/{item}/settings", edit, item_settings::save)
        .put("/courses/{course}/items/{item}/publication", edit, item_settings::publish)
        .delete("/courses/{course}/items/{item}/publication", edit, item_settings::unpublish)
        .delete("/courses/{course}/items/{item}", edit, item_settings::delete)
        .post("/courses/{course}/items/{item}/restoration", edit, item_settings::restore)
        .post("/courses/{course}/items/{item}/exceptions", edit, exceptions::add)
        .delete("/courses/{course}/items/{item}/exceptions/{exception}", edit, exceptions::end)
        .post("/courses/{course}/items/{item}/exceptions/{exception}/restoration", edit, exceptions::restore)
        .get("/courses/{course}/dates", view, dates::show)
        .post("/courses/{course}/dates", edit, dates::save)
        .post("/courses/{course}/dates/changes/{change}/restoration", edit, dates::restore)
        .get("/courses/{course}/progress", people, progress::show)
        .get("/courses/{course}/progress/{person}", people, progress::of_one)
        .post("/courses/{course}/progress/{person}/items/{item}", people, progress::mark_done)
        .delete("/courses/{course}/progress/{person}/items/{item}", people, progress::reopen)
}
