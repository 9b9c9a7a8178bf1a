use proptest::prelude::*;

use super::*;
use crate::answer::Answer;
use crate::question::Kind;
use crate::score::score;

fn kinds(report: &Report) -> Vec<Kind> {
    report.found.iter().map(|found| found.question.kind()).collect()
}

#[test]
fn gift_is_read_kind_by_kind() {
    let file = b"// [tag:hard]\n::Moon:: What makes the tide? {=The moon#Well seen. ~%50%The sun ~The wind}\n\n\
        ::Often:: How often? {=twice =two times}\n\n::G:: g is {#9.81:0.01}\n\n::T:: Tides are slow. {FALSE}\n\n\
        ::M:: Match {=cod -> fish =seal -> mammal}\n\n::E:: Explain. {}\n\n::I:: Read this.\n";
    let report = read(Format::Gift, file);
    assert_eq!(
        kinds(&report),
        [Kind::Single, Kind::Short, Kind::Number, Kind::TrueFalse, Kind::Match, Kind::Essay, Kind::Info]
    );
    let first = &report.found[0];
    assert_eq!((first.title.as_str(), first.tags.as_slice()), ("Moon", &["hard".to_owned()][..]));
    let Task::Single(single) = &first.question.task else { unreachable!() };
    let shares: Vec<String> = single.options.iter().map(|option| option.share.to_string()).collect();
    assert_eq!(
        (shares, single.options[0].feedback.as_str()),
        (vec!["1".to_owned(), "1/2".to_owned(), "0".to_owned()], "Well seen.")
    );
    let earned = score(&report.found[2].question, &Answer::Text("9,815".to_owned())).share;
    assert_eq!(earned, Some(Share::all()));
}

#[test]
fn aiken_is_read_and_faults_are_told() {
    let report = read(Format::Aiken, b"How often?\nA. Once\nB. Twice\nANSWER: B\n\nNo answer\nA. x\nB. y\n");
    assert_eq!(kinds(&report), [Kind::Single]);
    assert_eq!(report.lost(), 1, "{:?}", report.told);
}

#[test]
fn moodle_xml_is_read_and_what_is_foreign_is_refused_by_name() {
    let file = br#"<quiz>
      <question type="multichoice"><name><text>Moon</text></name><questiontext format="html"><text><![CDATA[<p>What <b>makes</b> it?</p>]]></text></questiontext>
        <single>false</single><shuffleanswers>1</shuffleanswers>
        <answer fraction="50"><text>Moon</text></answer><answer fraction="50"><text>Sun</text></answer><answer fraction="-100"><text>Wind</text></answer></question>
      <question type="cloze"><name><text>Cloze</text></name><questiontext format="html"><text>Twice is {2:SHORTANSWER:=two~%50%2} and g {1:NUMERICAL:=9.8:0.1} by {1:MULTICHOICE:=moon~sun}.</text></questiontext></question>
      <question type="gapselect"><name><text>Select</text></name><questiontext format="html"><text>High [[2]] low</text></questiontext>
        <selectoption><text>or</text><group>1</group></selectoption><selectoption><text>and</text><group>1</group></selectoption></question>
      <question type="coderunner"><name><text>Code</text></name><questiontext><text>Write it</text></questiontext></question></quiz>"#;
    let report = read(Format::Moodle, file);
    assert_eq!(kinds(&report), [Kind::Multiple, Kind::Gaps, Kind::Gaps], "{:?}", report.told);
    assert_eq!(report.found[0].question.text, "What **makes** it?");
    let Task::Gaps(cloze) = &report.found[1].question.task else { unreachable!() };
    assert_eq!(cloze.gaps.iter().map(|gap| gap.weight).collect::<Vec<_>>(), [2, 1, 1]);
    assert!(report.found[1].question.text.contains("{{1}} and g {{2}} by {{3}}"), "{}", report.found[1].question.text);
    let answer = Answer::Gaps([(1, "2".to_owned())].into());
    assert_eq!(score(&report.found[2].question, &answer).share, Some(Share::all()));
    let refused: Vec<&Told> = report.told.iter().filter(|told| told.is_lost).collect();
    assert_eq!((refused[0].why, refused[0].detail.as_str()), (Why::Kind, "coderunner: Code"));
}

#[test]
fn qti_of_two_generations_is_read() {
    let item = br#"<assessmentItem xmlns="http://www.imsglobal.org/xsd/imsqti_v2p1" identifier="q1" title="Moon" adaptive="false" timeDependent="false">
      <responseDeclaration identifier="RESPONSE" cardinality="single" baseType="identifier"><correctResponse><value>A</value></correctResponse></responseDeclaration>
      <outcomeDeclaration identifier="SCORE" cardinality="single" baseType="float"/>
      <itemBody><p>What makes the tide?</p><choiceInteraction responseIdentifier="RESPONSE" shuffle="true" maxChoices="1">
      <simpleChoice identifier="A">The moon</simpleChoice><simpleChoice identifier="B">The wind</simpleChoice></choiceInteraction></itemBody>
      <responseProcessing template="http://www.imsglobal.org/question/qti_v2p1/rptemplates/match_correct"/></assessmentItem>"#;
    let report = read(Format::Qti, item);
    assert_eq!(kinds(&report), [Kind::Single], "{:?}", report.told);
    assert!(report.found[0].question.text.contains("What makes the tide?"));
    assert_eq!(score(&report.found[0].question, &Answer::Chosen(vec![1])).share, Some(Share::all()));
    assert_eq!(score(&report.found[0].question, &Answer::Chosen(vec![2])).share, Some(Share::none()));
    let old = br#"<questestinterop><item ident="q2" title="Wind"><presentation><material><mattext>Is it wind?</mattext></material>
      <response_lid ident="r" rcardinality="Single"><render_choice><response_label ident="1"><material><mattext>Yes</mattext></material></response_label>
      <response_label ident="2"><material><mattext>No</mattext></material></response_label></render_choice></response_lid></presentation>
      <resprocessing><outcomes><decvar varname="SCORE" maxvalue="100"/></outcomes><respcondition><conditionvar><varequal respident="r">2</varequal></conditionvar>
      <setvar varname="SCORE" action="Set">100</setvar></respcondition></resprocessing></item></questestinterop>"#;
    let report = read(Format::Qti, old);
    assert_eq!(report.found.len(), 1, "{:?}", report.told);
    assert_eq!(score(&report.found[0].question, &Answer::Chosen(vec![2])).share, Some(Share::all()));
}

#[test]
fn the_format_is_guessed_and_nonsense_is_told() {
    assert_eq!(guess("x.txt", b"A?\nA. x\nB. y\nANSWER: A\n"), Format::Aiken);
    assert_eq!(guess("x.gift", b"::A:: b {=c}"), Format::Gift);
    assert_eq!(guess("x.xml", b"<?xml version='1.0'?><quiz>"), Format::Moodle);
    assert_eq!(guess("x.xml", b"<assessmentItem>"), Format::Qti);
    assert_eq!(guess("x.zip", b"PK\x03\x04"), Format::Qti);
    for format in [Format::Moodle, Format::Qti] {
        assert_eq!(read(format, b"<nonsense").told[0].why, Why::Unreadable);
    }
    assert_eq!(read(Format::Qti, b"PK\x03\x04broken").told[0].why, Why::Unreadable);
}

proptest! {
    #[test]
    fn no_file_breaks_the_reader(bytes in proptest::collection::vec(any::<u8>(), 0..300), text in "([A-D][.)] \\PC{0,9}\n|ANSWER: [A-D]\n|::\\PC{0,5}::|\\{[=~#%0-9a-z:.]{0,12}\\}\n|<[a-z/]{0,9}>){0,12}") {
        for format in Format::ALL {
            let _ = read(*format, &bytes);
            for found in read(*format, text.as_bytes()).found {
                prop_assert!(sound(&found.question).is_ok());
            }
        }
        let _ = guess("x", &bytes);
    }
}
