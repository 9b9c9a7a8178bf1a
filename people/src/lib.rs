//! Who: accounts and sign-in, organisation units, roles and permissions.
//!
//! - A [`Person`] has an account; an [`Institution`] has [`Unit`]s; a [`role`] is a set of permissions that a person
//!   holds at a [`Scope`] ([`grant`], [`revoke`]).
//! - [`Viewer::can`] is the one question that every handler asks. Deny is the default.
//! - Every other noun stands on this one and is known to it only by the permissions that it declares.

mod access;
pub mod account;
pub mod api_token;
pub mod bulk;
mod decision;
mod error;
pub mod explain;
pub mod export;
pub mod grant;
pub mod import;
pub mod institution;
pub mod letters;
pub mod link;
pub mod list;
pub mod name;
mod nav;
mod pages;
pub mod password;
mod permission;
pub mod person;
pub mod place;
pub mod role;
mod scope;
pub mod session;
pub mod setup;
pub mod testing;
pub mod throttle;
pub mod unit;
mod viewer;
mod visitor;

pub use access::{Access, HeldGrant, HeldRole, HeldSetting, ScopesWith};
pub use decision::{AlongTheWay, Decision, Setting, decide, most_specific};
pub use error::{Error, Refused};
pub use explain::Explanation;
pub use grant::{grant, revoke};
pub use institution::{Institution, SignUp};
pub use letters::{Letter, jobs, schedules};
pub use nav::{HubCard, HubCards, INSTITUTION_PLACE, NavPlace, NavPlaces, runs_the_institution};
pub use pages::routes;
pub use permission::*;
pub use person::{Person, find, find_by_email};
pub use place::{PlaceOwner, Places};
pub use role::seed_roles;
pub use scope::{INSTITUTION, Place, Scope, ScopeKind, UNIT_DEPTH_MAX, UnitPath};
pub use unit::Unit;
pub use viewer::Viewer;
pub use visitor::{COOKIE_HTTP, COOKIE_HTTPS, Visitor, cookie_name, identify};

store::id!(PersonId, UnitId, RoleId, GrantId, SessionId);

/// The tables of this crate.
pub static SCHEMA: store::Schema =
    store::Schema { noun: "people", migrations: &[store::migration!("0001_people")], needs: &[&work::SCHEMA] };
