//! `/courses/{course}/settings`: everything that can be set of a course, and its state: published, scheduled, archived.

use askama::Template;
use axum::extract::{Path, State};
use people::{Scope, UnitId, Viewer, Visitor};
use store::{Id, Tx};
use web::{Ctx, Error, FlashKind, Form, Page, Result, Zone, html, mistakes, see_other, word};

use super::common::{self, Choice};
use crate::course::{
    ABOUT_MAX, Course, DAYS_MAX, HUES, KEY_MAX, Layout, Licence, Listing, SUMMARY_MAX, SelfEnrolment, Settings,
    TITLE_MAX,
};
use crate::{ARCHIVE, CREATE, CourseId, CoursePage, EDIT, ENROL, ENROL_STAFF, PUBLISH};

#[derive(Template)]
#[template(path = "courses/settings.html")]
struct SettingsPage {
    page: Page,
    frame: CoursePage,
    form: Form,
    publication: Form,
    course: Course,
    units: Vec<Choice>,
    terms: Vec<Choice>,
    languages: Vec<Choice>,
    zones: Vec<String>,
    layouts: Vec<Choice>,
    listings: Vec<Choice>,
    policies: Vec<Choice>,
    licences: Vec<Choice>,
    may_publish: bool,
    may_archive: bool,
    may_copy: bool,
    may_enrol: bool,
}

/// The form as the course is.
pub(super) async fn show(State(ctx): State<Ctx>, visitor: Visitor, Path(id): Path<CourseId>) -> Result {
    let db = ctx.db.clone();
    db.read(move |tx| {
        let viewer = visitor.signed_in(tx)?;
        let course = editable(tx, &viewer, id)?;
        let page = viewer.page(&ctx, "courses");
        let form = filled(&course, &page);
        Ok(html(&fill(tx, page, &viewer, course, form, Form::new())?))
    })
    .await
}

/// Saves the settings.
pub(super) async fn save(State(ctx): State<Ctx>, visitor: Visitor, Path(id): Path<CourseId>, mut form: Form) -> Result {
    let db = ctx.db.clone();
    db.write(move |tx| {
        let viewer = visitor.signed_in(tx)?;
        let mut course = editable(tx, &viewer, id)?;
        let page = viewer.page(&ctx, "courses");
        let Some(settings) = read(tx, &page, &viewer, &course, &mut form)? else {
            return Ok(mistakes(&fill(tx, page, &viewer, course, form, Form::new())?));
        };
        course.change(tx, &settings, viewer.person)?;
        Ok(see_other(settings_of(id)).flash(FlashKind::Good, page.t("courses-flash-saved"), None))
    })
    .await
}

/// Makes the course visible, at once or from a moment on.
pub(super) async fn publish(
    State(ctx): State<Ctx>,
    visitor: Visitor,
    Path(id): Path<CourseId>,
    mut form: Form,
) -> Result {
    let db = ctx.db.clone();
    db.write(move |tx| {
        let viewer = visitor.signed_in(tx)?;
        let mut course = Course::find(tx, id)?;
        viewer.must(PUBLISH, &course.scope())?;
        let page = viewer.page(&ctx, "courses");
        let from = match form.value("when") {
            "later" => form.date_time("from", &page.zone).required().get(),
            _ => None,
        };
        if form.has_errors() {
            let settings = filled(&course, &page);
            return Ok(mistakes(&fill(tx, page, &viewer, course, settings, form)?));
        }
        course.publish(tx, from, viewer.person)?;
        let text = match from {
            Some(from) => page.ta("courses-flash-scheduled", &[("time", page.time(from).short_full())]),
            None => page.t("courses-flash-published"),
        };
        let undo = format!("/courses/{id}/publication/undo");
        Ok(see_other(settings_of(id)).flash(FlashKind::Good, text, Some(undo)))
    })
    .await
}

/// Hides the course from its learners; also the undo of publishing it.
pub(super) async fn unpublish(State(ctx): State<Ctx>, visitor: Visitor, Path(id): Path<CourseId>) -> Result {
    let db = ctx.db.clone();
    db.write(move |tx| {
        let viewer = visitor.signed_in(tx)?;
        let mut course = Course::find(tx, id)?;
        viewer.must(PUBLISH, &course.scope())?;
        course.unpublish(tx, viewer.person)?;
        let page = viewer.page(&ctx, "courses");
        Ok(see_other(settings_of(id)).flash(FlashKind::Good, page.t("courses-flash-unpublished"), None))
    })
    .await
}

/// Puts the course away.
pub(super) async fn archive(State(ctx): State<Ctx>, visitor: Visitor, Path(id): Path<CourseId>) -> Result {
    let db = ctx.db.clone();
    db.write(move |tx| {
        let viewer = visitor.signed_in(tx)?;
        let mut course = Course::find(tx, id)?;
        viewer.must(ARCHIVE, &course.scope())?;
        course.archive(tx, viewer.person)?;
        let page = viewer.page(&ctx, "courses");
        let undo = format!("/courses/{id}/archive/undo");
        let text = page.ta("courses-flash-archived", &[("course", course.title.as_str())]);
        Ok(see_other("/courses").flash(FlashKind::Good, text, Some(undo)))
    })
    .await
}

/// Brings the course back; also the undo of putting it away.
pub(super) async fn restore(State(ctx): State<Ctx>, visitor: Visitor, Path(id): Path<CourseId>) -> Result {
    let db = ctx.db.clone();
    db.write(move |tx| {
        let viewer = visitor.signed_in(tx)?;
        let mut course = Course::find(tx, id)?;
        viewer.must(ARCHIVE, &course.scope())?;
        course.restore(tx, viewer.person)?;
        let page = viewer.page(&ctx, "courses");
        let text = page.ta("courses-flash-restored", &[("course", course.title.as_str())]);
        Ok(see_other(format!("/courses/{id}/about")).flash(FlashKind::Good, text, None))
    })
    .await
}

fn settings_of(id: CourseId) -> String {
    format!("/courses/{id}/settings")
}

fn editable(tx: &mut Tx<'_>, viewer: &Viewer, id: CourseId) -> Result<Course> {
    let course = Course::find(tx, id)?;
    viewer.must(EDIT, &course.scope())?;
    Ok(course)
}

fn fill(
    tx: &mut Tx<'_>,
    page: Page,
    viewer: &Viewer,
    course: Course,
    form: Form,
    publication: Form,
) -> Result<SettingsPage, Error> {
    let scope = course.scope();
    Ok(SettingsPage {
        units: common::units(tx, viewer, CREATE, Some(course.unit))?,
        terms: common::terms(tx, &page)?,
        languages: common::languages(&course.language),
        zones: common::zones(),
        layouts: common::named(&page, "courses-layout", Layout::ALL),
        listings: common::named(&page, "courses-listing", Listing::ALL),
        policies: common::named(&page, "courses-policy", SelfEnrolment::ALL),
        licences: common::named(&page, "courses-licence", Licence::ALL),
        may_publish: viewer.can(PUBLISH, &scope),
        may_archive: viewer.can(ARCHIVE, &scope),
        may_copy: viewer.can_anywhere(CREATE),
        may_enrol: viewer.can(ENROL, &scope) || viewer.can(ENROL_STAFF, &scope),
        frame: CoursePage::new(viewer, &course, "settings"),
        course,
        form,
        publication,
        page,
    })
}

/// The form as the course is.
fn filled(course: &Course, page: &Page) -> Form {
    let zone = course.time_zone();
    let moment = |at: Option<store::Time>| at.map(|at| page.time(at).input()).unwrap_or_default();
    let fields = [
        ("title", course.title.clone()),
        ("code", course.code.clone()),
        ("summary", course.summary.clone()),
        ("about", course.about.clone()),
        ("hue", course.hue.to_string()),
        ("unit", course.unit.to_string()),
        ("term", course.term.map(|term| term.to_string()).unwrap_or_default()),
        ("language", course.language.clone()),
        ("zone", course.zone.clone()),
        ("starts", common::day_field(course.starts, &zone)),
        ("ends", common::day_field(course.ends, &zone)),
        ("layout", course.layout.to_string()),
        ("listing", course.listing.to_string()),
        ("enrolment", course.enrolment.to_string()),
        ("enrol_key", course.enrol_key.clone().unwrap_or_default()),
        ("enrol_from", moment(course.enrol_from)),
        ("enrol_until", moment(course.enrol_until)),
        ("enrol_days", course.enrol_days.map(|days| days.to_string()).unwrap_or_default()),
        ("people_visible", if course.people_visible { "on".to_owned() } else { String::new() }),
        ("licence", course.licence.to_string()),
    ];
    Form::of(&fields).in_language(&page.lang)
}

/// What was typed, or nothing where there are mistakes.
fn read(tx: &mut Tx<'_>, page: &Page, viewer: &Viewer, course: &Course, form: &mut Form) -> Result<Option<Settings>> {
    let zone_name = form.text("zone").required().get();
    // A zone that does not exist is noted below; the days are read all the same.
    let zone = Zone::named(&zone_name).map_or_else(|| course.time_zone(), |zone| zone.0);
    let settings = Settings {
        title: form.text("title").required().max(TITLE_MAX).get(),
        code: common::code(form),
        summary: form.text("summary").max(SUMMARY_MAX).get(),
        about: form.text("about").max(ABOUT_MAX).get(),
        hue: form.integer("hue").or(1).clamp(1, i64::from(HUES)) as u8,
        unit: form.id("unit").required().or(UnitId(Id::nil())),
        term: form.id("term").get(),
        language: form.value("language").to_owned(),
        starts: common::first_moment(form, "starts", &zone),
        ends: common::last_moment(form, "ends", &zone),
        zone: zone_name,
        layout: form.choice("layout").or(course.layout),
        listing: form.choice("listing").or(course.listing),
        enrolment: form.choice("enrolment").or(course.enrolment),
        enrol_key: form.text("enrol_key").max(KEY_MAX).optional(),
        enrol_from: form.date_time("enrol_from", &page.zone).get(),
        enrol_until: form.date_time("enrol_until", &page.zone).get(),
        enrol_days: form.integer("enrol_days").at_least(1).at_most(i64::from(DAYS_MAX)).get().map(|days| days as u32),
        people_visible: form.flag("people_visible"),
        licence: form.choice("licence").or(course.licence),
    };
    common::note(form, &settings.faults());
    if settings.unit != course.unit {
        let unit = people::unit::find(tx, settings.unit)?;
        if !unit.is_some_and(|unit| viewer.can(CREATE, &Scope::unit(&unit.path))) {
            form.fail("unit", word!("courses-fault-unit"));
        }
    }
    Ok(if form.has_errors() { None } else { Some(settings) })
}

impl SettingsPage {
    fn hues(&self) -> Vec<(String, String)> {
        (1..=HUES).map(|hue| (hue.to_string(), self.page.t(format!("courses-hue-{hue}")))).collect()
    }

    fn state(&self) -> &'static str {
        self.course.state(self.page.now).as_str()
    }

    fn scheduled_text(&self) -> String {
        let from = self.frame.scheduled_for(&self.page.now);
        from.map(|from| self.page.ta("courses-publication-scheduled", &[("time", self.page.time(from).full())]))
            .unwrap_or_default()
    }

    fn published_text(&self) -> String {
        let at = self.course.published.map(|publication| publication.from.unwrap_or(publication.at));
        at.map(|at| self.page.ta("courses-publication-published", &[("time", self.page.time(at).full())]))
            .unwrap_or_default()
    }
}
