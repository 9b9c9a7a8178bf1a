//! `/courses/{course}/sections`: the sections of a course with their places, days, keys and cross-listings.

use askama::Template;
use axum::extract::{Path, State};
use people::{Viewer, Visitor};
use store::Tx;
use web::{Ctx, Error, FlashKind, Form, Page, Result, html, mistakes, see_other, word};

use super::common;
use crate::course::{CODE_MAX, Course, KEY_MAX};
use crate::enrolment::Places;
use crate::section::{CAPACITY_MAX, NAME_MAX, SECTIONS_MAX, SectionSettings, TITLE_MAX};
use crate::{CourseId, CoursePage, EDIT, Section, SectionId};

#[derive(Template)]
#[template(path = "courses/sections.html")]
struct SectionsPage {
    page: Page,
    frame: CoursePage,
    course: Course,
    sections: Vec<(Section, Places)>,
    /// The section that is being changed; none while one is added.
    changing: Option<SectionId>,
    form: Form,
}

/// The list.
pub(super) async fn show(State(ctx): State<Ctx>, visitor: Visitor, Path(id): Path<CourseId>) -> Result {
    let db = ctx.db.clone();
    db.read(move |tx| {
        let (viewer, course) = editable(&visitor, tx, id)?;
        Ok(html(&fill(tx, viewer.page(&ctx, "courses"), &viewer, course, None, Form::new())?))
    })
    .await
}

/// The list with the form for one section.
pub(super) async fn edit(
    State(ctx): State<Ctx>,
    visitor: Visitor,
    Path((id, section)): Path<(CourseId, SectionId)>,
) -> Result {
    let db = ctx.db.clone();
    db.read(move |tx| {
        let (viewer, course) = editable(&visitor, tx, id)?;
        let form = filled(&course, &Section::find(tx, id, section)?);
        Ok(html(&fill(tx, viewer.page(&ctx, "courses"), &viewer, course, Some(section), form)?))
    })
    .await
}

/// Adds a section.
pub(super) async fn create(
    State(ctx): State<Ctx>,
    visitor: Visitor,
    Path(id): Path<CourseId>,
    mut form: Form,
) -> Result {
    let db = ctx.db.clone();
    db.write(move |tx| {
        let (viewer, course) = editable(&visitor, tx, id)?;
        let page = viewer.page(&ctx, "courses");
        if Section::of(tx, id)?.len() >= SECTIONS_MAX {
            return Err(Error::conflict(word!("courses-too-many-sections")));
        }
        if let Some(settings) = read(&mut form, &course) {
            match Section::create(tx, id, &settings, viewer.person) {
                Ok(section) => {
                    let text = page.ta("courses-flash-section-added", &[("section", section.name.as_str())]);
                    return Ok(see_other(list_of(id)).flash(FlashKind::Good, text, None));
                }
                Err(error) => form.explain(error.into(), TAKEN)?,
            }
        }
        Ok(mistakes(&fill(tx, page, &viewer, course, None, form)?))
    })
    .await
}

/// Changes a section.
pub(super) async fn change(
    State(ctx): State<Ctx>,
    visitor: Visitor,
    Path((id, section)): Path<(CourseId, SectionId)>,
    mut form: Form,
) -> Result {
    let db = ctx.db.clone();
    db.write(move |tx| {
        let (viewer, course) = editable(&visitor, tx, id)?;
        let page = viewer.page(&ctx, "courses");
        let mut found = Section::find(tx, id, section)?;
        if let Some(settings) = read(&mut form, &course) {
            match found.change(tx, &settings, viewer.person) {
                Ok(()) => {
                    return Ok(see_other(list_of(id)).flash(FlashKind::Good, page.t("courses-flash-saved"), None));
                }
                Err(error) => form.explain(error.into(), TAKEN)?,
            }
        }
        Ok(mistakes(&fill(tx, page, &viewer, course, Some(section), form)?))
    })
    .await
}

/// Deletes a section in which nobody is or was.
pub(super) async fn delete(
    State(ctx): State<Ctx>,
    visitor: Visitor,
    Path((id, section)): Path<(CourseId, SectionId)>,
) -> Result {
    let db = ctx.db.clone();
    db.write(move |tx| {
        let (viewer, _) = editable(&visitor, tx, id)?;
        let page = viewer.page(&ctx, "courses");
        let section = Section::find(tx, id, section)?;
        let name = section.name.clone();
        let said = |id: &str| page.ta(id, &[("section", name.as_str())]);
        Ok(if section.delete(tx, viewer.person)? {
            see_other(list_of(id)).flash(FlashKind::Good, said(word!("courses-flash-section-deleted")), None)
        } else {
            see_other(list_of(id)).flash(FlashKind::Bad, said(word!("courses-flash-section-used")), None)
        })
    })
    .await
}

const TAKEN: &[(&str, &str, &str)] = &[("section.course,name", "name", word!("courses-fault-name-taken"))];

fn list_of(id: CourseId) -> String {
    format!("/courses/{id}/sections")
}

fn editable(visitor: &Visitor, tx: &mut Tx<'_>, id: CourseId) -> Result<(Viewer, Course)> {
    let viewer = visitor.signed_in(tx)?;
    let course = Course::find(tx, id)?;
    viewer.must(EDIT, &course.scope())?;
    Ok((viewer, course))
}

fn fill(
    tx: &mut Tx<'_>,
    page: Page,
    viewer: &Viewer,
    course: Course,
    changing: Option<SectionId>,
    form: Form,
) -> store::Result<SectionsPage> {
    let sections = Places::with_sections(tx, course.id)?;
    let frame = CoursePage::new(viewer, &course, "settings");
    Ok(SectionsPage { page, frame, course, sections, changing, form })
}

fn filled(course: &Course, section: &Section) -> Form {
    let zone = course.time_zone();
    Form::of(&[
        ("name", section.name.clone()),
        ("code", section.code.clone()),
        ("title", section.title.clone()),
        ("capacity", section.capacity.map(|places| places.to_string()).unwrap_or_default()),
        ("starts", common::day_field(section.starts, &zone)),
        ("ends", common::day_field(section.ends, &zone)),
        ("enrol_key", section.enrol_key.clone().unwrap_or_default()),
    ])
}

/// What was typed, or nothing where there are mistakes.
fn read(form: &mut Form, course: &Course) -> Option<SectionSettings> {
    let zone = course.time_zone();
    let settings = SectionSettings {
        name: form.text("name").required().max(NAME_MAX).get(),
        code: form.text("code").max(CODE_MAX).get(),
        title: form.text("title").max(TITLE_MAX).get(),
        capacity: form.integer("capacity").at_least(0).at_most(i64::from(CAPACITY_MAX)).get().map(|n| n as u32),
        starts: common::first_moment(form, "starts", &zone),
        ends: common::last_moment(form, "ends", &zone),
        enrol_key: form.text("enrol_key").max(KEY_MAX).optional(),
    };
    common::note(form, &settings.faults());
    if form.has_errors() { None } else { Some(settings) }
}

impl SectionsPage {
    fn days(&self, section: &Section) -> String {
        common::span(&self.page, section.starts, section.ends)
    }

    /// How full it is: `12`, or `12 of 30`.
    fn fill_of(&self, places: &Places) -> String {
        match places.capacity {
            Some(capacity) => self.page.ta("courses-held-of", &[("held", places.held), ("capacity", capacity)]),
            None => self.page.number(places.held),
        }
    }
}
