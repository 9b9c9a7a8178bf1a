//! One word to the person, carried over a redirect: "Saved. Undo".
//!
//! It travels in a short-lived cookie. Nothing depends on it, it is shown as text, and an undo that does not lead to
//! a path of this server is dropped, so it need not be signed.

use std::fmt;
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use http::HeaderMap;
use serde::{Deserialize, Serialize};

use crate::cookie::{self, Cookie};
use crate::url;

pub(crate) const NAME: &str = "flash";
/// How long it waits for the page that shows it.
const LASTS: Duration = Duration::from_mins(1);
/// A browser keeps about 4 KB in a cookie; base64 takes a third more.
const TEXT_BYTES_MAX: usize = 2000;

/// What sort of word it is. Shown by colour, icon and role.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum FlashKind {
    /// It worked.
    Good,
    /// Worth knowing.
    Info,
    /// It did not work.
    Bad,
}

impl fmt::Display for FlashKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Good => "good",
            Self::Info => "info",
            Self::Bad => "bad",
        })
    }
}

/// One word to the person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Flash {
    /// What sort of word.
    pub kind: FlashKind,
    /// The text, in the person's language.
    pub text: String,
    /// The path to post to in order to undo what was done.
    pub undo: Option<String>,
}

impl Flash {
    pub(crate) fn cookie(&self) -> Cookie {
        let mut flash = self.clone();
        flash.text.truncate(flash.text.floor_char_boundary(TEXT_BYTES_MAX));
        let json = serde_json::to_vec(&flash).unwrap_or_default();
        Cookie::new(NAME, URL_SAFE_NO_PAD.encode(json)).lasting(LASTS)
    }

    pub(crate) fn read(headers: &HeaderMap) -> Option<Self> {
        let bytes = URL_SAFE_NO_PAD.decode(cookie::read(headers, NAME)?).ok()?;
        let mut flash: Self = serde_json::from_slice(&bytes).ok()?;
        flash.undo = flash.undo.filter(|path| url::is_local(path));
        Some(flash)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn carried(flash: &Flash) -> Option<Flash> {
        let header = flash.cookie().header(false).unwrap();
        let mut headers = HeaderMap::new();
        headers.insert(http::header::COOKIE, header.to_str().unwrap().split(';').next().unwrap().parse().unwrap());
        Flash::read(&headers)
    }

    #[test]
    fn comes_over_as_it_was() {
        let flash =
            Flash {
                kind: FlashKind::Good, text: "„Küste“ gelöscht".into(), undo: Some("/courses/1/undo".into())
            };
        assert_eq!(carried(&flash), Some(flash));
    }

    #[test]
    fn an_undo_elsewhere_is_dropped_and_a_long_text_cut() {
        let flash = Flash { kind: FlashKind::Bad, text: "ä".repeat(5000), undo: Some("//evil.example".into()) };
        let read = carried(&flash).unwrap();
        assert_eq!((read.undo, read.text.len()), (None, 2000));
    }
}
