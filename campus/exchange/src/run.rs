//! Does what a plan says.

use std::collections::{BTreeMap, HashMap};
use std::io::Cursor;
use std::path::Path;

use bytes::Bytes;
use cartridge::{Limits as PackageLimits, Package};
use courses::course::Settings;
use courses::{Course, CourseId};
use files::{Files, Limits, Stored};
use materials::course_file::NewFile;
use materials::page::Body;
use materials::video::{Track, cues};
use materials::{FileId, course_file, file, link, page, video};
use outline::{Item, ItemId, Module, ModuleId, ModuleSettings, NewItem, Requirement};
use people::{PersonId, UnitId};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use store::{Db, Json, Time, Tx, params, sql};
use web::{Page, word};

use crate::plan::{Plan, PlannedContent, PlannedItem, PlannedModule, Words, plan};
use crate::report::{Fate, Note};
use crate::{ImportError, OriginalId, PACKAGE_BYTES_MAX, Report};

/// The largest caption file that is read for its lines, in bytes.
const CAPTIONS_BYTES_MAX: u64 = 4 << 20;

/// A package in memory with its plan.
pub(crate) struct Read {
    package: Package<Cursor<Vec<u8>>>,
    pub(crate) plan: Plan,
}

impl std::fmt::Debug for Read {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Read").field("plan", &self.plan).finish_non_exhaustive()
    }
}

/// Reads a package and plans what becomes of it.
pub(crate) fn read(bytes: Vec<u8>, words: &Words) -> Result<Read, ImportError> {
    let mut package = Package::from_bytes(bytes, &PackageLimits::default())?;
    let course = package.cartridge()?;
    Ok(Read { package, plan: plan(&course, words) })
}

/// The texts that a plan needs, in a language.
pub(crate) fn words(lang: &str) -> Words {
    let page = Page::stranger(lang, Time::from_seconds(0));
    Words { untitled: page.t(word!("exchange-untitled")), more: page.t(word!("exchange-more")) }
}

/// What would become of a package: nothing is written.
pub fn try_file(path: &Path) -> Result<Report, ImportError> {
    Ok(read(bytes_of(path)?, &words("en"))?.plan.report)
}

fn bytes_of(path: &Path) -> Result<Vec<u8>, ImportError> {
    if std::fs::metadata(path)?.len() > PACKAGE_BYTES_MAX {
        return Err(files::FilesError::TooLarge { limit: PACKAGE_BYTES_MAX }.into());
    }
    Ok(std::fs::read(path)?)
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
    let read = blocking(move || read(bytes_of(&path)?, &words("en"))).await?;
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
        Ok((course, apply(tx, course, &kept, by)?))
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
            Self::New { unit, title } => (*unit, title.as_deref().unwrap_or(&plan.title)),
        };
        let institution = people::institution::find(tx)?;
        let zone = institution.as_ref().map_or("UTC", |institution| institution.zone.as_str()).to_owned();
        let own = institution.map_or_else(|| "en".to_owned(), |institution| institution.locale);
        let language = plan.language.clone().filter(|tag| (2..=12).contains(&tag.len())).unwrap_or(own);
        let settings = Settings { code: plan.code.clone(), ..Settings::new(unit, title, &language, &zone) };
        Ok(Course::create(tx, &settings, by)?.id)
    }
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
    let Read { mut package, plan } = read;
    let mut wanted: Vec<String> = plan.files.iter().cloned().collect();
    wanted.extend(plan.originals.iter().flat_map(|original| original.files.clone()));
    wanted.sort();
    wanted.dedup();
    let all = wanted.len() as u64;
    let mut kept = Kept { plan, files: HashMap::new(), captions: HashMap::new() };
    for (number, path) in wanted.into_iter().enumerate() {
        let asked = path.clone();
        let (back, bytes) = blocking(move || {
            let bytes = package.read(&asked)?;
            Ok((package, bytes))
        })
        .await?;
        package = back;
        if path.to_ascii_lowercase().ends_with(".vtt") && bytes.len() as u64 <= CAPTIONS_BYTES_MAX {
            kept.captions.insert(path.clone(), String::from_utf8_lossy(&bytes).into_owned());
        }
        let stored = files.put_bytes(Bytes::from(bytes), &Limits { bytes_max: u64::MAX }).await?;
        kept.files.insert(path, stored);
        tell(number as u64 + 1, all).await?;
    }
    Ok(kept)
}

/// A file of an original, as it is kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct OriginalFile {
    pub(crate) path: String,
    pub(crate) hash: String,
    pub(crate) size: u64,
}

/// Makes it all, in the caller's transaction. Answers what became of each part.
pub(crate) fn apply(tx: &mut Tx<'_>, course: CourseId, kept: &Kept, by: PersonId) -> store::Result<Report> {
    // One import at a time for each course: two that run together would make everything twice.
    tx.value::<CourseId>(sql!("select id from course where id = ?1 for update"), params![course])?;
    let mut run = Run { course, kept, by, report: kept.plan.report.clone(), files: BTreeMap::new() };
    run.files(tx)?;
    let known = known(tx, course)?;
    let modules = run.modules(tx, &known)?;
    let items = run.items(tx, &known, &modules)?;
    for (item, planned) in &items {
        run.content(tx, item, planned)?;
    }
    run.originals(tx)?;
    Ok(run.report)
}

/// What an earlier import made, by source; with true where a teacher has taken it out since.
struct Known {
    modules: HashMap<String, (ModuleId, bool)>,
    items: HashMap<String, (ItemId, bool)>,
}

fn known(tx: &mut Tx<'_>, course: CourseId) -> store::Result<Known> {
    let modules: Vec<(String, ModuleId, Option<Time>)> = tx.all(
        sql!("select source, id, deleted_at from module where course = ?1 and source is not null"),
        params![course],
    )?;
    let items: Vec<(String, ItemId, Option<Time>)> = tx.all(
        sql!(
            "select i.source, i.id, coalesce(i.deleted_at, m.deleted_at) as deleted_at
             from item i join module m on m.id = i.module where i.course = ?1 and i.source is not null"
        ),
        params![course],
    )?;
    Ok(Known {
        modules: modules.into_iter().map(|(source, id, gone)| (source, (id, gone.is_some()))).collect(),
        items: items.into_iter().map(|(source, id, gone)| (source, (id, gone.is_some()))).collect(),
    })
}

struct Run<'k> {
    course: CourseId,
    kept: &'k Kept,
    by: PersonId,
    report: Report,
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

    fn files(&mut self, tx: &mut Tx<'_>) -> store::Result<()> {
        let before: HashMap<String, String> =
            course_file::all(tx, self.course)?.into_iter().filter_map(|file| Some((file.path?, file.hash))).collect();
        for (path, entry) in &self.kept.plan.library {
            let own = format!("{}/{path}", self.kept.plan.mark);
            let new = self.kept.files.get(path).map(|stored| stored.hash.to_string());
            if new.is_some() && before.get(&own) == new.as_ref() {
                self.set(*entry, Fate::Same, None);
            }
        }
        for path in &self.kept.plan.files {
            let Some(stored) = self.kept.files.get(path) else { continue };
            let hash = stored.hash.to_string();
            let own = format!("{}/{path}", self.kept.plan.mark);
            let new = NewFile {
                name: path.rsplit('/').next().unwrap_or(path),
                path: Some(&own),
                hash: &hash,
                media_type: &stored.media_type,
                size: stored.size,
            };
            let id = course_file::add(tx, self.course, &new, self.by)?;
            self.files.insert(path.clone(), id);
        }
        Ok(())
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
                    None => {
                        let new = NewItem {
                            module: modules[module.source.as_str()],
                            kind: planned.content.kind(),
                            title: &planned.title,
                            indent: planned.indent,
                            completion: planned.completion,
                            source: Some(&planned.source),
                        };
                        let item = Item::add(tx, self.course, &new, self.by)?;
                        if planned.published {
                            item.publish(tx, self.by)?;
                        }
                        items.push((item, planned));
                    }
                }
            }
        }
        Ok(items)
    }

    fn content(&mut self, tx: &mut Tx<'_>, item: &Item, planned: &PlannedItem) -> store::Result<()> {
        if item.kind != planned.content.kind() {
            self.set(planned.entry, Fate::Left, Some("edited"));
            return Ok(());
        }
        match &planned.content {
            PlannedContent::Heading => {}
            PlannedContent::Markdown(text) => self.page(tx, item, planned, &Body::Markdown(text.clone()))?,
            PlannedContent::Html(html) => self.page(tx, item, planned, &Body::Html(html.clone()))?,
            PlannedContent::Link(url) => {
                if link::url(tx, item.id)?.is_none() {
                    link::write(tx, item, url, self.by)?;
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
        let latest = page::latest(tx, item.id)?.map(|version| version.number);
        if let Some((version, written)) = before {
            if written == digest {
                self.set(planned.entry, Fate::Same, None);
                return Ok(());
            }
            if latest != Some(version) {
                self.set(planned.entry, Fate::Left, Some("edited"));
                return Ok(());
            }
            self.set(planned.entry, Fate::Changed, Some("updated"));
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
        for original in &self.kept.plan.originals {
            let file = |path: &String| {
                let stored = self.kept.files.get(path)?;
                Some(OriginalFile { path: path.clone(), hash: stored.hash.to_string(), size: stored.size })
            };
            let files: Vec<OriginalFile> = original.files.iter().filter_map(file).collect();
            let (id, now): (OriginalId, Time) = (tx.new_id(), tx.now());
            tx.execute(
                sql!(
                    "insert into original (id, course, source, identifier, kind, type, title, href, files, inline, module,
                                           position, made_at)
                     values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)
                     on conflict (course, source) do update set title = excluded.title, files = excluded.files,
                         inline = excluded.inline, kind = excluded.kind, type = excluded.type, href = excluded.href"
                ),
                params![
                    id,
                    self.course,
                    original.source,
                    original.identifier,
                    original.kind,
                    original.resource_type,
                    original.title,
                    original.href,
                    Json(&files),
                    original.inline,
                    original.module,
                    original.position,
                    now
                ],
            )?;
        }
        Ok(())
    }
}

fn digest(text: &str) -> String {
    Sha256::digest(text.as_bytes()).iter().take(16).map(|byte| format!("{byte:02x}")).collect()
}
