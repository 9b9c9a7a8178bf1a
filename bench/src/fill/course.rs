//! One course: its outline, its people, and what they have done.

use std::collections::HashMap;

use courses::course::{Listing, Settings};
use courses::enrolment::{IfFull, NewEnrolment, enrol};
use courses::{Course, CourseId, CourseRole};
use materials::{link, page};
use outline::release::{Condition, Node, Op, Tree};
use outline::{Completion, Item, ItemSettings, Module, ModuleId, ModuleSettings, NewItem, Requirement};
use people::{PersonId, UnitId};
use store::{Db, Time, Tx, params, sql};

use crate::Result;
use crate::amounts::{ITEMS, MODULES, Seat};

/// Items of a module.
const OF_MODULE: usize = ITEMS / MODULES;
/// Days from the due dates of one module to those of the next. The course is in its eighth: some things are overdue, some
/// fall due this week.
const MODULE_DAYS: i64 = 10;
const TOPICS: [&str; 12] = [
    "Foundations",
    "Cells and tissues",
    "Energy",
    "Measurement",
    "Networks",
    "Signals",
    "Evidence",
    "Systems",
    "Methods",
    "Ethics",
    "Practice",
    "Review",
];
const TEXT: &str = "Read this section with a pencil in hand. Note what surprises you, and what you would ask.\n\n\
    - What is claimed, and on what evidence?\n- Which step would you check first?\n\n\
    > A figure says what it says for the people who were asked, and for nobody else.\n\n\
    Then go on to the next section, or come back tomorrow: both are good ways to learn.\n";

/// What a course is made of.
pub(crate) struct Plan {
    pub(crate) number: usize,
    pub(crate) unit: UnitId,
    pub(crate) teacher: PersonId,
    pub(crate) seats: Vec<(PersonId, Seat)>,
    pub(crate) began: Time,
    pub(crate) now: Time,
}

/// A course that was made.
pub(crate) struct Made {
    pub(crate) course: CourseId,
    pub(crate) items: Vec<Item>,
    /// How many items each of the people has done, by their number.
    pub(crate) done: HashMap<usize, usize>,
}

/// Makes the course three weeks before it begins, enrols its people, and writes what they have done since.
pub(crate) fn make(db: &Db, plan: Plan) -> Result<Made> {
    db.clock().set(plan.began.plus_days(-21));
    db.write_blocking(move |tx| {
        let course = course(tx, &plan)?;
        let items = outline(tx, course, &plan)?;
        for (person, role) in std::iter::once((plan.teacher, CourseRole::Teacher))
            .chain(plan.seats.iter().map(|(p, _)| (*p, CourseRole::Learner)))
        {
            enrol(tx, &NewEnrolment::new(course, person, role), IfFull::Exceed, Some(plan.teacher))?;
        }
        for (person, seat) in &plan.seats {
            done(tx, &plan, *person, &items[..seat.done], seat.done)?;
        }
        Ok(Made { course, items, done: plan.seats.iter().map(|(_, seat)| (seat.person, seat.done)).collect() })
    })
}

fn course(tx: &mut Tx<'_>, plan: &Plan) -> Result<CourseId> {
    let topic = TOPICS[plan.number % TOPICS.len()];
    let settings = Settings {
        code: format!("BEN {}", 100 + plan.number),
        summary: format!("{topic}, from the first question to the last. Ten weeks, about four hours each."),
        about: TEXT.repeat(2),
        hue: u8::try_from(1 + plan.number % 8).unwrap_or(1),
        starts: Some(plan.began),
        ends: Some(plan.began.plus_days(7 + MODULE_DAYS * MODULES as i64)),
        listing: Listing::Members,
        ..Settings::new(plan.unit, &format!("{topic} {}", plan.number + 1), "en", "Europe/Berlin")
    };
    let mut course = Course::create(tx, &settings, plan.teacher)?;
    course.publish(tx, None, plan.teacher)?;
    Ok(course.id)
}

/// The items in the order of the course. The last of each module opens after the one before it; the last module opens
/// after the one before it.
fn outline(tx: &mut Tx<'_>, course: CourseId, plan: &Plan) -> Result<Vec<Item>> {
    let mut items: Vec<Item> = Vec::with_capacity(ITEMS);
    let mut before: Option<ModuleId> = None;
    for number in 0..MODULES {
        let title = format!("{}. {}", number + 1, TOPICS[(plan.number + number) % TOPICS.len()]);
        let id = Module::add(tx, course, &title, None, plan.teacher)?;
        let module = Module::find(tx, course, id)?;
        let settings = ModuleSettings {
            title,
            unlock_at: None,
            needs: before.filter(|_| number + 1 == MODULES).into_iter().collect(),
            requirement: Requirement::All,
            requirement_count: 1,
            sequential: false,
        };
        module.change(tx, &settings, plan.teacher)?;
        module.publish(tx, plan.teacher)?;
        before = Some(id);
        for place in 0..OF_MODULE {
            let made = item(tx, course, id, plan, (number, place), items.last())?;
            items.push(made);
        }
    }
    Ok(items)
}

fn item(
    tx: &mut Tx<'_>,
    course: CourseId,
    module: ModuleId,
    plan: &Plan,
    (number, place): (usize, usize),
    before: Option<&Item>,
) -> Result<Item> {
    let (is_link, is_last) = (place == 2, place + 1 == OF_MODULE);
    let completion = if place % 2 == 0 { Completion::View } else { Completion::Mark };
    let topic = TOPICS[(plan.number + number + place) % TOPICS.len()];
    let title = format!("{}.{} {topic}", number + 1, place + 1);
    let kind = if is_link { "link" } else { "page" };
    let new = NewItem { module, kind, title: &title, indent: 0, completion, source: None };
    let item = Item::add(tx, course, &new, plan.teacher)?;
    let after = |before: &Item| {
        let condition = Node::Condition(Condition::Done { item: before.id });
        Tree { op: Op::All, of: vec![condition], shown_each: Vec::new(), shown: true }
    };
    let settings = ItemSettings {
        title: title.clone(),
        indent: 0,
        minutes: 10 + 5 * u32::try_from(place).unwrap_or(0),
        completion,
        release: before.filter(|_| is_last).map(after),
        due_at: (place + 3 > OF_MODULE).then(|| plan.began.plus_days(MODULE_DAYS * (1 + number as i64))),
        unlock_at: None,
        lock_at: None,
    };
    item.change(tx, &settings, plan.teacher)?;
    item.publish(tx, plan.teacher)?;
    if is_link {
        link::write(tx, &item, "https://example.org/reading", link::Opens::Tab, plan.teacher)?;
    } else {
        page::write(tx, &item, &page::Body::Markdown(format!("## {title}\n\n{TEXT}")), plan.teacher)?;
    }
    Ok(Item::find(tx, course, item.id)?)
}

/// Whether somebody who has not done it, and has come to its module, can say that they have: the last module and the last
/// item of each wait for others.
pub(crate) fn can_be_said_done(item: &Item) -> bool {
    let is_last_module = item.title.starts_with(&format!("{MODULES}."));
    item.completion == Completion::Mark && item.release.is_none() && !is_last_module
}

/// What a person has done, evenly from the first day to today.
fn done(tx: &mut Tx<'_>, plan: &Plan, person: PersonId, items: &[Item], count: usize) -> Result<()> {
    let span = plan.now.since(plan.began).as_secs() as i64;
    for (at, item) in items.iter().enumerate() {
        let when = plan.began.plus_seconds(span * at as i64 / count.max(1) as i64);
        let reason = if item.completion == Completion::View { "view" } else { "mark" };
        tx.execute(
            sql!(
                "insert into item_progress (person, item, course, viewed_at, done_at, reason)
                 values (?1, ?2, ?3, ?4, ?4, ?5)"
            ),
            params![person, item.id, item.course, when, reason],
        )?;
    }
    Ok(())
}
