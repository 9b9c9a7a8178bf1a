//! The institution's settings.

use askama::Template;
use axum::extract::State;
use store::{Json, Tx};
use web::{Access, Ctx, FlashKind, Form, Page, Routes, word};

use super::{language_options, zone_options};
use crate::error::{Error, Refused};
use crate::institution::{self, Institution, SignUp};
use crate::permission::SETTINGS;
use crate::{Scope, Viewer, Visitor, person};

pub(super) fn routes() -> Routes {
    Routes::new().get("/institution/settings", Access::Needs(SETTINGS.as_str()), show).post(
        "/institution/settings",
        Access::Needs(SETTINGS.as_str()),
        save,
    )
}

#[derive(Template)]
#[template(path = "people/settings.html")]
struct Settings {
    page: Page,
    form: Form,
    languages: Vec<(String, String)>,
    zones: Vec<(String, String)>,
    sign_ups: Vec<(String, String)>,
}

impl Settings {
    fn new(ctx: &Ctx, viewer: &Viewer, form: Form) -> Self {
        let page = viewer.page(ctx, "institution");
        let sign_ups =
            SignUp::ALL.iter().map(|policy| (policy.to_string(), page.t(format!("institution-sign-up-{policy}"))));
        let sign_ups = sign_ups.collect();
        Self { languages: language_options(&page, None), zones: zone_options(None), sign_ups, page, form }
    }
}

fn form_of(tx: &mut Tx<'_>) -> store::Result<Form> {
    let Some(kept) = institution::find(tx)? else {
        return Ok(Form::of(&[("locale", "en"), ("zone", "UTC"), ("sign_up", SignUp::Invitation.as_str())]));
    };
    Ok(Form::of(&[
        ("name", kept.name.as_str()),
        ("locale", &kept.locale),
        ("zone", &kept.zone),
        ("sign_up", kept.sign_up.as_str()),
        ("domains", &kept.sign_up_domains.0.join("\n")),
    ]))
}

async fn show(State(ctx): State<Ctx>, visitor: Visitor) -> web::Result {
    let own = ctx.clone();
    let shown = ctx
        .db
        .read(move |tx| {
            let viewer = visitor.signed_in(tx)?;
            viewer.must(SETTINGS, &Scope::institution())?;
            let form = form_of(tx)?;
            Ok::<_, web::Error>(Settings::new(&own, &viewer, form))
        })
        .await?;
    Ok(web::html(shown))
}

async fn save(State(ctx): State<Ctx>, visitor: Visitor, mut form: Form) -> web::Result {
    let viewer = visitor.viewer()?;
    viewer.must(SETTINGS, &Scope::institution())?;
    let domains = form.value("domains").split([' ', ',', ';', '\n', '\r', '\t']).filter(|part| !part.is_empty());
    let domains = domains.map(str::to_owned).collect();
    let wanted = Institution {
        name: form.value("name").to_owned(),
        locale: form.value("locale").to_owned(),
        zone: form.value("zone").to_owned(),
        sign_up: form.choice("sign_up").required().or(SignUp::Closed),
        sign_up_domains: Json(domains),
    };
    if !person::known_locale(&wanted.locale) {
        Refused::LocaleUnknown.blame(&mut form, ctx.now());
    }
    if !form.has_errors() {
        let by = viewer.person;
        match ctx.db.write(move |tx| institution::save(tx, &wanted, Some(by))).await {
            Ok(()) => {
                let said = visitor.words().t(word!("institution-saved"));
                return Ok(web::see_other("/institution/settings").flash(FlashKind::Good, said, None));
            }
            Err(Error::Refused(refused)) => refused.blame(&mut form, ctx.now()),
            Err(e) => return Err(e.into()),
        }
    }
    Ok(web::mistakes(Settings::new(&ctx, &viewer, form)))
}
