//! A section: a part of a course's people with a capacity, dates and a key of its own. Sections share the material.

use people::{PersonId, Scope};
use store::{Broken, Error, Event, FromRow, Time, Tx, params, sql};

use crate::course::{Course, Fault};
use crate::{CourseId, SectionId};

/// The most characters of a section's name.
pub const NAME_MAX: usize = 80;
/// The most characters of the title under which a section is cross-listed.
pub const TITLE_MAX: usize = 200;
/// The most places that can be set.
pub const CAPACITY_MAX: u32 = 1_000_000;
/// The most sections of a course.
pub const SECTIONS_MAX: usize = 200;

/// A section.
#[derive(Clone, Debug, PartialEq, Eq, FromRow)]
pub struct Section {
    /// The section.
    pub id: SectionId,
    /// Its course.
    pub course: CourseId,
    /// Its name, unlike any other's of the course.
    pub name: String,
    /// The code under which its people know the course, where it is cross-listed (S-079); else empty.
    pub code: String,
    /// The title under which its people know the course, where it is cross-listed; else empty.
    pub title: String,
    /// How many learners it has places for; any number where none.
    pub capacity: Option<u32>,
    /// The first moment of its first day, where it has dates of its own.
    pub starts: Option<Time>,
    /// The last moment of its last day.
    pub ends: Option<Time>,
    /// The key with which one enrols in this section.
    pub enrol_key: Option<String>,
    /// Its place in lists.
    pub position: i64,
}

/// What a section is to be. The fields are those of [`Section`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[expect(missing_docs, reason = "the fields of Section")]
pub struct SectionSettings {
    pub name: String,
    pub code: String,
    pub title: String,
    pub capacity: Option<u32>,
    pub starts: Option<Time>,
    pub ends: Option<Time>,
    pub enrol_key: Option<String>,
}

impl SectionSettings {
    /// Everything that is wrong.
    pub fn faults(&self) -> Vec<Fault> {
        let fits = |text: &str, most: usize| text.chars().count() <= most;
        let rules = [
            (!self.name.trim().is_empty(), "name", "name-missing"),
            (fits(&self.name, NAME_MAX), "name", "too-long"),
            (fits(&self.code, crate::course::CODE_MAX), "code", "too-long"),
            (fits(&self.title, TITLE_MAX), "title", "too-long"),
            (self.capacity.is_none_or(|places| places <= CAPACITY_MAX), "capacity", "capacity"),
            (self.starts.zip(self.ends).is_none_or(|(first, last)| last > first), "ends", "ends-before-start"),
            (self.enrol_key.as_deref().is_none_or(|key| fits(key, crate::course::KEY_MAX)), "enrol_key", "too-long"),
        ];
        rules.into_iter().filter(|(holds, ..)| !holds).map(|(_, field, wrong)| Fault { field, wrong }).collect()
    }

    fn key(&self) -> Option<&str> {
        self.enrol_key.as_deref().map(str::trim).filter(|key| !key.is_empty())
    }
}

impl Section {
    /// The sections of a course in their order.
    pub fn of(tx: &mut Tx<'_>, course: CourseId) -> store::Result<Vec<Self>> {
        tx.all(
            sql!(
                "select id, course, name, code, title, capacity, starts, ends, enrol_key, position
                 from section where course = ?1 order by position, id"
            ),
            params![course],
        )
    }

    /// The section; [`Error::NotFound`] where the course has none of that id.
    pub fn find(tx: &mut Tx<'_>, course: CourseId, id: SectionId) -> store::Result<Self> {
        tx.one(
            sql!(
                "select id, course, name, code, title, capacity, starts, ends, enrol_key, position
                 from section where course = ?1 and id = ?2"
            ),
            params![course, id],
        )
    }

    /// The place at which permissions within the section are asked for.
    pub fn scope(&self, course: &Course) -> Scope {
        course.scope().section(self.id)
    }

    /// Whether it carries a code or title of its own.
    pub fn is_cross_listed(&self) -> bool {
        !self.code.is_empty() || !self.title.is_empty()
    }

    /// The section that every course has from the start.
    pub(crate) fn create_first(tx: &mut Tx<'_>, course: CourseId) -> store::Result<SectionId> {
        let settings = SectionSettings { name: "A".to_owned(), ..SectionSettings::default() };
        insert(tx, course, &settings)
    }

    /// Adds a section. An error for which [`name_is_taken`] is true where the course has one of that name.
    pub fn create(tx: &mut Tx<'_>, course: CourseId, settings: &SectionSettings, by: PersonId) -> store::Result<Self> {
        let id = insert(tx, course, settings)?;
        record(tx, "section.created", course, id, by, settings)?;
        Self::find(tx, course, id)
    }

    /// Changes a section; errors as [`Section::create`]. Whoever waits takes the places that come with a greater
    /// capacity.
    pub fn change(&mut self, tx: &mut Tx<'_>, settings: &SectionSettings, by: PersonId) -> store::Result<()> {
        crate::enrolment::lock(tx, self.course)?;
        let (id, dates) = (self.id, (self.starts, self.ends));
        tx.savepoint(|tx| {
            tx.execute(
                sql!(
                    "update section set name = ?2, code = ?3, title = ?4, capacity = ?5, starts = ?6, ends = ?7,
                         enrol_key = ?8 where id = ?1"
                ),
                params![
                    id,
                    settings.name.trim(),
                    settings.code.trim(),
                    settings.title.trim(),
                    settings.capacity,
                    settings.starts,
                    settings.ends,
                    settings.key()
                ],
            )
        })?;
        record(tx, "section.changed", self.course, id, by, settings)?;
        if dates != (settings.starts, settings.ends) {
            crate::enrolment::renew_roles(tx, id, by)?;
        }
        crate::enrolment::fill_places(tx, self.course, Some(by))?;
        *self = Self::find(tx, self.course, id)?;
        Ok(())
    }

    /// Deletes a section. Answers false, and does nothing, where people are or were in it or where it is the last.
    pub fn delete(self, tx: &mut Tx<'_>, by: PersonId) -> store::Result<bool> {
        let count: i64 =
            tx.value(sql!("select cast(count(*) as bigint) from section where course = ?1"), params![self.course])?;
        if count <= 1 {
            return Ok(false);
        }
        let deleted = tx.savepoint(|tx| tx.execute(sql!("delete from section where id = ?1"), params![self.id]));
        match deleted {
            Err(Error::Constraint { broken: Broken::Reference, .. }) => return Ok(false),
            other => other?,
        };
        let event = Event::new("section.deleted", "section", self.id).by(by).within("course", self.course);
        tx.record(&event.with("name", self.name))?;
        Ok(true)
    }
}

/// Whether a change failed because the course has a section of that name.
pub fn name_is_taken(error: &Error) -> bool {
    error.is_duplicate("section.course,name")
}

fn insert(tx: &mut Tx<'_>, course: CourseId, settings: &SectionSettings) -> store::Result<SectionId> {
    let (id, now): (SectionId, _) = (tx.new_id(), tx.now());
    tx.savepoint(|tx| {
        tx.execute(
            sql!(
                "insert into section (id, course, name, code, title, capacity, starts, ends, enrol_key, made_at, position)
                 values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10,
                         (select coalesce(max(position), 0) + 1 from section where course = ?2))"
            ),
            params![
                id,
                course,
                settings.name.trim(),
                settings.code.trim(),
                settings.title.trim(),
                settings.capacity,
                settings.starts,
                settings.ends,
                settings.key(),
                now
            ],
        )
    })?;
    Ok(id)
}

fn record(
    tx: &mut Tx<'_>,
    verb: &'static str,
    course: CourseId,
    id: SectionId,
    by: PersonId,
    settings: &SectionSettings,
) -> store::Result<()> {
    let event = Event::new(verb, "section", id).by(by).within("course", course);
    tx.record(&event.with("name", settings.name.trim()).with("capacity", settings.capacity))?;
    Ok(())
}
