//! From questions to a file.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use crate::xml::Element;
use crate::{Answer, GapChoice, Hint, Item, Kind, Pair, Question, Text};

/// Writes items so that [`read`](crate::read) gives the same again.
pub fn write<'i>(items: impl IntoIterator<Item = &'i Item>) -> String {
    let mut out = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<quiz>\n");
    for item in items {
        match item {
            Item::Category { path, extra } => {
                let mut element = Element::new("question").with("type", "category");
                element.push(text_only("category", path));
                for child in extra {
                    element.push(child.clone());
                }
                element.write(&mut out, 1);
            }
            Item::Question(one) => question(one).write(&mut out, 1),
        }
    }
    out.push_str("</quiz>\n");
    out
}

fn question(question: &Question) -> Element {
    let mut element = Element::new("question").with("type", question.kind.type_name());
    element.push(text_only("name", &question.name));
    element.push(text("questiontext", &question.text));
    if let Some(feedback) = &question.feedback {
        element.push(text("generalfeedback", feedback));
    }
    let numbers = [("defaultgrade", question.default_grade), ("penalty", question.penalty)];
    for (name, number) in numbers.into_iter().filter_map(|(name, number)| Some((name, number?))) {
        element.push(Element::new(name).holding(&number.to_string()));
    }
    if let Some(id) = &question.id {
        element.push(Element::new("idnumber").holding(id));
    }
    let combined = [
        ("correctfeedback", &question.right_feedback),
        ("partiallycorrectfeedback", &question.partly_feedback),
        ("incorrectfeedback", &question.wrong_feedback),
    ];
    for (name, feedback) in combined.into_iter().filter_map(|(name, feedback)| Some((name, feedback.as_ref()?))) {
        element.push(text(name, feedback));
    }
    match &question.kind {
        Kind::MultipleChoice(list) | Kind::TrueFalse(list) | Kind::ShortAnswer(list) | Kind::Numerical(list) => {
            for one in list {
                element.push(answer(one));
            }
        }
        Kind::Matching(pairs) => {
            for one in pairs {
                element.push(pair(one));
            }
        }
        Kind::SelectGaps(choices) => {
            for one in choices {
                element.push(gap_choice("selectoption", one));
            }
        }
        Kind::DragGaps(choices) => {
            for one in choices {
                element.push(gap_choice("dragbox", one));
            }
        }
        Kind::Essay | Kind::Description | Kind::Cloze | Kind::Other(_) => {}
    }
    for one in &question.hints {
        element.push(hint(one));
    }
    if !question.tags.is_empty() {
        let mut tags = Element::new("tags");
        for tag in &question.tags {
            tags.push(text_only("tag", tag));
        }
        element.push(tags);
    }
    for child in &question.extra {
        element.push(child.clone());
    }
    element
}

fn text_only(name: &str, words: &str) -> Element {
    let mut element = Element::new(name);
    element.push(Element::new("text").holding(words));
    element
}

fn text(name: &str, text: &Text) -> Element {
    fill(Element::new(name), text)
}

fn fill(mut element: Element, text: &Text) -> Element {
    if let Some(format) = &text.format {
        element = element.with("format", format);
    }
    element.push(Element::new("text").holding(&text.text));
    for file in &text.files {
        let mut one = Element::new("file").with("name", &file.name);
        if let Some(path) = &file.path {
            one = one.with("path", path);
        }
        element.push(one.with("encoding", "base64").holding(&STANDARD.encode(&file.content)));
    }
    element
}

fn answer(answer: &Answer) -> Element {
    let element = Element::new("answer").with("fraction", &answer.fraction.to_string());
    let mut element = fill(element, &answer.text);
    if let Some(feedback) = &answer.feedback {
        element.push(text("feedback", feedback));
    }
    answer.tolerance.iter().for_each(|far| element.push(Element::new("tolerance").holding(&far.to_string())));
    element
}

fn pair(pair: &Pair) -> Element {
    let mut element = text("subquestion", &pair.text);
    element.push(text_only("answer", &pair.answer));
    element
}

fn hint(hint: &Hint) -> Element {
    let mut element = text("hint", &hint.text);
    if hint.shows_number {
        element.push(Element::new("shownumcorrect"));
    }
    if hint.clears_wrong {
        element.push(Element::new("clearwrong"));
    }
    for child in &hint.extra {
        element.push(child.clone());
    }
    element
}

fn gap_choice(name: &str, choice: &GapChoice) -> Element {
    let mut element = text_only(name, &choice.text);
    if let Some(group) = choice.group {
        element.push(Element::new("group").holding(&group.to_string()));
    }
    if choice.reusable {
        element.push(Element::new("infinite"));
    }
    element
}
