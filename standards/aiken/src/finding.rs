//! What the reader noticed on the way: nothing in a file is passed over in silence.

use std::fmt;

/// How much a [`Finding`] matters to the person who imports the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Worth knowing; nothing is lost.
    Note,
    /// Something was read in another way than it is written, or may look different.
    Warning,
    /// Something could not be read and is missing from the result.
    Loss,
}

/// The kind of a [`Finding`], stable so that a program can count, translate and test for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum FindingCode {
    /// The text is not UTF-8 and was read as Windows-1252, or holds bytes that are no characters.
    WrongEncoding,
    /// A choice or an answer stands where no question has begun; it was left out.
    NoText,
    /// A question has no line `ANSWER:`; it was left out.
    Unfinished,
    /// A question has fewer than two choices; it was left out.
    TooFewChoices,
    /// The answer is not the letter of a choice; the question was left out.
    BadAnswer,
    /// The letters of the choices do not follow the alphabet.
    OutOfOrder,
    /// Two choices have the same letter; the first one counts as the answer.
    DuplicateLetter,
    /// A choice has no text.
    EmptyChoice,
    /// Blank lines stand inside a question; its lines were read as one text.
    SeveralParagraphs,
    /// There was more to notice than is listed.
    MoreFindings,
}

impl FindingCode {
    /// The code as text: `unfinished`, `bad-answer`, ...
    pub fn as_str(self) -> &'static str {
        match self {
            Self::WrongEncoding => "wrong-encoding",
            Self::NoText => "no-text",
            Self::Unfinished => "unfinished",
            Self::TooFewChoices => "too-few-choices",
            Self::BadAnswer => "bad-answer",
            Self::OutOfOrder => "out-of-order",
            Self::DuplicateLetter => "duplicate-letter",
            Self::EmptyChoice => "empty-choice",
            Self::SeveralParagraphs => "several-paragraphs",
            Self::MoreFindings => "more-findings",
        }
    }
}

impl fmt::Display for FindingCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// One thing that the reader noticed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// The line that it concerns, from 1.
    pub line: usize,
    /// How much it matters.
    pub severity: Severity,
    /// What kind of thing it is.
    pub code: FindingCode,
    /// A sentence in English that names the fault.
    pub message: String,
    /// The text concerned, cut to a readable length.
    pub text: String,
}

/// More findings than anyone reads; the rest is counted.
const FINDINGS_MAX: usize = 10_000;
/// Enough of a text to find the place again.
const TEXT_CHARS_MAX: usize = 200;

/// Collects findings up to a limit, so that a hostile file cannot fill memory with complaints.
#[derive(Debug, Default)]
pub(crate) struct Findings {
    list: Vec<Finding>,
    left_out: usize,
}

impl Findings {
    pub(crate) fn push(&mut self, line: usize, severity: Severity, code: FindingCode, message: &str, text: &str) {
        if self.list.len() >= FINDINGS_MAX {
            self.left_out += 1;
            return;
        }
        let text = text.trim().chars().take(TEXT_CHARS_MAX).collect();
        self.list.push(Finding { line, severity, code, message: message.to_owned(), text });
    }

    pub(crate) fn into_list(mut self) -> Vec<Finding> {
        if self.left_out > 0 {
            let message = format!("{} further findings are not listed", self.left_out);
            let (severity, code) = (Severity::Note, FindingCode::MoreFindings);
            self.list.push(Finding { line: 1, severity, code, message, text: String::new() });
        }
        self.list
    }
}
