//! What is kept of jobs that have ended: long enough to look at, not for ever.

use std::time::Duration;

use store::{Result, Tx, params, sql};

use crate::{JobKind, Run, Schedule};

const CLEAN_UP: &str = "work.clean-up";
/// Days for which a job is kept that ended well or was stopped.
const DONE_DAYS: i64 = 30;
/// Days for which a failed one is kept.
const FAILED_DAYS: i64 = 180;

/// The job that forgets old ones.
pub fn jobs() -> Vec<JobKind> {
    vec![JobKind::new(CLEAN_UP, |run: Run| async move {
        run.db.write(forget).await?;
        Ok(())
    })]
}

/// Once a day.
pub fn schedules() -> Vec<Schedule> {
    vec![Schedule { kind: CLEAN_UP, every: Duration::from_hours(24) }]
}

fn forget(tx: &mut Tx<'_>) -> Result<u64> {
    let now = tx.now();
    tx.execute(
        sql!(
            "delete from job where (state in ('done', 'cancelled') and ended_at < ?1)
             or (state = 'failed' and ended_at < ?2)"
        ),
        params![now.plus_days(-DONE_DAYS), now.plus_days(-FAILED_DAYS)],
    )
}
