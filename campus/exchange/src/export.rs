//! A course as Common Cartridge 1.3.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::io::Cursor;
use std::path::Path;

use cartridge::{
    Builder, CourseSettings, FileContent, Metadata, ModuleRules, Moment, Node, Original, Page as PackagePage,
    Requirement, Track as PackageTrack, WebLink, course_address, file_address, page_address, source,
};
use courses::{Course, CourseId};
use files::{Files, Hash};
use materials::course_file::{self, CourseFile};
use materials::{file, link, page, video};
use outline::{Completion, Item, ItemId, Module, ModuleId, Requirement as ModuleRequirement};
use store::{Db, FromRow, Json, Tx, params, sql};
use text::html::rewrite_links;

use crate::run::OriginalFile;
use crate::{ExportError, PACKAGE_BYTES_MAX};

/// A course with all that a package of it needs.
struct Whole {
    course: Course,
    modules: Vec<Module>,
    items: Vec<Item>,
    files: Vec<CourseFile>,
    pages: HashMap<ItemId, (String, String)>,
    links: HashMap<ItemId, String>,
    shown: HashMap<ItemId, CourseFile>,
    tracks: HashMap<ItemId, Vec<(String, store::Id)>>,
    originals: Vec<Kept>,
}

#[derive(FromRow)]
struct Kept {
    identifier: String,
    r#type: String,
    href: Option<String>,
    files: Json<Vec<OriginalFile>>,
    inline: Option<String>,
}

fn load(tx: &mut Tx<'_>, id: CourseId) -> store::Result<Whole> {
    let course = Course::find(tx, id)?;
    let items = Item::of_course(tx, id)?;
    let mut whole = Whole {
        modules: Module::of_course(tx, id)?,
        files: course_file::all(tx, id)?,
        originals: tx.all(
            sql!("select identifier, type, href, files, inline from original where course = ?1 order by position, id"),
            params![id],
        )?,
        pages: HashMap::new(),
        links: HashMap::new(),
        shown: HashMap::new(),
        tracks: HashMap::new(),
        course,
        items,
    };
    for item in &whole.items {
        match item.kind.as_str() {
            "page" => {
                let html = page::latest(tx, item.id)?.map(|version| version.html).unwrap_or_default();
                let slug = format!("{}-{}", text::slug(&item.title), short(item.id.0));
                whole.pages.insert(item.id, (slug, html));
            }
            "link" => whole.links.extend(link::url(tx, item.id)?.map(|url| (item.id, url))),
            "file" => whole.shown.extend(file::chosen(tx, item.id)?.map(|file| (item.id, file))),
            "video" => {
                whole.shown.extend(video::chosen(tx, item.id)?.map(|file| (item.id, file)));
                let tracks = video::tracks(tx, item.id)?.into_iter().map(|track| (track.language, track.file.0));
                whole.tracks.insert(item.id, tracks.collect());
            }
            _ => {}
        }
    }
    Ok(whole)
}

/// The last letters of an id: enough to tell two pages of one title apart.
fn short(id: store::Id) -> String {
    let text = id.to_string();
    text[text.len() - 6..].to_owned()
}

/// An identifier as XML wants it.
fn xml_id(sort: &str, id: store::Id) -> String {
    format!("{sort}{}", id.to_string().replace('-', ""))
}

/// Where each file lies in the package: its name, with a number where two have the same.
fn places(files: &[CourseFile]) -> BTreeMap<store::Id, String> {
    let mut taken: HashMap<String, usize> = HashMap::new();
    let mut places = BTreeMap::new();
    for file in files {
        let name = file.name.replace(['/', '\\'], "_");
        let count = taken.entry(name.to_lowercase()).or_default();
        *count += 1;
        let place = if *count == 1 { format!("course/{name}") } else { format!("course/{count}/{name}") };
        places.insert(file.id.0, place);
    }
    places
}

/// The package in memory.
pub async fn export_bytes(db: &Db, files: &Files, course: CourseId) -> Result<Vec<u8>, ExportError> {
    let whole = db.read(move |tx| load(tx, course)).await?;
    let mut bytes: HashMap<String, Vec<u8>> = HashMap::new();
    let originals = whole.originals.iter().flat_map(|original| original.files.0.iter().map(|file| file.hash.clone()));
    let hashes: Vec<String> = whole.files.iter().map(|file| file.hash.clone()).chain(originals).collect();
    for hash in hashes {
        if bytes.contains_key(&hash) {
            continue;
        }
        let Ok(parsed) = hash.parse::<Hash>() else { continue };
        let read = files.read_all(&parsed, PACKAGE_BYTES_MAX).await?;
        bytes.insert(hash, read.to_vec());
    }
    let written = tokio::task::spawn_blocking(move || write(&whole, &bytes)).await;
    written.map_err(std::io::Error::other)?
}

/// Writes the package to a file; an unfinished one is not left behind.
pub async fn export_file(db: &Db, files: &Files, course: CourseId, to: &Path) -> Result<(), ExportError> {
    let bytes = export_bytes(db, files, course).await?;
    let part = to.with_extension("part");
    tokio::fs::write(&part, bytes).await?;
    Ok(tokio::fs::rename(&part, to).await?)
}

fn write(whole: &Whole, bytes: &HashMap<String, Vec<u8>>) -> Result<Vec<u8>, ExportError> {
    let course = &whole.course;
    let settings = CourseSettings {
        identifier: xml_id("c", course.id.0),
        title: Some(course.title.clone()),
        code: Some(course.code.clone()).filter(|code| !code.is_empty()),
        start_at: course.starts.map(|at| Moment { unix_seconds: at.seconds() }),
        end_at: course.ends.map(|at| Moment { unix_seconds: at.seconds() }),
        ..CourseSettings::default()
    };
    let metadata = Metadata {
        title: Some(course.title.clone()),
        description: Some(course.summary.clone()).filter(|summary| !summary.is_empty()),
        language: Some(course.language.clone()),
        ..Metadata::default()
    };
    let mut builder = Builder::new(settings, metadata);
    let mut identifiers: HashSet<&str> = HashSet::new();
    let places = places(&whole.files);
    for file in &whole.files {
        let content =
            FileContent { name: file.name.clone(), tracks: tracks(whole, &places, file), ..FileContent::default() };
        let own = bytes.get(&file.hash).cloned().unwrap_or_default();
        builder.file(&xml_id("f", file.id.0), &places[&file.id.0], content, source(own))?;
    }
    for item in &whole.items {
        let id = xml_id("r", item.id.0);
        if let Some((slug, html)) = whole.pages.get(&item.id) {
            let package_page = PackagePage {
                title: item.title.clone(),
                body: addressed(whole, &places, html),
                slug: slug.clone(),
                ..PackagePage::default()
            };
            builder.page(&id, Some(item.published_at.is_some()), &package_page)?;
        }
        if let Some(url) = whole.links.get(&item.id) {
            builder.web_link(&id, &WebLink { title: item.title.clone(), url: url.clone(), ..WebLink::default() })?;
        }
    }
    // Two packages may have used the same identifiers and paths: each goes out once.
    let mut taken: HashSet<&str> = HashSet::new();
    for original in whole.originals.iter().filter(|original| identifiers.insert(original.identifier.as_str())) {
        for file in &original.files.0 {
            if taken.insert(&file.path) {
                builder.bytes(&file.path, bytes.get(&file.hash).cloned().unwrap_or_default())?;
            }
        }
        builder.original(Original {
            identifier: original.identifier.clone(),
            kind: original.r#type.clone(),
            href: original.href.clone(),
            files: original.files.0.iter().map(|file| file.path.clone()).collect(),
            inline: original.inline.clone().map(String::into_bytes),
            ..Original::default()
        });
    }
    builder.modules(whole.modules.iter().map(|module| module_node(whole, module)).collect());
    Ok(builder.write(Cursor::new(Vec::new()))?.into_inner())
}

/// The captions of a clip.
fn tracks(whole: &Whole, places: &BTreeMap<store::Id, String>, clip: &CourseFile) -> Vec<PackageTrack> {
    let shows = |item: &&ItemId| whole.shown.get(*item).is_some_and(|shown| shown.id == clip.id);
    let Some(tracks) = whole.tracks.keys().find(shows).and_then(|item| whole.tracks.get(item)) else {
        return Vec::new();
    };
    let track = |(language, file): &(String, store::Id)| {
        Some(PackageTrack {
            kind: "subtitles".to_owned(),
            language: language.clone(),
            resource: Some(xml_id("f", *file)),
            path: Some(format!("web_resources/{}", places.get(file)?)),
            text: None,
        })
    };
    tracks.iter().filter_map(track).collect()
}

fn module_node(whole: &Whole, module: &Module) -> Node {
    let id = |module: ModuleId| xml_id("m", module.0);
    let own = whole.items.iter().filter(|item| item.module == module.id);
    Node {
        identifier: id(module.id),
        title: module.title.clone(),
        published: Some(module.published_at.is_some()),
        rules: ModuleRules {
            unlock_at: module.unlock_at.map(|at| Moment { unix_seconds: at.seconds() }),
            sequential: module.sequential,
            prerequisites: module.needs.0.iter().map(|need| id(*need)).collect(),
            requirement_count: (module.requirement == ModuleRequirement::Some).then_some(module.requirement_count),
        },
        children: own.map(|item| item_node(whole, item)).collect(),
        ..Node::default()
    }
}

fn item_node(whole: &Whole, item: &Item) -> Node {
    let resource = match item.kind.as_str() {
        "page" if whole.pages.contains_key(&item.id) => Some(xml_id("r", item.id.0)),
        "link" if whole.links.contains_key(&item.id) => Some(xml_id("r", item.id.0)),
        "file" | "video" => whole.shown.get(&item.id).map(|file| xml_id("f", file.id.0)),
        _ => None,
    };
    let requirement = match item.completion {
        Completion::View => Some(Requirement::View),
        Completion::Mark => Some(Requirement::MarkDone),
        Completion::None => None,
    };
    Node {
        identifier: xml_id("i", item.id.0),
        title: item.title.clone(),
        requirement: requirement.filter(|_| resource.is_some()),
        resource,
        indent: u32::from(item.indent),
        published: Some(item.published_at.is_some()),
        ..Node::default()
    }
}

/// A page's HTML with the addresses that packages use.
fn addressed(whole: &Whole, places: &BTreeMap<store::Id, String>, html: &str) -> String {
    let start = format!("/courses/{}", whole.course.id);
    rewrite_links(html, |_, address| {
        let (address, fragment) = match address.split_once('#') {
            Some((address, fragment)) => (address, format!("#{fragment}")),
            None => (address, String::new()),
        };
        let rest = address.strip_prefix(start.as_str())?;
        if let Some(id) = rest.strip_prefix("/items/") {
            let id: ItemId = id.parse().ok()?;
            if let Some((slug, _)) = whole.pages.get(&id) {
                return Some(format!("{}{fragment}", page_address(slug)));
            }
            if let Some(file) = whole.shown.get(&id) {
                return places.get(&file.id.0).map(|place| file_address(place));
            }
            return Some(whole.links.get(&id).cloned().unwrap_or_else(course_address));
        }
        if let Some(file) = rest.strip_prefix("/files/") {
            let id: store::Id = file.split('/').next()?.parse().ok()?;
            return places.get(&id).map(|place| file_address(place));
        }
        Some(course_address())
    })
}
