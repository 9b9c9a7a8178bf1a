//! `.../items/{item}/exceptions`: other dates, or an open door, for one person or one section (campus-rules M20). They
//! stand on the page of the item's settings.

use axum::extract::{Path, State};
use courses::{Course, CourseId, PEOPLE, SectionId};
use people::{PersonId, Viewer, Visitor};
use store::Tx;
use web::{Ctx, FlashKind, Form, Page, Response, Result, mistakes, see_other, word};

use super::edit::for_author;
use super::item_settings::view;
use crate::overrides::{self, Change, DateChange, OVERRIDES_MAX, Override, Whom};
use crate::{Item, ItemId, OverrideId, roster};

/// The exceptions of an item, and the form for one more.
pub(super) struct Exceptions {
    pub(super) list: Vec<Override>,
    pub(super) form: Form,
    /// For whom one can be made: sections, then people, each with a key such as `section:ID`.
    pub(super) sections: Vec<(String, String)>,
    pub(super) people: Vec<(String, String)>,
}

impl Exceptions {
    pub(super) fn load(
        tx: &mut Tx<'_>,
        viewer: &Viewer,
        course: &Course,
        item: &Item,
        sections: &[(String, String)],
        form: Form,
    ) -> store::Result<Self> {
        // Those who write the course but may not see its people make exceptions for sections only.
        let may_see_people = viewer.can(PEOPLE, &course.scope());
        let people = if may_see_people { roster::names(tx, course.id)? } else { Vec::new() };
        let list = overrides::of_item(tx, item.id)?;
        let list = list.into_iter().filter(|one| may_see_people || matches!(one.whom, Whom::Section(_)));
        Ok(Self {
            list: list.collect(),
            form,
            sections: sections.iter().map(|(id, name)| (format!("section:{id}"), name.clone())).collect(),
            people: people.into_iter().map(|(id, name)| (format!("person:{id}"), name)).collect(),
        })
    }

    /// What an exception says, in words.
    pub(super) fn said(&self, page: &Page, change: &Change) -> Vec<String> {
        let dates = [
            (change.due, word!("outline-exception-due"), word!("outline-exception-no-due")),
            (change.unlock, word!("outline-exception-unlock"), word!("outline-exception-no-unlock")),
            (change.lock, word!("outline-exception-lock"), word!("outline-exception-no-lock")),
        ];
        let said = dates.into_iter().filter_map(|(date, at_id, none_id)| match date {
            DateChange::Kept => None,
            DateChange::Removed => Some(page.t(none_id)),
            DateChange::At(at) => Some(page.ta(at_id, &[("time", page.time(at).short_full())])),
        });
        said.chain(change.opens.then(|| page.t(word!("outline-exception-opens")))).collect()
    }
}

fn back(course: CourseId, item: ItemId) -> Response {
    see_other(format!("/courses/{course}/items/{item}/settings#exceptions"))
}

/// `POST`: one more; it replaces that of the same person or section.
pub(super) async fn add(
    State(ctx): State<Ctx>,
    visitor: Visitor,
    Path((course, id)): Path<(CourseId, ItemId)>,
    mut form: Form,
) -> Result {
    let db = ctx.db.clone();
    db.write(move |tx| {
        let viewer = visitor.signed_in(tx)?;
        let course = for_author(tx, course, &viewer)?;
        let item = Item::find(tx, course.id, id)?;
        let page = viewer.page(&ctx, "courses");
        let whom = read_whom(tx, &mut form, &viewer, &course)?;
        let change = read_change(&mut form, &page);
        if overrides::of_item(tx, item.id)?.len() >= OVERRIDES_MAX {
            form.fail("whom", word!("outline-too-many-exceptions"));
        }
        let (Some(whom), false) = (whom, form.has_errors()) else {
            return Ok(mistakes(view(tx, &ctx, &viewer, page, &course, id, (None, form))?));
        };
        overrides::set(tx, &item, whom, &change, viewer.person)?;
        Ok(back(course.id, id).flash(FlashKind::Good, page.t("outline-exception-made"), None))
    })
    .await
}

/// Somebody who takes the course, or one of its sections: nobody else can be named.
fn read_whom(tx: &mut Tx<'_>, form: &mut Form, viewer: &Viewer, course: &Course) -> Result<Option<Whom>> {
    let chosen = form.text("whom").required().get();
    let whom = match chosen.split_once(':') {
        Some(("section", id)) => {
            let sections = courses::Section::of(tx, course.id)?;
            let id = id.parse::<SectionId>().ok();
            id.filter(|id| sections.iter().any(|section| section.id == *id)).map(Whom::Section)
        }
        Some(("person", id)) if viewer.can(PEOPLE, &course.scope()) => match id.parse::<PersonId>() {
            Ok(id) if roster::name(tx, course.id, id)?.is_some() => Some(Whom::Person(id)),
            _ => None,
        },
        _ => None,
    };
    if whom.is_none() {
        form.fail("whom", word!("outline-exception-whom-missing"));
    }
    Ok(whom)
}

fn read_change(form: &mut Form, page: &Page) -> Change {
    let mut date = |name: &str| {
        let at = form.date_time(name, &page.zone).get();
        let none = form.flag(&format!("no_{name}"));
        at.map_or(if none { DateChange::Removed } else { DateChange::Kept }, DateChange::At)
    };
    let change =
        Change { due: date("ex_due"), unlock: date("ex_unlock"), lock: date("ex_lock"), opens: form.flag("ex_opens") };
    if !form.has_errors() && !change.is_something() {
        form.fail("ex_due", word!("outline-exception-says-nothing"));
    }
    if let (DateChange::At(from), DateChange::At(until)) = (change.unlock, change.lock)
        && until <= from
    {
        form.fail("ex_lock", word!("outline-closes-before-it-opens"));
    }
    change
}

type At = Path<(CourseId, ItemId, OverrideId)>;

/// `DELETE`: ends it, with an undo.
pub(super) async fn end(State(ctx): State<Ctx>, visitor: Visitor, Path((course, id, exception)): At) -> Result {
    let db = ctx.db.clone();
    db.write(move |tx| {
        let viewer = visitor.signed_in(tx)?;
        let course = for_author(tx, course, &viewer)?;
        let item = Item::find(tx, course.id, id)?;
        if !overrides::end(tx, &item, exception, viewer.person)? {
            return Ok(back(course.id, id));
        }
        let page = viewer.page(&ctx, "courses");
        let undo = format!("/courses/{}/items/{id}/exceptions/{exception}/restoration", course.id);
        Ok(back(course.id, id).flash(FlashKind::Good, page.t("outline-exception-ended"), Some(undo)))
    })
    .await
}

/// `POST .../restoration`: brings it back.
pub(super) async fn restore(State(ctx): State<Ctx>, visitor: Visitor, Path((course, id, exception)): At) -> Result {
    ctx.db
        .write(move |tx| {
            let viewer = visitor.signed_in(tx)?;
            let course = for_author(tx, course, &viewer)?;
            let item = Item::find(tx, course.id, id)?;
            overrides::restore(tx, &item, exception, viewer.person)?;
            Ok(back(course.id, id))
        })
        .await
}
