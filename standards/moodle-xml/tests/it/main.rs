//! The crate from outside: questions, gaps, real files where they are present, hostile ones.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]
#![expect(clippy::print_stderr, reason = "a skipped test says so")]

use std::path::{Path, PathBuf};

use moodle_xml::*;
use proptest::prelude::*;

fn quiz(inner: &str) -> Quiz {
    read(format!("<quiz>{inner}</quiz>").as_bytes(), &Limits::default()).unwrap()
}

fn again(quiz: &Quiz) -> Vec<Item> {
    read(write(&quiz.items).as_bytes(), &Limits::default()).unwrap().items
}

fn files(folder: &Path, into: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files(&path, into);
        } else if path.extension().is_some_and(|end| end == "xml") {
            into.push(path);
        }
    }
}

#[test]
fn a_question_with_everything() {
    let quiz = quiz(
        "<question type='numerical'><name><text>N</text></name><questiontext format='html'><text><![CDATA[<p>&amp;]]></text>\
         <file name='a.png' path='/' encoding='base64'>AQI\n=</file></questiontext><defaultgrade>2.0</defaultgrade>\
         <penalty>0.5</penalty><hidden>0</hidden><idnumber>7</idnumber><answer fraction='100' format='html'><text>3</text>\
         <feedback><text>y</text></feedback><tolerance>0.1</tolerance></answer><hint format='html'><text>h</text>\
         <shownumcorrect/></hint><tags><tag><text>sea</text></tag></tags><unitgradingtype>0</unitgradingtype></question>",
    );
    assert_eq!(quiz.findings, []);
    let Item::Question(question) = &quiz.items[0] else { unreachable!() };
    assert_eq!((question.text.text.as_str(), &question.text.files[0].content), ("<p>&amp;", &vec![1, 2]));
    assert_eq!((question.default_grade, question.penalty, question.id.as_deref()), (Some(2.0), Some(0.5), Some("7")));
    assert_eq!((&question.tags, question.hints[0].shows_number), (&vec!["sea".to_owned()], true));
    let Kind::Numerical(answers) = &question.kind else { unreachable!() };
    assert_eq!((answers[0].fraction, answers[0].tolerance), (100.0, Some(0.1)));
    assert_eq!(question.extra.iter().map(|one| one.name.as_str()).collect::<Vec<_>>(), ["hidden", "unitgradingtype"]);
    assert_eq!(again(&quiz), quiz.items);
}

#[test]
fn what_has_no_place_is_kept_and_said() {
    let quiz = quiz(
        "<question type='stack'><name><text>S</text></name><input a='1'>x <b>y</b> z</input></question>\
         <question type='shortanswer'><penalty>many</penalty><answer fraction='100' odd='1'><text>x</text></answer></question>",
    );
    let codes: Vec<_> = quiz.findings.iter().map(|one| (one.question, one.code)).collect();
    let bad = FindingCode::BadValue;
    assert_eq!(codes, [(1, FindingCode::UnknownType), (2, bad), (2, bad)]);
    assert_eq!(again(&quiz), quiz.items);
    assert!(write(&quiz.items).contains("<input a=\"1\">x <b>y</b> z</input>"));
}

#[test]
fn gap_choices_and_combined_feedback() {
    let quiz = quiz(
        "<question type='ddwtos'><correctfeedback><text>y</text></correctfeedback><dragbox><text>cat</text>\
         <group>2</group><infinite/></dragbox></question><question type='gapselect'><selectoption><text>a</text>\
         <group>x</group></selectoption><selectoption><text>b</text><group>1</group></selectoption></question>",
    );
    let Item::Question(drag) = &quiz.items[0] else { unreachable!() };
    let cat = GapChoice { text: "cat".to_owned(), group: Some(2), reusable: true };
    assert_eq!(drag.kind, Kind::DragGaps(vec![cat]));
    assert_eq!(drag.right_feedback.as_ref().map(|text| text.text.as_str()), Some("y"));
    let found: Vec<_> = quiz.findings.iter().map(|one| (one.question, one.code)).collect();
    assert_eq!(found, [(2, FindingCode::BadValue)]);
    let Item::Question(select) = &quiz.items[1] else { unreachable!() };
    assert_eq!((&select.kind, select.extra.len()), (&Kind::SelectGaps(Vec::new()), 2));
    assert_eq!(again(&quiz), quiz.items);
}

#[test]
fn a_million_questions_and_as_many_complaints() {
    let text = format!("<quiz>{}</quiz>", "<question type='odd'/>".repeat(1_000_000));
    let quiz = read(text.as_bytes(), &Limits::default()).unwrap();
    assert_eq!((quiz.items.len(), quiz.findings.len()), (1_000_000, 10_001));
    assert_eq!(quiz.findings[10_000].code, FindingCode::MoreFindings);
}

#[test]
fn gaps() {
    let text = "a { b {1:MULTICHOICE:=One#Yes~%50%Two\\}~Three} {:SAC:=x} {2:NM:=3:0.1} {1:NOPE:=x} {1:MULTICHOICE}";
    let pieces = cloze_pieces(text);
    let parts: Vec<&Part> =
        pieces.iter().filter_map(|one| if let Piece::Part(part) = one { Some(part) } else { None }).collect();
    let kinds: Vec<_> = parts.iter().map(|part| (part.weight, part.kind)).collect();
    let expected =
        [(Some(1), PartKind::MultiChoice), (None, PartKind::ShortAnswerCase), (Some(2), PartKind::Numerical)];
    assert_eq!(kinds, expected);
    let two = PartAnswer { text: "Two}".to_owned(), percent: 50.0, feedback: String::new() };
    assert_eq!(parts[0].answers[1], two);
    assert_eq!(cloze_pieces(&cloze_text(&pieces)), pieces);
}

#[test]
fn hostile_files_are_refused() {
    let refused = |text: &str| read(text.as_bytes(), &Limits::default()).unwrap_err();
    assert_eq!(refused("<!DOCTYPE q [<!ENTITY a 'b'>]><quiz>&a;</quiz>"), Error::EntityDeclaration);
    assert_eq!(refused("<html/>"), Error::NotAQuiz("html".to_owned()));
    assert_eq!(refused(&"<quiz>".repeat(1000)), Error::Limit { kind: "depth", limit: 64 });
    for text in ["", "x", "<quiz>", "<quiz>\n</x>", "<quiz/><quiz/>"] {
        assert!(matches!(refused(text), Error::Xml { .. }), "{text}");
    }
    let small = Limits { bytes: 100, nodes: 3, ..Limits::default() };
    let crossed = |text: &str| read(text.as_bytes(), &small).unwrap_err();
    assert_eq!(crossed(&" ".repeat(101)), Error::Limit { kind: "bytes", limit: 100 });
    assert_eq!(crossed("<quiz><a/><a/><a/></quiz>"), Error::Limit { kind: "nodes", limit: 3 });
    let western =
        read(b"<quiz><question type='essay'><name><text>\xFC</text></name></question></quiz>", &Limits::default());
    assert_eq!(western.unwrap().findings[0].code, FindingCode::WrongEncoding);
}

#[test]
fn every_real_file_is_read_and_written_and_read_again() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/fixtures/moodle");
    if !folder.is_dir() {
        eprintln!("skipped: {} is not here", folder.display());
        return;
    }
    let mut paths = Vec::new();
    files(&folder, &mut paths);
    let mut quizzes = 0;
    for path in paths {
        let bytes = std::fs::read(&path).unwrap();
        let Ok(quiz) = read(&bytes, &Limits::default()) else {
            let text = String::from_utf8_lossy(&bytes);
            assert!(!text.contains("<quiz>"), "{}", path.display());
            continue;
        };
        quizzes += 1;
        eprintln!("{}: {:?}", path.display(), quiz.summary());
        for finding in &quiz.findings {
            eprintln!("  {}: {:?}: {}", finding.question, finding.code, finding.message);
        }
        assert_eq!(again(&quiz), quiz.items, "{}", path.display());
    }
    assert!(quizzes > 20, "{quizzes}");
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn texts_are_kept(words in "[ -~ü\r\n\t]{1,20}", fraction in -100.0..100.0f64, content in any::<Vec<u8>>()) {
        let file = File { name: words.trim().to_owned(), path: None, content };
        let text = Text { format: Some("html".to_owned()), text: words.clone(), files: vec![file] };
        let answer = Answer { text: text.clone(), fraction, feedback: Some(text.clone()), tolerance: None };
        let question = Question { name: words, text, kind: Kind::MultipleChoice(vec![answer]), ..Question::default() };
        let quiz = Quiz { items: vec![Item::Question(question)], findings: Vec::new() };
        prop_assert_eq!(again(&quiz), quiz.items);
    }

    #[test]
    fn gaps_are_kept(text in "[a-c{}:=~#%\\\\0-9 ]{0,20}", words in "[a-c{}:=~#%\\\\0-9 ]{0,9}", percent in -99i32..100) {
        let answer = PartAnswer { text: words.clone(), percent: f64::from(percent), feedback: words };
        let part = Part { weight: Some(1), kind: PartKind::MultiResponseShuffled, answers: vec![answer.clone(), answer] };
        let pieces = vec![Piece::Part(part)];
        prop_assert_eq!(cloze_pieces(&cloze_text(&pieces)), pieces);
        let read_once = cloze_pieces(&text);
        prop_assert_eq!(cloze_pieces(&cloze_text(&read_once)), read_once);
    }

    #[test]
    fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        let _ = read(&bytes, &Limits::default());
    }
}
