//! What a question is, whatever version of QTI it was written in.

use crate::Finding;
use crate::expression::Rule;
use crate::value::{BaseType, Cardinality, Scalar, Value};

/// The version of the specification.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Version {
    /// QTI 1.2 (and 1.1, which is read the same).
    V1,
    /// QTI 2.0
    V20,
    /// QTI 2.1
    V21,
    /// QTI 2.2
    V22,
    /// QTI 3.0
    V3,
}

impl Version {
    /// `1.2`, `2.0`, ...
    pub fn as_str(self) -> &'static str {
        match self {
            Self::V1 => "1.2",
            Self::V20 => "2.0",
            Self::V21 => "2.1",
            Self::V22 => "2.2",
            Self::V3 => "3.0",
        }
    }
}

/// Whose habits a document of QTI 1.2 has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Dialect {
    /// Nobody's in particular.
    #[default]
    Plain,
    /// Instructure Canvas.
    Canvas,
    /// Blackboard Learn, and publishers who write its form (Cengage).
    Blackboard,
    /// Blackboard Vista and WebCT.
    WebCt,
    /// Desire2Learn Brightspace.
    D2l,
    /// Common Cartridge's profile (ANGEL, Sakai and Moodle write it).
    CommonCartridge,
    /// Respondus.
    Respondus,
}

/// What a learner is asked to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
#[expect(missing_docs, reason = "the variants say what they are; `as_str` has the words")]
pub enum Kind {
    Choice,
    MultipleChoice,
    TrueFalse,
    InlineChoice,
    TextEntry,
    Blanks,
    Numerical,
    Calculated,
    ExtendedText,
    Upload,
    Matching,
    Associate,
    Order,
    GapMatch,
    Hotspot,
    GraphicOrder,
    GraphicAssociate,
    GraphicGapMatch,
    SelectPoint,
    PositionObject,
    Hottext,
    Slider,
    Media,
    Drawing,
    EndAttempt,
    Custom,
    Likert,
    /// Nothing is asked.
    Text,
    /// Several kinds in one item.
    Mixed,
}

impl Kind {
    /// The kind in words.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Choice => "single choice",
            Self::MultipleChoice => "multiple choice",
            Self::TrueFalse => "true or false",
            Self::InlineChoice => "inline choice",
            Self::TextEntry => "short answer",
            Self::Blanks => "several blanks",
            Self::Numerical => "numerical",
            Self::Calculated => "calculated",
            Self::ExtendedText => "essay",
            Self::Upload => "file upload",
            Self::Matching => "matching",
            Self::Associate => "associate",
            Self::Order => "order",
            Self::GapMatch => "gap match",
            Self::Hotspot => "hotspot",
            Self::GraphicOrder => "graphic order",
            Self::GraphicAssociate => "graphic associate",
            Self::GraphicGapMatch => "graphic gap match",
            Self::SelectPoint => "select point",
            Self::PositionObject => "position object",
            Self::Hottext => "hot text",
            Self::Slider => "slider",
            Self::Media => "media",
            Self::Drawing => "drawing",
            Self::EndAttempt => "end attempt",
            Self::Custom => "custom",
            Self::Likert => "survey scale",
            Self::Text => "text only",
            Self::Mixed => "mixed",
        }
    }
}

/// A question.
#[derive(Clone, Debug, PartialEq)]
pub struct Item {
    /// The version it was read from.
    pub version: Version,
    /// Whose habits it has.
    pub dialect: Dialect,
    /// Unique among the items of its package.
    pub identifier: String,
    /// Its title.
    pub title: String,
    /// What the learner is asked to do.
    pub kind: Kind,
    /// A language tag, if there is one.
    pub language: Option<String>,
    /// Several attempts, of which each is told the outcome of the last.
    pub adaptive: bool,
    /// The time taken is a part of the scoring.
    pub time_dependent: bool,
    /// The points that the author gives for it. Scores are scaled to these by [`Item::marks`].
    pub points: Option<f64>,
    /// What is shown: markup with the interactions in their places.
    pub body: Vec<Markup>,
    /// One for each response of the learner.
    pub responses: Vec<ResponseDeclaration>,
    /// What scoring sets; `SCORE` above all.
    pub outcomes: Vec<OutcomeDeclaration>,
    /// Variables that differ from learner to learner.
    pub templates: Vec<TemplateDeclaration>,
    /// How the variables are drawn.
    pub template_processing: Vec<Rule>,
    /// How a response becomes a score.
    pub processing: Processing,
    /// Shown after an attempt, by outcome.
    pub feedback: Vec<Feedback>,
    /// Formula and drawn sets of a calculated question of Canvas or Blackboard.
    pub calculated: Option<Calculated>,
    /// Labels and what else the author's system notes, in order.
    pub metadata: Vec<(String, String)>,
    /// Addresses of style sheets.
    pub stylesheets: Vec<String>,
    /// What the reader noticed.
    pub findings: Vec<Finding>,
}

/// How a response becomes a score.
#[derive(Clone, Debug, PartialEq, Default)]
pub enum Processing {
    /// Not at all: a person marks it, or nobody.
    #[default]
    None,
    /// By a standard template of the specification.
    Template(Template),
    /// By rules.
    Rules(Vec<Rule>),
    /// By a template that is not one of the standard ones, and comes with no rules.
    External(String),
}

/// The standard templates of response processing (QTI 2.2 ASI, "Standard Templates").
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Template {
    /// All or nothing against the correct response.
    MatchCorrect,
    /// By the mapping.
    MapResponse,
    /// By the areas.
    MapResponsePoint,
    /// All of `MAXSCORE` or nothing, and whether it was right in `FEEDBACKBASIC`.
    Cc2MatchBasic,
    /// As [`Template::MatchCorrect`].
    Cc2Match,
    /// [`Template::MapResponse`], and whether all was earned in `FEEDBACK`.
    Cc2MapResponse,
}

/// A piece of the body.
#[derive(Clone, Debug, PartialEq)]
pub enum Markup {
    /// Text.
    Text(String),
    /// HTML as a text, as QTI 1.2 carries it. It is not cleaned: whoever shows it does so.
    Html(String),
    /// An element of HTML, MathML or SVG; scripts and event handlers are gone.
    Element {
        /// Its name.
        name: String,
        /// Its attributes.
        attributes: Vec<(String, String)>,
        /// What is in it.
        content: Vec<Markup>,
    },
    /// Where the learner acts.
    Interaction(Box<Interaction>),
    /// A place to drop something (`gap`), inside a gap match.
    Gap(Choice),
    /// A piece of text that can be picked (`hottext`).
    Hottext(Choice),
    /// The value of a variable (`printedVariable`), its settings as written.
    Variable(Vec<(String, String)>),
    /// Shown or hidden by an outcome (`feedbackBlock`, `feedbackInline`) or by a template variable
    /// (`templateBlock`, `templateInline`).
    Conditional(Feedback),
    /// A `rubricBlock`.
    Rubric {
        /// Who sees it: `candidate`, `scorer`, ...
        view: Vec<String>,
        /// What it says.
        content: Vec<Markup>,
    },
}

/// Content that an outcome shows or hides.
#[derive(Clone, Debug, PartialEq)]
pub struct Feedback {
    /// `modalFeedback`, `feedbackBlock`, `feedbackInline`, `templateBlock`, `templateInline`.
    pub element: String,
    /// The value that shows (or hides) it.
    pub identifier: String,
    /// The outcome or template variable that is compared.
    pub variable: String,
    /// Shown if the value is there; else hidden if it is there.
    pub show: bool,
    /// Its title.
    pub title: String,
    /// What it says.
    pub content: Vec<Markup>,
}

/// Where the learner acts.
#[derive(Clone, Debug, PartialEq)]
pub struct Interaction {
    /// The element's name in QTI 2: `choiceInteraction`, ...
    pub element: String,
    /// The response that it fills.
    pub response: String,
    /// The question put at it.
    pub prompt: Vec<Markup>,
    /// What can be chosen: one list, for a match two.
    pub choices: Vec<Vec<Choice>>,
    /// The flow with the gaps and hot texts of interactions that have one.
    pub content: Vec<Markup>,
    /// The order of the choices is drawn.
    pub shuffle: bool,
    /// How many at least (choices, associations, strings, plays).
    pub min: Option<u32>,
    /// How many at most; none is any number.
    pub max: Option<u32>,
    /// The other attributes as written: `expectedLength`, `patternMask`, `lowerBound`, `class`, ...
    pub settings: Vec<(String, String)>,
    /// An interaction that is kept as written (custom and portable ones).
    pub raw: Option<String>,
}

/// Something that can be chosen, ordered, dropped or filled.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Choice {
    /// The element's name in QTI 2: `simpleChoice`, `hotspotChoice`, `gapText`, ...
    pub element: String,
    /// Its identifier.
    pub identifier: String,
    /// What it shows.
    pub content: Vec<Markup>,
    /// It stays in its place when the others are shuffled.
    pub fixed: bool,
    /// The other attributes as written: `matchMax`, `shape`, `coords`, `templateIdentifier`, ...
    pub settings: Vec<(String, String)>,
}

/// A response: its type, and what is right.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct ResponseDeclaration {
    /// Its name.
    pub identifier: String,
    /// How many values.
    pub cardinality: Cardinality,
    /// What they are; none for a record.
    pub base: Option<BaseType>,
    /// The value before the learner acts.
    pub default: Value,
    /// The right response.
    pub correct: Value,
    /// Points for each value.
    pub mapping: Option<Mapping>,
    /// Points for each area.
    pub areas: Option<AreaMapping>,
}

/// Points for each value of a response (QTI 2.2, `mapping`).
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Mapping {
    /// The sum is never less.
    pub lower: Option<f64>,
    /// The sum is never more.
    pub upper: Option<f64>,
    /// For a value that is not listed.
    pub default: f64,
    /// The values.
    pub entries: Vec<MapEntry>,
}

/// Points for one value.
#[derive(Clone, Debug, PartialEq)]
pub struct MapEntry {
    /// The value.
    pub key: Scalar,
    /// Its points.
    pub value: f64,
    /// Case counts; only for text.
    pub case_sensitive: bool,
}

/// Points for each area in which a point lies.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct AreaMapping {
    /// The sum is never less.
    pub lower: Option<f64>,
    /// The sum is never more.
    pub upper: Option<f64>,
    /// For a point in no area.
    pub default: f64,
    /// Areas and points.
    pub entries: Vec<(Area, f64)>,
}

/// A part of an image.
#[derive(Clone, Debug, PartialEq)]
pub struct Area {
    /// Its shape.
    pub shape: Shape,
    /// Its numbers: circle `x y r`, rectangle `left top right bottom`, polygon `x y ...`,
    /// ellipse `x y rx ry`.
    pub coords: Vec<f64>,
}

/// The shape of an [`Area`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Shape {
    /// Everywhere.
    Default,
    /// A circle.
    Circle,
    /// A rectangle.
    Rect,
    /// A polygon.
    Poly,
    /// An ellipse.
    Ellipse,
}

/// What scoring sets.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct OutcomeDeclaration {
    /// Its name.
    pub identifier: String,
    /// How many values.
    pub cardinality: Cardinality,
    /// What they are; none for a record.
    pub base: Option<BaseType>,
    /// The value before scoring.
    pub default: Value,
    /// `normalMaximum`
    pub maximum: Option<f64>,
    /// `normalMinimum`
    pub minimum: Option<f64>,
    /// The table that `lookupOutcomeValue` reads.
    pub table: Option<LookupTable>,
    /// The other attributes as written: `interpretation`, `view`, `externalScored`, ...
    pub settings: Vec<(String, String)>,
}

/// The table of a `lookupOutcomeValue`.
#[derive(Clone, Debug, PartialEq)]
pub struct LookupTable {
    /// By the largest bound that is not above the number (`interpolationTable`), else by equality.
    pub interpolation: bool,
    /// Bound, whether the bound itself counts, and the value.
    pub entries: Vec<(f64, bool, Scalar)>,
    /// For a number with no entry.
    pub default: Option<Scalar>,
}

/// A variable that differs from learner to learner.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct TemplateDeclaration {
    /// Its name.
    pub identifier: String,
    /// How many values.
    pub cardinality: Cardinality,
    /// What they are; none for a record.
    pub base: Option<BaseType>,
    /// The value before template processing.
    pub default: Value,
    /// The other attributes as written.
    pub settings: Vec<(String, String)>,
}

/// A calculated question of Canvas or Blackboard: the formula and what was drawn for it.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Calculated {
    /// The formulas; the last one is the answer, those before it name parts of it.
    pub formulas: Vec<String>,
    /// Decimal places of the answer.
    pub decimals: Option<u32>,
    /// How far an answer may be off.
    pub tolerance: f64,
    /// The tolerance is a percentage of the answer.
    pub tolerance_percent: bool,
    /// The variables: name, decimal places, least, most.
    pub variables: Vec<CalculatedVariable>,
    /// What was drawn: the values of the variables, and the answer.
    pub sets: Vec<VariableSet>,
}

/// A variable of a [`Calculated`] question.
#[derive(Clone, Debug, PartialEq)]
pub struct CalculatedVariable {
    /// Its name.
    pub name: String,
    /// Decimal places.
    pub decimals: u32,
    /// The least value.
    pub min: f64,
    /// The greatest value.
    pub max: f64,
}

/// One drawn set of values.
#[derive(Clone, Debug, PartialEq)]
pub struct VariableSet {
    /// Its name.
    pub identifier: String,
    /// Variables and values.
    pub values: Vec<(String, f64)>,
    /// The answer for these.
    pub answer: f64,
}

impl Item {
    /// An item with nothing in it.
    pub fn new(version: Version, identifier: &str) -> Self {
        Self {
            version,
            dialect: Dialect::default(),
            identifier: identifier.to_owned(),
            title: String::new(),
            kind: Kind::Text,
            language: None,
            adaptive: false,
            time_dependent: false,
            points: None,
            body: Vec::new(),
            responses: Vec::new(),
            outcomes: Vec::new(),
            templates: Vec::new(),
            template_processing: Vec::new(),
            processing: Processing::None,
            feedback: Vec::new(),
            calculated: None,
            metadata: Vec::new(),
            stylesheets: Vec::new(),
            findings: Vec::new(),
        }
    }

    /// All interactions, in the order of the body.
    pub fn interactions(&self) -> Vec<&Interaction> {
        let mut found = Vec::new();
        interactions(&self.body, &mut found);
        found
    }

    /// The declaration of a response.
    pub fn response(&self, identifier: &str) -> Option<&ResponseDeclaration> {
        self.responses.iter().find(|response| response.identifier == identifier)
    }

    /// The declaration of an outcome.
    pub fn outcome(&self, identifier: &str) -> Option<&OutcomeDeclaration> {
        self.outcomes.iter().find(|outcome| outcome.identifier == identifier)
    }

    /// What a label of the metadata says.
    pub fn label(&self, name: &str) -> Option<&str> {
        self.metadata.iter().find(|(label, _)| label.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
    }
}

fn interactions<'m>(markup: &'m [Markup], found: &mut Vec<&'m Interaction>) {
    for piece in markup {
        match piece {
            Markup::Interaction(interaction) => {
                found.push(interaction);
                interactions(&interaction.content, found);
            }
            Markup::Element { content, .. } | Markup::Rubric { content, .. } => interactions(content, found),
            Markup::Conditional(feedback) => interactions(&feedback.content, found),
            _ => {}
        }
    }
}
