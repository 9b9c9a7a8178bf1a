//! Changes of one or many enrolments at once, which can be undone as one.

use people::{PersonId, Viewer};
use serde::{Deserialize, Serialize};
use store::{FromRow, Ids, Json, Time, Tx, params, sql};

use super::places::{fill_places, lock};
use super::{ChangeRefused, CourseRole, Enrolment, EnrolmentState, IfFull};
use crate::course::Course;
use crate::{ChangeId, ENROL, ENROL_STAFF, EnrolmentId, SectionId};

/// The most enrolments that are changed at once; further ones are left as they are.
const ENROLMENTS_MAX: usize = 1_000;

/// What is done to enrolments.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Act {
    /// Let in: resume after a suspension, grant what was asked, admit from the waiting list.
    Activate,
    /// Shut out for now.
    Suspend,
    /// End: may look, no longer take part.
    Conclude,
    /// Take out of the course.
    Remove,
    /// Put back what was removed.
    PutBack,
    /// Move to another section.
    Move(SectionId),
}

impl Act {
    /// The act's name, as it is kept and as its messages end.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Activate => "activate",
            Self::Suspend => "suspend",
            Self::Conclude => "conclude",
            Self::Remove => "remove",
            Self::PutBack => "put-back",
            Self::Move(_) => "move",
        }
    }
}

/// What became of a change of many.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Batch {
    /// The change, by which it is undone; none where nothing changed.
    pub id: Option<ChangeId>,
    /// How many enrolments were changed.
    pub done: usize,
    /// How many were left: not allowed, or not possible from where they stand.
    pub left: usize,
}

/// How an enrolment was before a change, and what the change made of it.
#[derive(Debug, Serialize, Deserialize)]
struct Was {
    enrolment: EnrolmentId,
    from: EnrolmentState,
    to: EnrolmentState,
    section: Option<SectionId>,
    queued: Option<Time>,
    turn: Option<i64>,
}

impl Enrolment {
    /// Whether this viewer may change the enrolment: staff enrolments take another permission than learners', and
    /// who runs one section changes that section only.
    pub fn may_be_changed_by(&self, viewer: &Viewer, course: &Course) -> bool {
        may_enrol(viewer, course, self.role, self.section)
    }
}

/// Whether this viewer may enrol somebody in this role there.
pub fn may_enrol(viewer: &Viewer, course: &Course, role: CourseRole, section: Option<SectionId>) -> bool {
    let scope = section.map_or_else(|| course.scope(), |section| course.scope().section(section));
    viewer.can(if role.is_staff() { ENROL_STAFF } else { ENROL }, &scope)
}

/// Does the same to many enrolments. What may not or cannot be changed is left, and counted.
pub fn change_many(
    tx: &mut Tx<'_>,
    course: &Course,
    act: Act,
    ids: &[EnrolmentId],
    viewer: &Viewer,
) -> store::Result<Batch> {
    let ids = ids.get(..ENROLMENTS_MAX).unwrap_or(ids);
    lock(tx, course.id)?;
    let found: Vec<Enrolment> = tx.all(
        sql!("select * from enrolment_whole where course = ?1 and id in ids(?2) order by turn, id"),
        params![course.id, Ids(ids)],
    )?;
    let (mut was, total) = (Vec::new(), found.len());
    for mut enrolment in found {
        let before = Was {
            enrolment: enrolment.id,
            from: enrolment.state,
            to: enrolment.state,
            section: enrolment.section,
            queued: enrolment.queued,
            turn: enrolment.turn,
        };
        if !allowed(&enrolment, act, course, viewer) {
            continue;
        }
        match apply(tx, &mut enrolment, act, viewer.person) {
            Ok(()) if (enrolment.state, enrolment.section) == (before.from, before.section) => {}
            Ok(()) => was.push(Was { to: enrolment.state, ..before }),
            Err(ChangeRefused::NotFromHere { .. } | ChangeRefused::Twice) => {}
            Err(ChangeRefused::Store(error)) => return Err(error),
        }
    }
    let done = was.len();
    let id = if was.is_empty() { None } else { Some(keep(tx, course, act, was, viewer.person)?) };
    Ok(Batch { id, done, left: total - done })
}

/// Nobody shuts themselves out of what they run: they could not undo it.
fn allowed(enrolment: &Enrolment, act: Act, course: &Course, viewer: &Viewer) -> bool {
    let own_office = enrolment.person == viewer.person && enrolment.role.is_staff();
    let target = match act {
        Act::Move(section) => may_enrol(viewer, course, enrolment.role, Some(section)),
        Act::Activate | Act::PutBack => true,
        Act::Suspend | Act::Conclude | Act::Remove => !own_office,
    };
    target && enrolment.may_be_changed_by(viewer, course)
}

fn apply(tx: &mut Tx<'_>, enrolment: &mut Enrolment, act: Act, by: PersonId) -> Result<(), ChangeRefused> {
    match act {
        Act::Activate => enrolment.activate(tx, IfFull::Wait, by),
        Act::Suspend => enrolment.suspend(tx, by),
        Act::Conclude => enrolment.conclude(tx, by),
        Act::Remove => enrolment.remove(tx, by),
        Act::PutBack => enrolment.put_back(tx, by),
        Act::Move(section) => enrolment.move_to(tx, enrolment.role, Some(section), by),
    }
}

fn keep(tx: &mut Tx<'_>, course: &Course, act: Act, was: Vec<Was>, by: PersonId) -> store::Result<ChangeId> {
    let (id, now): (ChangeId, _) = (tx.new_id(), tx.now());
    tx.execute(
        sql!("insert into enrolment_change (id, course, kind, was, made_at, made_by) values (?1, ?2, ?3, ?4, ?5, ?6)"),
        params![id, course.id, act.as_str(), Json(was), now, by],
    )?;
    Ok(id)
}

/// Undoes a change, once: each enrolment that still stands as the change left it goes back to how it was, also where
/// its place was given away meanwhile. Answers how many did.
pub fn undo(tx: &mut Tx<'_>, course: &Course, change: ChangeId, viewer: &Viewer) -> store::Result<usize> {
    #[derive(FromRow)]
    struct Kept {
        was: Json<Vec<Was>>,
    }
    lock(tx, course.id)?;
    let now = tx.now();
    let kept: Option<Kept> = tx.maybe(
        sql!(
            "update enrolment_change set undone_at = ?3 where id = ?1 and course = ?2 and undone_at is null
             returning was"
        ),
        params![change, course.id, now],
    )?;
    let mut undone = 0;
    for was in kept.map(|kept| kept.was.0).unwrap_or_default() {
        let mut enrolment = Enrolment::find(tx, course.id, was.enrolment)?;
        if enrolment.state != was.to || !enrolment.may_be_changed_by(viewer, course) {
            continue;
        }
        if enrolment.section == was.section {
            enrolment.go_back(tx, was.from, (was.queued, was.turn), viewer.person)?;
        } else {
            let role = enrolment.role;
            match enrolment.move_to(tx, role, was.section, viewer.person) {
                Ok(()) => {}
                Err(ChangeRefused::Store(error)) => return Err(error),
                Err(_) => continue,
            }
        }
        undone += 1;
    }
    fill_places(tx, course.id, Some(viewer.person))?;
    Ok(undone)
}
