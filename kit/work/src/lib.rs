//! Work outside a request: jobs, readers of the event log, schedules.
//!
//! - A **job** is a row, put in by [`enqueue`] in the transaction that wants it, run by any node, tried again with
//!   growing pauses, kept with its error where it fails for good.
//! - A **consumer** reads the event log in order, at its own pace, in transactions that move its cursor together with
//!   what it wrote: nothing is lost in a crash and nothing is counted twice.
//! - A **schedule** puts in one job per period, whichever node gets there first.
//!
//! A noun answers its kinds of jobs with [`JobKind`]s and its consumers with [`Consumer`]s; `app` hands them all to
//! [`Workers`].

mod clean_up;
mod consumer;
mod job;
mod runner;
mod schedule;

pub use clean_up::{jobs, schedules};
pub use consumer::{Consumer, ConsumerState, catch_up, consumers};
pub use job::{Failure, Job, JobId, JobRow, JobState, Progress, cancel, cancelled, enqueue, find, recent, retry};
pub use runner::{JobKind, Run, Workers};
pub use schedule::Schedule;

/// The tables of this crate.
pub static SCHEMA: store::Schema =
    store::Schema { noun: "work", migrations: &[store::migration!("0001_work")], needs: &[] };
