use moodle_xml::{Answer, Element, Item, Kind, Part, PartKind, Piece, Text};

use super::{Format, Report, Why, from_html, key, part_id, percent};
use crate::gaps::mark;
use crate::question::{
    Choice, Essay, Gap, GapKey, Gaps, Match, Multiple, MultipleRule, Number, NumberKey, Pair, Question, Short, Single,
    Task, TextKey, Tolerance, TrueFalse,
};
use crate::share::{Decimal, Share};

pub(super) fn read(bytes: &[u8]) -> Report {
    let mut report = Report::default();
    let limits = moodle_xml::Limits { bytes: super::FILE_BYTES_MAX, ..moodle_xml::Limits::default() };
    let quiz = match moodle_xml::read(bytes, &limits) {
        Ok(quiz) => quiz,
        Err(error) => {
            report.tell("", Why::Unreadable, error.to_string(), true);
            return report;
        }
    };
    for (at, item) in quiz.items.iter().enumerate() {
        let Item::Question(asked) = item else { continue };
        let place = (at + 1).to_string();
        let named = asked.id.as_deref().or(Some(asked.name.as_str()));
        let source = key(Format::Moodle, named, &asked.text.text);
        if !asked.text.files.is_empty() {
            report.tell(place.as_str(), Why::Files, asked.name.as_str(), false);
        }
        report.take(&place, &asked.name, &asked.tags, &source, question(asked));
    }
    // A type that there is none of is told with its question.
    for finding in quiz.findings.iter().filter(|finding| finding.code != moodle_xml::FindingCode::UnknownType) {
        report.tell(finding.question.to_string(), Why::Noticed, finding.message.clone(), false);
    }
    report
}

fn written(text: &Text) -> String {
    match text.format.as_deref() {
        Some("markdown") => text.text.clone(),
        Some("plain_text") => text.text.replace('\n', "  \n"),
        _ => from_html(&text.text),
    }
}

fn said(text: Option<&Text>) -> String {
    text.map(written).unwrap_or_default()
}

/// What an element of the question's own says: `<single>true</single>`.
fn setting<'q>(extra: &'q [Element], name: &str) -> Option<&'q Element> {
    extra.iter().find(|element| element.name == name)
}

fn is_on(extra: &[Element], name: &str) -> bool {
    setting(extra, name).is_some_and(|element| matches!(element.text().trim(), "1" | "true"))
}

fn question(asked: &moodle_xml::Question) -> Result<Question, (Why, String)> {
    let mut text = written(&asked.text);
    let task = match &asked.kind {
        Kind::Description => Task::Info,
        Kind::Essay => Task::Essay(essay(&asked.extra)),
        Kind::MultipleChoice(answers) => {
            let (options, shuffle) = (options(answers), is_on(&asked.extra, "shuffleanswers"));
            if setting(&asked.extra, "single").is_some() && !is_on(&asked.extra, "single") {
                Task::Multiple(Multiple { options, shuffle, rule: MultipleRule::Sum })
            } else {
                Task::Single(Single { options, shuffle, below_zero: false })
            }
        }
        Kind::TrueFalse(answers) => {
            let of = |word: &str| answers.iter().find(|answer| answer.text.text.trim().eq_ignore_ascii_case(word));
            Task::TrueFalse(TrueFalse {
                is_true: of("true").is_some_and(|answer| answer.fraction > 0.0),
                when_true: said(of("true").and_then(|answer| answer.feedback.as_ref())),
                when_false: said(of("false").and_then(|answer| answer.feedback.as_ref())),
            })
        }
        Kind::ShortAnswer(answers) => {
            let key = |answer: &Answer| TextKey {
                text: answer.text.text.clone(),
                share: percent(answer.fraction),
                feedback: said(answer.feedback.as_ref()),
            };
            Task::Short(Short { answers: answers.iter().map(key).collect(), case: is_on(&asked.extra, "usecase") })
        }
        Kind::Numerical(answers) => Task::Number(number(answers)?),
        Kind::Matching(pairs) => {
            let (mut known, mut extra) = (Vec::new(), Vec::new());
            for pair in pairs {
                if pair.text.text.trim().is_empty() {
                    extra.push(pair.answer.clone());
                } else {
                    known.push(Pair {
                        id: part_id(known.len()),
                        left: written(&pair.text),
                        right: pair.answer.clone(),
                    });
                }
            }
            Task::Match(Match { pairs: known, extra, shuffle: is_on(&asked.extra, "shuffleanswers") })
        }
        Kind::SelectGaps(choices) | Kind::DragGaps(choices) => {
            let (with_marks, gaps) = selected(&text, choices)?;
            text = with_marks;
            Task::Gaps(gaps)
        }
        Kind::Cloze => {
            let (with_marks, gaps) = cloze(&asked.text.text)?;
            text = from_html(&with_marks);
            Task::Gaps(gaps)
        }
        Kind::Other(name) => return Err((Why::Kind, format!("{name}: {}", asked.name))),
    };
    Ok(Question { text, feedback: said(asked.feedback.as_ref()), task, ..Question::default() })
}

fn essay(extra: &[Element]) -> Essay {
    let number = |name| setting(extra, name).and_then(|element| element.text().trim().parse().ok()).unwrap_or(0);
    let html = |name| setting(extra, name).map(|element| from_html(&element.text())).unwrap_or_default();
    Essay {
        words_min: number("minwordlimit"),
        words_max: number("maxwordlimit"),
        template: html("responsetemplate"),
        notes: html("graderinfo"),
    }
}

fn options(answers: &[Answer]) -> Vec<Choice> {
    let option = |(at, answer): (usize, &Answer)| Choice {
        id: part_id(at),
        text: written(&answer.text),
        share: percent(answer.fraction),
        feedback: said(answer.feedback.as_ref()),
    };
    answers.iter().enumerate().map(option).collect()
}

fn number(answers: &[Answer]) -> Result<Number, (Why, String)> {
    let mut keys = Vec::new();
    for answer in answers.iter().filter(|answer| answer.text.text.trim() != "*") {
        let text = answer.text.text.trim();
        let off = answer.tolerance.map_or_else(|| "0".to_owned(), |off| off.to_string());
        keys.push(NumberKey {
            value: Decimal::read(text).ok_or((Why::NoKey, text.to_owned()))?,
            tolerance: Tolerance::Absolute(Decimal::read(&off).unwrap_or_default()),
            share: percent(answer.fraction),
            feedback: said(answer.feedback.as_ref()),
        });
    }
    Ok(Number { answers: keys, ..Number::default() })
}

/// Gaps `[[2]]`, rightly filled by the second choice, offered with the others of its group.
fn selected(text: &str, choices: &[moodle_xml::GapChoice]) -> Result<(String, Gaps), (Why, String)> {
    let (mut out, mut gaps, mut rest) =
        (String::new(), Vec::new(), text.replace("\\[\\[", "[[").replace("\\]\\]", "]]"));
    while let Some(at) = rest.find("[[") {
        let after = rest[at + 2..].to_owned();
        out.push_str(&rest[..at]);
        let Some((number, tail)) = after.split_once("]]") else { break };
        let right = number.trim().parse::<usize>().ok().and_then(|number| choices.get(number.wrapping_sub(1)));
        let Some(right) = right else { return Err((Why::NoKey, number.to_owned())) };
        let offered = choices.iter().filter(|choice| choice.group == right.group);
        let option = |(at, choice): (usize, &moodle_xml::GapChoice)| Choice {
            id: part_id(at),
            text: choice.text.clone(),
            share: if choice.text == right.text { Share::all() } else { Share::none() },
            feedback: String::new(),
        };
        let id = part_id(gaps.len());
        let options = offered.enumerate().map(option).collect();
        gaps.push(Gap { id, weight: 1, key: GapKey::Choice(Single { options, shuffle: false, below_zero: false }) });
        out.push_str(&mark(id));
        rest = tail.to_owned();
    }
    out.push_str(&rest);
    Ok((out, Gaps { gaps }))
}

fn cloze(text: &str) -> Result<(String, Gaps), (Why, String)> {
    let (mut out, mut gaps) = (String::new(), Vec::new());
    for piece in moodle_xml::cloze_pieces(text) {
        match piece {
            Piece::Text(text) => out.push_str(&text),
            Piece::Part(part) => {
                let id = part_id(gaps.len());
                let weight = part.weight.and_then(|weight| u16::try_from(weight).ok()).unwrap_or(1).max(1);
                gaps.push(Gap { id, weight, key: gap_key(&part)? });
                out.push_str(&mark(id));
            }
        }
    }
    Ok((out, Gaps { gaps }))
}

fn gap_key(part: &Part) -> Result<GapKey, (Why, String)> {
    let short = |case| {
        let key = |answer: &moodle_xml::PartAnswer| TextKey {
            text: answer.text.clone(),
            share: percent(answer.percent),
            feedback: answer.feedback.clone(),
        };
        GapKey::Text(Short { answers: part.answers.iter().map(key).collect(), case })
    };
    Ok(match part.kind {
        PartKind::ShortAnswer => short(false),
        PartKind::ShortAnswerCase => short(true),
        PartKind::Numerical => {
            let mut answers = Vec::new();
            for answer in part.answers.iter().filter(|answer| answer.text.trim() != "*") {
                let (value, off) = answer.text.split_once(':').unwrap_or((answer.text.as_str(), "0"));
                let decimal = |text: &str| Decimal::read(text).ok_or((Why::NoKey, text.to_owned()));
                answers.push(NumberKey {
                    value: decimal(value)?,
                    tolerance: Tolerance::Absolute(decimal(off)?),
                    share: percent(answer.percent),
                    feedback: answer.feedback.clone(),
                });
            }
            GapKey::Number(Number { answers, ..Number::default() })
        }
        PartKind::MultiResponse
        | PartKind::MultiResponseHorizontal
        | PartKind::MultiResponseShuffled
        | PartKind::MultiResponseHorizontalShuffled => return Err((Why::Kind, "MULTIRESPONSE".to_owned())),
        _ => {
            let option = |(at, answer): (usize, &moodle_xml::PartAnswer)| Choice {
                id: part_id(at),
                text: from_html(&answer.text),
                share: percent(answer.percent),
                feedback: answer.feedback.clone(),
            };
            let options = part.answers.iter().enumerate().map(option).collect();
            GapKey::Choice(Single { options, shuffle: false, below_zero: false })
        }
    })
}
