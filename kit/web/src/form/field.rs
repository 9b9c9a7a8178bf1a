use super::Form;
use crate::word;
use crate::words::{Arg, ToArg};

/// A text of a form, refined: `form.text("title").required().max(200).get()`.
#[derive(Debug)]
#[must_use]
pub struct Text<'f> {
    form: &'f mut Form,
    name: &'f str,
    value: String,
}

impl<'f> Text<'f> {
    pub(super) fn new(form: &'f mut Form, name: &'f str) -> Self {
        let value = form.value(name).replace("\r\n", "\n").replace('\r', "\n").trim().to_owned();
        // PostgreSQL stores no NUL, and nobody types one.
        if value.contains('\0') {
            form.fail(name, word!("field-unreadable"));
        }
        Self { form, name, value }
    }

    /// It must not be empty.
    pub fn required(self) -> Self {
        if self.value.is_empty() {
            self.form.fail(self.name, word!("field-required"));
        }
        self
    }

    /// At least so many characters, if it is there at all.
    pub fn min(self, characters: usize) -> Self {
        let wrong = !self.value.is_empty() && self.value.chars().count() < characters;
        self.fail_if(wrong, word!("field-too-short"), characters)
    }

    /// At most so many characters.
    pub fn max(self, characters: usize) -> Self {
        let wrong = self.value.chars().count() > characters;
        self.fail_if(wrong, word!("field-too-long"), characters)
    }

    /// It must fulfil a rule, if it is there at all.
    pub fn check(self, rule: impl FnOnce(&str) -> bool, message: &str) -> Self {
        if !self.value.is_empty() && !rule(&self.value) {
            self.form.fail(self.name, message);
        }
        self
    }

    /// The text; empty where nothing was typed. Where it has a mistake the form knows.
    pub fn get(self) -> String {
        self.value
    }

    /// The text, or nothing where nothing was typed.
    pub fn optional(self) -> Option<String> {
        Some(self.value).filter(|text| !text.is_empty())
    }

    fn fail_if(self, wrong: bool, message: &str, count: usize) -> Self {
        if wrong {
            self.form.fail_with(self.name, message, &[("count", count.to_arg())]);
        }
        self
    }
}

/// A typed field of a form, refined: `form.integer("points").required().at_most(100).get()`.
#[derive(Debug)]
#[must_use]
pub struct Field<'f, T> {
    form: &'f mut Form,
    name: &'f str,
    value: Option<T>,
}

impl<'f, T> Field<'f, T> {
    pub(super) fn new(form: &'f mut Form, name: &'f str, value: Option<T>) -> Self {
        Self { form, name, value }
    }

    /// It must not be empty.
    pub fn required(self) -> Self {
        if self.value.is_none() {
            self.form.fail(self.name, word!("field-required"));
        }
        self
    }

    /// It must fulfil a rule, if it is there at all.
    pub fn check(self, rule: impl FnOnce(&T) -> bool, message: &str) -> Self {
        if self.value.as_ref().is_some_and(|value| !rule(value)) {
            self.form.fail(self.name, message);
        }
        self
    }

    /// Makes something else of it; nothing is a mistake.
    pub(super) fn then<U>(self, message: &str, make: impl FnOnce(T) -> Option<U>) -> Field<'f, U> {
        let was_there = self.value.is_some();
        let value = self.value.and_then(make);
        if was_there && value.is_none() {
            self.form.fail(self.name, message);
        }
        Field { form: self.form, name: self.name, value }
    }

    /// The value; nothing where the field is empty or cannot be read. In the latter case the form knows.
    pub fn get(self) -> Option<T> {
        self.value
    }

    /// The value, or another where the field is empty or cannot be read.
    pub fn or(self, other: T) -> T {
        self.value.unwrap_or(other)
    }
}

impl<T: PartialOrd + ToArg + Copy> Field<'_, T> {
    /// Not less than this.
    pub fn at_least(self, least: T) -> Self {
        let wrong = self.value.is_some_and(|value| value < least);
        self.fail_if(wrong, word!("field-at-least"), "least", least.to_arg())
    }

    /// Not more than this.
    pub fn at_most(self, most: T) -> Self {
        let wrong = self.value.is_some_and(|value| value > most);
        self.fail_if(wrong, word!("field-at-most"), "most", most.to_arg())
    }

    fn fail_if(self, wrong: bool, message: &str, name: &'static str, limit: Arg<'_>) -> Self {
        if wrong {
            self.form.fail_with(self.name, message, &[(name, limit)]);
        }
        self
    }
}

/// What a mailbox may look like (RFC 5321, 4.5.3.1, without quoted local parts, which nobody has).
pub(super) fn is_email(text: &str) -> bool {
    let Some((local, domain)) = text.rsplit_once('@') else { return false };
    let plain = |c: char| !c.is_whitespace() && !c.is_control() && !"<>()[]\\,;:@\"".contains(c);
    let dots = |part: &str| !part.starts_with('.') && !part.ends_with('.') && !part.contains("..");
    text.len() <= 254 && (1..=64).contains(&local.len()) && local.chars().all(plain) && dots(local) && is_host(domain)
}

/// An address of the web: `http` or `https`, with a host and without blanks.
pub(super) fn is_web_address(text: &str) -> bool {
    let lower = text.get(..8).unwrap_or(text).to_ascii_lowercase();
    let scheme = ["https://", "http://"].into_iter().find(|scheme| lower.starts_with(scheme));
    let Some(rest) = scheme.and_then(|scheme| text.get(scheme.len()..)) else { return false };
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let host = authority.rsplit_once('@').map_or(authority, |(_, host)| host);
    let (host, port) = match host.rsplit_once(':') {
        Some((host, port)) if !host.starts_with('[') || host.ends_with(']') => (host, port.parse::<u16>().is_ok()),
        _ => (host, true),
    };
    let is_v6 = host
        .strip_prefix('[')
        .and_then(|h| h.strip_suffix(']'))
        .is_some_and(|h| h.parse::<std::net::Ipv6Addr>().is_ok());
    text.len() <= 2000 && port && !text.chars().any(|c| c.is_whitespace() || c.is_control()) && (is_v6 || is_host(host))
}

fn is_host(text: &str) -> bool {
    let label = |part: &str| {
        (1..=63).contains(&part.len())
            && !part.starts_with('-')
            && !part.ends_with('-')
            && part.chars().all(|c| c.is_alphanumeric() || c == '-' || c == '_')
    };
    text.len() <= 253 && text.trim_end_matches('.').split('.').all(label)
}
