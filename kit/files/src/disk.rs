//! Files in a directory.

use std::io::{ErrorKind, SeekFrom};
use std::ops::Range;
use std::path::{Path, PathBuf};

use bytes::Bytes;
use futures_util::StreamExt;
use futures_util::stream::{self, BoxStream};
use tokio::fs::{self, File};
use tokio::io::{AsyncReadExt, AsyncSeekExt};

use crate::{FilesError, Hash};

/// Bytes that are read at once.
pub(crate) const PIECE: usize = 64 << 10;

/// A directory with files by their hash.
#[derive(Debug)]
pub(crate) struct Disk {
    pub(crate) dir: PathBuf,
}

impl Disk {
    /// Two levels of folders, so that none grows beyond what file systems like.
    fn path(&self, hash: &Hash) -> PathBuf {
        let name = hash.to_string();
        self.dir.join(&name[..2]).join(&name[2..4]).join(name)
    }

    pub(crate) async fn size(&self, hash: &Hash) -> Result<u64, FilesError> {
        match fs::metadata(self.path(hash)).await {
            Ok(data) => Ok(data.len()),
            Err(e) if e.kind() == ErrorKind::NotFound => Err(FilesError::NotFound(*hash)),
            Err(e) => Err(e.into()),
        }
    }

    /// Moves a file whose bytes have reached the disk to its place.
    pub(crate) async fn keep(&self, hash: &Hash, from: &Path) -> Result<(), FilesError> {
        let path = self.path(hash);
        let Some(folder) = path.parent() else { return Ok(()) };
        // The names of the file and of folders that are new must survive a loss of power too.
        let mut unsynced = vec![folder];
        if fs::metadata(folder).await.is_err() {
            fs::create_dir_all(folder).await?;
            unsynced.extend(folder.ancestors().skip(1).take(2));
        }
        fs::rename(from, &path).await?;
        for folder in unsynced {
            File::open(folder).await?.sync_all().await?;
        }
        Ok(())
    }

    pub(crate) async fn read(&self, hash: &Hash) -> Result<Bytes, FilesError> {
        Ok(Bytes::from(fs::read(self.path(hash)).await?))
    }

    pub(crate) async fn open(&self, hash: &Hash) -> Result<std::fs::File, FilesError> {
        match File::open(self.path(hash)).await {
            Ok(file) => Ok(file.into_std().await),
            Err(e) if e.kind() == ErrorKind::NotFound => Err(FilesError::NotFound(*hash)),
            Err(e) => Err(e.into()),
        }
    }

    pub(crate) async fn stream(
        &self,
        hash: &Hash,
        part: Range<u64>,
    ) -> Result<BoxStream<'static, std::io::Result<Bytes>>, FilesError> {
        pieces(&self.path(hash), part).await
    }

    pub(crate) fn list(&self) -> Result<Vec<Hash>, FilesError> {
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
        Ok(out)
    }
}

/// A part of a file of this machine, piece by piece.
pub(crate) async fn pieces(
    path: &Path,
    part: Range<u64>,
) -> Result<BoxStream<'static, std::io::Result<Bytes>>, FilesError> {
    let mut file = File::open(path).await?;
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
    Ok(pieces.boxed())
}
