//! `.../submissions.zip`: everything that was handed in, a folder for each person.

use std::fs::File;
use std::io::{self, Write as _};

use axum::body::Body;
use axum::extract::{Path, State};
use axum::response::IntoResponse;
use files::Files;
use files::serve::content_disposition;
use http::header;
use outline::ItemId;
use people::{PersonId, Visitor};
use store::{FromRow, Tx, params, sql};
use tokio::io::AsyncReadExt as _;
use tokio::runtime::Handle;
use web::{CachePolicy, Ctx, Error, Result};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use super::{At, for_marker};
use crate::assignment::FILE_BYTES_MAX;
use crate::marking;

/// How much is sent at once, in bytes.
const PIECE_BYTES: usize = 64 << 10;

#[derive(FromRow)]
struct Row {
    person: PersonId,
    number: i64,
    text: String,
    address: String,
    name: Option<String>,
    hash: Option<String>,
}

/// One file of the archive.
enum Entry {
    Words(String),
    Kept(String),
}

pub(super) async fn download(State(ctx): State<Ctx>, visitor: Visitor, Path((course, item)): At) -> Result {
    let (title, entries) = ctx
        .db
        .read(move |tx| {
            let (_, _, item, assignment) = for_marker(tx, &visitor, course, item)?;
            let lines = marking::queue(tx, &item, &assignment)?;
            let names = lines.into_iter().map(|line| (line.person, line.name)).collect::<Vec<_>>();
            Ok::<_, Error>((item.title.clone(), entries(&rows(tx, item.id)?, &names)))
        })
        .await?;
    let (files, handle) = (Files::clone(&ctx.get::<Files>()), Handle::current());
    let written = tokio::task::spawn_blocking(move || write(entries, &files, &handle));
    let archive = written.await.map_err(Error::internal)?.map_err(Error::internal)?;
    let size = archive.metadata().map_err(Error::internal)?.len();
    let pieces = futures_util::stream::try_unfold(tokio::fs::File::from_std(archive), |mut archive| async move {
        let mut piece = bytes::BytesMut::with_capacity(PIECE_BYTES);
        let count = archive.read_buf(&mut piece).await?;
        Ok::<_, io::Error>((count > 0).then(|| (piece.freeze(), archive)))
    });
    let answer = web::Response::from(Body::from_stream(pieces).into_response());
    Ok(answer
        .set(header::CONTENT_TYPE, "application/zip")
        .set(header::CONTENT_LENGTH, &size.to_string())
        .set(header::CONTENT_DISPOSITION, &content_disposition(&format!("{}.zip", text::slug(&title)), false))
        .cache(CachePolicy::NoStore))
}

fn rows(tx: &mut Tx<'_>, item: ItemId) -> store::Result<Vec<Row>> {
    tx.all(
        sql!(
            "select s.person, s.number, s.text, s.address, f.name, f.hash
             from submission s left join submission_file f on f.submission = s.id
             where s.item = ?1 order by s.person, s.number, f.position"
        ),
        params![item],
    )
}

/// The files of the archive with their paths, each path once.
fn entries(rows: &[Row], names: &[(PersonId, String)]) -> Vec<(String, Entry)> {
    let mut entries: Vec<(String, Entry)> = Vec::new();
    let mut seen: Option<(PersonId, i64)> = None;
    for row in rows {
        let at = names.iter().position(|(person, _)| *person == row.person);
        let Some((at, (_, name))) = at.and_then(|at| Some((at, names.get(at)?))) else { continue };
        // Two people of one name have two folders.
        let folder = format!("{:03}-{}/{}", at + 1, text::slug(name), row.number);
        if seen != Some((row.person, row.number)) {
            seen = Some((row.person, row.number));
            if !row.text.is_empty() {
                entries.push((format!("{folder}/text.txt"), Entry::Words(row.text.clone())));
            }
            if !row.address.is_empty() {
                entries.push((format!("{folder}/address.txt"), Entry::Words(row.address.clone())));
            }
        }
        if let (Some(name), Some(hash)) = (&row.name, &row.hash) {
            let path = format!("{folder}/{}", safe(name));
            let path = free(path, &entries);
            entries.push((path, Entry::Kept(hash.clone())));
        }
    }
    entries
}

/// A name that no system takes for a path or a device.
fn safe(name: &str) -> String {
    let is_fit = |c: char| !c.is_control() && !matches!(c, '/' | '\\' | ':' | '*' | '?' | '"' | '<' | '>' | '|');
    let name: String = name.chars().map(|c| if is_fit(c) { c } else { '_' }).collect();
    let name = name.trim_matches(['.', ' ']);
    if name.is_empty() { "file".to_owned() } else { name.to_owned() }
}

/// A path that none of the others has, whatever their case.
fn free(path: String, entries: &[(String, Entry)]) -> String {
    let is_taken = |path: &str| entries.iter().any(|(there, _)| there.eq_ignore_ascii_case(path));
    if !is_taken(&path) {
        return path;
    }
    let (stem, ending) = path.rsplit_once('.').filter(|(_, ending)| !ending.contains('/')).unwrap_or((&path, ""));
    let numbered = |n: usize| if ending.is_empty() { format!("{stem}-{n}") } else { format!("{stem}-{n}.{ending}") };
    (2..entries.len() + 3).map(numbered).find(|path| !is_taken(path)).unwrap_or_default()
}

fn write(entries: Vec<(String, Entry)>, files: &Files, handle: &Handle) -> io::Result<File> {
    let mut archive = ZipWriter::new(tempfile::tempfile()?).set_auto_large_file();
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
    for (path, entry) in entries {
        archive.start_file(path, options)?;
        match entry {
            Entry::Words(words) => archive.write_all(words.as_bytes())?,
            Entry::Kept(hash) => {
                let hash = hash.parse().map_err(|_| io::Error::other("a stored hash is no hash"))?;
                let bytes = handle.block_on(files.read_all(&hash, FILE_BYTES_MAX)).map_err(io::Error::other)?;
                archive.write_all(&bytes)?;
            }
        }
    }
    let mut file = archive.finish()?;
    io::Seek::rewind(&mut file)?;
    Ok(file)
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::allow_attributes, reason = "a test says so by stopping")]
mod tests {
    use super::*;

    #[test]
    fn paths_are_safe_and_each_is_there_once() {
        let person = PersonId(store::Id::from_u128(1));
        let row = |name: &str| Row {
            person,
            number: 1,
            text: "Words".to_owned(),
            address: String::new(),
            name: Some(name.to_owned()),
            hash: Some("ab".to_owned()),
        };
        let names = [(person, "Ana Silva".to_owned())];
        let made = entries(&[row("../../etc/passwd"), row("A.pdf"), row("a.pdf"), row("...")], &names);
        let paths: Vec<&str> = made.iter().map(|(path, _)| path.as_str()).collect();
        assert_eq!(
            paths,
            [
                "001-ana-silva/1/text.txt",
                "001-ana-silva/1/_.._etc_passwd",
                "001-ana-silva/1/A.pdf",
                "001-ana-silva/1/a-2.pdf",
                "001-ana-silva/1/file"
            ]
        );
    }
}
