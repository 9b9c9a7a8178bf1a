//! Why a file is refused, or a question cannot be written.

use std::fmt;

/// The result of reading or writing a file.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// Which of the [`Limits`](crate::Limits) a file crosses.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum LimitKind {
    /// [`Limits::bytes`](crate::Limits::bytes)
    Bytes,
    /// [`Limits::questions`](crate::Limits::questions)
    Questions,
}

impl fmt::Display for LimitKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Bytes => "size in bytes of the file",
            Self::Questions => "number of questions",
        })
    }
}

/// A file that cannot be read, or a question that Aiken cannot say.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// A limit is crossed.
    #[error("the file exceeds the limit on the {kind}: {found} > {limit}")]
    Limit {
        /// Which limit.
        kind: LimitKind,
        /// The limit.
        limit: usize,
        /// The first number met that is too large.
        found: usize,
    },
    /// The bytes are no text.
    #[error("this is no text file: it holds a zero byte")]
    NotText,
    /// The format has no way to say this.
    #[error("question {number} cannot be written in the Aiken format: {reason}")]
    Unwritable {
        /// Its place among the questions to be written, from 1.
        number: usize,
        /// What stands in the way.
        reason: &'static str,
    },
}
