//! Reads and writes course packages: IMS Common Cartridge 1.0 to 1.3, the Canvas dialect of it, and
//! IMS content packages. Bytes in, types out: no database, no network, no files of its own.
//!
//! ```no_run
//! # fn main() -> cartridge::Result<()> {
//! let file = std::fs::File::open("course.imscc")?;
//! let mut package = cartridge::Package::open(file, &cartridge::Limits::default())?;
//! let course = package.cartridge()?;
//! for module in &course.modules {
//!     println!("{}: {} items", module.title, module.flatten().len());
//! }
//! for finding in &course.findings {
//!     println!("{}", finding.message);
//! }
//! # Ok(())
//! # }
//! ```
//!
//! - [`Package`] opens an archive or a bare manifest within [`Limits`], tells its [`Format`] and
//!   gives out its files. A package of another kind is refused by name.
//! - [`Cartridge`] is the course: outline, resources with their content decoded, every file, and
//!   the [`Finding`]s: nothing is passed over in silence.
//! - [`Links`] tells what an address inside a page means.
//! - [`Builder`] writes a Common Cartridge 1.3 that Canvas reads too, always the same bytes for the
//!   same course.

mod archive;
mod assemble;
mod canvas;
mod content;
mod decode;
mod detect;
mod error;
mod finding;
mod html;
mod kinds;
mod limits;
mod links;
mod manifest;
mod metadata;
mod model;
mod moment;
mod notes;
mod package;
mod path;
mod text;
mod write;
mod write_canvas;
mod write_content;
mod write_manifest;
mod write_xml;
mod xml;

pub use detect::{Format, Version};
pub use error::{Error, LimitKind, Result};
pub use finding::{Finding, FindingCode, Severity};
pub use kinds::*;
pub use limits::Limits;
pub use links::{Link, Links, Target};
pub use model::*;
pub use moment::Moment;
pub use package::Package;
pub use write::{
    Builder, Original, Source, assignment_address, course_address, discussion_address, file_address, module_address,
    page_address, source,
};
