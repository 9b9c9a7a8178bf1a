//! The page of the first run: shown only as long as nobody runs the place.

use askama::Template;
use axum::extract::{Query, State};
use serde::Deserialize;
use store::Json;
use web::{Access, Ctx, FlashKind, Form, Page, Routes};

use super::reset::checked_password;
use super::{blame, blame_all, language_options, let_in, zone_options};
use crate::error::Refused;
use crate::institution::{Institution, SignUp};
use crate::person::{self, Details};
use crate::throttle::{self, Brake};
use crate::{Visitor, name, setup};

pub(super) fn routes() -> Routes {
    Routes::new().get("/first-run", Access::Public, show).post("/first-run", Access::Public, set_up)
}

#[derive(Template)]
#[template(path = "people/first_run.html")]
struct FirstRun {
    page: Page,
    form: Form,
    languages: Vec<(String, String)>,
    zones: Vec<(String, String)>,
}

impl FirstRun {
    fn new(ctx: &Ctx, visitor: &Visitor, form: Form) -> Self {
        let page = visitor.page(ctx, "");
        let languages = language_options(&page, None);
        Self { page, form, languages, zones: zone_options(None) }
    }
}

/// The address that the server prints carries the code.
#[derive(Deserialize)]
struct Asked {
    #[serde(default)]
    code: String,
}

async fn show(State(ctx): State<Ctx>, visitor: Visitor, Query(asked): Query<Asked>) -> web::Result {
    if !ctx.db.read(setup::is_needed).await? {
        return Ok(web::see_other("/sign-in"));
    }
    let words = visitor.words();
    let form = Form::of(&[("code", asked.code), ("locale", words.lang.clone()), ("zone", words.zone.to_string())]);
    Ok(web::html(FirstRun::new(&ctx, &visitor, form)))
}

async fn set_up(State(ctx): State<Ctx>, visitor: Visitor, mut form: Form) -> web::Result {
    if !ctx.db.read(setup::is_needed).await? {
        return Ok(web::see_other("/sign-in"));
    }
    let now = ctx.now();
    let details = Details {
        given: form.value("given").to_owned(),
        family: form.value("family").to_owned(),
        email: form.value("email").to_owned(),
        ..Details::default()
    };
    blame_all(&details.checked().1, &mut form, now);
    let institution = Institution {
        name: form.text("name").required().max(name::NAME_MAX).get(),
        locale: form.value("locale").to_owned(),
        zone: form.value("zone").to_owned(),
        sign_up: SignUp::Invitation,
        sign_up_domains: Json(Vec::new()),
    };
    if person::check_zone(&institution.zone).is_err() {
        Refused::ZoneUnknown.blame(&mut form, now);
    }
    if !person::known_locale(&institution.locale) {
        Refused::LocaleUnknown.blame(&mut form, now);
    }
    let (code, ip) = (form.value("code").to_owned(), visitor.ip());
    let tries = code.clone();
    let tried = ctx.db.write(move |tx| {
        let wait = throttle::attempt(tx, &[(Brake::TokenAddress, &ip)])?;
        if wait.is_none() { setup::is_code(tx, &tries).map(Ok) } else { Ok(Err(wait)) }
    });
    match tried.await? {
        Ok(true) => {}
        Ok(false) => Refused::CodeWrong.blame(&mut form, now),
        Err(until) => Refused::Wait(until.unwrap_or(now)).blame(&mut form, now),
    }
    let hash = checked_password(&mut form, &[&details.email, &details.given, &details.family], now).await?;
    let Some(hash) = hash.filter(|_| !form.has_errors()) else {
        return Ok(web::mistakes(FirstRun::new(&ctx, &visitor, form)));
    };
    let device = visitor.device();
    let done = ctx.db.write(move |tx| setup::set_up(tx, &institution, &details, &hash, &code, &device)).await;
    match blame(done, &mut form, now)? {
        Some((_, token)) => {
            let welcome = visitor.words().t("first-run-done");
            Ok(let_in(&ctx, &token, false, "/institution").flash(FlashKind::Good, welcome, None))
        }
        None => Ok(web::mistakes(FirstRun::new(&ctx, &visitor, form))),
    }
}
