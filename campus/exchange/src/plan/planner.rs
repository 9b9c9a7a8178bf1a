//! The outline of a plan: modules and what stands in them.

use std::collections::{HashMap, HashSet};

use cartridge::{Cartridge, Dialect, Links, Node, Requirement, Resource, Version};
use outline::Completion;
use sha2::{Digest, Sha256};

use super::contents::Made;
use super::{ITEMS_MAX, Place, Plan, PlannedContent, PlannedItem, PlannedModule, Words, cut};
use crate::extra::{Extra, ExtraItem};
use crate::report::{Entry, Fate, Note, Report};

/// How far an item stands in at most.
const INDENT_MAX: u32 = 3;

pub(super) struct Planner<'c> {
    pub(super) course: &'c Cartridge,
    pub(super) extra: Option<&'c Extra>,
    pub(super) links: Links<'c>,
    pub(super) words: &'c Words,
    pub(super) plan: Plan,
    /// The source of the item that shows a resource.
    pub(super) shown: HashMap<&'c str, String>,
    /// Resources whose place is found.
    pub(super) done: HashSet<&'c str>,
    pub(super) items: usize,
    /// Where the next thing would stand that has no kind yet.
    pub(super) place: Place,
}

impl<'c> Planner<'c> {
    pub(super) fn new(course: &'c Cartridge, extra: Option<&'c Extra>, words: &'c Words) -> Self {
        let title = course.title.clone().filter(|title| !title.trim().is_empty());
        let title = title.map_or_else(|| words.untitled.clone(), |title| cut(&title));
        let own = course.settings.as_ref().map(|settings| settings.identifier.clone()).unwrap_or_default();
        let mut planner = Self {
            links: Links::new(course),
            plan: Plan {
                report: Report { title, format: format_of(course), ..Report::default() },
                mark: mark_of(course),
                own,
                ..Plan::default()
            },
            shown: HashMap::new(),
            done: HashSet::new(),
            items: 0,
            place: Place::default(),
            course,
            extra,
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

    pub(super) fn source(&self, sort: &str, identifier: &str) -> String {
        format!("{}.{sort}.{}", self.plan.mark, web::url::encoded(identifier))
    }

    pub(super) fn item_source(&self, identifier: &str) -> String {
        self.source("i", identifier)
    }

    pub(super) fn entry(&mut self, kind: &str, title: &str, fate: Fate, notes: Vec<Note>) -> usize {
        let entry = Entry { kind: kind.to_owned(), title: cut(title), fate, notes, resources: Vec::new() };
        self.plan.report.entries.push(entry);
        self.plan.report.entries.len() - 1
    }

    /// Says that a line of the report tells of this resource, and of what only describes it.
    pub(super) fn account(&mut self, entry: usize, identifier: &str) {
        let own = |resource: &&Resource| resource.companion_of.as_deref() == Some(identifier);
        let companions = self.course.resources.iter().filter(own).map(|resource| resource.identifier.clone());
        let all = std::iter::once(identifier.to_owned()).chain(companions);
        let known = &mut self.plan.report.entries[entry].resources;
        known.extend(all);
        known.dedup();
    }

    pub(super) fn note(&mut self, entry: usize, note: Note) {
        self.plan.report.entries[entry].notes.push(note);
    }

    /// A module, or something that stands beside the modules.
    pub(super) fn top_level(&mut self, node: &'c Node) {
        if node.is_heading() || !node.children.is_empty() {
            self.module(node);
            return;
        }
        let is_flat = self.course.modules.iter().all(|top| !top.is_heading() && top.children.is_empty());
        let title = if is_flat { self.plan.report.title.clone() } else { self.words.more.clone() };
        let at = self.module_called("more", &title, false);
        self.place.module.clone_from(&self.plan.modules[at].source);
        self.place.after = self.plan.modules[at].items.last().map(|item| item.source.clone());
        let item = self.item(node, 0, false);
        self.plan.modules[at].items.extend(item);
    }

    fn module(&mut self, node: &'c Node) {
        let title = if node.title.trim().is_empty() { self.words.more.clone() } else { cut(&node.title) };
        let entry = self.entry("module", &title, Fate::Taken, Vec::new());
        let module = PlannedModule {
            source: self.source("m", &node.identifier),
            identifier: node.identifier.clone(),
            title,
            published: node.published != Some(false),
            unlock_seconds: node.rules.unlock_at.map(|at| at.unix_seconds),
            sequential: node.rules.sequential,
            needs: node.rules.prerequisites.iter().map(|id| self.source("m", id)).collect(),
            count: node.rules.requirement_count,
            items: Vec::new(),
            entry,
        };
        self.place = Place { module: module.source.clone(), ..Place::default() };
        self.plan.modules.push(module);
        let at = self.plan.modules.len() - 1;
        let mut below = node.flatten();
        if !node.is_heading() {
            // What opens something and holds something is a module whose first item is what it opens.
            below.insert(0, (0, node));
        }
        let has_rules = below.iter().any(|(_, node)| node.requirement.is_some());
        let mut is_kept_only = !below.is_empty();
        for (depth, node) in below {
            if let Some(item) = self.item(node, depth, has_rules) {
                self.place.after = Some(item.source.clone());
                self.plan.modules[at].items.push(item);
                is_kept_only = false;
            }
        }
        if is_kept_only {
            self.note(entry, Note::plain("module-empty"));
        }
    }

    /// The module for what stands in none.
    pub(super) fn module_called(&mut self, name: &str, title: &str, is_first: bool) -> usize {
        let source = self.source("m", name);
        if let Some(at) = self.plan.modules.iter().position(|module| module.source == source) {
            return at;
        }
        let entry = self.entry("module", title, Fate::Taken, Vec::new());
        let module = PlannedModule {
            source,
            identifier: name.to_owned(),
            title: title.to_owned(),
            published: true,
            unlock_seconds: None,
            sequential: false,
            needs: Vec::new(),
            count: None,
            items: Vec::new(),
            entry,
        };
        let at = if is_first { 0 } else { self.plan.modules.len() };
        self.plan.modules.insert(at, module);
        at
    }

    fn item(&mut self, node: &'c Node, depth: u32, has_rules: bool) -> Option<PlannedItem> {
        let resource = node.resource.as_deref().and_then(|id| self.course.preferred(id));
        let named = resource.and_then(Resource::path).map(text::title_from_name);
        let titles = [Some(node.title.as_str()), resource.and_then(|one| one.title.as_deref()), named.as_deref()];
        let title = titles.into_iter().flatten().map(str::trim).find(|title| !title.is_empty());
        let title = title.map_or_else(|| self.words.untitled.clone(), cut);
        self.place = placed(&self.place, node, &title, depth);
        let made = match resource {
            Some(resource) => {
                self.done.insert(&resource.identifier);
                let made = self.content(resource, &title, Some(node));
                let entry = made.as_ref().map_or(self.plan.report.entries.len() - 1, |made| made.entry);
                self.account(entry, &resource.identifier);
                made
            }
            None => match &node.url {
                Some(url) if node.tool => {
                    self.keep_tool(&node.identifier, url, &title);
                    None
                }
                Some(url) => self.address(&title, url, node.new_tab, None),
                None => {
                    Some(Made::new(PlannedContent::Heading, self.entry("heading", &title, Fate::Taken, Vec::new())))
                }
            },
        };
        let made = made?;
        if depth > INDENT_MAX {
            self.note(made.entry, Note::plain("indent"));
        }
        let published = node.published.unwrap_or_else(|| made.published != Some(false))
            && !resource.is_some_and(|one| one.instructor_only);
        let planned = self.planned(made, self.item_source(&node.identifier), &node.identifier, title, published)?;
        let completion = self.completion(node.requirement.as_ref(), &planned, has_rules);
        Some(PlannedItem { indent: u8::try_from(depth.min(INDENT_MAX)).unwrap_or(0), completion, ..planned })
    }

    /// An item of what was made; none where there are too many.
    pub(super) fn planned(
        &mut self,
        made: Made,
        source: String,
        identifier: &str,
        title: String,
        published: bool,
    ) -> Option<PlannedItem> {
        if self.items >= ITEMS_MAX {
            let entry = &mut self.plan.report.entries[made.entry];
            entry.fate = Fate::Left;
            entry.notes.push(Note::plain("too-many"));
            return None;
        }
        self.items += 1;
        let extra = self.extra_of(identifier);
        let seconds = |at: Option<store::Time>| at.map(store::Time::seconds);
        Some(PlannedItem {
            source,
            identifier: identifier.to_owned(),
            title,
            indent: 0,
            minutes: extra.map_or(0, |extra| extra.minutes),
            published,
            completion: Completion::None,
            due_seconds: extra.map_or(made.due, |extra| seconds(extra.due_at)),
            unlock_seconds: extra.map_or(made.unlock, |extra| seconds(extra.unlock_at)),
            lock_seconds: extra.map_or(made.lock, |extra| seconds(extra.lock_at)),
            release: extra.and_then(|extra| extra.release.clone()).filter(|tree| tree.fault().is_none()),
            content: made.content,
            entry: made.entry,
        })
    }

    pub(super) fn extra_of(&self, identifier: &str) -> Option<&'c ExtraItem> {
        self.extra.and_then(|extra| extra.items.get(identifier))
    }

    fn completion(&mut self, requirement: Option<&Requirement>, item: &PlannedItem, has_rules: bool) -> Completion {
        let is_assignment = self.plan.report.entries[item.entry].kind == "assignment";
        match (requirement, &item.content) {
            (_, PlannedContent::Heading) => Completion::None,
            (Some(Requirement::View), _) => Completion::View,
            (Some(Requirement::MarkDone), _) => Completion::Mark,
            // What is handed in, written or scored elsewhere is done here when somebody says so.
            (Some(_), _) => {
                self.note(item.entry, Note::plain("mark-instead"));
                Completion::Mark
            }
            // Where some items of a module are required, the others are not; what this program wrote says all.
            (None, _) if has_rules || self.extra.is_some() => Completion::None,
            (None, _) if is_assignment => Completion::Mark,
            (None, _) => Completion::View,
        }
    }

    pub(super) fn finish(mut self) -> Plan {
        // A module that was only made to hold something, and holds nothing, is no use to anybody.
        for name in ["more", "start"] {
            let source = self.source("m", name);
            let is_idle = |module: &PlannedModule| module.source == source && module.items.is_empty();
            if let Some(at) = self.plan.modules.iter().position(is_idle) {
                let gone = self.plan.modules.remove(at);
                self.drop_entry(gone.entry);
            }
        }
        let findings = self.course.findings.iter();
        self.plan.report.findings = findings.map(|finding| finding.message.clone()).collect();
        self.plan
    }
}

/// Where an item stands, for what is kept of it.
fn placed(now: &Place, node: &Node, title: &str, depth: u32) -> Place {
    let (requirement, least) = match &node.requirement {
        None => (None, None),
        Some(Requirement::View) => (Some("view"), None),
        Some(Requirement::MarkDone) => (Some("mark"), None),
        Some(Requirement::Submit) => (Some("submit"), None),
        Some(Requirement::Contribute) => (Some("contribute"), None),
        Some(Requirement::MinScore(points)) => (Some("score"), Some(*points)),
        Some(Requirement::MinPercentage(percent)) => (Some("percent"), Some(*percent)),
        Some(Requirement::Other(word)) => (Some(word.as_str()), None),
        Some(_) => (Some("other"), None),
    };
    Place {
        module: now.module.clone(),
        after: now.after.clone(),
        item: node.identifier.clone(),
        title: title.to_owned(),
        indent: depth,
        published: node.published,
        requirement: requirement.map(str::to_owned),
        least,
        url: node.url.clone(),
        new_tab: node.new_tab,
    }
}

/// A mark of a package. Canvas, and this program, give each course an identifier of its own; many other tools write a
/// constant one, hence the title.
fn mark_of(course: &Cartridge) -> String {
    let own = course.settings.as_ref().map_or("", |settings| settings.identifier.as_str());
    let title = course.title.as_deref().filter(|_| own.is_empty()).unwrap_or_default();
    let all = format!("{}\n{own}\n{title}", course.identifier);
    let digest = Sha256::digest(all.as_bytes());
    digest.iter().take(5).map(|byte| format!("{byte:02x}")).collect()
}

fn format_of(course: &Cartridge) -> String {
    let version = |version: Version| match version {
        Version::V1_0 => "1.0",
        Version::V1_1 => "1.1",
        Version::V1_2 => "1.2",
        Version::V1_3 => "1.3",
    };
    match course.dialect {
        Dialect::CommonCartridge(number) => format!("Common Cartridge {}", version(number)),
        Dialect::Canvas(number) => format!("Canvas, Common Cartridge {}", version(number)),
        Dialect::ContentPackage => "IMS Content Package".to_owned(),
    }
}
