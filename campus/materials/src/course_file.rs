//! The files of a course: pictures of its pages, documents, clips. One place for all of them, which says where each is
//! used (S-004, S-026).

use std::collections::{BTreeMap, BTreeSet};

use courses::CourseId;
use outline::ItemId;
use people::PersonId;
use store::{Event, FromRow, Result, Time, Tx, params, sql};

use crate::FileId;

/// The most characters of a file's name.
pub const NAME_MAX: usize = 255;
/// Files that one course has at the most; those beyond are not listed.
pub const FILES_MAX: i64 = 5_000;
/// Versions that a file keeps; the oldest goes when one more comes.
pub const VERSIONS_MAX: i64 = 50;

/// A file of a course.
#[derive(Clone, Debug, FromRow)]
#[expect(missing_docs, reason = "the columns of the table, described there")]
pub struct CourseFile {
    pub id: FileId,
    pub course: CourseId,
    pub name: String,
    pub path: Option<String>,
    pub hash: String,
    pub media_type: String,
    pub size: u64,
    pub made_at: Time,
    pub made_by: Option<PersonId>,
    pub deleted_at: Option<Time>,
    /// When it was shut for all but those who make the course.
    pub locked_at: Option<Time>,
}

/// A file to be added; its bytes are kept already.
#[derive(Clone, Copy, Debug)]
#[expect(missing_docs, reason = "the fields of CourseFile")]
pub struct NewFile<'f> {
    pub name: &'f str,
    pub path: Option<&'f str>,
    pub hash: &'f str,
    pub media_type: &'f str,
    pub size: u64,
}

/// What a file was before it was replaced.
#[derive(Clone, Debug, FromRow)]
#[expect(missing_docs, reason = "the columns of the table, described there")]
pub struct FileVersion {
    pub number: i64,
    pub name: String,
    pub hash: String,
    pub media_type: String,
    pub size: u64,
    pub made_at: Time,
}

store::text_enum! {
    /// How an item uses a file.
    pub enum How {
        /// It offers it.
        Offered = "offered",
        /// It plays it.
        Played = "played",
        /// Its captions are in it.
        Captions = "captions",
        /// Its page shows or links it.
        Page = "page",
    }
}

/// A place where a file is used.
#[derive(Clone, Debug, PartialEq, Eq, FromRow)]
pub struct Use {
    /// The file.
    pub file: FileId,
    /// The item.
    pub item: ItemId,
    /// What the item is called.
    pub title: String,
    /// How it uses it.
    pub how: How,
}

/// Adds a file; where the course has one of this path already, that one gets the new bytes, and what it was before
/// becomes a version.
pub fn add(tx: &mut Tx<'_>, course: CourseId, new: &NewFile<'_>, by: PersonId) -> Result<FileId> {
    let before: Option<CourseFile> = match new.path {
        Some(path) => {
            tx.maybe(sql!("select * from course_file_whole where course = ?1 and path = ?2"), params![course, path])?
        }
        None => None,
    };
    if let Some(before) = before {
        let name: String = new.name.chars().take(NAME_MAX).collect();
        replace(tx, &before, &NewFile { name: &name, ..*new }, by)?;
        return Ok(before.id);
    }
    let (id, now): (FileId, Time) = (tx.new_id(), tx.now());
    let name: String = new.name.chars().take(NAME_MAX).collect();
    tx.execute(
        sql!(
            "insert into course_file (id, course, name, path, hash, media_type, size, made_at, made_by)
             values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)"
        ),
        params![id, course, name, new.path, new.hash, new.media_type, new.size, now, by],
    )?;
    let event = Event::new("file.added", "file", id).by(by).within("course", course);
    tx.record(&event.with("name", name))?;
    Ok(id)
}

/// The file of this course, deleted or not; [`store::Error::NotFound`] where there is none.
pub fn find(tx: &mut Tx<'_>, course: CourseId, id: FileId) -> Result<CourseFile> {
    tx.one(sql!("select * from course_file_whole where id = ?1 and course = ?2"), params![id, course])
}

/// The files of a course by name.
pub fn all(tx: &mut Tx<'_>, course: CourseId) -> Result<Vec<CourseFile>> {
    tx.all(
        sql!(
            "select * from course_file_whole where course = ?1 and deleted_at is null order by lower(name), name, id
             limit ?2"
        ),
        params![course, FILES_MAX],
    )
}

/// The files of a course with those that were taken out.
pub fn with_deleted(tx: &mut Tx<'_>, course: CourseId) -> Result<Vec<CourseFile>> {
    tx.all(sql!("select * from course_file_whole where course = ?1 order by name, id"), params![course])
}

/// The files that came with a package, by their path in it.
pub fn by_path(tx: &mut Tx<'_>, course: CourseId) -> Result<BTreeMap<String, FileId>> {
    let rows: Vec<(String, FileId)> = tx.all(
        sql!("select path, id from course_file where course = ?1 and path is not null and deleted_at is null"),
        params![course],
    )?;
    Ok(rows.into_iter().collect())
}

/// Where a file is served.
pub fn url(course: CourseId, id: FileId, name: &str) -> String {
    format!("/courses/{course}/files/{id}/{}", web::url::encoded(name))
}

/// Every hash that a file of any course needs, for backup and clearing up.
pub fn hashes(tx: &mut Tx<'_>) -> Result<Vec<String>> {
    tx.values(sql!("select hash from course_file union select hash from course_file_version"), params![])
}

/// Everywhere the files of a course are used, in the order of the outline.
pub fn uses(tx: &mut Tx<'_>, course: CourseId) -> Result<Vec<Use>> {
    tx.all(
        sql!(
            "select u.file, i.id as item, i.title, u.how
             from (select item, file, 'offered' as how from file_content where file is not null
                   union select item, file, 'played' from video_content where file is not null
                   union select item, file, 'captions' from video_track
                   union select item, file, 'page' from page_file) u
             join item i on i.id = u.item join module m on m.id = i.module
             where i.course = ?1 and i.deleted_at is null and m.deleted_at is null
             order by m.position, m.id, i.position, i.id"
        ),
        params![course],
    )
}

/// Notes which files a page shows or links now.
pub(crate) fn note_uses(tx: &mut Tx<'_>, item: ItemId, files: &BTreeSet<FileId>) -> Result<()> {
    tx.execute(sql!("delete from page_file where item = ?1"), params![item])?;
    for file in files {
        tx.execute(sql!("insert into page_file (item, file) values (?1, ?2)"), params![item, file])?;
    }
    Ok(())
}

/// Gives a file another name. Pages that name it by the old one go on showing it.
pub fn rename(tx: &mut Tx<'_>, file: &CourseFile, name: &str, by: PersonId) -> Result<()> {
    // The path is a second name by which pages know it.
    let is_free = file.path.is_none() && {
        let sql = sql!("select count(*) from course_file where course = ?1 and path = ?2");
        tx.value::<i64>(sql, params![file.course, file.name])? == 0
    };
    let path = if is_free { Some(&file.name) } else { file.path.as_ref() };
    tx.execute(sql!("update course_file set name = ?2, path = ?3 where id = ?1"), params![file.id, name, path])?;
    record(tx, file, "file.renamed", by)
}

/// Puts other bytes in the place of a file's; what it was becomes a version. Everything that uses it shows the new bytes.
pub fn replace(tx: &mut Tx<'_>, file: &CourseFile, new: &NewFile<'_>, by: PersonId) -> Result<()> {
    if file.hash != new.hash {
        keep_version(tx, file)?;
    }
    let now = tx.now();
    tx.execute(
        sql!(
            "update course_file set name = ?2, hash = ?3, media_type = ?4, size = ?5, made_at = ?6, made_by = ?7
             where id = ?1"
        ),
        params![file.id, new.name, new.hash, new.media_type, new.size, now, by],
    )?;
    record(tx, file, "file.replaced", by)
}

fn keep_version(tx: &mut Tx<'_>, file: &CourseFile) -> Result<()> {
    let number: i64 = tx.value(
        sql!("select cast(coalesce(max(number), 0) + 1 as bigint) from course_file_version where file = ?1"),
        params![file.id],
    )?;
    tx.execute(
        sql!(
            "insert into course_file_version (file, number, name, hash, media_type, size, made_at, made_by)
             values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)"
        ),
        params![file.id, number, file.name, file.hash, file.media_type, file.size, file.made_at, file.made_by],
    )?;
    tx.execute(
        sql!("delete from course_file_version where file = ?1 and number <= ?2"),
        params![file.id, number - VERSIONS_MAX],
    )?;
    Ok(())
}

/// What a file was before, newest first.
pub fn versions(tx: &mut Tx<'_>, file: FileId) -> Result<Vec<FileVersion>> {
    tx.all(
        sql!(
            "select number, name, hash, media_type, size, made_at from course_file_version where file = ?1
             order by number desc"
        ),
        params![file],
    )
}

/// One of them; [`store::Error::NotFound`] where there is none.
pub fn version(tx: &mut Tx<'_>, file: FileId, number: i64) -> Result<FileVersion> {
    tx.one(
        sql!(
            "select number, name, hash, media_type, size, made_at from course_file_version
             where file = ?1 and number = ?2"
        ),
        params![file, number],
    )
}

/// Shuts a file for all but those who make the course.
pub fn lock(tx: &mut Tx<'_>, course: CourseId, file: FileId, by: PersonId) -> Result<()> {
    let now = tx.now();
    tx.execute(
        sql!("insert into course_file_lock (file, by, at) values (?1, ?2, ?3) on conflict (file) do nothing"),
        params![file, by, now],
    )?;
    tx.record(&Event::new("file.locked", "file", file).by(by).within("course", course))?;
    Ok(())
}

/// Opens it for everybody in the course.
pub fn unlock(tx: &mut Tx<'_>, course: CourseId, file: FileId, by: PersonId) -> Result<()> {
    tx.execute(sql!("delete from course_file_lock where file = ?1"), params![file])?;
    tx.record(&Event::new("file.unlocked", "file", file).by(by).within("course", course))?;
    Ok(())
}

/// Takes a file out of the course; [`restore`] brings it back.
pub fn delete(tx: &mut Tx<'_>, file: &CourseFile, by: PersonId) -> Result<()> {
    let now = tx.now();
    tx.execute(
        sql!("update course_file set deleted_at = ?2, deleted_by = ?3 where id = ?1"),
        params![file.id, now, by],
    )?;
    record(tx, file, "file.deleted", by)
}

/// Undoes a deletion.
pub fn restore(tx: &mut Tx<'_>, file: &CourseFile, by: PersonId) -> Result<()> {
    tx.execute(sql!("update course_file set deleted_at = null, deleted_by = null where id = ?1"), params![file.id])?;
    record(tx, file, "file.restored", by)
}

fn record(tx: &mut Tx<'_>, file: &CourseFile, verb: &'static str, by: PersonId) -> Result<()> {
    let event = Event::new(verb, "file", file.id).by(by).within("course", file.course);
    tx.record(&event.with("name", file.name.as_str()))?;
    Ok(())
}

/// The course's own copy of a file of another course.
pub fn copy(tx: &mut Tx<'_>, from: FileId, to: CourseId, by: PersonId) -> Result<Option<FileId>> {
    let file: Option<CourseFile> =
        tx.maybe(sql!("select * from course_file_whole where id = ?1 and deleted_at is null"), params![from])?;
    let Some(file) = file else { return Ok(None) };
    // Copies of one course share the path of the original's id, so that a file that two items show is copied once.
    let path = file.path.clone().unwrap_or_else(|| format!("copy/{}", file.id));
    let known: Option<(FileId,)> =
        tx.maybe(sql!("select id from course_file where course = ?1 and path = ?2"), params![to, path])?;
    if let Some((known,)) = known {
        return Ok(Some(known));
    }
    let new = NewFile {
        name: &file.name,
        path: Some(&path),
        hash: &file.hash,
        media_type: &file.media_type,
        size: file.size,
    };
    let id = add(tx, to, &new, by)?;
    if file.locked_at.is_some() {
        lock(tx, to, id, by)?;
    }
    Ok(Some(id))
}
