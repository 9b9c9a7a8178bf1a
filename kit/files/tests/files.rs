//! The store on a disk.

#![allow(clippy::unwrap_used, clippy::allow_attributes, missing_docs)]

use bytes::Bytes;
use files::{Files, FilesConfig, FilesError, Limits};
use futures_util::TryStreamExt;

fn store() -> (tempfile::TempDir, Files) {
    let dir = tempfile::tempdir().unwrap();
    let files = Files::open(&FilesConfig::Disk { dir: dir.path().join("files") }).unwrap();
    (dir, files)
}

#[tokio::test]
async fn a_file_is_kept_once_and_read_in_parts() {
    let (_dir, files) = store();
    let stored = files.put_bytes(Bytes::from_static(b"The tide comes in."), &Limits::default()).await.unwrap();
    let again = files.put_bytes(Bytes::from_static(b"The tide comes in."), &Limits::default()).await.unwrap();
    assert_eq!(stored, again);
    assert_eq!(files.list().unwrap(), [stored.hash]);
    let (size, part) = files.stream(&stored.hash, Some(4..8)).await.unwrap();
    let part: Vec<Bytes> = part.try_collect().await.unwrap();
    assert_eq!((size, part.concat().as_slice()), (18, b"tide".as_slice()));
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
    assert!(files.list().unwrap().is_empty());
    assert_eq!(std::fs::read_dir(dir.path().join("files/tmp")).unwrap().count(), 0);
}

#[tokio::test]
async fn a_missing_file_is_named() {
    let (_dir, files) = store();
    let hash = "ab".repeat(32).parse().unwrap();
    assert!(matches!(files.read_all(&hash, 10).await, Err(FilesError::NotFound(missing)) if missing == hash));
}
