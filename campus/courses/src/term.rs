//! A term: a named stretch of time that courses fall into.

use jiff::tz::TimeZone;
use people::PersonId;
use store::{Broken, Error, Event, FromRow, Time, Tx, params, sql};

use crate::TermId;
use crate::course::Fault;

/// The most characters of a term's name.
pub const NAME_MAX: usize = 80;

/// A term, e.g. "Autumn 2026".
#[derive(Clone, Debug, PartialEq, Eq, FromRow)]
pub struct Term {
    /// The term.
    pub id: TermId,
    /// Its name, unlike any other's.
    pub name: String,
    /// The first moment of its first day.
    pub starts: Time,
    /// The last moment of its last day.
    pub ends: Time,
    /// The zone in which its days were set (IANA name).
    pub zone: String,
}

/// A term with the number of its courses.
#[derive(Clone, Debug, FromRow)]
pub struct TermInList {
    /// The term.
    pub id: TermId,
    /// Its name.
    pub name: String,
    /// The first moment of its first day.
    pub starts: Time,
    /// The last moment of its last day.
    pub ends: Time,
    /// The zone in which its days were set.
    pub zone: String,
    /// How many courses are taught in it.
    pub courses: u64,
}

/// What a term is to be.
#[derive(Clone, Debug)]
pub struct TermSettings {
    /// Its name.
    pub name: String,
    /// The first moment of its first day.
    pub starts: Time,
    /// The last moment of its last day.
    pub ends: Time,
    /// The zone in which its days are set.
    pub zone: String,
}

impl TermSettings {
    /// Everything that is wrong.
    pub fn faults(&self) -> Vec<Fault> {
        let rules = [
            (!self.name.trim().is_empty(), "name", "name-missing"),
            (self.name.chars().count() <= NAME_MAX, "name", "too-long"),
            (TimeZone::get(&self.zone).is_ok(), "zone", "zone"),
            (self.ends > self.starts, "ends", "ends-before-start"),
        ];
        rules.into_iter().filter(|(holds, ..)| !holds).map(|(_, field, wrong)| Fault { field, wrong }).collect()
    }
}

impl Term {
    /// Every term, the latest first.
    pub fn all(tx: &mut Tx<'_>) -> store::Result<Vec<Self>> {
        tx.all(sql!("select id, name, starts, ends, zone from term order by starts desc, name"), params![])
    }

    /// Every term with the number of its courses, the latest first.
    pub fn list(tx: &mut Tx<'_>) -> store::Result<Vec<TermInList>> {
        tx.all(
            sql!(
                "select t.id, t.name, t.starts, t.ends, t.zone, cast(count(c.id) as bigint) as courses
                 from term t left join course c on c.term = t.id
                 group by t.id, t.name, t.starts, t.ends, t.zone order by t.starts desc, t.name"
            ),
            params![],
        )
    }

    /// The term; [`Error::NotFound`] where there is none.
    pub fn find(tx: &mut Tx<'_>, id: TermId) -> store::Result<Self> {
        tx.one(sql!("select id, name, starts, ends, zone from term where id = ?1"), params![id])
    }

    /// Adds a term. An error for which [`name_is_taken`] is true where another has its name.
    pub fn create(tx: &mut Tx<'_>, settings: &TermSettings, by: PersonId) -> store::Result<Self> {
        let (id, now): (TermId, _) = (tx.new_id(), tx.now());
        tx.savepoint(|tx| {
            tx.execute(
                sql!("insert into term (id, name, starts, ends, zone, made_at) values (?1, ?2, ?3, ?4, ?5, ?6)"),
                params![id, settings.name.trim(), settings.starts, settings.ends, settings.zone, now],
            )
        })?;
        tx.record(&Event::new("term.created", "term", id).by(by).with("name", settings.name.trim()))?;
        Self::find(tx, id)
    }

    /// Changes a term; errors as [`Term::create`].
    pub fn change(&mut self, tx: &mut Tx<'_>, settings: &TermSettings, by: PersonId) -> store::Result<()> {
        let id = self.id;
        tx.savepoint(|tx| {
            tx.execute(
                sql!("update term set name = ?2, starts = ?3, ends = ?4, zone = ?5 where id = ?1"),
                params![id, settings.name.trim(), settings.starts, settings.ends, settings.zone],
            )
        })?;
        *self = Self::find(tx, id)?;
        tx.record(&Event::new("term.changed", "term", id).by(by).with("name", settings.name.trim()))?;
        Ok(())
    }

    /// Deletes a term. Answers false, and does nothing, where courses are taught in it.
    pub fn delete(self, tx: &mut Tx<'_>, by: PersonId) -> store::Result<bool> {
        let deleted = tx.savepoint(|tx| tx.execute(sql!("delete from term where id = ?1"), params![self.id]));
        match deleted {
            Err(Error::Constraint { broken: Broken::Reference, .. }) => return Ok(false),
            other => other?,
        };
        tx.record(&Event::new("term.deleted", "term", self.id).by(by).with("name", self.name))?;
        Ok(true)
    }
}

/// Whether a change failed because another term has that name.
pub fn name_is_taken(error: &Error) -> bool {
    error.is_duplicate("term.name")
}
