use std::time::Duration;

use serde_json::Value;
use store::{Db, FromRow, Id, Result, Time, Tx, params, sql};

/// How often a job is tried where nothing else is said.
const ATTEMPTS_MAX: u32 = 8;
/// The pause after the first failure; each further one is four times as long, up to an hour.
const PAUSE_FIRST_SECONDS: i64 = 10;
const PAUSE_MAX_SECONDS: i64 = 3600;
/// A node that has not moved a job's lease for this long is taken for dead.
pub(crate) const LEASE: Duration = Duration::from_mins(1);

store::id!(JobId);

store::text_enum! {
    /// Where a job stands.
    pub enum JobState {
        /// It runs once its time has come and a node is free.
        Waiting = "waiting",
        /// A node works on it.
        Running = "running",
        /// It ended well.
        Done = "done",
        /// It failed for good; a person may put it in again.
        Failed = "failed",
        /// A person stopped it.
        Cancelled = "cancelled",
    }
}

/// Work to be put in.
#[derive(Clone, Debug)]
pub struct Job {
    kind: &'static str,
    payload: Value,
    unique_key: Option<String>,
    run_at: Option<Time>,
    attempts_max: u32,
    by: Option<Id>,
}

impl Job {
    /// A job of a kind (`noun.verb`, e.g. `mail.send`) with what it needs to know.
    pub fn new(kind: &'static str, payload: impl Into<Value>) -> Self {
        Self { kind, payload: payload.into(), unique_key: None, run_at: None, attempts_max: ATTEMPTS_MAX, by: None }
    }

    /// Put in only where no job of this kind with this key waits or runs.
    pub fn unique(mut self, key: impl Into<String>) -> Self {
        self.unique_key = Some(key.into());
        self
    }

    /// Not before this time.
    pub const fn at(mut self, time: Time) -> Self {
        self.run_at = Some(time);
        self
    }

    /// How often it is tried at most.
    pub const fn attempts(mut self, most: u32) -> Self {
        self.attempts_max = most;
        self
    }

    /// Who asked for it.
    pub fn by(mut self, person: impl Into<Id>) -> Self {
        self.by = Some(person.into());
        self
    }
}

/// Puts a job in, in the caller's transaction. Where an equal one (same kind and unique key) waits or runs already,
/// answers that one's id.
pub fn enqueue(tx: &mut Tx<'_>, job: &Job) -> Result<JobId> {
    let id: JobId = tx.new_id();
    let now = tx.now();
    let added = tx.execute(
        sql!(
            "insert into job (id, kind, payload, unique_key, state, made_at, made_by, run_at, attempts_max)
             values (?1, ?2, ?3, ?4, 'waiting', ?5, ?6, ?7, ?8)
             on conflict (kind, unique_key) where state in ('waiting', 'running') do nothing"
        ),
        params![id, job.kind, job.payload, job.unique_key, now, job.by, job.run_at.unwrap_or(now), job.attempts_max],
    )?;
    tx.wake("job");
    if added == 1 {
        return Ok(id);
    }
    tx.value(
        sql!("select id from job where kind = ?1 and unique_key = ?2 and state in ('waiting', 'running')"),
        params![job.kind, job.unique_key],
    )
}

/// Why a job did not end well.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// It may go better later: tried again after a pause, as long as attempts are left.
    #[error("{0}")]
    Retry(String),
    /// It will never go better.
    #[error("{0}")]
    Final(String),
}

impl From<store::Error> for Failure {
    fn from(e: store::Error) -> Self {
        if e.is_temporary() { Self::Retry(e.to_string()) } else { Self::Final(e.to_string()) }
    }
}

/// A job as it is kept.
#[derive(Clone, Debug, FromRow)]
#[expect(missing_docs, reason = "the columns of the table, described there")]
pub struct JobRow {
    pub id: JobId,
    pub kind: String,
    pub payload: Value,
    pub state: JobState,
    pub made_at: Time,
    pub made_by: Option<Id>,
    pub run_at: Time,
    pub attempts: u32,
    pub attempts_max: u32,
    pub started_at: Option<Time>,
    pub ended_at: Option<Time>,
    pub error: Option<String>,
    pub progress_done: u64,
    pub progress_all: u64,
    pub progress_note: String,
}

/// The job, where it exists.
pub fn find(tx: &mut Tx<'_>, id: JobId) -> Result<Option<JobRow>> {
    tx.maybe(sql!("select * from job where id = ?1"), params![id])
}

/// The newest jobs, of one state or of all; `before` the id of the last one seen, for the next page.
pub fn recent(tx: &mut Tx<'_>, state: Option<JobState>, before: Option<JobId>, limit: u32) -> Result<Vec<JobRow>> {
    tx.all(
        sql!(
            "select * from job where (cast(?1 as text) is null or state = ?1) and (cast(?2 as uuid) is null or id < ?2)
             order by id desc limit ?3"
        ),
        params![state, before, limit],
    )
}

/// Puts a failed or cancelled job in again, with all its attempts; false where it is neither.
pub fn retry(tx: &mut Tx<'_>, id: JobId) -> Result<bool> {
    let now = tx.now();
    let changed = tx.execute(
        sql!(
            "update job set state = 'waiting', run_at = ?2, attempts = 0, error = null, ended_at = null
             where id = ?1 and state in ('failed', 'cancelled')"
        ),
        params![id, now],
    )?;
    tx.wake("job");
    Ok(changed == 1)
}

/// Stops a job that waits, and asks one that runs to stop at its next report of progress; false where it has ended.
pub fn cancel(tx: &mut Tx<'_>, id: JobId) -> Result<bool> {
    let now = tx.now();
    let changed = tx.execute(
        sql!("update job set state = 'cancelled', ended_at = ?2 where id = ?1 and state in ('waiting', 'running')"),
        params![id, now],
    )?;
    tx.wake("job");
    Ok(changed == 1)
}

/// True where a person has stopped the job.
pub fn cancelled(tx: &mut Tx<'_>, id: JobId) -> Result<bool> {
    let state: Option<(JobState,)> = tx.maybe(sql!("select state from job where id = ?1"), params![id])?;
    Ok(matches!(state, Some((JobState::Cancelled,))))
}

/// How a running job reports how far it has come. Reports move the job's lease, so a long job must make some.
#[derive(Clone, Debug)]
pub struct Progress {
    pub(crate) db: Db,
    pub(crate) job: JobId,
}

impl Progress {
    /// `done` of `all` (0 where unknown), with a short note on what is being done.
    /// Answers [`Failure::Final`] once a person has cancelled the job: pass it on with `?`.
    pub async fn report(&self, done: u64, all: u64, note: &str) -> Result<(), Failure> {
        let (job, note) = (self.job, note.to_owned());
        let alive = self
            .db
            .write(move |tx| {
                let now = tx.now();
                let changed = tx.execute(
                    sql!(
                        "update job set progress_done = ?2, progress_all = ?3, progress_note = ?4, lease_until = ?5
                         where id = ?1 and state = 'running'"
                    ),
                    params![job, done, all, note, now + LEASE],
                )?;
                tx.wake(&format!("job:{job}"));
                Ok::<_, store::Error>(changed == 1)
            })
            .await?;
        if alive { Ok(()) } else { Err(Failure::Final("stopped by a person".to_owned())) }
    }
}

/// A job taken for work.
#[derive(Debug, FromRow)]
pub(crate) struct Taken {
    pub(crate) id: JobId,
    pub(crate) kind: String,
    pub(crate) payload: Value,
    pub(crate) attempts: u32,
    pub(crate) attempts_max: u32,
}

/// Takes the next job that is due, if any.
pub(crate) fn take(tx: &mut Tx<'_>) -> Result<Option<Taken>> {
    let now = tx.now();
    tx.maybe(
        sql!(
            "update job set state = 'running', started_at = ?1, lease_until = ?2, attempts = attempts + 1
             where id = (select id from job where state = 'waiting' and run_at <= ?1 order by run_at, id limit 1
                         for update skip locked)
             returning id, kind, payload, attempts, attempts_max"
        ),
        params![now, now + LEASE],
    )
}

/// Gives jobs of dead nodes back.
pub(crate) fn reclaim(tx: &mut Tx<'_>) -> Result<u64> {
    let now = tx.now();
    tx.execute(
        sql!("update job set state = 'waiting', run_at = ?1, lease_until = null where state = 'running' and lease_until < ?1"),
        params![now],
    )
}

/// Writes down how it ended.
pub(crate) fn end(tx: &mut Tx<'_>, job: &Taken, failure: Option<&Failure>) -> Result<()> {
    let now = tx.now();
    let (state, error, run_at) = match failure {
        None => (JobState::Done, None, now),
        Some(Failure::Retry(error)) if job.attempts < job.attempts_max => {
            (JobState::Waiting, Some(error), now.plus_seconds(pause_seconds(job.attempts)))
        }
        Some(Failure::Retry(error) | Failure::Final(error)) => (JobState::Failed, Some(error), now),
    };
    let ended = (state != JobState::Waiting).then_some(now);
    tx.execute(
        sql!(
            "update job set state = ?2, error = ?3, run_at = ?4, ended_at = ?5, lease_until = null
             where id = ?1 and state = 'running'"
        ),
        params![job.id, state, error, run_at, ended],
    )?;
    tx.wake(&format!("job:{}", job.id));
    Ok(())
}

/// Seconds to wait after that many attempts: 10 s, 40 s, 160 s, ... at most an hour.
fn pause_seconds(attempts: u32) -> i64 {
    let factor = 4_i64.saturating_pow(attempts.saturating_sub(1));
    PAUSE_FIRST_SECONDS.saturating_mul(factor).min(PAUSE_MAX_SECONDS)
}

#[cfg(test)]
mod tests {
    #[test]
    fn pauses_grow_to_an_hour() {
        assert_eq!([1, 2, 3, 5, 6, 200].map(super::pause_seconds), [10, 40, 160, 2560, 3600, 3600]);
    }
}
