//! Input that wants to break the reader: each is refused by name, none panics.

use std::io::{Cursor, Write};

use proptest::prelude::*;
use qti::{Document, Error, Limits, Package};

use crate::support::{modern, old};

fn refused(xml: &[u8]) -> Error {
    Document::parse("bad.xml", xml, &Limits::default()).unwrap_err()
}

fn archive(entries: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in entries {
        zip.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

#[test]
fn broken_documents_are_refused_by_name() {
    let whole = modern("", "<p>Tide</p>", "");
    assert_eq!(refused(&whole.as_bytes()[..whole.len() - 20]).code(), "malformed-xml");
    assert_eq!(
        refused(b"<!DOCTYPE a [<!ENTITY b \"cccc\">]><assessmentItem>&b;</assessmentItem>").code(),
        "entity-declaration"
    );
    assert_eq!(refused(b"<html/>").code(), "not-qti");
    assert_eq!(refused(b"").code(), "malformed-xml");
    assert_eq!(refused(b"<?xml version='1.0' encoding='klingon'?><assessmentItem a='\xe9'/>").code(), "wrong-encoding");
    let deep = "<div>".repeat(5000) + &"</div>".repeat(5000);
    assert_eq!(refused(modern("", &deep, "").as_bytes()).code(), "limit");
    let error = refused(b"<assessmentItem>\n<itemBody></p></assessmentItem>").to_string();
    assert!(error.starts_with("bad.xml, line 2"), "{error}");
}

#[test]
fn packages_are_held_to_their_limits() {
    let limits = Limits::default();
    let read = |bytes: &[u8]| Package::parse(bytes, &limits).unwrap_err().code();
    let bomb = vec![b' '; 40 << 20];
    assert_eq!(read(&archive(&[("imsmanifest.xml", &bomb)])), "limit");
    assert_eq!(read(&archive(&[("item.xml", b"<assessmentItem/>")])), "no-manifest");
    assert_eq!(read(&archive(&[("imsmanifest.xml", b"<html/>")])), "not-qti");
    assert_eq!(read(&archive(&[("../imsmanifest.xml", b"<manifest/>")])), "path-traversal");
    let whole = archive(&[("imsmanifest.xml", b"<manifest/>")]);
    assert_eq!(read(&whole[..whole.len() - 30]), "damaged");
    assert_eq!(read(b"PK\x03\x04 nothing"), "damaged");
}

#[test]
fn a_package_names_what_it_misses_and_refuses_and_reads_the_rest() {
    let manifest = br#"<manifest identifier="m"><resources>
      <resource identifier="a" type="imsqti_item_xmlv2p2" href="a.xml"><file href="a.xml"/></resource>
      <resource identifier="b" type="imsqti_item_xmlv2p2" href="b.xml"/>
      <resource identifier="c" type="imsqti_item_xmlv2p2" href="c.xml"/>
      <resource identifier="d" type="imsqti_item_xmlv2p2" href="../../d.xml"/></resources></manifest>"#;
    let item = modern("", "<p>Tide</p>", "");
    let package = Package::parse(
        &archive(&[("imsmanifest.xml", manifest), ("a.xml", item.as_bytes()), ("b.xml", b"<assessmentItem>")]),
        &Limits::default(),
    );
    let package = package.unwrap();
    assert_eq!(package.items.len(), 1);
    assert!(package.refused[0].1.contains("b.xml"));
    let lost: Vec<&str> = package.findings.iter().map(|finding| finding.message.as_str()).collect();
    assert_eq!(
        lost,
        ["the file \"c.xml\" is missing", "the path \"../../d.xml\" leads out of the package and was left out"]
    );
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]

    #[test]
    fn no_damage_makes_reading_or_scoring_panic(at in 0usize..2000, byte in any::<u8>(), cut in any::<bool>(), which in any::<bool>()) {
        let rule = r#"<respcondition><conditionvar><and><varequal respident="R">a</varequal></and></conditionvar>
          <setvar action="Add" varname="SCORE">50</setvar><displayfeedback linkrefid="f"/></respcondition>"#;
        let field = r#"<response_lid ident="R" rcardinality="Multiple"><render_choice><response_label ident="a"/></render_choice></response_lid>"#;
        let declared = r#"<responseDeclaration identifier="R" cardinality="ordered" baseType="pair"><mapping defaultValue="0">
          <mapEntry mapKey="a b" mappedValue="1"/></mapping></responseDeclaration>"#;
        let rules = r#"<responseProcessing><setOutcomeValue identifier="SCORE"><index n="1"><ordered><mapResponse identifier="R"/></ordered></index></setOutcomeValue></responseProcessing>"#;
        let xml = if which { old(&[], field, rule) } else { modern(declared, "<p/>", rules) };
        let mut bytes = xml.into_bytes();
        let at = at % bytes.len();
        if cut { bytes.truncate(at) } else { bytes[at] = byte }
        if let Ok(document) = Document::parse("bad.xml", &bytes, &Limits::default()) {
            for item in &document.items {
                let _ = item.scoring();
                let _ = item.maximum();
            }
        }
    }
}
