//! Why the answer is yes or no.

use std::collections::HashMap;

use store::{FromRow, Id, Ids, Result, Time, Tx, params, sql};

use crate::access::{Access, HeldGrant};
use crate::decision::{Decision, Setting};
use crate::permission::ADMINISTRATOR;
use crate::scope::{Place, Scope, ScopeKind};
use crate::{PersonId, RoleId};

/// The answer, and what it rests on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Explanation {
    /// Yes or no.
    pub allowed: bool,
    /// In one word.
    pub verdict: Verdict,
    /// What each role that is held on the way says, the deciding one first.
    pub roles: Vec<RoleReason>,
}

/// The answer in one word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// The administrator may do everything.
    Administrator,
    /// A role allows it.
    Allowed,
    /// A role prohibits it, whatever others say.
    Prohibited,
    /// A role would allow it, but no longer does at a narrower place.
    Prevented,
    /// No role that is held here says anything about it.
    Silent,
}

/// What one role says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RoleReason {
    /// The role.
    pub role: RoleId,
    /// Its key.
    pub key: String,
    /// Its name; empty for a built-in role.
    pub name: String,
    /// Where, since when and from whom it is held; none for `everyone`.
    pub grants: Vec<HeldGrant>,
    /// What it says in the end.
    pub setting: Setting,
    /// Where it says so, since when and by whom; none where it says nothing, or where the role needs no setting.
    pub said: Option<Said>,
    /// Whether the answer rests on it.
    pub decides: bool,
}

/// Where a role says something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Said {
    /// The place.
    pub place: Place,
    /// Since when.
    pub at: Time,
    /// By whom; none for the default that came with the program.
    pub by: Option<PersonId>,
}

impl Access {
    /// Answers like [`Access::can`] and says why.
    pub fn explain(&self, permission: &str, scope: &Scope) -> Explanation {
        let (decision, held) = self.answer(permission, scope);
        let decider = match decision {
            Decision::Allowed(role) | Decision::Prohibited(role) => Some(role),
            Decision::NotAllowed(role) => role,
        };
        let mut roles: Vec<RoleReason> = Vec::with_capacity(held.len());
        for (number, role) in held.iter().enumerate() {
            let along = role.settings_along(permission, scope);
            let prohibits = along.iter().find(|held| held.setting == Setting::Prohibit);
            let spoken = along.iter().rev().find(|held| held.setting != Setting::Inherit);
            let says = prohibits.or(spoken);
            let grants = role.grants.iter().filter(|grant| scope.depth_of(grant.place).is_some());
            roles.push(RoleReason {
                role: role.id,
                key: role.key.clone(),
                name: role.name.clone(),
                grants: grants.cloned().collect(),
                setting: says.map_or(Setting::Inherit, |held| held.setting),
                said: says.map(|held| Said { place: held.place, at: held.at, by: held.by }),
                decides: Some(number) == decider,
            });
        }
        let by_administrator = decider.and_then(|role| held.get(role)).is_some_and(|role| role.key == ADMINISTRATOR);
        let verdict = match decision {
            Decision::Allowed(_) if by_administrator => Verdict::Administrator,
            Decision::Allowed(_) => Verdict::Allowed,
            Decision::Prohibited(_) => Verdict::Prohibited,
            Decision::NotAllowed(Some(_)) => Verdict::Prevented,
            Decision::NotAllowed(None) => Verdict::Silent,
        };
        roles.sort_by_key(|role| !role.decides);
        Explanation { allowed: decision.is_allowed(), verdict, roles }
    }
}

/// A role that is held somewhere but does not count here and now.
#[derive(Clone, Debug)]
pub struct NotHere {
    /// The role's key.
    pub key: String,
    /// The role's name; empty for a built-in role.
    pub name: String,
    /// Where it is held.
    pub place: Place,
    /// From when on it counts.
    pub starts: Option<Time>,
    /// Until when it counts.
    pub ends: Option<Time>,
}

/// What an administrator is told beyond the explanation: what is missing, and the names of all that it speaks of.
#[derive(Clone, Debug, Default)]
pub struct Background {
    /// Roles of the person that do not count: held elsewhere, not yet, or no longer.
    pub not_here: Vec<NotHere>,
    /// Roles by which it would be allowed at the institution: key and name.
    pub would_allow: Vec<(String, String)>,
    /// The names of people who gave or set something.
    pub people: HashMap<PersonId, String>,
}

#[derive(FromRow)]
struct Missing {
    what: String,
    key: String,
    name: String,
    scope_kind: ScopeKind,
    scope_id: Id,
    starts: Option<Time>,
    ends: Option<Time>,
}

/// Reads what is missing and the names of people: two statements at most.
pub fn background(
    tx: &mut Tx<'_>,
    person: PersonId,
    permission: &str,
    scope: &Scope,
    explanation: &Explanation,
) -> Result<Background> {
    let now = tx.now();
    let rows: Vec<Missing> = tx.all(
        sql!(
            "select 'held' as what, r.key as key, r.name as name, g.scope_kind as scope_kind, g.scope_id as scope_id,
                    g.starts as starts, g.ends as ends
             from role_grant g join role r on r.id = g.role where g.person = ?1
             union all
             select 'would', r.key, r.name, 'institution', r.id, null, null from role r
             where r.key = 'administrator' or exists (
                 select 1 from role_setting s where s.role = r.id and s.permission = ?2
                 and s.scope_kind = 'institution' and s.setting = 'allow')
             order by 2"
        ),
        params![person, permission],
    )?;
    let mut found = Background::default();
    for row in rows {
        let counts = row.starts.is_none_or(|starts| starts <= now)
            && row.ends.is_none_or(|ends| ends > now)
            && scope.depth_of((row.scope_kind, row.scope_id)).is_some();
        if row.what == "would" {
            found.would_allow.push((row.key, row.name));
        } else if !counts {
            found.not_here.push(NotHere {
                key: row.key,
                name: row.name,
                place: (row.scope_kind, row.scope_id),
                starts: row.starts,
                ends: row.ends,
            });
        }
    }
    let givers = explanation.roles.iter().flat_map(|role| role.grants.iter().filter_map(|grant| grant.by));
    let setters = explanation.roles.iter().filter_map(|role| role.said.as_ref().and_then(|said| said.by));
    let mut people: Vec<PersonId> = givers.chain(setters).collect();
    people.sort_unstable();
    people.dedup();
    if !people.is_empty() {
        let sql = sql!("select id, trim(given || ' ' || family) from person where id in ids(?1)");
        found.people = tx.all::<(PersonId, String)>(sql, params![Ids(&people)])?.into_iter().collect();
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::permission::{EDIT, EVERYONE, PERMISSIONS, PROFILE, VIEW};
    use crate::scope::INSTITUTION;
    use crate::testing;

    #[store::test]
    fn each_answer_has_its_reason(tx: &mut Tx<'_>) {
        testing::seed_roles(tx, &[PERMISSIONS]).unwrap();
        let unit = testing::unit(tx, "Science", None).unwrap();
        let ada = testing::person_with(tx, "Ada", "administrator").unwrap();
        let ana = testing::person(tx, "Ana").unwrap();
        crate::grant::give(tx, ana, "manager", (ScopeKind::Unit, Some(unit.id.0)), None, None, Some(ada)).unwrap();
        let (here, everywhere) = (Scope::unit(&unit.path), Scope::institution());

        let explain = |tx: &mut Tx<'_>, person, permission: crate::Permission, scope: &Scope| {
            let explanation = Access::load(tx, person).unwrap().explain(permission.as_str(), scope);
            let background = background(tx, person, permission.as_str(), scope, &explanation).unwrap();
            (explanation, background)
        };
        let (why, names) = explain(tx, ana, VIEW, &here);
        assert_eq!((why.allowed, why.verdict), (true, Verdict::Allowed));
        assert_eq!((why.roles[0].key.as_str(), why.roles[0].grants[0].by), ("manager", Some(ada)));
        assert_eq!(names.people[&ada], "Ada");

        let (why, names) = explain(tx, ana, VIEW, &everywhere);
        assert_eq!((why.allowed, why.verdict), (false, Verdict::Silent));
        assert_eq!(names.not_here[0].key, "manager");
        let would: Vec<_> = names.would_allow.iter().map(|(key, _)| key.as_str()).collect();
        assert_eq!(would, ["administrator", "manager"]);

        assert_eq!(explain(tx, ada, EDIT, &here).0.verdict, Verdict::Administrator);
        assert_eq!(explain(tx, ana, PROFILE, &here).0.roles[0].key, EVERYONE);
        let manager = why_role(tx, "manager");
        crate::role::set(tx, manager, VIEW.as_str(), (ScopeKind::Unit, unit.id.0), Setting::Prevent, ada).unwrap();
        let (why, _) = explain(tx, ana, VIEW, &here);
        assert_eq!((why.verdict, why.roles[0].said.as_ref().unwrap().by), (Verdict::Prevented, Some(ada)));
        crate::role::set(tx, manager, VIEW.as_str(), INSTITUTION, Setting::Prohibit, ada).unwrap();
        let (why, _) = explain(tx, ana, VIEW, &here);
        assert_eq!((why.verdict, why.roles[0].said.as_ref().unwrap().place), (Verdict::Prohibited, INSTITUTION));
    }

    fn why_role(tx: &mut Tx<'_>, key: &str) -> RoleId {
        tx.value(sql!("select id from role where key = ?1"), params![key]).unwrap()
    }
}
