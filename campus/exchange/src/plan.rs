//! From a package to what is to be made of it. Nothing here touches a database or a disk.
//!
//! Addresses inside texts become places of the new course that do not need its ids: `item/SOURCE` for an item,
//! `files/MARK/PATH` for a file, `kept/SOURCE` for an original; `materials` resolves them when the page is rendered, so
//! that they also hold in a copy of the course.

use std::collections::{BTreeSet, HashMap, HashSet};

use cartridge::{Cartridge, Content, Dialect, Links, Node, Requirement, Resource, Target, Version};
use outline::Completion;
use sha2::{Digest, Sha256};
use text::html::{Fate as HtmlFate, clean, rewrite_links, to_markdown};

use crate::report::{Entry, Fate, Note, Report};

/// The most characters of a title.
const TITLE_MAX: usize = 200;
/// Items that one import makes at most; the rest is reported as left.
const ITEMS_MAX: usize = 3_000;
/// Files that clips have.
const VIDEOS: &[&str] = &["mp4", "m4v", "webm", "mov", "ogv"];

/// What is to be made.
#[derive(Clone, Debug, Default)]
pub struct Plan {
    /// A mark of the package: sources of different packages never meet.
    pub mark: String,
    /// The title of the course.
    pub title: String,
    /// Its short code, where the package has one.
    pub code: String,
    /// Its language, where the package says.
    pub language: Option<String>,
    /// The modules with their items, in order.
    pub modules: Vec<PlannedModule>,
    /// Files for the course's library, by their path in the package.
    pub files: BTreeSet<String>,
    /// Files that only the library shows, with their lines in the report.
    pub library: Vec<(String, usize)>,
    /// What has no kind yet.
    pub originals: Vec<PlannedOriginal>,
    /// What becomes of everything.
    pub report: Report,
}

/// A module.
#[derive(Clone, Debug)]
#[expect(missing_docs, reason = "the fields of outline::Module")]
pub struct PlannedModule {
    /// What it is known by at the next import.
    pub source: String,
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
    pub title: String,
    pub indent: u8,
    pub published: bool,
    pub completion: Completion,
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
    /// An address.
    Link(String),
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
            Self::Link(_) => "link",
            Self::File(_) => "file",
            Self::Video(..) => "video",
        }
    }
}

/// A resource that is kept.
#[derive(Clone, Debug)]
#[expect(missing_docs, reason = "the columns of the table, described there")]
pub struct PlannedOriginal {
    pub source: String,
    pub identifier: String,
    pub kind: &'static str,
    pub resource_type: String,
    pub title: String,
    pub href: Option<String>,
    pub files: Vec<String>,
    pub inline: Option<String>,
    pub module: Option<String>,
    pub position: usize,
}

/// Plans what becomes of a package. `words` are the texts that it may need, in the language of who imports.
pub fn plan(course: &Cartridge, words: &Words) -> Plan {
    let mut planner = Planner::new(course, words);
    for node in &course.modules {
        planner.top_level(node);
    }
    planner.strays();
    planner.unused_files();
    planner.finish()
}

/// Texts that a plan may need.
#[derive(Clone, Debug)]
pub struct Words {
    /// The title of a course that has none.
    pub untitled: String,
    /// The module for what is in no module.
    pub more: String,
}

struct Planner<'c> {
    course: &'c Cartridge,
    links: Links<'c>,
    words: &'c Words,
    plan: Plan,
    /// The source of the item that shows a resource.
    shown: HashMap<&'c str, String>,
    done: HashSet<&'c str>,
    items: usize,
}

impl<'c> Planner<'c> {
    fn new(course: &'c Cartridge, words: &'c Words) -> Self {
        let title = course.title.clone().unwrap_or_default();
        let title = if title.trim().is_empty() { words.untitled.clone() } else { cut(&title) };
        let settings = course.settings.as_ref();
        let mark = mark_of(course);
        let mut planner = Self {
            links: Links::new(course),
            plan: Plan {
                title: title.clone(),
                code: settings.and_then(|s| s.code.clone()).unwrap_or_default().chars().take(40).collect(),
                language: course.metadata.language.clone(),
                report: Report { title, format: format_of(course), ..Report::default() },
                mark,
                ..Plan::default()
            },
            shown: HashMap::new(),
            done: HashSet::new(),
            items: 0,
            course,
            words,
        };
        planner.name_sources();
        planner
    }

    /// Decides first which item shows which resource, so that links can lead forward.
    fn name_sources(&mut self) {
        for top in &self.course.modules {
            let own = std::iter::once((0, top)).chain(top.flatten());
            for (_, node) in own {
                let shown = node.resource.as_deref().and_then(|id| self.course.preferred(id));
                if let Some(resource) = shown {
                    let source = self.item_source(&node.identifier);
                    self.shown.entry(resource.identifier.as_str()).or_insert(source);
                }
            }
        }
        for resource in &self.course.resources {
            let source = self.source("r", &resource.identifier);
            self.shown.entry(resource.identifier.as_str()).or_insert(source);
        }
    }

    fn source(&self, sort: &str, identifier: &str) -> String {
        format!("{}.{sort}.{}", self.plan.mark, text_key(identifier))
    }

    fn item_source(&self, identifier: &str) -> String {
        self.source("i", identifier)
    }

    fn entry(&mut self, kind: &str, title: &str, fate: Fate, notes: Vec<Note>) -> usize {
        self.plan.report.entries.push(Entry { kind: kind.to_owned(), title: cut(title), fate, notes });
        self.plan.report.entries.len() - 1
    }

    /// A module, or something that stands beside the modules.
    fn top_level(&mut self, node: &'c Node) {
        if !node.is_heading() {
            let at = self.beside();
            let counts = false;
            let item = self.item(node, 0, counts);
            self.plan.modules[at].items.extend(item);
            return;
        }
        let title = if node.title.trim().is_empty() { self.words.more.clone() } else { cut(&node.title) };
        let entry = self.entry("module", &title, Fate::Taken, Vec::new());
        let mut module = PlannedModule {
            source: self.source("m", &node.identifier),
            title,
            published: node.published != Some(false),
            unlock_seconds: node.rules.unlock_at.map(|at| at.unix_seconds),
            sequential: node.rules.sequential,
            needs: node.rules.prerequisites.iter().map(|id| self.source("m", id)).collect(),
            count: node.rules.requirement_count,
            items: Vec::new(),
            entry,
        };
        let below = node.flatten();
        let has_rules = below.iter().any(|(_, node)| node.requirement.is_some());
        self.plan.modules.push(module.clone());
        for (depth, node) in below {
            let item = self.item(node, depth, has_rules);
            module.items.extend(item);
        }
        let at = self.plan.modules.iter().position(|known| known.source == module.source);
        if let Some(at) = at {
            self.plan.modules[at].items = module.items;
        }
    }

    /// The module for what stands in none.
    fn beside(&mut self) -> usize {
        let source = self.source("m", "more");
        if let Some(at) = self.plan.modules.iter().position(|module| module.source == source) {
            return at;
        }
        let title = self.words.more.clone();
        let entry = self.entry("module", &title, Fate::Taken, Vec::new());
        self.plan.modules.push(PlannedModule {
            source,
            title,
            published: true,
            unlock_seconds: None,
            sequential: false,
            needs: Vec::new(),
            count: None,
            items: Vec::new(),
            entry,
        });
        self.plan.modules.len() - 1
    }

    fn item(&mut self, node: &'c Node, depth: u32, has_rules: bool) -> Option<PlannedItem> {
        let indent = u8::try_from(depth.min(3)).unwrap_or(3);
        let source = self.item_source(&node.identifier);
        let resource = node.resource.as_deref().and_then(|id| self.course.preferred(id));
        let title = [node.title.as_str(), resource.and_then(|r| r.title.as_deref()).unwrap_or_default()]
            .into_iter()
            .map(str::trim)
            .find(|title| !title.is_empty())
            .map_or_else(|| self.words.untitled.clone(), cut);
        let made = match resource {
            Some(resource) => {
                self.done.insert(&resource.identifier);
                self.content(resource, &title)
            }
            None => match &node.url {
                Some(url) => self.address(&title, url),
                None => Some((PlannedContent::Heading, self.entry("heading", &title, Fate::Taken, Vec::new()))),
            },
        };
        let (content, entry) = made?;
        if self.items >= ITEMS_MAX {
            self.leave(entry, Note::plain("too-many"));
            return None;
        }
        self.items += 1;
        let hidden = node.published == Some(false)
            || (node.published.is_none() && resource.is_some_and(|r| r.published == Some(false)))
            || resource.is_some_and(|r| r.instructor_only);
        Some(PlannedItem {
            source,
            completion: completion(node.requirement.as_ref(), &content, has_rules),
            title,
            indent,
            published: !hidden,
            content,
            entry,
        })
    }

    fn leave(&mut self, entry: usize, note: Note) {
        let entry = &mut self.plan.report.entries[entry];
        entry.fate = Fate::Left;
        entry.notes.push(note);
    }

    fn address(&mut self, title: &str, url: &str) -> Option<(PlannedContent, usize)> {
        if !materials::link::is_safe(url) || url.chars().count() > materials::link::URL_MAX {
            let shown: String = url.chars().take(80).collect();
            self.entry("link", title, Fate::Left, vec![Note::about("unsafe-address", shown)]);
            return None;
        }
        Some((PlannedContent::Link(url.trim().to_owned()), self.entry("link", title, Fate::Taken, Vec::new())))
    }

    /// What a resource becomes, and its line in the report; nothing where it is not shown.
    fn content(&mut self, resource: &'c Resource, title: &str) -> Option<(PlannedContent, usize)> {
        match &resource.content {
            Content::Page(page) | Content::Syllabus(page) => {
                let (content, notes) = self.text(&page.body, resource.path().unwrap_or_default());
                Some((content, self.told("page", title, notes)))
            }
            Content::Assignment(assignment) => {
                self.keep(resource, "assignment", title);
                let path = resource.path().unwrap_or_default();
                let body =
                    if assignment.text.html { assignment.text.text.clone() } else { escaped(&assignment.text.text) };
                let (content, mut notes) = self.text(&body, path);
                notes.insert(0, Note::plain("as-page"));
                Some((content, self.entry("assignment", title, Fate::Changed, notes)))
            }
            Content::WebLink(link) => self.address(title, &link.url),
            Content::File(file) => {
                let Some(path) = resource.path() else {
                    self.entry("file", title, Fate::Left, vec![Note::plain("missing")]);
                    return None;
                };
                self.take_files(resource);
                let ending = path.rsplit('.').next().unwrap_or_default().to_ascii_lowercase();
                if VIDEOS.contains(&ending.as_str()) {
                    let tracks =
                        file.tracks.iter().filter_map(|track| Some((track.language.clone(), track.path.clone()?)));
                    let tracks: Vec<(String, String)> = tracks.collect();
                    self.plan.files.extend(tracks.iter().map(|(_, path)| path.clone()));
                    let entry = self.entry("video", title, Fate::Taken, Vec::new());
                    return Some((PlannedContent::Video(path.to_owned(), tracks), entry));
                }
                Some((PlannedContent::File(path.to_owned()), self.entry("file", title, Fate::Taken, Vec::new())))
            }
            Content::Discussion(topic) => {
                let kind = if topic.announcement { "announcement" } else { "discussion" };
                self.keep_only(resource, kind, title)
            }
            Content::Assessment(_) => self.keep_only(resource, "quiz", title),
            Content::QuestionBank(_) => self.keep_only(resource, "question-bank", title),
            Content::Tool(_) => self.keep_only(resource, "tool", title),
            Content::Attachments => {
                self.take_files(resource);
                let path = resource.path()?.to_owned();
                Some((PlannedContent::File(path), self.entry("file", title, Fate::Taken, Vec::new())))
            }
            Content::Settings | Content::Companion => None,
            _ => {
                self.keep(resource, "other", title);
                self.entry("other", title, Fate::Left, vec![Note::about("unknown", resource.kind.clone())]);
                None
            }
        }
    }

    fn told(&mut self, kind: &str, title: &str, notes: Vec<Note>) -> usize {
        let changes =
            notes.iter().any(|note| ["removed", "elsewhere", "link-left", "link-broken"].contains(&note.id.as_str()));
        self.entry(kind, title, if changes { Fate::Changed } else { Fate::Taken }, notes)
    }

    fn keep_only(
        &mut self,
        resource: &'c Resource,
        kind: &'static str,
        title: &str,
    ) -> Option<(PlannedContent, usize)> {
        self.keep(resource, kind, title);
        self.entry(kind, title, Fate::Left, vec![Note::plain("kept")]);
        None
    }

    fn keep(&mut self, resource: &'c Resource, kind: &'static str, title: &str) {
        let source = self.source("r", &resource.identifier);
        if self.plan.originals.iter().any(|original| original.source == source) {
            return;
        }
        // What describes it belongs to it: settings of quizzes and topics lie in resources of their own.
        let is_own = |other: &&Resource| other.companion_of.as_deref() == Some(resource.identifier.as_str());
        let companions = self.course.resources.iter().filter(is_own);
        let own = std::iter::once(resource).chain(companions);
        let files: BTreeSet<String> =
            own.flat_map(|resource| resource.files.iter().filter_map(|file| file.path.clone())).collect();
        let module = self.plan.modules.last();
        self.plan.originals.push(PlannedOriginal {
            source,
            identifier: resource.identifier.clone(),
            kind,
            resource_type: resource.kind.clone(),
            title: cut(title),
            href: resource.href.clone(),
            files: files.into_iter().collect(),
            inline: resource.inline.as_ref().map(|xml| String::from_utf8_lossy(xml).into_owned()),
            module: module.map(|module| module.source.clone()),
            position: self.items,
        });
    }

    fn take_files(&mut self, resource: &Resource) {
        self.plan.files.extend(resource.files.iter().filter_map(|file| file.path.clone()));
    }

    /// A text with its addresses rewritten, cleaned, in Markdown where that loses nothing.
    fn text(&mut self, body: &str, path: &str) -> (PlannedContent, Vec<Note>) {
        let mut notes = Vec::new();
        let mut files = BTreeSet::new();
        let rewritten = rewrite_links(body, |_, address| {
            let (new, note) = self.address_in_text(address, path, &mut files);
            if let Some(note) = note
                && !notes.contains(&note)
                && notes.len() < 20
            {
                notes.push(note);
            }
            new
        });
        self.plan.files.extend(files);
        let cleaned = clean(&rewritten);
        for removed in &cleaned.removed {
            let what = format!("{} ({})", removed.what, removed.count);
            notes.push(Note::about(if removed.fate == HtmlFate::Dropped { "removed" } else { "elsewhere" }, what));
        }
        let converted = to_markdown(&cleaned.html);
        if converted.lossless {
            return (PlannedContent::Markdown(converted.markdown), notes);
        }
        notes.push(Note::plain("html"));
        (PlannedContent::Html(cleaned.html), notes)
    }

    /// Where an address of a text leads in the new course; nothing leaves it.
    fn address_in_text(
        &self,
        address: &str,
        path: &str,
        files: &mut BTreeSet<String>,
    ) -> (Option<String>, Option<Note>) {
        let link = self.links.resolve(address, path);
        let fragment = link.fragment.as_ref().map(|fragment| format!("#{fragment}")).unwrap_or_default();
        let item = |id: &str| self.shown.get(id).map(|source| format!("item/{source}{fragment}"));
        match &link.target {
            Target::Page(id) | Target::Assignment(id) => (item(id), None),
            Target::Quiz(id) | Target::Discussion(id) => self.kept(id, address),
            Target::Resource(id) => match self.course.resource(id).map(|resource| &resource.content) {
                Some(Content::WebLink(web)) => (Some(web.url.clone()), None),
                _ => self.kept(id, address),
            },
            Target::File(file) => {
                // A page of the package may be named by its file.
                let page = self.course.resources.iter().find(|resource| {
                    matches!(resource.content, Content::Page(_) | Content::Syllabus(_)) && resource.path() == Some(file)
                });
                if let Some(page) = page {
                    return (item(&page.identifier), None);
                }
                files.insert(file.clone());
                (Some(format!("files/{}/{}", self.plan.mark, encoded_path(file))), None)
            }
            Target::Module(_) | Target::CourseRoot => (Some("kept/course".to_owned()), None),
            Target::Unresolved(_) => {
                let shown: String = address.chars().take(80).collect();
                // No scheme that may stand in a page: cleaning leaves the words without the address.
                (Some("missing:".to_owned()), Some(Note::about("link-broken", shown)))
            }
            // Outside, or a place in the same text; and whatever kinds of targets there may be one day.
            _ => (None, None),
        }
    }

    fn kept(&self, id: &str, address: &str) -> (Option<String>, Option<Note>) {
        let title = self.course.resource(id).and_then(|resource| resource.title.clone());
        let about = title.unwrap_or_else(|| address.chars().take(80).collect());
        (Some(format!("kept/{}", self.source("r", id))), Some(Note::about("link-left", about)))
    }

    /// What the outline does not show: pages and links come into a module at the end, files into the library,
    /// everything else is kept.
    fn strays(&mut self) {
        for resource in &self.course.resources {
            if self.done.contains(resource.identifier.as_str()) {
                continue;
            }
            let is_alternative =
                self.course.preferred(&resource.identifier).is_some_and(|best| best.identifier != resource.identifier);
            let title = resource.title.clone().filter(|title| !title.trim().is_empty());
            let title = title.or_else(|| resource.path().map(|path| text::title_from_name(path)));
            let title = title.unwrap_or_else(|| resource.identifier.clone());
            match &resource.content {
                _ if is_alternative => {}
                Content::Page(_) | Content::Syllabus(_) | Content::WebLink(_) | Content::Assignment(_) => {
                    self.stray_item(resource, &title);
                }
                Content::File(_) | Content::Attachments => self.take_files(resource),
                _ => {
                    self.content(resource, &title);
                }
            }
        }
    }

    fn stray_item(&mut self, resource: &'c Resource, title: &str) {
        let Some((content, entry)) = self.content(resource, title) else { return };
        if self.items >= ITEMS_MAX {
            self.leave(entry, Note::plain("too-many"));
            return;
        }
        self.items += 1;
        self.plan.report.entries[entry].notes.push(Note::plain("outside"));
        let at = self.beside();
        let item = PlannedItem {
            source: self.source("r", &resource.identifier),
            title: cut(title),
            indent: 0,
            published: resource.published != Some(false) && !resource.instructor_only,
            completion: completion(None, &content, false),
            content,
            entry,
        };
        self.plan.modules[at].items.push(item);
    }

    /// Files in the library are one line each; what nobody uses is left out and said.
    fn unused_files(&mut self) {
        let course = self.course;
        let known: HashSet<&str> = course.files.iter().map(|file| file.path.as_str()).collect();
        self.plan.files.retain(|path| known.contains(path.as_str()));
        for file in &course.files {
            if file.used_by.is_empty() && !self.plan.files.contains(&file.path) && !is_descriptor(&file.path) {
                self.entry("file", &file.path, Fate::Left, vec![Note::plain("unused")]);
            }
        }
        let shown: HashSet<String> = self
            .plan
            .modules
            .iter()
            .flat_map(|module| &module.items)
            .filter_map(|item| match &item.content {
                PlannedContent::File(path) | PlannedContent::Video(path, _) => Some(path.clone()),
                _ => None,
            })
            .collect();
        let library: Vec<String> = self.plan.files.iter().filter(|path| !shown.contains(*path)).cloned().collect();
        for path in library {
            let name = path.rsplit('/').next().unwrap_or(&path).to_owned();
            let entry = self.entry("file", &name, Fate::Taken, Vec::new());
            self.plan.library.push((path, entry));
        }
    }

    /// Takes a line out of the report; those below move up.
    fn drop_entry(&mut self, gone: usize) {
        self.plan.report.entries.remove(gone);
        let items = self.plan.modules.iter_mut().flat_map(|module| {
            std::iter::once(&mut module.entry).chain(module.items.iter_mut().map(|item| &mut item.entry))
        });
        let library = self.plan.library.iter_mut().map(|(_, entry)| entry);
        for entry in items.chain(library).filter(|entry| **entry > gone) {
            *entry -= 1;
        }
    }

    fn finish(mut self) -> Plan {
        // An empty module at the end is no use to anybody.
        let more = self.source("m", "more");
        let empty = self.plan.modules.iter().position(|module| module.source == more && module.items.is_empty());
        if let Some(module) = empty.map(|at| self.plan.modules.remove(at)) {
            self.drop_entry(module.entry);
        }
        let findings = self.course.findings.iter();
        self.plan.report.findings = findings.map(|finding| finding.message.clone()).collect();
        self.plan
    }
}

fn completion(requirement: Option<&Requirement>, content: &PlannedContent, has_rules: bool) -> Completion {
    match (requirement, content) {
        (_, PlannedContent::Heading) => Completion::None,
        (Some(Requirement::MarkDone), _) => Completion::Mark,
        (Some(_), _) => Completion::View,
        // Where some items of a module are required, the others are not.
        (None, _) if has_rules => Completion::None,
        (None, _) => Completion::View,
    }
}

/// A mark of a package: its identifiers and its title. Many tools write constant identifiers, hence the title.
fn mark_of(course: &Cartridge) -> String {
    let own = course.settings.as_ref().map_or("", |settings| settings.identifier.as_str());
    let all = format!("{}\n{own}\n{}", course.identifier, course.title.as_deref().unwrap_or_default());
    let digest = Sha256::digest(all.as_bytes());
    digest.iter().take(5).map(|byte| format!("{byte:02x}")).collect()
}

/// An identifier as it can stand in an address.
fn text_key(identifier: &str) -> String {
    web::url::encoded(identifier)
}

fn encoded_path(path: &str) -> String {
    path.split('/').map(web::url::encoded).collect::<Vec<_>>().join("/")
}

fn is_descriptor(path: &str) -> bool {
    path == "imsmanifest.xml"
        || path.starts_with("course_settings/")
        || path.ends_with(".xsd")
        || path.ends_with(".dtd")
}

fn format_of(course: &Cartridge) -> String {
    let version = |version: Version| match version {
        Version::V1_0 => "1.0",
        Version::V1_1 => "1.1",
        Version::V1_2 => "1.2",
        Version::V1_3 => "1.3",
    };
    match course.dialect {
        Dialect::CommonCartridge(number) => format!("Common Cartridge {}", version(number)).trim().to_owned(),
        Dialect::Canvas(number) => format!("Canvas, Common Cartridge {}", version(number)).trim().to_owned(),
        Dialect::ContentPackage => "IMS Content Package".to_owned(),
    }
}

fn cut(title: &str) -> String {
    title.split_whitespace().collect::<Vec<_>>().join(" ").chars().take(TITLE_MAX).collect()
}

fn escaped(text: &str) -> String {
    let safe = text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    safe.split("\n\n").map(|part| format!("<p>{}</p>", part.replace('\n', "<br>"))).collect()
}
