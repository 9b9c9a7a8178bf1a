//! Where a permission is asked for, and where a role is held: the institution, a unit, a course, a section, an
//! activity.

use std::fmt;
use std::str::FromStr;

use store::{FromValue, Id, Mismatch, ToValue, Value, ValueRef};

use crate::UnitId;

/// How deep units may lie in each other.
pub const UNIT_DEPTH_MAX: usize = 12;

store::text_enum! {
    /// A kind of place, from wide to narrow.
    pub enum ScopeKind {
        /// All of it.
        Institution = "institution",
        /// A unit and all below it.
        Unit = "unit",
        /// One course.
        Course = "course",
        /// One section of a course.
        Section = "section",
        /// One activity of a course.
        Activity = "activity",
    }
}

/// The units from the top of the tree down to one unit, that one included. Kept as `/<id>/<id>/`, so that
/// `below.path like above.path || '%'` finds a unit and all below it on both engines.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct UnitPath(Vec<UnitId>);

impl UnitPath {
    /// The path of a unit below another, or at the top.
    pub fn below(parent: Option<&Self>, unit: UnitId) -> Self {
        let mut path = parent.cloned().unwrap_or_default();
        path.0.push(unit);
        path
    }

    /// From the top down.
    pub fn units(&self) -> &[UnitId] {
        &self.0
    }

    /// The unit whose path this is; none only for a path that was made empty.
    pub fn unit(&self) -> Option<UnitId> {
        self.0.last().copied()
    }

    /// True for the unit itself and for each above it.
    pub fn contains(&self, unit: UnitId) -> bool {
        self.0.contains(&unit)
    }
}

impl fmt::Display for UnitPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("/")?;
        self.0.iter().try_for_each(|unit| write!(f, "{}/", unit.0.simple()))
    }
}

impl FromStr for UnitPath {
    type Err = Mismatch;
    fn from_str(text: &str) -> Result<Self, Mismatch> {
        text.split('/')
            .filter(|part| !part.is_empty())
            .map(|part| part.parse().map_err(|_| Mismatch(format!("{part:?} is no unit's id"))))
            .collect::<Result<Vec<_>, _>>()
            .map(Self)
    }
}

impl ToValue for UnitPath {
    fn to_value(&self) -> Value<'_> {
        Value::Text(self.to_string().into())
    }
}

impl FromValue for UnitPath {
    fn from_value(value: ValueRef<'_>) -> Result<Self, Mismatch> {
        match value {
            ValueRef::Text(text) => text.parse(),
            // The path of a left join that found no unit.
            ValueRef::Null => Ok(Self::default()),
            other => Err(Mismatch(format!("expected a unit's path, found {other:?}"))),
        }
    }
}

/// One place: its kind and its id. The institution's id is all zeros.
pub type Place = (ScopeKind, Id);

/// The institution as a place.
pub const INSTITUTION: Place = (ScopeKind::Institution, Id::nil());

/// A place and every place around it. `Scope::unit(&course.unit_path).course(course.id)` is a course in a unit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scope {
    /// From wide to narrow; the institution first.
    places: Vec<Place>,
}

impl Scope {
    /// The whole institution.
    pub fn institution() -> Self {
        Self { places: vec![INSTITUTION] }
    }

    /// A unit within those above it. An empty path is the institution.
    pub fn unit(path: &UnitPath) -> Self {
        let units = path.units().iter().map(|unit| (ScopeKind::Unit, unit.0));
        Self { places: std::iter::once(INSTITUTION).chain(units).collect() }
    }

    /// A course within this.
    pub fn course(self, id: impl Into<Id>) -> Self {
        self.narrowed(ScopeKind::Course, id.into())
    }

    /// A section within this.
    pub fn section(self, id: impl Into<Id>) -> Self {
        self.narrowed(ScopeKind::Section, id.into())
    }

    /// An activity within this.
    pub fn activity(self, id: impl Into<Id>) -> Self {
        self.narrowed(ScopeKind::Activity, id.into())
    }

    fn narrowed(mut self, kind: ScopeKind, id: Id) -> Self {
        self.places.push((kind, id));
        self
    }

    /// From wide to narrow.
    pub fn places(&self) -> &[Place] {
        &self.places
    }

    /// The narrowest place.
    pub fn narrowest(&self) -> Place {
        self.places.last().copied().unwrap_or(INSTITUTION)
    }

    /// How far in a place lies on this chain: 0 for the institution; none where it is not on it.
    pub fn depth_of(&self, place: Place) -> Option<usize> {
        self.places.iter().position(|known| *known == place)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn unit(number: u128) -> UnitId {
        UnitId(Id::from_u128(number))
    }

    #[test]
    fn a_path_is_read_as_it_was_written() {
        let top = UnitPath::below(None, unit(1));
        let path = UnitPath::below(Some(&top), unit(2));
        assert_eq!(path.to_string(), "/00000000000000000000000000000001/00000000000000000000000000000002/");
        assert_eq!(path.to_string().parse::<UnitPath>().unwrap(), path);
        assert_eq!(path.unit(), Some(unit(2)));
        assert!(path.contains(unit(1)) && !top.contains(unit(2)));
        assert!("/x/".parse::<UnitPath>().is_err());
    }

    #[test]
    fn a_scope_goes_from_wide_to_narrow() {
        let course = Id::from_u128(9);
        let scope = Scope::unit(&UnitPath::below(None, unit(1))).course(course);
        assert_eq!(scope.depth_of(INSTITUTION), Some(0));
        assert_eq!(scope.depth_of((ScopeKind::Unit, unit(1).0)), Some(1));
        assert_eq!(scope.narrowest(), (ScopeKind::Course, course));
        assert_eq!(scope.depth_of((ScopeKind::Section, course)), None);
        assert_eq!(Scope::unit(&UnitPath::default()), Scope::institution());
    }
}
