//! The demo academy: fills an empty database with an institution, its people and courses, and half a year of what they
//! did. `academy/README.md` describes the content, which is part of the program.
//!
//! Everything goes in through the nouns, at the moment at which it is said to have happened, so that the event log and
//! all times are as if people had been here.

mod content;
mod course;
mod days;
mod fill;
mod grading;
mod history;
mod quiz;
mod work;

pub use fill::fill;

/// The password of all demo accounts.
pub const PASSWORD: &str = "stoa-demo-2026";

/// Why the academy could not be filled.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The database.
    #[error(transparent)]
    Store(#[from] store::Error),
    /// A person, a unit or a role.
    #[error(transparent)]
    People(#[from] people::Error),
    /// A file.
    #[error(transparent)]
    Files(#[from] files::FilesError),
    /// The content does not fit together.
    #[error("the content of the academy: {0}")]
    Content(String),
}

/// Somebody to sign in as.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignIn {
    /// What they are: `administrator`, `manager`, `teacher`, `author`, `learner`.
    pub part: String,
    /// How they are called.
    pub name: String,
    /// Their address.
    pub email: String,
}

/// The people to sign in as, in the order in which they are offered.
pub fn sign_ins() -> Vec<SignIn> {
    let order = ["administrator", "manager", "teacher", "author", "learner"];
    let people = content::people().unwrap_or_default();
    let one = |part: &&str| {
        let person = people.iter().find(|person| person.demo.as_deref() == Some(part))?;
        let name = format!("{} {}", person.given, person.family);
        Some(SignIn { part: (*part).to_owned(), name, email: person.email.clone() })
    };
    order.iter().filter_map(one).collect()
}

/// The institution's name, by which a filled database is known.
pub fn name() -> String {
    content::academy().map(|academy| academy.institution.name).unwrap_or_default()
}

/// The tables of the nouns that the academy is made of.
#[cfg(test)]
static SCHEMA: store::Schema = store::Schema {
    noun: "demo",
    migrations: &[],
    needs: &[&materials::SCHEMA, &assignments::SCHEMA, &assessment::SCHEMA],
};

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::allow_attributes, reason = "a test says so by stopping")]
mod tests;
