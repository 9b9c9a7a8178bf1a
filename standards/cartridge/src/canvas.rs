//! What Canvas writes beside the manifest, in the folder `course_settings`.

use std::collections::{BTreeMap, HashMap};

use crate::finding::Findings;
use crate::manifest::truth;
use crate::notes::{Notes, finite, flag, text};
use crate::xml::Node as Xml;
use crate::{CourseSettings, FileContent, FindingCode, ModuleRules, Node, Requirement, Severity, Track};

/// Titles, rules, items and states of the modules (`module_meta.xml`). [`Node::resource`] is still
/// what the file says; whether it exists is decided by the caller.
pub(crate) fn modules(root: Xml<'_>, findings: &mut Findings) -> Vec<Node> {
    let mut modules: Vec<(i64, Node)> = root.all("module").map(|node| module(node, findings)).collect();
    modules.sort_by_key(|(position, _)| *position);
    modules.into_iter().map(|(_, module)| module).collect()
}

fn module(node: Xml<'_>, findings: &mut Findings) -> (i64, Node) {
    let identifier = node.attribute("identifier").unwrap_or_default();
    let mut notes = Notes::new(findings, identifier);
    let requirements = requirements(node, &mut notes);
    let items = node.child("items").into_iter().flat_map(|items| items.all("item"));
    let mut items: Vec<(i64, Node)> = items.map(|item| module_item(item, &requirements, &mut notes)).collect();
    items.sort_by_key(|(position, _)| *position);
    let prerequisites = node.child("prerequisites").into_iter().flat_map(|list| list.all("prerequisite"));
    let module = Node {
        identifier: identifier.to_owned(),
        title: node.value("title").unwrap_or_default().to_owned(),
        published: published(node),
        rules: ModuleRules {
            unlock_at: notes.date(node, "unlock_at"),
            sequential: flag(node, "require_sequential_progress").unwrap_or(false),
            prerequisites: prerequisites.filter_map(|one| text(one, "identifierref")).collect(),
            requirement_count: notes.number(node, "requirement_count"),
        },
        children: items.into_iter().map(|(_, item)| item).collect(),
        ..Node::default()
    };
    (notes.number(node, "position").unwrap_or(i64::MAX), module)
}

fn module_item(node: Xml<'_>, requirements: &HashMap<String, Requirement>, notes: &mut Notes<'_>) -> (i64, Node) {
    let identifier = node.attribute("identifier").unwrap_or_default();
    let kind = node.value("content_type").unwrap_or_default();
    let heading = kind == "ContextModuleSubHeader";
    let item = Node {
        identifier: identifier.to_owned(),
        title: node.value("title").unwrap_or_default().to_owned(),
        resource: text(node, "identifierref").filter(|_| !heading),
        url: text(node, "url").filter(|_| !heading),
        indent: notes.number(node, "indent").unwrap_or(0),
        published: published(node),
        tool: kind == "ContextExternalTool",
        new_tab: flag(node, "new_tab").unwrap_or(false),
        requirement: requirements.get(identifier).cloned(),
        ..Node::default()
    };
    (notes.number(node, "position").unwrap_or(i64::MAX), item)
}

fn published(node: Xml<'_>) -> Option<bool> {
    node.value("workflow_state").map(|state| state == "active" || state == "published")
}

fn requirements(module: Xml<'_>, notes: &mut Notes<'_>) -> HashMap<String, Requirement> {
    let list = module.child("completionRequirements").into_iter().flat_map(|list| list.all("completionRequirement"));
    let mut requirements = HashMap::new();
    for node in list {
        let Some(item) = text(node, "identifierref") else { continue };
        let requirement = match node.attribute("type").unwrap_or_default() {
            "must_view" => Requirement::View,
            "must_mark_done" => Requirement::MarkDone,
            "must_submit" => Requirement::Submit,
            "must_contribute" => Requirement::Contribute,
            "min_score" => Requirement::MinScore(finite(notes.number(node, "min_score")).unwrap_or(0.0)),
            "min_percentage" => {
                let percent =
                    finite(notes.number(node, "min_percentage")).or_else(|| finite(notes.number(node, "min_score")));
                Requirement::MinPercentage(percent.unwrap_or(0.0))
            }
            other => {
                let message = format!("the requirement {other:?} is not known");
                notes.note(Severity::Warning, FindingCode::UnknownType, message);
                Requirement::Other(other.to_owned())
            }
        };
        requirements.insert(item, requirement);
    }
    requirements
}

/// The values of a course that have a field of their own.
const KNOWN: [&str; 10] = [
    "title",
    "course_code",
    "start_at",
    "conclude_at",
    "license",
    "locale",
    "public_description",
    "is_public",
    "default_view",
    "image_identifier_ref",
];

/// The course as a whole (`course_settings.xml`).
pub(crate) fn settings(root: Xml<'_>, findings: &mut Findings) -> CourseSettings {
    let identifier = root.attribute("identifier").unwrap_or_default();
    let mut notes = Notes::new(findings, identifier);
    let plain = root.children().filter(|node| !KNOWN.contains(&node.name()) && node.children().next().is_none());
    let other: BTreeMap<String, String> =
        plain.map(|node| (node.name().to_owned(), node.text().trim().to_owned())).collect();
    CourseSettings {
        identifier: identifier.to_owned(),
        title: text(root, "title"),
        code: text(root, "course_code"),
        start_at: notes.date(root, "start_at"),
        end_at: notes.date(root, "conclude_at"),
        license: text(root, "license"),
        language: text(root, "locale"),
        description: root.child("public_description").map(Xml::markup).filter(|text| !text.trim().is_empty()),
        public: flag(root, "is_public"),
        default_view: text(root, "default_view"),
        image: text(root, "image_identifier_ref"),
        other,
    }
}

/// What is said about files (`files_meta.xml`), by identifier of their resource, and about folders
/// below `web_resources`.
#[derive(Debug, Default)]
pub(crate) struct FilesMeta {
    pub(crate) files: HashMap<String, FileContent>,
    folders: Vec<(String, bool, bool)>,
}

impl FilesMeta {
    pub(crate) fn read(root: Xml<'_>, findings: &mut Findings) -> Self {
        let mut notes = Notes::new(findings, "files_meta.xml");
        let files = root.child("files").into_iter().flat_map(|files| files.all("file"));
        let folders = root.child("folders").into_iter().flat_map(|folders| folders.all("folder"));
        Self {
            files: files
                .filter_map(|file| Some((file.attribute("identifier")?.to_owned(), file_meta(file, &mut notes))))
                .collect(),
            folders: folders.filter_map(folder_meta).collect(),
        }
    }

    /// What holds for a file: its own entry, and whether a folder above it is hidden or locked.
    pub(crate) fn of(&self, identifier: &str, path: &str) -> FileContent {
        let mut file = self.files.get(identifier).cloned().unwrap_or_default();
        let below = path.strip_prefix("web_resources/").unwrap_or(path);
        for (folder, hidden, locked) in &self.folders {
            if below.strip_prefix(folder.as_str()).is_some_and(|rest| rest.starts_with('/')) {
                file.hidden |= hidden;
                file.locked |= locked;
            }
        }
        file
    }
}

fn file_meta(file: Xml<'_>, notes: &mut Notes<'_>) -> FileContent {
    let rights = file.child("usage_rights");
    FileContent {
        name: file.value("display_name").unwrap_or_default().to_owned(),
        hidden: flag(file, "hidden").unwrap_or(false),
        locked: flag(file, "locked").unwrap_or(false),
        unlock_at: notes.date(file, "unlock_at"),
        lock_at: notes.date(file, "lock_at"),
        copyright: rights.and_then(|rights| text(rights, "legal_copyright")),
        license: rights.and_then(|rights| text(rights, "license")),
        tracks: Vec::new(),
    }
}

fn folder_meta(folder: Xml<'_>) -> Option<(String, bool, bool)> {
    let path = folder.attribute("path")?.trim_matches('/').to_owned();
    let is = |name: &str| folder.value(name).and_then(truth).unwrap_or(false);
    (!path.is_empty()).then(|| (path, is("hidden"), is("locked")))
}

/// Captions by identifier of the film's resource (`media_tracks.xml`).
pub(crate) fn media_tracks(root: Xml<'_>) -> HashMap<String, Vec<Track>> {
    let mut tracks: HashMap<String, Vec<Track>> = HashMap::new();
    for media in root.all("media") {
        let Some(film) = media.attribute("identifierref") else { continue };
        let list = media.all("track").map(|track| Track {
            kind: track.attribute("kind").unwrap_or("subtitles").to_owned(),
            language: track.attribute("locale").unwrap_or_default().to_owned(),
            resource: track.attribute("identifierref").map(str::to_owned),
            path: None,
            text: Some(track.text().trim().to_owned()).filter(|text| !text.is_empty()),
        });
        tracks.entry(film.to_owned()).or_default().extend(list);
    }
    tracks
}
