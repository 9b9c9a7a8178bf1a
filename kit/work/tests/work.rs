//! Jobs, consumers and schedules on both engines.

#![allow(clippy::unwrap_used, clippy::panic, clippy::allow_attributes, missing_docs)]

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use serde_json::json;
use store::{Db, Event, Migration, Schema, StoredEvent, Time, Tx, params, sql};
use work::{Consumer, Failure, Job, JobKind, JobState, Schedule, Workers};

static SCHEMA: Schema = Schema {
    noun: "tally",
    migrations: &[Migration {
        name: "0001_tally",
        sql: "create table tally (id uuid primary key, number bigint not null)",
    }],
    needs: &[&work::SCHEMA],
};

fn workers(db: &Db, tried: &Arc<AtomicU32>) -> Workers {
    let tried = Arc::clone(tried);
    Workers::new(db.clone(), 2).jobs([JobKind::new("test.try", move |run| {
        let tried = Arc::clone(&tried);
        async move {
            let times = tried.fetch_add(1, Ordering::SeqCst) + 1;
            match run.payload["end"].as_str() {
                Some("later") if times < 3 => Err(Failure::Retry("not yet".to_owned())),
                Some("never") => Err(Failure::Final("no".to_owned())),
                Some("panic") => panic!("on purpose"),
                _ => run.progress.report(1, 1, "done").await,
            }
        }
    })])
}

async fn state(db: &Db, id: work::JobId) -> work::JobRow {
    db.read(move |tx| work::find(tx, id)).await.unwrap().unwrap()
}

#[store::test]
async fn a_job_is_tried_until_it_ends_well(db: Db) {
    let tried = Arc::new(AtomicU32::new(0));
    let id = db.write(|tx| work::enqueue(tx, &Job::new("test.try", json!({"end": "later"})))).await.unwrap();
    for expected in [JobState::Waiting, JobState::Waiting, JobState::Done] {
        workers(&db, &tried).drain().await;
        assert_eq!(state(&db, id).await.state, expected);
        let now = db.clock().now();
        db.clock().set(now.plus_seconds(3600));
    }
    assert_eq!(tried.load(Ordering::SeqCst), 3);
    assert_eq!(state(&db, id).await.progress_note, "done");
}

#[store::test]
async fn a_final_failure_and_a_panic_are_kept_and_can_be_tried_again(db: Db) {
    let tried = Arc::new(AtomicU32::new(0));
    for end in ["never", "panic"] {
        let id = db.write(move |tx| work::enqueue(tx, &Job::new("test.try", json!({"end": end})))).await.unwrap();
        workers(&db, &tried).drain().await;
        let row = state(&db, id).await;
        assert_eq!(row.state, JobState::Failed);
        assert!(row.error.is_some());
        assert!(db.write(move |tx| work::retry(tx, id)).await.unwrap());
        assert_eq!(state(&db, id).await.state, JobState::Waiting);
        assert!(db.write(move |tx| work::cancel(tx, id)).await.unwrap());
    }
}

#[store::test]
async fn a_unique_job_waits_once(db: Db) {
    let put = || db.write(|tx| work::enqueue(tx, &Job::new("test.try", json!({})).unique("a")));
    let (first, second) = (put().await.unwrap(), put().await.unwrap());
    assert_eq!(first, second);
    workers(&db, &Arc::default()).drain().await;
    assert_ne!(put().await.unwrap(), first);
}

fn count(tx: &mut Tx<'_>, event: &StoredEvent) -> store::Result<()> {
    let number = event.payload["number"].as_i64().unwrap_or(0);
    tx.execute(sql!("insert into tally (id, number) values (?1, ?2)"), params![event.id, number])?;
    if number == 13 { Err(store::Error::NotFound) } else { Ok(()) }
}

const TALLY: Consumer = Consumer { name: "test.tally", handle: count };

#[store::test]
async fn a_consumer_counts_each_event_once_and_stops_at_one_it_cannot_handle(db: Db) {
    for number in [1, 2, 13, 4] {
        db.write(move |tx| {
            let id: store::Id = tx.new_id();
            tx.record(&Event::new("test.happened", "test", id).with("number", number))
        })
        .await
        .unwrap();
    }
    for _ in 0..2 {
        Workers::new(db.clone(), 1).consumers([TALLY]).drain().await;
        let counted: Vec<i64> =
            db.read(|tx| tx.values(sql!("select number from tally order by number"), params![])).await.unwrap();
        assert_eq!(counted, [1, 2]);
    }
    let states = db.read(work::consumers).await.unwrap();
    assert_eq!(states[0].failures, 1, "it waits before it tries again");
    assert!(states[0].error.as_deref().unwrap().contains("event "));
}

#[store::test]
async fn running_workers_hear_of_new_work_and_stop_when_told(db: Db) {
    let (stop, stopped) = tokio::sync::watch::channel(false);
    let tried = Arc::new(AtomicU32::new(0));
    let schedule = Schedule { kind: "test.try", every: Duration::from_hours(24) };
    let running = tokio::spawn(workers(&db, &tried).schedules([schedule]).run(stopped));
    let id = db.write(|tx| work::enqueue(tx, &Job::new("test.try", json!({})))).await.unwrap();
    let mut wakes = db.wakes();
    while state(&db, id).await.state != JobState::Done {
        let _ = tokio::time::timeout(Duration::from_secs(5), wakes.recv()).await;
    }
    stop.send(true).unwrap();
    running.await.unwrap();
}

#[store::test]
async fn a_dead_nodes_job_is_given_back(db: Db) {
    let id = db.write(|tx| work::enqueue(tx, &Job::new("test.try", json!({})))).await.unwrap();
    db.write(move |tx| {
        tx.execute(
            sql!("update job set state = 'running', attempts = 1, lease_until = ?2 where id = ?1"),
            params![id, Time::from_seconds(1)],
        )
    })
    .await
    .unwrap();
    let (stop, stopped) = tokio::sync::watch::channel(false);
    let running = tokio::spawn(workers(&db, &Arc::default()).run(stopped));
    let mut wakes = db.wakes();
    while state(&db, id).await.state != JobState::Done {
        let _ = tokio::time::timeout(Duration::from_secs(5), wakes.recv()).await;
    }
    stop.send(true).unwrap();
    running.await.unwrap();
}

#[store::test]
async fn jobs_that_ended_long_ago_are_forgotten_and_failed_ones_later(db: Db) {
    let tried = Arc::new(AtomicU32::new(0));
    let put_in = |end: &'static str| db.write(move |tx| work::enqueue(tx, &Job::new("test.try", json!({"end": end}))));
    let (good, bad) = (put_in("well").await.unwrap(), put_in("never").await.unwrap());
    workers(&db, &tried).drain().await;
    let begun = db.clock().now();
    let is_there = async |id| db.read(move |tx| work::find(tx, id)).await.unwrap().is_some();
    for (days, expected) in [(29, (true, true)), (31, (false, true)), (181, (false, false))] {
        db.clock().set(begun.plus_days(days));
        db.write(|tx| work::enqueue(tx, &Job::new("work.clean-up", json!({})))).await.unwrap();
        Workers::new(db.clone(), 1).jobs(work::jobs()).drain().await;
        assert_eq!((is_there(good).await, is_there(bad).await), expected, "after {days} days");
    }
}
