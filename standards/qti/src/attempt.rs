//! An attempt at an item: its variables drawn, its responses scored.

use std::collections::BTreeMap;

use crate::evaluate::{Machine, Random};
use crate::expression::{Expression, Operator, Rule};
use crate::model::{Item, Kind, Processing, ResponseDeclaration, Template};
use crate::value::{Cardinality, Scalar, Value};
use crate::{Error, Limits, Result};

/// What a learner answered, by response variable.
pub type Responses = BTreeMap<String, Value>;

/// What scoring has set, by outcome variable.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Outcomes {
    /// All outcomes.
    pub values: BTreeMap<String, Value>,
}

impl Outcomes {
    /// The number of `SCORE`; 0 if nothing has set it.
    pub fn score(&self) -> f64 {
        self.values.get("SCORE").and_then(Value::number).unwrap_or(0.0)
    }

    /// An outcome by name.
    pub fn get(&self, identifier: &str) -> &Value {
        self.values.get(identifier).unwrap_or(&Value::Null)
    }
}

/// An item with its variables drawn for one learner.
#[derive(Clone, Debug)]
pub struct Attempt<'i> {
    item: &'i Item,
    seed: u64,
    templates: BTreeMap<String, Value>,
    correct: BTreeMap<String, Value>,
    defaults: BTreeMap<String, Value>,
}

/// How often template processing starts again for its constraints (QTI 2.2, `templateConstraint`,
/// asks for at least 100).
const DRAWS_MAX: usize = 100;

impl Item {
    /// Begins an attempt; the same seed draws the same variables.
    pub fn start(&self, seed: u64) -> Result<Attempt<'_>> {
        let mut random = Random(seed);
        let mut drawn = None;
        for _ in 0..DRAWS_MAX {
            let mut machine = self.machine(random.clone());
            for template in &self.templates {
                machine.values.insert(template.identifier.clone(), template.default.clone());
            }
            machine.run(&self.template_processing)?;
            random = machine.random.clone();
            let rejected = machine.rejected;
            drawn = Some((machine.values, machine.correct, machine.defaults));
            if !rejected {
                break;
            }
        }
        let (templates, correct, defaults) = drawn.unwrap_or_default();
        Ok(Attempt { item: self, seed: random.0, templates, correct, defaults })
    }

    /// Scores responses to an item without variables of its own (or with those of seed 0).
    pub fn score(&self, responses: &Responses) -> Result<Outcomes> {
        self.start(0)?.score(responses)
    }

    /// The score of a full answer: `MAXSCORE`, the maximum of `SCORE`, what the key earns.
    pub fn maximum(&self) -> Option<f64> {
        let stated = self.outcome("MAXSCORE").and_then(|outcome| outcome.default.number());
        let normal = || self.outcome("SCORE").and_then(|outcome| outcome.maximum);
        let earned = || {
            let attempt = self.start(0).ok()?;
            let score = attempt.score(&attempt.key()).ok()?.score();
            (score > 0.0).then_some(score)
        };
        stated.or_else(normal).or_else(earned).filter(|maximum| maximum.is_finite())
    }

    /// The score scaled to the points of the author: `None` where nothing scores the item.
    pub fn marks(&self, responses: &Responses) -> Result<Option<f64>> {
        if self.processing == Processing::None {
            return Ok(None);
        }
        let score = self.score(responses)?.score();
        Ok(Some(match (self.points, self.maximum()) {
            (Some(points), Some(maximum)) if maximum > 0.0 => score / maximum * points,
            _ => score,
        }))
    }

    fn machine(&self, random: Random) -> Machine<'_> {
        let steps = Limits::default().steps;
        Machine {
            responses: &self.responses,
            outcomes: &self.outcomes,
            values: BTreeMap::new(),
            correct: BTreeMap::new(),
            defaults: BTreeMap::new(),
            random,
            steps_left: steps,
            steps,
            surroundings: None,
            rejected: false,
        }
    }
}

impl Attempt<'_> {
    /// The variables that were drawn.
    pub fn variables(&self) -> &BTreeMap<String, Value> {
        &self.templates
    }

    /// The right response to each response variable that has one.
    pub fn key(&self) -> Responses {
        let responses = self.item.responses.iter();
        let keys = responses.map(|response| (response.identifier.clone(), self.correct(response)));
        keys.filter(|(_, value)| !value.is_null()).collect()
    }

    fn correct(&self, response: &ResponseDeclaration) -> Value {
        let drawn = self.correct.get(&response.identifier).cloned();
        drawn.unwrap_or_else(|| response.correct.clone())
    }

    /// Scores responses. A response that the item does not declare, or of another type than it
    /// declares, is refused: a score must not rest on a misunderstanding.
    pub fn score(&self, responses: &Responses) -> Result<Outcomes> {
        let mut machine = self.item.machine(Random(self.seed));
        machine.values = self.templates.clone();
        machine.correct = self.correct.clone();
        machine.defaults = self.defaults.clone();
        for outcome in &self.item.outcomes {
            let zero = match (&outcome.default, outcome.base) {
                (Value::Null, Some(crate::BaseType::Float)) if outcome.cardinality == Cardinality::Single => {
                    Value::float(0.0)
                }
                (Value::Null, Some(crate::BaseType::Integer)) if outcome.cardinality == Cardinality::Single => {
                    Value::Single(Scalar::Integer(0))
                }
                (default, _) => default.clone(),
            };
            machine.values.insert(outcome.identifier.clone(), zero);
        }
        // Attempts are counted by whoever keeps them; these are what the specification starts with.
        machine.values.entry("completionStatus".to_owned()).or_insert_with(|| Value::identifier("unknown"));
        machine.values.entry("numAttempts".to_owned()).or_insert(Value::Single(Scalar::Integer(1)));
        machine.values.entry("duration".to_owned()).or_insert(Value::Single(Scalar::Duration(0.0)));
        for response in &self.item.responses {
            let given = responses.get(&response.identifier).cloned().unwrap_or_default();
            machine.values.insert(response.identifier.clone(), fitting(response, given)?);
        }
        let built_in = |name: &str| matches!(name, "numAttempts" | "duration" | "completionStatus");
        for (identifier, value) in responses {
            if built_in(identifier) {
                machine.values.insert(identifier.clone(), value.clone());
            } else if self.item.response(identifier).is_none() {
                let reason = "is not declared by the item".to_owned();
                return Err(Error::Response { identifier: identifier.clone(), reason });
            }
        }
        match &self.item.processing {
            Processing::None => {}
            Processing::Rules(rules) => {
                machine.run(rules)?;
            }
            Processing::Template(template) => {
                machine.run(&self.item.template_rules(*template))?;
            }
            Processing::External(address) => {
                return Err(Error::Scoring(format!("the template {address:?} is not known")));
            }
        }
        let values = machine.values;
        let outcomes = self.item.outcomes.iter().map(|outcome| outcome.identifier.as_str());
        let names = outcomes.chain(["SCORE", "completionStatus"]);
        let kept = names.filter_map(|name| values.get(name).map(|value| (name.to_owned(), value.clone())));
        Ok(Outcomes { values: kept.collect() })
    }
}

/// A response in the type of its declaration.
fn fitting(response: &ResponseDeclaration, given: Value) -> Result<Value> {
    let fault = |reason: &str| Error::Response { identifier: response.identifier.clone(), reason: reason.to_owned() };
    let scalars: Vec<Scalar> = match (&given, response.cardinality) {
        (Value::Null, _) => return Ok(Value::Null),
        (Value::Record(_), Cardinality::Record) => return Ok(given),
        (Value::Record(_), _) | (_, Cardinality::Record) => return Err(fault("is not of the declared cardinality")),
        _ => given.scalars().into_iter().cloned().collect(),
    };
    if response.cardinality == Cardinality::Single && scalars.len() > 1 {
        return Err(fault("has several values where one is declared"));
    }
    let Some(base) = response.base else { return Ok(given) };
    // What a learner types into a field for a number need not be one: it is kept as text, and is
    // equal to no number.
    let typed = scalars.into_iter().map(|scalar| Scalar::parse(base, &scalar.to_string()).unwrap_or(scalar));
    Ok(Value::of(response.cardinality, typed.collect()))
}

impl Item {
    /// The rules of a standard template, for this item's response: `RESPONSE`, or the only one.
    pub fn template_rules(&self, template: Template) -> Vec<Rule> {
        let named = self.response("RESPONSE").or(self.responses.first());
        let response = named.map_or("RESPONSE", |response| response.identifier.as_str());
        let feedback = |outcome: &str, right: Expression| {
            let say = |word: &str| {
                vec![Rule::SetOutcome(outcome.to_owned(), Expression::text(crate::BaseType::Identifier, word))]
            };
            Rule::Condition { branches: vec![(right, say("correct"))], otherwise: say("incorrect") }
        };
        let set = |value| Rule::SetOutcome("SCORE".to_owned(), value);
        let right = || {
            let operands = vec![Expression::variable(response), Expression::Correct(response.to_owned())];
            Expression::apply(Operator::Match, operands)
        };
        let all_or_nothing = |full: Expression| Rule::Condition {
            branches: vec![(right(), vec![set(full)])],
            otherwise: vec![set(Expression::number(0.0))],
        };
        let answered = |value: Expression| Rule::Condition {
            branches: vec![(
                Expression::apply(Operator::IsNull, vec![Expression::variable(response)]),
                vec![set(Expression::number(0.0))],
            )],
            otherwise: vec![set(value)],
        };
        let full = || match self.outcome("MAXSCORE") {
            Some(_) => Expression::variable("MAXSCORE"),
            None => Expression::number(1.0),
        };
        match template {
            Template::MatchCorrect => vec![all_or_nothing(Expression::number(1.0))],
            Template::MapResponse => vec![answered(Expression::MapResponse(response.to_owned()))],
            Template::MapResponsePoint => vec![answered(Expression::MapResponsePoint(response.to_owned()))],
            Template::Cc2Match => vec![all_or_nothing(Expression::number(1.0))],
            Template::Cc2MatchBasic => vec![all_or_nothing(full()), feedback("FEEDBACKBASIC", right())],
            Template::Cc2MapResponse => {
                let earned = Expression::apply(Operator::Equal, vec![full(), Expression::variable("SCORE")]);
                vec![answered(Expression::MapResponse(response.to_owned())), feedback("FEEDBACK", earned)]
            }
        }
    }

    /// How the item is scored, held against itself: rules run, and the key earns the maximum.
    pub fn scoring(&self) -> Scoring {
        let asks = !self.interactions().is_empty();
        let by_hand =
            matches!(self.kind, Kind::ExtendedText | Kind::Upload | Kind::Drawing | Kind::Media | Kind::Custom);
        if !asks && self.responses.is_empty() {
            return Scoring::Nothing;
        }
        if self.kind == Kind::Likert {
            return Scoring::Nothing;
        }
        if self.processing == Processing::None {
            return if by_hand || self.points == Some(0.0) {
                Scoring::ByHand
            } else if self.responses.iter().any(|response| !response.correct.is_null()) {
                Scoring::KeyOnly
            } else {
                Scoring::ByHand
            };
        }
        let attempt = match self.start(0) {
            Ok(attempt) => attempt,
            Err(error) => return Scoring::Broken(error.to_string()),
        };
        if let Err(error) = attempt.score(&Responses::new()) {
            return Scoring::Broken(error.to_string());
        }
        match attempt.score(&attempt.key()) {
            Err(error) => Scoring::Broken(error.to_string()),
            Ok(_) if by_hand => Scoring::ByHand,
            Ok(_) => Scoring::Rules,
        }
    }
}

/// How an item is scored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Scoring {
    /// Nothing is asked, or nothing is scored (a survey).
    Nothing,
    /// By a person.
    ByHand,
    /// By rules, all of which can be executed.
    Rules,
    /// The right response is known; the rules are those of whoever uses the item.
    KeyOnly,
    /// There are rules that cannot be executed, for this reason.
    Broken(String),
}
