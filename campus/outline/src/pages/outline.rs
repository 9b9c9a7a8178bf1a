//! `GET /courses/{course}`: the outline as its reader sees it. `GET /courses/{course}/preview`: as a learner would, at any
//! moment.

use askama::Template;
use axum::extract::{Path, Query, State};
use courses::{Course, CourseId, CoursePage, EDIT, LEARN, PREVIEW};
use people::{PersonId, Viewer, Visitor};
use serde::Deserialize;
use store::{Time, Tx};
use web::{Ctx, Form, Page, Result, html};

use super::why::Names;
use crate::arrange::{Arranged, ArrangedItem, ArrangedModule};
use crate::{Facts, ItemState, Kinds, ModuleState, load, roster};

#[derive(Template)]
#[template(path = "outline/outline.html")]
struct OutlinePage {
    page: Page,
    frame: CoursePage,
    modules: Vec<ModuleView>,
    next: Option<NextView>,
    tally: (usize, usize),
    learns: bool,
    may_edit: bool,
    preview: Option<Preview>,
}

struct Preview {
    form: Form,
    who: String,
}

struct ModuleView {
    title: String,
    state: ModuleState,
    is_open: bool,
    is_draft: bool,
    why: Option<String>,
    items: Vec<ItemView>,
    done: usize,
    total: usize,
}

pub(super) struct ItemView {
    pub(super) href: String,
    pub(super) title: String,
    pub(super) icon: &'static str,
    pub(super) indent: u8,
    pub(super) minutes: u32,
    pub(super) state: ItemState,
    pub(super) is_line: bool,
    pub(super) is_draft: bool,
    pub(super) is_now: bool,
    pub(super) why: Option<String>,
    pub(super) due: Option<Time>,
}

struct NextView {
    href: String,
    title: String,
    module: String,
    minutes: u32,
    due: Option<Time>,
    started: bool,
}

/// The page.
pub(super) async fn show(State(ctx): State<Ctx>, visitor: Visitor, Path(id): Path<CourseId>) -> Result {
    let db = ctx.db.clone();
    db.read(move |tx| {
        let viewer = visitor.signed_in(tx)?;
        let course = Course::enter(tx, id, &viewer)?;
        let sees_everything = viewer.can(EDIT, &course.scope()) || viewer.can(PREVIEW, &course.scope());
        let outline = load(tx, id, Some(viewer.person), sees_everything)?;
        let learns = viewer.can(LEARN, &course.scope());
        Ok(html(view(&ctx, &viewer, &course, &outline.arrange(), &outline, learns, None)))
    })
    .await
}

/// Whom and when a preview shows.
#[derive(Deserialize)]
pub(super) struct As {
    #[serde(default)]
    person: String,
    #[serde(default)]
    at: String,
}

/// The course as a learner sees it. Nothing is written.
pub(super) async fn preview(
    State(ctx): State<Ctx>,
    visitor: Visitor,
    Path(id): Path<CourseId>,
    Query(asked): Query<As>,
) -> Result {
    let db = ctx.db.clone();
    db.read(move |tx| {
        let viewer = visitor.signed_in(tx)?;
        let course = Course::find(tx, id)?;
        viewer.must(PREVIEW, &course.scope())?;
        let page = viewer.page(&ctx, "courses");
        let mut form = Form::of(&[("person", asked.person.as_str()), ("at", asked.at.as_str())]);
        let at = form.date_time("at", &page.zone).get();
        let person = asked.person.parse::<PersonId>().ok();
        let (name, person) = learner_name(tx, &viewer, &course, person)?;
        let mut outline = load(tx, id, person, false)?;
        outline.facts = Facts { now: at.or(outline.facts.now), ..outline.facts };
        let who = name.unwrap_or_else(|| page.t("outline-preview-somebody"));
        let preview = Some(Preview { form, who });
        Ok(html(view(&ctx, &viewer, &course, &outline.arrange(), &outline, true, preview)))
    })
    .await
}

/// Only those who may see participants may look through the eyes of one.
fn learner_name(
    tx: &mut Tx<'_>,
    viewer: &Viewer,
    course: &Course,
    person: Option<PersonId>,
) -> Result<(Option<String>, Option<PersonId>)> {
    let Some(person) = person.filter(|_| viewer.can(courses::PEOPLE, &course.scope())) else { return Ok((None, None)) };
    let name = roster::name(tx, course.id, person)?;
    let person = name.as_ref().map(|_| person);
    Ok((name, person))
}

fn view(
    ctx: &Ctx,
    viewer: &Viewer,
    course: &Course,
    arranged: &Arranged<'_>,
    outline: &crate::Outline,
    learns: bool,
    preview: Option<Preview>,
) -> OutlinePage {
    let page = viewer.page(ctx, "courses");
    let names = Names::of(&outline.structure.modules, &outline.structure.items);
    let next_id = arranged.next().map(|next| next.item.id);
    let kinds = ctx.get::<Kinds>();
    let next = arranged.next().filter(|_| learns).map(|next| NextView {
        href: href(next),
        title: next.item.title.clone(),
        module: outline
            .structure
            .modules
            .iter()
            .find(|m| m.id == next.item.module)
            .map(|m| m.title.clone())
            .unwrap_or_default(),
        minutes: next.item.minutes,
        due: next.item.due_at,
        started: arranged.tally().0 > 0,
    });
    let current = next_id.and_then(|id| arranged.items().find(|item| item.item.id == id)).map(|item| item.item.module);
    let modules = arranged.modules.iter().enumerate().map(|(at, module)| ModuleView {
        title: module.module.title.clone(),
        state: module.state,
        is_open: current.map_or(at == 0, |current| current == module.module.id) || !learns,
        is_draft: module.module.published_at.is_none(),
        why: module.reason.as_ref().map(|reason| names.say(&page, reason)),
        items: items(&page, &kinds, &names, module, next_id.filter(|_| learns)),
        done: module.done,
        total: module.total,
    });
    OutlinePage {
        frame: CoursePage::new(viewer, course, "outline").with_progress(learns.then(|| arranged.percent())),
        modules: modules.collect(),
        next,
        tally: arranged.tally(),
        learns,
        may_edit: viewer.can(EDIT, &course.scope()),
        preview,
        page,
    }
}

fn items(
    page: &Page,
    kinds: &Kinds,
    names: &Names,
    module: &ArrangedModule<'_>,
    next: Option<crate::ItemId>,
) -> Vec<ItemView> {
    let item = |item: &ArrangedItem<'_>| ItemView {
        href: href(item),
        title: item.item.title.clone(),
        icon: kinds.icon(&item.item.kind),
        indent: item.item.indent,
        minutes: item.item.minutes,
        state: item.state,
        is_line: kinds.get(&item.item.kind).is_some_and(crate::ActivityKind::is_line),
        is_draft: item.item.published_at.is_none(),
        is_now: Some(item.item.id) == next,
        // A closed module says its reason once, at its head.
        why: item.reason.as_ref().filter(|_| module.reason.is_none()).map(|reason| names.say(page, reason)),
        due: item.item.due_at.filter(|_| item.state != ItemState::Done),
    };
    module.items.iter().map(item).collect()
}

fn href(item: &ArrangedItem<'_>) -> String {
    format!("/courses/{}/items/{}", item.item.course, item.item.id)
}
