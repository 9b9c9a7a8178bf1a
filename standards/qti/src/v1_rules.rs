//! Turns the response processing of QTI 1.2 into rules, and finds the right answers in it.
//!
//! Where the specification and the systems differ, the systems win, since the scores of their
//! courses depend on it: a condition that only adds to the score does not end the processing
//! (Canvas, Desire2Learn), and a condition of Blackboard that shows the feedback "correct" and sets
//! nothing earns the full score, or its share of a match.

use crate::canvas;
use crate::expression::{self, Expression, Operator, Rule};
use crate::finding::{FindingCode, Findings};
use crate::model::*;
use crate::v1_item::{Known, unanswered};
use crate::value::{BaseType, Cardinality, Scalar, Value, float};
use crate::xml::Element;

/// The score that a percentage is a part of, where a document names no maximum.
const PERCENT: f64 = 100.0;

/// Reads the `resprocessing` of an item.
pub(crate) fn scoring(element: &Element, item: &mut Item, known: &Known, findings: &mut Findings) {
    let Some(processing) = element.child("resprocessing") else {
        if !item.interactions().is_empty() && !by_hand(item.kind) {
            findings.warning(FindingCode::NoScoring, "the question has no response processing");
        }
        return;
    };
    for declared in processing.descendants().into_iter().filter(|below| below.name == "decvar") {
        outcome(declared, item);
    }
    if item.outcome("SCORE").is_none() {
        item.outcomes.insert(0, outcome_named("SCORE", Some(0.0)));
    }
    item.outcomes.push(OutcomeDeclaration {
        identifier: "FEEDBACK".to_owned(),
        cardinality: Cardinality::Multiple,
        base: Some(BaseType::Identifier),
        ..OutcomeDeclaration::default()
    });
    let maximum = item.outcome("SCORE").and_then(|outcome| outcome.maximum);
    let conditions: Vec<&Element> = processing.all("respcondition").collect();
    let mut reader = Conditions { item, known, findings, keys: Vec::new(), maximum };
    let rules = reader.rules(&conditions);
    let keys = std::mem::take(&mut reader.keys);
    right_answers(item, keys);
    if by_hand(item.kind) {
        // What stands in the processing of an essay never scores it.
        item.processing = Processing::None;
        return;
    }
    item.processing = if rules.is_empty() { Processing::None } else { Processing::Rules(rules) };
    if item.calculated.is_some() {
        canvas::score_calculated(item, maximum.unwrap_or(PERCENT));
    }
    if item.processing == Processing::None && !item.interactions().is_empty() {
        findings.warning(FindingCode::NoScoring, "the response processing of the question sets no score");
    }
}

fn by_hand(kind: Kind) -> bool {
    matches!(kind, Kind::ExtendedText | Kind::Upload | Kind::Text)
}

fn outcome_named(identifier: &str, default: Option<f64>) -> OutcomeDeclaration {
    OutcomeDeclaration {
        identifier: identifier.to_owned(),
        base: Some(BaseType::Float),
        default: default.map_or(Value::Null, Value::float),
        ..OutcomeDeclaration::default()
    }
}

fn outcome(element: &Element, item: &mut Item) {
    let identifier = element.attribute("varname").filter(|name| !name.is_empty()).unwrap_or("SCORE").to_owned();
    let number = |name: &str| element.attribute(name).and_then(|text| float(text.trim()));
    let mut declared = outcome_named(&identifier, number("defaultval").or(Some(0.0)));
    declared.maximum = number("maxvalue");
    declared.minimum = number("minvalue");
    if item.outcome(&identifier).is_none() {
        item.outcomes.push(declared);
    }
}

/// A value that earns something.
struct Key {
    response: String,
    value: Scalar,
    points: f64,
    case_sensitive: bool,
}

struct Conditions<'r> {
    item: &'r mut Item,
    known: &'r Known,
    findings: &'r mut Findings,
    keys: Vec<Key>,
    maximum: Option<f64>,
}

impl Conditions<'_> {
    fn rules(&mut self, conditions: &[&Element]) -> Vec<Rule> {
        let silent: Vec<bool> = conditions.iter().map(|condition| self.earns_in_silence(condition)).collect();
        let parts = silent.iter().filter(|silent| **silent).count();
        let share = match self.item.kind {
            Kind::Matching if parts > 1 => self.maximum.unwrap_or(PERCENT) / parts as f64,
            _ => self.maximum.unwrap_or(PERCENT),
        };
        let adds = self.item.kind == Kind::Matching;
        let blanks = self.blanks();
        let mut rules = Vec::new();
        for (condition, silent) in conditions.iter().zip(silent) {
            let mut actions = self.actions(condition, &blanks);
            if silent {
                actions.insert(0, score_rule("SCORE", if adds { "Add" } else { "Set" }, Expression::number(share)));
            }
            let earned = self.earned(&actions);
            let test = self.condition(condition, earned);
            if self.stops(condition, &actions, silent && adds) {
                actions.push(Rule::Exit);
            }
            if !actions.is_empty() {
                rules.push(Rule::Condition { branches: vec![(test, actions)], otherwise: Vec::new() });
            }
        }
        if rules.is_empty() {
            return rules;
        }
        let last = self.finish(&rules, &blanks);
        // Where the processing ends early, what stands at its end is done before.
        for rule in &mut rules {
            let Rule::Condition { branches, .. } = rule else { continue };
            for (_, actions) in branches.iter_mut().filter(|(_, actions)| actions.last() == Some(&Rule::Exit)) {
                let at = actions.len() - 1;
                actions.splice(at..at, last.iter().cloned());
            }
        }
        rules.extend(last);
        rules
    }

    /// Blackboard: the feedback "correct" without a score.
    fn earns_in_silence(&self, condition: &Element) -> bool {
        let says =
            |name: &str| condition.all("displayfeedback").any(|shown| shown.attribute("linkrefid") == Some(name));
        self.item.dialect == Dialect::Blackboard && condition.child("setvar").is_none() && says("correct")
    }

    /// Desire2Learn sets the score of each blank by itself: an outcome for each, of which the score
    /// is the mean.
    fn blanks(&self) -> Vec<String> {
        let several = self.item.dialect == Dialect::D2l && self.item.responses.len() > 1;
        let text = self.item.responses.iter().all(|response| response.base == Some(BaseType::String));
        if !(several && text) {
            return Vec::new();
        }
        self.item.responses.iter().map(|response| response.identifier.clone()).collect()
    }

    fn actions(&mut self, condition: &Element, blanks: &[String]) -> Vec<Rule> {
        let mut actions = Vec::new();
        for set in condition.all("setvar") {
            let mut variable = set.attribute("varname").or(set.attribute("variablename")).unwrap_or("SCORE").to_owned();
            let text = set.trimmed();
            let value = match text.strip_suffix(".max") {
                Some(_) => self.maximum.or(Some(PERCENT)),
                None if text.is_empty() => Some(0.0),
                None => float(&text),
            };
            let Some(value) = value else {
                self.findings.loss(FindingCode::BadValue, format!("the score {text:?} is no number"));
                actions.push(Rule::Unknown { name: "setvar".to_owned(), source: text });
                continue;
            };
            let mut action = set.attribute("action").unwrap_or("Set").to_owned();
            if !blanks.is_empty() {
                variable = format!("BLANK_{}", blank_of(condition, self.known, blanks).unwrap_or_default());
            } else if self.only_response().is_some_and(|response| {
                response.cardinality == Cardinality::Multiple && response.base == Some(BaseType::String)
            }) {
                "Add".clone_into(&mut action);
            }
            if self.item.outcome(&variable).is_none() {
                self.item.outcomes.push(outcome_named(&variable, Some(0.0)));
            }
            actions.push(score_rule(&variable, &action, Expression::number(value)));
        }
        for shown in condition.all("displayfeedback") {
            let name = shown.attribute_or_empty("linkrefid");
            let operands = vec![Expression::variable("FEEDBACK"), Expression::text(BaseType::Identifier, &name)];
            actions.push(Rule::SetOutcome("FEEDBACK".to_owned(), Expression::apply(Operator::Multiple, operands)));
        }
        actions
    }

    fn only_response(&self) -> Option<&ResponseDeclaration> {
        self.item.responses.first().filter(|_| self.item.responses.len() == 1)
    }

    /// The points that actions give.
    fn earned(&self, actions: &[Rule]) -> f64 {
        let mut earned = 0.0;
        for action in actions {
            let Rule::SetOutcome(variable, value) = action else { continue };
            let counts = !variable.ends_with("Incorrect") && variable != "FEEDBACK";
            match value {
                Expression::Value(_, scalar) if counts => earned += scalar.number().unwrap_or_default(),
                Expression::Apply(Operator::Sum, _, operands) if counts => {
                    if let Some(Expression::Value(_, scalar)) = operands.get(1) {
                        earned += scalar.number().unwrap_or_default();
                    }
                }
                _ => {}
            }
        }
        earned
    }

    /// Whether the processing ends after a condition that is met.
    fn stops(&self, condition: &Element, actions: &[Rule], adds: bool) -> bool {
        match condition.attribute("continue").map(str::to_ascii_lowercase).as_deref() {
            Some("yes") => false,
            Some("no") => true,
            _ if self.item.dialect == Dialect::D2l || adds => false,
            _ => {
                // A sum goes on, and feedback alone must not cost the score.
                let sets = |rule: &Rule| {
                    let Rule::SetOutcome(variable, value) = rule else { return false };
                    variable != "FEEDBACK" && !matches!(value, Expression::Apply(..))
                };
                actions.iter().any(sets)
            }
        }
    }

    /// What follows the conditions: the mean of blanks, Desire2Learn's own score, the bounds.
    fn finish(&self, conditions: &[Rule], blanks: &[String]) -> Vec<Rule> {
        let mut rules = Vec::new();
        let set = |value| Rule::SetOutcome("SCORE".to_owned(), value);
        if !blanks.is_empty() {
            let names =
                (0..blanks.len()).map(|at| format!("BLANK_{at}")).filter(|name| self.item.outcome(name).is_some());
            let sum = Expression::apply(Operator::Sum, names.map(|name| Expression::variable(&name)).collect());
            rules.push(set(Expression::apply(Operator::Divide, vec![sum, Expression::number(blanks.len() as f64)])));
        } else if self.item.outcome("que_score").is_some() {
            rules.push(set(Expression::variable("que_score")));
        }
        let score = || Expression::variable("SCORE");
        let mut computed = !rules.is_empty();
        expression::walk_rules(conditions, &mut |rule| {
            computed |= matches!(rule, Rule::SetOutcome(name, Expression::Apply(..)) if name == "SCORE");
        });
        if !computed {
            return rules;
        }
        let declared = self.item.outcome("SCORE");
        let (maximum, minimum) = declared.map_or((None, None), |outcome| (outcome.maximum, outcome.minimum));
        for (bound, operator) in [(maximum, Operator::Gt), (minimum, Operator::Lt)] {
            let Some(bound) = bound else { continue };
            let beyond = Expression::apply(operator, vec![score(), Expression::number(bound)]);
            let branches = vec![(beyond, vec![set(Expression::number(bound))])];
            rules.push(Rule::Condition { branches, otherwise: Vec::new() });
        }
        rules
    }

    /// The condition of a `respcondition`: all of its parts.
    fn condition(&mut self, condition: &Element, earned: f64) -> Expression {
        let holders: Vec<&Element> = condition.all("conditionvar").collect();
        let mut parts: Vec<&Element> = holders.iter().flat_map(|holder| holder.children()).collect();
        let bounded = parts.iter().any(|part| matches!(part.name.as_str(), "vargte" | "varlte" | "vargt" | "varlt"));
        if bounded && self.item.dialect == Dialect::Blackboard && holders.len() == 1 {
            // Beside the bounds Blackboard names the answer itself: it is the key, not a condition.
            for part in parts.iter().filter(|part| part.name == "varequal") {
                self.test(part, earned);
            }
            parts.retain(|part| part.name != "varequal");
        }
        if let Some(ordered) = self.in_order(&parts, earned) {
            return ordered;
        }
        self.joined(Operator::And, &parts, earned)
    }

    fn joined(&mut self, operator: Operator, parts: &[&Element], earned: f64) -> Expression {
        let mut tests: Vec<Expression> = parts.iter().map(|part| self.test(part, earned)).collect();
        if tests.len() == 1 {
            return tests.swap_remove(0);
        }
        if tests.is_empty() {
            return Expression::truth(true);
        }
        Expression::apply(operator, tests)
    }

    /// An ordering whose right sequence is written as one condition for each place, in their order.
    fn in_order(&mut self, parts: &[&Element], earned: f64) -> Option<Expression> {
        let parts: Vec<&Element> = match parts {
            [and] if and.name == "and" => and.children().collect(),
            _ => parts.to_vec(),
        };
        let first = parts.first().filter(|_| parts.len() > 1)?;
        let name = first.attribute("respident")?;
        let response = self.item.response(name).filter(|response| response.cardinality == Cardinality::Ordered)?;
        let name = response.identifier.clone();
        let same = |part: &&Element| {
            part.name == "varequal" && part.attribute("respident") == Some(&name) && part.attribute("index").is_none()
        };
        if !parts.iter().all(same) {
            return None;
        }
        let values: Vec<Expression> =
            parts.iter().map(|part| Expression::text(BaseType::Identifier, &part.trimmed())).collect();
        for part in &parts {
            self.key(&name, Scalar::Identifier(part.trimmed()), earned, true);
        }
        let list = Expression::apply(Operator::Ordered, values);
        Some(Expression::apply(Operator::Match, vec![Expression::variable(&name), list]))
    }

    fn key(&mut self, response: &str, value: Scalar, points: f64, case_sensitive: bool) {
        if points > 0.0 {
            self.keys.push(Key { response: response.to_owned(), value, points, case_sensitive });
        }
    }

    /// One part of a condition. `earned` is what it gives, for the key; nothing below a `not`.
    fn test(&mut self, element: &Element, earned: f64) -> Expression {
        let children: Vec<&Element> = element.children().collect();
        match element.name.as_str() {
            "and" => self.joined(Operator::And, &children, earned),
            "or" => self.joined(Operator::Or, &children, earned),
            // Desire2Learn negates several at once: none of them may hold.
            "not" => {
                let inner = self.joined(Operator::Or, &children, 0.0);
                Expression::apply(Operator::Not, vec![inner])
            }
            "other" => Expression::truth(true),
            "unanswered" => {
                let (name, _) = self.subject(element);
                Expression::apply(Operator::IsNull, vec![Expression::variable(&name)])
            }
            "varequal" => self.equal(element, earned),
            "varsubstring" => self.text_test(Operator::Substring, element, earned),
            "varinside" => self.inside(element, earned),
            "varlt" => self.text_test(Operator::TextLt, element, 0.0),
            "varlte" => self.text_test(Operator::TextLte, element, earned),
            "vargt" => self.text_test(Operator::TextGt, element, 0.0),
            "vargte" => self.text_test(Operator::TextGte, element, earned),
            "varsubset" => {
                let (name, _) = self.subject(element);
                let text = element.trimmed();
                let members = text.split(',').map(|part| Expression::text(BaseType::Identifier, part.trim()));
                let set = Expression::apply(Operator::Multiple, members.collect());
                Expression::apply(Operator::Contains, vec![Expression::variable(&name), set])
            }
            name => {
                self.findings.loss(FindingCode::UnknownOperator, format!("the condition <{name}> is not known"));
                Expression::Unknown { name: name.to_owned(), source: element.inner() }
            }
        }
    }

    /// The response that a condition is about, and the label where it names one.
    fn subject(&self, element: &Element) -> (String, Option<String>) {
        let name = element.attribute("respident").unwrap_or_default().trim();
        if self.item.response(name).is_some() || self.item.outcome(name).is_some() {
            return (name.to_owned(), None);
        }
        if let Some((response, label)) = self.known.aliases.get(name) {
            return (response.clone(), Some(label.clone()));
        }
        // Blackboard leaves the name out where there is only one response.
        match self.only_response() {
            Some(response) if name.is_empty() => (response.identifier.clone(), None),
            _ => (name.to_owned(), None),
        }
    }

    fn equal(&mut self, element: &Element, earned: f64) -> Expression {
        let (name, label) = self.subject(element);
        let text = element.trimmed();
        let case_sensitive = element.attribute("case").is_some_and(|case| case.eq_ignore_ascii_case("yes"));
        if self.item.outcome(&name).is_some() {
            let value = float(&text).map_or(Expression::Null, Expression::number);
            return Expression::apply(Operator::TextEqual, vec![Expression::variable(&name), value]);
        }
        let Some(response) = self.item.response(&name).cloned() else {
            self.findings
                .warning(FindingCode::DanglingReference, format!("a condition names {name:?}, which is no response"));
            return Expression::truth(false);
        };
        let variable = Expression::variable(&name);
        if let Some(answer) = self.known.typed.get(&(name.clone(), text.clone())).cloned() {
            self.key(&name, Scalar::String(answer.clone()), earned, false);
            return text_match(variable, &answer, false);
        }
        let place = element.attribute("index").map(str::to_owned);
        match (response.base, label) {
            // "This label": Blackboard's conditions for each answer.
            (Some(BaseType::Identifier), Some(label)) if text.is_empty() => chosen(&response, &label),
            // "This label at this place": Desire2Learn's ordering.
            (Some(BaseType::Identifier), Some(label)) if response.cardinality == Cardinality::Ordered => {
                self.key(&name, Scalar::Identifier(label.clone()), earned, true);
                at_place(variable, &text, &label)
            }
            (Some(BaseType::Identifier), _) => {
                let text = text.trim_matches(',').to_owned();
                self.key(&name, Scalar::Identifier(text.clone()), earned, true);
                match place {
                    Some(place) if response.cardinality == Cardinality::Ordered => at_place(variable, &place, &text),
                    _ => chosen(&response, &text),
                }
            }
            (Some(BaseType::Float), _) => {
                let Some(number) = float(&text) else { return text_match(variable, &text, false) };
                self.key(&name, Scalar::Float(number), earned, true);
                Expression::apply(Operator::TextEqual, vec![variable, Expression::number(number)])
            }
            _ if response.cardinality == Cardinality::Multiple => {
                self.key(&name, Scalar::String(text.clone()), earned, case_sensitive);
                Expression::apply(Operator::Member, vec![Expression::text(BaseType::String, &text), variable])
            }
            _ => {
                self.key(&name, Scalar::String(text.clone()), earned, case_sensitive);
                text_match(variable, &text, case_sensitive)
            }
        }
    }

    /// A comparison of what was typed: with a number, or with a part of the text.
    fn text_test(&mut self, operator: Operator, element: &Element, earned: f64) -> Expression {
        let (name, _) = self.subject(element);
        let text = element.trimmed();
        let variable = Expression::variable(&name);
        if operator == Operator::Substring {
            let case = element.attribute("case").is_some_and(|case| case.eq_ignore_ascii_case("yes"));
            self.key(&name, Scalar::String(text.clone()), earned, case);
            let settings = vec![("caseSensitive".to_owned(), case.to_string())];
            return Expression::Apply(operator, settings, vec![Expression::text(BaseType::String, &text), variable]);
        }
        let Some(number) = float(&text) else {
            self.findings.loss(FindingCode::BadValue, format!("the bound {text:?} is no number"));
            return Expression::Unknown { name: element.name.clone(), source: text };
        };
        // A bound that counts is an answer that earns, where nothing names a better one.
        if self.item.response(&name).is_some() {
            self.key(&name, Scalar::Float(number), earned, true);
        }
        Expression::apply(operator, vec![variable, Expression::number(number)])
    }

    fn inside(&mut self, element: &Element, earned: f64) -> Expression {
        let (name, _) = self.subject(element);
        let shape = match element.attribute("areatype").unwrap_or("Rectangle").to_ascii_lowercase().as_str() {
            "rectangle" => "rect",
            "bounded" => "poly",
            "ellipse" => "ellipse",
            _ => "default",
        };
        let coords = element.trimmed();
        let Some(area) = Area::parse(shape, &coords) else {
            self.findings.loss(FindingCode::BadValue, format!("the area {coords:?} cannot be read"));
            return Expression::Unknown { name: "varinside".to_owned(), source: coords };
        };
        let middle = match (area.shape, area.coords.as_slice()) {
            (Shape::Rect, [left, top, right, bottom]) => {
                Scalar::Point(f64::midpoint(*left, *right), f64::midpoint(*top, *bottom))
            }
            (_, [x, y, ..]) => Scalar::Point(*x, *y),
            _ => Scalar::Point(0.0, 0.0),
        };
        self.key(&name, middle, earned, true);
        let settings = vec![("shape".to_owned(), shape.to_owned()), ("coords".to_owned(), coords)];
        Expression::Apply(Operator::Inside, settings, vec![Expression::variable(&name)])
    }
}

/// The blank that a condition is about.
fn blank_of(condition: &Element, known: &Known, blanks: &[String]) -> Option<usize> {
    condition.descendants().into_iter().find_map(|below| {
        let name = below.attribute("respident")?;
        let name = known.aliases.get(name).map_or(name, |(response, _)| response.as_str());
        blanks.iter().position(|blank| blank == name)
    })
}

fn score_rule(variable: &str, action: &str, value: Expression) -> Rule {
    let now = || Expression::variable(variable);
    let value = match action.to_ascii_lowercase().as_str() {
        "add" => Expression::apply(Operator::Sum, vec![now(), value]),
        "subtract" => Expression::apply(Operator::Subtract, vec![now(), value]),
        "multiply" => Expression::apply(Operator::Product, vec![now(), value]),
        "divide" => Expression::apply(Operator::Divide, vec![now(), value]),
        _ => value,
    };
    Rule::SetOutcome(variable.to_owned(), value)
}

fn text_match(variable: Expression, text: &str, case_sensitive: bool) -> Expression {
    let settings = vec![("caseSensitive".to_owned(), case_sensitive.to_string())];
    Expression::Apply(Operator::StringMatch, settings, vec![variable, Expression::text(BaseType::String, text)])
}

fn chosen(response: &ResponseDeclaration, label: &str) -> Expression {
    let variable = Expression::variable(&response.identifier);
    let value = Expression::text(BaseType::Identifier, label);
    match response.cardinality {
        Cardinality::Single => Expression::apply(Operator::Match, vec![variable, value]),
        // NULL would make a negated condition unknown: nothing chosen is not this one.
        _ => {
            let given =
                Expression::apply(Operator::Not, vec![Expression::apply(Operator::IsNull, vec![variable.clone()])]);
            let member = Expression::apply(Operator::Member, vec![value, variable]);
            Expression::apply(Operator::And, vec![given, member])
        }
    }
}

fn at_place(variable: Expression, place: &str, label: &str) -> Expression {
    let settings = vec![("n".to_owned(), place.trim().to_owned())];
    let there = Expression::Apply(Operator::Index, settings, vec![variable]);
    Expression::apply(Operator::Match, vec![there, Expression::text(BaseType::Identifier, label)])
}

/// The key of each response: what earns most. Other answers that earn stand in the mapping.
fn right_answers(item: &mut Item, keys: Vec<Key>) {
    for response in &mut item.responses {
        let mine: Vec<&Key> = keys.iter().filter(|key| key.response == response.identifier).collect();
        let best = mine.iter().map(|key| key.points).fold(0.0, f64::max);
        if mine.is_empty() || !unanswered(response) {
            continue;
        }
        let mut values: Vec<Scalar> = Vec::new();
        for key in &mine {
            let counts = response.cardinality != Cardinality::Single || key.points >= best;
            if counts && !values.iter().any(|value| value.same(&key.value)) {
                values.push(key.value.clone());
            }
        }
        response.correct = Value::of(response.cardinality, values);
        let mut entries: Vec<MapEntry> = Vec::new();
        for key in &mine {
            if !entries.iter().any(|entry| entry.key.same(&key.value)) {
                entries.push(MapEntry {
                    key: key.value.clone(),
                    value: key.points,
                    case_sensitive: key.case_sensitive,
                });
            }
        }
        let texts = matches!(response.base, Some(BaseType::String | BaseType::Identifier));
        if texts && (entries.len() > 1 || response.base == Some(BaseType::String)) {
            response.mapping = Some(Mapping { entries, ..Mapping::default() });
        }
    }
}
