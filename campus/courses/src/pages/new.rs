//! `/courses/new`: a course in its first few words; everything else is set later.

use askama::Template;
use axum::extract::State;
use jiff::tz::TimeZone;
use people::{Scope, UnitId, Viewer, Visitor};
use store::Tx;
use web::{Ctx, FlashKind, Form, Page, Response, Result, html, mistakes, see_other};

use super::common::{self, Choice};
use crate::course::{Layout, SUMMARY_MAX, Settings, TITLE_MAX};
use crate::enrolment::{IfFull, NewEnrolment, enrol};
use crate::{CREATE, Course, CourseRole};

#[derive(Template)]
#[template(path = "courses/new.html")]
struct NewPage {
    page: Page,
    form: Form,
    units: Vec<Choice>,
    terms: Vec<Choice>,
    languages: Vec<Choice>,
    layouts: Vec<Choice>,
}

/// The empty form.
pub(super) async fn show(State(ctx): State<Ctx>, visitor: Visitor) -> Result {
    let db = ctx.db.clone();
    db.read(move |tx| {
        let viewer = visitor.signed_in(tx)?;
        viewer.must_anywhere(CREATE)?;
        let page = viewer.page(&ctx, "courses");
        let form = Form::of(&[("language", page.lang.as_str()), ("layout", Layout::Modules.as_str())]);
        Ok(html(&fill(tx, page, &viewer, form)?))
    })
    .await
}

/// Makes the course. Who makes it teaches it, unless they run the place anyway.
pub(super) async fn create(State(ctx): State<Ctx>, visitor: Visitor, mut form: Form) -> Result {
    let db = ctx.db.clone();
    db.write(move |tx| {
        let viewer = visitor.signed_in(tx)?;
        viewer.must_anywhere(CREATE)?;
        let page = viewer.page(&ctx, "courses");
        let Some(settings) = read(tx, &viewer, &mut form)? else { return again(tx, page, &viewer, form) };
        let course = Course::create(tx, &settings, viewer.person)?;
        if form.flag("teach") {
            let new = NewEnrolment::new(course.id, viewer.person, CourseRole::Teacher);
            enrol(tx, &new, IfFull::Wait, Some(viewer.person))?;
        }
        let text = page.ta("courses-flash-created", &[("course", course.title.as_str())]);
        Ok(see_other(format!("/courses/{}/edit", course.id)).flash(FlashKind::Good, text, None))
    })
    .await
}

fn fill(tx: &mut Tx<'_>, page: Page, viewer: &Viewer, form: Form) -> store::Result<NewPage> {
    Ok(NewPage {
        units: common::units(tx, viewer, CREATE, None)?,
        terms: common::terms(tx, &page)?,
        languages: common::languages(form.value("language")),
        layouts: common::named(&page, "courses-layout", Layout::ALL),
        page,
        form,
    })
}

fn again(tx: &mut Tx<'_>, page: Page, viewer: &Viewer, form: Form) -> Result<Response> {
    Ok(mistakes(&fill(tx, page, viewer, form)?))
}

/// What was typed, or nothing where there are mistakes.
fn read(tx: &mut Tx<'_>, viewer: &Viewer, form: &mut Form) -> Result<Option<Settings>> {
    let zone = TimeZone::get(&viewer.zone).unwrap_or(TimeZone::UTC);
    let title = form.text("title").required().max(TITLE_MAX).get();
    // Nothing chosen is noted in the form; the rest is still read, so that all mistakes are told at once.
    let unit = form.id("unit").required().or(UnitId(store::Id::nil()));
    let settings = Settings {
        code: common::code(form),
        summary: form.text("summary").max(SUMMARY_MAX).get(),
        term: form.id("term").get(),
        starts: common::first_moment(form, "starts", &zone),
        ends: common::last_moment(form, "ends", &zone),
        layout: form.choice("layout").or(Layout::Modules),
        ..Settings::new(unit, &title, form.value("language"), zone.iana_name().unwrap_or("UTC"))
    };
    common::note(form, &settings.faults());
    let unit = people::unit::find(tx, unit)?;
    if !unit.is_some_and(|unit| viewer.can(CREATE, &Scope::unit(&unit.path))) {
        form.fail("unit", web::word!("courses-fault-unit"));
    }
    Ok(if form.has_errors() { None } else { Some(settings) })
}
