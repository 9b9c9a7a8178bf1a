//! Reasons in words: why something is closed, and how it opens.

use std::collections::BTreeMap;

use web::Page;

use crate::overrides::Source;
use crate::release::{Condition, Node, Op};
use crate::{Item, ItemId, Module, ModuleId, Reason};

/// Where somebody's dates come from (M20: shown with the date).
pub(super) fn whose_dates(page: &Page, source: &Source) -> String {
    match source {
        Source::Person => page.t("outline-dates-yours"),
        Source::Section(name) => page.ta("outline-dates-of-section", &[("section", name.as_str())]),
    }
}

/// The same, said of somebody else.
pub(super) fn their_dates(page: &Page, source: &Source) -> String {
    match source {
        Source::Person => page.t("outline-dates-theirs"),
        Source::Section(name) => page.ta("outline-dates-of-section", &[("section", name.as_str())]),
    }
}

/// The names that reasons speak of.
#[derive(Clone, Debug, Default)]
pub(super) struct Names {
    items: BTreeMap<ItemId, String>,
    modules: BTreeMap<ModuleId, String>,
}

impl Names {
    pub(super) fn of(modules: &[Module], items: &[Item]) -> Self {
        Self {
            items: items.iter().map(|item| (item.id, item.title.clone())).collect(),
            modules: modules.iter().map(|module| (module.id, module.title.clone())).collect(),
        }
    }

    /// One sentence.
    pub(super) fn say(&self, page: &Page, reason: &Reason) -> String {
        match reason {
            Reason::OpensAt(at) => page.ta("outline-opens-at", &[("time", page.time(at).short_full())]),
            Reason::ClosedAt(at) => page.ta("outline-closed-at", &[("time", page.time(at).short_full())]),
            Reason::NeedsItem(_, title) => page.ta("outline-needs-item", &[("title", title)]),
            Reason::NeedsModules(modules) => {
                let titles: Vec<&str> = modules.iter().map(|(_, title)| title.as_str()).collect();
                page.ta("outline-needs-modules", &[("titles", titles.join(", "))])
            }
            Reason::Conditions(nodes) => {
                let said: Vec<String> = nodes.iter().map(|node| self.node(page, node)).collect();
                page.ta("outline-needs-conditions", &[("conditions", said.join(&page.t("outline-and")))])
            }
        }
    }

    fn node(&self, page: &Page, node: &Node) -> String {
        match node {
            Node::Condition(condition) => self.condition(page, condition),
            Node::Unknown(_) => String::new(),
            Node::Group(tree) => {
                let said: Vec<String> = tree.of.iter().map(|node| self.node(page, node)).collect();
                let joined = match tree.op {
                    Op::All => said.join(&page.t("outline-and")),
                    Op::Any => said.join(&page.t("outline-or")),
                    Op::NotAll => page.ta("outline-not-all", &[("conditions", said.join(&page.t("outline-and")))]),
                    Op::None => page.ta("outline-none-of", &[("conditions", said.join(&page.t("outline-or")))]),
                };
                format!("({joined})")
            }
        }
    }

    fn condition(&self, page: &Page, condition: &Condition) -> String {
        let item = |id: &ItemId| self.items.get(id).cloned().unwrap_or_else(|| page.t("outline-something-gone"));
        match condition {
            Condition::From { at } => page.ta("outline-if-from", &[("time", page.time(at).short_full())]),
            Condition::Until { at } => page.ta("outline-if-until", &[("time", page.time(at).short_full())]),
            Condition::Done { item: id } => page.ta("outline-if-done", &[("title", item(id))]),
            Condition::NotDone { item: id } => page.ta("outline-if-not-done", &[("title", item(id))]),
            Condition::ModuleDone { module } => {
                let title = self.modules.get(module).cloned().unwrap_or_else(|| page.t("outline-something-gone"));
                page.ta("outline-if-module-done", &[("title", title)])
            }
            Condition::Section { .. } => page.t("outline-if-section"),
        }
    }
}
