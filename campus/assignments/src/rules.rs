//! The rules of handing in: when, how often, how late, and what the state of somebody's work is (campus-rules M5, M20,
//! M21). Pure.

use store::Time;

/// Whether something can be handed in at a moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Door {
    /// It can; so many seconds after the due date, 0 where it is in time.
    Open {
        /// Seconds late.
        late_seconds: i64,
    },
    /// It opens at this moment.
    NotYet(Time),
    /// It closed at this moment.
    Closed(Time),
}

/// The dates that hold for somebody.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Dates {
    /// From when on.
    pub unlock: Option<Time>,
    /// Until when it is in time.
    pub due: Option<Time>,
    /// From when on nothing is taken any more.
    pub lock: Option<Time>,
}

impl Dates {
    /// The dates of an item, as they hold for somebody.
    pub fn of(item: &outline::Item) -> Self {
        Self { unlock: item.unlock_at, due: item.due_at, lock: item.lock_at }
    }

    /// Whether what is sent at this moment is taken. The closing date itself is closed: what was sent before it is taken.
    pub fn door(&self, at: Time) -> Door {
        if let Some(unlock) = self.unlock.filter(|unlock| at < *unlock) {
            return Door::NotYet(unlock);
        }
        if let Some(lock) = self.lock.filter(|lock| at >= *lock) {
            return Door::Closed(lock);
        }
        Door::Open { late_seconds: late_seconds(self.due, at) }
    }
}

/// Seconds after the due date, those begun counted whole; 0 where it is in time or there is no due date. What is sent at
/// the due date itself is in time (campus-rules M5: late is after it).
pub fn late_seconds(due: Option<Time>, at: Time) -> i64 {
    let Some(due) = due else { return 0 };
    let micros = at.micros().saturating_sub(due.micros()).max(0);
    micros / 1_000_000 + i64::from(micros % 1_000_000 > 0)
}

/// How many attempts are left; none where there is no limit (campus-rules M5).
pub fn attempts_left(max: Option<u32>, extra: u32, used: u32) -> Option<u32> {
    max.map(|max| max.saturating_add(extra).saturating_sub(used))
}

/// What is known of somebody's work.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Known {
    /// Whether anything is written down that was not handed in.
    pub has_draft: bool,
    /// How late the newest attempt was, in seconds; none where nothing was handed in.
    pub late_seconds: Option<i64>,
    /// When the newest attempt was handed in.
    pub handed_in_at: Option<Time>,
    /// When marks were last given.
    pub marked_at: Option<Time>,
    /// Until when it is to be handed in.
    pub due: Option<Time>,
    /// Whether it need not be done.
    pub is_excused: bool,
    /// Whether it is handed in here, and not on paper only.
    pub is_expected: bool,
}

/// The state of somebody's work, derived each time (campus-rules M5).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Standing {
    /// It need not be done.
    Excused,
    /// Marked, and nothing was handed in since.
    Marked,
    /// Handed in again after it was marked.
    AgainIn,
    /// Handed in after the due date, not marked yet.
    Late,
    /// Handed in, not marked yet.
    In,
    /// Not handed in, and the due date is over.
    Overdue,
    /// Begun, not handed in.
    Draft,
    /// Nothing yet.
    NotBegun,
}

impl Known {
    /// The state at this moment.
    pub fn standing(&self, now: Time) -> Standing {
        let is_new = self.handed_in_at.is_some_and(|at| self.marked_at.is_some_and(|marked| at > marked));
        match (self.late_seconds, self.marked_at) {
            _ if self.is_excused => Standing::Excused,
            (Some(_), Some(_)) if is_new => Standing::AgainIn,
            (_, Some(_)) => Standing::Marked,
            (Some(late), None) if late > 0 => Standing::Late,
            (Some(_), None) => Standing::In,
            (None, None) if self.is_expected && self.due.is_some_and(|due| now > due) => Standing::Overdue,
            (None, None) if self.has_draft => Standing::Draft,
            (None, None) => Standing::NotBegun,
        }
    }
}

impl Standing {
    /// Whether it waits for those who mark.
    pub const fn waits(self) -> bool {
        matches!(self, Self::In | Self::Late | Self::AgainIn)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::allow_attributes, reason = "a test says so by stopping")]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const fn at(seconds: i64) -> Time {
        Time::from_seconds(seconds)
    }

    #[test]
    fn the_door_opens_and_closes_by_the_dates() {
        let dates = Dates { unlock: Some(at(10)), due: Some(at(20)), lock: Some(at(30)) };
        for (moment, door) in [
            (at(9), Door::NotYet(at(10))),
            (at(10), Door::Open { late_seconds: 0 }),
            (at(20), Door::Open { late_seconds: 0 }),
            (Time::from_micros(20_000_001), Door::Open { late_seconds: 1 }),
            (at(21), Door::Open { late_seconds: 1 }),
            (Time::from_micros(29_999_999), Door::Open { late_seconds: 10 }),
            (at(30), Door::Closed(at(30))),
            (at(99), Door::Closed(at(30))),
        ] {
            assert_eq!(dates.door(moment), door, "{moment}");
        }
        assert_eq!(Dates::default().door(at(5)), Door::Open { late_seconds: 0 });
    }

    #[test]
    fn attempts_are_counted_with_those_given_in_addition() {
        assert_eq!(attempts_left(None, 3, 99), None);
        assert_eq!(attempts_left(Some(1), 0, 1), Some(0));
        assert_eq!(attempts_left(Some(1), 2, 1), Some(2));
        assert_eq!(attempts_left(Some(1), 0, 5), Some(0));
        assert_eq!(attempts_left(Some(u32::MAX), 9, 1), Some(u32::MAX - 1));
    }

    #[test]
    fn a_standing_follows_from_what_is_known() {
        let expected = Known { is_expected: true, due: Some(at(50)), ..Known::default() };
        let handed_in = Known { late_seconds: Some(0), handed_in_at: Some(at(40)), ..expected };
        for (known, now, standing) in [
            (expected, at(50), Standing::NotBegun),
            (expected, at(51), Standing::Overdue),
            (Known { has_draft: true, ..expected }, at(50), Standing::Draft),
            (Known { has_draft: true, ..expected }, at(51), Standing::Overdue),
            (Known { is_expected: false, ..expected }, at(99), Standing::NotBegun),
            (handed_in, at(99), Standing::In),
            (Known { late_seconds: Some(1), ..handed_in }, at(99), Standing::Late),
            (Known { marked_at: Some(at(60)), ..handed_in }, at(99), Standing::Marked),
            (Known { marked_at: Some(at(39)), ..handed_in }, at(99), Standing::AgainIn),
            (Known { marked_at: Some(at(60)), ..expected }, at(99), Standing::Marked),
            (Known { is_excused: true, ..handed_in }, at(99), Standing::Excused),
        ] {
            assert_eq!(known.standing(now), standing, "{known:?}");
        }
    }

    proptest! {
        /// Whoever is late is so by the time that has passed since the due date, and nobody is late before it.
        #[test]
        fn lateness_is_the_time_since_the_due_date(due in 0..1_000_000_i64, moment in 0..1_000_000_i64) {
            let late = late_seconds(Some(Time::from_micros(due)), Time::from_micros(moment));
            prop_assert_eq!(late > 0, moment > due);
            prop_assert!(late * 1_000_000 >= moment - due && (late - 1) * 1_000_000 < (moment - due).max(1));
        }

        /// A later moment never finds more open than an earlier one after the opening, and lateness never shrinks.
        #[test]
        fn time_closes_doors(unlock in 0..50_i64, due in 0..50_i64, lock in 0..50_i64, first in 0..50_i64, more in 0..50_i64) {
            let dates = Dates { unlock: Some(at(unlock)), due: Some(at(due)), lock: Some(at(lock)) };
            match (dates.door(at(first)), dates.door(at(first + more))) {
                (Door::Open { late_seconds: early }, Door::Open { late_seconds: later }) => prop_assert!(early <= later),
                (Door::Closed(_), door) => prop_assert_eq!(door, Door::Closed(at(lock))),
                (_, Door::NotYet(_)) => prop_assert!(first < unlock),
                _ => {}
            }
        }
    }
}
