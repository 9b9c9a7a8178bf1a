//! The crate from outside: the format, its faults, real files where they are present, hostile ones.

#![expect(clippy::print_stderr, reason = "a skipped test says so")]

mod fixtures;
mod hostile;
mod reading;
mod round_trip;
