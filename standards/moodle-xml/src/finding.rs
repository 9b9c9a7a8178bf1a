//! What the reader noticed on the way.

/// The kind of a [`Finding`], stable so that a program can count and test for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum FindingCode {
    /// The bytes are not in the encoding that they name.
    WrongEncoding,
    /// A question has a type that has no type here; it is kept as written.
    UnknownType,
    /// An element has no place in what was read; it is kept as written.
    UnknownElement,
    /// A value is not what it should be; its element is kept as written.
    BadValue,
    /// Text stands between the questions; it was left out.
    StrayText,
    /// There was more to notice than is listed.
    MoreFindings,
}

/// One thing that the reader noticed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// The place of the question in the file, from 1; 0 is the file itself.
    pub question: usize,
    /// What kind of thing it is.
    pub code: FindingCode,
    /// A sentence in English that names it.
    pub message: String,
}
