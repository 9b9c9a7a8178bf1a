//! As much of an S3 service as the store asks for, in memory.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::{DefaultBodyLimit, State};
use axum::http::{HeaderMap, Method, Response, StatusCode, Uri, header};
use axum::routing::any;

#[derive(Clone)]
pub(crate) struct Service {
    pub(crate) address: String,
    kept: Arc<Mutex<Kept>>,
}

#[derive(Default)]
struct Kept {
    objects: BTreeMap<String, Vec<u8>>,
    parts: BTreeMap<u32, Vec<u8>>,
    puts: usize,
    refuses: bool,
}

impl Service {
    pub(crate) async fn start() -> Self {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        let service = Self { address, kept: Arc::default() };
        let router =
            Router::new().fallback(any(answer)).layer(DefaultBodyLimit::disable()).with_state(service.kept.clone());
        tokio::spawn(async move { axum::serve(listener, router).await });
        service
    }

    pub(crate) fn puts(&self) -> usize {
        self.kept.lock().unwrap().puts
    }

    pub(crate) fn parts(&self) -> usize {
        self.kept.lock().unwrap().parts.len()
    }

    pub(crate) fn refuse(&self) {
        self.kept.lock().unwrap().refuses = true;
    }
}

async fn answer(
    State(kept): State<Arc<Mutex<Kept>>>,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
    body: Bytes,
) -> Response<Body> {
    let mut kept = kept.lock().unwrap();
    let signed = headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok()).unwrap_or_default();
    if kept.refuses || !signed.starts_with("AWS4-HMAC-SHA256 Credential=key/") {
        return xml(StatusCode::FORBIDDEN, "<Error><Code>AccessDenied</Code></Error>".to_owned());
    }
    let key = uri.path().trim_start_matches("/stoa").trim_start_matches('/').to_owned();
    let query = uri.query().unwrap_or_default().to_owned();
    let asks = |name: &str| query.split('&').find_map(|pair| pair.strip_prefix(&format!("{name}="))).map(str::to_owned);
    if method == Method::GET && asks("list-type").is_some() {
        let prefix = asks("prefix").unwrap_or_default().replace("%2F", "/");
        let objects = kept.objects.iter().filter(|(name, _)| name.starts_with(&prefix));
        let lines = objects.map(|(name, bytes)| {
            format!(
                "<Contents><Key>{name}</Key><LastModified>2026-03-02T09:00:00.000Z</LastModified><ETag>\"e\"</ETag><Size>{}</Size></Contents>",
                bytes.len()
            )
        });
        let lines: String = lines.collect();
        return xml(
            StatusCode::OK,
            format!("<ListBucketResult><IsTruncated>false</IsTruncated>{lines}</ListBucketResult>"),
        );
    }
    match (method, asks("partNumber"), asks("uploadId")) {
        (Method::POST, _, None) => xml(
            StatusCode::OK,
            "<InitiateMultipartUploadResult><UploadId>up</UploadId></InitiateMultipartUploadResult>".to_owned(),
        ),
        (Method::PUT, Some(number), Some(_)) => {
            kept.parts.insert(number.parse().unwrap(), body.to_vec());
            etag()
        }
        (Method::POST, _, Some(_)) => {
            let whole = kept.parts.values().flatten().copied().collect();
            kept.objects.insert(key, whole);
            xml(
                StatusCode::OK,
                "<CompleteMultipartUploadResult><ETag>\"e\"</ETag></CompleteMultipartUploadResult>".to_owned(),
            )
        }
        (Method::PUT, ..) => {
            kept.puts += 1;
            kept.objects.insert(key, body.to_vec());
            etag()
        }
        (method, ..) => match kept.objects.get(&key) {
            None => xml(StatusCode::NOT_FOUND, "<Error><Code>NoSuchKey</Code></Error>".to_owned()),
            Some(bytes) => object(bytes, &headers, method == Method::HEAD),
        },
    }
}

fn object(bytes: &[u8], headers: &HeaderMap, only_head: bool) -> Response<Body> {
    let range = headers.get(header::RANGE).and_then(|value| value.to_str().ok());
    let part = range.and_then(|range| range.strip_prefix("bytes=")?.split_once('-'));
    let part = part.map(|(from, to)| (from.parse::<usize>().unwrap(), to.parse::<usize>().unwrap() + 1));
    let (from, to) = part.unwrap_or((0, bytes.len()));
    let mut response = Response::builder()
        .status(if part.is_some() { StatusCode::PARTIAL_CONTENT } else { StatusCode::OK })
        .header(header::ETAG, "\"e\"")
        .header(header::LAST_MODIFIED, "Mon, 02 Mar 2026 09:00:00 GMT")
        .header(header::CONTENT_LENGTH, to - from);
    if part.is_some() {
        response = response.header(header::CONTENT_RANGE, format!("bytes {from}-{}/{}", to - 1, bytes.len()));
    }
    let body = if only_head { Body::empty() } else { Body::from(bytes[from..to].to_vec()) };
    response.body(body).unwrap()
}

fn etag() -> Response<Body> {
    Response::builder().header(header::ETAG, "\"e\"").body(Body::empty()).unwrap()
}

fn xml(status: StatusCode, text: String) -> Response<Body> {
    Response::builder().status(status).header(header::CONTENT_TYPE, "application/xml").body(Body::from(text)).unwrap()
}
