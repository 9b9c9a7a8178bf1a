//! Reads rules and expressions of QTI 2 and 3.

use crate::expression::{Expression, Operator, Rule};
use crate::finding::{FindingCode, Findings};
use crate::value::{BaseType, Scalar};
use crate::xml::Element;

/// The rules in an element.
pub(crate) fn rules(parent: &Element, findings: &mut Findings) -> Vec<Rule> {
    parent.children().map(|element| rule(element, findings)).collect()
}

fn rule(element: &Element, findings: &mut Findings) -> Rule {
    let identifier = element.attribute_or_empty("identifier");
    let value = |findings: &mut Findings| operand(element, findings);
    match element.name.as_str() {
        "responseCondition" | "templateCondition" | "outcomeCondition" => condition(element, findings),
        "setOutcomeValue" => Rule::SetOutcome(identifier, value(findings)),
        "lookupOutcomeValue" => Rule::Lookup(identifier, value(findings)),
        "setTemplateValue" => Rule::SetTemplate(identifier, value(findings)),
        "setCorrectResponse" => Rule::SetCorrect(identifier, value(findings)),
        "setDefaultValue" => Rule::SetDefault(identifier, value(findings)),
        "templateConstraint" => Rule::Constraint(value(findings)),
        "exitResponse" | "exitTemplate" | "exitTest" => Rule::Exit,
        "responseProcessingFragment" | "outcomeProcessingFragment" => Rule::Fragment(rules(element, findings)),
        name => {
            findings.loss(FindingCode::UnknownOperator, format!("the rule <{name}> is not known"));
            Rule::Unknown { name: name.to_owned(), source: source(element) }
        }
    }
}

fn condition(element: &Element, findings: &mut Findings) -> Rule {
    let mut branches = Vec::new();
    let mut otherwise = Vec::new();
    for part in element.children() {
        if part.name.ends_with("ElseIf") || part.name.ends_with("If") {
            let mut children = part.children();
            let condition = children.next().map_or(Expression::Null, |first| expression(first, findings));
            branches.push((condition, children.map(|child| rule(child, findings)).collect()));
        } else {
            otherwise.extend(rules(part, findings));
        }
    }
    Rule::Condition { branches, otherwise }
}

/// The one expression that an element holds.
pub(crate) fn operand(parent: &Element, findings: &mut Findings) -> Expression {
    match parent.children().next() {
        Some(child) => expression(child, findings),
        None => {
            findings.warning(FindingCode::BadValue, format!("<{}> holds no expression", parent.name));
            Expression::Null
        }
    }
}

/// An expression.
pub(crate) fn expression(element: &Element, findings: &mut Findings) -> Expression {
    let identifier = element.attribute_or_empty("identifier");
    match element.name.as_str() {
        "baseValue" => base_value(element, findings),
        "null" => Expression::Null,
        "variable" => {
            let weight = element.attribute("weightIdentifier").map(str::to_owned);
            Expression::Variable { identifier, weight }
        }
        "correct" => Expression::Correct(identifier),
        "default" => Expression::Default(identifier),
        "mapResponse" => Expression::MapResponse(identifier),
        "mapResponsePoint" => Expression::MapResponsePoint(identifier),
        name => {
            let class = element.attribute_or_empty("class");
            let known = if name == "customOperator" { Operator::of_class(&class) } else { Operator::named(name) };
            let Some(operator) = known else {
                let name = if class.is_empty() { name.to_owned() } else { class };
                findings.loss(FindingCode::UnknownOperator, format!("the operator {name:?} is not known"));
                return Expression::Unknown { name, source: source(element) };
            };
            let operands = element.children().map(|child| expression(child, findings)).collect();
            let mut settings = element.attributes.clone();
            settings.retain(|(key, _)| !(operator.class().is_some() && key == "class"));
            Expression::Apply(operator, settings, operands)
        }
    }
}

fn base_value(element: &Element, findings: &mut Findings) -> Expression {
    let written = element.attribute_or_empty("baseType");
    let Some(base) = BaseType::named(&written) else {
        findings.warning(FindingCode::BadValue, format!("the base type {written:?} is not known"));
        return Expression::Value(BaseType::String, Scalar::String(element.text()));
    };
    let text = element.text();
    match Scalar::parse(base, &text) {
        Some(value) => Expression::Value(base, value),
        None => {
            findings.warning(FindingCode::BadValue, format!("{text:?} is no {}", base.as_str()));
            Expression::Null
        }
    }
}

/// An element as written, with the names of QTI 2.
pub(crate) fn source(element: &Element) -> String {
    let mut out = String::new();
    element.write(&mut out, &|name| name.to_owned());
    out
}
