//! The layers around all routes, outermost last: routing, method override, panics, errors and headers, compression,
//! the log.

use std::any::Any;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use http::{HeaderValue, Method, StatusCode, header};
use store::{params, sql};
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::predicate::{DefaultPredicate, NotForContentType, Predicate as _};
use tower_http::compression::{CompressionLayer, CompressionLevel};

use crate::words::Words;
use crate::{Ctx, Error, access, assets, observe, render, url};

/// The service: these routes with the assets, the health checks and the layers.
pub(crate) fn around(router: Router<Ctx>, ctx: Ctx) -> Router {
    // Read now, so that the first page does not wait for them.
    let _ = (Words::current(), assets::Assets::current());
    let routes = router
        .route("/assets/{hash}/{*path}", axum::routing::get(assets::serve))
        .route("/healthz", axum::routing::get(healthz))
        .route("/readyz", axum::routing::get(readyz))
        .fallback(access::unknown_address)
        .with_state(ctx.clone());
    // Fonts and pictures are compressed already, and a stream of events must not wait for a full block.
    let worth = DefaultPredicate::new()
        .and(NotForContentType::const_new("font/"))
        .and(NotForContentType::const_new("video/"))
        .and(NotForContentType::const_new("audio/"))
        .and(NotForContentType::const_new("application/zip"))
        .and(NotForContentType::const_new("application/pdf"))
        .and(NotForContentType::SSE);
    // A layer on a router runs after its routing: the method has to change before, so the routes stand as a service
    // below a router of their own.
    Router::new()
        .fallback_service(routes)
        .layer(from_fn_with_state(ctx.clone(), override_method))
        .layer(CatchPanicLayer::custom(panicked))
        .layer(from_fn_with_state(ctx.clone(), render::finish))
        .layer(compression().compress_when(worth))
        .layer(from_fn_with_state(ctx, observe::request))
}

/// Compression of what is written for each request. Gzip at its lowest level makes a page of 14 KB somewhat larger than
/// Brotli does, in a seventh of the time: Brotli fills tables first that are larger than the page. Assets, which are
/// compressed once, are in Brotli.
fn compression() -> CompressionLayer {
    CompressionLayer::new().quality(CompressionLevel::Precise(1))
}

/// `GET /healthz`: the process is alive.
async fn healthz() -> &'static str {
    "ok"
}

/// `GET /readyz`: the database answers.
async fn readyz(State(ctx): State<Ctx>) -> Result<&'static str, Error> {
    // A statement, since a transaction begins with its first: without one nothing is asked of the database.
    ctx.db.read(|tx| tx.value::<i64>(sql!("select cast(1 as bigint)"), params![])).await?;
    Ok("ready")
}

fn panicked(panic: Box<dyn Any + Send + 'static>) -> Response {
    let text = panic.downcast_ref::<String>().cloned();
    let text = text.or_else(|| panic.downcast_ref::<&str>().map(|text| (*text).to_owned()));
    Error::internal(format!("a panic: {}", text.unwrap_or_default())).into_response()
}

/// A form can only GET and POST. A POST with the field `_method` (`put`, `patch`, `delete`) reaches that route.
async fn override_method(State(ctx): State<Ctx>, request: Request, next: Next) -> Response {
    let kind = request.headers().get(header::CONTENT_TYPE).map(HeaderValue::as_bytes).unwrap_or_default();
    if request.method() != Method::POST || !kind.starts_with(b"application/x-www-form-urlencoded") {
        return next.run(request).await;
    }
    let limit = ctx.settings.limits.body_bytes_max;
    let (mut parts, body) = request.into_parts();
    let Ok(bytes) = to_bytes(body, limit).await else { return too_large_or_broken(&parts, limit).into_response() };
    if let Some(method) = named_method(&bytes) {
        parts.method = method;
    }
    next.run(Request::from_parts(parts, Body::from(bytes))).await
}

fn too_large_or_broken(parts: &http::request::Parts, limit: usize) -> Error {
    let announced =
        parts.headers.get(header::CONTENT_LENGTH).and_then(|v| v.to_str().ok()).and_then(|v| v.parse().ok());
    if announced.is_some_and(|bytes: usize| bytes <= limit) {
        Error::new(StatusCode::BAD_REQUEST, "broken-upload", "error-upload-broken")
    } else {
        Error::too_large(limit)
    }
}

fn named_method(body: &[u8]) -> Option<Method> {
    let text = std::str::from_utf8(body).ok()?;
    let field = text.split('&').find_map(|pair| pair.strip_prefix("_method="))?;
    match url::decoded(field).to_ascii_lowercase().as_str() {
        "delete" => Some(Method::DELETE),
        "put" => Some(Method::PUT),
        "patch" => Some(Method::PATCH),
        _ => None,
    }
}
