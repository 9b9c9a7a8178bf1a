//! What a question file says.

use std::collections::BTreeMap;

use crate::{Element, Finding};

/// A file as read.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Quiz {
    /// What it holds, in order.
    pub items: Vec<Item>,
    /// What the reader noticed.
    pub findings: Vec<Finding>,
}

impl Quiz {
    /// How many questions there are of each type, by the name that the file gives it.
    pub fn summary(&self) -> BTreeMap<&str, usize> {
        let mut summary = BTreeMap::new();
        for item in &self.items {
            if let Item::Question(question) = item {
                *summary.entry(question.kind.type_name()).or_default() += 1;
            }
        }
        summary
    }
}

/// A question, or the category of those that follow.
#[derive(Clone, Debug, PartialEq)]
#[expect(clippy::large_enum_variant, reason = "nearly every item is a question: a box would cost more than it saves")]
pub enum Item {
    /// A category: its path, and what else is said of it.
    Category {
        /// The path, as `$course$/top/Tides`.
        path: String,
        /// What else is said, as written.
        extra: Vec<Element>,
    },
    /// A question.
    Question(Question),
}

/// A text in a format, with the files that it shows as `@@PLUGINFILE@@/name`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Text {
    /// `html`, `moodle_auto_format`, `plain_text` or `markdown`; none where none is named.
    pub format: Option<String>,
    /// The text.
    pub text: String,
    /// The files.
    pub files: Vec<File>,
}

/// A file inside a text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct File {
    /// Its name.
    pub name: String,
    /// Its folder, if one is named.
    pub path: Option<String>,
    /// What it holds.
    pub content: Vec<u8>,
}

/// A question. What has no field of its own is in `extra`, as written.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Question {
    /// Its name.
    pub name: String,
    /// What is asked.
    pub text: Text,
    /// `generalfeedback`, shown to everyone.
    pub feedback: Option<Text>,
    /// The marks that it is worth.
    pub default_grade: Option<f64>,
    /// The share of the marks that each wrong try costs, from 0 to 1.
    pub penalty: Option<f64>,
    /// `idnumber`.
    pub id: Option<String>,
    /// Its tags.
    pub tags: Vec<String>,
    /// What is said to those who are right.
    pub right_feedback: Option<Text>,
    /// What is said to those who are right in part.
    pub partly_feedback: Option<Text>,
    /// What is said to those who are wrong.
    pub wrong_feedback: Option<Text>,
    /// The hints, one for each further try.
    pub hints: Vec<Hint>,
    /// What kind of question it is.
    pub kind: Kind,
    /// Everything else, as written: settings, and all of a type that has no type here.
    pub extra: Vec<Element>,
}

/// A hint after a wrong try.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Hint {
    /// What is said.
    pub text: Text,
    /// Whether the number of right parts is told.
    pub shows_number: bool,
    /// Whether wrong parts are cleared.
    pub clears_wrong: bool,
    /// Further settings, as written.
    pub extra: Vec<Element>,
}

/// What kind of question it is.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Kind {
    /// Choices; how many may be chosen is the element `single` in `extra`.
    MultipleChoice(Vec<Answer>),
    /// `true` and `false` as answers.
    TrueFalse(Vec<Answer>),
    /// Accepted words, `*` for anything.
    ShortAnswer(Vec<Answer>),
    /// Accepted numbers; units are in `extra`.
    Numerical(Vec<Answer>),
    /// Pairs to be found.
    Matching(Vec<Pair>),
    /// Gaps `[[1]]` in the text, filled from lists.
    SelectGaps(Vec<GapChoice>),
    /// Gaps `[[1]]` in the text, filled by dragging.
    DragGaps(Vec<GapChoice>),
    /// Free text; its settings are in `extra`.
    Essay,
    /// Nothing is asked.
    #[default]
    Description,
    /// The answers stand in the text: see [`cloze_pieces`](crate::cloze_pieces).
    Cloze,
    /// A type that has no type here, by name; all that is its own is in `extra`.
    Other(String),
}

impl Kind {
    /// The name of the type in the file.
    pub fn type_name(&self) -> &str {
        match self {
            Self::MultipleChoice(_) => "multichoice",
            Self::TrueFalse(_) => "truefalse",
            Self::ShortAnswer(_) => "shortanswer",
            Self::Numerical(_) => "numerical",
            Self::Matching(_) => "matching",
            Self::SelectGaps(_) => "gapselect",
            Self::DragGaps(_) => "ddwtos",
            Self::Essay => "essay",
            Self::Description => "description",
            Self::Cloze => "cloze",
            Self::Other(name) => name,
        }
    }
}

/// An answer.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Answer {
    /// Its text; a number, for a numerical question.
    pub text: Text,
    /// The share of the marks that it earns, in percent.
    pub fraction: f64,
    /// What is said to those who give it.
    pub feedback: Option<Text>,
    /// How far off a number may be.
    pub tolerance: Option<f64>,
}

/// A pair of a matching question.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Pair {
    /// What is given; empty where the answer is only there to mislead.
    pub text: Text,
    /// What belongs to it.
    pub answer: String,
}

/// What may fill a gap; `[[2]]` is rightly filled by the second choice.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct GapChoice {
    /// Its text.
    pub text: String,
    /// Which gaps it is offered for, together with the others of the group.
    pub group: Option<u32>,
    /// Whether it may fill more than one gap.
    pub reusable: bool,
}
