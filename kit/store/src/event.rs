use serde_json::Value as Payload;

use crate::{FromRow, Id, Result, Time, Tx, params, sql};

/// What happened, written in the transaction of the change: `tx.record(Event::new("course.published", "course", id)...)`.
/// It is the audit trail and what every consumer (completion, search, records, webhooks) reads at its own pace.
#[derive(Clone, Debug)]
pub struct Event {
    /// Who did it; none where the system did.
    pub actor: Option<Id>,
    /// `noun.past-participle`, e.g. `course.published`.
    pub verb: &'static str,
    /// What it was done to: a kind and an id.
    pub object: (&'static str, Id),
    /// Where it happened, e.g. the course of an item.
    pub context: Option<(&'static str, Id)>,
    /// What a reader needs beyond that.
    pub payload: Payload,
}

impl Event {
    /// An event without actor, context and payload.
    pub fn new(verb: &'static str, kind: &'static str, id: impl Into<Id>) -> Self {
        Self {
            actor: None,
            verb,
            object: (kind, id.into()),
            context: None,
            payload: Payload::Object(serde_json::Map::new()),
        }
    }

    /// Who did it.
    pub fn by(mut self, actor: impl Into<Id>) -> Self {
        self.actor = Some(actor.into());
        self
    }

    /// Where it happened.
    pub fn within(mut self, kind: &'static str, id: impl Into<Id>) -> Self {
        self.context = Some((kind, id.into()));
        self
    }

    /// Adds to the payload.
    pub fn with(mut self, key: &str, value: impl Into<Payload>) -> Self {
        if let Payload::Object(map) = &mut self.payload {
            map.insert(key.to_owned(), value.into());
        }
        self
    }
}

/// An event as it was kept.
#[derive(Clone, Debug, FromRow)]
#[expect(missing_docs, reason = "the fields of Event")]
pub struct StoredEvent {
    pub tx: i64,
    pub seq: i64,
    pub id: Id,
    pub at: Time,
    pub actor: Option<Id>,
    pub verb: String,
    pub object_kind: String,
    pub object_id: Id,
    pub context_kind: Option<String>,
    pub context_id: Option<Id>,
    pub payload: Payload,
}

/// How far a consumer has read: events are ordered by the transaction that wrote them, then by number. In PostgreSQL
/// numbers alone are not in the order of commits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Cursor {
    /// The transaction's number; 0 in SQLite, whose single writer commits in order.
    pub tx: i64,
    /// The event's number.
    pub seq: i64,
}

impl StoredEvent {
    /// The place of this event.
    pub const fn cursor(&self) -> Cursor {
        Cursor { tx: self.tx, seq: self.seq }
    }
}

/// Writes the event; see [`Tx::record`].
pub(crate) fn record(tx: &mut Tx<'_>, event: &Event) -> Result<Id> {
    let id: Id = tx.new_id();
    let now = tx.now();
    let (context_kind, context_id) = event.context.unzip();
    tx.execute(
        sql!(
            "insert into event (id, at, actor, verb, object_kind, object_id, context_kind, context_id, payload)
             values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)"
        ),
        params![
            id,
            now,
            event.actor,
            event.verb,
            event.object.0,
            event.object.1,
            context_kind,
            context_id,
            event.payload
        ],
    )?;
    tx.wake("event");
    Ok(id)
}

/// The next events after a cursor, in order. In PostgreSQL only those of transactions older than any that still runs,
/// so that none can appear behind the cursor later.
pub fn events_after(tx: &mut Tx<'_>, cursor: Cursor, limit: u32) -> Result<Vec<StoredEvent>> {
    tx.all(
        sql!(
            sqlite: "select tx, seq, id, at, actor, verb, object_kind, object_id, context_kind, context_id, payload
                     from event where (tx, seq) > (?1, ?2) order by tx, seq limit ?3",
            postgres: "select tx, seq, id, at, actor, verb, object_kind, object_id, context_kind, context_id, payload
                       from event where (tx, seq) > (?1, ?2)
                       and tx < cast(cast(pg_snapshot_xmin(pg_current_snapshot()) as text) as bigint)
                       order by tx, seq limit ?3",
        ),
        params![cursor.tx, cursor.seq, limit],
    )
}
