//! Tests that no single crate can hold: the house and its arrows, every statement on both engines, every route for
//! every role, crashes under load, several nodes on one database, backup and restore.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::allow_attributes)]

// What `#[store::test]` makes before each test.
use stoa::SCHEMA;

mod backup;
mod commands;
mod crash;
mod house;
mod load;
mod nodes;
mod process;
mod routes;
mod scene;
mod statements;
mod upgrade;
