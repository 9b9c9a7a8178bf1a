//! `/courses/{course}/copy`: the course once more, with chosen parts and with its dates removed or moved. Where each
//! date goes is shown first.

use askama::Template;
use axum::extract::{Path, State};
use people::{Scope, UnitId, Viewer, Visitor};
use store::{Id, Tx};
use web::{Ctx, Error, FlashKind, Form, Page, Result, html, mistakes, see_other, word};

use super::common::{self, Choice};
use crate::copy::{CopyParts, CopyPlan, MovedDate, copy, preview};
use crate::course::{Course, TITLE_MAX};
use crate::shift::{DateShift, Days, Move, SHIFT_DAYS_MAX, ShiftError};
use crate::{CREATE, CourseId, CoursePage, DatesProvider, EDIT};

/// How dates can be moved, as the form names it.
const MOVES: &[&str] = &["stretch", "start", "days", "keep", "remove"];

#[derive(Template)]
#[template(path = "courses/copy.html")]
struct CopyPage {
    page: Page,
    frame: CoursePage,
    course: Course,
    form: Form,
    units: Vec<Choice>,
    terms: Vec<Choice>,
    moves: Vec<Choice>,
    parts: Vec<(&'static str, &'static str)>,
    /// Where the dates go, once that was asked for.
    dates: Option<Vec<MovedDate>>,
}

/// The form, filled with what the course is.
pub(super) async fn show(State(ctx): State<Ctx>, visitor: Visitor, Path(id): Path<CourseId>) -> Result {
    let db = ctx.db.clone();
    db.read(move |tx| {
        let (viewer, course) = admitted(&visitor, tx, id)?;
        let page = viewer.page(&ctx, "courses");
        let parts = parts(&ctx);
        let can_stretch = course.days().is_some();
        let mut fields = vec![
            ("title", course.title.clone()),
            ("code", course.code.clone()),
            ("unit", course.unit.to_string()),
            ("how", if can_stretch { "stretch" } else { "keep" }.to_owned()),
            ("part", "about".to_owned()),
            ("part", "sections".to_owned()),
        ];
        fields.extend(parts.0.iter().map(|part| ("part", part.key.to_owned())));
        Ok(html(&fill(tx, page, &viewer, course, Form::of(&fields), &parts, None)?))
    })
    .await
}

/// Shows where the dates go, or makes the copy.
pub(super) async fn make(State(ctx): State<Ctx>, visitor: Visitor, Path(id): Path<CourseId>, mut form: Form) -> Result {
    let db = ctx.db.clone();
    db.write(move |tx| {
        let (viewer, course) = admitted(&visitor, tx, id)?;
        let page = viewer.page(&ctx, "courses");
        let parts = parts(&ctx);
        let Some(plan) = read(tx, &viewer, &course, &mut form)? else {
            return Ok(mistakes(&fill(tx, page, &viewer, course, form, &parts, None)?));
        };
        if form.value("act") != "copy" {
            let dates = match ctx.find::<DatesProvider>().as_deref() {
                Some(DatesProvider(of)) => of(tx, id, true)?,
                None => Vec::new(),
            };
            let dates = preview(dates, &plan.shift, plan.starts, plan.ends);
            return Ok(html(&fill(tx, page, &viewer, course, form, &parts, Some(dates))?));
        }
        let made = copy(tx, &course, &plan, &parts, viewer.person)?;
        let text = page.ta("courses-flash-copied", &[("course", made.title.as_str())]);
        Ok(see_other(format!("/courses/{}/edit", made.id)).flash(FlashKind::Good, text, None))
    })
    .await
}

fn parts(ctx: &Ctx) -> CopyParts {
    ctx.find::<CopyParts>().map(|parts| CopyParts::clone(&parts)).unwrap_or_default()
}

/// Who copies a course may change it, and may make courses somewhere.
fn admitted(visitor: &Visitor, tx: &mut Tx<'_>, id: CourseId) -> Result<(Viewer, Course), Error> {
    let viewer = visitor.signed_in(tx)?;
    let course = Course::find(tx, id)?;
    viewer.must(EDIT, &course.scope())?;
    viewer.must_anywhere(CREATE)?;
    Ok((viewer, course))
}

fn fill(
    tx: &mut Tx<'_>,
    page: Page,
    viewer: &Viewer,
    course: Course,
    form: Form,
    parts: &CopyParts,
    dates: Option<Vec<MovedDate>>,
) -> Result<CopyPage, Error> {
    let known = [("about", word!("courses-syllabus")), ("sections", word!("courses-copy-sections"))];
    Ok(CopyPage {
        units: common::units(tx, viewer, CREATE, None)?,
        terms: common::terms(tx, &page)?,
        moves: common::named(&page, "courses-move", MOVES),
        parts: known.into_iter().chain(parts.0.iter().map(|part| (part.key, part.label_id))).collect(),
        frame: CoursePage::new(viewer, &course, "settings"),
        course,
        form,
        dates,
        page,
    })
}

/// What was typed, or nothing where there are mistakes.
fn read(tx: &mut Tx<'_>, viewer: &Viewer, course: &Course, form: &mut Form) -> Result<Option<CopyPlan>> {
    let zone = course.time_zone();
    let title = form.text("title").required().max(TITLE_MAX).get();
    let code = common::code(form);
    let unit = form.id("unit").required().or(UnitId(Id::nil()));
    let found = people::unit::find(tx, unit)?;
    if !found.is_some_and(|unit| viewer.can(CREATE, &Scope::unit(&unit.path))) {
        form.fail("unit", word!("courses-fault-unit"));
    }
    let starts = common::first_moment(form, "starts", &zone);
    let ends = common::last_moment(form, "ends", &zone);
    if starts.zip(ends).is_some_and(|(starts, ends)| ends <= starts) {
        form.fail("ends", word!("courses-fault-ends-before-start"));
    }
    let how = how(course, form);
    let shift = match how.map(|how| DateShift::new(how, zone)) {
        Some(Ok(shift)) => Some(shift),
        Some(Err(ShiftError::Backwards)) => {
            form.fail("ends", word!("courses-fault-ends-before-start"));
            None
        }
        Some(Err(ShiftError::TooFar)) => {
            form.fail("starts", word!("courses-fault-too-far"));
            None
        }
        None => None,
    };
    let Some(shift) = shift.filter(|_| !form.has_errors()) else { return Ok(None) };
    let chosen = form.values("part");
    let has = |part: &str| chosen.contains(&part);
    Ok(Some(CopyPlan {
        about: has("about"),
        sections: has("sections"),
        parts: chosen.iter().map(|part| (*part).to_owned()).collect(),
        term: form.value("term").parse().ok(),
        title,
        code,
        unit,
        starts,
        ends,
        shift,
    }))
}

/// How the dates move. What the old or the new course lacks for that is a mistake at its field.
fn how(course: &Course, form: &mut Form) -> Option<Move> {
    let old = course.days();
    let first = form.date("starts").get();
    let last = form.date("ends").get();
    match form.value("how") {
        "keep" => Some(Move::Keep),
        "remove" => Some(Move::Remove),
        "days" => {
            let days = form.integer("days").required().at_least(-SHIFT_DAYS_MAX).at_most(SHIFT_DAYS_MAX).get()?;
            form.error("days").is_none().then_some(Move::ByDays(days))
        }
        "start" => {
            let zone = course.time_zone();
            let Some(old) = course.starts.map(|at| common::day_of(at, &zone)) else {
                form.fail("how", word!("courses-fault-no-first-day"));
                return None;
            };
            let new = form.date("starts").required().get()?;
            Some(Move::ByStart { old, new })
        }
        "stretch" => {
            let Some(old) = old else {
                form.fail("how", word!("courses-fault-no-days"));
                return None;
            };
            let _ = form.date("starts").required();
            let _ = form.date("ends").required();
            first.zip(last).map(|(first, last)| Move::Stretch { old, new: Days { first, last } })
        }
        _ => {
            form.fail("how", word!("field-choice"));
            None
        }
    }
}

impl CopyPage {
    fn days(&self) -> String {
        common::days(&self.page, &self.course)
    }

    fn outside_count(&self) -> usize {
        self.dates.iter().flatten().filter(|moved| moved.is_outside).count()
    }
}
