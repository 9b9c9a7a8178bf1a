//! Tells what a document is, and has it read.

use crate::assessment::{Document, Test};
use crate::finding::{FindingCode, Findings};
use crate::model::{Item, Version};
use crate::xml::{self, Element};
use crate::{Error, Finding, Limits, Result, read_item, read_test, v1};

impl Document {
    /// Reads one document: an item, a test, a section, or a `questestinterop`. `path` is what errors
    /// name.
    pub fn parse(path: &str, bytes: &[u8], limits: &Limits) -> Result<Self> {
        let xml::Document { root, wrong_encoding } = xml::parse(path, bytes, limits)?;
        let mut document = Self::of(path, &root)?;
        if let Some(encoding) = wrong_encoding {
            let mut findings = Findings::default();
            let message = format!("{path}: the text is not in the encoding {encoding} that it declares");
            findings.warning(FindingCode::WrongEncoding, message);
            document.findings.extend(findings.into_list());
        }
        Ok(document)
    }

    pub(crate) fn of(path: &str, root: &Element) -> Result<Self> {
        let version = version(root);
        let holding = |items: Vec<Item>, tests: Vec<Test>| {
            Ok(Self { version, items, tests, banks: Vec::new(), findings: Vec::<Finding>::new() })
        };
        match root.name.as_str() {
            "assessmentItem" => holding(vec![read_item::item(root, version)], Vec::new()),
            "assessmentTest" => holding(Vec::new(), vec![read_test::test(root, version)]),
            "assessmentSection" => holding(Vec::new(), vec![read_test::lone_section(root, version)]),
            "questestinterop" => Ok(v1::document(root)),
            // Canvas' exporter of question banks leaves the outer element out.
            "assessment" | "objectbank" => {
                let mut outer = Element::new("questestinterop");
                outer.push(root.clone());
                Ok(v1::document(&outer))
            }
            found => Err(Error::NotQti { path: path.to_owned(), found: found.to_owned() }),
        }
    }
}

/// The version by the namespace; a document without one is of 2.1, the most common.
pub(crate) fn version(root: &Element) -> Version {
    let namespace = root.namespace.as_str();
    let has = |part: &str| namespace.contains(part);
    if root.name == "questestinterop" || has("ims_qtiasiv1p") {
        Version::V1
    } else if has("v2p0") {
        Version::V20
    } else if has("v2p2") {
        Version::V22
    } else if has("v3p0") || has("qtiasi_v3") {
        Version::V3
    } else {
        Version::V21
    }
}
