//! What Canvas and Blackboard add: calculated questions, and the settings of a quiz.

use crate::expression::{Expression, Operator, Rule};
use crate::finding::{FindingCode, Findings};
use crate::model::{Calculated, CalculatedVariable, Item, Processing, TemplateDeclaration, VariableSet};
use crate::value::{BaseType, Cardinality, Scalar, float};
use crate::xml::Element;

/// Sets of a calculated question that are read; Canvas makes at most 200.
const SETS_MAX: usize = 1000;

/// The `calculated` of an `itemproc_extension`.
pub(crate) fn calculated(extension: &Element, findings: &mut Findings) -> Option<Calculated> {
    let element = extension.child("calculated")?;
    let mut read = Calculated::default();
    let formulas = element.child("formulas");
    for formula in formulas.into_iter().flat_map(|formulas| formulas.all("formula")).chain(element.all("formula")) {
        read.formulas.push(formula.trimmed());
    }
    let decimals = formulas.and_then(|formulas| formulas.attribute("decimal_places").map(str::to_owned));
    let decimals = decimals.or_else(|| element.value("answer_scale"));
    read.decimals = decimals.and_then(|text| text.trim().parse().ok());
    if let Some(tolerance) = element.child("answer_tolerance") {
        let text = tolerance.trimmed();
        let percent =
            text.ends_with('%') || tolerance.attribute("type").is_some_and(|kind| kind.eq_ignore_ascii_case("percent"));
        read.tolerance_percent = percent;
        read.tolerance = float(text.trim_end_matches('%').trim()).unwrap_or_default().abs();
    }
    let mut number = |text: Option<String>, what: &str| {
        let value = text.as_deref().and_then(|text| float(text.trim()));
        if value.is_none() {
            findings.warning(FindingCode::BadValue, format!("{what} of the calculated question is no number"));
        }
        value
    };
    for variable in element.child("vars").into_iter().flat_map(|vars| vars.all("var")) {
        let name = variable.attribute_or_empty("name");
        let (min, max) = (number(variable.value("min"), "a minimum"), number(variable.value("max"), "a maximum"));
        if let (Some(min), Some(max)) = (min, max) {
            let decimals = variable.attribute("scale").and_then(|text| text.parse().ok()).unwrap_or_default();
            read.variables.push(CalculatedVariable { name, decimals, min, max });
        }
    }
    for set in element.child("var_sets").into_iter().flat_map(|sets| sets.all("var_set")).take(SETS_MAX) {
        let Some(answer) = number(set.value("answer"), "an answer") else { continue };
        let mut values = Vec::new();
        for variable in set.all("var") {
            if let Some(value) = number(Some(variable.trimmed()), "a value") {
                values.push((variable.attribute_or_empty("name"), value));
            }
        }
        read.sets.push(VariableSet { identifier: set.attribute_or_empty("ident"), values, answer });
    }
    Some(read)
}

/// Turns the drawn sets of a calculated question into template processing, and its tolerance into a
/// rule that earns `full`: then it is scored as any other question is.
pub(crate) fn score_calculated(item: &mut Item, full: f64) {
    let Some(calculated) = item.calculated.clone().filter(|calculated| !calculated.sets.is_empty()) else { return };
    let Some(response) = item.responses.first_mut() else { return };
    response.base = Some(BaseType::Float);
    let name = response.identifier.clone();
    let declare = |identifier: &str, base| TemplateDeclaration {
        identifier: identifier.to_owned(),
        cardinality: Cardinality::Single,
        base: Some(base),
        ..TemplateDeclaration::default()
    };
    item.templates.push(declare(SET, BaseType::Integer));
    let bounds = vec![("min".to_owned(), "1".to_owned()), ("max".to_owned(), calculated.sets.len().to_string())];
    let mut rules =
        vec![Rule::SetTemplate(SET.to_owned(), Expression::Apply(Operator::RandomInteger, bounds, Vec::new()))];
    let drawn = |numbers: Vec<f64>| {
        let list =
            numbers.into_iter().map(|number| Expression::Value(BaseType::Float, Scalar::Float(number))).collect();
        let list = Expression::apply(Operator::Ordered, list);
        Expression::Apply(Operator::Index, vec![("n".to_owned(), SET.to_owned())], vec![list])
    };
    for (variable, _) in &calculated.sets[0].values {
        let value =
            |set: &VariableSet| set.values.iter().find(|(name, _)| name == variable).map_or(0.0, |(_, value)| *value);
        item.templates.push(declare(variable, BaseType::Float));
        rules.push(Rule::SetTemplate(variable.clone(), drawn(calculated.sets.iter().map(value).collect())));
    }
    let answers = calculated.sets.iter().map(|set| set.answer).collect();
    rules.push(Rule::SetCorrect(name.clone(), drawn(answers)));
    item.template_processing = rules;
    let mode = if calculated.tolerance_percent { "relative" } else { "absolute" };
    let tolerance = vec![
        ("toleranceMode".to_owned(), mode.to_owned()),
        ("tolerance".to_owned(), format!("{0} {0}", calculated.tolerance)),
    ];
    let right = Expression::Apply(
        Operator::Equal,
        tolerance,
        vec![Expression::Correct(name.clone()), Expression::variable(&name)],
    );
    let set = |score: f64| vec![Rule::SetOutcome("SCORE".to_owned(), Expression::number(score))];
    item.processing =
        Processing::Rules(vec![Rule::Condition { branches: vec![(right, set(full))], otherwise: set(0.0) }]);
}

/// The template variable that says which set is drawn.
pub(crate) const SET: &str = "DRAWN_SET";

/// The settings in `assessment_meta.xml`: each element of the quiz, in order.
pub(crate) fn quiz_settings(root: &Element) -> Vec<(String, String)> {
    let plain = root.children().filter(|child| child.children().next().is_none());
    plain.map(|child| (child.name.clone(), child.trimmed())).collect()
}
