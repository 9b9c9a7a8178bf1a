//! QTI 1.2 and what systems make of it.

use qti::{Kind, Value};

use crate::support::{document, given, item, old};

const CHOICES: &str = r#"<material><mattext texttype="text/html">&lt;p&gt;Which?&lt;/p&gt;</mattext></material>
  <response_lid ident="RESPONSE" rcardinality="CARD"><render_choice>
  <response_label ident="1"><material><mattext>Ebb</mattext></material></response_label>
  <response_label ident="2"><material><mattext>Gale</mattext></material></response_label>
  <response_label ident="3"><material><mattext>Flood</mattext></material></response_label></render_choice></response_lid>"#;

fn when(condition: &str, action: &str, value: &str) -> String {
    format!(
        "<respcondition><conditionvar>{condition}</conditionvar><setvar action=\"{action}\" varname=\"SCORE\">{value}</setvar></respcondition>"
    )
}

fn is(response: &str, value: &str) -> String {
    format!("<varequal respident=\"{response}\">{value}</varequal>")
}

#[test]
fn canvas_multiple_answers_are_all_or_nothing_and_scaled_to_points() {
    let rule = when(
        &format!("<and>{}{}<not>{}</not></and>", is("RESPONSE", "1"), is("RESPONSE", "3"), is("RESPONSE", "2")),
        "Set",
        "100",
    );
    let read = item(&old(
        &[("question_type", "multiple_answers_question"), ("points_possible", "4")],
        &CHOICES.replace("CARD", "Multiple"),
        &rule,
    ));
    assert_eq!(read.kind, Kind::MultipleChoice);
    assert_eq!(read.dialect, qti::Dialect::Canvas);
    assert_eq!(read.responses[0].correct, Value::identifiers(&["1", "3"]));
    let marks = |chosen: &[&str]| read.marks(&given(&[("RESPONSE", Value::identifiers(chosen))])).unwrap();
    assert_eq!(marks(&["3", "1"]), Some(4.0));
    assert_eq!(marks(&["1"]), Some(0.0));
    assert_eq!(marks(&["1", "2", "3"]), Some(0.0));
    assert_eq!(marks(&[]), Some(0.0));
}

#[test]
fn canvas_blanks_are_typed_and_add_up() {
    let blank = |name: &str, label: &str, answer: &str| {
        format!(
            r#"<response_lid ident="{name}"><material><mattext>{name}</mattext></material><render_choice>
            <response_label ident="{label}"><material><mattext>{answer}</mattext></material></response_label></render_choice></response_lid>"#
        )
    };
    let rules = when(&is("r_a", "11"), "Add", "50") + &when(&is("r_b", "22"), "Add", "50");
    let text = blank("r_a", "11", "spring tide") + &blank("r_b", "22", "neap");
    let read =
        item(&old(&[("question_type", "fill_in_multiple_blanks_question"), ("points_possible", "2")], &text, &rules));
    assert_eq!(read.kind, Kind::Blanks);
    let marks = |a: &str, b: &str| {
        read.marks(&given(&[("r_a", Value::string(a)), ("r_b", Value::string(b))])).unwrap().unwrap()
    };
    assert_eq!(marks("Spring Tide", "neap"), 2.0);
    assert_eq!(marks("spring tide", "ebb"), 1.0);
    assert_eq!(marks("ebb", "neap"), 1.0);
}

#[test]
fn canvas_numbers_are_exact_or_in_a_range() {
    let field = r#"<response_str ident="RESPONSE"><render_fib fibtype="Decimal"><response_label ident="answer1"/></render_fib></response_str>"#;
    let range = r#"<or><varequal respident="RESPONSE">4</varequal><and><vargte respident="RESPONSE">3.5</vargte><varlte respident="RESPONSE">4.5</varlte></and></or>"#;
    let read = item(&old(
        &[("question_type", "numerical_question"), ("points_possible", "1")],
        field,
        &when(range, "Set", "100"),
    ));
    assert_eq!(read.kind, Kind::Numerical);
    assert_eq!(read.responses[0].correct, Value::float(4.0));
    for (typed, expected) in [("4", 100.0), ("4.50", 100.0), ("3,5", 100.0), ("4.51", 0.0), ("four", 0.0), ("", 0.0)] {
        assert_eq!(read.score(&given(&[("RESPONSE", Value::string(typed))])).unwrap().score(), expected, "{typed}");
    }
}

#[test]
fn a_calculated_question_draws_its_set_and_takes_its_tolerance() {
    let field = r#"<response_str ident="RESPONSE"><render_fib fibtype="Decimal"/></response_str>"#;
    let rules = "<respcondition><conditionvar><other/></conditionvar><setvar>100</setvar></respcondition>";
    let sets = r#"</resprocessing><itemproc_extension><calculated><answer_tolerance>0.1</answer_tolerance>
      <formulas decimal_places="1"><formula>x + 1</formula></formulas>
      <vars><var name="x" scale="0"><min>1</min><max>9</max></var></vars>
      <var_sets><var_set ident="1"><var name="x">2</var><answer>3</answer></var_set>
      <var_set ident="2"><var name="x">5</var><answer>6</answer></var_set></var_sets></calculated></itemproc_extension><resprocessing>"#;
    let xml = old(&[("question_type", "calculated_question")], field, &format!("{rules}{sets}"));
    let read = item(&xml);
    assert_eq!(read.kind, Kind::Calculated);
    let mut seen = Vec::new();
    for seed in 0..20 {
        let attempt = read.start(seed).unwrap();
        let x = attempt.variables()["x"].number().unwrap();
        seen.push(x as i64);
        let typed = |off: f64| attempt.score(&given(&[("RESPONSE", Value::float(x + 1.0 + off))])).unwrap().score();
        assert_eq!((typed(0.0), typed(0.1), typed(-0.1), typed(0.11)), (100.0, 100.0, 100.0, 0.0));
    }
    assert!(seen.contains(&2) && seen.contains(&5));
}

#[test]
fn blackboard_shares_the_score_of_a_match() {
    let part = |name: &str| {
        format!(
            r#"<response_lid ident="{name}"><render_choice><response_label ident="{name}1"/><response_label ident="{name}2"/></render_choice></response_lid>"#
        )
    };
    let rule = |name: &str| {
        format!(
            r#"<respcondition><conditionvar>{}</conditionvar><displayfeedback linkrefid="correct"/></respcondition>"#,
            is(name, &format!("{name}1"))
        )
    };
    let read = item(&old(&[("bbmd_questiontype", "Matching")], &(part("a") + &part("b")), &(rule("a") + &rule("b"))));
    assert_eq!((read.kind, read.dialect), (Kind::Matching, qti::Dialect::Blackboard));
    let score = |a: &str, b: &str| {
        read.score(&given(&[("a", Value::identifier(a)), ("b", Value::identifier(b))])).unwrap().score()
    };
    assert_eq!((score("a1", "b1"), score("a1", "b2"), score("a2", "b2")), (100.0, 50.0, 0.0));
}

#[test]
fn the_first_condition_that_is_met_ends_unless_it_says_to_go_on() {
    let choices = CHOICES.replace("CARD", "Single");
    let other = when("<other/>", "Set", "7");
    let ends = item(&old(&[], &choices, &(when(&is("RESPONSE", "1"), "Set", "100") + &other)));
    let goes_on =
        when(&is("RESPONSE", "1"), "Set", "100").replace("<respcondition>", "<respcondition continue=\"Yes\">");
    let goes_on = item(&old(&[], &choices, &(goes_on + &other)));
    let score =
        |item: &qti::Item, label: &str| item.score(&given(&[("RESPONSE", Value::identifier(label))])).unwrap().score();
    assert_eq!((score(&ends, "1"), score(&ends, "2")), (100.0, 7.0));
    assert_eq!((score(&goes_on, "1"), score(&goes_on, "2")), (7.0, 7.0));
}

#[test]
fn a_score_stays_within_its_bounds_wherever_the_processing_ends() {
    let choices = CHOICES.replace("CARD", "Multiple");
    let rules = ["1", "2", "3"].map(|label| when(&is("RESPONSE", label), "Add", "60")).concat();
    let read = item(&old(&[], &choices, &rules));
    let score = |chosen: &[&str]| read.score(&given(&[("RESPONSE", Value::identifiers(chosen))])).unwrap().score();
    assert_eq!((score(&["1"]), score(&["1", "2"]), score(&[])), (60.0, 100.0, 0.0));
}

#[test]
fn a_group_draws_from_a_bank_with_points_for_each() {
    let read = document(
        r#"<questestinterop><assessment ident="q" title="Quiz"><section ident="root_section"><section ident="g" title="Group">
        <selection_ordering><selection><sourcebank_ref>b1</sourcebank_ref><selection_number>3</selection_number>
        <selection_extension><points_per_item>5</points_per_item></selection_extension></selection></selection_ordering>
        </section></section></assessment></questestinterop>"#,
    );
    let sections = read.tests[0].sections();
    let draw = sections[1].selection.as_ref().unwrap();
    assert_eq!((draw.count, draw.bank.as_deref(), draw.points_each), (3, Some("b1"), Some(5.0)));
}
