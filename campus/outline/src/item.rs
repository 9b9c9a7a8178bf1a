use courses::CourseId;
use people::PersonId;
use store::{Event, FromRow, Ids, Json, Result, Time, Tx, params, sql};

use crate::release::Tree;
use crate::structure::changed;
use crate::{ItemId, ModuleId};

/// Items in one course at the most; one more is refused.
pub(crate) const ITEMS_MAX: usize = 3_000;

store::text_enum! {
    /// What completes an item (campus-rules M17).
    pub enum Completion {
        /// It cannot be completed, and does not count.
        None = "none",
        /// Opening it.
        View = "view",
        /// Saying that one is done.
        Mark = "mark",
        /// Handing something in.
        Submit = "submit",
        /// Getting a grade that passes, where there is a passing grade; else any.
        Grade = "grade",
    }
}

/// One line of the outline.
#[derive(Clone, Debug, FromRow)]
pub struct Item {
    /// Its id.
    pub id: ItemId,
    /// Its course.
    pub course: CourseId,
    /// Its module.
    pub module: ModuleId,
    /// The key of its [`ActivityKind`](crate::ActivityKind).
    pub kind: String,
    /// Its name.
    pub title: String,
    /// Its place in the module, from 0.
    pub position: i64,
    /// How far it stands in, 0 to 3.
    pub indent: u8,
    /// About how long it takes; 0 where nobody said.
    pub minutes: u32,
    /// What completes it.
    pub completion: Completion,
    /// When it opens, beyond its module and dates.
    pub release: Option<Json<Tree>>,
    /// Until when it is to be done.
    pub due_at: Option<Time>,
    /// From when on it is open.
    pub unlock_at: Option<Time>,
    /// Until when it is open.
    pub lock_at: Option<Time>,
    /// When it was published; none while it is a draft.
    pub published_at: Option<Time>,
}

/// What its authors set.
#[derive(Clone, Debug)]
#[expect(missing_docs, reason = "the fields of Item")]
pub struct ItemSettings {
    pub title: String,
    pub indent: u8,
    pub minutes: u32,
    pub completion: Completion,
    pub release: Option<Tree>,
    pub due_at: Option<Time>,
    pub unlock_at: Option<Time>,
    pub lock_at: Option<Time>,
}

/// An item to be added.
#[derive(Clone, Debug)]
#[expect(missing_docs, reason = "the fields of Item")]
pub struct NewItem<'n> {
    pub module: ModuleId,
    pub kind: &'n str,
    pub title: &'n str,
    pub indent: u8,
    pub completion: Completion,
    /// The identifier in the package that it came from.
    pub source: Option<&'n str>,
}

impl Item {
    /// The items of a course, module by module, in order.
    pub fn of_course(tx: &mut Tx<'_>, course: CourseId) -> Result<Vec<Self>> {
        Self::of_courses(tx, &[course])
    }

    /// The items of several courses, those of each course in its order.
    pub(crate) fn of_courses(tx: &mut Tx<'_>, courses: &[CourseId]) -> Result<Vec<Self>> {
        tx.all(
            sql!(
                "select i.id, i.course, i.module, i.kind, i.title, i.position, i.indent, i.minutes, i.completion, i.release,
                        i.due_at, i.unlock_at, i.lock_at, p.at as published_at
                 from item i join module m on m.id = i.module left join item_publication p on p.item = i.id
                 where i.course in ids(?1) and i.deleted_at is null and m.deleted_at is null
                 order by m.position, m.id, i.position, i.id"
            ),
            params![Ids(courses)],
        )
    }

    /// The item of this course; [`store::Error::NotFound`] where there is none.
    pub fn find(tx: &mut Tx<'_>, course: CourseId, id: ItemId) -> Result<Self> {
        tx.one(
            sql!(
                "select i.id, i.course, i.module, i.kind, i.title, i.position, i.indent, i.minutes, i.completion, i.release,
                        i.due_at, i.unlock_at, i.lock_at, p.at as published_at
                 from item i left join item_publication p on p.item = i.id
                 where i.id = ?1 and i.course = ?2 and i.deleted_at is null"
            ),
            params![id, course],
        )
    }

    /// A new item at the end of its module: a draft without content.
    pub fn add(tx: &mut Tx<'_>, course: CourseId, new: &NewItem<'_>, by: PersonId) -> Result<Self> {
        let (id, now): (ItemId, Time) = (tx.new_id(), tx.now());
        tx.execute(
            sql!(
                "insert into item (id, course, module, kind, title, position, indent, completion, made_at, made_by, source)
                 values (?1, ?2, ?3, ?4, ?5, (select coalesce(max(position) + 1, 0) from item where module = ?3), ?6, ?7, ?8,
                         ?9, ?10)"
            ),
            params![id, course, new.module, new.kind, new.title, new.indent, new.completion, now, by, new.source],
        )?;
        changed(tx, course)?;
        let event = Event::new("item.added", "item", id).by(by).within("course", course);
        tx.record(&event.with("title", new.title).with("kind", new.kind))?;
        Self::find(tx, course, id)
    }

    /// What its authors set.
    pub fn settings(&self) -> ItemSettings {
        ItemSettings {
            title: self.title.clone(),
            indent: self.indent,
            minutes: self.minutes,
            completion: self.completion,
            release: self.release.clone().map(|json| json.0),
            due_at: self.due_at,
            unlock_at: self.unlock_at,
            lock_at: self.lock_at,
        }
    }

    /// The item as it would be with these settings.
    pub(crate) fn with(&self, to: &ItemSettings) -> Self {
        Self {
            title: to.title.clone(),
            indent: to.indent,
            minutes: to.minutes,
            completion: to.completion,
            release: to.release.clone().map(Json),
            due_at: to.due_at,
            unlock_at: to.unlock_at,
            lock_at: to.lock_at,
            ..self.clone()
        }
    }

    /// Sets it.
    pub fn change(&self, tx: &mut Tx<'_>, to: &ItemSettings, by: PersonId) -> Result<()> {
        tx.execute(
            sql!(
                "update item set title = ?2, indent = ?3, minutes = ?4, completion = ?5, release = ?6, due_at = ?7,
                        unlock_at = ?8, lock_at = ?9 where id = ?1"
            ),
            params![
                self.id,
                to.title,
                to.indent,
                to.minutes,
                to.completion,
                to.release.as_ref().map(Json),
                to.due_at,
                to.unlock_at,
                to.lock_at
            ],
        )?;
        changed(tx, self.course)?;
        tx.record(&Event::new("item.changed", "item", self.id).by(by).within("course", self.course))?;
        Ok(())
    }

    /// Sets how long it takes to as many minutes as were counted, unless an author has set it: a time that was counted is
    /// counted anew.
    pub fn count_minutes(&self, tx: &mut Tx<'_>, minutes: u32) -> Result<()> {
        let counted = tx.execute(
            sql!("update item set minutes = ?2 where id = ?1 and minutes <> ?2 and (minutes = 0 or minutes = ?3)"),
            params![self.id, minutes, self.minutes],
        )?;
        if counted == 1 { changed(tx, self.course) } else { Ok(()) }
    }

    /// Lets learners see it.
    pub fn publish(&self, tx: &mut Tx<'_>, by: PersonId) -> Result<()> {
        let now = tx.now();
        tx.execute(
            sql!("insert into item_publication (item, by, at) values (?1, ?2, ?3) on conflict (item) do nothing"),
            params![self.id, by, now],
        )?;
        changed(tx, self.course)?;
        tx.record(&Event::new("item.published", "item", self.id).by(by).within("course", self.course))?;
        Ok(())
    }

    /// Hides it from learners.
    pub fn unpublish(&self, tx: &mut Tx<'_>, by: PersonId) -> Result<()> {
        tx.execute(sql!("delete from item_publication where item = ?1"), params![self.id])?;
        changed(tx, self.course)?;
        tx.record(&Event::new("item.hidden", "item", self.id).by(by).within("course", self.course))?;
        Ok(())
    }

    /// Takes it out of the course; [`Item::restore`] brings it back.
    pub fn delete(&self, tx: &mut Tx<'_>, by: PersonId) -> Result<()> {
        let now = tx.now();
        tx.execute(sql!("update item set deleted_at = ?2 where id = ?1"), params![self.id, now])?;
        changed(tx, self.course)?;
        tx.record(&Event::new("item.deleted", "item", self.id).by(by).within("course", self.course))?;
        Ok(())
    }

    /// Undoes a deletion; [`store::Error::NotFound`] where the course has no such item.
    pub fn restore(tx: &mut Tx<'_>, course: CourseId, id: ItemId, by: PersonId) -> Result<()> {
        let restored = tx.execute(
            sql!("update item set deleted_at = null where id = ?1 and course = ?2 and deleted_at is not null"),
            params![id, course],
        )?;
        if restored == 0 {
            // Pressed twice: it is back already. An item of another course is none here.
            return Self::find(tx, course, id).map(|_| ());
        }
        changed(tx, course)?;
        tx.record(&Event::new("item.restored", "item", id).by(by).within("course", course))?;
        Ok(())
    }
}
