//! The files of a course: how they come in and how they are served.

use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, StatusCode};
use courses::{Course, CourseId, EDIT};
use files::{Files, Limits, Stored};
use people::{PersonId, Visitor};
use serde::Deserialize;
use store::Tx;
use web::form::UploadFile;
use web::{Ctx, Error, Result, Upload, word};

use crate::FileId;
use crate::course_file::{self, CourseFile, NewFile};

/// A file whose bytes are kept and that no course names yet.
pub(super) struct Kept {
    pub(super) name: String,
    pub(super) media_type: String,
    stored: Stored,
}

impl Kept {
    /// Names it in a course.
    pub(super) fn add(&self, tx: &mut Tx<'_>, course: CourseId, by: PersonId) -> store::Result<FileId> {
        let hash = self.stored.hash.to_string();
        let new =
            NewFile { name: &self.name, path: None, hash: &hash, media_type: &self.media_type, size: self.stored.size };
        course_file::add(tx, course, &new, by)
    }

    /// Puts it in the place of a file.
    pub(super) fn put_in_place(&self, tx: &mut Tx<'_>, file: &CourseFile, by: PersonId) -> store::Result<()> {
        let hash = self.stored.hash.to_string();
        let new =
            NewFile { name: &file.name, path: None, hash: &hash, media_type: &self.media_type, size: self.stored.size };
        course_file::replace(tx, file, &new, by)
    }
}

/// Reads an upload to its end and keeps it.
pub(super) async fn keep(ctx: &Ctx, mut file: UploadFile) -> Result<Kept> {
    let files = ctx.get::<Files>();
    let limits = Limits { bytes_max: super::UPLOAD_BYTES_MAX as u64 };
    let mut put = files.begin(&limits).await.map_err(trouble)?;
    while let Some(piece) = file.chunk().await? {
        put.write(&piece).await.map_err(trouble)?;
    }
    let stored = put.finish().await.map_err(trouble)?;
    Ok(Kept { name: file.name.clone(), media_type: stored.media_type.clone(), stored })
}

/// The bytes of a small file.
pub(super) async fn read(ctx: &Ctx, kept: &Kept, bytes_max: u64) -> Result<Vec<u8>> {
    let bytes = ctx.get::<Files>().read_all(&kept.stored.hash, bytes_max).await.map_err(trouble)?;
    Ok(bytes.to_vec())
}

fn trouble(e: files::FilesError) -> Error {
    if e.is_too_large() {
        return Error::new(StatusCode::PAYLOAD_TOO_LARGE, "file-too-large", word!("materials-file-too-large"));
    }
    Error::internal(e.to_string())
}

/// The language that a caption file's name tells (`clip.de.vtt`), else the course's.
pub(super) fn language_of(name: &str, course: &str) -> String {
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let tag = stem.rsplit_once('.').map(|(_, tag)| tag).filter(|tag| (2..=8).contains(&tag.len()));
    tag.filter(|tag| tag.chars().all(|c| c.is_ascii_alphabetic() || c == '-')).unwrap_or(course).to_owned()
}

#[derive(serde::Serialize)]
struct Uploaded {
    url: String,
    name: String,
}

/// `POST /courses/{course}/files`: one picture or document, as the editor sends it; answers its address.
pub(super) async fn upload(
    State(ctx): State<Ctx>,
    visitor: Visitor,
    Path(course): Path<CourseId>,
    mut upload: Upload,
) -> Result {
    let asked = visitor.clone();
    ctx.db
        .read(move |tx| {
            let viewer = asked.signed_in(tx)?;
            viewer.must(EDIT, &Course::find(tx, course)?.scope())
        })
        .await?;
    let Some(file) = upload.next_file().await? else { return Err(Error::bad_request(word!("materials-no-file"))) };
    let kept = keep(&ctx, file).await?;
    ctx.db
        .write(move |tx| {
            let viewer = visitor.signed_in(tx)?;
            let id = kept.add(tx, course, viewer.person)?;
            Ok(web::json(&Uploaded { url: course_file::url(course, id, &kept.name), name: kept.name.clone() }))
        })
        .await
}

/// `?download` asks for a file to be saved rather than shown.
#[derive(Deserialize)]
pub(super) struct Wish {
    download: Option<String>,
}

/// `GET /courses/{course}/files/{file}/{name}`: the bytes, in parts where a player asks for them.
pub(super) async fn serve(
    State(ctx): State<Ctx>,
    visitor: Visitor,
    Path((course, file, _)): Path<(CourseId, FileId, String)>,
    Query(wish): Query<Wish>,
    headers: HeaderMap,
) -> Result {
    let found = ctx
        .db
        .read(move |tx| {
            let viewer = visitor.signed_in(tx)?;
            let course = Course::enter(tx, course, &viewer)?;
            let found = course_file::find(tx, course.id, file)?;
            let scope = course.scope();
            let makes_it = viewer.can(EDIT, &scope) || viewer.can(courses::PREVIEW, &scope);
            if found.deleted_at.is_some() || (found.locked_at.is_some() && !makes_it) {
                return Err(Error::not_found());
            }
            Ok::<_, Error>(found)
        })
        .await?;
    let (name, media_type) = (found.name.as_str(), found.media_type.as_str());
    send(&ctx, (&found.hash, name, media_type, found.size), wish.download.is_some(), &headers).await
}

/// Hands bytes out. A file may be replaced, shut or taken out at any time: a browser asks each time whether it still has
/// the right bytes, which costs next to nothing.
pub(super) async fn send(
    ctx: &Ctx,
    (hash, name, media_type, size): (&str, &str, &str, u64),
    download: bool,
    headers: &HeaderMap,
) -> Result {
    let hash = hash.parse().map_err(|_| Error::internal("a stored hash is no hash"))?;
    let asked = files::serve::Asked { hash: &hash, name, media_type, size, download, headers };
    let answer = files::serve::response(&ctx.get::<Files>(), &asked).await.map(web::Response::from).map_err(trouble)?;
    Ok(answer.set(http::header::CACHE_CONTROL, "private, no-cache"))
}
