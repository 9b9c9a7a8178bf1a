//! Numbers as a language writes them.

use fluent_bundle::FluentValue;

/// What stands between thousands and before the fraction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Marks {
    group: char,
    decimal: char,
}

/// A thin space that does not break, as French and the SI group with.
const NARROW: char = '\u{202f}';

impl Marks {
    pub(crate) const ENGLISH: Self = Self { group: ',', decimal: '.' };

    /// From the messages `format-group` and `format-decimal` of a language; what is not known reads as English.
    pub(crate) fn new(group: &str, decimal: &str) -> Self {
        let group = match group {
            "." => '.',
            "space" => NARROW,
            _ => ',',
        };
        Self { group, decimal: if decimal == "," { ',' } else { '.' } }
    }

    /// How Fluent writes the numbers inside a message.
    pub(crate) fn formatter<M>(self) -> fn(&FluentValue<'_>, &M) -> Option<String> {
        match (self.group, self.decimal) {
            ('.', _) => |value, _| in_message(value, Self { group: '.', decimal: ',' }),
            (NARROW, _) => |value, _| in_message(value, Self { group: NARROW, decimal: ',' }),
            _ => |value, _| in_message(value, Self::ENGLISH),
        }
    }

    /// A whole number: `12,000`.
    pub(crate) fn whole(self, number: i64) -> String {
        self.written(&number.to_string())
    }

    /// A number with at most so many places after the point, none of them a trailing zero: `7.25`, `7.5`, `7`.
    pub(crate) fn decimal(self, number: f64, places: usize) -> String {
        // Rust rounds a half to the even neighbour; people expect 0.125 to be 0.13.
        let scale = 10_f64.powi(i32::try_from(places).unwrap_or(0));
        let scaled = number * scale;
        let number = if scaled.is_finite() { scaled.round() / scale } else { number };
        let text = format!("{number:.places$}");
        let text = if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.') } else { text.as_str() };
        self.written(if text == "-0" { "0" } else { text })
    }

    fn written(self, plain: &str) -> String {
        let (sign, digits) = plain.strip_prefix('-').map_or(("", plain), |rest| ("-", rest));
        let (whole, fraction) = digits.split_once('.').map_or((digits, None), |(w, f)| (w, Some(f)));
        let mut out = String::from(sign);
        for (index, digit) in whole.chars().enumerate() {
            if index > 0 && (whole.len() - index).is_multiple_of(3) && digit.is_ascii_digit() {
                out.push(self.group);
            }
            out.push(digit);
        }
        if let Some(fraction) = fraction {
            out.push(self.decimal);
            out.push_str(fraction);
        }
        out
    }
}

fn in_message(value: &FluentValue<'_>, marks: Marks) -> Option<String> {
    let FluentValue::Number(number) = value else { return None };
    let places = number.options.maximum_fraction_digits.unwrap_or(2).min(12);
    number.options.use_grouping.then(|| marks.decimal(number.value, places))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn groups_and_points() {
        let german = Marks::new(".", ",");
        assert_eq!(german.whole(-1_234_567), "-1.234.567");
        assert_eq!(german.decimal(0.125, 2), "0,13");
        assert_eq!(Marks::ENGLISH.whole(999), "999");
        assert_eq!(Marks::ENGLISH.decimal(-0.001, 2), "0");
        assert_eq!(Marks::ENGLISH.decimal(1000.0, 1), "1,000");
        assert_eq!(Marks::new("space", ",").whole(1000), "1\u{202f}000");
        assert_eq!(Marks::ENGLISH.decimal(f64::INFINITY, 1), "inf");
    }
}
