//! A course as Common Cartridge 1.3, in the dialect of Canvas, with what only this program knows in a file of its own.

mod addresses;
mod load;
mod outline;

use std::collections::{BTreeMap, HashSet};
use std::fs::File;
use std::io::{self, Read, Seek};
use std::path::Path;

use bytes::Bytes;
use cartridge::{
    Builder, CourseSettings, FileContent, Metadata, Moment, Original as PackageOriginal, Page as PackagePage, Source,
    Track as PackageTrack, WebLink,
};
use courses::CourseId;
use courses::course::Layout;
use files::{Files, Hash};
use futures_util::StreamExt as _;
use futures_util::stream::BoxStream;
use materials::link::Opens;
use materials::page::Format;
use store::{Db, Id};
use tokio::runtime::Handle;

use crate::ExportError;
use crate::extra::{self, Extra, ExtraCourse, ExtraItem};
use crate::kept::{Original, is_written, written};
use crate::plan::licence_word;
use load::Whole;

/// An identifier as XML wants it.
pub(crate) fn xml_id(sort: &str, id: Id) -> String {
    format!("{sort}{}", id.simple())
}

/// The package as a file without a name, read from its beginning: it is gone when it is closed.
pub async fn export(db: &Db, files: &Files, course: CourseId) -> Result<File, ExportError> {
    let whole = db.read(move |tx| load::load(tx, course)).await?;
    for hash in whole.hashes() {
        // Better no package than one with empty files in it.
        if !files.exists(&hash.parse().map_err(|_| store::Error::NotFound)?).await {
            return Err(ExportError::Missing { name: whole.name_of(&hash) });
        }
    }
    let (files, handle) = (Files::clone(files), Handle::current());
    let written =
        tokio::task::spawn_blocking(move || write(&whole, &Bytesource { files, handle }, tempfile::tempfile()?));
    written.await.map_err(io::Error::other)?
}

/// Writes the package to a file; an unfinished one is not left behind.
pub async fn export_file(db: &Db, files: &Files, course: CourseId, to: &Path) -> Result<(), ExportError> {
    let mut package = export(db, files, course).await?;
    let to = to.to_owned();
    let copied = tokio::task::spawn_blocking(move || {
        let part = to.with_extension("part");
        let copied = File::create(&part).and_then(|mut file| {
            io::copy(&mut package, &mut file)?;
            file.sync_all()
        });
        match copied.and_then(|()| std::fs::rename(&part, &to)) {
            Ok(()) => Ok(()),
            Err(e) => {
                let _ = std::fs::remove_file(&part);
                Err(e)
            }
        }
    });
    Ok(copied.await.map_err(io::Error::other)??)
}

/// Where the bytes of files come from while a package is written, one file at a time.
struct Bytesource {
    files: Files,
    handle: Handle,
}

impl Bytesource {
    fn of<'a>(&self, hash: &str) -> Source<'a> {
        let (files, handle, hash) = (Files::clone(&self.files), self.handle.clone(), hash.to_owned());
        Box::new(move || {
            let hash: Hash = hash.parse().map_err(io::Error::other)?;
            let (_, pieces) = handle.block_on(files.stream(&hash, None)).map_err(io::Error::other)?;
            Ok(Box::new(Pieces { pieces, handle, piece: Bytes::new() }))
        })
    }
}

/// A file that comes in pieces, read as one.
struct Pieces {
    pieces: BoxStream<'static, io::Result<Bytes>>,
    handle: Handle,
    piece: Bytes,
}

impl Read for Pieces {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while self.piece.is_empty() {
            match self.handle.block_on(self.pieces.next()) {
                Some(piece) => self.piece = piece?,
                None => return Ok(0),
            }
        }
        let count = buffer.len().min(self.piece.len());
        buffer[..count].copy_from_slice(&self.piece.split_to(count));
        Ok(count)
    }
}

fn write(whole: &Whole, bytes: &Bytesource, out: File) -> Result<File, ExportError> {
    let mut builder = Builder::new(settings(whole), metadata(whole));
    let mut taken: HashSet<String> = HashSet::new();
    for file in &whole.files {
        let place = whole.places[&file.id.0].as_str();
        let content = FileContent {
            name: file.name.clone(),
            locked: file.locked_at.is_some(),
            tracks: tracks(whole, &whole.places, file.id.0),
            ..FileContent::default()
        };
        builder.file(&xml_id("f", file.id.0), place, content, bytes.of(&file.hash))?;
        taken.insert(format!("web_resources/{place}"));
    }
    contents(whole, &mut builder)?;
    originals(whole, bytes, &mut builder, &mut taken)?;
    let extra = extra(whole);
    builder.bytes(extra::PATH, extra.bytes())?;
    builder.original(PackageOriginal {
        identifier: extra::IDENTIFIER.to_owned(),
        kind: "associatedcontent/imscc_xmlv1p3/learning-application-resource".to_owned(),
        href: Some(extra::PATH.to_owned()),
        files: vec![extra::PATH.to_owned()],
        ..PackageOriginal::default()
    });
    builder.modules(outline::modules(whole));
    let mut out = builder.write(out)?;
    out.rewind()?;
    Ok(out)
}

fn moment(at: store::Time) -> Moment {
    Moment { unix_seconds: at.seconds() }
}

fn settings(whole: &Whole) -> CourseSettings {
    let course = &whole.course;
    CourseSettings {
        identifier: xml_id("c", course.id.0),
        title: Some(course.title.clone()),
        code: Some(course.code.clone()).filter(|code| !code.is_empty()),
        start_at: course.starts.map(moment),
        end_at: course.ends.map(moment),
        license: Some(licence_word(course.licence).to_owned()),
        language: Some(course.language.clone()),
        description: Some(course.summary.clone()).filter(|summary| !summary.is_empty()),
        default_view: Some("modules".to_owned()),
        ..CourseSettings::default()
    }
}

fn metadata(whole: &Whole) -> Metadata {
    let course = &whole.course;
    Metadata {
        title: Some(course.title.clone()),
        description: Some(course.summary.clone()).filter(|summary| !summary.is_empty()),
        language: Some(course.language.clone()),
        ..Metadata::default()
    }
}

/// The captions of a clip.
fn tracks(whole: &Whole, places: &BTreeMap<Id, String>, clip: Id) -> Vec<PackageTrack> {
    let shows = |item: &&::outline::ItemId| whole.shown.get(*item).is_some_and(|shown| shown.id.0 == clip);
    let Some(tracks) = whole.tracks.keys().find(shows).and_then(|item| whole.tracks.get(item)) else {
        return Vec::new();
    };
    let track = |(language, file): &(String, Id)| {
        Some(PackageTrack {
            kind: "subtitles".to_owned(),
            language: language.clone(),
            resource: Some(xml_id("f", *file)),
            path: Some(format!("web_resources/{}", places.get(file)?)),
            text: None,
        })
    };
    tracks.iter().filter_map(track).collect()
}

/// Pages, links and the syllabus.
fn contents(whole: &Whole, builder: &mut Builder<'_>) -> Result<(), ExportError> {
    for item in &whole.items {
        let id = xml_id("r", item.id.0);
        if whole.assignment_of(item).is_some() {
            continue;
        }
        if let Some(page) = whole.pages.get(&item.id) {
            let package_page = PackagePage {
                title: item.title.clone(),
                body: addresses::html(whole, &page.html),
                slug: page.slug.clone(),
                ..PackagePage::default()
            };
            builder.page(&id, Some(item.published_at.is_some()), &package_page)?;
        }
        if let Some((url, opens)) = whole.links.get(&item.id) {
            let target = match opens {
                Opens::Tab => "_blank",
                Opens::Here => "_self",
                Opens::Frame => "_iframe",
            };
            let link = WebLink {
                title: item.title.clone(),
                url: url.clone(),
                target: Some(target.to_owned()),
                ..WebLink::default()
            };
            builder.web_link(&id, &link)?;
        }
    }
    if !whole.course.about.trim().is_empty() {
        let body = text::markdown::to_html(&whole.course.about, &text::markdown::Options::default()).html;
        let page = PackagePage { title: whole.course.title.clone(), body, ..PackagePage::default() };
        builder.syllabus(&xml_id("s", whole.course.id.0), &page)?;
    }
    Ok(())
}

/// What was kept goes out again. Two packages may have used the same identifiers and paths: each goes out once.
fn originals<'a>(
    whole: &Whole,
    bytes: &Bytesource,
    builder: &mut Builder<'a>,
    taken: &mut HashSet<String>,
) -> Result<(), ExportError> {
    let mut known: HashSet<String> = HashSet::new();
    for original in whole.originals.iter().filter(|original| whole.goes_out(original)) {
        for part in original.parts.0.iter().filter(|part| known.insert(part.identifier.clone())) {
            let part = written(part, &original.parts.0);
            // All that was in these settings is written anew.
            if original.kind == "settings" && part.files.is_empty() {
                continue;
            }
            builder.original(part);
        }
        for file in original.files.0.iter().filter(|file| !is_written(&file.path)) {
            if taken.insert(file.path.clone()) {
                builder.entry(&file.path, bytes.of(&file.hash))?;
            }
        }
    }
    Ok(())
}

/// What the formats of others do not say.
fn extra(whole: &Whole) -> Extra {
    let course = &whole.course;
    let mut extra = Extra::new(ExtraCourse {
        about: course.about.clone(),
        hue: Some(course.hue),
        weeks: course.layout == Layout::Weeks,
        licence: course.licence.to_string(),
    });
    for item in &whole.items {
        let page = whole.pages.get(&item.id).filter(|page| page.format == Format::Markdown);
        let own = ExtraItem {
            minutes: item.minutes,
            due_at: item.due_at,
            unlock_at: item.unlock_at,
            lock_at: item.lock_at,
            release: item.release.clone().map(|release| release.0),
            markdown: page.map(|page| addresses::markdown(whole, &page.source)),
            opens: whole.links.get(&item.id).map(|(_, opens)| opens.to_string()),
        };
        if own != ExtraItem::default() {
            extra.items.insert(xml_id("i", item.id.0), own);
        }
    }
    extra
}

/// Where an original lies among the others.
fn part_ids(original: &Original) -> impl Iterator<Item = &str> {
    original.parts.0.iter().map(|part| part.identifier.as_str())
}
