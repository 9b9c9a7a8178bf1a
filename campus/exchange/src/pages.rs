//! Handing a package in, looking at what would become of it, watching it, reading the report; and the way out.

mod download;
mod hand_in;
mod show;

use std::time::Duration;

use web::{Access, Routes};

use crate::PACKAGE_BYTES_MAX;

/// What a request may hold beside the package.
const ENVELOPE_BYTES: usize = 1 << 20;
/// How long an upload may take.
const UPLOAD_TIME_MAX: Duration = Duration::from_mins(15);

/// The addresses of this crate, each with who may ask.
pub fn routes() -> Routes {
    let create = Access::Needs(courses::CREATE.as_str());
    let edit = Access::Needs(courses::EDIT.as_str());
    Routes::new()
        .get("/courses/import", create, hand_in::new_course)
        .post("/courses/import", create, hand_in::take_new_course)
        .body_limit(PACKAGE_BYTES_MAX as usize + ENVELOPE_BYTES)
        .time_limit(UPLOAD_TIME_MAX)
        .get("/courses/{course}/import", edit, hand_in::into_course)
        .post("/courses/{course}/import", edit, hand_in::take_into_course)
        .body_limit(PACKAGE_BYTES_MAX as usize + ENVELOPE_BYTES)
        .time_limit(UPLOAD_TIME_MAX)
        .get("/imports/{import}", Access::SignedIn, show::show)
        .post("/imports/{import}", Access::SignedIn, show::start)
        .get("/imports/{import}/live", Access::SignedIn, show::live)
        .get("/courses/{course}/export", edit, download::send)
        .time_limit(UPLOAD_TIME_MAX)
}
