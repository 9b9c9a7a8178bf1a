//! The values of QTI: base types, cardinalities, and how a text becomes one (QTI 2.2 ASI, "Base-Type"
//! and "Cardinality").

use std::collections::BTreeMap;
use std::fmt;

/// How many values a variable holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default)]
pub enum Cardinality {
    /// One.
    #[default]
    Single,
    /// Any number, in no order, repeats allowed.
    Multiple,
    /// Any number, in order.
    Ordered,
    /// Named fields of any type.
    Record,
}

/// What one value is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default)]
pub enum BaseType {
    /// A name of a choice, hotspot and so on.
    #[default]
    Identifier,
    /// `true` or `false`.
    Boolean,
    /// A whole number.
    Integer,
    /// A number.
    Float,
    /// Text.
    String,
    /// A place in an image, in pixels from the upper left corner.
    Point,
    /// Two identifiers in no order.
    Pair,
    /// Two identifiers in order.
    DirectedPair,
    /// A time in seconds.
    Duration,
    /// A file.
    File,
    /// An address.
    Uri,
    /// A whole number or an identifier.
    IntOrIdentifier,
}

const BASE_TYPES: [(BaseType, &str); 12] = [
    (BaseType::Identifier, "identifier"),
    (BaseType::Boolean, "boolean"),
    (BaseType::Integer, "integer"),
    (BaseType::Float, "float"),
    (BaseType::String, "string"),
    (BaseType::Point, "point"),
    (BaseType::Pair, "pair"),
    (BaseType::DirectedPair, "directedPair"),
    (BaseType::Duration, "duration"),
    (BaseType::File, "file"),
    (BaseType::Uri, "uri"),
    (BaseType::IntOrIdentifier, "intOrIdentifier"),
];

const CARDINALITIES: [(Cardinality, &str); 4] = [
    (Cardinality::Single, "single"),
    (Cardinality::Multiple, "multiple"),
    (Cardinality::Ordered, "ordered"),
    (Cardinality::Record, "record"),
];

impl BaseType {
    /// The name in the documents.
    pub fn as_str(self) -> &'static str {
        BASE_TYPES.iter().find(|(base, _)| *base == self).map_or("identifier", |(_, name)| name)
    }

    /// The type of that name.
    pub fn named(name: &str) -> Option<Self> {
        BASE_TYPES.iter().find(|(_, known)| known.eq_ignore_ascii_case(name.trim())).map(|(base, _)| *base)
    }
}

impl Cardinality {
    /// The name in the documents.
    pub fn as_str(self) -> &'static str {
        CARDINALITIES.iter().find(|(known, _)| *known == self).map_or("single", |(_, name)| name)
    }

    /// The cardinality of that name.
    pub fn named(name: &str) -> Option<Self> {
        CARDINALITIES.iter().find(|(_, known)| known.eq_ignore_ascii_case(name.trim())).map(|(value, _)| *value)
    }
}

/// One value.
#[derive(Clone, Debug, PartialEq)]
#[expect(missing_docs, reason = "the variants are the base types")]
pub enum Scalar {
    Identifier(String),
    Boolean(bool),
    Integer(i64),
    Float(f64),
    String(String),
    Point(f64, f64),
    Pair(String, String),
    DirectedPair(String, String),
    /// Seconds.
    Duration(f64),
    /// What names the file: the bytes are not part of scoring.
    File(String),
    Uri(String),
}

impl Scalar {
    /// Reads a value of this type; `None` if the text is not one.
    pub fn parse(base: BaseType, text: &str) -> Option<Self> {
        let trimmed = text.trim();
        Some(match base {
            BaseType::Identifier => Self::Identifier(trimmed.to_owned()),
            BaseType::String => Self::String(text.to_owned()),
            BaseType::File => Self::File(text.to_owned()),
            BaseType::Uri => Self::Uri(trimmed.to_owned()),
            BaseType::Boolean => match trimmed.to_ascii_lowercase().as_str() {
                "true" | "1" => Self::Boolean(true),
                "false" | "0" => Self::Boolean(false),
                _ => return None,
            },
            BaseType::Integer => Self::Integer(integer(trimmed)?),
            BaseType::Float => Self::Float(float(trimmed)?),
            BaseType::Duration => Self::Duration(float(trimmed)?),
            BaseType::IntOrIdentifier => match integer(trimmed) {
                Some(number) => Self::Integer(number),
                None => Self::Identifier(trimmed.to_owned()),
            },
            BaseType::Point => {
                let (x, y) = two(trimmed)?;
                Self::Point(float(x)?, float(y)?)
            }
            BaseType::Pair => two(trimmed).map(|(a, b)| Self::Pair(a.to_owned(), b.to_owned()))?,
            BaseType::DirectedPair => two(trimmed).map(|(a, b)| Self::DirectedPair(a.to_owned(), b.to_owned()))?,
        })
    }

    /// The number, if it is one.
    pub fn number(&self) -> Option<f64> {
        match self {
            Self::Integer(number) => Some(*number as f64),
            Self::Float(number) | Self::Duration(number) => Some(*number),
            _ => None,
        }
    }

    /// The text of values that are text: identifiers, strings, addresses.
    pub fn text(&self) -> Option<&str> {
        match self {
            Self::Identifier(text) | Self::String(text) | Self::Uri(text) | Self::File(text) => Some(text),
            _ => None,
        }
    }

    /// Equality as `match` has it: a pair has no order; an identifier, a string and an address with
    /// the same text are the same, as are numbers of different types (documents mix them).
    pub fn same(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Pair(a, b), Self::Pair(c, d) | Self::DirectedPair(c, d))
            | (Self::DirectedPair(a, b), Self::Pair(c, d)) => (a == c && b == d) || (a == d && b == c),
            (Self::DirectedPair(a, b), Self::DirectedPair(c, d)) => a == c && b == d,
            (Self::Point(a, b), Self::Point(c, d)) => same_number(*a, *c) && same_number(*b, *d),
            (Self::Boolean(a), Self::Boolean(b)) => a == b,
            _ => match (self.text(), other.text(), self.number(), other.number()) {
                (Some(a), Some(b), ..) => a == b,
                (_, _, Some(a), Some(b)) => same_number(a, b),
                // A number typed into a field that is declared as text, and the reverse.
                (Some(text), None, None, Some(number)) | (None, Some(text), Some(number), None) => {
                    float(text.trim()).is_some_and(|value| same_number(value, number))
                }
                _ => false,
            },
        }
    }
}

/// Equal but for the last bits of floating point.
pub(crate) fn same_number(a: f64, b: f64) -> bool {
    // Infinities are equal to themselves, and their difference is no number.
    a.total_cmp(&b).is_eq() || (a - b).abs() <= 1e-12 * a.abs().min(f64::MAX).max(b.abs().min(f64::MAX))
}

impl fmt::Display for Scalar {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Identifier(text) | Self::String(text) | Self::File(text) | Self::Uri(text) => f.write_str(text),
            Self::Boolean(value) => write!(f, "{value}"),
            Self::Integer(value) => write!(f, "{value}"),
            Self::Float(value) | Self::Duration(value) => f.write_str(&number_text(*value)),
            Self::Point(x, y) => write!(f, "{} {}", number_text(*x), number_text(*y)),
            Self::Pair(a, b) | Self::DirectedPair(a, b) => write!(f, "{a} {b}"),
        }
    }
}

/// A number as XML Schema writes it: infinities are `INF` and `-INF`.
pub(crate) fn number_text(number: f64) -> String {
    if number == f64::INFINITY {
        "INF".to_owned()
    } else if number == f64::NEG_INFINITY {
        "-INF".to_owned()
    } else {
        number.to_string()
    }
}

/// A finite or infinite number as XML Schema writes it. A decimal comma and a sign are taken.
pub(crate) fn float(text: &str) -> Option<f64> {
    match text {
        "INF" | "+INF" => return Some(f64::INFINITY),
        "-INF" => return Some(f64::NEG_INFINITY),
        _ => {}
    }
    let plain = |character: char| character.is_ascii_digit() || matches!(character, '.' | ',' | '-' | '+' | 'e' | 'E');
    if text.is_empty() || !text.chars().all(plain) {
        return None;
    }
    let text =
        if text.matches(',').count() == 1 && !text.contains('.') { text.replace(',', ".") } else { text.to_owned() };
    text.parse().ok()
}

fn integer(text: &str) -> Option<i64> {
    text.parse().ok().or_else(|| {
        let number = float(text)?;
        (number.fract() == 0.0 && number.abs() < 9e15).then_some(number as i64)
    })
}

fn two(text: &str) -> Option<(&str, &str)> {
    let mut parts = text.split([' ', ',', '\n', '\t']).filter(|part| !part.is_empty());
    match (parts.next(), parts.next(), parts.next()) {
        (Some(first), Some(second), None) => Some((first, second)),
        _ => None,
    }
}

/// What a variable holds.
#[derive(Clone, Debug, PartialEq, Default)]
pub enum Value {
    /// Nothing: not answered, or an operator without a result.
    #[default]
    Null,
    /// One value.
    Single(Scalar),
    /// A bag of values.
    Multiple(Vec<Scalar>),
    /// A list of values.
    Ordered(Vec<Scalar>),
    /// Fields.
    Record(BTreeMap<String, Scalar>),
}

impl Value {
    /// A container of this cardinality; nothing in it is [`Value::Null`] (QTI 2.2, "NULL").
    pub fn of(cardinality: Cardinality, values: Vec<Scalar>) -> Self {
        let mut values = values;
        match cardinality {
            _ if values.is_empty() => Self::Null,
            Cardinality::Single => Self::Single(values.swap_remove(0)),
            Cardinality::Multiple => Self::Multiple(values),
            Cardinality::Ordered => Self::Ordered(values),
            Cardinality::Record => Self::Null,
        }
    }

    /// One identifier.
    pub fn identifier(name: &str) -> Self {
        Self::Single(Scalar::Identifier(name.to_owned()))
    }

    /// One text.
    pub fn string(text: &str) -> Self {
        Self::Single(Scalar::String(text.to_owned()))
    }

    /// One number.
    pub fn float(number: f64) -> Self {
        Self::Single(Scalar::Float(number))
    }

    /// One truth value.
    pub fn boolean(value: bool) -> Self {
        Self::Single(Scalar::Boolean(value))
    }

    /// Several identifiers in no order.
    pub fn identifiers(names: &[&str]) -> Self {
        let values = names.iter().map(|name| Scalar::Identifier((*name).to_owned()));
        Self::of(Cardinality::Multiple, values.collect())
    }

    /// Nothing, or an empty text, which counts as nothing (QTI 2.2, `isNull`).
    pub fn is_null(&self) -> bool {
        match self {
            Self::Null => true,
            Self::Single(Scalar::String(text)) => text.is_empty(),
            Self::Multiple(values) | Self::Ordered(values) => values.is_empty(),
            Self::Record(fields) => fields.is_empty(),
            Self::Single(_) => false,
        }
    }

    /// All values in it.
    pub fn scalars(&self) -> Vec<&Scalar> {
        match self {
            Self::Null => Vec::new(),
            Self::Single(value) => vec![value],
            Self::Multiple(values) | Self::Ordered(values) => values.iter().collect(),
            Self::Record(fields) => fields.values().collect(),
        }
    }

    /// The number, if it is one.
    pub fn number(&self) -> Option<f64> {
        match self {
            Self::Single(value) => value.number(),
            _ => None,
        }
    }

    /// The truth value, if it is one.
    pub fn truth(&self) -> Option<bool> {
        match self {
            Self::Single(Scalar::Boolean(value)) => Some(*value),
            _ => None,
        }
    }

    /// Equality as the operator `match` has it: bags in any order, lists in order.
    pub fn same(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Record(a), Self::Record(b)) => {
                a.len() == b.len() && a.iter().all(|(key, value)| b.get(key).is_some_and(|other| value.same(other)))
            }
            (Self::Ordered(a), Self::Ordered(b)) => a.len() == b.len() && a.iter().zip(b).all(|(a, b)| a.same(b)),
            _ => {
                let mut left = other.scalars();
                let mine = self.scalars();
                mine.len() == left.len()
                    && mine.iter().all(|value| match left.iter().position(|other| value.same(other)) {
                        Some(at) => {
                            left.swap_remove(at);
                            true
                        }
                        None => false,
                    })
            }
        }
    }
}
