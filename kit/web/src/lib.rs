//! Everything between a request and a noun: pages, forms, words, errors, routes, assets, and what keeps them safe.
//!
//! It knows no domain noun. A noun declares its [`Routes`], its handlers take [`Page`], [`Form`] and the state
//! [`Ctx`], and answer with [`Result`]; `app` merges the routes of all nouns and calls [`Routes::into_router`]. See
//! `README.md` for a whole page.

extern crate self as web;

pub mod access;
mod assemble;
mod assets;
pub mod cookie;
pub mod ctx;
mod error;
mod flash;
pub mod form;
pub mod gallery;
mod help;
mod number;
pub mod observe;
pub mod page;
pub mod reader;
mod render;
mod response;
mod routes;
mod secure;
pub mod settings;
pub mod sse;
#[cfg(feature = "testing")]
pub mod testing;
pub mod url;
pub mod words;

pub use access::{Access, Asked};
pub use cookie::Cookie;
pub use ctx::Ctx;
pub use error::{Error, Result};
pub use flash::{Flash, FlashKind};
pub use form::{Form, Upload};
pub use page::{NavItem, Page, PersonChip, When, Zone};
pub use reader::{Asking, Reader};
pub use render::Problem;
pub use response::{
    CachePolicy, Response, html, html_text, is_htmx, json, mistakes, no_content, see_elsewhere, see_other,
};
pub use routes::{RouteInfo, Routes};
pub use secure::Csp;
pub use settings::Settings;
pub use words::{Arg, Args, ToArg};

/// Where people sign in. An address that needs somebody leads there, with the way back in `next`.
pub const SIGN_IN: &str = "/sign-in";
