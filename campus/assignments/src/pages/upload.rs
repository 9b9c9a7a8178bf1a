//! Files on their way in: the bytes are kept first, then named in one transaction. An upload that breaks off leaves
//! nothing behind but bytes that nobody names.

use files::{Files, Limits};
use http::{HeaderMap, header};
use store::{Id, Tx};
use web::form::UploadFile;
use web::{Arg, Ctx, Error, Form, Result, Upload, word};

use crate::Assignment;
use crate::assignment::MEGABYTE;
use crate::draft::{WorkFile, WrongFile, check_file};

/// The largest text file whose words are compared with those of others, in bytes.
const WORDS_BYTES_MAX: u64 = 1 << 20;
/// The most characters of a file's name.
const NAME_MAX: usize = 200;

/// A form with its files.
pub(super) struct Sent {
    pub(super) form: Form,
    pub(super) files: Vec<Incoming>,
}

/// A file whose bytes are kept and that nobody names yet; or one that was too large.
pub(super) enum Incoming {
    Kept(Kept),
    TooLarge(String),
}

pub(super) struct Kept {
    pub(super) name: String,
    pub(super) hash: String,
    pub(super) media_type: String,
    pub(super) size: u64,
}

impl Kept {
    pub(super) fn named(&self, tx: &mut Tx<'_>) -> WorkFile {
        WorkFile {
            id: tx.new_id::<Id>(),
            name: self.name.clone(),
            hash: self.hash.clone(),
            media_type: self.media_type.clone(),
            size: self.size,
        }
    }
}

/// Reads a form to its end, with the files in it.
pub(super) async fn read(ctx: &Ctx, request: axum::extract::Request, file_bytes_max: u64) -> Result<Sent> {
    use axum::extract::FromRequest;
    let kind = request.headers().get("content-type").and_then(|value| value.to_str().ok()).unwrap_or_default();
    if !kind.starts_with("multipart/") {
        let form = Form::from_request(request, ctx).await?;
        return Ok(Sent { form, files: Vec::new() });
    }
    let mut upload = Upload::from_request(request, ctx).await?;
    let mut files = Vec::new();
    while let Some(file) = upload.next_file().await? {
        files.push(keep(ctx, file, file_bytes_max).await?);
    }
    Ok(Sent { form: upload.into_form(), files })
}

/// Reads one file to its end, also where it is too large: the fields behind it are still to come.
async fn keep(ctx: &Ctx, mut file: UploadFile, bytes_max: u64) -> Result<Incoming> {
    let name = short(&file.name);
    let mut put = Some(ctx.get::<Files>().begin(&Limits { bytes_max }).await.map_err(trouble)?);
    while let Some(piece) = file.chunk().await? {
        let Some(open) = &mut put else { continue };
        match open.write(&piece).await {
            Ok(()) => {}
            Err(e) if e.is_too_large() => put = None,
            Err(e) => return Err(trouble(e)),
        }
    }
    let Some(put) = put else { return Ok(Incoming::TooLarge(name)) };
    let stored = put.finish().await.map_err(trouble)?;
    Ok(Incoming::Kept(Kept {
        name,
        hash: stored.hash.to_string(),
        media_type: stored.media_type.clone(),
        size: stored.size,
    }))
}

/// A name that is too long keeps its ending.
fn short(name: &str) -> String {
    if name.chars().count() <= NAME_MAX {
        return name.to_owned();
    }
    let (stem, ending) = name.rsplit_once('.').filter(|(_, ending)| ending.len() <= 10).unwrap_or((name, ""));
    let stem: String = stem.chars().take(NAME_MAX - 12).collect();
    if ending.is_empty() { stem } else { format!("{stem}.{ending}") }
}

/// Hands a file out. What it is shown with may change; the browser asks each time, which costs next to nothing.
pub(super) async fn send(ctx: &Ctx, file: &WorkFile, download: bool, headers: &HeaderMap) -> Result {
    let hash = file.hash.parse().map_err(|_| Error::internal("a stored hash is no hash"))?;
    let (name, media_type) = (file.name.as_str(), file.media_type.as_str());
    let asked = files::serve::Asked { hash: &hash, name, media_type, size: file.size, download, headers };
    let answer = files::serve::response(&ctx.get::<Files>(), &asked).await.map_err(trouble)?;
    Ok(web::Response::from(answer).set(header::CACHE_CONTROL, "private, no-cache"))
}

fn trouble(e: files::FilesError) -> Error {
    Error::internal(e.to_string())
}

/// The files that an assignment takes, of those that came; what is wrong with the others is said at the field.
pub(super) fn taken<'f>(
    form: &mut Form,
    assignment: &Assignment,
    files: &'f [Incoming],
    there: &[WorkFile],
) -> Vec<&'f Kept> {
    let mut taken = Vec::new();
    for file in files {
        match file {
            Incoming::TooLarge(name) => {
                let megabytes = Arg::Whole((assignment.file_bytes_max / MEGABYTE).cast_signed());
                let name = Arg::Text(name.as_str().into());
                form.fail_with("files", word!("assignments-file-too-large"), &[("name", name), ("size", megabytes)]);
            }
            Incoming::Kept(kept) => match check_file(assignment, &kept.name, &kept.media_type) {
                // The same again is there once.
                Ok(()) if there.iter().any(|one| one.hash == kept.hash && one.name == kept.name) => {}
                Ok(()) => taken.push(kept),
                Err(wrong) => {
                    let id = match wrong {
                        WrongFile::Ending => word!("assignments-file-wrong-type"),
                        WrongFile::Content => word!("assignments-file-wrong-content"),
                    };
                    let types = assignment.file_types().join(", ");
                    let name = Arg::Text(kept.name.as_str().into());
                    form.fail_with("files", id, &[("name", name), ("types", Arg::Text(types.into()))]);
                }
            },
        }
    }
    let room = (assignment.files_max as usize).saturating_sub(there.len());
    if taken.len() > room {
        let count = Arg::Whole(i64::from(assignment.files_max));
        form.fail_with("files", word!("assignments-too-many-files"), &[("count", count)]);
        taken.truncate(room);
    }
    taken
}

/// The words of files that are plain text, by their hash.
pub(super) async fn words(ctx: &Ctx, files: &[(String, String, u64)]) -> Result<Vec<(String, String)>> {
    let mut words = Vec::new();
    for (hash, media_type, size) in files {
        if !media_type.starts_with("text/") || *size > WORDS_BYTES_MAX {
            continue;
        }
        let Ok(parsed) = hash.parse() else { continue };
        let bytes = ctx.get::<Files>().read_all(&parsed, WORDS_BYTES_MAX).await.map_err(trouble)?;
        // PostgreSQL keeps no NUL.
        words.push((hash.clone(), String::from_utf8_lossy(&bytes).replace('\0', " ")));
    }
    Ok(words)
}
