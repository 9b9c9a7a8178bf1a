//! Work outside a request: attempts whose time is up are closed, whoever looks or not.

use std::time::Duration;

use store::Db;
use work::{JobKind, Schedule};

use crate::finish;

const CLOSE: &str = "assessment.close-attempts";
/// Attempts that are closed in one go; the rest follows at once.
const BATCH: u32 = 200;

/// The jobs of this crate.
pub fn jobs() -> Vec<JobKind> {
    vec![JobKind::new(CLOSE, |run| async move {
        close_overdue(&run.db).await?;
        Ok(())
    })]
}

/// What is put in regularly.
pub fn schedules() -> Vec<Schedule> {
    vec![Schedule { kind: CLOSE, every: Duration::from_mins(1) }]
}

/// Closes the attempts whose time is up, each in a transaction of its own. Running it again does nothing. Answers how many
/// there were.
pub(crate) async fn close_overdue(db: &Db) -> store::Result<usize> {
    let mut closed = 0;
    loop {
        let due = db.read(|tx| finish::overdue(tx, BATCH)).await?;
        let mut now_closed = 0;
        for id in &due {
            let id = *id;
            now_closed += usize::from(db.write(move |tx| finish::look(tx, id)).await?);
        }
        closed += now_closed;
        // What was given more time is no longer due.
        if due.len() < BATCH as usize || now_closed == 0 {
            return Ok(closed);
        }
    }
}
