//! A browser for tests: it asks the program's router directly, keeps cookies, follows redirects, fills in forms, and
//! sees a page as a person does, by role, name and text. Behind the feature `testing`.
//!
//! What a test asks for and does not find is a failed test: these functions panic with the page's text.

#![expect(clippy::panic, clippy::expect_used, reason = "in a test a missing thing is a failure")]

mod answer;
mod dom;
mod forms;
mod roles;

use std::collections::BTreeMap;

use axum::Router;
use axum::body::Body;
use bytes::Bytes;
use http::{HeaderMap, HeaderName, HeaderValue, Method, Request, header};
use http_body_util::BodyExt as _;
use tower::ServiceExt as _;

pub use answer::Answer;
pub use forms::Filled;

use crate::url;

/// Redirects that are followed before the test fails.
const REDIRECTS_MAX: usize = 5;

/// A file to upload.
#[derive(Clone, Copy, Debug)]
pub struct File<'f> {
    /// The name of the field.
    pub field: &'f str,
    /// The file's name.
    pub name: &'f str,
    /// The media type.
    pub kind: &'f str,
    /// The content.
    pub bytes: &'f [u8],
}

/// A browser with its own cookies.
#[derive(Clone, Debug)]
pub struct Browser {
    router: Router,
    cookies: BTreeMap<String, String>,
    headers: HeaderMap,
    follows: bool,
}

impl Browser {
    /// A fresh browser that reads English.
    pub fn new(router: Router) -> Self {
        let mut headers = HeaderMap::new();
        headers.insert(header::HOST, HeaderValue::from_static("localhost:8080"));
        headers.insert(header::ACCEPT, HeaderValue::from_static("text/html"));
        headers.insert(header::ACCEPT_LANGUAGE, HeaderValue::from_static("en"));
        headers.insert("sec-fetch-site", HeaderValue::from_static("same-origin"));
        Self { router, cookies: BTreeMap::new(), headers, follows: true }
    }

    /// Sends this header with every request from now on, replacing the browser's own: `with("accept-language", "de")`.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: &str) -> Self {
        self.headers.insert(HeaderName::from_static(name), value.parse().expect("a header's value"));
        self
    }

    /// Does not send this header.
    #[must_use]
    pub fn without(mut self, name: &'static str) -> Self {
        self.headers.remove(name);
        self
    }

    /// A program instead of a person: asks for JSON, shows this bearer token, says nothing about sites.
    #[must_use]
    pub fn program(self, token: &str) -> Self {
        self.with("accept", "application/json")
            .with("authorization", &format!("Bearer {token}"))
            .without("sec-fetch-site")
    }

    /// htmx in a page: asks for parts.
    #[must_use]
    pub fn htmx(self) -> Self {
        self.with("hx-request", "true")
    }

    /// Shows redirects instead of following them.
    #[must_use]
    pub fn staying(mut self) -> Self {
        self.follows = false;
        self
    }

    /// Sets a cookie.
    pub fn set_cookie(&mut self, name: &str, value: &str) {
        self.cookies.insert(name.to_owned(), value.to_owned());
    }

    /// The value of a cookie.
    pub fn cookie(&self, name: &str) -> Option<&str> {
        self.cookies.get(name).map(String::as_str)
    }

    /// Opens an address.
    pub async fn get(&mut self, path: &str) -> Answer {
        self.send(Method::GET, path, None, Vec::new()).await
    }

    /// Sends a form. To send what a page's own form would send, see [`Browser::submit`].
    pub async fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> Answer {
        self.send_form(Method::POST, path, fields).await
    }

    /// Sends a form with PUT, as htmx does.
    pub async fn put(&mut self, path: &str, fields: &[(&str, &str)]) -> Answer {
        self.send_form(Method::PUT, path, fields).await
    }

    /// Sends DELETE, as htmx does.
    pub async fn delete(&mut self, path: &str) -> Answer {
        self.send(Method::DELETE, path, None, Vec::new()).await
    }

    /// Sends JSON.
    pub async fn json(&mut self, method: Method, path: &str, value: &serde_json::Value) -> Answer {
        self.send(method, path, Some("application/json"), value.to_string().into_bytes()).await
    }

    /// Sends any request: the walk over all routes uses it.
    pub async fn request(&mut self, method: Method, path: &str) -> Answer {
        let form = (!matches!(method, Method::GET | Method::HEAD)).then_some("application/x-www-form-urlencoded");
        self.send(method, path, form, Vec::new()).await
    }

    /// Sends these bytes as this media type, whatever they are.
    pub async fn raw(&mut self, method: Method, path: &str, kind: &str, body: Vec<u8>) -> Answer {
        self.send(method, path, Some(kind), body).await
    }

    /// Sends a form with files.
    pub async fn upload(&mut self, path: &str, fields: &[(&str, &str)], files: &[File<'_>]) -> Answer {
        let (kind, body) = multipart(fields, files);
        self.send(Method::POST, path, Some(&kind), body).await
    }

    /// Follows the link with this name (or a part of it) on a page.
    pub async fn click(&mut self, page: &Answer, name: &str) -> Answer {
        let Some(href) = page.link(name) else { panic!("no link `{name}` in:\n{}", page.text()) };
        self.get(&href).await
    }

    /// Presses the button with this name (or a part of it) on a page: its form is sent as the page has it, with these
    /// fields filled in. A field that the form does not have fails the test.
    pub async fn submit(&mut self, page: &Answer, button: &str, fields: &[(&str, &str)]) -> Answer {
        let form = page.filled(button, fields);
        let pairs: Vec<(&str, &str)> = form.fields.iter().map(|(k, v)| (k.as_str(), v.as_str())).collect();
        if form.method == Method::GET {
            let path = form.action.split('?').next().unwrap_or_default();
            return self.get(&format!("{path}?{}", url::query(pairs))).await;
        }
        if form.multipart {
            return self.upload(&form.action, &pairs, &[]).await;
        }
        self.post(&form.action, &pairs).await
    }

    async fn send_form(&mut self, method: Method, path: &str, fields: &[(&str, &str)]) -> Answer {
        let body = url::query(fields.iter().copied()).into_bytes();
        self.send(method, path, Some("application/x-www-form-urlencoded"), body).await
    }

    async fn send(&mut self, method: Method, path: &str, kind: Option<&str>, body: Vec<u8>) -> Answer {
        let mut answer = self.once(method, path, kind, body).await;
        for _ in 0..REDIRECTS_MAX {
            let Some(next) = answer.redirect().filter(|_| self.follows) else { return answer };
            answer = self.once(Method::GET, &next, None, Vec::new()).await;
        }
        assert!(answer.redirect().is_none() || !self.follows, "{path} leads in a circle");
        answer
    }

    async fn once(&mut self, method: Method, path: &str, kind: Option<&str>, body: Vec<u8>) -> Answer {
        let mut request = Request::new(Body::from(body));
        *request.method_mut() = method;
        *request.uri_mut() = path.parse().unwrap_or_else(|e| panic!("`{path}` is no path: {e}"));
        *request.headers_mut() = self.headers.clone();
        if let Some(kind) = kind {
            request.headers_mut().insert(header::CONTENT_TYPE, kind.parse().expect("a media type"));
        }
        let cookies: Vec<String> = self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        if !cookies.is_empty() {
            request.headers_mut().insert(header::COOKIE, cookies.join("; ").parse().expect("cookies"));
        }
        let response = match self.router.clone().oneshot(request).await {
            Ok(response) => response,
            Err(never) => match never {},
        };
        let (parts, body) = response.into_parts();
        // Live updates have no end to wait for: only that they are offered is seen.
        let is_stream = parts.headers.get(header::CONTENT_TYPE).is_some_and(|kind| kind == "text/event-stream");
        let bytes = if is_stream { Bytes::new() } else { body.collect().await.expect("a whole answer").to_bytes() };
        self.keep_cookies(&parts.headers);
        Answer::new(path, parts, bytes)
    }

    fn keep_cookies(&mut self, headers: &HeaderMap) {
        for line in headers.get_all(header::SET_COOKIE).iter().filter_map(|value| value.to_str().ok()) {
            let pair = line.split(';').next().unwrap_or_default();
            let Some((name, value)) = pair.split_once('=') else { continue };
            if line.contains("Max-Age=0") {
                self.cookies.remove(name);
            } else {
                self.cookies.insert(name.to_owned(), value.to_owned());
            }
        }
    }
}

fn multipart(fields: &[(&str, &str)], files: &[File<'_>]) -> (String, Vec<u8>) {
    const BOUNDARY: &str = "----stoa-test-boundary-5f1c";
    let mut body = Vec::new();
    for (name, value) in fields {
        let head = format!("--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n");
        body.extend_from_slice(head.as_bytes());
    }
    for file in files {
        let File { field, name, kind, bytes } = file;
        let head = format!(
            "--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"{field}\"; filename=\"{name}\"\r\nContent-Type: {kind}\r\n\r\n"
        );
        body.extend_from_slice(head.as_bytes());
        body.extend_from_slice(bytes);
        body.extend_from_slice(b"\r\n");
    }
    body.extend_from_slice(format!("--{BOUNDARY}--\r\n").as_bytes());
    (format!("multipart/form-data; boundary={BOUNDARY}"), body)
}
