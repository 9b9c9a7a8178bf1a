//! Packages in and out, on both databases: those of other systems, where the shared fixtures are at hand, and small ones
//! made here.

#![allow(
    clippy::print_stdout,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::allow_attributes,
    clippy::case_sensitive_file_extension_comparisons,
    reason = "a test says so by stopping, and knows how its files are named"
)]

use exchange::SCHEMA;

mod hostile;
mod kept;
mod out;
mod pages;
mod place;
mod real;
mod small;
