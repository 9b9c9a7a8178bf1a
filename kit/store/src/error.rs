/// What a database operation may answer.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// Which rule of the schema a write broke.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Broken {
    /// Another row has this value already.
    Unique,
    /// The row refers to one that does not exist, or is still referred to.
    Reference,
    /// A check of the table failed.
    Check,
    /// A value is missing.
    NotNull,
}

/// Why a database operation failed.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A row that must be there is not.
    #[error("the record does not exist")]
    NotFound,
    /// A rule of the schema is broken. `on` is `table.column` (columns joined by `,`) where the engine says so, else
    /// the name of the constraint.
    #[error("the change breaks a rule of the database ({broken:?} on {on})")]
    Constraint {
        /// The kind of rule.
        broken: Broken,
        /// `table.column` or the constraint's name.
        on: String,
    },
    /// Too many requests wait for the database already; try again shortly.
    #[error("the database is busy: {waiting} requests wait already")]
    TooManyWaiting {
        /// How many wait.
        waiting: usize,
    },
    /// The database could not be reached or was locked for too long; try again shortly.
    #[error("the database does not answer: {0}")]
    Busy(String),
    /// A stored value does not have the type that the code expects.
    #[error("column {column}: {reason}")]
    Decode {
        /// The column's name or number.
        column: String,
        /// What was expected and what was found.
        reason: String,
    },
    /// A text holds the character U+0000, which PostgreSQL cannot keep; both engines refuse it, so that what one holds
    /// the other can take over.
    #[error("a text holds the character U+0000, which cannot be kept")]
    Unkeepable,
    /// The configuration or the schema is wrong.
    #[error("{0}")]
    Setup(String),
    /// A statement failed, or the engine is in trouble.
    #[error("{message} (statement: {sql})")]
    Statement {
        /// What the engine said.
        message: String,
        /// The statement's text.
        sql: String,
    },
    /// The code inside a transaction panicked; nothing of it was kept.
    #[error("the operation stopped with an internal fault; nothing was saved")]
    Aborted,
    /// A value could not be written as JSON.
    #[error("JSON: {0}")]
    Json(#[from] serde_json::Error),
    /// The disk or the network failed.
    #[error("{0}")]
    Io(#[from] std::io::Error),
}

impl Error {
    /// True where a unique rule on exactly this place (`"person.email"`) was broken.
    pub fn is_duplicate(&self, place: &str) -> bool {
        matches!(self, Self::Constraint { broken: Broken::Unique, on } if on == place)
    }

    /// True where trying the same again a little later may help.
    pub fn is_temporary(&self) -> bool {
        matches!(self, Self::Busy(_) | Self::TooManyWaiting { .. })
    }
}
