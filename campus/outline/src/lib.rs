//! The outline of a course: modules and the items in them, when they open, what it takes to complete them, and how far
//! everybody is (campus-rules M16, M17, M18).
//!
//! - A [`Module`] holds [`Item`]s. What an item shows is the matter of its [`ActivityKind`]; everything that the
//!   outline knows of it (title, place, publication, dates, release, completion) is here.
//! - [`arrange`] is the pure heart: modules, items and one person's facts in, the outline as that person sees it out.
//! - An [`overrides::Override`] gives one person or one section other dates, or an open door (M20).
//! - [`progress`], [`dates`] and [`copy`] are what `courses` asks for.

mod arrange;
mod copy;
mod date_change;
mod dates;
mod item;
mod kind;
mod module;
pub mod overrides;
mod pages;
mod place;
mod progress;
mod reach;
pub mod release;
pub mod roster;
mod structure;

pub use arrange::{Arranged, ArrangedItem, ArrangedModule, Dated, Facts, ItemState, ModuleState, Reason, arrange};
pub use copy::copy;
pub use dates::dates;
pub use item::{Completion, Item, ItemSettings, NewItem};
pub use kind::{ActivityKind, Copied, Kinds, Shown, Visit};
pub use module::{Module, ModuleSettings, Requirement};
pub use pages::routes;
pub use place::{move_item, move_module};
pub use progress::{
    Ahead, Outline, Step, complete, complete_by, complete_for, load, next_steps, progress, reopen_for, take_back,
    viewed,
};
pub use structure::Structure;

store::id!(ModuleId, ItemId, OverrideId, DateChangeId);

/// The tables of this crate.
pub static SCHEMA: store::Schema = store::Schema {
    noun: "outline",
    migrations: &[
        store::migration!("0001_outline"),
        store::migration!("0002_exceptions"),
        store::migration!("0003_structure"),
    ],
    needs: &[&courses::SCHEMA],
};
