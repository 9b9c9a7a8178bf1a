//! A file into its parts: paragraphs, comments, titles, braces.

use std::ops::Range;

use crate::decode::decode;
use crate::escape::{bare, find, find_run, unescaped};
use crate::finding::Findings;
use crate::read_answers::Answers;
use crate::{Entry, Error, FindingCode, Format, Gift, Item, Kind, LimitKind, Limits, Question, Result, Severity, Text};

/// Reads a file. A question that cannot be read is a [`Finding`](crate::Finding), and the others are
/// read all the same.
///
/// # Errors
/// The file crosses a limit, or is no text.
pub fn read(bytes: &[u8], limits: &Limits) -> Result<Gift> {
    let mut findings = Findings::default();
    let text = decode(bytes, limits, &mut findings)?;
    let lines: Vec<&str> = text.split('\n').collect();
    let mut entries = Vec::new();
    let mut next = 0;
    while let Some(paragraph) = next_paragraph(&lines, next, &mut findings) {
        next = paragraph.end;
        let mut found = paragraph_items(&lines, paragraph, limits, &mut findings)?;
        entries.append(&mut found);
        if entries.len() > limits.items {
            return Err(Error::Limit { kind: LimitKind::Items, limit: limits.items, found: entries.len() });
        }
    }
    Ok(Gift { entries, findings: findings.into_list() })
}

fn is_comment(line: &str) -> bool {
    line.trim_start().starts_with("//")
}

/// The lines of the next paragraph. A blank line ends it, except inside braces that are closed
/// before others are opened: Moodle refuses those, but what is meant is plain.
fn next_paragraph(lines: &[&str], from: usize, findings: &mut Findings) -> Option<Range<usize>> {
    let start = from + lines.get(from..)?.iter().position(|line| !line.trim().is_empty())?;
    let mut open = false;
    let mut end = start;
    while let Some(line) = lines.get(end) {
        if line.trim().is_empty() {
            let closed_at = open.then(|| closing_line(lines, end)).flatten();
            let Some(closed_at) = closed_at else { break };
            let message = "a blank line stands inside the answers; they were read on";
            findings.push(start + 1, Severity::Note, FindingCode::BlankLine, message, lines[start]);
            // The blank lines up to the brace are spoken of: none of them ends the paragraph.
            end = closed_at;
            continue;
        }
        if !is_comment(line) {
            for (_, character) in bare(line).filter(|(_, character)| matches!(character, '{' | '}')) {
                open = character == '{';
            }
        }
        end += 1;
    }
    Some(start..end)
}

/// How many lines after a blank one the closing brace may stand.
const BLANK_REACH_LINES: usize = 200;

/// The line of the closing brace that comes before the next opening one.
fn closing_line(lines: &[&str], from: usize) -> Option<usize> {
    let reach = lines.len().min(from + BLANK_REACH_LINES);
    for (at, line) in lines[from..reach].iter().enumerate().filter(|(_, line)| !is_comment(line)) {
        if line.starts_with("::") || line.starts_with("$CATEGORY:") {
            return None;
        }
        if let Some(brace) = find(line, &['{', '}']) {
            return line[brace..].starts_with('}').then_some(from + at);
        }
    }
    None
}

/// The categories of a paragraph, each a line of its own, and the question that the other lines make.
fn paragraph_items(lines: &[&str], at: Range<usize>, limits: &Limits, findings: &mut Findings) -> Result<Vec<Entry>> {
    let mut entries = Vec::new();
    let mut question = Question::default();
    let mut text = String::new();
    let mut first = None;
    for number in at {
        let line = lines[number];
        if is_comment(line) {
            take_comment(line, &mut question);
        } else if let Some(path) = line.trim_start().strip_prefix("$CATEGORY:").filter(|_| first.is_none()) {
            let path = path.trim().to_owned();
            if path.is_empty() {
                let code = FindingCode::EmptyCategory;
                findings.push(number + 1, Severity::Loss, code, "the category has no path", line);
            } else {
                entries.push(Entry { line: number + 1, item: Item::Category(path) });
            }
        } else {
            if first.is_none() {
                first = Some(number + 1);
            } else {
                text.push('\n');
            }
            text.push_str(line);
        }
    }
    if let Some(line) = first
        && let Some(question) = read_question(question, &text, line, limits, findings)?
    {
        entries.push(Entry { line, item: Item::Question(question) });
    }
    Ok(entries)
}

/// Identifier and tags stand in comments; a closing bracket inside is written `\]`.
fn take_comment(line: &str, question: &mut Question) {
    let mut rest = line;
    while let Some(start) = rest.find('[') {
        rest = &rest[start + 1..];
        let (is_id, value) = match (rest.strip_prefix("id:"), rest.strip_prefix("tag:")) {
            (Some(value), _) => (true, value),
            (_, Some(value)) => (false, value),
            _ => continue,
        };
        let Some(end) = value.match_indices(']').map(|(at, _)| at).find(|at| !value[..*at].ends_with('\\')) else {
            continue;
        };
        let meant = value[..end].replace("\\]", "]").trim().to_owned();
        rest = &value[end..];
        if meant.is_empty() {
            continue;
        }
        if is_id {
            question.id = Some(meant);
        } else {
            question.tags.push(meant);
        }
    }
}

fn read_question(
    mut question: Question,
    text: &str,
    line: usize,
    limits: &Limits,
    findings: &mut Findings,
) -> Result<Option<Question>> {
    let mut rest = text.trim();
    if let Some(titled) = rest.strip_prefix("::") {
        if let Some(end) = find_run(titled, "::", false) {
            question.title = Some(unescaped(titled[..end].trim())).filter(|title| !title.is_empty());
            rest = titled[end + 2..].trim_start();
        } else {
            let message = "the title does not end with ::, and was read as text";
            findings.push(line, Severity::Warning, FindingCode::UnfinishedTitle, message, text);
        }
    }
    let opening = find(rest, &['{', '}']);
    let closing = find(rest, &['}']);
    let Some((opening, closing)) = opening.zip(closing) else {
        if opening.is_some() {
            let message = "the answers begin with { and do not end with }";
            findings.push(line, Severity::Loss, FindingCode::UnmatchedBrace, message, text);
            return Ok(None);
        }
        question.stem = formatted(rest, Format::Moodle);
        return Ok(Some(question).filter(|question| not_empty(question, text, line, findings)));
    };
    if opening == closing {
        let message = "the answers end with } and do not begin with {";
        findings.push(line, Severity::Loss, FindingCode::UnmatchedBrace, message, text);
        return Ok(None);
    }
    question.stem = formatted(&rest[..opening], Format::Moodle);
    let tail = rest[closing + 1..].trim();
    question.tail = Some(unescaped(tail)).filter(|tail| !tail.is_empty());
    let mut inner = &rest[opening + 1..closing];
    if find(tail, &['{', '}']).is_some() || find(inner, &['{']).is_some() {
        let message = "only one pair of braces has a meaning; the others were read as text";
        findings.push(line, Severity::Warning, FindingCode::ExtraBrace, message, text);
    }
    if let Some(at) = find_run(inner, "####", true) {
        let feedback = formatted(&inner[at + 4..], question.stem.format);
        question.feedback = Some(feedback).filter(|feedback| !feedback.text.is_empty());
        inner = &inner[..at];
    }
    question.kind = Answers { format: question.stem.format, line, limits, findings }.read(inner.trim())?;
    not_empty(&question, text, line, findings);
    Ok(Some(question))
}

/// Whether the question says anything; it is said if not.
fn not_empty(question: &Question, text: &str, line: usize, findings: &mut Findings) -> bool {
    let empty = question.stem.text.is_empty() && question.tail.is_none();
    if empty {
        let lost = question.kind == Kind::Description;
        let severity = if lost { Severity::Loss } else { Severity::Warning };
        findings.push(line, severity, FindingCode::EmptyQuestion, "the question has no text", text);
    }
    !empty
}

/// A text that may begin with the name of its format between square brackets.
pub(crate) fn formatted(text: &str, inherited: Format) -> Text {
    let text = text.trim();
    for format in Format::ALL {
        let mark = text.strip_prefix('[').and_then(|rest| rest.strip_prefix(format.as_str()));
        if let Some(rest) = mark.and_then(|rest| rest.strip_prefix(']')) {
            return Text { format, text: unescaped(rest.trim()) };
        }
    }
    Text { format: inherited, text: unescaped(text) }
}
