//! The crate from outside: packages built here, real packages where they are present, hostile ones.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]
#![expect(clippy::print_stderr, reason = "a skipped test says so")]

mod fixtures;
mod hostile;
mod linking;
mod reading;
mod round_trip;
mod support;
