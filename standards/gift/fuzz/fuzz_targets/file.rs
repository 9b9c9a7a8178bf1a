//! Any bytes as a file: read, and what can be written reads back without panicking.

#![no_main]

use gift::Limits;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let limits = Limits { bytes: 1 << 20, ..Limits::default() };
    let Ok(read) = gift::read(bytes, &limits) else { return };
    let Ok(text) = gift::write(read.items()) else { return };
    let again = gift::read(text.as_bytes(), &Limits::default()).expect("what was written is within the limits");
    assert!(read.items().eq(again.items()), "what was written reads back differently");
});
