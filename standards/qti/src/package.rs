//! Packages: a zip archive or the files of a folder, with an `imsmanifest.xml` that names what is in
//! them (IMS Content Packaging 1.1 to 1.2).

use std::collections::BTreeMap;
use std::io::{Cursor, Read};

use crate::assessment::{Document, Test};
use crate::finding::{FindingCode, Findings};
use crate::model::Item;
use crate::xml::{self, Element};
use crate::{Error, Finding, LimitKind, Limits, Result, canvas, document};

/// The name of the manifest.
pub const MANIFEST: &str = "imsmanifest.xml";

/// A package that has been read.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Package {
    /// The identifier of the manifest.
    pub identifier: String,
    /// Its questions, with the path of the file that each stands in.
    pub items: Vec<(String, Item)>,
    /// Its tests, with the path of the file that each stands in.
    pub tests: Vec<(String, Test)>,
    /// Its banks.
    pub banks: Vec<crate::Bank>,
    /// Its other files: images, sounds, style sheets.
    pub files: BTreeMap<String, Vec<u8>>,
    /// What the reader noticed about the package.
    pub findings: Vec<Finding>,
    /// Files that hold questions and are refused: path and reason.
    pub refused: Vec<(String, String)>,
}

/// Expanded bytes of an archive over its own bytes, above which it is a bomb.
const RATIO_MAX: u64 = 200;
/// Small text shrinks a lot: below this the ratio is not looked at.
const RATIO_FLOOR: u64 = 32 << 20;

/// The files of a zip archive.
pub fn unzip(bytes: &[u8], limits: &Limits) -> Result<BTreeMap<String, Vec<u8>>> {
    let damaged = |error: zip::result::ZipError| Error::Damaged(error.to_string());
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(damaged)?;
    let over = |kind, limit: u64, found: u64| Error::Limit { kind, limit, found, path: None };
    if archive.len() > limits.entries {
        return Err(over(LimitKind::Entries, limits.entries as u64, archive.len() as u64));
    }
    if archive.has_overlapping_files().map_err(damaged)? {
        let message = "entries share their packed bytes, as those of a zip bomb do".to_owned();
        return Err(Error::Damaged(message));
    }
    let shrunk = (bytes.len() as u64).saturating_mul(RATIO_MAX).max(RATIO_FLOOR);
    let most = limits.expanded_bytes.min(shrunk);
    let mut total = 0u64;
    let mut files = BTreeMap::new();
    for index in 0..archive.len() {
        let entry = archive.by_index(index).map_err(damaged)?;
        let name = entry.name().map_err(damaged)?.replace('\\', "/");
        if entry.is_dir() || name.ends_with('/') || entry.is_symlink() {
            continue;
        }
        let path = safe_path(&name)?;
        // What the table of contents says of sizes is not believed: reading stops at the limit.
        let mut content = Vec::new();
        let left = most - total;
        entry.take(left + 1).read_to_end(&mut content).map_err(|error| Error::Damaged(format!("{path}: {error}")))?;
        if content.len() as u64 > left {
            return Err(over(LimitKind::ExpandedBytes, most, total + content.len() as u64));
        }
        total += content.len() as u64;
        files.insert(path, content);
    }
    Ok(files)
}

/// A path inside a package, without `.`, with `..` taken where it stays inside.
fn safe_path(name: &str) -> Result<String> {
    let mut parts: Vec<&str> = Vec::new();
    for part in name.split(['/', '\\']) {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop().ok_or_else(|| Error::PathTraversal(name.to_owned()))?;
            }
            part => parts.push(part),
        }
    }
    Ok(parts.join("/"))
}

impl Package {
    /// Reads a zip archive.
    pub fn parse(bytes: &[u8], limits: &Limits) -> Result<Self> {
        Self::of_files(unzip(bytes, limits)?, limits)
    }

    /// Reads the files of a folder, by path. The manifest stands at the root or in the only top
    /// folder. A file that cannot be read is named in [`Package::refused`]; the others are read.
    pub fn of_files(files: BTreeMap<String, Vec<u8>>, limits: &Limits) -> Result<Self> {
        let manifests =
            files.keys().filter(|path| path.rsplit('/').next().is_some_and(|name| name.eq_ignore_ascii_case(MANIFEST)));
        let manifest = manifests.min_by_key(|path| path.matches('/').count()).cloned().ok_or(Error::NoManifest)?;
        let folder = manifest.rsplit_once('/').map(|(folder, _)| format!("{folder}/")).unwrap_or_default();
        let root = xml::parse(&manifest, &files[&manifest], limits)?.root;
        if root.name != "manifest" {
            return Err(Error::NotQti { path: manifest, found: root.name });
        }
        let mut reader =
            Reader { package: Self::default(), findings: Findings::default(), files, limits, read: Vec::new() };
        reader.package.identifier = root.attribute_or_empty("identifier");
        reader.read.push(manifest);
        for resource in root.descendants().into_iter().filter(|element| element.name == "resource") {
            reader.resource(resource, &folder);
        }
        Ok(reader.finish())
    }
}

struct Reader<'l> {
    package: Package,
    findings: Findings,
    files: BTreeMap<String, Vec<u8>>,
    limits: &'l Limits,
    /// Paths that have been read as documents.
    read: Vec<String>,
}

impl Reader<'_> {
    fn resource(&mut self, resource: &Element, folder: &str) {
        let kind = resource.attribute_or_empty("type").to_ascii_lowercase();
        let base = resource.attribute_or_empty("base");
        let mut paths: Vec<String> = resource.attribute("href").into_iter().map(str::to_owned).collect();
        paths.extend(resource.all("file").filter_map(|file| file.attribute("href")).map(str::to_owned));
        paths.dedup();
        for (at, href) in paths.iter().enumerate() {
            if href.is_empty() || href.contains("://") {
                continue;
            }
            let Ok(path) = safe_path(&format!("{folder}{base}{}", decoded(href))) else {
                let message = format!("the path {href:?} leads out of the package and was left out");
                self.findings.loss(FindingCode::MissingFile, message);
                continue;
            };
            let Some(path) = self.found(&path) else {
                self.findings.loss(FindingCode::MissingFile, format!("the file {path:?} is missing"));
                continue;
            };
            let questions =
                kind.contains("imsqti") && at == 0 || kind.contains("qti") || kind.contains("associatedcontent");
            let extension = path.rsplit_once('.').map(|(_, extension)| extension.to_ascii_lowercase());
            if questions && matches!(extension.as_deref(), Some("xml" | "qti")) && !self.read.contains(&path) {
                self.document(&path, at == 0 && kind.contains("qti"));
            }
        }
    }

    /// The path of a file, whatever its case.
    fn found(&self, path: &str) -> Option<String> {
        if self.files.contains_key(path) {
            return Some(path.to_owned());
        }
        self.files.keys().find(|other| other.eq_ignore_ascii_case(path)).cloned()
    }

    /// Reads a file; one that ought to hold questions and does not is refused.
    fn document(&mut self, path: &str, questions: bool) {
        self.read.push(path.to_owned());
        let parsed = xml::parse(path, &self.files[path], self.limits);
        let read = parsed.and_then(|xml| {
            if xml.root.name == "quiz" {
                self.settings(&xml.root);
                return Ok(None);
            }
            let ignored = matches!(xml.root.name.as_str(), "responseProcessing" | "assessmentStimulus" | "usageData");
            if ignored
                || (!questions
                    && document::version(&xml.root) == crate::Version::V21
                    && !xml.root.name.starts_with("assessment"))
            {
                return Ok(None);
            }
            Document::of(path, &xml.root).map(Some)
        });
        match read {
            Ok(Some(document)) => {
                self.package.items.extend(document.items.into_iter().map(|item| (path.to_owned(), item)));
                self.package.tests.extend(document.tests.into_iter().map(|test| (path.to_owned(), test)));
                self.package.banks.extend(document.banks);
                self.package.findings.extend(document.findings);
            }
            Ok(None) => {
                self.read.pop();
            }
            Err(error) => self.package.refused.push((path.to_owned(), error.to_string())),
        }
    }

    /// Canvas' settings of a quiz go to the test of the same identifier.
    fn settings(&mut self, root: &Element) {
        let identifier = root.attribute_or_empty("identifier");
        let settings = canvas::quiz_settings(root);
        let mut tests = self.package.tests.iter_mut();
        if let Some((_, test)) = tests.find(|(_, test)| test.identifier == identifier) {
            test.metadata.extend(settings);
        } else {
            self.findings
                .note(FindingCode::DanglingReference, format!("the settings of {identifier:?} belong to no test"));
        }
    }

    fn finish(mut self) -> Package {
        // Canvas keeps the settings beside the quiz, in a resource of their own that names no type
        // of questions: they are looked for by name.
        let metas: Vec<String> =
            self.files.keys().filter(|path| path.ends_with("assessment_meta.xml")).cloned().collect();
        for path in metas {
            if let Ok(xml) = xml::parse(&path, &self.files[&path], self.limits) {
                let identifier = xml.root.attribute_or_empty("identifier");
                let unset = |test: &Test| {
                    test.identifier == identifier && !test.metadata.iter().any(|(name, _)| name == "quiz_type")
                };
                if self.package.tests.iter().any(|(_, test)| unset(test)) {
                    self.settings(&xml.root);
                }
                self.read.push(path);
            }
        }
        self.dangling();
        self.files.retain(|path, _| !self.read.contains(path));
        self.package.files = self.files;
        self.package.findings.extend(self.findings.into_list());
        self.package
    }

    /// References of tests to files that are not there.
    fn dangling(&mut self) {
        for (path, test) in &self.package.tests {
            let folder = path.rsplit_once('/').map(|(folder, _)| format!("{folder}/")).unwrap_or_default();
            for reference in test.references().into_iter().filter(|reference| !reference.href.is_empty()) {
                let target = safe_path(&format!("{folder}{}", decoded(&reference.href)));
                let there =
                    target.as_ref().is_ok_and(|target| self.files.keys().any(|path| path.eq_ignore_ascii_case(target)));
                if !there {
                    let message =
                        format!("the test {:?} names the file {:?}, which is missing", test.identifier, reference.href);
                    self.findings.loss(FindingCode::MissingFile, message);
                }
            }
        }
    }
}

/// `%20` and its kin as what they mean; what is no such code stays.
fn decoded(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let code = text.get(at + 1..at + 3).filter(|_| bytes[at] == b'%');
        match code.and_then(|code| u8::from_str_radix(code, 16).ok()) {
            Some(byte) => {
                out.push(byte);
                at += 3;
            }
            None => {
                out.push(bytes[at]);
                at += 1;
            }
        }
    }
    String::from_utf8(out).unwrap_or_else(|_| text.to_owned())
}
