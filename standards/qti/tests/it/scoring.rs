//! Items of QTI 2 and 3: declarations, templates, rules, variables.

use qti::{Kind, Scoring, Value};

use crate::support::{given, item, modern, score};

const CHOICE: &str = r#"<responseDeclaration identifier="RESPONSE" cardinality="multiple" baseType="identifier">
  <correctResponse><value>a</value><value>c</value></correctResponse>
  <mapping lowerBound="0" upperBound="2" defaultValue="-2"><mapEntry mapKey="a" mappedValue="1"/>
  <mapEntry mapKey="c" mappedValue="1"/><mapEntry mapKey="b" mappedValue="-1"/></mapping></responseDeclaration>"#;
const BODY: &str = r#"<choiceInteraction responseIdentifier="RESPONSE" shuffle="true" maxChoices="0"><prompt>Which?</prompt>
  <simpleChoice identifier="a">Ebb</simpleChoice><simpleChoice identifier="b" fixed="true">Gale</simpleChoice>
  <simpleChoice identifier="c">Flood</simpleChoice></choiceInteraction>"#;

fn by_template(name: &str) -> String {
    format!(r#"<responseProcessing template="http://www.imsglobal.org/question/qti_v2p2/rptemplates/{name}"/>"#)
}

#[test]
fn the_standard_templates_score() {
    let all = item(&modern(CHOICE, BODY, &by_template("match_correct")));
    assert_eq!(all.kind, Kind::MultipleChoice);
    assert_eq!(all.scoring(), Scoring::Rules);
    assert_eq!(score(&all, Value::identifiers(&["c", "a"])), 1.0);
    assert_eq!(score(&all, Value::identifiers(&["a"])), 0.0);
    assert_eq!(score(&all, Value::Null), 0.0);
    let mapped = item(&modern(CHOICE, BODY, &by_template("map_response.xml")));
    for (chosen, expected) in
        [(&["a", "c"][..], 2.0), (&["a"], 1.0), (&["a", "b"], 0.0), (&["b", "x"], 0.0), (&[], 0.0)]
    {
        assert_eq!(score(&mapped, Value::identifiers(chosen)), expected, "{chosen:?}");
    }
    let interaction = &mapped.interactions()[0];
    assert!(interaction.shuffle && interaction.choices[0][1].fixed && interaction.max.is_none());
}

#[test]
fn places_are_scored_by_their_areas() {
    let declared = r#"<responseDeclaration identifier="RESPONSE" cardinality="multiple" baseType="point">
      <areaMapping defaultValue="-1" lowerBound="0"><areaMapEntry shape="circle" coords="10,10,5" mappedValue="2"/>
      <areaMapEntry shape="rect" coords="50,50,60,60" mappedValue="1"/></areaMapping></responseDeclaration>"#;
    let read = item(&modern(declared, "", &by_template("map_response_point")));
    let points = |list: &[(f64, f64)]| Value::Multiple(list.iter().map(|(x, y)| qti::Scalar::Point(*x, *y)).collect());
    assert_eq!(score(&read, points(&[(10.0, 10.0), (55.0, 55.0)])), 3.0);
    assert_eq!(score(&read, points(&[(10.0, 10.0), (11.0, 10.0)])), 2.0, "an area counts once");
    assert_eq!(score(&read, points(&[(10.0, 10.0), (99.0, 99.0)])), 1.0);
    assert_eq!(score(&read, points(&[(99.0, 99.0)])), 0.0);
}

#[test]
fn version_3_is_the_same_question_under_other_names() {
    let old = item(&modern(CHOICE, BODY, &by_template("match_correct")));
    let new = item(
        r#"<qti-assessment-item xmlns="http://www.imsglobal.org/xsd/imsqtiasi_v3p0" identifier="tides" title="Tides"
        adaptive="false" time-dependent="false">
        <qti-response-declaration identifier="RESPONSE" cardinality="multiple" base-type="identifier">
          <qti-correct-response><qti-value>a</qti-value><qti-value>c</qti-value></qti-correct-response>
          <qti-mapping lower-bound="0" upper-bound="2" default-value="-2"><qti-map-entry map-key="a" mapped-value="1"/>
          <qti-map-entry map-key="c" mapped-value="1"/><qti-map-entry map-key="b" mapped-value="-1"/></qti-mapping>
        </qti-response-declaration>
        <qti-outcome-declaration identifier="SCORE" cardinality="single" base-type="float"/>
        <qti-item-body><qti-choice-interaction response-identifier="RESPONSE" shuffle="true" max-choices="0"><qti-prompt>Which?</qti-prompt>
          <qti-simple-choice identifier="a">Ebb</qti-simple-choice><qti-simple-choice identifier="b" fixed="true">Gale</qti-simple-choice>
          <qti-simple-choice identifier="c">Flood</qti-simple-choice></qti-choice-interaction></qti-item-body>
        <qti-response-processing template="https://purl.imsglobal.org/spec/qti/v3p0/rptemplates/match_correct.xml"/>
        </qti-assessment-item>"#,
    );
    assert_eq!(new.version, qti::Version::V3);
    assert_eq!((&old.responses, &old.body, &old.processing), (&new.responses, &new.body, &new.processing));
}

#[test]
fn a_seed_draws_the_same_variables_and_their_key() {
    let declared = r#"<responseDeclaration identifier="RESPONSE" cardinality="single" baseType="integer"/>
      <templateDeclaration identifier="A" cardinality="single" baseType="integer"/>
      <templateProcessing><setTemplateValue identifier="A"><randomInteger min="2" max="20" step="2"/></setTemplateValue>
      <templateConstraint><gt><variable identifier="A"/><baseValue baseType="integer">10</baseValue></gt></templateConstraint>
      <setCorrectResponse identifier="RESPONSE"><sum><variable identifier="A"/><baseValue baseType="integer">1</baseValue></sum></setCorrectResponse>
      </templateProcessing>"#;
    let read = item(&modern(declared, "", &by_template("match_correct")));
    for seed in 0..50 {
        let attempt = read.start(seed).unwrap();
        let drawn = attempt.variables()["A"].number().unwrap();
        assert!(drawn > 10.0 && drawn <= 20.0 && drawn % 2.0 == 0.0, "{drawn}");
        assert_eq!(read.start(seed).unwrap().variables(), attempt.variables());
        assert_eq!(attempt.score(&given(&[("RESPONSE", Value::float(drawn + 1.0))])).unwrap().score(), 1.0);
        assert_eq!(attempt.score(&given(&[("RESPONSE", Value::float(drawn))])).unwrap().score(), 0.0);
    }
}

#[test]
fn a_response_that_is_not_understood_is_refused() {
    let read = item(&modern(CHOICE, BODY, &by_template("match_correct")));
    assert_eq!(read.score(&given(&[("OTHER", Value::Null)])).unwrap_err().code(), "response");
    let single = CHOICE.replace("\"multiple\"", "\"single\"");
    let read = item(&modern(&single, BODY, &by_template("match_correct")));
    assert_eq!(read.score(&given(&[("RESPONSE", Value::identifiers(&["a", "b"]))])).unwrap_err().code(), "response");
}

#[test]
fn scripts_of_the_body_are_left_out_and_said() {
    let read = item(&modern(
        "",
        r#"<p onclick="x()">Tide<script>alert(1)</script><a href=" java
script:x()">a</a></p>"#,
        "",
    ));
    assert_eq!(read.findings.iter().filter(|finding| finding.code == qti::FindingCode::Script).count(), 3);
    assert!(!format!("{:?}", read.body).contains("alert"));
}

#[test]
fn processing_without_a_known_template_is_not_passed_over() {
    let read = item(&modern(CHOICE, BODY, &by_template("my_own")));
    assert!(matches!(read.scoring(), Scoring::Broken(_)));
    assert!(read.findings.iter().any(|finding| finding.severity == qti::Severity::Loss));
}
