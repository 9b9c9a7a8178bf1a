//! Who asks for a page: nobody yet, or a person with a session or a token.

use std::net::IpAddr;
use std::sync::Arc;

use axum::extract::FromRequestParts;
use http::request::Parts;
use store::Tx;
use web::{Asked, Asking, Ctx, Error, NavItem, Page, PersonChip, Reader};

use crate::nav::NavPlaces;
use crate::session::{self, Device, Token};
use crate::viewer::{Asks, Viewer};
use crate::{institution, name};

/// The session cookie's name where the server is reached by https: the prefix makes browsers refuse it from any other
/// host or path (RFC 6265bis, 4.1.3.2).
pub const COOKIE_HTTPS: &str = "__Host-session";
/// The session cookie's name on a development server.
pub const COOKIE_HTTP: &str = "session";

/// The session cookie's name on this server.
pub fn cookie_name(ctx: &Ctx) -> &'static str {
    if ctx.settings.is_https() { COOKIE_HTTPS } else { COOKIE_HTTP }
}

/// What is known of the one who asks, besides who they are.
#[derive(Clone, Debug, Default)]
pub(crate) struct Client {
    ip: Option<IpAddr>,
    agent: String,
    is_local: bool,
}

/// Finds out who asks, once for each request: two statements for a person, one more for nobody. Given to
/// [`web::ctx::Builder::identify`] by `app`.
pub async fn identify(ctx: Ctx, asking: Asking) -> Result<Reader, Error> {
    let session = asking.cookie(cookie_name(&ctx)).and_then(Token::read).map(|token| token.hash());
    let bearer = asking.bearer().filter(|_| asking.is_api).and_then(Token::read).map(|token| token.hash());
    let found = ctx
        .db
        .read(move |tx| {
            let viewer = match (bearer, session) {
                (Some(token), _) => Viewer::by_token(tx, token)?,
                (None, Some(token)) => Viewer::by_session(tx, token)?,
                (None, None) => None,
            };
            match viewer {
                Some(viewer) => Ok(Found::Viewer(Box::new(viewer))),
                None => institution::find(tx).map(Found::Nobody),
            }
        })
        .await
        .map_err(Error::from)?;
    let agent = asking.headers.get(http::header::USER_AGENT).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let client = Client {
        ip: asking.client,
        agent: agent.to_owned(),
        is_local: is_local(asking.client, &asking.headers, &ctx.settings.base_url),
    };
    let reader = match found {
        Found::Viewer(viewer) => {
            note_visit(&ctx, &viewer, &client);
            reader_of(&ctx, *viewer)
        }
        Found::Nobody(institution) => stranger(institution),
    };
    Ok(reader.with(client))
}

/// True for a browser on the machine of the server. A proxy on that machine, which nobody has told us to trust, looks
/// the same but for its headers and the name by which the server was asked for; some proxies pass on neither. So the
/// address under which people reach the server must be of that machine as well.
fn is_local(client: Option<IpAddr>, headers: &http::HeaderMap, base_url: &str) -> bool {
    let header = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    let host = header("host").unwrap_or_default();
    let public = base_url.split_once("://").map_or(base_url, |(_, rest)| rest);
    let public = public.split('/').next().unwrap_or_default();
    let is_forwarded = ["forwarded", "x-forwarded-for", "x-real-ip", "via"].iter().any(|name| header(name).is_some());
    let comes_from_here = client.is_some_and(|ip| ip.to_canonical().is_loopback());
    comes_from_here && is_local_name(host) && is_local_name(public) && !is_forwarded
}

/// True for a host (with or without a port) that means the machine itself.
fn is_local_name(host: &str) -> bool {
    let name = host
        .strip_prefix('[')
        .and_then(|rest| rest.split(']').next())
        .unwrap_or_else(|| host.split(':').next().unwrap_or_default());
    name == "localhost" || name.parse::<IpAddr>().is_ok_and(|ip| ip.is_loopback())
}

enum Found {
    Viewer(Box<Viewer>),
    Nobody(Option<institution::Institution>),
}

/// Notes the visit beside the request: a page that is only read stays a read, and does not wait for the disk.
fn note_visit(ctx: &Ctx, viewer: &Viewer, client: &Client) {
    let (Some(session), true) = (viewer.session, viewer.is_stale(ctx.now())) else { return };
    let (db, ip) = (ctx.db.clone(), client.ip.map(|ip| ip.to_string()).unwrap_or_default());
    tokio::spawn(async move {
        if let Err(e) = db.write(move |tx| session::touch(tx, session, &ip)).await {
            tracing::warn!(error = %e, "a visit was not noted");
        }
    });
}

fn reader_of(ctx: &Ctx, viewer: Viewer) -> Reader {
    let places = ctx.find::<NavPlaces>();
    let nav = places.map(|places| places.of(&viewer)).unwrap_or_default();
    Reader {
        signed_in: true,
        person: Some(PersonChip {
            name: viewer.name.clone(),
            initials: name::initials(&viewer.given, &viewer.family),
            href: "/me".to_owned(),
        }),
        nav,
        institution: viewer.institution.clone(),
        institution_lang: Some(viewer.institution_locale.clone()),
        lang: viewer.chosen_locale.clone(),
        zone: Some(viewer.zone.clone()),
        theme: Some(viewer.theme.to_string()),
        contrast: Some(viewer.contrast.to_string()),
        ..Reader::default()
    }
    .with(viewer)
}

fn stranger(institution: Option<institution::Institution>) -> Reader {
    let Some(institution) = institution else { return Reader::default() };
    Reader {
        institution: institution.name,
        institution_lang: Some(institution.locale),
        zone: Some(institution.zone),
        ..Reader::default()
    }
}

/// The one who asks; an extractor. What it answers was found out before the handler ran, so that asking costs nothing.
#[derive(Clone, Debug)]
pub struct Visitor {
    viewer: Option<Viewer>,
    page: Arc<Page>,
    client: Client,
}

impl Visitor {
    /// The person who is signed in; else an error that leads people to the sign-in page and back, and answers a program
    /// with 401. The transaction is taken so that the call reads as part of the request's one closure.
    pub fn signed_in(&self, _: &mut Tx<'_>) -> Result<Viewer, Error> {
        self.viewer()
    }

    /// The person, if anybody is signed in.
    pub fn maybe(&self, _: &mut Tx<'_>) -> Result<Option<Viewer>, Error> {
        Ok(self.viewer.clone())
    }

    /// [`Visitor::signed_in`] outside a transaction.
    pub fn viewer(&self) -> Result<Viewer, Error> {
        self.viewer.clone().ok_or_else(Error::sign_in)
    }

    /// The page for whoever this is; `nav` names the place in the navigation that is the current one (`courses`), or is
    /// empty where the address tells.
    pub fn page(&self, _: &Ctx, nav: &str) -> Page {
        placed(Page::clone(&self.page), nav)
    }

    /// The words and the time, for a message.
    pub fn words(&self) -> &Page {
        &self.page
    }

    /// The address from which they ask; empty where it is not known.
    pub fn ip(&self) -> String {
        self.client.ip.map(|ip| ip.to_string()).unwrap_or_default()
    }

    /// True where they sit at the machine on which the server runs.
    pub fn is_local(&self) -> bool {
        self.client.is_local
    }

    /// From where they ask, as a session keeps it.
    pub fn device(&self) -> Device {
        Device::new(&self.client.agent, self.client.ip)
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Visitor {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Error> {
        let outside = || Error::internal("a visitor outside of `Routes`");
        let page = parts.extensions.get::<Arc<Page>>().cloned().ok_or_else(outside)?;
        let asked = parts.extensions.get::<Asked>().cloned().ok_or_else(outside)?;
        let client = parts.extensions.get::<Client>().cloned().unwrap_or_default();
        let asks = Asks { page: Arc::clone(&page), asked };
        let viewer = parts.extensions.get::<Viewer>().cloned().map(|viewer| viewer.asking(asks));
        Ok(Self { viewer, page, client })
    }
}

/// The page with a place of the navigation marked as the current one.
pub(crate) fn placed(mut page: Page, nav: &str) -> Page {
    if !nav.is_empty() {
        for place in &mut page.nav {
            place.current = id_of(place) == nav;
        }
    }
    page
}

/// The first part of its path; `today` for the start.
fn id_of(place: &NavItem) -> &str {
    match place.href.trim_matches('/').split('/').next() {
        Some("") | None => "today",
        Some(first) => first,
    }
}

#[cfg(test)]
mod tests {
    use http::{HeaderMap, HeaderValue};

    use super::*;

    fn local(client: &str, host: &str, forwarded: Option<&str>, base_url: &str) -> bool {
        let mut headers = HeaderMap::new();
        headers.insert("host", HeaderValue::from_str(host).unwrap());
        if let Some(address) = forwarded {
            headers.insert("x-forwarded-for", HeaderValue::from_str(address).unwrap());
        }
        is_local(client.parse().ok(), &headers, base_url)
    }

    #[test]
    fn only_a_browser_on_the_machine_itself_is_local() {
        let here = "http://127.0.0.1:8080";
        assert!(local("127.0.0.1", "127.0.0.1:8080", None, here));
        assert!(local("::1", "[::1]:8080", None, "http://localhost:8080/"));
        assert!(!local("192.0.2.7", "127.0.0.1:8080", None, here));
        assert!(!local("127.0.0.1", "learn.example.org", None, here));
        assert!(!local("127.0.0.1", "127.0.0.1:8080", Some("192.0.2.7"), here));
        // A proxy that passes on neither the name nor the visitor's address.
        assert!(!local("127.0.0.1", "127.0.0.1:8080", None, "https://learn.example.org"));
    }
}
