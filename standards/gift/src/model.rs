//! What a GIFT file says.

use crate::Finding;

/// A file as read.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Gift {
    /// What it holds, in order.
    pub entries: Vec<Entry>,
    /// What the reader noticed.
    pub findings: Vec<Finding>,
}

impl Gift {
    /// What the file holds, without the lines where it stands.
    pub fn items(&self) -> impl Iterator<Item = &Item> {
        self.entries.iter().map(|entry| &entry.item)
    }

    /// Its questions.
    pub fn questions(&self) -> impl Iterator<Item = &Question> {
        self.items().filter_map(|item| match item {
            Item::Question(question) => Some(question),
            Item::Category(_) => None,
        })
    }
}

/// An item and where it stands.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// Its first line, from 1.
    pub line: usize,
    /// The item.
    pub item: Item,
}

/// A question, or the category of those that follow.
#[derive(Clone, Debug, PartialEq)]
#[expect(clippy::large_enum_variant, reason = "nearly every item is a question: a box would cost more than it saves")]
pub enum Item {
    /// The path after `$CATEGORY:`, as written.
    Category(String),
    /// A question.
    Question(Question),
}

/// How a text is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Format {
    /// Moodle's automatic format: lines become paragraphs. It holds where none is named.
    #[default]
    Moodle,
    /// HTML.
    Html,
    /// Plain text.
    Plain,
    /// Markdown.
    Markdown,
}

impl Format {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Moodle, Self::Html, Self::Plain, Self::Markdown];

    /// Its name between square brackets.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Moodle => "moodle",
            Self::Html => "html",
            Self::Plain => "plain",
            Self::Markdown => "markdown",
        }
    }
}

/// A text and its format. White space around a text means nothing and is not kept.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Text {
    /// How it is written. Answers and feedback have that of the question where they name none.
    pub format: Format,
    /// The text, without escapes.
    pub text: String,
}

/// A question.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Question {
    /// `[id:...]` in a comment before it.
    pub id: Option<String>,
    /// Every `[tag:...]` in a comment before it.
    pub tags: Vec<String>,
    /// The title between double colons.
    pub title: Option<String>,
    /// The text before the answers.
    pub stem: Text,
    /// The text after the answers: the question is a sentence with a gap.
    pub tail: Option<String>,
    /// What is asked.
    pub kind: Kind,
    /// The feedback after `####`, shown to everyone.
    pub feedback: Option<Text>,
}

impl Question {
    /// The text with the gap as Moodle shows it, five underscores.
    pub fn text(&self) -> String {
        match &self.tail {
            None => self.stem.text.clone(),
            Some(tail) => [self.stem.text.as_str(), "_____", tail].join(" ").trim_start().to_owned(),
        }
    }
}

/// What is asked.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Kind {
    /// No braces: nothing is asked.
    #[default]
    Description,
    /// Empty braces: free text, marked by a person.
    Essay,
    /// `{TRUE}` or `{FALSE}`.
    TrueFalse {
        /// The right answer.
        right: bool,
        /// The first feedback: shown to those who answer wrong.
        when_wrong: Option<Text>,
        /// The second feedback: shown to those who answer right.
        when_right: Option<Text>,
    },
    /// Choices of which one, or several, are to be chosen.
    MultipleChoice {
        /// No choice is marked with `=`: several are chosen, and their weights add up.
        several: bool,
        /// The choices, in order.
        choices: Vec<Choice>,
    },
    /// Words to be typed; the first that matches counts, `*` stands for anything.
    ShortAnswer(Vec<Choice>),
    /// Pairs to be found.
    Matching(Vec<Pair>),
    /// A number to be typed.
    Numerical(Vec<NumericalAnswer>),
}

impl Kind {
    /// Its name, for reports.
    pub fn as_str(&self) -> &'static str {
        match self {
            Self::Description => "description",
            Self::Essay => "essay",
            Self::TrueFalse { .. } => "true-false",
            Self::MultipleChoice { .. } => "multiple-choice",
            Self::ShortAnswer(_) => "short-answer",
            Self::Matching(_) => "matching",
            Self::Numerical(_) => "numerical",
        }
    }
}

/// A choice, or an accepted answer.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Choice {
    /// Its text.
    pub text: Text,
    /// The share of the marks that it earns, in percent; may be negative.
    pub weight: f64,
    /// What is said to those who give it.
    pub feedback: Option<Text>,
}

/// A pair of a matching question.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Pair {
    /// What is given; empty where the answer is only there to mislead.
    pub stem: Text,
    /// What belongs to it.
    pub answer: String,
}

/// An accepted number.
#[derive(Clone, Debug, PartialEq)]
pub struct NumericalAnswer {
    /// Which numbers it takes.
    pub value: Number,
    /// The share of the marks that it earns, in percent.
    pub weight: f64,
    /// What is said to those who give it.
    pub feedback: Option<Text>,
}

/// Which numbers an answer takes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Number {
    /// `3:0.1`: a number, and how far off an answer may be.
    Near {
        /// The number.
        value: f64,
        /// How far off an answer may be; 0 where nothing is said.
        tolerance: f64,
    },
    /// `1..5`: both ends included.
    Range {
        /// The lower end.
        min: f64,
        /// The upper end.
        max: f64,
    },
    /// Anything else: `*`, or what follows `~`.
    Any,
}
