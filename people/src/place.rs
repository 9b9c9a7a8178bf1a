//! Places that other nouns own: courses, sections, activities. They tell their names and where they lie.

use std::collections::HashMap;

use store::{Result, Tx};

use crate::scope::{INSTITUTION, Place, Scope, ScopeKind};
use crate::unit;

/// Finds one place: its name and its scope.
pub type FindPlace = fn(&mut Tx<'_>, Place) -> Result<Option<(String, Scope)>>;
/// Finds the names of many places.
pub type NamePlaces = fn(&mut Tx<'_>, &[Place]) -> Result<Vec<(Place, String)>>;

/// The kinds of places that a noun owns.
#[derive(Clone, Copy, Debug)]
pub struct PlaceOwner {
    /// The kinds.
    pub kinds: &'static [ScopeKind],
    /// The name and the scope of one; none where there is no such place.
    pub find: FindPlace,
    /// The names of many, those that exist: one statement.
    pub names: NamePlaces,
}

/// All owners of places; put into the context by `app`.
#[derive(Clone, Debug, Default)]
pub struct Places(pub Vec<PlaceOwner>);

impl Places {
    /// The name and the scope of a place; none where there is no such place. The institution has no name of its own
    /// here.
    pub fn find(&self, tx: &mut Tx<'_>, place: Place) -> Result<Option<(String, Scope)>> {
        match place {
            INSTITUTION => Ok(Some((String::new(), Scope::institution()))),
            (ScopeKind::Unit, id) => Ok(unit::find(tx, id.into())?.map(|unit| (unit.name, Scope::unit(&unit.path)))),
            other => match self.0.iter().find(|owner| owner.kinds.contains(&other.0)) {
                Some(owner) => (owner.find)(tx, other),
                None => Ok(None),
            },
        }
    }

    /// The names of places that are no units: one statement for each owner of some of them.
    pub fn names(&self, tx: &mut Tx<'_>, places: &[Place]) -> Result<HashMap<Place, String>> {
        let mut names = HashMap::new();
        for owner in &self.0 {
            let own: Vec<Place> = places.iter().filter(|(kind, _)| owner.kinds.contains(kind)).copied().collect();
            if !own.is_empty() {
                names.extend((owner.names)(tx, &own)?);
            }
        }
        Ok(names)
    }
}

/// A place as it stands in an address: `institution`, `unit:ID`, `course:ID`.
pub fn written((kind, id): Place) -> String {
    if kind == ScopeKind::Institution { kind.to_string() } else { format!("{kind}:{id}") }
}

/// Reads what [`written`] wrote.
pub fn read(text: &str) -> Option<Place> {
    match text.split_once(':') {
        None if text.is_empty() || text == ScopeKind::Institution.as_str() => Some(INSTITUTION),
        None => None,
        Some((kind, id)) => {
            let kind = kind.parse().ok().filter(|kind| *kind != ScopeKind::Institution)?;
            Some((kind, id.parse().ok()?))
        }
    }
}

#[cfg(test)]
mod tests {
    use store::Id;

    use super::*;

    #[test]
    fn a_place_is_read_as_it_was_written() {
        for place in [INSTITUTION, (ScopeKind::Unit, Id::from_u128(7)), (ScopeKind::Course, Id::from_u128(8))] {
            assert_eq!(read(&written(place)), Some(place));
        }
        assert_eq!(read(""), Some(INSTITUTION));
        for wrong in ["unit", "unit:", "unit:x", "institution:00000000-0000-0000-0000-000000000000", "planet:1"] {
            assert_eq!(read(wrong), None, "{wrong}");
        }
    }
}
