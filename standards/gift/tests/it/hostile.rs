//! Files that are broken or made to hurt.

use gift::{Error, FindingCode, LimitKind, Limits, read};
use proptest::prelude::*;

#[test]
fn limits_are_named() {
    let small = Limits { bytes: 100, items: 2, answers: 3 };
    let kind = |text: &str| match read(text.as_bytes(), &small) {
        Err(Error::Limit { kind, .. }) => kind,
        other => panic!("{other:?}"),
    };
    assert_eq!(kind(&"x".repeat(101)), LimitKind::Bytes);
    assert_eq!(kind("a\n\nb\n\nc"), LimitKind::Items);
    assert_eq!(kind("Q {~a ~b ~c ~d}"), LimitKind::Answers);
    assert_eq!(read(b"PK\x03\x04 \x00\x00", &small), Err(Error::NotText));
}

#[test]
fn a_million_questions() {
    let text = "Q {~a =b}\n\n".repeat(1_000_000);
    let gift = read(text.as_bytes(), &Limits::default()).unwrap();
    assert_eq!((gift.entries.len(), gift.findings.len()), (1_000_000, 0));
}

#[test]
fn complaints_are_counted_not_piled_up() {
    let gift = read("Q {=a\n\n".repeat(50_000).as_bytes(), &Limits::default()).unwrap();
    assert_eq!(gift.findings.len(), 10_001);
    assert_eq!(gift.findings.last().map(|finding| finding.code), Some(FindingCode::MoreFindings));
}

#[test]
fn long_runs_are_read_once() {
    for run in ["{", "}", "~", "=", "#", ":", "\\", "[", "%", "::", "{\n\n", "//\n", "// [id:"] {
        read(run.repeat(200_000 / run.len()).as_bytes(), &Limits { answers: 1_000_000, ..Limits::default() }).unwrap();
    }
}

#[test]
fn a_file_cut_anywhere_is_read() {
    let text = "// [id:1]\n::T::[html]Q ü\\{ {~%50%a#b ~%50%c\n####d} e\n\n$CATEGORY: x\n\nN {#=1:2#f =3..4}\n";
    for end in 0..=text.len() {
        let _ = read(&text.as_bytes()[..end], &Limits::default()).unwrap();
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        let _ = read(&bytes, &Limits::default());
    }
}
