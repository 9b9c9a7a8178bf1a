//! Courses in and out: packages of other systems become courses, courses become packages.
//!
//! - [`plan`] says, without touching anything, what becomes of each resource of a package: the dry run.
//! - [`run`] does it in one transaction, once however often it is run: what is there already stays, what changed in the
//!   package becomes a new version, what a teacher has changed since is left alone and reported.
//! - What has no kind yet is an *original*: kept with all its files under the course, put back on export.
//! - [`export`] writes Common Cartridge 1.3 that Canvas reads too.

mod error;
pub mod export;
pub mod extra;
mod import;
pub mod kept;
mod pages;
pub mod plan;
pub mod report;
pub mod run;

pub use error::{ExportError, ImportError};
pub use export::export_file;
pub use import::{ImportState, jobs};
pub use pages::routes;
pub use report::Report;
pub use run::{import_file, try_file};

store::id!(ImportId, OriginalId);

/// The largest package, in bytes.
pub const PACKAGE_BYTES_MAX: u64 = 512 << 20;

/// The tables of this crate.
pub static SCHEMA: store::Schema = store::Schema {
    noun: "exchange",
    migrations: &[store::migration!("0001_exchange"), store::migration!("0002_originals")],
    needs: &[&materials::SCHEMA, &work::SCHEMA],
};
