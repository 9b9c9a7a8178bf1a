//! Builders for the tests of this noun and of those that stand on it.

use people::{PersonId, Unit};
use store::{Result, Tx, params, sql};

use crate::course::{Listing, Settings};
use crate::enrolment::{IfFull, NewEnrolment, enrol};
use crate::{Course, CourseRole, Enrolment};

/// Seeds the built-in roles with the permissions of `people` and `courses`. A noun that stands on this one seeds with
/// its own permissions instead: `people::testing::seed_roles(tx, &[people::PERMISSIONS, courses::PERMISSIONS, ...])`.
pub fn seed(tx: &mut Tx<'_>) -> Result<()> {
    people::testing::seed_roles(tx, &[people::PERMISSIONS, crate::PERMISSIONS])
}

/// A course of this title in the unit "Biology", taught in English in Berlin's zone: published, and listed for everyone
/// who is signed in.
pub fn course(tx: &mut Tx<'_>, title: &str) -> Result<Course> {
    let mut course = draft(tx, title)?;
    let by = author(tx)?;
    let settings = Settings { listing: Listing::Members, ..course.settings() };
    course.change(tx, &settings, by)?;
    course.publish(tx, None, by)?;
    Ok(course)
}

/// A draft.
pub fn draft(tx: &mut Tx<'_>, title: &str) -> Result<Course> {
    let unit = match tx.maybe(sql!("select id, name, parent, path from unit where name = 'Biology'"), params![])? {
        Some(unit) => unit,
        None => people::testing::unit(tx, "Biology", None)?,
    };
    draft_in(tx, title, &unit)
}

/// A draft in this unit.
pub fn draft_in(tx: &mut Tx<'_>, title: &str, unit: &Unit) -> Result<Course> {
    let by = author(tx)?;
    Course::create(tx, &Settings::new(unit.id, title, "en", "Europe/Berlin"), by)
}

/// A new person with an active enrolment.
pub fn enrolled(tx: &mut Tx<'_>, course: &Course, given: &str, role: CourseRole) -> Result<PersonId> {
    let person = people::testing::person(tx, given)?;
    enrolment(tx, course, person, role)?;
    Ok(person)
}

/// An active enrolment.
pub fn enrolment(tx: &mut Tx<'_>, course: &Course, person: PersonId, role: CourseRole) -> Result<Enrolment> {
    let (enrolment, _) = enrol(tx, &NewEnrolment::new(course.id, person, role), IfFull::Exceed, None)?;
    Ok(enrolment)
}

/// The person who made the courses of a test; holds no role.
fn author(tx: &mut Tx<'_>) -> Result<PersonId> {
    match people::find_by_email(tx, "course.maker@example.org")? {
        Some(person) => Ok(person.id),
        None => people::testing::person(tx, "Course Maker"),
    }
}
