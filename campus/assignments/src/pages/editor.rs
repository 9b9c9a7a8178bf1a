//! `.../items/{item}/assignment`: where an assignment is written.

use askama::Template;
use axum::extract::{Path, State};
use courses::{Course, CoursePage};
use gradebook::{NoPoints, Points};
use materials::page::Format;
use outline::Item;
use people::{Viewer, Visitor};
use store::Tx;
use web::{Arg, Ctx, FlashKind, Form, Page, Result, html, mistakes, see_other, word};

use super::{At, for_author};
use crate::assignment::{
    self, ATTEMPTS_MAX, Assignment, FILE_BYTES_MAX, FILES_MAX, MEGABYTE, SOURCE_BYTES_MAX, Settings,
};
use crate::peer::REVIEWS_MAX;
use crate::rubric::Rubric;
use crate::{RubricId, RubricKind};

#[derive(Template)]
#[template(path = "assignments/editor.html")]
struct Editor {
    page: Page,
    frame: CoursePage,
    item: Item,
    form: Form,
    is_html: bool,
    rubrics: Vec<(String, String)>,
    /// A rubric that makes other points than the assignment has.
    other_points: Option<(String, String)>,
    /// Whether names were hidden or shown to somebody, so that it cannot be changed.
    is_in_use: bool,
}

pub(super) async fn show(State(ctx): State<Ctx>, visitor: Visitor, Path((course, item)): At) -> Result {
    let db = ctx.db.clone();
    db.read(move |tx| {
        let (viewer, course, item, assignment) = for_author(tx, &visitor, course, item)?;
        let form = filled(&assignment);
        let view = editor(tx, &ctx, &viewer, &course, item, &assignment, form)?;
        Ok(html(view))
    })
    .await
}

fn filled(assignment: &Assignment) -> Form {
    let settings = assignment.settings();
    let on = |is: bool| if is { "on" } else { "" }.to_owned();
    Form::of(&[
        ("source", settings.source.clone()),
        ("points", settings.points.to_string()),
        ("takes_text", on(settings.takes_text)),
        ("takes_files", on(settings.takes_files)),
        ("takes_address", on(settings.takes_address)),
        ("on_paper", on(settings.on_paper)),
        ("file_types", settings.file_types.join(", ")),
        ("files_max", settings.files_max.to_string()),
        ("file_megabytes_max", (settings.file_bytes_max / MEGABYTE).to_string()),
        ("attempts_max", settings.attempts_max.map(|max| max.to_string()).unwrap_or_default()),
        ("anonymous", on(settings.anonymous)),
        ("peer_reviews", settings.peer_reviews.to_string()),
        ("rubric", settings.rubric.map(|id| id.to_string()).unwrap_or_default()),
    ])
}

fn editor(
    tx: &mut Tx<'_>,
    ctx: &Ctx,
    viewer: &Viewer,
    course: &Course,
    item: Item,
    assignment: &Assignment,
    form: Form,
) -> Result<Editor> {
    let page = viewer.page(ctx, "courses");
    let rubrics = Rubric::of_course(tx, course.id)?;
    let chosen = rubrics.iter().find(|one| Some(one.rubric) == assignment.rubric);
    let other_points = chosen
        .filter(|one| one.most() != assignment.points() && assignment.is_graded())
        .map(|one| (one.most().to_string(), assignment.points().to_string()));
    let none = (String::new(), page.t("assignments-no-rubric"));
    let named = |one: &Rubric| {
        let kind = page.t(kind_word(one.kind));
        (one.rubric.to_string(), format!("{} ({kind}, {})", one.title, one.most()))
    };
    Ok(Editor {
        rubrics: std::iter::once(none).chain(rubrics.iter().map(named)).collect(),
        other_points,
        is_in_use: Assignment::is_in_use(tx, item.id)?,
        is_html: assignment.format == Format::Html,
        frame: CoursePage::new(viewer, course, "edit"),
        item,
        form,
        page,
    })
}

/// What a kind of rubric is called.
pub(super) const fn kind_word(kind: RubricKind) -> &'static str {
    match kind {
        RubricKind::Rubric => word!("assignments-kind-rubric"),
        RubricKind::Guide => word!("assignments-kind-guide"),
        RubricKind::Checklist => word!("assignments-kind-checklist"),
    }
}

/// `POST`: saves it.
pub(super) async fn save(State(ctx): State<Ctx>, visitor: Visitor, Path((course, item)): At, mut form: Form) -> Result {
    let db = ctx.db.clone();
    db.write(move |tx| {
        let (viewer, course, item, assignment) = for_author(tx, &visitor, course, item)?;
        let mut settings = read(&mut form, &assignment);
        if let Some(rubric) = settings.rubric
            && !Rubric::of_course(tx, course.id)?.iter().any(|one| one.rubric == rubric)
        {
            form.fail("rubric", word!("field-choice"));
        }
        // Once somebody has handed in, hiding or showing names would be too late.
        if Assignment::is_in_use(tx, item.id)? {
            settings.anonymous = assignment.anonymous;
        }
        if form.has_errors() {
            return Ok(mistakes(editor(tx, &ctx, &viewer, &course, item, &assignment, form)?));
        }
        assignment::write(tx, &item, &settings, viewer.person)?;
        let said = viewer.page(&ctx, "courses").t("assignments-saved");
        Ok(see_other(super::path(&item)).flash(FlashKind::Good, said, None))
    })
    .await
}

fn read(form: &mut Form, before: &Assignment) -> Settings {
    let source = form.value("source").replace("\r\n", "\n");
    if source.len() > SOURCE_BYTES_MAX {
        form.fail("source", word!("assignments-source-too-long"));
    }
    if source.contains('\0') {
        form.fail("source", word!("field-unreadable"));
    }
    let settings = Settings {
        format: before.format,
        source,
        points: points(form, "points").unwrap_or(Points::ZERO),
        takes_text: form.flag("takes_text"),
        takes_files: form.flag("takes_files"),
        takes_address: form.flag("takes_address"),
        on_paper: form.flag("on_paper"),
        file_types: file_types(form),
        files_max: whole(form, "files_max", i64::from(FILES_MAX)).unwrap_or(1),
        file_bytes_max: u64::from(
            whole(form, "file_megabytes_max", (FILE_BYTES_MAX / MEGABYTE).cast_signed()).unwrap_or(1),
        ) * MEGABYTE,
        attempts_max: whole(form, "attempts_max", i64::from(ATTEMPTS_MAX)),
        anonymous: form.flag("anonymous"),
        rubric: form.id::<RubricId>("rubric").get(),
        peer_reviews: peer_reviews(form),
    };
    if !(settings.takes_text || settings.takes_files || settings.takes_address || settings.on_paper) {
        form.fail("takes_text", word!("assignments-takes-nothing"));
    }
    settings
}

/// How many works of others each learner reviews.
fn peer_reviews(form: &mut Form) -> u32 {
    let typed = form.integer("peer_reviews").at_least(0).at_most(i64::from(REVIEWS_MAX)).get();
    typed.and_then(|number| u32::try_from(number).ok()).unwrap_or(0)
}

/// A whole number from 1 on; none where nothing was typed.
fn whole(form: &mut Form, name: &str, most: i64) -> Option<u32> {
    form.integer(name).at_least(1).at_most(most).get().and_then(|number| u32::try_from(number).ok())
}

/// Points that were typed, not below zero; none where nothing was.
pub(super) fn points(form: &mut Form, name: &str) -> Option<Points> {
    let text = form.value(name).trim().to_owned();
    if text.is_empty() {
        return None;
    }
    match text.parse::<Points>() {
        Ok(points) if points >= Points::ZERO => return Some(points),
        Ok(_) => form.fail_with(name, word!("field-at-least"), &[("least", Arg::Whole(0))]),
        Err(NoPoints::NotANumber) => form.fail(name, word!("field-decimal")),
        Err(NoPoints::TooFine) => form.fail(name, word!("assignments-points-too-fine")),
        Err(NoPoints::TooLarge) => form.fail(name, word!("assignments-points-too-large")),
    }
    None
}

/// Endings as people write them: `pdf, .docx; odt`.
fn file_types(form: &mut Form) -> Vec<String> {
    let text = form.text("file_types").max(500).get().to_lowercase();
    let split = text.split(|c: char| c.is_whitespace() || matches!(c, ',' | ';'));
    let mut types: Vec<String> =
        split.map(|ending| ending.trim_start_matches(['.', '*']).to_owned()).filter(|e| !e.is_empty()).collect();
    types.dedup();
    let is_ending = |ending: &String| ending.len() <= 10 && ending.chars().all(|c| c.is_ascii_alphanumeric());
    if !types.iter().all(is_ending) {
        form.fail("file_types", word!("assignments-types-wrong"));
    }
    types
}
