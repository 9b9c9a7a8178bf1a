//! The store: files go in through a temporary file of this machine, until their hash is known.

use std::ops::Range;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use bytes::Bytes;
use futures_util::TryStreamExt;
use futures_util::stream::BoxStream;
use sha2::{Digest, Sha256};
use tokio::fs::File;
use tokio::io::AsyncWriteExt;

use crate::bucket::Bucket;
use crate::disk::Disk;
use crate::{FilesConfig, FilesError, Hash, Limits, Stored, media};

/// The beginning of a file by which its type is told, in bytes.
const HEAD: usize = 8 << 10;

/// The store; clones share it.
#[derive(Clone, Debug)]
pub struct Files {
    place: Arc<Place>,
    scratch: Arc<PathBuf>,
}

#[derive(Debug)]
enum Place {
    Disk(Disk),
    Bucket(Bucket),
}

/// A file on its way in. Dropped before [`Put::finish`] it leaves nothing behind.
#[derive(Debug)]
pub struct Put {
    files: Files,
    temporary: Temporary,
    file: File,
    sum: Sha256,
    head: Vec<u8>,
    size: u64,
    limits: Limits,
}

/// A temporary file that goes unless it was put in its place.
#[derive(Debug)]
struct Temporary(PathBuf);

impl Drop for Temporary {
    fn drop(&mut self) {
        let _ = std::fs::remove_file(&self.0);
    }
}

impl Files {
    /// Opens the store, making its directory where it is missing. A bucket is not asked for until it is used.
    pub fn open(config: &FilesConfig) -> Result<Self, FilesError> {
        let (place, scratch) = match config {
            FilesConfig::Disk { dir } => (Place::Disk(Disk { dir: dir.clone() }), dir.join("tmp")),
            FilesConfig::S3(config) => (Place::Bucket(Bucket::open(config)?), config.scratch.clone()),
        };
        std::fs::create_dir_all(&scratch)?;
        Ok(Self { place: Arc::new(place), scratch: Arc::new(scratch) })
    }

    /// Begins to take a file in.
    pub async fn begin(&self, limits: &Limits) -> Result<Put, FilesError> {
        let (temporary, file) = self.temporary().await?;
        Ok(Put { files: self.clone(), temporary, file, sum: Sha256::new(), head: Vec::new(), size: 0, limits: *limits })
    }

    async fn temporary(&self) -> Result<(Temporary, File), FilesError> {
        static COUNT: AtomicU64 = AtomicU64::new(0);
        let number = COUNT.fetch_add(1, Ordering::Relaxed);
        let path = self.scratch.join(format!("{}-{number}", std::process::id()));
        let file = File::create(&path).await?;
        Ok((Temporary(path), file))
    }

    /// Keeps bytes that are at hand.
    pub async fn put_bytes(&self, bytes: Bytes, limits: &Limits) -> Result<Stored, FilesError> {
        let mut put = self.begin(limits).await?;
        put.write(&bytes).await?;
        put.finish().await
    }

    /// The whole file, which may have at most so many bytes.
    pub async fn read_all(&self, hash: &Hash, bytes_max: u64) -> Result<Bytes, FilesError> {
        if self.size(hash).await? > bytes_max {
            return Err(FilesError::TooLarge { limit: bytes_max });
        }
        match &*self.place {
            Place::Disk(disk) => disk.read(hash).await,
            Place::Bucket(bucket) => bucket.read(hash).await,
        }
    }

    /// The file as one on this machine, for a reader that goes back and forth in it: the kept one itself, or a copy of
    /// one in a bucket that goes when it is closed.
    pub async fn local(&self, hash: &Hash) -> Result<std::fs::File, FilesError> {
        let bucket = match &*self.place {
            Place::Disk(disk) => return disk.open(hash).await,
            Place::Bucket(bucket) => bucket,
        };
        let size = bucket.size(hash).await?;
        let mut pieces = bucket.stream(hash, 0..size).await?;
        let (path, mut file) = self.temporary().await?;
        while let Some(piece) = pieces.try_next().await? {
            file.write_all(&piece).await?;
        }
        file.flush().await?;
        let opened = std::fs::File::open(&path.0)?;
        Ok(opened)
    }

    /// The file, or a part of it, piece by piece, with the size of the whole.
    pub async fn stream(
        &self,
        hash: &Hash,
        part: Option<Range<u64>>,
    ) -> Result<(u64, BoxStream<'static, std::io::Result<Bytes>>), FilesError> {
        let size = self.size(hash).await?;
        let part = part.unwrap_or(0..size);
        let pieces = match &*self.place {
            Place::Disk(disk) => disk.stream(hash, part).await?,
            Place::Bucket(bucket) => bucket.stream(hash, part).await?,
        };
        Ok((size, pieces))
    }

    /// The size of a file in bytes.
    pub async fn size(&self, hash: &Hash) -> Result<u64, FilesError> {
        match &*self.place {
            Place::Disk(disk) => disk.size(hash).await,
            Place::Bucket(bucket) => bucket.size(hash).await,
        }
    }

    /// Whether there is such a file.
    pub async fn exists(&self, hash: &Hash) -> bool {
        self.size(hash).await.is_ok()
    }

    /// Every file that is kept, in order, for a backup.
    pub async fn list(&self) -> Result<Vec<Hash>, FilesError> {
        let mut out = match &*self.place {
            Place::Disk(disk) => disk.list()?,
            Place::Bucket(bucket) => bucket.list().await?,
        };
        out.sort_unstable();
        Ok(out)
    }
}

impl Put {
    /// Takes the next piece.
    pub async fn write(&mut self, piece: &[u8]) -> Result<(), FilesError> {
        self.size += piece.len() as u64;
        if self.size > self.limits.bytes_max {
            return Err(FilesError::TooLarge { limit: self.limits.bytes_max });
        }
        let wanted = HEAD.saturating_sub(self.head.len()).min(piece.len());
        self.head.extend_from_slice(&piece[..wanted]);
        self.sum.update(piece);
        self.file.write_all(piece).await?;
        Ok(())
    }

    /// Puts it in its place, once its bytes have reached the disk or the service.
    pub async fn finish(mut self) -> Result<Stored, FilesError> {
        self.file.flush().await?;
        let hash = Hash::new(self.sum.clone().finalize().into());
        let stored = Stored { hash, size: self.size, media_type: media::media_type(&self.head).to_owned() };
        match self.files.size(&hash).await {
            Ok(_) => return Ok(stored),
            Err(FilesError::NotFound(_)) => {}
            Err(e) => return Err(e),
        }
        match &*self.files.place {
            Place::Disk(disk) => {
                self.file.sync_all().await?;
                disk.keep(&hash, &self.temporary.0).await?;
            }
            Place::Bucket(bucket) => bucket.keep(&hash, &self.temporary.0, self.size).await?,
        }
        Ok(stored)
    }
}
