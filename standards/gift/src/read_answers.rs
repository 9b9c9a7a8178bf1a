//! What stands between the braces.

use crate::escape::{find, find_run, parts, unescaped};
use crate::finding::Findings;
use crate::read::formatted;
use crate::{
    Choice, Error, FindingCode, Format, Kind, LimitKind, Limits, Number, NumericalAnswer, Pair, Result, Severity, Text,
};

/// Reads the answers of one question.
pub(crate) struct Answers<'a> {
    pub(crate) format: Format,
    pub(crate) line: usize,
    pub(crate) limits: &'a Limits,
    pub(crate) findings: &'a mut Findings,
}

impl Answers<'_> {
    /// The kind follows from the marks, in the order in which Moodle looks for them.
    pub(crate) fn read(mut self, text: &str) -> Result<Kind> {
        if text.is_empty() {
            return Ok(Kind::Essay);
        }
        if let Some(numbers) = text.strip_prefix('#') {
            return self.numerical(numbers.trim());
        }
        if find(text, &['~']).is_some() {
            return self.multiple_choice(text);
        }
        if find(text, &['=']).is_some() && text.contains("->") {
            return self.matching(text);
        }
        let word = find(text, &['#']).map_or(text, |at| &text[..at]).trim();
        if let Some(right) = truth(word) {
            return Ok(self.true_false(text, right));
        }
        self.short_answer(text)
    }

    fn multiple_choice(&mut self, text: &str) -> Result<Kind> {
        let mut several = true;
        let mut choices = Vec::new();
        for (mark, part) in self.marked(text, &['~', '='])? {
            if mark.is_none() {
                let message = "text stands before the first ~ or =, and was read as a wrong answer";
                self.say(Severity::Warning, FindingCode::UnmarkedAnswer, message, part);
            }
            several &= mark != Some('=');
            choices.push(self.choice(part, if mark == Some('=') { 100.0 } else { 0.0 }));
        }
        if choices.len() < 2 {
            self.few("a multiple choice question needs two answers", text);
        }
        if !choices.iter().any(|choice| choice.weight > 0.0) {
            let message = "no answer earns anything";
            self.say(Severity::Warning, FindingCode::NoRightAnswer, message, text);
        }
        Ok(Kind::MultipleChoice { several, choices })
    }

    fn short_answer(&mut self, text: &str) -> Result<Kind> {
        let answers: Vec<Choice> =
            self.marked(text, &['='])?.into_iter().map(|(_, part)| self.choice(part, 100.0)).collect();
        if answers.iter().all(|answer| answer.text.text.is_empty()) {
            self.few("a short answer question needs an answer", text);
        }
        Ok(Kind::ShortAnswer(answers))
    }

    fn matching(&mut self, text: &str) -> Result<Kind> {
        let mut pairs = Vec::new();
        for (_, part) in self.marked(text, &['='])? {
            let Some((stem, answer)) = part.split_once("->") else {
                self.say(Severity::Loss, FindingCode::BadPair, "the pair has no ->", part);
                continue;
            };
            pairs.push(Pair { stem: formatted(stem, self.format), answer: unescaped(answer.trim()) });
        }
        if pairs.len() < 2 {
            self.few("a matching question needs two pairs", text);
        }
        Ok(Kind::Matching(pairs))
    }

    /// The first feedback is for a wrong answer, the second for a right one.
    fn true_false(&mut self, text: &str, right: bool) -> Kind {
        let mut feedback = parts(text, &['#']).into_iter().skip(1).map(|(_, part)| part);
        let when_wrong = feedback.next().and_then(|part| self.feedback(part));
        // A third sign and what follows belong to the second feedback.
        let second = feedback.collect::<Vec<_>>().join("\\#");
        Kind::TrueFalse { right, when_wrong, when_right: self.feedback(&second) }
    }

    fn numerical(&mut self, text: &str) -> Result<Kind> {
        let mut answers = Vec::new();
        for (mark, part) in self.marked(text, &['=', '~'])? {
            let (weight, rest) = weight(part);
            let (value, feedback) = self.commented(rest);
            let weight = weight.unwrap_or(if mark == Some('~') { 0.0 } else { 100.0 });
            let Some(value) = number(&unescaped(value.trim()), mark == Some('~')) else {
                let message = "the answer is no number, number:tolerance or range from..to";
                self.say(Severity::Loss, FindingCode::BadNumber, message, part);
                continue;
            };
            answers.push(NumericalAnswer { value, weight, feedback });
        }
        if answers.is_empty() {
            self.few("a numerical question needs an answer", text);
        }
        Ok(Kind::Numerical(answers))
    }

    /// The parts after each mark, and before the first one if something stands there.
    fn marked<'t>(&self, text: &'t str, marks: &[char]) -> Result<Vec<(Option<char>, &'t str)>> {
        let mut parts = parts(text, marks);
        if parts.first().is_some_and(|(mark, part)| mark.is_none() && part.trim().is_empty()) {
            parts.remove(0);
        }
        if parts.len() > self.limits.answers {
            let kind = LimitKind::Answers;
            return Err(Error::Limit { kind, limit: self.limits.answers, found: parts.len() });
        }
        Ok(parts)
    }

    fn choice(&self, part: &str, ordinary: f64) -> Choice {
        let (weight, rest) = weight(part);
        let (text, feedback) = self.commented(rest);
        Choice { text: formatted(text, self.format), weight: weight.unwrap_or(ordinary), feedback }
    }

    /// An answer and the feedback after `#`.
    fn commented<'t>(&self, part: &'t str) -> (&'t str, Option<Text>) {
        match find_run(part, "#", false) {
            Some(at) => (&part[..at], self.feedback(&part[at + 1..])),
            None => (part, None),
        }
    }

    fn feedback(&self, text: &str) -> Option<Text> {
        Some(formatted(text, self.format)).filter(|feedback| !feedback.text.is_empty())
    }

    fn few(&mut self, message: &str, text: &str) {
        self.say(Severity::Warning, FindingCode::TooFewAnswers, message, text);
    }

    fn say(&mut self, severity: Severity, code: FindingCode, message: &str, text: &str) {
        self.findings.push(self.line, severity, code, message, text);
    }
}

fn truth(word: &str) -> Option<bool> {
    if word.eq_ignore_ascii_case("true") || word == "T" {
        Some(true)
    } else if word.eq_ignore_ascii_case("false") || word == "F" {
        Some(false)
    } else {
        None
    }
}

/// The share in percent at the start of an answer, `%50%`, and what follows it.
fn weight(part: &str) -> (Option<f64>, &str) {
    let part = part.trim();
    let share = part.strip_prefix('%').and_then(|rest| rest.split_once('%'));
    match share.and_then(|(share, rest)| Some((decimal(share)?, rest))) {
        Some((share, rest)) => (Some(share), rest),
        None => (None, part),
    }
}

fn number(text: &str, otherwise: bool) -> Option<Number> {
    if text == "*" || (otherwise && text.is_empty()) {
        return Some(Number::Any);
    }
    if let Some((min, max)) = text.split_once("..") {
        let (min, max) = (decimal(min)?, decimal(max)?);
        return Some(Number::Range { min: min.min(max), max: min.max(max) });
    }
    match text.split_once(':') {
        Some((value, tolerance)) => Some(Number::Near { value: decimal(value)?, tolerance: decimal(tolerance)?.abs() }),
        None => Some(Number::Near { value: decimal(text)?, tolerance: 0.0 }),
    }
}

/// A finite number; a comma before the decimals is taken for a point.
fn decimal(text: &str) -> Option<f64> {
    let text = text.trim();
    let plain = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit() || b"+-.,eE".contains(&byte));
    let number: f64 = plain.then(|| text.replacen(',', ".", 1).parse().ok()).flatten()?;
    number.is_finite().then_some(number)
}
