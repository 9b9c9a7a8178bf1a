//! A grade as it is typed into a cell of the table or of a list.

use num_rational::BigRational;

use crate::pages::no_points;
use crate::sheet::Entry;
use crate::{Grade, GradeState, Percent, Points};

/// What is typed for somebody who is excused.
const EXCUSED: &str = "ex";
/// What is typed for work that is missing.
const MISSING: &str = "mi";

/// What was typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Typed {
    Points(Points),
    Excused,
    Missing,
    Nothing,
}

impl Typed {
    /// Reads `7.5`, `75 %` of what is possible, `ex`, `mi`, and nothing; the message id of what is wrong.
    pub(crate) fn read(text: &str, possible: Points) -> Result<Self, &'static str> {
        let text = text.trim();
        if text.is_empty() || text == "-" || text == "\u{2013}" {
            return Ok(Self::Nothing);
        }
        if text.eq_ignore_ascii_case(EXCUSED) {
            return Ok(Self::Excused);
        }
        if text.eq_ignore_ascii_case(MISSING) {
            return Ok(Self::Missing);
        }
        if text.ends_with('%') {
            let percent: Percent = text.parse().map_err(no_points)?;
            let share: BigRational = possible.exact() * percent.share();
            return Ok(Self::Points(Points::to_two_places(&share)));
        }
        text.parse().map(Self::Points).map_err(no_points)
    }

    /// What is typed to get this.
    pub(crate) fn as_typed(self) -> String {
        match self {
            Self::Points(points) => points.to_string(),
            Self::Excused => EXCUSED.to_owned(),
            Self::Missing => MISSING.to_owned(),
            Self::Nothing => String::new(),
        }
    }

    pub(crate) const fn state(self) -> GradeState {
        match self {
            Self::Points(_) => GradeState::Graded,
            Self::Excused => GradeState::Excused,
            Self::Missing => GradeState::Missing,
            Self::Nothing => GradeState::None,
        }
    }

    pub(crate) const fn points(self) -> Option<Points> {
        match self {
            Self::Points(points) => Some(points),
            _ => None,
        }
    }
}

/// The grade as it is kept, as it is typed: by which two people who change it at once are told apart.
pub(crate) fn kept(grade: Option<&Grade>) -> String {
    kept_entry(grade.map(Grade::entry).as_ref())
}

/// [`kept`] of a grade as a sheet has it.
pub(crate) fn kept_entry(entry: Option<&Entry>) -> String {
    let Some(entry) = entry else { return String::new() };
    match (entry.state, entry.points) {
        (GradeState::Excused, _) => EXCUSED.to_owned(),
        (GradeState::Missing, _) => MISSING.to_owned(),
        (GradeState::Pending, points) => format!("{}?", points.unwrap_or_default()),
        (GradeState::Graded, points) => points.unwrap_or_default().to_string(),
        (GradeState::None, _) => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_is_typed_is_read_as_people_mean_it() {
        let read = |text: &str| Typed::read(text, Points::whole(20));
        let points = |text: &str| Ok(Typed::Points(text.parse().unwrap_or_default()));
        assert_eq!(read(" 7,5 "), points("7.5"));
        assert_eq!(read("80 %"), points("16"));
        assert_eq!(read("33.33%"), points("6.67"));
        assert_eq!(read("EX"), Ok(Typed::Excused));
        assert_eq!(read("mi"), Ok(Typed::Missing));
        assert_eq!(read(""), Ok(Typed::Nothing));
        assert_eq!(read("a lot"), Err("grades-not-a-number"));
        assert_eq!(read("1e9"), Err("grades-not-a-number"));
        assert_eq!(read("%"), Err("grades-not-a-number"));
    }

    proptest! {
        #[test]
        fn nothing_that_is_typed_is_a_panic(text in ".{0,40}", possible in 0..1_000_000_i64) {
            let _ = Typed::read(&text, Points::whole(possible));
        }
    }
}
