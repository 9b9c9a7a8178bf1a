//! Every operator against a table of results worked out by hand from its definition.

use qti::Value;

use crate::support::{given, item, modern};

/// The value that an expression, written in QTI 2, sets the outcome to.
fn value(base: &str, expression: &str) -> Result<Value, qti::Error> {
    let declarations = format!(
        r#"<responseDeclaration identifier="RESPONSE" cardinality="multiple" baseType="identifier"/>
        <outcomeDeclaration identifier="X" cardinality="single" baseType="{base}"/>"#
    );
    let rules = format!(
        r#"<responseProcessing><setOutcomeValue identifier="X">{expression}</setOutcomeValue></responseProcessing>"#
    );
    let item = item(&modern(&declarations, "", &rules));
    Ok(item.score(&given(&[]))?.get("X").clone())
}

fn number(text: &str) -> String {
    let base = if text.contains('.') { "float" } else { "integer" };
    format!(r#"<baseValue baseType="{base}">{text}</baseValue>"#)
}

fn truth(value: bool) -> String {
    format!(r#"<baseValue baseType="boolean">{value}</baseValue>"#)
}

#[test]
fn numbers_come_out_as_worked_out_by_hand() {
    let apply = |name: &str, settings: &str, operands: &[&str]| {
        let operands: String = operands.iter().map(|text| number(text)).collect();
        format!("<{name} {settings}>{operands}</{name}>")
    };
    let table: &[(String, Option<f64>)] = &[
        (apply("sum", "", &["1", "2.5", "3"]), Some(6.5)),
        (apply("product", "", &["2", "2.5"]), Some(5.0)),
        (apply("subtract", "", &["2", "5"]), Some(-3.0)),
        (apply("divide", "", &["1", "4"]), Some(0.25)),
        (apply("divide", "", &["0", "0"]), None),
        (apply("power", "", &["2", "10"]), Some(1024.0)),
        (apply("integerDivide", "", &["-5", "2"]), Some(-3.0)),
        (apply("integerModulus", "", &["-5", "2"]), Some(1.0)),
        (apply("integerModulus", "", &["5", "0"]), None),
        (apply("truncate", "", &["-6.8"]), Some(-6.0)),
        (apply("round", "", &["6.5"]), Some(7.0)),
        (apply("round", "", &["-6.5"]), Some(-6.0)),
        (apply("roundTo", r#"roundingMode="significantFigures" figures="3""#, &["1239451.0"]), Some(1_240_000.0)),
        (apply("roundTo", r#"roundingMode="decimalPlaces" figures="2""#, &["1.005"]), Some(1.01)),
        (apply("max", "", &["1", "7.5", "3"]), Some(7.5)),
        (apply("min", "", &["1", "7.5", "-3"]), Some(-3.0)),
        (apply("gcd", "", &["12", "18", "27"]), Some(3.0)),
        (apply("lcm", "", &["4", "6"]), Some(12.0)),
        (apply("mathOperator", r#"name="floor""#, &["-1.5"]), Some(-2.0)),
        (apply("mathOperator", r#"name="log""#, &["1000"]), Some(3.0)),
        (apply("mathOperator", r#"name="ln""#, &["-1"]), None),
        (apply("mathOperator", r#"name="atan2""#, &["0", "1"]), Some(0.0)),
        ("<containerSize><null/></containerSize>".to_owned(), Some(0.0)),
        (format!("<containerSize><multiple>{}{}</multiple></containerSize>", number("1"), number("1")), Some(2.0)),
        (format!(r#"<index n="2"><ordered>{}{}</ordered></index>"#, number("4"), number("9")), Some(9.0)),
        (format!(r#"<index n="3"><ordered>{}{}</ordered></index>"#, number("4"), number("9")), None),
        (format!(r#"<sum><repeat numberRepeats="4">{}</repeat></sum>"#, number("3")), Some(12.0)),
        (
            format!(
                r#"<statsOperator name="popVariance"><multiple>{}{}{}</multiple></statsOperator>"#,
                number("1"),
                number("2"),
                number("3")
            ),
            Some(2.0 / 3.0),
        ),
        (
            format!(
                r#"<statsOperator name="sampleSD"><multiple>{}{}{}</multiple></statsOperator>"#,
                number("1"),
                number("2"),
                number("3")
            ),
            Some(1.0),
        ),
        (format!("<sum>{}<null/></sum>", number("1")), None),
    ];
    for (expression, expected) in table {
        let found = value("float", expression).unwrap().number();
        let same = match (found, expected) {
            (Some(a), Some(b)) => (a - b).abs() < 1e-9,
            (a, b) => a.is_none() && b.is_none(),
        };
        assert!(same, "{expression}: {found:?} instead of {expected:?}");
    }
}

#[test]
fn truth_has_three_values() {
    let (yes, no, unknown) = (truth(true), truth(false), "<null/>".to_owned());
    let apply = |name: &str, settings: &str, operands: &[&String]| {
        let operands: String = operands.iter().map(|text| text.as_str()).collect();
        format!("<{name} {settings}>{operands}</{name}>")
    };
    let table = [
        (apply("and", "", &[&yes, &yes]), Some(true)),
        (apply("and", "", &[&yes, &unknown]), None),
        (apply("and", "", &[&no, &unknown]), Some(false)),
        (apply("or", "", &[&no, &unknown]), None),
        (apply("or", "", &[&yes, &unknown]), Some(true)),
        (apply("not", "", &[&unknown]), None),
        (apply("not", "", &[&no]), Some(true)),
        (apply("anyN", r#"min="1" max="2""#, &[&yes, &yes, &yes]), Some(false)),
        (apply("anyN", r#"min="1" max="2""#, &[&yes, &no, &unknown]), Some(true)),
        (apply("anyN", r#"min="2" max="2""#, &[&yes, &no, &unknown]), None),
    ];
    for (expression, expected) in table {
        assert_eq!(value("boolean", &expression).unwrap().truth(), expected, "{expression}");
    }
}

#[test]
fn comparisons_and_texts_come_out_as_defined() {
    let text = |text: &str| format!(r#"<baseValue baseType="string">{text}</baseValue>"#);
    let two = |name: &str, settings: &str, a: String, b: String| format!("<{name} {settings}>{a}{b}</{name}>");
    let list = |kind: &str, numbers: &[&str]| {
        let numbers: String = numbers.iter().map(|text| number(text)).collect();
        format!("<{kind}>{numbers}</{kind}>")
    };
    let table = [
        (two("equal", r#"toleranceMode="absolute" tolerance="0.5 1""#, number("10"), number("9.5")), true),
        (two("equal", r#"toleranceMode="absolute" tolerance="0.5 1""#, number("10"), number("11.1")), false),
        (
            two(
                "equal",
                r#"toleranceMode="absolute" tolerance="0.5 1" includeLowerBound="false""#,
                number("10"),
                number("9.5"),
            ),
            false,
        ),
        (two("equal", r#"toleranceMode="relative" tolerance="10""#, number("100"), number("110")), true),
        (two("equal", r#"toleranceMode="relative" tolerance="10""#, number("-100"), number("-110")), true),
        (two("equal", r#"toleranceMode="exact""#, number("0.1"), number("0.2")), false),
        (
            two("equalRounded", r#"roundingMode="significantFigures" figures="3""#, number("3.175"), number("3.183")),
            true,
        ),
        (
            two("equalRounded", r#"roundingMode="significantFigures" figures="3""#, number("3.175"), number("3.1749")),
            false,
        ),
        (two("stringMatch", r#"caseSensitive="false""#, text("Ebb"), text("eBB")), true),
        (two("stringMatch", r#"caseSensitive="true""#, text("Ebb"), text("ebb")), false),
        (two("substring", r#"caseSensitive="true""#, text("bb"), text("Ebb tide")), true),
        (format!(r#"<patternMatch pattern="[a-c]+">{}</patternMatch>"#, text("abcd")), false),
        (format!(r#"<patternMatch pattern="[a-d]+">{}</patternMatch>"#, text("abcd")), true),
        (two("match", "", list("multiple", &["1", "2"]), list("multiple", &["2", "1"])), true),
        (two("match", "", list("multiple", &["1", "1"]), list("multiple", &["1"])), false),
        (two("match", "", list("ordered", &["1", "2"]), list("ordered", &["2", "1"])), false),
        (two("contains", "", list("ordered", &["1", "2", "3"]), list("ordered", &["2", "3"])), true),
        (two("contains", "", list("ordered", &["1", "2", "3"]), list("ordered", &["1", "3"])), false),
        (two("contains", "", list("multiple", &["1", "2"]), list("multiple", &["2", "2"])), false),
        (two("member", "", number("2"), list("multiple", &["1", "2"])), true),
        (
            two(
                "match",
                "",
                list("multiple", &["1"]),
                format!("<delete>{}{}</delete>", number("2"), list("multiple", &["1", "2"])),
            ),
            true,
        ),
        (two("durationLT", "", number("2"), number("3")), true),
        (two("gte", "", number("3"), number("3")), true),
        (
            r#"<inside shape="circle" coords="10,10,5"><baseValue baseType="point">13 14</baseValue></inside>"#
                .to_owned(),
            true,
        ),
        ("<isNull><baseValue baseType=\"string\"></baseValue></isNull>".to_owned(), true),
    ];
    for (expression, expected) in table {
        assert_eq!(value("boolean", &expression).unwrap().truth(), Some(expected), "{expression}");
    }
}

#[test]
fn what_an_operator_does_not_take_is_an_error_and_never_a_score() {
    for expression in [
        "<not><baseValue baseType=\"string\">a</baseValue></not>",
        "<numberCorrect/>",
        "<customOperator class=\"org.example.dice\"/>",
        "<patternMatch pattern=\"(\"><baseValue baseType=\"string\">a</baseValue></patternMatch>",
        "<sum/>",
    ] {
        let error = value("float", expression).unwrap_err();
        assert_eq!(error.code(), "scoring", "{expression}: {error}");
    }
}

#[test]
fn a_scoring_without_end_is_stopped() {
    let inner = r#"<repeat numberRepeats="100000"><sum><repeat numberRepeats="100000"><baseValue baseType="integer">1</baseValue></repeat></sum></repeat>"#;
    let error = value("float", &format!("<sum>{inner}</sum>")).unwrap_err();
    assert!(matches!(error.code(), "limit" | "scoring"), "{error}");
}
