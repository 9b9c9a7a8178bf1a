//! What people have opened and done, and what they do next.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use courses::{CourseId, NextStep, Progress};
use people::PersonId;
use store::{Event, FromRow, Id, Ids, Result, Row, Time, Tx, params, sql};

use crate::arrange::{Arranged, Facts, arrange};
use crate::overrides::{Change, DateChange};
use crate::structure::{self, Mark, Structure};
use crate::{Completion, Item, ItemId};

/// A course with everything in it, and one person's facts.
#[derive(Clone, Debug)]
pub struct Outline {
    /// The modules and items.
    pub structure: Arc<Structure>,
    /// What is known of the person.
    pub facts: Facts,
}

/// One thing that is known of a person in a course: how far they are with an item, a section that they are in, or an
/// exception for them; or the mark of the course. All in one statement, since every page of a course asks for all four.
enum Known {
    Progress { course: CourseId, item: ItemId, viewed: bool, done: bool },
    Section { course: CourseId, section: Id },
    Mark { course: CourseId, mark: Id },
    Exception { course: CourseId, item: ItemId, section_name: Option<String>, change: Change },
}

#[derive(FromRow)]
struct Exception {
    sets_due: bool,
    due_at: Option<Time>,
    sets_unlock: bool,
    unlock_at: Option<Time>,
    sets_lock: bool,
    lock_at: Option<Time>,
    opens: bool,
}

const PROGRESS: i64 = 0;
const SECTION: i64 = 1;
const MARK: i64 = 2;

/// By place: a person has hundreds of these, and most of them fill four columns.
impl FromRow for Known {
    fn from_row(row: &Row<'_>) -> Result<Self> {
        let (what, course): (i64, CourseId) = (row.get(0)?, row.get(1)?);
        Ok(match what {
            PROGRESS => Self::Progress { course, item: row.get(2)?, viewed: row.get(3)?, done: row.get(4)? },
            SECTION => Self::Section { course, section: row.get(5)? },
            MARK => Self::Mark { course, mark: row.get(5)? },
            _ => {
                let change = Exception::from_row(row)?.change();
                Self::Exception { course, item: row.get(2)?, section_name: row.get(6)?, change }
            }
        })
    }
}

/// What is known of a person in each of these courses, and the mark that each course has.
fn facts_in(tx: &mut Tx<'_>, person: PersonId, courses: &[CourseId]) -> Result<BTreeMap<CourseId, (Facts, Mark)>> {
    let now = tx.now();
    let none = || Facts { now: Some(now), ..Facts::default() };
    let mut all: BTreeMap<CourseId, (Facts, Mark)> = courses.iter().map(|course| (*course, (none(), None))).collect();
    let known: Vec<Known> = tx.all(
        sql!(
            "select 0 as what, course, item, viewed_at is not null as viewed, done_at is not null as done,
                    cast(null as uuid) as id, cast(null as text) as section_name, false as sets_due,
                    cast(null as timestamptz) as due_at, false as sets_unlock, cast(null as timestamptz) as unlock_at,
                    false as sets_lock, cast(null as timestamptz) as lock_at, false as opens
             from item_progress where person = ?1 and course in ids(?2)
             union all
             select 1, course, null, false, false, section, null, false, null, false, null, false, null, false
             from enrolment where person = ?1 and course in ids(?2) and state = 'active' and section is not null
             union all
             select 2, course, null, false, false, mark, null, false, null, false, null, false, null, false
             from structure_mark where course in ids(?2)
             union all
             select 3, o.course, o.item, false, false, null, s.name, o.sets_due, o.due_at, o.sets_unlock, o.unlock_at,
                    o.sets_lock, o.lock_at, o.opens
             from item_override o left join section s on s.id = o.section
             where o.course in ids(?2) and o.ended_at is null
             and (o.person = ?1 or o.section in (select e.section from enrolment e
                                                 where e.person = ?1 and e.course = o.course and e.state = 'active'))"
        ),
        params![person, Ids(courses)],
    )?;
    for known in known {
        let course = known.course();
        let Some((facts, mark)) = all.get_mut(&course) else { continue };
        match known {
            Known::Progress { item, viewed, done, .. } => {
                facts.viewed.extend(viewed.then_some(item));
                facts.done.extend(done.then_some(item));
            }
            Known::Section { section, .. } => facts.sections.push(section),
            Known::Mark { mark: read, .. } => *mark = Some(read),
            Known::Exception { item, section_name, change, .. } => {
                facts.exceptions.entry(item).or_default().add(change, section_name);
            }
        }
    }
    Ok(all)
}

impl Known {
    const fn course(&self) -> CourseId {
        match self {
            Self::Progress { course, .. }
            | Self::Section { course, .. }
            | Self::Mark { course, .. }
            | Self::Exception { course, .. } => *course,
        }
    }
}

impl Exception {
    fn change(&self) -> Change {
        Change {
            due: DateChange::of(self.sets_due, self.due_at),
            unlock: DateChange::of(self.sets_unlock, self.unlock_at),
            lock: DateChange::of(self.sets_lock, self.lock_at),
            opens: self.opens,
        }
    }
}

/// Loads a course for a person: one statement, or three where its structure is not remembered. `sees_everything` for
/// those who make it: nothing is closed to them, and they see the dates of everybody.
pub fn load(tx: &mut Tx<'_>, course: CourseId, person: Option<PersonId>, sees_everything: bool) -> Result<Outline> {
    // Nobody has the id of zeros.
    let person = person.unwrap_or(PersonId(Id::nil()));
    let (_, mut outline) = load_many(tx, person, &[course])?.remove(0);
    outline.facts.sees_everything = sees_everything;
    if sees_everything {
        outline.facts.exceptions.clear();
    }
    Ok(outline)
}

impl Outline {
    /// As the person sees it.
    pub fn arrange(&self) -> Arranged<'_> {
        arrange(&self.structure.modules, &self.structure.items, &self.facts)
    }
}

/// Notes that a person opened an item, which completes it where that is its rule.
pub fn viewed(tx: &mut Tx<'_>, item: &Item, person: PersonId) -> Result<()> {
    let now = tx.now();
    let completes = item.completion == Completion::View;
    let (done_at, reason) = (completes.then_some(now), completes.then_some("view"));
    let changed = tx.execute(
        sql!(
            "insert into item_progress (person, item, course, viewed_at, done_at, reason) values (?1, ?2, ?3, ?4, ?5, ?6)
             on conflict (person, item) do update set viewed_at = coalesce(item_progress.viewed_at, excluded.viewed_at),
                 done_at = coalesce(item_progress.done_at, excluded.done_at),
                 reason = coalesce(item_progress.reason, excluded.reason)
             where item_progress.viewed_at is null"
        ),
        params![person, item.id, item.course, now, done_at, reason],
    )?;
    if changed == 1 {
        tx.record(&event("item.viewed", item, person))?;
        if completes {
            tx.record(&event("item.completed", item, person).with("reason", "view"))?;
        }
    }
    Ok(())
}

fn event(verb: &'static str, item: &Item, person: PersonId) -> Event {
    Event::new(verb, "item", item.id).by(person).within("course", item.course).with("title", item.title.as_str())
}

/// Notes that a person says they are done with an item whose rule that is; false where it is not.
pub fn complete(tx: &mut Tx<'_>, item: &Item, person: PersonId) -> Result<bool> {
    if item.completion != Completion::Mark {
        return Ok(false);
    }
    let now = tx.now();
    let changed = tx.execute(
        sql!(
            "insert into item_progress (person, item, course, viewed_at, done_at, reason) values (?1, ?2, ?3, ?4, ?4, 'mark')
             on conflict (person, item) do update set done_at = excluded.done_at, reason = 'mark'
             where item_progress.done_at is null"
        ),
        params![person, item.id, item.course, now],
    )?;
    if changed == 1 {
        tx.record(&event("item.completed", item, person).with("reason", "mark"))?;
    }
    Ok(true)
}

/// Notes that a person is done with an item by what its kind saw: that they handed something in, or got a grade. False
/// where that is not the item's rule. The event names the person in its payload where the actor is another.
pub fn complete_by(tx: &mut Tx<'_>, item: &Item, person: PersonId, how: Completion, by: PersonId) -> Result<bool> {
    if item.completion != how || !matches!(how, Completion::Submit | Completion::Grade) {
        return Ok(false);
    }
    let now = tx.now();
    let changed = tx.execute(
        sql!(
            "insert into item_progress (person, item, course, done_at, reason, done_by) values (?1, ?2, ?3, ?4, ?5, ?6)
             on conflict (person, item) do update set done_at = excluded.done_at, reason = excluded.reason,
                 done_by = excluded.done_by
             where item_progress.done_at is null"
        ),
        params![person, item.id, item.course, now, how.as_str(), (by != person).then_some(by)],
    )?;
    if changed == 1 {
        let event = event("item.completed", item, by).with("reason", how.as_str());
        tx.record(&event.with("person", person.to_string()))?;
    }
    Ok(true)
}

/// Takes back what a person said.
pub fn take_back(tx: &mut Tx<'_>, item: &Item, person: PersonId) -> Result<bool> {
    let changed = tx.execute(
        sql!(
            "update item_progress set done_at = null, reason = null
             where person = ?1 and item = ?2 and reason = 'mark' and done_at is not null"
        ),
        params![person, item.id],
    )?;
    if changed == 1 {
        tx.record(&event("item.reopened", item, person))?;
    }
    Ok(changed == 1)
}

/// Notes that a member of staff says of somebody that they are done with an item, whatever its rule; false where they
/// were already. The event names that person in its payload, since its actor is another.
pub fn complete_for(tx: &mut Tx<'_>, item: &Item, person: PersonId, by: PersonId) -> Result<bool> {
    let now = tx.now();
    let changed = tx.execute(
        sql!(
            "insert into item_progress (person, item, course, done_at, reason, done_by) values (?1, ?2, ?3, ?4, 'staff', ?5)
             on conflict (person, item) do update set done_at = excluded.done_at, reason = 'staff', done_by = ?5
             where item_progress.done_at is null"
        ),
        params![person, item.id, item.course, now, by],
    )?;
    if changed == 1 {
        let event = event("item.completed", item, by).with("reason", "staff").with("person", person.to_string());
        tx.record(&event)?;
    }
    Ok(changed == 1)
}

/// Takes back for somebody that they are done with an item, however that came about; false where they were not. An item
/// that is done by opening it is done again once they open it anew.
pub fn reopen_for(tx: &mut Tx<'_>, item: &Item, person: PersonId, by: PersonId) -> Result<bool> {
    let changed = tx.execute(
        sql!(
            "update item_progress set done_at = null, reason = null, done_by = null, viewed_at = null
             where person = ?1 and item = ?2 and done_at is not null"
        ),
        params![person, item.id],
    )?;
    if changed == 1 {
        tx.record(&event("item.reopened", item, by).with("person", person.to_string()))?;
    }
    Ok(changed == 1)
}

/// Loads several courses for a person at once, in their order: one statement for the facts, and two more where a
/// structure is not remembered, however many courses there are.
pub(crate) fn load_many(tx: &mut Tx<'_>, person: PersonId, courses: &[CourseId]) -> Result<Vec<(CourseId, Outline)>> {
    if courses.is_empty() {
        return Ok(Vec::new());
    }
    let mut facts = facts_in(tx, person, courses)?;
    let marks: Vec<(CourseId, Mark)> = facts.iter().map(|(course, (_, mark))| (*course, *mark)).collect();
    let structures = structure::of(tx, &marks)?;
    let outline = |course: &CourseId| {
        let structure = structures.get(course).cloned().unwrap_or_default();
        let (facts, _) = facts.remove(course).unwrap_or_default();
        (*course, Outline { structure, facts })
    };
    Ok(courses.iter().map(outline).collect())
}

/// Where a person is in each of these courses: what `courses` asks for its cards.
pub fn progress(tx: &mut Tx<'_>, person: PersonId, courses: &[CourseId]) -> Result<Vec<Progress>> {
    let outlines = load_many(tx, person, courses)?;
    let told = outlines.into_iter().map(|(course, outline)| {
        let arranged = outline.arrange();
        let (done, total) = arranged.tally();
        let next = arranged.next().map(|next| NextStep {
            title: next.item.title.clone(),
            href: format!("/courses/{course}/items/{}", next.item.id),
            due: next.item.due_at,
        });
        let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        Progress { course, done: count(done), total: count(total), next }
    });
    Ok(told.collect())
}

/// Something that a person can do now.
#[derive(Clone, Debug)]
pub struct Step {
    /// The course.
    pub course: CourseId,
    /// What it is.
    pub item: Item,
    /// The module's name.
    pub module: String,
    /// True for the one that comes next in its course.
    pub is_next: bool,
    /// How many items that count are done in the course, and how many there are.
    pub tally: (usize, usize),
}

/// What a person can do in some courses, and how far they are in each.
#[derive(Clone, Debug, Default)]
pub struct Ahead {
    /// What falls due, soonest first, and then the next steps that have no date.
    pub steps: Vec<Step>,
    /// For each course how many items that count are done, and how many there are.
    pub tallies: HashMap<CourseId, (usize, usize)>,
}

/// What a person can do in these courses: what falls due, soonest first, and the next step of each course.
pub fn next_steps(tx: &mut Tx<'_>, person: PersonId, courses: &[CourseId]) -> Result<Ahead> {
    let mut ahead = Ahead::default();
    for (course, outline) in load_many(tx, person, courses)? {
        let arranged = outline.arrange();
        let (next, tally) = (arranged.next().map(|next| next.item.id), arranged.tally());
        ahead.tallies.insert(course, tally);
        for module in &arranged.modules {
            for arranged_item in &module.items {
                let item = &arranged_item.item;
                let is_next = Some(item.id) == next;
                let is_due = item.due_at.is_some() && item.completion != Completion::None;
                if arranged_item.state == crate::ItemState::Open && (is_next || is_due) {
                    let (item, module) = (Item::clone(item), module.module.title.clone());
                    ahead.steps.push(Step { course, item, module, is_next, tally });
                }
            }
        }
    }
    ahead.steps.sort_by_key(|step| (step.item.due_at.is_none(), step.item.due_at));
    Ok(ahead)
}
