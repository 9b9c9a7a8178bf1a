//! Why a document is refused or a response cannot be scored, in words that name the fault.

use std::{fmt, io};

/// The result of reading, scoring or writing.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// Which of the [`Limits`](crate::Limits) is crossed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum LimitKind {
    /// [`Limits::entries`](crate::Limits::entries)
    Entries,
    /// [`Limits::expanded_bytes`](crate::Limits::expanded_bytes)
    ExpandedBytes,
    /// [`Limits::document_bytes`](crate::Limits::document_bytes)
    DocumentBytes,
    /// [`Limits::xml_depth`](crate::Limits::xml_depth)
    XmlDepth,
    /// [`Limits::xml_nodes`](crate::Limits::xml_nodes)
    XmlNodes,
    /// [`Limits::steps`](crate::Limits::steps)
    Steps,
}

impl fmt::Display for LimitKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Entries => "number of entries in the archive",
            Self::ExpandedBytes => "total size in bytes of the expanded archive",
            Self::DocumentBytes => "size in bytes of one document",
            Self::XmlDepth => "depth of nested XML elements",
            Self::XmlNodes => "number of XML nodes in one document",
            Self::Steps => "number of steps of one scoring",
        })
    }
}

/// Something that cannot be read, scored or written.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The bytes are a zip archive that cannot be read.
    #[error("the zip archive is cut off or damaged: {0}")]
    Damaged(String),

    /// The archive or folder holds no `imsmanifest.xml`.
    #[error("the package holds no imsmanifest.xml")]
    NoManifest,

    /// A document is not well-formed XML.
    #[error("{path}, line {line}, column {column}: {reason}")]
    Xml {
        /// The document.
        path: String,
        /// Line of the fault, from 1.
        line: usize,
        /// Column of the fault in characters, from 1.
        column: usize,
        /// What is wrong there.
        reason: String,
    },

    /// A document declares its own entities, which could make it expand without bound.
    #[error("{path}, line {line}, column {column}: the document declares XML entities, which are refused")]
    EntityDeclaration {
        /// The document.
        path: String,
        /// Line of the declaration, from 1.
        line: usize,
        /// Column of the declaration in characters, from 1.
        column: usize,
    },

    /// A document is not text in the encoding that it declares.
    #[error("{path}: the text is not in the encoding {encoding}")]
    Encoding {
        /// The document.
        path: String,
        /// The declared encoding.
        encoding: String,
    },

    /// The document is XML, but nothing that QTI knows.
    #[error("{path}: the root element is <{found}>, which is no item, test or manifest of QTI")]
    NotQti {
        /// The document.
        path: String,
        /// The root element met.
        found: String,
    },

    /// A limit is crossed.
    #[error("the limit on the {kind} is exceeded: {found} > {limit}{}", at_path(.path.as_deref()))]
    Limit {
        /// Which limit.
        kind: LimitKind,
        /// The limit.
        limit: u64,
        /// What was met.
        found: u64,
        /// The document concerned, where it is one.
        path: Option<String>,
    },

    /// A path leaves the package.
    #[error("the path {0:?} leads out of the package")]
    PathTraversal(String),

    /// A rule cannot be executed: an operator is given what it does not take, or is not known.
    #[error("the scoring cannot be executed: {0}")]
    Scoring(String),

    /// A response is not of the type that the item declares.
    #[error("the response {identifier:?} {reason}")]
    Response {
        /// The response variable.
        identifier: String,
        /// What is wrong with it.
        reason: String,
    },

    /// What is to be written has no form in that format.
    #[error("{subject} cannot be written: {reason}")]
    Unwritable {
        /// The item or test.
        subject: String,
        /// Why.
        reason: String,
    },

    /// The underlying reader or writer failed.
    #[error("reading or writing failed: {0}")]
    Io(#[from] io::Error),
}

impl Error {
    /// A stable name of the fault, for programs.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Damaged(_) => "damaged",
            Self::NoManifest => "no-manifest",
            Self::Xml { .. } => "malformed-xml",
            Self::EntityDeclaration { .. } => "entity-declaration",
            Self::Encoding { .. } => "wrong-encoding",
            Self::NotQti { .. } => "not-qti",
            Self::Limit { .. } => "limit",
            Self::PathTraversal(_) => "path-traversal",
            Self::Scoring(_) => "scoring",
            Self::Response { .. } => "response",
            Self::Unwritable { .. } => "unwritable",
            Self::Io(_) => "io",
        }
    }
}

fn at_path(path: Option<&str>) -> String {
    path.map_or_else(String::new, |path| format!(" at {path:?}"))
}
