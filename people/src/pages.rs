//! The pages about people: getting in, one's own account, and running the institution.

mod confirm;
mod explain;
mod first_run;
mod hub;
mod import;
mod invitation;
mod me;
mod new_person;
mod one_role;
mod one_unit;
mod people;
mod person;
mod profile;
mod reset;
mod roles;
mod settings;
mod sign_in;
mod sign_up;
mod units;

use std::sync::OnceLock;

use store::Time;
use web::{Cookie, Ctx, Form, Page, Response, Routes};

use crate::error::{Error, Refused};
use crate::list::Filter;
use crate::permission::Permission;
use crate::scope::Scope;
use crate::session::{REMEMBERED, Token};
use crate::unit::{self, Unit};
use crate::{UnitId, Viewer, cookie_name};

/// The addresses of this noun.
pub fn routes() -> Routes {
    Routes::new()
        .merge(first_run::routes())
        .merge(sign_in::routes())
        .merge(sign_up::routes())
        .merge(reset::routes())
        .merge(invitation::routes())
        .merge(confirm::routes())
        .merge(me::routes())
        .merge(hub::routes())
        .merge(import::routes())
        .merge(new_person::routes())
        .merge(people::routes())
        .merge(person::routes())
        .merge(units::routes())
        .merge(one_unit::routes())
        .merge(roles::routes())
        .merge(one_role::routes())
        .merge(settings::routes())
        .merge(profile::routes())
        .merge(explain::routes())
}

/// The cookie of a session; without an end where the person does not want to stay signed in.
fn session_cookie(ctx: &Ctx, token: &Token, remember: bool) -> Cookie {
    let cookie = Cookie::new(cookie_name(ctx), token.text());
    if remember { cookie.lasting(REMEMBERED) } else { cookie }
}

/// Signed in: on to where they wanted to go.
fn let_in(ctx: &Ctx, token: &Token, remember: bool, next: &str) -> Response {
    let next = if next.is_empty() { "/" } else { next };
    web::see_other(next).cookie(session_cookie(ctx, token, remember))
}

/// Takes a refusal into the form, so that the page can be shown again; everything else goes on as an error.
fn blame<T>(result: Result<T, Error>, form: &mut Form, now: Time) -> Result<Option<T>, web::Error> {
    match result {
        Ok(value) => Ok(Some(value)),
        Err(Error::Refused(refused)) => {
            refused.blame(form, now);
            Ok(None)
        }
        Err(error) => Err(error.into()),
    }
}

fn blame_all(refused: &[Refused], form: &mut Form, now: Time) {
    for refused in refused {
        refused.blame(form, now);
    }
}

/// A role's name: its own, or the translated one of a built-in role.
fn role_name(page: &Page, key: &str, name: &str) -> String {
    if name.is_empty() { page.t(format!("role-{key}")) } else { name.to_owned() }
}

/// The languages for a choice, with one for "as my browser asks" where that is possible.
fn language_options(page: &Page, none: Option<String>) -> Vec<(String, String)> {
    let languages = page.languages().into_iter().map(|tag| {
        let label = page.t(format!("language-{tag}"));
        (tag, label)
    });
    none.map(|label| (String::new(), label)).into_iter().chain(languages).collect()
}

/// The time zones for a choice.
fn zone_options(none: Option<String>) -> Vec<(String, String)> {
    static ZONES: OnceLock<Vec<String>> = OnceLock::new();
    let zones = ZONES.get_or_init(|| {
        let named = jiff::tz::db().available().map(|name| name.to_string());
        let places = [
            "Africa",
            "America",
            "Antarctica",
            "Arctic",
            "Asia",
            "Atlantic",
            "Australia",
            "Europe",
            "Indian",
            "Pacific",
        ];
        let is_place = |name: &String| name.split_once('/').is_some_and(|(area, _)| places.contains(&area));
        let mut zones: Vec<String> = named.filter(is_place).collect();
        zones.sort_unstable();
        zones.insert(0, "UTC".to_owned());
        zones
    });
    let zones = zones.iter().map(|zone| (zone.clone(), zone.replace('_', " ")));
    none.map(|label| (String::new(), label)).into_iter().chain(zones).collect()
}

/// The units for a choice, each with the names down to it.
fn unit_options(tree: &[Unit], none: Option<String>) -> Vec<(String, String)> {
    let names = unit::full_names(tree);
    let units = tree.iter().map(|unit| (unit.id.to_string(), names.get(&unit.id).cloned().unwrap_or_default()));
    none.map(|label| (String::new(), label)).into_iter().chain(units).collect()
}

/// The scope of a unit of a tree; the institution for none.
fn scope_in(tree: &[Unit], unit: Option<UnitId>) -> Scope {
    unit.and_then(|id| tree.iter().find(|unit| unit.id == id))
        .map_or_else(Scope::institution, |unit| Scope::unit(&unit.path))
}

/// The units in which a person may do something, for a choice; all of them where they may do it everywhere.
fn units_with(viewer: &Viewer, permission: Permission, tree: &[Unit]) -> Vec<Unit> {
    let may = |unit: &&Unit| viewer.can(permission, &Scope::unit(&unit.path));
    tree.iter().filter(may).cloned().collect()
}

/// Narrows a filter to what the viewer may see: nothing is added for those who may see the whole institution.
fn narrowed(viewer: &Viewer, permission: Permission, tree: &[Unit], filter: Filter) -> Filter {
    if viewer.can(permission, &Scope::institution()) {
        return filter;
    }
    let units = units_with(viewer, permission, tree).into_iter().map(|unit| unit.id).collect();
    Filter { within: Some(units), ..filter }
}

#[cfg(test)]
mod tests;
