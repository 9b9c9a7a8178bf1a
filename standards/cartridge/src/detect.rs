//! Telling what a package is, so that a refusal can name it.

use std::fmt;

use crate::path;
use crate::xml::Node;

/// The formats that a reader can tell apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Format {
    /// IMS Common Cartridge 1.0 to 1.3, thin cartridges included.
    CommonCartridge(Version),
    /// A Common Cartridge with the course settings that Canvas adds.
    Canvas(Version),
    /// An IMS content package 1.1.x.
    ContentPackage,
    /// SCORM 1.1.
    Scorm11,
    /// SCORM 1.2.
    Scorm12,
    /// SCORM 2004, any edition.
    Scorm2004,
    /// A package of QTI questions or tests without course content.
    Qti,
    /// A Moodle 1.9 backup (`moodle.xml`).
    Moodle1,
    /// A Moodle 2 or later backup (`moodle_backup.xml`).
    Moodle2,
    /// A Blackboard Learn export.
    Blackboard,
    /// A D2L Brightspace export.
    D2l,
    /// A WebCT 4 export.
    WebCt4,
    /// A WebCT Vista or CE export.
    WebCtVista,
    /// An ANGEL 7.3 export.
    Angel73,
    /// An ANGEL 7.4 export.
    Angel74,
    /// A cmi5 course package.
    Cmi5,
    /// An H5P package.
    H5p,
    /// A Tin Can (xAPI) activity package.
    TinCan,
    /// An EPUB book.
    Epub,
    /// An office document (Word, PowerPoint, Excel, OpenDocument).
    OfficeDocument,
}

/// The versions of Common Cartridge.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Version {
    /// Common Cartridge 1.0.
    V1_0,
    /// Common Cartridge 1.1.
    V1_1,
    /// Common Cartridge 1.2.
    V1_2,
    /// Common Cartridge 1.3.
    V1_3,
}

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::V1_0 => "1.0",
            Self::V1_1 => "1.1",
            Self::V1_2 => "1.2",
            Self::V1_3 => "1.3",
        })
    }
}

impl Format {
    /// The format with its article, to go into a sentence: "this is {} ...".
    pub fn described(self) -> &'static str {
        match self {
            Self::CommonCartridge(Version::V1_0) => "an IMS Common Cartridge 1.0",
            Self::CommonCartridge(Version::V1_1) => "an IMS Common Cartridge 1.1",
            Self::CommonCartridge(Version::V1_2) => "an IMS Common Cartridge 1.2",
            Self::CommonCartridge(Version::V1_3) => "an IMS Common Cartridge 1.3",
            Self::Canvas(_) => "a Canvas course export",
            Self::ContentPackage => "an IMS content package",
            Self::Scorm11 => "a SCORM 1.1 package",
            Self::Scorm12 => "a SCORM 1.2 package",
            Self::Scorm2004 => "a SCORM 2004 package",
            Self::Qti => "a QTI question package",
            Self::Moodle1 => "a Moodle 1.9 backup",
            Self::Moodle2 => "a Moodle 2 backup",
            Self::Blackboard => "a Blackboard Learn export",
            Self::D2l => "a D2L Brightspace export",
            Self::WebCt4 => "a WebCT 4 export",
            Self::WebCtVista => "a WebCT Vista export",
            Self::Angel73 => "an ANGEL 7.3 export",
            Self::Angel74 => "an ANGEL 7.4 export",
            Self::Cmi5 => "a cmi5 course package",
            Self::H5p => "an H5P package",
            Self::TinCan => "a Tin Can (xAPI) package",
            Self::Epub => "an EPUB book",
            Self::OfficeDocument => "an office document",
        }
    }

    /// Whether [`Package::cartridge`](crate::Package::cartridge) takes a package of this format.
    pub fn is_cartridge(self) -> bool {
        matches!(self, Self::CommonCartridge(_) | Self::Canvas(_) | Self::ContentPackage)
    }
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.described())
    }
}

/// What an archive without manifest is, by the names of its files.
pub(crate) fn by_names<'p>(paths: impl Iterator<Item = &'p str>) -> Option<Format> {
    let mut office = false;
    let mut epub = false;
    for path in paths {
        let name = path::file_name(path);
        match name {
            "moodle.xml" => return Some(Format::Moodle1),
            "moodle_backup.xml" => return Some(Format::Moodle2),
            "angelData.xml" => return Some(Format::Angel73),
            "AngelManifest.xml" => return Some(Format::Angel74),
            "cmi5.xml" => return Some(Format::Cmi5),
            "h5p.json" if name == path => return Some(Format::H5p),
            "tincan.xml" => return Some(Format::TinCan),
            _ => {}
        }
        office |= path == "[Content_Types].xml" || path == "content.xml";
        epub |= path == "META-INF/container.xml";
    }
    match (epub, office) {
        (true, false) => Some(Format::Epub),
        (_, true) => Some(Format::OfficeDocument),
        _ => None,
    }
}

/// What a package with a manifest is.
pub(crate) fn by_manifest<'p>(manifest: Node<'_>, paths: impl Iterator<Item = &'p str>) -> Option<Format> {
    let metadata = manifest.child("metadata");
    let schema = metadata.and_then(|metadata| metadata.value("schema")).unwrap_or_default();
    let namespaces = namespaces(manifest);
    let has = |part: &str| namespaces.iter().any(|namespace| namespace.contains(part));
    let scorm_version = metadata.and_then(|metadata| metadata.value("schemaversion")).unwrap_or_default();

    if is_question_package(manifest, schema) {
        return Some(Format::Qti);
    }
    if let Some(version) = cartridge_version(manifest, schema) {
        let canvas =
            is_canvas(manifest) || paths.into_iter().any(|path| path.starts_with("course_settings/canvas_export"));
        return Some(if canvas { Format::Canvas(version) } else { Format::CommonCartridge(version) });
    }
    let tests = [
        (has("adl_cp_rootv1p1"), Format::Scorm11),
        (has("adlcp_v1p3") || scorm_version.contains("2004"), Format::Scorm2004),
        (has("adlcp_rootv1p2") || schema.eq_ignore_ascii_case("ADL SCORM"), Format::Scorm12),
        (has("webct.com/xsd"), Format::WebCtVista),
        (has("webct.com/IMS"), Format::WebCt4),
        (has("desire2learn.com"), Format::D2l),
        (has("blackboard.com"), Format::Blackboard),
        (has("imscp"), Format::ContentPackage),
        (manifest.child("resources").is_some(), Format::ContentPackage),
    ];
    tests.into_iter().find_map(|(holds, format)| holds.then_some(format))
}

/// The namespaces that the manifest declares or uses at its top.
fn namespaces(manifest: Node<'_>) -> Vec<&str> {
    let declared = manifest.attributes().filter(|(name, _)| name.starts_with("xmlns")).map(|(_, value)| value);
    declared.chain(manifest.namespace()).collect()
}

/// The version of Common Cartridge, if the manifest is one: by its schema, or, where that is
/// missing, by its namespace.
pub(crate) fn cartridge_version(manifest: Node<'_>, schema: &str) -> Option<Version> {
    let by_namespace = manifest.namespace().and_then(|namespace| {
        let versions = [
            ("imsccv1p3", Version::V1_3),
            ("imsccv1p2", Version::V1_2),
            ("imsccv1p1", Version::V1_1),
            ("/imscc/", Version::V1_0),
        ];
        versions.into_iter().find_map(|(part, version)| namespace.contains(part).then_some(version))
    });
    let says_so = schema.to_ascii_lowercase().contains("common cartridge");
    if says_so && by_namespace.is_none() {
        let version = manifest.child("metadata").and_then(|metadata| metadata.value("schemaversion")).unwrap_or("1.0");
        let versions = [("1.3", Version::V1_3), ("1.2", Version::V1_2), ("1.1", Version::V1_1)];
        let found = versions.into_iter().find_map(|(part, known)| version.starts_with(part).then_some(known));
        return Some(found.unwrap_or(Version::V1_0));
    }
    by_namespace
}

/// Canvas marks its exports by a resource whose file is `course_settings/canvas_export.txt`; its
/// oldest ones only by their course settings.
fn is_canvas(manifest: Node<'_>) -> bool {
    let mut hrefs = manifest
        .descendants()
        .filter(|node| matches!(node.name(), "file" | "resource"))
        .filter_map(|node| node.attribute("href"));
    hrefs.any(|href| href == "course_settings/canvas_export.txt" || href == "course_settings/course_settings.xml")
}

/// Questions and nothing else: every resource with a type of its own is QTI, and it does not call
/// itself a cartridge.
fn is_question_package(manifest: Node<'_>, schema: &str) -> bool {
    if schema.to_ascii_lowercase().contains("common cartridge") {
        return false;
    }
    let Some(resources) = manifest.child("resources") else { return false };
    let kinds: Vec<&str> = resources.all("resource").filter_map(|resource| resource.attribute("type")).collect();
    let questions = kinds.iter().filter(|kind| kind.to_ascii_lowercase().contains("imsqti")).count();
    let others = kinds.iter().filter(|kind| {
        let kind = kind.to_ascii_lowercase();
        !kind.contains("imsqti")
            && kind != "webcontent"
            && !kind.contains("associatedcontent")
            && !kind.contains("controlfile")
            && kind != "css3"
    });
    let has_outline =
        manifest.descendants().any(|node| node.name() == "item" && node.attribute("identifierref").is_some());
    let pages = kinds.iter().filter(|kind| kind.eq_ignore_ascii_case("webcontent")).count();
    questions > 0 && others.count() == 0 && (pages == 0 || !has_outline)
}
