//! The folder `course_settings`, written: what Canvas, and this crate, read beside the manifest.

use std::collections::HashMap;

use crate::write::{ASSOCIATED, Builder, Original, Role, Written};
use crate::write_content::{CANVAS, CANVAS_SCHEMA, XSI};
use crate::write_xml::XmlWriter;
use crate::{CourseSettings, FileContent, Node, Requirement, Result};

/// The file by which Canvas knows that a cartridge carries its settings.
const FLAG: &str = "course_settings/canvas_export.txt";

/// Adds the settings and the resource that names them.
pub(crate) fn add_settings(course: &mut Builder<'_>) -> Result<()> {
    let documents = [
        ("course_settings/course_settings.xml", settings(&course.settings)),
        ("course_settings/module_meta.xml", modules(course)),
        ("course_settings/files_meta.xml", files(&course.resources)),
        ("course_settings/media_tracks.xml", tracks(&course.resources)),
        (FLAG, b"This cartridge carries course settings in the form that Canvas reads.\n".to_vec()),
    ];
    let mut paths = Vec::new();
    for (path, bytes) in documents {
        course.bytes(path, bytes)?;
        paths.push(path.to_owned());
    }
    course.original(Original {
        identifier: course.settings.identifier.clone(),
        kind: ASSOCIATED.to_owned(),
        href: Some(FLAG.to_owned()),
        files: paths,
        ..Original::default()
    });
    Ok(())
}

fn document(root: &str, identifier: Option<&str>) -> XmlWriter {
    let mut xml = XmlWriter::new();
    let mut attributes: Vec<(&str, &str)> =
        identifier.map(|identifier| ("identifier", identifier)).into_iter().collect();
    attributes.extend([CANVAS, XSI, CANVAS_SCHEMA]);
    xml.open(root, &attributes);
    xml
}

fn settings(settings: &CourseSettings) -> Vec<u8> {
    let mut xml = document("course", Some(&settings.identifier));
    xml.maybe("title", settings.title.as_ref())
        .maybe("course_code", settings.code.as_ref())
        .maybe("start_at", settings.start_at)
        .maybe("conclude_at", settings.end_at)
        .maybe("is_public", settings.public)
        .maybe("public_description", settings.description.as_ref())
        .maybe("locale", settings.language.as_ref())
        .maybe("default_view", settings.default_view.as_ref())
        .maybe("license", settings.license.as_ref())
        .maybe("image_identifier_ref", settings.image.as_ref());
    let is_name = |name: &str| {
        name.starts_with(|first: char| first.is_ascii_alphabetic() || first == '_')
            && name.chars().all(|c| c.is_ascii_alphanumeric() || "_-.".contains(c))
    };
    for (name, value) in settings.other.iter().filter(|(name, _)| is_name(name)) {
        xml.leaf(name, value);
    }
    xml.finish()
}

fn modules(course: &Builder<'_>) -> Vec<u8> {
    let resources: HashMap<&str, &Written> =
        course.resources.iter().map(|written| (written.identifier.as_str(), written)).collect();
    let titles: HashMap<&str, &str> =
        course.modules.iter().map(|module| (module.identifier.as_str(), module.title.as_str())).collect();
    let mut xml = document("modules", None);
    for (number, module) in course.modules.iter().enumerate() {
        xml.open("module", &[("identifier", &module.identifier)]).leaf("title", &module.title);
        xml.maybe("workflow_state", state(module)).leaf("position", &(number + 1).to_string());
        xml.maybe("unlock_at", module.rules.unlock_at);
        xml.leaf("require_sequential_progress", &module.rules.sequential.to_string());
        xml.maybe("requirement_count", module.rules.requirement_count);
        if !module.rules.prerequisites.is_empty() {
            xml.open("prerequisites", &[]);
            for needed in &module.rules.prerequisites {
                xml.open("prerequisite", &[("type", "context_module")]);
                xml.leaf("title", titles.get(needed.as_str()).copied().unwrap_or_default())
                    .leaf("identifierref", needed)
                    .close();
            }
            xml.close();
        }
        items(&mut xml, module, &resources);
        requirements(&mut xml, module);
        xml.close();
    }
    xml.finish()
}

fn state(node: &Node) -> Option<&'static str> {
    node.published.map(|published| if published { "active" } else { "unpublished" })
}

fn items(xml: &mut XmlWriter, module: &Node, resources: &HashMap<&str, &Written>) {
    xml.open("items", &[]);
    for (position, (depth, node)) in module.flatten().into_iter().enumerate() {
        let role = node.resource.as_deref().and_then(|resource| resources.get(resource)).map(|written| &written.role);
        let content_type = match role {
            None if node.url.is_some() && node.tool => "ContextExternalTool",
            None if node.url.is_some() => "ExternalUrl",
            None => "ContextModuleSubHeader",
            Some(Role::Page) => "WikiPage",
            Some(Role::WebLink(_)) => "ExternalUrl",
            Some(Role::Discussion) => "DiscussionTopic",
            Some(Role::Quiz) => "Quizzes::Quiz",
            Some(Role::Assignment) => "Assignment",
            Some(Role::Tool) => "ContextExternalTool",
            Some(Role::File(_) | Role::Other) => "Attachment",
        };
        let link = match role {
            Some(Role::WebLink(url)) => Some(url),
            _ => None,
        };
        xml.open("item", &[("identifier", &node.identifier)]).leaf("content_type", content_type);
        xml.maybe("workflow_state", state(node)).leaf("title", &node.title);
        xml.maybe("identifierref", node.resource.as_ref()).maybe("url", node.url.as_ref().or(link));
        xml.leaf("position", &(position + 1).to_string());
        xml.leaf("new_tab", &node.new_tab.to_string()).leaf("indent", &depth.to_string()).close();
    }
    xml.close();
}

fn requirements(xml: &mut XmlWriter, module: &Node) {
    let nodes = module.flatten();
    let required: Vec<(&Node, &Requirement)> =
        nodes.iter().filter_map(|(_, node)| Some((*node, node.requirement.as_ref()?))).collect();
    if required.is_empty() {
        return;
    }
    xml.open("completionRequirements", &[]);
    for (node, requirement) in required {
        let (kind, number) = match requirement {
            Requirement::View => ("must_view", None),
            Requirement::MarkDone => ("must_mark_done", None),
            Requirement::Submit => ("must_submit", None),
            Requirement::Contribute => ("must_contribute", None),
            Requirement::MinScore(points) => ("min_score", Some(("min_score", points))),
            Requirement::MinPercentage(percent) => ("min_percentage", Some(("min_percentage", percent))),
            Requirement::Other(name) => (name.as_str(), None),
        };
        xml.open("completionRequirement", &[("type", kind)]);
        if let Some((name, number)) = number {
            xml.leaf(name, &number.to_string());
        }
        xml.leaf("identifierref", &node.identifier).close();
    }
    xml.close();
}

fn files_of(resources: &[Written]) -> impl Iterator<Item = (&str, &str, &FileContent)> {
    resources.iter().filter_map(|written| match (&written.role, written.files.first()) {
        (Role::File(file), Some(path)) => Some((written.identifier.as_str(), path.as_str(), &**file)),
        _ => None,
    })
}

fn files(resources: &[Written]) -> Vec<u8> {
    let mut xml = document("fileMeta", None);
    xml.open("files", &[]);
    for (identifier, path, file) in files_of(resources) {
        let plain = FileContent { name: file.name.clone(), tracks: file.tracks.clone(), ..FileContent::default() };
        let named = !file.name.is_empty() && file.name != crate::path::file_name(path);
        if *file == plain && !named {
            continue;
        }
        xml.open("file", &[("identifier", identifier)]);
        xml.maybe("display_name", named.then_some(&file.name));
        xml.maybe("hidden", file.hidden.then_some(true)).maybe("locked", file.locked.then_some(true));
        xml.maybe("unlock_at", file.unlock_at).maybe("lock_at", file.lock_at);
        if file.copyright.is_some() || file.license.is_some() {
            xml.open("usage_rights", &[("use_justification", "own_copyright")]);
            xml.maybe("legal_copyright", file.copyright.as_ref()).maybe("license", file.license.as_ref()).close();
        }
        xml.close();
    }
    xml.finish()
}

fn tracks(resources: &[Written]) -> Vec<u8> {
    let mut xml = document("media_tracks", None);
    for (identifier, _, file) in files_of(resources).filter(|(.., file)| !file.tracks.is_empty()) {
        xml.open("media", &[("identifierref", identifier)]);
        for track in &file.tracks {
            let mut attributes = vec![("kind", track.kind.as_str()), ("locale", track.language.as_str())];
            attributes.extend(track.resource.as_deref().map(|holder| ("identifierref", holder)));
            match &track.text {
                Some(text) => xml.leaf_with("track", &attributes, text),
                None => xml.empty("track", &attributes),
            };
        }
        xml.close();
    }
    xml.finish()
}
