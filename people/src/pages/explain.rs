//! Why may this person do that, or why not: asked by those who run the place.

use askama::Template;
use axum::extract::State;
use store::Tx;
use web::{Access, Ctx, Form, Page, Routes, word};

use super::{role_name, unit_options};
use crate::access::HeldGrant;
use crate::explain::{self, Background, Explanation, NotHere, RoleReason, Verdict};
use crate::permission::{EXPLAIN, Permissions};
use crate::person;
use crate::scope::{INSTITUTION, Place, Scope, ScopeKind};
use crate::unit::{self, Unit};
use crate::{PersonId, Places, Viewer, Visitor, place};

pub(super) fn routes() -> Routes {
    Routes::new().get("/access/explain", Access::Needs(EXPLAIN.as_str()), show)
}

#[derive(Template)]
#[template(path = "people/explain.html")]
struct Explain {
    page: Page,
    form: Form,
    permissions: Vec<(String, String)>,
    places: Vec<(String, String)>,
    answer: Option<Answer>,
}

/// The answer in words.
struct Answer {
    person: PersonId,
    name: String,
    permission: String,
    place: String,
    allowed: bool,
    verdict: String,
    roles: Vec<Words>,
    not_here: Vec<String>,
    would_allow: Vec<String>,
    is_suspended: bool,
}

/// What one role says, in words.
struct Words {
    name: String,
    says: String,
    held: Vec<String>,
    decides: bool,
}

async fn show(State(ctx): State<Ctx>, visitor: Visitor, mut form: Form) -> web::Result {
    let own = ctx.clone();
    let shown = ctx
        .db
        .read(move |tx| {
            let viewer = visitor.signed_in(tx)?;
            viewer.must_anywhere(EXPLAIN)?;
            let page = viewer.page(&own, "institution");
            let tree = unit::tree(tx)?;
            let permissions = Permissions::of(&own);
            let at = place::read(form.value("place")).unwrap_or(INSTITUTION);
            let known = own.find::<Places>().unwrap_or_default();
            let (place_name, scope) = locate(tx, &known, &tree, at)?.ok_or_else(web::Error::not_found)?;
            // A link from a person's page names only the person: nothing has been asked yet.
            let answer = if form.value("person").is_empty() || form.value("permission").is_empty() {
                None
            } else {
                viewer.must(EXPLAIN, &scope)?;
                let asked = Asked {
                    page: &page,
                    tree: &tree,
                    permissions: &permissions,
                    scope: &scope,
                    place_name: &place_name,
                    at,
                };
                asked.answer(tx, &mut form)?
            };
            let places = place_options(&page, &viewer, &tree, (at, &scope, &place_name));
            let options = permissions.0.iter().flat_map(|list| list.iter());
            let permissions = options.map(|info| (info.permission.to_string(), page.t(info.label_id))).collect();
            Ok::<_, web::Error>(Explain { page, form, permissions, places, answer })
        })
        .await?;
    Ok(web::html(shown))
}

/// Units come from the tree that is there already.
fn locate(tx: &mut Tx<'_>, known: &Places, tree: &[Unit], at: Place) -> Result<Option<(String, Scope)>, web::Error> {
    match at {
        (ScopeKind::Unit, id) => {
            let unit = tree.iter().find(|unit| unit.id.0 == id);
            Ok(unit.map(|unit| (unit.name.clone(), Scope::unit(&unit.path))))
        }
        other => Ok(known.find(tx, other)?),
    }
}

fn place_options(
    page: &Page,
    viewer: &Viewer,
    tree: &[Unit],
    (at, scope, name): (Place, &Scope, &str),
) -> Vec<(String, String)> {
    let everywhere = viewer.can(EXPLAIN, &Scope::institution());
    let mut places = Vec::new();
    if everywhere {
        places.push((place::written(INSTITUTION), page.t("place-institution")));
    }
    // A course or an activity, to which a link led.
    if !matches!(at.0, ScopeKind::Institution | ScopeKind::Unit) && viewer.can(EXPLAIN, scope) {
        places.push((place::written(at), name.to_owned()));
    }
    let units = super::units_with(viewer, EXPLAIN, tree);
    places.extend(unit_options(&units, None).into_iter().map(|(id, name)| (format!("unit:{id}"), name)));
    places
}

struct Asked<'a> {
    page: &'a Page,
    tree: &'a [Unit],
    permissions: &'a Permissions,
    scope: &'a Scope,
    place_name: &'a str,
    at: Place,
}

impl Asked<'_> {
    /// Four statements at most; none, and a mistake at the field, where there is no such person.
    fn answer(&self, tx: &mut Tx<'_>, form: &mut Form) -> Result<Option<Answer>, web::Error> {
        let info = self.permissions.find(form.value("permission"));
        let person = person::find_by_email(tx, form.value("person"))?;
        let (Some(info), Some(person)) = (info, person.as_ref()) else {
            if person.is_none() {
                form.fail("person", word!("explain-nobody"));
            }
            if info.is_none() {
                form.fail("permission", word!("field-choice"));
            }
            return Ok(None);
        };
        let access = crate::Access::load(tx, person.id)?;
        let why = access.explain(info.permission.as_str(), self.scope);
        let names = explain::background(tx, person.id, info.permission.as_str(), self.scope, &why)?;
        let role = |(key, name): &(String, String)| role_name(self.page, key, name);
        Ok(Some(Answer {
            person: person.id,
            name: person.name.clone(),
            permission: self.page.t(info.label_id),
            place: if self.at == INSTITUTION { self.page.t("place-institution") } else { self.place_name.to_owned() },
            allowed: why.allowed,
            verdict: self.verdict(&why),
            roles: why.roles.iter().map(|role| self.role(role, &names)).collect(),
            not_here: names.not_here.iter().map(|held| self.not_here(held)).collect(),
            would_allow: if why.allowed { Vec::new() } else { names.would_allow.iter().map(role).collect() },
            is_suspended: person.suspended_at.is_some(),
        }))
    }

    fn verdict(&self, why: &Explanation) -> String {
        let role = why.roles.first().map(|role| role_name(self.page, &role.key, &role.name)).unwrap_or_default();
        match why.verdict {
            Verdict::Administrator => self.page.t("explain-administrator"),
            Verdict::Allowed => self.page.ta("explain-allowed", &[("role", role)]),
            Verdict::Prohibited => self.page.ta("explain-prohibited", &[("role", role)]),
            Verdict::Prevented => self.page.ta("explain-prevented", &[("role", role)]),
            Verdict::Silent => self.page.t("explain-silent"),
        }
    }

    fn role(&self, reason: &RoleReason, names: &Background) -> Words {
        let says = match &reason.said {
            None if reason.key == crate::ADMINISTRATOR => self.page.t("explain-role-everything"),
            None => self.page.t("explain-role-silent"),
            Some(said) => {
                let setting = self.page.t(format!("setting-{}", reason.setting));
                let place = self.place(said.place);
                let by = said.by.and_then(|by| names.people.get(&by));
                match by {
                    Some(by) => {
                        let date = self.page.time(said.at).short();
                        let args = [("setting", setting.as_str()), ("place", &place), ("name", by), ("date", &date)];
                        self.page.ta("explain-role-says-by", &args)
                    }
                    None => self.page.ta("explain-role-says", &[("setting", setting), ("place", place)]),
                }
            }
        };
        let held = reason.grants.iter().map(|grant| self.grant(grant, names)).collect();
        Words { name: role_name(self.page, &reason.key, &reason.name), says, held, decides: reason.decides }
    }

    fn grant(&self, grant: &HeldGrant, names: &Background) -> String {
        let (place, date) = (self.place(grant.place), self.page.time(grant.at).short());
        match grant.by.and_then(|by| names.people.get(&by)) {
            Some(by) => self.page.ta("explain-held-by", &[("place", place.as_str()), ("date", &date), ("name", by)]),
            None => self.page.ta("explain-held", &[("place", place), ("date", date)]),
        }
    }

    fn not_here(&self, held: &NotHere) -> String {
        let role = role_name(self.page, &held.key, &held.name);
        let place = self.place(held.place);
        let now = self.page.now;
        if let Some(starts) = held.starts.filter(|starts| *starts > now) {
            let date = self.page.time(starts).short_full();
            return self.page.ta("explain-not-yet", &[("role", role), ("place", place), ("date", date)]);
        }
        if let Some(ends) = held.ends.filter(|ends| *ends <= now) {
            let date = self.page.time(ends).short_full();
            return self.page.ta("explain-no-longer", &[("role", role), ("place", place), ("date", date)]);
        }
        self.page.ta("explain-elsewhere", &[("role", role), ("place", place)])
    }

    fn place(&self, place: Place) -> String {
        if place == self.at && place != INSTITUTION {
            return self.place_name.to_owned();
        }
        match place {
            INSTITUTION => self.page.t("place-institution"),
            (ScopeKind::Unit, id) => {
                let unit = self.tree.iter().find(|unit| unit.id.0 == id);
                unit.map_or_else(|| self.page.t("place-some-unit"), |unit| unit.name.clone())
            }
            (kind, _) => self.page.t(format!("place-some-{kind}")),
        }
    }
}
