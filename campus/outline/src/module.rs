use courses::CourseId;
use people::PersonId;
use store::{Event, FromRow, Ids, Json, Result, Time, Tx, params, sql};

use crate::ModuleId;
use crate::structure::changed;

/// The most characters of a title of a module or an item.
pub(crate) const TITLE_MAX: usize = 200;
/// Modules in one course at the most; one more is refused.
pub(crate) const MODULES_MAX: usize = 300;

store::text_enum! {
    /// What completes a module.
    pub enum Requirement {
        /// Every item that can be completed.
        All = "all",
        /// So many of them.
        Some = "some",
    }
}

/// A part of a course.
#[derive(Clone, Debug, FromRow)]
pub struct Module {
    /// Its id.
    pub id: ModuleId,
    /// Its course.
    pub course: CourseId,
    /// Its name.
    pub title: String,
    /// Its place among the modules, from 0.
    pub position: i64,
    /// When it opens.
    pub unlock_at: Option<Time>,
    /// What must be completed before.
    pub needs: Json<Vec<ModuleId>>,
    /// What completes it.
    pub requirement: Requirement,
    /// How many items, for [`Requirement::Some`].
    pub requirement_count: u32,
    /// Whether its items open one after the other.
    pub sequential: bool,
    /// When it was published; none while it is a draft.
    pub published_at: Option<Time>,
}

/// What its authors set.
#[derive(Clone, Debug)]
#[expect(missing_docs, reason = "the fields of Module")]
pub struct ModuleSettings {
    pub title: String,
    pub unlock_at: Option<Time>,
    pub needs: Vec<ModuleId>,
    pub requirement: Requirement,
    pub requirement_count: u32,
    pub sequential: bool,
}

impl Module {
    /// The modules of a course, in order.
    pub fn of_course(tx: &mut Tx<'_>, course: CourseId) -> Result<Vec<Self>> {
        Self::of_courses(tx, &[course])
    }

    /// The modules of several courses, those of each course in its order.
    pub(crate) fn of_courses(tx: &mut Tx<'_>, courses: &[CourseId]) -> Result<Vec<Self>> {
        tx.all(
            sql!(
                "select m.id, m.course, m.title, m.position, m.unlock_at, m.needs, m.requirement, m.requirement_count,
                        m.sequential, p.at as published_at
                 from module m left join module_publication p on p.module = m.id
                 where m.course in ids(?1) and m.deleted_at is null order by m.position, m.id"
            ),
            params![Ids(courses)],
        )
    }

    /// The module of this course; [`store::Error::NotFound`] where there is none.
    pub fn find(tx: &mut Tx<'_>, course: CourseId, id: ModuleId) -> Result<Self> {
        tx.one(
            sql!(
                "select m.id, m.course, m.title, m.position, m.unlock_at, m.needs, m.requirement, m.requirement_count,
                        m.sequential, p.at as published_at
                 from module m left join module_publication p on p.module = m.id
                 where m.id = ?1 and m.course = ?2 and m.deleted_at is null"
            ),
            params![id, course],
        )
    }

    /// A new module at the end: a draft.
    pub fn add(tx: &mut Tx<'_>, course: CourseId, title: &str, source: Option<&str>, by: PersonId) -> Result<ModuleId> {
        let (id, now): (ModuleId, Time) = (tx.new_id(), tx.now());
        tx.execute(
            sql!(
                "insert into module (id, course, title, position, made_at, made_by, source)
                 values (?1, ?2, ?3, (select coalesce(max(position) + 1, 0) from module where course = ?2), ?4, ?5, ?6)"
            ),
            params![id, course, title, now, by, source],
        )?;
        changed(tx, course)?;
        tx.record(&Event::new("module.added", "module", id).by(by).within("course", course).with("title", title))?;
        Ok(id)
    }

    /// The module as it would be with these settings.
    pub(crate) fn with(&self, to: &ModuleSettings) -> Self {
        Self {
            title: to.title.clone(),
            unlock_at: to.unlock_at,
            needs: Json(to.needs.clone()),
            requirement: to.requirement,
            requirement_count: to.requirement_count,
            sequential: to.sequential,
            ..self.clone()
        }
    }

    /// Sets what its authors set.
    pub fn change(&self, tx: &mut Tx<'_>, to: &ModuleSettings, by: PersonId) -> Result<()> {
        tx.execute(
            sql!(
                "update module set title = ?2, unlock_at = ?3, needs = ?4, requirement = ?5, requirement_count = ?6,
                        sequential = ?7 where id = ?1"
            ),
            params![
                self.id,
                to.title,
                to.unlock_at,
                Json(&to.needs),
                to.requirement,
                to.requirement_count,
                to.sequential
            ],
        )?;
        changed(tx, self.course)?;
        tx.record(&Event::new("module.changed", "module", self.id).by(by).within("course", self.course))?;
        Ok(())
    }

    /// Lets learners see it.
    pub fn publish(&self, tx: &mut Tx<'_>, by: PersonId) -> Result<()> {
        let now = tx.now();
        tx.execute(
            sql!("insert into module_publication (module, by, at) values (?1, ?2, ?3) on conflict (module) do nothing"),
            params![self.id, by, now],
        )?;
        changed(tx, self.course)?;
        tx.record(&Event::new("module.published", "module", self.id).by(by).within("course", self.course))?;
        Ok(())
    }

    /// Hides it from learners.
    pub fn unpublish(&self, tx: &mut Tx<'_>, by: PersonId) -> Result<()> {
        tx.execute(sql!("delete from module_publication where module = ?1"), params![self.id])?;
        changed(tx, self.course)?;
        tx.record(&Event::new("module.hidden", "module", self.id).by(by).within("course", self.course))?;
        Ok(())
    }

    /// Takes it out of the course, with its items; [`Module::restore`] brings it back.
    pub fn delete(&self, tx: &mut Tx<'_>, by: PersonId) -> Result<()> {
        let now = tx.now();
        tx.execute(sql!("update module set deleted_at = ?2 where id = ?1"), params![self.id, now])?;
        changed(tx, self.course)?;
        tx.record(&Event::new("module.deleted", "module", self.id).by(by).within("course", self.course))?;
        Ok(())
    }

    /// Undoes a deletion; [`store::Error::NotFound`] where the course has no such module.
    pub fn restore(tx: &mut Tx<'_>, course: CourseId, id: ModuleId, by: PersonId) -> Result<()> {
        let restored = tx.execute(
            sql!("update module set deleted_at = null where id = ?1 and course = ?2 and deleted_at is not null"),
            params![id, course],
        )?;
        if restored == 0 {
            // Pressed twice: it is back already. A module of another course is none here.
            return Self::find(tx, course, id).map(|_| ());
        }
        changed(tx, course)?;
        tx.record(&Event::new("module.restored", "module", id).by(by).within("course", course))?;
        Ok(())
    }
}
