//! Places and the waiting list. Whoever takes or frees a place first locks the sections of the course, in the order of
//! their ids, so that two who want the last place come one after the other.

use people::PersonId;
use store::{FromRow, Tx, params, sql};

use super::change::Step;
use super::{Enrolment, EnrolmentState};
use crate::{CourseId, Section, SectionId};

/// How full a section is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, FromRow)]
pub struct Places {
    /// The section.
    pub section: SectionId,
    /// How many learners it has places for; any number where none.
    pub capacity: Option<u32>,
    /// How many places are held.
    pub held: u32,
    /// How many people wait.
    pub waiting: u32,
}

impl Places {
    /// How many places are free; none where there is no limit.
    pub fn free(&self) -> Option<u32> {
        self.capacity.map(|capacity| capacity.saturating_sub(self.held))
    }

    /// Whether nobody else fits in.
    pub fn is_full(&self) -> bool {
        self.free() == Some(0)
    }

    /// The sections of a course in their order, and how full each is.
    pub fn with_sections(tx: &mut Tx<'_>, course: CourseId) -> store::Result<Vec<(Section, Self)>> {
        let now = tx.now();
        let mut out = Vec::new();
        tx.each(
            sql!(
                "select s.id, s.id as section, s.course, s.name, s.code, s.title, s.capacity, s.starts, s.ends,
                     s.enrol_key, s.position,
                     (select cast(count(*) as bigint) from enrolment e where e.section = s.id and e.role = 'learner'
                          and e.state in ('invited', 'active', 'suspended')
                          and (coalesce(e.ends, s.ends) is null or coalesce(e.ends, s.ends) > ?2)) as held,
                     (select cast(count(*) as bigint) from enrolment e where e.section = s.id
                          and e.state = 'waiting') as waiting
                 from section s where s.course = ?1 order by s.position, s.id"
            ),
            params![course, now],
            |row| {
                out.push((Section::from_row(row)?, Self::from_row(row)?));
                Ok(())
            },
        )?;
        Ok(out)
    }

    /// How full each section of a course is, in the order of the sections.
    pub fn of(tx: &mut Tx<'_>, course: CourseId) -> store::Result<Vec<Self>> {
        let now = tx.now();
        tx.all(
            sql!(
                "select s.id as section, s.capacity,
                     (select cast(count(*) as bigint) from enrolment e where e.section = s.id and e.role = 'learner'
                          and e.state in ('invited', 'active', 'suspended')
                          and (coalesce(e.ends, s.ends) is null or coalesce(e.ends, s.ends) > ?2)) as held,
                     (select cast(count(*) as bigint) from enrolment e where e.section = s.id
                          and e.state = 'waiting') as waiting
                 from section s where s.course = ?1 order by s.position, s.id"
            ),
            params![course, now],
        )
    }
}

/// How many of those who wait get a place.
pub fn promotions(places: &Places) -> u32 {
    places.free().map_or(places.waiting, |free| free.min(places.waiting))
}

/// Locks the sections of a course until the transaction ends. Every change of an enrolment calls it first.
pub(crate) fn lock(tx: &mut Tx<'_>, course: CourseId) -> store::Result<()> {
    tx.values::<SectionId>(sql!("select id from section where course = ?1 order by id for update"), params![course])?;
    Ok(())
}

/// Gives every free place of the course to whoever waits longest for it. The sections are locked or will be here.
pub(crate) fn fill_places(tx: &mut Tx<'_>, course: CourseId, by: Option<PersonId>) -> store::Result<Vec<Enrolment>> {
    lock(tx, course)?;
    let mut promoted = Vec::new();
    for places in Places::of(tx, course)? {
        let count = promotions(&places);
        if count == 0 {
            continue;
        }
        let first: Vec<Enrolment> = tx.all(
            sql!("select * from enrolment_whole where section = ?1 and state = 'waiting' order by turn, id limit ?2"),
            params![places.section, count],
        )?;
        for mut enrolment in first {
            enrolment.step(tx, Step::to(EnrolmentState::Active, "enrolment.promoted"), by)?;
            promoted.push(enrolment);
        }
    }
    Ok(promoted)
}

/// The next number in the order of coming. The sections are locked.
pub(super) fn next_turn(tx: &mut Tx<'_>, section: Option<SectionId>) -> store::Result<i64> {
    tx.value(
        sql!("select cast(coalesce(max(turn), 0) + 1 as bigint) from enrolment where section = ?1"),
        params![section],
    )
}

/// Where somebody stands in the queue of their section, from 1.
pub(crate) fn queue_place(tx: &mut Tx<'_>, enrolment: &Enrolment) -> store::Result<u32> {
    let before: u32 = tx.value(
        sql!(
            "select cast(count(*) as bigint) from enrolment
             where section = ?1 and state = 'waiting' and turn < ?2"
        ),
        params![enrolment.section, enrolment.turn],
    )?;
    Ok(before + 1)
}

/// Courses in which somebody waits: a place may have got free only because an enrolment's time has passed, which no
/// change tells of. The hourly job gives those places away.
pub(crate) fn courses_with_waiting(tx: &mut Tx<'_>) -> store::Result<Vec<CourseId>> {
    tx.values(sql!("select distinct course from enrolment where state = 'waiting'"), params![])
}
