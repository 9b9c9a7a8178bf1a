//! What each operator does (QTI 2.2 ASI, "Expressions"). An operand that is NULL makes the result NULL
//! unless the operator says otherwise.

use crate::evaluate::Machine;
use crate::expression::{Expression, Operator};
use crate::model::Area;
use crate::value::{Cardinality, Scalar, Value, float, same_number};
use crate::{Error, Result, area, arithmetic};

type Settings = [(String, String)];

/// Values that one container may hold.
const CONTAINER_MAX: usize = 100_000;

pub(crate) fn setting<'s>(settings: &'s Settings, name: &str) -> Option<&'s str> {
    settings.iter().find(|(key, _)| key == name).map(|(_, value)| value.trim())
}

fn yes(settings: &Settings, name: &str, absent: bool) -> bool {
    setting(settings, name).map_or(absent, |value| value == "true" || value == "1")
}

/// A number that is written, or named by the variable that holds it.
pub(crate) fn number_setting(machine: &Machine<'_>, settings: &Settings, name: &str) -> Option<f64> {
    number_or_variable(machine, setting(settings, name)?)
}

fn number_or_variable(machine: &Machine<'_>, text: &str) -> Option<f64> {
    float(text).or_else(|| {
        let name = text.trim_start_matches('{').trim_end_matches('}');
        machine.values.get(name).and_then(Value::number)
    })
}

/// Executes an operator.
pub(crate) fn apply(
    machine: &mut Machine<'_>,
    operator: Operator,
    settings: &Settings,
    operands: &[Expression],
) -> Result<Value> {
    use Operator as O;
    match operator {
        O::Repeat => return repeated(machine, settings, operands),
        O::RandomInteger | O::RandomFloat => return drawn(machine, operator, settings),
        O::NumberCorrect
        | O::NumberIncorrect
        | O::NumberPresented
        | O::NumberResponded
        | O::NumberSelected
        | O::TestVariables
        | O::OutcomeMaximum
        | O::OutcomeMinimum => {
            let Some(items) = machine.surroundings else {
                return Err(Error::Scoring(format!("<{}> stands outside a test", operator.as_str())));
            };
            return items.over_items(operator, settings).ok_or_else(|| not_taken(operator));
        }
        _ => {}
    }
    let values = operands.iter().map(|operand| machine.value(operand)).collect::<Result<Vec<_>>>()?;
    match operator {
        O::And | O::Or | O::Not | O::AnyN => logic(machine, operator, settings, &values),
        O::Multiple | O::Ordered => container(operator, values),
        O::IsNull => Ok(Value::boolean(first(operator, &values)?.is_null())),
        O::ContainerSize => Ok(Value::Single(Scalar::Integer(first(operator, &values)?.scalars().len() as i64))),
        _ if operands.is_empty() && operator != O::MathConstant => Err(not_taken(operator)),
        // The operators below have no result where an operand has no value; an empty text is a
        // value to those that compare text.
        _ if values.contains(&Value::Null) => Ok(Value::Null),
        O::Match | O::Member | O::Delete | O::Contains | O::Index | O::FieldValue | O::Random => {
            containers(machine, operator, settings, &values)
        }
        O::StringMatch | O::PatternMatch | O::Substring => texts(operator, settings, &values),
        O::Inside => inside(settings, first(operator, &values)?),
        O::Equal | O::EqualRounded => equal(machine, operator, settings, &values),
        O::TextLt | O::TextLte | O::TextGt | O::TextGte | O::TextEqual => Ok(text_comparison(operator, &values)),
        _ => arithmetic::apply(machine, operator, settings, &values),
    }
}

pub(crate) fn not_taken(operator: Operator) -> Error {
    Error::Scoring(format!("<{}> is given what it does not take", operator.as_str()))
}

fn first(operator: Operator, values: &[Value]) -> Result<&Value> {
    values.first().ok_or_else(|| not_taken(operator))
}

pub(crate) fn two(operator: Operator, values: &[Value]) -> Result<(&Value, &Value)> {
    match values {
        [a, b] => Ok((a, b)),
        _ => Err(not_taken(operator)),
    }
}

/// Logic with three values: NULL is not known.
fn logic(machine: &Machine<'_>, operator: Operator, settings: &Settings, values: &[Value]) -> Result<Value> {
    let truths: Vec<Option<bool>> = values.iter().map(Value::truth).collect();
    if values.iter().zip(&truths).any(|(value, truth)| !value.is_null() && truth.is_none()) || values.is_empty() {
        return Err(not_taken(operator));
    }
    let count = |wanted| truths.iter().filter(|truth| **truth == wanted).count() as f64;
    let (right, wrong, unknown) = (count(Some(true)), count(Some(false)), count(None));
    let result = match operator {
        Operator::And if wrong > 0.0 => Some(false),
        Operator::Or if right > 0.0 => Some(true),
        Operator::And | Operator::Or if unknown > 0.0 => None,
        Operator::And => Some(true),
        Operator::Or => Some(false),
        Operator::Not => truths[0].map(|truth| !truth),
        _ => {
            let least = number_setting(machine, settings, "min").unwrap_or(0.0);
            let most = number_setting(machine, settings, "max").unwrap_or(f64::INFINITY);
            if right > most || right + unknown < least {
                Some(false)
            } else if right >= least && right + unknown <= most {
                Some(true)
            } else {
                None
            }
        }
    };
    Ok(result.map_or(Value::Null, Value::boolean))
}

/// `multiple` and `ordered`: NULL is left out, containers are joined.
fn container(operator: Operator, values: Vec<Value>) -> Result<Value> {
    let mut joined = Vec::new();
    for value in values {
        match value {
            Value::Null => {}
            Value::Single(scalar) => joined.push(scalar),
            Value::Multiple(scalars) | Value::Ordered(scalars) => joined.extend(scalars),
            Value::Record(_) => return Err(not_taken(operator)),
        }
        if joined.len() > CONTAINER_MAX {
            return Err(Error::Scoring(format!("a container grows beyond {CONTAINER_MAX} values")));
        }
    }
    let cardinality = if operator == Operator::Ordered { Cardinality::Ordered } else { Cardinality::Multiple };
    Ok(Value::of(cardinality, joined))
}

fn containers(machine: &mut Machine<'_>, operator: Operator, settings: &Settings, values: &[Value]) -> Result<Value> {
    let one = first(operator, values)?;
    Ok(match operator {
        Operator::Match => {
            let (a, b) = two(operator, values)?;
            Value::boolean(a.same(b))
        }
        Operator::Member => {
            let (value, container) = two(operator, values)?;
            let Value::Single(value) = value else { return Err(not_taken(operator)) };
            Value::boolean(container.scalars().into_iter().any(|scalar| scalar.same(value)))
        }
        Operator::Delete => {
            let (value, container) = two(operator, values)?;
            let Value::Single(value) = value else { return Err(not_taken(operator)) };
            let keep = |scalars: &[Scalar]| scalars.iter().filter(|scalar| !scalar.same(value)).cloned().collect();
            match container {
                Value::Multiple(scalars) => Value::of(Cardinality::Multiple, keep(scalars)),
                Value::Ordered(scalars) => Value::of(Cardinality::Ordered, keep(scalars)),
                _ => return Err(not_taken(operator)),
            }
        }
        Operator::Contains => {
            let (whole, part) = two(operator, values)?;
            Value::boolean(contains(machine, whole, part)?)
        }
        Operator::Index => {
            let Some(at) = number_setting(machine, settings, "n") else { return Err(not_taken(operator)) };
            let Value::Ordered(scalars) = one else { return Err(not_taken(operator)) };
            let found = (at >= 1.0).then(|| scalars.get(at as usize - 1)).flatten();
            found.cloned().map_or(Value::Null, Value::Single)
        }
        Operator::FieldValue => {
            let Value::Record(fields) = one else { return Err(not_taken(operator)) };
            let field = setting(settings, "fieldIdentifier").and_then(|name| fields.get(name));
            field.cloned().map_or(Value::Null, Value::Single)
        }
        _ => {
            let scalars = one.scalars();
            let at = machine.random.below(scalars.len().max(1) as u64) as usize;
            scalars.get(at).map_or(Value::Null, |scalar| Value::Single((*scalar).clone()))
        }
    })
}

/// A bag within a bag, or a list within a list without a break.
fn contains(machine: &mut Machine<'_>, whole: &Value, part: &Value) -> Result<bool> {
    let parts = part.scalars();
    let mut all = whole.scalars();
    if let (Value::Ordered(_), Value::Ordered(_)) = (whole, part) {
        let windows = all.windows(parts.len().max(1));
        for window in windows {
            machine.step()?;
            if window.iter().zip(&parts).all(|(a, b)| a.same(b)) {
                return Ok(true);
            }
        }
        return Ok(false);
    }
    for value in parts {
        machine.step()?;
        match all.iter().position(|other| other.same(value)) {
            Some(at) => {
                all.swap_remove(at);
            }
            None => return Ok(false),
        }
    }
    Ok(true)
}

fn texts(operator: Operator, settings: &Settings, values: &[Value]) -> Result<Value> {
    let text = |value: &Value| match value {
        Value::Single(scalar) => Ok(scalar.to_string()),
        _ => Err(not_taken(operator)),
    };
    if operator == Operator::PatternMatch {
        let pattern = setting(settings, "pattern").unwrap_or_default();
        // The whole text has to match, as in XML Schema; the size of the compiled pattern is bounded.
        let compiled = regex::RegexBuilder::new(&format!("^(?:{pattern})$")).size_limit(1 << 20).build();
        let compiled =
            compiled.map_err(|error| Error::Scoring(format!("the pattern {pattern:?} cannot be read: {error}")))?;
        return Ok(Value::boolean(compiled.is_match(&text(first(operator, values)?)?)));
    }
    let (a, b) = two(operator, values)?;
    let (mut a, mut b) = (text(a)?, text(b)?);
    if !yes(settings, "caseSensitive", true) {
        (a, b) = (a.to_lowercase(), b.to_lowercase());
    }
    Ok(Value::boolean(match operator {
        // `substring`: the first within the second.
        Operator::Substring => b.contains(&a),
        // `stringMatch` with substring: the second within the first.
        _ if yes(settings, "substring", false) => a.contains(&b),
        _ => a == b,
    }))
}

fn inside(settings: &Settings, value: &Value) -> Result<Value> {
    let shape = setting(settings, "shape").unwrap_or_default();
    let coords = setting(settings, "coords").unwrap_or_default();
    let shape =
        Area::parse(shape, coords).ok_or_else(|| Error::Scoring(format!("{shape:?} with {coords:?} is no area")))?;
    Ok(Value::boolean(value.scalars().into_iter().any(|scalar| match scalar {
        Scalar::Point(x, y) => area::contains(&shape, *x, *y),
        _ => false,
    })))
}

/// `equal` with its tolerance, and `equalRounded`.
fn equal(machine: &Machine<'_>, operator: Operator, settings: &Settings, values: &[Value]) -> Result<Value> {
    let (a, b) = two(operator, values)?;
    // A learner's text that is no number is equal to none.
    let (Some(x), Some(y)) = (loose_number(a), loose_number(b)) else { return Ok(Value::boolean(a.same(b))) };
    if operator == Operator::EqualRounded {
        let rounded = |number| arithmetic::rounded_to(machine, settings, number);
        return Ok(match (rounded(x)?, rounded(y)?) {
            (Some(x), Some(y)) => Value::boolean(same_number(x, y)),
            _ => Value::Null,
        });
    }
    let bounds = setting(settings, "tolerance").unwrap_or_default();
    let bounds: Vec<f64> = bounds.split_whitespace().filter_map(|text| number_or_variable(machine, text)).collect();
    let below = bounds.first().copied();
    let above = bounds.get(1).copied().or(below);
    let (low, high) = match (setting(settings, "toleranceMode").unwrap_or("exact"), below, above) {
        ("absolute", Some(below), Some(above)) => (x - below, x + above),
        ("relative", Some(below), Some(above)) => {
            let (a, b) = (x * (1.0 - below / 100.0), x * (1.0 + above / 100.0));
            (a.min(b), a.max(b))
        }
        ("exact", ..) => return Ok(Value::boolean(same_number(x, y))),
        _ => return Err(Error::Scoring("<equal> has a tolerance mode but no tolerance".to_owned())),
    };
    let over = if yes(settings, "includeLowerBound", true) {
        y >= low || same_number(y, low)
    } else {
        y > low && !same_number(y, low)
    };
    let under = if yes(settings, "includeUpperBound", true) {
        y <= high || same_number(y, high)
    } else {
        y < high && !same_number(y, high)
    };
    Ok(Value::boolean(over && under))
}

/// The number of a value, or of a text that is one.
pub(crate) fn loose_number(value: &Value) -> Option<f64> {
    match value {
        Value::Single(scalar) => scalar.number().or_else(|| float(scalar.text()?.trim())),
        _ => None,
    }
}

/// The comparisons of QTI 1.2: text that is no number compares false.
fn text_comparison(operator: Operator, values: &[Value]) -> Value {
    let (Some(a), Some(b)) = (values.first().and_then(loose_number), values.get(1).and_then(loose_number)) else {
        let same = operator == Operator::TextEqual && values.len() == 2 && values[0].same(&values[1]);
        return Value::boolean(same);
    };
    Value::boolean(match operator {
        Operator::TextLt => a < b,
        Operator::TextLte => a <= b,
        Operator::TextGt => a > b,
        Operator::TextGte => a >= b,
        _ => same_number(a, b),
    })
}

fn repeated(machine: &mut Machine<'_>, settings: &Settings, operands: &[Expression]) -> Result<Value> {
    let times = number_setting(machine, settings, "numberRepeats").unwrap_or(0.0);
    let mut values = Vec::new();
    let mut done = 0.0;
    while done < times {
        for operand in operands {
            values.push(machine.value(operand)?);
        }
        machine.step()?;
        done += 1.0;
    }
    container(Operator::Ordered, values)
}

fn drawn(machine: &mut Machine<'_>, operator: Operator, settings: &Settings) -> Result<Value> {
    let min = number_setting(machine, settings, "min").unwrap_or(0.0);
    let max = number_setting(machine, settings, "max").ok_or_else(|| not_taken(operator))?;
    if !(max >= min && max.abs() < 9e15 && min.abs() < 9e15) {
        return Err(not_taken(operator));
    }
    if operator == Operator::RandomFloat {
        return Ok(Value::float(min + machine.random.fraction() * (max - min)));
    }
    let step = number_setting(machine, settings, "step").unwrap_or(1.0).max(1.0);
    let count = ((max - min) / step).floor() as u64 + 1;
    let drawn = machine.random.below(count) as f64;
    Ok(Value::Single(Scalar::Integer((min + drawn * step) as i64)))
}
