//! From a package to what is to be made of it. Nothing here touches a database or a disk.
//!
//! Addresses inside texts become places of the new course that do not need its ids: `item/SOURCE` for an item,
//! `files/MARK/PATH` for a file, `kept/SOURCE` for an original; `materials` resolves them when the page is rendered, so
//! that they also hold in a copy of the course.

mod contents;
mod course;
mod planner;
mod rest;
mod texts;

use std::collections::{BTreeMap, BTreeSet};

use cartridge::Cartridge;
use courses::course::Licence;
use materials::link::Opens;
use outline::Completion;
use outline::release::Tree;
use serde::{Deserialize, Serialize};

use crate::extra::Extra;
use crate::report::Report;
use planner::Planner;

pub(crate) use course::licence_word;

/// The most characters of a title.
const TITLE_MAX: usize = 200;
/// Items that one import makes at most; the rest is reported as left.
const ITEMS_MAX: usize = 3_000;

/// What is to be made.
#[derive(Clone, Debug, Default)]
pub struct Plan {
    /// A mark of the package: sources of different packages never meet.
    pub mark: String,
    /// The identifier of the course in the package, by which a course knows a package that was made of it.
    pub own: String,
    /// What the course itself is to be like, and its line in the report.
    pub course: PlannedCourse,
    /// The modules with their items, in order.
    pub modules: Vec<PlannedModule>,
    /// Files for the course's library, by their path in the package.
    pub files: BTreeSet<String>,
    /// Files that stood in a text as letters: their bytes by the path that they get.
    pub made: BTreeMap<String, Vec<u8>>,
    /// Files that only the library shows.
    pub library: Vec<PlannedFile>,
    /// What has no kind yet.
    pub originals: Vec<PlannedOriginal>,
    /// What becomes of everything.
    pub report: Report,
}

/// The course itself.
#[derive(Clone, Debug, Default)]
#[expect(missing_docs, reason = "the fields of courses::Settings")]
pub struct PlannedCourse {
    pub title: String,
    pub code: String,
    pub language: Option<String>,
    pub summary: String,
    pub starts_seconds: Option<i64>,
    pub ends_seconds: Option<i64>,
    pub licence: Option<Licence>,
    pub hue: Option<u8>,
    pub weeks: Option<bool>,
    /// The syllabus in Markdown, where there is one that needs nothing of the course, and its line in the report.
    pub about: Option<(String, usize)>,
    /// Its line in the report.
    pub entry: usize,
}

/// A module.
#[derive(Clone, Debug)]
#[expect(missing_docs, reason = "the fields of outline::Module")]
pub struct PlannedModule {
    /// What it is known by at the next import.
    pub source: String,
    /// Its identifier in the package.
    pub identifier: String,
    pub title: String,
    pub published: bool,
    pub unlock_seconds: Option<i64>,
    pub sequential: bool,
    /// The sources of modules that come before.
    pub needs: Vec<String>,
    pub count: Option<u32>,
    pub items: Vec<PlannedItem>,
    /// Its line in the report.
    pub entry: usize,
}

/// An item.
#[derive(Clone, Debug)]
#[expect(missing_docs, reason = "the fields of outline::Item")]
pub struct PlannedItem {
    pub source: String,
    /// Its identifier in the package.
    pub identifier: String,
    pub title: String,
    pub indent: u8,
    pub minutes: u32,
    pub published: bool,
    pub completion: Completion,
    pub due_seconds: Option<i64>,
    pub unlock_seconds: Option<i64>,
    pub lock_seconds: Option<i64>,
    /// Conditions; the items and modules in them are those of the course that the package was made of.
    pub release: Option<Tree>,
    pub content: PlannedContent,
    pub entry: usize,
}

/// What an item holds.
#[derive(Clone, Debug, PartialEq)]
pub enum PlannedContent {
    /// Nothing but its title.
    Heading,
    /// Markdown.
    Markdown(String),
    /// Cleaned HTML, where Markdown would lose something.
    Html(String),
    /// An address, and how it opens.
    Link(String, Opens),
    /// A file, by its path.
    File(String),
    /// A clip with captions as (language, path).
    Video(String, Vec<(String, String)>),
}

impl PlannedContent {
    /// The key of the kind of activity.
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::Heading => "heading",
            Self::Markdown(_) | Self::Html(_) => "page",
            Self::Link(..) => "link",
            Self::File(_) => "file",
            Self::Video(..) => "video",
        }
    }
}

/// A file that only the library shows.
#[derive(Clone, Debug)]
pub struct PlannedFile {
    /// Its path in the package.
    pub path: String,
    /// What it is called.
    pub name: String,
    /// Whether only those who teach open it.
    pub locked: bool,
    /// Its line in the report.
    pub entry: usize,
}

/// Something that has no kind yet and is kept whole.
#[derive(Clone, Debug)]
pub struct PlannedOriginal {
    /// What it is known by at the next import.
    pub source: String,
    /// The identifier of its resource, or of its item where it has none.
    pub identifier: String,
    /// In a word: `quiz`, `discussion`, `tool`.
    pub kind: &'static str,
    /// What it is called.
    pub title: String,
    /// Its resource and those that describe it, as the manifest has them.
    pub parts: Vec<Part>,
    /// Paths of all files of all parts.
    pub files: BTreeSet<String>,
    /// Where it stood in the outline.
    pub places: Vec<Place>,
}

/// A resource as the manifest has it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the fields of cartridge::Original, described there")]
pub struct Part {
    pub identifier: String,
    pub kind: String,
    #[serde(default)]
    pub intended_use: Option<String>,
    #[serde(default)]
    pub href: Option<String>,
    pub files: Vec<String>,
    #[serde(default)]
    pub dependencies: Vec<String>,
    #[serde(default)]
    pub variants: Vec<String>,
    #[serde(default)]
    pub instructor_only: bool,
    #[serde(default)]
    pub inline: Option<String>,
}

/// Where something stood in the outline.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Place {
    /// The source of its module.
    pub module: String,
    /// The source of the item before it in that module, where there is one.
    #[serde(default)]
    pub after: Option<String>,
    /// The identifier of its item.
    pub item: String,
    /// What the item is called.
    pub title: String,
    /// How far it stands in.
    #[serde(default)]
    pub indent: u32,
    /// Whether learners saw it; none where nobody says.
    #[serde(default)]
    pub published: Option<bool>,
    /// What completed it: `view`, `mark`, `submit`, `contribute`, `score`, `percent`, or a word of the package.
    #[serde(default)]
    pub requirement: Option<String>,
    /// The points or percent of that.
    #[serde(default)]
    pub least: Option<f64>,
    /// The address that its item carries: what a tool is launched with.
    #[serde(default)]
    pub url: Option<String>,
    /// Whether it opens in a new tab.
    #[serde(default)]
    pub new_tab: bool,
}

/// Plans what becomes of a package. `extra` is what this program itself wrote into it, `words` are texts that the plan
/// may need, in the language of who imports.
pub fn plan(course: &Cartridge, extra: Option<&Extra>, words: &Words) -> Plan {
    let mut planner = Planner::new(course, extra, words);
    planner.course();
    for node in &course.modules {
        planner.top_level(node);
    }
    planner.strays();
    planner.library();
    planner.finish()
}

/// Texts that a plan may need.
#[derive(Clone, Debug)]
pub struct Words {
    /// The title of a course that has none.
    pub untitled: String,
    /// The module for what is in no module.
    pub more: String,
    /// The module for a first page that is in no module.
    pub start: String,
}

/// A title without surplus spaces, cut where it is too long.
fn cut(title: &str) -> String {
    title.split_whitespace().collect::<Vec<_>>().join(" ").chars().take(TITLE_MAX).collect()
}
