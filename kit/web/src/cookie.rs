//! Cookies: few, plain, `HttpOnly` and `SameSite=Lax` unless said otherwise.

use std::time::Duration;

use http::{HeaderMap, HeaderValue, header};

use crate::url;

/// A cookie to set. What a cookie may not hold is percent-encoded.
#[derive(Clone, Debug, PartialEq, Eq)]
#[must_use]
pub struct Cookie {
    name: &'static str,
    value: String,
    max_age: Option<Duration>,
    strict: bool,
}

impl Cookie {
    /// A cookie that lasts until the browser is closed.
    pub fn new(name: &'static str, value: impl Into<String>) -> Self {
        Self { name, value: value.into(), max_age: None, strict: false }
    }

    /// Takes a cookie away.
    pub fn removal(name: &'static str) -> Self {
        Self::new(name, "").lasting(Duration::ZERO)
    }

    /// How long the browser keeps it, in whole seconds.
    pub fn lasting(mut self, span: Duration) -> Self {
        self.max_age = Some(span);
        self
    }

    /// Not even sent when a link from another site is followed.
    pub fn strict(mut self) -> Self {
        self.strict = true;
        self
    }

    /// The `Set-Cookie` header. `secure` where the server is reached by https.
    pub(crate) fn header(&self, secure: bool) -> Option<HeaderValue> {
        let same_site = if self.strict { "Strict" } else { "Lax" };
        let mut text = format!("{}={}; Path=/; HttpOnly; SameSite={same_site}", self.name, written(&self.value));
        if let Some(age) = self.max_age {
            text.push_str(&format!("; Max-Age={}", age.as_secs()));
        }
        if secure {
            text.push_str("; Secure");
        }
        HeaderValue::from_str(&text).ok()
    }
}

/// A value with everything that a cookie may not hold percent-encoded (RFC 6265, 4.1.1).
fn written(value: &str) -> String {
    let fits = |c: char| c.is_ascii_graphic() && !matches!(c, '"' | ',' | ';' | '\\' | '%');
    value.chars().map(|c| if fits(c) { c.to_string() } else { url::encoded(c.encode_utf8(&mut [0; 4])) }).collect()
}

/// The value of a cookie as it was sent.
pub(crate) fn read<'h>(headers: &'h HeaderMap, name: &str) -> Option<&'h str> {
    let lines = headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
    lines.flat_map(|line| line.split(';')).find_map(|pair| {
        let (key, value) = pair.trim().split_once('=')?;
        (key == name).then(|| value.trim_matches('"'))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_one_of_several() {
        let mut headers = HeaderMap::new();
        headers.append(header::COOKIE, HeaderValue::from_static("a=1; session=\"x.y\"; b=2=3"));
        assert_eq!(read(&headers, "session"), Some("x.y"));
        assert_eq!(read(&headers, "b"), Some("2=3"));
        assert_eq!(read(&headers, "sess"), None);
    }

    #[test]
    fn a_plain_value_stays_as_it_is() {
        let header = Cookie::new("zone", "Europe/Berlin").header(false).unwrap();
        assert!(header.to_str().unwrap().starts_with("zone=Europe/Berlin;"));
    }

    #[test]
    fn a_value_cannot_add_attributes() {
        let cookie = Cookie::new("flash", "a; Domain=evil\r\n").lasting(Duration::from_mins(1));
        let text = cookie.header(true).unwrap();
        assert_eq!(text, "flash=a%3B%20Domain=evil%0D%0A; Path=/; HttpOnly; SameSite=Lax; Max-Age=60; Secure");
    }
}
