//! The places of the navigation and the cards of the institution's page, to which other nouns add their own.

use web::NavItem;

use crate::permission::{EDIT, EXPLAIN, ROLES, SETTINGS, UNITS, VIEW};
use crate::{Permission, Viewer};

/// A place in the navigation, shown to those for whom it exists.
#[derive(Clone, Copy, Debug)]
pub struct NavPlace {
    /// Its path.
    pub href: &'static str,
    /// The name of its icon.
    pub icon: &'static str,
    /// The message that names it.
    pub label_id: &'static str,
    /// For whom it exists.
    pub shown: fn(&Viewer) -> bool,
}

/// All places, in their order; put into the context by `app`.
#[derive(Clone, Debug)]
pub struct NavPlaces(pub Vec<NavPlace>);

impl NavPlaces {
    /// The places that exist for a person.
    pub fn of(&self, viewer: &Viewer) -> Vec<NavItem> {
        let shown = self.0.iter().filter(|place| (place.shown)(viewer));
        shown.map(|place| NavItem::new(place.href, place.icon, place.label_id)).collect()
    }
}

/// Institution: for those who run it.
pub const INSTITUTION_PLACE: NavPlace = NavPlace {
    href: "/institution",
    icon: "landmark",
    label_id: web::word!("nav-institution"),
    shown: runs_the_institution,
};

/// True for those who may do anything that the institution's page leads to.
pub fn runs_the_institution(viewer: &Viewer) -> bool {
    [VIEW, EDIT, UNITS, ROLES, SETTINGS, EXPLAIN].iter().any(|permission| viewer.can_anywhere(*permission))
}

/// A card on the institution's page.
#[derive(Clone, Copy, Debug)]
pub struct HubCard {
    /// Where it leads.
    pub href: &'static str,
    /// The name of its icon.
    pub icon: &'static str,
    /// The message that names it.
    pub label_id: &'static str,
    /// The message that says what is there.
    pub text_id: &'static str,
    /// Who sees it: whoever holds this anywhere.
    pub permission: Permission,
}

/// The cards of other nouns, in their order; put into the context by `app`.
#[derive(Clone, Debug, Default)]
pub struct HubCards(pub Vec<HubCard>);
