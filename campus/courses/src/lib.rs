//! Courses: terms, courses with sections, and who takes part in them (campus-rules M32, M34).
//!
//! - A [`Course`] belongs to a unit and perhaps a term; it is a draft, scheduled, published or archived. What it holds
//!   is the matter of `outline`, which builds on this crate.
//! - A [`Section`] divides its people: capacity, dates, key, and the code under which it is cross-listed.
//! - An [`Enrolment`](enrolment::Enrolment) is one person in one role in one section. Each change gives or takes the
//!   roles that follow from it (`people::grant`) in the same transaction, and writes an event.
//! - [`CoursePage`] is the frame around every page of a course, `course.html` its template.
//! - [`ProgressProvider`], [`DatesProvider`] and [`CopyParts`] are what `outline` fills in and `app` registers.

pub mod catalogue;
pub mod copy;
pub mod course;
pub mod enrolment;
mod frame;
mod jobs;
pub mod mine;
mod pages;
mod permission;
mod place;
mod provider;
mod roster;
pub mod section;
mod shift;
pub mod term;
pub mod testing;
mod words;

pub use copy::{CopyPart, CopyParts, CopyStep};
pub use course::{Course, CourseState, Publication};
pub use enrolment::{CourseRole, Enrolment, EnrolmentState};
pub use frame::{CoursePage, Tab};
pub use jobs::{jobs, schedules};
pub use pages::routes;
pub use permission::{
    ARCHIVE, CREATE, EDIT, ENROL, ENROL_STAFF, LEARN, PEOPLE, PERMISSIONS, PREVIEW, PUBLISH, TERMS, VIEW,
};
pub use place::PLACES;
pub use provider::{CourseDate, DatesProvider, NextStep, Progress, ProgressProvider};
pub use section::Section;
pub use shift::{DateShift, Days, Move, SHIFT_DAYS_MAX, ShiftError};
pub use term::Term;

store::id!(CourseId, SectionId, TermId, EnrolmentId, ChangeId);

/// What this crate adds to the institution's page.
pub const HUB_CARDS: &[people::HubCard] = &[people::HubCard {
    href: "/terms",
    icon: "calendar",
    label_id: web::word!("courses-terms"),
    text_id: web::word!("courses-terms-lead"),
    permission: TERMS,
}];

/// The tables of this crate.
pub static SCHEMA: store::Schema =
    store::Schema { noun: "courses", migrations: &[store::migration!("0001_courses")], needs: &[&people::SCHEMA] };
