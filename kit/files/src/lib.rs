//! Files by their content: a file is kept once under the SHA-256 of its bytes, and never changes. Which noun names it is
//! that noun's matter.

mod bucket;
mod disk;
mod media;
pub mod serve;
mod store;

use std::fmt;
use std::io::Read;
use std::path::PathBuf;
use std::str::FromStr;

use sha2::{Digest, Sha256};

pub use media::media_type;
pub use store::{Files, Put};

/// The largest file where nothing else is said, in bytes.
pub const BYTES_MAX: u64 = 512 << 20;

/// The SHA-256 of a file's bytes.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Hash([u8; 32]);

impl Hash {
    pub(crate) const fn new(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// The hash of all that a reader has, for those who look at bytes without keeping them.
    pub fn of(reader: &mut dyn Read) -> std::io::Result<Self> {
        let mut digest = Sha256::new();
        let mut piece = vec![0; 64 << 10];
        loop {
            match reader.read(&mut piece)? {
                0 => return Ok(Self(digest.finalize().into())),
                read => digest.update(&piece[..read]),
            }
        }
    }
}

/// 64 hexadecimal digits.
impl fmt::Display for Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// A text that is no hash.
#[derive(Debug, thiserror::Error)]
#[error("a hash has 64 hexadecimal digits")]
pub struct NoHash;

impl FromStr for Hash {
    type Err = NoHash;
    fn from_str(text: &str) -> Result<Self, NoHash> {
        if text.len() != 64 || !text.is_ascii() {
            return Err(NoHash);
        }
        let mut bytes = [0; 32];
        for (at, byte) in bytes.iter_mut().enumerate() {
            *byte = u8::from_str_radix(&text[at * 2..at * 2 + 2], 16).map_err(|_| NoHash)?;
        }
        Ok(Self(bytes))
    }
}

/// Where files are kept.
#[derive(Clone, Debug)]
pub enum FilesConfig {
    /// In a directory of this machine (or one that all nodes share).
    Disk {
        /// The directory; made where it is missing.
        dir: PathBuf,
    },
    /// In a bucket of an S3 service, which all nodes share.
    S3(S3Config),
}

/// A bucket of an S3 service.
#[derive(Clone)]
pub struct S3Config {
    /// Its name.
    pub bucket: String,
    /// The folder in it; empty for the bucket itself.
    pub prefix: String,
    /// The address of the service; none for the region's own.
    pub endpoint: Option<String>,
    /// The region.
    pub region: String,
    /// The access key.
    pub access_key: String,
    /// The secret key.
    pub secret_key: String,
    /// A directory of this machine in which files wait until their hash, and with it their name, is known.
    pub scratch: PathBuf,
}

/// Without the keys.
impl fmt::Debug for S3Config {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { bucket, prefix, endpoint, region, .. } = self;
        write!(f, "S3Config {{ bucket: {bucket:?}, prefix: {prefix:?}, endpoint: {endpoint:?}, region: {region:?} }}")
    }
}

/// What a file may be.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// The most bytes; one more is [`FilesError::TooLarge`].
    pub bytes_max: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self { bytes_max: BYTES_MAX }
    }
}

/// A file that is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stored {
    /// Its name in the store.
    pub hash: Hash,
    /// Its size in bytes.
    pub size: u64,
    /// What it is, by its content, never by its name.
    pub media_type: String,
}

/// Why a file could not be kept or read.
#[derive(Debug, thiserror::Error)]
pub enum FilesError {
    /// It has more bytes than the limit.
    #[error("the file is larger than {limit} bytes")]
    TooLarge {
        /// The limit.
        limit: u64,
    },
    /// No file has this hash.
    #[error("there is no file {0}")]
    NotFound(Hash),
    /// The disk failed or is full.
    #[error("the file store: {0}")]
    Trouble(#[from] std::io::Error),
    /// The S3 service cannot be reached or refused.
    #[error("the S3 service: {0}")]
    Service(String),
}

impl FilesError {
    /// True where the file was too large.
    pub const fn is_too_large(&self) -> bool {
        matches!(self, Self::TooLarge { .. })
    }
}
