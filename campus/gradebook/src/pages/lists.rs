//! `/courses/{course}/gradebook/list`: the grades as a list, out and in. A list that comes in is shown with every difference
//! first; then it is kept as one batch, which can be undone.

use askama::Template;
use axum::body::Body;
use axum::extract::{Path, State};
use axum::response::IntoResponse as _;
use courses::{CourseId, CoursePage};
use people::Visitor;
use store::Tx;
use web::{
    CachePolicy, Ctx, Error, FlashKind, Form, Page, Response, Result, ToArg, Upload, html, mistakes, see_other, word,
};

use super::common::{Admitted, admitted, admitted_in_part};
use crate::book::{Book, learners};
use crate::list::{self, BYTES_MAX, Batch, CHANGES_MAX, Plan, Planned, ROWS_MAX, Unreadable};
use crate::{BatchId, GRADE, VIEW_GRADES};

/// The size of the whole request in bytes: the list twice (as a file and as text) and the form around it.
pub(super) const BODY_BYTES_MAX: usize = 3 * BYTES_MAX;
/// Differences that are shown; lowered grades come first.
const SHOWN: usize = 500;

#[derive(Template)]
#[template(path = "gradebook/list.html")]
struct ListPage {
    page: Page,
    frame: CoursePage,
    form: Form,
    /// What the list would do, once one was handed in.
    plan: Option<Plan>,
    titles: Vec<String>,
    batches: Vec<Batch>,
    may_grade: bool,
    /// Whether grades changed since the differences were shown.
    is_stale: bool,
}

/// The page.
pub(super) async fn show(State(ctx): State<Ctx>, visitor: Visitor, Path(id): Path<CourseId>) -> Result {
    let db = ctx.db.clone();
    db.read(move |tx| {
        let admitted = admitted(tx, &visitor, id, VIEW_GRADES)?;
        Ok(html(view(tx, &ctx, &admitted, Form::new())?))
    })
    .await
}

fn view(tx: &mut Tx<'_>, ctx: &Ctx, admitted: &Admitted, form: Form) -> Result<ListPage, Error> {
    Ok(ListPage {
        page: admitted.viewer.page(ctx, "courses"),
        frame: CoursePage::new(&admitted.viewer, &admitted.course, "gradebook"),
        form,
        plan: None,
        titles: Vec::new(),
        batches: list::batches(tx, admitted.course.id)?,
        may_grade: admitted.viewer.can(GRADE, &admitted.course.scope()),
        is_stale: false,
    })
}

/// `GET .../grades.csv`: the list, of those whom the viewer sees.
pub(super) async fn download(State(ctx): State<Ctx>, visitor: Visitor, Path(id): Path<CourseId>) -> Result {
    let db = ctx.db.clone();
    db.read(move |tx| {
        let admitted = admitted_in_part(tx, &visitor, id, VIEW_GRADES)?;
        let page = admitted.viewer.page(&ctx, "courses");
        let book = Book::load(tx, id)?;
        let people = admitted.visible(learners(tx, id, None)?)?;
        let grades = book.grades(tx, None)?;
        let totals = [page.t("grades-list-current"), page.t("grades-list-final"), page.t("grades-list-holds")];
        let bytes =
            list::csv(&book, &people, &grades, totals.each_ref().map(String::as_str)).map_err(Error::internal)?;
        Ok(Response::from(Body::from(bytes).into_response())
            .set(http::header::CONTENT_TYPE, "text/csv; charset=utf-8")
            .set(http::header::CONTENT_DISPOSITION, "attachment; filename=\"grades.csv\"")
            .cache(CachePolicy::NoStore))
    })
    .await
}

/// `POST`: shows what a list would do, or does it where that was seen.
pub(super) async fn import(
    State(ctx): State<Ctx>,
    visitor: Visitor,
    Path(id): Path<CourseId>,
    upload: Upload,
) -> Result {
    let (form, bytes) = upload.into_list("list", BYTES_MAX).await?;
    let db = ctx.db.clone();
    if form.value("act") == "apply" {
        return db.write(move |tx| take(tx, &ctx, &visitor, id, &bytes, form)).await;
    }
    db.read(move |tx| take(tx, &ctx, &visitor, id, &bytes, form)).await
}

fn take(tx: &mut Tx<'_>, ctx: &Ctx, visitor: &Visitor, id: CourseId, bytes: &[u8], form: Form) -> Result {
    let admitted = admitted(tx, visitor, id, GRADE)?;
    let book = Book::load(tx, id)?;
    let people = learners(tx, id, None)?;
    let grades = book.grades(tx, None)?;
    let page = admitted.viewer.page(ctx, "courses");
    let plan = match list::plan(bytes, &book, &people, &grades) {
        Ok(plan) => plan,
        Err(refused) => {
            let mut form = form.in_language(&page.lang);
            note(&mut form, refused);
            return Ok(mistakes(view(tx, ctx, &admitted, form)?));
        }
    };
    let applies = form.value("act") == "apply";
    if applies && form.value("mark") == plan.mark() {
        let (batch, count) = list::apply(tx, &book, &plan, admitted.viewer.person)?;
        let undo = (count > 0).then(|| list::undo_path(id, batch));
        let said = page.tn("grades-list-done", count);
        return Ok(see_other(format!("/courses/{id}/gradebook/list")).flash(FlashKind::Good, said, undo));
    }
    let mut form = form;
    form.set("list", list::text_of(bytes));
    form.set("mark", plan.mark());
    let titles = book.columns.iter().map(|column| column.title.clone()).collect();
    let shown = ListPage {
        plan: Some(plan),
        titles,
        is_stale: applies,
        page,
        frame: CoursePage::new(&admitted.viewer, &admitted.course, "gradebook"),
        form,
        batches: Vec::new(),
        may_grade: true,
    };
    Ok(html(shown))
}

fn note(form: &mut Form, refused: Unreadable) {
    match refused {
        Unreadable::TooLarge => form.fail("file", word!("grades-list-too-large")),
        Unreadable::TooManyRows => {
            form.fail_with("file", word!("grades-list-too-many-rows"), &[("count", ROWS_MAX.to_arg())]);
        }
        Unreadable::TooManyChanges => {
            form.fail_with("file", word!("grades-list-too-many-changes"), &[("count", CHANGES_MAX.to_arg())]);
        }
        Unreadable::NotCsv(line) => {
            form.fail_with("file", word!("grades-list-not-csv"), &[("line", line.to_arg())]);
        }
        Unreadable::NoPerson => form.fail("file", word!("grades-list-no-person")),
        Unreadable::NoColumn => form.fail("file", word!("grades-list-no-column")),
    }
}

/// `POST .../batches/{batch}/undo`: everything that a list changed is as it was, unless it changed since.
pub(super) async fn undo(
    State(ctx): State<Ctx>,
    visitor: Visitor,
    Path((id, batch)): Path<(CourseId, BatchId)>,
) -> Result {
    let db = ctx.db.clone();
    db.write(move |tx| {
        let admitted = admitted(tx, &visitor, id, GRADE)?;
        let book = Book::load(tx, id)?;
        let page = admitted.viewer.page(&ctx, "courses");
        let back = see_other(format!("/courses/{id}/gradebook/list"));
        Ok(match list::undo(tx, &book, batch, admitted.viewer.person)? {
            None => back.flash(FlashKind::Info, page.t("grades-list-undone-before"), None),
            Some(undone) if undone.stayed == 0 => {
                back.flash(FlashKind::Good, page.tn("grades-list-undone", undone.back), None)
            }
            Some(undone) => back.flash(FlashKind::Info, page.tn("grades-list-undone-but", undone.stayed), None),
        })
    })
    .await
}

impl ListPage {
    /// The differences to show, lowered grades first.
    fn shown<'p>(&self, plan: &'p Plan) -> Vec<&'p Planned> {
        let (lower, other): (Vec<_>, Vec<_>) = plan.changes.iter().partition(|change| change.lowers);
        lower.into_iter().chain(other).take(SHOWN).collect()
    }

    fn title(&self, change: &Planned) -> &str {
        self.titles.get(change.column).map_or("", String::as_str)
    }

    fn lowered(&self, plan: &Plan) -> usize {
        plan.changes.iter().filter(|change| change.lowers).count()
    }

    fn unshown(&self, plan: &Plan) -> usize {
        plan.changes.len().saturating_sub(SHOWN)
    }

    fn or_nothing(&self, text: &str) -> String {
        if text.is_empty() { self.page.t("grades-nothing") } else { text.to_owned() }
    }
}
