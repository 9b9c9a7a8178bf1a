//! What can never open, because things wait for each other in a circle (campus-rules M16: checked when it is saved).

use std::collections::{BTreeMap, BTreeSet};

use crate::release::{Condition, Outlook};
use crate::{Completion, Item, ItemId, Module, ModuleId, Requirement};

/// The items that nobody can ever get to, whatever they do and however long they wait. Drafts count as published, so
/// that a circle shows before learners meet it. Items come in the order of the course.
///
/// It does, round by round, everything that is open, until nothing more opens. Dates, sections and what is not to be
/// done are taken as they help.
pub(crate) fn never_open(modules: &[Module], items: &[Item]) -> BTreeSet<ItemId> {
    let counting: BTreeSet<ItemId> = items.iter().filter(|item| counts(item)).map(|item| item.id).collect();
    let mut of: BTreeMap<ModuleId, Vec<&Item>> = modules.iter().map(|module| (module.id, Vec::new())).collect();
    for item in items {
        of.entry(item.module).or_default().push(item);
    }
    let mut reach = Reach { of, counting, done: BTreeSet::new(), completed: BTreeSet::new() };
    let mut opened = BTreeSet::new();
    loop {
        let before = opened.len();
        for module in modules {
            if reach.is_module_open(module) {
                reach.walk(module, &mut opened);
            }
        }
        reach.completed = modules.iter().filter(|module| reach.is_completed(module)).map(|module| module.id).collect();
        if opened.len() == before {
            return items.iter().map(|item| item.id).filter(|id| !opened.contains(id)).collect();
        }
    }
}

/// The names of the items that a change would put out of everybody's reach, of those that could be reached before.
pub(crate) fn newly_stuck(modules: (&[Module], &[Module]), items: (&[Item], &[Item])) -> Vec<String> {
    let after = never_open(modules.1, items.1);
    if after.is_empty() {
        return Vec::new();
    }
    let before = never_open(modules.0, items.0);
    let stuck = items.1.iter().filter(|item| after.contains(&item.id) && !before.contains(&item.id));
    stuck.map(|item| item.title.clone()).collect()
}

fn counts(item: &Item) -> bool {
    item.completion != Completion::None
}

struct Reach<'r> {
    of: BTreeMap<ModuleId, Vec<&'r Item>>,
    counting: BTreeSet<ItemId>,
    done: BTreeSet<ItemId>,
    completed: BTreeSet<ModuleId>,
}

impl Reach<'_> {
    fn counting_in(&self, module: ModuleId) -> impl Iterator<Item = &Item> {
        self.of.get(&module).into_iter().flatten().copied().filter(|item| counts(item))
    }

    fn can_be_completed(&self, module: ModuleId) -> bool {
        self.counting_in(module).next().is_some()
    }

    fn is_completed(&self, module: &Module) -> bool {
        let total = self.counting_in(module.id).count();
        let done = self.counting_in(module.id).filter(|item| self.done.contains(&item.id)).count();
        let wanted = match module.requirement {
            Requirement::All => total,
            Requirement::Some => (module.requirement_count as usize).min(total),
        };
        total > 0 && done >= wanted
    }

    fn is_module_open(&self, module: &Module) -> bool {
        module.needs.0.iter().all(|id| self.completed.contains(id) || !self.can_be_completed(*id))
    }

    fn walk(&mut self, module: &Module, opened: &mut BTreeSet<ItemId>) {
        let mut waits = false;
        for item in self.of.get(&module.id).cloned().unwrap_or_default() {
            let opens = !waits && item.release.as_ref().is_none_or(|tree| tree.0.outlook(&|c| self.leaf(c)).may_hold);
            if opens {
                opened.insert(item.id);
                if counts(item) {
                    self.done.insert(item.id);
                }
            }
            waits |= module.sequential && counts(item) && !self.done.contains(&item.id);
        }
    }

    fn leaf(&self, condition: &Condition) -> Option<Outlook> {
        let once = |possible: bool, done: bool| possible.then_some(Outlook { may_hold: done, may_fail: true });
        match condition {
            Condition::Done { item } => once(self.counting.contains(item), self.done.contains(item)),
            Condition::ModuleDone { module } => once(self.can_be_completed(*module), self.completed.contains(module)),
            _ => Some(Outlook::OPEN),
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::allow_attributes, reason = "a test says so by stopping")]
mod tests {
    use proptest::prelude::*;
    use store::Json;

    use super::*;
    use crate::arrange::tests::{id, item, module};
    use crate::release::{Node, Op, Tree};
    use crate::{Facts, ItemState, arrange};

    fn after(item: Item, condition: Condition) -> Item {
        Item { release: Some(Json(Tree::new(Op::All, vec![Node::Condition(condition)]))), ..item }
    }

    fn done(n: u128) -> Condition {
        Condition::Done { item: ItemId(id(n)) }
    }

    fn stuck(modules: &[Module], items: &[Item]) -> Vec<String> {
        let stuck = never_open(modules, items);
        items.iter().filter(|item| stuck.contains(&item.id)).map(|item| item.title.clone()).collect()
    }

    #[test]
    fn circles_are_found_through_items_modules_and_orders() {
        let modules = [module(1), module(2)];
        assert_eq!(stuck(&modules, &[item(1, 1), after(item(2, 1), done(1))]), [""; 0]);
        assert_eq!(stuck(&modules, &[after(item(1, 1), done(2)), after(item(2, 2), done(1))]), ["I1", "I2"]);
        // The second module needs the first, and something in the first waits for the second.
        let needs = [module(1), Module { needs: Json(vec![ModuleId(id(1))]), ..module(2) }];
        let waits = after(item(1, 1), Condition::ModuleDone { module: ModuleId(id(2)) });
        assert_eq!(stuck(&needs, &[waits.clone(), item(2, 2)]), ["I1", "I2"]);
        let some = [Module { requirement: Requirement::Some, ..module(1) }, needs[1].clone()];
        assert_eq!(stuck(&some, &[waits, item(3, 1), item(2, 2)]), [""; 0], "one of two is enough");
        // One after the other, and the first waits for the second.
        let sequential = [Module { sequential: true, ..module(1) }];
        assert_eq!(stuck(&sequential, &[after(item(1, 1), done(2)), item(2, 1)]), ["I1", "I2"]);
    }

    #[test]
    fn what_cannot_be_done_makes_no_circle() {
        let modules = [module(1), Module { needs: Json(vec![ModuleId(id(1))]), ..module(2) }];
        let line = Item { completion: Completion::None, ..item(1, 1) };
        assert_eq!(stuck(&modules, &[line, after(item(2, 2), done(99))]), [""; 0]);
    }

    proptest! {
        /// The slow rule: somebody who does whatever they find open, again and again, gets to exactly the rest.
        #[test]
        fn agrees_with_somebody_who_does_whatever_is_open(
            waits in prop::collection::vec((0..8_u128, 0..8_u128), 8), needs in 0..4_u128, sequential in any::<bool>(),
        ) {
            let modules: Vec<Module> = (0..3).map(|n| Module {
                needs: Json(if n == 1 { vec![ModuleId(id(needs))] } else { Vec::new() }),
                sequential: sequential && n == 0,
                ..module(n)
            }).collect();
            let items: Vec<Item> = (0..8).map(|n| {
                let (first, second) = waits[n as usize];
                let plain = item(n, n / 3);
                if first > 3 { return plain }
                let of = vec![Node::Condition(done(first)), Node::Condition(done(second))];
                Item { release: Some(Json(Tree::new(if second > 4 { Op::Any } else { Op::All }, of))), ..plain }
            }).collect();
            let mut facts = Facts::default();
            loop {
                let arranged = arrange(&modules, &items, &facts);
                let open: Vec<ItemId> =
                    arranged.items().filter(|item| item.state == ItemState::Open).map(|item| item.item.id).collect();
                if open.is_empty() { break }
                facts.done.extend(open);
            }
            let rest: BTreeSet<ItemId> = items.iter().map(|item| item.id).filter(|id| !facts.done.contains(id)).collect();
            prop_assert_eq!(never_open(&modules, &items), rest);
        }
    }
}
