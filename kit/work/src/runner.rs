use std::collections::HashMap;
use std::future::Future;
use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::time::Duration;

use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use serde_json::Value;
use store::Db;
use tokio::sync::{Notify, watch};
use tokio::task::JoinSet;

use crate::consumer::{self, Consumer};
use crate::job::{self, Failure, JobId, LEASE, Progress, Taken};
use crate::schedule::Schedule;

/// How often a node looks for work of which no wake-up told it: jobs whose time has come, dead nodes' jobs.
const LOOK: Duration = Duration::from_secs(5);

/// What a job's code is given.
#[derive(Clone, Debug)]
pub struct Run {
    /// The database.
    pub db: Db,
    /// The job.
    pub id: JobId,
    /// What it was put in with.
    pub payload: Value,
    /// 1 at the first try.
    pub attempt: u32,
    /// How to report progress.
    pub progress: Progress,
}

type Code = Arc<dyn Fn(Run) -> BoxFuture<'static, Result<(), Failure>> + Send + Sync>;

/// A kind of job and its code: a thin wrapper around a domain function.
#[derive(Clone)]
pub struct JobKind {
    kind: &'static str,
    code: Code,
}

impl std::fmt::Debug for JobKind {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("JobKind").field(&self.kind).finish()
    }
}

impl JobKind {
    /// `JobKind::new("mail.send", move |run| async move { ... })`.
    pub fn new<F, Fut>(kind: &'static str, code: F) -> Self
    where
        F: Fn(Run) -> Fut + Send + Sync + 'static,
        Fut: Future<Output = Result<(), Failure>> + Send + 'static,
    {
        Self { kind, code: Arc::new(move |run| code(run).boxed()) }
    }

    /// Its name.
    pub const fn kind(&self) -> &'static str {
        self.kind
    }
}

/// All that a node does outside requests.
pub struct Workers {
    db: Db,
    kinds: HashMap<&'static str, Code>,
    consumers: Vec<Consumer>,
    schedules: Vec<Schedule>,
    at_once: usize,
}

impl std::fmt::Debug for Workers {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Workers").field("kinds", &self.kinds.keys()).finish_non_exhaustive()
    }
}

impl Workers {
    /// Workers that run at most `at_once` jobs at the same time.
    pub fn new(db: Db, at_once: usize) -> Self {
        Self { db, kinds: HashMap::new(), consumers: Vec::new(), schedules: Vec::new(), at_once: at_once.max(1) }
    }

    /// Adds a noun's kinds of jobs.
    pub fn jobs(mut self, kinds: impl IntoIterator<Item = JobKind>) -> Self {
        self.kinds.extend(kinds.into_iter().map(|kind| (kind.kind, kind.code)));
        self
    }

    /// Adds a noun's readers of the event log.
    pub fn consumers(mut self, consumers: impl IntoIterator<Item = Consumer>) -> Self {
        self.consumers.extend(consumers);
        self
    }

    /// Adds what is done again and again.
    pub fn schedules(mut self, schedules: impl IntoIterator<Item = Schedule>) -> Self {
        self.schedules.extend(schedules);
        self
    }

    /// Works until `stop` says true, then lets the jobs that run come to their end.
    pub async fn run(self, mut stop: watch::Receiver<bool>) {
        let workers = Arc::new(self);
        let (events, jobs) = (Arc::new(Notify::new()), Arc::new(Notify::new()));
        let mut tasks = JoinSet::new();
        for consumer in workers.consumers.clone() {
            tasks.spawn(follow(workers.db.clone(), consumer, Arc::clone(&events), stop.clone()));
        }
        for _ in 0..workers.at_once {
            tasks.spawn(Arc::clone(&workers).work(Arc::clone(&jobs), stop.clone()));
        }
        let mut wakes = workers.db.wakes();
        let mut look = tokio::time::interval(LOOK);
        while !*stop.borrow() {
            tokio::select! {
                _ = stop.changed() => {}
                _ = look.tick() => {
                    workers.look_after().await;
                    events.notify_waiters();
                    jobs.notify_waiters();
                }
                wake = wakes.recv() => match wake.as_deref() {
                    Ok("job") => jobs.notify_waiters(),
                    Ok("event") => events.notify_waiters(),
                    // Missed some, or another node may have: look at everything.
                    Ok("*") | Err(_) => { jobs.notify_waiters(); events.notify_waiters(); }
                    Ok(_) => {}
                }
            }
        }
        while tasks.join_next().await.is_some() {}
    }

    /// Runs every job that is due and lets every consumer catch up, once, then answers: for the command line and tests.
    pub async fn drain(self) {
        let workers = Arc::new(self);
        loop {
            let mut worked = false;
            while let Ok(Some(taken)) = workers.db.write(job::take).await {
                workers.perform(taken).await;
                worked = true;
            }
            for consumer in workers.consumers.clone() {
                while workers.db.write(move |tx| consumer::catch_up(tx, consumer)).await.unwrap_or(false) {
                    worked = true;
                }
            }
            if !worked && !workers.events_still_hidden().await {
                return;
            }
        }
    }

    /// True where an event was committed that no consumer may read yet, since an older transaction still runs.
    async fn events_still_hidden(&self) -> bool {
        let consumers = self.consumers.clone();
        let behind = self.db.read(move |tx| {
            consumers
                .into_iter()
                .try_fold(false, |any, consumer| Ok::<_, store::Error>(any | consumer::is_behind(tx, consumer)?))
        });
        let behind = behind.await.unwrap_or(false);
        if behind {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        behind
    }

    async fn look_after(&self) {
        let schedules = self.schedules.clone();
        let looked = self.db.write(move |tx| {
            job::reclaim(tx)?;
            schedules.into_iter().try_for_each(|schedule| schedule.tick(tx).map(|_| ()))
        });
        if let Err(e) = looked.await {
            tracing::warn!(error = %e, "looking after jobs");
        }
    }

    async fn work(self: Arc<Self>, wake: Arc<Notify>, mut stop: watch::Receiver<bool>) {
        while !*stop.borrow() {
            // Asked for before looking, so that a wake-up in between is not missed.
            let woken = wake.notified();
            match self.db.write(job::take).await {
                Ok(Some(taken)) => self.perform(taken).await,
                Ok(None) => {
                    tokio::select! { () = woken => {}, _ = stop.changed() => {} }
                }
                Err(e) => {
                    tracing::warn!(error = %e, "taking a job");
                    tokio::time::sleep(LOOK).await;
                }
            }
        }
    }

    async fn perform(&self, taken: Taken) {
        let run = Run {
            db: self.db.clone(),
            id: taken.id,
            payload: taken.payload.clone(),
            attempt: taken.attempts,
            progress: Progress { db: self.db.clone(), job: taken.id },
        };
        let ended = match self.kinds.get(taken.kind.as_str()) {
            Some(code) => self.watched(code(run), taken.id).await,
            None => Err(Failure::Retry(format!("no node knows the kind {:?} yet", taken.kind))),
        };
        if let Err(failure) = &ended {
            tracing::warn!(job = %taken.id, kind = taken.kind, attempt = taken.attempts, error = %failure, "a job failed");
        }
        let written = self.db.write(move |tx| job::end(tx, &taken, ended.as_ref().err())).await;
        if let Err(e) = written {
            tracing::error!(error = %e, "a job's end could not be written; it will run again");
        }
    }

    /// Runs the code, moving the lease on while it lasts; a panic is a failure like any other.
    async fn watched(&self, code: BoxFuture<'static, Result<(), Failure>>, id: JobId) -> Result<(), Failure> {
        let mut code = AssertUnwindSafe(code).catch_unwind().boxed();
        let mut beat = tokio::time::interval(LEASE / 3);
        beat.tick().await;
        loop {
            tokio::select! {
                ended = &mut code => {
                    return ended.unwrap_or_else(|_| Err(Failure::Final("the job's code stopped with an internal fault".to_owned())));
                }
                _ = beat.tick() => {
                    let moved = self.db.write(move |tx| {
                        let until = tx.now() + LEASE;
                        tx.execute(store::sql!("update job set lease_until = ?2 where id = ?1 and state = 'running'"), store::params![id, until])
                    });
                    if let Err(e) = moved.await {
                        tracing::warn!(error = %e, "a job's lease");
                    }
                }
            }
        }
    }
}

async fn follow(db: Db, consumer: Consumer, wake: Arc<Notify>, mut stop: watch::Receiver<bool>) {
    while !*stop.borrow() {
        let woken = wake.notified();
        match db.write(move |tx| consumer::catch_up(tx, consumer)).await {
            Ok(true) => {}
            Ok(false) => {
                tokio::select! { () = woken => {}, _ = stop.changed() => {} }
            }
            Err(e) => {
                tracing::warn!(consumer = consumer.name, error = %e, "reading the event log");
                tokio::time::sleep(LOOK).await;
            }
        }
    }
}
