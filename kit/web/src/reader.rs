//! Who reads: what `people` tells about the person behind a request.

use http::{Extensions, HeaderMap, Method, Uri};

use crate::cookie::Cookie;
use crate::page::{NavItem, PersonChip};

/// What a request shows of the one who asks, given to the function of [`Builder::identify`](crate::ctx::Builder).
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Asking {
    /// The method.
    pub method: Method,
    /// The address.
    pub uri: Uri,
    /// The headers.
    pub headers: HeaderMap,
    /// The address of the client, as far as known (behind a trusted proxy: what the proxy says).
    pub client: Option<std::net::IpAddr>,
    /// True where the route is declared as an API (`Routes::api`), which programs use with a bearer token.
    pub is_api: bool,
}

impl Asking {
    /// The value of a cookie.
    pub fn cookie(&self, name: &str) -> Option<&str> {
        crate::cookie::read(&self.headers, name)
    }

    /// The bearer token of the `Authorization` header.
    pub fn bearer(&self) -> Option<&str> {
        bearer(&self.headers)
    }
}

pub(crate) fn bearer(headers: &HeaderMap) -> Option<&str> {
    let value = headers.get(http::header::AUTHORIZATION)?.to_str().ok()?;
    let (scheme, token) = value.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim()).filter(|token| !token.is_empty())
}

/// The person behind a request and how they like to read. The default is a stranger.
#[derive(Clone, Default)]
pub struct Reader {
    /// True where the person is signed in.
    pub signed_in: bool,
    /// How the layout shows them.
    pub person: Option<PersonChip>,
    /// The places that exist for them, at most six.
    pub nav: Vec<NavItem>,
    /// The institution's name.
    pub institution: String,
    /// The institution's language, for those who ask for none that there is.
    pub institution_lang: Option<String>,
    /// The account's language.
    pub lang: Option<String>,
    /// The account's time zone, else the institution's (IANA name).
    pub zone: Option<String>,
    /// The account's theme: `light`, `dark` or `system`.
    pub theme: Option<String>,
    /// The account's contrast: `more` or `normal`.
    pub contrast: Option<String>,
    /// Cookies to set with the answer, e.g. a renewed session.
    pub cookies: Vec<Cookie>,
    /// What a handler's extractors find in the request's extensions, e.g. `people::Viewer`.
    pub extensions: Extensions,
}

impl Reader {
    /// Puts a value where extractors find it: `Extension<T>`.
    #[must_use]
    pub fn with<T: Clone + Send + Sync + 'static>(mut self, value: T) -> Self {
        self.extensions.insert(value);
        self
    }
}

impl std::fmt::Debug for Reader {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Reader").field("signed_in", &self.signed_in).finish_non_exhaustive()
    }
}
