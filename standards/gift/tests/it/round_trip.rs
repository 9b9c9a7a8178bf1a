//! What is written reads back the same.

use gift::{Choice, Error, Format, Item, Kind, Limits, Number, NumericalAnswer, Pair, Question, Text, read, write};
use proptest::prelude::*;

/// Words out of every character that means something, without white space at the ends.
fn words() -> impl Strategy<Value = String> {
    let hard = "[a-zü~=#{}:\\\\\\[\\]%n$/ \n*-]{0,12}";
    prop_oneof![
        3 => hard.prop_map(|text| text.trim_matches(' ').to_owned()),
        1 => Just("[html]a".to_owned()),
        1 => Just("%50%a".to_owned()),
        1 => Just("TRUE".to_owned()),
        1 => Just("####".to_owned()),
        1 => Just("\\n".to_owned()),
    ]
}

fn some() -> impl Strategy<Value = String> {
    words().prop_filter("not empty", |text| !text.trim().is_empty())
}

/// A line without the ends that a trimmed line loses.
fn line() -> impl Strategy<Value = String> {
    "[a-zü~=#{}:%$/ *.-]{1,12}"
        .prop_map(|text| text.trim().to_owned())
        .prop_filter("not empty", |text| !text.is_empty())
}

fn text(words: impl Strategy<Value = String>) -> impl Strategy<Value = Text> {
    (prop::sample::select(&Format::ALL), words).prop_map(|(format, text)| Text { format, text })
}

fn feedback() -> impl Strategy<Value = Option<Text>> {
    prop::option::of(text(some()))
}

fn weight() -> impl Strategy<Value = f64> {
    prop::sample::select(&[0.0, 100.0, 50.0, -33.33333, 12.5])
}

fn choice() -> impl Strategy<Value = Choice> {
    (text(words()), weight(), feedback()).prop_map(|(text, weight, feedback)| Choice { text, weight, feedback })
}

fn number() -> impl Strategy<Value = Number> {
    let real = prop_oneof![-1e6..1e6, Just(0.0), Just(1e300), Just(1e-300)];
    prop_oneof![
        Just(Number::Any),
        (real.clone(), 0.0..1e3).prop_map(|(value, tolerance)| Number::Near { value, tolerance }),
        (real.clone(), real).prop_map(|(a, b)| Number::Range { min: a.min(b), max: a.max(b) }),
    ]
}

fn kind() -> impl Strategy<Value = Kind> {
    let numerical = (number(), weight(), feedback()).prop_map(|(value, weight, feedback)| NumericalAnswer {
        value,
        weight,
        feedback,
    });
    let pair = (text(words()), words()).prop_map(|(stem, answer)| Pair { stem, answer });
    prop_oneof![
        Just(Kind::Description),
        Just(Kind::Essay),
        (any::<bool>(), feedback(), feedback()).prop_map(|(right, when_wrong, when_right)| Kind::TrueFalse {
            right,
            when_wrong,
            when_right
        }),
        (any::<bool>(), prop::collection::vec(choice(), 1..5))
            .prop_map(|(several, choices)| Kind::MultipleChoice { several, choices }),
        prop::collection::vec(choice(), 1..5).prop_map(Kind::ShortAnswer),
        prop::collection::vec(pair, 1..5).prop_map(Kind::Matching),
        prop::collection::vec(numerical, 0..5).prop_map(Kind::Numerical),
    ]
}

fn question() -> impl Strategy<Value = Item> {
    let id = prop::option::of("[a-z0-9\\]]{1,8}");
    let tags = prop::collection::vec("[a-z0-9\\]]{1,8}", 0..3);
    (id, tags, prop::option::of(some()), text(some()), prop::option::of(some()), kind(), feedback()).prop_map(
        |(id, tags, title, stem, tail, kind, feedback)| {
            let asked = kind != Kind::Description;
            let (tail, feedback) = (tail.filter(|_| asked), feedback.filter(|_| asked));
            Item::Question(Question { id, tags, title, stem, tail, kind, feedback })
        },
    )
}

fn item() -> impl Strategy<Value = Item> {
    prop_oneof![1 => line().prop_map(Item::Category), 9 => question()]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_written_reads_back(item in item()) {
        match write([&item]) {
            Err(Error::Unwritable { number: 1, .. }) => {}
            Err(other) => panic!("{other}"),
            Ok(written) => {
                let again = read(written.as_bytes(), &Limits::default()).unwrap();
                prop_assert!(again.items().eq([&item]), "{item:#?}\n{written}\n{again:#?}");
            }
        }
    }

    #[test]
    fn what_is_read_can_be_kept(text in "[a-c~=#{}:\\\\%0-9\n \\[\\]./T>-]{0,60}") {
        let first = read(text.as_bytes(), &Limits::default()).unwrap();
        if let Ok(written) = write(first.items()) {
            let again = read(written.as_bytes(), &Limits::default()).unwrap();
            prop_assert!(first.items().eq(again.items()), "{first:#?}\n{written}\n{again:#?}");
        }
    }
}

#[test]
fn most_of_what_is_generated_can_be_written() {
    use proptest::strategy::ValueTree;
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let mut item_of = || item().new_tree(&mut runner).unwrap().current();
    let written = (0..500).filter(|_| write([&item_of()]).is_ok()).count();
    assert!(written > 350, "{written} of 500");
}

#[test]
fn what_the_format_cannot_say_is_refused() {
    let text = |text: &str| Text { text: text.to_owned(), ..Text::default() };
    let asked = |kind| Item::Question(Question { stem: text("Q"), kind, ..Question::default() });
    let choice = |words: &str| Choice { text: text(words), weight: 100.0, feedback: None };
    let pair = Pair { stem: text("a->b"), answer: String::new() };
    let near = |value| Number::Near { value, tolerance: 0.0 };
    let number = |value| NumericalAnswer { value, weight: 100.0, feedback: None };
    let cases = [
        Item::Category("a\nb".to_owned()),
        Item::Question(Question::default()),
        asked(Kind::ShortAnswer(vec![choice("a->b")])),
        asked(Kind::ShortAnswer(Vec::new())),
        asked(Kind::Matching(vec![pair])),
        asked(Kind::MultipleChoice { several: false, choices: vec![choice("a"), choice("b")] }),
        asked(Kind::MultipleChoice { several: false, choices: Vec::new() }),
        asked(Kind::Numerical(vec![number(near(f64::NAN))])),
        asked(Kind::Numerical(vec![number(Number::Range { min: 2.0, max: 1.0 })])),
    ];
    for case in cases {
        assert!(matches!(write([&case]), Err(Error::Unwritable { .. })), "{case:?}");
    }
}
