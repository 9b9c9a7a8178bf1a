//! Who may ask: the gate before every handler. Deny is the default.
//!
//! A route that needs a permission declares it. The gate itself checks only that somebody is signed in, since the
//! permission holds at a scope (this course, this unit) that the handler finds in its own transaction. Whoever answers
//! the question there, `people::can`, notes it in the request's [`Asked`]; where nobody asked for the declared
//! permission, the answer is withheld. So a handler that forgets to ask shows nothing, and its first test fails.

use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use axum::extract::{FromRequestParts, Request, State};
use axum::middleware::Next;
use axum::response::Response;
use http::request::Parts;

use crate::page::Page;
use crate::reader::Reader;
use crate::response::Cookies;
use crate::routes::RouteInfo;
use crate::{Ctx, Error, secure};

/// Who may ask for an address.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Access {
    /// Anyone.
    Public,
    /// Whoever is signed in.
    SignedIn,
    /// Whoever has this permission at the scope that the address names.
    Needs(&'static str),
}

impl fmt::Display for Access {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Public => "public",
            Self::SignedIn => "signed in",
            Self::Needs(permission) => permission,
        })
    }
}

/// Whether the permission that the route declares was asked for; an extractor. Clones share it.
#[derive(Clone, Debug)]
pub struct Asked {
    declared: Option<&'static str>,
    asked: Arc<AtomicBool>,
}

impl Asked {
    fn new(access: Access) -> Self {
        let declared = match access {
            Access::Needs(permission) => Some(permission),
            Access::Public | Access::SignedIn => None,
        };
        Self { declared, asked: Arc::new(AtomicBool::new(declared.is_none())) }
    }

    /// The permission that the route declares.
    pub fn declared(&self) -> Option<&'static str> {
        self.declared
    }

    /// Notes that this permission was asked for, whatever the answer.
    pub fn note(&self, permission: &str) {
        if self.declared == Some(permission) {
            self.asked.store(true, Ordering::Relaxed);
        }
    }

    fn is_answered(&self) -> bool {
        self.asked.load(Ordering::Relaxed)
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Asked {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Error> {
        parts.extensions.get::<Self>().cloned().ok_or_else(|| Error::internal("a gate outside of `Routes`"))
    }
}

/// The gate before a route's handler: where the request comes from, who asks, whether they may, and for how long the
/// handler may think about it.
pub(crate) async fn guard(State(ctx): State<Ctx>, request: Request, next: Next) -> Response {
    let Some(info) = request.extensions().get::<RouteInfo>().cloned() else {
        return refused(Error::internal("a route without its declaration"), None);
    };
    let (mut parts, body) = request.into_parts();
    if let Err(error) = secure::same_site(&parts, &ctx.settings, info.is_api) {
        return refused(error, Some(info));
    }
    let reader = match ctx.identify(asking(&parts, &ctx, &info)).await {
        Ok(reader) => reader,
        Err(error) => return refused(error, Some(info)),
    };
    let page = Arc::new(Page::new(&parts.headers, &parts.uri, &reader, ctx.now()));
    let asked = Asked::new(info.access);
    let cookies = reader.cookies.clone();
    let may = info.access == Access::Public || reader.signed_in;
    admit(&mut parts, reader, &page, &asked);
    let mut response = if may {
        let time_max = info.time_max.unwrap_or(ctx.settings.limits.request_time_max);
        let answer = tokio::time::timeout(time_max, next.run(Request::from_parts(parts, body))).await;
        answer.map_or_else(|_| refused(too_slow(), None), |response| withheld_unless_asked(response, &asked))
    } else {
        refused(Error::sign_in(), None)
    };
    let extensions = response.extensions_mut();
    extensions.get_or_insert_default::<Cookies>().0.splice(0..0, cookies);
    extensions.insert(page);
    extensions.insert(info);
    response
}

/// The page for an address that does not exist: it has the person's own navigation.
pub(crate) async fn unknown_address(State(ctx): State<Ctx>, request: Request) -> Response {
    let (parts, _) = request.into_parts();
    let info = RouteInfo {
        method: parts.method.clone(),
        path: String::new(),
        access: Access::Public,
        is_api: parts.uri.path().starts_with("/api/"),
        body_bytes_max: None,
        time_max: None,
    };
    let reader = ctx.identify(asking(&parts, &ctx, &info)).await.unwrap_or_default();
    let page = Arc::new(Page::new(&parts.headers, &parts.uri, &reader, ctx.now()));
    let mut response = refused(Error::not_found(), Some(info));
    response.extensions_mut().insert(page);
    response
}

fn asking(parts: &Parts, ctx: &Ctx, info: &RouteInfo) -> crate::reader::Asking {
    crate::reader::Asking {
        method: parts.method.clone(),
        uri: parts.uri.clone(),
        headers: parts.headers.clone(),
        client: secure::client(parts, &ctx.settings),
        is_api: info.is_api,
    }
}

/// Puts what handlers extract into the request.
fn admit(parts: &mut Parts, reader: Reader, page: &Arc<Page>, asked: &Asked) {
    parts.extensions.extend(reader.extensions);
    parts.extensions.insert(Arc::clone(page));
    parts.extensions.insert(asked.clone());
}

/// A failure may be told; anything else only where the declared permission was asked for.
fn withheld_unless_asked(response: Response, asked: &Asked) -> Response {
    let status = response.status();
    if asked.is_answered() || status.is_client_error() || status.is_server_error() {
        return response;
    }
    let permission = asked.declared.unwrap_or_default();
    refused(Error::internal(format!("the route declares `{permission}`, and nothing asked whether it is held")), None)
}

fn too_slow() -> Error {
    Error::busy().code("timeout").with_message("error-timeout")
}

fn refused(error: Error, info: Option<RouteInfo>) -> Response {
    let mut response = axum::response::IntoResponse::into_response(error);
    if let Some(info) = info {
        response.extensions_mut().insert(info);
    }
    response
}
