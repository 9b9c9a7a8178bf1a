//! Handing a package in.

use askama::Template;
use axum::extract::{Path, State};
use courses::{CREATE, Course, CourseId, CoursePage, EDIT};
use files::{Files, Limits, Stored};
use people::{Permission, Scope, UnitId, Viewer, Visitor};
use store::{FromRow, Tx, params, sql};
use web::{Ctx, Error, Form, Page, Result, Upload, html, mistakes, see_other, word};

use crate::import::{Import, ImportState, Looked};
use crate::run::{blocking, read, words};
use crate::{ImportError, PACKAGE_BYTES_MAX};

#[derive(Template)]
#[template(path = "exchange/new.html")]
struct NewPage {
    page: Page,
    form: Form,
    units: Vec<(String, String)>,
}

#[derive(Template)]
#[template(path = "exchange/into.html")]
struct IntoPage {
    page: Page,
    frame: CoursePage,
    form: Form,
    imports: Vec<Import>,
    originals: Vec<KeptOriginal>,
}

#[derive(FromRow)]
struct KeptOriginal {
    kind: String,
    title: String,
}

impl KeptOriginal {
    fn kind_word(&self, page: &Page) -> String {
        crate::report::kind_word(page, &self.kind)
    }
}

impl IntoPage {
    fn state_word(state: &ImportState) -> &'static str {
        match state {
            ImportState::Looked => word!("exchange-state-looked"),
            ImportState::Running => word!("exchange-state-running"),
            ImportState::Done => word!("exchange-state-done"),
            ImportState::Failed => word!("exchange-state-failed"),
        }
    }

    fn state_tone(state: &ImportState) -> &'static str {
        match state {
            ImportState::Done => "good",
            ImportState::Failed => "bad",
            ImportState::Running => "soon",
            ImportState::Looked => "",
        }
    }
}

fn units(tx: &mut Tx<'_>, viewer: &Viewer, permission: Permission) -> store::Result<Vec<(String, String)>> {
    let tree = people::unit::tree(tx)?;
    let mut names = people::unit::full_names(&tree);
    let may = tree.iter().filter(|unit| viewer.can(permission, &Scope::unit(&unit.path)));
    Ok(may.map(|unit| (unit.id.to_string(), names.remove(&unit.id).unwrap_or_default())).collect())
}

fn new_page(tx: &mut Tx<'_>, ctx: &Ctx, viewer: &Viewer, form: Form) -> Result<NewPage> {
    viewer.must_anywhere(CREATE)?;
    Ok(NewPage { units: units(tx, viewer, CREATE)?, page: viewer.page(ctx, "courses"), form })
}

fn into_page(tx: &mut Tx<'_>, ctx: &Ctx, viewer: &Viewer, course: CourseId, form: Form) -> Result<IntoPage> {
    let course = Course::find(tx, course)?;
    viewer.must_see(EDIT, &course.scope())?;
    let originals = tx.all(
        sql!("select kind, title from original where course = ?1 order by position, id limit 500"),
        params![course.id],
    )?;
    Ok(IntoPage {
        page: viewer.page(ctx, "courses"),
        frame: CoursePage::new(viewer, &course, "edit"),
        form,
        imports: Import::of_course(tx, course.id)?,
        originals,
    })
}

/// `GET /courses/import`.
pub(super) async fn new_course(State(ctx): State<Ctx>, visitor: Visitor) -> Result {
    let db = ctx.db.clone();
    db.read(move |tx| {
        let viewer = visitor.signed_in(tx)?;
        let form = Form::of(&[("unit", viewer.unit.map(|unit| unit.to_string()).unwrap_or_default())]);
        Ok(html(&new_page(tx, &ctx, &viewer, form)?))
    })
    .await
}

/// `GET /courses/{course}/import`.
pub(super) async fn into_course(State(ctx): State<Ctx>, visitor: Visitor, Path(course): Path<CourseId>) -> Result {
    let db = ctx.db.clone();
    db.read(move |tx| {
        let viewer = visitor.signed_in(tx)?;
        Ok(html(&into_page(tx, &ctx, &viewer, course, Form::new())?))
    })
    .await
}

/// `POST /courses/import`: looks at the package and shows what would become of it.
pub(super) async fn take_new_course(State(ctx): State<Ctx>, visitor: Visitor, upload: Upload) -> Result {
    let viewer = visitor.viewer()?;
    viewer.must_anywhere(CREATE)?;
    let (package, mut form) = take(&ctx, upload, &visitor.words().lang).await?;
    let asked = form.id::<UnitId>("unit").required().or(UnitId(store::Id::nil()));
    let checked = viewer.clone();
    let unit = ctx.db.read(move |tx| people::unit::find(tx, asked)).await?;
    match unit.filter(|unit| checked.can(CREATE, &Scope::unit(&unit.path))) {
        Some(unit) if !form.has_errors() => keep(&ctx, viewer, package, None, Some(unit.id)).await,
        unit => {
            if unit.is_none() && form.error("unit").is_none() {
                form.fail("unit", word!("courses-fault-unit"));
            }
            let db = ctx.db.clone();
            db.read(move |tx| Ok(mistakes(&new_page(tx, &ctx, &viewer, form)?))).await
        }
    }
}

/// `POST /courses/{course}/import`.
pub(super) async fn take_into_course(
    State(ctx): State<Ctx>,
    visitor: Visitor,
    Path(course): Path<CourseId>,
    upload: Upload,
) -> Result {
    let viewer = visitor.viewer()?;
    let asked = viewer.clone();
    ctx.db.read(move |tx| asked.must_see(EDIT, &Course::find(tx, course)?.scope())).await?;
    let (package, form) = take(&ctx, upload, &visitor.words().lang).await?;
    if !form.has_errors() {
        return keep(&ctx, viewer, package, Some(course), None).await;
    }
    let db = ctx.db.clone();
    db.read(move |tx| Ok(mistakes(&into_page(tx, &ctx, &viewer, course, form)?))).await
}

struct Package {
    name: String,
    stored: Stored,
    report: crate::Report,
}

/// Reads the upload to its end, keeps it, and looks into it. What is wrong stands in the form.
async fn take(ctx: &Ctx, mut upload: Upload, lang: &str) -> Result<(Option<Package>, Form)> {
    let files = ctx.get::<Files>();
    let mut kept = None;
    let mut fault = None;
    if let Some(mut file) = upload.next_file().await? {
        let mut put = files.begin(&Limits { bytes_max: PACKAGE_BYTES_MAX }).await.map_err(Error::internal)?;
        loop {
            let Some(piece) = file.chunk().await? else { break };
            match put.write(&piece).await {
                Ok(()) => {}
                Err(e) if e.is_too_large() => return Err(Error::too_large(PACKAGE_BYTES_MAX as usize)),
                Err(e) => return Err(Error::internal(e)),
            }
        }
        let stored = put.finish().await.map_err(Error::internal)?;
        match look(&files, &stored, lang).await {
            Ok(report) => kept = Some(Package { name: file.name.clone(), stored, report }),
            Err(ImportError::Package(e)) => fault = Some(e.to_string()),
            Err(e) => return Err(Error::internal(e)),
        }
    }
    while upload.next_file().await?.is_some() {}
    let mut form = upload.into_form().in_language(lang);
    match (&kept, fault) {
        (Some(_), _) => {}
        (None, Some(fault)) => {
            form.fail_with("file", word!("exchange-refused"), &[("fault", web::Arg::Text(fault.into()))]);
        }
        (None, None) => form.fail("file", word!("field-required")),
    }
    Ok((kept, form))
}

async fn look(files: &Files, stored: &Stored, lang: &str) -> std::result::Result<crate::Report, ImportError> {
    let file = files.local(&stored.hash).await?;
    let words = words(lang);
    blocking(move || Ok(read(file, &words)?.plan.report)).await
}

async fn keep(
    ctx: &Ctx,
    viewer: Viewer,
    package: Option<Package>,
    course: Option<CourseId>,
    unit: Option<UnitId>,
) -> Result {
    let Some(package) = package else { return Err(Error::bad_request(word!("field-required"))) };
    let looked = Looked {
        course,
        unit,
        file_name: package.name,
        hash: package.stored.hash.to_string(),
        size: package.stored.size,
        report: package.report,
    };
    let id = ctx.db.write(move |tx| Import::keep(tx, &looked, viewer.person)).await?;
    Ok(see_other(format!("/imports/{id}")))
}
