//! The store on a disk, and in a bucket.

#![allow(clippy::unwrap_used, clippy::allow_attributes, missing_docs)]

mod service;

use std::io::Read;

use bytes::Bytes;
use files::{Files, FilesConfig, FilesError, Limits, S3Config};
use futures_util::TryStreamExt;

fn store() -> (tempfile::TempDir, Files) {
    let dir = tempfile::tempdir().unwrap();
    let files = Files::open(&FilesConfig::Disk { dir: dir.path().join("files") }).unwrap();
    (dir, files)
}

fn text_of(mut file: std::fs::File) -> String {
    let mut text = String::new();
    file.read_to_string(&mut text).unwrap();
    text
}

#[tokio::test]
async fn a_file_is_kept_once_and_read_in_parts() {
    let (_dir, files) = store();
    let stored = files.put_bytes(Bytes::from_static(b"The tide comes in."), &Limits::default()).await.unwrap();
    let again = files.put_bytes(Bytes::from_static(b"The tide comes in."), &Limits::default()).await.unwrap();
    assert_eq!(stored, again);
    assert_eq!(files.list().await.unwrap(), [stored.hash]);
    let (size, part) = files.stream(&stored.hash, Some(4..8)).await.unwrap();
    let part: Vec<Bytes> = part.try_collect().await.unwrap();
    assert_eq!((size, part.concat().as_slice()), (18, b"tide".as_slice()));
    assert_eq!(text_of(files.local(&stored.hash).await.unwrap()), "The tide comes in.");
    assert_eq!(stored.hash.to_string().parse::<files::Hash>().unwrap(), stored.hash);
}

#[tokio::test]
async fn what_is_too_large_or_breaks_off_leaves_nothing() {
    let (dir, files) = store();
    let limits = Limits { bytes_max: 10 };
    let refused = files.put_bytes(Bytes::from_static(b"eleven byte"), &limits).await.unwrap_err();
    assert!(refused.is_too_large() && refused.to_string().contains("10 bytes"));
    let mut broken = files.begin(&limits).await.unwrap();
    broken.write(b"half").await.unwrap();
    drop(broken);
    assert!(files.list().await.unwrap().is_empty());
    assert_eq!(std::fs::read_dir(dir.path().join("files/tmp")).unwrap().count(), 0);
}

#[tokio::test]
async fn a_missing_file_is_named() {
    let (_dir, files) = store();
    let hash = "ab".repeat(32).parse().unwrap();
    assert!(matches!(files.read_all(&hash, 10).await, Err(FilesError::NotFound(missing)) if missing == hash));
    assert!(matches!(files.local(&hash).await, Err(FilesError::NotFound(missing)) if missing == hash));
}

fn bucket(service: &service::Service, secret: &str) -> (tempfile::TempDir, Files) {
    let dir = tempfile::tempdir().unwrap();
    let config = S3Config {
        bucket: "stoa".to_owned(),
        prefix: "kept/here".to_owned(),
        endpoint: Some(service.address.clone()),
        region: "eu-central-1".to_owned(),
        access_key: "key".to_owned(),
        secret_key: secret.to_owned(),
        scratch: dir.path().join("tmp"),
    };
    assert!(!format!("{config:?}").contains(secret), "the secret is not for logs");
    let files = Files::open(&FilesConfig::S3(config)).unwrap();
    (dir, files)
}

#[tokio::test]
async fn a_bucket_keeps_small_files_and_large_ones_in_parts() {
    let service = service::Service::start().await;
    let (dir, files) = bucket(&service, "secret");
    let small = files.put_bytes(Bytes::from_static(b"The tide comes in."), &Limits::default()).await.unwrap();
    let again = files.put_bytes(Bytes::from_static(b"The tide comes in."), &Limits::default()).await.unwrap();
    assert_eq!(small, again);
    assert_eq!(service.puts(), 1, "what is there already is not sent again");
    let (size, part) = files.stream(&small.hash, Some(4..8)).await.unwrap();
    let part: Vec<Bytes> = part.try_collect().await.unwrap();
    assert_eq!((size, part.concat().as_slice()), (18, b"tide".as_slice()));
    assert_eq!(text_of(files.local(&small.hash).await.unwrap()), "The tide comes in.");
    let large: Vec<u8> = (0..20_000_000_u32).map(|n| (n % 251) as u8).collect();
    let stored = files.put_bytes(Bytes::from(large.clone()), &Limits::default()).await.unwrap();
    assert_eq!(service.parts(), 3);
    assert_eq!(files.read_all(&stored.hash, 1 << 30).await.unwrap(), large);
    assert!(files.read_all(&stored.hash, 10).await.unwrap_err().is_too_large());
    let mut both = [small.hash, stored.hash];
    both.sort_unstable();
    assert_eq!(files.list().await.unwrap(), both);
    let (_, empty) = files.stream(&small.hash, Some(3..3)).await.unwrap();
    assert!(empty.try_collect::<Vec<Bytes>>().await.unwrap().is_empty());
    assert_eq!(std::fs::read_dir(dir.path().join("tmp")).unwrap().count(), 0);
}

#[tokio::test]
async fn a_bucket_tells_what_is_missing_and_what_is_refused() {
    let service = service::Service::start().await;
    let (_dir, files) = bucket(&service, "secret");
    let hash = "ab".repeat(32).parse().unwrap();
    assert!(matches!(files.size(&hash).await, Err(FilesError::NotFound(missing)) if missing == hash));
    service.refuse();
    let refused = files.put_bytes(Bytes::from_static(b"x"), &Limits::default()).await.unwrap_err();
    assert!(matches!(&refused, FilesError::Service(_)), "{refused}");
    assert_eq!(service.puts(), 0);
}
