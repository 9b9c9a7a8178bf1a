//! `GET /courses/{course}/extra-time`: who may take longer than others, known to those who grade.

use askama::Template;
use axum::extract::{Path, State};
use courses::{Course, CourseId, CoursePage};
use gradebook::GRADE;
use people::{PersonId, Viewer, Visitor};
use store::Tx;
use web::{Ctx, FlashKind, Form, Page, Result, html, mistakes, see_other, word};

use super::at_course;
use crate::quiz;

/// The most, in percent.
const PERCENT_MAX: i64 = 900;

#[derive(Template)]
#[template(path = "assessment/extra_time.html")]
struct ExtraTimePage {
    page: Page,
    frame: CoursePage,
    list: Vec<(PersonId, String, i64)>,
    people: Vec<(String, String)>,
    form: Form,
}

/// The page.
pub(super) async fn show(State(ctx): State<Ctx>, visitor: Visitor, Path(course): Path<CourseId>) -> Result {
    let db = ctx.db.clone();
    db.read(move |tx| {
        let (viewer, course) = at_course(tx, &visitor, course, GRADE)?;
        Ok(html(view(tx, &ctx, &viewer, &course, Form::of(&[("percent", "25")]))?))
    })
    .await
}

fn view(tx: &mut Tx<'_>, ctx: &Ctx, viewer: &Viewer, course: &Course, form: Form) -> Result<ExtraTimePage> {
    let page = viewer.page(ctx, "courses");
    let none = (String::new(), page.t("outline-choose"));
    let people = outline::roster::names(tx, course.id)?;
    Ok(ExtraTimePage {
        frame: CoursePage::new(viewer, course, "progress"),
        list: quiz::extra_times(tx, course.id)?,
        people: std::iter::once(none).chain(people.into_iter().map(|(id, name)| (id.to_string(), name))).collect(),
        page,
        form,
    })
}

/// `POST`: sets it for one person; 0 takes it away.
pub(super) async fn save(
    State(ctx): State<Ctx>,
    visitor: Visitor,
    Path(course): Path<CourseId>,
    mut form: Form,
) -> Result {
    let db = ctx.db.clone();
    db.write(move |tx| {
        let (viewer, course) = at_course(tx, &visitor, course, GRADE)?;
        let person = form.id::<PersonId>("person").required().get();
        let percent = form.integer("percent").required().at_least(0).at_most(PERCENT_MAX).or(0);
        let name = person.map(|person| outline::roster::name(tx, course.id, person)).transpose()?.flatten();
        if person.is_some() && name.is_none() {
            form.fail("person", word!("field-choice"));
        }
        let (Some(person), false) = (person, form.has_errors()) else {
            return Ok(mistakes(view(tx, &ctx, &viewer, &course, form)?));
        };
        quiz::set_extra_time(tx, course.id, person, u32::try_from(percent).unwrap_or(0), viewer.person)?;
        let said = viewer.page(&ctx, "courses").t("assessment-extra-time-saved");
        Ok(see_other(format!("/courses/{}/extra-time", course.id)).flash(FlashKind::Good, said, None))
    })
    .await
}
