//! Tests: parts, sections, references to items, and what steers them.

use crate::Finding;
use crate::expression::{Expression, Rule};
use crate::model::{Dialect, Feedback, Item, Markup, OutcomeDeclaration, Version};

/// All that one document holds.
#[derive(Clone, Debug, PartialEq)]
pub struct Document {
    /// Its version.
    pub version: Version,
    /// Its questions, those inside tests and banks too, in order.
    pub items: Vec<Item>,
    /// Its tests.
    pub tests: Vec<Test>,
    /// Its object banks.
    pub banks: Vec<Bank>,
    /// What the reader noticed about the document; what it noticed about items stands with them.
    pub findings: Vec<Finding>,
}

/// A named pool of questions (`objectbank` of QTI 1.2).
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Bank {
    /// Its identifier.
    pub identifier: String,
    /// Its title.
    pub title: String,
    /// The identifiers of its questions.
    pub items: Vec<String>,
}

/// A test.
#[derive(Clone, Debug, PartialEq)]
pub struct Test {
    /// The version it was read from.
    pub version: Version,
    /// Whose habits it has.
    pub dialect: Dialect,
    /// Its identifier.
    pub identifier: String,
    /// Its title.
    pub title: String,
    /// What is said before it (QTI 1.2; later versions say it in rubric blocks).
    pub introduction: Vec<Markup>,
    /// Its parts; QTI 1.2 has one.
    pub parts: Vec<Part>,
    /// How long it may take.
    pub limits: TimeLimits,
    /// What its outcome processing sets.
    pub outcomes: Vec<OutcomeDeclaration>,
    /// How the results of the items become those of the test.
    pub processing: Vec<Rule>,
    /// Shown after it, by outcome.
    pub feedback: Vec<Feedback>,
    /// Labels and settings of the author's system, in order; those of Canvas' `assessment_meta.xml`
    /// are among them.
    pub metadata: Vec<(String, String)>,
    /// What the reader noticed.
    pub findings: Vec<Finding>,
}

/// A part of a test.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Part {
    /// Its identifier.
    pub identifier: String,
    /// `linear`: forward only; `nonlinear`: in any order.
    pub linear: bool,
    /// Responses are handed in all together, rather than one by one.
    pub together: bool,
    /// What steers it.
    pub steering: Steering,
    /// Its sections.
    pub entries: Vec<Entry>,
    /// Shown after it, by outcome.
    pub feedback: Vec<Feedback>,
}

/// What steers parts, sections and references.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Steering {
    /// Left out unless all are true.
    pub preconditions: Vec<Expression>,
    /// Where to go on instead, by condition; the target may be `EXIT_TEST` and its kin.
    pub branches: Vec<(Expression, String)>,
    /// How long it may take.
    pub limits: TimeLimits,
    /// Attempts, feedback, review, skipping: the `itemSessionControl` as written.
    pub session: Vec<(String, String)>,
}

/// How long something may take, in seconds.
#[derive(Clone, Copy, Debug, PartialEq, Default)]
pub struct TimeLimits {
    /// At least.
    pub min: Option<f64>,
    /// At most.
    pub max: Option<f64>,
    /// Late submissions are taken.
    pub late: bool,
}

/// What stands in a section.
#[derive(Clone, Debug, PartialEq)]
pub enum Entry {
    /// A section in the section.
    Section(Section),
    /// A question.
    Item(ItemReference),
    /// A section in a file of its own.
    SectionReference {
        /// Its identifier.
        identifier: String,
        /// Where it is.
        href: String,
    },
}

/// A section.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Section {
    /// Its identifier.
    pub identifier: String,
    /// Its title.
    pub title: String,
    /// The learner sees it as a section.
    pub visible: bool,
    /// It is always drawn.
    pub required: bool,
    /// It keeps its place when its neighbours are shuffled.
    pub fixed: bool,
    /// Its children stay together when they are shuffled with the parent's.
    pub keep_together: bool,
    /// How many of its children are drawn.
    pub selection: Option<Selection>,
    /// Its children are shuffled.
    pub shuffle: bool,
    /// What steers it.
    pub steering: Steering,
    /// What is shown with it.
    pub rubrics: Vec<Markup>,
    /// What stands in it.
    pub entries: Vec<Entry>,
}

/// A draw of some children, or of some items of a bank.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Selection {
    /// How many.
    pub count: u32,
    /// The same one may be drawn again.
    pub with_replacement: bool,
    /// The bank that is drawn from (QTI 1.2: `sourcebank_ref`), if it is not the section itself.
    pub bank: Option<String>,
    /// Points of each (Canvas: `points_per_item`).
    pub points_each: Option<f64>,
    /// What else is said of it, as written.
    pub settings: Vec<(String, String)>,
}

/// A reference to a question.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct ItemReference {
    /// The name under which the test knows it.
    pub identifier: String,
    /// The file that holds it; empty where the question stands in the test (QTI 1.2).
    pub href: String,
    /// Groups that outcome processing asks for.
    pub categories: Vec<String>,
    /// It is always drawn.
    pub required: bool,
    /// It keeps its place when its neighbours are shuffled.
    pub fixed: bool,
    /// What steers it.
    pub steering: Steering,
    /// Factors by name.
    pub weights: Vec<(String, f64)>,
    /// Names of its outcomes within the test: the item's, the test's.
    pub mappings: Vec<(String, String)>,
}

impl Test {
    /// An empty test.
    pub fn new(version: Version, identifier: &str) -> Self {
        Self {
            version,
            dialect: Dialect::default(),
            identifier: identifier.to_owned(),
            title: String::new(),
            introduction: Vec::new(),
            parts: Vec::new(),
            limits: TimeLimits::default(),
            outcomes: Vec::new(),
            processing: Vec::new(),
            feedback: Vec::new(),
            metadata: Vec::new(),
            findings: Vec::new(),
        }
    }

    /// All references to questions, in order.
    pub fn references(&self) -> Vec<&ItemReference> {
        let mut found = Vec::new();
        for part in &self.parts {
            collect(&part.entries, &mut found);
        }
        found
    }

    /// All sections, in order.
    pub fn sections(&self) -> Vec<&Section> {
        let mut found = Vec::new();
        let mut waiting: Vec<&Entry> = self.parts.iter().flat_map(|part| &part.entries).rev().collect();
        while let Some(entry) = waiting.pop() {
            if let Entry::Section(section) = entry {
                found.push(section);
                waiting.extend(section.entries.iter().rev());
            }
        }
        found
    }
}

fn collect<'t>(entries: &'t [Entry], found: &mut Vec<&'t ItemReference>) {
    for entry in entries {
        match entry {
            Entry::Item(reference) => found.push(reference),
            Entry::Section(section) => collect(&section.entries, found),
            Entry::SectionReference { .. } => {}
        }
    }
}
