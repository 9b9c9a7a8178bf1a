use axum::body::Body;
use axum::extract::Path;
use axum::response::{IntoResponse as _, Response};
use http::{HeaderMap, HeaderValue, header};

use super::{Asset, Assets};
use crate::response::{self, CachePolicy};
use crate::{Error, Result};

/// `GET /assets/{hash}/{*path}`. With the hash of the present content it may be kept for ever. With another hash (a
/// page of the release before or after, during an update) the present content is served, to be asked for again.
pub(crate) async fn serve(Path((hash, path)): Path<(String, String)>, headers: HeaderMap) -> Result<Response> {
    let assets = Assets::current();
    let asset = assets.files.get(&path).ok_or_else(Error::not_found)?;
    let policy = if asset.hash == hash { CachePolicy::Immutable } else { CachePolicy::Revalidate };
    let etag = format!("\"{}\"", asset.hash);
    if response::is_known(&headers, &etag) {
        return Ok(response::not_modified(&etag, policy));
    }
    let mut answer = body(asset, &headers).into_response();
    let set = answer.headers_mut();
    set.insert(header::CONTENT_TYPE, HeaderValue::from_static(media_type(&path)));
    set.insert(header::CACHE_CONTROL, policy.header());
    set.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
    if let Ok(etag) = HeaderValue::from_str(&etag) {
        set.insert(header::ETAG, etag);
    }
    Ok(answer)
}

fn body(asset: &Asset, headers: &HeaderMap) -> Response {
    match &asset.brotli {
        Some(small) if accepts_brotli(headers) => {
            ([(header::CONTENT_ENCODING, "br")], Body::from(small.clone())).into_response()
        }
        _ => Body::from(asset.bytes.clone()).into_response(),
    }
}

fn accepts_brotli(headers: &HeaderMap) -> bool {
    let accepted = headers.get(header::ACCEPT_ENCODING).and_then(|v| v.to_str().ok()).unwrap_or_default();
    accepted.split(',').any(|one| {
        let (name, weight) = one.split_once(';').unwrap_or((one, ""));
        name.trim().eq_ignore_ascii_case("br") && !matches!(weight.trim(), "q=0" | "q=0.0" | "q=0.00" | "q=0.000")
    })
}

fn media_type(path: &str) -> &'static str {
    match path.rsplit_once('.').map(|(_, ending)| ending).unwrap_or_default() {
        "css" => "text/css; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "json" | "map" => "application/json",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "webp" => "image/webp",
        "jpg" | "jpeg" => "image/jpeg",
        "ico" => "image/x-icon",
        "woff2" => "font/woff2",
        "wasm" => "application/wasm",
        "html" => "text/html; charset=utf-8",
        "vtt" => "text/vtt; charset=utf-8",
        "mp4" => "video/mp4",
        "webm" => "video/webm",
        _ => "text/plain; charset=utf-8",
    }
}
