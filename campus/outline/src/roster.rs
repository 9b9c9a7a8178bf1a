//! Who is where in a course, for those who teach it.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use courses::CourseId;
use people::PersonId;
use store::{FromRow, Id, Ids, Result, Time, Tx, params, sql};

use crate::arrange::{Facts, counts};
use crate::overrides::Change;
use crate::release::Condition;
use crate::{Completion, Item, ItemId, Structure, structure};

/// Learners on one page of the list.
pub const PAGE: u32 = 100;

/// Learners that are looked at for one page; where few of them are wanted, the page is shorter and leads on.
const BATCH: u32 = 1_000;

/// One learner.
#[derive(Clone, Debug, FromRow)]
pub struct Learner {
    /// The person.
    pub person: PersonId,
    /// Given name.
    pub given: String,
    /// Family name.
    pub family: String,
    /// The name by which they are sorted.
    pub sort_name: String,
    /// Items that count and are done.
    pub done: u32,
    /// Items that count for this person.
    pub total: u32,
    /// When they were last in the course.
    pub seen_at: Option<Time>,
    /// The last item that they did.
    pub last_title: Option<String>,
}

/// Which learners are listed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Only {
    /// All.
    #[default]
    Everyone,
    /// Those who have done nothing.
    NotStarted,
    /// Those who began, are not through, and were not here for a week.
    Stuck,
    /// Those who have done everything.
    Finished,
}

/// A learner's place in the list: what the next page goes on from.
pub type Place = (String, Id);

/// One page of the list.
#[derive(Clone, Debug, Default)]
pub struct Listed {
    /// The learners, by name.
    pub learners: Vec<Learner>,
    /// Where the next page begins, where there may be one.
    pub more: Option<Place>,
}

/// How many take the course, and what it holds.
pub fn size(tx: &mut Tx<'_>, course: CourseId) -> Result<(u32, Arc<Structure>)> {
    let (learners, mark): (u32, Option<Id>) = tx.one(
        sql!(
            "select (select count(distinct person) from enrolment
                     where course = ?1 and role = 'learner' and state = 'active'),
                    (select mark from structure_mark where course = ?1)"
        ),
        params![course],
    )?;
    let structure = structure::of(tx, &[(course, mark)])?.remove(&course).unwrap_or_default();
    Ok((learners, structure))
}

/// The items of a course that count for learners.
struct Counting<'s> {
    /// All of them.
    all: Vec<&'s Item>,
    /// Those of them that count for some and not for others: they ask for a section, or for what was or was not done.
    some: Vec<&'s Item>,
}

impl<'s> Counting<'s> {
    fn of(structure: &'s Structure) -> Self {
        let open: BTreeSet<_> =
            structure.modules.iter().filter(|m| m.published_at.is_some()).map(|module| module.id).collect();
        let all: Vec<&Item> = structure
            .items
            .iter()
            .filter(|item| item.published_at.is_some() && open.contains(&item.module))
            .filter(|item| item.completion != Completion::None)
            .collect();
        let some = all.iter().copied().filter(|item| !asked(item).is_empty()).collect();
        Self { all, some }
    }

    /// The items of whose state it depends whether one of `some` counts: these, and those they ask for.
    fn facts(&self) -> Vec<ItemId> {
        let asked = self.some.iter().flat_map(|item| asked(item)).filter_map(|condition| match condition {
            Condition::Done { item } | Condition::NotDone { item } => Some(*item),
            _ => None,
        });
        self.some.iter().map(|item| item.id).chain(asked).collect::<BTreeSet<_>>().into_iter().collect()
    }
}

/// The conditions of an item that make it count for some only.
fn asked(item: &Item) -> Vec<&Condition> {
    let all = item.release.as_ref().map(|tree| tree.0.conditions()).unwrap_or_default();
    let tells = |condition: &&Condition| {
        matches!(condition, Condition::Section { .. } | Condition::Done { .. } | Condition::NotDone { .. })
    };
    all.into_iter().filter(tells).collect()
}

/// The learners of a course by name, at most `limit` of them, from the one after `after`: three statements at most.
pub fn learners(
    tx: &mut Tx<'_>,
    course: CourseId,
    structure: &Structure,
    only: Only,
    after: Option<Place>,
    limit: usize,
) -> Result<Listed> {
    let counting = Counting::of(structure);
    let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    // Which are the wanted ones is known of all once their rows are read, unless each has a total of their own.
    let (least, most) = (count(counting.all.len() - counting.some.len()), count(counting.all.len()));
    let each = !counting.some.is_empty() && matches!(only, Only::Stuck | Only::Finished);
    let batch = if each { BATCH } else { count(limit) };
    let mut learners = candidates(tx, course, &counting, only, (least, most), after, batch + 1)?;
    let mut more = (learners.len() > batch as usize).then(|| learners.truncate(batch as usize)).is_some();
    totals(tx, course, &counting, &mut learners)?;
    let end = learners.last().map(place);
    if each {
        learners.retain(|one| (one.done >= one.total) == (only == Only::Finished));
    }
    let cut = learners.len() > limit;
    learners.truncate(limit);
    more |= cut;
    let last = if cut { learners.last().map(place) } else { end };
    Ok(Listed { learners, more: last.filter(|_| more) })
}

fn place(learner: &Learner) -> Place {
    (learner.sort_name.clone(), learner.person.0)
}

/// Those who may be wanted: for each at least `least` and at most `most` items count.
fn candidates(
    tx: &mut Tx<'_>,
    course: CourseId,
    counting: &Counting<'_>,
    only: Only,
    (least, most): (u32, u32),
    after: Option<Place>,
    limit: u32,
) -> Result<Vec<Learner>> {
    let now = tx.now();
    let (name, id) = after.unwrap_or((String::new(), Id::nil()));
    let which = match only {
        Only::Everyone => 0,
        Only::NotStarted => 1,
        Only::Stuck => 2,
        Only::Finished => 3,
    };
    let counting: Vec<ItemId> = counting.all.iter().map(|item| item.id).collect();
    tx.all(
        sql!(
            "select person, given, family, sort_name, done, cast(?6 as bigint) as total, seen_at, last_title from (
                select p.id as person, p.given, p.family, p.sort_name,
                    (select count(*) from item_progress g
                     where g.course = ?1 and g.person = p.id and g.done_at is not null and g.item in ids(?9)) as done,
                    (select max(coalesce(g.done_at, g.viewed_at)) from item_progress g
                     where g.course = ?1 and g.person = p.id) as seen_at,
                    (select i.title from item_progress g join item i on i.id = g.item
                     where g.course = ?1 and g.person = p.id and g.done_at is not null
                     order by g.done_at desc limit 1) as last_title
                from person p
                where p.id in (select e.person from enrolment e
                               where e.course = ?1 and e.role = 'learner' and e.state = 'active')
                and (p.sort_name, p.id) > (?2, ?3)
             ) l
             where (?4 = 0 or (?4 = 1 and done = 0 and seen_at is null) or (?4 = 3 and done >= ?5)
                    or (?4 = 2 and seen_at is not null and seen_at < ?7 and done < ?6))
             order by sort_name, person limit ?8"
        ),
        params![course, name, id, which, least, most, now.plus_days(-7), limit, Ids(&counting)],
    )
}

/// Something that is known of a learner: an item that is done, a section that they are in, an item that is opened to
/// them by an exception.
#[derive(FromRow)]
struct Known {
    person: PersonId,
    done: Option<ItemId>,
    section: Option<Id>,
    opened: Option<ItemId>,
}

/// Gives each learner the number of items that count for them, where these are not the same for all.
fn totals(tx: &mut Tx<'_>, course: CourseId, counting: &Counting<'_>, learners: &mut [Learner]) -> Result<()> {
    if counting.some.is_empty() || learners.is_empty() {
        return Ok(());
    }
    let (people, items): (Vec<PersonId>, _) = (learners.iter().map(|one| one.person).collect(), counting.facts());
    let known: Vec<Known> = tx.all(
        sql!(
            "select person, item as done, cast(null as uuid) as section, cast(null as uuid) as opened
             from item_progress where course = ?1 and person in ids(?2) and item in ids(?3) and done_at is not null
             union all
             select person, null, section, null from enrolment
             where course = ?1 and person in ids(?2) and state = 'active' and section is not null
             union all
             select person, null, null, item from item_override
             where course = ?1 and person in ids(?2) and item in ids(?3) and opens and ended_at is null
             union all
             select e.person, null, null, o.item
             from item_override o join enrolment e on e.section = o.section and e.course = o.course and e.state = 'active'
             where o.course = ?1 and e.person in ids(?2) and o.item in ids(?3) and o.opens and o.ended_at is null"
        ),
        params![course, Ids(&people), Ids(&items)],
    )?;
    let mut facts: BTreeMap<PersonId, Facts> = BTreeMap::new();
    for known in known {
        let facts = facts.entry(known.person).or_default();
        facts.done.extend(known.done);
        facts.sections.extend(known.section);
        if let Some(item) = known.opened {
            let opens = Change { opens: true, ..Change::default() };
            facts.exceptions.entry(item).or_default().add(opens, None);
        }
    }
    let none = Facts::default();
    for learner in learners {
        let facts = facts.get(&learner.person).unwrap_or(&none);
        let not = counting.some.iter().filter(|item| !counts(item, facts)).count();
        learner.total = learner.total.saturating_sub(u32::try_from(not).unwrap_or(u32::MAX));
    }
    Ok(())
}

/// The most learners that [`names`] answers.
const NAMES_MAX: u32 = 2_000;

/// The names of the learners of a course, for a choice among them.
pub fn names(tx: &mut Tx<'_>, course: CourseId) -> Result<Vec<(PersonId, String)>> {
    tx.all(
        sql!(
            "select p.id, trim(p.given || ' ' || p.family) from person p
             where p.id in (select e.person from enrolment e
                            where e.course = ?1 and e.role = 'learner' and e.state = 'active')
             order by p.sort_name, p.id limit ?2"
        ),
        params![course, NAMES_MAX],
    )
}

/// The name of somebody who is or was enrolled in a course; none of anybody else.
pub fn name(tx: &mut Tx<'_>, course: CourseId, person: PersonId) -> Result<Option<String>> {
    let found: Option<(String,)> = tx.maybe(
        sql!(
            "select trim(p.given || ' ' || p.family) from person p
             where p.id = ?2 and exists (select 1 from enrolment e where e.course = ?1 and e.person = p.id)"
        ),
        params![course, person],
    )?;
    Ok(found.map(|(name,)| name))
}

/// How a course goes, in a line.
#[derive(Clone, Debug, FromRow)]
pub struct Summary {
    /// The course.
    pub course: CourseId,
    /// Learners.
    pub learners: i64,
    /// Those who were here in the last seven days.
    pub here: i64,
    /// Those who have opened nothing yet.
    pub not_begun: i64,
    /// Those who ask to be let in, or wait for a place.
    pub waiting: i64,
}

/// How these courses go: one statement, however many there are.
pub fn summaries(tx: &mut Tx<'_>, courses: &[CourseId]) -> Result<Vec<Summary>> {
    let week_ago = tx.now().plus_days(-7);
    tx.all(
        sql!(
            "select e.course, cast(sum(e.learns) as bigint) as learners, cast(sum(e.waits) as bigint) as waiting,
                    cast(sum(case when e.learns = 1 and s.last >= ?2 then 1 else 0 end) as bigint) as here,
                    cast(sum(case when e.learns = 1 and s.last is null then 1 else 0 end) as bigint) as not_begun
             from (select course, person, max(case when state = 'active' then 1 else 0 end) as learns,
                          max(case when state in ('requested', 'waiting') then 1 else 0 end) as waits
                   from enrolment where course in ids(?1) and role = 'learner'
                   and state in ('active', 'requested', 'waiting') group by course, person) e
             left join (select course, person, max(coalesce(done_at, viewed_at)) as last from item_progress
                        where course in ids(?1) group by course, person) s on s.course = e.course and s.person = e.person
             group by e.course"
        ),
        params![Ids(courses), week_ago],
    )
}
