//! What a reader noticed on the way: nothing is passed over in silence.

use std::fmt;

/// How much a [`Finding`] matters to the person who imports the questions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Worth knowing; nothing is lost.
    Note,
    /// Something was read in another way than it is written.
    Warning,
    /// Something that the document promises could not be read and is missing from the result.
    Loss,
}

/// The kind of a [`Finding`], stable so that a program can count, translate and test for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum FindingCode {
    /// An element that the reader does not know stands where it would matter.
    UnknownElement,
    /// An operator or a rule that cannot be executed.
    UnknownOperator,
    /// A number, a point, a pair or another value is not what its type says.
    BadValue,
    /// An identifier is missing, or names nothing.
    DanglingReference,
    /// Two things carry one identifier.
    DuplicateIdentifier,
    /// A script or an event handler in the body was left out.
    Script,
    /// A file that the manifest names is missing.
    MissingFile,
    /// A file inside a package could not be read.
    Unreadable,
    /// The text of a document did not match its declared encoding.
    WrongEncoding,
    /// The scoring of a question could not be read from its document.
    NoScoring,
    /// A part of the question has no place in the format that is written.
    NotWritten,
}

impl FindingCode {
    /// The code as text: `unknown-element`, `bad-value`, ...
    pub fn as_str(self) -> &'static str {
        match self {
            Self::UnknownElement => "unknown-element",
            Self::UnknownOperator => "unknown-operator",
            Self::BadValue => "bad-value",
            Self::DanglingReference => "dangling-reference",
            Self::DuplicateIdentifier => "duplicate-identifier",
            Self::Script => "script",
            Self::MissingFile => "missing-file",
            Self::Unreadable => "unreadable",
            Self::WrongEncoding => "wrong-encoding",
            Self::NoScoring => "no-scoring",
            Self::NotWritten => "not-written",
        }
    }
}

impl fmt::Display for FindingCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// One thing that a reader noticed about one item, one test or one file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// The identifier of the item or test concerned, if it concerns one.
    pub subject: Option<String>,
    /// How much it matters.
    pub severity: Severity,
    /// What kind of thing it is.
    pub code: FindingCode,
    /// A sentence in English that names the fault.
    pub message: String,
}

/// Collects findings up to a limit, so that hostile input cannot fill memory with complaints.
#[derive(Debug, Default)]
pub(crate) struct Findings {
    pub(crate) subject: Option<String>,
    list: Vec<Finding>,
}

/// More findings than anyone reads.
const FINDINGS_MAX: usize = 10_000;

impl Findings {
    pub(crate) fn of(subject: &str) -> Self {
        Self { subject: Some(subject.to_owned()).filter(|name| !name.is_empty()), list: Vec::new() }
    }

    pub(crate) fn note(&mut self, code: FindingCode, message: impl Into<String>) {
        self.push(Severity::Note, code, message.into());
    }

    pub(crate) fn warning(&mut self, code: FindingCode, message: impl Into<String>) {
        self.push(Severity::Warning, code, message.into());
    }

    pub(crate) fn loss(&mut self, code: FindingCode, message: impl Into<String>) {
        self.push(Severity::Loss, code, message.into());
    }

    fn push(&mut self, severity: Severity, code: FindingCode, message: String) {
        if self.list.len() < FINDINGS_MAX {
            self.list.push(Finding { subject: self.subject.clone(), severity, code, message });
        }
    }

    pub(crate) fn into_list(self) -> Vec<Finding> {
        self.list
    }
}
