//! Questions from files of other systems: GIFT, Aiken, the XML of Moodle, QTI. Reading is a dry run; what cannot be taken
//! over is told with its place and the reason.

mod gift;
mod moodle;
mod qti;

use courses::CourseId;
use people::PersonId;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use store::{Result, Tx};

use crate::bank::{self, Place};
use crate::question::{Choice, PARTS_MAX, PartId, Question, Single, TEXT_BYTES_MAX, Task};
use crate::share::Share;
use crate::{FolderId, QuestionId};

/// The largest file that is read, in bytes.
pub const FILE_BYTES_MAX: usize = 8 << 20;
/// Questions of one file at the most; the rest is refused and told.
pub const QUESTIONS_MAX: usize = 1_000;

store::text_enum! {
    /// The formats.
    pub enum Format {
        /// GIFT of Moodle.
        Gift = "gift",
        /// Aiken.
        Aiken = "aiken",
        /// The question XML of Moodle.
        Moodle = "moodle-xml",
        /// QTI, a file or a package.
        Qti = "qti",
    }
}

store::text_enum! {
    /// Why something is not taken over, or not as it was; the message `assessment-import-VALUE` says it.
    pub enum Why {
        /// The whole file cannot be read.
        Unreadable = "unreadable",
        /// A question of a kind that there is none of here.
        Kind = "kind",
        /// No answer is right.
        NoKey = "no-key",
        /// It is too long, or has too many parts.
        TooLarge = "too-large",
        /// The file has too many questions.
        TooMany = "too-many",
        /// The reader noticed something.
        Noticed = "noticed",
        /// Pictures and other files in it are not taken over.
        Files = "files",
    }
}

/// A question that can be taken over.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Found {
    /// Its name; may be empty.
    pub title: String,
    /// Its tags.
    #[serde(default)]
    pub tags: Vec<String>,
    /// Names its place in the file, so that importing again doubles nothing.
    pub source: String,
    /// What it says.
    pub question: Question,
}

/// Something that is not taken over, or not as it was.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    /// Where: a line, a number, a path.
    pub place: String,
    /// Why.
    pub why: Why,
    /// More about it, in English where the reader of the format says it.
    pub detail: String,
    /// Whether the question is left out.
    pub is_lost: bool,
}

/// What a file holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// What can be taken over.
    pub found: Vec<Found>,
    /// What cannot, and what was noticed.
    pub told: Vec<Told>,
}

impl Report {
    fn tell(&mut self, place: impl Into<String>, why: Why, detail: impl Into<String>, is_lost: bool) {
        self.told.push(Told { place: place.into(), why, detail: detail.into(), is_lost });
    }

    /// Takes a question, or tells why not.
    fn take(
        &mut self,
        place: &str,
        title: &str,
        tags: &[String],
        key: &str,
        question: Result<Question, (Why, String)>,
    ) {
        let question = match question {
            Ok(question) => question,
            Err((why, detail)) => return self.tell(place, why, detail, true),
        };
        if let Err(why) = sound(&question) {
            return self.tell(place, why, title, true);
        }
        if self.found.len() >= QUESTIONS_MAX {
            return self.tell(place, Why::TooMany, title, true);
        }
        let tags = tags.iter().filter_map(|tag| bank::tag(tag)).take(bank::TAGS_MAX).collect();
        self.found.push(Found { title: title.trim().to_owned(), tags, source: key.to_owned(), question });
    }

    /// How many questions are left out.
    pub fn lost(&self) -> usize {
        self.told.iter().filter(|told| told.is_lost).count()
    }
}

/// The format of a file, by its beginning and its name.
pub fn guess(name: &str, bytes: &[u8]) -> Format {
    let name = name.to_ascii_lowercase();
    let beginning = String::from_utf8_lossy(&bytes[..bytes.len().min(4_000)]).into_owned();
    if bytes.starts_with(b"PK") {
        Format::Qti
    } else if beginning.contains("<quiz") {
        Format::Moodle
    } else if beginning.trim_start_matches('\u{feff}').trim_start().starts_with('<') {
        Format::Qti
    } else if beginning.lines().any(|line| line.trim().to_ascii_uppercase().starts_with("ANSWER:"))
        && !name.contains("gift")
    {
        Format::Aiken
    } else {
        Format::Gift
    }
}

/// Reads a file. Never panics, whatever it holds.
pub fn read(format: Format, bytes: &[u8]) -> Report {
    match format {
        Format::Gift => gift::read(bytes),
        Format::Aiken => aiken(bytes),
        Format::Moodle => moodle::read(bytes),
        Format::Qti => qti::read(bytes),
    }
}

/// Takes questions over. One that was taken from the same place before gets a new version where it says something else.
/// Answers the ids.
pub fn take(
    tx: &mut Tx<'_>,
    course: CourseId,
    folder: Option<FolderId>,
    found: &[Found],
    by: PersonId,
) -> Result<Vec<QuestionId>> {
    let mut ids = Vec::new();
    for one in found.iter().take(QUESTIONS_MAX).filter(|one| sound(&one.question).is_ok()) {
        let place = Place {
            folder,
            title: one.title.clone(),
            tags: one.tags.iter().filter_map(|tag| bank::tag(tag)).take(bank::TAGS_MAX).collect(),
            source: Some(one.source.chars().take(200).collect()),
        };
        ids.push(bank::add(tx, course, &place, &one.question, by)?);
    }
    Ok(ids)
}

/// Names a question by what its file calls it, else by what it says.
fn key(format: Format, id: Option<&str>, text: &str) -> String {
    match id.filter(|id| !id.trim().is_empty()) {
        Some(id) => format!("{format}:{}", id.trim()),
        None => {
            let hash: String =
                Sha256::digest(text.as_bytes()).iter().take(12).map(|byte| format!("{byte:02x}")).collect();
            format!("{format}:{hash}")
        }
    }
}

/// Whether a question keeps the limits and has a key.
fn sound(question: &Question) -> Result<(), Why> {
    let (parts, has_key) = match &question.task {
        Task::Single(one) => (one.options.len(), one.options.iter().any(|option| option.share.is_some())),
        Task::Multiple(one) => (one.options.len(), one.options.iter().any(|option| option.share.is_some())),
        Task::Short(one) => (one.answers.len(), one.answers.iter().any(|key| key.share.is_some())),
        Task::Number(one) => (one.answers.len(), one.answers.iter().any(|key| key.share.is_some())),
        Task::Match(one) => (one.pairs.len() + one.extra.len(), !one.pairs.is_empty()),
        Task::Order(one) => (one.items.len(), one.items.len() > 1),
        Task::Gaps(one) => (one.gaps.len(), !one.gaps.is_empty()),
        Task::TrueFalse(_) | Task::Essay(_) | Task::Info => (0, true),
    };
    if parts > PARTS_MAX || question.text.len() > TEXT_BYTES_MAX {
        Err(Why::TooLarge)
    } else if has_key {
        Ok(())
    } else {
        Err(Why::NoKey)
    }
}

fn aiken(bytes: &[u8]) -> Report {
    let mut report = Report::default();
    let read = match ::aiken::read(bytes, &::aiken::Limits::default()) {
        Ok(read) => read,
        Err(error) => {
            report.tell("", Why::Unreadable, error.to_string(), true);
            return report;
        }
    };
    for entry in &read.entries {
        let options = entry.question.choices.iter().enumerate().map(|(at, text)| Choice {
            id: part_id(at),
            text: text.clone(),
            share: if at == entry.question.answer { Share::all() } else { Share::none() },
            feedback: String::new(),
        });
        let task = Task::Single(Single { options: options.collect(), shuffle: true, below_zero: false });
        let question = Question { text: entry.question.text.clone(), task, ..Question::default() };
        let source = key(Format::Aiken, None, &entry.question.text);
        report.take(&entry.line.to_string(), "", &[], &source, Ok(question));
    }
    for finding in &read.findings {
        let is_lost = finding.severity == ::aiken::Severity::Loss;
        report.tell(finding.line.to_string(), Why::Noticed, finding.message.clone(), is_lost);
    }
    report
}

fn part_id(at: usize) -> PartId {
    PartId::try_from(at + 1).unwrap_or(PartId::MAX)
}

/// A share from a percentage that a reader gives as a number.
fn percent(percent: f64) -> Share {
    Share::from_percent(&format!("{percent:.5}")).unwrap_or_else(Share::none)
}

/// HTML of another system as Markdown.
fn from_html(html: &str) -> String {
    text::html::to_markdown(&text::html::clean(html).html).markdown.trim().to_owned()
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::allow_attributes, reason = "a test says so by stopping")]
mod tests;
