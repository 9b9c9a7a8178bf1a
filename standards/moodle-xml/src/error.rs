//! Why a file is refused.

/// The result of reading a file.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// Upper bounds that keep a hostile file from using up memory; crossing one is [`Error::Limit`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of the file.
    pub bytes: usize,
    /// Elements nested in each other; more than 256 are refused in any case.
    pub depth: usize,
    /// Elements, attributes and pieces of text in the file.
    pub nodes: usize,
}

impl Default for Limits {
    /// 256 MiB, 64 levels, 20 million nodes.
    fn default() -> Self {
        Self { bytes: 256 << 20, depth: 64, nodes: 20_000_000 }
    }
}

/// A file that cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// A limit is crossed.
    #[error("the file exceeds the limit on the {kind}, {limit}")]
    Limit {
        /// Which one: `bytes`, `depth` or `nodes`.
        kind: &'static str,
        /// The limit.
        limit: usize,
    },
    /// The file is not well-formed XML.
    #[error("line {line}: {reason}")]
    Xml {
        /// Line of the fault, from 1.
        line: usize,
        /// What is wrong there.
        reason: String,
    },
    /// The file declares its own entities, which could make it expand without bound.
    #[error("the file declares XML entities, which are refused")]
    EntityDeclaration,
    /// The file is XML of another kind.
    #[error("the root element is <{0}>, expected <quiz>")]
    NotAQuiz(String),
}
