//! Signing in and out.

use askama::Template;
use axum::extract::State;
use http::StatusCode;
use web::{Access, Cookie, Ctx, Form, Page, Response, Routes, word};

use super::{blame, let_in};
use crate::error::Refused;
use crate::institution::{self, SignUp};
use crate::password::{self, Verified};
use crate::{Visitor, account, cookie_name, session, setup};

pub(super) fn routes() -> Routes {
    Routes::new().get("/sign-in", Access::Public, show).post("/sign-in", Access::Public, sign_in).post(
        "/sign-out",
        Access::Public,
        sign_out,
    )
}

#[derive(Template)]
#[template(path = "people/sign_in.html")]
struct SignIn {
    page: Page,
    form: Form,
    sign_up_is_open: bool,
}

async fn show(State(ctx): State<Ctx>, visitor: Visitor, form: Form) -> web::Result {
    if visitor.viewer().is_ok() {
        return Ok(web::see_other(form.value("next")));
    }
    // Somebody may run the place before it has a name: added at the command line.
    let (institution, is_new) = ctx
        .db
        .read(|tx| {
            let institution = institution::find(tx)?;
            let is_new = institution.is_none() && setup::is_needed(tx)?;
            Ok::<_, store::Error>((institution, is_new))
        })
        .await?;
    if is_new {
        return Ok(web::see_other("/first-run"));
    }
    let sign_up_is_open = institution.is_some_and(|institution| institution.sign_up == SignUp::Open);
    Ok(web::html(SignIn { page: visitor.page(&ctx, ""), form, sign_up_is_open }))
}

async fn sign_in(State(ctx): State<Ctx>, visitor: Visitor, mut form: Form) -> web::Result {
    let email = form.text("email").required().get();
    let given = form.secret("password");
    if given.is_empty() {
        form.fail("password", word!("field-required"));
    }
    if form.has_errors() {
        return again(&ctx, &visitor, form, StatusCode::UNPROCESSABLE_ENTITY).await;
    }
    let ip = visitor.ip();
    let begun = ctx.db.write(move |tx| account::begin_sign_in(tx, &email, &ip)).await;
    let Some(account) = blame(begun, &mut form, ctx.now())? else {
        return again(&ctx, &visitor, form, StatusCode::TOO_MANY_REQUESTS).await;
    };
    let kept = account.as_ref().and_then(|account| account.password.clone());
    let verified = password::verify(given, kept).await.map_err(web::Error::internal)?;
    let (remember, device) = (form.flag("remember"), visitor.device());
    let ended = ctx
        .db
        .write(move |tx| {
            if verified == Verified::No {
                if let Some(account) = account {
                    account::note_failed_sign_in(tx, account.person, &device)?;
                }
                return Ok(Err(Refused::SignInWrong));
            }
            account::end_sign_in(tx, account, verified, remember, &device).map(Ok)
        })
        .await;
    match blame(ended.and_then(|inner| inner.map_err(Into::into)), &mut form, ctx.now())? {
        Some((_, token)) => Ok(let_in(&ctx, &token, remember, form.value("next"))),
        None => again(&ctx, &visitor, form, StatusCode::UNPROCESSABLE_ENTITY).await,
    }
}

async fn again(ctx: &Ctx, visitor: &Visitor, form: Form, status: StatusCode) -> web::Result {
    let institution = ctx.db.read(institution::find).await?;
    let sign_up_is_open = institution.is_some_and(|institution| institution.sign_up == SignUp::Open);
    Ok(web::mistakes(SignIn { page: visitor.page(ctx, ""), form, sign_up_is_open }).status(status))
}

async fn sign_out(State(ctx): State<Ctx>, visitor: Visitor) -> web::Result<Response> {
    if let Ok(viewer) = visitor.viewer()
        && let Some(session) = viewer.session
    {
        ctx.db.write(move |tx| session::end(tx, viewer.person, session, viewer.person)).await?;
    }
    Ok(web::see_other("/sign-in").cookie(Cookie::removal(cookie_name(&ctx))))
}
