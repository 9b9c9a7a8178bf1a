//! The person who looks at a page: who they are and what they may do, in two statements.

use std::sync::Arc;

use store::{FromRow, Result, Time, Tx, params, sql};
use web::{Asked, Ctx, Page};

use crate::access::{Access, ScopesWith};
use crate::explain::Explanation;
use crate::person::{Contrast, Theme};
use crate::session::{SEEN_EVERY, TokenHash};
use crate::{Permission, PersonId, Scope, SessionId, UnitId, visitor};

/// The request in which a viewer asks.
#[derive(Clone, Debug)]
pub(crate) struct Asks {
    pub(crate) page: Arc<Page>,
    pub(crate) asked: Asked,
}

/// Who asks, and what they may do. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Viewer {
    /// The person.
    pub person: PersonId,
    /// How they are called.
    pub name: String,
    /// Given name.
    pub given: String,
    /// Family name.
    pub family: String,
    /// E-mail address.
    pub email: String,
    /// The unit that the person belongs to.
    pub unit: Option<UnitId>,
    /// The language of the page.
    pub locale: String,
    /// The time zone of the page, an IANA name.
    pub zone: String,
    /// The language chosen in the account, if any.
    pub chosen_locale: Option<String>,
    /// Light or dark.
    pub theme: Theme,
    /// How strong the contrast is.
    pub contrast: Contrast,
    /// The hash of a picture.
    pub avatar: Option<String>,
    /// The session; none where a token or a test asks.
    pub session: Option<SessionId>,
    /// The institution's name; empty before the first run.
    pub institution: String,
    /// The institution's language.
    pub institution_locale: String,
    /// The institution's time zone.
    pub institution_zone: String,
    /// What the person may do.
    pub access: Arc<Access>,
    /// The permissions to which an API token is cut down; none: not cut down.
    token_permissions: Option<Arc<Vec<String>>>,
    seen_at: Option<Time>,
    asks: Option<Asks>,
}

#[derive(FromRow)]
struct Loaded {
    person: PersonId,
    name: String,
    given: String,
    family: String,
    email: String,
    unit: Option<UnitId>,
    locale: Option<String>,
    zone: String,
    theme: Theme,
    contrast: Contrast,
    avatar: Option<String>,
    session: Option<SessionId>,
    seen_at: Option<Time>,
    institution: String,
    institution_locale: String,
    institution_zone: String,
    permissions: Option<store::Json<Vec<String>>>,
}

impl Viewer {
    /// The person of a session that has not ended: two statements, one where there is none.
    pub fn by_session(tx: &mut Tx<'_>, token: TokenHash) -> Result<Option<Self>> {
        let now = tx.now();
        let loaded: Option<Loaded> = tx.maybe(
            sql!(
                "select p.id as person, trim(p.given || ' ' || p.family) as name, p.given, p.family, p.email, p.unit,
                        p.locale, coalesce(p.zone, i.zone, 'UTC') as zone, p.theme, p.contrast, p.avatar,
                        s.id as session, s.seen_at, coalesce(i.name, '') as institution,
                        coalesce(i.locale, 'en') as institution_locale,
                        coalesce(i.zone, 'UTC') as institution_zone, null as permissions
                 from session s join person p on p.id = s.person left join institution i on i.one
                 left join suspension x on x.person = p.id
                 where s.token_hash = ?1 and s.expires_at > ?2 and x.person is null"
            ),
            params![token.0, now],
        )?;
        loaded.map(|loaded| Self::with_access(tx, loaded)).transpose()
    }

    /// The person of an API token that has not ended, cut down to what the token may do.
    pub fn by_token(tx: &mut Tx<'_>, token: TokenHash) -> Result<Option<Self>> {
        let now = tx.now();
        let loaded: Option<Loaded> = tx.maybe(
            sql!(
                "select p.id as person, trim(p.given || ' ' || p.family) as name, p.given, p.family, p.email, p.unit,
                        p.locale, coalesce(p.zone, i.zone, 'UTC') as zone, p.theme, p.contrast, p.avatar,
                        null as session, null as seen_at, coalesce(i.name, '') as institution,
                        coalesce(i.locale, 'en') as institution_locale,
                        coalesce(i.zone, 'UTC') as institution_zone, t.permissions
                 from api_token t join person p on p.id = t.person left join institution i on i.one
                 left join suspension x on x.person = p.id
                 where t.token_hash = ?1 and t.expires_at > ?2 and x.person is null"
            ),
            params![token.0, now],
        )?;
        loaded.map(|loaded| Self::with_access(tx, loaded)).transpose()
    }

    /// The page as a person would see it: for previews, the explain page and jobs done in someone's name. Also for one
    /// who is suspended.
    pub fn of(tx: &mut Tx<'_>, person: PersonId) -> Result<Self> {
        let loaded: Loaded = tx.one(
            sql!(
                "select p.id as person, trim(p.given || ' ' || p.family) as name, p.given, p.family, p.email, p.unit,
                        p.locale, coalesce(p.zone, i.zone, 'UTC') as zone, p.theme, p.contrast, p.avatar,
                        null as session, null as seen_at, coalesce(i.name, '') as institution,
                        coalesce(i.locale, 'en') as institution_locale,
                        coalesce(i.zone, 'UTC') as institution_zone, null as permissions
                 from person p left join institution i on i.one where p.id = ?1"
            ),
            params![person],
        )?;
        Self::with_access(tx, loaded)
    }

    fn with_access(tx: &mut Tx<'_>, loaded: Loaded) -> Result<Self> {
        let access = Access::load(tx, loaded.person)?;
        Ok(Self {
            person: loaded.person,
            name: loaded.name,
            given: loaded.given,
            family: loaded.family,
            email: loaded.email,
            unit: loaded.unit,
            locale: loaded.locale.clone().unwrap_or_else(|| loaded.institution_locale.clone()),
            zone: loaded.zone,
            chosen_locale: loaded.locale,
            theme: loaded.theme,
            contrast: loaded.contrast,
            avatar: loaded.avatar,
            session: loaded.session,
            institution: loaded.institution,
            institution_locale: loaded.institution_locale,
            institution_zone: loaded.institution_zone,
            access: Arc::new(access),
            token_permissions: loaded.permissions.map(|json| json.0).filter(|list| !list.is_empty()).map(Arc::new),
            seen_at: loaded.seen_at,
            asks: None,
        })
    }

    /// The viewer within a request: the page's language counts, and the route learns what was asked.
    pub(crate) fn asking(mut self, asks: Asks) -> Self {
        self.locale.clone_from(&asks.page.lang);
        self.asks = Some(asks);
        self
    }

    /// Whether the person may do this there: pure, over what was loaded (campus-rules M32).
    pub fn can(&self, permission: Permission, scope: &Scope) -> bool {
        if let Some(asks) = &self.asks {
            asks.asked.note(permission.as_str());
        }
        self.token_allows(permission) && self.access.can(permission, scope)
    }

    /// An error that tells that this is not theirs to do (403), unless the person may do it.
    pub fn must(&self, permission: Permission, scope: &Scope) -> Result<(), web::Error> {
        if self.can(permission, scope) { Ok(()) } else { Err(web::Error::forbidden()) }
    }

    /// An error as if it did not exist (404), unless the person may do this: where even the existence is private.
    pub fn must_see(&self, permission: Permission, scope: &Scope) -> Result<(), web::Error> {
        if self.can(permission, scope) { Ok(()) } else { Err(web::Error::not_found()) }
    }

    /// [`Viewer::must`] for a page that spans many places: the person must be allowed this in some of them.
    pub fn must_anywhere(&self, permission: Permission) -> Result<(), web::Error> {
        if self.can_anywhere(permission) { Ok(()) } else { Err(web::Error::forbidden()) }
    }

    /// Why the answer is yes or no.
    pub fn explain(&self, permission: Permission, scope: &Scope) -> Explanation {
        self.access.explain(permission.as_str(), scope)
    }

    /// The page in the person's language and zone, with their navigation; `nav` names the place in it that is the
    /// current one (`courses`), or is empty where the address tells.
    pub fn page(&self, ctx: &Ctx, nav: &str) -> Page {
        match &self.asks {
            Some(asks) => visitor::placed(Page::clone(&asks.page), nav),
            None => Page::stranger(&self.locale, ctx.now()),
        }
    }

    fn token_allows(&self, permission: Permission) -> bool {
        self.token_permissions.as_ref().is_none_or(|list| list.iter().any(|known| known == permission.as_str()))
    }

    /// Where the person may do this, for list queries.
    pub fn scopes_with(&self, permission: Permission) -> ScopesWith {
        if let Some(asks) = &self.asks {
            asks.asked.note(permission.as_str());
        }
        if self.token_allows(permission) { self.access.scopes_with(permission) } else { ScopesWith::default() }
    }

    /// Whether the person may do this anywhere.
    pub fn can_anywhere(&self, permission: Permission) -> bool {
        if let Some(asks) = &self.asks {
            asks.asked.note(permission.as_str());
        }
        self.token_allows(permission) && self.access.can_anywhere(permission)
    }

    /// Whether it is time to note the visit.
    pub(crate) fn is_stale(&self, now: Time) -> bool {
        self.seen_at.is_some_and(|seen| now.since(seen) >= SEEN_EVERY)
    }
}
