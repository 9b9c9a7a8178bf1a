//! `GET /courses/{course}/export`: the course as a package.

use axum::body::Body;
use axum::extract::{Path, State};
use axum::response::IntoResponse;
use courses::{Course, CourseId, EDIT};
use files::Files;
use files::serve::content_disposition;
use people::Visitor;
use web::{Ctx, Error, Result};

use crate::export::export_bytes;

pub(super) async fn export(State(ctx): State<Ctx>, visitor: Visitor, Path(id): Path<CourseId>) -> Result {
    let viewer = visitor.viewer()?;
    let course = ctx
        .db
        .read(move |tx| {
            let course = Course::find(tx, id)?;
            viewer.must_see(EDIT, &course.scope())?;
            Ok::<_, Error>(course)
        })
        .await?;
    let files = ctx.get::<Files>();
    let bytes = export_bytes(&ctx.db, &files, id).await.map_err(Error::internal)?;
    let name = format!("{}.imscc", text::slug(&course.name()));
    let answer = web::Response::from(Body::from(bytes).into_response());
    Ok(answer
        .set(http::header::CONTENT_TYPE, "application/zip")
        .set(http::header::CONTENT_DISPOSITION, &content_disposition(&name, false))
        .cache(web::CachePolicy::NoStore))
}
