//! One person, as those see them who administer people: details, roles, account, sessions.

use std::collections::HashMap;

use askama::Template;
use axum::extract::{Path, State};
use store::Tx;
use web::{Access, Ctx, FlashKind, Form, Page, Routes, word};

use super::new_person::details_of;
use super::{blame_all, language_options, role_name, scope_in, unit_options, units_with};
use crate::error::{Error, Refused};
use crate::grant::{self, Grant};
use crate::permission::{ADMINISTRATOR, ASSIGN, EDIT, VIEW};
use crate::person::{self, Details, Person};
use crate::role::{self, Role};
use crate::scope::{INSTITUTION, Place, ScopeKind};
use crate::session::{self, Session};
use crate::unit::{self, Unit};
use crate::{GrantId, PersonId, Places, Scope, SessionId, UnitId, Viewer, Visitor, account, place};

pub(super) fn routes() -> Routes {
    Routes::new()
        .get("/institution/people/{id}", Access::Needs(VIEW.as_str()), show)
        .post("/institution/people/{id}", Access::Needs(EDIT.as_str()), change)
        .post("/institution/people/{id}/roles", Access::Needs(ASSIGN.as_str()), give_role)
        .delete("/institution/people/{id}/roles/{grant}", Access::Needs(ASSIGN.as_str()), take_role)
        .post("/institution/people/{id}/invitation", Access::Needs(EDIT.as_str()), invite)
        .post("/institution/people/{id}/link", Access::Needs(EDIT.as_str()), make_link)
        .delete("/institution/people/{id}/sessions", Access::Needs(EDIT.as_str()), end_sessions)
        .delete("/institution/people/{id}/sessions/{session}", Access::Needs(EDIT.as_str()), end_session)
}

#[derive(Template)]
#[template(path = "people/person.html")]
struct ShowPerson {
    page: Page,
    person: Person,
    unit: String,
    form: Form,
    role_form: Form,
    roles: Vec<ShownGrant>,
    sessions: Vec<Session>,
    units: Vec<(String, String)>,
    languages: Vec<(String, String)>,
    role_options: Vec<(String, String)>,
    place_options: Vec<(String, String)>,
    link: Option<String>,
    is_self: bool,
    may_edit: bool,
    may_assign: bool,
}

/// A role of the person in words.
struct ShownGrant {
    grant: Grant,
    name: String,
    place: String,
    counts: bool,
    may_take: bool,
}

#[derive(Default)]
struct Sent {
    form: Option<Form>,
    role_form: Option<Form>,
    link: Option<String>,
}

/// A person, the tree of units, and the scope in which the person is administered: two statements.
fn open(tx: &mut Tx<'_>, id: PersonId) -> Result<(Person, Vec<Unit>, Scope), web::Error> {
    let person = person::find(tx, id)?;
    let tree = unit::tree(tx)?;
    let scope = scope_in(&tree, person.unit);
    Ok((person, tree, scope))
}

/// [`open`] for those who may lay hands on the account: one or two statements more.
fn open_account(tx: &mut Tx<'_>, viewer: &Viewer, id: PersonId) -> Result<(Person, Vec<Unit>), web::Error> {
    let (person, tree, scope) = open(tx, id)?;
    viewer.must(EDIT, &scope)?;
    let other = crate::Access::load(tx, id)?;
    if id != viewer.person && !role::reaches(&viewer.access, &other, &tree) {
        return Err(web::Error::new(http::StatusCode::FORBIDDEN, "mightier", word!("person-mightier")));
    }
    Ok((person, tree))
}

impl ShowPerson {
    /// Five statements, and one for each noun in whose places roles are held.
    fn load(tx: &mut Tx<'_>, ctx: &Ctx, viewer: &Viewer, id: PersonId, sent: Sent) -> Result<Self, web::Error> {
        let (person, tree, scope) = open(tx, id)?;
        viewer.must(VIEW, &scope)?;
        let page = viewer.page(ctx, "institution");
        let (may_edit, may_assign) = (viewer.can(EDIT, &scope), viewer.can_anywhere(ASSIGN));
        let names = unit::full_names(&tree);
        let grants = grant::of_person(tx, id)?;
        let (all_roles, settings) = if may_assign { role::defined(tx)? } else { Default::default() };
        let may_give = |role: &Role, scope: &Scope| role::may_give(&viewer.access, role, &settings, scope);
        let places: Vec<Place> = grants.iter().map(|grant| (grant.scope_kind, grant.scope_id)).collect();
        let elsewhere = ctx.find::<Places>().map(|known| known.names(tx, &places)).transpose()?.unwrap_or_default();
        let now = tx.now();
        let roles = grants
            .into_iter()
            .map(|grant| {
                let at = scope_of_grant(&tree, &grant);
                let role = all_roles.iter().find(|role| role.id == grant.role);
                ShownGrant {
                    name: role_name(&page, &grant.role_key, &grant.role_name),
                    place: place_name(&page, &names, &elsewhere, &grant),
                    counts: grant.counts_at(now),
                    may_take: grant.is_by_hand() && at.zip(role).is_some_and(|(at, role)| may_give(role, &at)),
                    grant,
                }
            })
            .collect();
        let sessions = if may_edit { session::of_person(tx, id)? } else { Vec::new() };
        let everywhere = Scope::institution();
        let giveable = all_roles
            .iter()
            .filter(|role| role.key != crate::EVERYONE && viewer_may_give_somewhere(viewer, role, &may_give, &tree));
        let role_options = giveable.map(|role| (role.key.clone(), role_name(&page, &role.key, &role.name))).collect();
        let place_options = place_options(&page, &units_with(viewer, ASSIGN, &tree), viewer.can(ASSIGN, &everywhere));
        let none = viewer.can(EDIT, &everywhere).then(|| page.t("people-no-unit"));
        Ok(Self {
            unit: person.unit.and_then(|unit| names.get(&unit).cloned()).unwrap_or_default(),
            form: sent.form.unwrap_or_else(|| form_of(&person)),
            role_form: sent.role_form.unwrap_or_default(),
            units: unit_options(&units_with(viewer, EDIT, &tree), none),
            languages: language_options(&page, Some(page.t("me-language-browser"))),
            link: sent.link,
            is_self: id == viewer.person,
            page,
            person,
            roles,
            sessions,
            role_options,
            place_options,
            may_edit,
            may_assign,
        })
    }

    fn state(&self) -> &'static str {
        match (self.person.suspended_at, self.person.has_password) {
            (Some(_), _) => "suspended",
            (None, true) => "active",
            (None, false) => "invited",
        }
    }
}

fn viewer_may_give_somewhere(
    viewer: &Viewer,
    role: &Role,
    may_give: &impl Fn(&Role, &Scope) -> bool,
    tree: &[Unit],
) -> bool {
    may_give(role, &Scope::institution())
        || units_with(viewer, ASSIGN, tree).iter().any(|unit| may_give(role, &Scope::unit(&unit.path)))
}

fn form_of(person: &Person) -> Form {
    let unit = person.unit.map(|unit| unit.to_string()).unwrap_or_default();
    Form::of(&[
        ("given", person.given.as_str()),
        ("family", &person.family),
        ("email", &person.email),
        ("external_id", person.external_id.as_deref().unwrap_or_default()),
        ("unit", &unit),
        ("locale", person.locale.as_deref().unwrap_or_default()),
    ])
}

fn place_options(page: &Page, units: &[Unit], everywhere: bool) -> Vec<(String, String)> {
    let institution = everywhere.then(|| (place::written(INSTITUTION), page.t("place-institution")));
    let units = unit_options(units, None).into_iter().map(|(id, name)| (format!("unit:{id}"), name));
    institution.into_iter().chain(units).collect()
}

fn scope_of_grant(tree: &[Unit], grant: &Grant) -> Option<Scope> {
    match grant.scope_kind {
        ScopeKind::Institution => Some(Scope::institution()),
        ScopeKind::Unit => Some(scope_in(tree, Some(UnitId(grant.scope_id)))),
        _ => None,
    }
}

fn place_name(
    page: &Page,
    units: &HashMap<UnitId, String>,
    elsewhere: &HashMap<Place, String>,
    grant: &Grant,
) -> String {
    let found = match grant.scope_kind {
        ScopeKind::Institution => Some(page.t("place-institution")),
        ScopeKind::Unit => units.get(&UnitId(grant.scope_id)).cloned(),
        kind => elsewhere.get(&(kind, grant.scope_id)).cloned(),
    };
    found.unwrap_or_else(|| page.t(format!("place-some-{}", grant.scope_kind)))
}

async fn show(State(ctx): State<Ctx>, visitor: Visitor, Path(id): Path<PersonId>) -> web::Result {
    let own = ctx.clone();
    let shown = ctx
        .db
        .read(move |tx| {
            let viewer = visitor.signed_in(tx)?;
            ShowPerson::load(tx, &own, &viewer, id, Sent::default())
        })
        .await?;
    Ok(web::html(shown))
}

async fn change(State(ctx): State<Ctx>, visitor: Visitor, Path(id): Path<PersonId>, mut form: Form) -> web::Result {
    let viewer = visitor.viewer()?;
    let now = ctx.now();
    let (details, wrong) = details_of(&mut form).checked();
    blame_all(&wrong, &mut form, now);
    let own = ctx.clone();
    let changed = ctx
        .db
        .write(move |tx| {
            let (person, tree) = open_account(tx, &viewer, id)?;
            viewer.must(EDIT, &scope_in(&tree, details.unit))?;
            let details = Details { zone: person.zone, ..details };
            let changed = if form.has_errors() { Ok(()) } else { person::change(tx, id, &details, viewer.person) };
            match changed {
                Ok(()) if !form.has_errors() => return Ok(None),
                Ok(()) => {}
                Err(Error::Refused(refused)) => refused.blame(&mut form, now),
                Err(e) => return Err(e.into()),
            }
            let sent = Sent { form: Some(form), ..Sent::default() };
            ShowPerson::load(tx, &own, &viewer, id, sent).map(Some)
        })
        .await?;
    match changed {
        Some(page) => Ok(web::mistakes(page)),
        None => Ok(to(id).flash(FlashKind::Good, visitor.words().t("person-saved"), None)),
    }
}

fn to(id: PersonId) -> web::Response {
    web::see_other(format!("/institution/people/{id}"))
}

async fn give_role(State(ctx): State<Ctx>, visitor: Visitor, Path(id): Path<PersonId>, mut form: Form) -> web::Result {
    let viewer = visitor.viewer()?;
    let zone = visitor.words().zone.clone();
    let key = form.text("role").required().get();
    let wanted = place::read(form.value("place"));
    let starts = form.date_time("starts", &zone).get();
    let ends = form.date_time("ends", &zone).get();
    if starts.zip(ends).is_some_and(|(starts, ends)| ends <= starts) {
        Refused::EndBeforeStart.blame(&mut form, ctx.now());
    }
    let own = ctx.clone();
    let given = ctx
        .db
        .write(move |tx| {
            let (_, tree, scope) = open(tx, id)?;
            viewer.must(VIEW, &scope)?;
            let at = match wanted {
                Some(INSTITUTION) => Some(Scope::institution()),
                Some((ScopeKind::Unit, unit)) if tree.iter().any(|known| known.id.0 == unit) => {
                    Some(scope_in(&tree, Some(UnitId(unit))))
                }
                _ => None,
            };
            let Some((at, place)) = at.zip(wanted) else { return Err(web::Error::not_found()) };
            viewer.must(ASSIGN, &at)?;
            let (roles, settings) = role::defined(tx)?;
            let role = roles.into_iter().find(|role| role.key == key && key != crate::EVERYONE);
            match role {
                None => Refused::NoSuchRole.blame(&mut form, tx.now()),
                Some(role) if !role::may_give(&viewer.access, &role, &settings, &at) => {
                    Refused::RoleTooMighty.blame(&mut form, tx.now());
                }
                Some(role) if !form.has_errors() => {
                    let given =
                        grant::give(tx, id, &role.key, (place.0, Some(place.1)), starts, ends, Some(viewer.person))?;
                    return Ok(Ok(given));
                }
                Some(_) => {}
            }
            let sent = Sent { role_form: Some(form), ..Sent::default() };
            ShowPerson::load(tx, &own, &viewer, id, sent).map(Err)
        })
        .await?;
    match given {
        Ok(true) => Ok(to(id).flash(FlashKind::Good, visitor.words().t("person-role-given"), None)),
        Ok(false) => Ok(to(id).flash(FlashKind::Info, visitor.words().t("person-role-held"), None)),
        Err(page) => Ok(web::mistakes(page)),
    }
}

async fn take_role(
    State(ctx): State<Ctx>,
    visitor: Visitor,
    Path((id, grant_id)): Path<(PersonId, GrantId)>,
) -> web::Result {
    let viewer = visitor.viewer()?;
    ctx.db
        .write(move |tx| {
            viewer.must_anywhere(ASSIGN)?;
            let (_, tree, _) = open(tx, id)?;
            let grants = grant::of_person(tx, id)?;
            let held = grants.into_iter().find(|grant| grant.id == grant_id && grant.is_by_hand());
            let held = held.ok_or_else(web::Error::not_found)?;
            let at = scope_of_grant(&tree, &held).ok_or_else(web::Error::not_found)?;
            let (roles, settings) = role::defined(tx)?;
            let role = roles.iter().find(|role| role.id == held.role).ok_or_else(web::Error::not_found)?;
            if !role::may_give(&viewer.access, role, &settings, &at) {
                return Err(web::Error::from(Error::from(Refused::RoleTooMighty)));
            }
            grant::take_away(tx, grant_id, viewer.person)?;
            if held.role_key == ADMINISTRATOR && role::administrators(tx)? == 0 {
                return Err(web::Error::from(Error::from(Refused::LastAdministrator)));
            }
            Ok(())
        })
        .await?;
    Ok(to(id).flash(FlashKind::Good, visitor.words().t("person-role-taken"), None))
}

async fn invite(State(ctx): State<Ctx>, visitor: Visitor, Path(id): Path<PersonId>) -> web::Result {
    let viewer = visitor.viewer()?;
    let email = ctx
        .db
        .write(move |tx| {
            let (person, _) = open_account(tx, &viewer, id)?;
            account::invite(tx, id, viewer.person)?;
            Ok::<_, web::Error>(person.email)
        })
        .await?;
    Ok(to(id).flash(FlashKind::Good, visitor.words().ta("person-invited", &[("email", email)]), None))
}

/// The link is shown once, on the page itself: it would not be safe in a cookie.
async fn make_link(State(ctx): State<Ctx>, visitor: Visitor, Path(id): Path<PersonId>) -> web::Result {
    let viewer = visitor.viewer()?;
    let own = ctx.clone();
    let shown = ctx
        .db
        .write(move |tx| {
            let (person, _) = open_account(tx, &viewer, id)?;
            let token = account::link_for(tx, id, viewer.person)?;
            let path = if person.has_password { "reset" } else { "invitations" };
            let link = own.settings.url(&format!("/{path}/{}", token.text()));
            ShowPerson::load(tx, &own, &viewer, id, Sent { link: Some(link), ..Sent::default() })
        })
        .await?;
    Ok(web::html(shown))
}

async fn end_sessions(State(ctx): State<Ctx>, visitor: Visitor, Path(id): Path<PersonId>) -> web::Result {
    let viewer = visitor.viewer()?;
    let ended = ctx
        .db
        .write(move |tx| {
            open_account(tx, &viewer, id)?;
            Ok::<_, web::Error>(session::end_others(tx, id, viewer.session, viewer.person)?)
        })
        .await?;
    Ok(to(id).flash(FlashKind::Good, visitor.words().tn("me-sessions-ended", ended), None))
}

async fn end_session(
    State(ctx): State<Ctx>,
    visitor: Visitor,
    Path((id, session)): Path<(PersonId, SessionId)>,
) -> web::Result {
    let viewer = visitor.viewer()?;
    let ended = ctx
        .db
        .write(move |tx| {
            open_account(tx, &viewer, id)?;
            Ok::<_, web::Error>(session::end(tx, id, session, viewer.person)?)
        })
        .await?;
    if !ended {
        return Err(web::Error::not_found());
    }
    Ok(to(id).flash(FlashKind::Good, visitor.words().t("me-session-ended"), None))
}
