//! Tests that no single crate can hold: the house and its arrows, every statement on both engines, every route for
//! every role, crashes under load, backup and restore.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::allow_attributes)]

mod house;
mod statements;
