//! A question as the fields of a form, and back.

use web::{Form, word};

use crate::gaps::{self, GapError};
use crate::question::*;
use crate::share::{Decimal, Share};

/// Rows that a new question has room for, and that each "more" adds.
const ROWS: usize = 4;

/// What a row of a kind is made of: the end of the field's name, its label, whether it is long.
pub(super) type Columns = &'static [(&'static str, &'static str, bool)];

const OPTION: Columns = &[
    ("text", word!("assessment-option"), true),
    ("share", word!("assessment-share"), false),
    ("feedback", word!("assessment-feedback-own"), true),
];
const KEY: Columns = &[
    ("text", word!("assessment-accepted"), true),
    ("share", word!("assessment-share"), false),
    ("feedback", word!("assessment-feedback-own"), true),
];
const VALUE: Columns = &[
    ("value", word!("assessment-value"), false),
    ("off", word!("assessment-off"), false),
    ("share", word!("assessment-share"), false),
    ("feedback", word!("assessment-feedback-own"), true),
];
const UNIT: Columns = &[("name", word!("assessment-unit"), false), ("times", word!("assessment-unit-times"), false)];
const PAIR: Columns = &[("left", word!("assessment-left"), true), ("right", word!("assessment-right-side"), true)];
const ITEM: Columns = &[("text", word!("assessment-item"), true)];

/// The rows of a kind: the beginning of their names, the name of one, and what each is made of. The first column says whether a
/// row is there.
pub(super) const fn rows_of(kind: Kind) -> &'static [(&'static str, &'static str, Columns)] {
    match kind {
        Kind::Single | Kind::Multiple => &[("o", word!("assessment-option-number"), OPTION)],
        Kind::Short => &[("k", word!("assessment-key-number"), KEY)],
        Kind::Number => &[("n", word!("assessment-key-number"), VALUE), ("u", word!("assessment-unit-number"), UNIT)],
        Kind::Match => &[("p", word!("assessment-pair-number"), PAIR)],
        Kind::Order => &[("i", word!("assessment-item-number"), ITEM)],
        Kind::TrueFalse | Kind::Gaps | Kind::Essay | Kind::Info => &[],
    }
}

/// How many rows a form shows.
pub(super) fn rows(form: &Form) -> usize {
    form.value("rows").parse::<usize>().unwrap_or(ROWS).clamp(1, PARTS_MAX)
}

/// Room for more.
pub(super) fn more(form: &mut Form) {
    let rows = (rows(form) + ROWS).min(PARTS_MAX);
    form.set("rows", rows.to_string());
}

/// The fields of a question.
pub(super) fn fields(question: &Question) -> Vec<(String, String)> {
    let mut out: Vec<(String, String)> = vec![
        ("text".to_owned(), question.text.clone()),
        ("feedback".to_owned(), question.feedback.clone()),
        ("kind".to_owned(), question.kind().to_string()),
    ];
    let mut put = |name: String, value: String| out.push((name, value));
    let flag = |on: bool| if on { "on".to_owned() } else { String::new() };
    let mut count = 0;
    match &question.task {
        Task::Single(single) => {
            count = put_options(&mut put, &single.options);
            put("shuffle".to_owned(), flag(single.shuffle));
            put("below_zero".to_owned(), flag(single.below_zero));
        }
        Task::Multiple(multiple) => {
            count = put_options(&mut put, &multiple.options);
            put("shuffle".to_owned(), flag(multiple.shuffle));
            put("rule".to_owned(), multiple.rule.to_string());
        }
        Task::TrueFalse(truth) => {
            put("is_true".to_owned(), if truth.is_true { "true" } else { "false" }.to_owned());
            put("when_true".to_owned(), truth.when_true.clone());
            put("when_false".to_owned(), truth.when_false.clone());
        }
        Task::Short(short) => {
            count = short.answers.len();
            for (at, key) in short.answers.iter().enumerate() {
                put(format!("k{at}_text"), key.text.clone());
                put(format!("k{at}_share"), key.share.percent());
                put(format!("k{at}_feedback"), key.feedback.clone());
            }
            put("case".to_owned(), flag(short.case));
        }
        Task::Number(number) => count = put_number(&mut put, number),
        Task::Match(matching) => {
            count = matching.pairs.len();
            for (at, pair) in matching.pairs.iter().enumerate() {
                put(format!("p{at}_id"), pair.id.to_string());
                put(format!("p{at}_left"), pair.left.clone());
                put(format!("p{at}_right"), pair.right.clone());
            }
            put("extra".to_owned(), matching.extra.join("\n"));
            put("shuffle".to_owned(), flag(matching.shuffle));
        }
        Task::Order(order) => {
            count = order.items.len();
            for (at, item) in order.items.iter().enumerate() {
                put(format!("i{at}_id"), item.id.to_string());
                put(format!("i{at}_text"), item.text.clone());
            }
            put("rule".to_owned(), order.rule.to_string());
        }
        Task::Essay(essay) => {
            let number = |number: u32| if number == 0 { String::new() } else { number.to_string() };
            put("words_min".to_owned(), number(essay.words_min));
            put("words_max".to_owned(), number(essay.words_max));
            put("template".to_owned(), essay.template.clone());
            put("notes".to_owned(), essay.notes.clone());
        }
        Task::Gaps(with) => out[0].1 = gaps::write(&question.text, with),
        Task::Info => {}
    }
    out.push(("rows".to_owned(), (count + 1).clamp(ROWS, PARTS_MAX).to_string()));
    out
}

fn put_options(put: &mut impl FnMut(String, String), options: &[Choice]) -> usize {
    for (at, option) in options.iter().enumerate() {
        put(format!("o{at}_id"), option.id.to_string());
        put(format!("o{at}_text"), option.text.clone());
        put(format!("o{at}_share"), option.share.percent());
        put(format!("o{at}_feedback"), option.feedback.clone());
    }
    options.len()
}

fn put_number(put: &mut impl FnMut(String, String), number: &Number) -> usize {
    for (at, key) in number.answers.iter().enumerate() {
        let off = match &key.tolerance {
            Tolerance::Absolute(off) => off.to_string(),
            Tolerance::Relative(off) => format!("{}%", Share(off.exact()).percent()),
        };
        put(format!("n{at}_value"), key.value.to_string());
        put(format!("n{at}_off"), off);
        put(format!("n{at}_share"), key.share.percent());
        put(format!("n{at}_feedback"), key.feedback.clone());
    }
    for (at, unit) in number.units.iter().enumerate() {
        put(format!("u{at}_name"), unit.name.clone());
        put(format!("u{at}_times"), unit.times.to_string());
    }
    let (rule, cost) = match &number.unit_rule {
        UnitRule::Optional => ("optional", String::new()),
        UnitRule::Required => ("required", String::new()),
        UnitRule::Penalty(cost) => ("penalty", cost.percent()),
    };
    put("unit_rule".to_owned(), rule.to_owned());
    put("unit_cost".to_owned(), cost);
    number.answers.len().max(number.units.len())
}

/// The question of a form. What is wrong with it stands in the form.
pub(super) fn read(form: &mut Form, kind: Kind) -> Question {
    let text =
        form.text("text").required().check(|text| text.len() <= TEXT_BYTES_MAX, word!("assessment-too-long")).get();
    let feedback = form.text("feedback").max(PART_MAX * 5).get();
    let mut question = Question { format: FORMAT, text, feedback, task: Task::Info };
    question.task = match kind {
        Kind::Single => {
            let options = options(form);
            Task::Single(Single { options, shuffle: form.flag("shuffle"), below_zero: form.flag("below_zero") })
        }
        Kind::Multiple => {
            let options = options(form);
            let rule = form.choice("rule").or(MultipleRule::Partial);
            Task::Multiple(Multiple { options, shuffle: form.flag("shuffle"), rule })
        }
        Kind::TrueFalse => Task::TrueFalse(TrueFalse {
            is_true: form.text("is_true").required().get() == "true",
            when_true: form.text("when_true").max(PART_MAX).get(),
            when_false: form.text("when_false").max(PART_MAX).get(),
        }),
        Kind::Short => Task::Short(Short { answers: keys(form), case: form.flag("case") }),
        Kind::Number => Task::Number(number(form)),
        Kind::Match => Task::Match(matching(form)),
        Kind::Order => Task::Order(Order { items: items(form), rule: form.choice("rule").or(OrderRule::Place) }),
        Kind::Gaps => match gaps::read(&question.text) {
            Ok((text, gaps)) => {
                question.text = text;
                Task::Gaps(gaps)
            }
            Err(error) => {
                gap_error(form, &error);
                Task::Gaps(Gaps::default())
            }
        },
        Kind::Essay => Task::Essay(essay(form)),
        Kind::Info => Task::Info,
    };
    question
}

fn gap_error(form: &mut Form, error: &GapError) {
    let (message, inside) = match error {
        GapError::None => (word!("assessment-no-gap"), ""),
        GapError::Open(inside) => (word!("assessment-gap-open"), inside.as_str()),
        GapError::NoKey(inside) => (word!("assessment-gap-no-key"), inside.as_str()),
        GapError::NoNumber(inside) => (word!("assessment-gap-no-number"), inside.as_str()),
        GapError::TooMany => (word!("assessment-gap-too-many"), ""),
    };
    form.fail_with("text", message, &[("gap", web::Arg::Text(inside.to_owned().into()))]);
}

/// The numbers of the rows whose first column says something.
fn filled(form: &Form, prefix: &str, first: &str) -> Vec<usize> {
    (0..PARTS_MAX).filter(|at| !form.value(format!("{prefix}{at}_{first}")).trim().is_empty()).collect()
}

fn part(form: &mut Form, name: &str) -> String {
    form.text(name).max(PART_MAX).get()
}

/// A share in percent; nothing where the field is empty.
fn share(form: &mut Form, name: &str, empty: Share) -> Share {
    let text = form.value(name).trim().to_owned();
    if text.is_empty() {
        return empty;
    }
    Share::from_percent(&text).unwrap_or_else(|| {
        form.fail(name, word!("assessment-wrong-share"));
        Share::none()
    })
}

/// The ids that rows have, and new ones, behind all that are there, for rows without.
fn ids(form: &Form, prefix: &str, rows: &[usize]) -> Vec<PartId> {
    let mut given: Vec<Option<PartId>> =
        rows.iter().map(|at| form.value(format!("{prefix}{at}_id")).parse().ok()).collect();
    for at in 0..given.len() {
        // Nobody but a program sends one twice.
        if given[..at].contains(&given[at]) {
            given[at] = None;
        }
    }
    let mut next = given.iter().flatten().max().copied().unwrap_or(0);
    let fresh = |id: Option<PartId>| {
        id.unwrap_or_else(|| {
            next = next.saturating_add(1);
            next
        })
    };
    given.into_iter().map(fresh).collect()
}

fn options(form: &mut Form) -> Vec<Choice> {
    let rows = filled(form, "o", "text");
    let ids = ids(form, "o", &rows);
    let mut options = Vec::new();
    for (at, id) in rows.into_iter().zip(ids) {
        options.push(Choice {
            id,
            text: part(form, &format!("o{at}_text")),
            share: share(form, &format!("o{at}_share"), Share::none()),
            feedback: part(form, &format!("o{at}_feedback")),
        });
    }
    if options.len() < 2 {
        form.fail("o0_text", word!("assessment-two-options"));
    } else if !options.iter().any(|option| option.share.is_some()) {
        form.fail("o0_share", word!("assessment-none-right"));
    }
    options
}

fn keys(form: &mut Form) -> Vec<TextKey> {
    let mut keys = Vec::new();
    for at in filled(form, "k", "text") {
        keys.push(TextKey {
            text: part(form, &format!("k{at}_text")),
            share: share(form, &format!("k{at}_share"), Share::all()),
            feedback: part(form, &format!("k{at}_feedback")),
        });
    }
    if !keys.iter().any(|key| key.share.is_some()) {
        form.fail("k0_text", word!("assessment-none-accepted"));
    }
    keys
}

fn decimal(form: &mut Form, name: &str, empty: &str) -> Decimal {
    let text = form.value(name).trim().to_owned();
    let text = if text.is_empty() { empty } else { &text };
    Decimal::read(text).unwrap_or_else(|| {
        form.fail(name, word!("assessment-wrong-number"));
        Decimal::default()
    })
}

fn number(form: &mut Form) -> Number {
    let mut answers = Vec::new();
    for at in filled(form, "n", "value") {
        let off_name = format!("n{at}_off");
        let percent = form.value(&off_name).trim().strip_suffix('%').map(|percent| format!("{}e-2", percent.trim()));
        let tolerance = match percent.as_deref().map(Decimal::read) {
            Some(Some(off)) => Tolerance::Relative(off),
            Some(None) => {
                form.fail(&off_name, word!("assessment-wrong-number"));
                Tolerance::default()
            }
            None => Tolerance::Absolute(decimal(form, &off_name, "0")),
        };
        answers.push(NumberKey {
            value: decimal(form, &format!("n{at}_value"), "0"),
            tolerance,
            share: share(form, &format!("n{at}_share"), Share::all()),
            feedback: part(form, &format!("n{at}_feedback")),
        });
    }
    if !answers.iter().any(|key| key.share.is_some()) {
        form.fail("n0_value", word!("assessment-none-accepted"));
    }
    let mut units = Vec::new();
    for at in filled(form, "u", "name") {
        units.push(Unit {
            name: part(form, &format!("u{at}_name")),
            times: decimal(form, &format!("u{at}_times"), "1"),
        });
    }
    let unit_rule = match form.value("unit_rule") {
        "required" => UnitRule::Required,
        "penalty" => UnitRule::Penalty(share(form, "unit_cost", Share::of(1, 10)).clamped(0, 1)),
        _ => UnitRule::Optional,
    };
    Number { answers, units, unit_rule }
}

fn matching(form: &mut Form) -> Match {
    let rows = filled(form, "p", "left");
    let ids = ids(form, "p", &rows);
    let mut pairs = Vec::new();
    for (at, id) in rows.into_iter().zip(ids) {
        let right = format!("p{at}_right");
        let _ = form.text(&right).required().get();
        pairs.push(Pair { id, left: part(form, &format!("p{at}_left")), right: part(form, &right) });
    }
    let extra = form.text("extra").max(PART_MAX * 5).get();
    let extra: Vec<String> =
        extra.lines().map(str::trim).filter(|line| !line.is_empty()).take(PARTS_MAX).map(str::to_owned).collect();
    let matching = Match { pairs, extra, shuffle: form.flag("shuffle") };
    if matching.pairs.is_empty() || matching.rights().len() < 2 {
        form.fail("p0_left", word!("assessment-two-pairs"));
    }
    matching
}

fn items(form: &mut Form) -> Vec<OrderItem> {
    let rows = filled(form, "i", "text");
    let ids = ids(form, "i", &rows);
    let mut items = Vec::new();
    for (at, id) in rows.into_iter().zip(ids) {
        items.push(OrderItem { id, text: part(form, &format!("i{at}_text")) });
    }
    if items.len() < 2 {
        form.fail("i0_text", word!("assessment-two-items"));
    }
    items
}

fn essay(form: &mut Form) -> Essay {
    let mut words = |name| u32::try_from(form.integer(name).at_least(0).at_most(50_000).or(0)).unwrap_or(0);
    let (words_min, words_max) = (words("words_min"), words("words_max"));
    if words_max > 0 && words_max < words_min {
        form.fail("words_max", word!("assessment-words-wrong"));
    }
    let template = form.text("template").max(PART_MAX * 5).get();
    Essay { words_min, words_max, template, notes: form.text("notes").max(PART_MAX * 5).get() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn round(question: &Question) -> Question {
        let mut form = Form::of(&fields(question));
        let read = read(&mut form, question.kind());
        assert!(!form.has_errors(), "{:?}", form.errors().collect::<Vec<_>>());
        read
    }

    #[test]
    fn every_kind_comes_back_as_it_was() {
        let option =
            |id: PartId, share: Share| Choice { id, text: format!("option {id}"), share, feedback: "so".to_owned() };
        let options = vec![option(7, Share::of(1, 3)), option(2, Share::none())];
        let decimal = |text: &str| Decimal::read(text).unwrap();
        let key =
            |off| NumberKey { value: decimal("3.5"), tolerance: off, share: Share::all(), feedback: String::new() };
        let (gap_text, gaps) = gaps::read("a [[b|c]] d [[=e|~f]]").unwrap();
        let tasks = [
            Task::Single(Single { options: options.clone(), shuffle: true, below_zero: true }),
            Task::Multiple(Multiple { options, shuffle: false, rule: MultipleRule::Each }),
            Task::TrueFalse(TrueFalse { is_true: true, when_true: "yes".to_owned(), when_false: String::new() }),
            Task::Short(Short {
                answers: vec![TextKey { text: "*moon*".to_owned(), share: Share::all(), feedback: String::new() }],
                case: true,
            }),
            Task::Number(Number {
                answers: vec![key(Tolerance::Absolute(decimal("0.1"))), key(Tolerance::Relative(decimal("5e-2")))],
                units: vec![Unit { name: "m".to_owned(), times: decimal("1") }],
                unit_rule: UnitRule::Penalty(Share::of(1, 4)),
            }),
            Task::Match(Match {
                pairs: vec![Pair { id: 3, left: "cod".to_owned(), right: "fish".to_owned() }],
                extra: vec!["bird".to_owned()],
                shuffle: true,
            }),
            Task::Order(Order {
                items: (4..6).map(|id| OrderItem { id, text: id.to_string() }).collect(),
                rule: OrderRule::Longest,
            }),
            Task::Essay(Essay { words_min: 10, words_max: 20, template: "Aim:".to_owned(), notes: "n".to_owned() }),
            Task::Info,
        ];
        for task in tasks {
            let question = Question { format: FORMAT, text: "What?".to_owned(), feedback: "So.".to_owned(), task };
            let again = round(&question);
            // A relative tolerance is written in percent.
            if question.kind() == Kind::Number {
                assert_eq!(round(&again), again);
            } else {
                assert_eq!(again, question);
            }
        }
        let question = Question { format: FORMAT, text: gap_text, feedback: String::new(), task: Task::Gaps(gaps) };
        assert_eq!(round(&question), question);
    }

    #[test]
    fn what_is_wrong_is_said_at_its_field() {
        let wrong = |kind, fields: &[(&str, &str)]| {
            let mut form = Form::of(fields);
            read(&mut form, kind);
            form.errors().map(|(field, message)| (field.to_owned(), message.to_owned())).collect::<Vec<_>>()
        };
        let said = |field: &str, message: &str| (field.to_owned(), message.to_owned());
        assert_eq!(
            wrong(Kind::Single, &[("text", "?"), ("o0_text", "a")]),
            [said("o0_text", "assessment-two-options")]
        );
        assert_eq!(
            wrong(Kind::Single, &[("text", "?"), ("o0_text", "a"), ("o1_text", "b")]),
            [said("o0_share", "assessment-none-right")]
        );
        assert_eq!(
            wrong(
                Kind::Multiple,
                &[("text", "?"), ("o0_text", "a"), ("o0_share", "x"), ("o1_text", "b"), ("o1_share", "50")]
            ),
            [said("o0_share", "assessment-wrong-share")]
        );
        assert_eq!(wrong(Kind::Gaps, &[("text", "no gap")]), [said("text", "assessment-no-gap")]);
        assert_eq!(
            wrong(Kind::Number, &[("text", "?"), ("n0_value", "x")]),
            [said("n0_value", "assessment-wrong-number")]
        );
        assert_eq!(
            wrong(Kind::Essay, &[("words_min", "9"), ("words_max", "3"), ("text", "?")]),
            [said("words_max", "assessment-words-wrong")]
        );
        assert_eq!(wrong(Kind::Match, &[("text", "?"), ("p0_left", "a")])[0], said("p0_right", "field-required"));
    }

    #[test]
    fn new_rows_get_ids_of_their_own() {
        let mut form = Form::of(&[
            ("text", "?"),
            ("o0_id", "5"),
            ("o0_text", "a"),
            ("o0_share", "100"),
            ("o2_text", "b"),
            ("o3_id", "5"),
            ("o3_text", "c"),
        ]);
        let Task::Single(single) = read(&mut form, Kind::Single).task else { unreachable!() };
        assert_eq!(single.options.iter().map(|option| option.id).collect::<Vec<_>>(), [5, 6, 7]);
    }
}
