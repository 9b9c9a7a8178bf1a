//! A role held by a person at a scope, for a time.

use store::{Event, FromRow, Id, Result, Time, Tx, params, sql};

use crate::scope::{INSTITUTION, ScopeKind};
use crate::{GrantId, PersonId, RoleId};

/// A role that a person holds, as it is kept.
#[derive(Clone, Debug, FromRow)]
pub struct Grant {
    /// The grant.
    pub id: GrantId,
    /// Who holds it.
    pub person: PersonId,
    /// The role.
    pub role: RoleId,
    /// The role's key.
    pub role_key: String,
    /// The role's name; empty for a built-in role.
    pub role_name: String,
    /// The kind of place where it is held.
    pub scope_kind: ScopeKind,
    /// The place; all zeros for the institution.
    pub scope_id: Id,
    /// From when on it counts.
    pub starts: Option<Time>,
    /// Until when it counts.
    pub ends: Option<Time>,
    /// What gave it: an enrolment, or the grant itself where a person gave it by hand.
    pub source: Id,
    /// When it was given.
    pub made_at: Time,
    /// Who gave it.
    pub made_by: Option<PersonId>,
    /// The name of who gave it.
    pub made_by_name: Option<String>,
}

impl Grant {
    /// Whether a person gave it by hand, so that it can be taken away by hand.
    pub fn is_by_hand(&self) -> bool {
        self.source == self.id.0
    }

    /// Whether it counts at a moment.
    pub fn counts_at(&self, moment: Time) -> bool {
        self.starts.is_none_or(|starts| starts <= moment) && self.ends.is_none_or(|ends| ends > moment)
    }
}

/// Gives a role by its key. `source` is what gives it, e.g. an enrolment: one source may hold several grants, and the
/// same grant of the same source is not doubled but gets the new dates.
///
/// [`store::Error::NotFound`] where there is no role of that key.
#[expect(
    clippy::too_many_arguments,
    reason = "each is a part of the sentence: who, what, where, when, by what, by whom"
)]
pub fn grant(
    tx: &mut Tx<'_>,
    person: PersonId,
    role_key: &str,
    scope: (ScopeKind, Option<Id>),
    starts: Option<Time>,
    ends: Option<Time>,
    source: Id,
    by: Option<PersonId>,
) -> Result<GrantId> {
    let id = tx.new_id();
    insert(tx, &New { id, person, role_key, scope, starts, ends, source, by })
}

/// Gives a role by hand: the grant is its own source. Where the person holds exactly this role there by hand already,
/// only the dates are changed; answers whether anything was.
pub fn give(
    tx: &mut Tx<'_>,
    person: PersonId,
    role_key: &str,
    scope: (ScopeKind, Option<Id>),
    starts: Option<Time>,
    ends: Option<Time>,
    by: Option<PersonId>,
) -> Result<bool> {
    let (kind, place) = (scope.0, scope.1.unwrap_or(INSTITUTION.1));
    let held: Option<(GrantId, Option<Time>, Option<Time>)> = tx.maybe(
        sql!(
            "select g.id, g.starts, g.ends from role_grant g join role r on r.id = g.role
             where g.person = ?1 and r.key = ?2 and g.scope_kind = ?3 and g.scope_id = ?4 and g.source = g.id"
        ),
        params![person, role_key, kind, place],
    )?;
    if held.is_some_and(|(_, old_starts, old_ends)| (old_starts, old_ends) == (starts, ends)) {
        return Ok(false);
    }
    let id = match held {
        Some((id, ..)) => id,
        None => tx.new_id(),
    };
    insert(tx, &New { id, person, role_key, scope, starts, ends, source: id.0, by })?;
    Ok(true)
}

struct New<'a> {
    id: GrantId,
    person: PersonId,
    role_key: &'a str,
    scope: (ScopeKind, Option<Id>),
    starts: Option<Time>,
    ends: Option<Time>,
    source: Id,
    by: Option<PersonId>,
}

fn insert(tx: &mut Tx<'_>, new: &New<'_>) -> Result<GrantId> {
    let role: RoleId = tx.value(sql!("select id from role where key = ?1"), params![new.role_key])?;
    let (now, place) = (tx.now(), new.scope.1.unwrap_or(INSTITUTION.1));
    let id = tx.value(
        sql!(
            "insert into role_grant (id, person, role, scope_kind, scope_id, starts, ends, source, made_at, made_by)
             values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)
             on conflict (person, role, scope_kind, scope_id, source)
             do update set starts = excluded.starts, ends = excluded.ends returning id"
        ),
        params![new.id, new.person, role, new.scope.0, place, new.starts, new.ends, new.source, now, new.by],
    )?;
    record(tx, "role.granted", new.person, new.role_key, new.scope, new.by)?;
    Ok(id)
}

/// Takes away every grant of a source, e.g. when an enrolment ends; says how many there were.
pub fn revoke(tx: &mut Tx<'_>, source: Id) -> Result<u64> {
    let taken: Vec<Taken> = tx.all(
        sql!(
            "delete from role_grant where source = ?1
             returning person, role, scope_kind, scope_id, (select r.key from role r where r.id = role) as role_key"
        ),
        params![source],
    )?;
    for grant in &taken {
        record(tx, "role.revoked", grant.person, &grant.role_key, (grant.scope_kind, Some(grant.scope_id)), None)?;
    }
    Ok(taken.len() as u64)
}

/// Takes away one grant that a person gave by hand.
pub fn take_away(tx: &mut Tx<'_>, id: GrantId, by: PersonId) -> Result<()> {
    let taken: Taken = tx.one(
        sql!(
            "delete from role_grant where id = ?1 and source = id
             returning person, role, scope_kind, scope_id, (select r.key from role r where r.id = role) as role_key"
        ),
        params![id],
    )?;
    record(tx, "role.revoked", taken.person, &taken.role_key, (taken.scope_kind, Some(taken.scope_id)), Some(by))
}

#[derive(FromRow)]
struct Taken {
    person: PersonId,
    role_key: String,
    scope_kind: ScopeKind,
    scope_id: Id,
}

/// The roles of a person, wide places first.
pub fn of_person(tx: &mut Tx<'_>, person: PersonId) -> Result<Vec<Grant>> {
    let mut grants: Vec<Grant> = tx.all(
        sql!(
            "select g.id, g.person, g.role, r.key as role_key, r.name as role_name, g.scope_kind, g.scope_id, g.starts,
                    g.ends, g.source, g.made_at, g.made_by, b.given || ' ' || b.family as made_by_name
             from role_grant g join role r on r.id = g.role left join person b on b.id = g.made_by
             where g.person = ?1 order by g.made_at, g.id"
        ),
        params![person],
    )?;
    grants.sort_by_key(|grant| grant.scope_kind);
    Ok(grants)
}

fn record(
    tx: &mut Tx<'_>,
    verb: &'static str,
    person: PersonId,
    role_key: &str,
    (kind, id): (ScopeKind, Option<Id>),
    by: Option<PersonId>,
) -> Result<()> {
    let mut event = Event::new(verb, "person", person).with("role", role_key).with("scope", kind.as_str());
    event.actor = by.map(Id::from);
    if let Some(id) = id.filter(|id| !id.is_nil()) {
        event = event.within(kind.as_str(), id);
    }
    tx.record(&event)?;
    Ok(())
}
