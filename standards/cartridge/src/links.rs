//! What an address inside a page of a cartridge means.

use std::collections::HashMap;

use crate::path::{self, percent_decoded};
use crate::{Cartridge, Content, Node, Resource};

/// Where an address leads, with what stands behind it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// Where it leads.
    pub target: Target,
    /// What follows `#`, as written, without it.
    pub fragment: Option<String>,
}

/// Where an address leads.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Target {
    /// The page (or syllabus) that is the resource of this identifier.
    Page(String),
    /// The assignment that is the resource of this identifier.
    Assignment(String),
    /// The quiz that is the resource of this identifier.
    Quiz(String),
    /// The discussion or announcement that is the resource of this identifier.
    Discussion(String),
    /// The module of this identifier.
    Module(String),
    /// Another resource, by its identifier: a web link or a tool.
    Resource(String),
    /// A file of the package, by its path.
    File(String),
    /// The course itself, or one of its lists.
    CourseRoot,
    /// A place in the same document.
    Here,
    /// An address outside of the package; also `mailto:`, `tel:` and `data:`.
    External(String),
    /// An address of which the package does not hold the target, or that is no address; as written.
    Unresolved(String),
}

/// Resolves the addresses of one cartridge.
#[derive(Debug)]
pub struct Links<'c> {
    resources: HashMap<&'c str, &'c Resource>,
    /// Pages by their lower-case slug.
    pages: HashMap<String, &'c str>,
    /// Resources by their main path.
    by_path: HashMap<&'c str, &'c Resource>,
    nodes: HashMap<&'c str, (&'c Node, bool)>,
    syllabus: Option<&'c str>,
    files: Files<'c>,
}

impl<'c> Links<'c> {
    /// Prepares to resolve the addresses of a cartridge.
    pub fn new(cartridge: &'c Cartridge) -> Self {
        let mut links = Self {
            resources: HashMap::new(),
            pages: HashMap::new(),
            by_path: HashMap::new(),
            nodes: HashMap::new(),
            syllabus: None,
            files: Files::new(cartridge),
        };
        for resource in &cartridge.resources {
            links.resources.insert(&resource.identifier, resource);
            if let Some(path) = resource.path() {
                links.by_path.entry(path).or_insert(resource);
            }
            match &resource.content {
                Content::Page(page) => {
                    links.pages.insert(page.slug.to_lowercase(), &resource.identifier);
                    if let Some(named) = page.meta.get("identifier") {
                        links.resources.entry(named).or_insert(resource);
                    }
                }
                Content::Syllabus(_) => links.syllabus = Some(&resource.identifier),
                _ => {}
            }
        }
        let mut stack: Vec<(&Node, bool)> = cartridge.modules.iter().map(|module| (module, true)).collect();
        while let Some((node, top)) = stack.pop() {
            links.nodes.insert(&node.identifier, (node, top));
            stack.extend(node.children.iter().map(|child| (child, false)));
        }
        links
    }

    /// Tells what `address` (an `href` or `src`, character references already replaced) means in
    /// the document at the path `from`: the page's file, or the XML file of a topic.
    pub fn resolve(&self, address: &str, from: &str) -> Link {
        let address = address.trim();
        let (rest, fragment) = match address.split_once('#') {
            Some((rest, fragment)) => (rest, Some(fragment).filter(|fragment| !fragment.is_empty())),
            None => (address, None),
        };
        let target = self.target(address, rest, from);
        let kept = !matches!(target, Target::External(_) | Target::Unresolved(_));
        Link { target, fragment: fragment.filter(|_| kept).map(str::to_owned) }
    }

    fn target(&self, address: &str, rest: &str, from: &str) -> Target {
        if rest.is_empty() {
            return Target::Here;
        }
        let unresolved = || Target::Unresolved(address.to_owned());
        if let Some((token, rest)) = token(rest) {
            let found = match token {
                Token::Files => self.file(rest, from),
                Token::Object | Token::Course | Token::Wiki => self.object(rest, from),
            };
            return found.unwrap_or_else(unresolved);
        }
        match scheme(address).map(str::to_ascii_lowercase).as_deref() {
            Some("javascript" | "vbscript" | "file" | "about") => return unresolved(),
            Some(_) => return Target::External(address.to_owned()),
            None if address.starts_with("//") => return Target::External(address.to_owned()),
            None => {}
        }
        self.relative(rest, from).unwrap_or_else(unresolved)
    }

    /// An address without scheme or token.
    fn relative(&self, rest: &str, from: &str) -> Option<Target> {
        let written = rest.replace('\\', "/");
        if let Some(course) = after_course_number(&written) {
            return self.object(course, from);
        }
        let plain = path::without_query(&written);
        let base = if plain.starts_with('/') { "" } else { path::folder(from) };
        let found = [written.as_str(), plain].into_iter().find_map(|candidate| {
            let joined = path::join(base, &percent_decoded(candidate)).ok()?;
            self.files.find(&joined)
        });
        found.map(|path| self.at_path(path))
    }

    /// A file below the base of files: `web_resources` in Canvas, the folder of the document in
    /// Common Cartridge, the root in what many tools write.
    fn file(&self, rest: &str, from: &str) -> Option<Target> {
        if let Some((_, inner)) = rest.split_once("mediahref=") {
            // A player inside a page: `/media_objects_iframe?mediahref=/film.mp4?canvas_download=1&type=video`.
            let inner = percent_decoded(inner.split('&').next().unwrap_or_default());
            let (_, inner) = token(&inner).unwrap_or((Token::Files, &inner));
            return self.file_below(path::without_query(inner), from);
        }
        let plain = path::without_query(rest);
        self.file_below(&percent_decoded(plain), from)
            .or_else(|| self.file_below(&percent_decoded(rest), from))
            .or_else(|| self.file_below(&percent_decoded(&plain.replace('+', " ")), from))
    }

    fn file_below(&self, rest: &str, from: &str) -> Option<Target> {
        let rest = rest.replace('\\', "/");
        let rest = rest.trim_start_matches('/');
        if rest.is_empty() {
            return None;
        }
        let mut joined =
            ["web_resources", path::folder(from), ""].into_iter().filter_map(|base| path::join(base, rest).ok());
        let found = joined.find_map(|path| self.files.find(&path)).or_else(|| self.files.ending_in(rest))?;
        Some(self.at_path(found))
    }

    /// Canvas addresses: `assignments/ID`, `pages/SLUG`, `modules/items/ID`, `file_contents/course
    /// files/PATH`, ... or a list of the course.
    fn object(&self, rest: &str, from: &str) -> Option<Target> {
        if let Some((_, tool)) = rest.split_once("external_tools/retrieve?") {
            let url = tool.split('&').find_map(|pair| pair.strip_prefix("url="))?;
            return Some(Target::External(percent_decoded(url)));
        }
        let plain = percent_decoded(path::without_query(rest));
        let mut parts = plain.split('/').filter(|part| !part.is_empty());
        let (Some(kind), second) = (parts.next(), parts.next()) else { return Some(Target::CourseRoot) };
        match (kind, second, parts.next()) {
            ("file_contents", Some(_), Some(_)) => {
                let below = plain.splitn(3, '/').nth(2).or(plain.trim_start_matches('/').splitn(3, '/').nth(2))?;
                self.file_below(below.strip_prefix("course files/").unwrap_or(below), from)
            }
            ("assignments", Some("syllabus"), _) => {
                Some(self.syllabus.map_or(Target::CourseRoot, |id| Target::Page(id.to_owned())))
            }
            ("modules", Some("items"), Some(item)) => self.item(item),
            ("modules", Some(module), _) => self.item(module),
            ("pages" | "wiki", Some(page), _) => self.page(page),
            ("files", Some("folder"), _) => Some(Target::CourseRoot),
            (_, Some(identifier), _) => self.resources.get(identifier).map(|resource| self.of(resource)),
            (_, None, _) => Some(Target::CourseRoot),
        }
    }

    fn page(&self, name: &str) -> Option<Target> {
        let slug = name.to_lowercase();
        let found = self.pages.get(&slug).or_else(|| self.pages.get(&slugged(&slug))).copied();
        let found = found.or_else(|| self.resources.get(name).map(|resource| resource.identifier.as_str()));
        found.map(|identifier| Target::Page(identifier.to_owned()))
    }

    /// A module, or what an item of a module opens.
    fn item(&self, identifier: &str) -> Option<Target> {
        let (node, top) = self.nodes.get(identifier)?;
        match (&node.resource, &node.url) {
            (Some(resource), _) => self.resources.get(resource.as_str()).map(|resource| self.of(resource)),
            // What a tool is launched with is no page to open.
            (None, Some(_)) if node.tool => Some(Target::CourseRoot),
            (None, Some(url)) => Some(Target::External(url.clone())),
            (None, None) if *top => Some(Target::Module(node.identifier.clone())),
            (None, None) => Some(Target::CourseRoot),
        }
    }

    fn at_path(&self, file: &str) -> Target {
        self.by_path.get(file).map_or_else(|| Target::File(file.to_owned()), |resource| self.of(resource))
    }

    fn of(&self, resource: &Resource) -> Target {
        let identifier = resource.identifier.clone();
        match (&resource.content, &resource.companion_of) {
            (Content::Page(_) | Content::Syllabus(_), _) => Target::Page(identifier),
            (Content::Assignment(_), _) => Target::Assignment(identifier),
            (Content::Assessment(_) | Content::QuestionBank(_), _) => Target::Quiz(identifier),
            (Content::Discussion(_), _) => Target::Discussion(identifier),
            (Content::WebLink(_) | Content::Tool(_), _) => Target::Resource(identifier),
            (Content::Companion, Some(main)) => match self.resources.get(main.as_str()) {
                Some(main) if main.content != Content::Companion => self.of(main),
                _ => Target::Resource(identifier),
            },
            _ => match resource.path() {
                Some(path) => Target::File(path.to_owned()),
                None => Target::Resource(identifier),
            },
        }
    }
}

/// The tokens that stand for a place in a course.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Token {
    Files,
    Object,
    Course,
    Wiki,
}

/// The first known token of an address, encoded or not, and what follows it. Canvas itself leaves
/// a host before the token now and then.
fn token(address: &str) -> Option<(Token, &str)> {
    let mut at = 0;
    while let Some((start, length)) = dollar(address, at) {
        let name_start = start + length;
        let (end, end_length) = dollar(address, name_start)?;
        let token = match address[name_start..end].to_ascii_uppercase().replace('_', "-").as_str() {
            "CANVAS-OBJECT-REFERENCE" => Some(Token::Object),
            "CANVAS-COURSE-REFERENCE" => Some(Token::Course),
            "WIKI-REFERENCE" => Some(Token::Wiki),
            name if name.ends_with("-FILEBASE") => Some(Token::Files),
            _ => None,
        };
        if let Some(token) = token {
            return Some((token, &address[end + end_length..]));
        }
        at = end;
    }
    None
}

/// Where `$` or `%24` stands next, and how long it is.
fn dollar(text: &str, from: usize) -> Option<(usize, usize)> {
    let rest = &text[from..];
    let plain = rest.find('$').map(|at| (from + at, 1));
    let encoded = rest.find("%24").map(|at| (from + at, 3));
    match (plain, encoded) {
        (Some(plain), Some(encoded)) => Some(plain.min(encoded)),
        (plain, encoded) => plain.or(encoded),
    }
}

fn scheme(address: &str) -> Option<&str> {
    let (scheme, _) = address.split_once(':')?;
    let mut letters = scheme.chars();
    // One letter is a drive, not a scheme.
    let valid = scheme.len() > 1
        && letters.next().is_some_and(|first| first.is_ascii_alphabetic())
        && letters.all(|one| one.is_ascii_alphanumeric() || "+-.".contains(one));
    valid.then_some(scheme)
}

/// What follows `/courses/123/`: an address inside a Canvas course that was not made portable.
fn after_course_number(address: &str) -> Option<&str> {
    let (number, rest) = address.strip_prefix("/courses/")?.split_once('/').or(None)?;
    number.bytes().all(|byte| byte.is_ascii_digit()).then_some(rest)
}

/// The slug that Canvas makes of a title.
fn slugged(title: &str) -> String {
    let words = title.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join("-")
}

/// How many files of one name are looked through for the one that is meant.
const NAMESAKES_MAX: usize = 100;

/// The files of a cartridge by path.
#[derive(Debug)]
struct Files<'c> {
    exact: HashMap<&'c str, &'c str>,
    folded: HashMap<String, Option<&'c str>>,
    by_name: HashMap<String, Vec<&'c str>>,
}

impl<'c> Files<'c> {
    fn new(cartridge: &'c Cartridge) -> Self {
        let mut files = Self { exact: HashMap::new(), folded: HashMap::new(), by_name: HashMap::new() };
        for file in &cartridge.files {
            let path = file.path.as_str();
            files.exact.insert(path, path);
            files.folded.entry(path::folded(path)).and_modify(|found| *found = None).or_insert(Some(path));
            if !path::is_system_file(path) {
                files.by_name.entry(path::folded(path::file_name(path))).or_default().push(path);
            }
        }
        files
    }

    fn find(&self, path: &str) -> Option<&'c str> {
        self.exact.get(path).copied().or_else(|| self.folded.get(&path::folded(path)).copied().flatten())
    }

    /// The only file whose path ends in this one, where a tool left out the folder above it.
    fn ending_in(&self, path: &str) -> Option<&'c str> {
        let tail = path::folded(&path::join("", path).ok()?);
        // Many files of one name cannot be told apart by it, and looking through them costs time.
        let named = self.by_name.get(path::file_name(&tail)).filter(|named| named.len() <= NAMESAKES_MAX)?;
        let mut matching = named.iter().filter(|file| {
            let file = path::folded(file);
            file.strip_suffix(&tail).is_some_and(|before| before.is_empty() || before.ends_with('/'))
        });
        let first = matching.next()?;
        matching.next().is_none().then_some(first)
    }
}
