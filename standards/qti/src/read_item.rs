//! Reads an `assessmentItem` of QTI 2.0 to 3.0.

use std::collections::BTreeMap;

use crate::expression::{self, Expression};
use crate::finding::{FindingCode, Findings};
use crate::kind;
use crate::model::*;
use crate::read_body;
use crate::read_rules;
use crate::value::{BaseType, Cardinality, Scalar, Value, float};
use crate::xml::Element;

/// Reads an item.
pub(crate) fn item(root: &Element, version: Version) -> Item {
    let identifier = root.attribute_or_empty("identifier");
    let mut findings = Findings::of(&identifier);
    let mut item = Item::new(version, &identifier);
    if identifier.is_empty() {
        findings.warning(FindingCode::DanglingReference, "the item has no identifier");
    }
    item.title = root.attribute_or_empty("title");
    item.language = root.attribute("lang").map(str::to_owned);
    item.adaptive = root.attribute("adaptive") == Some("true");
    item.time_dependent = root.attribute("timeDependent") == Some("true");
    for name in ["label", "toolName", "toolVersion"] {
        if let Some(value) = root.attribute(name) {
            item.metadata.push((name.to_owned(), value.to_owned()));
        }
    }
    for child in root.children() {
        part(child, &mut item, &mut findings);
    }
    item.points = points(&item);
    item.kind = kind::of(&item);
    check_references(&item, &mut findings);
    item.findings = findings.into_list();
    item
}

fn part(child: &Element, item: &mut Item, findings: &mut Findings) {
    match child.name.as_str() {
        "responseDeclaration" => item.responses.push(response(child, findings)),
        "outcomeDeclaration" => item.outcomes.push(outcome(child, findings)),
        "templateDeclaration" => item.templates.push(template(child, findings)),
        "templateProcessing" => item.template_processing = read_rules::rules(child, findings),
        "responseProcessing" => item.processing = processing(child, findings),
        "itemBody" => item.body = read_body::markup(child, findings),
        "modalFeedback" => item.feedback.push(read_body::feedback(child, findings)),
        "stylesheet" => item.stylesheets.extend(child.attribute("href").map(str::to_owned)),
        // What converters of Canvas leave of the original.
        "instructureMetadata" => {
            item.dialect = Dialect::Canvas;
            for field in child.all("instructureField") {
                item.metadata.push((field.attribute_or_empty("name"), field.attribute_or_empty("value")));
            }
        }
        "itemproc_extension" => item.calculated = crate::canvas::calculated(child, findings),
        "assessmentStimulusRef" => item.metadata.push(("stimulus".to_owned(), child.attribute_or_empty("href"))),
        "companionMaterialsInfo" | "catalogInfo" | "apipAccessibility" | "interactionMarkup" => {
            findings.note(FindingCode::UnknownElement, format!("<{}> was not read", child.name));
        }
        other => findings.warning(FindingCode::UnknownElement, format!("<{other}> is not known in an item")),
    }
}

fn points(item: &Item) -> Option<f64> {
    let label = |name| item.label(name).and_then(|value| float(value.trim()));
    let stated = item.outcome("MAXSCORE").and_then(|outcome| outcome.default.number());
    let normal = item.outcome("SCORE").and_then(|outcome| outcome.maximum);
    label("points_possible").or_else(|| label("max_score")).or(stated).or(normal)
}

fn types(element: &Element, findings: &mut Findings) -> (Cardinality, Option<BaseType>) {
    let cardinality = element.attribute_or_empty("cardinality");
    let known = Cardinality::named(&cardinality).unwrap_or_else(|| {
        findings.warning(FindingCode::BadValue, format!("the cardinality {cardinality:?} is not known"));
        Cardinality::Single
    });
    let base = element.attribute("baseType").and_then(|name| {
        let base = BaseType::named(name);
        if base.is_none() {
            findings.warning(FindingCode::BadValue, format!("the base type {name:?} is not known"));
        }
        base
    });
    (known, base)
}

/// The values in a `correctResponse` or a `defaultValue`.
fn values(
    parent: Option<&Element>,
    (cardinality, base): (Cardinality, Option<BaseType>),
    findings: &mut Findings,
) -> Value {
    let Some(parent) = parent else { return Value::Null };
    let mut list = Vec::new();
    let mut fields = BTreeMap::new();
    for value in parent.all("value") {
        let own = value.attribute("baseType").and_then(BaseType::named).or(base).unwrap_or(BaseType::String);
        let text = value.text();
        if text.trim().is_empty() && own != BaseType::String {
            continue;
        }
        // The Canvas and ANGEL converters declare text as identifiers: it is kept whole.
        match Scalar::parse(own, &text) {
            Some(scalar) => match value.attribute("fieldIdentifier") {
                Some(field) => {
                    fields.insert(field.to_owned(), scalar);
                }
                None => list.push(scalar),
            },
            None => findings.warning(FindingCode::BadValue, format!("{text:?} is no {}", own.as_str())),
        }
    }
    if cardinality == Cardinality::Record && !fields.is_empty() {
        return Value::Record(fields);
    }
    if cardinality == Cardinality::Single && list.len() > 1 {
        let message = format!("<{}> has {} values where one is declared; the first was read", parent.name, list.len());
        findings.warning(FindingCode::BadValue, message);
    }
    Value::of(cardinality, list)
}

fn response(element: &Element, findings: &mut Findings) -> ResponseDeclaration {
    let (cardinality, base) = types(element, findings);
    ResponseDeclaration {
        identifier: element.attribute_or_empty("identifier"),
        cardinality,
        base,
        default: values(element.child("defaultValue"), (cardinality, base), findings),
        correct: values(element.child("correctResponse"), (cardinality, base), findings),
        mapping: element.child("mapping").map(|child| mapping(child, base, findings)),
        areas: element.child("areaMapping").map(|child| areas(child, findings)),
    }
}

fn number(element: &Element, name: &str, findings: &mut Findings) -> Option<f64> {
    let text = element.attribute(name)?.trim();
    let number = float(text);
    if number.is_none() && !text.is_empty() {
        findings.warning(FindingCode::BadValue, format!("{name}={text:?} is no number"));
    }
    number
}

fn mapping(element: &Element, base: Option<BaseType>, findings: &mut Findings) -> Mapping {
    let mut entries = Vec::new();
    for entry in element.all("mapEntry") {
        let key = entry.attribute("mapKey").unwrap_or_default();
        let value = number(entry, "mappedValue", findings);
        match (Scalar::parse(base.unwrap_or(BaseType::String), key), value) {
            (Some(key), Some(value)) => {
                let case_sensitive = entry.attribute("caseSensitive") != Some("false");
                entries.push(MapEntry { key, value, case_sensitive });
            }
            _ => findings.warning(FindingCode::BadValue, format!("the map entry {key:?} cannot be read")),
        }
    }
    Mapping {
        lower: number(element, "lowerBound", findings),
        upper: number(element, "upperBound", findings),
        default: number(element, "defaultValue", findings).unwrap_or(0.0),
        entries,
    }
}

fn areas(element: &Element, findings: &mut Findings) -> AreaMapping {
    let mut entries = Vec::new();
    for entry in element.all("areaMapEntry") {
        let (shape, coords) = (entry.attribute_or_empty("shape"), entry.attribute_or_empty("coords"));
        match (Area::parse(&shape, &coords), number(entry, "mappedValue", findings)) {
            (Some(area), Some(value)) => entries.push((area, value)),
            _ => findings.warning(FindingCode::BadValue, format!("the area {shape:?} {coords:?} cannot be read")),
        }
    }
    AreaMapping {
        lower: number(element, "lowerBound", findings),
        upper: number(element, "upperBound", findings),
        default: number(element, "defaultValue", findings).unwrap_or(0.0),
        entries,
    }
}

/// An `outcomeDeclaration`, of an item or a test.
pub(crate) fn outcome(element: &Element, findings: &mut Findings) -> OutcomeDeclaration {
    let (cardinality, base) = types(element, findings);
    let known = ["identifier", "cardinality", "baseType", "normalMaximum", "normalMinimum"];
    let settings = element.attributes.iter().filter(|(name, _)| !known.contains(&name.as_str())).cloned();
    OutcomeDeclaration {
        identifier: element.attribute_or_empty("identifier"),
        cardinality,
        base,
        default: values(element.child("defaultValue"), (cardinality, base), findings),
        maximum: number(element, "normalMaximum", findings),
        minimum: number(element, "normalMinimum", findings),
        table: table(element, base, findings),
        settings: settings.collect(),
    }
}

fn table(element: &Element, base: Option<BaseType>, findings: &mut Findings) -> Option<LookupTable> {
    let interpolation = element.child("interpolationTable");
    let table = interpolation.or_else(|| element.child("matchTable"))?;
    let base = base.unwrap_or(BaseType::Float);
    let mut entries = Vec::new();
    for entry in table.children() {
        let bound = number(entry, "sourceValue", findings);
        let target = entry.attribute("targetValue").and_then(|text| Scalar::parse(base, text));
        match (bound, target) {
            (Some(bound), Some(target)) => {
                entries.push((bound, entry.attribute("includeBoundary") != Some("false"), target));
            }
            _ => findings.warning(FindingCode::BadValue, "an entry of a lookup table cannot be read"),
        }
    }
    let default = table.attribute("defaultValue").and_then(|text| Scalar::parse(base, text));
    Some(LookupTable { interpolation: interpolation.is_some(), entries, default })
}

fn template(element: &Element, findings: &mut Findings) -> TemplateDeclaration {
    let (cardinality, base) = types(element, findings);
    let known = ["identifier", "cardinality", "baseType"];
    let settings = element.attributes.iter().filter(|(name, _)| !known.contains(&name.as_str())).cloned();
    TemplateDeclaration {
        identifier: element.attribute_or_empty("identifier"),
        cardinality,
        base,
        default: values(element.child("defaultValue"), (cardinality, base), findings),
        settings: settings.collect(),
    }
}

/// The names of the standard templates, which are the last part of their addresses.
pub(crate) const TEMPLATES: [(Template, &str); 6] = [
    (Template::MatchCorrect, "match_correct"),
    (Template::MapResponse, "map_response"),
    (Template::MapResponsePoint, "map_response_point"),
    (Template::Cc2MatchBasic, "CC2_match_basic"),
    (Template::Cc2Match, "CC2_match"),
    (Template::Cc2MapResponse, "CC2_map_response"),
];

fn processing(element: &Element, findings: &mut Findings) -> Processing {
    let address = element.attribute("template").or(element.attribute("templateLocation"));
    let rules = read_rules::rules(element, findings);
    let Some(address) = address.filter(|_| rules.is_empty()) else {
        return if rules.is_empty() { Processing::None } else { Processing::Rules(rules) };
    };
    let name = address.rsplit('/').next().unwrap_or_default();
    let name = name.strip_suffix(".xml").unwrap_or(name);
    match TEMPLATES.iter().find(|(_, known)| known.eq_ignore_ascii_case(name)) {
        Some((template, _)) => Processing::Template(*template),
        None => {
            findings.loss(FindingCode::NoScoring, format!("the response processing template {address:?} is not known"));
            Processing::External(address.to_owned())
        }
    }
}

/// Interactions need a declared response; rules need declared variables.
fn check_references(item: &Item, findings: &mut Findings) {
    for interaction in item.interactions() {
        if !interaction.response.is_empty() && item.response(&interaction.response).is_none() {
            let message = format!("the response {:?} is not declared", interaction.response);
            findings.warning(FindingCode::DanglingReference, message);
        }
    }
    let Processing::Rules(rules) = &item.processing else { return };
    let known = |name: &str| {
        item.response(name).is_some()
            || item.outcome(name).is_some()
            || item.templates.iter().any(|template| template.identifier == name)
            || matches!(name, "duration" | "numAttempts" | "completionStatus" | "SCORE")
    };
    let mut missing: Vec<String> = Vec::new();
    expression::walk_expressions(rules, &mut |expression| {
        let (Expression::Variable { identifier, .. }
        | Expression::Correct(identifier)
        | Expression::MapResponse(identifier)
        | Expression::MapResponsePoint(identifier)) = expression
        else {
            return;
        };
        if !known(identifier) && !missing.contains(identifier) {
            missing.push(identifier.clone());
        }
    });
    for identifier in missing {
        findings.warning(FindingCode::DanglingReference, format!("the variable {identifier:?} is not declared"));
    }
}
