//! Canonical Aiken: `A. `, one question after another with a blank line between.

use std::fmt::Write as _;

use crate::read::Line;
use crate::{Error, Question, Result};

/// Writes questions so that [`read`](crate::read) gives the same again.
///
/// # Errors
/// The format has no way to say what a question says: a choice of several lines, a line of the text
/// that looks like a choice.
pub fn write<'q>(questions: impl IntoIterator<Item = &'q Question>) -> Result<String> {
    let mut out = String::new();
    for (at, question) in questions.into_iter().enumerate() {
        if at > 0 {
            out.push('\n');
        }
        one(&mut out, question).map_err(|reason| Error::Unwritable { number: at + 1, reason })?;
    }
    Ok(out)
}

fn one(out: &mut String, question: &Question) -> Result<(), &'static str> {
    if question.text.contains(['\r', '\0']) || question.choices.iter().any(|choice| choice.contains(['\r', '\n', '\0']))
    {
        return Err("a choice has one line, and no text has control characters");
    }
    for line in question.text.split('\n') {
        match Line::of(line) {
            Line::Text(line) => out.push_str(line),
            Line::Blank => return Err("the text is empty or has a blank line"),
            Line::Choice(..) | Line::Answer(_) => return Err("a line of the text looks like a choice or an answer"),
        }
        out.push('\n');
    }
    if !(2..=26).contains(&question.choices.len()) {
        return Err("a question has two to 26 choices");
    }
    for (choice, letter) in question.choices.iter().zip('A'..='Z') {
        if choice.trim().is_empty() {
            return Err("a choice has no text");
        }
        let _ = writeln!(out, "{letter}. {}", choice.trim());
    }
    let right = ('A'..='Z').nth(question.answer).filter(|_| question.answer < question.choices.len());
    let _ = writeln!(out, "ANSWER: {}", right.ok_or("the answer is none of the choices")?);
    Ok(())
}
