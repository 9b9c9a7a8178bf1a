//! Reads and writes questions in GIFT, the text format of Moodle: bytes in, types out.
//!
//! ```
//! let read = gift::read(b"::Tides:: High water comes {=twice ~once} a day.", &gift::Limits::default())?;
//! assert!(read.findings.is_empty());
//! let again = gift::write(read.items())?;
//! assert!(again.contains("=twice"));
//! # Ok::<(), gift::Error>(())
//! ```
//!
//! - [`read`] takes a whole file. A fault in one question is a [`Finding`] with its line and text,
//!   and the other questions are still read.
//! - [`write`] gives canonical GIFT that reads back as the same values.
//!
//! The rules are those of "GIFT format" in the documentation of Moodle; where it is silent, what
//! Moodle's own import does.

mod decode;
mod error;
mod escape;
mod finding;
mod limits;
mod model;
mod read;
mod read_answers;
mod write;

pub use error::{Error, LimitKind, Result};
pub use finding::{Finding, FindingCode, Severity};
pub use limits::Limits;
pub use model::*;
pub use read::read;
pub use write::write;
