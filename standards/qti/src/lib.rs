//! Reads and scores questions and tests in QTI 1.2 (with the dialects of Canvas, Blackboard,
//! Desire2Learn and others), 2.0, 2.1, 2.2 and 3.0. Bytes in, types out: no database, no network.
//!
//! ```no_run
//! # fn main() -> qti::Result<()> {
//! let bytes = std::fs::read("quiz.zip")?;
//! let package = qti::Package::parse(&bytes, &qti::Limits::default())?;
//! for (path, item) in &package.items {
//!     println!("{path}: {} ({})", item.title, item.kind.as_str());
//!     let attempt = item.start(7)?;
//!     println!("the key earns {}", attempt.score(&attempt.key())?.score());
//! }
//! # Ok(())
//! # }
//! ```
//!
//! - [`Document`] is one file, [`Package`] an archive or the files of a folder; both are read within
//!   [`Limits`]. What cannot be read is refused by name, and what was noticed on the way stands in
//!   the [`Finding`]s: nothing is passed over in silence.
//! - [`Item`] is a question, whatever version it was written in: body, interactions, declarations,
//!   rules. [`Item::start`] draws its variables, [`Attempt::score`] executes its rules.
//! - [`Test`] is parts, sections and references with all that steers them.
//! - [`Check`] counts what a set of files holds, and names what is not intact.

mod area;
mod arithmetic;
mod assessment;
mod attempt;
mod canvas;
mod check;
mod document;
mod error;
mod evaluate;
mod expression;
mod finding;
mod kind;
mod limits;
mod model;
mod operators;
mod package;
mod read_body;
mod read_item;
mod read_rules;
mod read_test;
mod text;
mod v1;
mod v1_item;
mod v1_material;
mod v1_rules;
mod value;
mod xml;

pub use assessment::*;
pub use attempt::{Attempt, Outcomes, Responses, Scoring};
pub use check::{Check, Count};
pub use error::{Error, LimitKind, Result};
pub use expression::{Expression, Operator, Rule};
pub use finding::{Finding, FindingCode, Severity};
pub use limits::Limits;
pub use model::*;
pub use package::{MANIFEST, Package, unzip};
pub use value::{BaseType, Cardinality, Scalar, Value};
