//! What pages of this crate show and only `outline` knows. It is registered in the context by `app`
//! (`Ctx::builder(db).with(ProgressProvider(outline::progress))`); where nothing is, the pages do without.

use people::PersonId;
use store::{Time, Tx};

use crate::CourseId;

/// Where a person is in each of these courses: at most three statements, however many courses there are.
#[derive(Clone, Copy, Debug)]
pub struct ProgressProvider(pub fn(&mut Tx<'_>, PersonId, &[CourseId]) -> store::Result<Vec<Progress>>);

/// Where somebody is in a course.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Progress {
    /// The course.
    pub course: CourseId,
    /// How many steps are done.
    pub done: u32,
    /// How many there are.
    pub total: u32,
    /// What to do next; none at the end.
    pub next: Option<NextStep>,
}

impl Progress {
    /// How much is done, in whole percent; 0 and 100 only where nothing or everything is.
    pub fn percent(&self) -> u8 {
        if self.total == 0 || self.done == 0 {
            return 0;
        }
        if self.done >= self.total {
            return 100;
        }
        let exact = u64::from(self.done) * 100 / u64::from(self.total);
        u8::try_from(exact.clamp(1, 99)).unwrap_or(99)
    }
}

/// A step to take.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NextStep {
    /// What it is called.
    pub title: String,
    /// Where it is.
    pub href: String,
    /// Until when it is to be done.
    pub due: Option<Time>,
}

/// The dates of a course in their order. The flag asks for every date, as those who copy the course need them;
/// without it only those of what learners see.
#[derive(Clone, Copy, Debug)]
pub struct DatesProvider(pub fn(&mut Tx<'_>, CourseId, bool) -> store::Result<Vec<CourseDate>>);

/// A date of a course.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CourseDate {
    /// When.
    pub at: Time,
    /// What it belongs to.
    pub title: String,
    /// What happens then: a message id such as `courses-date-due`, `courses-date-opens`, `courses-date-closes`.
    pub what: &'static str,
    /// Where it is.
    pub href: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_is_never_nothing_and_never_all() {
        let percent = |done, total| Progress { course: store::Id::nil().into(), done, total, next: None }.percent();
        assert_eq!(
            [percent(0, 0), percent(0, 5), percent(1, 1000), percent(999, 1000), percent(7, 7)],
            [0, 0, 1, 99, 100]
        );
        assert_eq!(percent(3, 6), 50);
    }
}
