//! Canonical GIFT: one paragraph per question, one line per answer, every text on one line.

use std::fmt::Write as _;

use crate::escape::escaped;
use crate::{Choice, Error, Format, Item, Kind, Number, NumericalAnswer, Pair, Question, Result, Text};

/// Writes items so that [`read`](crate::read) gives the same again, without findings of its own.
///
/// # Errors
/// GIFT has no way to say what a question says, as `->` in what is to be matched.
pub fn write<'i>(items: impl IntoIterator<Item = &'i Item>) -> Result<String> {
    let mut out = String::new();
    for (at, item) in items.into_iter().enumerate() {
        if at > 0 {
            out.push('\n');
        }
        let written = match item {
            Item::Category(path) => category(&mut out, path),
            Item::Question(one) => question(&mut out, one),
        };
        written.map_err(|reason| Error::Unwritable { number: at + 1, reason })?;
    }
    Ok(out)
}

type Written = Result<(), &'static str>;

fn category(out: &mut String, path: &str) -> Written {
    if path.trim().is_empty() || path.contains(['\n', '\r', '\0']) {
        return Err("a category is a path on one line");
    }
    let _ = writeln!(out, "$CATEGORY: {}", path.trim());
    Ok(())
}

fn question(out: &mut String, question: &Question) -> Written {
    comment(out, question)?;
    if let Some(title) = question.title.as_deref().filter(|title| !title.trim().is_empty()) {
        let _ = write!(out, "::{}::", one_line(title)?);
    }
    let format = question.stem.format;
    // With the format always named no text can be taken for a comment, a category or another format.
    let _ = write!(out, "[{}]{}", format.as_str(), one_line(&question.stem.text)?);
    let asked = question.kind != Kind::Description;
    let has_tail = question.tail.as_deref().is_some_and(|tail| !tail.trim().is_empty());
    if !asked && (has_tail || question.feedback.is_some()) {
        return Err("a description has no gap and no feedback");
    }
    if !has_tail && question.stem.text.trim().is_empty() {
        return Err("the question has no text");
    }
    if asked {
        out.push('{');
        answers(out, &question.kind, format)?;
        if let Some(feedback) = &question.feedback {
            out.push_str("\n\t####");
            text(out, feedback, format)?;
        }
        if question.feedback.is_some() || question.kind != Kind::Essay {
            out.push('\n');
        }
        out.push('}');
    }
    if let Some(tail) = question.tail.as_deref().filter(|_| has_tail) {
        out.push_str(&one_line(tail)?);
    }
    out.push('\n');
    Ok(())
}

fn comment(out: &mut String, question: &Question) -> Written {
    let marks = question.id.iter().map(|id| ("id", id)).chain(question.tags.iter().map(|tag| ("tag", tag)));
    let mut start = "//";
    for (name, value) in marks {
        let value = value.trim();
        if value.is_empty() || value.ends_with('\\') || value.contains("\\]") || value.chars().any(char::is_control) {
            return Err("an id or a tag is a word or more on one line, without a backslash before a bracket");
        }
        let _ = write!(out, "{start} [{name}:{}]", value.replace(']', "\\]"));
        start = "";
    }
    if start.is_empty() {
        out.push('\n');
    }
    Ok(())
}

fn answers(out: &mut String, kind: &Kind, format: Format) -> Written {
    match kind {
        Kind::Description | Kind::Essay => Ok(()),
        Kind::TrueFalse { right, when_wrong, when_right } => {
            out.push_str(if *right { "TRUE" } else { "FALSE" });
            if when_wrong.is_some() || when_right.is_some() {
                out.push('#');
                when_wrong.iter().try_for_each(|feedback| text(out, feedback, format))?;
            }
            // A space keeps the two signs from being taken for a part of four.
            when_right.iter().try_for_each(|feedback| {
                out.push_str(" #");
                text(out, feedback, format)
            })
        }
        Kind::MultipleChoice { several, choices } => {
            let marked = !several && choices.iter().any(|choice| is_full(choice.weight));
            if !several && !marked {
                return Err("a question with one right choice needs a choice that earns everything");
            }
            if !choices.iter().any(|choice| !marked || !is_full(choice.weight)) {
                return Err("a multiple choice question needs a choice that is not marked as right");
            }
            choices.iter().try_for_each(|one| choice(out, one, format, marked && is_full(one.weight), *several))
        }
        Kind::ShortAnswer(list) => {
            if list.is_empty() || list.iter().any(|one| one.text.text.contains("->") || arrow_in(one.feedback.as_ref()))
            {
                return Err("a short answer question needs an answer, and -> would make it a matching question");
            }
            list.iter().try_for_each(|one| choice(out, one, format, true, false))
        }
        Kind::Matching(pairs) => {
            if pairs.is_empty() {
                return Err("a matching question needs a pair");
            }
            pairs.iter().try_for_each(|one| pair(out, one, format))
        }
        Kind::Numerical(list) => {
            out.push('#');
            list.iter().try_for_each(|one| numerical(out, one, format))
        }
    }
}

fn arrow_in(feedback: Option<&Text>) -> bool {
    feedback.is_some_and(|feedback| feedback.text.contains("->"))
}

fn is_full(weight: f64) -> bool {
    (weight - 100.0).abs() < f64::EPSILON
}

/// The weight is named where it is not what the mark says, and where the text could be taken for one.
fn choice(out: &mut String, choice: &Choice, format: Format, marked: bool, weighted: bool) -> Written {
    let ordinary = if marked { 100.0 } else { 0.0 };
    let named = weighted || (choice.weight - ordinary).abs() > 0.0 || choice.text.text.trim().starts_with('%');
    out.push_str(if marked { "\n\t=" } else { "\n\t~" });
    if named {
        let _ = write!(out, "%{}%", finite(choice.weight)?);
    }
    text(out, &choice.text, format)?;
    comment_after(out, choice.feedback.as_ref(), format)
}

fn pair(out: &mut String, pair: &Pair, format: Format) -> Written {
    if pair.stem.text.contains("->") {
        return Err("what is to be matched cannot contain ->");
    }
    out.push_str("\n\t=");
    text(out, &pair.stem, format)?;
    let _ = write!(out, " -> {}", one_line(&pair.answer)?);
    Ok(())
}

fn numerical(out: &mut String, answer: &NumericalAnswer, format: Format) -> Written {
    out.push_str("\n\t=");
    if !is_full(answer.weight) {
        let _ = write!(out, "%{}%", finite(answer.weight)?);
    }
    match answer.value {
        Number::Any => out.push('*'),
        Number::Range { min, max } => {
            if min > max {
                return Err("a range goes from the smaller to the larger number");
            }
            let _ = write!(out, "{}..{}", finite(min)?, finite(max)?);
        }
        Number::Near { value, tolerance } => {
            if tolerance < 0.0 {
                return Err("a tolerance is not negative");
            }
            let _ = write!(out, "{}", finite(value)?);
            if tolerance > 0.0 {
                let _ = write!(out, ":{}", finite(tolerance)?);
            }
        }
    }
    comment_after(out, answer.feedback.as_ref(), format)
}

fn comment_after(out: &mut String, feedback: Option<&Text>, format: Format) -> Written {
    if let Some(feedback) = feedback {
        out.push('#');
        text(out, feedback, format)?;
    }
    Ok(())
}

fn text(out: &mut String, text: &Text, inherited: Format) -> Written {
    if text.format != inherited || text.text.trim_start().starts_with('[') {
        let _ = write!(out, "[{}]", text.format.as_str());
    }
    out.push_str(&one_line(&text.text)?);
    Ok(())
}

/// Line breaks at the ends of a text are escaped and so kept; other white space there means nothing.
fn one_line(text: &str) -> Result<String, &'static str> {
    if text.contains(['\r', '\0']) {
        return Err("a text holds a control character that GIFT cannot keep");
    }
    Ok(escaped(text))
}

fn finite(number: f64) -> Result<f64, &'static str> {
    if number.is_finite() { Ok(number) } else { Err("a number is not finite") }
}
