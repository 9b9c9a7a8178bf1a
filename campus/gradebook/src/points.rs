use std::fmt;
use std::ops::{Add, Sub};
use std::str::FromStr;

use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::ToPrimitive;
use store::{FromValue, Mismatch, ToValue, Value, ValueRef};

/// Places behind the point.
const PLACES: usize = 4;
/// Units in one point.
const UNIT: i64 = 10_000;
/// The most points, either way: more is refused when it is read, so that no sum of a course can overflow.
const POINTS_MAX: i64 = 1_000_000 * UNIT;

/// Points as people give them: a decimal with up to four places, exact. May be negative.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Points(i64);

/// A text that is no number of points.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoPoints {
    /// It is no decimal number.
    NotANumber,
    /// It has more than four places behind the point.
    TooFine,
    /// It is beyond a million, either way.
    TooLarge,
}

impl Points {
    /// None.
    pub const ZERO: Self = Self(0);

    /// Whole points.
    pub const fn whole(points: i64) -> Self {
        Self(points.saturating_mul(UNIT))
    }

    /// From ten-thousandths of a point, as they are kept in the database.
    pub const fn from_units(units: i64) -> Self {
        Self(units)
    }

    /// Ten-thousandths of a point.
    pub const fn units(self) -> i64 {
        self.0
    }

    /// A fraction to two places, rounded half away from zero: how points that were worked out are kept.
    pub fn to_two_places(points: &BigRational) -> Self {
        let hundredths = (points * BigInt::from(100)).round().to_integer().to_i64().unwrap_or(i64::MAX);
        Self(hundredths.saturating_mul(UNIT / 100))
    }

    /// As a fraction.
    pub fn exact(self) -> BigRational {
        BigRational::new(BigInt::from(self.0), BigInt::from(UNIT))
    }
}

impl Add for Points {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }
}

impl Sub for Points {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        Self(self.0.saturating_sub(other.0))
    }
}

impl std::iter::Sum for Points {
    fn sum<I: Iterator<Item = Self>>(points: I) -> Self {
        points.fold(Self::ZERO, Add::add)
    }
}

/// `12.5`, without zeros at the end.
impl fmt::Display for Points {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        decimal(f, self.0, PLACES)
    }
}

fn decimal(f: &mut fmt::Formatter<'_>, units: i64, places: usize) -> fmt::Result {
    let unit = 10_u64.pow(u32::try_from(places).unwrap_or(0));
    let (sign, size) = (if units < 0 { "-" } else { "" }, units.unsigned_abs());
    let digits = format!("{:0places$}", size % unit);
    let digits = digits.trim_end_matches('0');
    if digits.is_empty() { write!(f, "{sign}{}", size / unit) } else { write!(f, "{sign}{}.{digits}", size / unit) }
}

/// Reads `12.5` and `12,5`.
impl FromStr for Points {
    type Err = NoPoints;
    fn from_str(text: &str) -> Result<Self, NoPoints> {
        let text = text.trim();
        let (sign, digits) = match text.strip_prefix(['-', '\u{2212}']) {
            Some(rest) => (-1, rest),
            None => (1, text.strip_prefix('+').unwrap_or(text)),
        };
        let (whole, part) = digits.split_once(['.', ',']).unwrap_or((digits, ""));
        let is_number = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        if (whole.is_empty() && part.is_empty()) || !is_number(whole) || !is_number(part) {
            return Err(NoPoints::NotANumber);
        }
        let part = part.trim_end_matches('0');
        if part.len() > PLACES {
            return Err(NoPoints::TooFine);
        }
        let whole = if whole.is_empty() { 0 } else { whole.parse::<i64>().map_err(|_| NoPoints::TooLarge)? };
        let part: i64 = format!("{part:0<PLACES$}").parse().unwrap_or(0);
        let units = whole.checked_mul(UNIT).and_then(|units| units.checked_add(part)).ok_or(NoPoints::TooLarge)?;
        if units > POINTS_MAX { Err(NoPoints::TooLarge) } else { Ok(Self(sign * units)) }
    }
}

/// Kept as ten-thousandths of a point.
impl ToValue for Points {
    fn to_value(&self) -> Value<'_> {
        Value::Int(self.0)
    }
}

impl FromValue for Points {
    fn from_value(value: ValueRef<'_>) -> Result<Self, Mismatch> {
        i64::from_value(value).map(Self)
    }
}

/// A percentage with two places, as it is shown and kept: 93.25 % is 9325.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Percent(i64);

impl Percent {
    /// From hundredths of a percent.
    pub const fn from_units(units: i64) -> Self {
        Self(units)
    }

    /// Hundredths of a percent.
    pub const fn units(self) -> i64 {
        self.0
    }

    /// A share (1 is the whole) as a percentage, rounded half away from zero.
    pub fn of(share: &BigRational) -> Self {
        let rounded = (share * BigInt::from(10_000)).round();
        Self(rounded.to_integer().to_i64().unwrap_or(if rounded < BigRational::default() {
            i64::MIN
        } else {
            i64::MAX
        }))
    }

    /// As a share: 1 is the whole.
    pub fn share(self) -> BigRational {
        BigRational::new(BigInt::from(self.0), BigInt::from(10_000))
    }
}

/// Kept as hundredths of a percent.
impl ToValue for Percent {
    fn to_value(&self) -> Value<'_> {
        Value::Int(self.0)
    }
}

impl FromValue for Percent {
    fn from_value(value: ValueRef<'_>) -> Result<Self, Mismatch> {
        i64::from_value(value).map(Self)
    }
}

/// Reads `93.25` and `93,25`, with or without the sign.
impl FromStr for Percent {
    type Err = NoPoints;
    fn from_str(text: &str) -> Result<Self, NoPoints> {
        let points: Points = text.trim().trim_end_matches('%').parse()?;
        if points.0 % (UNIT / 100) == 0 { Ok(Self(points.0 / (UNIT / 100))) } else { Err(NoPoints::TooFine) }
    }
}

/// `93.25`, without zeros at the end and without the sign.
impl fmt::Display for Percent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        decimal(f, self.0, 2)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::allow_attributes, reason = "a test says so by stopping")]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn points_are_read_as_people_write_them() {
        for (text, units) in
            [("12.5", 125_000), ("12,5", 125_000), ("-0.0001", -1), (".5", 5_000), ("7.", 70_000), ("1.50000", 15_000)]
        {
            assert_eq!(text.parse::<Points>(), Ok(Points(units)), "{text}");
        }
        for (text, fault) in [
            ("", NoPoints::NotANumber),
            ("-", NoPoints::NotANumber),
            ("1e3", NoPoints::NotANumber),
            ("1.2.3", NoPoints::NotANumber),
            ("0.00001", NoPoints::TooFine),
            ("1000001", NoPoints::TooLarge),
            ("99999999999999999999", NoPoints::TooLarge),
        ] {
            assert_eq!(text.parse::<Points>(), Err(fault), "{text}");
        }
    }

    #[test]
    fn a_percentage_is_rounded_once_and_half_away_from_zero() {
        let share = |over: i64, under: i64| BigRational::new(BigInt::from(over), BigInt::from(under));
        assert_eq!(Percent::of(&share(2, 3)).to_string(), "66.67");
        assert_eq!(Percent::of(&share(100_005, 10_000_000)).to_string(), "1");
        assert_eq!(Percent::of(&share(12_345, 1_000_000)).to_string(), "1.23");
        assert_eq!(Percent::of(&share(1_235, 100_000)).to_string(), "1.24");
        assert_eq!(Percent::of(&share(-1_235, 100_000)).to_string(), "-1.24");
    }

    proptest! {
        #[test]
        fn a_percentage_reads_back(units in -1_000_000..=1_000_000_i64) {
            let percent = Percent(units);
            prop_assert_eq!(percent.to_string().parse::<Percent>(), Ok(percent));
            prop_assert_eq!(format!("{percent} %").parse::<Percent>(), Ok(percent));
        }

        #[test]
        fn what_is_shown_reads_back(units in -POINTS_MAX..=POINTS_MAX) {
            let points = Points(units);
            prop_assert_eq!(points.to_string().parse::<Points>(), Ok(points));
        }
    }
}
