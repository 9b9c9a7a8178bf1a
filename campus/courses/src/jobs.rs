//! Work outside a request.

use std::time::Duration;

use store::Tx;
use work::{JobKind, Schedule};

use crate::enrolment::{courses_with_waiting, fill_places};

const FILL_PLACES: &str = "courses.fill-places";

/// The jobs of this crate.
pub fn jobs() -> Vec<JobKind> {
    vec![JobKind::new(FILL_PLACES, |run| async move {
        run.db.write(fill_free_places).await?;
        Ok(())
    })]
}

/// What is put in regularly.
pub fn schedules() -> Vec<Schedule> {
    vec![Schedule { kind: FILL_PLACES, every: Duration::from_hours(1) }]
}

/// Gives away the places that got free only because the time of an enrolment has passed, which no change tells of.
/// Running it again does nothing. Answers how many people got one.
fn fill_free_places(tx: &mut Tx<'_>) -> store::Result<usize> {
    let mut promoted = 0;
    for course in courses_with_waiting(tx)? {
        promoted += fill_places(tx, course, None)?.len();
    }
    Ok(promoted)
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::allow_attributes, reason = "a test says so by stopping")]
mod tests {
    use super::*;
    use crate::enrolment::{IfFull, NewEnrolment, enrol};
    use crate::section::SectionSettings;
    use crate::{CourseRole, EnrolmentState, Section, testing};

    #[store::test]
    async fn a_place_that_time_has_freed_is_given_away(db: store::Db) {
        let clock = db.clock().clone();
        let course = db
            .write(|tx| {
                testing::seed(tx)?;
                let course = testing::course(tx, "Marine ecology")?;
                let one = SectionSettings { name: "A".to_owned(), capacity: Some(1), ..Default::default() };
                let by = course.made_by.unwrap();
                Section::of(tx, course.id)?.remove(0).change(tx, &one, by)?;
                let now = tx.now();
                for (name, ends) in [("Ana", Some(now.plus_seconds(60))), ("Ben", None)] {
                    let person = people::testing::person(tx, name)?;
                    let new = NewEnrolment { ends, ..NewEnrolment::new(course.id, person, CourseRole::Learner) };
                    enrol(tx, &new, IfFull::Wait, None)?;
                }
                Ok::<_, store::Error>(course)
            })
            .await
            .unwrap();
        assert_eq!(db.write(fill_free_places).await.unwrap(), 0);
        clock.set(clock.now().plus_seconds(61));
        assert_eq!(db.write(fill_free_places).await.unwrap(), 1);
        let active = db.read(move |tx| crate::Enrolment::active_learners(tx, course.id)).await.unwrap();
        assert_eq!(active.iter().map(|e| e.state).collect::<Vec<_>>(), [EnrolmentState::Active]);
        assert_eq!(db.write(fill_free_places).await.unwrap(), 0);
    }
}
