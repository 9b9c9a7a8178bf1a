//! What is read, and what is said of each fault.

use aiken::{FindingCode, Limits, Question, Severity, read};

#[test]
fn points_brackets_spaces_and_line_ends() {
    let texts = [
        "Q\nA. a\nB. b\nANSWER: B\n",
        "Q\r\nA) a\r\nB) b\r\nANSWER: B",
        "\r\rQ\rA)a\rB.b\rANSWER:B\r",
        "  Q  \n\n\tA.  a \n\nB) b\nanswer: b)\n",
        "\u{feff}Q\nA. a\nB. b\nANSWER: B.",
    ];
    for text in texts {
        let file = read(text.as_bytes(), &Limits::default()).unwrap();
        assert_eq!(file.findings, [], "{text:?}");
        let expected = Question { text: "Q".to_owned(), choices: vec!["a".to_owned(), "b".to_owned()], answer: 1 };
        assert!(file.questions().eq([&expected]), "{file:?}");
    }
}

#[test]
fn a_text_of_several_lines() {
    let file = read(b"One\ntwo\nA. a\nB. b\nANSWER: A", &Limits::default()).unwrap();
    assert_eq!(file.entries[0].question.text, "One\ntwo");
}

#[test]
fn each_fault_is_named_and_the_others_are_read() {
    use FindingCode::*;
    type Row<'t> = (&'t str, &'t [(usize, FindingCode, Severity)], usize);
    let table: [Row<'_>; 10] = [
        ("A) a\nQ\nA) a\nB) b\nANSWER: A", &[(1, NoText, Severity::Loss)], 2),
        ("ANSWER: A", &[(1, NoText, Severity::Loss)], 1),
        ("Q\nA) a\nB) b\n", &[(1, Unfinished, Severity::Loss)], 1),
        ("Q\nA) a\nANSWER: A", &[(3, TooFewChoices, Severity::Loss)], 1),
        ("Q\nA) a\nB) b\nANSWER: C", &[(4, BadAnswer, Severity::Loss)], 1),
        ("Q\nA) a\nB) b\nANSWER: A, B", &[(4, BadAnswer, Severity::Loss)], 1),
        ("Q\nA) a\nC) b\nANSWER: C", &[(3, OutOfOrder, Severity::Warning)], 2),
        ("Q\nA) a\nA) b\nANSWER: A", &[(3, DuplicateLetter, Severity::Warning)], 2),
        ("Q\nA)\nB) b\nANSWER: B", &[(2, EmptyChoice, Severity::Warning)], 2),
        ("Title\n\nQ\nA) a\nB) b\nANSWER: B", &[(1, SeveralParagraphs, Severity::Warning)], 2),
    ];
    for (text, expected, questions) in table {
        let file = read(format!("{text}\n\nNext\nA. a\nB. b\nANSWER: A\n").as_bytes(), &Limits::default()).unwrap();
        let found: Vec<_> = file.findings.iter().map(|one| (one.line, one.code, one.severity)).collect();
        assert_eq!(found, expected, "{text}");
        assert_eq!(file.entries.len(), questions, "{text}");
    }
    let cut = read(b"Q\nA. a", &Limits::default()).unwrap();
    assert_eq!((cut.entries.len(), cut.findings[0].code), (0, Unfinished));
}

#[test]
fn encodings() {
    let text = "Qü\nA. a\nB. b\nANSWER: A";
    let little: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let big: Vec<u8> = [0xFE, 0xFF].into_iter().chain(text.encode_utf16().flat_map(u16::to_be_bytes)).collect();
    for bytes in [little, big, text.as_bytes().to_vec()] {
        let file = read(&bytes, &Limits::default()).unwrap();
        assert_eq!((file.entries[0].question.text.as_str(), file.findings.len()), ("Qü", 0));
    }
    let western = read(b"Q\xFC\nA. a\nB. b\nANSWER: A", &Limits::default()).unwrap();
    assert_eq!(
        (western.entries[0].question.text.as_str(), western.findings[0].code),
        ("Qü", FindingCode::WrongEncoding)
    );
}
