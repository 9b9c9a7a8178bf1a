//! Packages built in memory, and the folder of real ones.

use std::io::{Cursor, Write};
use std::path::PathBuf;

use cartridge::{Cartridge, Error, Limits, Package, Resource};
use zip::write::SimpleFileOptions;

pub(crate) type Memory = Package<Cursor<Vec<u8>>>;

/// A zip archive of these entries; a name that ends in `/` is a folder.
pub(crate) fn archive(entries: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in entries {
        if name.ends_with('/') {
            zip.add_directory(*name, SimpleFileOptions::default()).unwrap();
        } else {
            zip.start_file(*name, SimpleFileOptions::default()).unwrap();
            zip.write_all(bytes).unwrap();
        }
    }
    zip.finish().unwrap().into_inner()
}

/// The manifest of a Common Cartridge 1.3 with this outline and these resources.
pub(crate) fn manifest(items: &str, resources: &str) -> String {
    format!(
        r#"<?xml version="1.0" encoding="UTF-8"?>
<manifest identifier="m1" xmlns="http://www.imsglobal.org/xsd/imsccv1p3/imscp_v1p1"
    xmlns:lomimscc="http://ltsc.ieee.org/xsd/imsccv1p3/LOM/manifest">
  <metadata><schema>IMS Common Cartridge</schema><schemaversion>1.3.0</schemaversion>
    <lomimscc:lom><lomimscc:general>
      <lomimscc:title><lomimscc:string language="en">Tides</lomimscc:string></lomimscc:title>
    </lomimscc:general></lomimscc:lom>
  </metadata>
  <organizations><organization identifier="o1" structure="rooted-hierarchy"><item identifier="root">
    {items}
  </item></organization></organizations>
  <resources>{resources}</resources>
</manifest>"#
    )
}

pub(crate) fn open(bytes: Vec<u8>) -> Result<Memory, Error> {
    Package::from_bytes(bytes, &Limits::default())
}

/// Opens and reads; both may refuse.
pub(crate) fn read(bytes: Vec<u8>) -> Result<Cartridge, Error> {
    open(bytes)?.cartridge()
}

/// A package of a manifest and files.
pub(crate) fn package(items: &str, resources: &str, files: &[(&str, &[u8])]) -> Vec<u8> {
    let manifest = manifest(items, resources);
    let mut entries = vec![("imsmanifest.xml", manifest.as_bytes())];
    entries.extend_from_slice(files);
    archive(&entries)
}

pub(crate) fn resource<'c>(course: &'c Cartridge, identifier: &str) -> &'c Resource {
    course.resource(identifier).unwrap_or_else(|| panic!("no resource {identifier}"))
}

/// The codes of all findings, sorted.
pub(crate) fn codes(course: &Cartridge) -> Vec<&'static str> {
    let mut codes: Vec<_> = course.findings.iter().map(|finding| finding.code.as_str()).collect();
    codes.sort_unstable();
    codes
}

/// The folder of real packages, or `None`, said aloud, where it is absent.
pub(crate) fn fixtures() -> Option<PathBuf> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/fixtures");
    if !folder.is_dir() {
        eprintln!("skipped: the folder of fixtures is not here: {}", folder.display());
        return None;
    }
    Some(folder)
}
