//! A file line by line.

use crate::decode::decode;
use crate::finding::Findings;
use crate::{Error, Finding, FindingCode, LimitKind, Limits, Result, Severity};

/// A file as read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Aiken {
    /// Its questions, in order.
    pub entries: Vec<Entry>,
    /// What the reader noticed.
    pub findings: Vec<Finding>,
}

impl Aiken {
    /// The questions, without the lines where they stand.
    pub fn questions(&self) -> impl Iterator<Item = &Question> {
        self.entries.iter().map(|entry| &entry.question)
    }
}

/// A question and where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Its first line, from 1.
    pub line: usize,
    /// The question.
    pub question: Question,
}

/// A question with one right choice.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Question {
    /// Its text, of one or more lines; white space around a line means nothing.
    pub text: String,
    /// The texts of the choices.
    pub choices: Vec<String>,
    /// The place of the right choice, from 0.
    pub answer: usize,
}

/// What a line is.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Line<'t> {
    Blank,
    Choice(char, &'t str),
    Answer(&'t str),
    Text(&'t str),
}

impl<'t> Line<'t> {
    pub(crate) fn of(line: &'t str) -> Self {
        let line = line.trim();
        let mut characters = line.chars();
        if let (Some(letter @ 'A'..='Z'), Some('.' | ')')) = (characters.next(), characters.next()) {
            return Self::Choice(letter, characters.as_str().trim_start());
        }
        match line.split_at_checked("ANSWER:".len()) {
            Some((word, rest)) if word.eq_ignore_ascii_case("ANSWER:") => Self::Answer(rest.trim()),
            _ if line.is_empty() => Self::Blank,
            _ => Self::Text(line),
        }
    }
}

/// Reads a file. A question that cannot be read is a [`Finding`], and the others are read all the
/// same.
///
/// # Errors
/// The file crosses a limit, or is no text.
pub fn read(bytes: &[u8], limits: &Limits) -> Result<Aiken> {
    let mut findings = Findings::default();
    let text = decode(bytes, limits, &mut findings)?;
    let mut entries = Vec::new();
    let mut open = Open::default();
    for (at, line) in text.split('\n').enumerate() {
        let number = at + 1;
        match Line::of(line) {
            Line::Blank => open.gap |= !open.text.is_empty() && open.choices.is_empty(),
            Line::Text(words) => {
                if !open.choices.is_empty() {
                    open.unfinished(&mut findings);
                    open = Open::default();
                }
                open.add_text(number, words);
            }
            Line::Choice(letter, words) => open.add_choice(number, letter, words, &mut findings),
            Line::Answer(letter) => {
                if let Some(entry) = std::mem::take(&mut open).finish(number, letter, &mut findings) {
                    entries.push(entry);
                }
                if entries.len() > limits.questions {
                    let kind = LimitKind::Questions;
                    return Err(Error::Limit { kind, limit: limits.questions, found: entries.len() });
                }
            }
        }
    }
    if open.line > 0 {
        open.unfinished(&mut findings);
    }
    Ok(Aiken { entries, findings: findings.into_list() })
}

/// The question that has begun and not ended.
#[derive(Default)]
struct Open<'t> {
    /// The first line, 0 before it is met.
    line: usize,
    text: String,
    /// A blank line stands after the text.
    gap: bool,
    /// There were several paragraphs.
    gaps: bool,
    choices: Vec<(char, &'t str)>,
}

impl<'t> Open<'t> {
    fn add_text(&mut self, number: usize, words: &str) {
        if self.line == 0 {
            self.line = number;
        } else {
            self.text.push('\n');
            self.gaps |= self.gap;
        }
        self.text.push_str(words);
    }

    fn add_choice(&mut self, number: usize, letter: char, words: &'t str, findings: &mut Findings) {
        let expected = self.choices.last().map_or('A', |(last, _)| char::from_u32(*last as u32 + 1).unwrap_or('A'));
        if self.text.is_empty() {
            let message = "a choice stands where no question has begun";
            findings.push(number, Severity::Loss, FindingCode::NoText, message, words);
            return;
        }
        if self.choices.iter().any(|(other, _)| *other == letter) {
            let message = "two choices have the same letter; as an answer it means the first one";
            findings.push(number, Severity::Warning, FindingCode::DuplicateLetter, message, words);
        } else if letter != expected {
            let message = "the letter does not follow the one before";
            findings.push(number, Severity::Warning, FindingCode::OutOfOrder, message, words);
        }
        if words.is_empty() {
            findings.push(number, Severity::Warning, FindingCode::EmptyChoice, "the choice has no text", &self.text);
        }
        self.choices.push((letter, words));
    }

    fn finish(self, number: usize, letter: &str, findings: &mut Findings) -> Option<Entry> {
        let mut lost = |code, message: &str, text: &str| {
            findings.push(number, Severity::Loss, code, message, text);
            None
        };
        if self.text.is_empty() {
            return lost(FindingCode::NoText, "an answer stands where no question has begun", letter);
        }
        if self.choices.len() < 2 {
            return lost(FindingCode::TooFewChoices, "the question has fewer than two choices", &self.text);
        }
        let mut characters = letter.trim_end_matches(['.', ')']).chars();
        let right = match (characters.next(), characters.next()) {
            (Some(letter), None) => self.choices.iter().position(|(other, _)| *other == letter.to_ascii_uppercase()),
            _ => None,
        };
        let Some(answer) = right else {
            let message = format!("the answer {letter:?} is not the letter of one of the choices");
            return lost(FindingCode::BadAnswer, &message, &self.text);
        };
        if self.gaps {
            let message = "blank lines stand inside the question; its lines were read as one text";
            findings.push(self.line, Severity::Warning, FindingCode::SeveralParagraphs, message, &self.text);
        }
        let choices = self.choices.into_iter().map(|(_, words)| words.to_owned()).collect();
        Some(Entry { line: self.line, question: Question { text: self.text, choices, answer } })
    }

    fn unfinished(&self, findings: &mut Findings) {
        let message = "the question has no line ANSWER:";
        findings.push(self.line, Severity::Loss, FindingCode::Unfinished, message, &self.text);
    }
}
