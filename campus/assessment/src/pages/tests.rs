//! The pages as people see them, by role.

mod attempts;
mod authors;
mod staff;

use people::PersonId;
use store::Db;
use web::testing::{Answer as Page, Browser};

use crate::AttemptId;
use crate::tests::{Scene, sound};
