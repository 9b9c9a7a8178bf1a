//! `GET /courses/{course}/dates`: every date of the course in one place; its authors change them there.

use askama::Template;
use axum::extract::{Path, State};
use courses::{Course, CourseId, CoursePage, EDIT, PREVIEW};
use people::{Viewer, Visitor};
use store::{Time, Tx};
use web::{Ctx, FlashKind, Form, Page, Result, html, mistakes, see_other, word};

use super::edit::for_author;
use super::why::whose_dates;
use crate::overrides::Source;
use crate::{ActivityKind, DateChangeId, Item, ItemState, Kinds, date_change, load};

#[derive(Template)]
#[template(path = "outline/dates.html")]
struct DatesPage {
    page: Page,
    frame: CoursePage,
    form: Form,
    rows: Vec<Row>,
    may_edit: bool,
}

struct Row {
    item: Item,
    /// Where the reader's own dates come from, where they are not those of everybody.
    dates_from: Option<Source>,
    /// Whether it is the first of its module.
    opens_module: bool,
    icon: &'static str,
    is_done: bool,
    module: String,
}

/// The page: for authors every item, for others what has a date.
pub(super) async fn show(State(ctx): State<Ctx>, visitor: Visitor, Path(id): Path<CourseId>) -> Result {
    let db = ctx.db.clone();
    db.read(move |tx| {
        let viewer = visitor.signed_in(tx)?;
        let course = Course::enter(tx, id, &viewer)?;
        Ok(html(view(tx, &ctx, &viewer, &course, None)?))
    })
    .await
}

fn view(tx: &mut Tx<'_>, ctx: &Ctx, viewer: &Viewer, course: &Course, form: Option<Form>) -> Result<DatesPage> {
    let may_edit = viewer.can(EDIT, &course.scope());
    let outline = load(tx, course.id, Some(viewer.person), may_edit || viewer.can(PREVIEW, &course.scope()))?;
    let arranged = outline.arrange();
    let kinds = ctx.get::<Kinds>();
    let page = viewer.page(ctx, "courses");
    let has_date = |item: &Item| item.due_at.is_some() || item.unlock_at.is_some() || item.lock_at.is_some();
    let mut rows: Vec<Row> = Vec::new();
    for module in &arranged.modules {
        for arranged in &module.items {
            let is_line = kinds.get(&arranged.item.kind).is_some_and(ActivityKind::is_line);
            if !is_line && (may_edit || has_date(&arranged.item)) {
                rows.push(Row {
                    icon: kinds.icon(&arranged.item.kind),
                    is_done: arranged.state == ItemState::Done,
                    module: module.module.title.clone(),
                    dates_from: arranged.dates_from.clone(),
                    opens_module: rows.last().is_none_or(|before| before.item.module != arranged.item.module),
                    item: Item::clone(&arranged.item),
                });
            }
        }
    }
    if !may_edit {
        rows.sort_by_key(|row| row.item.due_at.or(row.item.unlock_at).or(row.item.lock_at));
    }
    let form = form.unwrap_or_else(|| filled(&page, &rows));
    Ok(DatesPage { frame: CoursePage::new(viewer, course, "dates"), page, form, rows, may_edit })
}

const FIELDS: [&str; 3] = ["unlock", "due", "lock"];

fn filled(page: &Page, rows: &[Row]) -> Form {
    let moment = |at: Option<Time>| at.map(|at| page.time(at).input()).unwrap_or_default();
    let fields = rows.iter().flat_map(|row| {
        let moments = [row.item.unlock_at, row.item.due_at, row.item.lock_at];
        FIELDS.iter().zip(moments).map(|(name, at)| (format!("{name}-{}", row.item.id), moment(at))).collect::<Vec<_>>()
    });
    Form::of(&fields.collect::<Vec<_>>())
}

/// `POST`: saves every date of the page; with `days` the chosen ones move by so many days.
pub(super) async fn save(State(ctx): State<Ctx>, visitor: Visitor, Path(id): Path<CourseId>, mut form: Form) -> Result {
    let db = ctx.db.clone();
    db.write(move |tx| {
        let viewer = visitor.signed_in(tx)?;
        let course = for_author(tx, id, &viewer)?;
        let page = viewer.page(&ctx, "courses");
        let days = form.integer("days").at_least(-3660).at_most(3660).or(0);
        let mut changes = Vec::new();
        for item in Item::of_course(tx, id)? {
            let chosen = days != 0 && form.values("chosen").contains(&item.id.to_string().as_str());
            let mut settings = item.settings();
            for (name, place) in
                FIELDS.iter().zip([&mut settings.unlock_at, &mut settings.due_at, &mut settings.lock_at])
            {
                let field = format!("{name}-{}", item.id);
                if form.names().contains(&field.as_str()) {
                    let read = form.date_time(&field, &page.zone).get();
                    // The input has minutes only: what it cannot show is not changed by it.
                    let same = place.is_some_and(|at| page.time(at).input() == form.value(&field));
                    *place = if same { *place } else { read };
                }
                *place = place.map(|at| if chosen { by_days(at, days, &page) } else { at });
            }
            if let (Some(from), Some(until)) = (settings.unlock_at, settings.lock_at)
                && until <= from
            {
                form.fail(&format!("lock-{}", item.id), word!("outline-closes-before-it-opens"));
            }
            let moved =
                (settings.due_at, settings.unlock_at, settings.lock_at) != (item.due_at, item.unlock_at, item.lock_at);
            if moved {
                changes.push((item, settings));
            }
        }
        if form.has_errors() {
            return Ok(mistakes(view(tx, &ctx, &viewer, &course, Some(form))?));
        }
        let undo = if changes.is_empty() {
            None
        } else {
            let change = date_change::change(tx, id, &changes, viewer.person)?;
            Some(format!("/courses/{id}/dates/changes/{change}/restoration"))
        };
        let said = page.tn("outline-dates-saved", i64::try_from(changes.len()).unwrap_or(i64::MAX));
        Ok(see_other(format!("/courses/{id}/dates")).flash(FlashKind::Good, said, undo))
    })
    .await
}

/// `POST .../changes/{change}/restoration`: the dates as they were before a change. Those that were changed again since
/// stay as they are.
pub(super) async fn restore(
    State(ctx): State<Ctx>,
    visitor: Visitor,
    Path((id, change)): Path<(CourseId, DateChangeId)>,
) -> Result {
    let db = ctx.db.clone();
    db.write(move |tx| {
        let viewer = visitor.signed_in(tx)?;
        for_author(tx, id, &viewer)?;
        let page = viewer.page(&ctx, "courses");
        let back = see_other(format!("/courses/{id}/dates"));
        Ok(match date_change::undo(tx, id, change, viewer.person)? {
            None => back.flash(FlashKind::Info, page.t("outline-dates-undone-before"), None),
            Some((_, 0)) => back.flash(FlashKind::Good, page.t("outline-dates-undone"), None),
            Some((_, stayed)) => {
                let said = page.tn("outline-dates-undone-but", i64::try_from(stayed).unwrap_or(i64::MAX));
                back.flash(FlashKind::Info, said, None)
            }
        })
    })
    .await
}

/// So many days later at the same time of day, whatever the clocks do in between.
fn by_days(at: Time, days: i64, page: &Page) -> Time {
    let zoned = at.to_jiff().to_zoned_datetime((*page.zone).clone());
    let moved = zoned.checked_add(jiff::Span::new().days(days));
    moved.map_or(at, |moved| Time::from(moved.timestamp()))
}

impl DatesPage {
    fn provenance(&self, row: &Row) -> Option<String> {
        row.dates_from.as_ref().map(|source| whose_dates(&self.page, source))
    }

    fn field(&self, name: &str, row: &Row) -> String {
        format!("{name}-{}", row.item.id)
    }
}
