//! How a course grades: weights and groups, late and missing work, letters, and what learners see (campus-rules M1, M2, M4).

use courses::CourseId;
use people::PersonId;
use serde::{Deserialize, Serialize};
use store::{Event, FromRow, Json, Result, Row, Time, Tx, params, sql};

use crate::late::{Interval, LatePolicy};
use crate::scheme::{Scheme, Step};
use crate::{GroupId, Percent, Points};

/// The most groups of a course; one more is refused.
pub(crate) const GROUPS_MAX: usize = 100;
/// The most characters of the name of a group or column.
pub(crate) const TITLE_MAX: usize = 200;

store::text_enum! {
    /// How grades are posted (M2).
    pub enum Posts {
        /// A grade is seen as soon as it is given.
        Automatic = "automatic",
        /// Grades stay hidden until somebody posts them.
        ByHand = "by-hand",
    }
}

/// How a course grades.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Policy {
    /// Whether groups have weights; else all points of the course are one heap.
    pub weighted: bool,
    /// What lateness takes; nothing where none.
    pub late: Option<LatePolicy>,
    /// The percentage that missing work loses; none where it has no score at all.
    pub missing: Option<Percent>,
    /// The letters, where there are some.
    pub scheme: Option<Scheme>,
    /// Whether learners see their total.
    pub shows_total: bool,
    /// Whether learners see how the class did.
    pub shows_figures: bool,
    /// How grades are posted, where a column does not say otherwise.
    pub posts: Posts,
}

/// What a course begins with.
impl Default for Policy {
    fn default() -> Self {
        Self {
            weighted: false,
            late: None,
            missing: None,
            scheme: None,
            shows_total: true,
            shows_figures: false,
            posts: Posts::Automatic,
        }
    }
}

/// A step of a scheme as it is kept.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct StoredStep {
    name: String,
    /// Hundredths of a percent.
    from: i64,
    /// Ten-thousandths of a grade point.
    #[serde(default)]
    grade_points: Option<i64>,
}

fn stored(scheme: &Scheme) -> Vec<StoredStep> {
    let step = |step: &Step| StoredStep {
        name: step.name.clone(),
        from: step.from.units(),
        grade_points: step.grade_points.map(Points::units),
    };
    scheme.steps().iter().map(step).collect()
}

fn scheme(steps: Vec<StoredStep>) -> Option<Scheme> {
    let step = |step: StoredStep| Step {
        name: step.name,
        from: Percent::from_units(step.from),
        grade_points: step.grade_points.map(Points::from_units),
    };
    Scheme::new(steps.into_iter().map(step).collect()).ok()
}

impl FromRow for Policy {
    fn from_row(row: &Row<'_>) -> Result<Self> {
        let Some(weighted) = row.get::<Option<bool>>("weighted")? else { return Ok(Self::default()) };
        let each: Option<Percent> = row.get("late_percent")?;
        let interval: Option<String> = row.get("late_interval")?;
        let (lowest, grace_minutes) = (row.get("late_lowest")?, row.get("late_grace")?);
        let late = each.map(|percent_each| LatePolicy {
            percent_each,
            interval: if interval.as_deref() == Some("hour") { Interval::Hour } else { Interval::Day },
            lowest,
            grace_minutes,
        });
        Ok(Self {
            weighted,
            late,
            missing: row.get("missing_percent")?,
            scheme: scheme(row.get::<Json<Vec<StoredStep>>>("scheme")?.0),
            shows_total: row.get("shows_total")?,
            shows_figures: row.get("shows_figures")?,
            posts: row.get("posts")?,
        })
    }
}

/// Columns that count together.
#[derive(Clone, Debug, PartialEq, Eq, FromRow)]
pub struct Group {
    /// Its id.
    pub id: GroupId,
    /// Its name.
    pub title: String,
    /// Its place, from 0.
    pub position: i64,
    /// Its share of the course; only where the course is weighted.
    pub weight: Percent,
    /// So many of the lowest grades are dropped.
    pub drop_lowest: u32,
    /// So many of the highest.
    pub drop_highest: u32,
}

/// What is set of a group.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[expect(missing_docs, reason = "the fields of Group")]
pub struct GroupSettings {
    pub title: String,
    pub weight: Percent,
    pub drop_lowest: u32,
    pub drop_highest: u32,
}

/// A row of a policy beside a group of its course, of which either may not be there.
struct PolicyAndGroup(Policy, Option<Group>, Option<Time>);

/// The rules of a course, and since when its final grades are settled.
pub(crate) type RulesOfCourse = (Policy, Vec<Group>, Option<Time>);

impl FromRow for PolicyAndGroup {
    fn from_row(row: &Row<'_>) -> Result<Self> {
        let group = row.get::<Option<GroupId>>("id")?.map(|_| Group::from_row(row)).transpose()?;
        Ok(Self(Policy::from_row(row)?, group, row.get("locked_at")?))
    }
}

impl Policy {
    /// The policy of a course: one statement.
    pub fn of(tx: &mut Tx<'_>, course: CourseId) -> Result<Self> {
        Ok(Self::with_groups(tx, course)?.0)
    }

    /// The policy of a course and its groups in their order: one statement.
    pub fn with_groups(tx: &mut Tx<'_>, course: CourseId) -> Result<(Self, Vec<Group>)> {
        Self::of_course(tx, course).map(|(policy, groups, _)| (policy, groups))
    }

    /// The policy of a course, its groups, and since when its final grades are settled: one statement.
    pub(crate) fn of_course(tx: &mut Tx<'_>, course: CourseId) -> Result<RulesOfCourse> {
        let rows: Vec<PolicyAndGroup> = tx.all(
            sql!(
                "select p.weighted, p.late_percent, p.late_interval, p.late_lowest, p.late_grace, p.missing_percent, p.scheme,
                        p.shows_total, p.shows_figures, p.posts, g.id, g.title, g.position, g.weight, g.drop_lowest,
                        g.drop_highest, k.at as locked_at
                 from course c left join grade_policy p on p.course = c.id left join grade_lock k on k.course = c.id
                 left join grade_group g on g.course = c.id and g.deleted_at is null
                 where c.id = ?1 order by g.position, g.id"
            ),
            params![course],
        )?;
        let mut rows = rows.into_iter();
        let Some(PolicyAndGroup(policy, first, locked_at)) = rows.next() else {
            return Ok((Self::default(), Vec::new(), None));
        };
        Ok((policy, first.into_iter().chain(rows.filter_map(|row| row.1)).collect(), locked_at))
    }

    /// Sets it. Grades are worked out anew from the raw points when they are next read.
    pub fn save(&self, tx: &mut Tx<'_>, course: CourseId, by: PersonId) -> Result<()> {
        let now = tx.now();
        let interval = self.late.map(|late| match late.interval {
            Interval::Hour => "hour",
            Interval::Day => "day",
        });
        let steps = Json(self.scheme.as_ref().map(stored).unwrap_or_default());
        tx.execute(
            sql!(
                "insert into grade_policy (course, weighted, late_percent, late_interval, late_lowest, late_grace,
                     missing_percent, scheme, shows_total, shows_figures, posts, changed_at, changed_by)
                 values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)
                 on conflict (course) do update set weighted = excluded.weighted, late_percent = excluded.late_percent,
                     late_interval = excluded.late_interval, late_lowest = excluded.late_lowest,
                     late_grace = excluded.late_grace, missing_percent = excluded.missing_percent,
                     scheme = excluded.scheme, shows_total = excluded.shows_total,
                     shows_figures = excluded.shows_figures, posts = excluded.posts,
                     changed_at = excluded.changed_at, changed_by = excluded.changed_by"
            ),
            params![
                course,
                self.weighted,
                self.late.map(|late| late.percent_each),
                interval,
                self.late.and_then(|late| late.lowest),
                self.late.map_or(0, |late| late.grace_minutes),
                self.missing,
                steps,
                self.shows_total,
                self.shows_figures,
                self.posts,
                now,
                by
            ],
        )?;
        let event = Event::new("grades.policy-changed", "course", course).by(by).within("course", course);
        let event = event.with("weighted", self.weighted).with("posts", self.posts.as_str());
        let event = event.with("late", self.late.map(|late| late.percent_each.to_string()));
        tx.record(&event.with("missing", self.missing.map(|off| off.to_string())))?;
        Ok(())
    }
}

impl Group {
    /// A new group behind the others.
    pub fn add(tx: &mut Tx<'_>, course: CourseId, new: &GroupSettings, by: PersonId) -> Result<GroupId> {
        let (id, now): (GroupId, Time) = (tx.new_id(), tx.now());
        tx.execute(
            sql!(
                "insert into grade_group (id, course, title, position, weight, drop_lowest, drop_highest, made_at, made_by)
                 values (?1, ?2, ?3, (select coalesce(max(position) + 1, 0) from grade_group where course = ?2), ?4, ?5, ?6,
                         ?7, ?8)"
            ),
            params![id, course, new.title, new.weight, new.drop_lowest, new.drop_highest, now, by],
        )?;
        record(tx, "grade-group.added", course, id, Some(new), by)?;
        Ok(id)
    }

    /// What is set of it.
    pub fn settings(&self) -> GroupSettings {
        GroupSettings {
            title: self.title.clone(),
            weight: self.weight,
            drop_lowest: self.drop_lowest,
            drop_highest: self.drop_highest,
        }
    }

    /// Sets it; nothing happens where it is so already. [`store::Error::NotFound`] where the course has no such group.
    pub fn change(tx: &mut Tx<'_>, course: CourseId, id: GroupId, to: &GroupSettings, by: PersonId) -> Result<()> {
        let was: Self = tx.one(
            sql!(
                "select id, title, position, weight, drop_lowest, drop_highest from grade_group
                 where id = ?1 and course = ?2 and deleted_at is null for update"
            ),
            params![id, course],
        )?;
        if was.settings() == *to {
            return Ok(());
        }
        tx.execute(
            sql!("update grade_group set title = ?2, weight = ?3, drop_lowest = ?4, drop_highest = ?5 where id = ?1"),
            params![id, to.title, to.weight, to.drop_lowest, to.drop_highest],
        )?;
        record(tx, "grade-group.changed", course, id, Some(to), by)
    }

    /// Puts a group before the one that stands before it; the first stays. [`store::Error::NotFound`] where the course has no
    /// such group.
    pub fn move_up(tx: &mut Tx<'_>, course: CourseId, id: GroupId, by: PersonId) -> Result<()> {
        let mut order: Vec<GroupId> = tx.values(
            sql!(
                "select id from grade_group where course = ?1 and deleted_at is null order by position, id for update"
            ),
            params![course],
        )?;
        let at = order.iter().position(|one| *one == id).ok_or(store::Error::NotFound)?;
        if at == 0 {
            return Ok(());
        }
        order.swap(at - 1, at);
        for (position, group) in order.into_iter().enumerate() {
            tx.execute(
                sql!("update grade_group set position = ?2 where id = ?1 and position <> ?2"),
                params![group, position],
            )?;
        }
        record(tx, "grade-group.moved", course, id, None, by)
    }

    /// Takes a group away: its columns count without a group. False where there is none; [`Group::restore`] brings it back.
    pub fn delete(tx: &mut Tx<'_>, course: CourseId, id: GroupId, by: PersonId) -> Result<bool> {
        let now = tx.now();
        let deleted = tx.execute(
            sql!("update grade_group set deleted_at = ?3 where id = ?1 and course = ?2 and deleted_at is null"),
            params![id, course, now],
        )?;
        if deleted == 1 {
            record(tx, "grade-group.deleted", course, id, None, by)?;
        }
        Ok(deleted == 1)
    }

    /// Undoes a deletion: its columns are in it again. False where there was none.
    pub fn restore(tx: &mut Tx<'_>, course: CourseId, id: GroupId, by: PersonId) -> Result<bool> {
        let restored = tx.execute(
            sql!("update grade_group set deleted_at = null where id = ?1 and course = ?2 and deleted_at is not null"),
            params![id, course],
        )?;
        if restored == 1 {
            record(tx, "grade-group.restored", course, id, None, by)?;
        }
        Ok(restored == 1)
    }
}

fn record(
    tx: &mut Tx<'_>,
    verb: &'static str,
    course: CourseId,
    id: GroupId,
    to: Option<&GroupSettings>,
    by: PersonId,
) -> Result<()> {
    let mut event = Event::new(verb, "grade-group", id).by(by).within("course", course);
    if let Some(to) = to {
        event = event.with("title", to.title.as_str()).with("weight", to.weight.to_string());
        event = event.with("drop_lowest", to.drop_lowest).with("drop_highest", to.drop_highest);
    }
    tx.record(&event)?;
    Ok(())
}
