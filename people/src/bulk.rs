//! Suspending people and letting them in again, many at once, and undoing that as one.

use serde::{Deserialize, Serialize};
use store::{Event, FromRow, Ids, Json, Time, Tx, params, sql};

use crate::error::{Error, Refused};
use crate::role;
use crate::{PersonId, UnitId};

/// How many people can be changed at once.
pub const PEOPLE_MAX: usize = 500;

store::id! {
    /// A change of many people at once.
    BulkChangeId
}

/// A suspension as it is kept, and as it is put back.
#[derive(Clone, Debug, PartialEq, Eq, FromRow, Serialize, Deserialize)]
pub struct Suspension {
    /// Who cannot sign in.
    pub person: PersonId,
    /// Since when.
    pub at: Time,
    /// Who said so.
    pub by: Option<PersonId>,
    /// Why.
    pub reason: String,
}

/// What was changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Changed {
    /// By which it can be undone.
    pub id: BulkChangeId,
    /// How many people were changed; those who were so already do not count.
    pub people: usize,
}

/// The suspension of a person, where they are suspended.
pub fn of_person(tx: &mut Tx<'_>, person: PersonId) -> store::Result<Option<Suspension>> {
    tx.maybe(sql!("select person, at, by, reason from suspension where person = ?1"), params![person])
}

/// Keeps people from signing in and ends their sessions. Nobody can suspend themselves, nor the last administrator.
pub fn suspend(tx: &mut Tx<'_>, people: &[PersonId], by: PersonId, reason: &str) -> Result<Changed, Error> {
    if people.contains(&by) {
        return Err(Refused::Yourself.into());
    }
    let now = tx.now();
    let before = role::administrators(tx)?;
    let new: Vec<PersonId> = tx.values(
        sql!(
            "insert into suspension (person, at, by, reason)
             select p.id, ?2, ?3, ?4 from person p where p.id in ids(?1)
             on conflict (person) do nothing returning person"
        ),
        params![Ids(people), now, by, crate::name::tidy(reason)],
    )?;
    if before > 0 && role::administrators(tx)? == 0 {
        return Err(Refused::LastAdministrator.into());
    }
    tx.execute(sql!("delete from session where person in ids(?1)"), params![Ids(&new)])?;
    let taken: Vec<Suspension> = new
        .iter()
        .map(|person| Suspension { person: *person, at: now, by: Some(by), reason: reason.to_owned() })
        .collect();
    keep(tx, "suspend", "person.suspended", &taken, by)
}

/// Lets suspended people sign in again.
pub fn unsuspend(tx: &mut Tx<'_>, people: &[PersonId], by: PersonId) -> Result<Changed, Error> {
    let gone: Vec<Suspension> = tx.all(
        sql!("delete from suspension where person in ids(?1) returning person, at, by, reason"),
        params![Ids(people)],
    )?;
    keep(tx, "unsuspend", "person.unsuspended", &gone, by)
}

fn keep(
    tx: &mut Tx<'_>,
    kind: &'static str,
    verb: &'static str,
    suspensions: &[Suspension],
    by: PersonId,
) -> Result<Changed, Error> {
    let id: BulkChangeId = tx.new_id();
    let now = tx.now();
    tx.execute(
        sql!("insert into bulk_change (id, kind, at, by, suspensions) values (?1, ?2, ?3, ?4, ?5)"),
        params![id, kind, now, by, Json(suspensions)],
    )?;
    for suspension in suspensions {
        tx.record(&Event::new(verb, "person", suspension.person).by(by))?;
    }
    Ok(Changed { id, people: suspensions.len() })
}

#[derive(FromRow)]
struct Kept {
    kind: String,
    suspensions: Json<Vec<Suspension>>,
}

/// Undoes a change, once: people who were changed again since stay as they are now. Answers how many were put back.
pub fn undo(tx: &mut Tx<'_>, id: BulkChangeId, by: PersonId) -> Result<usize, Error> {
    let now = tx.now();
    let kept: Kept = tx.one(
        sql!("update bulk_change set undone_at = ?2 where id = ?1 and undone_at is null returning kind, suspensions"),
        params![id, now],
    )?;
    let mut back = 0;
    for suspension in &kept.suspensions.0 {
        let (changed, verb) = if kept.kind == "suspend" {
            let sql = sql!("delete from suspension where person = ?1 and at = ?2");
            (tx.execute(sql, params![suspension.person, suspension.at])?, "person.unsuspended")
        } else {
            let sql = sql!(
                "insert into suspension (person, at, by, reason) select p.id, ?2, ?3, ?4 from person p where p.id = ?1
                 on conflict (person) do nothing"
            );
            let params = params![suspension.person, suspension.at, suspension.by, suspension.reason];
            (tx.execute(sql, params)?, "person.suspended")
        };
        if changed == 1 {
            back += 1;
            tx.record(&Event::new(verb, "person", suspension.person).by(by))?;
        }
    }
    Ok(back)
}

/// The units of these people, to ask whether someone may change them.
pub fn units_of(tx: &mut Tx<'_>, people: &[PersonId]) -> store::Result<Vec<(PersonId, Option<UnitId>)>> {
    tx.all(sql!("select id, unit from person where id in ids(?1)"), params![Ids(people)])
}

/// Who made a change, to ask whether someone may undo it.
pub fn made_by(tx: &mut Tx<'_>, id: BulkChangeId) -> store::Result<Option<PersonId>> {
    let by: Option<(PersonId,)> = tx.maybe(sql!("select by from bulk_change where id = ?1"), params![id])?;
    Ok(by.map(|(by,)| by))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing;

    fn suspended(tx: &mut Tx<'_>) -> i64 {
        tx.value(sql!("select cast(count(*) as bigint) from suspension"), params![]).unwrap()
    }

    #[store::test]
    fn many_are_suspended_and_let_in_again(tx: &mut Tx<'_>) {
        testing::seed_roles(tx, &[]).unwrap();
        let by = testing::person_with(tx, "Ada", "administrator").unwrap();
        let (ana, bo) = (testing::person(tx, "Ana").unwrap(), testing::person(tx, "Bo").unwrap());
        let cookie = testing::session(tx, ana).unwrap();
        let token = crate::session::Token::read(&cookie).unwrap().hash();
        assert!(crate::Viewer::by_session(tx, token).unwrap().is_some());

        suspend(tx, &[bo], by, "long ago").unwrap();
        let changed = suspend(tx, &[ana, bo], by, "").unwrap();
        assert_eq!((changed.people, suspended(tx)), (1, 2));
        assert!(crate::Viewer::by_session(tx, token).unwrap().is_none());
        assert_eq!(undo(tx, changed.id, by).unwrap(), 1);
        assert_eq!(suspended(tx), 1);
        assert!(matches!(undo(tx, changed.id, by), Err(Error::Store(store::Error::NotFound))), "once");

        let changed = unsuspend(tx, &[ana, bo], by).unwrap();
        assert_eq!((changed.people, suspended(tx)), (1, 0));
        undo(tx, changed.id, by).unwrap();
        assert_eq!(of_person(tx, bo).unwrap().unwrap().reason, "long ago");
    }

    #[store::test]
    fn somebody_stays_to_run_the_place(tx: &mut Tx<'_>) {
        testing::seed_roles(tx, &[]).unwrap();
        let ada = testing::person_with(tx, "Ada", "administrator").unwrap();
        let bo = testing::person(tx, "Bo").unwrap();
        assert_eq!(suspend(tx, &[ada, bo], ada, "").unwrap_err().refused(), Some(&Refused::Yourself));
        let refused = tx.savepoint(|tx| suspend(tx, &[ada], bo, "")).unwrap_err();
        assert_eq!(refused.refused(), Some(&Refused::LastAdministrator));
        assert_eq!(suspended(tx), 0);
    }
}
