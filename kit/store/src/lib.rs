//! One body of code, two databases.
//!
//! A noun writes its SQL once, as a canonical statement with `?1` placeholders, and runs it through a [`Tx`] in
//! synchronous code. Below stands SQLite (embedded, the default) or PostgreSQL (any number of nodes); which one it is
//! shows nowhere but in the configuration. What the two engines cannot agree on is named in one place per statement
//! with `sql!(sqlite: "...", postgres: "...")`.
//!
//! - [`Db`] is the handle: one closure per request, run on a database thread ([`Db::read`], [`Db::write`]).
//! - [`Tx`] is the transaction: statements, savepoints, the clock, new ids, events.
//! - [`sql!`], [`params!`], [`FromRow`] are how a statement is written, bound and read.
//! - [`Schema`] carries a noun's migrations and the schemas that it stands on.
//! - [`test`](macro@test) runs one test on both engines, each time on a database of its own.

extern crate self as store;

pub mod backup;
mod db;
mod error;
mod event;
mod id;
mod memory;
mod migrate;
mod pg;
mod queue;
mod row;
mod schema;
mod sql;
mod sqlite;
pub mod stats;
pub mod testing;
mod time;
mod tls;
mod tx;
mod value;

pub use db::{Clock, DatabaseUrl, Db, EngineKind, Options, Wake};
pub use error::{Broken, Error, Result};
pub use event::{Cursor, Event, StoredEvent, events_after};
pub use id::{Id, IdHasher, IdSet};
pub use migrate::{applied, names as migrations};
pub use row::{FromRow, Row, RowIndex};
pub use schema::{Migration, Schema};
pub use serde;
pub use sql::Sql;
pub use store_macros::{FromRow, test};
pub use time::Time;
pub use tx::Tx;
pub use value::{FromValue, Ids, Json, Mismatch, ToValue, Value, ValueRef};

/// The tables that the store itself keeps: the event log.
pub static SCHEMA: Schema = Schema { noun: "store", migrations: &[migration!("0001_event")], needs: &[] };
