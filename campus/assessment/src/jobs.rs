//! Work outside a request: attempts whose time is up are closed, whoever looks or not.

use std::time::Duration;

use outline::{Item, ItemId};
use people::PersonId;
use serde::{Deserialize, Serialize};
use store::{Db, Tx, params, sql};
use work::{Failure, Job, JobKind, Schedule};

use crate::attempt::item_for;
use crate::{finish, grade};

const CLOSE: &str = "assessment.close-attempts";
const SETTLE: &str = "assessment.settle-grades";
/// Attempts that are closed in one go; the rest follows at once.
const BATCH: u32 = 200;

/// The jobs of this crate.
pub fn jobs() -> Vec<JobKind> {
    let close = JobKind::new(CLOSE, |run| async move {
        close_overdue(&run.db).await?;
        Ok(())
    });
    let settle = JobKind::new(SETTLE, |run| async move {
        let which: Settle = serde_json::from_value(run.payload).map_err(|e| Failure::Final(e.to_string()))?;
        settle_all(&run.db, which.item, which.by).await?;
        Ok(())
    });
    vec![close, settle]
}

/// Of which quiz the grades are to be given anew, and who is the cause of it.
#[derive(Serialize, Deserialize)]
struct Settle {
    item: ItemId,
    by: PersonId,
}

/// Has the grades of a quiz given anew: its points have changed, or which attempt counts.
pub(crate) fn settle_later(tx: &mut Tx<'_>, item: &Item, by: PersonId) -> store::Result<()> {
    let payload = serde_json::to_value(Settle { item: item.id, by })?;
    work::enqueue(tx, &Job::new(SETTLE, payload).unique(item.id.to_string()).by(by))?;
    Ok(())
}

/// Gives them anew, each in a transaction of its own. Running it again changes nothing.
pub(crate) async fn settle_all(db: &Db, item: ItemId, by: PersonId) -> store::Result<()> {
    let people: Vec<PersonId> = db
        .read(move |tx| {
            tx.values(
                sql!("select distinct person from attempt where item = ?1 and ended_at is not null and not is_preview"),
                params![item],
            )
        })
        .await?;
    for person in people {
        db.write(move |tx| {
            let course = tx.value(sql!("select course from item where id = ?1"), params![item])?;
            let item = item_for(tx, course, item, person)?;
            grade::settle(tx, &item, person, by)
        })
        .await?;
    }
    Ok(())
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
