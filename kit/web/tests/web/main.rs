//! A small program on the kit, asked as browsers and programs ask.

#![allow(clippy::unwrap_used, clippy::panic, clippy::allow_attributes, missing_docs)]

mod answers;
mod forms;
mod gallery;
mod gate;
mod program;

use store::{Migration, Schema};

static SCHEMA: Schema = Schema {
    noun: "shelf",
    migrations: &[Migration {
        name: "0001_shelf",
        sql: "create table shelf (id uuid primary key, name text not null unique)",
    }],
    needs: &[],
};
