//! A course taught again (campus-rules M34): its settings, chosen parts of its content, its dates removed or moved.

use people::{PersonId, UnitId};
use store::{Event, Time, Tx};

use crate::course::{Course, Listing, Settings};
use crate::section::{Section, SectionSettings};
use crate::{CourseDate, CourseId, DateShift, TermId};

/// Copies one part of a course: its modules and items, say. The new course has none of it yet. The dates go through
/// the shift.
pub type CopyStep = fn(&mut Tx<'_>, from: CourseId, to: CourseId, shift: &DateShift, by: PersonId) -> store::Result<()>;

/// A part that can be chosen when a course is copied.
#[derive(Clone, Copy, Debug)]
pub struct CopyPart {
    /// Its name in the form, e.g. `outline`.
    pub key: &'static str,
    /// The message id of its name for people.
    pub label_id: &'static str,
    /// What copies it.
    pub step: CopyStep,
}

/// The parts that other nouns bring, registered in the context by `app`, in the order in which they are copied.
#[derive(Clone, Debug, Default)]
pub struct CopyParts(pub Vec<CopyPart>);

/// What the copy is to be.
#[derive(Clone, Debug)]
pub struct CopyPlan {
    /// Its title.
    pub title: String,
    /// Its code.
    pub code: String,
    /// The unit that it belongs to.
    pub unit: UnitId,
    /// Its term.
    pub term: Option<TermId>,
    /// The first moment of its first day.
    pub starts: Option<Time>,
    /// The last moment of its last day.
    pub ends: Option<Time>,
    /// Whether the syllabus comes along.
    pub about: bool,
    /// Whether the sections come along, with their capacities, without their keys and people.
    pub sections: bool,
    /// The keys of the parts that come along.
    pub parts: Vec<String>,
    /// Where the dates go.
    pub shift: DateShift,
}

/// Makes the copy: a draft that nobody finds and nobody is enrolled in.
pub fn copy(tx: &mut Tx<'_>, from: &Course, plan: &CopyPlan, parts: &CopyParts, by: PersonId) -> store::Result<Course> {
    let settings = Settings {
        title: plan.title.clone(),
        code: plan.code.clone(),
        unit: plan.unit,
        term: plan.term,
        starts: plan.starts,
        ends: plan.ends,
        about: if plan.about { from.about.clone() } else { String::new() },
        listing: Listing::Hidden,
        // Keys are secrets of the people of the old course, and its enrolment times have passed.
        enrol_key: None,
        enrol_from: from.enrol_from.and_then(|at| plan.shift.apply(at)),
        enrol_until: from.enrol_until.and_then(|at| plan.shift.apply(at)),
        ..from.settings()
    };
    let to = Course::create(tx, &settings, by)?;
    if plan.sections {
        copy_sections(tx, from, &to, &plan.shift, by)?;
    }
    for part in parts.0.iter().filter(|part| plan.parts.iter().any(|key| key == part.key)) {
        (part.step)(tx, from.id, to.id, &plan.shift, by)?;
    }
    tx.record(&Event::new("course.copied", "course", to.id).by(by).with("from", from.id.to_string()))?;
    Ok(to)
}

fn copy_sections(tx: &mut Tx<'_>, from: &Course, to: &Course, shift: &DateShift, by: PersonId) -> store::Result<()> {
    let mut first = Section::of(tx, to.id)?.into_iter().next();
    for section in Section::of(tx, from.id)? {
        let settings = SectionSettings {
            starts: section.starts.and_then(|at| shift.apply(at)),
            ends: section.ends.and_then(|at| shift.apply(at)),
            name: section.name,
            code: section.code,
            title: section.title,
            capacity: section.capacity,
            enrol_key: None,
        };
        match first.take() {
            Some(mut first) => first.change(tx, &settings, by)?,
            None => drop(Section::create(tx, to.id, &settings, by)?),
        }
    }
    Ok(())
}

/// A date with where it goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MovedDate {
    /// The date as it is.
    pub date: CourseDate,
    /// Where it goes; none where it is not taken over.
    pub to: Option<Time>,
    /// Whether it then lies outside the new course's days.
    pub is_outside: bool,
}

/// Where each date goes, for the preview.
pub fn preview(dates: Vec<CourseDate>, shift: &DateShift, starts: Option<Time>, ends: Option<Time>) -> Vec<MovedDate> {
    let moved = |date: CourseDate| {
        let to = shift.apply(date.at);
        let is_outside =
            to.is_some_and(|to| starts.is_some_and(|first| to < first) || ends.is_some_and(|last| to > last));
        MovedDate { date, to, is_outside }
    };
    dates.into_iter().map(moved).collect()
}
