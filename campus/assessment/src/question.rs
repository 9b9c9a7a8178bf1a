//! A question: what is asked, how it is answered, and what is right (campus-rules M13).
//!
//! Kept as JSON with each version. Reading is tolerant: what an older program did not know has a default, and what a
//! newer one knows is passed over.

use serde::{Deserialize, Serialize};

use crate::share::{Decimal, Share};

/// The version of the form in which questions are kept.
pub const FORMAT: u8 = 1;
/// The most options, pairs, items or gaps that a question has; an editor or import refuses more.
pub const PARTS_MAX: usize = 100;
/// The longest text of a question, in bytes.
pub const TEXT_BYTES_MAX: usize = 100_000;
/// The longest text of one option, pair, item or accepted answer, in characters.
pub const PART_MAX: usize = 2_000;

/// Names an option, pair, item or gap within its question. It stays when the question is edited, so that an answer to an
/// older version still says what was meant.
pub type PartId = u16;

/// A question.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Question {
    /// [`FORMAT`] when it was written.
    pub format: u8,
    /// What is asked, in Markdown. The text of a gap question holds `{{1}}` where the gap 1 is.
    pub text: String,
    /// What everybody is told afterwards, in Markdown; may be empty.
    pub feedback: String,
    /// How it is answered.
    pub task: Task,
}

/// How a question is answered, and what is right.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Task {
    /// One of several options.
    Single(Single),
    /// Some of several options.
    Multiple(Multiple),
    /// Whether the text is true.
    TrueFalse(TrueFalse),
    /// A few words.
    Short(Short),
    /// A number, perhaps with a unit.
    Number(Number),
    /// To each its own.
    Match(Match),
    /// All in their order.
    Order(Order),
    /// Gaps in the text.
    Gaps(Gaps),
    /// A text that a person marks.
    Essay(Essay),
    /// Nothing: a text between questions.
    #[default]
    Info,
}

store::text_enum! {
    /// The kinds of question.
    pub enum Kind {
        /// One of several options.
        Single = "single",
        /// Some of several options.
        Multiple = "multiple",
        /// True or false.
        TrueFalse = "true_false",
        /// A few words.
        Short = "short",
        /// A number.
        Number = "number",
        /// Matching.
        Match = "match",
        /// Ordering.
        Order = "order",
        /// Gaps.
        Gaps = "gaps",
        /// An essay.
        Essay = "essay",
        /// A text without a question.
        Info = "info",
    }
}

/// An option.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Choice {
    /// Its id.
    pub id: PartId,
    /// What it says, in Markdown.
    pub text: String,
    /// What choosing it earns.
    pub share: Share,
    /// What is said to those who chose it; may be empty.
    pub feedback: String,
}

/// One of several options.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Single {
    /// The options in the order of their author.
    pub options: Vec<Choice>,
    /// Whether each attempt has its own order.
    pub shuffle: bool,
    /// Whether a wrong option may cost points of other questions.
    pub below_zero: bool,
}

store::text_enum! {
    /// How several chosen options are scored.
    pub enum MultipleRule {
        /// All that is right and nothing else, or nothing.
        All = "all",
        /// Right picks less wrong picks, of the right ones; at least nothing.
        Partial = "partial",
        /// The options that are rightly ticked or rightly left.
        Each = "each",
        /// The sum of what the chosen options earn, between nothing and all.
        Sum = "sum",
    }
}

/// Some of several options. An option is right where it earns something.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Multiple {
    /// The options in the order of their author.
    pub options: Vec<Choice>,
    /// Whether each attempt has its own order.
    pub shuffle: bool,
    /// How it is scored.
    pub rule: MultipleRule,
}

impl Default for Multiple {
    fn default() -> Self {
        Self { options: Vec::new(), shuffle: false, rule: MultipleRule::Partial }
    }
}

/// Whether the text is true.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct TrueFalse {
    /// Whether it is.
    pub is_true: bool,
    /// What is said to those who say that it is true.
    pub when_true: String,
    /// What is said to those who say that it is false.
    pub when_false: String,
}

/// An accepted text: `*` stands for anything, `\*` for a star.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct TextKey {
    /// The text.
    pub text: String,
    /// What it earns.
    pub share: Share,
    /// What is said to those who gave it.
    pub feedback: String,
}

/// A few words. The first accepted text that fits counts.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Short {
    /// What is accepted, in order.
    pub answers: Vec<TextKey>,
    /// Whether capital letters matter.
    pub case: bool,
}

/// How far off a number may be.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "by", content = "of", rename_all = "snake_case")]
pub enum Tolerance {
    /// By so much either way.
    Absolute(Decimal),
    /// By this part of the right value (0.05 is 5 %).
    Relative(Decimal),
}

impl Default for Tolerance {
    fn default() -> Self {
        Self::Absolute(Decimal::default())
    }
}

/// An accepted number.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct NumberKey {
    /// The right value, in the first unit.
    pub value: Decimal,
    /// How far off it may be.
    pub tolerance: Tolerance,
    /// What it earns.
    pub share: Share,
    /// What is said to those who gave it.
    pub feedback: String,
}

/// A unit in which a number may be given.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Unit {
    /// How it is written: `km`.
    pub name: String,
    /// How many of the first unit it is: 1000 where that is `m`.
    pub times: Decimal,
}

/// What a missing or unknown unit does.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "rule", content = "share", rename_all = "snake_case")]
pub enum UnitRule {
    /// It may be left out; an unknown one is wrong.
    #[default]
    Optional,
    /// The number counts alone, less this part of what it earns.
    Penalty(Share),
    /// Without it the answer is wrong.
    Required,
}

/// A number, perhaps with a unit. The first accepted number that fits counts.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Number {
    /// What is accepted, in order.
    pub answers: Vec<NumberKey>,
    /// The units; none where a number stands alone.
    pub units: Vec<Unit>,
    /// What a missing unit does.
    pub unit_rule: UnitRule,
}

/// Two that belong together.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Pair {
    /// Its id.
    pub id: PartId,
    /// What stands there.
    pub left: String,
    /// What is to be chosen for it.
    pub right: String,
}

/// To each its own.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Match {
    /// The pairs.
    pub pairs: Vec<Pair>,
    /// What can be chosen and belongs to none.
    pub extra: Vec<String>,
    /// Whether each attempt has its own order.
    pub shuffle: bool,
}

/// Something to be put in order.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct OrderItem {
    /// Its id.
    pub id: PartId,
    /// What it says.
    pub text: String,
}

store::text_enum! {
    /// How an order is scored.
    pub enum OrderRule {
        /// All right, or nothing.
        All = "all",
        /// Those at their own place.
        Place = "place",
        /// Those that are followed by their own successor.
        Next = "next",
        /// The longest run that is in order, with gaps.
        Longest = "longest",
        /// The pairs of which the one stands rightly before the other.
        Pairs = "pairs",
    }
}

/// All in their order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Order {
    /// In the right order.
    pub items: Vec<OrderItem>,
    /// How it is scored.
    pub rule: OrderRule,
}

impl Default for Order {
    fn default() -> Self {
        Self { items: Vec::new(), rule: OrderRule::Place }
    }
}

/// What belongs into a gap.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum GapKey {
    /// A few words.
    Text(Short),
    /// One of several options.
    Choice(Single),
    /// A number.
    Number(Number),
}

/// A gap.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Gap {
    /// Its id, as the text names it.
    pub id: PartId,
    /// How much it counts among the gaps.
    #[serde(default = "one")]
    pub weight: u16,
    /// What belongs into it.
    pub key: GapKey,
}

const fn one() -> u16 {
    1
}

/// Gaps in the text.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Gaps {
    /// The gaps, in the order of the text.
    pub gaps: Vec<Gap>,
}

/// A text that a person marks.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Essay {
    /// The fewest words that are asked for; 0 where nobody says.
    pub words_min: u32,
    /// The most words that are asked for; 0 where nobody says.
    pub words_max: u32,
    /// What stands in the field at the beginning.
    pub template: String,
    /// What those who mark should look for; learners never see it.
    pub notes: String,
}

impl Question {
    /// Which kind it is.
    pub const fn kind(&self) -> Kind {
        match self.task {
            Task::Single(_) => Kind::Single,
            Task::Multiple(_) => Kind::Multiple,
            Task::TrueFalse(_) => Kind::TrueFalse,
            Task::Short(_) => Kind::Short,
            Task::Number(_) => Kind::Number,
            Task::Match(_) => Kind::Match,
            Task::Order(_) => Kind::Order,
            Task::Gaps(_) => Kind::Gaps,
            Task::Essay(_) => Kind::Essay,
            Task::Info => Kind::Info,
        }
    }

    /// Whether there is anything to answer.
    pub const fn is_asked(&self) -> bool {
        !matches!(self.task, Task::Info)
    }

    /// Whether a person marks it.
    pub const fn is_marked_by_hand(&self) -> bool {
        matches!(self.task, Task::Essay(_))
    }

    /// What somebody earns on average who guesses, between nothing and all (M15); none where nobody can guess.
    pub fn guess(&self) -> Option<Share> {
        let even = |options: &[Choice]| {
            let sum: num_rational::BigRational = options.iter().map(|option| option.share.0.clone()).sum();
            let count = i64::try_from(options.len()).unwrap_or(i64::MAX).max(1);
            Share(sum / num_bigint::BigInt::from(count)).clamped(0, 1)
        };
        match &self.task {
            Task::Single(single) => Some(even(&single.options)),
            Task::TrueFalse(_) => Some(Share::of(1, 2)),
            Task::Match(matching) => Some(Share::of(1, matching.rights().len())),
            _ => None,
        }
    }
}

impl Match {
    /// What can be chosen, each text once with the id of the first pair that has it. Extra ones have ids behind those of
    /// the pairs.
    pub fn rights(&self) -> Vec<(PartId, &str)> {
        let behind = self.pairs.iter().map(|pair| pair.id).max().unwrap_or(0);
        let pairs = self.pairs.iter().map(|pair| (pair.id, pair.right.as_str()));
        let extra = (behind.saturating_add(1)..).zip(self.extra.iter().map(String::as_str));
        let mut rights: Vec<(PartId, &str)> = Vec::new();
        for (id, text) in pairs.chain(extra) {
            if !rights.iter().any(|(_, known)| *known == text) {
                rights.push((id, text));
            }
        }
        rights
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn older_and_newer_questions_are_read() {
        let old = r#"{"text":"High water?","task":{"kind":"single","options":[{"id":1,"text":"Twice"}],"later":true}}"#;
        let question: Question = serde_json::from_str(old).unwrap();
        assert_eq!((question.kind(), question.format), (Kind::Single, 0));
        let Task::Single(single) = &question.task else { unreachable!() };
        assert_eq!((single.options[0].share.clone(), single.shuffle), (Share::none(), false));
        let multiple: Question = serde_json::from_str(r#"{"task":{"kind":"multiple"}}"#).unwrap();
        assert_eq!(multiple.task, Task::Multiple(Multiple::default()));
        assert_eq!(serde_json::from_str::<Question>("{}").unwrap(), Question::default());
    }

    #[test]
    fn what_can_be_chosen_stands_there_once() {
        let pair = |id, left: &str, right: &str| Pair { id, left: left.to_owned(), right: right.to_owned() };
        let matching = Match {
            pairs: vec![pair(4, "cod", "fish"), pair(2, "herring", "fish"), pair(3, "seal", "mammal")],
            extra: vec!["bird".to_owned(), "fish".to_owned()],
            shuffle: false,
        };
        assert_eq!(matching.rights(), [(4, "fish"), (3, "mammal"), (5, "bird")]);
    }
}
