//! Any bytes as a file: what is read is written and reads back the same.

#![no_main]

use libfuzzer_sys::fuzz_target;
use moodle_xml::{Limits, cloze_pieces, cloze_text, read, write};

fuzz_target!(|bytes: &[u8]| {
    cloze_text(&cloze_pieces(&String::from_utf8_lossy(bytes)));
    let Ok(quiz) = read(bytes, &Limits::default()) else { return };
    let again = read(write(&quiz.items).as_bytes(), &Limits::default()).expect("what was written is a file");
    assert_eq!(quiz.items, again.items, "what was written reads back differently");
});
