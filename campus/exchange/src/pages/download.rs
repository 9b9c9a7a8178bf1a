//! `GET /courses/{course}/export`: the course as a package.

use axum::body::Body;
use axum::extract::{Path, State};
use axum::response::IntoResponse;
use courses::{Course, CourseId, EDIT};
use files::Files;
use files::serve::content_disposition;
use people::Visitor;
use tokio::io::AsyncReadExt as _;
use web::{Ctx, Error, Result, word};

use crate::ExportError;
use crate::export::export;

/// How much of a package is sent at once, in bytes.
const PIECE_BYTES: usize = 64 << 10;

pub(super) async fn send(State(ctx): State<Ctx>, visitor: Visitor, Path(id): Path<CourseId>) -> Result {
    let viewer = visitor.viewer()?;
    let course = ctx
        .db
        .read(move |tx| {
            let course = Course::find(tx, id)?;
            viewer.must_see(EDIT, &course.scope())?;
            Ok::<_, Error>(course)
        })
        .await?;
    let package = export(&ctx.db, &ctx.get::<Files>(), id).await.map_err(trouble)?;
    let size = package.metadata().map_err(Error::internal)?.len();
    let name = format!("{}.imscc", text::slug(&course.name()));
    let pieces = futures_util::stream::try_unfold(tokio::fs::File::from_std(package), |mut package| async move {
        let mut piece = bytes::BytesMut::with_capacity(PIECE_BYTES);
        let count = package.read_buf(&mut piece).await?;
        Ok::<_, std::io::Error>((count > 0).then(|| (piece.freeze(), package)))
    });
    let answer = web::Response::from(Body::from_stream(pieces).into_response());
    Ok(answer
        .set(http::header::CONTENT_TYPE, "application/zip")
        .set(http::header::CONTENT_LENGTH, &size.to_string())
        .set(http::header::CONTENT_DISPOSITION, &content_disposition(&name, false))
        .cache(web::CachePolicy::NoStore))
}

fn trouble(error: ExportError) -> Error {
    match error {
        ExportError::Missing { name } => Error::conflict(word!("exchange-file-missing")).arg("name", name),
        other => Error::internal(other),
    }
}
