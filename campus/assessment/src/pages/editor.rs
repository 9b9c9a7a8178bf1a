//! `GET /courses/{course}/questions/{question}`: the editor of a question, whatever its kind.

use askama::Template;
use axum::extract::{Path, State};
use courses::{Course, CourseId, CoursePage, EDIT};
use outline::{Item, ItemId};
use people::{Viewer, Visitor};
use store::{Time, Tx};
use web::{Ctx, Error, FlashKind, Form, Page, Result, html, mistakes, see_other, word};

use super::at_course;
use super::question_form::{fields, more, read, rows, rows_of};
use crate::bank::{self, Place};
use crate::question::{Kind, MultipleRule, OrderRule};
use crate::quiz::{self, Filled};
use crate::{FolderId, QuestionId, folder};

#[derive(Template)]
#[template(path = "assessment/editor.html")]
struct EditorPage {
    page: Page,
    frame: CoursePage,
    form: Form,
    kind: Kind,
    /// The question; none for a new one.
    question: Option<QuestionId>,
    /// Where the form is sent to.
    action: String,
    folders: Vec<(String, String)>,
    rules: Vec<(String, String)>,
    rows: Vec<RowView>,
    versions: Vec<(i64, Time, String)>,
}

/// A row of the form.
struct RowView {
    legend: String,
    id: (String, String),
    fields: Vec<(String, String, bool)>,
}

type AtQuestion = Path<(CourseId, QuestionId)>;

/// `GET /courses/{course}/questions/new`: an empty one of the kind in the query.
pub(super) async fn new(State(ctx): State<Ctx>, visitor: Visitor, Path(course): Path<CourseId>, form: Form) -> Result {
    let db = ctx.db.clone();
    db.read(move |tx| {
        let (viewer, course) = at_course(tx, &visitor, course, EDIT)?;
        let kind = form.value("kind").parse().unwrap_or(Kind::Single);
        Ok(html(view(tx, &ctx, &viewer, &course, form, kind, None)?))
    })
    .await
}

/// The page of a question, in the version that the query names or the latest.
pub(super) async fn show(
    State(ctx): State<Ctx>,
    visitor: Visitor,
    Path((course, id)): AtQuestion,
    query: Form,
) -> Result {
    let db = ctx.db.clone();
    db.read(move |tx| {
        let (viewer, course) = at_course(tx, &visitor, course, EDIT)?;
        let stored = bank::find(tx, course.id, id, query.value("version").parse().ok())?;
        let mut filled = fields(&stored.content.0);
        filled.push(("title".to_owned(), stored.title.clone()));
        filled.push(("tags".to_owned(), stored.tags.split_whitespace().collect::<Vec<_>>().join(", ")));
        filled.push(("folder".to_owned(), stored.folder.map(|folder| folder.to_string()).unwrap_or_default()));
        filled.push(("quiz".to_owned(), query.value("quiz").to_owned()));
        let kind = stored.content.0.kind();
        Ok(html(view(tx, &ctx, &viewer, &course, Form::of(&filled), kind, Some(id))?))
    })
    .await
}

fn view(
    tx: &mut Tx<'_>,
    ctx: &Ctx,
    viewer: &Viewer,
    course: &Course,
    form: Form,
    kind: Kind,
    question: Option<QuestionId>,
) -> Result<EditorPage> {
    let page = viewer.page(ctx, "courses");
    let none = (String::new(), page.t("assessment-no-folder"));
    let folders = folder::named(&folder::all(tx, course.id)?);
    let base = format!("/courses/{}/questions", course.id);
    let named = |prefix: &str, all: Vec<&'static str>| {
        let name = |one: &'static str| (one.to_owned(), page.t(format!("{prefix}-{one}")));
        all.into_iter().map(name).collect::<Vec<_>>()
    };
    let rules = match kind {
        Kind::Multiple => named("assessment-rule", MultipleRule::ALL.iter().map(|rule| rule.as_str()).collect()),
        Kind::Order => named("assessment-order", OrderRule::ALL.iter().map(|rule| rule.as_str()).collect()),
        _ => Vec::new(),
    };
    Ok(EditorPage {
        frame: CoursePage::new(viewer, course, "edit"),
        action: question.map_or_else(|| base.clone(), |id| format!("{base}/{id}")),
        folders: std::iter::once(none).chain(folders.into_iter().map(|(id, name)| (id.to_string(), name))).collect(),
        rules,
        rows: row_views(&page, &form, kind),
        versions: question.map(|id| bank::versions(tx, id)).transpose()?.unwrap_or_default(),
        kind,
        question,
        page,
        form,
    })
}

fn row_views(page: &Page, form: &Form, kind: Kind) -> Vec<RowView> {
    let mut views = Vec::new();
    for (prefix, legend, columns) in rows_of(kind) {
        for at in 0..rows(form) {
            let id = format!("{prefix}{at}_id");
            views.push(RowView {
                legend: page.ta(*legend, &[("number", at + 1)]),
                id: (id.clone(), form.value(&id).to_owned()),
                fields: columns
                    .iter()
                    .map(|(end, label, long)| (format!("{prefix}{at}_{end}"), page.t(*label), *long))
                    .collect(),
            });
        }
    }
    views
}

/// `POST /courses/{course}/questions`: one more question; into a quiz too, where the form names one.
pub(super) async fn create(
    State(ctx): State<Ctx>,
    visitor: Visitor,
    Path(course): Path<CourseId>,
    form: Form,
) -> Result {
    write(ctx, visitor, course, None, form).await
}

/// `POST`: saves it as a new version.
pub(super) async fn save(
    State(ctx): State<Ctx>,
    visitor: Visitor,
    Path((course, id)): AtQuestion,
    form: Form,
) -> Result {
    write(ctx, visitor, course, Some(id), form).await
}

async fn write(ctx: Ctx, visitor: Visitor, course: CourseId, id: Option<QuestionId>, mut form: Form) -> Result {
    let db = ctx.db.clone();
    db.write(move |tx| {
        let (viewer, course) = at_course(tx, &visitor, course, EDIT)?;
        if let Some(id) = id {
            bank::find(tx, course.id, id, None)?;
        }
        let Ok(kind) = form.value("kind").parse::<Kind>() else { return Err(Error::bad_request("error-bad-request")) };
        if form.flag("more") {
            more(&mut form);
            return Ok(html(view(tx, &ctx, &viewer, &course, form, kind, id)?));
        }
        let place = Place {
            folder: form.id::<FolderId>("folder").get(),
            title: form.text("title").max(bank::TITLE_MAX).get(),
            tags: bank::tags(form.value("tags")),
            source: None,
        };
        let question = read(&mut form, kind);
        if id.is_none() && bank::count(tx, course.id)? >= bank::QUESTIONS_MAX {
            form.fail("text", word!("assessment-bank-full"));
        }
        if form.has_errors() {
            return Ok(mistakes(view(tx, &ctx, &viewer, &course, form, kind, id)?));
        }
        let page = viewer.page(&ctx, "courses");
        let into = form.value("quiz").parse::<ItemId>().ok();
        let id = match id {
            Some(id) => {
                bank::save(tx, course.id, id, &place, &question, viewer.person)?;
                id
            }
            None => {
                let id = bank::add(tx, course.id, &place, &question, viewer.person)?;
                if let Some(item) = into {
                    let item = Item::find(tx, course.id, item)?;
                    let filled = [Filled::Question(id)];
                    quiz::add_slots(tx, &item, &filled, gradebook::Points::whole(1), viewer.person)?;
                }
                id
            }
        };
        let back = match into {
            Some(item) => format!("/courses/{}/items/{item}/quiz", course.id),
            None => format!("/courses/{}/questions/{id}/preview", course.id),
        };
        Ok(see_other(back).flash(FlashKind::Good, page.t("assessment-question-saved"), None))
    })
    .await
}

/// `DELETE`: takes it out of the bank, with an undo.
pub(super) async fn delete(State(ctx): State<Ctx>, visitor: Visitor, Path((course, id)): AtQuestion) -> Result {
    let db = ctx.db.clone();
    db.write(move |tx| {
        let (viewer, course) = at_course(tx, &visitor, course, EDIT)?;
        let title = bank::delete(tx, course.id, id, viewer.person)?;
        let said = viewer.page(&ctx, "courses").ta("assessment-question-deleted", &[("title", title)]);
        let undo = format!("/courses/{}/questions/{id}/restoration", course.id);
        Ok(see_other(format!("/courses/{}/questions", course.id)).flash(FlashKind::Good, said, Some(undo)))
    })
    .await
}

/// `POST .../restoration`: brings it back.
pub(super) async fn restore(State(ctx): State<Ctx>, visitor: Visitor, Path((course, id)): AtQuestion) -> Result {
    ctx.db
        .write(move |tx| {
            let (viewer, course) = at_course(tx, &visitor, course, EDIT)?;
            bank::restore(tx, course.id, id, viewer.person)?;
            Ok(see_other(format!("/courses/{}/questions/{id}", course.id)))
        })
        .await
}

impl EditorPage {
    fn kind_name(&self) -> String {
        self.page.t(format!("assessment-kind-{}", self.kind))
    }

    fn text_hint(&self) -> &'static str {
        if self.kind == Kind::Gaps { word!("assessment-gaps-hint") } else { word!("assessment-markdown-hint") }
    }

    fn unit_rules(&self) -> Vec<(String, String)> {
        ["optional", "penalty", "required"]
            .map(|rule| (rule.to_owned(), self.page.t(format!("assessment-unit-{rule}"))))
            .to_vec()
    }

    fn is(&self, kind: &str) -> bool {
        self.kind.as_str() == kind
    }
}
