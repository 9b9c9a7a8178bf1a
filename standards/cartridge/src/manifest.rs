//! The manifest: outline and resources as written, before any file is looked at.

use std::collections::HashSet;

use crate::finding::Findings;
use crate::xml::Node as Xml;
use crate::{Finding, FindingCode, Metadata, Severity, metadata, path};

/// How many bytes of content inside of the manifest are kept: each part repeats the namespaces in
/// force, so that many small parts could become much.
const INLINE_BYTES_MAX: usize = 64 << 20;

/// What a manifest says.
#[derive(Debug)]
pub(crate) struct Manifest {
    pub(crate) identifier: String,
    pub(crate) version: String,
    pub(crate) metadata: Metadata,
    /// The title of the organisation.
    pub(crate) title: Option<String>,
    pub(crate) items: Vec<Item>,
    pub(crate) resources: Vec<Declared>,
}

/// An item of the outline as written.
#[derive(Debug, Default)]
pub(crate) struct Item {
    pub(crate) identifier: String,
    pub(crate) title: String,
    pub(crate) reference: Option<String>,
    pub(crate) parameters: Option<String>,
    pub(crate) visible: Option<bool>,
    pub(crate) items: Vec<Item>,
}

/// A resource as written.
#[derive(Debug)]
pub(crate) struct Declared {
    pub(crate) identifier: String,
    pub(crate) kind: String,
    pub(crate) intended_use: Option<String>,
    pub(crate) href: Option<String>,
    /// Paths as written, each with the folder that `xml:base` puts before it.
    pub(crate) files: Vec<(String, String)>,
    pub(crate) dependencies: Vec<String>,
    pub(crate) variants: Vec<String>,
    pub(crate) title: Option<String>,
    pub(crate) instructor_only: bool,
    pub(crate) metadata: Metadata,
    pub(crate) inline: Option<Vec<u8>>,
}

/// Reads a manifest. Two resources of one identifier are kept apart by renaming the later one.
pub(crate) fn read(root: Xml<'_>, findings: &mut Findings) -> Manifest {
    let about = root.child("metadata");
    let mut manifest = Manifest {
        identifier: root.attribute("identifier").unwrap_or_default().to_owned(),
        version: about.and_then(|about| about.value("schemaversion")).unwrap_or_default().to_owned(),
        metadata: metadata::read(root),
        title: None,
        items: Vec::new(),
        resources: Vec::new(),
    };
    if let Some(organization) = organization(root, findings) {
        manifest.title = organization.value("title").map(str::to_owned);
        manifest.items = organization.all("item").map(item).collect();
        tell_items_apart(&mut manifest.items, &mut HashSet::new(), findings);
    }
    let mut room = INLINE_BYTES_MAX;
    read_resources(root, "", &mut room, &mut manifest.resources, findings);
    for nested in root.all("manifest") {
        let identifier = nested.attribute("identifier").unwrap_or_default();
        let message = format!("the manifest {identifier:?} inside the manifest was read for its resources only");
        findings.push(Finding::new(Severity::Warning, FindingCode::NestedManifest, message));
        read_resources(nested, base(root), &mut room, &mut manifest.resources, findings);
    }
    tell_resources_apart(&mut manifest.resources, findings);
    note_protection(root, findings);
    manifest
}

/// The default organisation, else the first.
fn organization<'d>(root: Xml<'d>, findings: &mut Findings) -> Option<Xml<'d>> {
    let organizations = root.child("organizations")?;
    let default = organizations.attribute("default");
    let named =
        organizations.all("organization").find(|one| default.is_some() && one.attribute("identifier") == default);
    let chosen = named.or_else(|| organizations.child("organization"))?;
    let count = organizations.all("organization").count();
    if count > 1 {
        let message = format!("the manifest holds {count} outlines; the default one was read");
        findings.push(Finding::new(Severity::Warning, FindingCode::SeveralOrganizations, message));
    }
    Some(chosen)
}

fn item(node: Xml<'_>) -> Item {
    Item {
        identifier: node.attribute("identifier").unwrap_or_default().to_owned(),
        title: node.value("title").unwrap_or_default().to_owned(),
        reference: node.attribute("identifierref").filter(|reference| !reference.is_empty()).map(str::to_owned),
        parameters: node.attribute("parameters").filter(|text| !text.is_empty()).map(str::to_owned),
        visible: node.attribute("isvisible").and_then(truth),
        items: node.all("item").map(item).collect(),
    }
}

/// Reads `true`, `1`, `false`, `0`.
pub(crate) fn truth(text: &str) -> Option<bool> {
    match text.trim().to_ascii_lowercase().as_str() {
        "true" | "1" | "yes" => Some(true),
        "false" | "0" | "no" => Some(false),
        _ => None,
    }
}

fn read_resources(
    manifest: Xml<'_>,
    outer: &str,
    room: &mut usize,
    resources: &mut Vec<Declared>,
    findings: &mut Findings,
) {
    let Some(list) = manifest.child("resources") else { return };
    let folder = [outer, base(manifest), base(list)].concat();
    for node in list.all("resource") {
        let mut one = declared(node, &format!("{folder}{}", base(node)), findings);
        if let Some(bytes) = inline(node) {
            if bytes.len() <= *room {
                *room -= bytes.len();
                one.inline = Some(bytes);
            } else {
                let message = "the manifest holds more content inside of itself than is kept";
                let finding = Finding::new(Severity::Loss, FindingCode::OversizedContent, message);
                findings.push(finding.of(&one.identifier));
            }
        }
        resources.push(one);
    }
}

/// The `xml:base` of an element.
fn base(node: Xml<'_>) -> &str {
    node.attributes().find(|(name, _)| *name == "xml:base").map_or("", |(_, value)| value)
}

fn declared(node: Xml<'_>, folder: &str, findings: &mut Findings) -> Declared {
    let identifier = node.attribute("identifier").unwrap_or_default().to_owned();
    let href = node.attribute("href").filter(|href| !href.trim().is_empty()).map(str::to_owned);
    let written = node.all("file").filter_map(|file| file.attribute("href")).filter(|href| !href.trim().is_empty());
    let mut files: Vec<(String, String)> = written.map(|href| (href.to_owned(), folder.to_owned())).collect();
    let addressed = href
        .as_ref()
        .is_some_and(|href| files.iter().all(|(file, _)| path::without_query(file) != path::without_query(href)));
    if let Some(href) = href.as_ref().filter(|href| addressed && !is_absolute(href)) {
        if files.is_empty() {
            files.push((href.clone(), folder.to_owned()));
        } else {
            let message = format!("the address {href:?} of the resource is none of its files");
            findings.push(Finding::new(Severity::Note, FindingCode::InexactPath, message).of(&identifier));
        }
    }
    let references = |name: &str| -> Vec<String> {
        let found = node.all(name).filter_map(|reference| reference.attribute("identifierref"));
        found.map(str::to_owned).collect()
    };
    Declared {
        kind: node.attribute("type").unwrap_or_default().trim().to_owned(),
        intended_use: node.attribute("intendeduse").map(str::to_owned),
        href,
        files,
        dependencies: references("dependency"),
        variants: references("variant"),
        title: node.attribute("title").filter(|title| !title.trim().is_empty()).map(str::to_owned),
        instructor_only: metadata::is_for_instructors_only(node),
        metadata: metadata::read(node),
        inline: None,
        identifier,
    }
}

/// Whether an address names a place outside of the package.
pub(crate) fn is_absolute(href: &str) -> bool {
    href.contains("://") || href.starts_with("//") || href.to_ascii_lowercase().starts_with("mailto:")
}

/// Content that is written inside the resource instead of in a file (Common Cartridge 1.3).
fn inline(node: Xml<'_>) -> Option<Vec<u8>> {
    let mut content = node.children().filter(|child| {
        !matches!(
            child.name(),
            "metadata"
                | "file"
                | "dependency"
                | "variant"
                | "lom"
                | "authorizations"
                | "curriculumStandardsMetadataSet"
        )
    });
    content.next().map(Xml::as_document)
}

fn tell_resources_apart(resources: &mut [Declared], findings: &mut Findings) {
    let mut taken: HashSet<String> = HashSet::new();
    for resource in resources {
        if let Some(identifier) = free_name(&resource.identifier, "resource", &taken) {
            if !resource.identifier.is_empty() {
                let message =
                    format!("a second resource is called {:?}; it was renamed {identifier:?}", resource.identifier);
                findings
                    .push(Finding::new(Severity::Warning, FindingCode::DuplicateIdentifier, message).of(&identifier));
            }
            resource.identifier = identifier;
        }
        taken.insert(resource.identifier.clone());
    }
}

pub(crate) fn tell_items_apart(items: &mut [Item], taken: &mut HashSet<String>, findings: &mut Findings) {
    for item in items {
        if let Some(identifier) = free_name(&item.identifier, "item", taken) {
            if !item.identifier.is_empty() {
                let message = format!("a second item is called {:?}; it was renamed {identifier:?}", item.identifier);
                findings.push(Finding::new(Severity::Note, FindingCode::DuplicateIdentifier, message).of(&identifier));
            }
            item.identifier = identifier;
        }
        taken.insert(item.identifier.clone());
        tell_items_apart(&mut item.items, taken, findings);
    }
}

/// Another name for what has none or a taken one.
fn free_name(name: &str, kind: &str, taken: &HashSet<String>) -> Option<String> {
    if !name.is_empty() && !taken.contains(name) {
        return None;
    }
    Some(numbered(if name.is_empty() { kind } else { name }, "-", taken))
}

/// The name with the first number that makes it free. Counting from the number of names met keeps
/// a manifest full of duplicates from costing a search for each.
pub(crate) fn numbered(stem: &str, mark: &str, taken: &HashSet<String>) -> String {
    let mut number = taken.len().max(2);
    loop {
        let name = format!("{stem}{mark}{number}");
        if !taken.contains(&name) {
            return name;
        }
        number += 1;
    }
}

fn note_protection(root: Xml<'_>, findings: &mut Findings) {
    let protected = root.child("authorizations").or_else(|| root.descendant("authorization"));
    if protected.is_some() {
        let message = "the publisher asks for an authorisation before the cartridge is used";
        findings.push(Finding::new(Severity::Note, FindingCode::Protected, message));
    }
}
