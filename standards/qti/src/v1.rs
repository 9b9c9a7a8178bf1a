//! Reads a `questestinterop` of QTI 1.2: items, tests, sections, banks. Source: IMS QTI ASI XML
//! Binding 1.2.1; dialects as their systems write them.

use crate::assessment::*;
use crate::finding::{FindingCode, Findings};
use crate::model::{Item, Version};
use crate::value::float;
use crate::xml::Element;
use crate::{v1_item, v1_material};

/// Reads all that a document holds.
pub(crate) fn document(root: &Element) -> Document {
    let mut read = Reader { items: Vec::new(), tests: Vec::new(), banks: Vec::new(), findings: Findings::default() };
    for child in root.children() {
        match child.name.as_str() {
            "assessment" => read.assessment(child),
            "objectbank" => read.bank(child),
            "section" => {
                // A section by itself, as banks are exchanged.
                let section = read.section(child);
                let bank = Bank {
                    identifier: section.identifier.clone(),
                    title: section.title.clone(),
                    items: items_of(&section),
                };
                read.banks.push(bank);
            }
            "item" => {
                read.item(child);
            }
            "qticomment" | "xi:include" | "include" => {}
            other => read
                .findings
                .warning(FindingCode::UnknownElement, format!("<{other}> is not known in a document of QTI 1.2")),
        }
    }
    let Reader { items, tests, banks, findings } = read;
    Document { version: Version::V1, items, tests, banks, findings: findings.into_list() }
}

struct Reader {
    items: Vec<Item>,
    tests: Vec<Test>,
    banks: Vec<Bank>,
    findings: Findings,
}

fn items_of(section: &Section) -> Vec<String> {
    let mut found = Vec::new();
    for entry in &section.entries {
        match entry {
            Entry::Item(reference) => found.push(reference.identifier.clone()),
            Entry::Section(section) => found.extend(items_of(section)),
            Entry::SectionReference { .. } => {}
        }
    }
    found
}

impl Reader {
    fn item(&mut self, element: &Element) -> String {
        let mut item = v1_item::item(element);
        if item.identifier.is_empty() {
            item.identifier = format!("item-{}", self.items.len() + 1);
        }
        let taken = |name: &str| self.items.iter().any(|other| other.identifier == name);
        if taken(&item.identifier) {
            let message =
                format!("the identifier {:?} is given to two items; the later one was renamed", item.identifier);
            self.findings.warning(FindingCode::DuplicateIdentifier, message);
            item.identifier = format!("{}-{}", item.identifier, self.items.len() + 1);
        }
        let identifier = item.identifier.clone();
        self.items.push(item);
        identifier
    }

    fn bank(&mut self, element: &Element) {
        let mut bank = Bank { identifier: element.attribute_or_empty("ident"), ..Bank::default() };
        let fields = v1_item::metadata(element);
        bank.title =
            fields.iter().find(|(label, _)| label == "bank_title").map(|(_, value)| value.clone()).unwrap_or_default();
        for child in element.children() {
            match child.name.as_str() {
                "item" => bank.items.push(self.item(child)),
                "section" => {
                    let section = self.section(child);
                    bank.items.extend(items_of(&section));
                }
                _ => {}
            }
        }
        self.banks.push(bank);
    }

    fn assessment(&mut self, element: &Element) {
        let mut test = Test::new(Version::V1, &element.attribute_or_empty("ident"));
        test.title = element.attribute_or_empty("title");
        test.metadata = v1_item::metadata(element);
        test.dialect = v1_item::dialect(element, &test.metadata);
        test.limits = limits(element, &test.metadata);
        for name in ["presentation_material", "rubric", "objectives"] {
            for material in element.all(name) {
                test.introduction.extend(v1_material::all(material));
            }
        }
        let mut part = Part { identifier: "part".to_owned(), together: true, ..Part::default() };
        for child in element.children() {
            match child.name.as_str() {
                "section" => part.entries.push(Entry::Section(self.section(child))),
                "item" => part.entries.push(self.reference(child)),
                "itemref" => part.entries.push(reference_to(child)),
                _ => {}
            }
        }
        test.parts.push(part);
        self.tests.push(test);
    }

    fn reference(&mut self, child: &Element) -> Entry {
        let identifier = self.item(child);
        Entry::Item(ItemReference { identifier, ..ItemReference::default() })
    }

    fn section(&mut self, element: &Element) -> Section {
        let mut section = Section {
            identifier: element.attribute_or_empty("ident"),
            title: element.attribute_or_empty("title"),
            visible: true,
            ..Section::default()
        };
        section.steering.limits = limits(element, &[]);
        for child in element.children() {
            match child.name.as_str() {
                "section" => section.entries.push(Entry::Section(self.section(child))),
                "item" => section.entries.push(self.reference(child)),
                "itemref" => section.entries.push(reference_to(child)),
                "sectionref" => {
                    let identifier = child.attribute_or_empty("linkrefid");
                    section.entries.push(Entry::SectionReference { identifier, href: String::new() });
                }
                "selection_ordering" => self.selection(child, &mut section),
                "presentation_material" | "rubric" => section.rubrics.extend(v1_material::all(child)),
                _ => {}
            }
        }
        section
    }

    /// What is drawn, and in which order. Canvas names the bank and the points of each question.
    fn selection(&mut self, element: &Element, section: &mut Section) {
        section.shuffle = element.child("order").is_some_and(|order| order.attribute("order_type") == Some("Random"));
        for selection in element.all("selection") {
            let count = selection.value("selection_number").and_then(|text| text.parse().ok());
            let extension = selection.child("selection_extension");
            let points = extension.and_then(|extension| extension.value("points_per_item"));
            let mut settings = Vec::new();
            for setting in extension.into_iter().flat_map(Element::children) {
                if setting.name != "points_per_item" {
                    settings.push((setting.name.clone(), setting.trimmed()));
                }
            }
            for reference in selection.all("selection_metadata") {
                settings.push(("selection_metadata".to_owned(), reference.trimmed()));
            }
            let bank = selection.value("sourcebank_ref").or_else(|| selection.value("sourcebank_reference"));
            if count.is_none() && bank.is_none() && settings.is_empty() {
                continue;
            }
            section.selection = Some(Selection {
                count: count.unwrap_or_default(),
                with_replacement: false,
                bank,
                points_each: points.and_then(|text| float(&text)),
                settings,
            });
        }
    }
}

fn reference_to(element: &Element) -> Entry {
    let identifier = element.attribute_or_empty("linkrefid");
    let points = element.attribute("points").and_then(float);
    let weights = points.map(|points| ("points".to_owned(), points)).into_iter().collect();
    Entry::Item(ItemReference { identifier, weights, ..ItemReference::default() })
}

/// `duration` (ISO 8601), or the metadata that systems use for it (minutes).
fn limits(element: &Element, metadata: &[(String, String)]) -> TimeLimits {
    let stated = element.value("duration").and_then(|text| iso_duration(&text));
    let minutes = metadata.iter().find(|(label, _)| matches!(label.as_str(), "qmd_timelimit" | "cc_timelimit"));
    let minutes = minutes.and_then(|(_, value)| float(value.trim())).filter(|minutes| *minutes > 0.0);
    TimeLimits { min: None, max: stated.or(minutes.map(|minutes| minutes * 60.0)), late: false }
}

/// A duration such as `PT1H30M`, in seconds.
pub(crate) fn iso_duration(text: &str) -> Option<f64> {
    let rest = text.trim().strip_prefix('P')?;
    let mut seconds = 0.0;
    let mut number = String::new();
    let mut in_time = false;
    for character in rest.chars() {
        match character {
            'T' => in_time = true,
            '0'..='9' | '.' => number.push(character),
            unit => {
                let factor = match (unit, in_time) {
                    ('S', true) => 1.0,
                    ('M', true) => 60.0,
                    ('H', true) => 3600.0,
                    ('D', false) => 86_400.0,
                    ('W', false) => 604_800.0,
                    _ => return None,
                };
                seconds += factor * std::mem::take(&mut number).parse::<f64>().ok()?;
            }
        }
    }
    (number.is_empty() && seconds > 0.0).then_some(seconds)
}
