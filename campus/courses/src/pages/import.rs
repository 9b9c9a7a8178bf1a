//! `/courses/{course}/people/import`: enrolments from a list. First what would happen is shown, row by row; then it is
//! done.

use askama::Template;
use axum::extract::{Path, State};
use people::{Viewer, Visitor};
use store::Tx;
use web::{Ctx, Error, FlashKind, Form, Page, Result, Upload, html, mistakes, see_other, word};

use crate::course::Course;
use crate::enrolment::{
    IMPORT_BYTES_MAX, IMPORT_ROWS_MAX, Import, ImportAction, ImportError, ImportRow, apply_import, plan_import,
};
use crate::{CourseId, CoursePage, ENROL, ENROL_STAFF};

/// The size of the whole request in bytes: the list twice (as a file and as text) and the form around it.
pub(super) const BODY_BYTES_MAX: usize = 3 * IMPORT_BYTES_MAX;
/// How many rows of the report are shown; those that are left out come first.
const ROWS_SHOWN: usize = 500;

#[derive(Template)]
#[template(path = "courses/import.html")]
struct ImportPage {
    page: Page,
    frame: CoursePage,
    course: Course,
    form: Form,
    /// The list with what would happen, once one was handed in.
    import: Option<Import>,
    /// Whether it has happened.
    done: bool,
}

/// The empty form.
pub(super) async fn show(State(ctx): State<Ctx>, visitor: Visitor, Path(id): Path<CourseId>) -> Result {
    let db = ctx.db.clone();
    db.read(move |tx| {
        let (viewer, course) = admitted(&visitor, tx, id)?;
        let frame = CoursePage::new(&viewer, &course, "people");
        let page = viewer.page(&ctx, "courses");
        Ok(html(&ImportPage { page, frame, course, form: Form::new(), import: None, done: false }))
    })
    .await
}

/// Shows what would happen with a list, or does it where that was seen already.
pub(super) async fn import(
    State(ctx): State<Ctx>,
    visitor: Visitor,
    Path(id): Path<CourseId>,
    upload: Upload,
) -> Result {
    let (form, bytes) = upload.into_list("list", IMPORT_BYTES_MAX).await?;
    let db = ctx.db.clone();
    if form.value("act") == "apply" {
        return db.write(move |tx| apply(tx, &ctx, &visitor, id, &bytes, form)).await;
    }
    db.read(move |tx| plan(tx, &ctx, &visitor, id, &bytes, form)).await
}

fn plan(tx: &mut Tx<'_>, ctx: &Ctx, visitor: &Visitor, id: CourseId, bytes: &[u8], mut form: Form) -> Result {
    let (viewer, course) = admitted(visitor, tx, id)?;
    let page = viewer.page(ctx, "courses");
    let frame = CoursePage::new(&viewer, &course, "people");
    match plan_import(tx, &course, bytes, may_enrol_staff(&viewer, &course))? {
        Ok(import) => {
            form.set("list", people::import::text_of(bytes).unwrap_or_default());
            Ok(html(&ImportPage { page, frame, course, form, import: Some(import), done: false }))
        }
        Err(refused) => {
            let mut form = form.in_language(&page.lang);
            note(&mut form, &refused);
            Ok(mistakes(&ImportPage { page, frame, course, form, import: None, done: false }))
        }
    }
}

fn apply(tx: &mut Tx<'_>, ctx: &Ctx, visitor: &Visitor, id: CourseId, bytes: &[u8], mut form: Form) -> Result {
    let (viewer, course) = admitted(visitor, tx, id)?;
    let page = viewer.page(ctx, "courses");
    let frame = CoursePage::new(&viewer, &course, "people");
    match apply_import(tx, &course, bytes, may_enrol_staff(&viewer, &course), viewer.person)? {
        Ok(import) if import.count("left-out") == 0 => {
            let count = import.rows.len() - import.count("nothing");
            let text = page.tn("courses-flash-imported", count);
            Ok(see_other(format!("/courses/{id}/people")).flash(FlashKind::Good, text, None))
        }
        Ok(import) => Ok(html(&ImportPage { page, frame, course, form, import: Some(import), done: true })),
        Err(refused) => {
            note(&mut form, &refused);
            Ok(mistakes(&ImportPage { page, frame, course, form, import: None, done: false }))
        }
    }
}

/// A list may name any section, so enrolling by one takes the permission for the whole course.
fn admitted(visitor: &Visitor, tx: &mut Tx<'_>, id: CourseId) -> Result<(Viewer, Course), Error> {
    let viewer = visitor.signed_in(tx)?;
    let course = Course::find(tx, id)?;
    viewer.must(ENROL, &course.scope())?;
    Ok((viewer, course))
}

fn may_enrol_staff(viewer: &Viewer, course: &Course) -> bool {
    viewer.can(ENROL_STAFF, &course.scope())
}

fn note(form: &mut Form, refused: &ImportError) {
    use web::ToArg;
    match refused {
        ImportError::TooLarge => form.fail("file", word!("courses-import-too-large")),
        ImportError::TooManyRows => {
            form.fail_with("file", word!("courses-import-too-many-rows"), &[("count", IMPORT_ROWS_MAX.to_arg())]);
        }
        ImportError::NotText => form.fail("file", word!("courses-import-not-text")),
        ImportError::NoPersonColumn => form.fail("file", word!("courses-import-no-person-column")),
        ImportError::Empty => form.fail("file", word!("courses-import-empty")),
        ImportError::NotCsv(line) => {
            form.fail_with("file", word!("courses-import-not-csv"), &[("line", line.to_arg())]);
        }
    }
}

impl ImportPage {
    /// The rows to show, those that are left out first.
    fn rows(&self) -> Vec<&ImportRow> {
        let rows = self.import.iter().flat_map(|import| &import.rows);
        let (left_out, others): (Vec<_>, Vec<_>) = rows.partition(|row| matches!(row.action, ImportAction::LeftOut(_)));
        left_out.into_iter().chain(others).take(ROWS_SHOWN).collect()
    }

    fn hidden_rows(&self) -> usize {
        self.import.as_ref().map_or(0, |import| import.rows.len().saturating_sub(ROWS_SHOWN))
    }

    /// The counts of what happens, those that are not nil.
    fn counts(&self) -> Vec<(String, &'static str)> {
        let Some(import) = &self.import else { return Vec::new() };
        let kinds = [
            ("enrol", "good"),
            ("renew", "good"),
            ("update", "good"),
            ("wait", "soon"),
            ("nothing", ""),
            ("left-out", "bad"),
        ];
        let counted = kinds.into_iter().map(|(kind, tone)| (kind, tone, import.count(kind)));
        counted
            .filter(|(.., count)| *count > 0)
            .map(|(kind, tone, count)| match kind {
                "enrol" | "renew" if self.done => (self.page.tn(format!("courses-import-did-{kind}"), count), tone),
                _ => (self.page.tn(format!("courses-import-count-{kind}"), count), tone),
            })
            .collect()
    }

    fn changes_anything(&self) -> bool {
        self.import.as_ref().is_some_and(Import::changes_anything)
    }

    fn role(&self, row: &ImportRow) -> String {
        row.role.parse().map_or_else(|_| row.role.clone(), |role| super::common::role(&self.page, role))
    }

    fn outcome(&self, row: &ImportRow) -> (String, &'static str) {
        match row.action {
            ImportAction::LeftOut(fault) => (self.page.t(format!("courses-import-fault-{}", fault.as_str())), "bad"),
            ImportAction::Wait => (self.page.t(word!("courses-import-wait")), "soon"),
            ImportAction::Enrol if self.done => (self.page.t(word!("courses-import-enrolled")), "good"),
            ImportAction::Renew if self.done => (self.page.t(word!("courses-import-renewed")), "good"),
            ImportAction::Nothing => (self.page.t(word!("courses-import-nothing")), ""),
            action => (self.page.t(format!("courses-import-{}", action.as_str())), "good"),
        }
    }
}
