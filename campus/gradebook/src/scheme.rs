//! From a percentage to a letter, and to grade points (campus-rules M2).

use crate::{Percent, Points};

/// One step of a scheme.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// Its name: `A-`, `2,3`, `Pass`.
    pub name: String,
    /// The lowest percentage that has it.
    pub from: Percent,
    /// The grade points that it gives, where there are some.
    pub grade_points: Option<Points>,
}

/// A scheme of letters: steps from the highest to the lowest, which begins at 0.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scheme(Vec<Step>);

/// Why steps make no scheme.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoScheme {
    /// There are none.
    Empty,
    /// A name is missing, or comes twice.
    Name,
    /// Two begin at the same percentage.
    Twice,
    /// The lowest does not begin at 0.
    Bottom,
}

impl Scheme {
    /// A scheme of these steps, in any order.
    pub fn new(mut steps: Vec<Step>) -> Result<Self, NoScheme> {
        steps.sort_by_key(|step| std::cmp::Reverse(step.from));
        let mut names: Vec<&str> = steps.iter().map(|step| step.name.trim()).collect();
        names.sort_unstable();
        if names.iter().any(|name| name.is_empty()) || names.windows(2).any(|pair| pair[0] == pair[1]) {
            return Err(NoScheme::Name);
        }
        if steps.windows(2).any(|pair| pair[0].from == pair[1].from) {
            return Err(NoScheme::Twice);
        }
        match steps.last() {
            None => Err(NoScheme::Empty),
            Some(lowest) if lowest.from != Percent::default() => Err(NoScheme::Bottom),
            Some(_) => Ok(Self(steps)),
        }
    }

    /// The step of a percentage: the highest that begins at or below it. A percentage below 0 has the lowest.
    pub fn step(&self, percent: Percent) -> Option<&Step> {
        self.0.iter().find(|step| step.from <= percent).or(self.0.last())
    }

    /// The steps, from the highest.
    pub fn steps(&self) -> &[Step] {
        &self.0
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::allow_attributes, reason = "a test says so by stopping")]
mod tests {
    use super::*;

    fn step(name: &str, from: i64) -> Step {
        Step { name: name.to_owned(), from: Percent::from_units(from), grade_points: None }
    }

    #[test]
    fn the_highest_step_at_or_below_is_taken() {
        let scheme = Scheme::new(vec![step("F", 0), step("A", 9_300), step("B", 8_300)]).unwrap();
        let letter = |units: i64| scheme.step(Percent::from_units(units)).unwrap().name.clone();
        assert_eq!([letter(9_300), letter(9_299), letter(12_000), letter(10), letter(-5)], ["A", "B", "A", "F", "F"]);
    }

    #[test]
    fn what_makes_no_scheme_is_named() {
        assert_eq!(Scheme::new(Vec::new()), Err(NoScheme::Empty));
        assert_eq!(Scheme::new(vec![step("A", 10)]), Err(NoScheme::Bottom));
        assert_eq!(Scheme::new(vec![step("A", 0), step("A", 10)]), Err(NoScheme::Name));
        assert_eq!(Scheme::new(vec![step("A", 0), step("B", 0)]), Err(NoScheme::Twice));
    }
}
