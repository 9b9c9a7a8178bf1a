//! Does what a plan says.

use std::collections::{BTreeMap, HashMap};
use std::fs::File;
use std::io::BufReader;
use std::path::Path;

use bytes::Bytes;
use cartridge::{Limits as PackageLimits, Package};
use courses::course::Settings;
use courses::{Course, CourseId};
use files::{Files, Limits, Stored};
use materials::course_file::{CourseFile, NewFile};
use materials::page::Body;
use materials::video::{Track, cues};
use materials::{FileId, course_file, file, link, page, video};
use outline::release::{Condition, Node, Tree};
use outline::{Item, ItemId, Module, ModuleId, ModuleSettings, NewItem, Requirement};
use people::{PersonId, UnitId};
use sha2::{Digest, Sha256};
use store::{Db, Id, Time, Tx, params, sql};
use web::{Page, word};

use crate::extra::{self, Extra};
use crate::kept::{Original, OriginalFile};
use crate::plan::{Plan, PlannedContent, PlannedItem, PlannedModule, Words, plan};
use crate::report::{Fate, Note};
use crate::{ImportError, PACKAGE_BYTES_MAX, Report};

/// The largest caption file that is read for its lines, in bytes.
const CAPTIONS_BYTES_MAX: u64 = 4 << 20;

/// A package, of which no more than what is looked at is in memory, with its plan.
pub(crate) struct Read {
    package: Package<BufReader<File>>,
    pub(crate) plan: Plan,
}

impl std::fmt::Debug for Read {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Read").field("plan", &self.plan).finish_non_exhaustive()
    }
}

/// Reads a package and plans what becomes of it.
pub(crate) fn read(file: File, words: &Words) -> Result<Read, ImportError> {
    if file.metadata()?.len() > PACKAGE_BYTES_MAX {
        return Err(files::FilesError::TooLarge { limit: PACKAGE_BYTES_MAX }.into());
    }
    let mut package = Package::open(BufReader::new(file), &PackageLimits::default())?;
    let course = package.cartridge()?;
    let is_extra = package.size(extra::PATH).is_some_and(|bytes| bytes <= extra::BYTES_MAX);
    let extra = if is_extra { Extra::read(&package.read(extra::PATH)?) } else { None };
    Ok(Read { plan: plan(&course, extra.as_ref(), words), package })
}

/// The texts that a plan needs, in a language.
pub(crate) fn words(lang: &str) -> Words {
    let page = Page::stranger(lang, Time::from_seconds(0));
    Words {
        untitled: page.t(word!("exchange-untitled")),
        more: page.t(word!("exchange-more")),
        start: page.t(word!("exchange-start-module")),
    }
}

/// What would become of a package: nothing is written.
pub fn try_file(path: &Path) -> Result<Report, ImportError> {
    Ok(read(File::open(path)?, &words("en"))?.plan.report)
}

/// Takes a package over: into a course, or as a new draft in the first unit.
pub async fn import_file(
    db: &Db,
    files: &Files,
    path: &Path,
    by: PersonId,
    into: Option<CourseId>,
) -> Result<(CourseId, Report), ImportError> {
    let path = path.to_owned();
    let read = blocking(move || read(File::open(&path)?, &words("en"))).await?;
    let unit = match into {
        Some(_) => None,
        None => db.read(people::unit::tree).await?.first().map(|unit| unit.id),
    };
    let target = match (into, unit) {
        (Some(course), _) => Target::Course(course),
        (None, Some(unit)) => Target::New { unit, title: None },
        (None, None) => return Err(ImportError::NoUnit),
    };
    let kept = keep_files(files, read, |_, _| std::future::ready(Ok(()))).await?;
    db.write(move |tx| {
        let course = target.course(tx, &kept.plan, by)?;
        let report = apply(tx, course, &kept, matches!(target, Target::New { .. }), by)?;
        Ok((course, report))
    })
    .await
}

pub(crate) async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, ImportError> + Send + 'static,
) -> Result<T, ImportError> {
    match tokio::task::spawn_blocking(work).await {
        Ok(done) => done,
        Err(e) => Err(std::io::Error::other(e).into()),
    }
}

/// Where a package goes.
#[derive(Clone, Debug)]
pub(crate) enum Target {
    /// Into this course.
    Course(CourseId),
    /// Into a new draft.
    New { unit: UnitId, title: Option<String> },
}

impl Target {
    pub(crate) fn course(&self, tx: &mut Tx<'_>, plan: &Plan, by: PersonId) -> store::Result<CourseId> {
        let (unit, title) = match self {
            Self::Course(course) => return Ok(*course),
            Self::New { unit, title } => (*unit, title.as_deref().unwrap_or(&plan.course.title)),
        };
        let institution = people::institution::find(tx)?;
        let zone = institution.as_ref().map_or("UTC", |institution| institution.zone.as_str()).to_owned();
        let own = institution.map_or_else(|| "en".to_owned(), |institution| institution.locale);
        let plain = Settings::new(unit, title, &own, &zone);
        let told = &plan.course;
        let mut settings = Settings {
            code: told.code.clone(),
            summary: told.summary.clone(),
            about: told.about.as_ref().map(|(about, _)| about.clone()).unwrap_or_default(),
            language: told.language.as_deref().map_or_else(|| own.clone(), language_tag),
            starts: told.starts_seconds.map(Time::from_seconds),
            ends: told.ends_seconds.map(Time::from_seconds),
            licence: told.licence.unwrap_or(plain.licence),
            hue: told.hue.unwrap_or(plain.hue),
            layout: if told.weeks == Some(true) { courses::course::Layout::Weeks } else { plain.layout },
            ..plain.clone()
        };
        // What a package says wrongly (an end before the beginning) is as if it had not said it.
        for fault in settings.faults() {
            match fault.field {
                "language" => settings.language.clone_from(&own),
                "ends" => settings.ends = None,
                "hue" => settings.hue = plain.hue,
                "summary" => settings.summary.clear(),
                "about" => settings.about.clear(),
                "code" => settings.code.clear(),
                _ => {}
            }
        }
        Ok(Course::create(tx, &settings, by)?.id)
    }
}

/// `en_US` and `EN` as `en-US` and `en`.
fn language_tag(tag: &str) -> String {
    let mut parts = tag.trim().split(['-', '_']);
    let language = parts.next().unwrap_or_default().to_ascii_lowercase();
    std::iter::once(language).chain(parts.map(str::to_owned)).collect::<Vec<_>>().join("-")
}

/// A plan whose files are kept: nothing names them yet, so that an import that ends here leaves no trace in a course.
#[derive(Debug)]
pub(crate) struct Kept {
    pub(crate) plan: Plan,
    files: HashMap<String, Stored>,
    captions: HashMap<String, String>,
}

/// Puts every file that the plan needs into the store; `tell` hears how many of how many are done.
pub(crate) async fn keep_files<Fut>(
    files: &Files,
    read: Read,
    tell: impl Fn(u64, u64) -> Fut,
) -> Result<Kept, ImportError>
where
    Fut: Future<Output = Result<(), ImportError>>,
{
    let Read { mut package, mut plan } = read;
    let mut wanted: Vec<String> = plan.files.iter().cloned().collect();
    wanted.extend(plan.originals.iter().flat_map(|original| original.files.iter().cloned()));
    wanted.sort();
    wanted.dedup();
    let all = wanted.len() as u64;
    let mut made = std::mem::take(&mut plan.made);
    let mut kept = Kept { plan, files: HashMap::new(), captions: HashMap::new() };
    for (number, path) in wanted.into_iter().enumerate() {
        let bytes = match made.remove(&path) {
            Some(bytes) => bytes,
            None => {
                let asked = path.clone();
                let (back, bytes) = blocking(move || {
                    let bytes = package.read(&asked)?;
                    Ok((package, bytes))
                })
                .await?;
                package = back;
                bytes
            }
        };
        if path.to_ascii_lowercase().ends_with(".vtt") && bytes.len() as u64 <= CAPTIONS_BYTES_MAX {
            kept.captions.insert(path.clone(), String::from_utf8_lossy(&bytes).into_owned());
        }
        let stored = files.put_bytes(Bytes::from(bytes), &Limits { bytes_max: u64::MAX }).await?;
        kept.files.insert(path, stored);
        tell(number as u64 + 1, all).await?;
    }
    Ok(kept)
}

/// Makes it all, in the caller's transaction. Answers what became of each part.
pub(crate) fn apply(
    tx: &mut Tx<'_>,
    course: CourseId,
    kept: &Kept,
    is_new: bool,
    by: PersonId,
) -> store::Result<Report> {
    // One import at a time for each course: two that run together would make everything twice.
    tx.value::<CourseId>(sql!("select id from course where id = ?1 for update"), params![course])?;
    let mut run = Run { course, kept, by, report: kept.plan.report.clone(), files: BTreeMap::new() };
    if !is_new {
        run.settings(tx)?;
    }
    run.files(tx)?;
    let known = run.known(tx)?;
    let modules = run.modules(tx, &known)?;
    let items = run.items(tx, &known, &modules)?;
    run.conditions(tx, &known, &items, &modules)?;
    for (item, planned) in &items {
        let is_known = known.items.contains_key(&planned.source);
        run.content(tx, item, planned, is_known)?;
    }
    run.originals(tx)?;
    Ok(run.report)
}

/// What is there already, by source; with true where a teacher has taken it out since.
struct Known {
    modules: HashMap<String, (ModuleId, bool)>,
    items: HashMap<String, (ItemId, bool)>,
}

struct Run<'k> {
    course: CourseId,
    kept: &'k Kept,
    by: PersonId,
    report: Report,
    /// Files by their path in the package; none where a teacher has taken it out.
    files: BTreeMap<String, FileId>,
}

impl<'k> Run<'k> {
    fn set(&mut self, entry: usize, fate: Fate, note: Option<&str>) {
        let entry = &mut self.report.entries[entry];
        entry.fate = fate;
        if fate == Fate::Same {
            entry.notes.clear();
        }
        entry.notes.extend(note.map(Note::plain));
    }

    /// A course that is there keeps its settings; one without a syllabus gets that of the package.
    fn settings(&mut self, tx: &mut Tx<'_>) -> store::Result<()> {
        let told = &self.kept.plan.course;
        self.set(told.entry, Fate::Same, Some("own-settings"));
        let Some((about, entry)) = &told.about else { return Ok(()) };
        let mut course = Course::find(tx, self.course)?;
        if course.about == *about {
            self.set(*entry, Fate::Same, None);
        } else if course.about.trim().is_empty() {
            let settings = Settings { about: about.clone(), ..course.settings() };
            course.change(tx, &settings, self.by)?;
        } else {
            self.set(*entry, Fate::Left, Some("edited"));
        }
        Ok(())
    }

    /// Names every file in the course. One that the course has already, with the same name and the same bytes, is that
    /// one.
    fn files(&mut self, tx: &mut Tx<'_>) -> store::Result<()> {
        let all = course_file::with_deleted(tx, self.course)?;
        let by_path: HashMap<&str, &CourseFile> =
            all.iter().filter_map(|file| Some((file.path.as_deref()?, file))).collect();
        let by_bytes: HashMap<(&str, &str), &CourseFile> =
            all.iter().map(|file| ((file.name.as_str(), file.hash.as_str()), file)).collect();
        for path in &self.kept.plan.files {
            let Some(stored) = self.kept.files.get(path) else { continue };
            let planned = self.kept.plan.library.iter().find(|file| file.path == *path);
            let own = format!("{}/{path}", self.kept.plan.mark);
            let hash = stored.hash.to_string();
            let name = planned.map_or_else(|| path.rsplit('/').next().unwrap_or(path), |file| file.name.as_str());
            let before = by_path.get(own.as_str()).or_else(|| by_bytes.get(&(name, hash.as_str())));
            if let Some(before) = before {
                let fate = match (before.deleted_at, before.hash == hash) {
                    (Some(_), _) => Some((Fate::Left, Some("taken-out"))),
                    (None, true) => Some((Fate::Same, None)),
                    (None, false) => None,
                };
                if let Some(planned) = planned.filter(|_| fate.is_some()) {
                    let (fate, note) = fate.unwrap_or((Fate::Same, None));
                    self.set(planned.entry, fate, note);
                }
                if fate.is_some() {
                    if before.deleted_at.is_none() {
                        self.files.insert(path.clone(), before.id);
                    }
                    continue;
                }
            }
            let new =
                NewFile { name, path: Some(&own), hash: &hash, media_type: &stored.media_type, size: stored.size };
            let id = course_file::add(tx, self.course, &new, self.by)?;
            if planned.is_some_and(|file| file.locked) && before.is_none() {
                course_file::lock(tx, self.course, id, self.by)?;
            }
            if let Some(planned) = planned.filter(|_| before.is_some()) {
                self.set(planned.entry, Fate::Changed, Some("updated"));
            }
            self.files.insert(path.clone(), id);
        }
        Ok(())
    }

    /// What an earlier import made. A package that was made of this very course names its modules and items by their
    /// ids.
    fn known(&self, tx: &mut Tx<'_>) -> store::Result<Known> {
        let modules: Vec<(Option<String>, ModuleId, Option<Time>)> =
            tx.all(sql!("select source, id, deleted_at from module where course = ?1"), params![self.course])?;
        let items: Vec<(Option<String>, ItemId, Option<Time>)> = tx.all(
            sql!(
                "select i.source, i.id, coalesce(i.deleted_at, m.deleted_at) as deleted_at
                 from item i join module m on m.id = i.module where i.course = ?1"
            ),
            params![self.course],
        )?;
        let mut known = Known { modules: HashMap::new(), items: HashMap::new() };
        let plan = &self.kept.plan;
        let is_own = plan.own == crate::export::xml_id("c", self.course.0);
        for (source, id, gone) in modules {
            if is_own {
                let own = format!("{}.m.{}", plan.mark, crate::export::xml_id("m", id.0));
                known.modules.insert(own, (id, gone.is_some()));
            }
            known.modules.extend(source.map(|source| (source, (id, gone.is_some()))));
        }
        for (source, id, gone) in items {
            if is_own {
                let own = format!("{}.i.{}", plan.mark, crate::export::xml_id("i", id.0));
                known.items.insert(own, (id, gone.is_some()));
            }
            known.items.extend(source.map(|source| (source, (id, gone.is_some()))));
        }
        Ok(known)
    }

    fn modules(&mut self, tx: &mut Tx<'_>, known: &Known) -> store::Result<HashMap<&'k str, ModuleId>> {
        let mut made: HashMap<&str, ModuleId> = HashMap::new();
        let mut fresh: Vec<&PlannedModule> = Vec::new();
        for module in &self.kept.plan.modules {
            let id = match known.modules.get(&module.source) {
                Some((id, gone)) => {
                    self.set(module.entry, Fate::Same, gone.then_some("taken-out"));
                    *id
                }
                None => {
                    fresh.push(module);
                    Module::add(tx, self.course, &module.title, Some(&module.source), self.by)?
                }
            };
            made.insert(&module.source, id);
        }
        for module in fresh {
            let row = Module::find(tx, self.course, made[module.source.as_str()])?;
            let settings = ModuleSettings {
                title: module.title.clone(),
                unlock_at: module.unlock_seconds.map(Time::from_seconds),
                needs: module.needs.iter().filter_map(|source| made.get(source.as_str()).copied()).collect(),
                requirement: if module.count.is_some() { Requirement::Some } else { Requirement::All },
                requirement_count: module.count.unwrap_or(1).max(1),
                sequential: module.sequential,
            };
            row.change(tx, &settings, self.by)?;
            if module.published {
                row.publish(tx, self.by)?;
            }
        }
        Ok(made)
    }

    /// All items before any content: pages link to later ones.
    fn items(
        &mut self,
        tx: &mut Tx<'_>,
        known: &Known,
        modules: &HashMap<&str, ModuleId>,
    ) -> store::Result<Vec<(Item, &'k PlannedItem)>> {
        let mut items = Vec::new();
        for module in &self.kept.plan.modules {
            for planned in &module.items {
                match known.items.get(&planned.source) {
                    Some((_, true)) => self.set(planned.entry, Fate::Left, Some("taken-out")),
                    Some((id, false)) => {
                        // A heading has no content that would tell.
                        if planned.content == PlannedContent::Heading {
                            self.set(planned.entry, Fate::Same, None);
                        }
                        items.push((Item::find(tx, self.course, *id)?, planned));
                    }
                    None => items.push((self.new_item(tx, planned, modules[module.source.as_str()])?, planned)),
                }
            }
        }
        Ok(items)
    }

    fn new_item(&self, tx: &mut Tx<'_>, planned: &PlannedItem, module: ModuleId) -> store::Result<Item> {
        let new = NewItem {
            module,
            kind: planned.content.kind(),
            title: &planned.title,
            indent: planned.indent,
            completion: planned.completion,
            source: Some(&planned.source),
        };
        let item = Item::add(tx, self.course, &new, self.by)?;
        let mut settings = item.settings();
        settings.minutes = planned.minutes;
        settings.due_at = planned.due_seconds.map(Time::from_seconds);
        settings.unlock_at = planned.unlock_seconds.map(Time::from_seconds);
        settings.lock_at = planned.lock_seconds.map(Time::from_seconds);
        let says_more = settings.minutes > 0
            || settings.due_at.is_some()
            || settings.unlock_at.is_some()
            || settings.lock_at.is_some();
        if says_more {
            item.change(tx, &settings, self.by)?;
        }
        if planned.published {
            item.publish(tx, self.by)?;
        }
        Item::find(tx, self.course, item.id)
    }

    /// Conditions of new items, once every item that they may name is there.
    fn conditions(
        &mut self,
        tx: &mut Tx<'_>,
        known: &Known,
        items: &[(Item, &PlannedItem)],
        modules: &HashMap<&str, ModuleId>,
    ) -> store::Result<()> {
        let was = |identifier: &str, sort: &str| identifier.strip_prefix(sort).and_then(|id| id.parse::<Id>().ok());
        let new_items: HashMap<Id, ItemId> =
            items.iter().filter_map(|(item, planned)| Some((was(&planned.identifier, "i")?, item.id))).collect();
        let planned = self.kept.plan.modules.iter();
        let new_modules: HashMap<Id, ModuleId> = planned
            .filter_map(|module| Some((was(&module.identifier, "m")?, *modules.get(module.source.as_str())?)))
            .collect();
        for (item, planned) in items.iter().filter(|(_, planned)| !known.items.contains_key(&planned.source)) {
            let Some(release) = &planned.release else { continue };
            let release = translated(release, &new_items, &new_modules);
            let settings = outline::ItemSettings { release: Some(release), ..item.settings() };
            item.change(tx, &settings, self.by)?;
        }
        Ok(())
    }

    fn content(&mut self, tx: &mut Tx<'_>, item: &Item, planned: &PlannedItem, is_known: bool) -> store::Result<()> {
        if item.kind != planned.content.kind() {
            self.set(planned.entry, Fate::Left, Some("edited"));
            return Ok(());
        }
        match &planned.content {
            PlannedContent::Heading => {}
            // A page without words is one that nobody has written yet.
            PlannedContent::Markdown(text) | PlannedContent::Html(text) if text.trim().is_empty() => {
                if is_known {
                    let is_empty = page::latest(tx, item.id)?.is_none();
                    let (fate, note) = if is_empty { (Fate::Same, None) } else { (Fate::Left, Some("edited")) };
                    self.set(planned.entry, fate, note);
                }
            }
            PlannedContent::Markdown(text) => self.page(tx, item, planned, &Body::Markdown(text.clone()))?,
            PlannedContent::Html(html) => self.page(tx, item, planned, &Body::Html(html.clone()))?,
            PlannedContent::Link(url, opens) => {
                if link::find(tx, item.id)?.is_none() {
                    link::write(tx, item, url, *opens, self.by)?;
                } else {
                    self.set(planned.entry, Fate::Same, None);
                }
            }
            PlannedContent::File(path) => match (file::chosen(tx, item.id)?, self.files.get(path)) {
                (None, Some(id)) => file::write(tx, item, *id, self.by)?,
                (Some(_), _) => self.set(planned.entry, Fate::Same, None),
                (None, None) => self.set(planned.entry, Fate::Left, Some("missing")),
            },
            PlannedContent::Video(path, tracks) => match (video::chosen(tx, item.id)?, self.files.get(path)) {
                (None, Some(id)) => {
                    let track = |(language, path): &(String, String)| {
                        let language = if language.is_empty() { "en".to_owned() } else { language.clone() };
                        let text = self.kept.captions.get(path)?;
                        Some(Track { language, file: *self.files.get(path)?, cues: cues(text) })
                    };
                    let tracks: Vec<Track> = tracks.iter().filter_map(track).collect();
                    video::write(tx, item, *id, &tracks, self.by)?;
                }
                (Some(_), _) => self.set(planned.entry, Fate::Same, None),
                (None, None) => self.set(planned.entry, Fate::Left, Some("missing")),
            },
        }
        Ok(())
    }

    /// A page gets a new version where the package changed and nobody else has.
    fn page(&mut self, tx: &mut Tx<'_>, item: &Item, planned: &PlannedItem, body: &Body) -> store::Result<()> {
        let source = match body {
            Body::Markdown(text) | Body::Html(text) => text,
        };
        let digest = digest(source);
        let before: Option<(i64, String)> =
            tx.maybe(sql!("select version, digest from imported_page where item = ?1"), params![item.id])?;
        let latest = page::latest(tx, item.id)?;
        match (before, &latest) {
            (Some((_, written)), _) if written == digest => {
                self.set(planned.entry, Fate::Same, None);
                return Ok(());
            }
            (Some((version, _)), Some(latest)) if latest.number == version => {
                self.set(planned.entry, Fate::Changed, Some("updated"));
            }
            // Written here: either the package was made of it, or somebody's text stays.
            (_, Some(latest)) => {
                let is_same = page::shown(tx, item.course, body)? == latest.html;
                let (fate, note) = if is_same { (Fate::Same, None) } else { (Fate::Left, Some("edited")) };
                self.set(planned.entry, fate, note);
                return Ok(());
            }
            (_, None) => {}
        }
        let version = page::write(tx, item, body, self.by)?;
        tx.execute(
            sql!(
                "insert into imported_page (item, version, digest) values (?1, ?2, ?3)
                 on conflict (item) do update set version = excluded.version, digest = excluded.digest"
            ),
            params![item.id, version, digest],
        )?;
        Ok(())
    }

    fn originals(&mut self, tx: &mut Tx<'_>) -> store::Result<()> {
        for (position, original) in self.kept.plan.originals.iter().enumerate() {
            let file = |path: &String| {
                let stored = self.kept.files.get(path)?;
                Some(OriginalFile { path: path.clone(), hash: stored.hash.to_string(), size: stored.size })
            };
            let files: Vec<OriginalFile> = original.files.iter().filter_map(file).collect();
            Original::keep(tx, self.course, original, &files, position)?;
        }
        Ok(())
    }
}

/// The tree with the ids of this course. A condition whose object is not here is left out, and so is one on a section:
/// sections are those of the other course.
fn translated(tree: &Tree, items: &HashMap<Id, ItemId>, modules: &HashMap<Id, ModuleId>) -> Tree {
    let of = tree.of.iter().filter_map(|node| match node {
        Node::Group(inner) => Some(Node::Group(translated(inner, items, modules))),
        Node::Unknown(_) => None,
        Node::Condition(condition) => Some(Node::Condition(match condition {
            Condition::Done { item } => Condition::Done { item: *items.get(&item.0)? },
            Condition::NotDone { item } => Condition::NotDone { item: *items.get(&item.0)? },
            Condition::ModuleDone { module } => Condition::ModuleDone { module: *modules.get(&module.0)? },
            Condition::Section { .. } => return None,
            Condition::From { .. } | Condition::Until { .. } => condition.clone(),
        })),
    });
    Tree { of: of.collect(), ..tree.clone() }
}

fn digest(text: &str) -> String {
    Sha256::digest(text.as_bytes()).iter().take(16).map(|byte| format!("{byte:02x}")).collect()
}
