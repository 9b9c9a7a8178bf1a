//! Many results of one outcome, rolled up into one (campus-rules M9).

use num_bigint::BigInt;
use num_rational::BigRational;

use crate::{Percent, Points};

/// How results are rolled up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    /// The best.
    Highest,
    /// The last.
    Latest,
    /// The mean.
    Average,
    /// The last with this weight, the mean of all before with the rest.
    WeightedAverage(Percent),
    /// Each with this weight against all before it.
    DecayingAverage(Percent),
    /// The mean of those that show mastery, once there are so many.
    Mastery(usize),
}

/// The roll-up of results in the order in which they came, to two places; none where the method asks for more of them.
pub fn roll_up(results: &[Points], method: Method, mastery: Points) -> Option<Points> {
    let (last, before) = results.split_last()?;
    match method {
        Method::Highest => results.iter().max().copied(),
        Method::Latest => Some(*last),
        Method::Average => mean(results).map(|mean| Points::to_two_places(&mean)),
        Method::WeightedAverage(weight) => Some(match mean(before) {
            None => *last,
            Some(mean) => Points::to_two_places(&(last.exact() * weight.share() + mean * rest(weight))),
        }),
        Method::DecayingAverage(weight) => {
            let (first, later) = results.split_first()?;
            let sum = later.iter().fold(first.exact(), |sum, next| sum * rest(weight) + next.exact() * weight.share());
            Some(Points::to_two_places(&sum))
        }
        Method::Mastery(count) => {
            let shown: Vec<Points> = results.iter().copied().filter(|result| *result >= mastery).collect();
            if shown.len() < count { None } else { mean(&shown).map(|mean| Points::to_two_places(&mean)) }
        }
    }
}

fn rest(weight: Percent) -> BigRational {
    BigRational::from_integer(BigInt::from(1)) - weight.share()
}

fn mean(results: &[Points]) -> Option<BigRational> {
    let sum: Points = results.iter().copied().sum();
    (!results.is_empty()).then(|| sum.exact() / BigInt::from(results.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The worked examples of the rule.
    #[test]
    fn the_worked_examples_hold() {
        let results: Vec<Points> = (1..=5).map(Points::whole).collect();
        let weight = Percent::from_units(6_500);
        let rolled = |method| roll_up(&results, method, Points::whole(3)).map(|points| points.to_string());
        let said = |text: &str| Some(text.to_owned());
        assert_eq!(rolled(Method::WeightedAverage(weight)), said("4.13"));
        assert_eq!(rolled(Method::DecayingAverage(weight)), said("4.47"));
        assert_eq!(rolled(Method::Mastery(3)), said("4"));
        assert_eq!(rolled(Method::Mastery(4)), None);
        assert_eq!(
            (rolled(Method::Highest), rolled(Method::Latest), rolled(Method::Average)),
            (said("5"), said("5"), said("3"))
        );
        assert_eq!(roll_up(&[Points::whole(2)], Method::WeightedAverage(weight), Points::ZERO), Some(Points::whole(2)));
        assert_eq!(roll_up(&[], Method::Average, Points::ZERO), None);
    }
}
