//! Exact numbers: the share of a question that an answer earns, and decimals as people type them.

use std::fmt;
use std::str::FromStr;

use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::{One, Signed, ToPrimitive, Zero};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// The longest number that is read, in characters; a longer text is no number.
const NUMBER_MAX: usize = 60;
/// The largest power of ten that is read, either way.
const EXPONENT_MAX: i32 = 60;
/// Fractions that other systems write as a rounded percentage (33.33333) are taken for what they mean.
const SNAPPED: &[i64] = &[3, 6, 7, 9, 11, 12];

/// A part of a question: 1 is all of it, -1 all of it lost. Kept as `"1/3"`.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Share(pub BigRational);

impl Share {
    /// Nothing.
    pub fn none() -> Self {
        Self(BigRational::zero())
    }

    /// All of it.
    pub fn all() -> Self {
        Self(BigRational::one())
    }

    /// So many of so many; nothing where there are none.
    pub fn of(part: usize, whole: usize) -> Self {
        if whole == 0 {
            return Self::none();
        }
        Self(BigRational::new(BigInt::from(part), BigInt::from(whole)))
    }

    /// A percentage as people and other systems write it: `50`, `-33.33333`. None for what is no number, or is beyond
    /// 100 either way.
    pub fn from_percent(text: &str) -> Option<Self> {
        let hundredth = BigRational::new(BigInt::one(), BigInt::from(100));
        let share = read_decimal(text.trim().trim_end_matches('%').trim())? * hundredth;
        (share.abs() <= BigRational::one()).then(|| Self(snapped(share)))
    }

    /// The percentage, with at most five places: `33.33333`.
    pub fn percent(&self) -> String {
        let scaled = (&self.0 * BigInt::from(10_000_000)).round().to_integer();
        let (sign, size) = (if scaled.is_negative() { "-" } else { "" }, scaled.abs());
        let unit = BigInt::from(100_000);
        let rest = format!("{:0>5}", (&size % &unit).to_string());
        let rest = rest.trim_end_matches('0');
        let whole = size / unit;
        if rest.is_empty() { format!("{sign}{whole}") } else { format!("{sign}{whole}.{rest}") }
    }

    /// Between these two.
    #[must_use]
    pub fn clamped(self, least: i64, most: i64) -> Self {
        let whole = |n: i64| BigRational::from_integer(BigInt::from(n));
        Self(self.0.max(whole(least)).min(whole(most)))
    }

    /// Whether it is more than nothing.
    pub fn is_some(&self) -> bool {
        self.0.is_positive()
    }

    /// Whether it is all.
    pub fn is_all(&self) -> bool {
        self.0 >= BigRational::one()
    }

    /// This share of so many points, to the fourth place, half away from zero.
    pub fn points(&self, of: gradebook::Points) -> gradebook::Points {
        let units = (&self.0 * BigInt::from(of.units())).round().to_integer().to_i64();
        gradebook::Points::from_units(units.unwrap_or(0))
    }
}

/// A rounded percentage of a simple fraction becomes that fraction.
fn snapped(share: BigRational) -> BigRational {
    let near = BigRational::new(BigInt::one(), BigInt::from(200_000));
    for under in SNAPPED {
        let over = (&share * BigInt::from(*under)).round();
        let simple = over / BigInt::from(*under);
        if (&simple - &share).abs() < near {
            return simple;
        }
    }
    share
}

impl fmt::Display for Share {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0, f)
    }
}

impl Serialize for Share {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for Share {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        let share = (text.len() <= 2 * NUMBER_MAX).then(|| BigRational::from_str(&text).ok()).flatten();
        share.map(Self).ok_or_else(|| serde::de::Error::custom("no fraction"))
    }
}

/// A decimal as its author typed it; its value is exact.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decimal(String);

impl Default for Decimal {
    fn default() -> Self {
        Self("0".to_owned())
    }
}

impl Decimal {
    /// Reads one; none for what is no number.
    pub fn read(text: &str) -> Option<Self> {
        read_decimal(text).map(|_| Self(text.trim().replace(',', ".")))
    }

    /// Its value.
    pub fn exact(&self) -> BigRational {
        read_decimal(&self.0).unwrap_or_default()
    }
}

impl fmt::Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Serialize for Decimal {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for Decimal {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::read(&text).ok_or_else(|| serde::de::Error::custom("no number"))
    }
}

/// A decimal number as people write it: `12.5`, `12,5`, `-3e4`, `1 000`. None for anything else, and for numbers too long
/// to be meant.
pub(crate) fn read_decimal(text: &str) -> Option<BigRational> {
    let text: String = text.trim().chars().filter(|c| !matches!(c, ' ' | '\u{a0}' | '\u{202f}')).collect();
    if text.len() > NUMBER_MAX {
        return None;
    }
    let (sign, rest) = match text.strip_prefix(['-', '\u{2212}']) {
        Some(rest) => (-1, rest),
        None => (1, text.strip_prefix('+').unwrap_or(&text)),
    };
    let (digits, exponent) = match rest.split_once(['e', 'E']) {
        Some((digits, exponent)) => (digits, exponent.parse::<i32>().ok()?),
        None => (rest, 0),
    };
    let (whole, part) = digits.split_once(['.', ',']).unwrap_or((digits, ""));
    let is_number = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if (whole.is_empty() && part.is_empty()) || !is_number(whole) || !is_number(part) || exponent.abs() > EXPONENT_MAX {
        return None;
    }
    let units = BigInt::from_str(&format!("0{whole}{part}")).ok()?;
    let places = i32::try_from(part.len()).ok()? - exponent;
    let ten = BigRational::from_integer(BigInt::from(10));
    Some(BigRational::from_integer(units * sign) / num_traits::Pow::pow(&ten, places))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn numbers_are_read_as_people_write_them() {
        let read = |text: &str| read_decimal(text).map(|number| number.to_string());
        for (text, number) in [
            ("12.5", "25/2"),
            ("12,5", "25/2"),
            (" -0.25 ", "-1/4"),
            ("\u{2212}3", "-3"),
            ("+1 000", "1000"),
            ("1.2e3", "1200"),
            ("5E-1", "1/2"),
            (".5", "1/2"),
            ("7.", "7"),
        ] {
            assert_eq!(read(text).as_deref(), Some(number), "{text}");
        }
        for text in ["", ".", "-", "1.2.3", "x", "1e", "1e99", "0x10", "NaN", "inf", "--1", "1/2", &"9".repeat(61)] {
            assert_eq!(read(text), None, "{text}");
        }
    }

    #[test]
    fn a_rounded_percentage_is_the_fraction_that_was_meant() {
        let read = |text: &str| Share::from_percent(text).map(|share| share.to_string());
        assert_eq!(read("33.33333").as_deref(), Some("1/3"));
        assert_eq!(read("-16.66667 %").as_deref(), Some("-1/6"));
        assert_eq!(read("14.28571").as_deref(), Some("1/7"));
        assert_eq!(read("33.3").as_deref(), Some("333/1000"));
        assert_eq!(read("50").as_deref(), Some("1/2"));
        assert_eq!(read("101"), None);
        assert_eq!(Share::of(1, 3).percent(), "33.33333");
        assert_eq!(Share::of(1, 2).percent(), "50");
        assert_eq!(Share::of(2, 3).points(gradebook::Points::whole(1)).to_string(), "0.6667");
    }

    proptest! {
        #[test]
        fn a_share_is_kept_as_it_is(over in -1000_i64..1000, under in 1_i64..1000) {
            let share = Share(BigRational::new(over.into(), under.into()));
            let kept = serde_json::to_string(&share).unwrap();
            prop_assert_eq!(serde_json::from_str::<Share>(&kept).unwrap(), share);
        }

        #[test]
        fn no_text_breaks_the_reader(text in "\\PC{0,70}") {
            let _ = read_decimal(&text);
            let _ = Share::from_percent(&text);
            let _ = serde_json::from_value::<Share>(serde_json::json!(text));
        }
    }
}
