use std::collections::BTreeMap;

use proptest::prelude::*;

use super::*;
use crate::question::*;
use crate::share::Decimal;

fn options(shares: &[&str]) -> Vec<Choice> {
    let option = |(at, share): (usize, &&str)| Choice {
        id: PartId::try_from(at + 1).unwrap(),
        text: format!("option {}", at + 1),
        share: Share::from_percent(share).unwrap(),
        feedback: format!("said of {}", at + 1),
    };
    shares.iter().enumerate().map(option).collect()
}

fn earns(task: &Task, answer: &Answer) -> String {
    let question = Question { task: task.clone(), ..Question::default() };
    score(&question, answer).share.map_or_else(|| "-".to_owned(), |share| share.to_string())
}

fn reasons(task: &Task, answer: &Answer) -> Vec<Reason> {
    let question = Question { task: task.clone(), ..Question::default() };
    score(&question, answer).parts.into_iter().map(|part| part.reason).collect()
}

#[test]
fn one_option_earns_what_it_says() {
    let mut single = Single { options: options(&["100", "50", "-33.33333"]), shuffle: false, below_zero: false };
    let chosen = |id| Answer::Chosen(vec![id]);
    let task = Task::Single(single.clone());
    assert_eq!(["1", "1/2", "0"], [1, 2, 3].map(|id| earns(&task, &chosen(id))).each_ref().map(String::as_str));
    single.below_zero = true;
    assert_eq!(earns(&Task::Single(single.clone()), &chosen(3)), "-1/3");
    assert_eq!(earns(&task, &Answer::Nothing), "0");
    let mark = score(&Question { task, ..Question::default() }, &chosen(2));
    assert_eq!((mark.parts[0].reason, mark.parts[0].feedback.as_str()), (Reason::Partly, "said of 2"));
    assert_eq!(mark.parts[0].right, "option 1");
}

/// Options 1 to 3 right, 4 and 5 wrong; 1, 2 and 4 chosen. Worked by hand.
#[test]
fn several_options_by_each_rule() {
    let with =
        |rule| Task::Multiple(Multiple { options: options(&["40", "40", "20", "-50", "0"]), shuffle: false, rule });
    let chosen = |ids: &[PartId]| Answer::Chosen(ids.to_vec());
    let answer = chosen(&[1, 2, 4]);
    assert_eq!(earns(&with(MultipleRule::All), &answer), "0");
    assert_eq!(earns(&with(MultipleRule::Partial), &answer), "1/3");
    assert_eq!(earns(&with(MultipleRule::Each), &answer), "3/5");
    assert_eq!(earns(&with(MultipleRule::Sum), &answer), "3/10");
    for rule in MultipleRule::ALL {
        assert_eq!(earns(&with(*rule), &chosen(&[1, 2, 3])), "1", "{rule}");
        assert_eq!(earns(&with(*rule), &Answer::Nothing), "0", "{rule}");
        assert_eq!(earns(&with(*rule), &chosen(&[4, 5])), "0");
    }
    assert_eq!(
        reasons(&with(MultipleRule::Partial), &answer),
        [Reason::Right, Reason::Right, Reason::Missed, Reason::Wrong, Reason::RightlyLeft]
    );
}

#[test]
fn a_few_words_and_the_first_that_fits() {
    let key = |text: &str, percent: &str| TextKey {
        text: text.to_owned(),
        share: Share::from_percent(percent).unwrap(),
        feedback: String::new(),
    };
    let mut short = Short { answers: vec![key("The Moon", "100"), key("*moon*", "50"), key("*", "0")], case: false };
    let said = |text: &str| Answer::Text(text.to_owned());
    assert_eq!(earns(&Task::Short(short.clone()), &said("  the   MOON ")), "1");
    assert_eq!(earns(&Task::Short(short.clone()), &said("our moon, mostly")), "1/2");
    assert_eq!(earns(&Task::Short(short.clone()), &said("wind")), "0");
    short.case = true;
    assert_eq!(earns(&Task::Short(short), &said("the MOON")), "0");
}

#[test]
fn numbers_are_near_enough_or_not() {
    let key = |value: &str, tolerance| NumberKey {
        value: Decimal::read(value).unwrap(),
        tolerance,
        share: Share::all(),
        feedback: String::new(),
    };
    let decimal = |text: &str| Decimal::read(text).unwrap();
    let units = vec![
        Unit { name: "m".to_owned(), times: decimal("1") },
        Unit { name: "km".to_owned(), times: decimal("1000") },
    ];
    let mut number = Number {
        answers: vec![key("1500", Tolerance::Relative(decimal("0.05")))],
        units,
        unit_rule: UnitRule::Required,
    };
    let given = |number: &Number, text: &str| earns(&Task::Number(number.clone()), &Answer::Text(text.to_owned()));
    let why = |number: &Number, text: &str| reasons(&Task::Number(number.clone()), &Answer::Text(text.to_owned()))[0];
    assert_eq!(given(&number, "1.5 km"), "1");
    assert_eq!((given(&number, "1575 m").as_str(), given(&number, "1575.01 m").as_str()), ("1", "0"));
    assert_eq!((why(&number, "1500"), why(&number, "1500 cm")), (Reason::NoUnit, Reason::WrongUnit));
    assert_eq!(
        (why(&number, "9 km"), why(&number, "far"), why(&number, " ")),
        (Reason::TooFar, Reason::NoNumber, Reason::Empty)
    );
    number.unit_rule = UnitRule::Penalty(Share::of(1, 4));
    assert_eq!((given(&number, "1500").as_str(), why(&number, "1500")), ("3/4", Reason::UnitCost));
    number.unit_rule = UnitRule::Optional;
    assert_eq!((given(&number, "1500").as_str(), given(&number, "1500 cm").as_str()), ("1", "0"));
    // 0.1 + 0.2 is 0.3 here.
    let exact = Number { answers: vec![key("0.3", Tolerance::Absolute(decimal("0")))], ..Number::default() };
    assert_eq!(given(&exact, "0,30"), "1");
}

#[test]
fn pairs_gaps_truth_and_essays() {
    let pair = |id, left: &str, right: &str| Pair { id, left: left.to_owned(), right: right.to_owned() };
    let matching = Task::Match(Match {
        pairs: vec![pair(1, "cod", "fish"), pair(2, "herring", "fish"), pair(3, "seal", "mammal")],
        extra: vec!["bird".to_owned()],
        shuffle: true,
    });
    assert_eq!(earns(&matching, &Answer::Pairs([(1, 1), (2, 1), (3, 4)].into())), "2/3");
    assert_eq!(
        reasons(&matching, &Answer::Pairs([(1, 1), (3, 4)].into())),
        [Reason::Right, Reason::Empty, Reason::Wrong]
    );
    let (_, gaps) = crate::gaps::read("[[twice]] [[3*=moon|~sun]] [[#10:1]]").unwrap();
    let gaps = Task::Gaps(gaps);
    let filled = |words: &[(PartId, &str)]| {
        Answer::Gaps(words.iter().map(|(id, text)| (*id, (*text).to_owned())).collect::<BTreeMap<_, _>>())
    };
    assert_eq!(earns(&gaps, &filled(&[(1, "Twice"), (2, "2"), (3, "10.5")])), "2/5");
    assert_eq!(earns(&gaps, &filled(&[(2, "1")])), "3/5");
    let truth = Task::TrueFalse(TrueFalse { is_true: false, ..TrueFalse::default() });
    assert_eq!(
        (earns(&truth, &Answer::Chosen(vec![0])).as_str(), earns(&truth, &Answer::Chosen(vec![1])).as_str()),
        ("1", "0")
    );
    let essay = Task::Essay(Essay::default());
    assert_eq!(earns(&essay, &Answer::Text("Long ago".to_owned())), "-");
    assert_eq!(earns(&essay, &Answer::Nothing), "0");
    assert_eq!(earns(&Task::Info, &Answer::Nothing), "0");
}

fn any_task() -> impl Strategy<Value = Task> {
    let percent = proptest::sample::select(vec!["-100", "-50", "0", "33.33333", "50", "100"]);
    let shares = proptest::collection::vec(percent, 0..6);
    let multiple = (shares.clone(), proptest::sample::select(MultipleRule::ALL.to_vec()));
    let orders = (0..7_u16, proptest::sample::select(OrderRule::ALL.to_vec()));
    prop_oneof![
        (shares, any::<bool>()).prop_map(|(shares, below_zero)| Task::Single(Single {
            options: options(&shares),
            shuffle: true,
            below_zero
        })),
        multiple.prop_map(|(shares, rule)| Task::Multiple(Multiple { options: options(&shares), shuffle: true, rule })),
        orders.prop_map(|(count, rule)| Task::Order(Order {
            items: (1..=count).map(|id| OrderItem { id, text: id.to_string() }).collect(),
            rule,
        })),
        "([a-c]{0,2}\\[\\[(=?[ab]|#[0-9])\\]\\]){1,4}"
            .prop_map(|source| crate::gaps::read(&source).map_or(Task::Info, |(_, gaps)| Task::Gaps(gaps))),
    ]
}

fn any_answer() -> impl Strategy<Value = Answer> {
    prop_oneof![
        Just(Answer::Nothing),
        proptest::collection::vec(0..7_u16, 0..6).prop_map(Answer::Chosen),
        "[ab0-9 .]{0,5}".prop_map(Answer::Text),
        proptest::collection::btree_map(0..7_u16, 0..8_u16, 0..7).prop_map(Answer::Pairs),
        proptest::collection::btree_map(0..5_u16, "[ab0-9]{0,2}", 0..5).prop_map(Answer::Gaps),
    ]
}

proptest! {
    #[test]
    fn a_mark_is_between_nothing_and_all(task in any_task(), answer in any_answer()) {
        let least = i64::from(matches!(&task, Task::Single(single) if single.below_zero));
        let mark = score(&Question { task, ..Question::default() }, &answer);
        let share = mark.share.unwrap();
        prop_assert_eq!(share.clone().clamped(-least, 1), share);
    }

    #[test]
    fn no_answer_at_all_earns_nothing(task in any_task()) {
        prop_assert_eq!(earns(&task, &Answer::Nothing), "0");
    }

    #[test]
    fn a_question_is_kept_as_it_is(task in any_task(), text in "\\PC{0,20}") {
        let question = Question { format: FORMAT, text, feedback: String::new(), task };
        let kept = serde_json::to_string(&question).unwrap();
        prop_assert_eq!(serde_json::from_str::<Question>(&kept).unwrap(), question);
    }
}
