//! What a course's grades are made of, loaded: its policy, groups and columns, its learners, their dates and grades.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use courses::{CourseId, SectionId};
use outline::ItemId;
use outline::overrides::{self, Change, Dates, Whom};
use outline::release::{Condition, Outlook, Tree};
use people::PersonId;
use store::{FromRow, Id, Ids, Result, Row, Time, Tx, params, sql};

use crate::finals::SetGrade;
use crate::sheet::{Entry, Learner, Sheet, rules, sheet};
use crate::total::View;
use crate::{Column, ColumnId, Group, Points, Policy, Rules};

/// The rules and columns of a course, and the exceptions to its dates.
#[derive(Clone, Debug)]
pub struct Book {
    /// The course.
    pub course: CourseId,
    /// How it grades.
    pub policy: Policy,
    /// Its groups in their order.
    pub groups: Vec<Group>,
    /// Its columns, group by group.
    pub columns: Vec<Column>,
    /// Where a column stands in `columns`.
    places: HashMap<ColumnId, usize>,
    exceptions: HashMap<ItemId, Vec<(Whom, Change)>>,
    pub(crate) rules: Arc<Rules>,
    /// Since when the final grades are settled.
    pub locked_at: Option<Time>,
    now: Time,
}

/// The grades of a course by learner and place of the column.
pub type Grades = HashMap<PersonId, Vec<(usize, Entry)>>;

/// A row of the table of grades, by place: there can be a hundred thousand.
struct GradeRow(PersonId, ColumnId, Entry);

impl FromRow for GradeRow {
    fn from_row(row: &Row<'_>) -> Result<Self> {
        let entry = Entry {
            points: row.get(2)?,
            state: row.get(3)?,
            submitted_at: row.get(4)?,
            late_seconds: row.get(5)?,
            late_waived: row.get(6)?,
            posted: row.get(7)?,
        };
        Ok(Self(row.get(0)?, row.get(1)?, entry))
    }
}

impl Book {
    /// The book of a course: three statements.
    pub fn load(tx: &mut Tx<'_>, course: CourseId) -> Result<Self> {
        let (policy, groups, locked_at) = Policy::of_course(tx, course)?;
        let columns = Column::of_course(tx, course)?;
        let mut exceptions: HashMap<ItemId, Vec<(Whom, Change)>> = HashMap::new();
        for (item, whom, change) in overrides::of_course(tx, course)? {
            exceptions.entry(item).or_default().push((whom, change));
        }
        Ok(Self { course, exceptions, locked_at, ..Self::of_parts(policy, groups, columns, tx.now()) })
    }

    /// A book of these parts, of no course and without exceptions.
    pub(crate) fn of_parts(policy: Policy, groups: Vec<Group>, columns: Vec<Column>, now: Time) -> Self {
        let places = columns.iter().enumerate().map(|(at, column)| (column.id, at)).collect();
        let rules = Arc::new(rules(&policy, &groups, &columns));
        let (course, exceptions) = (CourseId(Id::nil()), HashMap::new());
        Self { course, policy, groups, columns, places, exceptions, rules, locked_at: None, now }
    }

    /// A column by its id.
    pub fn column(&self, id: ColumnId) -> Option<&Column> {
        self.places.get(&id).map(|at| &self.columns[*at])
    }

    /// Where a column stands.
    pub fn place(&self, id: ColumnId) -> Option<usize> {
        self.places.get(&id).copied()
    }

    /// The grades of these people, or of everybody: one statement.
    pub fn grades(&self, tx: &mut Tx<'_>, people: Option<&[PersonId]>) -> Result<Grades> {
        let mut grades: Grades = HashMap::new();
        let mut take = |row: &Row<'_>| {
            let GradeRow(person, column, entry) = GradeRow::from_row(row)?;
            if let Some(at) = self.places.get(&column) {
                grades.entry(person).or_default().push((*at, entry));
            }
            Ok(())
        };
        match people {
            Some(people) => tx.each(
                sql!(
                    "select person, grade_column, points, state, submitted_at, late_seconds, late_waived,
                            posted_at is not null
                     from grade where course = ?1 and person in ids(?2)"
                ),
                params![self.course, Ids(people)],
                &mut take,
            )?,
            None => tx.each(
                sql!(
                    "select person, grade_column, points, state, submitted_at, late_seconds, late_waived,
                            posted_at is not null
                     from grade where course = ?1 order by person"
                ),
                params![self.course],
                &mut take,
            )?,
        }
        Ok(grades)
    }

    /// Until when a column is to be done by this learner (M20).
    pub fn due(&self, column: &Column, learner: &Learner) -> Option<Time> {
        let exceptions = column.item.and_then(|item| self.exceptions.get(&item));
        let Some(exceptions) = exceptions else { return column.due_at };
        let concerns = |whom: &Whom| match whom {
            Whom::Person(person) => *person == learner.person,
            Whom::Section(section) => learner.sections.contains(section),
        };
        let changes: Vec<Change> =
            exceptions.iter().filter(|(whom, _)| concerns(whom)).map(|(_, change)| *change).collect();
        let own = Dates { due: column.due_at, unlock: None, lock: None };
        overrides::effective(own, &changes, Some(self.now)).due
    }

    /// Whether a column concerns this learner: it is published, and not for another section.
    pub fn is_for(&self, column: &Column, learner: &Learner) -> bool {
        if !column.is_open {
            return false;
        }
        let Some(tree) = &column.release else { return true };
        let opens = |change: &(Whom, Change)| change.1.opens && change.0 == Whom::Person(learner.person);
        let exceptions = column.item.and_then(|item| self.exceptions.get(&item));
        exceptions.is_some_and(|all| all.iter().any(opens)) || may_be_for(&tree.0, &learner.sections)
    }

    /// One learner's sheet.
    pub fn sheet(&self, learner: &Learner, grades: &[(usize, Entry)], view: View) -> Sheet {
        let mut entries: Vec<Option<Entry>> = vec![None; self.columns.len()];
        for (at, entry) in grades {
            entries[*at] = Some(*entry);
        }
        self.sheet_of(learner, entries, view)
    }

    /// The sheet of a learner with these entries, one for each column.
    pub fn sheet_of(&self, learner: &Learner, entries: Vec<Option<Entry>>, view: View) -> Sheet {
        let of = |at: usize| {
            let column = &self.columns[at];
            (self.is_for(column, learner), self.due(column, learner))
        };
        let view = View { concluded: learner.concluded, ..view };
        sheet(self, entries, of, view)
    }

    /// The moment at which it was loaded.
    pub const fn now(&self) -> Time {
        self.now
    }

    /// The sum of the points possible of what counts and is published.
    pub fn possible(&self) -> Points {
        let counting = self.columns.iter().filter(|column| column.counts && !column.extra && column.is_open);
        counting.map(|column| column.points).sum()
    }
}

/// Whether conditions can hold for somebody in these sections: what they did and when it is does not matter here.
fn may_be_for(tree: &Tree, sections: &[SectionId]) -> bool {
    let settled = |condition: &Condition| {
        Some(match condition {
            Condition::Section { section } => Outlook::settled(sections.contains(&SectionId(*section))),
            _ => Outlook::OPEN,
        })
    };
    tree.outlook(&settled).may_hold
}

/// Somebody who takes the course, in one of their sections.
struct LearnerRow {
    person: PersonId,
    given: String,
    family: String,
    sort_name: String,
    email: String,
    active: bool,
    section: Option<SectionId>,
    section_name: Option<String>,
    set: Option<SetGrade>,
}

impl FromRow for LearnerRow {
    fn from_row(row: &Row<'_>) -> Result<Self> {
        Ok(Self {
            person: row.get("person")?,
            given: row.get("given")?,
            family: row.get("family")?,
            sort_name: row.get("sort_name")?,
            email: row.get("email")?,
            active: row.get("active")?,
            section: row.get("section")?,
            section_name: row.get("section_name")?,
            set: row.get::<Option<Id>>("id")?.map(|_| SetGrade::from_row(row)).transpose()?,
        })
    }
}

/// Those who take a course or have ended it, by name; or only one of them. One statement.
pub fn learners(tx: &mut Tx<'_>, course: CourseId, only: Option<PersonId>) -> Result<Vec<Learner>> {
    let rows: Vec<LearnerRow> = tx.all(
        sql!(
            "select p.id as person, p.given, p.family, p.sort_name, p.email, e.state = 'active' as active, e.section,
                    s.name as section_name, f.id, f.kind, f.percent, f.letter, f.computed, f.reason, f.at
             from enrolment e join person p on p.id = e.person left join section s on s.id = e.section
             left join final_grade f on f.id = (select l.id from final_grade l
                                                where l.course = e.course and l.person = e.person
                                                order by l.at desc, l.id desc limit 1)
             where e.course = ?1 and e.role = 'learner' and e.state in ('active', 'concluded')
             and (e.person = ?2 or cast(?2 as uuid) is null)
             order by p.sort_name, p.id, s.position, s.id"
        ),
        params![course, only],
    )?;
    let mut learners: Vec<Learner> = Vec::new();
    for row in rows {
        if learners.last().is_none_or(|last| last.person != row.person) {
            learners.push(Learner {
                person: row.person,
                given: row.given,
                family: row.family,
                sort_name: row.sort_name,
                email: row.email,
                sections: Vec::new(),
                section_names: Vec::new(),
                concluded: true,
                set: row.set,
            });
        }
        let Some(learner) = learners.last_mut() else { continue };
        learner.concluded &= !row.active;
        if let (Some(section), Some(name)) = (row.section, row.section_name) {
            learner.sections.push(section);
            learner.section_names.push(name);
        }
    }
    Ok(learners)
}

/// The sections of these learners by name, for a choice.
pub fn sections(learners: &[Learner]) -> BTreeMap<String, SectionId> {
    let mut sections = BTreeMap::new();
    for learner in learners {
        sections.extend(learner.section_names.iter().cloned().zip(learner.sections.iter().copied()));
    }
    sections
}
