//! What a course holds, whoever looks: its modules and items, remembered between requests.
//!
//! All who take a course read the same modules and items at every page, and these rarely change: reading them anew costs
//! more than all else on a page. So the process remembers them, with the mark that the course had then. Every change gives
//! the course another mark in the same transaction ([`changed`]), and every page reads the mark along with what it knows of
//! its reader; what is remembered under another mark is read anew. So no process ever shows what is not true any more, with
//! any number of processes.

use std::collections::{HashMap, VecDeque};
use std::sync::{Arc, Mutex, PoisonError};

use courses::CourseId;
use store::{Id, Result, Tx, params, sql};

use crate::{Item, Module};

/// Items that a process remembers, of all courses together: about 20 MB. Beyond it the courses that came first are
/// forgotten, and read anew when somebody comes.
const ITEMS_MAX: usize = 60_000;

/// The modules and items of a course in its order, drafts too.
#[derive(Debug, Default)]
pub struct Structure {
    /// The modules.
    pub modules: Vec<Module>,
    /// The items of all modules.
    pub items: Vec<Item>,
}

/// The mark of a course; none as long as nothing was ever changed in it.
pub(crate) type Mark = Option<Id>;

/// Gives the course another mark: for whoever has changed a module or an item, in the same transaction.
pub(crate) fn changed(tx: &mut Tx<'_>, course: CourseId) -> Result<()> {
    let mark: Id = tx.new_id();
    tx.execute(
        sql!(
            "insert into structure_mark (course, mark) values (?1, ?2)
             on conflict (course) do update set mark = excluded.mark"
        ),
        params![course, mark],
    )?;
    Ok(())
}

/// The structures of these courses, whose marks this transaction has read: two statements for all that are not remembered
/// as they are now, none where all are.
pub(crate) fn of(tx: &mut Tx<'_>, courses: &[(CourseId, Mark)]) -> Result<HashMap<CourseId, Arc<Structure>>> {
    let memory = tx.memory::<Mutex<Memory>>();
    let mut found = memory.lock().unwrap_or_else(PoisonError::into_inner).find(courses);
    let missing: Vec<(CourseId, Mark)> =
        courses.iter().filter(|(course, _)| !found.contains_key(course)).copied().collect();
    if missing.is_empty() {
        return Ok(found);
    }
    let mut read = read(tx, &missing.iter().map(|(course, _)| *course).collect::<Vec<_>>())?;
    for (course, mark) in missing {
        let structure = Arc::new(read.remove(&course).unwrap_or_default());
        if tx.is_read_only() {
            memory.lock().unwrap_or_else(PoisonError::into_inner).keep(course, mark, &structure);
        }
        found.insert(course, structure);
    }
    Ok(found)
}

fn read(tx: &mut Tx<'_>, courses: &[CourseId]) -> Result<HashMap<CourseId, Structure>> {
    let mut all: HashMap<CourseId, Structure> = HashMap::new();
    let (modules, items) = (Module::of_courses(tx, courses)?, Item::of_courses(tx, courses)?);
    for module in modules {
        all.entry(module.course).or_default().modules.push(module);
    }
    for item in items {
        all.entry(item.course).or_default().items.push(item);
    }
    Ok(all)
}

/// What is remembered.
#[derive(Default)]
struct Memory {
    courses: HashMap<CourseId, (Mark, Arc<Structure>)>,
    /// The courses, the one that came first in front.
    order: VecDeque<CourseId>,
    items: usize,
}

impl Memory {
    fn find(&self, courses: &[(CourseId, Mark)]) -> HashMap<CourseId, Arc<Structure>> {
        let known = |(course, mark): &(CourseId, Mark)| {
            let (known, structure) = self.courses.get(course)?;
            (known == mark).then(|| (*course, Arc::clone(structure)))
        };
        courses.iter().filter_map(known).collect()
    }

    fn keep(&mut self, course: CourseId, mark: Mark, structure: &Arc<Structure>) {
        match self.courses.insert(course, (mark, Arc::clone(structure))) {
            Some((_, before)) => self.items -= before.items.len(),
            None => self.order.push_back(course),
        }
        self.items += structure.items.len();
        while self.items > ITEMS_MAX {
            let Some(first) = self.order.pop_front() else { break };
            let gone = self.courses.remove(&first);
            self.items -= gone.map_or(0, |(_, structure)| structure.items.len());
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::allow_attributes, reason = "a test says so by stopping")]
mod tests;
