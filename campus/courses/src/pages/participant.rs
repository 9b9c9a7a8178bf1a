//! `/courses/{course}/people/{person}`: one participant: enrolments, what can be done with each, and their history.

use askama::Template;
use axum::extract::{Path, State};
use people::{Person, PersonId, Viewer, Visitor};
use store::Tx;
use web::{Ctx, Error, FlashKind, Form, Page, Result, html, mistakes, see_other, word};

use super::common::{self, Choice};
use super::{add, own, participants};
use crate::course::Course;
use crate::enrolment::{Act, HistoryEntry, history, may_enrol};
use crate::{CourseId, CoursePage, CourseRole, Enrolment, EnrolmentId, EnrolmentState, PEOPLE, Section, roster};

#[derive(Template)]
#[template(path = "courses/participant.html")]
struct ParticipantPage {
    page: Page,
    frame: CoursePage,
    course: Course,
    person: Person,
    enrolments: Vec<Held>,
    history: Vec<HistoryEntry>,
    has_sections: bool,
}

/// An enrolment with its form.
struct Held {
    enrolment: Enrolment,
    form: Form,
    roles: Vec<Choice>,
    sections: Vec<Choice>,
    acts: Vec<Act>,
    may_change: bool,
}

/// The page.
pub(super) async fn show(
    State(ctx): State<Ctx>,
    visitor: Visitor,
    Path((id, person)): Path<(CourseId, PersonId)>,
) -> Result {
    let db = ctx.db.clone();
    db.read(move |tx| {
        let viewer = visitor.signed_in(tx)?;
        let course = Course::find(tx, id)?;
        Ok(html(&fill(tx, viewer.page(&ctx, "courses"), &viewer, course, person, None)?))
    })
    .await
}

/// `POST /courses/{course}/people/{person}/{enrolment}`: another role, section, or other dates.
pub(super) async fn change(
    State(ctx): State<Ctx>,
    visitor: Visitor,
    Path((id, person, enrolment)): Path<(CourseId, PersonId, EnrolmentId)>,
    mut form: Form,
) -> Result {
    let db = ctx.db.clone();
    db.write(move |tx| {
        let viewer = visitor.signed_in(tx)?;
        let course = Course::find(tx, id)?;
        let sections = Section::of(tx, id)?;
        if !participants::may_enrol_somebody(&viewer, &course, &sections) {
            return Err(Error::forbidden());
        }
        let mut held = Enrolment::find(tx, id, enrolment)?;
        if held.person != person {
            return Err(Error::not_found());
        }
        let role: CourseRole = form.choice("role").or(held.role);
        let section = form.id("section").get();
        let allowed = held.may_be_changed_by(&viewer, &course) && may_enrol(&viewer, &course, role, section);
        if !allowed {
            return Err(Error::forbidden());
        }
        let zone = course.time_zone();
        let starts = common::first_moment(&mut form, "starts", &zone);
        let ends = common::last_moment(&mut form, "ends", &zone);
        if starts.zip(ends).is_some_and(|(starts, ends)| ends <= starts) {
            form.fail("ends", word!("courses-fault-ends-before-start"));
        }
        let page = viewer.page(&ctx, "courses");
        if form.has_errors() {
            return Ok(mistakes(&fill(tx, page, &viewer, course, person, Some((enrolment, form)))?));
        }
        held.move_to(tx, role, section, viewer.person).map_err(own::refused)?;
        if (starts, ends) != (held.starts, held.ends) {
            held.set_dates(tx, starts, ends, viewer.person).map_err(own::refused)?;
        }
        let to = format!("/courses/{id}/people/{person}");
        Ok(see_other(to).flash(FlashKind::Good, page.t("courses-flash-saved"), None))
    })
    .await
}

fn fill(
    tx: &mut Tx<'_>,
    page: Page,
    viewer: &Viewer,
    course: Course,
    id: PersonId,
    mistaken: Option<(EnrolmentId, Form)>,
) -> Result<ParticipantPage> {
    let sections = Section::of(tx, course.id)?;
    let within = roster::visible(viewer, &course, &sections);
    let mine = |enrolment: &Enrolment| match (&within, enrolment.section) {
        (None, _) => true,
        (Some(within), Some(section)) => within.contains(&section),
        (Some(_), None) => false,
    };
    viewer.must_anywhere(PEOPLE)?;
    let enrolments: Vec<Enrolment> = Enrolment::of_person(tx, course.id, id)?.into_iter().filter(mine).collect();
    if enrolments.is_empty() {
        return Err(Error::not_found());
    }
    let person = people::find(tx, id)?;
    let entries = history(tx, course.id, id)?;
    let held = enrolments.into_iter().map(|enrolment| {
        let typed = mistaken.as_ref().filter(|(id, _)| *id == enrolment.id).map(|(_, form)| form.clone());
        held(&page, viewer, &course, &sections, enrolment, typed)
    });
    Ok(ParticipantPage {
        enrolments: held.collect(),
        history: entries,
        has_sections: sections.len() > 1,
        frame: CoursePage::new(viewer, &course, "people"),
        person,
        course,
        page,
    })
}

fn held(
    page: &Page,
    viewer: &Viewer,
    course: &Course,
    sections: &[Section],
    enrolment: Enrolment,
    typed: Option<Form>,
) -> Held {
    let zone = course.time_zone();
    let as_it_is = || {
        Form::of(&[
            ("role", enrolment.role.to_string()),
            ("section", enrolment.section.map(|section| section.to_string()).unwrap_or_default()),
            ("starts", common::day_field(enrolment.starts, &zone)),
            ("ends", common::day_field(enrolment.ends, &zone)),
        ])
    };
    let roles = add::allowed_roles(viewer, course, sections);
    let whole = enrolment.role.is_staff().then(|| (String::new(), page.t(word!("courses-whole-course"))));
    let may_change = enrolment.may_be_changed_by(viewer, course);
    let own_office = enrolment.person == viewer.person && enrolment.role.is_staff();
    Held {
        form: typed.unwrap_or_else(as_it_is),
        roles: roles.into_iter().map(|role| (role.to_string(), common::role(page, role))).collect(),
        sections: whole.into_iter().chain(participants::section_choices(sections, None)).collect(),
        acts: if may_change { acts(&enrolment, own_office) } else { Vec::new() },
        may_change: may_change && enrolment.state != EnrolmentState::Removed,
        enrolment,
    }
}

/// What can be done from where the enrolment stands.
fn acts(enrolment: &Enrolment, own_office: bool) -> Vec<Act> {
    if enrolment.state == EnrolmentState::Removed {
        return vec![Act::PutBack];
    }
    let all = [
        (Act::Activate, EnrolmentState::Active),
        (Act::Suspend, EnrolmentState::Suspended),
        (Act::Conclude, EnrolmentState::Concluded),
        (Act::Remove, EnrolmentState::Removed),
    ];
    let possible =
        all.into_iter().filter(|(act, to)| enrolment.state.may_become(*to) && (!own_office || *act == Act::Activate));
    possible.map(|(act, _)| act).collect()
}

impl ParticipantPage {
    fn role(&self, held: &Held) -> String {
        common::role(&self.page, held.enrolment.role)
    }

    fn section(&self, held: &Held) -> String {
        held.enrolment.section_name.clone().unwrap_or_else(|| self.page.t(word!("courses-whole-course")))
    }

    fn chip(&self, held: &Held) -> (String, &'static str) {
        let (id, tone) = common::standing_chip(&held.enrolment, self.page.now);
        (self.page.t(id), tone)
    }

    fn came(&self, held: &Held) -> String {
        self.page.t(format!("courses-method-{}", held.enrolment.method))
    }

    /// The button for an act, in the words of where the enrolment stands.
    fn act_label(&self, held: &Held, act: &Act) -> String {
        let id = match (act, held.enrolment.state) {
            (Act::Activate, EnrolmentState::Suspended) => word!("courses-act-resume"),
            (Act::Activate, EnrolmentState::Requested) => word!("courses-act-approve"),
            (Act::Activate, EnrolmentState::Concluded) => word!("courses-act-reopen"),
            (Act::Activate, _) => word!("courses-act-let-in"),
            (Act::Remove, EnrolmentState::Requested) => word!("courses-act-refuse"),
            (Act::Suspend, _) => word!("courses-act-suspend"),
            (Act::Conclude, _) => word!("courses-act-conclude"),
            (Act::Remove, _) => word!("courses-act-remove"),
            (Act::PutBack, _) => word!("courses-act-put-back"),
            (Act::Move(_), _) => word!("courses-act-move"),
        };
        self.page.t(id)
    }

    /// One change in words: `Suspended (learner, section A)`.
    fn told(&self, entry: &HistoryEntry) -> String {
        let verb = self.page.t(format!("courses-history-{}", entry.verb.trim_start_matches("enrolment.")));
        let role = entry.text("role").parse().map_or_else(|_| String::new(), |role| common::role(&self.page, role));
        let section = if self.has_sections { entry.text("section") } else { "" };
        let parts: Vec<&str> = [role.as_str(), section].into_iter().filter(|part| !part.is_empty()).collect();
        let dates = common::span(&self.page, entry.time("starts"), entry.time("ends"));
        let told = if parts.is_empty() { verb } else { format!("{verb} ({})", parts.join(", ")) };
        if dates.is_empty() { told } else { format!("{told}, {dates}") }
    }
}
