//! Reading, scoring, writing; hostile input; the folder of real files.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]
#![expect(clippy::float_cmp, reason = "the scores of the examples have exact forms")]
#![expect(clippy::print_stderr, reason = "what is skipped and what was read is said aloud")]

mod fixtures;
mod hostile;
mod old;
mod operators;
mod scoring;
mod support;
