//! `GET /courses/{course}/items/{item}/quiz`: the questions of a quiz, in their order.

use askama::Template;
use axum::extract::{Path, State};
use courses::{Course, CourseId, CoursePage, EDIT};
use gradebook::Points;
use outline::{Item, ItemId};
use people::{Viewer, Visitor};
use store::Tx;
use web::{Ctx, FlashKind, Form, Page, Result, html, mistakes, see_other, word};

use super::{AtItem, ask, at_item};
use crate::bank;
use crate::question::Kind;
use crate::quiz::{self, Filled, Quiz, SLOTS_MAX, Slot};
use crate::{FolderId, SlotId, folder};

/// Questions that one form draws at the most.
const DRAWN_MAX: i64 = 50;

#[derive(Template)]
#[template(path = "assessment/quiz_edit.html")]
struct QuizPage {
    page: Page,
    frame: CoursePage,
    item: Item,
    quiz: Quiz,
    slots: Vec<Slot>,
    folders: Vec<(String, String)>,
    kinds: Vec<(String, String)>,
    form: Form,
    /// The place whose form has a mistake.
    wrong: Option<SlotId>,
    /// Whether they may see how learners did, and give them more time.
    grades: bool,
}

/// The page.
pub(super) async fn show(State(ctx): State<Ctx>, visitor: Visitor, Path(at): AtItem) -> Result {
    let db = ctx.db.clone();
    db.read(move |tx| {
        let (viewer, course, item) = at_item(tx, &visitor, at, EDIT)?;
        let form = Form::of(&[("count", "1"), ("points", "1"), ("below", "on")]);
        Ok(html(view(tx, &ctx, &viewer, &course, item, form, None)?))
    })
    .await
}

fn view(
    tx: &mut Tx<'_>,
    ctx: &Ctx,
    viewer: &Viewer,
    course: &Course,
    item: Item,
    form: Form,
    wrong: Option<SlotId>,
) -> Result<QuizPage> {
    let page = viewer.page(ctx, "courses");
    let whole = (String::new(), page.t("assessment-whole-bank"));
    let folders = folder::named(&folder::all(tx, course.id)?);
    Ok(QuizPage {
        frame: CoursePage::new(viewer, course, "edit"),
        quiz: Quiz::of(tx, &item, viewer.person)?,
        slots: quiz::slots(tx, item.id)?,
        folders: std::iter::once(whole).chain(folders.into_iter().map(|(id, name)| (id.to_string(), name))).collect(),
        kinds: Kind::ALL.iter().map(|kind| (kind.to_string(), page.t(format!("assessment-kind-{kind}")))).collect(),
        grades: viewer.can(gradebook::GRADE, &course.scope()),
        page,
        item,
        form,
        wrong,
    })
}

/// `POST .../slots`: places for questions that are drawn.
pub(super) async fn draw(State(ctx): State<Ctx>, visitor: Visitor, Path(at): AtItem, mut form: Form) -> Result {
    let db = ctx.db.clone();
    db.write(move |tx| {
        let (viewer, course, item) = at_item(tx, &visitor, at, EDIT)?;
        let count = form.integer("count").required().at_least(1).at_most(DRAWN_MAX).or(1);
        let points = points(&mut form, "points");
        let drawn = Filled::Drawn {
            folder: form.id::<FolderId>("folder").get(),
            below: form.flag("below"),
            tags: bank::tags(form.value("tags")),
        };
        let count = usize::try_from(count).unwrap_or(1);
        if quiz::slots(tx, item.id)?.len() + count > SLOTS_MAX {
            form.fail("count", word!("assessment-too-many-questions"));
        }
        let (Some(points), false) = (points, form.has_errors()) else {
            return Ok(mistakes(view(tx, &ctx, &viewer, &course, item, form, None)?));
        };
        quiz::add_slots(tx, &item, &vec![drawn; count], points, viewer.person)?;
        Ok(back(&item))
    })
    .await
}

fn back(item: &Item) -> web::Response {
    see_other(format!("/courses/{}/items/{}/quiz", item.course, item.id))
}

/// Points of a field, at least none.
pub(super) fn points(form: &mut Form, name: &str) -> Option<Points> {
    let text = form.text(name).required().get();
    match text.parse::<Points>() {
        Ok(points) if points >= Points::ZERO => Some(points),
        _ => {
            form.fail(name, word!("assessment-wrong-points"));
            None
        }
    }
}

type AtSlot = Path<(CourseId, ItemId, SlotId)>;

/// `POST .../slots/{slot}`: its points and version, or its place.
pub(super) async fn change(
    State(ctx): State<Ctx>,
    visitor: Visitor,
    Path((course, item, slot)): AtSlot,
    mut form: Form,
) -> Result {
    let db = ctx.db.clone();
    db.write(move |tx| {
        let (viewer, course, item) = at_item(tx, &visitor, (course, item), EDIT)?;
        match form.value("move") {
            "up" | "down" => quiz::move_slot(tx, &item, slot, form.value("move") == "down", viewer.person)?,
            _ => {
                let Some(points) = points(&mut form, "slot_points") else {
                    return Ok(mistakes(view(tx, &ctx, &viewer, &course, item, form, Some(slot))?));
                };
                let version = form.integer("version").get();
                quiz::change_slot(tx, &item, slot, points, version, viewer.person)?;
            }
        }
        Ok(back(&item))
    })
    .await
}

/// `DELETE .../slots/{slot}`: takes it away.
pub(super) async fn remove(State(ctx): State<Ctx>, visitor: Visitor, Path((course, item, slot)): AtSlot) -> Result {
    let db = ctx.db.clone();
    db.write(move |tx| {
        let (viewer, _, item) = at_item(tx, &visitor, (course, item), EDIT)?;
        quiz::remove_slot(tx, &item, slot, viewer.person)?;
        let said = viewer.page(&ctx, "courses").t("assessment-slot-removed");
        Ok(back(&item).flash(FlashKind::Good, said, None))
    })
    .await
}

impl QuizPage {
    fn points(&self, points: impl std::borrow::Borrow<Points>) -> String {
        ask::points(&self.page, *points.borrow())
    }

    /// What stands in the field for a place's points.
    fn slot_points(&self, slot: &Slot) -> String {
        if self.wrong == Some(slot.id) { self.form.value("slot_points").to_owned() } else { slot.points.to_string() }
    }

    fn slot_error(&self, slot: &Slot) -> Option<String> {
        self.form.error("slot_points").filter(|_| self.wrong == Some(slot.id))
    }

    /// What is drawn, in words.
    fn drawn(&self, slot: &Slot) -> String {
        let id = slot.folder.map(|folder| folder.to_string()).unwrap_or_default();
        let folder =
            self.folders.iter().find(|(known, _)| *known == id).map(|(_, name)| name.as_str()).unwrap_or_default();
        let tags: Vec<String> = slot.tags.split_whitespace().map(|tag| format!("#{tag}")).collect();
        format!("{folder} {}", tags.join(" ")).trim().to_owned()
    }

    fn kind(&self, slot: &Slot) -> String {
        slot.kind.map(|kind| self.page.t(format!("assessment-kind-{kind}"))).unwrap_or_default()
    }
}
