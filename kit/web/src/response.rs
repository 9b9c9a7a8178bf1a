//! Answers: a page, a redirect, a fragment, JSON; each says how long it may be kept.

use std::time::Duration;

use askama::Template;
use axum::body::Body;
use axum::response::IntoResponse;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use sha2::{Digest as _, Sha256};

use crate::cookie::Cookie;
use crate::flash::{Flash, FlashKind};
use crate::secure::Csp;
use crate::{Error, url};

/// How long, and by whom, an answer may be kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CachePolicy {
    /// Not at all: what belongs to one person. The default of every page.
    NoStore,
    /// By the browser, which asks each time whether it is still true (`ETag`, answered with 304).
    Revalidate,
    /// By the browser of this person, for so long.
    Private(Duration),
    /// By anyone, for so long.
    Public(Duration),
    /// By anyone, for ever: the address changes with the content.
    Immutable,
}

impl CachePolicy {
    /// The value of `Cache-Control`.
    pub fn header(self) -> HeaderValue {
        let text = match self {
            Self::NoStore => "no-store".to_owned(),
            Self::Revalidate => "private, no-cache".to_owned(),
            Self::Private(span) => format!("private, max-age={}", span.as_secs()),
            Self::Public(span) => format!("public, max-age={}", span.as_secs()),
            Self::Immutable => "public, max-age=31536000, immutable".to_owned(),
        };
        HeaderValue::from_str(&text).unwrap_or(HeaderValue::from_static("no-store"))
    }
}

/// An answer, refined by its methods: `see_other("/courses").flash(FlashKind::Good, page.t("course-made"), None)`.
#[derive(Debug)]
#[must_use]
pub struct Response(axum::response::Response);

/// Cookies that go with an answer; `render` writes them, since only it knows whether they are `Secure`.
#[derive(Clone, Debug, Default)]
pub(crate) struct Cookies(pub(crate) Vec<Cookie>);

/// A page. Not kept by the browser unless [`Response::cache`] says so.
pub fn html(template: impl Template) -> Response {
    match template.render() {
        Ok(text) => html_text(text),
        Err(error) => Response(Error::from(error).into_response()),
    }
}

/// A page or fragment that is already written.
pub fn html_text(text: String) -> Response {
    let kind = [(header::CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8"))];
    Response((kind, text).into_response()).cache(CachePolicy::NoStore)
}

/// The same page again with what is wrong in its form: 422, input kept.
pub fn mistakes(template: impl Template) -> Response {
    html(template).status(StatusCode::UNPROCESSABLE_ENTITY)
}

/// On to another page of this server, after a form was taken (303). A path that leads elsewhere becomes `/`.
pub fn see_other(path: impl AsRef<str>) -> Response {
    let path = Some(path.as_ref()).filter(|path| url::is_local(path)).unwrap_or("/");
    Response(StatusCode::SEE_OTHER.into_response()).set(header::LOCATION, path).cache(CachePolicy::NoStore)
}

/// On to a page elsewhere: only for addresses that the program made, never for one from a request.
pub fn see_elsewhere(address: &str) -> Response {
    Response(StatusCode::SEE_OTHER.into_response()).set(header::LOCATION, address).cache(CachePolicy::NoStore)
}

/// JSON for programs.
pub fn json(value: &impl serde::Serialize) -> Response {
    match serde_json::to_vec(value) {
        Ok(bytes) => {
            let kind = [(header::CONTENT_TYPE, HeaderValue::from_static("application/json"))];
            Response((kind, bytes).into_response()).cache(CachePolicy::NoStore)
        }
        Err(error) => Response(Error::internal(error).into_response()),
    }
}

/// Done, and nothing to show: 204.
pub fn no_content() -> Response {
    Response(StatusCode::NO_CONTENT.into_response()).cache(CachePolicy::NoStore)
}

impl Response {
    /// How long it may be kept.
    pub fn cache(mut self, policy: CachePolicy) -> Self {
        self.0.headers_mut().insert(header::CACHE_CONTROL, policy.header());
        self.0.extensions_mut().insert(policy);
        self
    }

    /// Another status.
    pub fn status(mut self, status: StatusCode) -> Self {
        *self.0.status_mut() = status;
        self
    }

    /// A header; a value with control characters is left out.
    pub fn set(mut self, name: HeaderName, value: &str) -> Self {
        if let Ok(value) = HeaderValue::from_str(value) {
            self.0.headers_mut().insert(name, value);
        }
        self
    }

    /// A cookie.
    pub fn cookie(mut self, cookie: Cookie) -> Self {
        self.0.extensions_mut().get_or_insert_default::<Cookies>().0.push(cookie);
        self
    }

    /// A word that the next page shows once, with a path that undoes it (it is posted to).
    pub fn flash(self, kind: FlashKind, text: impl Into<String>, undo: Option<String>) -> Self {
        self.cookie(Flash { kind, text: text.into(), undo }.cookie())
    }

    /// What this page may load beyond the server's own, e.g. a player's frame.
    pub fn csp(mut self, csp: Csp) -> Self {
        self.0.extensions_mut().insert(csp);
        self
    }

    /// An event for htmx to fire in the page (`HX-Trigger`).
    pub fn trigger(self, event: &str) -> Self {
        self.set(HeaderName::from_static("hx-trigger"), event)
    }
}

impl From<axum::response::Response> for Response {
    fn from(response: axum::response::Response) -> Self {
        Self(response)
    }
}

impl IntoResponse for Response {
    fn into_response(self) -> axum::response::Response {
        self.0
    }
}

impl From<Response> for axum::response::Response {
    fn from(response: Response) -> Self {
        response.0
    }
}

/// True where htmx asks for a part of a page. What it asks for as a whole page (a boosted link, a page from its
/// history) is a page.
pub fn is_htmx(headers: &HeaderMap) -> bool {
    let says = |name: &str, value: &str| {
        headers.get(name).is_some_and(|v| v.as_bytes().eq_ignore_ascii_case(value.as_bytes()))
    };
    says("hx-request", "true")
        && !says("hx-boosted", "true")
        && !says("hx-request-type", "full")
        && !says("hx-history-restore-request", "true")
}

/// The mark of a body: half of its SHA-256.
pub(crate) fn etag(body: &[u8]) -> String {
    format!("\"{}\"", URL_SAFE_NO_PAD.encode(&Sha256::digest(body)[..16]))
}

/// True where `If-None-Match` names this mark (weak comparison, RFC 9110, 13.1.2).
pub(crate) fn is_known(headers: &HeaderMap, etag: &str) -> bool {
    let asked = headers.get(header::IF_NONE_MATCH).and_then(|v| v.to_str().ok()).unwrap_or_default();
    asked.split(',').map(str::trim).any(|one| one == "*" || one.trim_start_matches("W/") == etag)
}

/// 304: what the browser has is still true.
pub(crate) fn not_modified(etag: &str, policy: CachePolicy) -> axum::response::Response {
    let answer = Response(StatusCode::NOT_MODIFIED.into_response()).set(header::ETAG, etag).cache(policy);
    answer.0.map(|_| Body::empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_redirect_stays_on_the_server() {
        let to = |path| see_other(path).0.headers()[header::LOCATION].to_str().unwrap().to_owned();
        assert_eq!(to("/courses?a=1"), "/courses?a=1");
        assert_eq!(to("//evil.example"), "/");
        assert_eq!(to("https://evil.example"), "/");
    }

    #[test]
    fn a_mark_is_compared_weakly() {
        let mark = etag(b"page");
        let mut headers = HeaderMap::new();
        assert!(!is_known(&headers, &mark));
        headers.insert(header::IF_NONE_MATCH, format!("\"x\", W/{mark}").parse().unwrap());
        assert!(is_known(&headers, &mark));
        assert!(!is_known(&headers, &etag(b"other")));
    }

    #[test]
    fn a_boosted_link_wants_a_page() {
        let mut headers = HeaderMap::new();
        headers.insert("hx-request", HeaderValue::from_static("true"));
        assert!(is_htmx(&headers));
        headers.insert("hx-boosted", HeaderValue::from_static("true"));
        assert!(!is_htmx(&headers));
    }
}
