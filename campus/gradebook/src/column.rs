//! What is graded in a course.

use courses::CourseId;
use outline::release::Tree;
use outline::{Item, ItemId};
use people::PersonId;
use store::{Event, FromRow, Json, Result, Time, Tx, params, sql};

use crate::{ColumnId, GroupId, Points, Posts};

/// The most columns of a course; one more is refused.
pub(crate) const COLUMNS_MAX: usize = 1_000;

/// What is graded: an item of the outline, or work that has none.
#[derive(Clone, Debug, FromRow)]
pub struct Column {
    /// Its id.
    pub id: ColumnId,
    /// Its course.
    pub course: CourseId,
    /// The item; none for what is done elsewhere.
    pub item: Option<ItemId>,
    /// Its group.
    pub group: Option<GroupId>,
    /// Its name; that of the item where it has one.
    pub title: String,
    /// Until when it is to be done, for those without an exception.
    pub due_at: Option<Time>,
    /// When the item opens, beyond its module and dates.
    pub release: Option<Json<Tree>>,
    /// Its place, from 0.
    pub position: i64,
    /// The points possible.
    pub points: Points,
    /// The grade that passes; any does where none.
    pub passing: Option<Points>,
    /// Whether it counts for the total.
    pub counts: bool,
    /// Whether its points come on top: they do not make the points possible more.
    pub extra: bool,
    /// Whether it is never dropped.
    pub never_drop: bool,
    /// Whether something is to be handed in, so that it can be missing.
    pub hands_in: bool,
    /// How its grades are posted; as the course does where none.
    pub posts: Option<Posts>,
    /// Whether learners see it: its item and module are published.
    pub is_open: bool,
}

/// What is set of a column. Name and date are those of the item where it has one.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the fields of Column")]
pub struct ColumnSettings {
    pub title: String,
    pub due_at: Option<Time>,
    pub group: Option<GroupId>,
    pub points: Points,
    pub passing: Option<Points>,
    pub counts: bool,
    pub extra: bool,
    pub never_drop: bool,
    pub posts: Option<Posts>,
}

/// A column without an item: for work that is done elsewhere.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the fields of Column")]
pub struct NewColumn<'n> {
    pub title: &'n str,
    pub points: Points,
    pub group: Option<GroupId>,
    pub due_at: Option<Time>,
}

impl Column {
    /// The columns of a course: group by group, in each those of items in the order of the outline, then the others. Without
    /// those whose item was deleted. One statement.
    pub fn of_course(tx: &mut Tx<'_>, course: CourseId) -> Result<Vec<Self>> {
        tx.all(
            sql!(
                "select w.id, w.course, w.item, g.id as \"group\", w.title, w.due_at, w.release, w.position, w.points,
                        w.passing, w.counts, w.extra, w.never_drop, w.hands_in, w.posts, w.is_open
                 from grade_column_whole w left join grade_group g on g.id = w.grade_group and g.deleted_at is null
                 where w.course = ?1 and w.is_there
                 order by g.id is null, g.position, g.id, w.module_position is null, w.module_position, w.item_position,
                          w.position, w.id"
            ),
            params![course],
        )
    }

    /// The column of this course; [`store::Error::NotFound`] where there is none.
    pub fn find(tx: &mut Tx<'_>, course: CourseId, id: ColumnId) -> Result<Self> {
        tx.one(
            sql!(
                "select w.id, w.course, w.item, g.id as \"group\", w.title, w.due_at, w.release, w.position, w.points,
                        w.passing, w.counts, w.extra, w.never_drop, w.hands_in, w.posts, w.is_open
                 from grade_column_whole w left join grade_group g on g.id = w.grade_group and g.deleted_at is null
                 where w.id = ?1 and w.course = ?2 and w.is_there"
            ),
            params![id, course],
        )
    }

    /// The column of an item, where it has one.
    pub fn of_item(tx: &mut Tx<'_>, item: ItemId) -> Result<Option<Self>> {
        tx.maybe(
            sql!(
                "select w.id, w.course, w.item, g.id as \"group\", w.title, w.due_at, w.release, w.position, w.points,
                        w.passing, w.counts, w.extra, w.never_drop, w.hands_in, w.posts, w.is_open
                 from grade_column_whole w left join grade_group g on g.id = w.grade_group and g.deleted_at is null
                 where w.item = ?1"
            ),
            params![item],
        )
    }

    /// The column of an item with so many points possible: made where it has none, changed where it has other points.
    /// Grades keep their raw points.
    pub fn for_item(tx: &mut Tx<'_>, item: &Item, points: Points, by: PersonId) -> Result<Self> {
        let (id, now): (ColumnId, Time) = (tx.new_id(), tx.now());
        let made = tx.execute(
            sql!(
                "insert into grade_column (id, course, item, title, position, points, hands_in, made_at, made_by)
                 values (?1, ?2, ?3, ?4, (select coalesce(max(position) + 1, 0) from grade_column where course = ?2), ?5, true,
                         ?6, ?7)
                 on conflict (item) do nothing"
            ),
            params![id, item.course, item.id, item.title, points, now, by],
        )?;
        let column = Self::of_item(tx, item.id)?.ok_or(store::Error::NotFound)?;
        if made == 1 {
            column.record(tx, "grade-column.added", by)?;
        } else if column.points != points {
            let to = ColumnSettings { points, ..column.settings() };
            column.change(tx, &to, by)?;
            return Ok(Self { points, ..column });
        }
        Ok(column)
    }

    /// A column without an item, behind the others.
    pub fn add(tx: &mut Tx<'_>, course: CourseId, new: &NewColumn<'_>, by: PersonId) -> Result<Self> {
        let (id, now): (ColumnId, Time) = (tx.new_id(), tx.now());
        tx.execute(
            sql!(
                "insert into grade_column (id, course, grade_group, title, due_at, position, points, hands_in, made_at,
                                           made_by)
                 values (?1, ?2, (select id from grade_group where id = ?3 and course = ?2), ?4, ?5,
                         (select coalesce(max(position) + 1, 0) from grade_column where course = ?2), ?6, false, ?7, ?8)"
            ),
            params![id, course, new.group, new.title, new.due_at, new.points, now, by],
        )?;
        let column = Self::find(tx, course, id)?;
        column.record(tx, "grade-column.added", by)?;
        Ok(column)
    }

    /// What is set of it.
    pub fn settings(&self) -> ColumnSettings {
        ColumnSettings {
            title: self.title.clone(),
            due_at: self.due_at,
            group: self.group,
            points: self.points,
            passing: self.passing,
            counts: self.counts,
            extra: self.extra,
            never_drop: self.never_drop,
            posts: self.posts,
        }
    }

    /// Sets it; nothing happens where it is so already. Name and date of an item stay: they are set in the outline.
    pub fn change(&self, tx: &mut Tx<'_>, to: &ColumnSettings, by: PersonId) -> Result<()> {
        if self.settings() == *to {
            return Ok(());
        }
        tx.execute(
            sql!(
                "update grade_column set title = case when item is null then ?2 else title end,
                     due_at = case when item is null then cast(?3 as timestamptz) else due_at end,
                     grade_group = (select id from grade_group where id = ?4 and course = grade_column.course),
                     points = ?5, passing = ?6, counts = ?7, extra = ?8, never_drop = ?9, posts = ?10
                 where id = ?1"
            ),
            params![
                self.id,
                to.title,
                to.due_at,
                to.group,
                to.points,
                to.passing,
                to.counts,
                to.extra,
                to.never_drop,
                to.posts
            ],
        )?;
        self.record(tx, "grade-column.changed", by)
    }

    /// Says whether something is to be handed in: what is not is never missing (M5).
    pub fn expect_hand_in(&self, tx: &mut Tx<'_>, hands_in: bool) -> Result<()> {
        tx.execute(
            sql!("update grade_column set hands_in = ?2 where id = ?1 and hands_in <> ?2"),
            params![self.id, hands_in],
        )?;
        Ok(())
    }

    /// Takes a column without an item away, with its grades; false where it has an item or is gone. [`Column::restore`]
    /// brings it back.
    pub fn delete(&self, tx: &mut Tx<'_>, by: PersonId) -> Result<bool> {
        let now = tx.now();
        let deleted = tx.execute(
            sql!("update grade_column set deleted_at = ?2 where id = ?1 and item is null and deleted_at is null"),
            params![self.id, now],
        )?;
        if deleted == 1 {
            self.record(tx, "grade-column.deleted", by)?;
        }
        Ok(deleted == 1)
    }

    /// Undoes a deletion; [`store::Error::NotFound`] where the course has no such column.
    pub fn restore(tx: &mut Tx<'_>, course: CourseId, id: ColumnId, by: PersonId) -> Result<Self> {
        let restored = tx.execute(
            sql!("update grade_column set deleted_at = null where id = ?1 and course = ?2 and deleted_at is not null"),
            params![id, course],
        )?;
        let column = Self::find(tx, course, id)?;
        if restored == 1 {
            column.record(tx, "grade-column.restored", by)?;
        }
        Ok(column)
    }

    fn record(&self, tx: &mut Tx<'_>, verb: &'static str, by: PersonId) -> Result<()> {
        let event = Event::new(verb, "grade-column", self.id).by(by).within("course", self.course);
        let event = event.with("title", self.title.as_str()).with("points", self.points.to_string());
        tx.record(&event)?;
        Ok(())
    }
}
