//! The manifest, written.

use crate::write::{Builder, Written};
use crate::write_content::XSI;
use crate::write_xml::XmlWriter;
use crate::xml::Document;
use crate::{Limits, Metadata, Node, Result};

const NAMESPACES: [(&str, &str); 5] = [
    ("xmlns", "http://www.imsglobal.org/xsd/imsccv1p3/imscp_v1p1"),
    ("xmlns:lom", "http://ltsc.ieee.org/xsd/imsccv1p3/LOM/resource"),
    ("xmlns:lomimscc", "http://ltsc.ieee.org/xsd/imsccv1p3/LOM/manifest"),
    ("xmlns:cpx", "http://www.imsglobal.org/xsd/imsccv1p3/imscp_extensionv1p2"),
    XSI,
];

const SCHEMAS: &str = "http://www.imsglobal.org/xsd/imsccv1p3/imscp_v1p1 http://www.imsglobal.org/profile/cc/ccv1p3/ccv1p3_imscp_v1p2_v1p0.xsd \
    http://ltsc.ieee.org/xsd/imsccv1p3/LOM/resource http://www.imsglobal.org/profile/cc/ccv1p3/LOM/ccv1p3_lomresource_v1p0.xsd \
    http://ltsc.ieee.org/xsd/imsccv1p3/LOM/manifest http://www.imsglobal.org/profile/cc/ccv1p3/LOM/ccv1p3_lommanifest_v1p0.xsd \
    http://www.imsglobal.org/xsd/imsccv1p3/imscp_extensionv1p2 http://www.imsglobal.org/profile/cc/ccv1p3/ccv1p3_cpextensionv1p2_v1p0.xsd";

/// The whole manifest.
pub(crate) fn manifest(course: &Builder<'_>) -> Result<Vec<u8>> {
    let mut xml = XmlWriter::new();
    let identifier = format!("{}_manifest", course.settings.identifier);
    let mut attributes = vec![("identifier", identifier.as_str())];
    attributes.extend(NAMESPACES);
    attributes.push(("xsi:schemaLocation", SCHEMAS));
    xml.open("manifest", &attributes);
    metadata(&mut xml, &course.metadata, course.settings.title.as_deref().unwrap_or_default());
    organization(&mut xml, course);
    xml.open("resources", &[]);
    for written in &course.resources {
        resource(&mut xml, written)?;
    }
    Ok(xml.finish())
}

fn metadata(xml: &mut XmlWriter, metadata: &Metadata, title: &str) {
    let string = |xml: &mut XmlWriter, name: &str, text: &str| {
        xml.open(name, &[]).leaf("lomimscc:string", text).close();
    };
    xml.open("metadata", &[]).leaf("schema", "IMS Common Cartridge").leaf("schemaversion", "1.3.0");
    xml.open("lomimscc:lom", &[]).open("lomimscc:general", &[]);
    string(xml, "lomimscc:title", metadata.title.as_deref().unwrap_or(title));
    xml.maybe("lomimscc:language", metadata.language.as_ref());
    if let Some(description) = &metadata.description {
        string(xml, "lomimscc:description", description);
    }
    for keyword in &metadata.keywords {
        string(xml, "lomimscc:keyword", keyword);
    }
    xml.close();
    if let Some(date) = &metadata.date {
        xml.open("lomimscc:lifeCycle", &[]).open("lomimscc:contribute", &[]).open("lomimscc:date", &[]);
        xml.leaf("lomimscc:dateTime", date).close().close().close();
    }
    if metadata.restricted.is_some() || metadata.rights.is_some() {
        xml.open("lomimscc:rights", &[]);
        if let Some(restricted) = metadata.restricted {
            xml.open("lomimscc:copyrightAndOtherRestrictions", &[]);
            xml.leaf("lomimscc:value", if restricted { "yes" } else { "no" }).close();
        }
        if let Some(rights) = &metadata.rights {
            string(xml, "lomimscc:description", rights);
        }
        xml.close();
    }
    xml.close().close();
}

fn organization(xml: &mut XmlWriter, course: &Builder<'_>) {
    let organization = format!("{}_outline", course.settings.identifier);
    let root = format!("{}_modules", course.settings.identifier);
    xml.open("organizations", &[]);
    xml.open("organization", &[("identifier", &organization), ("structure", "rooted-hierarchy")]);
    xml.open("item", &[("identifier", &root)]);
    for module in &course.modules {
        item(xml, module);
    }
    xml.close().close().close();
}

fn item(xml: &mut XmlWriter, node: &Node) {
    let mut attributes = vec![("identifier", node.identifier.as_str())];
    attributes.extend(node.resource.as_deref().map(|resource| ("identifierref", resource)));
    xml.open("item", &attributes).leaf("title", &node.title);
    for child in &node.children {
        item(xml, child);
    }
    xml.close();
}

fn resource(xml: &mut XmlWriter, written: &Written) -> Result<()> {
    let mut attributes = vec![("identifier", written.identifier.as_str()), ("type", written.kind.as_str())];
    attributes.extend(written.href.as_deref().map(|href| ("href", href)));
    attributes.extend(written.intended_use.as_deref().map(|intended| ("intendeduse", intended)));
    xml.open("resource", &attributes);
    if written.instructor_only {
        xml.open("metadata", &[])
            .open("lom:lom", &[])
            .open("lom:educational", &[])
            .open("lom:intendedEndUserRole", &[]);
        xml.leaf("lom:source", "IMSGLC_CC_Rolesv1p2").leaf("lom:value", "Instructor");
        xml.close().close().close().close();
    }
    for file in &written.files {
        xml.empty("file", &[("href", file)]);
    }
    for dependency in &written.dependencies {
        xml.empty("dependency", &[("identifierref", dependency)]);
    }
    for variant in &written.variants {
        let identifier = format!("{}_to_{variant}", written.identifier);
        xml.open("cpx:variant", &[("identifier", &identifier), ("identifierref", variant)])
            .empty("cpx:metadata", &[])
            .close();
    }
    if let Some(inline) = &written.inline {
        // Parsed first: what is no XML must not break the manifest.
        let document = Document::parse(&written.identifier, inline, &Limits::default())?;
        xml.raw(document.root().source());
    }
    xml.close();
    Ok(())
}
