//! The courses of a person, and those that somebody looks after.

use std::collections::HashMap;

use people::{PersonId, Viewer};
use store::{Ids, Time, Tx, params, sql};

use crate::course::{Course, CourseState};
use crate::enrolment::{Enrolment, EnrolmentState, is_active};
use crate::{CourseId, CourseRole, EDIT, Progress, ProgressProvider, words};

/// How many courses a page of those that somebody looks after shows.
pub(crate) const PAGE_SIZE: u32 = 50;

/// A course with what the person has to do with it.
#[derive(Clone, Debug)]
pub struct MyCourse {
    /// The course.
    pub course: Course,
    /// The person's enrolments in it.
    pub enrolments: Vec<Enrolment>,
    /// Where the person is in it, for those who learn there, where it was asked for.
    pub progress: Option<Progress>,
}

impl MyCourse {
    /// What the person knows the course as: a cross-listed section has a title of its own (S-079).
    pub fn title(&self) -> &str {
        self.listed(|e| e.section_title.as_deref()).unwrap_or(&self.course.title)
    }

    /// The code that the person knows.
    pub fn code(&self) -> &str {
        self.listed(|e| e.section_code.as_deref()).unwrap_or(&self.course.code)
    }

    fn listed<'e>(&'e self, text: impl Fn(&'e Enrolment) -> Option<&'e str>) -> Option<&'e str> {
        self.enrolments.iter().find_map(|enrolment| text(enrolment).filter(|text| !text.is_empty()))
    }

    /// The roles in which the person takes part, each once.
    pub fn roles(&self) -> Vec<CourseRole> {
        let mut roles: Vec<CourseRole> = self.enrolments.iter().map(|enrolment| enrolment.role).collect();
        roles.sort_unstable();
        roles.dedup();
        roles
    }

    /// Where the person stands: the state of the enrolment that says most.
    pub fn standing(&self) -> Option<EnrolmentState> {
        use EnrolmentState::{Active, Concluded, Invited, Requested, Suspended, Waiting};
        let order = [Active, Invited, Waiting, Requested, Suspended, Concluded];
        order.into_iter().find(|state| self.enrolments.iter().any(|enrolment| enrolment.state == *state))
    }

    /// Whether the person can go in.
    pub fn is_open(&self, viewer: &Viewer, now: Time) -> bool {
        self.course.is_open_to(viewer, now)
    }

    /// Whether it belongs among the past ones: over, put away, or concluded for this person.
    pub fn is_past(&self, now: Time) -> bool {
        let waits = matches!(
            self.standing(),
            Some(EnrolmentState::Invited | EnrolmentState::Waiting | EnrolmentState::Requested)
        );
        let ahead = self
            .enrolments
            .iter()
            .any(|e| e.state == EnrolmentState::Active && e.counts_from.is_some_and(|from| from > now));
        let over = self.course.is_past(now) || self.course.state(now) == CourseState::Archived;
        over || !(waits
            || ahead
            || is_active(&self.enrolments, now)
            || self.standing() == Some(EnrolmentState::Suspended))
    }
}

/// Every course in which the person is enrolled, in whatever state but removed: two statements, and those of the
/// progress.
pub fn of_person(
    tx: &mut Tx<'_>,
    person: PersonId,
    progress: Option<ProgressProvider>,
) -> store::Result<Vec<MyCourse>> {
    let enrolments: Vec<Enrolment> = tx.all(
        sql!("select * from enrolment_whole where person = ?1 and state <> 'removed' order by made_at, id"),
        params![person],
    )?;
    let mut by_course: HashMap<CourseId, Vec<Enrolment>> = HashMap::new();
    for enrolment in enrolments {
        by_course.entry(enrolment.course).or_default().push(enrolment);
    }
    let ids: Vec<CourseId> = by_course.keys().copied().collect();
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let courses: Vec<Course> =
        tx.all(sql!("select * from course_whole where id in ids(?1) order by words, id"), params![Ids(&ids)])?;
    let took_part = |e: &Enrolment| {
        e.role == CourseRole::Learner
            && matches!(e.state, EnrolmentState::Active | EnrolmentState::Suspended | EnrolmentState::Concluded)
    };
    let learns = |course: &CourseId| by_course[course].iter().any(took_part);
    let learnt: Vec<CourseId> = ids.iter().copied().filter(learns).collect();
    let mut progress: HashMap<CourseId, Progress> = match progress {
        Some(ProgressProvider(of)) if !learnt.is_empty() => {
            of(tx, person, &learnt)?.into_iter().map(|progress| (progress.course, progress)).collect()
        }
        _ => HashMap::new(),
    };
    Ok(courses
        .into_iter()
        .map(|course| MyCourse {
            enrolments: by_course.remove(&course.id).unwrap_or_default(),
            progress: progress.remove(&course.id),
            course,
        })
        .collect())
}

/// Which of the courses that somebody looks after are shown.
#[derive(Clone, Debug, Default)]
pub(crate) struct Managed {
    pub(crate) words: String,
    pub(crate) archived: bool,
    pub(crate) page: u32,
}

/// The courses of the units that the viewer looks after, and whether there are more: at most two statements.
pub(crate) fn managed(tx: &mut Tx<'_>, viewer: &Viewer, which: &Managed) -> store::Result<(Vec<Course>, bool)> {
    let scopes = viewer.scopes_with(EDIT);
    let units = if scopes.institution { Vec::new() } else { scopes.units_below(tx)? };
    let [first, second, third, fourth] = words::of_search(&which.words);
    let mut courses: Vec<Course> = tx.all(
        sql!(
            "select * from course_whole where (?1 or unit in ids(?2)) and (archived_at is not null) = ?3
             and words like ?4 escape '\\' and words like ?5 escape '\\'
             and words like ?6 escape '\\' and words like ?7 escape '\\'
             order by words, id limit ?8 offset ?9"
        ),
        params![
            scopes.institution,
            Ids(&units),
            which.archived,
            first,
            second,
            third,
            fourth,
            PAGE_SIZE + 1,
            which.page.saturating_mul(PAGE_SIZE)
        ],
    )?;
    let has_more = courses.len() > PAGE_SIZE as usize;
    courses.truncate(PAGE_SIZE as usize);
    courses.retain(|course| viewer.can(EDIT, &course.scope()));
    Ok((courses, has_more))
}

/// Whether the viewer looks after courses beyond their own.
pub(crate) fn manages(viewer: &Viewer) -> bool {
    let scopes = viewer.scopes_with(EDIT);
    scopes.institution || !scopes.units.is_empty()
}
