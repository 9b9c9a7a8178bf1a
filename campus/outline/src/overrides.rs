//! Dates and an open door for one person or one section (campus-rules M20).

use courses::{CourseId, SectionId};
use people::PersonId;
use serde::{Deserialize, Serialize};
use store::{Event, FromRow, Result, Time, Tx, params, sql};

use crate::{Item, ItemId, OverrideId};

/// Exceptions of one item at the most; one more is refused.
pub(crate) const OVERRIDES_MAX: usize = 1_000;

/// What an exception says of one date.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum DateChange {
    /// Nothing: the date is that of everybody.
    #[default]
    Kept,
    /// There is no such date.
    Removed,
    /// It is this one.
    At(Time),
}

impl DateChange {
    pub(crate) fn of(is_set: bool, at: Option<Time>) -> Self {
        match (is_set, at) {
            (false, _) => Self::Kept,
            (true, None) => Self::Removed,
            (true, Some(at)) => Self::At(at),
        }
    }

    const fn is_set(self) -> bool {
        !matches!(self, Self::Kept)
    }

    const fn at(self) -> Option<Time> {
        match self {
            Self::At(at) => Some(at),
            Self::Kept | Self::Removed => None,
        }
    }
}

/// The dates of an item.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dates {
    /// Until when it is to be done.
    pub due: Option<Time>,
    /// From when on it is open.
    pub unlock: Option<Time>,
    /// Until when it is open.
    pub lock: Option<Time>,
}

/// What an exception says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Change {
    /// Of the date until when it is to be done.
    pub due: DateChange,
    /// Of the date from when on it is open.
    pub unlock: DateChange,
    /// Of the date until when it is open.
    pub lock: DateChange,
    /// Whether it is open whatever its conditions, its module and the item before say. Its dates still count.
    pub opens: bool,
}

impl Change {
    /// Whether it says anything.
    pub fn is_something(&self) -> bool {
        self.opens || self.touches_dates()
    }

    /// Whether it says something of a date.
    pub const fn touches_dates(&self) -> bool {
        self.due.is_set() || self.unlock.is_set() || self.lock.is_set()
    }
}

/// The dates that hold for somebody to whom these exceptions apply (campus-rules M20): of due and closing dates the
/// latest, of opening dates the earliest whose own closing date has not passed; one exception that takes a date away
/// takes it away; a date of which no exception speaks is the item's own.
pub fn effective(own: Dates, changes: &[Change], now: Option<Time>) -> Dates {
    let combined = |own: Option<Time>, of: &mut dyn Iterator<Item = DateChange>, best: fn(Time, Time) -> Time| {
        let set: Vec<DateChange> = of.filter(|change| change.is_set()).collect();
        match set.as_slice() {
            [] => own,
            set if set.contains(&DateChange::Removed) => None,
            set => set.iter().filter_map(|change| change.at()).reduce(best),
        }
    };
    let has_passed = |change: &&Change| change.lock.at().zip(now).is_some_and(|(lock, now)| lock <= now);
    Dates {
        due: combined(own.due, &mut changes.iter().map(|change| change.due), Time::max),
        unlock: combined(
            own.unlock,
            &mut changes.iter().filter(|change| !has_passed(change)).map(|change| change.unlock),
            Time::min,
        ),
        lock: combined(own.lock, &mut changes.iter().map(|change| change.lock), Time::max),
    }
}

/// For whom an exception is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Whom {
    /// One person.
    Person(PersonId),
    /// Everybody in a section.
    Section(SectionId),
}

/// An exception as its authors see it.
#[derive(Clone, Debug)]
pub struct Override {
    /// Its id.
    pub id: OverrideId,
    /// For whom.
    pub whom: Whom,
    /// The name of the person or the section.
    pub name: String,
    /// What it says.
    pub change: Change,
}

#[derive(FromRow)]
struct Stored {
    id: OverrideId,
    person: Option<PersonId>,
    section: Option<SectionId>,
    name: String,
    sets_due: bool,
    due_at: Option<Time>,
    sets_unlock: bool,
    unlock_at: Option<Time>,
    sets_lock: bool,
    lock_at: Option<Time>,
    opens: bool,
}

/// The exceptions of an item: sections first, then people by name.
pub fn of_item(tx: &mut Tx<'_>, item: ItemId) -> Result<Vec<Override>> {
    let stored: Vec<Stored> = tx.all(
        sql!(
            "select o.id, o.person, o.section, coalesce(s.name, trim(p.given || ' ' || p.family), '') as name,
                    o.sets_due, o.due_at, o.sets_unlock, o.unlock_at, o.sets_lock, o.lock_at, o.opens
             from item_override o left join section s on s.id = o.section left join person p on p.id = o.person
             where o.item = ?1 and o.ended_at is null
             order by o.person is not null, s.position, p.sort_name, o.id"
        ),
        params![item],
    )?;
    let told = |row: Stored| {
        let whom = match (row.person, row.section) {
            (Some(person), _) => Whom::Person(person),
            (None, Some(section)) => Whom::Section(section),
            (None, None) => return None,
        };
        Some(Override { id: row.id, whom, change: change(&row), name: row.name })
    };
    Ok(stored.into_iter().filter_map(told).collect())
}

#[derive(FromRow)]
struct StoredOfItem {
    item: ItemId,
    person: Option<PersonId>,
    section: Option<SectionId>,
    sets_due: bool,
    due_at: Option<Time>,
    sets_unlock: bool,
    unlock_at: Option<Time>,
    sets_lock: bool,
    lock_at: Option<Time>,
    opens: bool,
}

/// The exceptions of all items of a course, for whom each is and what it says: one statement.
pub fn of_course(tx: &mut Tx<'_>, course: CourseId) -> Result<Vec<(ItemId, Whom, Change)>> {
    let stored: Vec<StoredOfItem> = tx.all(
        sql!(
            "select item, person, section, sets_due, due_at, sets_unlock, unlock_at, sets_lock, lock_at, opens
             from item_override where course = ?1 and ended_at is null"
        ),
        params![course],
    )?;
    let told = |row: StoredOfItem| {
        let whom = row.person.map(Whom::Person).or(row.section.map(Whom::Section))?;
        let change = Change {
            due: DateChange::of(row.sets_due, row.due_at),
            unlock: DateChange::of(row.sets_unlock, row.unlock_at),
            lock: DateChange::of(row.sets_lock, row.lock_at),
            opens: row.opens,
        };
        Some((row.item, whom, change))
    };
    Ok(stored.into_iter().filter_map(told).collect())
}

fn change(row: &Stored) -> Change {
    Change {
        due: DateChange::of(row.sets_due, row.due_at),
        unlock: DateChange::of(row.sets_unlock, row.unlock_at),
        lock: DateChange::of(row.sets_lock, row.lock_at),
        opens: row.opens,
    }
}

/// Makes an exception; one that is there for the same person or section is replaced.
pub fn set(tx: &mut Tx<'_>, item: &Item, whom: Whom, change: &Change, by: PersonId) -> Result<OverrideId> {
    let (id, now): (OverrideId, Time) = (tx.new_id(), tx.now());
    let (person, section) = match whom {
        Whom::Person(person) => (Some(person), None),
        Whom::Section(section) => (None, Some(section)),
    };
    tx.execute(
        sql!(
            "update item_override set ended_at = ?4 where item = ?1 and ended_at is null
             and (person = ?2 or section = ?3)"
        ),
        params![item.id, person, section, now],
    )?;
    tx.execute(
        sql!(
            "insert into item_override (id, item, course, person, section, sets_due, due_at, sets_unlock, unlock_at,
                                        sets_lock, lock_at, opens, made_at, made_by)
             values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)"
        ),
        params![
            id,
            item.id,
            item.course,
            person,
            section,
            change.due.is_set(),
            change.due.at(),
            change.unlock.is_set(),
            change.unlock.at(),
            change.lock.is_set(),
            change.lock.at(),
            change.opens,
            now,
            by
        ],
    )?;
    record(tx, "item.exception-made", item.course, item.id, id, by)?;
    Ok(id)
}

/// Ends an exception; [`restore`] brings it back. False where there is none.
pub fn end(tx: &mut Tx<'_>, item: &Item, id: OverrideId, by: PersonId) -> Result<bool> {
    let now = tx.now();
    let ended = tx.execute(
        sql!("update item_override set ended_at = ?3 where id = ?1 and item = ?2 and ended_at is null"),
        params![id, item.id, now],
    )?;
    if ended == 1 {
        record(tx, "item.exception-ended", item.course, item.id, id, by)?;
    }
    Ok(ended == 1)
}

/// Undoes the end of an exception, unless another was made for the same person or section since. False where nothing
/// was undone.
pub fn restore(tx: &mut Tx<'_>, item: &Item, id: OverrideId, by: PersonId) -> Result<bool> {
    let restored = tx.execute(
        sql!(
            "update item_override set ended_at = null where id = ?1 and item = ?2 and ended_at is not null
             and not exists (select 1 from item_override o where o.item = ?2 and o.ended_at is null
                             and (o.person = item_override.person or o.section = item_override.section))"
        ),
        params![id, item.id],
    )?;
    if restored == 1 {
        record(tx, "item.exception-made", item.course, item.id, id, by)?;
    }
    Ok(restored == 1)
}

fn record(
    tx: &mut Tx<'_>,
    verb: &'static str,
    course: CourseId,
    item: ItemId,
    id: OverrideId,
    by: PersonId,
) -> Result<()> {
    let event = Event::new(verb, "item", item).by(by).within("course", course);
    tx.record(&event.with("exception", id.to_string()))?;
    Ok(())
}

/// Whose dates somebody sees.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Source {
    /// Their own.
    Person,
    /// Those of their section of this name.
    Section(String),
}

/// The exceptions that apply to one person at one item, gathered while a course is loaded.
#[derive(Clone, Debug, Default)]
pub struct Applying {
    changes: Vec<Change>,
    pub(crate) source: Option<Source>,
}

impl Applying {
    /// One more: of the section of this name, or of the person's own.
    pub fn add(&mut self, change: Change, section: Option<String>) {
        self.changes.push(change);
        if change.touches_dates() && self.source != Some(Source::Person) {
            self.source = Some(section.map_or(Source::Person, Source::Section));
        }
    }

    /// Whether one of them opens the item whatever else keeps it closed.
    pub(crate) fn opens(&self) -> bool {
        self.changes.iter().any(|change| change.opens)
    }

    /// Gives the item the dates that hold.
    pub(crate) fn apply(&self, item: &mut Item, now: Option<Time>) {
        let own = Dates { due: item.due_at, unlock: item.unlock_at, lock: item.lock_at };
        let dates = effective(own, &self.changes, now);
        (item.due_at, item.unlock_at, item.lock_at) = (dates.due, dates.unlock, dates.lock);
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn at(seconds: i64) -> Time {
        Time::from_seconds(seconds)
    }

    fn due(change: DateChange) -> Change {
        Change { due: change, ..Change::default() }
    }

    const OWN: Dates = Dates { due: Some(Time::from_seconds(50)), unlock: Some(Time::from_seconds(10)), lock: None };

    #[test]
    fn the_most_lenient_of_several_exceptions_holds() {
        let now = Some(at(20));
        assert_eq!(effective(OWN, &[], now), OWN);
        assert_eq!(effective(OWN, &[Change { opens: true, ..Change::default() }], now), OWN);
        let two = [due(DateChange::At(at(60))), due(DateChange::At(at(40)))];
        assert_eq!(effective(OWN, &two, now).due, Some(at(60)));
        assert_eq!(effective(OWN, &two[1..], now).due, Some(at(40)), "an exception replaces the date of everybody");
        assert_eq!(effective(OWN, &[two[0], due(DateChange::Removed)], now).due, None);
    }

    #[test]
    fn an_exception_that_is_over_opens_nothing() {
        let early =
            |lock| Change { unlock: DateChange::At(at(5)), lock: DateChange::At(at(lock)), ..Change::default() };
        assert_eq!(effective(OWN, &[early(15)], Some(at(20))).unlock, OWN.unlock);
        assert_eq!(effective(OWN, &[early(30)], Some(at(20))).unlock, Some(at(5)));
    }

    fn changes() -> impl Strategy<Value = Change> {
        let date = || {
            prop_oneof![
                Just(DateChange::Kept),
                Just(DateChange::Removed),
                (0..100_i64).prop_map(|seconds| DateChange::At(at(seconds)))
            ]
        };
        (date(), date(), date()).prop_map(|(due, unlock, lock)| Change { due, unlock, lock, opens: false })
    }

    proptest! {
        /// One more exception never makes a date stricter for somebody who has one for that date already.
        #[test]
        fn one_more_exception_is_never_stricter(first in changes(), more in prop::collection::vec(changes(), 0..4), now in 0..100_i64) {
            let now = at(now);
            let few = effective(OWN, &[first], Some(now));
            let all: Vec<Change> = std::iter::once(first).chain(more).collect();
            let many = effective(OWN, &all, Some(now));
            let late = |time: Option<Time>| time.map_or(i64::MAX, Time::seconds);
            let early = |time: Option<Time>| time.map_or(i64::MIN, Time::seconds);
            prop_assert!(!first.due.is_set() || late(many.due) >= late(few.due));
            prop_assert!(!first.lock.is_set() || late(many.lock) >= late(few.lock));
            let is_over = first.lock.at().is_some_and(|lock| lock <= now);
            prop_assert!(!first.unlock.is_set() || is_over || early(many.unlock) <= early(few.unlock));
        }

        /// The order of the exceptions does not matter.
        #[test]
        fn their_order_does_not_matter(list in prop::collection::vec(changes(), 0..5), now in 0..100_i64) {
            let back: Vec<Change> = list.iter().rev().copied().collect();
            prop_assert_eq!(effective(OWN, &list, Some(at(now))), effective(OWN, &back, Some(at(now))));
        }
    }
}
