//! What those who teach do for a learner: one more attempt, an excuse, handing in what came on paper or by another way.

use askama::Template;
use axum::extract::{Path, State};
use courses::{Course, CoursePage};
use outline::{Item, load};
use people::{PersonId, Viewer, Visitor};
use store::{Id, Time, Tx};
use web::{Ctx, FlashKind, Form, Page, Response, Result, html, mistakes, see_other, word};

use super::mark::{Of, found};
use super::queue::who;
use super::{for_marker, path, upload};
use crate::Assignment;
use crate::draft::{TEXT_BYTES_MAX, WorkFile};
use crate::marking::{self, Line};
use crate::submission::{self, HandedIn, NewSubmission};

#[derive(Template)]
#[template(path = "assignments/hand_in_for.html")]
struct HandInFor {
    page: Page,
    frame: CoursePage,
    item: Item,
    who: String,
    name: String,
    form: Form,
    token: Id,
}

fn back(item: &Item, who: &str) -> Response {
    see_other(format!("{}/marking/{who}", path(item)))
}

/// `POST .../attempts`: one attempt more than the form knew of.
pub(super) async fn give_attempt(
    State(ctx): State<Ctx>,
    visitor: Visitor,
    Path((course, item, named)): Of,
    form: Form,
) -> Result {
    let db = ctx.db.clone();
    db.write(move |tx| {
        let (viewer, _, item, assignment) = for_marker(tx, &visitor, course, item)?;
        let found = found(tx, &item, &assignment, &named)?;
        let known = form.value("known").parse().unwrap_or(u32::MAX);
        submission::give_attempt(tx, &item, found.line.person, known, viewer.person)?;
        let page = viewer.page(&ctx, "courses");
        let said = page.ta("assignments-attempt-given", &[("name", found.line.name.as_str())]);
        Ok(back(&item, &named).flash(FlashKind::Good, said, None))
    })
    .await
}

/// `PUT .../excuse`.
pub(super) async fn excuse(State(ctx): State<Ctx>, visitor: Visitor, Path((course, item, named)): Of) -> Result {
    set_excuse(ctx, visitor, Path((course, item, named)), true).await
}

/// `DELETE .../excuse`.
pub(super) async fn take_back_excuse(
    State(ctx): State<Ctx>,
    visitor: Visitor,
    Path((course, item, named)): Of,
) -> Result {
    set_excuse(ctx, visitor, Path((course, item, named)), false).await
}

async fn set_excuse(ctx: Ctx, visitor: Visitor, Path((course, item, named)): Of, is_excused: bool) -> Result {
    let db = ctx.db.clone();
    db.write(move |tx| {
        let (viewer, _, item, assignment) = for_marker(tx, &visitor, course, item)?;
        let found = found(tx, &item, &assignment, &named)?;
        marking::excuse(tx, &item, &assignment, found.line.person, is_excused, viewer.person)?;
        Ok(back(&item, &named))
    })
    .await
}

/// The form.
pub(super) async fn show(State(ctx): State<Ctx>, visitor: Visitor, Path((course, item, named)): Of) -> Result {
    let db = ctx.db.clone();
    db.read(move |tx| {
        let (viewer, course, item, assignment) = for_marker(tx, &visitor, course, item)?;
        let line = found(tx, &item, &assignment, &named)?.line;
        let page = viewer.page(&ctx, "courses");
        let form = Form::of(&[("at", page.time(tx.now()).input()), ("on_paper", "on".to_owned())]);
        Ok(html(view(tx, &ctx, &viewer, &course, (item, &assignment), &line, form)))
    })
    .await
}

fn view(
    tx: &mut Tx<'_>,
    ctx: &Ctx,
    viewer: &Viewer,
    course: &Course,
    (item, assignment): (Item, &Assignment),
    line: &Line,
    form: Form,
) -> HandInFor {
    HandInFor {
        page: viewer.page(ctx, "courses"),
        frame: CoursePage::new(viewer, course, "outline"),
        who: who(assignment, line),
        name: line.name.clone(),
        token: form.value("token").parse().unwrap_or_else(|_| tx.new_id()),
        item,
        form,
    }
}

/// `POST`: hands in for them: by the time that is said, with the lateness that follows from their date.
pub(super) async fn hand_in(
    State(ctx): State<Ctx>,
    visitor: Visitor,
    Path((course, item, named)): Of,
    request: axum::extract::Request,
) -> Result {
    let asked = visitor.clone();
    let bytes_max = ctx
        .db
        .read(move |tx| for_marker(tx, &asked, course, item).map(|(.., assignment)| assignment.file_bytes_max))
        .await?;
    let sent = upload::read(&ctx, request, bytes_max).await?;
    let db = ctx.db.clone();
    db.write(move |tx| {
        let (viewer, course, item, assignment) = for_marker(tx, &visitor, course, item)?;
        let line = found(tx, &item, &assignment, &named)?.line;
        let upload::Sent { mut form, files } = sent;
        let new = read(tx, &ctx, &viewer, &assignment, &mut form, &files);
        let dated = dated(tx, &item, line.person)?;
        if !form.has_errors() {
            let new = NewSubmission {
                person: line.person,
                token: form.value("token").parse().unwrap_or_else(|_| tx.new_id()),
                text: &new.text,
                address: "",
                files: &new.files,
                words: "",
                on_paper: new.on_paper,
                at: new.at,
                by: Some(viewer.person),
            };
            match submission::hand_in(tx, &dated, &new, viewer.person)? {
                HandedIn::As(_) => {
                    let said =
                        viewer.page(&ctx, "courses").ta("assignments-is-in-for", &[("name", line.name.as_str())]);
                    return Ok(back(&item, &named).flash(FlashKind::Good, said, None));
                }
                HandedIn::Overtaken => form.fail("text", word!("assignments-overtaken")),
            }
        }
        Ok(mistakes(view(tx, &ctx, &viewer, &course, (item, &assignment), &line, form)))
    })
    .await
}

struct Read {
    text: String,
    files: Vec<WorkFile>,
    on_paper: bool,
    at: Time,
}

fn read(
    tx: &mut Tx<'_>,
    ctx: &Ctx,
    viewer: &Viewer,
    assignment: &Assignment,
    form: &mut Form,
    files: &[upload::Incoming],
) -> Read {
    let (now, zone) = (tx.now(), viewer.page(ctx, "courses").zone);
    let at = form.date_time("at", &zone).check(|at| *at <= now, word!("assignments-at-in-future")).or(now);
    let text = form.text("text").get();
    if text.len() > TEXT_BYTES_MAX {
        form.fail("text", word!("assignments-text-too-long"));
    }
    let on_paper = form.flag("on_paper");
    let taken = upload::taken(form, assignment, files, &[]);
    let files: Vec<WorkFile> = taken.into_iter().map(|kept| kept.named(tx)).collect();
    if text.is_empty() && files.is_empty() && !on_paper {
        form.fail("text", word!("assignments-nothing-to-hand-in"));
    }
    Read { text, files, on_paper, at }
}

/// The item with the dates that hold for somebody.
fn dated(tx: &mut Tx<'_>, item: &Item, person: PersonId) -> store::Result<Item> {
    let outline = load(tx, item.course, Some(person), false)?;
    let arranged = outline.arrange();
    let own = arranged.items().find(|here| here.item.id == item.id).map(|here| Item::clone(&here.item));
    Ok(own.unwrap_or_else(|| item.clone()))
}
