//! The files of a course: pictures of its pages, documents, clips.

use std::collections::BTreeMap;

use courses::CourseId;
use people::PersonId;
use store::{FromRow, Result, Time, Tx, params, sql};

use crate::FileId;

/// The most characters of a file's name.
pub const NAME_MAX: usize = 255;

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

/// Adds a file; where the course has one of this path already, that one gets the new bytes.
pub fn add(tx: &mut Tx<'_>, course: CourseId, new: &NewFile<'_>, by: PersonId) -> Result<FileId> {
    let (id, now): (FileId, Time) = (tx.new_id(), tx.now());
    let name: String = new.name.chars().take(NAME_MAX).collect();
    tx.value(
        sql!(
            "insert into course_file (id, course, name, path, hash, media_type, size, made_at, made_by)
             values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)
             on conflict (course, path) do update set name = excluded.name, hash = excluded.hash,
                 media_type = excluded.media_type, size = excluded.size
             returning id"
        ),
        params![id, course, name, new.path, new.hash, new.media_type, new.size, now, by],
    )
}

/// The file of this course; [`store::Error::NotFound`] where there is none.
pub fn find(tx: &mut Tx<'_>, course: CourseId, id: FileId) -> Result<CourseFile> {
    tx.one(
        sql!("select id, course, name, path, hash, media_type, size from course_file where id = ?1 and course = ?2"),
        params![id, course],
    )
}

/// The files of a course by name.
pub fn all(tx: &mut Tx<'_>, course: CourseId) -> Result<Vec<CourseFile>> {
    tx.all(
        sql!(
            "select id, course, name, path, hash, media_type, size from course_file where course = ?1 order by name, id
             limit 5000"
        ),
        params![course],
    )
}

/// The files that came with a package, by their path in it.
pub fn by_path(tx: &mut Tx<'_>, course: CourseId) -> Result<BTreeMap<String, FileId>> {
    let rows: Vec<(String, FileId)> =
        tx.all(sql!("select path, id from course_file where course = ?1 and path is not null"), params![course])?;
    Ok(rows.into_iter().collect())
}

/// Where a file is served.
pub fn url(course: CourseId, id: FileId, name: &str) -> String {
    format!("/courses/{course}/files/{id}/{}", web::url::encoded(name))
}

/// Every hash that a file of any course needs, for backup and clearing up.
pub fn hashes(tx: &mut Tx<'_>) -> Result<Vec<String>> {
    tx.values(sql!("select distinct hash from course_file"), params![])
}

/// The course's own copy of a file of another course.
pub fn copy(tx: &mut Tx<'_>, from: FileId, to: CourseId, by: PersonId) -> Result<Option<FileId>> {
    let file: Option<CourseFile> = tx.maybe(
        sql!("select id, course, name, path, hash, media_type, size from course_file where id = ?1"),
        params![from],
    )?;
    let Some(file) = file else { return Ok(None) };
    // Copies of one course share the path of the original's id, so that a file that two items show is copied once.
    let path = file.path.clone().unwrap_or_else(|| format!("copy/{}", file.id));
    let new = NewFile {
        name: &file.name,
        path: Some(&path),
        hash: &file.hash,
        media_type: &file.media_type,
        size: file.size,
    };
    add(tx, to, &new, by).map(Some)
}
