//! `/help/errors`: what the codes mean that programs get. Each problem document links to its line here.

use askama::Template;
use http::StatusCode;

use crate::{Page, Response, html, render, word};

/// Where the page is.
pub(crate) const PATH: &str = "/help/errors";

/// The codes that any address can answer with, and their messages; a noun's own codes are described by its API.
const CODES: &[(&str, StatusCode, &str)] = &[
    ("bad-request", StatusCode::BAD_REQUEST, word!("error-bad-request")),
    ("broken-upload", StatusCode::BAD_REQUEST, word!("error-upload-broken")),
    ("sign-in", StatusCode::UNAUTHORIZED, word!("error-sign-in")),
    ("forbidden", StatusCode::FORBIDDEN, word!("error-forbidden")),
    ("cross-site", StatusCode::FORBIDDEN, word!("error-cross-site")),
    ("not-found", StatusCode::NOT_FOUND, word!("error-not-found")),
    ("method-not-allowed", StatusCode::METHOD_NOT_ALLOWED, word!("error-method")),
    ("conflict", StatusCode::CONFLICT, word!("error-conflict")),
    ("too-large", StatusCode::PAYLOAD_TOO_LARGE, word!("error-too-large-plain")),
    ("media-type", StatusCode::UNSUPPORTED_MEDIA_TYPE, word!("error-media-type")),
    ("invalid", StatusCode::UNPROCESSABLE_ENTITY, word!("error-title-invalid")),
    ("too-often", StatusCode::TOO_MANY_REQUESTS, word!("error-too-often")),
    ("internal", StatusCode::INTERNAL_SERVER_ERROR, word!("error-internal")),
    ("busy", StatusCode::SERVICE_UNAVAILABLE, word!("error-busy")),
    ("timeout", StatusCode::SERVICE_UNAVAILABLE, word!("error-timeout")),
];

struct Line {
    code: &'static str,
    status: u16,
    title: String,
    text: String,
}

#[derive(Template)]
#[template(path = "errors.html")]
struct Errors {
    page: Page,
    lines: Vec<Line>,
}

pub(crate) async fn errors(page: Page) -> Response {
    let line = |(code, status, message): &(&'static str, StatusCode, &str)| Line {
        code,
        status: status.as_u16(),
        title: render::title_of(*status, &page),
        text: page.t(message),
    };
    let lines = CODES.iter().map(line).collect();
    html(Errors { page, lines })
}
