use store::{Cursor, FromRow, Result, StoredEvent, Time, Tx, params, sql};

/// Events read in one transaction at most.
const BATCH: u32 = 200;
const PAUSE_MAX_SECONDS: i64 = 300;

/// A reader of the event log. `handle` writes in the transaction that moves the cursor, so that it takes effect once.
#[derive(Clone, Copy, Debug)]
pub struct Consumer {
    /// Its name, e.g. `courses.search`; the cursor is kept under it.
    pub name: &'static str,
    /// What it does with an event. An error stops this reader, is shown to administrators and tried again; it holds up
    /// no other reader.
    pub handle: fn(&mut Tx<'_>, &StoredEvent) -> Result<()>,
}

/// Where a reader stands, for the page of jobs.
#[derive(Clone, Debug, FromRow)]
#[expect(missing_docs, reason = "the columns of the table, described there")]
pub struct ConsumerState {
    pub name: String,
    pub seq: i64,
    pub moved_at: Time,
    pub failures: u32,
    pub error: Option<String>,
}

/// Every reader and where it stands.
pub fn consumers(tx: &mut Tx<'_>) -> Result<Vec<ConsumerState>> {
    tx.all(sql!("select name, seq, moved_at, failures, error from consumer order by name"), params![])
}

/// True where events wait that the consumer, which is in no trouble, has not read.
pub(crate) fn is_behind(tx: &mut Tx<'_>, consumer: Consumer) -> Result<bool> {
    tx.value(
        sql!(
            "select exists (select 1 from event e join consumer c on c.name = ?1
             where c.failures = 0 and (e.tx > c.tx or (e.tx = c.tx and e.seq > c.seq)))"
        ),
        params![consumer.name],
    )
}

#[derive(FromRow)]
struct Place {
    tx: i64,
    seq: i64,
    failures: u32,
    retry_at: Option<Time>,
}

/// Reads one batch; says whether more may be waiting. A second node that tries at the same time waits for the first
/// and then finds the cursor moved.
pub fn catch_up(tx: &mut Tx<'_>, consumer: Consumer) -> Result<bool> {
    let now = tx.now();
    let place = place_of(tx, consumer)?;
    if place.retry_at.is_some_and(|at| at > now) {
        return Ok(false);
    }
    let events = store::events_after(tx, Cursor { tx: place.tx, seq: place.seq }, BATCH)?;
    let mut reached = Cursor { tx: place.tx, seq: place.seq };
    for event in &events {
        if let Err(e) = tx.savepoint(|tx| (consumer.handle)(tx, event)) {
            stumble(tx, consumer, reached, place.failures + 1, &format!("event {}: {e}", event.id))?;
            return Ok(false);
        }
        reached = event.cursor();
    }
    if !events.is_empty() {
        tx.execute(
            sql!(
                "update consumer set tx = ?2, seq = ?3, moved_at = ?4, failures = 0, retry_at = null, error = null
                 where name = ?1"
            ),
            params![consumer.name, reached.tx, reached.seq, now],
        )?;
    }
    Ok(events.len() == BATCH as usize)
}

fn place_of(tx: &mut Tx<'_>, consumer: Consumer) -> Result<Place> {
    let now = tx.now();
    tx.execute(
        sql!("insert into consumer (name, tx, seq, moved_at) values (?1, 0, 0, ?2) on conflict (name) do nothing"),
        params![consumer.name, now],
    )?;
    tx.one(sql!("select tx, seq, failures, retry_at from consumer where name = ?1 for update"), params![consumer.name])
}

fn stumble(tx: &mut Tx<'_>, consumer: Consumer, reached: Cursor, failures: u32, error: &str) -> Result<()> {
    let now = tx.now();
    let pause = 2_i64.saturating_pow(failures.min(16)).min(PAUSE_MAX_SECONDS);
    tracing::error!(consumer = consumer.name, failures, error, "an event could not be handled");
    tx.execute(
        sql!(
            "update consumer set tx = ?2, seq = ?3, moved_at = ?4, failures = ?5, retry_at = ?6, error = ?7
             where name = ?1"
        ),
        params![consumer.name, reached.tx, reached.seq, now, failures, now.plus_seconds(pause), error],
    )?;
    Ok(())
}
