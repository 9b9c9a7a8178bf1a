//! A forgotten password: asking for a link, and following it.

use askama::Template;
use axum::extract::{Path, State};
use web::{Access, Ctx, Form, Page, Routes, word};

use super::{blame, let_in};
use crate::error::{Error, Refused};
use crate::link::{self, Link, Purpose};
use crate::session::Token;
use crate::throttle::{self, Brake};
use crate::{Visitor, account, password, person};

pub(super) fn routes() -> Routes {
    Routes::new()
        .get("/reset", Access::Public, show)
        .post("/reset", Access::Public, ask)
        .get("/reset/{token}", Access::Public, choose)
        .post("/reset/{token}", Access::Public, set)
}

#[derive(Template)]
#[template(path = "people/reset.html")]
struct Ask {
    page: Page,
    form: Form,
    sent: bool,
}

#[derive(Template)]
#[template(path = "people/reset_choose.html")]
struct Choose {
    page: Page,
    form: Form,
    link: Link,
}

async fn show(State(ctx): State<Ctx>, visitor: Visitor) -> web::Result {
    Ok(web::html(Ask { page: visitor.page(&ctx, ""), form: Form::new(), sent: false }))
}

async fn ask(State(ctx): State<Ctx>, visitor: Visitor, mut form: Form) -> web::Result {
    let email = form.email("email").required().get();
    if !form.has_errors() {
        let (ip, lang) = (visitor.ip(), visitor.words().lang.clone());
        let asked = ctx.db.write(move |tx| account::ask_reset(tx, &email, &ip, &lang)).await;
        blame(asked, &mut form, ctx.now())?;
    }
    let page = visitor.page(&ctx, "");
    if form.has_errors() {
        return Ok(web::mistakes(Ask { page, form, sent: false }));
    }
    Ok(web::html(Ask { page, form, sent: true }))
}

async fn choose(State(ctx): State<Ctx>, visitor: Visitor, Path(token): Path<String>) -> web::Result {
    let link = opened(&ctx, &visitor, &token, &[Purpose::Reset]).await?;
    Ok(web::html(Choose { page: visitor.page(&ctx, ""), form: Form::new(), link })
        .set(http::header::REFERRER_POLICY, "no-referrer"))
}

async fn set(State(ctx): State<Ctx>, visitor: Visitor, Path(token): Path<String>, mut form: Form) -> web::Result {
    let link = opened(&ctx, &visitor, &token, &[Purpose::Reset]).await?;
    let Some(hash) = new_password(&mut form, &link, ctx.now()).await? else {
        return Ok(web::mistakes(Choose { page: visitor.page(&ctx, ""), form, link }));
    };
    let device = visitor.device();
    let (_, token) =
        ctx.db.write(move |tx| account::reset(tx, &link, &hash, &device)).await.map_err(web::Error::from)?;
    let done = visitor.words().t("reset-done");
    Ok(let_in(&ctx, &token, false, "/").flash(web::FlashKind::Good, done, None))
}

/// The open link of a token. Wrong tokens are counted by address, and brake those who try many.
pub(super) async fn opened(
    ctx: &Ctx,
    visitor: &Visitor,
    token: &str,
    purposes: &'static [Purpose],
) -> Result<Link, web::Error> {
    let hash = Token::read(token).map(|token| token.hash());
    let found =
        ctx.db.read(move |tx| hash.map_or(Err(Refused::LinkSpent.into()), |hash| link::open(tx, hash, purposes))).await;
    if let Err(Error::Refused(_)) = &found {
        let ip = visitor.ip();
        let wait = ctx.db.write(move |tx| throttle::attempt(tx, &[(Brake::TokenAddress, &ip)])).await?;
        if let Some(until) = wait {
            return Err(web::Error::too_often(until.since(ctx.now())));
        }
    }
    found.map_err(|e| web::Error::from(e).way_on("/reset", word!("reset-ask-again")))
}

/// Reads and checks a new password that is typed twice, and hashes it; none where something is wrong, which the form
/// then says.
pub(super) async fn new_password(form: &mut Form, link: &Link, now: store::Time) -> Result<Option<String>, web::Error> {
    let name = person::called(&link.given, &link.family);
    checked_password(form, &[&link.email, &link.given, &link.family, &name], now).await
}

pub(super) async fn checked_password(
    form: &mut Form,
    personal: &[&str],
    now: store::Time,
) -> Result<Option<String>, web::Error> {
    let (given, again) = (form.secret("password"), form.secret("again"));
    if given.is_empty() {
        form.fail("password", word!("field-required"));
    } else if let Some(refused) = password::check(&given, personal) {
        refused.blame(form, now);
    } else if given != again {
        Refused::PasswordsDiffer.blame(form, now);
    }
    if form.has_errors() {
        return Ok(None);
    }
    password::hash(given).await.map(Some).map_err(web::Error::internal)
}
