//! `GET /courses/{course}/items/{item}`: an item in its course, with the way back and on.

use askama::Template;
use axum::extract::{Path, State};
use courses::{Course, CourseId, CoursePage, EDIT, LEARN, PREVIEW};
use people::{Viewer, Visitor};
use store::{Time, Tx};
use web::{Csp, Ctx, Error, FlashKind, Page, Result, html, see_other, word};

use super::why::{Names, whose_dates};
use crate::arrange::ArrangedItem;
use crate::{
    ActivityKind, Completion, Item, ItemId, ItemState, Kinds, Shown, Visit, complete as mark, load,
    take_back as unmark, viewed,
};

#[derive(Template)]
#[template(path = "outline/item.html")]
struct ItemPage {
    page: Page,
    frame: CoursePage,
    item: Item,
    module: String,
    shown: Shown,
    is_done: bool,
    why: Option<String>,
    /// Where the reader's dates come from, where they are not those of everybody.
    provenance: Option<String>,
    learns: bool,
    editor: Option<String>,
    may_edit: bool,
    before: Option<Way>,
    after: Option<Way>,
    has_math: bool,
}

struct Way {
    href: String,
    title: String,
}

/// The page. Opening an item is noted beside the answer, once.
pub(super) async fn show(
    State(ctx): State<Ctx>,
    visitor: Visitor,
    Path((course, item)): Path<(CourseId, ItemId)>,
) -> Result {
    let db = ctx.db.clone();
    let (answer, to_note) = db
        .read(move |tx| {
            let viewer = visitor.signed_in(tx)?;
            let course = Course::enter(tx, course, &viewer)?;
            let (view, note) = look(tx, &ctx, &viewer, &course, item)?;
            let note = note.then(|| (view.item.clone(), viewer.person));
            let policy = view.shown.frames.iter().fold(Csp::new(), |policy, site| policy.frame(site));
            Ok::<_, Error>((html(view).csp(policy), note))
        })
        .await?;
    if let Some((item, person)) = to_note {
        db.write(move |tx| viewed(tx, &item, person)).await?;
    }
    Ok(answer)
}

fn look(tx: &mut Tx<'_>, ctx: &Ctx, viewer: &Viewer, course: &Course, id: ItemId) -> Result<(ItemPage, bool)> {
    let scope = course.scope();
    let sees_everything = viewer.can(EDIT, &scope) || viewer.can(PREVIEW, &scope);
    let learns = viewer.can(LEARN, &scope);
    let outline = load(tx, course.id, Some(viewer.person), sees_everything)?;
    let arranged = outline.arrange();
    let kinds = ctx.get::<Kinds>();
    let pages: Vec<&ArrangedItem<'_>> =
        arranged.items().filter(|item| !kinds.get(&item.item.kind).is_some_and(ActivityKind::is_line)).collect();
    let at = pages.iter().position(|item| item.item.id == id).ok_or_else(Error::not_found)?;
    let here = pages[at];
    let page = viewer.page(ctx, "courses");
    let names = Names::of(&outline.structure.modules, &outline.structure.items);
    let is_locked = here.state == ItemState::Locked || (here.reason.is_some() && here.state != ItemState::Done);
    let why = here.reason.as_ref().filter(|_| is_locked).map(|reason| names.say(&page, reason));
    let kind = kinds.get(&here.item.kind).ok_or_else(Error::not_found)?;
    let visit = Visit { viewer, learns, sees_everything };
    let shown = if why.is_some() {
        kind.show_closed(tx, ctx, &page, &here.item, &visit)?
    } else {
        kind.show(tx, ctx, &page, &here.item, &visit)?
    };
    let way = |item: &&ArrangedItem<'_>| Way {
        href: format!("/courses/{}/items/{}", course.id, item.item.id),
        title: item.item.title.clone(),
    };
    let open = why.is_none();
    let by_view = here.item.completion == Completion::View;
    let view = ItemPage {
        frame: CoursePage::new(viewer, course, "outline").with_progress(learns.then(|| arranged.percent())),
        module: arranged
            .modules
            .iter()
            .find(|m| m.module.id == here.item.module)
            .map(|m| m.module.title.clone())
            .unwrap_or_default(),
        is_done: here.state == ItemState::Done || (learns && open && by_view),
        provenance: here.dates_from.as_ref().map(|source| whose_dates(&page, source)),
        has_math: shown.html.contains("data-math="),
        shown,
        why,
        learns,
        editor: kind.editor(&here.item),
        may_edit: viewer.can(EDIT, &scope),
        before: at.checked_sub(1).and_then(|at| pages.get(at)).map(way),
        after: pages.get(at + 1).map(way),
        item: Item::clone(&here.item),
        page,
    };
    Ok((view, learns && open && !here.viewed))
}

/// `POST .../completion`: done. Leads on to what comes next.
pub(super) async fn complete(
    State(ctx): State<Ctx>,
    visitor: Visitor,
    Path((course, item)): Path<(CourseId, ItemId)>,
) -> Result {
    let db = ctx.db.clone();
    db.write(move |tx| {
        let viewer = visitor.signed_in(tx)?;
        let course = Course::enter(tx, course, &viewer)?;
        viewer.must(LEARN, &course.scope())?;
        let outline = load(tx, course.id, Some(viewer.person), false)?;
        let arranged = outline.arrange();
        let here = arranged.items().find(|here| here.item.id == item).ok_or_else(Error::not_found)?;
        if here.state == ItemState::Locked {
            return Err(Error::conflict(word!("outline-still-locked")));
        }
        if !mark(tx, &here.item, viewer.person)? {
            return Err(Error::conflict(word!("outline-not-by-mark")));
        }
        let page = viewer.page(&ctx, "courses");
        let back = format!("/courses/{}/items/{item}", course.id);
        Ok(see_other(back).flash(FlashKind::Good, page.t("outline-marked"), None))
    })
    .await
}

/// `DELETE .../completion`: not done after all.
pub(super) async fn take_back(
    State(ctx): State<Ctx>,
    visitor: Visitor,
    Path((course, item)): Path<(CourseId, ItemId)>,
) -> Result {
    let db = ctx.db.clone();
    db.write(move |tx| {
        let viewer = visitor.signed_in(tx)?;
        let course = Course::enter(tx, course, &viewer)?;
        viewer.must(LEARN, &course.scope())?;
        let item = Item::find(tx, course.id, item)?;
        unmark(tx, &item, viewer.person)?;
        Ok(see_other(format!("/courses/{}/items/{}", course.id, item.id)))
    })
    .await
}

impl ItemPage {
    fn due(&self) -> Option<Time> {
        self.item.due_at.filter(|_| !self.is_done)
    }

    /// How a date looks: missed, near, or far.
    fn tone(&self, due: &Time) -> &'static str {
        let now = self.page.now;
        if *due < now {
            "bad"
        } else if *due < now.plus_days(3) {
            "soon"
        } else {
            ""
        }
    }
}
