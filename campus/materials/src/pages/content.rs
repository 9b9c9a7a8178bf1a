//! `GET /courses/{course}/items/{item}/content`: the editor of an item, by its kind.

use askama::Template;
use axum::extract::{Path, State};
use courses::{Course, CourseId, CoursePage, EDIT};
use outline::{Item, ItemId};
use people::{PersonId, Viewer, Visitor};
use store::Tx;
use web::{Ctx, Error, FlashKind, Form, Page, Result, Upload, html, mistakes, see_other, word};

use super::files::{keep, language_of};
use super::page_editor;
use crate::course_file::{self, CourseFile};
use crate::link::Opens;
use crate::{FileId, file, link, video};

pub(super) type At = Path<(CourseId, ItemId)>;

#[derive(Template)]
#[template(path = "materials/link_edit.html")]
struct LinkEditor {
    page: Page,
    frame: CoursePage,
    item: Item,
    form: Form,
    ways: Vec<(String, String)>,
}

#[derive(Template)]
#[template(path = "materials/file_edit.html")]
struct FileEditor {
    page: Page,
    frame: CoursePage,
    item: Item,
    form: Form,
    files: Vec<(String, String)>,
    chosen: Option<CourseFile>,
    tracks: Vec<String>,
    is_video: bool,
}

pub(super) fn for_author(
    tx: &mut Tx<'_>,
    visitor: &Visitor,
    course: CourseId,
    item: ItemId,
) -> Result<(Viewer, Course, Item)> {
    let viewer = visitor.signed_in(tx)?;
    let course = Course::find(tx, course)?;
    viewer.must(EDIT, &course.scope())?;
    let item = Item::find(tx, course.id, item)?;
    Ok((viewer, course, item))
}

/// The editor.
pub(super) async fn show(State(ctx): State<Ctx>, visitor: Visitor, Path((course, item)): At) -> Result {
    let db = ctx.db.clone();
    db.read(move |tx| {
        let (viewer, course, item) = for_author(tx, &visitor, course, item)?;
        match item.kind.as_str() {
            "page" => page_editor::show(tx, &ctx, &viewer, &course, item),
            "link" => {
                let form = match link::find(tx, item.id)? {
                    Some(link) => Form::of(&[("url", link.url.as_str()), ("opens", link.opens.as_str())]),
                    None => Form::of(&[("opens", Opens::Tab.as_str())]),
                };
                editor(tx, &ctx, &viewer, &course, item, form, false)
            }
            _ => editor(tx, &ctx, &viewer, &course, item, Form::new(), false),
        }
    })
    .await
}

/// The editor of a link, a file or a video.
fn editor(tx: &mut Tx<'_>, ctx: &Ctx, viewer: &Viewer, course: &Course, item: Item, form: Form, wrong: bool) -> Result {
    let page = viewer.page(ctx, "courses");
    let frame = CoursePage::new(viewer, course, "edit");
    match item.kind.as_str() {
        "link" => {
            let ways = Opens::ALL.iter().map(|opens| (opens.to_string(), page.t(opens_word(*opens))));
            let view = LinkEditor { ways: ways.collect(), page, frame, item, form };
            Ok(if wrong { mistakes(&view) } else { html(&view) })
        }
        "file" | "video" => {
            let is_video = item.kind == "video";
            let chosen = if is_video { video::chosen(tx, item.id)? } else { file::chosen(tx, item.id)? };
            let fits = |file: &CourseFile| !is_video || file.media_type.starts_with("video/");
            let files = course_file::all(tx, course.id)?.into_iter().filter(fits);
            let none = (String::new(), page.t("materials-choose-file"));
            let view = FileEditor {
                files: std::iter::once(none).chain(files.map(|file| (file.id.to_string(), file.name))).collect(),
                tracks: if is_video {
                    video::tracks(tx, item.id)?.into_iter().map(|track| track.language).collect()
                } else {
                    Vec::new()
                },
                chosen,
                is_video,
                page,
                frame,
                item,
                form,
            };
            Ok(if wrong { mistakes(&view) } else { html(&view) })
        }
        _ => Ok(see_other(format!("/courses/{}/items/{}/settings", course.id, item.id))),
    }
}

const fn opens_word(opens: Opens) -> &'static str {
    match opens {
        Opens::Tab => word!("materials-opens-tab"),
        Opens::Here => word!("materials-opens-here"),
        Opens::Frame => word!("materials-opens-frame"),
    }
}

/// `POST`: saves it. Pages and links come as an ordinary form, files as an upload.
pub(super) async fn save(
    State(ctx): State<Ctx>,
    visitor: Visitor,
    Path((course, item)): At,
    request: axum::extract::Request,
) -> Result {
    use axum::extract::FromRequest;
    let kind = request.headers().get("content-type").and_then(|value| value.to_str().ok()).unwrap_or_default();
    if kind.starts_with("multipart/") {
        let upload = Upload::from_request(request, &ctx).await?;
        return save_file(ctx, visitor, course, item, upload).await;
    }
    let form = Form::from_request(request, &ctx).await?;
    let db = ctx.db.clone();
    db.write(move |tx| {
        let (viewer, course, item) = for_author(tx, &visitor, course, item)?;
        save_words(tx, &ctx, &viewer, &course, item, form)
    })
    .await
}

fn save_words(tx: &mut Tx<'_>, ctx: &Ctx, viewer: &Viewer, course: &Course, item: Item, mut form: Form) -> Result {
    match item.kind.as_str() {
        "page" => return page_editor::save(tx, ctx, viewer, course, item, form),
        "link" => {
            let url = form
                .text("url")
                .required()
                .max(link::URL_MAX)
                .check(link::is_safe, word!("materials-link-wrong"))
                .get();
            let opens = form.choice("opens").or(Opens::Tab);
            if opens == Opens::Frame && !form.has_errors() && link::framed(&url).is_none() {
                form.fail("opens", word!("materials-frame-wrong"));
            }
            if form.has_errors() {
                return editor(tx, ctx, viewer, course, item, form, true);
            }
            link::write(tx, &item, url.trim(), opens, viewer.person)?;
        }
        "file" | "video" => {
            let Some(id) = form.id::<FileId>("file").required().get() else {
                return editor(tx, ctx, viewer, course, item, form, true);
            };
            let chosen = course_file::find(tx, course.id, id)?;
            choose(tx, &item, chosen.id, &[], viewer.person)?;
        }
        _ => return Err(Error::not_found()),
    }
    Ok(saved(ctx, viewer, course, &item))
}

fn choose(tx: &mut Tx<'_>, item: &Item, file: FileId, tracks: &[video::Track], by: PersonId) -> store::Result<()> {
    if item.kind == "video" { video::write(tx, item, file, tracks, by) } else { file::write(tx, item, file, by) }
}

pub(super) fn saved(ctx: &Ctx, viewer: &Viewer, course: &Course, item: &Item) -> web::Response {
    let said = viewer.page(ctx, "courses").t("materials-saved");
    see_other(format!("/courses/{}/items/{}", course.id, item.id)).flash(FlashKind::Good, said, None)
}

/// Files are kept first, then named in one transaction: an upload that breaks off leaves nothing behind but bytes that
/// nobody names.
async fn save_file(ctx: Ctx, visitor: Visitor, course: CourseId, item: ItemId, mut upload: Upload) -> Result {
    let allowed = {
        let visitor = visitor.clone();
        ctx.db.read(move |tx| for_author(tx, &visitor, course, item).map(|(_, _, item)| item)).await?
    };
    let is_video = allowed.kind == "video";
    let (mut main, mut captions) = (None, Vec::new());
    while let Some(file) = upload.next_file().await? {
        let field = file.field.clone();
        let kept = keep(&ctx, file).await?;
        if field == "captions" {
            let bytes = super::files::read(&ctx, &kept, 2 << 20).await?;
            let cues = video::cues(&String::from_utf8_lossy(&bytes));
            captions.push((kept, cues));
        } else {
            main = Some(kept);
        }
    }
    let mut form = upload.into_form();
    let db = ctx.db.clone();
    db.write(move |tx| {
        let (viewer, course, item) = for_author(tx, &visitor, course, item)?;
        let wrong_kind = is_video && main.as_ref().is_some_and(|main| !main.media_type.starts_with("video/"));
        if wrong_kind {
            form.fail("upload", word!("materials-not-a-video"));
        }
        let earlier = if is_video { video::chosen(tx, item.id)? } else { file::chosen(tx, item.id)? };
        let named = form.id::<FileId>("file").get();
        let language = form.text("language").max(20).get();
        if captions.iter().any(|(_, cues)| cues.is_empty()) {
            form.fail("captions", word!("materials-captions-unreadable"));
        }
        if main.is_none() && named.is_none() && earlier.is_none() {
            form.fail("upload", word!("materials-no-file"));
        }
        if form.has_errors() {
            return editor(tx, &ctx, &viewer, &course, item, form, true);
        }
        let file = match (main, named) {
            (Some(main), _) => main.add(tx, course.id, viewer.person)?,
            (None, Some(id)) => course_file::find(tx, course.id, id)?.id,
            (None, None) => earlier.map(|file| file.id).ok_or_else(Error::not_found)?,
        };
        let mut tracks = Vec::new();
        for (kept, cues) in captions {
            let language =
                if language.is_empty() { language_of(&kept.name, &course.language) } else { language.clone() };
            tracks.push(video::Track { language, file: kept.add(tx, course.id, viewer.person)?, cues });
        }
        choose(tx, &item, file, &tracks, viewer.person)?;
        Ok(saved(&ctx, &viewer, &course, &item))
    })
    .await
}
