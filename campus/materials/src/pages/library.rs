//! `GET /courses/{course}/library`: the files of a course, what they are, where they are used; and one of them, to be
//! renamed, replaced, shut, taken out (S-004, S-026).

use std::collections::HashMap;

use askama::Template;
use axum::extract::{Path, State};
use axum::http::HeaderMap;
use courses::{Course, CourseId, CoursePage, EDIT};
use people::{Viewer, Visitor};
use store::Tx;
use web::{Ctx, Error, FlashKind, Form, Page, Result, Upload, html, mistakes, see_other, word};

use super::files::{Kept, keep, read, send};
use crate::course_file::{self, CourseFile, FileVersion, How, NAME_MAX, NewFile, Use};
use crate::file::{FileView, type_icon, type_word};
use crate::{FileId, video};

type At = Path<(CourseId, FileId)>;

/// The largest file of captions, in bytes; a larger one is refused.
const CAPTIONS_BYTES_MAX: u64 = 2 << 20;

#[derive(Template)]
#[template(path = "materials/library.html")]
struct LibraryPage {
    page: Page,
    frame: CoursePage,
    form: Form,
    files: Vec<CourseFile>,
    uses: HashMap<FileId, usize>,
    /// Files of the course and their bytes, whatever is shown of them.
    count: usize,
    bytes: u64,
    unused: usize,
}

#[derive(Template)]
#[template(path = "materials/library_file.html")]
struct FilePage {
    page: Page,
    frame: CoursePage,
    form: Form,
    file: CourseFile,
    shown: String,
    uses: Vec<Use>,
    versions: Vec<FileVersion>,
}

impl LibraryPage {
    fn type_word(file: &CourseFile) -> &'static str {
        type_word(&file.media_type, &file.name)
    }

    fn icon(file: &CourseFile) -> &'static str {
        type_icon(&file.media_type)
    }

    fn uses_of(&self, file: &CourseFile) -> usize {
        self.uses.get(&file.id).copied().unwrap_or_default()
    }

    fn is_narrowed(&self) -> bool {
        !self.form.value("q").trim().is_empty() || self.form.flag("unused")
    }
}

impl FilePage {
    fn how(how: &How) -> &'static str {
        match how {
            How::Offered => word!("materials-use-offered"),
            How::Played => word!("materials-use-played"),
            How::Captions => word!("materials-use-captions"),
            How::Page => word!("materials-use-page"),
        }
    }

    /// What an author writes into a page to show or link it.
    fn markdown(&self) -> String {
        let name = self.file.name.replace(['[', ']'], "");
        let mark = if self.file.media_type.starts_with("image/") { "!" } else { "" };
        let address = if self.file.name.contains([' ', '(', ')']) {
            format!("<files/{}>", self.file.name)
        } else {
            format!("files/{}", self.file.name)
        };
        format!("{mark}[{}]({address})", text::title_from_name(&name))
    }
}

fn author_of(tx: &mut Tx<'_>, visitor: &Visitor, course: CourseId) -> Result<(Viewer, Course)> {
    let viewer = visitor.signed_in(tx)?;
    let course = Course::find(tx, course)?;
    viewer.must(EDIT, &course.scope())?;
    Ok((viewer, course))
}

/// The file of the course that is not taken out.
fn there(tx: &mut Tx<'_>, course: CourseId, file: FileId) -> Result<CourseFile> {
    let file = course_file::find(tx, course, file)?;
    if file.deleted_at.is_some() { Err(Error::not_found()) } else { Ok(file) }
}

fn one(course: CourseId, file: FileId) -> String {
    format!("/courses/{course}/library/{file}")
}

/// All files; narrowed by words and to what nothing uses.
pub(super) async fn list(State(ctx): State<Ctx>, visitor: Visitor, Path(course): Path<CourseId>, form: Form) -> Result {
    let db = ctx.db.clone();
    db.read(move |tx| {
        let (viewer, course) = author_of(tx, &visitor, course)?;
        library(tx, &ctx, &viewer, &course, form).map(|view| html(&view))
    })
    .await
}

fn library(tx: &mut Tx<'_>, ctx: &Ctx, viewer: &Viewer, course: &Course, form: Form) -> Result<LibraryPage> {
    let files = course_file::all(tx, course.id)?;
    let mut uses: HashMap<FileId, usize> = HashMap::new();
    for one in course_file::uses(tx, course.id)? {
        *uses.entry(one.file).or_default() += 1;
    }
    let (count, bytes) = (files.len(), files.iter().map(|file| file.size).sum());
    let unused = files.iter().filter(|file| !uses.contains_key(&file.id)).count();
    let words = people::name::fold(form.value("q"));
    let only_unused = form.flag("unused");
    let fits = |file: &CourseFile| {
        let name = people::name::fold(&file.name);
        words.split_whitespace().all(|word| name.contains(word)) && (!only_unused || !uses.contains_key(&file.id))
    };
    let files = files.into_iter().filter(fits).collect();
    let (page, frame) = (viewer.page(ctx, "courses"), CoursePage::new(viewer, course, "files"));
    Ok(LibraryPage { page, frame, form, files, uses, count, bytes, unused })
}

/// `POST`: adds files.
pub(super) async fn add(
    State(ctx): State<Ctx>,
    visitor: Visitor,
    Path(course): Path<CourseId>,
    mut upload: Upload,
) -> Result {
    let asked = visitor.clone();
    ctx.db.read(move |tx| author_of(tx, &asked, course).map(|_| ())).await?;
    let mut kept = Vec::new();
    while let Some(file) = upload.next_file().await? {
        if !file.name.is_empty() {
            kept.push(keep(&ctx, file).await?);
        }
    }
    let mut form = upload.into_form();
    let db = ctx.db.clone();
    db.write(move |tx| {
        let (viewer, course) = author_of(tx, &visitor, course)?;
        if kept.is_empty() {
            form.fail("upload", word!("materials-no-file"));
            return library(tx, &ctx, &viewer, &course, form).map(|view| mistakes(&view));
        }
        for file in &kept {
            file.add(tx, course.id, viewer.person)?;
        }
        let said = viewer.page(&ctx, "courses").tn("materials-files-added", kept.len());
        Ok(see_other(format!("/courses/{}/library", course.id)).flash(FlashKind::Good, said, None))
    })
    .await
}

/// `GET /courses/{course}/library/{file}`.
pub(super) async fn show(State(ctx): State<Ctx>, visitor: Visitor, Path((course, file)): At) -> Result {
    let db = ctx.db.clone();
    db.read(move |tx| {
        let (viewer, course) = author_of(tx, &visitor, course)?;
        let file = there(tx, course.id, file)?;
        let form = Form::of(&[("name", &file.name)]);
        file_page(tx, &ctx, &viewer, &course, file, form).map(|view| html(&view))
    })
    .await
}

fn file_page(
    tx: &mut Tx<'_>,
    ctx: &Ctx,
    viewer: &Viewer,
    course: &Course,
    file: CourseFile,
    form: Form,
) -> Result<FilePage> {
    let page = viewer.page(ctx, "courses");
    Ok(FilePage {
        frame: CoursePage::new(viewer, course, "files"),
        form,
        shown: FileView::new(&page, &file, &file.name).render()?,
        uses: uses_of(tx, &file)?,
        versions: course_file::versions(tx, file.id)?,
        file,
        page,
    })
}

fn uses_of(tx: &mut Tx<'_>, file: &CourseFile) -> store::Result<Vec<Use>> {
    Ok(course_file::uses(tx, file.course)?.into_iter().filter(|one| one.file == file.id).collect())
}

/// `POST`: gives it another name.
pub(super) async fn rename(
    State(ctx): State<Ctx>,
    visitor: Visitor,
    Path((course, file)): At,
    mut form: Form,
) -> Result {
    let name = form.text("name").required().max(NAME_MAX).check(is_name, word!("materials-name-wrong")).get();
    let db = ctx.db.clone();
    db.write(move |tx| {
        let (viewer, course) = author_of(tx, &visitor, course)?;
        let file = there(tx, course.id, file)?;
        if form.has_errors() {
            return file_page(tx, &ctx, &viewer, &course, file, form).map(|view| mistakes(&view));
        }
        course_file::rename(tx, &file, name.trim(), viewer.person)?;
        let said = viewer.page(&ctx, "courses").ta("materials-renamed", &[("name", name.trim())]);
        Ok(see_other(one(course.id, file.id)).flash(FlashKind::Good, said, None))
    })
    .await
}

/// A name, and no path.
fn is_name(name: &str) -> bool {
    let name = name.trim();
    !name.is_empty()
        && !name.chars().all(|c| c == '.')
        && !name.chars().any(|c| c.is_control() || matches!(c, '/' | '\\'))
}

/// `POST .../bytes`: puts other bytes in its place.
pub(super) async fn replace(
    State(ctx): State<Ctx>,
    visitor: Visitor,
    Path((course, file)): At,
    mut upload: Upload,
) -> Result {
    let asked = visitor.clone();
    ctx.db.read(move |tx| author_of(tx, &asked, course).map(|_| ())).await?;
    let new = match upload.next_file().await? {
        Some(new) if !new.name.is_empty() => Some(keep(&ctx, new).await?),
        _ => None,
    };
    while upload.next_file().await?.is_some() {}
    let cues = match &new {
        Some(new) if new.media_type == "text/vtt" => {
            video::cues(&String::from_utf8_lossy(&read(&ctx, new, CAPTIONS_BYTES_MAX).await?))
        }
        _ => Vec::new(),
    };
    let mut form = upload.into_form();
    let db = ctx.db.clone();
    db.write(move |tx| {
        let (viewer, course) = author_of(tx, &visitor, course)?;
        let file = there(tx, course.id, file)?;
        let is_captions = uses_of(tx, &file)?.iter().any(|one| one.how == How::Captions);
        if is_captions && new.is_some() && cues.is_empty() {
            form.fail("upload", word!("materials-captions-unreadable"));
        }
        match new.as_ref().map(|new| unfit(tx, &file, new)).transpose()?.flatten() {
            None if new.is_none() => form.fail("upload", word!("materials-no-file")),
            Some(wrong) => form.fail("upload", wrong),
            None => {}
        }
        let Some(new) = new.filter(|_| !form.has_errors()) else {
            form.set("name", file.name.clone());
            return file_page(tx, &ctx, &viewer, &course, file, form).map(|view| mistakes(&view));
        };
        new.put_in_place(tx, &file, viewer.person)?;
        if is_captions {
            // The transcript follows its captions.
            video::set_cues(tx, file.id, &cues)?;
        }
        let said = viewer.page(&ctx, "courses").ta("materials-replaced", &[("name", file.name.as_str())]);
        Ok(see_other(one(course.id, file.id)).flash(FlashKind::Good, said, None))
    })
    .await
}

/// Why what uses a file could not use the new one.
fn unfit(tx: &mut Tx<'_>, file: &CourseFile, new: &Kept) -> Result<Option<&'static str>> {
    let sort = |media_type: &str| media_type.split('/').next().unwrap_or_default().to_owned();
    let uses = uses_of(tx, file)?;
    let must_stay = uses.iter().any(|one| one.how == How::Played)
        || (sort(&file.media_type) == "image" && uses.iter().any(|one| one.how == How::Page));
    if must_stay && sort(&file.media_type) != sort(&new.media_type) {
        return Ok(Some(word!("materials-other-sort")));
    }
    Ok(None)
}

/// `PUT .../lock`: only those who make the course open it.
pub(super) async fn lock(State(ctx): State<Ctx>, visitor: Visitor, Path((course, file)): At) -> Result {
    ctx.db
        .write(move |tx| {
            let (viewer, course) = author_of(tx, &visitor, course)?;
            let file = there(tx, course.id, file)?;
            course_file::lock(tx, course.id, file.id, viewer.person)?;
            Ok(see_other(one(course.id, file.id)))
        })
        .await
}

/// `DELETE .../lock`: everybody in the course opens it again.
pub(super) async fn unlock(State(ctx): State<Ctx>, visitor: Visitor, Path((course, file)): At) -> Result {
    ctx.db
        .write(move |tx| {
            let (viewer, course) = author_of(tx, &visitor, course)?;
            let file = there(tx, course.id, file)?;
            course_file::unlock(tx, course.id, file.id, viewer.person)?;
            Ok(see_other(one(course.id, file.id)))
        })
        .await
}

/// `DELETE`: takes it out of the course, with a way to undo that.
pub(super) async fn remove(State(ctx): State<Ctx>, visitor: Visitor, Path((course, file)): At) -> Result {
    let db = ctx.db.clone();
    db.write(move |tx| {
        let (viewer, course) = author_of(tx, &visitor, course)?;
        let file = there(tx, course.id, file)?;
        course_file::delete(tx, &file, viewer.person)?;
        let said = viewer.page(&ctx, "courses").ta("materials-deleted", &[("name", file.name.as_str())]);
        let undo = format!("{}/restoration", one(course.id, file.id));
        Ok(see_other(format!("/courses/{}/library", course.id)).flash(FlashKind::Good, said, Some(undo)))
    })
    .await
}

/// `POST .../restoration`: back again.
pub(super) async fn restore(State(ctx): State<Ctx>, visitor: Visitor, Path((course, file)): At) -> Result {
    ctx.db
        .write(move |tx| {
            let (viewer, course) = author_of(tx, &visitor, course)?;
            let file = course_file::find(tx, course.id, file)?;
            course_file::restore(tx, &file, viewer.person)?;
            Ok(see_other(one(course.id, file.id)))
        })
        .await
}

/// `GET .../versions/{number}`: what it was.
pub(super) async fn old_bytes(
    State(ctx): State<Ctx>,
    visitor: Visitor,
    Path((course, file, number)): Path<(CourseId, FileId, i64)>,
    headers: HeaderMap,
) -> Result {
    let version = ctx
        .db
        .read(move |tx| {
            let (_, course) = author_of(tx, &visitor, course)?;
            let file = there(tx, course.id, file)?;
            Ok::<_, Error>(course_file::version(tx, file.id, number)?)
        })
        .await?;
    let (name, media_type) = (version.name.as_str(), version.media_type.as_str());
    send(&ctx, (&version.hash, name, media_type, version.size), true, &headers).await
}

/// `POST .../versions/{number}`: what it was becomes what it is.
pub(super) async fn bring_back(
    State(ctx): State<Ctx>,
    visitor: Visitor,
    Path((course, file, number)): Path<(CourseId, FileId, i64)>,
) -> Result {
    let db = ctx.db.clone();
    db.write(move |tx| {
        let (viewer, course) = author_of(tx, &visitor, course)?;
        let file = there(tx, course.id, file)?;
        let old = course_file::version(tx, file.id, number)?;
        let new =
            NewFile { name: &file.name, path: None, hash: &old.hash, media_type: &old.media_type, size: old.size };
        course_file::replace(tx, &file, &new, viewer.person)?;
        let said = viewer.page(&ctx, "courses").ta("materials-restored", &[("number", number)]);
        Ok(see_other(one(course.id, file.id)).flash(FlashKind::Good, said, None))
    })
    .await
}
