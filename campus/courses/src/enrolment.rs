//! Enrolments (campus-rules M32): one person in one role in one section, with a state and dates. A person may hold
//! several; what they may do is the sum of those that are active.

mod batch;
mod change;
mod history;
mod import;
mod own;
mod places;

use people::PersonId;
use store::{FromRow, Time, Tx, params, sql};

pub use batch::{Act, Batch, change_many, may_enrol, undo};
pub(crate) use change::renew_roles;
pub use change::{ChangeRefused, IfFull, NewEnrolment, Outcome, enrol};
pub use history::{HistoryEntry, history};
pub use import::{
    IMPORT_BYTES_MAX, IMPORT_ROWS_MAX, Import, ImportAction, ImportError, ImportFault, ImportRow, apply_import,
    plan_import,
};
pub use own::{EnrolmentRefused, KEY_ATTEMPTS_MAX, Wish, enrol_self};
pub use places::{Places, promotions};
pub(crate) use places::{courses_with_waiting, fill_places, lock, queue_place};

use crate::{CourseId, EnrolmentId, SectionId};

/// The most characters of what somebody writes when they ask for a place.
pub const NOTE_MAX: usize = 500;

store::text_enum! {
    /// In which role somebody takes part: the keys of built-in roles of `people`.
    pub enum CourseRole {
        /// Teaches, marks, and runs the course.
        Teacher = "teacher",
        /// Helps the teachers.
        Assistant = "assistant",
        /// Makes the material.
        Author = "author",
        /// Takes the course.
        Learner = "learner",
        /// Looks on.
        Observer = "observer",
    }
}

impl CourseRole {
    /// Whether it is one of those who run the course: giving it takes [`ENROL_STAFF`](crate::ENROL_STAFF).
    pub const fn is_staff(self) -> bool {
        matches!(self, Self::Teacher | Self::Assistant | Self::Author)
    }
}

store::text_enum! {
    /// Where an enrolment stands.
    pub enum EnrolmentState {
        /// Asked to join, and has not answered.
        Invited = "invited",
        /// Has asked to join, and waits for the answer.
        Requested = "requested",
        /// Waits until a place gets free.
        Waiting = "waiting",
        /// Takes part.
        Active = "active",
        /// Shut out for now; everything that they did is kept.
        Suspended = "suspended",
        /// Has finished: may look, no longer take part.
        Concluded = "concluded",
        /// No longer in the course; kept for the record and for undoing.
        Removed = "removed",
    }
}

impl EnrolmentState {
    /// Whether a learner in this state holds one of the section's places. One who is suspended does, so that coming
    /// back never depends on luck.
    pub const fn holds_place(self) -> bool {
        matches!(self, Self::Invited | Self::Active | Self::Suspended)
    }

    /// Whether staff may move an enrolment from this state to that one. Going back from `Removed` is an undo, to the
    /// state before, and is not asked here.
    pub const fn may_become(self, to: Self) -> bool {
        use EnrolmentState::{Active, Concluded, Invited, Removed, Requested, Suspended, Waiting};
        match to {
            Active => !matches!(self, Active | Removed),
            Suspended => matches!(self, Active),
            Concluded => matches!(self, Active | Suspended),
            Waiting => matches!(self, Requested),
            Removed => !matches!(self, Removed),
            Invited | Requested => false,
        }
    }
}

store::text_enum! {
    /// How an enrolment came about.
    pub enum Method {
        /// Staff enrolled the person.
        Hand = "hand",
        /// It came with a list.
        Import = "import",
        /// The person enrolled, the course being open.
        Open = "open",
        /// The person enrolled with a key.
        Key = "key",
        /// The person asked.
        Ask = "ask",
        /// It came with a copy of another course.
        Copy = "copy",
    }
}

impl Method {
    /// Whether the person came of their own will, and so may leave of it.
    pub const fn is_own(self) -> bool {
        matches!(self, Self::Open | Self::Key | Self::Ask)
    }
}

/// One person in one role in one section.
#[derive(Clone, Debug, PartialEq, Eq, FromRow)]
pub struct Enrolment {
    /// The enrolment.
    pub id: EnrolmentId,
    /// The course.
    pub course: CourseId,
    /// The section; none for staff of the whole course.
    pub section: Option<SectionId>,
    /// That section's name.
    pub section_name: Option<String>,
    /// The code under which that section's people know the course; empty or none where it is the course's own.
    pub section_code: Option<String>,
    /// The title under which they know it.
    pub section_title: Option<String>,
    /// Who.
    pub person: PersonId,
    /// As what.
    pub role: CourseRole,
    /// Where it stands.
    pub state: EnrolmentState,
    /// Where it stood before it was removed.
    pub state_before: Option<EnrolmentState>,
    /// From when on, where that was said for this enrolment.
    pub starts: Option<Time>,
    /// Until when, where that was said for this enrolment.
    pub ends: Option<Time>,
    /// From when on it counts: as said, else as the section has it.
    pub counts_from: Option<Time>,
    /// Until when it counts.
    pub counts_until: Option<Time>,
    /// How it came about.
    pub method: Method,
    /// What the person wrote when they asked.
    pub note: String,
    /// Since when they wait for a place or an answer.
    pub queued: Option<Time>,
    /// Their number in the order in which people came to wait in this section.
    pub turn: Option<i64>,
    /// When it was made.
    pub made_at: Time,
    /// Who made it; none where a rule did.
    pub made_by: Option<PersonId>,
    /// When it last changed.
    pub changed_at: Time,
}

impl Enrolment {
    /// The enrolment; [`store::Error::NotFound`] where the course has none of that id.
    pub fn find(tx: &mut Tx<'_>, course: CourseId, id: EnrolmentId) -> store::Result<Self> {
        tx.one(sql!("select * from enrolment_whole where course = ?1 and id = ?2"), params![course, id])
    }

    /// Every enrolment of a person in a course, the removed ones too, oldest first.
    pub fn of_person(tx: &mut Tx<'_>, course: CourseId, person: PersonId) -> store::Result<Vec<Self>> {
        tx.all(
            sql!("select * from enrolment_whole where course = ?1 and person = ?2 order by made_at, id"),
            params![course, person],
        )
    }

    /// Every learner's enrolment that is active now, e.g. to see who is where in the course.
    pub fn active_learners(tx: &mut Tx<'_>, course: CourseId) -> store::Result<Vec<Self>> {
        let now = tx.now();
        tx.all(
            sql!(
                "select * from enrolment_whole where course = ?1 and role = 'learner' and state = 'active'
                 and (counts_from is null or counts_from <= ?2) and (counts_until is null or counts_until > ?2)
                 order by id"
            ),
            params![course, now],
        )
    }

    /// Whether it counts now: active, and within its dates.
    pub fn is_active(&self, now: Time) -> bool {
        self.state == EnrolmentState::Active
            && self.counts_from.is_none_or(|from| from <= now)
            && self.counts_until.is_none_or(|until| until > now)
    }

    /// Whether somebody has to answer it.
    pub fn is_pending(&self) -> bool {
        self.state == EnrolmentState::Requested
    }

    /// Whether the person may leave by their own act: where they came by it, or have not joined yet.
    pub fn may_leave(&self) -> bool {
        match self.state {
            EnrolmentState::Invited | EnrolmentState::Requested | EnrolmentState::Waiting => true,
            EnrolmentState::Active => self.method.is_own(),
            _ => false,
        }
    }
}

/// Whether a person takes part in any way now: one active enrolment within its dates is enough (campus-rules M32).
pub fn is_active(enrolments: &[Enrolment], now: Time) -> bool {
    enrolments.iter().any(|enrolment| enrolment.is_active(now))
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::allow_attributes, reason = "a test says so by stopping")]
mod tests;
