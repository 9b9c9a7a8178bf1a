//! From a manifest and its files to a [`Cartridge`].

use std::collections::{BTreeMap, HashMap, HashSet};
use std::io::{Read, Seek};

use crate::decode::{self, Documents};
use crate::finding::Findings;
use crate::manifest::{self, Declared, Item, Manifest};
use crate::model::VARIANTS_MAX;
use crate::{
    Cartridge, Content, Dialect, Error, FileRef, Finding, FindingCode, Format, Node, Package, PackageFile, Resource,
    Result, Severity, canvas, path,
};

/// Reads the whole course of a package.
pub(crate) fn cartridge<R: Read + Seek>(package: &mut Package<R>) -> Result<Cartridge> {
    let mut findings = Findings::from(package.opening());
    let mut manifest = manifest::read(package.manifest().root(), &mut findings);
    let dialect = dialect(package.format());
    let declared = std::mem::take(&mut manifest.resources);
    let mut resources: Vec<Resource> = declared.into_iter().map(|one| located(one, package, &mut findings)).collect();
    check_completeness(&resources, package)?;
    check_references(&resources, &mut findings);

    let mut documents = Documents::new(package, &mut findings);
    decode::contents(&mut resources, dialect, &mut documents)?;
    let (settings, canvas_modules) = course_settings(dialect, &mut documents)?;

    let modules = outline(&mut manifest, canvas_modules, dialect, &resources, &mut findings);
    let files = package_files(package, &resources, &mut findings);
    let title = settings.as_ref().and_then(|settings| settings.title.clone());
    Ok(Cartridge {
        dialect,
        version: version(&manifest, dialect),
        identifier: manifest.identifier,
        title: title.or_else(|| manifest.metadata.title.clone()).or(manifest.title),
        metadata: manifest.metadata,
        modules,
        resources,
        files,
        settings,
        findings: findings.into_list(),
    })
}

fn dialect(format: Option<Format>) -> Dialect {
    match format {
        Some(Format::CommonCartridge(version)) => Dialect::CommonCartridge(version),
        Some(Format::Canvas(version)) => Dialect::Canvas(version),
        _ => Dialect::ContentPackage,
    }
}

fn version(manifest: &Manifest, dialect: Dialect) -> String {
    match dialect {
        _ if !manifest.version.is_empty() => manifest.version.clone(),
        Dialect::CommonCartridge(version) | Dialect::Canvas(version) => format!("{version}.0"),
        Dialect::ContentPackage => String::new(),
    }
}

/// Finds the files of a resource.
fn located<R: Read + Seek>(declared: Declared, package: &Package<R>, findings: &mut Findings) -> Resource {
    let files = declared.files.iter().map(|(href, folder)| FileRef {
        href: href.clone(),
        path: locate(&declared.identifier, folder, href, package, findings),
    });
    let files: Vec<FileRef> = files.collect();
    if files.is_empty() && declared.inline.is_none() && declared.dependencies.is_empty() && declared.href.is_none() {
        let message = "the resource names no file and holds no content".to_owned();
        findings.push(Finding::new(Severity::Warning, FindingCode::EmptyResource, message).of(&declared.identifier));
    }
    Resource {
        identifier: declared.identifier,
        kind: declared.kind,
        intended_use: declared.intended_use,
        href: declared.href,
        files,
        dependencies: declared.dependencies,
        variants: declared.variants,
        title: declared.title.or_else(|| declared.metadata.title.clone()),
        published: None,
        instructor_only: declared.instructor_only,
        metadata: declared.metadata,
        companion_of: None,
        inline: declared.inline,
        content: Content::Unknown,
    }
}

/// The path that an address of the manifest means: as written, else decoded, else whatever differs
/// in case or accents only.
fn locate<R: Read + Seek>(
    resource: &str,
    folder: &str,
    href: &str,
    package: &Package<R>,
    findings: &mut Findings,
) -> Option<String> {
    let written = href.replace('\\', "/");
    let folder = path::percent_decoded(folder);
    let mut outside = false;
    let plain = path::without_query(&written);
    // A file name may itself hold `#`, `?` or `%`: what is written comes first.
    let candidates = [written.clone(), plain.to_owned(), path::percent_decoded(plain), path::percent_decoded(&written)];
    for (number, candidate) in candidates.iter().enumerate() {
        let joined = path::join(&folder, candidate);
        outside |= joined == Err(path::PathFault::Outside);
        let Some(found) = joined.ok().and_then(|joined| package.find(&joined).map(|found| (joined, found))) else {
            continue;
        };
        let (joined, found) = found;
        if number > 0 && candidate != plain || joined != found || href.contains('\\') {
            let message = format!("the manifest calls {found:?} {href:?}");
            findings.push(Finding::new(Severity::Note, FindingCode::InexactPath, message).of(resource).at(found));
        }
        return Some(found.to_owned());
    }
    let finding = if outside {
        let message = format!("the address {href:?} leads out of the package");
        Finding::new(Severity::Loss, FindingCode::UnsafePath, message)
    } else {
        Finding::new(Severity::Loss, FindingCode::MissingFile, format!("the package holds no file {href:?}"))
    };
    findings.push(finding.of(resource).at(href));
    None
}

/// Refuses a package in which more of the promised files are missing than the limits allow.
fn check_completeness<R: Read + Seek>(resources: &[Resource], package: &Package<R>) -> Result<()> {
    if package.is_manifest_only() {
        return Ok(());
    }
    let promised: BTreeMap<&str, bool> =
        resources.iter().flat_map(|one| &one.files).map(|file| (file.href.as_str(), file.path.is_some())).collect();
    let missing = promised.values().filter(|found| !**found).count();
    let first = resources.iter().flat_map(|one| &one.files).find(|file| file.path.is_none());
    match first {
        Some(first) if missing * 100 > promised.len() * package.limits().missing_percent => {
            Err(Error::Incomplete { missing, promised: promised.len(), example: first.href.clone() })
        }
        _ => Ok(()),
    }
}

/// Notes dependencies and alternatives that lead nowhere or in a circle.
fn check_references(resources: &[Resource], findings: &mut Findings) {
    let by_id: HashMap<&str, &Resource> = resources.iter().map(|one| (one.identifier.as_str(), one)).collect();
    for resource in resources {
        for reference in resource.dependencies.iter().chain(&resource.variants) {
            if !by_id.contains_key(reference.as_str()) {
                let message = format!("the resource needs {reference:?}, which does not exist");
                findings.push(
                    Finding::new(Severity::Warning, FindingCode::DanglingReference, message).of(&resource.identifier),
                );
            }
        }
        let mut next = Some(resource);
        for _ in 0..VARIANTS_MAX {
            next = next.and_then(|one| by_id.get(one.variants.first()?.as_str()).copied());
            if next.is_some_and(|one| one.identifier == resource.identifier) {
                break;
            }
        }
        if next.is_some_and(|one| one.identifier == resource.identifier) {
            let message = "the alternatives of the resource lead back to it".to_owned();
            findings.push(Finding::new(Severity::Note, FindingCode::VariantLoop, message).of(&resource.identifier));
        }
    }
}

/// The settings and modules of a Canvas course.
fn course_settings<R: Read + Seek>(
    dialect: Dialect,
    documents: &mut Documents<'_, R>,
) -> Result<(Option<crate::CourseSettings>, Vec<Node>)> {
    if !matches!(dialect, Dialect::Canvas(_)) {
        return Ok((None, Vec::new()));
    }
    let settings = documents.xml_at("course_settings/course_settings.xml")?;
    let settings = settings.map(|document| canvas::settings(document.root(), documents.findings));
    let modules = documents.xml_at("course_settings/module_meta.xml")?;
    let modules = modules.map(|document| canvas::modules(document.root(), documents.findings));
    Ok((settings, modules.unwrap_or_default()))
}

/// The outline: that of Canvas where there is one, else that of the manifest.
fn outline(
    manifest: &mut Manifest,
    canvas_modules: Vec<Node>,
    dialect: Dialect,
    resources: &[Resource],
    findings: &mut Findings,
) -> Vec<Node> {
    let items = unwrapped(std::mem::take(&mut manifest.items), dialect);
    let known: HashMap<&str, &Resource> = resources.iter().map(|one| (one.identifier.as_str(), one)).collect();
    let mut by_item = HashMap::new();
    item_references(&items, &mut by_item);
    let mut modules =
        if canvas_modules.is_empty() { items.into_iter().map(node).collect() } else { nested(canvas_modules, &items) };
    let mut taken = HashSet::new();
    for module in &mut modules {
        settle(module, &known, &by_item, &mut taken, findings);
    }
    let module_ids: HashSet<String> = modules.iter().map(|module| module.identifier.clone()).collect();
    for module in &mut modules {
        let identifier = module.identifier.clone();
        module.rules.prerequisites.retain(|needed| {
            let exists = module_ids.contains(needed);
            if !exists {
                let message = format!("the module waits for {needed:?}, which does not exist");
                findings.push(Finding::new(Severity::Warning, FindingCode::DanglingReference, message).of(&identifier));
            }
            exists
        });
    }
    modules
}

/// The single nameless item in which Common Cartridge wraps its outline goes.
fn unwrapped(mut items: Vec<Item>, dialect: Dialect) -> Vec<Item> {
    let wrapper = items.len() == 1 && items[0].reference.is_none() && items[0].title.trim().is_empty();
    match items.pop() {
        Some(only) if wrapper && (dialect != Dialect::ContentPackage || !only.items.is_empty()) => only.items,
        Some(last) => {
            items.push(last);
            items
        }
        None => items,
    }
}

/// What the items of the manifest refer to, by identifier of the item.
fn item_references(items: &[Item], references: &mut HashMap<String, String>) {
    for item in items {
        if let Some(reference) = &item.reference {
            references.insert(item.identifier.clone(), reference.clone());
        }
        item_references(&item.items, references);
    }
}

/// Nests the items of Canvas modules as the manifest nests them. Canvas itself knows indentation
/// only; other writers, this crate among them, keep the nesting in the manifest.
fn nested(modules: Vec<Node>, items: &[Item]) -> Vec<Node> {
    let by_id: HashMap<&str, &Item> = items.iter().map(|item| (item.identifier.as_str(), item)).collect();
    let nest = |mut module: Node| {
        let item = by_id.get(module.identifier.as_str());
        if let Some(item) = item.filter(|item| item.items.iter().any(|below| !below.items.is_empty())) {
            let mut parents = HashMap::new();
            parents_below(&item.items, None, 0, &mut parents);
            module.children = nest_items(module.children, &parents);
        }
        module
    };
    modules.into_iter().map(nest).collect()
}

/// The parent of each item and its depth.
fn parents_below<'i>(
    items: &'i [Item],
    parent: Option<&'i str>,
    depth: u32,
    parents: &mut HashMap<&'i str, (Option<&'i str>, u32)>,
) {
    for item in items {
        parents.insert(&item.identifier, (parent, depth));
        parents_below(&item.items, Some(&item.identifier), depth.saturating_add(1), parents);
    }
}

/// Puts each item of a flat list below its parent, where the parent is the open one.
fn nest_items(flat: Vec<Node>, parents: &HashMap<&str, (Option<&str>, u32)>) -> Vec<Node> {
    let mut top: Vec<Node> = Vec::new();
    let mut open: Vec<Node> = Vec::new();
    for mut node in flat {
        let (parent, depth) = parents.get(node.identifier.as_str()).copied().unwrap_or((None, 0));
        while open.last().is_some_and(|last| Some(last.identifier.as_str()) != parent) {
            close_last(&mut open, &mut top);
        }
        if !open.is_empty() {
            // Its indentation in Canvas counts the nesting, and that of what it is nested in.
            let above = open.iter().map(|node| node.indent).sum::<u32>();
            node.indent = node.indent.saturating_sub(depth.saturating_add(above));
        }
        open.push(node);
    }
    while !open.is_empty() {
        close_last(&mut open, &mut top);
    }
    top
}

fn close_last(open: &mut Vec<Node>, top: &mut Vec<Node>) {
    if let Some(done) = open.pop() {
        match open.last_mut() {
            Some(parent) => parent.children.push(done),
            None => top.push(done),
        }
    }
}

fn node(item: Item) -> Node {
    Node {
        identifier: item.identifier,
        title: item.title,
        resource: item.reference,
        parameters: item.parameters,
        published: item.visible,
        children: item.items.into_iter().map(node).collect(),
        ..Node::default()
    }
}

/// Makes the reference of a node one that exists, or none, and its identifier the only one.
///
/// Canvas names web links and tools in `module_meta.xml` by identifiers of its own: the item of the
/// manifest knows better, and for tools the item's identifier is the resource's.
fn settle(
    node: &mut Node,
    known: &HashMap<&str, &Resource>,
    by_item: &HashMap<String, String>,
    taken: &mut HashSet<String>,
    findings: &mut Findings,
) {
    if let Some(reference) = node.resource.take() {
        let told = by_item.get(&node.identifier);
        let candidates = [Some(&reference), told, Some(&node.identifier)];
        node.resource = candidates.into_iter().flatten().find(|one| known.contains_key(one.as_str())).cloned();
        if node.resource.is_none() && node.url.is_none() {
            let message = format!("the item {:?} refers to {reference:?}, which does not exist", node.title);
            findings.push(Finding::new(Severity::Loss, FindingCode::DanglingReference, message).of(&node.identifier));
        }
    }
    let opens = node.resource.as_deref().and_then(|resource| known.get(resource));
    if let Some(Content::WebLink(link)) = opens.map(|resource| &resource.content)
        && node.url.as_ref() == Some(&link.url)
    {
        // Canvas repeats the address of a web link at the item.
        node.url = None;
    }
    if !taken.insert(node.identifier.clone()) || node.identifier.is_empty() {
        let stem = if node.identifier.is_empty() { "item" } else { node.identifier.as_str() };
        node.identifier = manifest::numbered(stem, "-", taken);
        taken.insert(node.identifier.clone());
    }
    for child in &mut node.children {
        settle(child, known, by_item, taken, findings);
    }
}

/// Every file with its users, and a finding for each that has none.
fn package_files<R: Read + Seek>(
    package: &Package<R>,
    resources: &[Resource],
    findings: &mut Findings,
) -> Vec<PackageFile> {
    let mut users: HashMap<&str, Vec<String>> = HashMap::new();
    for resource in resources {
        for path in resource.files.iter().filter_map(|file| file.path.as_deref()) {
            let list = users.entry(path).or_default();
            if list.last() != Some(&resource.identifier) {
                list.push(resource.identifier.clone());
            }
        }
    }
    let mut files: Vec<PackageFile> = Vec::with_capacity(package.entries().len());
    for entry in package.entries() {
        let used_by = users.remove(entry.path.as_str()).unwrap_or_default();
        if used_by.is_empty() {
            findings.push(unused(&entry.path));
        }
        files.push(PackageFile { path: entry.path.clone(), bytes: entry.bytes, used_by });
    }
    files.sort_by(|a, b| a.path.cmp(&b.path));
    files
}

fn unused(file: &str) -> Finding {
    let schema = path::has_ending(file, &["xsd", "dtd"]);
    let (severity, code, what) = if path::is_system_file(file) {
        (Severity::Note, FindingCode::SystemFile, "was left by an operating system")
    } else if schema || file.starts_with("course_settings/") {
        (Severity::Note, FindingCode::SystemFile, "describes the package and is no content")
    } else {
        (Severity::Warning, FindingCode::UnreferencedFile, "is named by no resource")
    };
    Finding::new(severity, code, format!("{file:?} {what}")).at(file)
}
