//! What a cartridge holds: the outline, the resources, the settings.

use std::collections::BTreeMap;

use crate::{Assessment, Assignment, Discussion, FileContent, Finding, Moment, Page, Tool, Version, WebLink};

/// The flavour of a package that was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Dialect {
    /// IMS Common Cartridge.
    CommonCartridge(Version),
    /// Common Cartridge with the settings, module rules and page states that Canvas adds.
    Canvas(Version),
    /// An IMS content package, or a package read as one.
    ContentPackage,
}

/// How many alternatives are followed, one from the other.
pub(crate) const VARIANTS_MAX: usize = 32;

/// A course as its package tells it.
#[derive(Clone, Debug, PartialEq)]
pub struct Cartridge {
    /// The flavour.
    pub dialect: Dialect,
    /// The version of the specification as the manifest says it (`1.3.0`), or as its namespace does.
    pub version: String,
    /// The identifier of the manifest. Not unique in practice: many tools write a constant.
    pub identifier: String,
    /// The title of the course, from the metadata, the settings or the organisation.
    pub title: Option<String>,
    /// Description, language, keywords, dates and rights.
    pub metadata: Metadata,
    /// The outline, top level first. In most packages the top level are the modules.
    pub modules: Vec<Node>,
    /// Every resource of the manifest, in its order.
    pub resources: Vec<Resource>,
    /// Every file of the package except the manifest, sorted by path, with who uses it.
    pub files: Vec<PackageFile>,
    /// What Canvas says about the course as a whole.
    pub settings: Option<CourseSettings>,
    /// What was noticed on the way.
    pub findings: Vec<Finding>,
}

impl Cartridge {
    /// The resource with this identifier.
    pub fn resource(&self, identifier: &str) -> Option<&Resource> {
        self.resources.iter().find(|resource| resource.identifier == identifier)
    }

    /// The resource that an item should show: the preferred alternative of the named one
    /// (Common Cartridge 1.3, variants), as far as it is of a kind this crate knows.
    pub fn preferred(&self, identifier: &str) -> Option<&Resource> {
        let mut best = self.resource(identifier)?;
        let mut next = best;
        let mut seen = vec![best.identifier.as_str()];
        while let Some(found) = next.variants.iter().find_map(|variant| self.resource(variant)) {
            if seen.contains(&found.identifier.as_str()) || seen.len() == VARIANTS_MAX {
                break;
            }
            seen.push(&found.identifier);
            if !matches!(found.content, Content::Unknown) {
                best = found;
            }
            next = found;
        }
        Some(best)
    }
}

/// Descriptive metadata (LOM) of a package or a resource. Texts are in the first language given.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Metadata {
    /// The title.
    pub title: Option<String>,
    /// The description.
    pub description: Option<String>,
    /// The language tag of the content, or of the title where the content's is not said.
    pub language: Option<String>,
    /// Keywords in their order.
    pub keywords: Vec<String>,
    /// The date of the last contribution as written, usually `YYYY-MM-DD`.
    pub date: Option<String>,
    /// Whether copyright or other restrictions apply.
    pub restricted: Option<bool>,
    /// The rights statement, often a licence name and its address.
    pub rights: Option<String>,
}

impl Metadata {
    /// Whether nothing at all is said.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// One entry of the outline: a module, a heading or something to open.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Node {
    /// Its identifier, unique in the outline.
    pub identifier: String,
    /// What learners read. Empty where the package gives none.
    pub title: String,
    /// The identifier of the resource that it opens; `None` for modules and headings. Always the
    /// identifier of an existing resource: a dangling one is a finding.
    pub resource: Option<String>,
    /// The address it opens, where the package gives it at the item (Canvas tools and links).
    pub url: Option<String>,
    /// Query or fragment that the item adds to the address of its resource (content packages).
    pub parameters: Option<String>,
    /// How far Canvas indents it; 0 elsewhere, where depth shows in [`Node::children`].
    pub indent: u32,
    /// Whether learners see it; `None` where the package does not say.
    pub published: Option<bool>,
    /// Whether its address is that of a tool to launch rather than of a page to open (Canvas).
    pub tool: bool,
    /// Whether it opens in a new tab.
    pub new_tab: bool,
    /// What completes it (Canvas, campus-rules M17).
    pub requirement: Option<Requirement>,
    /// Rules of a module (Canvas, campus-rules M16); default for everything else.
    pub rules: ModuleRules,
    /// What lies below.
    pub children: Vec<Node>,
}

impl Node {
    /// Whether it opens nothing: a module or a heading.
    pub fn is_heading(&self) -> bool {
        self.resource.is_none() && self.url.is_none()
    }

    /// Everything below it in reading order, each with its depth: 0 for a direct child, one more
    /// for each level of nesting and for each step of indentation.
    pub fn flatten(&self) -> Vec<(u32, &Node)> {
        let mut list = Vec::new();
        let mut stack: Vec<(u32, &Node)> = self.children.iter().rev().map(|node| (0, node)).collect();
        while let Some((depth, node)) = stack.pop() {
            let depth = depth.saturating_add(node.indent);
            list.push((depth, node));
            stack.extend(node.children.iter().rev().map(|child| (depth.saturating_add(1), child)));
        }
        list
    }
}

/// When a module opens and when it is done (Canvas `module_meta.xml`).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ModuleRules {
    /// Locked until then.
    pub unlock_at: Option<Moment>,
    /// Whether its items open one after the other.
    pub sequential: bool,
    /// Identifiers of the modules that must be complete before it opens.
    pub prerequisites: Vec<String>,
    /// How many of the requirements complete the module; `None` for all.
    pub requirement_count: Option<u32>,
}

/// What a learner must do with an item (Canvas completion requirements).
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Requirement {
    /// Open it.
    View,
    /// Mark it as done.
    MarkDone,
    /// Hand something in.
    Submit,
    /// Write a contribution.
    Contribute,
    /// Reach this many points.
    MinScore(f64),
    /// Reach this share of the points, in percent.
    MinPercentage(f64),
    /// A requirement this crate does not know, by its name.
    Other(String),
}

/// One resource of the manifest with what could be read of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Resource {
    /// Its identifier, unique in the cartridge.
    pub identifier: String,
    /// Its `type` as written: `webcontent`, `imswl_xmlv1p1`, ...
    pub kind: String,
    /// Its intended use as written: `lessonplan`, `syllabus`, `assignment`, ...
    pub intended_use: Option<String>,
    /// The `href` as written.
    pub href: Option<String>,
    /// The files it names, in their order.
    pub files: Vec<FileRef>,
    /// Identifiers of resources that it needs.
    pub dependencies: Vec<String>,
    /// Identifiers of resources that are to be preferred to it (Common Cartridge 1.3).
    pub variants: Vec<String>,
    /// Its own title, from its content or its metadata.
    pub title: Option<String>,
    /// Whether learners see it; `None` where the package does not say.
    pub published: Option<bool>,
    /// Whether it is only for those who teach (LOM intended end user role, `intendeduse`).
    pub instructor_only: bool,
    /// Its metadata.
    pub metadata: Metadata,
    /// The identifier of the resource that it merely describes or replaces, where it is such a
    /// companion (Canvas topic and quiz settings, fallbacks of assignments).
    pub companion_of: Option<String>,
    /// XML written inside the manifest instead of a file, as a document of its own.
    pub inline: Option<Vec<u8>>,
    /// What it is.
    pub content: Content,
}

impl Resource {
    /// The path of its main file inside the package: of its `href`, else of its first file.
    pub fn path(&self) -> Option<&str> {
        let main = self.href.as_ref().and_then(|href| self.files.iter().find(|file| file.href == *href));
        main.or_else(|| self.files.first()).and_then(|file| file.path.as_deref())
    }
}

/// A file that a resource names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileRef {
    /// The path as written.
    pub href: String,
    /// The path of the entry it means; `None` if the package holds no such file.
    pub path: Option<String>,
}

/// A file that the package holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PackageFile {
    /// Its path inside the package, with `/` between the parts, safe to join to a folder.
    pub path: String,
    /// Its size in bytes as declared by the archive.
    pub bytes: u64,
    /// Identifiers of the resources that name it.
    pub used_by: Vec<String>,
}

impl PackageFile {
    /// Whether an operating system left it in the archive: it is no part of the course.
    pub fn is_left_over(&self) -> bool {
        crate::path::is_system_file(&self.path)
    }
}

/// What a resource is. Original bytes of every kind are its [`Resource::files`].
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Content {
    /// A page of HTML.
    Page(Page),
    /// A file to show or download.
    File(FileContent),
    /// A link to another place on the web.
    WebLink(WebLink),
    /// A topic to discuss, or an announcement.
    Discussion(Discussion),
    /// An assignment.
    Assignment(Assignment),
    /// A quiz or test in QTI 1.2.
    Assessment(Assessment),
    /// Questions without a test, in QTI 1.2.
    QuestionBank(Assessment),
    /// A tool to launch with LTI.
    Tool(Tool),
    /// The syllabus page of a course.
    Syllabus(Page),
    /// Course settings of Canvas; read into [`Cartridge::settings`] and the outline.
    Settings,
    /// Files that belong to other resources: pictures, style sheets, attachments.
    Attachments,
    /// Describes or replaces another resource, see [`Resource::companion_of`].
    Companion,
    /// Nothing this crate can interpret.
    Unknown,
}

impl Content {
    /// A short name of the kind for reports: `page`, `file`, `web link`, ...
    pub fn name(&self) -> &'static str {
        match self {
            Self::Page(_) => "page",
            Self::File(_) => "file",
            Self::WebLink(_) => "web link",
            Self::Discussion(topic) if topic.announcement => "announcement",
            Self::Discussion(_) => "discussion",
            Self::Assignment(_) => "assignment",
            Self::Assessment(_) => "quiz",
            Self::QuestionBank(_) => "question bank",
            Self::Tool(_) => "tool",
            Self::Syllabus(_) => "syllabus",
            Self::Settings => "settings",
            Self::Attachments => "attachments",
            Self::Companion => "companion",
            Self::Unknown => "unknown",
        }
    }
}

/// What Canvas says about the course as a whole (`course_settings/course_settings.xml`).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CourseSettings {
    /// The identifier of the course.
    pub identifier: String,
    /// Its title.
    pub title: Option<String>,
    /// Its short code.
    pub code: Option<String>,
    /// It begins then.
    pub start_at: Option<Moment>,
    /// It ends then (`conclude_at`).
    pub end_at: Option<Moment>,
    /// Its licence: `private`, `public_domain`, `cc_by`, `cc_by_sa`, ...
    pub license: Option<String>,
    /// The language of its interface.
    pub language: Option<String>,
    /// Its description for people who are not in it.
    pub description: Option<String>,
    /// Whether everyone may read it.
    pub public: Option<bool>,
    /// What its first page shows: `modules`, `wiki`, `feed`, `assignments`, `syllabus`.
    pub default_view: Option<String>,
    /// The identifier of the file that is its picture.
    pub image: Option<String>,
    /// Everything else that is a plain value, by name.
    pub other: BTreeMap<String, String>,
}
