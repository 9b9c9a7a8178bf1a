//! Reads and writes the question XML of Moodle: bytes in, types out.
//!
//! - [`read`] takes a whole file. What it has no type for (a question type, an element) is kept as
//!   an [`Element`] beside what it has, with a [`Finding`]: nothing is lost.
//! - [`write`] gives a file that reads back as the same values.
//! - [`cloze_pieces`] and [`cloze_text`] take the text of an embedded-answers question apart and
//!   put it together.
//!
//! The rules are those of "Moodle XML format" and "Embedded Answers (Cloze) question type" in the
//! documentation of Moodle.

mod cloze;
mod error;
mod finding;
mod model;
mod read;
mod write;
mod xml;

pub use cloze::{Part, PartAnswer, PartKind, Piece, cloze_pieces, cloze_text};
pub use error::{Error, Limits, Result};
pub use finding::{Finding, FindingCode};
pub use model::*;
pub use read::read;
pub use write::write;
pub use xml::{Element, Node};
