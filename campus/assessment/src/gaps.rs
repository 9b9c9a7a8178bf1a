//! Gaps as their author writes them, in the text itself:
//!
//! - `[[twice|two times]]`: a few words, of which each is right.
//! - `[[=moon|~sun|~wind]]`: a choice; `=` before what is right, `~` before what is not, `~50%` before what is half right.
//! - `[[#9.81:0.02]]`: a number, and how far off it may be.
//! - `[[3*...]]`: a gap that counts three times.
//!
//! Within a gap `\|`, `\]`, `\=`, `\~` and `\#` stand for the signs themselves.

use crate::question::{
    Choice, Gap, GapKey, Gaps, Number, NumberKey, PART_MAX, PARTS_MAX, PartId, Short, Single, TextKey, Tolerance,
};
use crate::share::{Decimal, Share};

/// Why gaps cannot be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum GapError {
    /// There is none.
    None,
    /// One is not closed; what follows `[[`.
    Open(String),
    /// One says nothing that is right; what it holds.
    NoKey(String),
    /// One holds no number; what it holds.
    NoNumber(String),
    /// There are too many, or one is too long.
    TooMany,
}

/// Takes a text apart: the text with `{{1}}` for each gap, and the gaps.
pub fn read(source: &str) -> Result<(String, Gaps), GapError> {
    let (mut text, mut gaps, mut rest) = (String::new(), Vec::new(), source);
    while let Some(at) = rest.find("[[") {
        text.push_str(&rest[..at]);
        let (inside, after) = closed(&rest[at + 2..])?;
        if gaps.len() >= PARTS_MAX || inside.chars().count() > PART_MAX {
            return Err(GapError::TooMany);
        }
        let id = PartId::try_from(gaps.len() + 1).unwrap_or(PartId::MAX);
        gaps.push(gap(id, inside)?);
        text.push_str(&mark(id));
        rest = after;
    }
    text.push_str(rest);
    if gaps.is_empty() { Err(GapError::None) } else { Ok((text, Gaps { gaps })) }
}

/// What stands in a text for a gap.
pub(crate) fn mark(id: PartId) -> String {
    format!("{{{{{id}}}}}")
}

/// What stands before the next `]]` that is not written as signs, and what follows.
fn closed(text: &str) -> Result<(&str, &str), GapError> {
    let mut escaped = false;
    for (at, letter) in text.char_indices() {
        if !escaped && text[at..].starts_with("]]") {
            return Ok((&text[..at], &text[at + 2..]));
        }
        escaped = letter == '\\' && !escaped;
    }
    Err(GapError::Open(text.chars().take(40).collect()))
}

fn gap(id: PartId, inside: &str) -> Result<Gap, GapError> {
    let (weight, rest) = weight(inside);
    let key = match rest.trim_start().strip_prefix('#') {
        Some(number) => GapKey::Number(numbers(number).ok_or_else(|| GapError::NoNumber(inside.to_owned()))?),
        None => words(rest),
    };
    let earns = match &key {
        GapKey::Text(short) => !short.answers.is_empty(),
        GapKey::Choice(single) => single.options.iter().any(|option| option.share.is_some()),
        GapKey::Number(_) => true,
    };
    if earns { Ok(Gap { id, weight, key }) } else { Err(GapError::NoKey(inside.to_owned())) }
}

/// `3*` at the beginning.
fn weight(inside: &str) -> (u16, &str) {
    let Some((number, rest)) = inside.split_once('*') else { return (1, inside) };
    match number.trim().parse::<u16>() {
        Ok(weight @ 1..=100) => (weight, rest),
        _ => (1, inside),
    }
}

fn numbers(text: &str) -> Option<Number> {
    let key = |one: &str| {
        let (value, off) = one.split_once(':').unwrap_or((one, "0"));
        let tolerance = match off.trim().strip_suffix('%') {
            Some(percent) => Tolerance::Relative(Decimal::read(&format!("{}e-2", percent.trim()))?),
            None => Tolerance::Absolute(Decimal::read(off)?),
        };
        Some(NumberKey { value: Decimal::read(value)?, tolerance, share: Share::all(), feedback: String::new() })
    };
    let answers = text.split('|').map(key).collect::<Option<Vec<_>>>()?;
    Some(Number { answers, ..Number::default() })
}

fn words(text: &str) -> GapKey {
    let parts = parts(text);
    let is_marked = |part: &Written| !part.is_sign && part.text.starts_with(['=', '~']);
    if !parts.iter().any(is_marked) {
        let answers = parts.into_iter().map(|part| part.text).filter(|text| !text.is_empty());
        let key = |text| TextKey { text, share: Share::all(), feedback: String::new() };
        return GapKey::Text(Short { answers: answers.map(key).collect(), case: false });
    }
    let option = |part: Written| {
        let mark = |mark| part.text.strip_prefix(mark).filter(|_| !part.is_sign);
        let (share, text) = match (mark('='), mark('~')) {
            (Some(text), _) => (Share::all(), text.to_owned()),
            (None, Some(text)) => partly(text),
            (None, None) => (Share::none(), part.text),
        };
        Choice { id: 0, text: text.trim().to_owned(), share, feedback: String::new() }
    };
    let options = parts.into_iter().map(option).filter(|option| !option.text.is_empty());
    let options = (1..).zip(options).map(|(id, option)| Choice { id, ..option }).collect();
    GapKey::Choice(Single { options, shuffle: false, below_zero: false })
}

/// `50%half right`.
fn partly(text: &str) -> (Share, String) {
    let percent = text.split_once('%').and_then(|(percent, rest)| Some((Share::from_percent(percent)?, rest)));
    percent.map_or_else(|| (Share::none(), text.to_owned()), |(share, rest)| (share.clamped(0, 1), rest.to_owned()))
}

/// A part between bars, the signs in it as they are meant.
#[derive(Default)]
struct Written {
    text: String,
    /// Whether it begins with a sign that stands for itself.
    is_sign: bool,
}

fn parts(text: &str) -> Vec<Written> {
    let mut parts = vec![Written::default()];
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        let last = parts.len() - 1;
        let part = &mut parts[last];
        match letter {
            '\\' => match letters.next_if(|next| matches!(next, '|' | ']' | '\\' | '=' | '~' | '#')) {
                Some(sign) => {
                    part.is_sign |= part.text.trim().is_empty();
                    part.text.push(sign);
                }
                None => part.text.push('\\'),
            },
            '|' => parts.push(Written::default()),
            _ => part.text.push(letter),
        }
    }
    parts.into_iter().map(|part| Written { text: part.text.trim().to_owned(), ..part }).collect()
}

/// The text as its author writes it.
pub fn write(text: &str, gaps: &Gaps) -> String {
    let mut out = text.to_owned();
    for gap in &gaps.gaps {
        out = out.replace(&mark(gap.id), &written(gap));
    }
    out
}

fn written(gap: &Gap) -> String {
    let inside: Vec<String> = match &gap.key {
        GapKey::Text(short) => short.answers.iter().map(|key| escaped(&key.text)).collect(),
        GapKey::Choice(single) => single.options.iter().map(written_option).collect(),
        GapKey::Number(number) => {
            let key = |key: &NumberKey| match &key.tolerance {
                Tolerance::Absolute(off) => format!("{}:{off}", key.value),
                Tolerance::Relative(off) => format!("{}:{}%", key.value, Share(off.exact()).percent()),
            };
            vec![format!("#{}", number.answers.iter().map(key).collect::<Vec<_>>().join("|"))]
        }
    };
    let inside = inside.join("|");
    // A text that looks as if it began with a weight has its own before it.
    let says_weight = gap.weight != 1 || weight(&inside).1 != inside;
    if says_weight { format!("[[{}*{inside}]]", gap.weight) } else { format!("[[{inside}]]") }
}

fn written_option(option: &Choice) -> String {
    let sign = if option.share.is_all() {
        "=".to_owned()
    } else if option.share.is_some() {
        format!("~{}%", option.share.percent())
    } else if partly(&option.text).1 == option.text {
        "~".to_owned()
    } else {
        // It looks as if it began with a percentage.
        "~0%".to_owned()
    };
    format!("{sign}{}", escaped(&option.text))
}

/// With the signs that would be read as something else written as themselves.
fn escaped(text: &str) -> String {
    let text = text.replace('\\', "\\\\").replace('|', "\\|").replace(']', "\\]");
    if text.starts_with(['=', '~', '#']) { format!("\\{text}") } else { text }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn gaps_are_read_where_they_stand() {
        let source =
            "High water comes [[twice|two times]] a day, by the [[2*=moon|~50%sun|~wind]]; g is [[#9.81:0.02|10:5%]].";
        let (text, gaps) = read(source).unwrap();
        assert_eq!(text, "High water comes {{1}} a day, by the {{2}}; g is {{3}}.");
        let GapKey::Text(short) = &gaps.gaps[0].key else { unreachable!() };
        assert_eq!(short.answers.iter().map(|key| key.text.as_str()).collect::<Vec<_>>(), ["twice", "two times"]);
        let GapKey::Choice(single) = &gaps.gaps[1].key else { unreachable!() };
        let shares: Vec<String> = single.options.iter().map(|option| option.share.to_string()).collect();
        assert_eq!((gaps.gaps[1].weight, shares), (2, vec!["1".to_owned(), "1/2".to_owned(), "0".to_owned()]));
        let GapKey::Number(number) = &gaps.gaps[2].key else { unreachable!() };
        assert_eq!(number.answers[1].tolerance, Tolerance::Relative(Decimal::read("5e-2").unwrap()));
    }

    #[test]
    fn what_is_wrong_is_said() {
        assert_eq!(read("No gap"), Err(GapError::None));
        assert_eq!(read("a [[b"), Err(GapError::Open("b".to_owned())));
        assert_eq!(read("a [[~b|~c]]"), Err(GapError::NoKey("~b|~c".to_owned())));
        assert_eq!(read("a [[ | ]]"), Err(GapError::NoKey(" | ".to_owned())));
        assert_eq!(read("a [[#x]]"), Err(GapError::NoNumber("#x".to_owned())));
        assert_eq!(read(&"[[a]]".repeat(101)), Err(GapError::TooMany));
        let (_, gaps) = read(r"[[a\|b|c\]d]]").unwrap();
        let GapKey::Text(short) = &gaps.gaps[0].key else { unreachable!() };
        assert_eq!(short.answers.iter().map(|key| key.text.as_str()).collect::<Vec<_>>(), ["a|b", "c]d"]);
    }

    proptest! {
        #[test]
        fn what_is_written_reads_back(source in "([a-z ]{0,4}\\[\\[[=~#a-z0-9|:.%* \\\\]{1,12}\\]\\]){1,4}[a-z]{0,3}") {
            if let Ok((text, gaps)) = read(&source) {
                let written = write(&text, &gaps);
                prop_assert_eq!(read(&written), Ok((text, gaps)), "{}", written);
            }
        }

        #[test]
        fn no_text_breaks_the_reader(source in "[\\[\\]|=~#*%\\\\a0é]{0,40}") {
            let _ = read(&source);
        }
    }
}
