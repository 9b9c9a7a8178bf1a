//! Writing a course as Common Cartridge 1.3, with the settings that Canvas reads.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::io::{self, Read, Seek, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use crate::manifest::numbered;
use crate::path::{self, percent_encoded};
use crate::{
    CourseSettings, Discussion, Error, FileContent, Metadata, Node, Page, Result, WebLink, write_canvas, write_content,
    write_manifest,
};

/// Where the bytes of a file come from, asked for when the file is written.
pub type Source<'a> = Box<dyn FnOnce() -> io::Result<Box<dyn Read + 'a>> + 'a>;

/// A course to be written.
///
/// The same course gives the same bytes: entries are sorted and carry a fixed date. Identifiers
/// that XML does not allow as identifiers are changed, everywhere alike.
///
/// The top level of the outline are modules; what is no heading there is put into a module of its
/// own. Nesting below is kept in the manifest and shows as indentation in Canvas.
pub struct Builder<'a> {
    pub(crate) settings: CourseSettings,
    pub(crate) metadata: Metadata,
    pub(crate) modules: Vec<Node>,
    pub(crate) resources: Vec<Written>,
    entries: BTreeMap<String, Source<'a>>,
    slugs: HashSet<String>,
}

/// A resource as it goes into the manifest.
#[derive(Debug)]
pub(crate) struct Written {
    pub(crate) identifier: String,
    pub(crate) kind: String,
    pub(crate) intended_use: Option<String>,
    pub(crate) href: Option<String>,
    pub(crate) files: Vec<String>,
    pub(crate) dependencies: Vec<String>,
    pub(crate) variants: Vec<String>,
    pub(crate) inline: Option<Vec<u8>>,
    pub(crate) instructor_only: bool,
    pub(crate) role: Role,
}

/// What Canvas calls a resource when it is an item of a module.
#[derive(Debug)]
pub(crate) enum Role {
    Page,
    File(Box<FileContent>),
    WebLink(String),
    Discussion,
    Quiz,
    Assignment,
    Tool,
    Other,
}

/// A resource that is put back as it was: a quiz, a tool, an assignment, anything.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Original {
    /// Its identifier.
    pub identifier: String,
    /// Its type, as it was.
    pub kind: String,
    /// Its intended use, as it was.
    pub intended_use: Option<String>,
    /// Its address, as it was.
    pub href: Option<String>,
    /// The paths of its files, each added by [`Builder::entry`].
    pub files: Vec<String>,
    /// Identifiers of resources it needs.
    pub dependencies: Vec<String>,
    /// Identifiers of resources preferred to it.
    pub variants: Vec<String>,
    /// Whether it is for those who teach only.
    pub instructor_only: bool,
    /// XML that stood in the manifest instead of a file.
    pub inline: Option<Vec<u8>>,
}

/// The type of resources that serve others.
pub(crate) const ASSOCIATED: &str = "associatedcontent/imscc_xmlv1p3/learning-application-resource";

impl<'a> Builder<'a> {
    /// Begins a course. Its title is that of the settings, else that of the metadata.
    pub fn new(settings: CourseSettings, metadata: Metadata) -> Self {
        let (modules, resources, entries, slugs) = (Vec::new(), Vec::new(), BTreeMap::new(), HashSet::new());
        Self { settings, metadata, modules, resources, entries, slugs }
    }

    /// Sets the outline.
    pub fn modules(&mut self, modules: Vec<Node>) -> &mut Self {
        self.modules = modules;
        self
    }

    /// Adds a page. Its address for other pages is [`page_address`] of its slug; its head is
    /// written anew from its title and its named metadata.
    ///
    /// # Errors
    ///
    /// [`Error::Unwritable`] if the slug is empty, no file name, or taken.
    pub fn page(&mut self, identifier: &str, published: Option<bool>, page: &Page) -> Result<&mut Self> {
        let slug = page.slug.as_str();
        let name = format!("{slug}.html");
        let usable = !slug.is_empty() && !slug.starts_with('.') && !slug.contains('/');
        if !usable || path::of_entry(&name).as_ref() != Ok(&name) {
            return Err(Error::Unwritable(format!("the page {:?} has no usable slug: {slug:?}", page.title)));
        }
        if !self.slugs.insert(slug.to_lowercase()) {
            return Err(Error::Unwritable(format!("two pages have the slug {slug:?}")));
        }
        let file = format!("wiki_content/{slug}.html");
        self.bytes(&file, write_content::page(identifier, published, page))?;
        self.add(identifier, "webcontent", vec![file], Role::Page);
        Ok(self)
    }

    /// Adds the syllabus of the course.
    pub fn syllabus(&mut self, identifier: &str, page: &Page) -> Result<&mut Self> {
        let file = "course_settings/syllabus.html".to_owned();
        self.bytes(&file, write_content::plain_page(page))?;
        let written = self.add(identifier, ASSOCIATED, vec![file], Role::Other);
        written.intended_use = Some("syllabus".to_owned());
        Ok(self)
    }

    /// Adds a file at a path below the folder of files. Its address for pages is [`file_address`]
    /// of that path.
    ///
    /// # Errors
    ///
    /// [`Error::Unwritable`] if the path is taken, [`Error::PathTraversal`] if it is none.
    pub fn file(
        &mut self,
        identifier: &str,
        path: &str,
        content: FileContent,
        source: Source<'a>,
    ) -> Result<&mut Self> {
        let file = format!("web_resources/{}", path.trim_start_matches('/'));
        self.entry(&file, source)?;
        self.add(identifier, "webcontent", vec![file], Role::File(Box::new(content)));
        Ok(self)
    }

    /// Adds a link to another place on the web.
    pub fn web_link(&mut self, identifier: &str, link: &WebLink) -> Result<&mut Self> {
        let file = format!("{}.xml", file_name_of(identifier));
        self.bytes(&file, write_content::web_link(link))?;
        let written = self.add(identifier, "imswl_xmlv1p3", vec![file], Role::WebLink(link.url.clone()));
        written.href = None;
        Ok(self)
    }

    /// Adds a topic to discuss. What only Canvas knows about it goes into a resource of its own,
    /// whose identifier is that of the topic with `_meta`.
    pub fn discussion(&mut self, identifier: &str, published: Option<bool>, topic: &Discussion) -> Result<&mut Self> {
        let file = format!("{}.xml", file_name_of(identifier));
        self.bytes(&file, write_content::discussion(topic))?;
        let meta_identifier = format!("{identifier}_meta");
        let meta = write_content::topic_meta(identifier, &meta_identifier, published, topic);
        let written = self.add(identifier, "imsdt_xmlv1p3", vec![file], Role::Discussion);
        written.href = None;
        if let Some(meta) = meta {
            written.dependencies.push(meta_identifier.clone());
            let file = format!("{}.xml", file_name_of(&meta_identifier));
            self.bytes(&file, meta)?;
            self.add(&meta_identifier, ASSOCIATED, vec![file], Role::Other);
        }
        Ok(self)
    }

    /// Puts a resource back as it was. Its files are added by [`Builder::entry`].
    pub fn original(&mut self, original: Original) -> &mut Self {
        let role = role_of(&original);
        let Original { identifier, kind, intended_use, href, files, dependencies, variants, instructor_only, inline } =
            original;
        self.resources.push(Written {
            identifier,
            kind,
            intended_use,
            href,
            files,
            dependencies,
            variants,
            inline,
            instructor_only,
            role,
        });
        self
    }

    /// Adds a file at exactly this path.
    ///
    /// # Errors
    ///
    /// [`Error::Unwritable`] if the path is taken or is the manifest's, [`Error::PathTraversal`] if
    /// it is none.
    pub fn entry(&mut self, path: &str, source: Source<'a>) -> Result<&mut Self> {
        let safe = path::of_entry(path).map_err(|_| Error::PathTraversal { path: path.to_owned() })?;
        if safe != path {
            return Err(Error::PathTraversal { path: path.to_owned() });
        }
        if safe == "imsmanifest.xml" || self.entries.insert(safe, source).is_some() {
            return Err(Error::Unwritable(format!("two files would have the path {path:?}")));
        }
        Ok(self)
    }

    /// Adds a file that is held in memory at exactly this path. Errors as [`Builder::entry`].
    pub fn bytes(&mut self, path: &str, bytes: impl Into<Vec<u8>>) -> Result<&mut Self> {
        self.entry(path, source(bytes))
    }

    fn add(&mut self, identifier: &str, kind: &str, files: Vec<String>, role: Role) -> &mut Written {
        let written = Written {
            identifier: identifier.to_owned(),
            kind: kind.to_owned(),
            intended_use: None,
            href: files.first().cloned(),
            files,
            dependencies: Vec::new(),
            variants: Vec::new(),
            inline: None,
            instructor_only: false,
            role,
        };
        let index = self.resources.len();
        self.resources.push(written);
        &mut self.resources[index]
    }

    /// Writes the cartridge.
    ///
    /// # Errors
    ///
    /// [`Error::Unwritable`] if identifiers collide, if an item or a resource refers to something
    /// that was not added, or if there is no title; [`Error::Io`] from sources and the target.
    pub fn write<W: Write + Seek>(mut self, out: W) -> Result<W> {
        if self.settings.title.is_none() {
            self.settings.title.clone_from(&self.metadata.title);
        }
        if self.settings.title.as_ref().is_none_or(|title| title.trim().is_empty()) {
            return Err(Error::Unwritable("the course has no title".to_owned()));
        }
        self.put_strays_into_modules();
        self.rename()?;
        write_canvas::add_settings(&mut self)?;
        self.check_files()?;
        let manifest = write_manifest::manifest(&self)?;
        let mut archive = ZipWriter::new(out).set_auto_large_file();
        start(&mut archive, "imsmanifest.xml")?;
        archive.write_all(&manifest)?;
        for (path, source) in self.entries {
            start(&mut archive, &path)?;
            io::copy(&mut source()?, &mut archive)?;
        }
        archive.finish().map_err(unwritable)
    }

    /// Canvas knows nothing but modules at the top.
    fn put_strays_into_modules(&mut self) {
        for node in &mut self.modules {
            if !node.is_heading() {
                let stray = std::mem::take(node);
                *node = Node {
                    identifier: format!("{}_module", stray.identifier),
                    title: stray.title.clone(),
                    published: stray.published,
                    children: vec![stray],
                    ..Node::default()
                };
            }
        }
    }

    /// Makes every identifier one that XML allows, and different from all others.
    fn rename(&mut self) -> Result<()> {
        if self.settings.identifier.is_empty() {
            "course".clone_into(&mut self.settings.identifier);
        }
        let mut names = Names::default();
        self.settings.identifier = names.fresh(&self.settings.identifier);
        let mut resources: HashMap<String, String> = HashMap::new();
        for resource in &self.resources {
            let name = names.fresh(&resource.identifier);
            if resources.insert(resource.identifier.clone(), name).is_some() {
                return Err(Error::Unwritable(format!("two resources are called {:?}", resource.identifier)));
            }
        }
        let renamed = |identifier: &str, by: &str| match resources.get(identifier) {
            Some(name) => Ok(name.clone()),
            None => Err(Error::Unwritable(format!("{by:?} refers to {identifier:?}, which was not added"))),
        };
        for resource in &mut self.resources {
            let by = resource.identifier.clone();
            resource.identifier = renamed(&by, &by)?;
            for reference in resource.dependencies.iter_mut().chain(&mut resource.variants) {
                *reference = renamed(reference, &by)?;
            }
            if let Role::File(file) = &mut resource.role {
                for holder in file.tracks.iter_mut().filter_map(|track| track.resource.as_mut()) {
                    *holder = renamed(holder, &by)?;
                }
            }
        }
        if let Some(image) = &mut self.settings.image {
            *image = resources.get(image).unwrap_or(image).clone();
        }
        let mut modules: HashMap<String, String> = HashMap::new();
        for module in &mut self.modules {
            let name = names.fresh(&module.identifier);
            modules.insert(std::mem::replace(&mut module.identifier, name.clone()), name);
        }
        for module in &mut self.modules {
            for needed in &mut module.rules.prerequisites {
                let message = format!("the module {:?} waits for {needed:?}, which is no module", module.title);
                *needed = modules.get(needed).cloned().ok_or(Error::Unwritable(message))?;
            }
            let mut stack: Vec<&mut Node> = module.children.iter_mut().collect();
            while let Some(node) = stack.pop() {
                node.identifier = names.fresh(&node.identifier);
                if let Some(resource) = &mut node.resource {
                    *resource = renamed(resource, &node.title)?;
                }
                stack.extend(node.children.iter_mut());
            }
        }
        Ok(())
    }

    fn check_files(&self) -> Result<()> {
        for resource in &self.resources {
            for file in &resource.files {
                if !self.entries.contains_key(file) {
                    let message = format!("{:?} names the file {file:?}, which was not added", resource.identifier);
                    return Err(Error::Unwritable(message));
                }
            }
        }
        Ok(())
    }
}

/// Hands out identifiers.
#[derive(Debug, Default)]
struct Names {
    taken: HashSet<String>,
}

impl Names {
    /// The wanted identifier if XML allows it (an `NCName`) and it is free, else one made of it.
    fn fresh(&mut self, wanted: &str) -> String {
        let mut name: String =
            wanted.chars().map(|c| if c.is_alphanumeric() || "._-".contains(c) { c } else { '_' }).collect();
        if !name.starts_with(|first: char| first.is_alphabetic() || first == '_') {
            name.insert_str(0, "i_");
        }
        if self.taken.contains(&name) {
            name = numbered(&name, "_", &self.taken);
        }
        self.taken.insert(name.clone());
        name
    }
}

fn role_of(original: &Original) -> Role {
    let kind = original.kind.to_ascii_lowercase();
    let assignment = original.files.iter().any(|file| path::file_name(file) == "assignment_settings.xml");
    if kind.starts_with("imsqti") {
        Role::Quiz
    } else if kind.starts_with("assignment_") || assignment {
        Role::Assignment
    } else if kind.starts_with("imsbasiclti") {
        Role::Tool
    } else if kind.starts_with("imsdt_") {
        Role::Discussion
    } else {
        Role::Other
    }
}

/// A file name made of an identifier.
fn file_name_of(identifier: &str) -> String {
    let name: String =
        identifier.chars().map(|c| if c.is_alphanumeric() || "._-".contains(c) { c } else { '_' }).collect();
    if name.starts_with('.') || name.is_empty() { format!("_{name}") } else { name }
}

/// A [`Source`] of bytes held in memory.
pub fn source<'a>(bytes: impl Into<Vec<u8>>) -> Source<'a> {
    let bytes = bytes.into();
    Box::new(move || Ok(Box::new(io::Cursor::new(bytes))))
}

/// The address of a file, for pages: `path` is what [`Builder::file`] was given.
pub fn file_address(path: &str) -> String {
    format!("$IMS-CC-FILEBASE$/{}", percent_encoded(path.trim_start_matches('/')))
}

/// The address of a page, for pages: `slug` is [`Page::slug`].
pub fn page_address(slug: &str) -> String {
    format!("$WIKI_REFERENCE$/pages/{}", percent_encoded(slug))
}

/// The address of a module, for pages.
pub fn module_address(identifier: &str) -> String {
    format!("$CANVAS_OBJECT_REFERENCE$/modules/{}", percent_encoded(identifier))
}

/// The address of a discussion, for pages.
pub fn discussion_address(identifier: &str) -> String {
    format!("$CANVAS_OBJECT_REFERENCE$/discussion_topics/{}", percent_encoded(identifier))
}

/// The address of an assignment, for pages.
pub fn assignment_address(identifier: &str) -> String {
    format!("$CANVAS_OBJECT_REFERENCE$/assignments/{}", percent_encoded(identifier))
}

/// The address of the course itself, for pages.
pub fn course_address() -> String {
    "$CANVAS_COURSE_REFERENCE$/".to_owned()
}

/// What is packed already, so that packing it again costs time and saves nothing.
const PACKED: [&str; 22] = [
    "jpg", "jpeg", "png", "gif", "webp", "avif", "mp3", "m4a", "ogg", "opus", "mp4", "m4v", "mov", "webm", "zip", "gz",
    "7z", "docx", "pptx", "xlsx", "epub", "woff2",
];

fn start<W: Write + Seek>(archive: &mut ZipWriter<W>, path: &str) -> Result<()> {
    let method = if path::has_ending(path, &PACKED) { CompressionMethod::Stored } else { CompressionMethod::Deflated };
    let options = SimpleFileOptions::default()
        .compression_method(method)
        .last_modified_time(DateTime::default())
        .unix_permissions(0o644);
    archive.start_file(path, options).map_err(unwritable)
}

fn unwritable(error: zip::result::ZipError) -> Error {
    match error {
        zip::result::ZipError::Io(error) => Error::Io(error),
        other => Error::Unwritable(other.to_string()),
    }
}
