//! What each resource becomes.

use cartridge::{Content, FileContent, Moment, Node, Resource, RichText};
use materials::link::Opens;

use super::planner::Planner;
use super::{Part, PlannedContent, PlannedOriginal};
use crate::report::{Fate, Note};

/// Files that clips have.
const CLIPS: &[&str] = &["mp4", "m4v", "webm", "mov", "ogv"];

/// What was made of a resource.
pub(super) struct Made {
    pub(super) content: PlannedContent,
    pub(super) entry: usize,
    /// Whether the resource itself says that learners see it.
    pub(super) published: Option<bool>,
    pub(super) due: Option<i64>,
    pub(super) unlock: Option<i64>,
    pub(super) lock: Option<i64>,
}

impl Made {
    pub(super) fn new(content: PlannedContent, entry: usize) -> Self {
        Self { content, entry, published: None, due: None, unlock: None, lock: None }
    }
}

fn seconds(at: Option<Moment>) -> Option<i64> {
    at.map(|at| at.unix_seconds)
}

impl<'c> Planner<'c> {
    /// What a resource becomes, and its line in the report, which is the last one; nothing where it is not shown.
    pub(super) fn content(&mut self, resource: &'c Resource, title: &str, node: Option<&'c Node>) -> Option<Made> {
        let path = resource.path().unwrap_or_default();
        let mut made = match &resource.content {
            Content::Page(page) | Content::Syllabus(page) => {
                let own = node.and_then(|node| self.extra_of(&node.identifier)?.markdown.clone());
                let (content, mut notes) = match own {
                    Some(markdown) => (PlannedContent::Markdown(self.own_markdown(&markdown)), Vec::new()),
                    None => {
                        let text = self.text(&page.body, path);
                        (text.content, text.notes)
                    }
                };
                if page.front_page {
                    notes.push(Note::plain("front"));
                }
                if page.publish_at.is_some() {
                    notes.push(Note::plain("scheduled"));
                }
                let entry = self.told("page", title, notes);
                Made { unlock: seconds(page.publish_at), ..Made::new(content, entry) }
            }
            Content::Assignment(assignment) => {
                self.keep(resource, "assignment", title);
                let (content, mut notes) = self.rich(&assignment.text, path);
                notes.insert(0, Note::plain("as-page"));
                let entry = self.entry("assignment", title, Fate::Changed, notes);
                Made {
                    due: seconds(assignment.due_at),
                    unlock: seconds(assignment.unlock_at),
                    lock: seconds(assignment.lock_at),
                    ..Made::new(content, entry)
                }
            }
            Content::WebLink(link) => {
                let own = node.and_then(|node| self.extra_of(&node.identifier)?.opens.as_deref()?.parse().ok());
                let new_tab = node.is_some_and(|node| node.new_tab);
                let opens = own.or_else(|| window(link.target.as_deref()));
                self.address(title, &link.url, new_tab, opens)?
            }
            Content::File(file) => self.file(resource, file, title)?,
            Content::Attachments => {
                self.take_files(resource);
                let Some(path) = resource.path() else {
                    self.entry("file", title, Fate::Left, vec![Note::plain("missing")]);
                    return None;
                };
                Made::new(PlannedContent::File(path.to_owned()), self.entry("file", title, Fate::Taken, Vec::new()))
            }
            Content::Discussion(topic) => {
                let kind = if topic.announcement { "announcement" } else { "discussion" };
                self.keep_only(resource, kind, title, "kept");
                return None;
            }
            Content::Assessment(_) => {
                self.keep_only(resource, "quiz", title, "kept");
                return None;
            }
            Content::QuestionBank(_) => {
                self.keep_only(resource, "question-bank", title, "kept");
                return None;
            }
            Content::Tool(_) => {
                self.keep_only(resource, "tool", title, "kept");
                return None;
            }
            _ => {
                self.keep(resource, "other", title);
                let is_gone = !resource.files.is_empty() && resource.files.iter().all(|file| file.path.is_none());
                let unknown = || Note::about("unknown", resource.kind.clone());
                let why = if is_gone { Note::plain("missing") } else { unknown() };
                self.entry("other", title, Fate::Left, vec![why]);
                return None;
            }
        };
        if resource.instructor_only {
            self.note(made.entry, Note::plain("instructors"));
        }
        made.published = resource.published;
        Some(made)
    }

    fn rich(&mut self, text: &RichText, path: &str) -> (PlannedContent, Vec<Note>) {
        let body = if text.html { text.text.clone() } else { escaped(&text.text) };
        let made = self.text(&body, path);
        (made.content, made.notes)
    }

    pub(super) fn address(&mut self, title: &str, url: &str, new_tab: bool, opens: Option<Opens>) -> Option<Made> {
        let url = url.trim();
        if !materials::link::is_safe(url) || url.chars().count() > materials::link::URL_MAX {
            let shown: String = url.chars().take(80).collect();
            self.entry("link", title, Fate::Left, vec![Note::about("unsafe-address", shown)]);
            return None;
        }
        let is_clip = text::embed::player(url).is_some() && !new_tab;
        let opens = opens.unwrap_or(if is_clip { Opens::Frame } else { Opens::Tab });
        let entry = self.entry("link", title, Fate::Taken, Vec::new());
        Some(Made::new(PlannedContent::Link(url.to_owned(), opens), entry))
    }

    fn file(&mut self, resource: &'c Resource, file: &FileContent, title: &str) -> Option<Made> {
        let Some(path) = resource.path() else {
            self.entry("file", title, Fate::Left, vec![Note::plain("missing")]);
            return None;
        };
        self.take_files(resource);
        let ending = path.rsplit('.').next().unwrap_or_default().to_ascii_lowercase();
        let made = if CLIPS.contains(&ending.as_str()) {
            let tracks = file.tracks.iter().filter_map(|track| Some((track.language.clone(), self.captions(track)?)));
            let tracks: Vec<(String, String)> = tracks.collect();
            self.plan.files.extend(tracks.iter().map(|(_, path)| path.clone()));
            let entry = self.entry("video", title, Fate::Taken, Vec::new());
            Made::new(PlannedContent::Video(path.to_owned(), tracks), entry)
        } else {
            let entry = self.entry("file", title, Fate::Taken, Vec::new());
            Made::new(PlannedContent::File(path.to_owned()), entry)
        };
        Some(Made { unlock: seconds(file.unlock_at), lock: seconds(file.lock_at), ..made })
    }

    /// The file of captions; captions that stand in the settings get one.
    fn captions(&mut self, track: &cartridge::Track) -> Option<String> {
        if let Some(path) = &track.path {
            return Some(path.clone());
        }
        let text = track.text.as_ref().filter(|text| text.contains("-->"))?;
        let text = if text.starts_with("WEBVTT") { text.clone() } else { format!("WEBVTT\n\n{text}") };
        Some(self.made(&format!("captions.{}.vtt", track.language), text.into_bytes()))
    }

    pub(super) fn take_files(&mut self, resource: &Resource) {
        self.plan.files.extend(resource.files.iter().filter_map(|file| file.path.clone()));
    }

    pub(super) fn told(&mut self, kind: &str, title: &str, notes: Vec<Note>) -> usize {
        let is_changed = notes.iter().any(Note::is_change);
        self.entry(kind, title, if is_changed { Fate::Changed } else { Fate::Taken }, notes)
    }

    /// Keeps it, and says so in a line of its own.
    pub(super) fn keep_only(&mut self, resource: &'c Resource, kind: &'static str, title: &str, why: &str) -> usize {
        self.keep(resource, kind, title);
        self.entry(kind, title, Fate::Left, vec![Note::plain(why)])
    }

    pub(super) fn keep(&mut self, resource: &'c Resource, kind: &'static str, title: &str) {
        let source = self.source("r", &resource.identifier);
        // What describes it belongs to it: settings of quizzes and topics lie in resources of their own.
        let is_own = |other: &&Resource| other.companion_of.as_deref() == Some(resource.identifier.as_str());
        let own: Vec<&Resource> =
            std::iter::once(resource).chain(self.course.resources.iter().filter(is_own)).collect();
        let place = Some(self.place.clone()).filter(|place| !place.module.is_empty() && !place.item.is_empty());
        self.put_aside(PlannedOriginal {
            source,
            identifier: resource.identifier.clone(),
            kind,
            title: super::cut(title),
            files: own.iter().flat_map(|one| one.files.iter().filter_map(|file| file.path.clone())).collect(),
            parts: own.into_iter().map(part).collect(),
            places: place.into_iter().collect(),
        });
    }

    /// A tool that only an item names: there is nothing but its address.
    pub(super) fn keep_tool(&mut self, identifier: &str, url: &str, title: &str) {
        self.put_aside(PlannedOriginal {
            source: self.source("t", identifier),
            identifier: identifier.to_owned(),
            kind: "tool",
            title: super::cut(title),
            parts: Vec::new(),
            files: std::collections::BTreeSet::new(),
            places: vec![self.place.clone()],
        });
        let shown: String = url.chars().take(80).collect();
        self.entry("tool", title, Fate::Left, vec![Note::plain("kept"), Note::about("launches", shown)]);
    }

    fn put_aside(&mut self, original: PlannedOriginal) {
        match self.plan.originals.iter_mut().find(|known| known.source == original.source) {
            Some(known) => known.places.extend(original.places),
            None => self.plan.originals.push(original),
        }
    }
}

fn part(resource: &Resource) -> Part {
    Part {
        identifier: resource.identifier.clone(),
        kind: resource.kind.clone(),
        intended_use: resource.intended_use.clone(),
        href: resource.path().filter(|_| resource.href.is_some()).map(str::to_owned),
        files: resource.files.iter().filter_map(|file| file.path.clone()).collect(),
        dependencies: resource.dependencies.clone(),
        variants: resource.variants.clone(),
        instructor_only: resource.instructor_only,
        inline: resource.inline.as_ref().map(|xml| String::from_utf8_lossy(xml).into_owned()),
    }
}

/// How a link opens that names a window.
fn window(target: Option<&str>) -> Option<Opens> {
    match target?.to_ascii_lowercase().as_str() {
        "_self" | "_parent" | "_top" => Some(Opens::Here),
        "_iframe" | "iframe" => Some(Opens::Frame),
        _ => Some(Opens::Tab),
    }
}

fn escaped(text: &str) -> String {
    let safe = text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    safe.split("\n\n").map(|part| format!("<p>{}</p>", part.replace('\n', "<br>"))).collect()
}
