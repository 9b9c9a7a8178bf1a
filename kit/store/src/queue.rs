use std::collections::VecDeque;
use std::sync::{Condvar, Mutex, PoisonError};

/// A bounded queue between requests and database threads. `take` may drain several at once, which is what lets writers
/// that wait be committed together.
pub(crate) struct Queue<T> {
    state: Mutex<State<T>>,
    arrived: Condvar,
    limit: usize,
}

struct State<T> {
    waiting: VecDeque<T>,
    closed: bool,
}

/// Why a job was not taken in.
pub(crate) enum Refused {
    Full,
    Closed,
}

impl<T> Queue<T> {
    pub(crate) fn new(limit: usize) -> Self {
        let state = State { waiting: VecDeque::new(), closed: false };
        Self { state: Mutex::new(state), arrived: Condvar::new(), limit }
    }

    pub(crate) fn push(&self, job: T) -> Result<(), Refused> {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        if state.closed {
            return Err(Refused::Closed);
        }
        if state.waiting.len() >= self.limit {
            return Err(Refused::Full);
        }
        state.waiting.push_back(job);
        drop(state);
        self.arrived.notify_one();
        Ok(())
    }

    /// The next job; `None` once the queue is closed and empty.
    pub(crate) fn take(&self) -> Option<T> {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        loop {
            if let Some(job) = state.waiting.pop_front() {
                return Some(job);
            }
            if state.closed {
                return None;
            }
            state = self.arrived.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
    }

    /// A job that waits already, without waiting for one.
    pub(crate) fn try_take(&self) -> Option<T> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner).waiting.pop_front()
    }

    pub(crate) fn close(&self) {
        self.state.lock().unwrap_or_else(PoisonError::into_inner).closed = true;
        self.arrived.notify_all();
    }

    pub(crate) const fn limit(&self) -> usize {
        self.limit
    }
}
