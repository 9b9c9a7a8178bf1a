//! Every role and what it may do, as one table; and making a role of one's own.

use std::collections::HashMap;

use askama::Template;
use axum::extract::State;
use store::Tx;
use web::{Access, Ctx, FlashKind, Form, Page, Routes};

use super::role_name;
use crate::decision::Setting;
use crate::error::Error;
use crate::permission::{ADMINISTRATOR, PermissionInfo, Permissions, ROLES};
use crate::role::{self, Role};
use crate::scope::{INSTITUTION, Place};
use crate::{Places, RoleId, Scope, Viewer, Visitor, place};

pub(super) fn routes() -> Routes {
    Routes::new().get("/institution/roles", Access::Needs(ROLES.as_str()), show).post(
        "/institution/roles",
        Access::Needs(ROLES.as_str()),
        add,
    )
}

#[derive(Template)]
#[template(path = "people/roles.html")]
struct Matrix {
    page: Page,
    form: Form,
    roles: Vec<Named>,
    groups: Vec<Vec<Line>>,
    like: Vec<(String, String)>,
    place: Place,
    place_name: String,
    overrides: Vec<(String, String, i64)>,
    may_change_institution: bool,
}

struct Named {
    role: Role,
    name: String,
}

/// A permission and what each role says about it, in the order of the roles.
struct Line {
    label: String,
    cells: Vec<Setting>,
}

impl Matrix {
    fn is_institution(&self) -> bool {
        self.place == INSTITUTION
    }

    fn query(&self) -> String {
        if self.is_institution() { String::new() } else { format!("?place={}", place::written(self.place)) }
    }

    /// Five statements, and one for each kind of place of other nouns at which there is an override.
    fn load(tx: &mut Tx<'_>, ctx: &Ctx, viewer: &Viewer, at: Place, form: Form) -> Result<Self, web::Error> {
        let places = ctx.find::<Places>().unwrap_or_default();
        let (place_name, scope) = places.find(tx, at)?.ok_or_else(web::Error::not_found)?;
        viewer.must(ROLES, &scope)?;
        let page = viewer.page(ctx, "institution");
        let roles: Vec<Named> = role::all(tx)?
            .into_iter()
            .map(|role| Named { name: role_name(&page, &role.key, &role.name), role })
            .collect();
        let settings = role::settings_at(tx, at)?;
        let settings: HashMap<(RoleId, &str), Setting> =
            settings.iter().map(|setting| ((setting.role, setting.permission.as_str()), setting.setting)).collect();
        let line = |info: &PermissionInfo| {
            let says = |named: &Named| {
                let own = settings.get(&(named.role.id, info.permission.as_str())).copied().unwrap_or(Setting::Inherit);
                if named.role.key == ADMINISTRATOR && at == INSTITUTION { Setting::Allow } else { own }
            };
            Line { label: page.t(info.label_id), cells: roles.iter().map(says).collect() }
        };
        let groups = Permissions::of(ctx).0.iter().map(|list| list.iter().map(line).collect()).collect();
        let overrides = named_overrides(tx, &places, &page)?;
        let from_scratch = (String::new(), page.t("roles-like-none"));
        let like = roles.iter().filter(|named| named.role.key != ADMINISTRATOR);
        let like =
            std::iter::once(from_scratch).chain(like.map(|named| (named.role.id.to_string(), named.name.clone())));
        Ok(Self {
            like: like.collect(),
            may_change_institution: viewer.can(ROLES, &Scope::institution()),
            page,
            form,
            roles,
            groups,
            place: at,
            place_name,
            overrides,
        })
    }
}

fn named_overrides(tx: &mut Tx<'_>, places: &Places, page: &Page) -> Result<Vec<(String, String, i64)>, web::Error> {
    let overrides = role::overrides(tx)?;
    if overrides.is_empty() {
        return Ok(Vec::new());
    }
    let units = crate::unit::full_names(&crate::unit::tree(tx)?);
    let at: Vec<Place> = overrides.iter().map(|(kind, id, _)| (*kind, *id)).collect();
    let elsewhere = places.names(tx, &at)?;
    let name = |place: Place| {
        let unit = units.get(&place.1.into()).cloned();
        unit.or_else(|| elsewhere.get(&place).cloned()).unwrap_or_else(|| page.t(format!("place-some-{}", place.0)))
    };
    let href = |place: Place| format!("/institution/roles?place={}", place::written(place));
    Ok(overrides.into_iter().map(|(kind, id, count)| (href((kind, id)), name((kind, id)), count)).collect())
}

async fn show(State(ctx): State<Ctx>, visitor: Visitor, form: Form) -> web::Result {
    let own = ctx.clone();
    let at = place::read(form.value("place")).ok_or_else(web::Error::not_found)?;
    let shown = ctx
        .db
        .read(move |tx| {
            let viewer = visitor.signed_in(tx)?;
            Matrix::load(tx, &own, &viewer, at, Form::new())
        })
        .await?;
    Ok(web::html(shown))
}

async fn add(State(ctx): State<Ctx>, visitor: Visitor, mut form: Form) -> web::Result {
    let words = visitor.words().clone();
    let own = ctx.clone();
    let added = ctx
        .db
        .write(move |tx| {
            let viewer = visitor.signed_in(tx)?;
            viewer.must(ROLES, &Scope::institution())?;
            let like: Option<RoleId> = form.id("like").get();
            if let Some(like) = like {
                must_hold(tx, &viewer, like)?;
            }
            match role::create(tx, form.value("name"), form.value("about"), like, viewer.person) {
                Ok(id) => Ok(Ok(id)),
                Err(Error::Refused(refused)) => {
                    refused.blame(&mut form, tx.now());
                    Matrix::load(tx, &own, &viewer, INSTITUTION, form).map(Err)
                }
                Err(e) => Err(e.into()),
            }
        })
        .await?;
    match added {
        Ok(id) => {
            Ok(web::see_other(format!("/institution/roles/{id}")).flash(FlashKind::Good, words.t("roles-added"), None))
        }
        Err(page) => Ok(web::mistakes(page)),
    }
}

/// Nobody makes a role that may do more than they may themselves.
fn must_hold(tx: &mut Tx<'_>, viewer: &Viewer, like: RoleId) -> Result<(), web::Error> {
    let settings = role::settings_of_institution(tx)?;
    let allowed = settings.iter().filter(|setting| setting.role == like && setting.setting == Setting::Allow);
    for setting in allowed {
        if !viewer.access.answer(&setting.permission, &Scope::institution()).0.is_allowed() {
            return Err(web::Error::forbidden());
        }
    }
    Ok(())
}
