use std::time::Duration;

use store::{Result, Tx, params, sql};

use crate::job::{Job, enqueue};

/// The key of jobs that a schedule puts in.
const KEY: &str = "schedule";

/// A job put in once in each period.
#[derive(Clone, Copy, Debug)]
pub struct Schedule {
    /// The kind of the job.
    pub kind: &'static str,
    /// How long a period is, in whole seconds.
    pub every: Duration,
}

impl Schedule {
    /// Puts the job of the current period in, unless that was done already, here or on another node.
    pub(crate) fn tick(self, tx: &mut Tx<'_>) -> Result<bool> {
        let period = tx.now().seconds() / i64::try_from(self.every.as_secs().max(1)).unwrap_or(i64::MAX);
        let first = tx.execute(
            sql!(
                "insert into schedule (name, period) values (?1, ?2)
                 on conflict (name) do update set period = excluded.period where schedule.period < excluded.period"
            ),
            params![self.kind, period],
        )?;
        if first == 1 {
            // Of what is done again and again only the last time is worth a line.
            tx.execute(
                sql!("delete from job where kind = ?1 and unique_key = ?2 and state = 'done'"),
                params![self.kind, KEY],
            )?;
            enqueue(tx, &Job::new(self.kind, serde_json::json!({})).unique(KEY).attempts(3))?;
        }
        Ok(first == 1)
    }
}
