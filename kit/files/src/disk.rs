use std::io::{ErrorKind, SeekFrom};
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use bytes::Bytes;
use futures_util::StreamExt;
use futures_util::stream::{self, BoxStream};
use sha2::{Digest, Sha256};
use tokio::fs::{self, File};
use tokio::io::{AsyncReadExt, AsyncSeekExt, AsyncWriteExt};

use crate::{FilesConfig, FilesError, Hash, Limits, Stored, media};

/// Bytes that are read at once.
const PIECE: usize = 64 << 10;
/// The beginning of a file by which its type is told, in bytes.
const HEAD: usize = 8 << 10;

/// The store; clones share it.
#[derive(Clone, Debug)]
pub struct Files {
    dir: Arc<PathBuf>,
}

/// A file on its way in. Dropped before [`Put::finish`] it leaves nothing behind.
#[derive(Debug)]
pub struct Put {
    dir: Arc<PathBuf>,
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
    /// Opens the store, making its directory where it is missing.
    pub fn open(config: &FilesConfig) -> Result<Self, FilesError> {
        let FilesConfig::Disk { dir } = config;
        std::fs::create_dir_all(dir.join("tmp"))?;
        Ok(Self { dir: Arc::new(dir.clone()) })
    }

    /// Two levels of folders, so that none grows beyond what file systems like.
    fn path(&self, hash: &Hash) -> PathBuf {
        let name = hash.to_string();
        self.dir.join(&name[..2]).join(&name[2..4]).join(name)
    }

    /// Begins to take a file in.
    pub async fn begin(&self, limits: &Limits) -> Result<Put, FilesError> {
        static COUNT: AtomicU64 = AtomicU64::new(0);
        let number = COUNT.fetch_add(1, Ordering::Relaxed);
        let path = self.dir.join("tmp").join(format!("{}-{number}", std::process::id()));
        let file = File::create(&path).await?;
        let temporary = Temporary(path);
        let (sum, head) = (Sha256::new(), Vec::new());
        Ok(Put { dir: Arc::clone(&self.dir), temporary, file, sum, head, size: 0, limits: *limits })
    }

    /// Keeps bytes that are at hand.
    pub async fn put_bytes(&self, bytes: Bytes, limits: &Limits) -> Result<Stored, FilesError> {
        let mut put = self.begin(limits).await?;
        put.write(&bytes).await?;
        put.finish().await
    }

    /// The whole file, which may have at most so many bytes.
    pub async fn read_all(&self, hash: &Hash, bytes_max: u64) -> Result<Bytes, FilesError> {
        let size = self.size(hash).await?;
        if size > bytes_max {
            return Err(FilesError::TooLarge { limit: bytes_max });
        }
        Ok(Bytes::from(fs::read(self.path(hash)).await?))
    }

    /// The file, or a part of it, piece by piece, with the size of the whole.
    pub async fn stream(
        &self,
        hash: &Hash,
        part: Option<Range<u64>>,
    ) -> Result<(u64, BoxStream<'static, std::io::Result<Bytes>>), FilesError> {
        let size = self.size(hash).await?;
        let part = part.unwrap_or(0..size);
        let mut file = File::open(self.path(hash)).await?;
        file.seek(SeekFrom::Start(part.start)).await?;
        let left = part.end.saturating_sub(part.start);
        let pieces = stream::try_unfold((file, left), |(mut file, left)| async move {
            if left == 0 {
                return Ok(None);
            }
            let mut piece = vec![0; PIECE.min(usize::try_from(left).unwrap_or(PIECE))];
            let read = file.read(&mut piece).await?;
            if read == 0 {
                return Err(std::io::Error::from(ErrorKind::UnexpectedEof));
            }
            piece.truncate(read);
            Ok(Some((Bytes::from(piece), (file, left - read as u64))))
        });
        Ok((size, pieces.boxed()))
    }

    /// The size of a file in bytes.
    pub async fn size(&self, hash: &Hash) -> Result<u64, FilesError> {
        match fs::metadata(self.path(hash)).await {
            Ok(data) => Ok(data.len()),
            Err(e) if e.kind() == ErrorKind::NotFound => Err(FilesError::NotFound(*hash)),
            Err(e) => Err(e.into()),
        }
    }

    /// Whether there is such a file.
    pub async fn exists(&self, hash: &Hash) -> bool {
        self.size(hash).await.is_ok()
    }

    /// Every file that is kept, for a backup.
    pub fn list(&self) -> Result<Vec<Hash>, FilesError> {
        fn walk(dir: &Path, out: &mut Vec<Hash>) -> std::io::Result<()> {
            for entry in std::fs::read_dir(dir)? {
                let entry = entry?;
                if entry.file_type()?.is_dir() {
                    walk(&entry.path(), out)?;
                } else {
                    out.extend(entry.file_name().to_str().and_then(|name| name.parse::<Hash>().ok()));
                }
            }
            Ok(())
        }
        let mut out = Vec::new();
        walk(&self.dir, &mut out)?;
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

    /// Puts it in its place, once its bytes have reached the disk.
    pub async fn finish(mut self) -> Result<Stored, FilesError> {
        self.file.flush().await?;
        self.file.sync_all().await?;
        let hash = Hash::new(self.sum.clone().finalize().into());
        let stored = Stored { hash, size: self.size, media_type: media::media_type(&self.head).to_owned() };
        let path = Files { dir: Arc::clone(&self.dir) }.path(&hash);
        if fs::try_exists(&path).await? {
            return Ok(stored);
        }
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder).await?;
            fs::rename(&self.temporary.0, &path).await?;
            // The name itself must survive a loss of power too.
            File::open(folder).await?.sync_all().await?;
        }
        Ok(stored)
    }
}
