//! What is written reads back the same.

use aiken::{Error, Limits, Question, read, write};
use proptest::prelude::*;

fn line() -> impl Strategy<Value = String> {
    "[a-cA-Cü.): ]{1,8}".prop_map(|text| text.trim().to_owned()).prop_filter("not empty", |text| !text.is_empty())
}

fn question() -> impl Strategy<Value = Question> {
    (prop::collection::vec(line(), 1..4), prop::collection::vec(line(), 2..27), any::<prop::sample::Index>()).prop_map(
        |(text, choices, right)| Question { text: text.join("\n"), answer: right.index(choices.len()), choices },
    )
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_written_reads_back(questions in prop::collection::vec(question(), 0..4)) {
        match write(&questions) {
            Err(Error::Unwritable { .. }) => {}
            Err(other) => panic!("{other}"),
            Ok(written) => {
                let again = read(written.as_bytes(), &Limits::default()).unwrap();
                prop_assert_eq!(&again.findings, &[]);
                prop_assert!(again.questions().eq(&questions), "{}", written);
            }
        }
    }
}

#[test]
fn what_the_format_cannot_say_is_refused() {
    let question = |text: &str, choices: &[&str], answer| Question {
        text: text.to_owned(),
        choices: choices.iter().map(|choice| (*choice).to_owned()).collect(),
        answer,
    };
    let many = ["x"; 27];
    let cases = [
        question("", &["a", "b"], 0),
        question("a\n\nb", &["a", "b"], 0),
        question("A. Einstein?", &["a", "b"], 0),
        question("answer: which?", &["a", "b"], 0),
        question("Q", &["a"], 0),
        question("Q", &many, 0),
        question("Q", &["a", ""], 0),
        question("Q", &["a", "b\nc"], 0),
        question("Q", &["a", "b"], 2),
    ];
    for case in cases {
        assert!(matches!(write([&case]), Err(Error::Unwritable { number: 1, .. })), "{case:?}");
    }
    assert!(write([&question("Q", &many[..26], 25)]).is_ok());
}
