//! What staff do to enrolments: each change writes the row, gives or takes the roles that follow from it, tells the
//! world, and hands on the place that it frees, all in one transaction.

use people::{PersonId, ScopeKind};
use store::{Event, Id, Time, Tx, params, sql};

use super::places::{fill_places, lock, next_turn};
use super::{CourseRole, Enrolment, EnrolmentState, Method, Places};
use crate::{CourseId, EnrolmentId, SectionId};

/// The role whose holders may look at a course and no more.
const MEMBER: &str = "member";

/// An enrolment to be made.
#[derive(Clone, Debug)]
pub struct NewEnrolment {
    /// The course.
    pub course: CourseId,
    /// The section. A learner or observer without one goes to the course's first.
    pub section: Option<SectionId>,
    /// Who.
    pub person: PersonId,
    /// As what.
    pub role: CourseRole,
    /// From when on; as the section has it where none.
    pub starts: Option<Time>,
    /// Until when; as the section has it where none.
    pub ends: Option<Time>,
    /// How it comes about.
    pub method: Method,
    /// `Active`, or `Invited` where the person is asked first, or `Requested` where somebody has to answer them.
    pub state: EnrolmentState,
    /// What the person wrote when they asked.
    pub note: String,
}

impl NewEnrolment {
    /// An active enrolment by hand, for as long as the section has it.
    pub fn new(course: CourseId, person: PersonId, role: CourseRole) -> Self {
        Self {
            course,
            section: None,
            person,
            role,
            starts: None,
            ends: None,
            method: Method::Hand,
            state: EnrolmentState::Active,
            note: String::new(),
        }
    }

    /// In this section.
    pub fn in_section(mut self, section: SectionId) -> Self {
        self.section = Some(section);
        self
    }
}

/// What happens to a learner for whom there is no place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IfFull {
    /// They wait at the end of the list.
    Wait,
    /// They come in all the same, and the section is over-full.
    Exceed,
}

/// What became of an enrolment that was asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// A new one.
    Made,
    /// One that had ended came to life again.
    Renewed,
    /// One that was there got other dates.
    Updated,
    /// It was there as it is.
    Unchanged,
}

/// Why a change of an enrolment cannot be made.
#[derive(Debug, thiserror::Error)]
pub enum ChangeRefused {
    /// An enrolment that stands here cannot go there.
    #[error("an enrolment that is {from} cannot become {to}")]
    NotFromHere {
        /// Where it stands.
        from: EnrolmentState,
        /// Where it was to go.
        to: EnrolmentState,
    },
    /// The person holds exactly this role in this section already.
    #[error("the person is enrolled like this already")]
    Twice,
    /// The database failed.
    #[error(transparent)]
    Store(#[from] store::Error),
}

/// Enrols a person, or updates the enrolment that they hold in this role and section already.
pub fn enrol(
    tx: &mut Tx<'_>,
    new: &NewEnrolment,
    if_full: IfFull,
    by: Option<PersonId>,
) -> store::Result<(Enrolment, Outcome)> {
    // Those who wait come first, also where a place got free only because time has passed.
    fill_places(tx, new.course, by)?;
    let section = section_for(tx, new)?;
    match existing(tx, new, section)? {
        Some(held) => update(tx, held, new, if_full, by),
        None => make(tx, new, section, if_full, by).map(|made| (made, Outcome::Made)),
    }
}

/// Learners and observers are always in a section; staff may be in none, which is all of them.
fn section_for(tx: &mut Tx<'_>, new: &NewEnrolment) -> store::Result<Option<SectionId>> {
    if new.section.is_some() || new.role.is_staff() {
        return Ok(new.section);
    }
    let first = sql!("select id from section where course = ?1 order by position, id limit 1");
    tx.value(first, params![new.course]).map(Some)
}

fn existing(tx: &mut Tx<'_>, new: &NewEnrolment, section: Option<SectionId>) -> store::Result<Option<Enrolment>> {
    tx.maybe(
        sql!(
            "select * from enrolment_whole where course = ?1 and person = ?2 and role = ?3
             and section is not distinct from ?4"
        ),
        params![new.course, new.person, new.role, section],
    )
}

fn make(
    tx: &mut Tx<'_>,
    new: &NewEnrolment,
    section: Option<SectionId>,
    if_full: IfFull,
    by: Option<PersonId>,
) -> store::Result<Enrolment> {
    let (id, now): (EnrolmentId, _) = (tx.new_id(), tx.now());
    let state = state_for(tx, new, section, if_full)?;
    let turn = if waits(state) { Some(next_turn(tx, section)?) } else { None };
    tx.execute(
        sql!(
            "insert into enrolment (id, course, section, person, role, state, starts, ends, method, note, queued,
                                    turn, made_at, made_by, changed_at)
             values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?13)"
        ),
        params![
            id,
            new.course,
            section,
            new.person,
            new.role,
            state,
            new.starts,
            new.ends,
            new.method,
            new.note,
            waits(state).then_some(now),
            turn,
            now,
            by
        ],
    )?;
    let enrolment = Enrolment::find(tx, new.course, id)?;
    enrolment.settle(tx, "enrolment.made", None, by)?;
    Ok(enrolment)
}

/// An enrolment that is there already gets the dates that are given; one that has ended comes to life again.
fn update(
    tx: &mut Tx<'_>,
    mut held: Enrolment,
    new: &NewEnrolment,
    if_full: IfFull,
    by: Option<PersonId>,
) -> store::Result<(Enrolment, Outcome)> {
    let dates = (new.starts, new.ends);
    let ended = matches!(held.state, EnrolmentState::Removed | EnrolmentState::Concluded);
    let joins = new.state == EnrolmentState::Active
        && matches!(held.state, EnrolmentState::Invited | EnrolmentState::Requested);
    if ended || joins {
        let to = if held.state.holds_place() { new.state } else { state_for(tx, new, held.section, if_full)? };
        held.method = new.method;
        held.note = new.note.clone();
        // Who comes back stands at the end of the queue.
        (held.queued, held.turn) = (None, None);
        held.step(tx, Step { to, verb: "enrolment.renewed", dates: Some(dates) }, by)?;
        return Ok((held, Outcome::Renewed));
    }
    let let_in = held.state == EnrolmentState::Waiting && if_full == IfFull::Exceed;
    if dates == (held.starts, held.ends) && !let_in {
        return Ok((held, Outcome::Unchanged));
    }
    let to = if let_in { EnrolmentState::Active } else { held.state };
    held.step(tx, Step { to, verb: "enrolment.changed", dates: Some(dates) }, by)?;
    fill_places(tx, held.course, by)?;
    Ok((held, Outcome::Updated))
}

/// A learner for whom there is no place waits.
fn state_for(
    tx: &mut Tx<'_>,
    new: &NewEnrolment,
    section: Option<SectionId>,
    if_full: IfFull,
) -> store::Result<EnrolmentState> {
    let wants_place = new.role == CourseRole::Learner && new.state.holds_place() && if_full == IfFull::Wait;
    if !wants_place {
        return Ok(new.state);
    }
    let places = Places::of(tx, new.course)?;
    let full = places.iter().any(|places| Some(places.section) == section && places.is_full());
    Ok(if full { EnrolmentState::Waiting } else { new.state })
}

/// Whether somebody in this state stands in a queue: for a place, or for an answer.
const fn waits(state: EnrolmentState) -> bool {
    matches!(state, EnrolmentState::Waiting | EnrolmentState::Requested)
}

/// A change of an enrolment's state, and of its dates where they change too.
pub(super) struct Step {
    to: EnrolmentState,
    verb: &'static str,
    dates: Option<(Option<Time>, Option<Time>)>,
}

impl Step {
    pub(super) const fn to(to: EnrolmentState, verb: &'static str) -> Self {
        Self { to, verb, dates: None }
    }
}

impl Enrolment {
    /// The enrolment as it stands once the sections of its course are locked: what was read before may be out of date.
    pub(super) fn locked(tx: &mut Tx<'_>, course: CourseId, id: EnrolmentId) -> store::Result<Self> {
        lock(tx, course)?;
        Self::find(tx, course, id)
    }

    /// Shuts the person out for now; what they did is kept.
    pub fn suspend(&mut self, tx: &mut Tx<'_>, by: PersonId) -> Result<(), ChangeRefused> {
        self.become_state(tx, EnrolmentState::Suspended, "enrolment.suspended", IfFull::Wait, by)
    }

    /// Lets the person take part: again after a suspension, or for the first time where they wait or have asked. One
    /// who has asked waits where there is no place, unless the section may be over-full.
    pub fn activate(&mut self, tx: &mut Tx<'_>, if_full: IfFull, by: PersonId) -> Result<(), ChangeRefused> {
        self.become_state(tx, EnrolmentState::Active, "enrolment.activated", if_full, by)
    }

    /// Ends the enrolment: the person may look, no longer take part.
    pub fn conclude(&mut self, tx: &mut Tx<'_>, by: PersonId) -> Result<(), ChangeRefused> {
        self.become_state(tx, EnrolmentState::Concluded, "enrolment.concluded", IfFull::Wait, by)
    }

    /// Takes the person out of the course; [`Enrolment::put_back`] undoes it.
    pub fn remove(&mut self, tx: &mut Tx<'_>, by: PersonId) -> Result<(), ChangeRefused> {
        self.become_state(tx, EnrolmentState::Removed, "enrolment.removed", IfFull::Wait, by)
    }

    fn become_state(
        &mut self,
        tx: &mut Tx<'_>,
        to: EnrolmentState,
        verb: &'static str,
        if_full: IfFull,
        by: PersonId,
    ) -> Result<(), ChangeRefused> {
        *self = Self::locked(tx, self.course, self.id)?;
        if !self.state.may_become(to) {
            return Err(ChangeRefused::NotFromHere { from: self.state, to });
        }
        let mut to = to;
        if to == EnrolmentState::Active && !self.state.holds_place() && self.state != EnrolmentState::Waiting {
            fill_places(tx, self.course, Some(by))?;
            let like_new = NewEnrolment::new(self.course, self.person, self.role);
            to = state_for(tx, &like_new, self.section, if_full)?;
        }
        let freed = self.state.holds_place() && !to.holds_place();
        self.step(tx, Step::to(to, verb), Some(by))?;
        if freed {
            fill_places(tx, self.course, Some(by))?;
        }
        Ok(())
    }

    /// Undoes a removal: exactly as it was, even if the place was given away meanwhile.
    pub fn put_back(&mut self, tx: &mut Tx<'_>, by: PersonId) -> Result<(), ChangeRefused> {
        *self = Self::locked(tx, self.course, self.id)?;
        let Some(before) = self.state_before.filter(|_| self.state == EnrolmentState::Removed) else {
            return Err(ChangeRefused::NotFromHere { from: self.state, to: EnrolmentState::Active });
        };
        self.step(tx, Step::to(before, "enrolment.restored"), Some(by))?;
        Ok(())
    }

    /// Goes back to how it was before a change, whatever stands between, with its turn in the queue.
    pub(super) fn go_back(
        &mut self,
        tx: &mut Tx<'_>,
        state: EnrolmentState,
        queue: (Option<Time>, Option<i64>),
        by: PersonId,
    ) -> store::Result<()> {
        // The turn stays with somebody who waits as long as they do not come from a request; see `queue_after`.
        self.state = EnrolmentState::Removed;
        (self.queued, self.turn) = queue;
        self.step(tx, Step::to(state, "enrolment.restored"), Some(by))
    }

    /// Gives other dates.
    pub fn set_dates(
        &mut self,
        tx: &mut Tx<'_>,
        starts: Option<Time>,
        ends: Option<Time>,
        by: PersonId,
    ) -> Result<(), ChangeRefused> {
        *self = Self::locked(tx, self.course, self.id)?;
        self.step(tx, Step { to: self.state, verb: "enrolment.changed", dates: Some((starts, ends)) }, Some(by))?;
        fill_places(tx, self.course, Some(by))?;
        Ok(())
    }

    /// Moves the enrolment to another role or section, with its dates and its state. A learner who moves to a section
    /// that is full comes in all the same: it is staff who move people.
    pub fn move_to(
        &mut self,
        tx: &mut Tx<'_>,
        role: CourseRole,
        section: Option<SectionId>,
        by: PersonId,
    ) -> Result<(), ChangeRefused> {
        *self = Self::locked(tx, self.course, self.id)?;
        let new = NewEnrolment { section, ..NewEnrolment::new(self.course, self.person, role) };
        let section = section_for(tx, &new)?;
        if (role, section) == (self.role, self.section) {
            return Ok(());
        }
        let (id, now, from) = (self.id, tx.now(), (self.role, self.section));
        // Who waits goes to the end of the new section's queue.
        let turn = if waits(self.state) { Some(next_turn(tx, section)?) } else { None };
        let moved = tx.savepoint(|tx| {
            tx.execute(
                sql!("update enrolment set role = ?2, section = ?3, turn = ?4, changed_at = ?5 where id = ?1"),
                params![id, role, section, turn, now],
            )
        });
        match moved {
            Err(store::Error::Constraint { broken: store::Broken::Unique, .. }) => return Err(ChangeRefused::Twice),
            other => other?,
        };
        *self = Self::find(tx, self.course, id)?;
        self.settle(tx, "enrolment.moved", Some(from), Some(by))?;
        fill_places(tx, self.course, Some(by))?;
        Ok(())
    }

    /// Writes a change of state and dates, and what follows from it.
    pub(super) fn step(&mut self, tx: &mut Tx<'_>, step: Step, by: Option<PersonId>) -> store::Result<()> {
        let now = tx.now();
        let (starts, ends) = step.dates.unwrap_or((self.starts, self.ends));
        let state_before = (step.to == EnrolmentState::Removed).then_some(self.state);
        let (queued, turn) = self.queue_after(tx, step.to)?;
        tx.execute(
            sql!(
                "update enrolment set state = ?2, state_before = ?3, starts = ?4, ends = ?5, queued = ?6, turn = ?7,
                     method = ?8, note = ?9, changed_at = ?10 where id = ?1"
            ),
            params![self.id, step.to, state_before, starts, ends, queued, turn, self.method, self.note, now],
        )?;
        *self = Self::find(tx, self.course, self.id)?;
        self.settle(tx, step.verb, None, by)
    }

    /// Since when somebody waits, and their number, once they stand there. Who was removed keeps both, so that an undo
    /// finds them; who has asked and now waits for a place joins that queue at its end.
    fn queue_after(&self, tx: &mut Tx<'_>, to: EnrolmentState) -> store::Result<(Option<Time>, Option<i64>)> {
        if to == EnrolmentState::Removed {
            return Ok((self.queued, self.turn));
        }
        if !waits(to) {
            return Ok((None, None));
        }
        if self.turn.is_some() && self.state != EnrolmentState::Requested {
            return Ok((self.queued, self.turn));
        }
        Ok((Some(tx.now()), Some(next_turn(tx, self.section)?)))
    }

    /// What follows from the enrolment as it stands: the roles that it gives, and the news of it.
    fn settle(
        &self,
        tx: &mut Tx<'_>,
        verb: &'static str,
        moved_from: Option<(CourseRole, Option<SectionId>)>,
        by: Option<PersonId>,
    ) -> store::Result<()> {
        self.give_roles(tx, by)?;
        let mut event = Event::new(verb, "enrolment", self.id)
            .within("course", self.course)
            .with("person", self.person.to_string())
            .with("role", self.role.as_str())
            .with("section", self.section_name.clone())
            .with("state", self.state.as_str())
            .with("starts", self.starts.map(|at| at.to_string()))
            .with("ends", self.ends.map(|at| at.to_string()));
        if let Some((role, _)) = moved_from {
            event = event.with("role_before", role.as_str());
        }
        event.actor = by.map(Id::from);
        tx.record(&event)?;
        Ok(())
    }

    /// Gives exactly the roles that this enrolment stands for. Staff of one section run that section, and may look at
    /// the course; one who has concluded may look.
    fn give_roles(&self, tx: &mut Tx<'_>, by: Option<PersonId>) -> store::Result<()> {
        people::revoke(tx, self.id.into())?;
        let at_course = (ScopeKind::Course, Some(Id::from(self.course)));
        let (from, until) = (self.counts_from, self.counts_until);
        let mut grant = |role: &str, scope, until| {
            people::grant(tx, self.person, role, scope, from, until, self.id.into(), by).map(|_| ())
        };
        match (self.state, self.section) {
            (EnrolmentState::Active, Some(section)) if self.role.is_staff() => {
                grant(MEMBER, at_course, until)?;
                grant(self.role.as_str(), (ScopeKind::Section, Some(section.into())), until)
            }
            (EnrolmentState::Active, _) => grant(self.role.as_str(), at_course, until),
            (EnrolmentState::Concluded, _) => grant(MEMBER, at_course, None),
            _ => Ok(()),
        }
    }
}

/// Gives the roles of a section's people again, after its dates have changed.
pub(crate) fn renew_roles(tx: &mut Tx<'_>, section: SectionId, by: PersonId) -> store::Result<()> {
    let active: Vec<Enrolment> =
        tx.all(sql!("select * from enrolment_whole where section = ?1 and state = 'active'"), params![section])?;
    active.iter().try_for_each(|enrolment| enrolment.give_roles(tx, Some(by)))
}
