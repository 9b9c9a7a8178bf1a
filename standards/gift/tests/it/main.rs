//! The crate from outside: examples of every kind, real files where they are present, hostile ones.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]
#![expect(clippy::print_stderr, reason = "a skipped test says so")]

mod fixtures;
mod hostile;
mod reading;
mod round_trip;
