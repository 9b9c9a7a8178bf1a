use std::borrow::Cow;

use uuid::Uuid;

use crate::Time;

/// A value on its way into a statement.
#[derive(Clone, Debug, PartialEq)]
pub enum Value<'a> {
    /// SQL null.
    Null,
    /// `boolean`; 0 or 1 in SQLite.
    Bool(bool),
    /// `bigint`.
    Int(i64),
    /// `double precision`.
    Real(f64),
    /// `text`.
    Text(Cow<'a, str>),
    /// `bytea`.
    Blob(Cow<'a, [u8]>),
    /// `uuid`; 16 bytes in SQLite.
    Uuid(Uuid),
    /// `timestamptz`; microseconds in SQLite.
    Time(Time),
    /// A list of ids for `in ids(?1)`.
    Ids(Vec<Uuid>),
}

/// What can be bound to a placeholder. `params![id, title, at]` calls it on each.
pub trait ToValue {
    /// The value, borrowed where it can be.
    fn to_value(&self) -> Value<'_>;
}

/// Binds values to the placeholders `?1`, `?2`, ...: `params![id, title]`.
#[macro_export]
macro_rules! params {
    ($($value:expr),* $(,)?) => {
        &[$($crate::ToValue::to_value(&$value)),*]
    };
}

/// A value on its way out of a row.
#[derive(Clone, Copy, Debug, PartialEq)]
#[expect(missing_docs, reason = "the same cases as Value")]
pub enum ValueRef<'a> {
    Null,
    Bool(bool),
    Int(i64),
    Real(f64),
    Text(&'a str),
    Blob(&'a [u8]),
    Uuid(Uuid),
    Time(Time),
}

/// A stored value does not have the expected type.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct Mismatch(pub String);

/// What can be read from a column.
pub trait FromValue: Sized {
    /// Reads the value, or says what was found instead.
    fn from_value(value: ValueRef<'_>) -> Result<Self, Mismatch>;
}

fn mismatch<T>(wanted: &str, found: ValueRef<'_>) -> Result<T, Mismatch> {
    let found = match found {
        ValueRef::Text(_) => "a text".to_owned(),
        ValueRef::Blob(bytes) => format!("{} bytes", bytes.len()),
        other => format!("{other:?}"),
    };
    Err(Mismatch(format!("expected {wanted}, found {found}")))
}

macro_rules! integers {
    ($($int:ty),*) => {$(
        impl ToValue for $int {
            fn to_value(&self) -> Value<'_> {
                // A count beyond i64 cannot come from a row or a form; saturating keeps the binding infallible.
                Value::Int(i64::try_from(*self).unwrap_or(i64::MAX))
            }
        }
        impl FromValue for $int {
            fn from_value(value: ValueRef<'_>) -> Result<Self, Mismatch> {
                match value {
                    ValueRef::Int(int) => <$int>::try_from(int).map_err(|_| Mismatch(format!("{int} is out of range"))),
                    other => mismatch("an integer", other),
                }
            }
        }
    )*};
}
integers!(i64, i32, i16, u64, u32, u16, u8, usize);

impl ToValue for bool {
    fn to_value(&self) -> Value<'_> {
        Value::Bool(*self)
    }
}
impl FromValue for bool {
    fn from_value(value: ValueRef<'_>) -> Result<Self, Mismatch> {
        match value {
            ValueRef::Bool(truth) => Ok(truth),
            ValueRef::Int(int) => Ok(int != 0),
            other => mismatch("a truth value", other),
        }
    }
}

impl ToValue for f64 {
    fn to_value(&self) -> Value<'_> {
        Value::Real(*self)
    }
}
impl FromValue for f64 {
    fn from_value(value: ValueRef<'_>) -> Result<Self, Mismatch> {
        match value {
            ValueRef::Real(real) => Ok(real),
            ValueRef::Int(int) => Ok(int as f64),
            other => mismatch("a number", other),
        }
    }
}

impl ToValue for str {
    fn to_value(&self) -> Value<'_> {
        Value::Text(Cow::Borrowed(self))
    }
}
impl ToValue for String {
    fn to_value(&self) -> Value<'_> {
        Value::Text(Cow::Borrowed(self))
    }
}
impl ToValue for Cow<'_, str> {
    fn to_value(&self) -> Value<'_> {
        Value::Text(Cow::Borrowed(self))
    }
}
impl FromValue for String {
    fn from_value(value: ValueRef<'_>) -> Result<Self, Mismatch> {
        match value {
            ValueRef::Text(text) => Ok(text.to_owned()),
            other => mismatch("a text", other),
        }
    }
}

impl ToValue for [u8] {
    fn to_value(&self) -> Value<'_> {
        Value::Blob(Cow::Borrowed(self))
    }
}
impl ToValue for Vec<u8> {
    fn to_value(&self) -> Value<'_> {
        Value::Blob(Cow::Borrowed(self))
    }
}
impl<const N: usize> ToValue for [u8; N] {
    fn to_value(&self) -> Value<'_> {
        Value::Blob(Cow::Borrowed(self))
    }
}
impl FromValue for Vec<u8> {
    fn from_value(value: ValueRef<'_>) -> Result<Self, Mismatch> {
        match value {
            ValueRef::Blob(bytes) => Ok(bytes.to_vec()),
            other => mismatch("bytes", other),
        }
    }
}

impl ToValue for Uuid {
    fn to_value(&self) -> Value<'_> {
        Value::Uuid(*self)
    }
}
impl FromValue for Uuid {
    fn from_value(value: ValueRef<'_>) -> Result<Self, Mismatch> {
        match value {
            ValueRef::Uuid(id) => Ok(id),
            ValueRef::Blob(bytes) => Uuid::from_slice(bytes).or_else(|_| mismatch("a uuid", value)),
            other => mismatch("a uuid", other),
        }
    }
}

impl ToValue for Time {
    fn to_value(&self) -> Value<'_> {
        Value::Time(*self)
    }
}
impl FromValue for Time {
    fn from_value(value: ValueRef<'_>) -> Result<Self, Mismatch> {
        match value {
            ValueRef::Time(time) => Ok(time),
            ValueRef::Int(micros) => Ok(Time::from_micros(micros)),
            other => mismatch("a time", other),
        }
    }
}

impl ToValue for serde_json::Value {
    fn to_value(&self) -> Value<'_> {
        Value::Text(Cow::Owned(self.to_string()))
    }
}
impl FromValue for serde_json::Value {
    fn from_value(value: ValueRef<'_>) -> Result<Self, Mismatch> {
        Json::from_value(value).map(|Json(json)| json)
    }
}

/// A value kept as JSON (`jsonb` in PostgreSQL, text in SQLite).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Json<T>(pub T);

impl<T: serde::Serialize> ToValue for Json<T> {
    fn to_value(&self) -> Value<'_> {
        // Serialising fails only for maps with keys that are no text, which no stored type has; null then breaks the
        // column's `not null` rule and is reported as that.
        serde_json::to_string(&self.0).map_or(Value::Null, |text| Value::Text(Cow::Owned(text)))
    }
}
impl<T: serde::de::DeserializeOwned> FromValue for Json<T> {
    fn from_value(value: ValueRef<'_>) -> Result<Self, Mismatch> {
        match value {
            ValueRef::Text(text) => serde_json::from_str(text).map(Self).map_err(|e| Mismatch(e.to_string())),
            other => mismatch("JSON", other),
        }
    }
}

/// A list of ids for `in ids(?1)`: `params![Ids(&course_ids)]`.
#[derive(Clone, Copy, Debug)]
pub struct Ids<'a, T>(pub &'a [T]);

impl<T: Copy + Into<Uuid>> ToValue for Ids<'_, T> {
    fn to_value(&self) -> Value<'_> {
        Value::Ids(self.0.iter().map(|id| (*id).into()).collect())
    }
}

impl<T: ToValue> ToValue for Option<T> {
    fn to_value(&self) -> Value<'_> {
        self.as_ref().map_or(Value::Null, ToValue::to_value)
    }
}
impl<T: FromValue> FromValue for Option<T> {
    fn from_value(value: ValueRef<'_>) -> Result<Self, Mismatch> {
        match value {
            ValueRef::Null => Ok(None),
            some => T::from_value(some).map(Some),
        }
    }
}

impl<T: ToValue + ?Sized> ToValue for &T {
    fn to_value(&self) -> Value<'_> {
        (**self).to_value()
    }
}

/// Declares an enum that is kept as a text:
/// `store::text_enum! { pub enum State { Draft = "draft", Published = "published" } }`.
#[macro_export]
macro_rules! text_enum {
    ($(#[$meta:meta])* $vis:vis enum $name:ident { $($(#[$case_meta:meta])* $case:ident = $text:literal),+ $(,)? }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, $crate::serde::Serialize, $crate::serde::Deserialize)]
        #[serde(crate = "store::serde")]
        $vis enum $name { $($(#[$case_meta])* #[serde(rename = $text)] $case),+ }

        impl $name {
            /// Every case, in the order of its declaration.
            pub const ALL: &'static [Self] = &[$(Self::$case),+];
            /// The text that is kept.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$case => $text),+ }
            }
        }
        impl ::std::fmt::Display for $name {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result { f.write_str(self.as_str()) }
        }
        impl ::std::str::FromStr for $name {
            type Err = $crate::Mismatch;
            fn from_str(text: &str) -> ::std::result::Result<Self, Self::Err> {
                match text {
                    $($text => Ok(Self::$case),)+
                    other => Err($crate::Mismatch(format!("{other:?} is no {}", stringify!($name)))),
                }
            }
        }
        impl $crate::ToValue for $name {
            fn to_value(&self) -> $crate::Value<'_> { $crate::Value::Text(self.as_str().into()) }
        }
        impl $crate::FromValue for $name {
            fn from_value(value: $crate::ValueRef<'_>) -> ::std::result::Result<Self, $crate::Mismatch> {
                match value {
                    $crate::ValueRef::Text(text) => text.parse(),
                    other => Err($crate::Mismatch(format!("expected a text, found {other:?}"))),
                }
            }
        }
    };
}
