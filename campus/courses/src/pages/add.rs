//! `/courses/{course}/people/add`: enrolling by hand. People are looked for, marked, and get a role and a section.

use askama::Template;
use axum::extract::{Path, State};
use people::{PersonId, Scope, Viewer, Visitor};
use store::Tx;
use web::{Ctx, Error, FlashKind, Form, Page, Result, html, mistakes, see_other, word};

use super::common::{self, Choice};
use super::participants::{may_enrol_somebody, section_choices};
use crate::course::Course;
use crate::enrolment::{IfFull, NewEnrolment, Outcome, enrol, may_enrol};
use crate::{CourseId, CoursePage, CourseRole, EnrolmentId, EnrolmentState, Section};

/// The most people that a search shows.
const FOUND_MAX: usize = 25;

#[derive(Template)]
#[template(path = "courses/add.html")]
struct AddPage {
    page: Page,
    frame: CoursePage,
    course: Course,
    form: Form,
    find: String,
    found: Vec<people::list::Row>,
    roles: Vec<Choice>,
    sections: Vec<Choice>,
    may_add_accounts: bool,
}

/// The search, and the form for those it found.
pub(super) async fn show(State(ctx): State<Ctx>, visitor: Visitor, Path(id): Path<CourseId>, form: Form) -> Result {
    let db = ctx.db.clone();
    db.read(move |tx| {
        let (viewer, course, sections) = admitted(&visitor, tx, id)?;
        Ok(html(&fill(tx, viewer.page(&ctx, "courses"), &viewer, course, &sections, form)?))
    })
    .await
}

/// `POST /courses/{course}/people`: enrols whoever is marked.
pub(super) async fn enrol_marked(
    State(ctx): State<Ctx>,
    visitor: Visitor,
    Path(id): Path<CourseId>,
    mut form: Form,
) -> Result {
    let db = ctx.db.clone();
    db.write(move |tx| {
        let (viewer, course, sections) = admitted(&visitor, tx, id)?;
        let page = viewer.page(&ctx, "courses");
        let marked: Vec<PersonId> = form.choices("person");
        if marked.is_empty() {
            form.fail("person", word!("courses-flash-nobody-marked"));
        }
        let new = read(&mut form, &course, &sections, &viewer);
        let Some(new) = new.filter(|_| !form.has_errors()) else {
            return Ok(mistakes(&fill(tx, page, &viewer, course, &sections, form)?));
        };
        let if_full = if form.flag("exceed") { IfFull::Exceed } else { IfFull::Wait };
        let (mut enrolled, mut waiting, mut known, mut last) = (0_u32, 0_u32, 0_u32, None);
        for person in marked {
            if people::find(tx, person).is_err() {
                continue;
            }
            let (enrolment, outcome) =
                enrol(tx, &NewEnrolment { person, ..new.clone() }, if_full, Some(viewer.person))?;
            match (outcome, enrolment.state) {
                (Outcome::Unchanged, _) => known += 1,
                (_, EnrolmentState::Waiting) => waiting += 1,
                _ => enrolled += 1,
            }
            last = (outcome == Outcome::Made).then_some(enrolment.id);
        }
        let told = [
            ("courses-flash-enrolled-count", enrolled),
            ("courses-flash-waiting-count", waiting),
            ("courses-flash-known-count", known),
        ];
        let text: Vec<String> = told.into_iter().filter(|(_, n)| *n > 0).map(|(id, n)| page.tn(id, n)).collect();
        // One who was added by mistake is taken out again with one press; several are marked in the list.
        let undo = last
            .filter(|_| enrolled + waiting == 1 && known == 0)
            .map(|last: EnrolmentId| format!("/courses/{id}/enrolments/{last}/undo"));
        Ok(see_other(format!("/courses/{id}/people")).flash(FlashKind::Good, text.join(" "), undo))
    })
    .await
}

/// Who may come here: those who may enrol somebody somewhere in the course.
fn admitted(visitor: &Visitor, tx: &mut Tx<'_>, id: CourseId) -> Result<(Viewer, Course, Vec<Section>)> {
    let viewer = visitor.signed_in(tx)?;
    let course = Course::find(tx, id)?;
    let sections = Section::of(tx, id)?;
    if may_enrol_somebody(&viewer, &course, &sections) {
        Ok((viewer, course, sections))
    } else {
        Err(Error::forbidden())
    }
}

fn fill(
    tx: &mut Tx<'_>,
    page: Page,
    viewer: &Viewer,
    course: Course,
    sections: &[Section],
    mut form: Form,
) -> store::Result<AddPage> {
    let find = form.value("find").trim().to_owned();
    let found = if find.is_empty() {
        Vec::new()
    } else {
        let filter = people::list::Filter { search: find.clone(), ..people::list::Filter::default() };
        people::list::rows(tx, &filter, people::list::Order::Name, None, FOUND_MAX)?
    };
    // One who was looked for and found is meant.
    if let ([only], true) = (found.as_slice(), form.values("person").is_empty()) {
        form.set("person", only.id.to_string());
    }
    if form.value("role").is_empty() {
        form.set("role", CourseRole::Learner.as_str());
    }
    let roles = allowed_roles(viewer, &course, sections);
    let whole_course = (String::new(), page.t(word!("courses-whole-course-or-first")));
    let named = section_choices(sections, None);
    Ok(AddPage {
        roles: roles.into_iter().map(|role| (role.to_string(), common::role(&page, role))).collect(),
        sections: if named.len() > 1 { std::iter::once(whole_course).chain(named).collect() } else { Vec::new() },
        may_add_accounts: viewer.can(people::EDIT, &Scope::institution()),
        frame: CoursePage::new(viewer, &course, "people"),
        find,
        found,
        course,
        form,
        page,
    })
}

/// The roles that the viewer may give anywhere in the course.
pub(super) fn allowed_roles(viewer: &Viewer, course: &Course, sections: &[Section]) -> Vec<CourseRole> {
    let places = || std::iter::once(None).chain(sections.iter().map(|section| Some(section.id)));
    let may = |role: &CourseRole| places().any(|section| may_enrol(viewer, course, *role, section));
    CourseRole::ALL.iter().copied().filter(may).collect()
}

/// The enrolment that was described, for a person still to be named.
fn read(form: &mut Form, course: &Course, sections: &[Section], viewer: &Viewer) -> Option<NewEnrolment> {
    let zone = course.time_zone();
    let role: Option<CourseRole> = form.choice("role").required().get();
    let section = form.id("section").get();
    let starts = common::first_moment(form, "starts", &zone);
    let ends = common::last_moment(form, "ends", &zone);
    if starts.zip(ends).is_some_and(|(starts, ends)| ends <= starts) {
        form.fail("ends", word!("courses-fault-ends-before-start"));
    }
    if section.is_some_and(|section| !sections.iter().any(|known| known.id == section)) {
        form.fail("section", word!("field-choice"));
    }
    let role = role?;
    // Who runs one section enrols there only, also where no section is named.
    let place = section.or_else(|| sections.first().filter(|_| !role.is_staff()).map(|first| first.id));
    if !may_enrol(viewer, course, role, place) {
        form.fail("role", word!("courses-fault-role-not-allowed"));
    }
    let state = if form.flag("invite") { EnrolmentState::Invited } else { EnrolmentState::Active };
    let nobody = PersonId(store::Id::nil());
    Some(NewEnrolment { section, starts, ends, state, ..NewEnrolment::new(course.id, nobody, role) })
}

/// `POST /courses/{course}/enrolments/{enrolment}/undo`: takes out again whom one has just enrolled.
pub(super) async fn take_out(
    State(ctx): State<Ctx>,
    visitor: Visitor,
    Path((id, enrolment)): Path<(CourseId, EnrolmentId)>,
) -> Result {
    let db = ctx.db.clone();
    db.write(move |tx| {
        let (viewer, course, _) = admitted(&visitor, tx, id)?;
        let page = viewer.page(&ctx, "courses");
        let batch = crate::enrolment::change_many(tx, &course, crate::enrolment::Act::Remove, &[enrolment], &viewer)?;
        Ok(see_other(format!("/courses/{id}/people")).flash(
            FlashKind::Good,
            page.tn("courses-flash-remove", batch.done),
            batch.id.map(|change| format!("/courses/{id}/people/changes/{change}/undo")),
        ))
    })
    .await
}
