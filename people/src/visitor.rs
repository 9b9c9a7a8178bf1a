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
    let client = Client { ip: asking.client, agent: agent.to_owned() };
    let reader = match found {
        Found::Viewer(viewer) => {
            note_visit(&ctx, &viewer, &client);
            reader_of(&ctx, *viewer)
        }
        Found::Nobody(institution) => stranger(institution),
    };
    Ok(reader.with(client))
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
