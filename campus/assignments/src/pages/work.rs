//! `.../items/{item}/work`: what a learner writes, keeps and hands in. The form stands on the item's page; this address
//! answers it, with the words still there where something is wrong.

use std::collections::BTreeMap;

use askama::Template;
use axum::extract::{Path, State};
use courses::{Course, CourseId, CoursePage, LEARN};
use http::HeaderMap;
use outline::{Item, ItemId, ItemState, Outline, load};
use people::{Viewer, Visitor};
use store::{Id, Time, Tx};
use web::{Ctx, Error, FlashKind, Form, Page, Response, Result, html, json, mistakes, see_other, word};

use super::At;
use super::desk::Desk;
use super::upload::{self, Sent};
use crate::draft::{self, Draft, Kept, WorkFile};
use crate::rules::{Dates, Door, attempts_left};
use crate::submission::{self, HandedIn, NewSubmission};
use crate::{Assignment, Submission};

#[derive(Template)]
#[template(path = "assignments/work.html")]
struct WorkPage {
    page: Page,
    frame: CoursePage,
    title: String,
    item: ItemId,
    desk: String,
}

/// The item as it is for one learner at a moment.
struct Place {
    viewer: Viewer,
    course: Course,
    item: Item,
    assignment: Assignment,
    /// Whether something else than its dates keeps it closed.
    shut: bool,
}

impl Place {
    fn find(tx: &mut Tx<'_>, visitor: &Visitor, course: CourseId, id: ItemId, at: Time) -> Result<Self> {
        let viewer = visitor.signed_in(tx)?;
        let course = Course::enter(tx, course, &viewer)?;
        viewer.must(LEARN, &course.scope())?;
        let mut outline = load(tx, course.id, Some(viewer.person), false)?;
        // What was sent before it closed is taken, however long it was under way.
        outline.facts.now = Some(at);
        let (item, shut) = Self::seen(&outline, id).ok_or_else(Error::not_found)?;
        let assignment = Assignment::find(tx, item.id)?;
        Ok(Self { viewer, course, item, assignment, shut })
    }

    fn seen(outline: &Outline, id: ItemId) -> Option<(Item, bool)> {
        use outline::Reason::{ClosedAt, OpensAt};
        let arranged = outline.arrange();
        let here = arranged.items().find(|here| here.item.id == id)?;
        let own_date = here.reason.as_ref().is_some_and(|reason| match reason {
            OpensAt(at) => here.item.unlock_at == Some(*at),
            ClosedAt(at) => here.item.lock_at == Some(*at),
            _ => false,
        });
        Some((Item::clone(&here.item), here.state == ItemState::Locked && !own_date))
    }

    fn answer(&self, tx: &mut Tx<'_>, page: Page, form: Option<(Form, Option<String>)>, at: Time) -> Result {
        let is_wrong = form.is_some();
        let mut desk = Desk::load(tx, &page, &self.item, self.viewer.person, at)?;
        if self.shut {
            desk = desk.closed();
        }
        if let Some((form, newer)) = form {
            desk = desk.with_form(form, newer);
        }
        let desk = desk.render()?;
        let frame = CoursePage::new(&self.viewer, &self.course, "outline");
        let view = WorkPage { frame, title: self.item.title.clone(), item: self.item.id, desk, page };
        Ok(if is_wrong { mistakes(view) } else { html(view) })
    }
}

/// The work alone.
pub(super) async fn show(State(ctx): State<Ctx>, visitor: Visitor, Path((course, item)): At) -> Result {
    let db = ctx.db.clone();
    db.read(move |tx| {
        let now = tx.now();
        let place = Place::find(tx, &visitor, course, item, now)?;
        let page = place.viewer.page(&ctx, "courses");
        place.answer(tx, page, None, now)
    })
    .await
}

/// The bytes of a file of one's own draft.
pub(super) async fn file(
    State(ctx): State<Ctx>,
    visitor: Visitor,
    Path((course, item, id, _)): Path<(CourseId, ItemId, Id, String)>,
    headers: HeaderMap,
) -> Result {
    let file = ctx
        .db
        .read(move |tx| {
            let viewer = visitor.signed_in(tx)?;
            viewer.must(LEARN, &Course::enter(tx, course, &viewer)?.scope())?;
            let files = draft::files(tx, item, viewer.person)?;
            files.into_iter().find(|file| file.id == id).ok_or_else(Error::not_found)
        })
        .await?;
    upload::send(&ctx, &file, false, &headers).await
}

/// `POST`: keeps what was written; hands it in, takes a file out, or only answers a script, as the button says.
pub(super) async fn send(
    State(ctx): State<Ctx>,
    visitor: Visitor,
    Path((course, item)): At,
    request: axum::extract::Request,
) -> Result {
    let arrived = ctx.now();
    let asked = visitor.clone();
    let (file_bytes_max, drafted) = ctx
        .db
        .read(move |tx| {
            let place = Place::find(tx, &asked, course, item, arrived)?;
            let files = draft::files(tx, place.item.id, place.viewer.person)?;
            Ok::<_, Error>((place.assignment.file_bytes_max, files))
        })
        .await?;
    let sent = upload::read(&ctx, request, file_bytes_max).await?;
    let mut all: Vec<(String, String, u64)> =
        drafted.into_iter().map(|file| (file.hash, file.media_type, file.size)).collect();
    all.extend(sent.files.iter().filter_map(|file| match file {
        upload::Incoming::Kept(kept) => Some((kept.hash.clone(), kept.media_type.clone(), kept.size)),
        upload::Incoming::TooLarge(_) => None,
    }));
    let words = if sent.form.value("do") == "hand-in" { upload::words(&ctx, &all).await? } else { Vec::new() };
    let db = ctx.db.clone();
    db.write(move |tx| {
        let place = Place::find(tx, &visitor, course, item, arrived)?;
        take(tx, &ctx, &place, sent, &words, arrived)
    })
    .await
}

fn take(tx: &mut Tx<'_>, ctx: &Ctx, place: &Place, sent: Sent, words: &[(String, String)], arrived: Time) -> Result {
    let Sent { mut form, files } = sent;
    let person = place.viewer.person;
    let is_script = form.value("do") == "keep";
    let token: Option<Id> = form.value("token").parse().ok();
    // Sent twice: what the first made is the answer.
    if let Some(there) =
        token.map(|token| submission::by_token(tx, place.item.id, person, token)).transpose()?.flatten()
        && form.value("do") == "hand-in"
    {
        return Ok(see_other(receipt(&place.item, there)));
    }
    let (text, address) = written(&mut form, &place.assignment);
    if form.error("text").is_some() {
        return place.answer(tx, place.viewer.page(ctx, "courses"), Some((form, None)), arrived);
    }
    let based_on = form.value("revision").parse().unwrap_or(0);
    match draft::keep(tx, place.item.id, person, (&text, &address), based_on)? {
        Kept::As(revision) if is_script => return Ok(json(&Saved { revision, fields: None })),
        Kept::Newer(newer) if is_script => return Ok(told(newer)),
        Kept::As(revision) => form.set("revision", revision.to_string()),
        Kept::Newer(newer) => {
            // The first press of a double click may have ended while this one waited.
            let there =
                token.map(|token| submission::by_token(tx, place.item.id, person, token)).transpose()?.flatten();
            if let Some(there) = there.filter(|_| form.value("do") == "hand-in") {
                return Ok(see_other(receipt(&place.item, there)));
            }
            form.set("revision", newer.revision.to_string());
            form.fail(main_field(&place.assignment), word!("assignments-newer"));
            let page = place.viewer.page(ctx, "courses");
            return place.answer(tx, page, Some((form, Some(said(&newer)))), arrived);
        }
    }
    if let Ok(file) = form.value("remove").parse::<Id>() {
        draft::remove_file(tx, place.item.id, person, file)?;
        return Ok(back(&place.item));
    }
    take_files(tx, &mut form, place, &files)?;
    if form.value("do") == "hand-in" && !form.has_errors() {
        return hand_in(tx, ctx, place, form, token, words, (&text, &address), arrived);
    }
    if form.has_errors() {
        return place.answer(tx, place.viewer.page(ctx, "courses"), Some((form, None)), arrived);
    }
    let said = place.viewer.page(ctx, "courses").t("assignments-draft-saved");
    Ok(back(&place.item).flash(FlashKind::Good, said, None))
}

fn take_files(tx: &mut Tx<'_>, form: &mut Form, place: &Place, files: &[upload::Incoming]) -> Result<()> {
    if files.is_empty() || !place.assignment.takes_files {
        return Ok(());
    }
    let there = draft::files(tx, place.item.id, place.viewer.person)?;
    for kept in upload::taken(form, &place.assignment, files, &there) {
        let file = kept.named(tx);
        draft::add_file(tx, place.item.id, place.viewer.person, &file)?;
    }
    Ok(())
}

#[expect(clippy::too_many_arguments, reason = "one step of the request, with all that it knows")]
fn hand_in(
    tx: &mut Tx<'_>,
    ctx: &Ctx,
    place: &Place,
    mut form: Form,
    token: Option<Id>,
    words: &[(String, String)],
    (text, address): (&str, &str),
    arrived: Time,
) -> Result {
    let (item, person) = (&place.item, place.viewer.person);
    let files = draft::files(tx, item.id, person)?;
    refuse(tx, &mut form, place, (text, address), &files, arrived)?;
    let words = files.iter().filter_map(|file| words.iter().find(|(hash, _)| *hash == file.hash));
    let words: Vec<&str> = words.map(|(_, words)| words.as_str()).collect();
    if !form.has_errors() {
        let new = NewSubmission {
            person,
            token: token.unwrap_or_else(|| tx.new_id()),
            text,
            address,
            files: &files,
            words: &words.join("\n"),
            on_paper: false,
            at: arrived,
            by: None,
        };
        match submission::hand_in(tx, item, &new, person)? {
            HandedIn::As(id) => {
                draft::clear(tx, item.id, person)?;
                let page = place.viewer.page(ctx, "courses");
                return Ok(see_other(receipt(item, id)).flash(FlashKind::Good, page.t("assignments-is-in"), None));
            }
            HandedIn::Overtaken => form.fail(main_field(&place.assignment), word!("assignments-overtaken")),
        }
    }
    place.answer(tx, place.viewer.page(ctx, "courses"), Some((form, None)), arrived)
}

/// Says why it cannot be handed in, where it cannot.
fn refuse(
    tx: &mut Tx<'_>,
    form: &mut Form,
    place: &Place,
    (text, address): (&str, &str),
    files: &[WorkFile],
    arrived: Time,
) -> Result<()> {
    let assignment = &place.assignment;
    if place.shut || !assignment.is_online() {
        form.fail("text", word!("assignments-not-open"));
    }
    match Dates::of(&place.item).door(arrived) {
        Door::Open { .. } => {}
        Door::NotYet(_) => form.fail("text", word!("assignments-not-open")),
        Door::Closed(_) => form.fail("text", word!("assignments-has-closed")),
    }
    let used = Submission::of(tx, place.item.id, place.viewer.person)?.len();
    let extra = submission::extra_attempts(tx, place.item.id, place.viewer.person)?;
    if attempts_left(assignment.attempts_max, extra, u32::try_from(used).unwrap_or(u32::MAX)) == Some(0) {
        form.fail("text", word!("assignments-no-attempts-left"));
    }
    if text.is_empty() && address.is_empty() && files.is_empty() {
        form.fail(main_field(assignment), word!("assignments-nothing-to-hand-in"));
    }
    form.url("address").get();
    Ok(())
}

/// The first field of the form: where stands what is wrong with all of it.
const fn main_field(assignment: &Assignment) -> &'static str {
    match (assignment.takes_text, assignment.takes_address) {
        (true, _) => "text",
        (false, true) => "address",
        (false, false) => "files",
    }
}

/// Text and address as they are kept; what the assignment does not take is nothing.
fn written(form: &mut Form, assignment: &Assignment) -> (String, String) {
    let text = if assignment.takes_text { form.value("text").replace("\r\n", "\n") } else { String::new() };
    let text = text.trim_end().to_owned();
    if text.len() > draft::TEXT_BYTES_MAX {
        form.fail("text", word!("assignments-text-too-long"));
    }
    if text.contains('\0') {
        form.fail("text", word!("field-unreadable"));
    }
    let address =
        if assignment.takes_address { form.text("address").max(draft::ADDRESS_MAX).get() } else { String::new() };
    (text, address)
}

#[derive(serde::Serialize)]
struct Saved {
    revision: i64,
    #[serde(skip_serializing_if = "Option::is_none")]
    fields: Option<BTreeMap<&'static str, String>>,
}

/// What a script is told where another window was faster.
fn told(newer: Draft) -> Response {
    let fields = BTreeMap::from([("text", newer.text), ("address", newer.address)]);
    json(&Saved { revision: newer.revision, fields: Some(fields) }).status(http::StatusCode::CONFLICT)
}

fn said(newer: &Draft) -> String {
    [newer.text.as_str(), newer.address.as_str()]
        .into_iter()
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join("\n")
}

fn receipt(item: &Item, id: crate::SubmissionId) -> String {
    format!("{}/submissions/{id}", super::path(item))
}

fn back(item: &Item) -> Response {
    see_other(format!("{}#work", super::path(item)))
}
