//! What the operator sees of a request: its number, how long it took, how many statements it ran.

use std::fmt::Write as _;
use std::time::Instant;

use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::Response;
use http::{HeaderName, HeaderValue};
use tracing::Instrument as _;

use crate::routes::RouteInfo;
use crate::{Ctx, secure};

/// The number of a request in the log; an extension of the request.
#[derive(Clone, Debug)]
pub struct RequestId(pub String);

const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");
/// How many statements the request ran: in development and in tests.
pub(crate) const STATEMENTS: HeaderName = HeaderName::from_static("x-stoa-statements");

/// Numbers the request, counts its statements, and writes its line to the log.
pub(crate) async fn request(State(ctx): State<Ctx>, request: Request, next: Next) -> Response {
    let began = Instant::now();
    let (mut parts, body) = request.into_parts();
    let given = secure::behind_trusted_proxy(&parts, &ctx.settings).then(|| given_id(&parts)).flatten();
    let id = given.unwrap_or_else(new_id);
    parts.extensions.insert(RequestId(id.clone()));
    let (method, path) = (parts.method.clone(), parts.uri.path().to_owned());
    let span = tracing::info_span!("request", id, %method);
    let answer = store::stats::scope(next.run(Request::from_parts(parts, body)));
    let (mut response, stats) = answer.instrument(span.clone()).await;
    let route = response.extensions().get::<RouteInfo>().map(|info| info.path.clone()).filter(|path| !path.is_empty());
    let (status, micros) = (response.status().as_u16(), began.elapsed().as_micros() as u64);
    let (statements, db_micros) = (stats.statements, stats.micros);
    span.in_scope(|| match route {
        Some(route) => tracing::info!(route, status, micros, statements, db_micros, "answered"),
        None => tracing::debug!(path, status, micros, "answered"),
    });
    let headers = response.headers_mut();
    if let Ok(id) = HeaderValue::from_str(&id) {
        headers.insert(REQUEST_ID, id);
    }
    if ctx.settings.dev {
        // Outside of development such figures could tell a stranger whether an account exists.
        headers.insert(STATEMENTS, HeaderValue::from(statements));
        let millis = |micros: u64| micros as f64 / 1000.0;
        let timing = format!("db;desc=\"{statements}\";dur={:.2}, total;dur={:.2}", millis(db_micros), millis(micros));
        if let Ok(timing) = HeaderValue::from_str(&timing) {
            headers.insert(HeaderName::from_static("server-timing"), timing);
        }
    }
    response
}

/// The number that a trusted proxy gave.
fn given_id(parts: &http::request::Parts) -> Option<String> {
    let id = parts.headers.get(REQUEST_ID)?.to_str().ok()?;
    let plain = id.len() <= 64 && id.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
    (plain && !id.is_empty()).then(|| id.to_owned())
}

fn new_id() -> String {
    let mut bytes = [0; 8];
    // A number that is not random still tells requests apart in most logs; no request fails for it.
    let _ = getrandom::fill(&mut bytes);
    bytes.iter().fold(String::with_capacity(16), |mut id, byte| {
        let _ = write!(id, "{byte:02x}");
        id
    })
}
