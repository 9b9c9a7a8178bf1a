//! What would happen to each row.

use std::collections::{HashMap, HashSet};

use serde::{Deserialize, Serialize};
use store::{FromRow, Id, Ids, Json, Result, Tx, params, sql};

use super::table::Row;
use crate::access::Access;
use crate::error::Refused;
use crate::name;
use crate::permission::EDIT;
use crate::person::{self, Details};
use crate::role::{self, Role, RoleSetting};
use crate::scope::{INSTITUTION, Place, Scope, ScopeKind};
use crate::unit::{self, Unit};
use crate::{PersonId, RoleId, UnitId};

/// How many roles a row may name.
const ROLES_MAX: usize = 20;

/// What a row does, or would do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Outcome {
    /// A new person.
    Added,
    /// A person who is there, with something new.
    Changed,
    /// A person who is there just so.
    Unchanged,
    /// Nothing, for the reasons given.
    Refused,
}

impl Outcome {
    /// Every outcome.
    pub const ALL: [Self; 4] = [Self::Added, Self::Changed, Self::Unchanged, Self::Refused];

    /// Its name in an address and in the report.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Added => "added",
            Self::Changed => "changed",
            Self::Unchanged => "unchanged",
            Self::Refused => "refused",
        }
    }
}

/// Why a row is refused. Each is a message with at most one value.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "reason", content = "value", rename_all = "kebab-case")]
#[expect(missing_docs, reason = "each says itself what is wrong")]
pub enum Reason {
    EmailMissing,
    EmailInvalid,
    GivenMissing,
    FamilyTooLong,
    ExternalIdTooLong,
    CellTooLong,
    LocaleUnknown(String),
    UnitUnknown(String),
    UnitAmbiguous(String),
    RoleUnknown(String),
    RoleTooMighty(String),
    TooManyRoles,
    /// The address is that of another person, who has this external id or none.
    EmailTaken(String),
    /// The same person stands on an earlier line.
    Twice(u64),
    /// The person, or the unit, is outside of what the importing person may change.
    NotYours,
}

impl Reason {
    /// The Fluent message that says it; it takes `value`.
    pub fn message_id(&self) -> &'static str {
        match self {
            Self::EmailMissing => web::word!("people-import-email-missing"),
            Self::EmailInvalid => web::word!("people-import-email-invalid"),
            Self::GivenMissing => web::word!("people-import-given-missing"),
            Self::FamilyTooLong => web::word!("people-import-family-long"),
            Self::ExternalIdTooLong => web::word!("people-import-external-id-long"),
            Self::CellTooLong => web::word!("people-import-cell-long"),
            Self::LocaleUnknown(_) => web::word!("people-import-locale-unknown"),
            Self::UnitUnknown(_) => web::word!("people-import-unit-unknown"),
            Self::UnitAmbiguous(_) => web::word!("people-import-unit-ambiguous"),
            Self::RoleUnknown(_) => web::word!("people-import-role-unknown"),
            Self::RoleTooMighty(_) => web::word!("people-import-role-mighty"),
            Self::TooManyRoles => web::word!("people-import-too-many-roles"),
            Self::EmailTaken(id) if id.is_empty() => web::word!("people-import-email-taken-plain"),
            Self::EmailTaken(_) => web::word!("people-import-email-taken"),
            Self::Twice(_) => web::word!("people-import-twice"),
            Self::NotYours => web::word!("people-import-not-yours"),
        }
    }

    /// The value that the message names.
    pub fn value(&self) -> String {
        match self {
            Self::LocaleUnknown(value)
            | Self::UnitUnknown(value)
            | Self::UnitAmbiguous(value)
            | Self::RoleUnknown(value)
            | Self::RoleTooMighty(value)
            | Self::EmailTaken(value) => value.clone(),
            Self::Twice(line) => line.to_string(),
            _ => String::new(),
        }
    }
}

/// What a row comes to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Planned {
    /// The line of the file.
    pub line: u64,
    /// The name in the row, else the one that is kept.
    pub name: String,
    /// The address in the row, else the one that is kept.
    pub email: String,
    /// What happens.
    pub outcome: Outcome,
    /// What is new: `field: old → new`, or the name of a role.
    #[serde(default)]
    pub changes: Vec<Change>,
    /// Why nothing happens.
    #[serde(default)]
    pub reasons: Vec<Reason>,
}

/// One thing that is new for a person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change {
    /// The column.
    pub field: String,
    /// What was there.
    pub from: String,
    /// What comes.
    pub to: String,
}

/// What is to be written for a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Deed {
    /// The person who is there already.
    pub person: Option<PersonId>,
    /// Everything about them, old and new together.
    pub details: Details,
    /// Whether anything of that is new.
    pub details_are_new: bool,
    /// The roles to give.
    pub roles: Vec<(String, Place)>,
}

/// A person who is there already.
#[derive(Clone, Debug, PartialEq, Eq, FromRow)]
pub struct KnownPerson {
    id: PersonId,
    given: String,
    family: String,
    email: String,
    external_id: Option<String>,
    unit: Option<UnitId>,
    locale: Option<String>,
    zone: Option<String>,
}

/// What the plan is held against.
#[derive(Debug, Default)]
pub struct Known {
    by_email: HashMap<String, KnownPerson>,
    by_external_id: HashMap<String, KnownPerson>,
    held: HashMap<PersonId, Vec<(RoleId, Place)>>,
    powerful: HashSet<PersonId>,
    units: Vec<Unit>,
    full_names: HashMap<UnitId, String>,
    units_by_name: HashMap<String, Vec<UnitId>>,
    roles: Vec<Role>,
    role_settings: Vec<RoleSetting>,
    access: Access,
}

impl Known {
    /// Reads what concerns these rows: five statements, however many rows there are.
    pub fn load(tx: &mut Tx<'_>, rows: &[Row], access: Access) -> Result<Self> {
        let emails: Vec<String> = rows.iter().filter_map(|row| person::normal_email(&row.email).ok()).collect();
        let ids: Vec<&str> = rows.iter().map(|row| row.external_id.as_str()).filter(|id| !id.is_empty()).collect();
        let mut known = Self { access, ..Self::default() };
        for person in people_with(tx, &emails, &ids)? {
            if let Some(external_id) = &person.external_id {
                known.by_external_id.insert(external_id.clone(), person.clone());
            }
            known.by_email.insert(person.email.clone(), person);
        }
        let people: Vec<PersonId> = known.by_email.values().map(|person| person.id).collect();
        let held: Vec<(PersonId, RoleId, ScopeKind, Id, bool)> = tx.all(
            sql!(
                "select person, role, scope_kind, scope_id, source = id and starts is null and ends is null
                 from role_grant where person in ids(?1)"
            ),
            params![Ids(&people)],
        )?;
        known.units = unit::tree(tx)?;
        known.full_names = unit::full_names(&known.units);
        for unit in &known.units {
            let full = known.full_names.get(&unit.id).map(|full| name::fold(full)).unwrap_or_default();
            known.units_by_name.entry(full.clone()).or_default().push(unit.id);
            let short = name::fold(&unit.name);
            if short != full {
                known.units_by_name.entry(short).or_default().push(unit.id);
            }
        }
        (known.roles, known.role_settings) = role::defined(tx)?;
        let powers = role::with_powers(&known.roles, &known.role_settings);
        for (person, role, kind, id, is_plain) in held {
            if is_plain {
                known.held.entry(person).or_default().push((role, (kind, id)));
            }
            if powers.contains(&role) {
                known.powerful.insert(person);
            }
        }
        Ok(known)
    }

    fn scope_of(&self, unit: Option<UnitId>) -> Scope {
        let path = unit.and_then(|id| self.units.iter().find(|unit| unit.id == id)).map(|unit| &unit.path);
        path.map_or_else(Scope::institution, Scope::unit)
    }

    fn may_edit(&self, unit: Option<UnitId>) -> bool {
        self.access.can(EDIT, &self.scope_of(unit))
    }

    fn unit_named(&self, text: &str) -> std::result::Result<UnitId, Reason> {
        let parts: Vec<String> = text.split(['/', '>']).map(name::fold).map(|part| name::tidy(&part)).collect();
        match self.units_by_name.get(&parts.join(" / ")).map(Vec::as_slice) {
            Some([one]) => Ok(*one),
            Some([_, ..]) => Err(Reason::UnitAmbiguous(text.to_owned())),
            _ => Err(Reason::UnitUnknown(text.to_owned())),
        }
    }

    fn role_named(&self, text: &str) -> std::result::Result<&Role, Reason> {
        let wanted = name::fold(text);
        let named = |role: &&Role| role.key == wanted || (!role.name.is_empty() && name::fold(&role.name) == wanted);
        self.roles
            .iter()
            .find(named)
            .filter(|role| role.key != crate::EVERYONE)
            .ok_or(Reason::RoleUnknown(text.to_owned()))
    }

    fn unit_name(&self, unit: Option<UnitId>) -> String {
        unit.and_then(|id| self.full_names.get(&id).cloned()).unwrap_or_default()
    }
}

fn people_with(tx: &mut Tx<'_>, emails: &[String], external_ids: &[&str]) -> Result<Vec<KnownPerson>> {
    tx.all(
        sql!(
            sqlite: "select id, given, family, email, external_id, unit, locale, zone from person
                     where email in (select value from json_each(?1))
                        or external_id in (select value from json_each(?2))",
            postgres: "select id, given, family, email, external_id, unit, locale, zone from person
                       where email in (select jsonb_array_elements_text(cast(?1 as jsonb)))
                          or external_id in (select jsonb_array_elements_text(cast(?2 as jsonb)))",
        ),
        params![Json(emails), Json(external_ids)],
    )
}

/// Marks the rows whose person stands on an earlier line.
pub fn mark_doubles(rows: &mut [Row]) {
    let (mut by_email, mut by_id) = (HashMap::new(), HashMap::new());
    for row in rows {
        let email = person::normal_email(&row.email).ok();
        let id = Some(row.external_id.clone()).filter(|id| !id.is_empty());
        let earlier = [email.as_ref().and_then(|email| by_email.get(email)), id.as_ref().and_then(|id| by_id.get(id))];
        row.twice = earlier.into_iter().flatten().min().copied();
        if row.twice.is_none() {
            by_email.extend(email.map(|email| (email, row.line)));
            by_id.extend(id.map(|id| (id, row.line)));
        }
    }
}

/// What a row comes to, and what is to be written for it. Cells that are empty leave what is there; roles are only ever
/// given, never taken away. A person is known by the external id, else by the address.
pub fn plan(row: &Row, known: &Known) -> (Planned, Option<Deed>) {
    let mut reasons = Vec::new();
    if let Some(first) = row.twice {
        reasons.push(Reason::Twice(first));
    }
    if row.too_long {
        reasons.push(Reason::CellTooLong);
    }
    let email = person::normal_email(&row.email);
    let by_id = known.by_external_id.get(&row.external_id).filter(|_| !row.external_id.is_empty());
    let by_email = email.as_ref().ok().and_then(|email| known.by_email.get(email));
    let person = by_id.or(by_email);
    check_key(row, person, by_email, email.is_ok(), &mut reasons);

    let unit = unit_of(row, person, known, &mut reasons);
    let roles = roles_of(row, known, &mut reasons);
    if !row.locale.is_empty() && !person::known_locale(&row.locale) {
        reasons.push(Reason::LocaleUnknown(row.locale.clone()));
    }
    let details = merged(row, person, email.ok(), unit);
    let (details, wrong) = details.checked();
    for refused in wrong {
        reasons.extend(reason_of(&refused).filter(|reason| !reasons.contains(reason)));
    }
    let changes = changes(person, &details, &roles, known);
    let outcome = match (reasons.is_empty(), person.is_some(), changes.is_empty()) {
        (false, ..) => Outcome::Refused,
        (true, false, _) => Outcome::Added,
        (true, true, false) => Outcome::Changed,
        (true, true, true) => Outcome::Unchanged,
    };
    let planned = Planned {
        line: row.line,
        name: person::called(&details.given, &details.family),
        email: details.email.clone(),
        outcome,
        changes,
        reasons,
    };
    let new_roles = roles.into_iter().filter(|(role, place)| !holds(known, person, *role, *place));
    let key = |id: RoleId| known.roles.iter().find(|role| role.id == id).map(|role| role.key.clone());
    let deed = Deed {
        person: person.map(|person| person.id),
        details_are_new: planned.changes.iter().any(|change| change.field != "role"),
        details,
        roles: new_roles.filter_map(|(role, place)| Some((key(role)?, place))).collect(),
    };
    let does = matches!(planned.outcome, Outcome::Added | Outcome::Changed);
    (planned, does.then_some(deed))
}

fn check_key(
    row: &Row,
    person: Option<&KnownPerson>,
    by_email: Option<&KnownPerson>,
    email_is_right: bool,
    reasons: &mut Vec<Reason>,
) {
    if row.email.is_empty() {
        if person.is_none() {
            reasons.push(Reason::EmailMissing);
        }
    } else if !email_is_right {
        reasons.push(Reason::EmailInvalid);
    }
    // The address belongs to somebody else: to whom the file gives another external id, or who is not meant at all.
    let owner = by_email.filter(|owner| person.is_some_and(|person| person.id != owner.id));
    let other_id = by_email.filter(|owner| {
        !row.external_id.is_empty() && owner.external_id.as_deref().is_some_and(|kept| kept != row.external_id)
    });
    if let Some(owner) = owner.or(other_id) {
        reasons.push(Reason::EmailTaken(owner.external_id.clone().unwrap_or_default()));
    }
}

fn unit_of(row: &Row, person: Option<&KnownPerson>, known: &Known, reasons: &mut Vec<Reason>) -> Option<UnitId> {
    let kept = person.and_then(|person| person.unit);
    let wanted = if row.unit.is_empty() {
        kept
    } else {
        known.unit_named(&row.unit).map_err(|reason| reasons.push(reason)).ok().or(kept)
    };
    // The account of a person with powers over others is for the administrator alone to change by a list.
    let is_powerful = person.is_some_and(|person| known.powerful.contains(&person.id));
    let is_out_of_reach = is_powerful && !known.access.is_administrator();
    if is_out_of_reach || !known.may_edit(wanted) || (person.is_some() && !known.may_edit(kept)) {
        reasons.push(Reason::NotYours);
    }
    wanted
}

fn roles_of(row: &Row, known: &Known, reasons: &mut Vec<Reason>) -> Vec<(RoleId, Place)> {
    let mut roles = Vec::new();
    let parts: Vec<&str> = row.roles.split(['|', ';', ',']).map(str::trim).filter(|part| !part.is_empty()).collect();
    if parts.len() > ROLES_MAX {
        reasons.push(Reason::TooManyRoles);
        return roles;
    }
    for part in parts {
        let (role, at) = part.split_once('@').map_or((part, None), |(role, at)| (role.trim(), Some(at.trim())));
        let found = known.role_named(role).and_then(|role| {
            let unit = at.map(|at| known.unit_named(at)).transpose()?;
            if role::may_give(&known.access, role, &known.role_settings, &known.scope_of(unit)) {
                Ok((role.id, unit.map_or(INSTITUTION, |unit| (ScopeKind::Unit, unit.0))))
            } else {
                Err(Reason::RoleTooMighty(part.to_owned()))
            }
        });
        match found {
            Ok(role) if !roles.contains(&role) => roles.push(role),
            Ok(_) => {}
            Err(reason) => reasons.push(reason),
        }
    }
    roles
}

fn merged(row: &Row, person: Option<&KnownPerson>, email: Option<String>, unit: Option<UnitId>) -> Details {
    let or = |new: &str, old: Option<&str>| if new.is_empty() { old.unwrap_or_default() } else { new }.to_owned();
    Details {
        given: or(&row.given, person.map(|person| person.given.as_str())),
        family: or(&row.family, person.map(|person| person.family.as_str())),
        email: email.or_else(|| person.map(|person| person.email.clone())).unwrap_or_else(|| row.email.clone()),
        external_id: Some(row.external_id.clone())
            .filter(|id| !id.is_empty())
            .or_else(|| person.and_then(|person| person.external_id.clone())),
        unit,
        locale: Some(row.locale.clone())
            .filter(|locale| !locale.is_empty() && person::known_locale(locale))
            .or_else(|| person.and_then(|person| person.locale.clone())),
        zone: person.and_then(|person| person.zone.clone()),
    }
}

fn reason_of(refused: &Refused) -> Option<Reason> {
    match refused {
        Refused::GivenMissing => Some(Reason::GivenMissing),
        Refused::FamilyTooLong => Some(Reason::FamilyTooLong),
        Refused::ExternalIdTooLong => Some(Reason::ExternalIdTooLong),
        // Said already, with the value.
        _ => None,
    }
}

fn holds(known: &Known, person: Option<&KnownPerson>, role: RoleId, place: Place) -> bool {
    let held = person.and_then(|person| known.held.get(&person.id));
    held.is_some_and(|held| held.contains(&(role, place)))
}

fn changes(person: Option<&KnownPerson>, details: &Details, roles: &[(RoleId, Place)], known: &Known) -> Vec<Change> {
    let text = |value: Option<&String>| value.cloned().unwrap_or_default();
    let old = |get: fn(&KnownPerson) -> String| person.map(get).unwrap_or_default();
    let fields = [
        ("given", old(|p| p.given.clone()), details.given.clone()),
        ("family", old(|p| p.family.clone()), details.family.clone()),
        ("email", old(|p| p.email.clone()), details.email.clone()),
        ("external_id", old(|p| p.external_id.clone().unwrap_or_default()), text(details.external_id.as_ref())),
        ("unit", known.unit_name(person.and_then(|p| p.unit)), known.unit_name(details.unit)),
        ("locale", old(|p| p.locale.clone().unwrap_or_default()), text(details.locale.as_ref())),
    ];
    let fields = fields.into_iter().filter(|(_, from, to)| from != to);
    let fields = fields.map(|(field, from, to)| Change { field: field.to_owned(), from, to });
    let new = roles.iter().filter(|(role, place)| !holds(known, person, *role, *place));
    let new = new.filter_map(|(id, place)| {
        let role = known.roles.iter().find(|role| role.id == *id)?;
        let called = if role.name.is_empty() { &role.key } else { &role.name };
        let at =
            if *place == INSTITUTION { String::new() } else { format!("@{}", known.unit_name(Some(UnitId(place.1)))) };
        Some(Change { field: "role".to_owned(), from: String::new(), to: format!("{called}{at}") })
    });
    fields.chain(new).collect()
}
