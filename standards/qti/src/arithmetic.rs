//! The operators on numbers (QTI 2.2 ASI, "Expressions"). A result that is no number is NULL.

use crate::evaluate::Machine;
use crate::expression::Operator;
use crate::operators::{loose_number, not_taken, number_setting, setting, two};
use crate::value::{Scalar, Value};
use crate::{Error, Result};

type Settings = [(String, String)];

pub(crate) fn apply(machine: &Machine<'_>, operator: Operator, settings: &Settings, values: &[Value]) -> Result<Value> {
    use Operator as O;
    match operator {
        O::Sum | O::Product | O::Max | O::Min => over_all(operator, values),
        O::Gcd | O::Lcm => divisors(operator, values),
        O::StatsOperator => statistics(operator, settings, values),
        O::MathConstant => Ok(match setting(settings, "name") {
            Some("pi") => Value::float(std::f64::consts::PI),
            Some("e") => Value::float(std::f64::consts::E),
            _ => return Err(not_taken(operator)),
        }),
        O::Truncate | O::Round | O::IntegerToFloat | O::RoundTo | O::MathOperator => {
            let number = values.first().and_then(loose_number).ok_or_else(|| not_taken(operator))?;
            of_one(machine, operator, settings, number, values)
        }
        _ => of_two(operator, values),
    }
}

fn of_two(operator: Operator, values: &[Value]) -> Result<Value> {
    use Operator as O;
    let (a, b) = two(operator, values)?;
    let whole = is_integer(a) && is_integer(b);
    let (Some(a), Some(b)) = (loose_number(a), loose_number(b)) else {
        return match operator {
            // What a learner typed may be no number: then it is neither less nor greater.
            O::Lt | O::Gt | O::Lte | O::Gte => Ok(Value::boolean(false)),
            _ => Err(not_taken(operator)),
        };
    };
    Ok(match operator {
        O::Lt | O::DurationLt => Value::boolean(a < b),
        O::Gt => Value::boolean(a > b),
        O::Lte => Value::boolean(a <= b),
        O::Gte | O::DurationGte => Value::boolean(a >= b),
        O::Subtract => number(a - b, whole),
        O::Divide => number(a / b, false),
        O::Power => number(a.powf(b), false),
        O::IntegerDivide if b != 0.0 => number((a / b).floor(), true),
        O::IntegerModulus if b != 0.0 => number(a - b * (a / b).floor(), true),
        O::IntegerDivide | O::IntegerModulus => Value::Null,
        _ => return Err(not_taken(operator)),
    })
}

fn of_one(machine: &Machine<'_>, operator: Operator, settings: &Settings, x: f64, values: &[Value]) -> Result<Value> {
    Ok(match operator {
        Operator::Truncate => number(x.trunc(), true),
        // Halves go up, those of negative numbers too.
        Operator::Round => number((x + 0.5).floor(), true),
        Operator::IntegerToFloat => number(x, false),
        Operator::RoundTo => rounded_to(machine, settings, x)?.map_or(Value::Null, Value::float),
        _ => {
            let second = values.get(1).and_then(loose_number);
            math(setting(settings, "name").unwrap_or_default(), x, second).ok_or_else(|| not_taken(operator))?
        }
    })
}

/// `roundTo`: to significant figures or to decimal places; `None` where it is not defined.
pub(crate) fn rounded_to(machine: &Machine<'_>, settings: &Settings, x: f64) -> Result<Option<f64>> {
    let figures = number_setting(machine, settings, "figures");
    let Some(figures) = figures.filter(|figures| (0.0..=300.0).contains(figures)) else {
        return Err(Error::Scoring("rounding needs a number of figures".to_owned()));
    };
    let figures = figures as usize;
    if x.is_infinite() || x == 0.0 {
        return Ok(Some(x));
    }
    let text = match setting(settings, "roundingMode").unwrap_or("significantFigures") {
        "decimalPlaces" => return Ok(Some(half_up(x, figures as i32))),
        _ if figures == 0 => return Ok(None),
        _ => x.abs().log10().floor() as i32,
    };
    Ok(Some(half_up(x, figures as i32 - 1 - text)))
}

/// Rounds at a decimal place with halves away from zero, as people do; the shortest text of the
/// number decides what a half is, so that 1.005 counts as a half although its bits are below one.
fn half_up(x: f64, places: i32) -> f64 {
    if places > 15 {
        return x;
    }
    let scale = 10f64.powi(places.abs());
    let scaled = if places >= 0 { x * scale } else { x / scale };
    let nudged = scaled + scaled.signum() * scaled.abs().max(1.0) * 1e-12;
    let rounded = nudged.round();
    if places >= 0 { rounded / scale } else { rounded * scale }
}

/// `mathOperator`
fn math(name: &str, x: f64, second: Option<f64>) -> Option<Value> {
    let result = match name {
        "sin" => x.sin(),
        "cos" => x.cos(),
        "tan" => x.tan(),
        "sec" => 1.0 / x.cos(),
        "csc" => 1.0 / x.sin(),
        "cot" => 1.0 / x.tan(),
        "asin" => x.asin(),
        "acos" => x.acos(),
        "atan" => x.atan(),
        "atan2" => x.atan2(second?),
        "asec" => (1.0 / x).acos(),
        "acsc" => (1.0 / x).asin(),
        "acot" => (1.0 / x).atan(),
        "sinh" => x.sinh(),
        "cosh" => x.cosh(),
        "tanh" => x.tanh(),
        "sech" => 1.0 / x.cosh(),
        "csch" => 1.0 / x.sinh(),
        "coth" => 1.0 / x.tanh(),
        "log" => x.log10(),
        "ln" => x.ln(),
        "exp" => x.exp(),
        "abs" => x.abs(),
        "signum" if x == 0.0 => return Some(number(0.0, true)),
        "signum" => return Some(number(x.signum(), true)),
        "floor" => return Some(number(x.floor(), true)),
        "ceil" => return Some(number(x.ceil(), true)),
        "toDegrees" => x.to_degrees(),
        "toRadians" => x.to_radians(),
        _ => return None,
    };
    Some(number(result, false))
}

fn over_all(operator: Operator, values: &[Value]) -> Result<Value> {
    let scalars: Vec<&Scalar> = values.iter().flat_map(Value::scalars).collect();
    let whole = scalars.iter().all(|scalar| matches!(scalar, Scalar::Integer(_)));
    let numbers: Option<Vec<f64>> =
        scalars.iter().map(|scalar| loose_number(&Value::Single((*scalar).clone()))).collect();
    let numbers = numbers.ok_or_else(|| not_taken(operator))?;
    let result = match operator {
        Operator::Sum => numbers.iter().sum(),
        Operator::Product => numbers.iter().product(),
        Operator::Max => numbers.iter().copied().fold(f64::NEG_INFINITY, f64::max),
        _ => numbers.iter().copied().fold(f64::INFINITY, f64::min),
    };
    Ok(number(result, whole))
}

fn divisors(operator: Operator, values: &[Value]) -> Result<Value> {
    let mut result: Option<u128> = None;
    for scalar in values.iter().flat_map(Value::scalars) {
        let Scalar::Integer(number) = scalar else { return Err(not_taken(operator)) };
        let number = u128::from(number.unsigned_abs());
        result = Some(match (result, operator) {
            (None, _) => number,
            (Some(so_far), Operator::Gcd) => common(so_far, number),
            (Some(0), _) => 0,
            (Some(_), _) if number == 0 => 0,
            (Some(so_far), _) => so_far / common(so_far, number).max(1) * number,
        });
        if result.is_some_and(|value| value > i64::MAX as u128) {
            return Ok(Value::Null);
        }
    }
    Ok(result.map_or(Value::Null, |value| Value::Single(Scalar::Integer(value as i64))))
}

fn common(mut a: u128, mut b: u128) -> u128 {
    while b != 0 {
        (a, b) = (b, a % b);
    }
    a
}

fn statistics(operator: Operator, settings: &Settings, values: &[Value]) -> Result<Value> {
    let numbers: Option<Vec<f64>> = values.iter().flat_map(Value::scalars).map(Scalar::number).collect();
    let numbers = numbers.ok_or_else(|| not_taken(operator))?;
    let count = numbers.len() as f64;
    let mean = numbers.iter().sum::<f64>() / count;
    let squares = || numbers.iter().map(|number| (number - mean).powi(2)).sum::<f64>();
    Ok(match setting(settings, "name").unwrap_or_default() {
        "mean" => number(mean, false),
        "sampleVariance" if count > 1.0 => number(squares() / (count - 1.0), false),
        "sampleSD" if count > 1.0 => number((squares() / (count - 1.0)).sqrt(), false),
        "sampleVariance" | "sampleSD" => Value::Null,
        "popVariance" => number(squares() / count, false),
        "popSD" => number((squares() / count).sqrt(), false),
        _ => return Err(not_taken(operator)),
    })
}

fn is_integer(value: &Value) -> bool {
    matches!(value, Value::Single(Scalar::Integer(_)))
}

fn number(result: f64, whole: bool) -> Value {
    if result.is_nan() {
        Value::Null
    } else if whole && result.fract() == 0.0 && result.abs() < 9e15 {
        Value::Single(Scalar::Integer(result as i64))
    } else {
        Value::float(result)
    }
}
