//! How much there is, and how it is spread.

/// Items of a course that can be done.
pub const ITEMS: usize = 60;
/// Modules of a course.
pub const MODULES: usize = 10;
/// How far the number of done items differs from the middle, at most.
const SPREAD_MAX: usize = 15;
/// Courses that a teacher teaches.
const TAUGHT: usize = 2;

/// An institution of so many.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Amounts {
    /// People, with one administrator and the teachers.
    pub people: usize,
    /// Courses, each with [`ITEMS`] items.
    pub courses: usize,
    /// Enrolments, with one teacher for each course.
    pub enrolments: usize,
    /// Rows that say that a person has done an item.
    pub completions: usize,
}

/// What the budgets speak of.
pub const WHOLE: Amounts = Amounts { people: 2_000, courses: 200, enrolments: 12_000, completions: 500_000 };

/// A learner's seat in a course.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Seat {
    /// Which of the people, from 0.
    pub person: usize,
    /// How many items they have done: the first ones.
    pub done: usize,
}

impl Amounts {
    /// So many times as much of everything. A course and a person's list of courses stay as large as they are: it is
    /// the institution that grows.
    pub const fn times(self, factor: usize) -> Self {
        Self {
            people: self.people * factor,
            courses: self.courses * factor,
            enrolments: self.enrolments * factor,
            completions: self.completions * factor,
        }
    }

    /// Teachers: people 1 and following; person 0 is the administrator.
    pub const fn teachers(self) -> usize {
        self.courses.div_ceil(TAUGHT)
    }

    /// Who teaches a course.
    pub const fn teacher_of(self, course: usize) -> usize {
        1 + course % self.teachers()
    }

    /// The people who learn.
    pub const fn learners(self) -> std::ops::Range<usize> {
        1 + self.teachers()..self.people
    }

    /// The learners' seats in a course. The seats of all courses are given to the learners in turn, so that everybody
    /// has about as many, and nobody two in one course.
    pub fn seats(self, course: usize) -> Vec<Seat> {
        let (learners, all) = (self.learners(), self.enrolments - self.courses);
        let (from, until) = (all * course / self.courses, all * (course + 1) / self.courses);
        (from..until)
            .map(|seat| Seat { person: learners.start + seat % learners.len(), done: self.done(seat, all) })
            .collect()
    }

    /// How many items the holder of a seat has done: the mean, less or more by turns, so that the sum is exact.
    fn done(self, seat: usize, seats: usize) -> usize {
        let (mean, rest) = (self.completions / seats, self.completions % seats);
        let even = mean + usize::from(seat < rest);
        let spread = SPREAD_MAX.min(mean).min((ITEMS - 1).saturating_sub(mean));
        let off = if spread == 0 { 0 } else { (seat / 2) % (spread + 1) };
        match seat % 2 {
            0 if seat + 1 < seats => even + off,
            0 => even,
            _ => even - off,
        }
    }

    /// Why these amounts do not go together, if they do not.
    pub fn fault(self) -> Option<&'static str> {
        let seats = self.enrolments.saturating_sub(self.courses);
        match self {
            _ if self.courses == 0 || seats == 0 => Some("there must be courses, and more enrolments than courses"),
            _ if self.people < 2 + self.teachers() => Some("there are too few people to teach and to learn"),
            _ if seats.div_ceil(self.courses) > self.learners().len() => Some("a course has more seats than learners"),
            _ if self.completions > seats * ITEMS => Some("more is done than there is to do"),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    fn check(amounts: Amounts) {
        assert_eq!(amounts.fault(), None, "{amounts:?}");
        let courses: Vec<Vec<Seat>> = (0..amounts.courses).map(|course| amounts.seats(course)).collect();
        let all: Vec<&Seat> = courses.iter().flatten().collect();
        assert_eq!(all.len() + amounts.courses, amounts.enrolments);
        assert_eq!(all.iter().map(|seat| seat.done).sum::<usize>(), amounts.completions);
        assert!(all.iter().all(|seat| seat.done <= ITEMS && amounts.learners().contains(&seat.person)));
        for seats in &courses {
            let people: BTreeSet<usize> = seats.iter().map(|seat| seat.person).collect();
            assert_eq!(people.len(), seats.len(), "nobody sits twice in a course");
        }
    }

    #[test]
    fn the_sums_are_exact_and_nobody_sits_twice() {
        check(WHOLE);
        check(WHOLE.times(10));
        check(Amounts { people: 12, courses: 3, enrolments: 20, completions: 701 });
        check(Amounts { people: 9, courses: 2, enrolments: 7, completions: 300 });
        check(Amounts { people: 9, courses: 2, enrolments: 7, completions: 0 });
    }

    #[test]
    fn what_does_not_go_together_is_told() {
        for wrong in [
            Amounts { courses: 0, ..WHOLE },
            Amounts { people: 50, ..WHOLE },
            Amounts { enrolments: 200, ..WHOLE },
            Amounts { people: 110, ..WHOLE },
            Amounts { completions: 11_800 * ITEMS + 1, ..WHOLE },
        ] {
            assert!(wrong.fault().is_some(), "{wrong:?}");
        }
    }

    #[test]
    fn an_institution_ten_times_as_large_has_courses_of_the_same_size() {
        let seats = |amounts: Amounts| amounts.seats(7).len();
        assert_eq!(seats(WHOLE), seats(WHOLE.times(10)));
        assert_eq!(seats(WHOLE), 59);
    }
}
