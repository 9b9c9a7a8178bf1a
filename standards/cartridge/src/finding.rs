//! What a reader noticed on the way: nothing in a package is passed over in silence.

use std::fmt;

/// How much a [`Finding`] matters to the person who imports the package.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Worth knowing; nothing is lost.
    Note,
    /// Something was read in another way than the package says, or may look different.
    Warning,
    /// Something that the package promises could not be read and is missing from the result.
    Loss,
}

/// The kind of a [`Finding`], stable so that a program can count, translate and test for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum FindingCode {
    /// A resource names a file that the package does not hold.
    MissingFile,
    /// The package holds a file that no resource names.
    UnreferencedFile,
    /// An item, a dependency, a variant or a rule names an identifier that nothing carries.
    DanglingReference,
    /// A resource has a type that is no part of Common Cartridge, Canvas or Content Packaging.
    UnknownType,
    /// Two resources or two items carry the same identifier; the later one was renamed.
    DuplicateIdentifier,
    /// Two archive entries have the same path; the later one was read.
    DuplicateEntry,
    /// An archive entry has a path that leaves the package or is not a path; it was left out.
    UnsafePath,
    /// A resource names its file by a path that differs (in case, encoding or separators) from the entry's.
    InexactPath,
    /// A file inside the package is not well-formed and was kept only as original bytes.
    MalformedContent,
    /// A document is larger than the reader decodes and was kept only as original bytes.
    OversizedContent,
    /// A date is not a date.
    BadDate,
    /// A number is not a number.
    BadNumber,
    /// A resource has no identifier, no file and no content.
    EmptyResource,
    /// Alternatives of a resource refer to each other in a circle.
    VariantLoop,
    /// The manifest contains a second manifest, of which only the resources were read.
    NestedManifest,
    /// The manifest has more than one organisation; the default one was read.
    SeveralOrganizations,
    /// The text of a document did not match its declared encoding.
    WrongEncoding,
    /// A file is there twice or is a left-over of an operating system and carries no content.
    SystemFile,
    /// The package asks for a licence or a key before it may be used.
    Protected,
    /// There was more to notice than is listed.
    MoreFindings,
}

impl FindingCode {
    /// The code as text, for reports and for looking it up: `missing-file`, `bad-date`, ...
    pub fn as_str(self) -> &'static str {
        match self {
            Self::MissingFile => "missing-file",
            Self::UnreferencedFile => "unreferenced-file",
            Self::DanglingReference => "dangling-reference",
            Self::UnknownType => "unknown-type",
            Self::DuplicateIdentifier => "duplicate-identifier",
            Self::DuplicateEntry => "duplicate-entry",
            Self::UnsafePath => "unsafe-path",
            Self::InexactPath => "inexact-path",
            Self::MalformedContent => "malformed-content",
            Self::OversizedContent => "oversized-content",
            Self::BadDate => "bad-date",
            Self::BadNumber => "bad-number",
            Self::EmptyResource => "empty-resource",
            Self::VariantLoop => "variant-loop",
            Self::NestedManifest => "nested-manifest",
            Self::SeveralOrganizations => "several-organizations",
            Self::WrongEncoding => "wrong-encoding",
            Self::SystemFile => "system-file",
            Self::Protected => "protected",
            Self::MoreFindings => "more-findings",
        }
    }
}

impl fmt::Display for FindingCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// One thing that a reader noticed about one resource, one file or the package.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// The identifier of the resource or item concerned, if it concerns one.
    pub resource: Option<String>,
    /// The path inside the package of the file concerned, if it concerns one.
    pub path: Option<String>,
    /// How much it matters.
    pub severity: Severity,
    /// What kind of thing it is.
    pub code: FindingCode,
    /// A sentence in English that names the fault.
    pub message: String,
}

impl Finding {
    pub(crate) fn new(severity: Severity, code: FindingCode, message: impl Into<String>) -> Self {
        Self { resource: None, path: None, severity, code, message: message.into() }
    }

    pub(crate) fn of(mut self, resource: &str) -> Self {
        self.resource = Some(resource.to_owned()).filter(|identifier| !identifier.is_empty());
        self
    }

    pub(crate) fn at(mut self, path: &str) -> Self {
        self.path = Some(path.to_owned());
        self
    }
}

/// Collects findings up to a limit, so that a hostile package cannot fill memory with complaints.
#[derive(Debug, Default)]
pub(crate) struct Findings {
    list: Vec<Finding>,
    left_out: usize,
}

/// More findings than anyone reads; the rest is counted.
const FINDINGS_MAX: usize = 10_000;

impl From<&[Finding]> for Findings {
    fn from(list: &[Finding]) -> Self {
        Self { list: list.to_vec(), left_out: 0 }
    }
}

impl Findings {
    pub(crate) fn push(&mut self, finding: Finding) {
        if self.list.len() < FINDINGS_MAX {
            self.list.push(finding);
        } else {
            self.left_out += 1;
        }
    }

    pub(crate) fn into_list(mut self) -> Vec<Finding> {
        if self.left_out > 0 {
            let message = format!("{} further findings are not listed", self.left_out);
            self.list.push(Finding::new(Severity::Note, FindingCode::MoreFindings, message));
        }
        self.list
    }
}
