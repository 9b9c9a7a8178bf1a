//! The content of resources: which kind each is, and what its files say.

use std::collections::HashMap;
use std::io::{Read, Seek};

use crate::canvas::{self, FilesMeta};
use crate::finding::Findings;
use crate::manifest::is_absolute;
use crate::notes::Notes;
use crate::xml::Document;
use crate::{
    Assessment, Assignment, Content, Dialect, FileContent, Finding, FindingCode, Moment, Package, Page, Resource,
    Result, RichText, Severity, WebLink, content, html, path, text,
};

/// Reads documents out of a package, within the limits on their size.
pub(crate) struct Documents<'p, R> {
    package: &'p mut Package<R>,
    pub(crate) findings: &'p mut Findings,
    bytes_left: u64,
}

impl<'p, R: Read + Seek> Documents<'p, R> {
    pub(crate) fn new(package: &'p mut Package<R>, findings: &'p mut Findings) -> Self {
        let bytes_left = package.limits().documents_bytes;
        Self { package, findings, bytes_left }
    }

    /// The bytes of a document; `None`, noted, if it is larger than is decoded.
    fn bytes(&mut self, of: &str, path: &str) -> Result<Option<Vec<u8>>> {
        let size = self.package.size(path).unwrap_or(0);
        if size > self.package.limits().document_bytes || size > self.bytes_left {
            let message = format!("{path:?} is too large to be read as a document ({size} bytes)");
            self.findings.push(Finding::new(Severity::Loss, FindingCode::OversizedContent, message).of(of).at(path));
            return Ok(None);
        }
        self.bytes_left -= size;
        self.package.read(path).map(Some)
    }

    /// The XML of a resource, from its file or from the manifest; `None`, noted, if it has none or
    /// is not well-formed.
    fn xml(&mut self, resource: &Resource) -> Result<Option<Document>> {
        match (&resource.inline, resource.path()) {
            (Some(inline), _) => Ok(self.parse(&resource.identifier, "imsmanifest.xml", inline)),
            (None, Some(path)) => self.xml_of(&resource.identifier, path),
            (None, None) => Ok(None),
        }
    }

    /// The XML at a path, if the package holds it.
    pub(crate) fn xml_at(&mut self, path: &str) -> Result<Option<Document>> {
        match self.package.find(path).map(str::to_owned) {
            Some(found) => self.xml_of("", &found),
            None => Ok(None),
        }
    }

    fn xml_of(&mut self, of: &str, path: &str) -> Result<Option<Document>> {
        let bytes = self.bytes(of, path)?;
        Ok(bytes.and_then(|bytes| self.parse(of, path, &bytes)))
    }

    fn parse(&mut self, of: &str, path: &str, bytes: &[u8]) -> Option<Document> {
        match Document::parse(path, bytes, self.package.limits()) {
            Ok(document) => {
                self.note_encoding(of, path, document.wrong_encoding);
                Some(document)
            }
            Err(error) => {
                let code = FindingCode::MalformedContent;
                self.findings.push(Finding::new(Severity::Loss, code, error.to_string()).of(of).at(path));
                None
            }
        }
    }

    /// The page at a path.
    fn page(&mut self, of: &str, path: &str) -> Result<Option<Page>> {
        let Some(bytes) = self.bytes(of, path)? else { return Ok(None) };
        let decoded = text::decode_html(&bytes);
        self.note_encoding(of, path, decoded.wrong);
        let parts = html::parts(&decoded.text);
        let publish_at = parts.meta.get("publish_at").and_then(|text| {
            let moment = Moment::parse(text);
            if moment.is_none() && !text.trim().is_empty() {
                let message = format!("publish_at is {text:?}, which is no date");
                self.findings.push(Finding::new(Severity::Warning, FindingCode::BadDate, message).of(of).at(path));
            }
            moment
        });
        Ok(Some(Page {
            title: parts.title,
            body: parts.body.to_owned(),
            head: parts.head.to_owned(),
            slug: path::stem(path).to_owned(),
            front_page: parts.meta.get("front_page").is_some_and(|text| text == "true"),
            publish_at,
            meta: parts.meta,
        }))
    }

    fn note_encoding(&mut self, of: &str, path: &str, wrong: Option<&str>) {
        if let Some(encoding) = wrong {
            let message = format!("{path:?} says or seems to be {encoding}, but is not all of it");
            self.findings.push(Finding::new(Severity::Warning, FindingCode::WrongEncoding, message).of(of).at(path));
        }
    }
}

/// The kinds of resource that the specifications name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    WebContent,
    Associated,
    WebLink,
    Discussion,
    Assignment,
    Assessment,
    QuestionBank,
    Tool,
    Other,
}

fn kind_of(written: &str, dialect: Dialect) -> Kind {
    let kind = written.to_ascii_lowercase();
    match kind.as_str() {
        "webcontent" => Kind::WebContent,
        _ if kind.starts_with("associatedcontent") || kind.ends_with("learning-application-resource") => {
            Kind::Associated
        }
        _ if kind.starts_with("imswl_") => Kind::WebLink,
        _ if kind.starts_with("imsdt_") => Kind::Discussion,
        _ if kind.starts_with("assignment_") => Kind::Assignment,
        _ if kind.starts_with("imsqti") && kind.ends_with("question-bank") => Kind::QuestionBank,
        _ if kind.starts_with("imsqti") => Kind::Assessment,
        _ if kind.starts_with("imsbasiclti") => Kind::Tool,
        // Content packages name types as they like: `text/html`, `image/png`, `x-application`.
        _ if dialect == Dialect::ContentPackage => Kind::WebContent,
        _ => Kind::Other,
    }
}

/// Reads the content of all resources.
pub(crate) fn contents<R: Read + Seek>(
    resources: &mut [Resource],
    dialect: Dialect,
    documents: &mut Documents<'_, R>,
) -> Result<()> {
    let canvas = matches!(dialect, Dialect::Canvas(_));
    let files_meta = match documents.xml_at("course_settings/files_meta.xml")?.filter(|_| canvas) {
        Some(document) => FilesMeta::read(document.root(), documents.findings),
        None => FilesMeta::default(),
    };
    for resource in resources.iter_mut() {
        let kind = kind_of(&resource.kind, dialect);
        if canvas && kind == Kind::Associated {
            canvas_content(resource, documents)?;
        }
        if resource.content == Content::Unknown {
            resource.content = one(resource, kind, canvas, &files_meta, documents)?;
        }
        if resource.title.is_none() {
            resource.title = title_of(&resource.content);
        }
    }
    companions(resources, canvas, documents)?;
    tracks(resources, documents)
}

/// Reads the content of one resource by its type.
fn one<R: Read + Seek>(
    resource: &mut Resource,
    kind: Kind,
    canvas: bool,
    files_meta: &FilesMeta,
    documents: &mut Documents<'_, R>,
) -> Result<Content> {
    if matches!(kind, Kind::WebContent | Kind::Associated) {
        return web_content(resource, canvas, files_meta, documents);
    }
    if kind == Kind::Other {
        let message = format!("the type {:?} is not known; the files are kept as they are", resource.kind);
        let finding = Finding::new(Severity::Warning, FindingCode::UnknownType, message);
        documents.findings.push(finding.of(&resource.identifier));
        return Ok(Content::Unknown);
    }
    let Some(document) = documents.xml(resource)? else {
        return Ok(without_document(resource, kind));
    };
    let root = document.root();
    let mut notes = Notes::new(documents.findings, &resource.identifier);
    Ok(match kind {
        Kind::WebLink => match content::web_link(root) {
            Some(link) => Content::WebLink(link),
            None => {
                notes.note(Severity::Loss, FindingCode::MalformedContent, "the web link has no address".to_owned());
                Content::Unknown
            }
        },
        Kind::Discussion => Content::Discussion(content::discussion(root)),
        Kind::Assignment => {
            let (assignment, published) = content::assignment(root, &mut notes);
            resource.published = published;
            Content::Assignment(assignment)
        }
        Kind::Tool => Content::Tool(content::tool(root)),
        Kind::QuestionBank | Kind::Assessment => {
            let mut assessment = content::assessment(root);
            assessment.qti = resource.path().map(str::to_owned);
            if kind == Kind::Assessment { Content::Assessment(assessment) } else { Content::QuestionBank(assessment) }
        }
        Kind::WebContent | Kind::Associated | Kind::Other => Content::Unknown,
    })
}

/// A quiz stays a quiz if its own file cannot be read: Canvas keeps another one beside it.
fn without_document(resource: &Resource, kind: Kind) -> Content {
    let assessment = Assessment { qti: resource.path().map(str::to_owned), ..Assessment::default() };
    match kind {
        Kind::Assessment => Content::Assessment(assessment),
        Kind::QuestionBank => Content::QuestionBank(assessment),
        _ => Content::Unknown,
    }
}

/// A page, a file, a link, or files for others.
fn web_content<R: Read + Seek>(
    resource: &mut Resource,
    canvas: bool,
    files_meta: &FilesMeta,
    documents: &mut Documents<'_, R>,
) -> Result<Content> {
    if let Some(url) = resource.href.as_ref().filter(|href| is_absolute(href)) {
        let title = resource.title.clone().unwrap_or_default();
        return Ok(Content::WebLink(WebLink { title, url: url.clone(), ..WebLink::default() }));
    }
    // Only what has an address, or is a single file, can be opened (Common Cartridge 1.3, 3.4).
    let main = match (&resource.href, resource.files.len()) {
        (None, 0 | 2..) => None,
        _ => resource.path().map(str::to_owned),
    };
    let Some(main) = main else {
        let several = resource.files.iter().any(|file| file.path.is_some());
        return Ok(if several { Content::Attachments } else { Content::Unknown });
    };
    if resource.intended_use.as_deref() == Some("syllabus") && path::is_html(&main) {
        return Ok(documents.page(&resource.identifier, &main)?.map_or(Content::Unknown, Content::Syllabus));
    }
    let uploaded = canvas && main.starts_with("web_resources/");
    if path::is_html(&main)
        && !uploaded
        && let Some(page) = documents.page(&resource.identifier, &main)?
    {
        let state = page.meta.get("workflow_state").map(String::as_str);
        resource.published = state.map(|state| state != "unpublished" && state != "deleted");
        return Ok(Content::Page(page));
    }
    let mut file = files_meta.of(&resource.identifier, &main);
    if file.name.is_empty() {
        path::file_name(&main).clone_into(&mut file.name);
    }
    if canvas {
        resource.published = Some(!file.locked);
    }
    Ok(Content::File(file))
}

/// What only Canvas writes as an associated resource: its settings, and its assignments.
fn canvas_content<R: Read + Seek>(resource: &mut Resource, documents: &mut Documents<'_, R>) -> Result<()> {
    let named = |name: &str| {
        let mut paths = resource.files.iter().filter_map(|file| file.path.as_deref());
        paths.find(|file| path::file_name(file) == name).map(str::to_owned)
    };
    let settings_folder = resource.files.iter().all(|file| file.href.starts_with("course_settings/"));
    if let Some(path) = named("assignment_settings.xml") {
        resource.content = canvas_assignment(resource, &path, documents)?;
    } else if settings_folder && !resource.files.is_empty() && resource.intended_use.as_deref() != Some("syllabus") {
        resource.content = Content::Settings;
    } else if let Some(qti) = question_bank_path(resource) {
        let document = documents.xml_of(&resource.identifier, &qti)?;
        let mut bank = document.map(|document| content::assessment(document.root())).unwrap_or_default();
        bank.canvas_qti = Some(qti);
        resource.content = Content::QuestionBank(bank);
    }
    Ok(())
}

/// The file of a question bank: Canvas writes nothing but it into the resource.
fn question_bank_path(resource: &Resource) -> Option<String> {
    let mut files = resource.files.iter();
    let only = files.all(|file| file.href.starts_with("non_cc_assessments/"));
    only.then(|| resource.path().map(str::to_owned)).flatten()
}

fn canvas_assignment<R: Read + Seek>(
    resource: &mut Resource,
    settings: &str,
    documents: &mut Documents<'_, R>,
) -> Result<Content> {
    let mut assignment = Assignment::default();
    let identifier = resource.identifier.clone();
    if let Some(document) = documents.xml_of(&identifier, settings)? {
        let mut notes = Notes::new(documents.findings, &identifier);
        resource.published = content::canvas_assignment(document.root(), &mut assignment, &mut notes);
    }
    let mut pages = resource.files.iter().filter_map(|file| file.path.as_deref());
    if let Some(path) = pages.find(|file| path::is_html(file)).map(str::to_owned)
        && let Some(page) = documents.page(&identifier, &path)?
    {
        assignment.text = RichText { text: page.body, html: true };
        if assignment.title.is_empty() {
            assignment.title = page.title;
        }
    }
    Ok(Content::Assignment(assignment))
}

fn title_of(content: &Content) -> Option<String> {
    let title = match content {
        Content::Page(page) | Content::Syllabus(page) => &page.title,
        Content::File(file) => &file.name,
        Content::WebLink(link) => &link.title,
        Content::Discussion(topic) => &topic.title,
        Content::Assignment(assignment) => &assignment.title,
        Content::Assessment(quiz) | Content::QuestionBank(quiz) => &quiz.title,
        Content::Tool(tool) => &tool.title,
        Content::Settings | Content::Attachments | Content::Companion | Content::Unknown => return None,
    };
    Some(title.clone()).filter(|title| !title.is_empty())
}

/// Joins what describes another resource to it: the settings that Canvas writes for topics and
/// quizzes, and the page that stands in for an assignment where assignments are not known.
fn companions<R: Read + Seek>(
    resources: &mut [Resource],
    canvas: bool,
    documents: &mut Documents<'_, R>,
) -> Result<()> {
    let index: HashMap<String, usize> =
        resources.iter().enumerate().map(|(index, one)| (one.identifier.clone(), index)).collect();
    let mut needed_by: HashMap<String, usize> = HashMap::new();
    for (user, resource) in resources.iter().enumerate() {
        for dependency in &resource.dependencies {
            needed_by.entry(dependency.clone()).or_insert(user);
        }
    }
    for at in 0..resources.len() {
        let resource = &resources[at];
        let stands_for = resource.identifier.strip_suffix("_fallback").and_then(|name| index.get(name));
        if let Some(&main) = stands_for.filter(|_| !resource.variants.is_empty()) {
            resources[at].companion_of = Some(resources[main].identifier.clone());
            resources[at].content = Content::Companion;
            continue;
        }
        let settings = canvas
            && matches!(resource.content, Content::File(_))
            && kind_of(&resource.kind, Dialect::ContentPackage) == Kind::Associated;
        let Some(path) = resource.path().filter(|path| settings && path::has_ending(path, &["xml"])).map(str::to_owned)
        else {
            continue;
        };
        let identifier = resource.identifier.clone();
        let Some(document) = documents.xml_of(&identifier, &path)? else { continue };
        let named = match document.root().name() {
            "topicMeta" => document.root().value("topic_id"),
            "quiz" => document.root().attribute("identifier"),
            _ => continue,
        };
        let main = named.and_then(|name| index.get(name)).or_else(|| needed_by.get(&identifier)).copied();
        let canvas_qti =
            resources[at].files.iter().filter_map(|file| file.path.clone()).find(|file| file.ends_with(".xml.qti"));
        resources[at].content = Content::Companion;
        resources[at].published = None;
        if let Some(main) = main {
            resources[at].companion_of = Some(resources[main].identifier.clone());
            describe(&mut resources[main], &document, canvas_qti, documents)?;
        }
    }
    Ok(())
}

/// Adds what the settings of Canvas say to a topic or quiz.
fn describe<R: Read + Seek>(
    resource: &mut Resource,
    settings: &Document,
    canvas_qti: Option<String>,
    documents: &mut Documents<'_, R>,
) -> Result<()> {
    let identifier = resource.identifier.clone();
    if let Content::Assessment(quiz) = &mut resource.content
        && quiz.questions == 0
        && let Some(path) = &canvas_qti
        && let Some(document) = documents.xml_of(&identifier, path)?
    {
        // Questions of kinds that Common Cartridge lacks are only in the file of Canvas.
        quiz.questions = content::assessment(document.root()).questions;
    }
    let mut notes = Notes::new(documents.findings, &identifier);
    match &mut resource.content {
        Content::Discussion(topic) => resource.published = content::topic_meta(settings.root(), topic, &mut notes),
        Content::Assessment(quiz) | Content::QuestionBank(quiz) => {
            resource.published = content::quiz_meta(settings.root(), quiz, &mut notes);
            quiz.canvas_qti = canvas_qti;
            resource.title = Some(quiz.title.clone()).filter(|title| !title.is_empty()).or(resource.title.take());
        }
        _ => {}
    }
    Ok(())
}

/// Joins captions to their films.
fn tracks<R: Read + Seek>(resources: &mut [Resource], documents: &mut Documents<'_, R>) -> Result<()> {
    let Some(document) = documents.xml_at("course_settings/media_tracks.xml")? else { return Ok(()) };
    let mut tracks = canvas::media_tracks(document.root());
    let paths: HashMap<String, String> =
        resources.iter().filter_map(|one| Some((one.identifier.clone(), one.path()?.to_owned()))).collect();
    for resource in resources {
        let Content::File(FileContent { tracks: list, .. }) = &mut resource.content else { continue };
        if let Some(mut found) = tracks.remove(&resource.identifier) {
            for track in &mut found {
                track.path = track.resource.as_ref().and_then(|holder| paths.get(holder).cloned());
            }
            *list = found;
        }
    }
    for film in tracks.into_keys() {
        let message = format!("captions are given for {film:?}, which does not exist");
        documents.findings.push(Finding::new(Severity::Warning, FindingCode::DanglingReference, message).of(&film));
    }
    Ok(())
}
