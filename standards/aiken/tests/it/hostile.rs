//! Files that are broken or made to hurt.

use aiken::{Error, LimitKind, Limits, read};
use proptest::prelude::*;

#[test]
fn limits_are_named() {
    let small = Limits { bytes: 60, questions: 1 };
    let kind = |text: &str| match read(text.as_bytes(), &small) {
        Err(Error::Limit { kind, .. }) => kind,
        other => panic!("{other:?}"),
    };
    assert_eq!(kind(&"x".repeat(61)), LimitKind::Bytes);
    assert_eq!(kind(&"Q\nA. a\nB. b\nANSWER: A\n".repeat(2)), LimitKind::Questions);
    assert_eq!(read(b"PK\x03\x04 \x00\x00", &small), Err(Error::NotText));
}

#[test]
fn a_million_questions() {
    let text = "Q\nA. a\nB. b\nANSWER: A\n".repeat(1_000_000);
    assert_eq!(read(text.as_bytes(), &Limits::default()).unwrap().entries.len(), 1_000_000);
}

#[test]
fn complaints_are_counted_not_piled_up() {
    let file = read("ANSWER: A\n".repeat(50_000).as_bytes(), &Limits::default()).unwrap();
    assert_eq!(file.findings.len(), 10_001);
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        let _ = read(&bytes, &Limits::default());
    }
}
