//! Where authors write: one address for the content of every kind, the course's files, versions of pages.

mod content;
mod files;
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
        .post("/courses/{course}/items/{item}/draft", edit, content::keep_draft)
        .delete("/courses/{course}/items/{item}/draft", edit, content::drop_draft)
        .get("/courses/{course}/items/{item}/versions", edit, versions::list)
        .get("/courses/{course}/items/{item}/versions/{number}", edit, versions::show)
        .post("/courses/{course}/items/{item}/versions/{number}", edit, versions::restore)
        .post("/courses/{course}/markdown", edit, content::preview)
        .post("/courses/{course}/files", edit, files::upload)
        .body_limit(UPLOAD_BYTES_MAX)
        .time_limit(UPLOAD_TIME_MAX)
        .get("/courses/{course}/files/{file}/{name}", view, files::serve)
}
