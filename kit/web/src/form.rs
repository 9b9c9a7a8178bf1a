//! Forms that survive a mistake: what was typed is kept, what is wrong is said at its field.
//!
//! A handler reads the fields with the typed readers, which note mistakes in the form; where there are any it answers
//! with the same page and the same form ([`crate::mistakes`]).

mod field;
mod multipart;

use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

use axum::extract::{FromRequest, Request};
use bytes::Bytes;
use http::{Method, StatusCode, header};
use jiff::civil::{Date, DateTime};
use jiff::tz::{AmbiguousOffset, TimeZone};
use store::Time;

pub use field::{Field, Text};
pub use multipart::{Upload, UploadFile};

use crate::page::Page;
use crate::words::{Arg, FALLBACK, Words};
use crate::{Error, Result, url, word};

/// Fields that one form may have. Beyond it the request is refused.
const FIELDS_MAX: usize = 5000;

/// A mistake in a field: the message and the values that it takes.
#[derive(Clone, Debug, PartialEq)]
struct Mistake {
    field: String,
    message: String,
    args: Vec<(&'static str, Arg<'static>)>,
}

/// The fields of a form as they were sent, and what is wrong with them. An extractor: from the query for GET, from the
/// body otherwise. For a form with files see [`Upload`].
#[derive(Clone, Default)]
pub struct Form {
    fields: Vec<(String, String)>,
    mistakes: Vec<Mistake>,
    lang: Option<String>,
}

/// Without the values: a password may be among them.
impl fmt::Debug for Form {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<_> = self.fields.iter().map(|(name, _)| name).collect();
        f.debug_struct("Form").field("fields", &names).field("mistakes", &self.mistakes).finish_non_exhaustive()
    }
}

impl Form {
    /// An empty form.
    pub fn new() -> Self {
        Self::default()
    }

    /// A form filled with what is there already.
    pub fn of<N: AsRef<str>, V: AsRef<str>>(fields: &[(N, V)]) -> Self {
        let fields = fields.iter().map(|(name, value)| (name.as_ref().to_owned(), value.as_ref().to_owned()));
        Self { fields: fields.collect(), ..Self::default() }
    }

    /// The form in this language: its mistakes are told in it. What a request brought has its reader's language.
    pub fn in_language(mut self, lang: &str) -> Self {
        self.lang = Some(lang.to_owned());
        self
    }

    /// Sets a field, replacing all values that it has.
    pub fn set(&mut self, name: &str, value: impl Into<String>) {
        self.fields.retain(|(field, _)| field != name);
        self.fields.push((name.to_owned(), value.into()));
    }

    /// What was typed into a field; empty where it was not sent.
    pub fn value(&self, name: impl AsRef<str>) -> &str {
        self.given(name.as_ref()).unwrap_or_default()
    }

    /// All values of a field that can be sent several times.
    pub fn values(&self, name: impl AsRef<str>) -> Vec<&str> {
        let name = name.as_ref();
        self.fields.iter().filter(|(field, _)| field == name).map(|(_, value)| value.as_str()).collect()
    }

    /// The names of all fields that were sent, each once, in their order.
    pub fn names(&self) -> Vec<&str> {
        let mut names = Vec::new();
        for (name, _) in &self.fields {
            if !names.contains(&name.as_str()) {
                names.push(name);
            }
        }
        names
    }

    /// True where a field has this value: a checked box, a selected option.
    pub fn checked(&self, name: impl AsRef<str>, value: impl AsRef<str>) -> bool {
        self.values(name).contains(&value.as_ref())
    }

    /// What is wrong with a field, in the reader's language.
    pub fn error(&self, name: impl AsRef<str>) -> Option<String> {
        let name = name.as_ref();
        let mistake = self.mistakes.iter().find(|mistake| mistake.field == name)?;
        Some(Words::current().say(self.lang.as_deref().unwrap_or(FALLBACK), &mistake.message, &mistake.args))
    }

    /// True where anything is wrong.
    pub fn has_errors(&self) -> bool {
        !self.mistakes.is_empty()
    }

    /// The fields in which something is wrong, with the ids of the messages.
    pub fn errors(&self) -> impl Iterator<Item = (&str, &str)> {
        self.mistakes.iter().map(|mistake| (mistake.field.as_str(), mistake.message.as_str()))
    }

    /// Notes what is wrong with a field. The first mistake of a field is the one that is told.
    pub fn fail(&mut self, name: &str, message: &str) {
        self.fail_with(name, message, &[]);
    }

    /// [`Form::fail`] with a message that takes values.
    pub fn fail_with(&mut self, name: &str, message: &str, args: &[(&'static str, Arg<'_>)]) {
        if !self.mistakes.iter().any(|mistake| mistake.field == name) {
            let args = args.iter().map(|(name, value)| (*name, value.clone().into_owned())).collect();
            self.mistakes.push(Mistake { field: name.to_owned(), message: message.to_owned(), args });
        }
    }

    /// Turns a broken rule of the database into a mistake at its field, where the rule is among these: the place as
    /// the database names it, the field, the message. `[("person.email", "email", "person-email-taken")]`
    pub fn constraint(&mut self, error: &store::Error, rules: &[(&str, &str, &str)]) -> bool {
        let store::Error::Constraint { on, .. } = error else { return false };
        let Some((_, field, message)) = rules.iter().find(|(place, ..)| place == on) else { return false };
        self.fail(field, message);
        true
    }

    /// [`Form::constraint`] for a handler's error: what is not about a field comes back as it is.
    pub fn explain(&mut self, error: Error, rules: &[(&str, &str, &str)]) -> Result<(), Error> {
        let is_explained = error.store().is_some_and(|error| self.constraint(error, rules));
        if is_explained { Ok(()) } else { Err(error) }
    }

    /// Text without the space around it. Line ends become `\n`.
    pub fn text<'f>(&'f mut self, name: &'f str) -> Text<'f> {
        Text::new(self, name)
    }

    /// What was typed, exactly: a password.
    pub fn secret(&self, name: &str) -> String {
        self.value(name).to_owned()
    }

    /// An e-mail address.
    pub fn email<'f>(&'f mut self, name: &'f str) -> Text<'f> {
        self.text(name).check(field::is_email, word!("field-email"))
    }

    /// A web address: `http` or `https`, with a host.
    pub fn url<'f>(&'f mut self, name: &'f str) -> Text<'f> {
        self.text(name).check(field::is_web_address, word!("field-url"))
    }

    /// A whole number.
    pub fn integer<'f>(&'f mut self, name: &'f str) -> Field<'f, i64> {
        self.read(name, word!("field-integer"), |text| text.parse().ok())
    }

    /// A number; a single comma reads as a point.
    pub fn decimal<'f>(&'f mut self, name: &'f str) -> Field<'f, f64> {
        self.read(name, word!("field-decimal"), |text| {
            let text = if text.contains('.') { text.to_owned() } else { text.replacen(',', ".", 1) };
            text.parse().ok().filter(|number: &f64| number.is_finite())
        })
    }

    /// A day.
    pub fn date<'f>(&'f mut self, name: &'f str) -> Field<'f, Date> {
        self.read(name, word!("field-date"), |text| text.parse().ok())
    }

    /// A moment, from an `<input type="datetime-local">` and the zone in which it is meant. A time that the clock skips
    /// (spring) is a mistake; of a time that comes twice (autumn) the first is taken.
    pub fn date_time<'f>(&'f mut self, name: &'f str, zone: &TimeZone) -> Field<'f, Time> {
        let local = self.read(name, word!("field-date-time"), |text| text.parse::<DateTime>().ok());
        local.then(word!("field-date-gap"), |local| {
            let ambiguous = zone.to_ambiguous_timestamp(local);
            if let AmbiguousOffset::Gap { .. } = ambiguous.offset() {
                return None;
            }
            ambiguous.earlier().ok().map(Time::from)
        })
    }

    /// One of the values of a type: an enum made by `store::text_enum!`.
    pub fn choice<'f, T: FromStr>(&'f mut self, name: &'f str) -> Field<'f, T> {
        self.read(name, word!("field-choice"), |text| text.parse().ok())
    }

    /// An id, as a select or a hidden field sends it.
    pub fn id<'f, T: FromStr>(&'f mut self, name: &'f str) -> Field<'f, T> {
        self.choice(name)
    }

    /// All values of a field that can be chosen several times; one that cannot be read is a mistake.
    pub fn choices<T: FromStr>(&mut self, name: &str) -> Vec<T> {
        let read: Vec<Option<T>> = self.values(name).into_iter().map(|text| text.trim().parse().ok()).collect();
        if read.iter().any(Option::is_none) {
            self.fail(name, word!("field-choice"));
        }
        read.into_iter().flatten().collect()
    }

    /// True where a box is checked.
    pub fn flag(&self, name: &str) -> bool {
        self.given(name).is_some_and(|value| !matches!(value, "" | "0" | "off" | "false"))
    }

    fn given(&self, name: &str) -> Option<&str> {
        self.fields.iter().find(|(field, _)| field == name).map(|(_, value)| value.as_str())
    }

    fn read<'f, T>(
        &'f mut self,
        name: &'f str,
        message: &'static str,
        read: impl FnOnce(&str) -> Option<T>,
    ) -> Field<'f, T> {
        let text = self.value(name).trim().to_owned();
        let value = if text.is_empty() { None } else { read(&text) };
        let wrong = !text.is_empty() && value.is_none();
        if wrong {
            self.fail(name, message);
        }
        Field::new(self, name, value)
    }

    pub(crate) fn push(&mut self, name: String, value: String) -> Result<(), Error> {
        if self.fields.len() >= FIELDS_MAX {
            return Err(Error::bad_request("error-bad-request").code("too-many-fields"));
        }
        self.fields.push((name, value));
        Ok(())
    }

    fn decoded(text: &str) -> Result<Self, Error> {
        let mut form = Self::default();
        for (name, value) in url::pairs(text) {
            form.push(name, value)?;
        }
        Ok(form)
    }
}

impl<S: Send + Sync> FromRequest<S> for Form {
    type Rejection = Error;

    async fn from_request(request: Request, state: &S) -> Result<Self, Error> {
        let lang = request.extensions().get::<Arc<Page>>().map(|page| page.lang.clone());
        let kind = request.headers().get(header::CONTENT_TYPE).and_then(|v| v.to_str().ok()).unwrap_or_default();
        let query = request.uri().query().unwrap_or_default();
        let mut form = if matches!(*request.method(), Method::GET | Method::HEAD) {
            Self::decoded(query)?
        } else if kind.starts_with("application/x-www-form-urlencoded") {
            let bytes =
                Bytes::from_request(request, state).await.map_err(|refused| Error::from_status(refused.status()))?;
            let text = std::str::from_utf8(&bytes).map_err(|_| Error::bad_request("error-bad-request"))?;
            Self::decoded(text)?
        } else if kind.starts_with("multipart/form-data") {
            multipart::fields_only(request, state).await?
        } else if kind.is_empty() {
            // htmx sends the fields of a DELETE in the query.
            Self::decoded(query)?
        } else {
            return Err(Error::from_status(StatusCode::UNSUPPORTED_MEDIA_TYPE));
        };
        form.lang = lang;
        Ok(form)
    }
}

#[cfg(test)]
mod tests;
