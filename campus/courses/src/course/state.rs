//! Draft, scheduled, published, archived: each state but the first is a row with an author and a time.

use people::PersonId;
use store::{Event, Row, Time, Tx, params, sql};

use super::Course;

/// Who made a course visible to its learners, and when.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Publication {
    /// When that was decided.
    pub at: Time,
    /// By whom.
    pub by: Option<PersonId>,
    /// The moment from which on it is visible; at once where none.
    pub from: Option<Time>,
}

/// Who put a course away, and when.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Archived {
    /// When.
    pub at: Time,
    /// By whom.
    pub by: Option<PersonId>,
}

/// Where a course stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CourseState {
    /// Only those who make it see it.
    Draft,
    /// Learners see it from this moment on.
    Scheduled(Time),
    /// Learners see it.
    Published,
    /// Put away: nobody works in it any more.
    Archived,
}

impl CourseState {
    /// The state that these rows make.
    pub fn of(published: Option<Publication>, archived: Option<Archived>, now: Time) -> Self {
        match (archived, published) {
            (Some(_), _) => Self::Archived,
            (None, None) => Self::Draft,
            (None, Some(Publication { from: Some(from), .. })) if from > now => Self::Scheduled(from),
            (None, Some(_)) => Self::Published,
        }
    }

    /// The last part of the state's message and style names.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Scheduled(_) => "scheduled",
            Self::Published => "published",
            Self::Archived => "archived",
        }
    }
}

impl Publication {
    /// Whether its moment has come.
    pub fn is_open(&self, now: Time) -> bool {
        self.from.is_none_or(|from| from <= now)
    }

    /// From the columns of `course_whole`.
    pub(super) fn from_row(row: &Row<'_>) -> store::Result<Option<Self>> {
        let (by, from) = (row.get("published_by")?, row.get("visible_from")?);
        let at: Option<Time> = row.get("published_at")?;
        Ok(at.map(|at| Self { at, by, from }))
    }
}

impl Archived {
    /// From the columns of `course_whole`.
    pub(super) fn from_row(row: &Row<'_>) -> store::Result<Option<Self>> {
        let by = row.get("archived_by")?;
        let at: Option<Time> = row.get("archived_at")?;
        Ok(at.map(|at| Self { at, by }))
    }
}

impl Course {
    /// Makes the course visible to its learners, at once or from a moment on.
    pub fn publish(&mut self, tx: &mut Tx<'_>, from: Option<Time>, by: PersonId) -> store::Result<()> {
        let publication = Publication { at: tx.now(), by: Some(by), from };
        tx.execute(
            sql!(
                "insert into publication (course, published_by, published_at, visible_from) values (?1, ?2, ?3, ?4)
                 on conflict (course) do update set published_by = excluded.published_by,
                     published_at = excluded.published_at, visible_from = excluded.visible_from"
            ),
            params![self.id, by, publication.at, from],
        )?;
        self.published = Some(publication);
        let event = Event::new("course.published", "course", self.id).by(by);
        tx.record(&event.with("from", from.map(|from| from.to_string())))?;
        Ok(())
    }

    /// Hides the course from its learners again. Nothing that they did is lost.
    pub fn unpublish(&mut self, tx: &mut Tx<'_>, by: PersonId) -> store::Result<()> {
        tx.execute(sql!("delete from publication where course = ?1"), params![self.id])?;
        if self.published.take().is_some() {
            tx.record(&Event::new("course.unpublished", "course", self.id).by(by))?;
        }
        Ok(())
    }

    /// Puts the course away.
    pub fn archive(&mut self, tx: &mut Tx<'_>, by: PersonId) -> store::Result<()> {
        let at = tx.now();
        let new = tx.execute(
            sql!(
                "insert into archive (course, archived_by, archived_at) values (?1, ?2, ?3)
                 on conflict (course) do nothing"
            ),
            params![self.id, by, at],
        )?;
        if new == 1 {
            self.archived = Some(Archived { at, by: Some(by) });
            tx.record(&Event::new("course.archived", "course", self.id).by(by))?;
        }
        Ok(())
    }

    /// Brings the course back as it was.
    pub fn restore(&mut self, tx: &mut Tx<'_>, by: PersonId) -> store::Result<()> {
        tx.execute(sql!("delete from archive where course = ?1"), params![self.id])?;
        if self.archived.take().is_some() {
            tx.record(&Event::new("course.restored", "course", self.id).by(by))?;
        }
        Ok(())
    }
}
