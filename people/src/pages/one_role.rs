//! One role: what it may do at the institution, or at one place.

use askama::Template;
use axum::extract::{Path, State};
use store::Tx;
use web::{Access, Ctx, FlashKind, Form, Page, Routes};

use super::role_name;
use crate::decision::Setting;
use crate::error::Error;
use crate::permission::{ADMINISTRATOR, Permissions, ROLES};
use crate::role::{self, Role, RoleSetting};
use crate::scope::{INSTITUTION, Place};
use crate::{Places, RoleId, Scope, Viewer, Visitor, place};

pub(super) fn routes() -> Routes {
    Routes::new()
        .get("/institution/roles/{id}", Access::Needs(ROLES.as_str()), show)
        .post("/institution/roles/{id}", Access::Needs(ROLES.as_str()), change)
        .post("/institution/roles/{id}/name", Access::Needs(ROLES.as_str()), rename)
        .delete("/institution/roles/{id}", Access::Needs(ROLES.as_str()), delete)
}

#[derive(Template)]
#[template(path = "people/role.html")]
struct OneRole {
    page: Page,
    role: Role,
    name: String,
    form: Form,
    groups: Vec<Vec<Line>>,
    settings: Vec<(Setting, String)>,
    place: Place,
    place_name: String,
}

struct Line {
    permission: &'static str,
    label: String,
    setting: Setting,
    /// What the institution's definition says, shown beside an override.
    base: String,
    /// Who may not give this themselves cannot set it.
    is_fixed: bool,
}

impl OneRole {
    fn is_institution(&self) -> bool {
        self.place == INSTITUTION
    }

    fn place_text(&self) -> String {
        place::written(self.place)
    }

    fn load(
        tx: &mut Tx<'_>,
        ctx: &Ctx,
        viewer: &Viewer,
        id: RoleId,
        at: Place,
        form: Option<Form>,
    ) -> Result<Self, web::Error> {
        let (role, place_name, scope) = open(tx, ctx, viewer, id, at)?;
        let page = viewer.page(ctx, "institution");
        let own: Vec<RoleSetting> = role::settings_at(tx, at)?;
        let base = if at == INSTITUTION { own.clone() } else { role::settings_of_institution(tx)? };
        let says = |list: &[RoleSetting], permission: &str| {
            let found = list.iter().find(|setting| setting.role == id && setting.permission == permission);
            found.map_or(Setting::Inherit, |setting| setting.setting)
        };
        let known = Permissions::of(ctx);
        let groups = known.0.iter().map(|list| {
            let lines = list.iter().map(|info| Line {
                permission: info.permission.as_str(),
                label: page.t(info.label_id),
                setting: says(&own, info.permission.as_str()),
                base: page.t(format!("setting-{}", says(&base, info.permission.as_str()))),
                is_fixed: !viewer.access.can(info.permission, &scope),
            });
            lines.collect()
        });
        let groups = groups.collect();
        let word = |setting: &Setting| {
            // At the institution there is nothing wider to inherit from.
            let id = if at == INSTITUTION && *setting == Setting::Inherit {
                "setting-none".to_owned()
            } else {
                format!("setting-{setting}")
            };
            (*setting, page.t(id))
        };
        let settings =
            [Setting::Inherit, Setting::Allow, Setting::Prevent, Setting::Prohibit].iter().map(word).collect();
        let form = form.unwrap_or_else(|| Form::of(&[("name", role.name.as_str()), ("about", &role.about)]));
        Ok(Self {
            name: role_name(&page, &role.key, &role.name),
            page,
            role,
            form,
            groups,
            settings,
            place: at,
            place_name,
        })
    }
}

/// A role that may be changed at this place.
fn open(
    tx: &mut Tx<'_>,
    ctx: &Ctx,
    viewer: &Viewer,
    id: RoleId,
    at: Place,
) -> Result<(Role, String, Scope), web::Error> {
    let places = ctx.find::<Places>().unwrap_or_default();
    let (place_name, scope) = places.find(tx, at)?.ok_or_else(web::Error::not_found)?;
    viewer.must(ROLES, &scope)?;
    let role = role::find(tx, id)?.filter(|role| role.key != ADMINISTRATOR).ok_or_else(web::Error::not_found)?;
    Ok((role, place_name, scope))
}

async fn show(State(ctx): State<Ctx>, visitor: Visitor, Path(id): Path<RoleId>, form: Form) -> web::Result {
    let own = ctx.clone();
    let at = place::read(form.value("place")).ok_or_else(web::Error::not_found)?;
    let shown = ctx
        .db
        .read(move |tx| {
            let viewer = visitor.signed_in(tx)?;
            OneRole::load(tx, &own, &viewer, id, at, None)
        })
        .await?;
    Ok(web::html(shown))
}

/// Only what differs from what is kept is written, so that a default stays a default.
async fn change(State(ctx): State<Ctx>, visitor: Visitor, Path(id): Path<RoleId>, form: Form) -> web::Result {
    let words = visitor.words().clone();
    let own = ctx.clone();
    let at = place::read(form.value("place")).ok_or_else(web::Error::not_found)?;
    let changed = ctx
        .db
        .write(move |tx| {
            let viewer = visitor.signed_in(tx)?;
            let (_, _, scope) = open(tx, &own, &viewer, id, at)?;
            let kept = role::settings_at(tx, at)?;
            let mut changed = 0;
            for info in Permissions::of(&own).0.iter().flat_map(|list| list.iter()) {
                let Ok(wanted) = form.value(info.permission.as_str()).parse::<Setting>() else { continue };
                let old = kept.iter().find(|old| old.role == id && old.permission == info.permission.as_str());
                if old.map_or(Setting::Inherit, |old| old.setting) == wanted {
                    continue;
                }
                // Nobody lets others do what they may not do themselves.
                if !viewer.access.can(info.permission, &scope) {
                    return Err(web::Error::forbidden());
                }
                role::set(tx, id, info.permission.as_str(), at, wanted, viewer.person)?;
                changed += 1;
            }
            Ok(changed)
        })
        .await?;
    let back = if at == INSTITUTION {
        "/institution/roles".to_owned()
    } else {
        format!("/institution/roles?place={}", place::written(at))
    };
    Ok(web::see_other(back).flash(FlashKind::Good, words.tn("roles-saved", changed), None))
}

async fn rename(State(ctx): State<Ctx>, visitor: Visitor, Path(id): Path<RoleId>, mut form: Form) -> web::Result {
    let words = visitor.words().clone();
    let own = ctx.clone();
    let renamed = ctx
        .db
        .write(move |tx| {
            let viewer = visitor.signed_in(tx)?;
            open(tx, &own, &viewer, id, INSTITUTION)?;
            match role::rename(tx, id, form.value("name"), form.value("about"), viewer.person) {
                Ok(()) => Ok(None),
                Err(Error::Refused(refused)) => {
                    refused.blame(&mut form, tx.now());
                    OneRole::load(tx, &own, &viewer, id, INSTITUTION, Some(form)).map(Some)
                }
                Err(e) => Err(e.into()),
            }
        })
        .await?;
    match renamed {
        None => Ok(web::see_other(format!("/institution/roles/{id}")).flash(
            FlashKind::Good,
            words.t("roles-renamed"),
            None,
        )),
        Some(page) => Ok(web::mistakes(page)),
    }
}

async fn delete(State(ctx): State<Ctx>, visitor: Visitor, Path(id): Path<RoleId>) -> web::Result {
    let words = visitor.words().clone();
    let own = ctx.clone();
    let deleted = ctx
        .db
        .write(move |tx| {
            let viewer = visitor.signed_in(tx)?;
            open(tx, &own, &viewer, id, INSTITUTION)?;
            match role::delete(tx, id, viewer.person) {
                Ok(()) => Ok(None),
                Err(Error::Refused(refused)) => Ok(Some(refused)),
                Err(e) => Err(web::Error::from(e)),
            }
        })
        .await?;
    match deleted {
        None => Ok(web::see_other("/institution/roles").flash(FlashKind::Good, words.t("roles-deleted"), None)),
        Some(refused) => {
            let said = words.t(refused.message_id());
            Ok(web::see_other(format!("/institution/roles/{id}")).flash(FlashKind::Bad, said, None))
        }
    }
}
