//! Reads and writes multiple choice questions in the Aiken format: bytes in, types out.
//!
//! ```
//! let text = "How often a day is high water?\nA. Once\nB. Twice\nANSWER: B\n";
//! let read = aiken::read(text.as_bytes(), &aiken::Limits::default())?;
//! assert_eq!(read.entries[0].question.answer, 1);
//! assert_eq!(aiken::write(read.questions())?, text);
//! # Ok::<(), aiken::Error>(())
//! ```
//!
//! A question is its text, its choices, each on a line of its own after a capital letter and a
//! point or a closing bracket, and a line `ANSWER:` with the letter of the right one ("Aiken
//! format" in the documentation of Moodle). A fault is a [`Finding`] with its line, and the other
//! questions are still read.

mod decode;
mod error;
mod finding;
mod limits;
mod read;
mod write;

pub use error::{Error, LimitKind, Result};
pub use finding::{Finding, FindingCode, Severity};
pub use limits::Limits;
pub use read::{Aiken, Entry, Question, read};
pub use write::write;
