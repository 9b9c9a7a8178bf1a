//! Moving the grades of a column (campus-rules M24). Exact; to two places, once.

use std::hash::{DefaultHasher, Hash as _, Hasher as _};

use num_bigint::BigInt;
use num_rational::BigRational;
use people::PersonId;
use store::{Event, Result, Tx};

use crate::give::Giving;
use crate::grade::of_column;
use crate::list::begin;
use crate::{BatchId, Column, Grade, GradeState, Points, Policy, Source};

/// How grades are moved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum How {
    /// Each by so many points.
    Add(Points),
    /// Each to so many times its points.
    Times(Points),
    /// In proportion, so that the best has all points.
    Best,
    /// To the root of the share: 49 % become 70 %, 81 % become 90 %.
    Root,
}

/// A curve.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Curve {
    /// How grades are moved.
    pub how: How,
    /// Whether nobody gets more than the points possible. Who had more keeps it.
    pub capped: bool,
    /// Whether nobody gets less than before.
    pub never_lower: bool,
}

impl Curve {
    /// What a grade becomes. `best` is the best of the column.
    pub fn of(&self, raw: Points, possible: Points, best: Points) -> Points {
        let moved = match self.how {
            How::Add(points) => raw + points,
            How::Times(factor) => Points::to_two_places(&(raw.exact() * factor.exact())),
            How::Best if best > Points::ZERO => Points::to_two_places(&(raw.exact() * possible.exact() / best.exact())),
            How::Root if raw > Points::ZERO && possible > Points::ZERO => root(raw, possible),
            How::Best | How::Root => raw,
        };
        let moved = if self.capped { moved.min(possible.max(raw)) } else { moved };
        if self.never_lower { moved.max(raw) } else { moved }
    }
}

/// The root of the share of the points possible, times these, to two places: the root of the product of both. Whole numbers
/// only: the root of a whole number is at least a whole bound where its whole part is.
fn root(raw: Points, possible: Points) -> Points {
    let product = u128::from(raw.units().unsigned_abs()) * u128::from(possible.units().unsigned_abs());
    let hundredths = (product.isqrt() + 50) / 100;
    let hundredths = i64::try_from(hundredths).unwrap_or(i64::MAX);
    Points::to_two_places(&BigRational::new(BigInt::from(hundredths), BigInt::from(100)))
}

/// A grade that a curve moves.
#[derive(Clone, Copy, Debug)]
pub struct Moved {
    /// As it is.
    pub grade: Grade,
    /// What its points become.
    pub to: Points,
}

/// What a curve makes of the grades of a column: those that it changes. Pure.
pub fn moved(grades: &[Grade], possible: Points, curve: &Curve) -> Vec<Moved> {
    let graded = || grades.iter().filter(|grade| grade.state == GradeState::Graded);
    let best = graded().filter_map(|grade| grade.points).max().unwrap_or_default();
    let moved = |grade: &Grade| {
        let raw = grade.points?;
        let to = curve.of(raw, possible, best);
        (to != raw).then_some(Moved { grade: *grade, to })
    };
    graded().filter_map(moved).collect()
}

/// A mark of these grades: others have another. By it the grades that are moved are known to be those that were shown.
pub fn mark(grades: &[Grade]) -> String {
    let mut points: Vec<_> = grades.iter().map(|grade| (grade.person, grade.points, grade.state)).collect();
    points.sort_unstable();
    let mut hasher = DefaultHasher::new();
    points.hash(&mut hasher);
    format!("{:016x}", hasher.finish())
}

/// Moves the grades of a column as one batch, which can be undone. The raw points before stand in the history. Answers the
/// batch and how many grades changed.
pub fn apply(tx: &mut Tx<'_>, column: &Column, curve: &Curve, by: PersonId) -> Result<(BatchId, usize)> {
    let policy = Policy::of(tx, column.course)?;
    let grades = of_column(tx, column.id)?;
    let batch = begin(tx, column.course, "curve", by)?;
    let giving = Giving { column, policy: &policy, batch: Some(batch), by };
    let source = if column.item.is_some() { Source::Override } else { Source::Marker };
    let mut count = 0;
    for one in moved(&grades, column.points, curve) {
        let before = giving.lock(tx, one.grade.person)?;
        // What changed between is left: the curve was made of what was read.
        if before.points == one.grade.points && before.state == one.grade.state {
            count += usize::from(giving.put(tx, &before, Grade { points: Some(one.to), source, ..before })?);
        }
    }
    let event = Event::new("grades.curved", "grade-column", column.id).by(by).within("course", column.course);
    tx.record(&event.with("title", column.title.as_str()).with("grades", count))?;
    Ok((batch, count))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const fn curve(how: How) -> Curve {
        Curve { how, capped: true, never_lower: true }
    }

    fn of(how: How, raw: i64) -> String {
        curve(how).of(Points::whole(raw), Points::whole(100), Points::whole(80)).to_string()
    }

    #[test]
    fn each_curve_does_what_its_name_says() {
        assert_eq!(of(How::Add(Points::whole(7)), 50), "57");
        assert_eq!(of(How::Add(Points::whole(7)), 98), "100", "not beyond what is possible");
        assert_eq!(of(How::Times(Points::from_units(11_000)), 50), "55");
        assert_eq!(of(How::Times(Points::from_units(5_000)), 50), "50", "never lower");
        assert_eq!([of(How::Best, 80), of(How::Best, 30)], ["100", "37.5"]);
        assert_eq!([of(How::Root, 49), of(How::Root, 81), of(How::Root, 50)], ["70", "90", "70.71"]);
        assert_eq!(of(How::Root, 0), "0");
        let free = Curve { how: How::Add(Points::whole(7)), capped: false, never_lower: false };
        assert_eq!(free.of(Points::whole(98), Points::whole(100), Points::ZERO).to_string(), "105");
    }

    fn how() -> impl Strategy<Value = How> {
        prop_oneof![
            (-200_000..=200_000_i64).prop_map(|units| How::Add(Points::from_units(units))),
            (0..=30_000_i64).prop_map(|units| How::Times(Points::from_units(units))),
            Just(How::Best),
            Just(How::Root),
        ]
    }

    proptest! {
        #[test]
        fn nobody_is_lowered_or_lifted_beyond_and_the_order_stays(
            how in how(), one in 0..=1_200_000_i64, other in 0..=1_200_000_i64, best in 0..=1_200_000_i64,
        ) {
            let (one, other) = (Points::from_units(one.min(other)), Points::from_units(one.max(other)));
            let (possible, best) = (Points::whole(100), Points::from_units(best).max(other));
            let [low, high] = [one, other].map(|raw| curve(how).of(raw, possible, best));
            prop_assert!(low >= one && high >= other, "nobody is lowered");
            prop_assert!(low <= possible.max(one) && high <= possible.max(other), "nobody is lifted beyond");
            // Rounding may make equals of two, and a cap of many; it never turns them round.
            prop_assert!(low <= high);
        }

        /// The root is the nearest hundredth: held against the square of its neighbours.
        #[test]
        fn a_root_is_the_nearest_hundredth(raw in 1..=1_000_000_i64) {
            let root = root(Points::from_units(raw), Points::whole(100));
            let half = BigRational::new(BigInt::from(1), BigInt::from(200));
            let exact = Points::from_units(raw).exact() * Points::whole(100).exact();
            let (low, high) = (root.exact() - &half, root.exact() + &half);
            prop_assert!(&low * &low <= exact && exact <= &high * &high);
        }
    }
}
