//! What people do for themselves: enrol, ask, wait, accept, leave.

use people::PersonId;
use store::{Event, Time, Tx, params, sql};

use super::change::{ChangeRefused, IfFull, NewEnrolment, Step, enrol};
use super::places::{fill_places, lock};
use super::{CourseRole, Enrolment, EnrolmentState, Method};
use crate::course::{Course, CourseState, SelfEnrolment};
use crate::{Section, SectionId};

/// How many wrong keys a person may try in one course within an hour; then they have to wait.
pub const KEY_ATTEMPTS_MAX: u32 = 10;
const KEY_ATTEMPTS_SECONDS: i64 = 3600;

/// What somebody who enrols says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wish {
    /// The section that they chose; the first with a free place where none.
    pub section: Option<SectionId>,
    /// The key that they typed.
    pub key: String,
    /// What they wrote to those who decide.
    pub note: String,
}

/// Why somebody could not enrol.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EnrolmentRefused {
    /// The course takes nobody in like this, or is not published.
    Closed,
    /// Enrolment begins then.
    NotYet(Time),
    /// Enrolment was over then.
    Over(Time),
    /// No section has this key.
    WrongKey,
    /// Too many wrong keys within the hour.
    TooManyAttempts,
    /// The person takes part, waits or has asked already.
    Already,
    /// The person was shut out of this course.
    Suspended,
    /// The course has no such section.
    NoSuchSection,
}

impl EnrolmentRefused {
    /// The last part of the message's id.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Closed => "closed",
            Self::NotYet(_) => "not-yet",
            Self::Over(_) => "over",
            Self::WrongKey => "wrong-key",
            Self::TooManyAttempts => "too-many-attempts",
            Self::Already => "already",
            Self::Suspended => "suspended",
            Self::NoSuchSection => "no-such-section",
        }
    }
}

impl Course {
    /// Whether people may enrol themselves now, as far as the course goes.
    pub fn takes_enrolments(&self, now: Time) -> Result<(), EnrolmentRefused> {
        let open = matches!(self.state(now), CourseState::Published | CourseState::Scheduled(_));
        if !open || self.enrolment == SelfEnrolment::Closed {
            return Err(EnrolmentRefused::Closed);
        }
        match (self.enrol_from, self.enrol_until) {
            (Some(from), _) if from > now => Err(EnrolmentRefused::NotYet(from)),
            (_, Some(until)) if until <= now => Err(EnrolmentRefused::Over(until)),
            _ => Ok(()),
        }
    }
}

/// Enrols a person by their own wish, as the course's policy has it. The refusal is an answer, not an error: what was
/// written (a wrong key that counts) is kept.
pub fn enrol_self(
    tx: &mut Tx<'_>,
    course: &Course,
    person: PersonId,
    wish: &Wish,
) -> store::Result<Result<Enrolment, EnrolmentRefused>> {
    let now = tx.now();
    if let Err(refused) = course.takes_enrolments(now) {
        return Ok(Err(refused));
    }
    lock(tx, course.id)?;
    if let Some(refused) = stands_in_the_way(&Enrolment::of_person(tx, course.id, person)?, now) {
        return Ok(Err(refused));
    }
    let sections = Section::of(tx, course.id)?;
    let section = match course.enrolment {
        SelfEnrolment::Key => section_by_key(tx, course, &sections, person, wish)?,
        _ => chosen(wish, &sections),
    };
    let section = match section {
        Ok(Some(section)) => Some(section),
        Ok(None) => roomiest(tx, course)?,
        Err(refused) => return Ok(Err(refused)),
    };
    let (method, state) = match course.enrolment {
        SelfEnrolment::Ask => (Method::Ask, EnrolmentState::Requested),
        SelfEnrolment::Key => (Method::Key, EnrolmentState::Active),
        SelfEnrolment::Open | SelfEnrolment::Closed => (Method::Open, EnrolmentState::Active),
    };
    let new = NewEnrolment {
        section,
        ends: course.enrol_days.map(|days| now.plus_days(i64::from(days))),
        method,
        state,
        note: wish.note.trim().to_owned(),
        ..NewEnrolment::new(course.id, person, CourseRole::Learner)
    };
    enrol(tx, &new, IfFull::Wait, Some(person)).map(|(enrolment, _)| Ok(enrolment))
}

/// An enrolment in which the person takes part, waits or is shut out. An invitation is accepted by enrolling.
fn stands_in_the_way(held: &[Enrolment], now: Time) -> Option<EnrolmentRefused> {
    let current = |e: &&Enrolment| e.counts_until.is_none_or(|until| until > now);
    held.iter().filter(current).find_map(|enrolment| match enrolment.state {
        EnrolmentState::Suspended => Some(EnrolmentRefused::Suspended),
        EnrolmentState::Active | EnrolmentState::Waiting | EnrolmentState::Requested => Some(EnrolmentRefused::Already),
        EnrolmentState::Invited | EnrolmentState::Concluded | EnrolmentState::Removed => None,
    })
}

fn chosen(wish: &Wish, sections: &[Section]) -> Result<Option<SectionId>, EnrolmentRefused> {
    match wish.section {
        Some(id) if !sections.iter().any(|section| section.id == id) => Err(EnrolmentRefused::NoSuchSection),
        chosen => Ok(chosen),
    }
}

/// A section's key opens that section; the course's key opens the one that was chosen.
fn section_by_key(
    tx: &mut Tx<'_>,
    course: &Course,
    sections: &[Section],
    person: PersonId,
    wish: &Wish,
) -> store::Result<Result<Option<SectionId>, EnrolmentRefused>> {
    if wrong_keys(tx, course, person)? >= KEY_ATTEMPTS_MAX {
        return Ok(Err(EnrolmentRefused::TooManyAttempts));
    }
    let key = wish.key.trim();
    let opens = |known: &Option<String>| !key.is_empty() && known.as_deref() == Some(key);
    if let Some(section) = sections.iter().find(|section| opens(&section.enrol_key)) {
        return Ok(Ok(Some(section.id)));
    }
    if opens(&course.enrol_key) {
        return Ok(chosen(wish, sections));
    }
    tx.record(&Event::new("enrolment.key-refused", "course", course.id).by(person))?;
    Ok(Err(EnrolmentRefused::WrongKey))
}

fn wrong_keys(tx: &mut Tx<'_>, course: &Course, person: PersonId) -> store::Result<u32> {
    let since = tx.now().plus_seconds(-KEY_ATTEMPTS_SECONDS);
    tx.value(
        sql!(
            "select cast(count(*) as bigint) from event
             where object_id = ?1 and actor = ?2 and verb = 'enrolment.key-refused' and at > ?3"
        ),
        params![course.id, person, since],
    )
}

/// The section with the most free places, so that sections fill evenly; the first where all are full.
fn roomiest(tx: &mut Tx<'_>, course: &Course) -> store::Result<Option<SectionId>> {
    let places = super::Places::of(tx, course.id)?;
    // Of equal ones the first: `max_by_key` answers the last, hence from the end.
    let best = places.iter().rev().max_by_key(|places| places.free().unwrap_or(u32::MAX));
    Ok(best.map(|places| places.section))
}

impl Enrolment {
    /// The person accepts the invitation to join.
    pub fn accept(&mut self, tx: &mut Tx<'_>) -> Result<(), ChangeRefused> {
        *self = Self::locked(tx, self.course, self.id)?;
        if self.state != EnrolmentState::Invited {
            return Err(ChangeRefused::NotFromHere { from: self.state, to: EnrolmentState::Active });
        }
        let person = self.person;
        self.step(tx, Step::to(EnrolmentState::Active, "enrolment.accepted"), Some(person))?;
        Ok(())
    }

    /// The person leaves, withdraws what they asked, or declines. What they did is kept.
    pub fn leave(&mut self, tx: &mut Tx<'_>) -> Result<(), ChangeRefused> {
        *self = Self::locked(tx, self.course, self.id)?;
        if !self.may_leave() {
            return Err(ChangeRefused::NotFromHere { from: self.state, to: EnrolmentState::Removed });
        }
        let person = self.person;
        self.step(tx, Step::to(EnrolmentState::Removed, "enrolment.left"), Some(person))?;
        fill_places(tx, self.course, Some(person))?;
        Ok(())
    }
}
