//! Where authors write: one address for the content of every kind, the course's files, versions of pages.

mod content;
mod files;
mod library;
mod page_editor;
mod versions;

use std::time::Duration;

use outline::Item;
use web::{Access, Routes};

/// The largest file that an author may upload, in bytes; a larger one is refused with 413.
pub(crate) const UPLOAD_BYTES_MAX: usize = 512 << 20;
/// How long an upload may take.
const UPLOAD_TIME_MAX: Duration = Duration::from_mins(10);

/// Where an item's content is edited.
pub(crate) fn content_path(item: &Item) -> String {
    format!("/courses/{}/items/{}/content", item.course, item.id)
}

/// The addresses of this crate, each with who may ask.
pub fn routes() -> Routes {
    let view = Access::Needs(courses::VIEW.as_str());
    let edit = Access::Needs(courses::EDIT.as_str());
    Routes::new()
        .get("/courses/{course}/items/{item}/content", edit, content::show)
        .post("/courses/{course}/items/{item}/content", edit, content::save)
        .body_limit(UPLOAD_BYTES_MAX)
        .time_limit(UPLOAD_TIME_MAX)
        .post("/courses/{course}/items/{item}/draft", edit, page_editor::keep_draft)
        .delete("/courses/{course}/items/{item}/draft", edit, page_editor::drop_draft)
        .get("/courses/{course}/items/{item}/versions", edit, versions::list)
        .get("/courses/{course}/items/{item}/versions/{number}", edit, versions::show)
        .post("/courses/{course}/items/{item}/versions/{number}", edit, versions::restore)
        .post("/courses/{course}/markdown", edit, page_editor::preview)
        .post("/courses/{course}/files", edit, files::upload)
        .body_limit(UPLOAD_BYTES_MAX)
        .time_limit(UPLOAD_TIME_MAX)
        .get("/courses/{course}/files/{file}/{name}", view, files::serve)
        .get("/courses/{course}/library", edit, library::list)
        .post("/courses/{course}/library", edit, library::add)
        .body_limit(UPLOAD_BYTES_MAX)
        .time_limit(UPLOAD_TIME_MAX)
        .get("/courses/{course}/library/{file}", edit, library::show)
        .post("/courses/{course}/library/{file}", edit, library::rename)
        .delete("/courses/{course}/library/{file}", edit, library::remove)
        .post("/courses/{course}/library/{file}/bytes", edit, library::replace)
        .body_limit(UPLOAD_BYTES_MAX)
        .time_limit(UPLOAD_TIME_MAX)
        .put("/courses/{course}/library/{file}/lock", edit, library::lock)
        .delete("/courses/{course}/library/{file}/lock", edit, library::unlock)
        .post("/courses/{course}/library/{file}/restoration", edit, library::restore)
        .get("/courses/{course}/library/{file}/versions/{number}", edit, library::old_bytes)
        .post("/courses/{course}/library/{file}/versions/{number}", edit, library::bring_back)
}
