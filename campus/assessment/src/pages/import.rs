//! `GET /courses/{course}/questions/import`: questions from a file of another system. First a dry run that says what would be
//! taken over and what not; then all of it, or nothing.

use askama::Template;
use axum::extract::{Path, State};
use courses::{Course, CourseId, CoursePage, EDIT};
use people::{Viewer, Visitor};
use store::Tx;
use web::{Ctx, Error, FlashKind, Form, Page, Result, Upload, html, mistakes, see_other, word};

use super::at_course;
use crate::import::{self, FILE_BYTES_MAX, Format, Found, Report};
use crate::{FolderId, bank, folder};

/// The largest request, in bytes: the file, or what was read of it.
pub(super) const UPLOAD_BYTES_MAX: usize = 4 * FILE_BYTES_MAX;

#[derive(Template)]
#[template(path = "assessment/import.html")]
struct ImportPage {
    page: Page,
    frame: CoursePage,
    form: Form,
    formats: Vec<(String, String)>,
    folders: Vec<(String, String)>,
}

#[derive(Template)]
#[template(path = "assessment/import_check.html")]
struct CheckPage {
    page: Page,
    frame: CoursePage,
    report: Report,
    /// What would be taken over, for the form that does it.
    kept: String,
    folder: String,
}

/// The page.
pub(super) async fn show(State(ctx): State<Ctx>, visitor: Visitor, Path(course): Path<CourseId>) -> Result {
    let db = ctx.db.clone();
    db.read(move |tx| {
        let (viewer, course) = at_course(tx, &visitor, course, EDIT)?;
        Ok(html(view(tx, &ctx, &viewer, &course, Form::new())?))
    })
    .await
}

fn view(tx: &mut Tx<'_>, ctx: &Ctx, viewer: &Viewer, course: &Course, form: Form) -> Result<ImportPage> {
    let page = viewer.page(ctx, "courses");
    let guessed = (String::new(), page.t("assessment-format-guess"));
    let named = |format: &Format| (format.to_string(), page.t(format!("assessment-format-{format}")));
    let none = (String::new(), page.t("assessment-no-folder"));
    let folders = folder::named(&folder::all(tx, course.id)?);
    Ok(ImportPage {
        frame: CoursePage::new(viewer, course, "edit"),
        formats: std::iter::once(guessed).chain(Format::ALL.iter().map(named)).collect(),
        folders: std::iter::once(none).chain(folders.into_iter().map(|(id, name)| (id.to_string(), name))).collect(),
        page,
        form,
    })
}

/// `POST`: reads the file, and changes nothing.
pub(super) async fn check(
    State(ctx): State<Ctx>,
    visitor: Visitor,
    Path(course): Path<CourseId>,
    mut upload: Upload,
) -> Result {
    {
        // Nobody else's file is read.
        let visitor = visitor.clone();
        ctx.db.read(move |tx| at_course(tx, &visitor, course, EDIT).map(|_| ())).await?;
    }
    let mut file = None;
    while let Some(sent) = upload.next_file().await? {
        let name = sent.name.clone();
        file = Some((name, sent.bytes(FILE_BYTES_MAX).await?));
    }
    let mut form = upload.into_form();
    let db = ctx.db.clone();
    db.read(move |tx| {
        let (viewer, course) = at_course(tx, &visitor, course, EDIT)?;
        let pasted = form.value("pasted").to_owned();
        let source = match file {
            Some(file) => Some(file),
            None if pasted.trim().is_empty() => None,
            None => Some((String::new(), pasted.into_bytes())),
        };
        let Some((name, bytes)) = source else {
            form.fail("file", word!("assessment-import-no-file"));
            return Ok(mistakes(view(tx, &ctx, &viewer, &course, form)?));
        };
        let format = form.value("format").parse().unwrap_or_else(|_| import::guess(&name, &bytes));
        let report = import::read(format, &bytes);
        let view = CheckPage {
            kept: serde_json::to_string(&report.found).map_err(Error::internal)?,
            frame: CoursePage::new(&viewer, &course, "edit"),
            page: viewer.page(&ctx, "courses"),
            folder: form.value("folder").to_owned(),
            report,
        };
        Ok(html(view))
    })
    .await
}

/// `POST .../all`: takes over what the dry run has found. Sent twice it doubles nothing.
pub(super) async fn take(State(ctx): State<Ctx>, visitor: Visitor, Path(course): Path<CourseId>, form: Form) -> Result {
    let db = ctx.db.clone();
    db.write(move |tx| {
        let (viewer, course) = at_course(tx, &visitor, course, EDIT)?;
        let found: Vec<Found> =
            serde_json::from_str(form.value("kept")).map_err(|_| Error::bad_request("error-bad-request"))?;
        let room = usize::try_from(bank::QUESTIONS_MAX - bank::count(tx, course.id)?).unwrap_or(0);
        if found.len() > room {
            return Err(Error::conflict(word!("assessment-bank-full")));
        }
        let folder = form.value("folder").parse::<FolderId>().ok();
        let taken = import::take(tx, course.id, folder, &found, viewer.person)?;
        let said = viewer.page(&ctx, "courses").tn("assessment-imported", taken.len());
        Ok(see_other(format!("/courses/{}/questions", course.id)).flash(FlashKind::Good, said, None))
    })
    .await
}

impl CheckPage {
    fn kind(&self, found: &Found) -> String {
        self.page.t(format!("assessment-kind-{}", found.question.kind()))
    }

    fn title(&self, found: &Found) -> String {
        bank::name(&found.title, &found.question)
    }
}
