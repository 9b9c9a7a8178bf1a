//! When an attempt ends, and what may be done at a moment (campus-rules M11). The server's clock alone decides.

use store::Time;

/// How long after the end answers are still taken that were given before it: the network may be slow.
pub const TOLERANCE_SECONDS: i64 = 60;
/// The longest grace, in seconds.
pub const GRACE_SECONDS_MAX: i64 = 7 * 86_400;

store::text_enum! {
    /// What happens where an attempt is not handed in by its end.
    pub enum Overdue {
        /// It is handed in as it is.
        Submit = "submit",
        /// It may be handed in for a while, but not changed; after that it does not count.
        Grace = "grace",
        /// It does not count.
        Abandon = "abandon",
    }
}

/// The end of an attempt: the earlier of its time limit (longer by this percentage for who needs more) and the moment at
/// which the quiz closes for this person. None where it never ends.
pub fn ends_at(started: Time, limit_minutes: Option<u32>, extra_percent: u32, closes: Option<Time>) -> Option<Time> {
    let limit = limit_minutes.map(|minutes| {
        let seconds = i64::from(minutes) * 60 * (100 + i64::from(extra_percent)) / 100;
        started.plus_seconds(seconds)
    });
    [limit, closes].into_iter().flatten().min()
}

/// When an attempt ends and what follows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Clock {
    /// Its end; none where it never ends.
    pub ends_at: Option<Time>,
    /// What happens then.
    pub overdue: Overdue,
    /// How long it may still be handed in, in seconds, where it may.
    pub grace_seconds: i64,
}

/// What may be done with an attempt that was not handed in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Standing {
    /// Everything.
    Running,
    /// Its time is up: what was answered before is still taken in, and it may be handed in.
    Closing,
    /// It may only be handed in.
    Grace,
    /// It is handed in as it is, by whoever looks first.
    HandedIn,
    /// It is over and does not count.
    Lapsed,
}

impl Clock {
    /// What may be done at a moment.
    pub fn standing(&self, now: Time) -> Standing {
        let Some(ends_at) = self.ends_at else { return Standing::Running };
        if now < ends_at {
            Standing::Running
        } else if now <= ends_at.plus_seconds(TOLERANCE_SECONDS) {
            Standing::Closing
        } else {
            match self.overdue {
                Overdue::Submit => Standing::HandedIn,
                Overdue::Grace if Some(now) <= self.look_at() => Standing::Grace,
                Overdue::Grace | Overdue::Abandon => Standing::Lapsed,
            }
        }
    }

    /// The moment after which somebody must look at the attempt: it is then over. None where it never is.
    pub fn look_at(&self) -> Option<Time> {
        let wait = match self.overdue {
            Overdue::Grace => self.grace_seconds.clamp(TOLERANCE_SECONDS, GRACE_SECONDS_MAX),
            Overdue::Submit | Overdue::Abandon => TOLERANCE_SECONDS,
        };
        self.ends_at.map(|ends_at| ends_at.plus_seconds(wait))
    }
}

impl Standing {
    /// Whether answers are taken.
    pub const fn takes_answers(self) -> bool {
        matches!(self, Self::Running | Self::Closing)
    }

    /// Whether it may be handed in.
    pub const fn takes_hand_in(self) -> bool {
        matches!(self, Self::Running | Self::Closing | Self::Grace)
    }

    /// Whether it is over.
    pub const fn is_over(self) -> bool {
        matches!(self, Self::HandedIn | Self::Lapsed)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::allow_attributes, reason = "a test says so by stopping")]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn at(seconds: i64) -> Time {
        Time::from_seconds(seconds)
    }

    #[test]
    fn the_end_is_the_earlier_of_limit_and_closing() {
        assert_eq!(ends_at(at(0), Some(60), 0, None), Some(at(3600)));
        assert_eq!(ends_at(at(0), Some(60), 50, None), Some(at(5400)));
        assert_eq!(ends_at(at(0), Some(60), 50, Some(at(4000))), Some(at(4000)));
        assert_eq!(ends_at(at(0), None, 50, Some(at(4000))), Some(at(4000)));
        assert_eq!(ends_at(at(0), None, 50, None), None);
    }

    #[test]
    fn what_may_be_done_minute_by_minute() {
        let clock = |overdue| Clock { ends_at: Some(at(600)), overdue, grace_seconds: 300 };
        let standing = |overdue, now| clock(overdue).standing(at(now));
        for overdue in Overdue::ALL {
            assert_eq!(standing(*overdue, 599), Standing::Running);
            assert_eq!((standing(*overdue, 600), standing(*overdue, 660)), (Standing::Closing, Standing::Closing));
        }
        assert_eq!(standing(Overdue::Submit, 661), Standing::HandedIn);
        assert_eq!(standing(Overdue::Abandon, 661), Standing::Lapsed);
        assert_eq!((standing(Overdue::Grace, 661), standing(Overdue::Grace, 900)), (Standing::Grace, Standing::Grace));
        assert_eq!(standing(Overdue::Grace, 901), Standing::Lapsed);
        assert_eq!(Clock { ends_at: None, ..clock(Overdue::Submit) }.standing(at(1 << 40)), Standing::Running);
    }

    proptest! {
        /// Time never gives back what it took, the job looks exactly when an attempt is over, and more time never hurts.
        #[test]
        fn standing_only_moves_on(
            overdue in proptest::sample::select(Overdue::ALL.to_vec()),
            ends in 0_i64..10_000,
            more in 0_i64..5_000,
            grace_seconds in -10_i64..5_000,
            now in 0_i64..20_000,
            step in 0_i64..5_000,
        ) {
            let clock = Clock { ends_at: Some(at(ends)), overdue, grace_seconds };
            let (before, after) = (clock.standing(at(now)), clock.standing(at(now + step)));
            prop_assert!(before <= after, "{before:?} then {after:?}");
            prop_assert_eq!(before.is_over(), Some(at(now)) > clock.look_at());
            let longer = Clock { ends_at: Some(at(ends + more)), ..clock };
            prop_assert!(longer.standing(at(now)) <= before);
            prop_assert!(!before.takes_answers() || before.takes_hand_in());
        }
    }
}
