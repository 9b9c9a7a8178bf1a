//! What every page knows: who reads it, in which language and zone, and where in the program they are.

mod when;

use std::sync::Arc;

use axum::extract::FromRequestParts;
use http::request::Parts;
use http::{HeaderMap, Uri};
use jiff::tz::TimeZone;
use store::Time;

pub use when::When;

use crate::assets::Assets;
use crate::flash::Flash;
use crate::reader::Reader;
use crate::words::{Arg, Args, ToArg, Words, negotiate};
use crate::{Error, cookie, response, url};

/// A place in the navigation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NavItem {
    /// Its path.
    pub href: String,
    /// The name of its icon in the sprite.
    pub icon: &'static str,
    /// The message id of its name; write it as `web::word!("nav-today")`.
    pub label_id: &'static str,
    /// True where the reader is there, or below. Set by the page.
    pub current: bool,
}

impl NavItem {
    /// A place; whether it is the current one is found out from the request.
    pub fn new(href: impl Into<String>, icon: &'static str, label_id: &'static str) -> Self {
        Self { href: href.into(), icon, label_id, current: false }
    }

    /// The key that leads there after `g`: the first letter of its path, `t` for Today at the root.
    pub fn key(&self) -> char {
        self.href.chars().nth(1).unwrap_or('t')
    }
}

/// The person as the layout shows them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PersonChip {
    /// Their full name.
    pub name: String,
    /// One or two letters for the round picture.
    pub initials: String,
    /// Where their own page is.
    pub href: String,
}

/// A time zone that is written as its IANA name.
#[derive(Clone, Debug)]
pub struct Zone(pub TimeZone);

impl Zone {
    /// The zone of this IANA name, or nothing where there is none.
    pub fn named(name: &str) -> Option<Self> {
        TimeZone::get(name).ok().map(Self)
    }
}

impl std::fmt::Display for Zone {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.0.iana_name().unwrap_or("UTC"))
    }
}

impl std::ops::Deref for Zone {
    type Target = TimeZone;
    fn deref(&self) -> &TimeZone {
        &self.0
    }
}

/// What the layout needs; a field of every view struct, and an extractor: `page: Page`.
#[derive(Clone, Debug)]
pub struct Page {
    /// The language, a BCP 47 tag: `en`.
    pub lang: String,
    /// The direction of writing: `ltr` or `rtl`.
    pub dir: &'static str,
    /// `light`, `dark` or `system`.
    pub theme: String,
    /// `more` or `normal`.
    pub contrast: String,
    /// The places that exist for this person.
    pub nav: Vec<NavItem>,
    /// Who is signed in.
    pub person: Option<PersonChip>,
    /// The institution's name.
    pub institution: String,
    /// A word from the page before, shown once.
    pub flash: Option<Flash>,
    /// True where htmx asks for a part of the page: the layout is left out.
    pub is_fragment: bool,
    /// The zone in which the reader lives.
    pub zone: Zone,
    /// The path of the request, without its query.
    pub path: String,
    /// The moment of the request.
    pub now: Time,
    words: Arc<Words>,
    assets: Arc<Assets>,
}

impl Page {
    /// The page for this reader and request.
    pub(crate) fn new(headers: &HeaderMap, uri: &Uri, reader: &Reader, now: Time) -> Self {
        let words = Words::current();
        let accept = headers.get(http::header::ACCEPT_LANGUAGE).and_then(|v| v.to_str().ok());
        let lang = negotiate(
            &words,
            reader.lang.as_deref(),
            cookie::read(headers, "lang"),
            accept,
            reader.institution_lang.as_deref(),
        );
        let choice = |account: &Option<String>, name, allowed: &[&str]| {
            let wish = account.as_deref().or_else(|| cookie::read(headers, name));
            wish.filter(|wish| allowed.contains(wish)).unwrap_or(allowed[0]).to_owned()
        };
        let zone = reader.zone.clone().or_else(|| cookie::read(headers, "zone").map(url::decoded));
        Self {
            dir: words.direction(&lang),
            theme: choice(&reader.theme, "theme", &["system", "light", "dark"]),
            contrast: choice(&reader.contrast, "contrast", &["normal", "more"]),
            nav: nav(&reader.nav, uri.path()),
            person: reader.person.clone(),
            institution: reader.institution.clone(),
            flash: Flash::read(headers),
            is_fragment: response::is_htmx(headers),
            zone: zone.and_then(|zone| Zone::named(&zone)).unwrap_or(Zone(TimeZone::UTC)),
            path: uri.path().to_owned(),
            now,
            lang,
            words,
            assets: Assets::current(),
        }
    }

    /// A stranger's page in this language, at this moment: for texts outside a request (mails) and for tests.
    pub fn stranger(lang: &str, now: Time) -> Self {
        let reader = Reader { lang: Some(lang.to_owned()), ..Reader::default() };
        Self::new(&HeaderMap::new(), &Uri::from_static("/"), &reader, now)
    }

    /// The text of a message that takes no values.
    pub fn t(&self, id: impl AsRef<str>) -> String {
        self.words.say(&self.lang, id.as_ref(), &[])
    }

    /// The text of a message that counts: it takes `count`.
    pub fn tn(&self, id: impl AsRef<str>, count: impl ToArg) -> String {
        self.words.say(&self.lang, id.as_ref(), &[("count", count.to_arg())])
    }

    /// The text of a message with its values: `page.ta("greeting", &[("name", name)])`. For values of several types,
    /// or for a `String` field inside a template, wrap each: `page.ta("x", &[("a", page.arg(a)), ("n", page.arg(n))])`.
    pub fn ta(&self, id: impl AsRef<str>, args: impl Args) -> String {
        self.words.say(&self.lang, id.as_ref(), &args.list())
    }

    /// A value for [`Page::ta`].
    pub fn arg<'v, V: ToArg + ?Sized>(&self, value: &'v V) -> Arg<'v> {
        value.to_arg()
    }

    /// All languages of the program, for a choice.
    pub fn languages(&self) -> Vec<String> {
        self.words.languages().map(str::to_owned).collect()
    }

    /// A moment, to be written in the reader's zone and language.
    pub fn time(&self, moment: impl std::borrow::Borrow<Time>) -> When<'_> {
        When::new(self, *moment.borrow())
    }

    /// A whole number as the language writes it: `12,000`.
    pub fn number(&self, number: impl ToArg) -> String {
        match number.to_arg() {
            Arg::Whole(number) => self.words.marks(&self.lang).whole(number),
            Arg::Real(number) => self.decimal(number, 2),
            Arg::Text(text) => text.into_owned(),
        }
    }

    /// A number with at most so many places after the point: `7.5`.
    pub fn decimal(&self, number: f64, places: usize) -> String {
        self.words.marks(&self.lang).decimal(number, places)
    }

    /// A share as a percentage, where 1.0 is 100 %. Rounded to a whole number, but never to 0 or 100 where it is
    /// neither: 99.6 % of the way is not the end.
    pub fn percent(&self, share: f64) -> String {
        let rounded = (share * 100.0).round();
        let rounded = if share > 0.0 && share < 1.0 { rounded.clamp(1.0, 99.0) } else { rounded };
        self.ta("format-percent", &[("number", self.decimal(rounded, 0))])
    }

    /// A size in bytes as people read it: `3.2 MB`.
    pub fn bytes(&self, bytes: impl std::borrow::Borrow<u64>) -> String {
        let bytes = *bytes.borrow();
        let units = ["B", "KB", "MB", "GB", "TB"];
        let power = (0..units.len() - 1).find(|p| bytes < 1000_u64.pow(*p as u32 + 1)).unwrap_or(units.len() - 1);
        let size = bytes as f64 / 1000_f64.powi(power as i32);
        format!("{}\u{a0}{}", self.decimal(size, usize::from(power > 0 && size < 100.0)), units[power])
    }

    /// A span in minutes as people read it: `1 h 20 min`.
    pub fn minutes(&self, minutes: impl std::borrow::Borrow<i64>) -> String {
        let minutes = *minutes.borrow();
        let (hours, rest) = (minutes / 60, minutes % 60);
        match (hours, rest) {
            (0, rest) => self.tn("span-minutes", rest),
            (hours, 0) => self.tn("span-hours", hours),
            (hours, rest) => self.ta("span-hours-minutes", &[("hours", hours), ("minutes", rest)]),
        }
    }

    /// The address of an asset, which changes with its content: `asset("stoa.css")`.
    pub fn asset(&self, path: impl AsRef<str>) -> String {
        self.assets.address(path.as_ref())
    }

    /// The `integrity` value of an asset.
    pub fn integrity(&self, path: impl AsRef<str>) -> String {
        self.assets.integrity(path.as_ref())
    }

    /// The import map, to be written as it is (`|safe`) between `<script type="importmap">` and `</script>`: the
    /// policy allows exactly this text.
    pub fn importmap(&self) -> String {
        self.assets.importmap().to_owned()
    }
}

/// The places, the one that the path lies in marked: the longest that fits.
fn nav(places: &[NavItem], path: &str) -> Vec<NavItem> {
    let within = |href: &str| href == path || path.strip_prefix(href).is_some_and(|rest| rest.starts_with('/'));
    let best = places.iter().map(|place| place.href.as_str()).filter(|href| within(href)).max_by_key(|href| href.len());
    let mark = |place: &NavItem| NavItem { current: Some(place.href.as_str()) == best, ..place.clone() };
    places.iter().map(mark).collect()
}

impl<S: Send + Sync> FromRequestParts<S> for Page {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Error> {
        let page = parts.extensions.get::<Arc<Self>>();
        page.map(|page| Self::clone(page)).ok_or_else(|| Error::internal("a page outside of `Routes`"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_place_is_current() {
        let places = [NavItem::new("/", "sun", "nav-today"), NavItem::new("/courses", "book", "nav-courses")];
        let current = |path| nav(&places, path).iter().position(|place| place.current);
        assert_eq!(current("/"), Some(0));
        assert_eq!(current("/courses/7"), Some(1));
        assert_eq!(current("/coursework"), None);
    }

    #[test]
    fn numbers_read_as_the_language_writes_them() {
        let page = Page::stranger("de", Time::from_seconds(0));
        assert_eq!(page.number(12_345), "12.345");
        assert_eq!(page.decimal(7.5, 2), "7,5");
        assert_eq!(page.percent(0.625), "63\u{a0}%");
        assert_eq!(page.percent(0.999), "99\u{a0}%");
        assert_eq!(page.percent(1.0), "100\u{a0}%");
        assert_eq!(page.bytes(999), "999\u{a0}B");
        assert_eq!(page.bytes(3_200_000), "3,2\u{a0}MB");
        assert_eq!(Page::stranger("en", Time::from_seconds(0)).minutes(80), "1 h 20 min");
    }
}
