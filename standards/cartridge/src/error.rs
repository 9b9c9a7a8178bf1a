//! Why a package is refused, in words that name the fault.

use std::{fmt, io};

use crate::detect::Format;

/// The result of reading or writing a package.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// Which of the [`Limits`](crate::Limits) a package crosses.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum LimitKind {
    /// [`Limits::entries`](crate::Limits::entries)
    Entries,
    /// [`Limits::expanded_bytes`](crate::Limits::expanded_bytes)
    ExpandedBytes,
    /// [`Limits::entry_bytes`](crate::Limits::entry_bytes)
    EntryBytes,
    /// [`Limits::expansion_ratio`](crate::Limits::expansion_ratio)
    ExpansionRatio,
    /// [`Limits::document_bytes`](crate::Limits::document_bytes)
    DocumentBytes,
    /// [`Limits::documents_bytes`](crate::Limits::documents_bytes)
    DocumentsBytes,
    /// [`Limits::xml_depth`](crate::Limits::xml_depth)
    XmlDepth,
    /// [`Limits::xml_nodes`](crate::Limits::xml_nodes)
    XmlNodes,
    /// [`Limits::path_bytes`](crate::Limits::path_bytes)
    PathBytes,
}

impl fmt::Display for LimitKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Entries => "number of entries in the archive",
            Self::ExpandedBytes => "total size in bytes of the expanded archive",
            Self::EntryBytes => "size in bytes of one expanded file",
            Self::ExpansionRatio => "ratio of expanded to packed size",
            Self::DocumentBytes => "size in bytes of one document",
            Self::DocumentsBytes => "size in bytes of all documents together",
            Self::XmlDepth => "depth of nested XML elements",
            Self::XmlNodes => "number of XML nodes in one document",
            Self::PathBytes => "length in bytes of a path",
        })
    }
}

/// A package that cannot be read, or a cartridge that cannot be written.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The bytes are neither a zip archive nor an XML manifest.
    #[error("this is neither a zip archive nor an IMS manifest: {0}")]
    NotAPackage(String),

    /// The archive ends before its table of contents: usually an interrupted download or upload.
    #[error("the zip archive is cut off or damaged: {0}")]
    Truncated(String),

    /// The archive is a zip but parts of it cannot be read.
    #[error("the zip archive is damaged at {path:?}: {reason}")]
    DamagedEntry {
        /// The entry concerned.
        path: String,
        /// What is wrong with it.
        reason: String,
    },

    /// The archive uses something this reader does not take (a password, a rare compression).
    #[error("{path:?} cannot be unpacked: {reason}")]
    Unsupported {
        /// The entry concerned.
        path: String,
        /// What it needs.
        reason: String,
    },

    /// The archive holds no `imsmanifest.xml` at its root or in its only top folder.
    #[error("the archive holds no imsmanifest.xml{}", hint(*.recognised))]
    NoManifest {
        /// What the archive is instead, where that could be told.
        recognised: Option<Format>,
    },

    /// The manifest is fine, but of a format that is no course cartridge.
    #[error("this is {}, not a Common Cartridge or an IMS content package", recognised.described())]
    WrongFormat {
        /// What the package is.
        recognised: Format,
    },

    /// Nearly all files that the manifest promises are missing from the archive.
    #[error(
        "the package is incomplete: {missing} of {promised} files named in the manifest are missing, \
         among them {example:?}"
    )]
    Incomplete {
        /// How many of the named files are missing.
        missing: usize,
        /// How many files the manifest names.
        promised: usize,
        /// The first missing file.
        example: String,
    },

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
        /// The declared or detected encoding.
        encoding: String,
    },

    /// The manifest is XML, but not a manifest.
    #[error("{path}: the root element is <{found}>, expected <manifest>")]
    NotAManifest {
        /// The document.
        path: String,
        /// The root element met.
        found: String,
    },

    /// A limit is crossed.
    #[error("the package exceeds the limit on the {kind}: {found} > {limit}{}", at_path(.path.as_deref()))]
    Limit {
        /// Which limit.
        kind: LimitKind,
        /// The limit.
        limit: u64,
        /// What was met; for sizes the first size known to be too large.
        found: u64,
        /// The entry concerned, where it is one.
        path: Option<String>,
    },

    /// A path leaves the package.
    #[error("the path {path:?} leads out of the package")]
    PathTraversal {
        /// The path as written.
        path: String,
    },

    /// A file was asked for that the package does not hold.
    #[error("the package holds no file {path:?}")]
    NoSuchFile {
        /// The path asked for.
        path: String,
    },

    /// What is to be written contradicts itself.
    #[error("the cartridge cannot be written: {0}")]
    Unwritable(String),

    /// The underlying reader or writer failed.
    #[error("reading or writing failed: {0}")]
    Io(#[from] io::Error),
}

impl Error {
    /// A stable name of the fault, for programs: `not-a-package`, `truncated`, `no-manifest`, ...
    pub fn code(&self) -> &'static str {
        match self {
            Self::NotAPackage(_) => "not-a-package",
            Self::Truncated(_) => "truncated",
            Self::DamagedEntry { .. } => "damaged-entry",
            Self::Unsupported { .. } => "unsupported",
            Self::NoManifest { .. } => "no-manifest",
            Self::WrongFormat { .. } => "wrong-format",
            Self::Incomplete { .. } => "incomplete",
            Self::Xml { .. } => "malformed-xml",
            Self::EntityDeclaration { .. } => "entity-declaration",
            Self::Encoding { .. } => "wrong-encoding",
            Self::NotAManifest { .. } => "not-a-manifest",
            Self::Limit { .. } => "limit",
            Self::PathTraversal { .. } => "path-traversal",
            Self::NoSuchFile { .. } => "no-such-file",
            Self::Unwritable(_) => "unwritable",
            Self::Io(_) => "io",
        }
    }

    pub(crate) fn limit(kind: LimitKind, limit: u64, found: u64) -> Self {
        Self::Limit { kind, limit, found, path: None }
    }
}

fn hint(recognised: Option<Format>) -> String {
    recognised.map_or_else(String::new, |format| format!("; it looks like {}", format.described()))
}

fn at_path(path: Option<&str>) -> String {
    path.map_or_else(String::new, |path| format!(" at {path:?}"))
}
