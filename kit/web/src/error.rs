//! The one error type of handlers: a code for programs, a message for people, a status for the protocol.
//!
//! A handler answers `web::Result<Response>`; whatever goes wrong becomes an [`Error`], and `render` turns it
//! into a page, a problem document or a fragment. What is secret stays in the source, which only the log sees.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use axum::response::IntoResponse;
use http::StatusCode;

use crate::Response;
use crate::words::{Arg, ToArg};

/// What a handler answers.
pub type Result<T = Response, E = Error> = std::result::Result<T, E>;

type Source = Box<dyn std::error::Error + Send + Sync>;

/// Why a request failed. Built by its constructors and refined: `Error::conflict("course-archived").field("title")`.
#[derive(Clone, Debug)]
#[must_use]
pub struct Error(Box<Inner>);

#[derive(Clone, Debug)]
struct Inner {
    status: StatusCode,
    code: &'static str,
    message: &'static str,
    args: Vec<(&'static str, Arg<'static>)>,
    field: Option<String>,
    on: Option<String>,
    way_on: Option<(String, &'static str)>,
    retry_after: Option<Duration>,
    source: Option<Arc<Source>>,
}

impl Error {
    /// An error with its status, a code in kebab case for programs, and the id of the message for people.
    pub fn new(status: StatusCode, code: &'static str, message: &'static str) -> Self {
        Self(Box::new(Inner {
            status,
            code,
            message,
            args: Vec::new(),
            field: None,
            on: None,
            way_on: None,
            retry_after: None,
            source: None,
        }))
    }

    /// 404: it is not there, or this person may not know that it is.
    pub fn not_found() -> Self {
        Self::new(StatusCode::NOT_FOUND, "not-found", "error-not-found")
    }

    /// 403: this person may not do this.
    pub fn forbidden() -> Self {
        Self::new(StatusCode::FORBIDDEN, "forbidden", "error-forbidden")
    }

    /// 401: nobody is signed in. People are led to the sign-in page and come back afterwards.
    pub fn sign_in() -> Self {
        Self::new(StatusCode::UNAUTHORIZED, "sign-in", "error-sign-in")
    }

    /// 400: the request makes no sense; the message says why.
    pub fn bad_request(message: &'static str) -> Self {
        Self::new(StatusCode::BAD_REQUEST, "bad-request", message)
    }

    /// 422: a value is not acceptable; the message says why.
    pub fn invalid(message: &'static str) -> Self {
        Self::new(StatusCode::UNPROCESSABLE_ENTITY, "invalid", message)
    }

    /// 409: the request does not fit the state of things; the code is the message's id too.
    pub fn conflict(message: &'static str) -> Self {
        Self::new(StatusCode::CONFLICT, "conflict", message)
    }

    /// 413: larger than the limit, in bytes.
    pub fn too_large(limit: usize) -> Self {
        let megabytes = limit as f64 / f64::from(1 << 20);
        Self::new(StatusCode::PAYLOAD_TOO_LARGE, "too-large", "error-too-large").arg("limit", megabytes)
    }

    /// 429: too often; may be tried again after a while.
    pub fn too_often(retry_after: Duration) -> Self {
        Self::new(StatusCode::TOO_MANY_REQUESTS, "too-often", "error-too-often").retry_after(retry_after)
    }

    /// 503: too much to do at the moment; may be tried again.
    pub fn busy() -> Self {
        Self::new(StatusCode::SERVICE_UNAVAILABLE, "busy", "error-busy").retry_after(Duration::from_secs(2))
    }

    /// 500: our fault. The cause is logged, never shown.
    pub fn internal(cause: impl Into<Source>) -> Self {
        Self::new(StatusCode::INTERNAL_SERVER_ERROR, "internal", "error-internal").source(cause)
    }

    /// The error that goes with a bare status, for answers that came without one.
    pub(crate) fn from_status(status: StatusCode) -> Self {
        let (code, message) = match status {
            StatusCode::NOT_FOUND => return Self::not_found(),
            StatusCode::UNAUTHORIZED => return Self::sign_in(),
            StatusCode::FORBIDDEN => return Self::forbidden(),
            StatusCode::METHOD_NOT_ALLOWED => ("method-not-allowed", "error-method"),
            StatusCode::PAYLOAD_TOO_LARGE => ("too-large", "error-too-large-plain"),
            StatusCode::UNSUPPORTED_MEDIA_TYPE => ("media-type", "error-media-type"),
            status if status.is_server_error() => ("internal", "error-internal"),
            _ => ("bad-request", "error-bad-request"),
        };
        Self::new(status, code, message)
    }

    /// The code for programs. Replaces the constructor's.
    pub fn code(mut self, code: &'static str) -> Self {
        self.0.code = code;
        self
    }

    /// The id of another message for people.
    pub fn with_message(mut self, message: &'static str) -> Self {
        self.0.message = message;
        self
    }

    /// A value that the message needs.
    pub fn arg(mut self, name: &'static str, value: impl ToArg) -> Self {
        self.0.args.push((name, value.to_arg().into_owned()));
        self
    }

    /// The form field that is to blame.
    pub fn field(mut self, name: impl Into<String>) -> Self {
        self.0.field = Some(name.into());
        self
    }

    /// Where to go from the error page: a path, and the message id of the link's text.
    pub fn way_on(mut self, href: impl Into<String>, label: &'static str) -> Self {
        self.0.way_on = Some((href.into(), label));
        self
    }

    /// When trying again may help.
    pub fn retry_after(mut self, span: Duration) -> Self {
        self.0.retry_after = Some(span);
        self
    }

    /// What lies behind it, for the log.
    pub fn source(mut self, cause: impl Into<Source>) -> Self {
        self.0.source = Some(Arc::new(cause.into()));
        self
    }

    /// The status.
    pub fn status(&self) -> StatusCode {
        self.0.status
    }

    /// The code for programs.
    pub fn code_str(&self) -> &'static str {
        self.0.code
    }

    /// The id of the message for people.
    pub fn message(&self) -> &'static str {
        self.0.message
    }

    /// The database's error behind this one.
    pub fn store(&self) -> Option<&store::Error> {
        self.0.source.as_ref()?.downcast_ref()
    }

    pub(crate) fn args(&self) -> Vec<(&str, Arg<'_>)> {
        self.0.args.iter().map(|(name, value)| (*name, value.to_arg())).collect()
    }

    pub(crate) fn blamed(&self) -> Option<&str> {
        self.0.field.as_deref()
    }

    pub(crate) fn on(&self) -> Option<&str> {
        self.0.on.as_deref()
    }

    pub(crate) fn next_step(&self) -> Option<(&str, &'static str)> {
        self.0.way_on.as_ref().map(|(href, label)| (href.as_str(), *label))
    }

    pub(crate) fn wait(&self) -> Option<Duration> {
        self.0.retry_after
    }

    /// What the log says: the causes, outermost first.
    pub(crate) fn causes(&self) -> String {
        let mut causes = Vec::new();
        let mut next: Option<&(dyn std::error::Error + 'static)> = self.0.source.as_ref().map(|s| &***s as _);
        while let Some(cause) = next {
            causes.push(cause.to_string());
            next = cause.source();
        }
        causes.join(": ")
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.0.status.as_u16(), self.0.code)?;
        match self.causes() {
            causes if causes.is_empty() => write!(f, ": {}", self.0.message),
            causes => write!(f, ": {causes}"),
        }
    }
}

impl std::error::Error for Error {}

/// A broken rule is a conflict, a missing row a missing page, a busy database a busy server.
impl From<store::Error> for Error {
    fn from(error: store::Error) -> Self {
        let made = match &error {
            store::Error::NotFound => Self::not_found(),
            store::Error::Constraint { on, .. } => {
                let mut made = Self::conflict("error-conflict");
                made.0.on = Some(on.clone());
                made
            }
            // Nobody types it: the request was made by a program.
            store::Error::Unkeepable => Self::bad_request("error-bad-request"),
            store::Error::Busy(_) | store::Error::TooManyWaiting { .. } => Self::busy(),
            _ => return Self::internal(error),
        };
        made.source(error)
    }
}

impl From<askama::Error> for Error {
    fn from(error: askama::Error) -> Self {
        Self::internal(error)
    }
}

/// The answer carries the error; `render` writes it in the form that the client reads.
impl IntoResponse for Error {
    fn into_response(self) -> axum::response::Response {
        let mut response = self.0.status.into_response();
        response.extensions_mut().insert(self);
        response
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use store::Broken;

    #[test]
    fn the_stores_errors_have_their_status() {
        let duplicate = store::Error::Constraint { broken: Broken::Unique, on: "person.email".into() };
        let error = Error::from(duplicate);
        assert_eq!((error.status(), error.on()), (StatusCode::CONFLICT, Some("person.email")));
        assert!(error.store().is_some_and(|e| e.is_duplicate("person.email")));
        assert_eq!(Error::from(store::Error::NotFound).status(), StatusCode::NOT_FOUND);
        let busy = Error::from(store::Error::TooManyWaiting { waiting: 9 });
        assert_eq!((busy.status(), busy.wait().is_some()), (StatusCode::SERVICE_UNAVAILABLE, true));
        assert_eq!(Error::from(store::Error::Aborted).status(), StatusCode::INTERNAL_SERVER_ERROR);
    }

    #[test]
    fn the_cause_is_for_the_log_only() {
        let error = Error::internal("password=hunter2");
        assert_eq!(error.message(), "error-internal");
        assert!(error.to_string().contains("hunter2"));
    }
}
