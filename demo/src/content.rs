//! The content as it is written in `academy/`.

use std::sync::Arc;

use serde::Deserialize;
use serde::de::DeserializeOwned;

use crate::Error;
use crate::grading::{Grading, NewRubric};
use crate::quiz::{self, Written};
use crate::work::{self, Asked, Work};

include!(concat!(env!("OUT_DIR"), "/files.rs"));

#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Academy {
    pub(crate) institution: Institution,
    pub(crate) unit: Vec<Unit>,
    pub(crate) term: Vec<Term>,
}

#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Institution {
    pub(crate) name: String,
    pub(crate) zone: String,
    pub(crate) locale: String,
}

#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Unit {
    pub(crate) key: String,
    pub(crate) name: String,
    pub(crate) parent: Option<String>,
}

#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Term {
    pub(crate) key: String,
    pub(crate) name: String,
    pub(crate) starts_days: i64,
    pub(crate) ends_days: i64,
}

#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Person {
    pub(crate) key: String,
    pub(crate) given: String,
    pub(crate) family: String,
    pub(crate) email: String,
    pub(crate) unit: String,
    #[serde(default)]
    pub(crate) pronouns: String,
    #[serde(default)]
    pub(crate) about: String,
    pub(crate) demo: Option<String>,
    #[serde(default)]
    pub(crate) roles: Vec<Role>,
}

#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Role {
    pub(crate) role: String,
    pub(crate) at: String,
}

#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Course {
    pub(crate) title: String,
    pub(crate) code: String,
    pub(crate) summary: String,
    pub(crate) unit: String,
    pub(crate) term: Option<String>,
    pub(crate) hue: u8,
    pub(crate) language: String,
    pub(crate) listing: Option<String>,
    pub(crate) starts_days: i64,
    pub(crate) ends_days: i64,
    #[serde(default)]
    pub(crate) sections: Vec<Section>,
    pub(crate) joining: Joining,
    pub(crate) teachers: Vec<String>,
    pub(crate) about: String,
    pub(crate) module: Vec<Module>,
    pub(crate) grading: Option<Grading>,
    #[serde(default)]
    pub(crate) rubric: Vec<NewRubric>,
    #[serde(default)]
    pub(crate) enrolment: Vec<Enrolment>,
}

impl Course {
    pub(crate) fn item(&self, slug: &str) -> Option<&Item> {
        self.module.iter().flat_map(|module| &module.item).find(|item| item.slug == slug)
    }
}

#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Section {
    pub(crate) key: String,
    pub(crate) name: String,
    pub(crate) capacity: Option<u32>,
}

#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Joining {
    #[serde(rename = "self")]
    pub(crate) how: String,
    pub(crate) key: Option<String>,
    pub(crate) capacity: Option<u32>,
}

#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Module {
    pub(crate) key: String,
    pub(crate) title: String,
    pub(crate) published: bool,
    pub(crate) unlock_days: Option<i64>,
    #[serde(default)]
    pub(crate) prerequisites: Vec<String>,
    pub(crate) requirement: String,
    #[serde(default)]
    pub(crate) sequential: bool,
    #[serde(default)]
    pub(crate) item: Vec<Item>,
}

#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Item {
    pub(crate) kind: String,
    pub(crate) slug: String,
    pub(crate) title: String,
    #[serde(default)]
    pub(crate) indent: u8,
    pub(crate) file: Option<String>,
    #[serde(default)]
    pub(crate) captions: Vec<Captions>,
    pub(crate) url: Option<String>,
    pub(crate) minutes: u32,
    pub(crate) completion: String,
    pub(crate) due_days: Option<i64>,
    pub(crate) conditions: Option<Conditions>,
    pub(crate) published: bool,
    pub(crate) assignment: Option<Asked>,
    /// In which its grades count.
    pub(crate) group: Option<String>,
    /// What people handed in.
    #[serde(skip)]
    pub(crate) work: Vec<Work>,
    /// Where it is a quiz.
    #[serde(skip)]
    pub(crate) quiz: Option<Arc<Written>>,
}

impl Item {
    pub(crate) fn counts(&self) -> bool {
        self.completion != "none"
    }
}

#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Captions {
    pub(crate) language: String,
    pub(crate) file: String,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(untagged)]
pub(crate) enum Conditions {
    Group { op: String, items: Vec<Conditions> },
    Done { done: String },
    After { after_days: i64 },
}

#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Enrolment {
    pub(crate) person: String,
    pub(crate) role: String,
    pub(crate) section: Option<String>,
    pub(crate) state: String,
    pub(crate) last_seen_days: Option<i64>,
    /// When they last got something done, where they were there again since.
    pub(crate) last_done_days: Option<i64>,
    pub(crate) progress: Option<usize>,
    pub(crate) next: Option<String>,
}

#[derive(Deserialize)]
struct People {
    person: Vec<Person>,
}

/// A file of the content.
pub(crate) fn file(path: &str) -> Option<&'static [u8]> {
    FILES.iter().find(|(name, _)| *name == path).map(|(_, bytes)| *bytes)
}

fn text(path: &str) -> Result<&'static str, Error> {
    let bytes = file(path).ok_or_else(|| Error::Content(format!("{path} is missing")))?;
    std::str::from_utf8(bytes).map_err(|e| Error::Content(format!("{path}: {e}")))
}

fn parsed<T: DeserializeOwned>(path: &str) -> Result<T, Error> {
    toml::from_str(text(path)?).map_err(|e| Error::Content(format!("{path}: {e}")))
}

pub(crate) fn academy() -> Result<Academy, Error> {
    parsed("academy.toml")
}

pub(crate) fn people() -> Result<Vec<Person>, Error> {
    Ok(parsed::<People>("people.toml")?.person)
}

/// The courses, with the folder in which each one's files are.
pub(crate) fn courses() -> Result<Vec<(String, Course)>, Error> {
    let folders = FILES.iter().filter_map(|(name, _)| name.strip_suffix("/course.toml"));
    folders.map(|folder| Ok((folder.to_owned(), course(folder)?))).collect()
}

fn course(folder: &str) -> Result<Course, Error> {
    let mut course: Course = parsed(&format!("{folder}/course.toml"))?;
    for item in course.module.iter_mut().flat_map(|module| &mut module.item) {
        let path = format!("{folder}/work/{}.toml", item.slug);
        if file(&path).is_some() {
            item.work = work::read(text(&path)?).map_err(|e| Error::Content(format!("{path}: {e}")))?;
        }
        if item.kind == "quiz" {
            let path = format!("{folder}/quiz/{}.toml", item.slug);
            let quiz = quiz::read(text(&path)?).map_err(|e| Error::Content(format!("{path}: {e}")))?;
            item.quiz = Some(Arc::new(quiz));
        }
    }
    Ok(course)
}

/// The text of a page or the instructions of an assignment, where it has one.
pub(crate) fn page(folder: &str, slug: &str) -> Option<&'static str> {
    text(&format!("{folder}/pages/{slug}.md")).ok()
}

/// The files of a course as `(files/NAME, bytes)`.
pub(crate) fn files_of(folder: &str) -> impl Iterator<Item = (&'static str, &'static [u8])> {
    let start = format!("{folder}/");
    FILES.iter().filter_map(move |(name, bytes)| {
        let path = name.strip_prefix(start.as_str())?;
        path.starts_with("files/").then_some((path, *bytes))
    })
}
