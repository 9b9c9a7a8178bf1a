//! The program `stoa`: its settings, its commands, and the one place where every noun is mounted.

pub mod backup;
pub mod command;
pub mod config;
pub mod doctor;
#[cfg(test)]
mod guides;
pub mod mount;
pub mod open;
mod pages;
pub mod questions;
pub mod serve;

/// The tables of the whole program.
pub static SCHEMA: store::Schema = store::Schema {
    noun: "stoa",
    migrations: &[],
    needs: &[&work::SCHEMA, &exchange::SCHEMA, &materials::SCHEMA, &assignments::SCHEMA, &assessment::SCHEMA],
};
