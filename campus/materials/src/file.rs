//! The kind `file`: a document, a picture, a sound, something to download.

use askama::Template;
use outline::{ActivityKind, Item, ItemId, Shown, Visit};
use people::PersonId;
use store::{Event, Result, Tx, params, sql};
use web::{Ctx, word};

use crate::FileId;
use crate::course_file::{self, CourseFile};

/// Sets which file it offers.
pub fn write(tx: &mut Tx<'_>, item: &Item, file: FileId, by: PersonId) -> Result<()> {
    tx.execute(
        sql!("insert into file_content (item, file) values (?1, ?2) on conflict (item) do update set file = excluded.file"),
        params![item.id, file],
    )?;
    tx.record(&Event::new("file.chosen", "item", item.id).by(by).within("course", item.course))?;
    Ok(())
}

/// The file that it offers.
pub fn chosen(tx: &mut Tx<'_>, item: ItemId) -> Result<Option<CourseFile>> {
    tx.maybe(
        sql!(
            "select f.* from file_content c join course_file_whole f on f.id = c.file
             where c.item = ?1 and f.deleted_at is null"
        ),
        params![item],
    )
}

/// A file shown where it can be: a picture, a sound, a clip, a PDF; everything else is offered.
#[derive(Template)]
#[template(path = "materials/file.html")]
pub(crate) struct FileView<'v> {
    page: &'v web::Page,
    file: &'v CourseFile,
    url: String,
    title: &'v str,
}

impl<'v> FileView<'v> {
    pub(crate) fn new(page: &'v web::Page, file: &'v CourseFile, title: &'v str) -> Self {
        Self { page, url: course_file::url(file.course, file.id, &file.name), file, title }
    }

    fn is(&self, start: &str) -> bool {
        self.file.media_type.starts_with(start)
    }

    fn is_shown(&self) -> bool {
        ["image/", "audio/", "video/", "application/pdf"].iter().any(|start| self.is(start))
    }
}

/// What a file is, in words: by its type, and by its name where many share one type.
pub(crate) fn type_word(media_type: &str, name: &str) -> &'static str {
    let ending = name.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase()).unwrap_or_default();
    match media_type {
        "application/pdf" => word!("materials-type-pdf"),
        "text/vtt" => word!("materials-type-captions"),
        kind if kind.starts_with("image/") => word!("materials-type-picture"),
        kind if kind.starts_with("audio/") => word!("materials-type-sound"),
        kind if kind.starts_with("video/") => word!("materials-type-video"),
        kind => match ending.as_str() {
            "doc" | "docx" | "odt" | "rtf" | "pages" => word!("materials-type-document"),
            "ppt" | "pptx" | "odp" | "key" => word!("materials-type-slides"),
            "xls" | "xlsx" | "ods" | "csv" | "numbers" => word!("materials-type-sheet"),
            "zip" | "gz" | "7z" | "rar" | "tar" => word!("materials-type-archive"),
            "htm" | "html" => word!("materials-type-web"),
            _ if kind.starts_with("text/") => word!("materials-type-text"),
            _ => word!("materials-type-other"),
        },
    }
}

/// The icon of a type.
pub(crate) fn type_icon(media_type: &str) -> &'static str {
    match media_type.split('/').next() {
        Some("image") => "image",
        Some("audio") => "audio-lines",
        Some("video") => "video",
        _ if media_type == "text/vtt" => "captions",
        _ if media_type == "application/pdf" || media_type.starts_with("text/") => "file-text",
        _ => "file",
    }
}

/// The kind.
#[derive(Clone, Copy, Debug)]
pub struct File;

impl ActivityKind for File {
    fn key(&self) -> &'static str {
        "file"
    }
    fn icon(&self) -> &'static str {
        "paperclip"
    }
    fn label_id(&self) -> &'static str {
        word!("materials-file")
    }
    fn create(&self, _: &mut Tx<'_>, _: &Item, _: PersonId) -> Result<()> {
        Ok(())
    }
    fn show(
        &self,
        tx: &mut Tx<'_>,
        _: &Ctx,
        page: &web::Page,
        item: &Item,
        _: &Visit<'_>,
    ) -> Result<Shown, web::Error> {
        let Some(file) = chosen(tx, item.id)? else {
            return Ok(Shown {
                html: format!("<p class=\"muted\">{}</p>", page.t("materials-file-empty")),
                ..Shown::default()
            });
        };
        let html = FileView::new(page, &file, &item.title).render()?;
        Ok(Shown { html, is_wide: true, ..Shown::default() })
    }
    fn editor(&self, item: &Item) -> Option<String> {
        Some(crate::pages::content_path(item))
    }
    fn copy(&self, tx: &mut Tx<'_>, from: ItemId, to: &Item, by: PersonId) -> Result<()> {
        let Some(file) = chosen(tx, from)? else { return Ok(()) };
        course_file::copy(tx, file.id, to.course, by)?.map_or(Ok(()), |file| write(tx, to, file, by))
    }
    fn words(&self, tx: &mut Tx<'_>, item: ItemId) -> Result<String> {
        Ok(chosen(tx, item)?.map(|file| file.name).unwrap_or_default())
    }
}
