//! What became of a person's enrolments in a course, read from the event log.

use people::PersonId;
use store::{FromRow, Time, Tx, params, sql};

use crate::CourseId;

/// The most entries that are shown.
const ENTRIES_MAX: u32 = 200;

/// One change of one enrolment.
#[derive(Clone, Debug, FromRow)]
pub struct HistoryEntry {
    /// When.
    pub at: Time,
    /// What: the event's verb, e.g. `enrolment.suspended`.
    pub verb: String,
    /// The name of who did it; none where a rule did.
    pub by: Option<String>,
    /// The event's payload: role, section, state, starts, ends as they were after it.
    pub payload: serde_json::Value,
}

impl HistoryEntry {
    /// A text of the payload, e.g. `role`; empty where it has none.
    pub fn text(&self, key: &str) -> &str {
        self.payload.get(key).and_then(serde_json::Value::as_str).unwrap_or_default()
    }

    /// A moment of the payload, e.g. `ends`.
    pub fn time(&self, key: &str) -> Option<Time> {
        self.text(key).parse().ok()
    }
}

/// The changes of a person's enrolments in a course, the latest first.
pub fn history(tx: &mut Tx<'_>, course: CourseId, person: PersonId) -> store::Result<Vec<HistoryEntry>> {
    tx.all(
        sql!(
            "select event.at, event.verb, actor.given || ' ' || actor.family as by, event.payload
             from enrolment join event on event.object_id = enrolment.id
             left join person actor on actor.id = event.actor
             where enrolment.course = ?1 and enrolment.person = ?2 and event.verb like 'enrolment.%'
             order by event.tx desc, event.seq desc limit ?3"
        ),
        params![course, person, ENTRIES_MAX],
    )
}
