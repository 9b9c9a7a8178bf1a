use gift::{Item, Kind, Number as Accepted, Text};

use super::{Format, Report, Why, from_html, key, part_id, percent};
use crate::question::{
    Choice, Essay, Match, Multiple, MultipleRule, Number, NumberKey, Pair, Question, Short, Single, Task, TextKey,
    Tolerance, TrueFalse,
};
use crate::share::Decimal;

pub(super) fn read(bytes: &[u8]) -> Report {
    let mut report = Report::default();
    let read = match ::gift::read(bytes, &::gift::Limits::default()) {
        Ok(read) => read,
        Err(error) => {
            report.tell("", Why::Unreadable, error.to_string(), true);
            return report;
        }
    };
    for entry in &read.entries {
        let Item::Question(asked) = &entry.item else { continue };
        let title = asked.title.clone().unwrap_or_default();
        let named = asked.id.as_deref().or(asked.title.as_deref());
        let source = key(Format::Gift, named, &asked.text());
        report.take(&entry.line.to_string(), &title, &asked.tags, &source, question(asked));
    }
    for finding in &read.findings {
        let is_lost = finding.severity == ::gift::Severity::Loss;
        report.tell(finding.line.to_string(), Why::Noticed, finding.message.clone(), is_lost);
    }
    report
}

fn written(text: &Text) -> String {
    match text.format {
        ::gift::Format::Html => from_html(&text.text),
        // Two spaces at the end keep a line's end.
        ::gift::Format::Moodle | ::gift::Format::Plain => text.text.replace('\n', "  \n"),
        ::gift::Format::Markdown => text.text.clone(),
    }
}

fn said(text: Option<&Text>) -> String {
    text.map(written).unwrap_or_default()
}

fn question(asked: &::gift::Question) -> Result<Question, (Why, String)> {
    let options = |choices: &[::gift::Choice]| {
        let option = |(at, choice): (usize, &::gift::Choice)| Choice {
            id: part_id(at),
            text: written(&choice.text),
            share: percent(choice.weight),
            feedback: said(choice.feedback.as_ref()),
        };
        choices.iter().enumerate().map(option).collect::<Vec<_>>()
    };
    let task = match &asked.kind {
        Kind::Description => Task::Info,
        Kind::Essay => Task::Essay(Essay::default()),
        Kind::TrueFalse { right, when_wrong, when_right } => {
            let (wrong, right_said) = (said(when_wrong.as_ref()), said(when_right.as_ref()));
            let (when_true, when_false) = if *right { (right_said, wrong) } else { (wrong, right_said) };
            Task::TrueFalse(TrueFalse { is_true: *right, when_true, when_false })
        }
        Kind::MultipleChoice { several: false, choices } => {
            Task::Single(Single { options: options(choices), shuffle: true, below_zero: false })
        }
        Kind::MultipleChoice { several: true, choices } => {
            Task::Multiple(Multiple { options: options(choices), shuffle: true, rule: MultipleRule::Sum })
        }
        Kind::ShortAnswer(choices) => {
            let key = |choice: &::gift::Choice| TextKey {
                text: choice.text.text.clone(),
                share: percent(choice.weight),
                feedback: said(choice.feedback.as_ref()),
            };
            Task::Short(Short { answers: choices.iter().map(key).collect(), case: false })
        }
        Kind::Matching(pairs) => {
            let (mut known, mut extra) = (Vec::new(), Vec::new());
            for pair in pairs {
                if pair.stem.text.trim().is_empty() {
                    extra.push(pair.answer.clone());
                } else {
                    known.push(Pair {
                        id: part_id(known.len()),
                        left: written(&pair.stem),
                        right: pair.answer.clone(),
                    });
                }
            }
            Task::Match(Match { pairs: known, extra, shuffle: true })
        }
        Kind::Numerical(answers) => Task::Number(numbers(answers)?),
    };
    let stem = Text { format: asked.stem.format, text: asked.text() };
    Ok(Question { text: written(&stem), feedback: said(asked.feedback.as_ref()), task, ..Question::default() })
}

fn numbers(answers: &[::gift::NumericalAnswer]) -> Result<Number, (Why, String)> {
    let mut keys = Vec::new();
    for answer in answers {
        let (value, off) = match answer.value {
            Accepted::Near { value, tolerance } => (value, tolerance),
            Accepted::Range { min, max } => (f64::midpoint(min, max), (max - min) / 2.0),
            // What anything else earns is nothing here; its feedback has no number to stand at.
            Accepted::Any => continue,
        };
        let decimal = |number: f64| Decimal::read(&number.to_string()).ok_or((Why::Kind, number.to_string()));
        keys.push(NumberKey {
            value: decimal(value)?,
            tolerance: Tolerance::Absolute(decimal(off)?),
            share: percent(answer.weight),
            feedback: said(answer.feedback.as_ref()),
        });
    }
    Ok(Number { answers: keys, ..Number::default() })
}
