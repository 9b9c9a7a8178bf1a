//! Adding one person.

use askama::Template;
use axum::extract::State;
use store::Tx;
use web::{Access, Ctx, FlashKind, Form, Page, Routes, word};

use super::{blame_all, language_options, scope_in, unit_options, units_with};
use crate::error::{Error, Refused};
use crate::permission::EDIT;
use crate::person::{self, Details};
use crate::{Scope, Viewer, Visitor, account, unit};

pub(super) fn routes() -> Routes {
    Routes::new().get("/institution/people/new", Access::Needs(EDIT.as_str()), show).post(
        "/institution/people",
        Access::Needs(EDIT.as_str()),
        add,
    )
}

#[derive(Template)]
#[template(path = "people/new_person.html")]
struct NewPerson {
    page: Page,
    form: Form,
    units: Vec<(String, String)>,
    languages: Vec<(String, String)>,
}

impl NewPerson {
    fn load(tx: &mut Tx<'_>, ctx: &Ctx, viewer: &Viewer, form: Form) -> Result<Self, web::Error> {
        viewer.must_anywhere(EDIT)?;
        let page = viewer.page(ctx, "institution");
        let tree = unit::tree(tx)?;
        // Who may add people only to some units must choose one of them.
        let none = viewer.can(EDIT, &Scope::institution()).then(|| page.t("people-no-unit"));
        let units = unit_options(&units_with(viewer, EDIT, &tree), none);
        let languages = language_options(&page, Some(page.t("me-language-browser")));
        Ok(Self { page, form, units, languages })
    }
}

async fn show(State(ctx): State<Ctx>, visitor: Visitor) -> web::Result {
    let own = ctx.clone();
    let shown = ctx
        .db
        .read(move |tx| {
            let viewer = visitor.signed_in(tx)?;
            NewPerson::load(tx, &own, &viewer, Form::of(&[("invite", "on")]))
        })
        .await?;
    Ok(web::html(shown))
}

/// What the form says, as far as it can be read.
pub(super) fn details_of(form: &mut Form) -> Details {
    let chosen = |form: &Form, name: &str| Some(form.value(name).to_owned()).filter(|value| !value.is_empty());
    Details {
        given: form.value("given").to_owned(),
        family: form.value("family").to_owned(),
        email: form.value("email").to_owned(),
        external_id: chosen(form, "external_id"),
        unit: form.id("unit").get(),
        locale: chosen(form, "locale"),
        zone: None,
    }
}

async fn add(State(ctx): State<Ctx>, visitor: Visitor, mut form: Form) -> web::Result {
    let viewer = visitor.viewer()?;
    let now = ctx.now();
    let details = details_of(&mut form);
    let (details, wrong) = details.checked();
    blame_all(&wrong, &mut form, now);
    let (own, invites) = (ctx.clone(), form.flag("invite"));
    let added = ctx
        .db
        .write(move |tx| {
            let tree = unit::tree(tx)?;
            viewer.must(EDIT, &scope_in(&tree, details.unit))?;
            if form.has_errors() {
                return Ok(Err(NewPerson::load(tx, &own, &viewer, form)?));
            }
            match person::add(tx, &details, Some(viewer.person)) {
                Ok(id) => {
                    if invites {
                        account::invite(tx, id, viewer.person)?;
                    }
                    Ok(Ok((id, details.email)))
                }
                Err(Error::Refused(
                    refused @ (Refused::EmailTaken | Refused::ExternalIdTaken | Refused::NoSuchUnit),
                )) => {
                    refused.blame(&mut form, now);
                    Ok(Err(NewPerson::load(tx, &own, &viewer, form)?))
                }
                Err(e) => Err(web::Error::from(e)),
            }
        })
        .await?;
    match added {
        Ok((id, email)) => {
            let message = if invites { word!("people-added-invited") } else { word!("people-added-plain") };
            let said = visitor.words().ta(message, &[("email", email)]);
            Ok(web::see_other(format!("/institution/people/{id}")).flash(FlashKind::Good, said, None))
        }
        Err(page) => Ok(web::mistakes(page)),
    }
}
