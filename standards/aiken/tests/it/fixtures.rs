//! Real files.

use std::path::{Path, PathBuf};

use aiken::{FindingCode, Limits, read, write};

fn file(name: &str) -> Option<Vec<u8>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/fixtures/moodle");
    let path: PathBuf = folder.join("fabojimmy__PowerEduc/question/format/aiken/tests/fixtures").join(name);
    let bytes = std::fs::read(&path).ok();
    if bytes.is_none() {
        eprintln!("skipped: {} is not here", path.display());
    }
    bytes
}

#[test]
fn good_questions_are_read_and_written_and_read_again() {
    let Some(bytes) = file("questions.aiken.txt") else { return };
    let read_once = read(&bytes, &Limits::default()).unwrap();
    assert_eq!((read_once.entries.len(), read_once.findings.len()), (2, 0));
    assert_eq!(read_once.questions().map(|one| one.answer).collect::<Vec<_>>(), [1, 0]);
    let again = read(write(read_once.questions()).unwrap().as_bytes(), &Limits::default()).unwrap();
    assert!(again.questions().eq(read_once.questions()));
}

#[test]
fn the_good_ones_among_bad_ones_are_read() {
    let Some(bytes) = file("aiken_errors.txt") else { return };
    let read = read(&bytes, &Limits::default()).unwrap();
    let texts: Vec<&str> = read.questions().map(|one| one.text.as_str()).collect();
    let html = "A third good question with HTML chars such as > < &";
    assert_eq!(texts, ["A good question", "A second good question", html]);
    let codes: Vec<_> = read.findings.iter().map(|one| one.code).collect();
    let expected = [FindingCode::TooFewChoices, FindingCode::NoText, FindingCode::NoText, FindingCode::Unfinished];
    assert_eq!(codes, expected);
}
