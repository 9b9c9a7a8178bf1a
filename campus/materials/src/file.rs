//! The kind `file`: a document, a picture, a sound, something to download.

use askama::Template;
use outline::{ActivityKind, Item, ItemId, Shown};
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
            "select f.id, f.course, f.name, f.path, f.hash, f.media_type, f.size
             from file_content c join course_file f on f.id = c.file where c.item = ?1"
        ),
        params![item],
    )
}

#[derive(Template)]
#[template(path = "materials/file.html")]
struct FileView<'v> {
    page: &'v web::Page,
    file: CourseFile,
    url: String,
    title: &'v str,
}

impl FileView<'_> {
    fn is(&self, start: &str) -> bool {
        self.file.media_type.starts_with(start)
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
    fn show(&self, tx: &mut Tx<'_>, _: &Ctx, page: &web::Page, item: &Item) -> Result<Shown, web::Error> {
        let Some(file) = chosen(tx, item.id)? else {
            return Ok(Shown {
                html: format!("<p class=\"muted\">{}</p>", page.t("materials-file-empty")),
                ..Shown::default()
            });
        };
        let url = course_file::url(item.course, file.id, &file.name);
        Ok(Shown {
            html: FileView { page, file, url, title: &item.title }.render()?,
            is_wide: true,
            ..Shown::default()
        })
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
