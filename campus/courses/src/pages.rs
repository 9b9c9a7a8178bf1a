//! The pages of courses, one file each.

mod about;
mod add;
mod catalogue;
mod common;
mod copy;
mod import;
mod mine;
mod new;
mod own;
mod participant;
mod participants;
mod sections;
mod settings;
mod terms;

use web::{Access, Routes};

use crate::{ARCHIVE, CREATE, EDIT, ENROL, PEOPLE, PUBLISH, TERMS, VIEW};

/// The addresses of this crate, each with who may ask.
pub fn routes() -> Routes {
    Routes::new()
        .get("/courses", Access::SignedIn, mine::show)
        .get("/catalogue", Access::Public, catalogue::show)
        .get("/courses/new", Access::Needs(CREATE.0), new::show)
        .post("/courses", Access::Needs(CREATE.0), new::create)
        .get("/courses/{course}/about", Access::Public, about::show)
        .post("/courses/{course}/enrolment", Access::SignedIn, own::enrol)
        .put("/courses/{course}/enrolment", Access::SignedIn, own::accept)
        .delete("/courses/{course}/enrolment", Access::SignedIn, own::leave)
        .get("/courses/{course}/people", Access::Needs(VIEW.0), participants::show)
        .post("/courses/{course}/people", Access::Needs(ENROL.0), add::enrol_marked)
        .get("/courses/{course}/people/add", Access::Needs(ENROL.0), add::show)
        .get("/courses/{course}/people/import", Access::Needs(ENROL.0), import::show)
        .post("/courses/{course}/people/import", Access::Needs(ENROL.0), import::import)
        .body_limit(import::BODY_BYTES_MAX)
        .post("/courses/{course}/people/changes", Access::Needs(ENROL.0), participants::change)
        .post("/courses/{course}/people/changes/{change}/undo", Access::Needs(ENROL.0), participants::take_back)
        .get("/courses/{course}/people/{person}", Access::Needs(PEOPLE.0), participant::show)
        .post("/courses/{course}/people/{person}/{enrolment}", Access::Needs(ENROL.0), participant::change)
        .post("/courses/{course}/enrolments/{enrolment}/undo", Access::Needs(ENROL.0), add::take_out)
        .get("/courses/{course}/copy", Access::Needs(CREATE.0), copy::show)
        .post("/courses/{course}/copy", Access::Needs(CREATE.0), copy::make)
        .get("/courses/{course}/settings", Access::Needs(EDIT.0), settings::show)
        .post("/courses/{course}/settings", Access::Needs(EDIT.0), settings::save)
        .put("/courses/{course}/publication", Access::Needs(PUBLISH.0), settings::publish)
        .delete("/courses/{course}/publication", Access::Needs(PUBLISH.0), settings::unpublish)
        .post("/courses/{course}/publication/undo", Access::Needs(PUBLISH.0), settings::unpublish)
        .put("/courses/{course}/archive", Access::Needs(ARCHIVE.0), settings::archive)
        .delete("/courses/{course}/archive", Access::Needs(ARCHIVE.0), settings::restore)
        .post("/courses/{course}/archive/undo", Access::Needs(ARCHIVE.0), settings::restore)
        .get("/courses/{course}/sections", Access::Needs(EDIT.0), sections::show)
        .post("/courses/{course}/sections", Access::Needs(EDIT.0), sections::create)
        .get("/courses/{course}/sections/{section}", Access::Needs(EDIT.0), sections::edit)
        .post("/courses/{course}/sections/{section}", Access::Needs(EDIT.0), sections::change)
        .delete("/courses/{course}/sections/{section}", Access::Needs(EDIT.0), sections::delete)
        .get("/terms", Access::Needs(TERMS.0), terms::show)
        .post("/terms", Access::Needs(TERMS.0), terms::create)
        .get("/terms/{term}", Access::Needs(TERMS.0), terms::edit)
        .post("/terms/{term}", Access::Needs(TERMS.0), terms::change)
        .delete("/terms/{term}", Access::Needs(TERMS.0), terms::delete)
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::allow_attributes, reason = "a test says so by stopping")]
mod tests;
