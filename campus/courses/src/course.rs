//! A course: what it is called, where it belongs, when it runs, who may find it, and in which state it is.

mod settings;
mod state;

use http::StatusCode;
use jiff::tz::TimeZone;
use people::{PersonId, Scope, UnitId, UnitPath, Viewer};
use store::{FromRow, Row, Time, Tx, params, sql};
use web::word;

pub use settings::{
    ABOUT_MAX, CODE_MAX, DAYS_MAX, Fault, HUES, KEY_MAX, Layout, Licence, Listing, SUMMARY_MAX, SelfEnrolment,
    Settings, TITLE_MAX,
};
pub use state::{Archived, CourseState, Publication};

use crate::shift::Days;
use crate::{CourseId, EDIT, PREVIEW, TermId, VIEW};

/// A course with the names of its unit and term, and its state.
#[derive(Clone, Debug, PartialEq)]
pub struct Course {
    /// The course.
    pub id: CourseId,
    /// The unit that it belongs to.
    pub unit: UnitId,
    /// That unit's name.
    pub unit_name: String,
    /// That unit and those above it.
    pub unit_path: UnitPath,
    /// The term in which it is taught.
    pub term: Option<TermId>,
    /// That term's name.
    pub term_name: Option<String>,
    /// What it is called.
    pub title: String,
    /// Its short name, e.g. `BIO 214`; may be empty.
    pub code: String,
    /// One or two sentences for lists, without markup.
    pub summary: String,
    /// The syllabus, in Markdown.
    pub about: String,
    /// Which of the eight hues it wears, 1 to 8.
    pub hue: u8,
    /// The language it is taught in, as a BCP 47 tag.
    pub language: String,
    /// The zone in which its dates are set (IANA name).
    pub zone: String,
    /// The first moment of its first day.
    pub starts: Option<Time>,
    /// The last moment of its last day.
    pub ends: Option<Time>,
    /// How its outline is laid out.
    pub layout: Layout,
    /// Who finds it in the catalogue.
    pub listing: Listing,
    /// How people enrol themselves.
    pub enrolment: SelfEnrolment,
    /// From when on they may.
    pub enrol_from: Option<Time>,
    /// Until when they may.
    pub enrol_until: Option<Time>,
    /// For how many days an enrolment of one's own lasts; for good where none.
    pub enrol_days: Option<u32>,
    /// The key with which one enrols in any section.
    pub enrol_key: Option<String>,
    /// Whether learners see each other's names.
    pub people_visible: bool,
    /// Under which licence its material stands.
    pub licence: Licence,
    /// Who made it visible to its learners; none while it is a draft.
    pub published: Option<Publication>,
    /// Who put it away; none while it is in use.
    pub archived: Option<Archived>,
    /// When it was made.
    pub made_at: Time,
    /// Who made it.
    pub made_by: Option<PersonId>,
    /// When its settings were last changed.
    pub changed_at: Time,
}

impl FromRow for Course {
    fn from_row(row: &Row<'_>) -> store::Result<Self> {
        Ok(Self {
            id: row.get("id")?,
            unit: row.get("unit")?,
            unit_name: row.get("unit_name")?,
            unit_path: row.get("unit_path")?,
            term: row.get("term")?,
            term_name: row.get("term_name")?,
            title: row.get("title")?,
            code: row.get("code")?,
            summary: row.get("summary")?,
            about: row.get("about")?,
            hue: row.get("hue")?,
            language: row.get("language")?,
            zone: row.get("zone")?,
            starts: row.get("starts")?,
            ends: row.get("ends")?,
            layout: row.get("layout")?,
            listing: row.get("listing")?,
            enrolment: row.get("enrolment")?,
            enrol_from: row.get("enrol_from")?,
            enrol_until: row.get("enrol_until")?,
            enrol_days: row.get("enrol_days")?,
            enrol_key: row.get("enrol_key")?,
            people_visible: row.get("people_visible")?,
            licence: row.get("licence")?,
            published: Publication::from_row(row)?,
            archived: Archived::from_row(row)?,
            made_at: row.get("made_at")?,
            made_by: row.get("made_by")?,
            changed_at: row.get("changed_at")?,
        })
    }
}

impl Course {
    /// The course; [`store::Error::NotFound`] where there is none.
    pub fn find(tx: &mut Tx<'_>, id: CourseId) -> store::Result<Self> {
        tx.one(sql!("select * from course_whole where id = ?1"), params![id])
    }

    /// The place at which permissions are asked for.
    pub fn scope(&self) -> Scope {
        Scope::unit(&self.unit_path).course(self.id)
    }

    /// What the course is called in one line: code and title.
    pub fn name(&self) -> String {
        if self.code.is_empty() { self.title.clone() } else { format!("{} {}", self.code, self.title) }
    }

    /// The zone in which its dates are set; UTC where the system no longer knows the zone.
    pub fn time_zone(&self) -> TimeZone {
        TimeZone::get(&self.zone).unwrap_or(TimeZone::UTC)
    }

    /// First and last day in its zone, where it has both.
    pub fn days(&self) -> Option<Days> {
        let zone = self.time_zone();
        let day = |at: Time| at.to_jiff().to_zoned_datetime(zone.clone()).date();
        self.starts.zip(self.ends).map(|(first, last)| Days { first: day(first), last: day(last) })
    }

    /// Whether its last day is over.
    pub fn is_past(&self, now: Time) -> bool {
        self.ends.is_some_and(|ends| ends < now)
    }

    /// Draft, scheduled, published or archived.
    pub fn state(&self, now: Time) -> CourseState {
        CourseState::of(self.published, self.archived, now)
    }

    /// Whether this person may be inside the course now: those who make it always, those who take it once it is
    /// published.
    pub fn is_open_to(&self, viewer: &Viewer, now: Time) -> bool {
        let scope = self.scope();
        let open = self.published.is_some_and(|publication| publication.is_open(now));
        viewer.can(VIEW, &scope) && (open || viewer.can(EDIT, &scope) || viewer.can(PREVIEW, &scope))
    }

    /// The course, where this person may go in now. Else an error: 403 with the way to its description, where they may
    /// know of it; 404 where not even that.
    pub fn enter(tx: &mut Tx<'_>, id: CourseId, viewer: &Viewer) -> Result<Self, web::Error> {
        let (course, now) = (Self::find(tx, id)?, tx.now());
        if course.is_open_to(viewer, now) {
            return Ok(course);
        }
        let may_know = viewer.can(VIEW, &course.scope()) || course.is_listed(now);
        Err(if may_know { course.not_open(now) } else { web::Error::not_found() })
    }

    fn not_open(&self, now: Time) -> web::Error {
        let about = format!("/courses/{}/about", self.id);
        let message = match self.state(now) {
            CourseState::Published => word!("courses-not-yours"),
            CourseState::Draft | CourseState::Scheduled(_) => word!("courses-not-open"),
            CourseState::Archived => word!("courses-not-open-archived"),
        };
        web::Error::new(StatusCode::FORBIDDEN, "course-not-open", message).way_on(about, word!("courses-read-about"))
    }

    /// Whether the course stands in the catalogue for those who may look there.
    pub fn is_listed(&self, now: Time) -> bool {
        self.listing != Listing::Hidden && matches!(self.state(now), CourseState::Published | CourseState::Scheduled(_))
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::allow_attributes, reason = "a test says so by stopping")]
mod tests;
