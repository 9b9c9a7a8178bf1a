//! Any bytes as a file: read, and what can be written reads back the same.

#![no_main]

use aiken::Limits;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let limits = Limits { bytes: 1 << 20, ..Limits::default() };
    let Ok(read) = aiken::read(bytes, &limits) else { return };
    let Ok(text) = aiken::write(read.questions()) else { return };
    let again = aiken::read(text.as_bytes(), &Limits::default()).expect("what was written is within the limits");
    assert!(read.questions().eq(again.questions()), "what was written reads back differently");
});
