//! Embedded answers: `{1:SHORTANSWER:=Berlin#Yes~%50%Bonn}` inside a text.

use std::fmt::Write as _;

/// A piece of the text of a question with embedded answers.
#[derive(Clone, Debug, PartialEq)]
pub enum Piece {
    /// Text, as written.
    Text(String),
    /// A gap.
    Part(Part),
}

/// A gap and its answers.
#[derive(Clone, Debug, PartialEq)]
pub struct Part {
    /// Its weight among the gaps; none where none is written, which means 1.
    pub weight: Option<u32>,
    /// What is to be done.
    pub kind: PartKind,
    /// The answers, in order.
    pub answers: Vec<PartAnswer>,
}

/// An answer of a gap.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PartAnswer {
    /// Its text; `number:tolerance` for a number.
    pub text: String,
    /// The share of the gap's marks in percent: 100 after `=`, 0 where nothing is written.
    pub percent: f64,
    /// What is said to those who give it; empty where there is none.
    pub feedback: String,
}

/// What is to be done at a gap.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "each is named as in the syntax")]
pub enum PartKind {
    ShortAnswer,
    ShortAnswerCase,
    Numerical,
    MultiChoice,
    MultiChoiceVertical,
    MultiChoiceHorizontal,
    MultiChoiceShuffled,
    MultiChoiceVerticalShuffled,
    MultiChoiceHorizontalShuffled,
    MultiResponse,
    MultiResponseHorizontal,
    MultiResponseShuffled,
    MultiResponseHorizontalShuffled,
}

/// Every kind with its names; the first one is written.
const NAMES: [(PartKind, &[&str]); 13] = [
    (PartKind::ShortAnswer, &["SHORTANSWER", "SA", "MW"]),
    (PartKind::ShortAnswerCase, &["SHORTANSWER_C", "SAC", "MWC"]),
    (PartKind::Numerical, &["NUMERICAL", "NM"]),
    (PartKind::MultiChoice, &["MULTICHOICE", "MC"]),
    (PartKind::MultiChoiceVertical, &["MULTICHOICE_V", "MCV"]),
    (PartKind::MultiChoiceHorizontal, &["MULTICHOICE_H", "MCH"]),
    (PartKind::MultiChoiceShuffled, &["MULTICHOICE_S", "MCS"]),
    (PartKind::MultiChoiceVerticalShuffled, &["MULTICHOICE_VS", "MCVS"]),
    (PartKind::MultiChoiceHorizontalShuffled, &["MULTICHOICE_HS", "MCHS"]),
    (PartKind::MultiResponse, &["MULTIRESPONSE", "MR"]),
    (PartKind::MultiResponseHorizontal, &["MULTIRESPONSE_H", "MRH"]),
    (PartKind::MultiResponseShuffled, &["MULTIRESPONSE_S", "MRS"]),
    (PartKind::MultiResponseHorizontalShuffled, &["MULTIRESPONSE_HS", "MRHS"]),
];

/// Takes a text apart. What looks like a gap and is none stays text.
pub fn cloze_pieces(text: &str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let (mut plain, mut at) = (String::new(), 0);
    while let Some(open) = text[at..].find('{').map(|open| at + open) {
        plain.push_str(&text[at..open]);
        if let Some((part, length)) = part(&text[open + 1..]) {
            if !plain.is_empty() {
                pieces.push(Piece::Text(std::mem::take(&mut plain)));
            }
            pieces.push(Piece::Part(part));
            at = open + 1 + length;
        } else {
            plain.push('{');
            at = open + 1;
        }
    }
    plain.push_str(&text[at..]);
    if !plain.is_empty() {
        pieces.push(Piece::Text(plain));
    }
    pieces
}

/// The gap after an opening brace, and the length up to and with the closing one.
fn part(text: &str) -> Option<(Part, usize)> {
    // The head is short, so text with many braces is not searched again and again.
    let digits = text.bytes().take(10).take_while(u8::is_ascii_digit).count();
    let weight = if digits == 0 { None } else { Some(text[..digits].parse().ok()?) };
    let head = text[digits..].strip_prefix(':')?;
    let length = head.bytes().take(20).position(|byte| byte == b':')?;
    let name = head.get(..length)?;
    let (kind, _) = NAMES.iter().find(|(_, names)| names.contains(&name))?;
    let body = &head[length + 1..];
    let mut answers = vec![""];
    let (mut start, mut skip) = (0, false);
    for (at, character) in body.char_indices() {
        if skip {
            skip = false;
            continue;
        }
        match character {
            '\\' => skip = true,
            '~' | '}' => {
                if let Some(last) = answers.last_mut() {
                    *last = &body[start..at];
                }
                if character == '}' {
                    let answers = answers.into_iter().map(answer).collect();
                    return Some((Part { weight, kind: *kind, answers }, text.len() - body.len() + at + 1));
                }
                answers.push("");
                start = at + 1;
            }
            _ => {}
        }
    }
    None
}

fn answer(text: &str) -> PartAnswer {
    let (percent, rest) = if let Some(rest) = text.strip_prefix('=') {
        (100.0, rest)
    } else {
        let share = text.strip_prefix('%').and_then(|rest| rest.split_once('%'));
        let share = share.and_then(|(share, rest)| Some((share.parse().ok()?, rest)));
        share.filter(|(share, _): &(f64, _)| share.is_finite()).unwrap_or((0.0, text))
    };
    let mut skip = false;
    let sign = rest.char_indices().find(|(_, character)| {
        let here = !skip && *character == '#';
        skip = !skip && *character == '\\';
        here
    });
    let (words, feedback) = sign.map_or((rest, ""), |(at, _)| (&rest[..at], &rest[at + 1..]));
    PartAnswer { text: unescaped(words), percent, feedback: unescaped(feedback) }
}

fn unescaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut characters = text.chars();
    while let Some(character) = characters.next() {
        out.push(if character == '\\' { characters.next().unwrap_or('\\') } else { character });
    }
    out
}

fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in text.chars() {
        if "\\~#}=%".contains(character) {
            out.push('\\');
        }
        out.push(character);
    }
    out
}

/// Puts a text together.
pub fn cloze_text(pieces: &[Piece]) -> String {
    let mut out = String::new();
    for piece in pieces {
        let part = match piece {
            Piece::Text(text) => {
                out.push_str(text);
                continue;
            }
            Piece::Part(part) => part,
        };
        let name = NAMES.iter().find(|(kind, _)| *kind == part.kind).map_or("", |(_, names)| names[0]);
        let weight = part.weight.map(|weight| weight.to_string()).unwrap_or_default();
        let _ = write!(out, "{{{weight}:{name}:");
        for (at, answer) in part.answers.iter().enumerate() {
            if at > 0 {
                out.push('~');
            }
            if (answer.percent - 100.0).abs() < f64::EPSILON {
                out.push('=');
            } else if answer.percent.abs() > 0.0 {
                let _ = write!(out, "%{}%", answer.percent);
            }
            out.push_str(&escaped(&answer.text));
            if !answer.feedback.is_empty() {
                let _ = write!(out, "#{}", escaped(&answer.feedback));
            }
        }
        out.push('}');
    }
    out
}
