//! Points off for late work, and a score for missing work (campus-rules M4).

use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::Zero;

use crate::{Percent, Points};

/// The step in which lateness is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Interval {
    /// Each hour begun.
    Hour,
    /// Each day begun.
    Day,
}

impl Interval {
    /// Its length.
    pub const fn seconds(self) -> i64 {
        match self {
            Self::Hour => 3_600,
            Self::Day => 86_400,
        }
    }
}

/// The late policy of a course.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LatePolicy {
    /// Off for each interval, in percent of the points possible.
    pub percent_each: Percent,
    /// The interval.
    pub interval: Interval,
    /// The percentage below which lateness alone takes nobody.
    pub lowest: Option<Percent>,
    /// Minutes after the due date that do not count as late at all.
    pub grace_minutes: u32,
}

/// What lateness took.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Deduction {
    /// Intervals begun.
    pub intervals: i64,
    /// Points taken, to two places.
    pub points: Points,
    /// What is left.
    pub score: Points,
}

/// What is left of a score. The raw score is kept beside it, so that another policy or date works out anew.
pub fn late(raw: Points, possible: Points, seconds_late: i64, policy: &LatePolicy) -> Deduction {
    if seconds_late <= i64::from(policy.grace_minutes) * 60 {
        return Deduction { intervals: 0, points: Points::ZERO, score: raw };
    }
    let step = policy.interval.seconds();
    let intervals = seconds_late / step + i64::from(seconds_late % step > 0);
    let each = possible.exact() * policy.percent_each.share();
    let wanted = each * BigInt::from(intervals);
    // As far as the lowest percentage, and never below nothing: the score does not become negative, nor worse than it was.
    let floor = possible.exact() * policy.lowest.unwrap_or_default().share();
    let most = (raw.exact() - floor).max(BigRational::zero());
    let points = Points::to_two_places(&wanted.min(most)).min(raw).max(Points::ZERO);
    Deduction { intervals, points, score: raw - points }
}

/// What missing work scores, where the policy takes so many percent for it.
pub fn missing(possible: Points, percent_off: Percent) -> Points {
    Points::to_two_places(&(possible.exact() * (BigRational::from_integer(BigInt::from(1)) - percent_off.share())))
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::allow_attributes, reason = "a test says so by stopping")]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn policy(percent: i64, interval: Interval, lowest: Option<i64>) -> LatePolicy {
        let percent_of = |percent: i64| Percent::from_units(percent * 100);
        LatePolicy { percent_each: percent_of(percent), interval, lowest: lowest.map(percent_of), grace_minutes: 0 }
    }

    #[test]
    fn a_share_of_the_possible_points_goes_for_each_interval_begun() {
        let day = policy(10, Interval::Day, None);
        let taken = |raw: i64, seconds: i64, policy: &LatePolicy| {
            let deduction = late(Points::whole(raw), Points::whole(50), seconds, policy);
            (deduction.intervals, deduction.points.to_string(), deduction.score.to_string())
        };
        let told = |intervals, points: &str, score: &str| (intervals, points.to_owned(), score.to_owned());
        assert_eq!(taken(40, 1, &day), told(1, "5", "35"));
        assert_eq!(taken(40, 86_400, &day), told(1, "5", "35"));
        assert_eq!(taken(40, 86_401, &day), told(2, "10", "30"));
        assert_eq!(taken(40, 30 * 86_400, &day), told(30, "40", "0"), "never below nothing");
        assert_eq!(taken(-3, 86_400, &day), told(1, "0", "-3"), "what is below already stays");
        assert_eq!(taken(40, 30 * 86_400, &policy(10, Interval::Day, Some(60))), told(30, "10", "30"));
        assert_eq!(
            taken(20, 86_400, &policy(10, Interval::Day, Some(60))),
            told(1, "0", "20"),
            "below the lowest already"
        );
        let grace = LatePolicy { grace_minutes: 15, ..day };
        assert_eq!(taken(40, 900, &grace), told(0, "0", "40"));
        assert_eq!(taken(40, 901, &grace), told(1, "5", "35"));
        assert_eq!(taken(40, 0, &day), told(0, "0", "40"));
    }

    #[test]
    fn missing_work_keeps_what_the_policy_leaves() {
        assert_eq!(missing(Points::whole(50), Percent::from_units(10_000)), Points::ZERO);
        assert_eq!(missing("33.33".parse().unwrap(), Percent::from_units(5_000)).to_string(), "16.67");
    }

    proptest! {
        /// The rule as campus-rules M4 writes it, in percentages: in whole units no rounding comes between.
        #[test]
        fn agrees_with_the_rule_in_percentages(raw in 0..=100_i64, seconds in 1..2_000_000_i64, each in 0..=30_i64, lowest in 0..=90_i64) {
            let policy = policy(each, Interval::Hour, Some(lowest));
            let intervals = (seconds + 3_599) / 3_600;
            let percent_off = (each * intervals).min((raw - lowest).max(0));
            let deduction = late(Points::whole(raw), Points::whole(100), seconds, &policy);
            prop_assert_eq!(deduction.score, Points::whole(raw - percent_off));
            let later = late(Points::whole(raw), Points::whole(100), seconds + 5_000, &policy);
            prop_assert!(later.score <= deduction.score);
        }
    }
}
