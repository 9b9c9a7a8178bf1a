//! The benchmarks: what a page, a write and a start cost with an institution's worth of data. `README.md` has the figures
//! and says how to repeat them.
//!
//! - [`amounts`] says how much there is, [`fill`] makes it through the nouns, [`place`] keeps it between runs.
//! - [`server`] runs the real program; [`http`] and [`load`] ask it over loopback.
//! - [`pages`], [`writes`], [`start`], [`growth`] and [`weight`] each print a table.

pub mod amounts;
pub mod fill;
pub mod growth;
pub mod http;
pub mod load;
pub mod machine;
pub mod pages;
pub mod place;
pub mod server;
pub mod start;
pub mod table;
pub mod weight;
pub mod writes;

/// Why something could not be measured.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The database.
    #[error("the database: {0}")]
    Store(#[from] store::Error),
    /// A person or a role.
    #[error("people: {0}")]
    People(#[from] people::Error),
    /// An enrolment.
    #[error("an enrolment: {0}")]
    Enrolment(#[from] courses::enrolment::ChangeRefused),
    /// A file, a port or a process.
    #[error("{what}: {cause}")]
    Io {
        /// What was to be done.
        what: String,
        /// What the system said.
        cause: std::io::Error,
    },
    /// PostgreSQL, where a database is made.
    #[error("PostgreSQL: {0}")]
    Postgres(#[from] tokio_postgres::Error),
    /// What was kept of an earlier run cannot be read.
    #[error("what was kept: {0}")]
    Kept(#[from] serde_json::Error),
    /// Anything else, in words.
    #[error("{0}")]
    Other(String),
}

/// What can fail.
pub type Result<T, E = Error> = std::result::Result<T, E>;

impl Error {
    /// For `map_err`: says what was to be done.
    pub fn io(what: impl Into<String>) -> impl FnOnce(std::io::Error) -> Self {
        move |cause| Self::Io { what: what.into(), cause }
    }
}
