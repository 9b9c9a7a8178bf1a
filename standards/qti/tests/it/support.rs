//! Documents built for tests, and the folder of real ones.

use std::path::PathBuf;

use qti::{Document, Item, Limits, Responses, Value};

pub(crate) fn document(xml: &str) -> Document {
    Document::parse("test.xml", xml.as_bytes(), &Limits::default()).unwrap()
}

pub(crate) fn item(xml: &str) -> Item {
    document(xml).items.into_iter().next().unwrap()
}

pub(crate) fn given(answers: &[(&str, Value)]) -> Responses {
    answers.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect()
}

/// The score of one response called RESPONSE.
pub(crate) fn score(item: &Item, value: Value) -> f64 {
    item.score(&given(&[("RESPONSE", value)])).unwrap().score()
}

/// An item of QTI 2.2 with these declarations, this body and this processing.
pub(crate) fn modern(declarations: &str, body: &str, processing: &str) -> String {
    format!(
        r#"<assessmentItem xmlns="http://www.imsglobal.org/xsd/imsqti_v2p2" identifier="tides" title="Tides"
  adaptive="false" timeDependent="false">{declarations}
  <outcomeDeclaration identifier="SCORE" cardinality="single" baseType="float"/>
  <itemBody>{body}</itemBody>{processing}</assessmentItem>"#
    )
}

/// A quiz of QTI 1.2 with one item.
pub(crate) fn old(metadata: &[(&str, &str)], presentation: &str, processing: &str) -> String {
    let fields = metadata.iter().map(|(label, entry)| {
        format!("<qtimetadatafield><fieldlabel>{label}</fieldlabel><fieldentry>{entry}</fieldentry></qtimetadatafield>")
    });
    let fields: String = fields.collect();
    format!(
        r#"<questestinterop xmlns="http://www.imsglobal.org/xsd/ims_qtiasiv1p2"><item ident="tides" title="Tides">
  <itemmetadata><qtimetadata>{fields}</qtimetadata></itemmetadata>
  <presentation>{presentation}</presentation>
  <resprocessing><outcomes><decvar maxvalue="100" minvalue="0" varname="SCORE" vartype="Decimal"/></outcomes>
  {processing}</resprocessing></item></questestinterop>"#
    )
}

/// The folder of real files, or `None`, said aloud, where it is absent.
pub(crate) fn fixtures() -> Option<PathBuf> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/fixtures");
    if !folder.is_dir() {
        eprintln!("skipped: the folder of fixtures is not here: {}", folder.display());
        return None;
    }
    Some(folder)
}
