//! `/courses/{course}/rubrics`: the rubrics of a course and their editor, which needs no scripts: there is always room for
//! one criterion and two levels more.

use askama::Template;
use axum::extract::{Path, State};
use courses::{Course, CourseId, CoursePage, EDIT};
use people::{Viewer, Visitor};
use store::{Id, Tx};
use web::{Ctx, FlashKind, Form, Page, Result, html, mistakes, see_other, word};

use super::editor::{kind_word, points};
use crate::RubricId;
use crate::rubric::{CRITERIA_MAX, Criterion, LEVELS_MAX, Level, RUBRICS_MAX, Rubric, RubricKind};

/// Levels that a criterion has room for at least.
const LEVELS_SHOWN: usize = 4;
/// The most characters of a title.
const TITLE_MAX: usize = 200;
/// The most characters of a description or a level.
const TEXT_MAX: usize = 2_000;

#[derive(Template)]
#[template(path = "assignments/rubrics.html")]
struct List {
    page: Page,
    frame: CoursePage,
    rubrics: Vec<Rubric>,
    kinds: Vec<(String, String)>,
    form: Form,
}

#[derive(Template)]
#[template(path = "assignments/rubric.html")]
struct Editor {
    page: Page,
    frame: CoursePage,
    rubric: Rubric,
    form: Form,
    /// For each criterion how many levels have room.
    rows: Vec<usize>,
}

fn for_author(tx: &mut Tx<'_>, visitor: &Visitor, course: CourseId) -> Result<(Viewer, Course)> {
    let viewer = visitor.signed_in(tx)?;
    let course = Course::find(tx, course)?;
    viewer.must(EDIT, &course.scope())?;
    Ok((viewer, course))
}

fn list_view(tx: &mut Tx<'_>, ctx: &Ctx, viewer: &Viewer, course: &Course, form: Form) -> Result<List> {
    let page = viewer.page(ctx, "courses");
    Ok(List {
        rubrics: Rubric::of_course(tx, course.id)?,
        kinds: RubricKind::ALL.iter().map(|kind| (kind.to_string(), page.t(explained(*kind)))).collect(),
        frame: CoursePage::new(viewer, course, "edit"),
        form,
        page,
    })
}

const fn explained(kind: RubricKind) -> &'static str {
    match kind {
        RubricKind::Rubric => word!("assignments-kind-rubric-text"),
        RubricKind::Guide => word!("assignments-kind-guide-text"),
        RubricKind::Checklist => word!("assignments-kind-checklist-text"),
    }
}

pub(super) async fn list(State(ctx): State<Ctx>, visitor: Visitor, Path(course): Path<CourseId>) -> Result {
    let db = ctx.db.clone();
    db.read(move |tx| {
        let (viewer, course) = for_author(tx, &visitor, course)?;
        let form = Form::of(&[("kind", RubricKind::Rubric.as_str())]);
        Ok(html(list_view(tx, &ctx, &viewer, &course, form)?))
    })
    .await
}

/// `POST`: a new rubric, on to its editor.
pub(super) async fn create(
    State(ctx): State<Ctx>,
    visitor: Visitor,
    Path(course): Path<CourseId>,
    mut form: Form,
) -> Result {
    let db = ctx.db.clone();
    db.write(move |tx| {
        let (viewer, course) = for_author(tx, &visitor, course)?;
        let title = form.text("title").required().max(TITLE_MAX).get();
        let kind = form.choice::<RubricKind>("kind").required().or(RubricKind::Rubric);
        if Rubric::of_course(tx, course.id)?.len() >= RUBRICS_MAX {
            form.fail("title", word!("assignments-too-many-rubrics"));
        }
        if form.has_errors() {
            return Ok(mistakes(list_view(tx, &ctx, &viewer, &course, form)?));
        }
        let id = Rubric::create(tx, course.id, &title, kind, viewer.person)?;
        Ok(see_other(format!("/courses/{}/rubrics/{id}", course.id)))
    })
    .await
}

type At = Path<(CourseId, RubricId)>;

pub(super) async fn show(State(ctx): State<Ctx>, visitor: Visitor, Path((course, id)): At) -> Result {
    let db = ctx.db.clone();
    db.read(move |tx| {
        let (viewer, course) = for_author(tx, &visitor, course)?;
        let rubric = Rubric::find(tx, course.id, id)?;
        let form = filled(&rubric);
        Ok(html(editor(&ctx, &viewer, &course, rubric, form)))
    })
    .await
}

fn filled(rubric: &Rubric) -> Form {
    let mut fields = vec![("title".to_owned(), rubric.title.clone())];
    for (n, criterion) in rubric.criteria.0.iter().enumerate() {
        fields.push((format!("id_{n}"), criterion.id.to_string()));
        fields.push((format!("title_{n}"), criterion.title.clone()));
        fields.push((format!("description_{n}"), criterion.description.clone()));
        fields.push((format!("points_{n}"), gradebook::Points::from_units(criterion.points).to_string()));
        for (m, level) in criterion.levels.iter().enumerate() {
            fields.push((format!("level_{n}_{m}"), level.text.clone()));
            fields.push((format!("level_points_{n}_{m}"), gradebook::Points::from_units(level.points).to_string()));
        }
    }
    Form::of(&fields)
}

fn editor(ctx: &Ctx, viewer: &Viewer, course: &Course, rubric: Rubric, form: Form) -> Editor {
    let count = sent(&form);
    let is_used = |n: usize| !form.value(format!("title_{n}")).is_empty();
    let room = (0..count).rev().find(|n| is_used(*n)).map_or(1, |last| last + 2).clamp(1, CRITERIA_MAX);
    let rows = (0..room).map(|n| {
        let last = (0..LEVELS_MAX).rev().find(|m| !form.value(format!("level_{n}_{m}")).is_empty());
        last.map_or(LEVELS_SHOWN, |last| (last + 3).max(LEVELS_SHOWN)).min(LEVELS_MAX)
    });
    Editor {
        rows: rows.collect(),
        page: viewer.page(ctx, "courses"),
        frame: CoursePage::new(viewer, course, "edit"),
        rubric,
        form,
    }
}

/// How many criteria the form has.
fn sent(form: &Form) -> usize {
    let names = form.names();
    (0..CRITERIA_MAX).take_while(|n| names.contains(&format!("title_{n}").as_str())).count()
}

/// `POST`: saves it; also where only more room was asked for, or a criterion was moved.
pub(super) async fn save(State(ctx): State<Ctx>, visitor: Visitor, Path((course, id)): At, mut form: Form) -> Result {
    let db = ctx.db.clone();
    db.write(move |tx| {
        let (viewer, course) = for_author(tx, &visitor, course)?;
        let rubric = Rubric::find(tx, course.id, id)?;
        let title = form.text("title").required().max(TITLE_MAX).get();
        let mut criteria = read(tx, &mut form, rubric.kind);
        if form.has_errors() {
            return Ok(mistakes(editor(&ctx, &viewer, &course, rubric, form)));
        }
        let up = form.value("up").parse::<Id>().ok();
        if let Some(at) = criteria.iter().position(|one| Some(one.id) == up).filter(|at| *at > 0) {
            criteria.swap(at, at - 1);
        }
        rubric.change(tx, course.id, &title, &criteria, viewer.person)?;
        if form.value("do") == "done" {
            let said = viewer.page(&ctx, "courses").t("assignments-rubric-saved");
            return Ok(see_other(format!("/courses/{}/rubrics", course.id)).flash(FlashKind::Good, said, None));
        }
        Ok(see_other(format!("/courses/{}/rubrics/{id}#end", course.id)))
    })
    .await
}

/// The criteria that have a title; what is wrong is said at its field.
fn read(tx: &mut Tx<'_>, form: &mut Form, kind: RubricKind) -> Vec<Criterion> {
    let mut criteria: Vec<Criterion> = Vec::new();
    for n in 0..sent(form) {
        let title = form.text(&format!("title_{n}")).max(TITLE_MAX).get();
        let description = form.text(&format!("description_{n}")).max(TEXT_MAX).get();
        let levels = if kind == RubricKind::Rubric { levels(form, n) } else { Vec::new() };
        let most = if kind == RubricKind::Rubric { None } else { points(form, &format!("points_{n}")) };
        if title.is_empty() {
            if !levels.is_empty() || !description.is_empty() {
                form.fail(&format!("title_{n}"), word!("field-required"));
            }
            continue;
        }
        let says_levels = (0..LEVELS_MAX).any(|m| !form.value(format!("level_{n}_{m}")).trim().is_empty());
        if kind == RubricKind::Rubric && !says_levels {
            form.fail(&format!("level_{n}_0"), word!("assignments-levels-missing"));
        }
        if kind != RubricKind::Rubric && most.is_none() {
            form.fail(&format!("points_{n}"), word!("field-required"));
        }
        let known: Option<Id> = form.value(format!("id_{n}")).parse().ok();
        let is_new = |id: &Id| !criteria.iter().any(|one| one.id == *id);
        let id = known.filter(is_new).unwrap_or_else(|| tx.new_id());
        let points = most.unwrap_or_default().units();
        criteria.push(Criterion { id, title, description, points, levels });
    }
    criteria
}

/// The levels of a criterion that say something.
fn levels(form: &mut Form, n: usize) -> Vec<Level> {
    let mut levels = Vec::new();
    for m in 0..LEVELS_MAX {
        let (name, points_name) = (format!("level_{n}_{m}"), format!("level_points_{n}_{m}"));
        let text = form.text(&name).max(TEXT_MAX).get();
        let typed = points(form, &points_name);
        match (text.is_empty(), typed) {
            (true, None) => {}
            (true, Some(_)) => form.fail(&name, word!("field-required")),
            (false, None) => form.fail(&points_name, word!("field-required")),
            (false, Some(points)) => levels.push(Level { text, points: points.units() }),
        }
    }
    levels
}

/// `DELETE`: takes it out of the course, with an undo.
pub(super) async fn delete(State(ctx): State<Ctx>, visitor: Visitor, Path((course, id)): At) -> Result {
    let db = ctx.db.clone();
    db.write(move |tx| {
        let (viewer, course) = for_author(tx, &visitor, course)?;
        Rubric::delete(tx, course.id, id, viewer.person)?;
        let said = viewer.page(&ctx, "courses").t("assignments-rubric-deleted");
        let undo = format!("/courses/{}/rubrics/{id}/restoration", course.id);
        Ok(see_other(format!("/courses/{}/rubrics", course.id)).flash(FlashKind::Good, said, Some(undo)))
    })
    .await
}

/// `POST .../restoration`: brings it back.
pub(super) async fn restore(State(ctx): State<Ctx>, visitor: Visitor, Path((course, id)): At) -> Result {
    ctx.db
        .write(move |tx| {
            let (viewer, course) = for_author(tx, &visitor, course)?;
            Rubric::restore(tx, course.id, id, viewer.person)?;
            Ok(see_other(format!("/courses/{}/rubrics", course.id)))
        })
        .await
}

impl List {
    fn kind(&self, rubric: &Rubric) -> String {
        self.page.t(kind_word(rubric.kind))
    }
}

impl Editor {
    fn numbers(&self, levels: &usize) -> std::ops::Range<usize> {
        0..*levels
    }

    fn is_rubric(&self) -> bool {
        self.rubric.kind == RubricKind::Rubric
    }
}
