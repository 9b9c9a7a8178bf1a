//! What people have opened and done, and what they do next.

use std::collections::BTreeSet;

use courses::{CourseId, NextStep, Progress};
use people::PersonId;
use store::{Event, FromRow, Ids, Result, Time, Tx, params, sql};

use crate::arrange::{Arranged, Facts, arrange};
use crate::{Completion, Item, ItemId, Module};

/// A course with everything in it, and one person's facts.
#[derive(Clone, Debug)]
pub struct Outline {
    /// The modules, in order.
    pub modules: Vec<Module>,
    /// The items, in the order of the course.
    pub items: Vec<Item>,
    /// What is known of the person.
    pub facts: Facts,
}

#[derive(FromRow)]
struct Seen {
    item: ItemId,
    viewed_at: Option<Time>,
    done_at: Option<Time>,
}

/// Loads a course for a person: three statements. `sees_everything` for those who make it.
pub fn load(tx: &mut Tx<'_>, course: CourseId, person: Option<PersonId>, sees_everything: bool) -> Result<Outline> {
    let modules = Module::of_course(tx, course)?;
    let items = Item::of_course(tx, course)?;
    let mut facts = Facts { now: Some(tx.now()), sees_everything, ..Facts::default() };
    if let Some(person) = person {
        // Sections come along as rows without an item, to save a statement.
        let seen: Vec<(Option<ItemId>, Option<Time>, Option<Time>, Option<store::Id>)> = tx.all(
            sql!(
                "select item, viewed_at, done_at, null as section from item_progress where person = ?1 and course = ?2
                 union all
                 select null, null, null, section from enrolment where person = ?1 and course = ?2 and state = 'active'"
            ),
            params![person, course],
        )?;
        for (item, viewed, done, section) in seen {
            facts.viewed.extend(item.filter(|_| viewed.is_some()));
            facts.done.extend(item.filter(|_| done.is_some()));
            facts.sections.extend(section);
        }
    }
    Ok(Outline { modules, items, facts })
}

impl Outline {
    /// As the person sees it.
    pub fn arrange(&self) -> Arranged {
        arrange(&self.modules, &self.items, &self.facts)
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

/// Loads several courses for a person at once: three statements, however many courses there are.
fn load_many(tx: &mut Tx<'_>, person: PersonId, courses: &[CourseId]) -> Result<Vec<(CourseId, Outline)>> {
    if courses.is_empty() {
        return Ok(Vec::new());
    }
    let now = tx.now();
    let modules: Vec<Module> = tx.all(
        sql!(
            "select m.id, m.course, m.title, m.position, m.unlock_at, m.needs, m.requirement, m.requirement_count,
                    m.sequential, p.at as published_at
             from module m join module_publication p on p.module = m.id
             where m.course in ids(?1) and m.deleted_at is null order by m.position, m.id"
        ),
        params![Ids(courses)],
    )?;
    let items: Vec<Item> = tx.all(
        sql!(
            "select i.id, i.course, i.module, i.kind, i.title, i.position, i.indent, i.minutes, i.completion, i.release,
                    i.due_at, i.unlock_at, i.lock_at, p.at as published_at
             from item i join module m on m.id = i.module join item_publication p on p.item = i.id
             where i.course in ids(?1) and i.deleted_at is null and m.deleted_at is null
             order by m.position, m.id, i.position, i.id"
        ),
        params![Ids(courses)],
    )?;
    let seen: Vec<Seen> = tx.all(
        sql!("select item, viewed_at, done_at from item_progress where person = ?1 and course in ids(?2)"),
        params![person, Ids(courses)],
    )?;
    let done: BTreeSet<ItemId> = seen.iter().filter(|seen| seen.done_at.is_some()).map(|seen| seen.item).collect();
    let viewed: BTreeSet<ItemId> = seen.iter().filter(|seen| seen.viewed_at.is_some()).map(|seen| seen.item).collect();
    let outline = |course: CourseId| {
        let items: Vec<Item> = items.iter().filter(|item| item.course == course).cloned().collect();
        let mine = |set: &BTreeSet<ItemId>| items.iter().map(|item| item.id).filter(|id| set.contains(id)).collect();
        let facts = Facts { now: Some(now), done: mine(&done), viewed: mine(&viewed), ..Facts::default() };
        Outline { modules: modules.iter().filter(|module| module.course == course).cloned().collect(), items, facts }
    };
    Ok(courses.iter().map(|course| (*course, outline(*course))).collect())
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

/// What a person can do in these courses: what falls due, soonest first, and the next step of each course.
pub fn next_steps(tx: &mut Tx<'_>, person: PersonId, courses: &[CourseId]) -> Result<Vec<Step>> {
    let mut steps = Vec::new();
    for (course, outline) in load_many(tx, person, courses)? {
        let arranged = outline.arrange();
        let next = arranged.next().map(|next| next.item.id);
        for module in &arranged.modules {
            for arranged_item in &module.items {
                let item = &arranged_item.item;
                let is_next = Some(item.id) == next;
                let is_due = item.due_at.is_some() && item.completion != Completion::None;
                if arranged_item.state == crate::ItemState::Open && (is_next || is_due) {
                    let title = module.module.title.clone();
                    steps.push(Step { course, item: item.clone(), module: title, is_next, tally: arranged.tally() });
                }
            }
        }
    }
    steps.sort_by_key(|step| (step.item.due_at.is_none(), step.item.due_at));
    Ok(steps)
}
