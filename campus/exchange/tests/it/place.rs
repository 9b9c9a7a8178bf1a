//! A database, a place for files and somebody who imports.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use courses::{Course, CourseId};
use exchange::{Report, export_file, import_file};
use files::{Files, FilesConfig};
use materials::{file, link, page, video};
use outline::{Item, Module};
use people::PersonId;
use store::{Db, Tx};

pub(crate) struct Place {
    pub(crate) db: Db,
    pub(crate) files: Files,
    pub(crate) by: PersonId,
    pub(crate) dir: tempfile::TempDir,
}

impl Place {
    pub(crate) async fn new(db: Db) -> Self {
        let dir = tempfile::tempdir().unwrap();
        let files = Files::open(&FilesConfig::Disk { dir: dir.path().join("files") }).unwrap();
        let by = db
            .write(|tx| {
                courses::testing::seed(tx)?;
                people::testing::unit(tx, "Biology", None)?;
                people::testing::person(tx, "Sofia")
            })
            .await
            .unwrap();
        Self { db, files, by, dir }
    }

    pub(crate) async fn import(&self, path: &Path, into: Option<CourseId>) -> (CourseId, Report) {
        let done = import_file(&self.db, &self.files, path, self.by, into).await;
        done.unwrap_or_else(|error| panic!("{}: {error}", path.display()))
    }

    pub(crate) async fn export(&self, course: CourseId, name: &str) -> PathBuf {
        let out = self.dir.path().join(name);
        export_file(&self.db, &self.files, course, &out).await.unwrap();
        out
    }

    pub(crate) fn write(&self, name: &str, bytes: &[u8]) -> PathBuf {
        let path = self.dir.path().join(name);
        std::fs::write(&path, bytes).unwrap();
        path
    }

    /// Rows that an import makes, of all courses together.
    pub(crate) async fn rows(&self) -> [i64; 6] {
        self.db
            .read(|tx| {
                Ok::<_, store::Error>([
                    tx.value(store::sql!("select cast(count(*) as bigint) from course"), store::params![])?,
                    tx.value(store::sql!("select cast(count(*) as bigint) from module"), store::params![])?,
                    tx.value(store::sql!("select cast(count(*) as bigint) from item"), store::params![])?,
                    tx.value(store::sql!("select cast(count(*) as bigint) from page_version"), store::params![])?,
                    tx.value(store::sql!("select cast(count(*) as bigint) from course_file"), store::params![])?,
                    tx.value(store::sql!("select cast(count(*) as bigint) from original"), store::params![])?,
                ])
            })
            .await
            .unwrap()
    }

    /// The outline as text: modules, items with kind, depth and state, and the words of each page.
    pub(crate) async fn outline(&self, course: CourseId) -> Vec<String> {
        self.db
            .read(move |tx| {
                let mut out = Vec::new();
                let items = Item::of_course(tx, course)?;
                for module in Module::of_course(tx, course)? {
                    out.push(format!("{} {}", module.title, module.published_at.is_some()));
                    for item in items.iter().filter(|item| item.module == module.id) {
                        let text = page::latest(tx, item.id)?.map(|version| text::html::visible_text(&version.html));
                        let state = (item.indent, item.published_at.is_some(), item.completion);
                        out.push(format!("  {} {} {state:?} {}", item.kind, item.title, text.unwrap_or_default()));
                    }
                }
                Ok::<_, store::Error>(out)
            })
            .await
            .unwrap()
    }

    /// Everything that is said of a course, with names in place of ids.
    pub(crate) async fn whole(&self, course: CourseId) -> Vec<String> {
        self.db.read(move |tx| whole(tx, course)).await.unwrap()
    }

    /// Addresses within pages of the course that lead to nothing.
    pub(crate) async fn dead_ends(&self, course: CourseId) -> Vec<String> {
        self.db
            .read(move |tx| {
                let items = Item::of_course(tx, course)?;
                let known: BTreeSet<String> =
                    items.iter().map(|item| format!("/courses/{course}/items/{}", item.id)).collect();
                let files: BTreeSet<String> = materials::course_file::all(tx, course)?
                    .iter()
                    .map(|file| format!("/courses/{course}/files/{}", file.id))
                    .collect();
                let mut dead = Vec::new();
                for item in &items {
                    let Some(version) = page::latest(tx, item.id)? else { continue };
                    text::html::rewrite_links(&version.html, |_, address| {
                        let plain = address.split(['#', '?']).next().unwrap();
                        let outside = ["http://", "https://", "mailto:", "tel:"];
                        let is_alive = plain.is_empty()
                            || outside.iter().any(|start| plain.starts_with(start))
                            || plain == format!("/courses/{course}")
                            || known.contains(plain)
                            || plain.rsplit_once('/').is_some_and(|(file, _)| files.contains(file));
                        if !is_alive {
                            dead.push(format!("{}: {address}", item.title));
                        }
                        None
                    });
                }
                Ok::<_, store::Error>(dead)
            })
            .await
            .unwrap()
    }
}

fn whole(tx: &mut Tx<'_>, id: CourseId) -> store::Result<Vec<String>> {
    let course = Course::find(tx, id)?;
    let items = Item::of_course(tx, id)?;
    let modules = Module::of_course(tx, id)?;
    let files = materials::course_file::all(tx, id)?;
    let mut names: BTreeMap<String, String> = BTreeMap::from([(id.to_string(), "COURSE".to_owned())]);
    names.extend(items.iter().map(|item| (item.id.to_string(), format!("item {}", item.title))));
    names.extend(modules.iter().map(|module| (module.id.to_string(), format!("module {}", module.title))));
    names.extend(files.iter().map(|file| (file.id.to_string(), format!("file {}", file.name))));
    let mut out = vec![format!(
        "{:?}",
        (&course.title, &course.code, &course.summary, &course.about, course.hue, &course.language, course.licence)
    )];
    out.push(format!("{:?}", (course.starts, course.ends, course.layout)));
    for module in &modules {
        let rules = (module.unlock_at, module.sequential, module.requirement, module.requirement_count);
        out.push(format!("{} {} {rules:?} {:?}", module.title, module.published_at.is_some(), module.needs.0));
        for item in items.iter().filter(|item| item.module == module.id) {
            let state = (item.indent, item.published_at.is_some(), item.completion, item.minutes);
            let dates = (item.due_at, item.unlock_at, item.lock_at);
            let release = item.release.as_ref().map(|release| serde_json::to_string(&release.0).unwrap());
            out.push(format!("  {} {} {state:?} {dates:?} {release:?}", item.kind, item.title));
            let page = page::latest(tx, item.id)?;
            out.extend(page.map(|version| format!("    {:?} {}", version.format, version.html)));
            out.extend(link::find(tx, item.id)?.map(|link| format!("    {link:?}")));
            out.extend(file::chosen(tx, item.id)?.map(|file| format!("    {} {}", file.name, file.hash)));
            if let Some(clip) = video::chosen(tx, item.id)? {
                let tracks = video::tracks(tx, item.id)?;
                let tracks: Vec<_> = tracks.iter().map(|track| (&track.language, &track.name, &track.cues.0)).collect();
                out.push(format!("    {} {tracks:?}", clip.name));
            }
        }
    }
    for file in &files {
        out.push(format!("file {} {} locked {}", file.name, file.hash, file.locked_at.is_some()));
    }
    for original in exchange::kept::Original::of_course(tx, id)? {
        if original.kind != "settings" {
            let files: Vec<&str> = original.files.0.iter().map(|file| file.path.as_str()).collect();
            out.push(format!("kept {} {} {files:?}", original.kind, original.title));
        }
    }
    let named = |line: String| names.iter().fold(line, |line, (id, name)| line.replace(id.as_str(), name));
    Ok(out.into_iter().map(named).collect())
}
