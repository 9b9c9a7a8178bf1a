//! Roles: what each may do, at the institution and, as an override, at narrower places.

use std::collections::{HashMap, HashSet};

use store::{Event, FromRow, Id, Time, Tx, params, sql};

use crate::access::Access;
use crate::decision::Setting;
use crate::error::{Error, Refused};
use crate::name;
use crate::permission::{ADMINISTRATOR, ASSIGN, BUILT_IN_ROLES, EDIT, PermissionInfo, ROLES, SETTINGS, UNITS};
use crate::scope::{INSTITUTION, Place, Scope, ScopeKind};
use crate::unit::Unit;
use crate::{Permission, PersonId, RoleId, UnitId};

/// How many roles there may be.
pub const ROLES_MAX: usize = 100;
/// How many overrides at units, courses, sections and activities there may be: each person's are read with each page.
pub const OVERRIDES_MAX: i64 = 2_000;

/// A role.
#[derive(Clone, Debug, PartialEq, Eq, FromRow)]
pub struct Role {
    /// The role.
    pub id: RoleId,
    /// Its key: fixed for built-in roles.
    pub key: String,
    /// Its name; empty for a built-in role, whose name is translated (`role-KEY`).
    pub name: String,
    /// What it is for.
    pub about: String,
    /// Whether it came with the program.
    pub built_in: bool,
}

/// What a role says about a permission at a place.
#[derive(Clone, Debug, PartialEq, Eq, FromRow)]
pub struct RoleSetting {
    /// The role.
    pub role: RoleId,
    /// The permission's name.
    pub permission: String,
    /// The kind of place.
    pub scope_kind: ScopeKind,
    /// The place; all zeros for the institution.
    pub scope_id: Id,
    /// What the role says.
    pub setting: Setting,
    /// Since when.
    pub at: Time,
    /// Who set it; none for a default.
    pub by: Option<PersonId>,
}

/// Makes the built-in roles and gives them their default permissions. Run at each start: what an administrator changed
/// stays, what a new version adds is added, and a default that a new version no longer has is taken back.
pub fn seed_roles(tx: &mut Tx<'_>, lists: &[&[PermissionInfo]]) -> store::Result<()> {
    let now = tx.now();
    let mut roles: HashMap<String, RoleId> = all(tx)?.into_iter().map(|role| (role.key, role.id)).collect();
    for key in BUILT_IN_ROLES.iter().filter(|key| !roles.contains_key(**key)).collect::<Vec<_>>() {
        let id: RoleId = tx.new_id();
        tx.execute(
            sql!("insert into role (id, key, built_in, made_at) values (?1, ?2, ?3, ?4) on conflict (key) do nothing"),
            params![id, *key, true, now],
        )?;
        let id = tx.value(sql!("select id from role where key = ?1"), params![*key])?;
        roles.insert((*key).to_owned(), id);
    }
    let defaults: HashSet<(RoleId, &str)> = lists
        .iter()
        .flat_map(|list| list.iter())
        .flat_map(|info| info.roles.iter().map(|key| (*key, info.permission.as_str())))
        .filter_map(|(key, permission)| roles.get(key).map(|role| (*role, permission)))
        .collect();
    let kept = settings_of_institution(tx)?;
    for (role, permission) in &defaults {
        if !kept.iter().any(|setting| setting.role == *role && setting.permission == *permission) {
            write_setting(tx, *role, permission, INSTITUTION, Setting::Allow, None)?;
        }
    }
    for old in kept.iter().filter(|old| old.by.is_none() && !defaults.contains(&(old.role, old.permission.as_str()))) {
        remove_setting(tx, old.role, &old.permission, INSTITUTION)?;
    }
    Ok(())
}

/// Every role: the built-in ones from wide to narrow, then the others by name.
pub fn all(tx: &mut Tx<'_>) -> store::Result<Vec<Role>> {
    let mut roles: Vec<Role> =
        tx.all(sql!("select id, key, name, about, built_in from role order by name, id"), params![])?;
    roles.sort_by_key(rank);
    Ok(roles)
}

/// A row of [`defined`]; the setting is none for a role that says nothing.
#[derive(FromRow)]
struct Defined {
    id: RoleId,
    key: String,
    name: String,
    about: String,
    built_in: bool,
    permission: Option<String>,
    setting: Option<Setting>,
    at: Option<Time>,
    by: Option<PersonId>,
}

/// Every role and its definition, [`all`] and [`settings_of_institution`] in one statement.
pub fn defined(tx: &mut Tx<'_>) -> store::Result<(Vec<Role>, Vec<RoleSetting>)> {
    let rows: Vec<Defined> = tx.all(
        sql!(
            "select r.id, r.key, r.name, r.about, r.built_in, s.permission, s.setting, s.at, s.by
             from role r left join role_setting s on s.role = r.id and s.scope_kind = 'institution'
             order by r.name, r.id, s.permission"
        ),
        params![],
    )?;
    let (mut roles, mut settings) = (Vec::<Role>::new(), Vec::new());
    for Defined { id, key, name, about, built_in, permission, setting, at, by } in rows {
        if roles.last().is_none_or(|last| last.id != id) {
            roles.push(Role { id, key, name, about, built_in });
        }
        if let (Some(permission), Some(setting), Some(at)) = (permission, setting, at) {
            let (scope_kind, scope_id) = INSTITUTION;
            settings.push(RoleSetting { role: id, permission, scope_kind, scope_id, setting, at, by });
        }
    }
    roles.sort_by_key(rank);
    Ok((roles, settings))
}

/// The built-in roles from wide to narrow, then the others.
fn rank(role: &Role) -> usize {
    BUILT_IN_ROLES.iter().position(|key| *key == role.key).unwrap_or(BUILT_IN_ROLES.len())
}

/// The role, where it exists.
pub fn find(tx: &mut Tx<'_>, id: RoleId) -> store::Result<Option<Role>> {
    tx.maybe(sql!("select id, key, name, about, built_in from role where id = ?1"), params![id])
}

/// The definition of every role.
pub fn settings_of_institution(tx: &mut Tx<'_>) -> store::Result<Vec<RoleSetting>> {
    tx.all(
        sql!(
            "select role, permission, scope_kind, scope_id, setting, at, by from role_setting
             where scope_kind = 'institution' order by role, permission"
        ),
        params![],
    )
}

/// What roles say at one place.
pub fn settings_at(tx: &mut Tx<'_>, place: Place) -> store::Result<Vec<RoleSetting>> {
    tx.all(
        sql!(
            "select role, permission, scope_kind, scope_id, setting, at, by from role_setting
             where scope_kind = ?1 and scope_id = ?2 order by role, permission"
        ),
        params![place.0, place.1],
    )
}

/// Every place narrower than the institution at which a role says something, with how much it says.
pub fn overrides(tx: &mut Tx<'_>) -> store::Result<Vec<(ScopeKind, Id, i64)>> {
    tx.all(
        sql!(
            "select scope_kind, scope_id, cast(count(*) as bigint) from role_setting
             where scope_kind <> 'institution' group by scope_kind, scope_id order by scope_kind, scope_id"
        ),
        params![],
    )
}

/// Says what a role may do at a place: its definition at the institution, an override elsewhere. The administrator's
/// role is not to be changed.
pub fn set(
    tx: &mut Tx<'_>,
    role: RoleId,
    permission: &str,
    place: Place,
    setting: Setting,
    by: PersonId,
) -> Result<(), Error> {
    let found = find(tx, role)?.ok_or(Refused::NoSuchRole)?;
    if found.key == ADMINISTRATOR {
        return Err(Refused::RoleBuiltIn.into());
    }
    if place == INSTITUTION {
        // "Inherit" is kept as a row, so that the next start does not put the default back.
        write_setting(tx, role, permission, place, setting, Some(by))?;
    } else if setting == Setting::Inherit {
        remove_setting(tx, role, permission, place)?;
    } else {
        let count: i64 = tx.value(
            sql!("select cast(count(*) as bigint) from role_setting where scope_kind <> 'institution'"),
            params![],
        )?;
        if count >= OVERRIDES_MAX {
            return Err(Refused::TooManyOverrides.into());
        }
        write_setting(tx, role, permission, place, setting, Some(by))?;
    }
    let mut event = Event::new("role.changed", "role", role).by(by);
    event = event.with("permission", permission).with("setting", setting.as_str());
    if place != INSTITUTION {
        event = event.within(place.0.as_str(), place.1);
    }
    tx.record(&event)?;
    Ok(())
}

fn write_setting(
    tx: &mut Tx<'_>,
    role: RoleId,
    permission: &str,
    place: Place,
    setting: Setting,
    by: Option<PersonId>,
) -> store::Result<()> {
    let now = tx.now();
    tx.execute(
        sql!(
            "insert into role_setting (role, permission, scope_kind, scope_id, setting, at, by)
             values (?1, ?2, ?3, ?4, ?5, ?6, ?7)
             on conflict (role, permission, scope_kind, scope_id)
             do update set setting = excluded.setting, at = excluded.at, by = excluded.by"
        ),
        params![role, permission, place.0, place.1, setting, now, by],
    )?;
    Ok(())
}

fn remove_setting(tx: &mut Tx<'_>, role: RoleId, permission: &str, place: Place) -> store::Result<()> {
    tx.execute(
        sql!("delete from role_setting where role = ?1 and permission = ?2 and scope_kind = ?3 and scope_id = ?4"),
        params![role, permission, place.0, place.1],
    )?;
    Ok(())
}

/// Adds a role of the institution's own, with what another role may do as a start.
pub fn create(tx: &mut Tx<'_>, called: &str, about: &str, like: Option<RoleId>, by: PersonId) -> Result<RoleId, Error> {
    let called = name::checked(called, name::NAME_MAX)?;
    let roles = all(tx)?;
    if roles.len() >= ROLES_MAX {
        return Err(Refused::TooManyRoles.into());
    }
    let key = key_of(&called);
    let same = |role: &Role| role.key == key || name::fold(&role.name) == name::fold(&called);
    if key.is_empty() || roles.iter().any(same) {
        return Err(Refused::RoleNameTaken.into());
    }
    let id: RoleId = tx.new_id();
    let now = tx.now();
    tx.execute(
        sql!("insert into role (id, key, name, about, built_in, made_at, made_by) values (?1, ?2, ?3, ?4, ?5, ?6, ?7)"),
        params![id, key, called, name::tidy(about), false, now, by],
    )?;
    if let Some(like) = like {
        for setting in settings_of_institution(tx)?.into_iter().filter(|setting| setting.role == like) {
            write_setting(tx, id, &setting.permission, INSTITUTION, setting.setting, Some(by))?;
        }
    }
    tx.record(&Event::new("role.added", "role", id).by(by).with("name", called))?;
    Ok(id)
}

/// Changes the name and purpose of a role that is not built in.
pub fn rename(tx: &mut Tx<'_>, id: RoleId, called: &str, about: &str, by: PersonId) -> Result<(), Error> {
    let called = name::checked(called, name::NAME_MAX)?;
    let roles = all(tx)?;
    let role = roles.iter().find(|role| role.id == id).ok_or(Refused::NoSuchRole)?;
    if role.built_in {
        return Err(Refused::RoleBuiltIn.into());
    }
    if roles.iter().any(|other| other.id != id && name::fold(&other.name) == name::fold(&called)) {
        return Err(Refused::RoleNameTaken.into());
    }
    let sql = sql!("update role set name = ?2, about = ?3 where id = ?1");
    tx.execute(sql, params![id, called, name::tidy(about)])?;
    tx.record(&Event::new("role.renamed", "role", id).by(by).with("name", called))?;
    Ok(())
}

/// Deletes a role of the institution's own that nobody holds.
pub fn delete(tx: &mut Tx<'_>, id: RoleId, by: PersonId) -> Result<(), Error> {
    let role = find(tx, id)?.ok_or(Refused::NoSuchRole)?;
    if role.built_in {
        return Err(Refused::RoleBuiltIn.into());
    }
    let held: bool = tx.value(sql!("select exists (select 1 from role_grant where role = ?1)"), params![id])?;
    if held {
        return Err(Refused::RoleInUse.into());
    }
    tx.execute(sql!("delete from role where id = ?1"), params![id])?;
    tx.record(&Event::new("role.deleted", "role", id).by(by).with("name", role.name))?;
    Ok(())
}

/// Letters, digits and hyphens of a name.
fn key_of(called: &str) -> String {
    let folded = name::fold(called);
    let words = folded.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join("-").chars().take(60).collect()
}

/// Whether someone may give a role at a place: nobody may give more than they may do there themselves, and only an
/// administrator may make another one.
pub fn may_give(access: &Access, role: &Role, settings: &[RoleSetting], scope: &Scope) -> bool {
    let own = |permission: &str| access.answer(permission, scope).0.is_allowed();
    let is_administrator = access.roles().iter().any(|held| held.key == ADMINISTRATOR && held.is_held_at(scope));
    if is_administrator {
        return true;
    }
    role.key != ADMINISTRATOR
        && own(ASSIGN.as_str())
        && settings
            .iter()
            .filter(|setting| setting.role == role.id && setting.setting == Setting::Allow)
            .all(|setting| own(&setting.permission))
}

/// The permissions by which one can get at accounts and rights of others.
const POWERS: &[Permission] = &[EDIT, ASSIGN, UNITS, ROLES, SETTINGS];

/// Whether someone may lay hands on an account (its address, its password, its sessions): nobody may on that of a person
/// who has powers where they have none, since with the account come the powers. `tree` is the tree of units.
pub fn reaches(access: &Access, other: &Access, tree: &[Unit]) -> bool {
    if access.is_administrator() {
        return true;
    }
    if other.holds(ADMINISTRATOR) {
        return false;
    }
    POWERS.iter().all(|power| {
        let with = other.scopes_with(*power);
        let everywhere = !with.institution || access.can(*power, &Scope::institution());
        let unit_scope = |id: &UnitId| tree.iter().find(|unit| unit.id == *id).map(|unit| Scope::unit(&unit.path));
        everywhere && with.units.iter().filter_map(unit_scope).all(|scope| access.can(*power, &scope))
    })
}

/// The roles that give any of these powers anywhere.
pub fn with_powers(roles: &[Role], settings: &[RoleSetting]) -> HashSet<RoleId> {
    let gives = |setting: &&RoleSetting| {
        setting.setting == Setting::Allow && POWERS.iter().any(|power| power.as_str() == setting.permission)
    };
    let administrators = roles.iter().filter(|role| role.key == ADMINISTRATOR).map(|role| role.id);
    settings.iter().filter(gives).map(|setting| setting.role).chain(administrators).collect()
}

/// How many people are administrators of the whole institution now and may sign in.
pub fn administrators(tx: &mut Tx<'_>) -> store::Result<i64> {
    let now = tx.now();
    tx.value(
        sql!(
            "select cast(count(distinct g.person) as bigint) from role_grant g join role r on r.id = g.role
             where r.key = 'administrator' and g.scope_kind = 'institution'
               and (g.starts is null or g.starts <= ?1) and (g.ends is null or g.ends > ?1)
               and not exists (select 1 from suspension x where x.person = g.person)"
        ),
        params![now],
    )
}
