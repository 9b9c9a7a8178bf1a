//! Which of several attempts counts (campus-rules M11).

use gradebook::Points;
use num_bigint::BigInt;
use num_rational::BigRational;

use crate::share::Share;

store::text_enum! {
    /// Which attempt counts.
    pub enum Keep {
        /// The best.
        Highest = "highest",
        /// The mean of all.
        Average = "average",
        /// The first.
        First = "first",
        /// The last.
        Last = "last",
    }
}

/// What the attempts give together: those that were handed in, in their order, each with its points or none where a person
/// has yet to mark something in it. None where it cannot be said yet: the mean asks for all of them, the best for one.
pub fn kept(keep: Keep, attempts: &[Option<Points>]) -> Option<Points> {
    match keep {
        Keep::Highest => attempts.iter().flatten().max().copied(),
        Keep::First => attempts.first().copied().flatten(),
        Keep::Last => attempts.last().copied().flatten(),
        Keep::Average => {
            let all: Vec<Points> = attempts.iter().copied().collect::<Option<_>>()?;
            let count = BigInt::from(all.len());
            let sum: Points = all.iter().copied().sum();
            (!all.is_empty()).then(|| Share(BigRational::new(1.into(), count)).points(sum))
        }
    }
}

/// So many of so many points, as points of another whole: 7 of 10 is 14 of 20. All of it where the first whole is nothing.
pub fn scaled(earned: Points, of: Points, whole: Points) -> Points {
    if of == whole || of.units() <= 0 {
        return earned;
    }
    Share(earned.exact() / of.exact()).points(whole)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_attempt_that_counts() {
        let points = |points: &[i64]| points.iter().map(|one| Some(Points::whole(*one))).collect::<Vec<_>>();
        let all = points(&[6, 9, 7]);
        let said = |keep| kept(keep, &all).map(|points| points.to_string());
        assert_eq!(said(Keep::Highest).as_deref(), Some("9"));
        assert_eq!(said(Keep::Average).as_deref(), Some("7.3333"));
        assert_eq!(said(Keep::First).as_deref(), Some("6"));
        assert_eq!(said(Keep::Last).as_deref(), Some("7"));
        let waiting = [Some(Points::whole(6)), None];
        assert_eq!(kept(Keep::Highest, &waiting), Some(Points::whole(6)));
        assert_eq!((kept(Keep::Last, &waiting), kept(Keep::Average, &waiting)), (None, None));
        assert_eq!(kept(Keep::Average, &[]), None);
    }

    #[test]
    fn points_of_another_whole() {
        let whole = Points::whole;
        assert_eq!(scaled(whole(7), whole(10), whole(20)), whole(14));
        assert_eq!(scaled(whole(1), whole(3), whole(10)).to_string(), "3.3333");
        assert_eq!(scaled(whole(0), whole(0), whole(10)), whole(0));
    }
}
