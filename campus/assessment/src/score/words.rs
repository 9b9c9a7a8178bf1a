use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::Signed;

use super::choice::earned;
use super::{Part, Reason, part};
use crate::question::{Number, NumberKey, Short, TextKey, Tolerance, UnitRule};
use crate::share::{Share, read_decimal};

/// The first accepted text that fits. Space around and doubled between words does not count.
pub(super) fn short(short: &Short, given: &str) -> Part {
    let right = short.answers.iter().max_by(|a, b| a.share.cmp(&b.share)).map(best).unwrap_or_default();
    let given = tidy(given);
    if given.is_empty() {
        return Part { right, ..part(Reason::Empty, Share::none()) };
    }
    let folded = |text: &str| if short.case { text.to_owned() } else { text.to_lowercase() };
    let text: Vec<char> = folded(&given).chars().collect();
    let found = short.answers.iter().find(|key| fits(&pattern(&folded(&tidy(&key.text))), &text));
    let judged = match found {
        Some(key) => {
            let share = key.share.clone().clamped(0, 1);
            Part { feedback: key.feedback.clone(), ..part(earned(&share), share) }
        }
        None => part(Reason::Wrong, Share::none()),
    };
    Part { given, right, ..judged }
}

/// An accepted text as an example: without the stars.
fn best(key: &TextKey) -> String {
    let plain = pattern(&key.text).into_iter().map(|sign| sign.unwrap_or('…'));
    plain.collect()
}

fn tidy(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The letters of an accepted text; none is a star that stands for anything.
fn pattern(text: &str) -> Vec<Option<char>> {
    let mut signs = Vec::new();
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            '\\' => signs.push(Some(letters.next_if_eq(&'*').unwrap_or('\\'))),
            '*' if signs.last() == Some(&None) => {}
            '*' => signs.push(None),
            letter => signs.push(Some(letter)),
        }
    }
    signs
}

/// Whether a text fits a pattern. Goes back at most to the last star, so that it takes no longer than the product of both
/// lengths.
fn fits(pattern: &[Option<char>], text: &[char]) -> bool {
    let (mut at, mut read, mut star) = (0, 0, None);
    while read < text.len() {
        match pattern.get(at) {
            Some(None) => {
                star = Some((at, read));
                at += 1;
            }
            Some(Some(letter)) if *letter == text[read] => {
                at += 1;
                read += 1;
            }
            _ => {
                let Some((back, taken)) = star else { return false };
                star = Some((back, taken + 1));
                (at, read) = (back + 1, taken + 1);
            }
        }
    }
    pattern[at..].iter().all(Option::is_none)
}

/// The first accepted number that fits, by its unit.
pub(super) fn number(number: &Number, given: &str) -> Part {
    let right = number.answers.iter().max_by(|a, b| a.share.cmp(&b.share)).map(|key| in_words(number, key));
    let right = right.unwrap_or_default();
    let given = tidy(given);
    let judged = if given.is_empty() { part(Reason::Empty, Share::none()) } else { measured(number, &given) };
    Part { given, right, ..judged }
}

fn in_words(number: &Number, key: &NumberKey) -> String {
    let unit = number.units.first().map(|unit| format!(" {}", unit.name)).unwrap_or_default();
    format!("{}{unit}", key.value)
}

fn measured(number: &Number, given: &str) -> Part {
    let Some((value, unit)) = apart(given) else { return part(Reason::NoNumber, Share::none()) };
    let known = number.units.iter().find(|known| known.name.trim() == unit);
    let times = known.map(|unit| unit.times.exact());
    let fault = match (known.is_some(), unit.is_empty()) {
        (true, _) => None,
        (false, true) if number.units.is_empty() || matches!(number.unit_rule, UnitRule::Optional) => None,
        (false, true) => Some(Reason::NoUnit),
        (false, false) => Some(Reason::WrongUnit),
    };
    if let Some(fault) = fault
        && !matches!(number.unit_rule, UnitRule::Penalty(_))
    {
        return part(fault, Share::none());
    }
    let value = times.map_or_else(|| value.clone(), |times| &value * times);
    let Some(key) = number.answers.iter().find(|key| is_near(key, &value)) else {
        return part(Reason::TooFar, Share::none());
    };
    let share = key.share.clone().clamped(0, 1);
    let judged = match (fault, &number.unit_rule) {
        (Some(_), UnitRule::Penalty(cost)) => {
            let rest = BigRational::from_integer(BigInt::from(1)) - cost.clone().clamped(0, 1).0;
            part(Reason::UnitCost, Share(share.0 * rest))
        }
        _ => part(earned(&share), share),
    };
    Part { feedback: key.feedback.clone(), ..judged }
}

fn is_near(key: &NumberKey, value: &BigRational) -> bool {
    let right = key.value.exact();
    let off = match &key.tolerance {
        Tolerance::Absolute(off) => off.exact().abs(),
        Tolerance::Relative(off) => (off.exact() * &right).abs(),
    };
    (value - right).abs() <= off
}

/// A number and what stands behind it.
fn apart(given: &str) -> Option<(BigRational, &str)> {
    let mut ends: Vec<usize> = given.char_indices().map(|(at, letter)| at + letter.len_utf8()).collect();
    // The longest beginning that is a number: `3e4` is one, `3 eV` is 3 with a unit.
    ends.reverse();
    ends.into_iter().find_map(|end| read_decimal(&given[..end]).map(|number| (number, given[end..].trim())))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn text_fits(wanted: &str, text: &str) -> bool {
        fits(&pattern(wanted), &text.chars().collect::<Vec<_>>())
    }

    /// The slow, obvious version.
    fn oracle(wanted: &[Option<char>], text: &[char]) -> bool {
        match (wanted.split_first(), text.split_first()) {
            (None, text) => text.is_none(),
            (Some((None, rest)), None) => oracle(rest, text),
            (Some((None, rest)), Some((_, more))) => oracle(rest, text) || oracle(wanted, more),
            (Some((Some(_), _)), None) => false,
            (Some((Some(letter), rest)), Some((first, more))) => letter == first && oracle(rest, more),
        }
    }

    #[test]
    fn stars_stand_for_anything() {
        assert!(text_fits("*moon*", "the moon"));
        assert!(text_fits("m*n", "moon") && text_fits("**", "") && text_fits("a\\*b", "a*b"));
        assert!(!text_fits("m*n", "mood") && !text_fits("a\\*b", "axb") && !text_fits("", "x"));
    }

    #[test]
    fn a_number_stands_before_its_unit() {
        let read = |text| apart(text).map(|(number, unit)| (number.to_string(), unit.to_owned()));
        assert_eq!(read("3.5 km"), Some(("7/2".to_owned(), "km".to_owned())));
        assert_eq!(read("3e4"), Some(("30000".to_owned(), String::new())));
        assert_eq!(read("3eV"), Some(("3".to_owned(), "eV".to_owned())));
        assert_eq!(read("1 000 m"), Some(("1000".to_owned(), "m".to_owned())));
        assert_eq!(read("km 3"), None);
    }

    proptest! {
        #[test]
        fn patterns_fit_as_the_obvious_version_says(wanted in "[ab*]{0,7}", text in "[ab]{0,7}") {
            let letters: Vec<char> = text.chars().collect();
            prop_assert_eq!(text_fits(&wanted, &text), oracle(&pattern(&wanted), &letters));
        }

        #[test]
        fn no_answer_breaks_a_number(text in "\\PC{0,40}") {
            let _ = apart(&text);
        }
    }
}
