//! A course with all that a package of it needs.

use std::collections::{BTreeMap, HashMap, HashSet};

use courses::{Course, CourseId};
use materials::course_file::{self, CourseFile};
use materials::link::{self, Opens};
use materials::page::{self, Addresses, Format};
use materials::{file, video};
use outline::{Item, ItemId, Module, ModuleId};
use store::{Id, Tx, params, sql};

use crate::kept::Original;

/// The course.
pub(super) struct Whole {
    pub(super) course: Course,
    pub(super) modules: Vec<Module>,
    pub(super) items: Vec<Item>,
    pub(super) files: Vec<CourseFile>,
    /// Where each file lies in the package.
    pub(super) places: BTreeMap<Id, String>,
    pub(super) pages: HashMap<ItemId, PageOut>,
    pub(super) links: HashMap<ItemId, (String, Opens)>,
    pub(super) shown: HashMap<ItemId, CourseFile>,
    pub(super) tracks: HashMap<ItemId, Vec<(String, Id)>>,
    pub(super) originals: Vec<Original>,
    /// Where addresses of pages lead.
    pub(super) addresses: Addresses,
    /// The sources of items and modules that came with a package.
    pub(super) item_sources: HashMap<String, ItemId>,
    pub(super) module_sources: HashMap<String, ModuleId>,
    /// Pages that are as an import wrote them.
    untouched: HashSet<ItemId>,
}

/// A page.
pub(super) struct PageOut {
    pub(super) slug: String,
    pub(super) format: Format,
    pub(super) source: String,
    pub(super) html: String,
}

pub(super) fn load(tx: &mut Tx<'_>, id: CourseId) -> store::Result<Whole> {
    let files = course_file::all(tx, id)?;
    let mut whole = Whole {
        course: Course::find(tx, id)?,
        modules: Module::of_course(tx, id)?,
        items: Item::of_course(tx, id)?,
        places: places(&files),
        files,
        originals: Original::of_course(tx, id)?,
        addresses: page::addresses(tx, id)?,
        item_sources: sources(tx, id)?,
        module_sources: tx
            .all::<(String, ModuleId)>(
                sql!("select source, id from module where course = ?1 and source is not null and deleted_at is null"),
                params![id],
            )?
            .into_iter()
            .collect(),
        untouched: untouched(tx, id)?,
        pages: HashMap::new(),
        links: HashMap::new(),
        shown: HashMap::new(),
        tracks: HashMap::new(),
    };
    for item in &whole.items {
        match item.kind.as_str() {
            "page" => {
                let latest = page::latest(tx, item.id)?;
                if latest.is_none() {
                    // A text that was empty, and still is.
                    whole.untouched.insert(item.id);
                }
                let (format, source, html) = latest
                    .map_or((Format::Markdown, String::new(), String::new()), |version| {
                        (version.format, version.source, version.html)
                    });
                let slug = format!("{}-{}", text::slug(&item.title), short(item.id.0));
                whole.pages.insert(item.id, PageOut { slug, format, source, html });
            }
            "link" => whole.links.extend(link::find(tx, item.id)?.map(|link| (item.id, (link.url, link.opens)))),
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

fn sources(tx: &mut Tx<'_>, course: CourseId) -> store::Result<HashMap<String, ItemId>> {
    let rows: Vec<(String, ItemId)> = tx.all(
        sql!("select source, id from item where course = ?1 and source is not null and deleted_at is null"),
        params![course],
    )?;
    Ok(rows.into_iter().collect())
}

fn untouched(tx: &mut Tx<'_>, course: CourseId) -> store::Result<HashSet<ItemId>> {
    let rows: Vec<ItemId> = tx.values(
        sql!(
            "select p.item from imported_page p join item i on i.id = p.item
             where i.course = ?1 and p.version = (select max(v.number) from page_version v where v.item = p.item)"
        ),
        params![course],
    )?;
    Ok(rows.into_iter().collect())
}

/// The last letters of an id: enough to tell two pages of one title apart.
fn short(id: Id) -> String {
    let text = id.to_string();
    text[text.len() - 6..].to_owned()
}

/// Where each file lies in the package: where it lay in the one that it came from, so that what was kept of that still
/// finds it; else under its name, in a folder with a number where two have the same.
fn places(files: &[CourseFile]) -> BTreeMap<Id, String> {
    let mut taken: HashSet<String> = HashSet::new();
    let mut places = BTreeMap::new();
    for file in files {
        let name = file.name.replace(['/', '\\'], "_");
        let name = if name.chars().all(|c| c == '.') { format!("file{name}") } else { name };
        let numbered = (2..).map(|number| format!("course/{number}/{name}"));
        let wanted = came_from(file).into_iter().chain([format!("course/{name}")]).chain(numbered);
        let place = wanted.into_iter().find(|place| taken.insert(place.to_lowercase())).unwrap_or_default();
        places.insert(file.id.0, place);
    }
    places
}

/// Where a file lay in its package, below the folder of files: its path is that with the mark of the package before it.
fn came_from(file: &CourseFile) -> Option<String> {
    let (mark, path) = file.path.as_deref()?.split_once('/')?;
    let is_mark = mark.len() == 10 && mark.bytes().all(|byte| byte.is_ascii_hexdigit());
    is_mark.then(|| path.strip_prefix("web_resources/").unwrap_or(path).to_owned())
}

impl Whole {
    /// The hashes of all files that the package needs.
    pub(super) fn hashes(&self) -> HashSet<String> {
        let originals =
            self.originals.iter().flat_map(|original| original.files.0.iter().map(|file| file.hash.clone()));
        self.files.iter().map(|file| file.hash.clone()).chain(originals).collect()
    }

    /// What a file is called.
    pub(super) fn name_of(&self, hash: &str) -> String {
        let own = self.files.iter().find(|file| file.hash == hash).map(|file| file.name.clone());
        let kept = || {
            let mut files = self.originals.iter().flat_map(|original| &original.files.0);
            files.find(|file| file.hash == hash).map(|file| file.path.clone())
        };
        own.or_else(kept).unwrap_or_else(|| hash.to_owned())
    }

    /// The assignment of which an item shows the text, where nobody has changed that since: it goes out in its place.
    pub(super) fn assignment_of(&self, item: &Item) -> Option<&Original> {
        if !self.untouched.contains(&item.id) {
            return None;
        }
        self.originals.iter().find(|original| self.is_shown_by(original, item.id))
    }

    fn is_shown_by(&self, original: &Original, item: ItemId) -> bool {
        original.kind == "assignment" && self.shown_by(original).contains(&item)
    }

    /// The items that show the text of an assignment.
    fn shown_by(&self, original: &Original) -> Vec<ItemId> {
        let mark = original.source.split('.').next().unwrap_or_default();
        let places = original.places.0.iter().map(|place| format!("{mark}.i.{}", web::url::encoded(&place.item)));
        let sources = places.chain([original.source.clone()]);
        sources.filter_map(|source| self.item_sources.get(&source).copied()).collect()
    }

    /// Whether an original goes out: an assignment whose text was changed here is the page that shows it.
    pub(super) fn goes_out(&self, original: &Original) -> bool {
        original.kind != "assignment" || {
            let shown = self.shown_by(original);
            shown.is_empty() || shown.iter().any(|item| self.untouched.contains(item))
        }
    }
}
