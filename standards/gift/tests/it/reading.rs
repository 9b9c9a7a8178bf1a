//! What each piece of syntax means, and what is said of each fault.

use gift::{FindingCode, Format, Gift, Item, Kind, Limits, Number, Question, Severity, read};

fn file(text: &str) -> Gift {
    read(text.as_bytes(), &Limits::default()).unwrap()
}

fn only(text: &str) -> Question {
    let gift = file(text);
    assert_eq!(gift.findings, [], "{text}");
    let mut questions = gift.questions();
    let question = questions.next().unwrap().clone();
    assert!(questions.next().is_none(), "{text}");
    question
}

fn codes(gift: &Gift) -> Vec<(usize, FindingCode, Severity)> {
    gift.findings.iter().map(|one| (one.line, one.code, one.severity)).collect()
}

#[test]
fn the_kind_follows_from_the_marks() {
    let table = [
        ("Read on.", "description"),
        ("Q {}", "essay"),
        ("Q {T}", "true-false"),
        ("Q {false#no}", "true-false"),
        ("Q {~a =b}", "multiple-choice"),
        ("Q {~%50%a ~%50%b}", "multiple-choice"),
        ("Q {=a =b}", "short-answer"),
        ("Q {four}", "short-answer"),
        ("Q {=a->b =c->d}", "matching"),
        ("Q {#3}", "numerical"),
    ];
    for (text, kind) in table {
        assert_eq!(only(text).kind.as_str(), kind, "{text}");
    }
}

#[test]
fn title_format_escapes_and_gap() {
    let question =
        only("// [id:x\\]1] [tag:sea] [tag:tide]\n::A\\:B::[html]<p>1 \\= \\{one\\}\\\\ \\(x\\)\\nnext {~no =yes} end");
    assert_eq!(question.id.as_deref(), Some("x]1"));
    assert_eq!(question.tags, ["sea", "tide"]);
    assert_eq!(question.title.as_deref(), Some("A:B"));
    assert_eq!((question.stem.format, question.stem.text.as_str()), (Format::Html, "<p>1 = {one}\\ \\(x\\)\nnext"));
    assert_eq!(question.tail.as_deref(), Some("end"));
    let Kind::MultipleChoice { several: false, choices } = question.kind else { panic!() };
    assert_eq!((choices[0].weight, choices[1].weight, choices[1].text.format), (0.0, 100.0, Format::Html));
}

#[test]
fn weights_and_feedback() {
    let question = only("Q {~%-33.33333%[plain]a#[markdown]*no*\n~%50%b#\n~%50%c####all}");
    let Kind::MultipleChoice { several: true, choices } = &question.kind else { panic!() };
    assert_eq!(choices.iter().map(|one| one.weight).collect::<Vec<_>>(), [-33.33333, 50.0, 50.0]);
    assert_eq!(choices[0].feedback.as_ref().unwrap().format, Format::Markdown);
    assert_eq!(choices[1].feedback, None);
    assert_eq!(question.feedback.unwrap().text, "all");
    let Kind::TrueFalse { right: false, when_wrong: Some(wrong), when_right: Some(right) } = only("Q {F#a#b}").kind
    else {
        panic!()
    };
    assert_eq!((wrong.text.as_str(), right.text.as_str()), ("a", "b"));
}

#[test]
fn numbers() {
    let Kind::Numerical(list) = only("Q {#=3:0.1#yes =%50%1..5 =%25%1e3 =-0,5 ~#else}").kind else { panic!() };
    let values: Vec<(Number, f64)> = list.iter().map(|one| (one.value, one.weight)).collect();
    let near = |value, tolerance| Number::Near { value, tolerance };
    let expected = [
        (near(3.0, 0.1), 100.0),
        (Number::Range { min: 1.0, max: 5.0 }, 50.0),
        (near(1000.0, 0.0), 25.0),
        (near(-0.5, 0.0), 100.0),
        (Number::Any, 0.0),
    ];
    assert_eq!(values, expected);
}

#[test]
fn categories_and_lines() {
    let gift = file("\r\n$CATEGORY: a/b\rQ1 {T}\r\n\r\n// note\r\nQ2 {\r\n=x\r\n}\r\n");
    assert_eq!(gift.entries.iter().map(|entry| entry.line).collect::<Vec<_>>(), [2, 3, 6]);
    assert_eq!(gift.entries[0].item, Item::Category("a/b".to_owned()));
}

#[test]
fn each_fault_is_named_and_the_others_are_read() {
    let table = [
        ("Q {=a", FindingCode::UnmatchedBrace, Severity::Loss, 1),
        ("Q =a}", FindingCode::UnmatchedBrace, Severity::Loss, 1),
        ("Q {=a} and {=b}", FindingCode::ExtraBrace, Severity::Warning, 2),
        ("Q {=a {b} c", FindingCode::ExtraBrace, Severity::Warning, 2),
        ("Q {\n=a\n\n=b}", FindingCode::BlankLine, Severity::Note, 2),
        ("::T Q {=a}", FindingCode::UnfinishedTitle, Severity::Warning, 2),
        ("::T::", FindingCode::EmptyQuestion, Severity::Loss, 1),
        ("{=a}", FindingCode::EmptyQuestion, Severity::Warning, 2),
        ("Q {~%100%a}", FindingCode::TooFewAnswers, Severity::Warning, 2),
        ("Q {=a->b}", FindingCode::TooFewAnswers, Severity::Warning, 2),
        ("Q {#}", FindingCode::TooFewAnswers, Severity::Warning, 2),
        ("Q {a ~b =c}", FindingCode::UnmarkedAnswer, Severity::Warning, 2),
        ("Q {~a ~b}", FindingCode::NoRightAnswer, Severity::Warning, 2),
        ("Q {#=zero =1}", FindingCode::BadNumber, Severity::Loss, 2),
        ("Q {#=nan =1}", FindingCode::BadNumber, Severity::Loss, 2),
        ("Q {=a->b =c->d =e}", FindingCode::BadPair, Severity::Loss, 2),
        ("$CATEGORY:", FindingCode::EmptyCategory, Severity::Loss, 1),
    ];
    for (text, code, severity, questions) in table {
        let gift = file(&format!("{text}\n\nNext {{T}}"));
        assert_eq!(codes(&gift), [(1, code, severity)], "{text}");
        assert_eq!(gift.questions().count(), questions, "{text}");
        assert!(!gift.findings[0].text.is_empty() || text == "Q {#}", "{text}");
    }
}

#[test]
fn encodings() {
    let utf16 = |big: bool, mark: bool| {
        let units = mark.then_some(0xFEFF).into_iter().chain("Q ü {T}".encode_utf16());
        units.flat_map(|unit| if big { unit.to_be_bytes() } else { unit.to_le_bytes() }).collect::<Vec<u8>>()
    };
    for bytes in [utf16(true, true), utf16(false, true), utf16(true, false), utf16(false, false)] {
        let gift = read(&bytes, &Limits::default()).unwrap();
        assert_eq!((gift.questions().next().unwrap().stem.text.as_str(), gift.findings.len()), ("Q ü", 0));
    }
    let marked = read(b"\xEF\xBB\xBFQ {T}", &Limits::default()).unwrap();
    assert_eq!(marked.questions().next().unwrap().stem.text, "Q");
    let western = read(b"Q \xFC {T}", &Limits::default()).unwrap();
    assert_eq!(western.questions().next().unwrap().stem.text, "Q ü");
    assert_eq!(codes(&western), [(1, FindingCode::WrongEncoding, Severity::Warning)]);
}
