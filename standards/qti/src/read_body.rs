//! Reads the body of an item: markup with interactions, gaps, feedback and rubrics in their places.

use crate::finding::{FindingCode, Findings};
use crate::model::{Choice, Feedback, Interaction, Markup};
use crate::read_rules::source;
use crate::xml::{Element, Node};

/// The content of an element as markup.
pub(crate) fn markup(parent: &Element, findings: &mut Findings) -> Vec<Markup> {
    nodes(&parent.content, findings)
}

fn nodes(content: &[Node], findings: &mut Findings) -> Vec<Markup> {
    let mut out = Vec::new();
    for node in content {
        match node {
            // HTML in a CDATA section: Blackboard's and ANGEL's converters write it.
            Node::Text(text) if text.contains("</") || text.contains("/>") => out.push(Markup::Html(text.clone())),
            Node::Text(text) => out.push(Markup::Text(text.clone())),
            Node::Element(element) => out.extend(piece(element, findings)),
        }
    }
    out
}

fn piece(element: &Element, findings: &mut Findings) -> Option<Markup> {
    let name = element.name.as_str();
    Some(match name {
        "script" => {
            findings.warning(FindingCode::Script, "a script in the body was left out");
            return None;
        }
        "gap" => Markup::Gap(choice(element, findings)),
        "hottext" => Markup::Hottext(choice(element, findings)),
        "printedVariable" => Markup::Variable(element.attributes.clone()),
        "feedbackBlock" | "feedbackInline" | "templateBlock" | "templateInline" => {
            Markup::Conditional(feedback(element, findings))
        }
        "rubricBlock" => {
            let view = element.attribute_or_empty("view").split_whitespace().map(str::to_owned).collect();
            Markup::Rubric { view, content: markup(element, findings) }
        }
        // The wrapper that 3.0 puts around the content of blocks.
        "contentBody" => {
            let content = markup(element, findings);
            Markup::Element { name: "div".to_owned(), attributes: Vec::new(), content }
        }
        _ if name.ends_with("Interaction") => Markup::Interaction(Box::new(interaction(element, findings))),
        _ => {
            let attributes = attributes(element, findings);
            Markup::Element { name: name.to_owned(), attributes, content: markup(element, findings) }
        }
    })
}

/// The attributes without event handlers and script addresses.
fn attributes(element: &Element, findings: &mut Findings) -> Vec<(String, String)> {
    let mut kept = Vec::new();
    for (name, value) in &element.attributes {
        let scheme: String =
            value.chars().filter(|character| !character.is_whitespace() && !character.is_control()).take(11).collect();
        if name.to_ascii_lowercase().starts_with("on") || scheme.eq_ignore_ascii_case("javascript:") {
            findings.warning(FindingCode::Script, format!("the script in {name:?} of <{}> was left out", element.name));
        } else {
            kept.push((name.clone(), value.clone()));
        }
    }
    kept
}

/// A `modalFeedback` or its kin.
pub(crate) fn feedback(element: &Element, findings: &mut Findings) -> Feedback {
    let variable = element.attribute("outcomeIdentifier").or(element.attribute("templateIdentifier"));
    let wrapped = element.child("contentBody").filter(|_| element.children().count() == 1);
    Feedback {
        element: element.name.clone(),
        identifier: element.attribute_or_empty("identifier"),
        variable: variable.unwrap_or_default().trim().to_owned(),
        show: element.attribute("showHide") != Some("hide"),
        title: element.attribute_or_empty("title"),
        content: markup(wrapped.unwrap_or(element), findings),
    }
}

/// The elements that are choices.
const CHOICES: [&str; 9] = [
    "simpleChoice",
    "inlineChoice",
    "simpleAssociableChoice",
    "gapText",
    "gapImg",
    "hotspotChoice",
    "associableHotspot",
    "hottext",
    "gap",
];

const MINIMA: [&str; 4] = ["minChoices", "minAssociations", "minStrings", "minPlays"];
const MAXIMA: [&str; 4] = ["maxChoices", "maxAssociations", "maxStrings", "maxPlays"];

fn interaction(element: &Element, findings: &mut Findings) -> Interaction {
    let count = |names: &[&str]| {
        let found = names.iter().find_map(|name| element.attribute(name));
        found.and_then(|text| text.trim().parse::<u32>().ok())
    };
    let custom = matches!(element.name.as_str(), "customInteraction" | "portableCustomInteraction");
    let raw = custom.then(|| source(element));
    let own = |name: &str| {
        name != "responseIdentifier" && name != "shuffle" && !MINIMA.contains(&name) && !MAXIMA.contains(&name)
    };
    let mut settings = attributes(element, findings);
    settings.retain(|(name, _)| own(name));
    let mut read = Interaction {
        element: element.name.clone(),
        response: element.attribute_or_empty("responseIdentifier"),
        prompt: element.child("prompt").map(|prompt| markup(prompt, findings)).unwrap_or_default(),
        choices: Vec::new(),
        content: Vec::new(),
        shuffle: element.attribute("shuffle").is_some_and(|value| value.eq_ignore_ascii_case("true")),
        min: count(&MINIMA),
        // 0 is any number.
        max: count(&MAXIMA).filter(|max| *max > 0).or_else(|| usual_maximum(element)),
        settings,
        raw,
    };
    if !custom {
        parts(element, &mut read, findings);
    }
    read
}

/// What an absent maximum means (QTI 2.2: `maxChoices` of a choice is 1, of an order any).
fn usual_maximum(element: &Element) -> Option<u32> {
    let stated = MAXIMA.iter().any(|name| element.attribute(name).is_some());
    let one = matches!(
        element.name.as_str(),
        "choiceInteraction"
            | "hotspotInteraction"
            | "hottextInteraction"
            | "selectPointInteraction"
            | "positionObjectInteraction"
            | "matchInteraction"
            | "associateInteraction"
            | "graphicAssociateInteraction"
    );
    (one && !stated).then_some(1)
}

/// The choices of an interaction, and the flow in which its gaps stand.
fn parts(element: &Element, read: &mut Interaction, findings: &mut Findings) {
    let mut list = Vec::new();
    for node in &element.content {
        match node {
            Node::Element(child) if child.name == "prompt" => {}
            Node::Element(child) if child.name == "simpleMatchSet" => {
                read.choices.push(child.children().map(|each| choice(each, findings)).collect());
            }
            Node::Element(child)
                if CHOICES.contains(&child.name.as_str()) && child.name != "hottext" && child.name != "gap" =>
            {
                list.push(choice(child, findings));
            }
            Node::Text(text) if text.trim().is_empty() && read.content.is_empty() => {}
            other => read.content.extend(nodes(std::slice::from_ref(other), findings)),
        }
    }
    while matches!(read.content.last(), Some(Markup::Text(text)) if text.trim().is_empty()) {
        read.content.pop();
    }
    if !list.is_empty() {
        read.choices.insert(0, list);
    }
}

fn choice(element: &Element, findings: &mut Findings) -> Choice {
    let mut settings = attributes(element, findings);
    settings.retain(|(name, _)| name != "identifier" && name != "fixed");
    Choice {
        element: element.name.clone(),
        identifier: element.attribute_or_empty("identifier"),
        content: markup(element, findings),
        fixed: element.attribute("fixed").is_some_and(|value| value.eq_ignore_ascii_case("true")),
        settings,
    }
}
