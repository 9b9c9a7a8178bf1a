//! The last step of an answer: errors are written in the form that the client reads, cookies and security headers are
//! set, and what the browser has already is not sent again.

use std::sync::Arc;

use askama::Template;
use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};
use bytes::Bytes;
use http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, Uri, header};
use http_body_util::BodyExt as _;
use serde::Serialize;

use crate::cookie::{self, Cookie};
use crate::observe::RequestId;
use crate::page::Page;
use crate::reader::Reader;
use crate::response::{self, CachePolicy, Cookies};
use crate::routes::RouteInfo;
use crate::secure::Csp;
use crate::{Ctx, Error, SIGN_IN, flash, help, secure, url, word};

/// A problem as programs read it: `application/problem+json` (RFC 9457).
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct Problem {
    /// Where this kind of problem is described.
    #[serde(rename = "type")]
    pub kind: String,
    /// What kind of problem it is, in words.
    pub title: String,
    /// The status.
    pub status: u16,
    /// What happened, and what to do.
    pub detail: String,
    /// The kind of problem for programs, in kebab case.
    pub code: String,
    /// The field that is to blame.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub field: Option<String>,
    /// The rule of the database that stood against it: `table.column`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub on: Option<String>,
    /// The request's number in the log.
    pub request_id: String,
}

#[derive(Template)]
#[template(path = "error.html")]
struct ErrorPage<'e> {
    page: &'e Page,
    status: u16,
    title: String,
    message: String,
    way_on: Option<(String, String)>,
    request_id: &'e str,
}

#[derive(Template)]
#[template(path = "error.html", block = "main")]
struct ErrorFragment<'e> {
    page: &'e Page,
    status: u16,
    title: String,
    message: String,
    way_on: Option<(String, String)>,
    request_id: &'e str,
}

/// What of the request is needed to write its answer.
struct Asked {
    method: Method,
    uri: Uri,
    headers: HeaderMap,
    id: String,
}

/// Finishes every answer.
pub(crate) async fn finish(State(ctx): State<Ctx>, request: Request, next: Next) -> Response {
    let asked = Asked {
        method: request.method().clone(),
        uri: request.uri().clone(),
        headers: request.headers().clone(),
        id: request.extensions().get::<RequestId>().map(|id| id.0.clone()).unwrap_or_default(),
    };
    let mut response = next.run(request).await;
    if let Some(error) = error_of(&mut response) {
        log(&error, &asked);
        response = written(&error, response, &asked, &ctx);
    }
    forget_shown_flash(&mut response, &asked);
    part_and_page_are_two(&mut response);
    set_cookies(&mut response, &ctx);
    let csp = response.extensions_mut().remove::<Csp>();
    secure::set_headers(response.headers_mut(), csp.as_ref(), &ctx.settings);
    unless_known(response, &asked).await
}

/// The error that an answer carries. A bare failure, such as an extractor's, becomes one; an answer that has a form of
/// its own stays.
fn error_of(response: &mut Response) -> Option<Error> {
    if let Some(error) = response.extensions_mut().remove::<Error>() {
        return Some(error);
    }
    let status = response.status();
    let kind = response.headers().get(header::CONTENT_TYPE).map(HeaderValue::as_bytes).unwrap_or_default();
    let is_bare = kind.is_empty() || kind.starts_with(b"text/plain");
    ((status.is_client_error() || status.is_server_error()) && is_bare).then(|| Error::from_status(status))
}

fn log(error: &Error, asked: &Asked) {
    let (method, path) = (&asked.method, without_secrets(asked.uri.path()));
    if error.status().is_server_error() && error.status() != StatusCode::SERVICE_UNAVAILABLE {
        tracing::error!(%error, %method, path, "a request failed");
    } else if error.status() != StatusCode::NOT_FOUND {
        tracing::info!(%error, %method, path, "a request was refused");
    }
}

/// A path as it may stand in a log: a link that lets somebody in (43 letters) must not be read there. Ids have 36.
fn without_secrets(path: &str) -> String {
    path.split('/').map(|part| if part.len() > 40 { "..." } else { part }).collect::<Vec<_>>().join("/")
}

/// The error as the client reads it. What the bare answer carried besides (page, route, cookies) is kept.
fn written(error: &Error, bare: Response, asked: &Asked, ctx: &Ctx) -> Response {
    let (bare, _) = bare.into_parts();
    let is_api =
        bare.extensions.get::<RouteInfo>().is_some_and(|info| info.is_api) || asked.uri.path().starts_with("/api/");
    let page = bare.extensions.get::<Arc<Page>>().cloned();
    let page = page.unwrap_or_else(|| Arc::new(Page::new(&asked.headers, &asked.uri, &Reader::default(), ctx.now())));
    let fragment = response::is_htmx(&asked.headers);
    let mut response = if is_api || wants_json(&asked.headers) {
        problem(error, &page, asked, ctx)
    } else if error.status() == StatusCode::UNAUTHORIZED {
        to_sign_in(asked, fragment)
    } else {
        for_people(error, &page, asked, fragment)
    };
    if let Some(wait) = error.wait() {
        response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(wait.as_secs().max(1)));
    }
    if let Some(allow) = bare.headers.get(header::ALLOW) {
        response.headers_mut().insert(header::ALLOW, allow.clone());
    }
    let own = std::mem::replace(response.extensions_mut(), bare.extensions);
    response.extensions_mut().extend(own);
    response
}

/// True for a client that asks for JSON and not for a page.
fn wants_json(headers: &HeaderMap) -> bool {
    let accept = headers.get(header::ACCEPT).and_then(|v| v.to_str().ok()).unwrap_or_default();
    (accept.contains("application/json") || accept.contains("application/problem+json"))
        && !accept.contains("text/html")
}

fn title(error: &Error, page: &Page) -> String {
    title_of(error.status(), page)
}

/// What a status means, in words.
pub(crate) fn title_of(status: StatusCode, page: &Page) -> String {
    page.t(match status {
        StatusCode::UNAUTHORIZED => word!("error-title-sign-in"),
        StatusCode::FORBIDDEN => word!("error-title-forbidden"),
        StatusCode::NOT_FOUND => word!("error-title-not-found"),
        StatusCode::CONFLICT => word!("error-title-conflict"),
        StatusCode::PAYLOAD_TOO_LARGE => word!("error-title-too-large"),
        StatusCode::UNPROCESSABLE_ENTITY => word!("error-title-invalid"),
        StatusCode::TOO_MANY_REQUESTS => word!("error-title-too-often"),
        StatusCode::SERVICE_UNAVAILABLE => word!("error-title-busy"),
        status if status.is_server_error() => word!("error-title-internal"),
        _ => word!("error-title-bad-request"),
    })
}

/// The message for people.
fn message(error: &Error, page: &Page) -> String {
    page.ta(error.message(), error.args().as_slice())
}

fn problem(error: &Error, page: &Page, asked: &Asked, ctx: &Ctx) -> Response {
    let problem = Problem {
        kind: ctx.settings.url(&format!("{}#{}", help::PATH, error.code_str())),
        title: title(error, page),
        status: error.status().as_u16(),
        detail: message(error, page),
        code: error.code_str().to_owned(),
        field: error.blamed().map(str::to_owned),
        on: error.on().map(str::to_owned),
        request_id: asked.id.clone(),
    };
    let mut response = response::json(&problem).status(error.status()).into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
    if error.status() == StatusCode::UNAUTHORIZED {
        headers.insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
    }
    response
}

/// Leads to the sign-in page, and from there back to where the person wanted to be.
fn to_sign_in(asked: &Asked, fragment: bool) -> Response {
    let wanted = asked.uri.path_and_query().map_or("/", |path| path.as_str());
    let path = match asked.method {
        Method::GET if !fragment && wanted != "/" => format!("{SIGN_IN}?next={}", url::encoded(wanted)),
        _ => SIGN_IN.to_owned(),
    };
    if fragment {
        let answer = response::no_content().status(StatusCode::UNAUTHORIZED);
        return answer.set(HeaderName::from_static("hx-redirect"), &path).into_response();
    }
    response::see_other(path).into_response()
}

fn for_people(error: &Error, page: &Page, asked: &Asked, fragment: bool) -> Response {
    let (title, message, status) = (title(error, page), message(error, page), error.status().as_u16());
    let way_on = error.next_step().map(|(href, label)| (href.to_owned(), page.t(label)));
    let request_id = if error.status().is_server_error() { asked.id.as_str() } else { "" };
    let text = if fragment {
        ErrorFragment { page, status, title, message, way_on, request_id }.render()
    } else {
        ErrorPage { page, status, title, message, way_on, request_id }.render()
    };
    let text = text.unwrap_or_else(|fault| {
        tracing::error!(%fault, "the error page could not be written");
        format!("<!doctype html><title>{status}</title><p>{status}")
    });
    response::html_text(text).status(error.status()).into_response()
}

/// A word is shown once: by the first whole page that follows.
fn forget_shown_flash(response: &mut Response, asked: &Asked) {
    let kind = response.headers().get(header::CONTENT_TYPE).map(HeaderValue::as_bytes).unwrap_or_default();
    let is_page = kind.starts_with(b"text/html") && !response::is_htmx(&asked.headers);
    if is_page && cookie::read(&asked.headers, flash::NAME).is_some() {
        response.extensions_mut().get_or_insert_default::<Cookies>().0.insert(0, Cookie::removal(flash::NAME));
    }
}

/// A part that htmx asked for and the whole page have one address: a browser must not take one for the other.
fn part_and_page_are_two(response: &mut Response) {
    let kind = response.headers().get(header::CONTENT_TYPE).map(HeaderValue::as_bytes).unwrap_or_default();
    if kind.starts_with(b"text/html") {
        response.headers_mut().append(header::VARY, HeaderValue::from_static("hx-request"));
    }
}

fn set_cookies(response: &mut Response, ctx: &Ctx) {
    let cookies = response.extensions_mut().remove::<Cookies>().unwrap_or_default();
    for header in cookies.0.iter().filter_map(|cookie| cookie.header(ctx.settings.is_https())) {
        response.headers_mut().append(header::SET_COOKIE, header);
    }
}

/// Marks a page that may be revalidated, and answers 304 where the browser has it.
async fn unless_known(response: Response, asked: &Asked) -> Response {
    let revalidates = response.extensions().get::<CachePolicy>() == Some(&CachePolicy::Revalidate);
    let is_marked = response.headers().contains_key(header::ETAG);
    if !revalidates || is_marked || response.status() != StatusCode::OK || asked.method != Method::GET {
        return response;
    }
    let (mut parts, body) = response.into_parts();
    let Ok(body) = body.collect().await.map(http_body_util::Collected::to_bytes) else {
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    };
    let etag = response::etag(&body);
    if let Ok(value) = HeaderValue::from_str(&etag) {
        parts.headers.insert(header::ETAG, value);
    }
    if response::is_known(&asked.headers, &etag) {
        parts.status = StatusCode::NOT_MODIFIED;
        parts.headers.remove(header::CONTENT_TYPE);
        parts.headers.remove(header::CONTENT_LENGTH);
        return Response::from_parts(parts, Bytes::new().into());
    }
    Response::from_parts(parts, body.into())
}

#[cfg(test)]
mod tests {
    use super::without_secrets;

    #[test]
    fn a_link_that_lets_somebody_in_is_not_logged() {
        let token = "qnusv2VqyW-50onYJ4zi1ICbdPQE5n1-1j3DA8nJLBk";
        assert_eq!(without_secrets(&format!("/reset/{token}")), "/reset/...");
        let course = "/courses/01a21339-1755-7649-b167-1674379620cf/edit";
        assert_eq!(without_secrets(course), course);
    }
}
