//! Counted work: how many statements a request ran. A page states its number in its test.

use std::future::Future;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// What one request asked of the database.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Stats {
    /// Statements run, without `begin` and `commit`.
    pub statements: u64,
    /// Time spent inside the closures on database threads, in microseconds.
    pub micros: u64,
}

#[derive(Debug, Default)]
pub(crate) struct Counters {
    statements: AtomicU64,
    micros: AtomicU64,
}

impl Counters {
    pub(crate) fn add(&self, statements: u64, micros: u64) {
        self.statements.fetch_add(statements, Ordering::Relaxed);
        self.micros.fetch_add(micros, Ordering::Relaxed);
    }
}

tokio::task_local! {
    static COUNTERS: Arc<Counters>;
}

/// Runs a request and counts what it asks of the database through any [`Db`](crate::Db).
pub async fn scope<F: Future>(request: F) -> (F::Output, Stats) {
    let counters = Arc::new(Counters::default());
    let output = COUNTERS.scope(Arc::clone(&counters), request).await;
    let stats = Stats {
        statements: counters.statements.load(Ordering::Relaxed),
        micros: counters.micros.load(Ordering::Relaxed),
    };
    (output, stats)
}

pub(crate) fn current() -> Option<Arc<Counters>> {
    COUNTERS.try_with(Arc::clone).ok()
}
