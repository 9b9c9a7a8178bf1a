//! Files in a bucket of an S3 service.

use std::ops::Range;
use std::path::Path;
use std::time::Duration;

use bytes::Bytes;
use futures_util::stream::BoxStream;
use futures_util::{StreamExt, TryStreamExt};
use object_store::aws::{AmazonS3, AmazonS3Builder};
use object_store::path::Path as Key;
use object_store::{
    ClientOptions, Error, GetOptions, GetRange, ObjectStore, ObjectStoreExt, PutPayload, RetryConfig, WriteMultipart,
};

use crate::disk::pieces;
use crate::{FilesError, Hash, S3Config};

/// Files of up to so many bytes are sent in one request, larger ones in parts of this size.
const PART: u64 = 8 << 20;
/// Parts that are under way at once: what an upload holds in memory.
const PARTS_AT_ONCE: usize = 4;
/// How long the service may be silent.
const SILENCE_MAX: Duration = Duration::from_secs(30);
/// For how long a request is tried again.
const TRYING_MAX: Duration = Duration::from_secs(30);

/// A bucket with files by their hash.
#[derive(Debug)]
pub(crate) struct Bucket {
    service: AmazonS3,
    prefix: String,
}

impl Bucket {
    pub(crate) fn open(config: &S3Config) -> Result<Self, FilesError> {
        // One provider for the whole program; that another part chose it first is no fault.
        let _ = rustls::crypto::ring::default_provider().install_default();
        // A large file takes as long as it takes: what is limited is the silence, not the whole.
        let options = ClientOptions::new()
            .with_timeout_disabled()
            .with_connect_timeout(Duration::from_secs(5))
            .with_read_timeout(SILENCE_MAX)
            .with_allow_http(true);
        let retry = RetryConfig { max_retries: 4, retry_timeout: TRYING_MAX, ..RetryConfig::default() };
        let mut builder = AmazonS3Builder::new()
            .with_bucket_name(&config.bucket)
            .with_region(&config.region)
            .with_access_key_id(&config.access_key)
            .with_secret_access_key(&config.secret_key)
            .with_retry(retry)
            .with_client_options(options);
        if let Some(endpoint) = &config.endpoint {
            builder = builder.with_endpoint(endpoint);
        }
        let service = builder.build().map_err(|e| FilesError::Service(e.to_string()))?;
        Ok(Self { service, prefix: config.prefix.trim_matches('/').to_owned() })
    }

    /// As on a disk, so that a folder can be copied into a bucket and back.
    fn key(&self, hash: &Hash) -> Key {
        let name = hash.to_string();
        Key::from(format!("{}/{}/{}/{name}", self.prefix, &name[..2], &name[2..4]))
    }

    pub(crate) async fn size(&self, hash: &Hash) -> Result<u64, FilesError> {
        let head = self.service.head(&self.key(hash)).await;
        Ok(head.map_err(|e| trouble(e, hash))?.size)
    }

    /// Sends a file of this machine.
    pub(crate) async fn keep(&self, hash: &Hash, from: &Path, size: u64) -> Result<(), FilesError> {
        let key = self.key(hash);
        let mut pieces = pieces(from, 0..size).await?;
        if size <= PART {
            let bytes: Vec<Bytes> = pieces.try_collect().await?;
            self.service.put(&key, PutPayload::from_iter(bytes)).await.map_err(|e| trouble(e, hash))?;
            return Ok(());
        }
        let upload = self.service.put_multipart(&key).await.map_err(|e| trouble(e, hash))?;
        let mut upload = WriteMultipart::new_with_chunk_size(upload, usize::try_from(PART).unwrap_or(usize::MAX));
        while let Some(piece) = pieces.next().await {
            let sent = match piece {
                Ok(piece) => upload.wait_for_capacity(PARTS_AT_ONCE).await.map(|()| upload.put(piece)),
                Err(e) => Err(Error::Generic { store: "the file on its way", source: Box::new(e) }),
            };
            if let Err(e) = sent {
                // What has arrived of it is given up; that this fails too changes nothing of what is told.
                let _ = upload.abort().await;
                return Err(trouble(e, hash));
            }
        }
        upload.finish().await.map_err(|e| trouble(e, hash))?;
        Ok(())
    }

    pub(crate) async fn read(&self, hash: &Hash) -> Result<Bytes, FilesError> {
        let got = self.service.get(&self.key(hash)).await.map_err(|e| trouble(e, hash))?;
        got.bytes().await.map_err(|e| trouble(e, hash))
    }

    pub(crate) async fn stream(
        &self,
        hash: &Hash,
        part: Range<u64>,
    ) -> Result<BoxStream<'static, std::io::Result<Bytes>>, FilesError> {
        if part.is_empty() {
            return Ok(futures_util::stream::empty().boxed());
        }
        let options = GetOptions { range: Some(GetRange::Bounded(part)), ..GetOptions::default() };
        let got = self.service.get_opts(&self.key(hash), options).await.map_err(|e| trouble(e, hash))?;
        Ok(got.into_stream().map_err(std::io::Error::other).boxed())
    }

    pub(crate) async fn list(&self) -> Result<Vec<Hash>, FilesError> {
        let prefix = Key::from(self.prefix.as_str());
        let objects = self.service.list((!self.prefix.is_empty()).then_some(&prefix));
        let names = objects.map_ok(|object| object.location.filename().and_then(|name| name.parse::<Hash>().ok()));
        let found: Vec<Option<Hash>> = names.try_collect().await.map_err(|e| FilesError::Service(e.to_string()))?;
        Ok(found.into_iter().flatten().collect())
    }
}

fn trouble(error: Error, hash: &Hash) -> FilesError {
    match error {
        Error::NotFound { .. } => FilesError::NotFound(*hash),
        other => FilesError::Service(other.to_string()),
    }
}
