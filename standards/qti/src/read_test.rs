//! Reads an `assessmentTest` (and a section in a file of its own) of QTI 2.1 to 3.0.

use crate::assessment::*;
use crate::expression::Expression;
use crate::finding::{FindingCode, Findings};
use crate::model::{Markup, Version};
use crate::value::float;
use crate::xml::Element;
use crate::{read_body, read_item, read_rules};

/// Reads a test.
pub(crate) fn test(root: &Element, version: Version) -> Test {
    let identifier = root.attribute_or_empty("identifier");
    let mut findings = Findings::of(&identifier);
    let mut test = Test::new(version, &identifier);
    test.title = root.attribute_or_empty("title");
    for child in root.children() {
        match child.name.as_str() {
            "testPart" => test.parts.push(part(child, &mut findings)),
            "timeLimits" => test.limits = limits(child),
            "outcomeDeclaration" => test.outcomes.push(read_item::outcome(child, &mut findings)),
            "outcomeProcessing" => test.processing = read_rules::rules(child, &mut findings),
            "testFeedback" => test.feedback.push(read_body::feedback(child, &mut findings)),
            "rubricBlock" => {
                let rubric = Element { content: vec![crate::xml::Node::Element(child.clone())], ..Element::default() };
                test.introduction.extend(read_body::markup(&rubric, &mut findings));
            }
            "stylesheet" => {}
            other => findings.warning(FindingCode::UnknownElement, format!("<{other}> is not known in a test")),
        }
    }
    if test.references().is_empty() && test.sections().is_empty() {
        findings.warning(FindingCode::DanglingReference, "the test holds no section");
    }
    test.findings = findings.into_list();
    test
}

/// A section by itself becomes a test of one section.
pub(crate) fn lone_section(root: &Element, version: Version) -> Test {
    let mut findings = Findings::of(&root.attribute_or_empty("identifier"));
    let section = section(root, &mut findings);
    let mut test = Test::new(version, &section.identifier);
    test.title = section.title.clone();
    test.parts.push(Part { identifier: "part".to_owned(), entries: vec![Entry::Section(section)], ..Part::default() });
    test.findings = findings.into_list();
    test
}

fn part(element: &Element, findings: &mut Findings) -> Part {
    Part {
        identifier: element.attribute_or_empty("identifier"),
        linear: element.attribute("navigationMode") == Some("linear"),
        together: element.attribute("submissionMode") == Some("simultaneous"),
        steering: steering(element, findings),
        entries: entries(element, findings),
        feedback: element.all("testFeedback").map(|child| read_body::feedback(child, findings)).collect(),
    }
}

fn steering(element: &Element, findings: &mut Findings) -> Steering {
    let mut read = Steering::default();
    for child in element.children() {
        match child.name.as_str() {
            "preCondition" => read.preconditions.push(read_rules::operand(child, findings)),
            "branchRule" => {
                let condition: Expression = read_rules::operand(child, findings);
                read.branches.push((condition, child.attribute_or_empty("target")));
            }
            "timeLimits" => read.limits = limits(child),
            "itemSessionControl" => read.session = child.attributes.clone(),
            _ => {}
        }
    }
    read
}

fn limits(element: &Element) -> TimeLimits {
    let number = |name: &str| element.attribute(name).and_then(|text| float(text.trim()));
    let late = element.attribute("allowLateSubmission") == Some("true");
    TimeLimits { min: number("minTime"), max: number("maxTime"), late }
}

fn entries(element: &Element, findings: &mut Findings) -> Vec<Entry> {
    let mut read = Vec::new();
    for child in element.children() {
        match child.name.as_str() {
            "assessmentSection" => read.push(Entry::Section(section(child, findings))),
            "assessmentItemRef" => read.push(Entry::Item(reference(child, findings))),
            "assessmentSectionRef" => {
                let (identifier, href) = (child.attribute_or_empty("identifier"), child.attribute_or_empty("href"));
                read.push(Entry::SectionReference { identifier, href });
            }
            "selection"
            | "ordering"
            | "rubricBlock"
            | "preCondition"
            | "branchRule"
            | "timeLimits"
            | "itemSessionControl"
            | "testFeedback"
            | "assessmentStimulusRef"
            | "adaptiveSelection" => {}
            other => findings.warning(FindingCode::UnknownElement, format!("<{other}> is not known in a section")),
        }
    }
    read
}

fn yes(element: &Element, name: &str, absent: bool) -> bool {
    element.attribute(name).map_or(absent, |value| value.trim() == "true")
}

fn section(element: &Element, findings: &mut Findings) -> Section {
    let rubrics = element.all("rubricBlock").map(|rubric| Markup::Rubric {
        view: rubric.attribute_or_empty("view").split_whitespace().map(str::to_owned).collect(),
        content: read_body::markup(rubric, findings),
    });
    let rubrics = rubrics.collect();
    if element.child("adaptiveSelection").is_some() {
        findings
            .loss(FindingCode::UnknownElement, "the adaptive selection of a section asks a service and was left out");
    }
    Section {
        identifier: element.attribute_or_empty("identifier"),
        title: element.attribute_or_empty("title"),
        visible: yes(element, "visible", true),
        required: yes(element, "required", false),
        fixed: yes(element, "fixed", false),
        keep_together: yes(element, "keepTogether", true),
        selection: element.child("selection").map(|child| selection(child, findings)),
        shuffle: element.child("ordering").is_some_and(|ordering| yes(ordering, "shuffle", false)),
        steering: steering(element, findings),
        rubrics,
        entries: entries(element, findings),
    }
}

fn selection(element: &Element, findings: &mut Findings) -> Selection {
    let mut settings = element.attributes.clone();
    settings.retain(|(name, _)| name != "select" && name != "withReplacement");
    // The Canvas converter writes the bank and the points as attributes or elements of its own.
    let mut bank = None;
    let mut points_each = None;
    for child in element.descendants() {
        match child.name.as_str() {
            "sourcebank_ref" | "sourceBankRef" => bank = Some(child.trimmed()),
            "points_per_item" | "pointsPerItem" => points_each = float(&child.trimmed()),
            "selectionExtension" | "selection_extension" => {}
            other => settings.push((other.to_owned(), child.trimmed())),
        }
    }
    let select = element.attribute_or_empty("select");
    let count = select.parse().unwrap_or_else(|_| {
        findings.warning(FindingCode::BadValue, format!("the number of drawn items {select:?} is no number"));
        0
    });
    Selection { count, with_replacement: yes(element, "withReplacement", false), bank, points_each, settings }
}

fn reference(element: &Element, findings: &mut Findings) -> ItemReference {
    let number = |child: &Element| child.attribute("value").and_then(|text| float(text.trim())).unwrap_or(1.0);
    let href = element.attribute_or_empty("href");
    ItemReference {
        identifier: element.attribute_or_empty("identifier"),
        href,
        categories: element.attribute_or_empty("category").split_whitespace().map(str::to_owned).collect(),
        required: yes(element, "required", false),
        fixed: yes(element, "fixed", false),
        steering: steering(element, findings),
        weights: element.all("weight").map(|child| (child.attribute_or_empty("identifier"), number(child))).collect(),
        mappings: element
            .all("variableMapping")
            .map(|child| (child.attribute_or_empty("sourceIdentifier"), child.attribute_or_empty("targetIdentifier")))
            .collect(),
    }
}
