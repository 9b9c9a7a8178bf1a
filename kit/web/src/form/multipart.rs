use std::sync::Arc;

use axum::RequestExt as _;
use axum::extract::{FromRequest, Request};
use bytes::Bytes;
use http::{StatusCode, header};

use super::Form;
use crate::page::Page;
use crate::{Error, Result};

/// The size of one text field beside files, in bytes.
const TEXT_BYTES_MAX: usize = 1 << 20;
/// Files in one request, unless [`Upload::files_max`] says otherwise.
const FILES_MAX: usize = 100;

/// A form with files, which are read piece by piece and never held as a whole. An extractor; the size of the whole is
/// limited by the route (`Routes::body_limit`).
///
/// ```ignore
/// while let Some(mut file) = upload.next_file().await? {
///     while let Some(piece) = file.chunk().await? { writer.write(&piece).await?; }
/// }
/// let form = upload.into_form();
/// ```
///
/// Text fields are in the form as far as they were sent: those before a file are there when the file comes, so a page
/// puts its file fields last.
#[derive(Debug)]
pub struct Upload {
    parts: multer::Multipart<'static>,
    form: Form,
    files: usize,
    files_max: usize,
}

/// One file of an upload. It must be dropped before the next is asked for.
#[derive(Debug)]
pub struct UploadFile {
    /// The name of the field.
    pub field: String,
    /// The file's name without any folders. What it says about the kind of file proves nothing.
    pub name: String,
    /// The media type that the browser claims.
    pub claimed_type: Option<String>,
    part: multer::Field<'static>,
}

impl Upload {
    /// Another limit on the number of files.
    #[must_use]
    pub fn files_max(mut self, files_max: usize) -> Self {
        self.files_max = files_max;
        self
    }

    /// The next file, if there is one. Fields for which no file was chosen are passed over.
    pub async fn next_file(&mut self) -> Result<Option<UploadFile>> {
        while let Some(part) = self.parts.next_field().await.map_err(broken)? {
            let field = part.name().unwrap_or_default().to_owned();
            let Some(name) = part.file_name().map(plain_name) else {
                let value = text(part).await?;
                self.form.push(field, value)?;
                continue;
            };
            if name.is_empty() {
                continue;
            }
            self.files += 1;
            if self.files > self.files_max {
                let error = Error::new(StatusCode::PAYLOAD_TOO_LARGE, "too-many-files", "error-upload-files");
                return Err(error.arg("count", self.files_max));
            }
            let claimed_type = part.content_type().map(|kind| kind.essence_str().to_owned());
            return Ok(Some(UploadFile { field, name, claimed_type, part }));
        }
        Ok(None)
    }

    /// The text fields so far.
    pub fn form(&self) -> &Form {
        &self.form
    }

    /// The text fields; all of them where [`Upload::next_file`] has come to its end.
    pub fn into_form(self) -> Form {
        self.form
    }

    /// The form, and the bytes of a list that was chosen as a file, else of the one that was pasted into this field. One
    /// of more than so many bytes comes with more than so many: whoever reads it says what is wrong with it.
    pub async fn into_list(mut self, field: &str, bytes_max: usize) -> Result<(Form, Vec<u8>)> {
        let mut bytes = Vec::new();
        while let Some(file) = self.next_file().await? {
            bytes = file.bytes(bytes_max + 1).await.unwrap_or_else(|_| vec![0; bytes_max + 1]);
        }
        let form = self.into_form();
        if bytes.is_empty() {
            bytes = form.value(field).as_bytes().to_vec();
        }
        Ok((form, bytes))
    }
}

impl UploadFile {
    /// The next piece of the file, or nothing at its end.
    pub async fn chunk(&mut self) -> Result<Option<Bytes>> {
        self.part.chunk().await.map_err(broken)
    }

    /// The whole file, if it has at most so many bytes.
    pub async fn bytes(mut self, bytes_max: usize) -> Result<Vec<u8>> {
        let mut whole = Vec::new();
        while let Some(piece) = self.chunk().await? {
            if whole.len() + piece.len() > bytes_max {
                return Err(Error::too_large(bytes_max));
            }
            whole.extend_from_slice(&piece);
        }
        Ok(whole)
    }
}

impl<S: Send + Sync> FromRequest<S> for Upload {
    type Rejection = Error;

    async fn from_request(request: Request, _: &S) -> Result<Self, Error> {
        let lang = request.extensions().get::<Arc<Page>>().map(|page| page.lang.clone());
        let kind = request.headers().get(header::CONTENT_TYPE).and_then(|v| v.to_str().ok()).unwrap_or_default();
        let boundary =
            multer::parse_boundary(kind).map_err(|_| Error::from_status(StatusCode::UNSUPPORTED_MEDIA_TYPE))?;
        let stream = request.with_limited_body().into_body().into_data_stream();
        let form = Form { lang, ..Form::default() };
        Ok(Self { parts: multer::Multipart::new(stream, boundary), form, files: 0, files_max: FILES_MAX })
    }
}

/// The text fields of a multipart form; files in it are passed over.
pub(super) async fn fields_only<S: Send + Sync>(request: Request, state: &S) -> Result<Form> {
    let mut upload = Upload::from_request(request, state).await?;
    while upload.next_file().await?.is_some() {}
    Ok(upload.form)
}

async fn text(mut part: multer::Field<'static>) -> Result<String> {
    let mut bytes = Vec::new();
    while let Some(piece) = part.chunk().await.map_err(broken)? {
        if bytes.len() + piece.len() > TEXT_BYTES_MAX {
            return Err(Error::too_large(TEXT_BYTES_MAX));
        }
        bytes.extend_from_slice(&piece);
    }
    String::from_utf8(bytes).map_err(|_| Error::bad_request("error-bad-request"))
}

/// The last part of a path as any system writes it; some browsers send folders.
fn plain_name(name: &str) -> String {
    let name = name.rsplit(['/', '\\']).next().unwrap_or_default();
    name.chars().filter(|c| !c.is_control()).collect::<String>().trim().to_owned()
}

/// The body is over the route's limit, or the upload broke off, or is no multipart form.
fn broken(error: multer::Error) -> Error {
    if let multer::Error::StreamReadFailed(source) = &error {
        let mut next: Option<&(dyn std::error::Error + 'static)> = Some(&**source);
        while let Some(cause) = next {
            if cause.is::<http_body_util::LengthLimitError>() {
                return Error::from_status(StatusCode::PAYLOAD_TOO_LARGE).source(error);
            }
            next = cause.source();
        }
    }
    Error::new(StatusCode::BAD_REQUEST, "broken-upload", "error-upload-broken").source(error)
}
