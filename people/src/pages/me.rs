//! One's own account: profile, how pages look, password, address, sessions, access for programs.

use askama::Template;
use axum::extract::{Path, State};
use store::Tx;
use web::{Access, Cookie, Ctx, FlashKind, Form, Page, Response, Routes, word};

use super::reset::checked_password;
use super::{blame, blame_all, language_options, session_cookie, zone_options};
use crate::api_token::{self, ApiToken, ApiTokenId};
use crate::error::Refused;
use crate::password::{self, Verified};
use crate::person::{self, Contrast, Person, Profile, Theme};
use crate::session::{self, Session};
use crate::{SessionId, Viewer, Visitor, account};

pub(super) fn routes() -> Routes {
    Routes::new()
        .get("/me", Access::SignedIn, show)
        .post("/me", Access::SignedIn, change_profile)
        .post("/me/appearance", Access::SignedIn, change_appearance)
        .post("/me/password", Access::SignedIn, change_password)
        .post("/me/email", Access::SignedIn, change_email)
        .delete("/me/sessions", Access::SignedIn, end_other_sessions)
        .delete("/me/sessions/{id}", Access::SignedIn, end_session)
        .post("/me/tokens", Access::SignedIn, add_token)
        .delete("/me/tokens/{id}", Access::SignedIn, end_token)
}

/// Which form of the page was sent; the others are filled with what is kept.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Sent {
    Profile,
    Password,
    Email,
    Token,
}

#[derive(Template)]
#[template(path = "people/me.html")]
struct Me {
    page: Page,
    person: Person,
    awaited: Option<String>,
    sessions: Vec<Session>,
    tokens: Vec<ApiToken>,
    here: Option<SessionId>,
    new_token: Option<String>,
    profile: Form,
    appearance: Form,
    password: Form,
    email: Form,
    token: Form,
    languages: Vec<(String, String)>,
    zones: Vec<(String, String)>,
}

impl Me {
    fn is_here(&self, session: &SessionId) -> bool {
        self.here.as_ref() == Some(session)
    }

    /// Five statements.
    fn load(tx: &mut Tx<'_>, ctx: &Ctx, viewer: &Viewer, sent: Option<(Sent, Form)>) -> Result<Self, web::Error> {
        let page = viewer.page(ctx, "");
        let person = person::find(tx, viewer.person)?;
        let lang = page.lang.clone();
        let profile = Form::of(&[
            ("given", person.given.as_str()),
            ("family", &person.family),
            ("pronouns", &person.pronouns),
            ("about", &person.about),
            ("locale", person.locale.as_deref().unwrap_or_default()),
            ("zone", person.zone.as_deref().unwrap_or_default()),
        ]);
        let appearance = Form::of(&[("theme", person.theme.as_str()), ("contrast", person.contrast.as_str())]);
        let mut me = Self {
            languages: language_options(&page, Some(page.t("me-language-browser"))),
            zones: zone_options(Some(page.ta("me-zone-institution", &[("zone", viewer.institution_zone.as_str())]))),
            awaited: account::awaited_email(tx, viewer.person)?.map(|(email, _)| email),
            sessions: session::of_person(tx, viewer.person)?,
            tokens: api_token::of_person(tx, viewer.person)?,
            here: viewer.session,
            new_token: None,
            profile: profile.in_language(&lang),
            appearance,
            password: Form::new(),
            email: Form::new(),
            token: Form::of(&[("days", "90")]),
            page,
            person,
        };
        match sent {
            Some((Sent::Profile, form)) => me.profile = form,
            Some((Sent::Password, form)) => me.password = form,
            Some((Sent::Email, form)) => me.email = form,
            Some((Sent::Token, form)) => me.token = form,
            None => {}
        }
        Ok(me)
    }
}

async fn show(State(ctx): State<Ctx>, visitor: Visitor) -> web::Result {
    let own = ctx.clone();
    let me = ctx
        .db
        .read(move |tx| {
            let viewer = visitor.signed_in(tx)?;
            Me::load(tx, &own, &viewer, None)
        })
        .await?;
    Ok(web::html(me))
}

async fn again(ctx: Ctx, viewer: Viewer, sent: Sent, form: Form) -> web::Result {
    let own = ctx.clone();
    let me = ctx.db.read(move |tx| Me::load(tx, &own, &viewer, Some((sent, form)))).await?;
    Ok(web::mistakes(me))
}

fn done(page: &Page, message: &'static str) -> Response {
    web::see_other("/me").flash(FlashKind::Good, page.t(message), None)
}

async fn change_profile(State(ctx): State<Ctx>, visitor: Visitor, mut form: Form) -> web::Result {
    let viewer = visitor.viewer()?;
    let text = |name: &str| form.value(name).to_owned();
    let chosen = |name: &str| Some(text(name)).filter(|value| !value.is_empty());
    let profile = Profile {
        given: text("given"),
        family: text("family"),
        pronouns: text("pronouns"),
        about: text("about"),
        locale: chosen("locale"),
        zone: chosen("zone"),
    };
    let (id, chosen) = (viewer.person, profile.locale.clone());
    let changed = ctx.db.write(move |tx| person::change_profile(tx, id, &profile)).await;
    if let Some(wrong) = blame(changed, &mut form, ctx.now())? {
        blame_all(&wrong, &mut form, ctx.now());
    }
    if form.has_errors() {
        return again(ctx, viewer, Sent::Profile, form).await;
    }
    // The word on the next page is in the language that was chosen just now.
    let words = chosen.map(|lang| Page::stranger(&lang, ctx.now()));
    Ok(done(words.as_ref().unwrap_or(visitor.words()), word!("me-profile-saved")))
}

/// Kept in the account, and in a cookie for the pages before signing in.
async fn change_appearance(State(ctx): State<Ctx>, visitor: Visitor, mut form: Form) -> web::Result {
    let viewer = visitor.viewer()?;
    let theme = form.choice::<Theme>("theme").or(viewer.theme);
    let contrast = form.choice::<Contrast>("contrast").or(viewer.contrast);
    ctx.db.write(move |tx| person::set_appearance(tx, viewer.person, theme, contrast)).await?;
    let year = std::time::Duration::from_hours(365 * 24);
    Ok(done(visitor.words(), word!("me-appearance-saved"))
        .cookie(Cookie::new("theme", theme.as_str()).lasting(year))
        .cookie(Cookie::new("contrast", contrast.as_str()).lasting(year)))
}

async fn change_password(State(ctx): State<Ctx>, visitor: Visitor, mut form: Form) -> web::Result {
    let viewer = visitor.viewer()?;
    check_current(&ctx, &viewer, &mut form).await?;
    let personal = [viewer.email.as_str(), &viewer.given, &viewer.family, &viewer.name];
    let hash = checked_password(&mut form, &personal, ctx.now()).await?;
    let Some(hash) = hash.filter(|_| !form.has_errors()) else {
        return again(ctx, viewer, Sent::Password, form).await;
    };
    let (person, session) = (viewer.person, viewer.session);
    let token = ctx.db.write(move |tx| account::change_password(tx, person, session, &hash)).await?;
    let answer = done(visitor.words(), word!("me-password-saved"));
    Ok(match token {
        Some((token, remember)) => answer.cookie(session_cookie(&ctx, &token, remember)),
        None => answer,
    })
}

/// The current password, asked for again before what would let somebody else in for good. Guessing is braked as at
/// signing in.
async fn check_current(ctx: &Ctx, viewer: &Viewer, form: &mut Form) -> Result<(), web::Error> {
    let given = form.secret("current");
    if given.is_empty() {
        form.fail("current", word!("field-required"));
        return Ok(());
    }
    let (person, email) = (viewer.person, viewer.email.clone());
    let begun = ctx.db.write(move |tx| account::begin_check(tx, person, &email)).await;
    let Some(kept) = blame(begun, form, ctx.now())? else { return Ok(()) };
    if password::verify(given, kept).await.map_err(web::Error::internal)? == Verified::No {
        Refused::PasswordWrong.blame(form, ctx.now());
    } else {
        let email = viewer.email.clone();
        ctx.db.write(move |tx| account::end_check(tx, &email)).await?;
    }
    Ok(())
}

async fn change_email(State(ctx): State<Ctx>, visitor: Visitor, mut form: Form) -> web::Result {
    let viewer = visitor.viewer()?;
    let email = form.email("email").required().get();
    check_current(&ctx, &viewer, &mut form).await?;
    if !form.has_errors() {
        let (person, lang, ip, email) = (viewer.person, visitor.words().lang.clone(), visitor.ip(), email.clone());
        let asked = ctx.db.write(move |tx| account::ask_email(tx, person, &email, &ip, &lang)).await;
        blame(asked, &mut form, ctx.now())?;
    }
    if form.has_errors() {
        return again(ctx, viewer, Sent::Email, form).await;
    }
    let said = visitor.words().ta("me-email-sent", &[("email", email)]);
    Ok(web::see_other("/me").flash(FlashKind::Good, said, None))
}

async fn end_session(State(ctx): State<Ctx>, visitor: Visitor, Path(id): Path<SessionId>) -> web::Result {
    let viewer = visitor.viewer()?;
    let ended = ctx.db.write(move |tx| session::end(tx, viewer.person, id, viewer.person)).await?;
    if ended { Ok(done(visitor.words(), word!("me-session-ended"))) } else { Err(web::Error::not_found()) }
}

async fn end_other_sessions(State(ctx): State<Ctx>, visitor: Visitor) -> web::Result {
    let viewer = visitor.viewer()?;
    let count = ctx.db.write(move |tx| session::end_others(tx, viewer.person, viewer.session, viewer.person)).await?;
    let said = visitor.words().tn("me-sessions-ended", count);
    Ok(web::see_other("/me").flash(FlashKind::Good, said, None))
}

async fn add_token(State(ctx): State<Ctx>, visitor: Visitor, mut form: Form) -> web::Result {
    let viewer = visitor.viewer()?;
    let name = form.text("token_name").required().max(api_token::NAME_MAX).get();
    let days = form.integer("days").required().at_least(1).at_most(api_token::DAYS_MAX).or(90);
    check_current(&ctx, &viewer, &mut form).await?;
    if form.has_errors() {
        return again(ctx, viewer, Sent::Token, form).await;
    }
    let own = ctx.clone();
    let me = ctx
        .db
        .write(move |tx| {
            let token = api_token::add(tx, viewer.person, &name, &[], days)?;
            let mut me = Me::load(tx, &own, &viewer, None)?;
            me.new_token = Some(token.text());
            Ok::<_, web::Error>(me)
        })
        .await?;
    Ok(web::html(me))
}

async fn end_token(State(ctx): State<Ctx>, visitor: Visitor, Path(id): Path<ApiTokenId>) -> web::Result {
    let viewer = visitor.viewer()?;
    let ended = ctx.db.write(move |tx| api_token::end(tx, viewer.person, id)).await?;
    if ended { Ok(done(visitor.words(), word!("me-token-ended"))) } else { Err(web::Error::not_found()) }
}
