//! Text as people write it: Markdown to safe HTML, foreign HTML cleaned, HTML back to Markdown where that loses
//! nothing, and the small things around it.
//!
//! Pure: no database, no web. Nothing here panics, whatever it is given; nothing that it answers holds a script, an
//! event handler, a style or a frame.

mod addresses;
mod block;
pub mod check;
mod convert;
pub mod diff;
mod dom;
pub mod embed;
mod formula;
pub mod html;
pub mod markdown;
mod plain;
mod safe;
mod spots;
mod tidy;

pub use plain::{excerpt, initials, slug, title_from_name};
