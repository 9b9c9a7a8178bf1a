//! What people did, moment by moment.

use std::sync::Arc;

use assessment::QuestionId;
use courses::enrolment::{IfFull, NewEnrolment, enrol};
use courses::{CourseId, CourseRole, EnrolmentState};
use gradebook::{Column, ColumnId, Given, give, posting};
use outline::{Completion, Item};
use people::PersonId;
use store::{Time, Tx, params, sql};

use crate::Error;
use crate::content;
use crate::course::Made;
use crate::days::Days;
use crate::fill::Cast;
use crate::grading;
use crate::quiz::{self, Written};
use crate::work::{self, Mark, Work};

/// Something that happened.
pub(crate) struct Step {
    pub(crate) at: Time,
    pub(crate) deed: Deed,
}

pub(crate) enum Deed {
    Enrol { new: NewEnrolment, by: PersonId, then_conclude: bool },
    Study { item: Item, person: PersonId },
    Begin { item: Item, person: PersonId, work: Work },
    HandIn { item: Item, person: PersonId, work: Work },
    Mark { item: Item, person: PersonId, mark: Mark, by: PersonId },
    Start { item: Item, person: PersonId },
    Answer { item: Item, person: PersonId, quiz: Arc<Written>, questions: Vec<QuestionId>, answers: String },
    Grade { course: CourseId, column: ColumnId, grades: Vec<(PersonId, Given)>, by: PersonId },
    Post { course: CourseId, column: ColumnId, by: PersonId },
    Seen { person: PersonId },
}

impl Deed {
    pub(crate) fn run(&self, tx: &mut Tx<'_>) -> Result<(), Error> {
        match self {
            Self::Enrol { new, by, then_conclude } => {
                let (mut enrolment, _) = enrol(tx, new, IfFull::Wait, Some(*by))?;
                if *then_conclude {
                    enrolment.conclude(tx, *by).map_err(|e| Error::Content(e.to_string()))?;
                }
            }
            Self::Study { item, person } => {
                outline::viewed(tx, item, *person)?;
                if item.completion == Completion::Mark {
                    outline::complete(tx, item, *person)?;
                }
            }
            Self::Begin { item, person, work } => work::begin(tx, item, *person, work)?,
            Self::HandIn { item, person, work } => work::hand_in(tx, item, *person, work)?,
            Self::Mark { item, person, mark, by } => work::give(tx, item, *person, mark, *by)?,
            Self::Start { item, person } => quiz::begin(tx, item, *person)?,
            Self::Answer { item, person, quiz, questions, answers } => {
                quiz::hand_in(tx, item, *person, quiz, questions, answers)?;
            }
            Self::Grade { course, column, grades, by } => {
                let column = Column::find(tx, *course, *column)?;
                for (person, given) in grades {
                    give(tx, &column, *person, given, *by)?;
                }
            }
            Self::Post { course, column, by } => {
                let column = Column::find(tx, *course, *column)?;
                posting::post(tx, &column, *by)?;
            }
            Self::Seen { person } => {
                let now = tx.now();
                tx.execute(
                    sql!("update person set seen_at = ?2 where id = ?1 and (seen_at is null or seen_at < ?2)"),
                    params![person, now],
                )?;
            }
        }
        Ok(())
    }
}

/// Everything that happened in the courses, in order.
pub(crate) fn steps(courses: &[(content::Course, Made)], cast: &Cast, days: &Days) -> Result<Vec<Step>, Error> {
    let mut steps = Vec::new();
    for (course, made) in courses {
        let begun = days.morning(course.starts_days - 14);
        for (number, key) in course.teachers.iter().enumerate() {
            let new = NewEnrolment::new(made.course, cast.person(key)?, CourseRole::Teacher);
            let at = begun.plus_seconds(number as i64);
            steps.push(Step { at, deed: Deed::Enrol { new, by: made.teacher, then_conclude: false } });
            let seen = days.past(days.at(-(number as i64), 9, 12));
            steps.push(Step { at: seen, deed: Deed::Seen { person: cast.person(key)? } });
        }
        for (number, row) in course.enrolment.iter().enumerate() {
            one(course, made, row, number, cast, days, &mut steps)?;
        }
        lying(course, made, cast, days, &mut steps)?;
        graded(course, made, cast, days, &mut steps)?;
    }
    steps.sort_by_key(|step| step.at);
    Ok(steps)
}

fn one(
    course: &content::Course,
    made: &Made,
    row: &content::Enrolment,
    number: usize,
    cast: &Cast,
    days: &Days,
    steps: &mut Vec<Step>,
) -> Result<(), Error> {
    let wrong = |what: &str| Error::Content(format!("{}, {}: {what}", course.title, row.person));
    let person = cast.person(&row.person)?;
    let role: CourseRole = row.role.parse().map_err(|_| wrong("no such role"))?;
    let section = match &row.section {
        Some(key) => Some(*made.sections.get(key).ok_or_else(|| wrong("no such section"))?),
        None => None,
    };
    // Those who wait came when the places were gone; invitations are fresh.
    let (at, state, then_conclude) = match row.state.as_str() {
        "active" => (days.morning(course.starts_days - 7), EnrolmentState::Active, false),
        "concluded" => (days.morning(course.starts_days - 10), EnrolmentState::Active, true),
        "waiting" => (days.morning(course.starts_days - 2), EnrolmentState::Active, false),
        "invited" => (days.morning(-2), EnrolmentState::Invited, false),
        _ => return Err(wrong("no such state")),
    };
    let at = days.past(at.plus_seconds(number as i64 * 37));
    let new = NewEnrolment { section, state, ..NewEnrolment::new(made.course, person, role) };
    steps.push(Step { at, deed: Deed::Enrol { new, by: made.teacher, then_conclude } });
    let Some(last_seen) = row.last_seen_days else { return Ok(()) };
    let seen = days.past(days.at(last_seen, 16, (number * 7 % 60) as i8));
    let last = row.last_done_days.map_or(seen, |count| days.at(count, 16, (number * 7 % 60) as i8)).min(seen);
    let first = days.morning(course.starts_days).max(at).plus_seconds(1800 + number as i64 * 611).min(last);
    let studied = studied(course, row).ok_or_else(|| wrong("the next item is none of the course"))?;
    let count = studied.len() as i64;
    for (place, slug) in studied.into_iter().enumerate() {
        let item = made.items.get(slug).ok_or_else(|| wrong("no such item"))?;
        let at = moment(first, last, place as i64 + 1, count, number);
        steps.push(Step { at, deed: Deed::Study { item: item.clone(), person } });
        tried(course, made, slug, &row.person, (person, at), steps);
        match course.item(slug).and_then(|told| told.work.iter().find(|work| work.person == row.person)) {
            Some(work) => handed_in(made, item, work, (person, at), cast, days, steps)?,
            None if work::is_handed_in(item) => return Err(wrong(&format!("nothing was handed in for {slug}"))),
            None => {}
        }
    }
    if let Some(slug) = &row.next {
        // Who has not passed yet is not done with it.
        tried(course, made, slug, &row.person, (person, last), steps);
    }
    steps.push(Step { at: seen, deed: Deed::Seen { person } });
    Ok(())
}

/// The tries of a quiz, the last of which was handed in at a moment.
fn tried(
    course: &content::Course,
    made: &Made,
    slug: &str,
    key: &str,
    (person, at): (PersonId, Time),
    steps: &mut Vec<Step>,
) {
    const MINUTES_EACH: i64 = 6;
    let Some(quiz) = course.item(slug).and_then(|item| item.quiz.as_ref()) else { return };
    let (Some(tries), Some(item)) = (quiz.tries.get(key), made.items.get(slug)) else { return };
    let questions = made.quizzes.get(slug).cloned().unwrap_or_default();
    for (before, answers) in tries.iter().rev().enumerate() {
        let end = at.plus_seconds(-(before as i64) * (MINUTES_EACH + 2) * 60);
        let begun = end.plus_seconds(-MINUTES_EACH * 60);
        steps.push(Step { at: begun, deed: Deed::Start { item: item.clone(), person } });
        let (item, quiz) = (item.clone(), Arc::clone(quiz));
        let answer = Deed::Answer { item, person, quiz, questions: questions.clone(), answers: answers.clone() };
        steps.push(Step { at: end, deed: answer });
    }
}

/// Work that was handed in at a moment, and the marks for it.
fn handed_in(
    made: &Made,
    item: &Item,
    work: &Work,
    (person, at): (PersonId, Time),
    cast: &Cast,
    days: &Days,
    steps: &mut Vec<Step>,
) -> Result<(), Error> {
    steps.push(Step { at, deed: Deed::HandIn { item: item.clone(), person, work: work.clone() } });
    if let Some(mark) = &work.mark {
        let by = mark.by.as_ref().map_or(Ok(made.teacher), |key| cast.person(key))?;
        let at = days.past(at.plus_days(mark.days).plus_seconds(1_740)).max(at);
        steps.push(Step { at, deed: Deed::Mark { item: item.clone(), person, mark: mark.clone(), by } });
    }
    Ok(())
}

/// What lies there, begun.
fn lying(course: &content::Course, made: &Made, cast: &Cast, days: &Days, steps: &mut Vec<Step>) -> Result<(), Error> {
    for told in course.module.iter().flat_map(|module| &module.item) {
        for work in &told.work {
            let (Some(count), Some(item)) = (work.begun_days, made.items.get(&told.slug)) else { continue };
            let (item, person) = (item.clone(), cast.person(&work.person)?);
            let at = days.past(days.at(count, 16, 40));
            steps.push(Step { at, deed: Deed::Begin { item, person, work: work.clone() } });
        }
    }
    Ok(())
}

/// Grades for what is done elsewhere.
fn graded(course: &content::Course, made: &Made, cast: &Cast, days: &Days, steps: &mut Vec<Step>) -> Result<(), Error> {
    let told = course.grading.iter().flat_map(|grading| &grading.column);
    for (told, column) in told.zip(&made.graded.columns) {
        let Some(count) = told.graded_days else { continue };
        let one = |(key, text): (&String, &String)| Ok((cast.person(key)?, grading::given(text)?));
        let grades = told.grades.iter().map(one).collect::<Result<_, Error>>()?;
        let (course, column, by) = (made.course, *column, made.teacher);
        let at = days.past(days.at(count, 17, 5));
        steps.push(Step { at, deed: Deed::Grade { course, column, grades, by } });
        if let Some(count) = told.posted_days {
            let at = days.past(days.at(count, 9, 20));
            steps.push(Step { at, deed: Deed::Post { course, column, by } });
        }
    }
    Ok(())
}

/// The `place`th of `count` moments between two: people come in bouts, some days apart, the last time at the end.
fn moment(first: Time, last: Time, place: i64, count: i64, person: usize) -> Time {
    const BOUT: i64 = 3;
    let bouts = (count + BOUT - 1).div_euclid(BOUT);
    let (bout, within) = ((place + BOUT - 1).div_euclid(BOUT), (place - 1).rem_euclid(BOUT));
    let span = last.seconds() - first.seconds();
    let uneven = (person as i64 * 7919 + bout * 104_729).rem_euclid(5_000);
    let offset = span * bout / bouts + within * 420 + uneven;
    first.plus_seconds(offset.clamp(0, span - (count - place).min(span)))
}

/// The slugs of what the person has done, in the order of the course.
fn studied<'c>(course: &'c content::Course, row: &content::Enrolment) -> Option<Vec<&'c str>> {
    let published = course.module.iter().filter(|module| module.published).flat_map(|module| &module.item);
    let counting: Vec<&str> =
        published.filter(|item| item.published && item.counts()).map(|item| item.slug.as_str()).collect();
    let done = match (&row.next, row.progress) {
        (Some(next), _) => counting.iter().position(|slug| slug == next)?,
        (None, Some(share)) => counting.len() * share.min(100) / 100,
        (None, None) => 0,
    };
    Some(counting[..done].to_vec())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_are_in_order_and_between() {
        let (first, last) = (Time::from_seconds(1_000), Time::from_seconds(1_000_000));
        for person in 0..20 {
            let moments: Vec<Time> = (1..=25).map(|place| moment(first, last, place, 25, person)).collect();
            assert!(moments.iter().all(|at| (first..=last).contains(at)));
            assert!(moments.is_sorted_by_key(|at| at.seconds() / 8_000), "{person}");
            assert_eq!(moments.last(), Some(&last), "{person}");
        }
    }
}
