//! `/courses/{course}/people`: who takes part. Those who run the course see everyone's state and change it; learners
//! see the names of their teachers and, where the course allows it, of each other.

use askama::Template;
use axum::extract::{Path, State};
use people::{Viewer, Visitor};
use store::{Time, Tx};
use web::{Ctx, Error, FlashKind, Form, Page, Result, html, see_other, word};

use super::common::{self, Choice};
use crate::course::Course;
use crate::enrolment::{Act, Places, change_many, undo};
use crate::roster::{self, Fellow, Filter, Participant, States};
use crate::{
    ChangeId, CourseId, CoursePage, CourseRole, ENROL, ENROL_STAFF, Enrolment, EnrolmentId, EnrolmentState, Section,
    SectionId,
};

/// The most fellow learners that a learner sees.
const FELLOWS_MAX: u32 = 2_000;

#[derive(Template)]
#[template(path = "courses/participants.html")]
struct ParticipantsPage {
    page: Page,
    frame: CoursePage,
    course: Course,
    form: Form,
    filter: Filter,
    participants: Vec<Participant>,
    has_more: bool,
    counts: Vec<(EnrolmentState, u32)>,
    sections: Vec<(Section, Places)>,
    roles: Vec<Choice>,
    section_choices: Vec<Choice>,
    state_choices: Vec<Choice>,
    may_enrol: bool,
}

#[derive(Template)]
#[template(path = "courses/fellows.html")]
struct FellowsPage {
    page: Page,
    frame: CoursePage,
    teachers: Vec<Fellow>,
    learners: Vec<Fellow>,
    learners_shown: bool,
}

/// The list, as the viewer may see it.
pub(super) async fn show(State(ctx): State<Ctx>, visitor: Visitor, Path(id): Path<CourseId>, form: Form) -> Result {
    let db = ctx.db.clone();
    db.read(move |tx| {
        let viewer = visitor.signed_in(tx)?;
        let course = Course::enter(tx, id, &viewer)?;
        let page = viewer.page(&ctx, "courses");
        let sections = Places::with_sections(tx, id)?;
        let plain: Vec<Section> = sections.iter().map(|(section, _)| section.clone()).collect();
        let within = roster::visible(&viewer, &course, &plain);
        if within.as_ref().is_some_and(Vec::is_empty) {
            return show_fellows(tx, page, &viewer, &course);
        }
        let filter = read(&form);
        let (participants, has_more) = roster::list(tx, &course, &filter, within.as_deref())?;
        let view = ParticipantsPage {
            counts: roster::counts(tx, &course, within.as_deref())?,
            roles: with_any(&page, "courses-any-role", common::named(&page, "courses-role", CourseRole::ALL)),
            section_choices: with_any(&page, "courses-any-section", section_choices(&plain, within.as_deref())),
            state_choices: states(&page),
            may_enrol: may_enrol_somebody(&viewer, &course, &plain),
            frame: CoursePage::new(&viewer, &course, "people"),
            sections,
            participants,
            has_more,
            filter,
            course,
            form,
            page,
        };
        Ok(html(&view))
    })
    .await
}

fn show_fellows(tx: &mut Tx<'_>, page: Page, viewer: &Viewer, course: &Course) -> Result {
    let mine = Enrolment::of_person(tx, course.id, viewer.person)?;
    let found = roster::fellows(tx, course, course.people_visible, FELLOWS_MAX)?;
    let (learners, teachers) = found.into_iter().partition(|fellow| fellow.role == CourseRole::Learner);
    let frame = CoursePage::new(viewer, course, "people").listed_for(&mine);
    Ok(html(&FellowsPage { page, frame, teachers, learners, learners_shown: course.people_visible }))
}

/// What narrows the list. What cannot be read narrows nothing.
fn read(form: &Form) -> Filter {
    Filter {
        words: form.value("q").trim().to_owned(),
        role: form.value("role").parse().ok(),
        section: form.value("section").parse().ok(),
        states: States::read(form.value("state")),
        page: form.value("page").parse().unwrap_or(0),
    }
}

fn with_any(page: &Page, any: &str, choices: Vec<Choice>) -> Vec<Choice> {
    std::iter::once((String::new(), page.t(any))).chain(choices).collect()
}

/// The sections by name, as far as they are the viewer's.
pub(super) fn section_choices(sections: &[Section], within: Option<&[SectionId]>) -> Vec<Choice> {
    let seen = sections.iter().filter(|section| within.is_none_or(|within| within.contains(&section.id)));
    seen.map(|section| (section.id.to_string(), section.name.clone())).collect()
}

fn states(page: &Page) -> Vec<Choice> {
    let named = EnrolmentState::ALL.iter().map(|state| (state.to_string(), page.t(common::state_chip(*state).0)));
    let present = (String::new(), page.t(word!("courses-states-present")));
    let all = ("all".to_owned(), page.t(word!("courses-states-all")));
    [present].into_iter().chain(named).chain([all]).collect()
}

/// Whether the viewer may enrol anybody, in the course or in one of its sections.
pub(super) fn may_enrol_somebody(viewer: &Viewer, course: &Course, sections: &[Section]) -> bool {
    let scopes = std::iter::once(course.scope()).chain(sections.iter().map(|section| section.scope(course)));
    scopes.into_iter().any(|scope| viewer.can(ENROL, &scope) || viewer.can(ENROL_STAFF, &scope))
}

/// `POST /courses/{course}/people/changes`: the same for everyone who is marked, for one, or for the whole list.
pub(super) async fn change(
    State(ctx): State<Ctx>,
    visitor: Visitor,
    Path(id): Path<CourseId>,
    mut form: Form,
) -> Result {
    let db = ctx.db.clone();
    db.write(move |tx| {
        let viewer = visitor.signed_in(tx)?;
        let course = Course::find(tx, id)?;
        let sections = Section::of(tx, id)?;
        if !may_enrol_somebody(&viewer, &course, &sections) {
            return Err(Error::forbidden());
        }
        let page = viewer.page(&ctx, "courses");
        let back = back(&form, id);
        let Some(act) = act(&form) else {
            return Ok(see_other(back).flash(FlashKind::Bad, page.t("courses-flash-no-act"), None));
        };
        let ids: Vec<EnrolmentId> = if form.flag("all") {
            let within = roster::visible(&viewer, &course, &sections);
            roster::all_ids(tx, &course, &read(&form), within.as_deref())?
        } else {
            form.choices("id")
        };
        if ids.is_empty() {
            return Ok(see_other(back).flash(FlashKind::Bad, page.t("courses-flash-nobody-marked"), None));
        }
        let batch = change_many(tx, &course, act, &ids, &viewer)?;
        let mut text = page.tn(format!("courses-flash-{}", act.as_str()), batch.done);
        if batch.left > 0 {
            text = format!("{text} {}", page.tn("courses-flash-left-alone", batch.left));
        }
        let kind = if batch.done > 0 { FlashKind::Good } else { FlashKind::Bad };
        let undo = batch.id.map(|change| format!("/courses/{id}/people/changes/{change}/undo"));
        Ok(see_other(back).flash(kind, text, undo))
    })
    .await
}

/// What is to be done: chosen in the list, or named by the button.
fn act(form: &Form) -> Option<Act> {
    match form.value("act") {
        "activate" => Some(Act::Activate),
        "suspend" => Some(Act::Suspend),
        "conclude" => Some(Act::Conclude),
        "remove" => Some(Act::Remove),
        "put-back" => Some(Act::PutBack),
        other => other.strip_prefix("move:").and_then(|section| section.parse().ok()).map(Act::Move),
    }
}

/// The page from which a change came: the list as it was, or one person's page.
fn back(form: &Form, id: CourseId) -> String {
    let list = format!("/courses/{id}/people");
    match form.value("back") {
        path if path.starts_with(&list) => path.to_owned(),
        _ => list,
    }
}

/// `POST /courses/{course}/people/changes/{change}/undo`.
pub(super) async fn take_back(
    State(ctx): State<Ctx>,
    visitor: Visitor,
    Path((id, change)): Path<(CourseId, ChangeId)>,
) -> Result {
    let db = ctx.db.clone();
    db.write(move |tx| {
        let viewer = visitor.signed_in(tx)?;
        let course = Course::find(tx, id)?;
        if !may_enrol_somebody(&viewer, &course, &Section::of(tx, id)?) {
            return Err(Error::forbidden());
        }
        let page = viewer.page(&ctx, "courses");
        let count = undo(tx, &course, change, &viewer)?;
        let kind = if count > 0 { FlashKind::Good } else { FlashKind::Info };
        Ok(see_other(format!("/courses/{id}/people")).flash(kind, page.tn("courses-flash-undone", count), None))
    })
    .await
}

impl ParticipantsPage {
    fn role(&self, participant: &Participant) -> String {
        common::role(&self.page, participant.enrolment.role)
    }

    fn section(&self, participant: &Participant) -> String {
        participant.enrolment.section_name.clone().unwrap_or_else(|| self.page.t(word!("courses-whole-course")))
    }

    fn chip(&self, participant: &Participant) -> (String, &'static str) {
        let (id, tone) = common::standing_chip(&participant.enrolment, self.page.now);
        (self.page.t(id), tone)
    }

    fn days(&self, participant: &Participant) -> String {
        common::span(&self.page, participant.enrolment.starts, participant.enrolment.ends)
    }

    fn count(&self, state: EnrolmentState) -> u32 {
        self.counts.iter().find(|(known, _)| *known == state).map_or(0, |(_, count)| *count)
    }

    fn requested(&self) -> u32 {
        self.count(EnrolmentState::Requested)
    }

    fn waiting(&self) -> u32 {
        self.count(EnrolmentState::Waiting)
    }

    fn has_sections(&self) -> bool {
        self.sections.len() > 1
    }

    fn has_days(&self) -> bool {
        self.participants.iter().any(|participant| !self.days(participant).is_empty())
    }

    fn is_narrowed(&self) -> bool {
        self.filter != Filter { page: self.filter.page, ..Filter::default() }
    }

    fn add_path(&self) -> String {
        format!("/courses/{}/people/add", self.course.id)
    }

    /// This list's address, to come back to.
    fn here(&self) -> String {
        self.turn(self.filter.page)
    }

    /// The address of another page of the list.
    fn turn(&self, number: u32) -> String {
        let number = number.to_string();
        let fields = ["q", "role", "section", "state"];
        let mut query: Vec<(&str, &str)> = fields
            .into_iter()
            .map(|name| (name, self.form.value(name)))
            .filter(|(_, value)| !value.is_empty())
            .collect();
        if number != "0" {
            query.push(("page", &number));
        }
        let path = format!("/courses/{}/people", self.course.id);
        if query.is_empty() { path } else { format!("{path}?{}", web::url::query(query)) }
    }

    /// Since when somebody waits; empty for those who do not.
    fn since(&self, participant: &Participant) -> String {
        let at: Option<Time> = participant.enrolment.queued;
        at.map(|at| self.page.ta("courses-since", &[("time", self.page.time(at).short())])).unwrap_or_default()
    }
}
