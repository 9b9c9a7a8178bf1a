//! Executes rules and expressions.

use std::collections::BTreeMap;

use crate::expression::{Expression, Operator, Rule};
use crate::model::{LookupTable, OutcomeDeclaration, ResponseDeclaration};
use crate::value::{BaseType, Cardinality, Scalar, Value, same_number};
use crate::{Error, LimitKind, Result, area, operators};

/// A small source of numbers that a seed decides (SplitMix64, Steele, Lea and Flood 2014), so that a
/// learner's variant of a question is the same whenever it is drawn again.
#[derive(Clone, Debug)]
pub(crate) struct Random(pub(crate) u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// From 0 up to 1.
    pub(crate) fn fraction(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1u64 << 53) as f64
    }

    /// From 0 up to `count`, which is not 0.
    pub(crate) fn below(&mut self, count: u64) -> u64 {
        ((u128::from(self.next()) * u128::from(count)) >> 64) as u64
    }
}

/// What a test knows of its items, for the expressions that ask.
pub(crate) trait Surroundings {
    /// The value of `ITEM.VARIABLE`, with the weight of that name.
    fn item_variable(&self, identifier: &str, weight: Option<&str>) -> Option<Value>;
    /// The result of an operator over the items, its settings as written.
    fn over_items(&self, operator: Operator, settings: &[(String, String)]) -> Option<Value>;
}

/// Stops a list of rules.
pub(crate) enum Flow {
    On,
    Exit,
}

/// The state in which rules run.
pub(crate) struct Machine<'d> {
    pub(crate) responses: &'d [ResponseDeclaration],
    pub(crate) outcomes: &'d [OutcomeDeclaration],
    /// The values of all variables.
    pub(crate) values: BTreeMap<String, Value>,
    /// Right responses and default values that template processing has set.
    pub(crate) correct: BTreeMap<String, Value>,
    pub(crate) defaults: BTreeMap<String, Value>,
    pub(crate) random: Random,
    pub(crate) steps_left: usize,
    pub(crate) steps: usize,
    pub(crate) surroundings: Option<&'d dyn Surroundings>,
    /// A template constraint was not met.
    pub(crate) rejected: bool,
}

impl Machine<'_> {
    pub(crate) fn step(&mut self) -> Result<()> {
        match self.steps_left.checked_sub(1) {
            Some(left) => {
                self.steps_left = left;
                Ok(())
            }
            None => {
                let (limit, found) = (self.steps as u64, self.steps as u64 + 1);
                Err(Error::Limit { kind: LimitKind::Steps, limit, found, path: None })
            }
        }
    }

    /// Runs rules in order.
    pub(crate) fn run(&mut self, rules: &[Rule]) -> Result<Flow> {
        for rule in rules {
            self.step()?;
            if let Flow::Exit = self.rule(rule)? {
                return Ok(Flow::Exit);
            }
        }
        Ok(Flow::On)
    }

    fn rule(&mut self, rule: &Rule) -> Result<Flow> {
        match rule {
            Rule::Condition { branches, otherwise } => {
                for (condition, rules) in branches {
                    // NULL is not true (QTI 2.2, `responseIf`).
                    if self.value(condition)?.truth() == Some(true) {
                        return self.run(rules);
                    }
                }
                return self.run(otherwise);
            }
            Rule::SetOutcome(identifier, expression) => {
                let value = self.value(expression)?;
                let declared = self.outcomes.iter().find(|outcome| outcome.identifier == *identifier);
                let value = declared.map_or(value.clone(), |outcome| as_declared(value, outcome));
                self.values.insert(identifier.clone(), value);
            }
            Rule::Lookup(identifier, expression) => {
                let number = self.value(expression)?.number();
                let table = self.outcomes.iter().find(|outcome| outcome.identifier == *identifier);
                let table = table.and_then(|outcome| outcome.table.as_ref());
                let table = table.ok_or_else(|| Error::Scoring(format!("the outcome {identifier:?} has no table")))?;
                self.values.insert(identifier.clone(), number.map_or(Value::Null, |number| looked_up(table, number)));
            }
            Rule::SetTemplate(identifier, expression) => {
                let value = self.value(expression)?;
                self.values.insert(identifier.clone(), value);
            }
            Rule::SetCorrect(identifier, expression) => {
                let value = self.value(expression)?;
                self.correct.insert(identifier.clone(), value);
            }
            Rule::SetDefault(identifier, expression) => {
                let value = self.value(expression)?;
                self.defaults.insert(identifier.clone(), value);
            }
            Rule::Constraint(expression) => {
                if self.value(expression)?.truth() != Some(true) {
                    self.rejected = true;
                    return Ok(Flow::Exit);
                }
            }
            Rule::Exit => return Ok(Flow::Exit),
            Rule::Fragment(rules) => return self.run(rules),
            Rule::Unknown { name, .. } => return Err(Error::Scoring(format!("the rule <{name}> is not known"))),
        }
        Ok(Flow::On)
    }

    /// The value of an expression.
    pub(crate) fn value(&mut self, expression: &Expression) -> Result<Value> {
        self.step()?;
        Ok(match expression {
            Expression::Value(_, scalar) => Value::Single(scalar.clone()),
            Expression::Null => Value::Null,
            Expression::Variable { identifier, weight } => self.variable(identifier, weight.as_deref()),
            Expression::Correct(identifier) => self.correct(identifier),
            Expression::Default(identifier) => self.default(identifier),
            Expression::MapResponse(identifier) => Value::float(self.mapped(identifier)?),
            Expression::MapResponsePoint(identifier) => Value::float(self.mapped_point(identifier)?),
            Expression::Apply(operator, settings, operands) => operators::apply(self, *operator, settings, operands)?,
            Expression::Unknown { name, .. } => {
                return Err(Error::Scoring(format!("the operator {name:?} is not known")));
            }
        })
    }

    fn variable(&self, identifier: &str, weight: Option<&str>) -> Value {
        if let Some(value) = self.values.get(identifier) {
            return value.clone();
        }
        let outside = self.surroundings.and_then(|items| items.item_variable(identifier, weight));
        outside.unwrap_or_default()
    }

    fn declared(&self, identifier: &str) -> Option<&ResponseDeclaration> {
        self.responses.iter().find(|response| response.identifier == identifier)
    }

    pub(crate) fn correct(&self, identifier: &str) -> Value {
        let drawn = self.correct.get(identifier).cloned();
        drawn.or_else(|| self.declared(identifier).map(|response| response.correct.clone())).unwrap_or_default()
    }

    fn default(&self, identifier: &str) -> Value {
        if let Some(value) = self.defaults.get(identifier) {
            return value.clone();
        }
        let response = self.declared(identifier).map(|response| response.default.clone());
        let outcome = || {
            let mut outcomes = self.outcomes.iter();
            outcomes.find(|outcome| outcome.identifier == identifier).map(|outcome| outcome.default.clone())
        };
        response.or_else(outcome).unwrap_or_default()
    }

    /// `mapResponse`: each value once, within the bounds (QTI 2.2, "mapping"). No response is 0.
    fn mapped(&self, identifier: &str) -> Result<f64> {
        let mapping = self.declared(identifier).and_then(|response| response.mapping.as_ref());
        let mapping = mapping.ok_or_else(|| Error::Scoring(format!("the response {identifier:?} has no mapping")))?;
        let value = self.variable(identifier, None);
        let mut seen: Vec<&Scalar> = Vec::new();
        let mut sum = 0.0;
        for scalar in value.scalars() {
            if value.is_null() || seen.iter().any(|earlier| earlier.same(scalar)) {
                continue;
            }
            seen.push(scalar);
            let entry = mapping.entries.iter().find(|entry| {
                scalar.same(&entry.key) || (!entry.case_sensitive && same_without_case(scalar, &entry.key))
            });
            sum += entry.map_or(mapping.default, |entry| entry.value);
        }
        Ok(bounded(sum, mapping.lower, mapping.upper))
    }

    /// `mapResponsePoint`: each area once; a point in no area counts as the default.
    fn mapped_point(&self, identifier: &str) -> Result<f64> {
        let areas = self.declared(identifier).and_then(|response| response.areas.as_ref());
        let areas = areas.ok_or_else(|| Error::Scoring(format!("the response {identifier:?} has no areas")))?;
        let value = self.variable(identifier, None);
        let mut used = vec![false; areas.entries.len()];
        let mut sum = 0.0;
        for scalar in value.scalars() {
            let Scalar::Point(x, y) = scalar else { continue };
            match areas.entries.iter().position(|(shape, _)| area::contains(shape, *x, *y)) {
                Some(at) if used[at] => {}
                Some(at) => {
                    used[at] = true;
                    sum += areas.entries[at].1;
                }
                None => sum += areas.default,
            }
        }
        Ok(bounded(sum, areas.lower, areas.upper))
    }
}

fn same_without_case(a: &Scalar, b: &Scalar) -> bool {
    match (a.text(), b.text()) {
        (Some(a), Some(b)) => a.to_lowercase() == b.to_lowercase(),
        _ => false,
    }
}

fn bounded(sum: f64, lower: Option<f64>, upper: Option<f64>) -> f64 {
    let sum = lower.map_or(sum, |lower| sum.max(lower));
    upper.map_or(sum, |upper| sum.min(upper))
}

/// A value in the type of its declaration: many documents set a float to an integer and a bag to
/// one value.
fn as_declared(value: Value, outcome: &OutcomeDeclaration) -> Value {
    let convert = |scalar: Scalar| match (outcome.base, scalar) {
        (Some(BaseType::Float), Scalar::Integer(number)) => Scalar::Float(number as f64),
        (Some(BaseType::Integer), Scalar::Float(number)) if number.fract() == 0.0 && number.abs() < 9e15 => {
            Scalar::Integer(number as i64)
        }
        (Some(base), Scalar::String(text)) if base != BaseType::String => {
            Scalar::parse(base, &text).unwrap_or(Scalar::String(text))
        }
        (_, scalar) => scalar,
    };
    match (outcome.cardinality, value) {
        (Cardinality::Single, Value::Single(scalar)) => Value::Single(convert(scalar)),
        (Cardinality::Multiple, Value::Single(scalar)) => Value::Multiple(vec![convert(scalar)]),
        (Cardinality::Ordered, Value::Single(scalar)) => Value::Ordered(vec![convert(scalar)]),
        (_, value) => value,
    }
}

/// The value of a number in a table (QTI 2.2, `interpolationTable` and `matchTable`).
fn looked_up(table: &LookupTable, number: f64) -> Value {
    let found = if table.interpolation {
        table.entries.iter().find(|(bound, included, _)| number > *bound || (*included && same_number(number, *bound)))
    } else {
        table.entries.iter().find(|(source, ..)| same_number(*source, number))
    };
    found.map(|(.., value)| value.clone()).or_else(|| table.default.clone()).map_or(Value::Null, Value::Single)
}
