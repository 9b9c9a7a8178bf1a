//! The outline of a course as a package has it.

use cartridge::{ModuleRules, Node, Requirement};
use outline::{Completion, Item, Module, ModuleId, Requirement as ModuleRequirement};

use super::load::Whole;
use super::{moment, part_ids, xml_id};
use crate::kept::Original;
use crate::plan::Place;

pub(super) fn modules(whole: &Whole) -> Vec<Node> {
    whole.modules.iter().map(|module| module_node(whole, module)).collect()
}

fn module_node(whole: &Whole, module: &Module) -> Node {
    let id = |module: ModuleId| xml_id("m", module.0);
    let mut children: Vec<Node> =
        whole.items.iter().filter(|item| item.module == module.id).map(|item| item_node(whole, item)).collect();
    for original in &whole.originals {
        put_back(whole, original, module, &mut children);
    }
    Node {
        identifier: id(module.id),
        title: module.title.clone(),
        published: Some(module.published_at.is_some()),
        rules: ModuleRules {
            unlock_at: module.unlock_at.map(moment),
            sequential: module.sequential,
            prerequisites: module.needs.0.iter().map(|need| id(*need)).collect(),
            requirement_count: (module.requirement == ModuleRequirement::Some).then_some(module.requirement_count),
        },
        children,
        ..Node::default()
    }
}

/// What has no kind here stands where it stood: after the item that was before it, or at the beginning.
fn put_back(whole: &Whole, original: &Original, module: &Module, children: &mut Vec<Node>) {
    let is_here = |place: &&Place| whole.module_sources.get(&place.module) == Some(&module.id);
    // An assignment stands where its text does.
    if original.kind == "assignment" || original.kind == "settings" {
        return;
    }
    for place in original.places.0.iter().filter(is_here) {
        let before = place.after.as_ref().and_then(|source| whole.item_sources.get(source));
        let before = before.and_then(|item| {
            let id = xml_id("i", item.0);
            children.iter().position(|node| node.identifier == id)
        });
        let mut at = before.map_or(0, |before| before + 1);
        // Those that were put back here before it stand in their own order.
        while children.get(at).is_some_and(|node| is_put_back(whole, node)) {
            at += 1;
        }
        children.insert(at.min(children.len()), kept_node(original, place));
    }
}

fn is_put_back(whole: &Whole, node: &Node) -> bool {
    let mut places = whole.originals.iter().flat_map(|original| &original.places.0);
    places.any(|place| place.item == node.identifier)
}

fn kept_node(original: &Original, place: &Place) -> Node {
    let own = part_ids(original).next().map(str::to_owned);
    let requirement = place.requirement.as_deref().map(|word| match word {
        "view" => Requirement::View,
        "mark" => Requirement::MarkDone,
        "submit" => Requirement::Submit,
        "contribute" => Requirement::Contribute,
        "score" => Requirement::MinScore(place.least.unwrap_or_default()),
        "percent" => Requirement::MinPercentage(place.least.unwrap_or_default()),
        other => Requirement::Other(other.to_owned()),
    });
    Node {
        identifier: place.item.clone(),
        title: place.title.clone(),
        tool: own.is_none(),
        resource: own,
        url: place.url.clone(),
        indent: place.indent,
        published: place.published,
        new_tab: place.new_tab,
        requirement,
        ..Node::default()
    }
}

fn item_node(whole: &Whole, item: &Item) -> Node {
    let assignment = whole.assignment_of(item).and_then(|original| part_ids(original).next().map(str::to_owned));
    let resource = assignment.or_else(|| match item.kind.as_str() {
        "page" if whole.pages.contains_key(&item.id) => Some(xml_id("r", item.id.0)),
        "link" if whole.links.contains_key(&item.id) => Some(xml_id("r", item.id.0)),
        "file" | "video" => whole.shown.get(&item.id).map(|file| xml_id("f", file.id.0)),
        _ => None,
    });
    let requirement = match item.completion {
        Completion::View => Some(Requirement::View),
        Completion::Mark => Some(Requirement::MarkDone),
        Completion::Submit => Some(Requirement::Submit),
        Completion::Grade => Some(Requirement::MinScore(0.0)),
        Completion::None => None,
    };
    Node {
        identifier: xml_id("i", item.id.0),
        title: item.title.clone(),
        requirement: requirement.filter(|_| resource.is_some()),
        new_tab: whole.links.get(&item.id).is_some_and(|(_, opens)| *opens == materials::link::Opens::Tab),
        resource,
        indent: u32::from(item.indent),
        published: Some(item.published_at.is_some()),
        ..Node::default()
    }
}
