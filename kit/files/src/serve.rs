//! How a file is handed out: whole or in parts, to be shown only where that is safe.

use axum::body::Body;
use axum::http::{HeaderMap, HeaderValue, Response, StatusCode, header};

use crate::{Files, FilesError, Hash};

/// Types that a browser may show. Everything else is saved to disk.
const SHOWN: &[&str] = &[
    "image/png",
    "image/jpeg",
    "image/webp",
    "image/gif",
    "image/avif",
    "image/svg+xml",
    "application/pdf",
    "audio/mpeg",
    "audio/mp4",
    "audio/m4a",
    "audio/ogg",
    "audio/x-wav",
    "audio/wav",
    "audio/x-flac",
    "video/mp4",
    "video/webm",
    "text/vtt",
    "text/plain",
];

/// What is asked for.
#[derive(Debug)]
pub struct Asked<'a> {
    /// Which file.
    pub hash: &'a Hash,
    /// Under which name it is saved.
    pub name: &'a str,
    /// What it is.
    pub media_type: &'a str,
    /// Its size in bytes.
    pub size: u64,
    /// True where it is to be saved, whatever it is.
    pub download: bool,
    /// The headers of the request.
    pub headers: &'a HeaderMap,
}

/// What a `Range` header asks for (RFC 9110, 14.2). Several ranges at once are answered with the whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Wanted {
    /// Everything.
    Whole,
    /// These bytes.
    Part(std::ops::Range<u64>),
    /// Bytes that the file does not have.
    Unsatisfiable,
}

/// Reads a `Range` header.
pub fn wanted(range: Option<&str>, size: u64) -> Wanted {
    let Some(spec) = range.and_then(|range| range.trim().strip_prefix("bytes=")) else { return Wanted::Whole };
    let Some((from, to)) = spec.split_once('-').filter(|_| !spec.contains(',')) else { return Wanted::Whole };
    let part = match (from.trim().parse::<u64>(), to.trim().parse::<u64>()) {
        (Ok(from), Ok(to)) if from <= to => from..to.saturating_add(1).min(size),
        (Ok(from), Err(_)) if to.trim().is_empty() => from..size,
        (Err(_), Ok(last)) if from.trim().is_empty() => size.saturating_sub(last)..size,
        _ => return Wanted::Whole,
    };
    if part.start >= part.end { Wanted::Unsatisfiable } else { Wanted::Part(part) }
}

/// The header by which a browser shows or saves a file under its name (RFC 6266).
pub fn content_disposition(name: &str, shown: bool) -> String {
    let plain: String = name
        .chars()
        .map(|c| if c.is_ascii_graphic() && !matches!(c, '"' | '\\' | '/') || c == ' ' { c } else { '_' })
        .collect();
    let encoded: String = name
        .bytes()
        .map(|byte| {
            if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
                char::from(byte).to_string()
            } else {
                format!("%{byte:02X}")
            }
        })
        .collect();
    let how = if shown { "inline" } else { "attachment" };
    format!("{how}; filename=\"{plain}\"; filename*=UTF-8''{encoded}")
}

/// The answer. A file never changes, so that it may be kept for as long as the browser likes.
pub async fn response(files: &Files, asked: &Asked<'_>) -> Result<Response<Body>, FilesError> {
    let tag = format!("\"{}\"", asked.hash);
    let given = |name: header::HeaderName| asked.headers.get(name).and_then(|value| value.to_str().ok());
    let mut response = Response::new(Body::empty());
    let shown = SHOWN.contains(&asked.media_type) && !asked.download;
    let media_type = if asked.media_type.starts_with("text/") {
        format!("{}; charset=utf-8", asked.media_type)
    } else {
        asked.media_type.to_owned()
    };
    let mut set = |name: header::HeaderName, value: &str| {
        if let Ok(value) = HeaderValue::from_str(value) {
            response.headers_mut().insert(name, value);
        }
    };
    set(header::ETAG, &tag);
    set(header::CACHE_CONTROL, "private, max-age=31536000, immutable");
    set(header::ACCEPT_RANGES, "bytes");
    set(header::CONTENT_TYPE, &media_type);
    set(header::CONTENT_DISPOSITION, &content_disposition(asked.name, shown));
    set(header::X_CONTENT_TYPE_OPTIONS, "nosniff");
    if asked.media_type == "image/svg+xml" {
        // A drawing may carry scripts; in a sandbox without an origin they do not run.
        set(header::CONTENT_SECURITY_POLICY, "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:");
    }
    if given(header::IF_NONE_MATCH).is_some_and(|tags| tags.split(',').any(|known| known.trim() == tag)) {
        *response.status_mut() = StatusCode::NOT_MODIFIED;
        return Ok(response);
    }
    let range = given(header::RANGE).filter(|_| given(header::IF_RANGE).is_none_or(|known| known == tag));
    match wanted(range, asked.size) {
        Wanted::Unsatisfiable => {
            set(header::CONTENT_RANGE, &format!("bytes */{}", asked.size));
            *response.status_mut() = StatusCode::RANGE_NOT_SATISFIABLE;
        }
        Wanted::Part(part) => {
            set(header::CONTENT_RANGE, &format!("bytes {}-{}/{}", part.start, part.end - 1, asked.size));
            set(header::CONTENT_LENGTH, &(part.end - part.start).to_string());
            *response.status_mut() = StatusCode::PARTIAL_CONTENT;
            *response.body_mut() = Body::from_stream(files.stream(asked.hash, Some(part)).await?.1);
        }
        Wanted::Whole => {
            set(header::CONTENT_LENGTH, &asked.size.to_string());
            *response.body_mut() = Body::from_stream(files.stream(asked.hash, None).await?.1);
        }
    }
    Ok(response)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_are_read_as_the_standard_says() {
        assert_eq!(wanted(Some("bytes=0-99"), 50), Wanted::Part(0..50));
        assert_eq!(wanted(Some("bytes=10-"), 50), Wanted::Part(10..50));
        assert_eq!(wanted(Some("bytes=-10"), 50), Wanted::Part(40..50));
        assert_eq!(wanted(Some("bytes=60-70"), 50), Wanted::Unsatisfiable);
        for odd in [None, Some("bytes=5-2"), Some("bytes=1-2,4-5"), Some("lines=1-2"), Some("bytes=x-y")] {
            assert_eq!(wanted(odd, 50), Wanted::Whole);
        }
    }

    #[test]
    fn names_cannot_break_out_of_their_header() {
        let header = content_disposition("a\"b\r\nü.pdf", false);
        assert_eq!(header, "attachment; filename=\"a_b___.pdf\"; filename*=UTF-8''a%22b%0D%0A%C3%BC.pdf");
    }
}
