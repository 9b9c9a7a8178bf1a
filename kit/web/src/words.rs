//! All text that a person reads: Fluent files in `locales/LANGUAGE/*.ftl`, one bundle for each language.
//!
//! The files are part of the program. A debug build reads them from the source tree as well, so that an edited text
//! shows on the next page without a rebuild.

mod check;
mod load;
mod negotiate;

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::Arc;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};

pub use check::check;
pub use negotiate::negotiate;

use crate::number::Marks;

/// The language that is always complete, and that stands in where another lacks a text.
pub const FALLBACK: &str = "en";

/// Names a message id in Rust code, so that [`check`] sees it: `web::word!("nav-today")`.
#[macro_export]
macro_rules! word {
    ($id:literal) => {
        $id
    };
}

/// A value put into a message.
#[derive(Clone, Debug, PartialEq)]
pub enum Arg<'a> {
    /// Text.
    Text(Cow<'a, str>),
    /// A whole number; it selects the plural form and is written with the language's grouping.
    Whole(i64),
    /// A number with a fraction.
    Real(f64),
}

impl Arg<'_> {
    /// The same value without the borrow.
    pub fn into_owned(self) -> Arg<'static> {
        match self {
            Self::Text(text) => Arg::Text(Cow::Owned(text.into_owned())),
            Self::Whole(number) => Arg::Whole(number),
            Self::Real(number) => Arg::Real(number),
        }
    }
}

/// What can be put into a message: text and numbers, owned or borrowed.
pub trait ToArg {
    /// The value as a message takes it.
    fn to_arg(&self) -> Arg<'_>;
}

impl ToArg for str {
    fn to_arg(&self) -> Arg<'_> {
        Arg::Text(Cow::Borrowed(self))
    }
}
impl ToArg for String {
    fn to_arg(&self) -> Arg<'_> {
        Arg::Text(Cow::Borrowed(self))
    }
}
impl ToArg for Cow<'_, str> {
    fn to_arg(&self) -> Arg<'_> {
        Arg::Text(Cow::Borrowed(self))
    }
}
impl ToArg for Arg<'_> {
    fn to_arg(&self) -> Arg<'_> {
        match self {
            Self::Text(text) => Arg::Text(Cow::Borrowed(text)),
            Self::Whole(number) => Arg::Whole(*number),
            Self::Real(number) => Arg::Real(*number),
        }
    }
}
impl ToArg for f64 {
    fn to_arg(&self) -> Arg<'_> {
        Arg::Real(*self)
    }
}
impl<T: ToArg + ?Sized> ToArg for &T {
    fn to_arg(&self) -> Arg<'_> {
        (**self).to_arg()
    }
}

/// Named values, as a reference to an array or a slice of pairs: `&[("name", name)]`. A template engine that borrows
/// what is borrowed already is understood too.
pub trait Args {
    /// The pairs.
    fn list(&self) -> Vec<(&str, Arg<'_>)>;
}

impl<V: ToArg> Args for &[(&str, V)] {
    fn list(&self) -> Vec<(&str, Arg<'_>)> {
        self.iter().map(|(name, value)| (*name, value.to_arg())).collect()
    }
}
impl<V: ToArg, const N: usize> Args for &[(&str, V); N] {
    fn list(&self) -> Vec<(&str, Arg<'_>)> {
        self.iter().map(|(name, value)| (*name, value.to_arg())).collect()
    }
}
impl<V: ToArg, const N: usize> Args for &&[(&str, V); N] {
    fn list(&self) -> Vec<(&str, Arg<'_>)> {
        self.iter().map(|(name, value)| (*name, value.to_arg())).collect()
    }
}

macro_rules! whole {
    ($($number:ty)+) => {$(
        impl ToArg for $number {
            fn to_arg(&self) -> Arg<'_> {
                Arg::Whole(i64::try_from(*self).unwrap_or(i64::MAX))
            }
        }
    )+};
}
whole!(i16 i32 i64 u8 u16 u32 u64 usize);

impl<'a> From<Arg<'a>> for FluentValue<'a> {
    fn from(arg: Arg<'a>) -> Self {
        match arg {
            Arg::Text(text) => FluentValue::String(text),
            Arg::Whole(number) => FluentValue::from(number),
            Arg::Real(number) => FluentValue::from(number),
        }
    }
}

/// One language: its texts and its way of writing numbers.
pub(crate) struct Language {
    bundle: FluentBundle<FluentResource>,
    marks: Marks,
    right_to_left: bool,
}

impl std::fmt::Debug for Language {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Language").field("locales", &self.bundle.locales).finish_non_exhaustive()
    }
}

/// The texts of all languages.
#[derive(Debug, Default)]
pub struct Words {
    languages: BTreeMap<String, Language>,
}

impl Words {
    /// The texts of this program. Cheap: the files are read once, in a debug build again after a change.
    pub fn current() -> Arc<Self> {
        load::current()
    }

    /// The languages there are, as BCP 47 tags (`en`, `de`), sorted.
    pub fn languages(&self) -> impl Iterator<Item = &str> {
        self.languages.keys().map(String::as_str)
    }

    /// True where this is a language of the program.
    pub fn has(&self, language: &str) -> bool {
        self.languages.contains_key(language)
    }

    /// `rtl` for languages written from the right, else `ltr`.
    pub fn direction(&self, language: &str) -> &'static str {
        if self.languages.get(language).is_some_and(|l| l.right_to_left) { "rtl" } else { "ltr" }
    }

    /// How this language writes numbers.
    pub(crate) fn marks(&self, language: &str) -> Marks {
        self.languages.get(language).map_or(Marks::ENGLISH, |l| l.marks)
    }

    /// The text of a message (`id`, or `id.attribute`) in this language, else in English. An id that no language has
    /// is logged, and shown in brackets by a debug build.
    pub fn say(&self, language: &str, id: &str, args: &[(&str, Arg<'_>)]) -> String {
        let mut values = FluentArgs::with_capacity(args.len());
        for (name, value) in args {
            values.set(*name, FluentValue::from(value.to_arg()));
        }
        [language, FALLBACK].iter().find_map(|language| self.find(language, id, &values)).unwrap_or_else(|| missing(id))
    }

    /// The text without any value in it, or nothing where neither this language nor English has it.
    pub fn find_plain(&self, language: &str, id: &str) -> Option<String> {
        [language, FALLBACK].iter().find_map(|language| self.find(language, id, &FluentArgs::new()))
    }

    fn find(&self, language: &str, id: &str, args: &FluentArgs<'_>) -> Option<String> {
        let bundle = &self.languages.get(language)?.bundle;
        let (message, attribute) = id.split_once('.').map_or((id, None), |(id, attribute)| (id, Some(attribute)));
        let message = bundle.get_message(message)?;
        let pattern = match attribute {
            Some(attribute) => message.get_attribute(attribute)?.value(),
            None => message.value()?,
        };
        let mut faults = Vec::new();
        let text = bundle.format_pattern(pattern, Some(args), &mut faults).into_owned();
        if !faults.is_empty() {
            tracing::warn!(id, language, ?faults, "a text could not be put together");
        }
        Some(text)
    }
}

fn missing(id: &str) -> String {
    tracing::warn!(id, "no language has this text");
    if cfg!(debug_assertions) { format!("[{id}]") } else { id.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words() -> Words {
        load::from_files(&[
            (
                "en",
                "a.ftl",
                "hello = Hello { $name }\nrows = { $count ->\n    [one] { $count } row\n   *[other] { $count } rows\n}\nfind = Find\n    .hint = Type here\nformat-group = ,\nformat-decimal = .",
            ),
            ("de", "a.ftl", "hello = Hallo { $name }\nformat-group = .\nformat-decimal = ,\nsum = { $n }"),
        ])
    }

    #[test]
    fn says_it_in_the_language_or_in_english() {
        let words = words();
        assert_eq!(words.say("de", "hello", &[("name", "Ana".to_arg())]), "Hallo Ana");
        assert_eq!(words.say("de", "find.hint", &[]), "Type here");
        assert_eq!(words.say("fr", "find", &[]), "Find");
        let missing = if cfg!(debug_assertions) { "[nowhere]" } else { "nowhere" };
        assert_eq!(words.say("en", "nowhere", &[]), missing);
    }

    #[test]
    fn numbers_select_the_plural_and_are_grouped() {
        let words = words();
        assert_eq!(words.say("en", "rows", &[("count", Arg::Whole(1))]), "1 row");
        assert_eq!(words.say("en", "rows", &[("count", Arg::Whole(12_000))]), "12,000 rows");
        assert_eq!(words.say("de", "sum", &[("n", Arg::Whole(12_000))]), "12.000");
        assert_eq!(words.say("de", "sum", &[("n", Arg::Real(1234.5))]), "1.234,5");
    }
}
