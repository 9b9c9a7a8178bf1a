//! From the tree to questions. Each reader of an element gives `None` where the element says more
//! than the type can hold, and then the element itself is kept.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use crate::xml::{Element, Node, parse};
use crate::{
    Answer, Error, File, Finding, FindingCode, GapChoice, Hint, Item, Kind, Limits, Pair, Question, Quiz, Result, Text,
};

/// More findings than anyone reads; the rest is counted.
const FINDINGS_MAX: usize = 10_000;

/// Reads a file.
///
/// # Errors
/// The file crosses a limit, is not well-formed XML, declares entities, or is no `<quiz>`.
pub fn read(bytes: &[u8], limits: &Limits) -> Result<Quiz> {
    if bytes.len() > limits.bytes {
        return Err(Error::Limit { kind: "bytes", limit: limits.bytes });
    }
    let mut findings = Vec::new();
    let text = decode(bytes, &mut findings);
    let root = parse(&text, limits)?;
    if root.name != "quiz" {
        return Err(Error::NotAQuiz(root.name));
    }
    let mut items = Vec::new();
    let mut left_out = 0_usize;
    for node in root.children {
        let number = items.len() + 1;
        let mut say = |code, message: String| {
            if findings.len() < FINDINGS_MAX {
                findings.push(Finding { question: number, code, message });
            } else {
                left_out += 1;
            }
        };
        match node {
            Node::Element(element) if element.name == "question" => items.push(item(element, &mut say)),
            Node::Element(element) => {
                say(FindingCode::UnknownElement, format!("<{}> is no question; it was left out", element.name));
            }
            Node::Text(_) => say(FindingCode::StrayText, "text stands between the questions".to_owned()),
        }
    }
    if left_out > 0 {
        let message = format!("{left_out} further findings are not listed");
        findings.push(Finding { question: 0, code: FindingCode::MoreFindings, message });
    }
    Ok(Quiz { items, findings })
}

/// UTF-8 and UTF-16 by their mark, else as the declaration says, else UTF-8.
fn decode(bytes: &[u8], findings: &mut Vec<Finding>) -> String {
    let marked = encoding_rs::Encoding::for_bom(bytes);
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(200)]).into_owned();
    let label = head.split_once("?>").and_then(|(head, _)| head.split_once("encoding="));
    let label = label.and_then(|(_, rest)| rest.get(1..)).and_then(|rest| rest.split(['"', '\'']).next());
    let declared = label.and_then(|label| encoding_rs::Encoding::for_label(label.as_bytes()));
    let (encoding, mark) = marked.unwrap_or((declared.unwrap_or(encoding_rs::UTF_8), 0));
    let (text, errors) = encoding.decode_without_bom_handling(&bytes[mark..]);
    if errors {
        let message = format!("the text is not in the encoding {}; wrong characters were replaced", encoding.name());
        findings.push(Finding { question: 0, code: FindingCode::WrongEncoding, message });
    }
    text.into_owned()
}

type Say<'a> = &'a mut dyn FnMut(FindingCode, String);

fn item(element: Element, say: Say<'_>) -> Item {
    let kind = element.attribute("type").unwrap_or_default().to_owned();
    for (key, _) in element.attributes.iter().filter(|(key, _)| key != "type") {
        say(FindingCode::UnknownElement, format!("the attribute {key:?} of a question was left out"));
    }
    if element.children.iter().any(|node| matches!(node, Node::Text(_))) {
        say(FindingCode::StrayText, "text stands between the parts of a question".to_owned());
    }
    let mut children: Vec<Element> = element.children.into_iter().filter_map(element_of).collect();
    if kind == "category" {
        let path = take(&mut children, "category", text_only, say).unwrap_or_default();
        return Item::Category { path: path.trim().to_owned(), extra: children };
    }
    let kind = kind_of(kind, &mut children, say);
    Item::Question(Question {
        name: take(&mut children, "name", text_only, say).unwrap_or_default(),
        text: take(&mut children, "questiontext", text, say).unwrap_or_default(),
        feedback: take(&mut children, "generalfeedback", text, say),
        default_grade: take(&mut children, "defaultgrade", number, say),
        penalty: take(&mut children, "penalty", number, say),
        id: take(&mut children, "idnumber", plain, say),
        tags: take(&mut children, "tags", tags, say).unwrap_or_default(),
        right_feedback: take(&mut children, "correctfeedback", text, say),
        partly_feedback: take(&mut children, "partiallycorrectfeedback", text, say),
        wrong_feedback: take(&mut children, "incorrectfeedback", text, say),
        hints: take_all(&mut children, "hint", hint, say),
        kind,
        extra: children,
    })
}

fn element_of(node: Node) -> Option<Element> {
    match node {
        Node::Element(element) => Some(element),
        Node::Text(_) => None,
    }
}

fn kind_of(name: String, children: &mut Vec<Element>, say: Say<'_>) -> Kind {
    match name.as_str() {
        "multichoice" => Kind::MultipleChoice(take_all(children, "answer", answer, say)),
        "truefalse" => Kind::TrueFalse(take_all(children, "answer", answer, say)),
        "shortanswer" => Kind::ShortAnswer(take_all(children, "answer", answer, say)),
        "numerical" => Kind::Numerical(take_all(children, "answer", answer, say)),
        "matching" => Kind::Matching(take_all(children, "subquestion", pair, say)),
        "gapselect" => Kind::SelectGaps(take_all(children, "selectoption", gap_choice, say)),
        "ddwtos" => Kind::DragGaps(take_all(children, "dragbox", gap_choice, say)),
        "essay" => Kind::Essay,
        "description" => Kind::Description,
        "cloze" => Kind::Cloze,
        _ => {
            say(FindingCode::UnknownType, format!("a question of the type {name:?} is kept as written"));
            Kind::Other(name)
        }
    }
}

/// Takes the first child of a name out, if it can be held; otherwise it stays, and that is said.
fn take<T>(children: &mut Vec<Element>, name: &str, read: fn(&Element) -> Option<T>, say: Say<'_>) -> Option<T> {
    let at = children.iter().position(|child| child.name == name)?;
    let value = read(&children[at]);
    if value.is_some() {
        children.remove(at);
    } else {
        say(FindingCode::BadValue, format!("<{name}> holds what has no place here; it is kept as written"));
    }
    value
}

/// Takes all children of a name out, or none: their order has a meaning.
fn take_all<T>(children: &mut Vec<Element>, name: &str, read: fn(&Element) -> Option<T>, say: Say<'_>) -> Vec<T> {
    let values: Option<Vec<T>> = children.iter().filter(|child| child.name == name).map(read).collect();
    if let Some(values) = values {
        children.retain(|child| child.name != name);
        return values;
    }
    say(FindingCode::BadValue, format!("one <{name}> holds what has no place here; all are kept as written"));
    Vec::new()
}

fn plain(element: &Element) -> Option<String> {
    element.is_plain().then(|| element.text())
}

fn number(element: &Element) -> Option<f64> {
    plain(element)?.trim().parse().ok().filter(|number: &f64| number.is_finite())
}

/// `<x><text>...</text></x>`
fn text_only(element: &Element) -> Option<String> {
    let text = text(element)?;
    (text.format.is_none() && text.files.is_empty()).then_some(text.text)
}

/// The parts of a text, and the other children.
fn text_and_others(element: &Element) -> Option<(Text, Vec<&Element>)> {
    let mut found = None;
    let mut files = Vec::new();
    let mut others = Vec::new();
    for node in &element.children {
        match node {
            Node::Element(child) if child.name == "text" && found.is_none() => found = Some(plain(child)?),
            Node::Element(child) if child.name == "file" => files.push(file(child)?),
            Node::Element(child) => others.push(child),
            Node::Text(_) => return None,
        }
    }
    let format = element.attribute("format").map(str::to_owned);
    Some((Text { format, text: found?, files }, others))
}

fn only_attributes(element: &Element, known: &[&str]) -> Option<()> {
    element.attributes.iter().all(|(key, _)| known.contains(&key.as_str())).then_some(())
}

fn text(element: &Element) -> Option<Text> {
    only_attributes(element, &["format"])?;
    let (text, others) = text_and_others(element)?;
    others.is_empty().then_some(text)
}

/// Line breaks may stand inside base64.
fn file(element: &Element) -> Option<File> {
    only_attributes(element, &["name", "path", "encoding"])?;
    let elements = element.children.iter().any(|node| matches!(node, Node::Element(_)));
    if elements || element.attribute("encoding") != Some("base64") {
        return None;
    }
    let packed: String = element.text().split_ascii_whitespace().collect();
    let content = STANDARD.decode(packed).ok()?;
    Some(File {
        name: element.attribute("name")?.to_owned(),
        path: element.attribute("path").map(str::to_owned),
        content,
    })
}

fn tags(element: &Element) -> Option<Vec<String>> {
    only_attributes(element, &[])?;
    let tag = |node: &Node| match node {
        Node::Element(tag) if tag.name == "tag" => only_attributes(tag, &[]).and_then(|()| text_only(tag)),
        _ => None,
    };
    Some(element.children.iter().map(tag).collect::<Option<Vec<_>>>()?).filter(|tags| !tags.is_empty())
}

fn hint(element: &Element) -> Option<Hint> {
    only_attributes(element, &["format"])?;
    let (text, others) = text_and_others(element)?;
    let mut hint = Hint { text, ..Hint::default() };
    for child in others {
        match child.name.as_str() {
            "shownumcorrect" if *child == Element::new("shownumcorrect") => hint.shows_number = true,
            "clearwrong" if *child == Element::new("clearwrong") => hint.clears_wrong = true,
            _ => hint.extra.push(child.clone()),
        }
    }
    Some(hint)
}

fn answer(element: &Element) -> Option<Answer> {
    only_attributes(element, &["fraction", "format"])?;
    let (text, others) = text_and_others(element)?;
    let fraction = element.attribute("fraction")?.trim().parse().ok().filter(|share: &f64| share.is_finite())?;
    let mut answer = Answer { text, fraction, ..Answer::default() };
    for child in others {
        match child.name.as_str() {
            "feedback" if answer.feedback.is_none() => answer.feedback = Some(self::text(child)?),
            "tolerance" if answer.tolerance.is_none() => answer.tolerance = Some(number(child)?),
            _ => return None,
        }
    }
    Some(answer)
}

fn pair(element: &Element) -> Option<Pair> {
    only_attributes(element, &["format"])?;
    let (text, others) = text_and_others(element)?;
    match others.as_slice() {
        [only] if only.name == "answer" => Some(Pair { text, answer: text_only(only)? }),
        _ => None,
    }
}

fn gap_choice(element: &Element) -> Option<GapChoice> {
    only_attributes(element, &[])?;
    let (text, others) = text_and_others(element)?;
    let mut choice = GapChoice { text: text.text, group: None, reusable: false };
    for child in others {
        match child.name.as_str() {
            "group" if choice.group.is_none() => choice.group = Some(plain(child)?.trim().parse().ok()?),
            "infinite" if *child == Element::new("infinite") => choice.reusable = true,
            _ => return None,
        }
    }
    text.files.is_empty().then_some(choice)
}
