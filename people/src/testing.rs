//! Builders for the tests of this noun and of those that stand on it.

use store::{Id, Result, Tx};

use crate::person::Details;
use crate::scope::ScopeKind;
use crate::session::{self, Device};
use crate::{Error, PersonId, Unit, Viewer};

pub use crate::role::seed_roles;

/// A person of this given name, with the address `NAME@example.org`.
pub fn person(tx: &mut Tx<'_>, given: &str) -> Result<PersonId> {
    let email = format!("{}@example.org", crate::name::fold(given).replace(' ', "."));
    plain(crate::person::add(tx, &Details { given: given.to_owned(), email, ..Details::default() }, None))
}

/// A unit, at the top or below another.
pub fn unit(tx: &mut Tx<'_>, name: &str, parent: Option<&Unit>) -> Result<Unit> {
    plain(crate::unit::create(tx, name, parent.map(|unit| unit.id), None))
}

/// Gives a built-in role at a place; the roles must have been seeded.
pub fn role(tx: &mut Tx<'_>, person: PersonId, key: &str, scope: (ScopeKind, Option<Id>)) -> Result<()> {
    crate::grant::give(tx, person, key, scope, None, None, None).map(|_| ())
}

/// A person who holds a role at the institution.
pub fn person_with(tx: &mut Tx<'_>, given: &str, role_key: &str) -> Result<PersonId> {
    let id = person(tx, given)?;
    role(tx, id, role_key, (ScopeKind::Institution, None))?;
    Ok(id)
}

/// The person as a viewer.
pub fn viewer(tx: &mut Tx<'_>, person: PersonId) -> Result<Viewer> {
    Viewer::of(tx, person)
}

/// Signs a person in and answers the value of the session cookie.
pub fn session(tx: &mut Tx<'_>, person: PersonId) -> Result<String> {
    let (_, token) = session::begin(tx, person, true, &Device::default())?;
    Ok(token.text())
}

fn plain<T>(result: Result<T, Error>) -> Result<T> {
    result.map_err(|e| match e {
        Error::Store(e) => e,
        Error::Refused(refused) => store::Error::Setup(refused.to_string()),
    })
}
