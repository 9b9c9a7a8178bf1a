//! The outline as one person sees it: pure, over what was loaded (campus-rules M16, M17, M18).

use std::collections::{BTreeMap, BTreeSet};

use store::Time;

use crate::release::{Circumstances, Node, Verdict};
use crate::{Completion, Item, ItemId, Module, ModuleId, Requirement};

/// What is known of the person.
#[derive(Clone, Debug, Default)]
pub struct Facts {
    /// The moment; conditions on time are taken as met where none is given.
    pub now: Option<Time>,
    /// Items that are done.
    pub done: BTreeSet<ItemId>,
    /// Items that were opened.
    pub viewed: BTreeSet<ItemId>,
    /// Sections in which the person is.
    pub sections: Vec<store::Id>,
    /// True for those who make the course: they see drafts, and nothing is closed.
    pub sees_everything: bool,
}

/// Why something is closed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reason {
    /// It opens at this moment.
    OpensAt(Time),
    /// It closed at this moment.
    ClosedAt(Time),
    /// These modules are to be completed first.
    NeedsModules(Vec<(ModuleId, String)>),
    /// The item before it is to be done first.
    NeedsItem(ItemId, String),
    /// These parts of its release tree keep it closed.
    Conditions(Vec<Node>),
}

/// Where a person is with a module (M18).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ModuleState {
    /// It has not opened.
    Locked,
    /// Nothing in it was opened yet.
    Unlocked,
    /// Something was.
    Started,
    /// What it asks for is done.
    Completed,
}

/// Where a person is with an item.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ItemState {
    /// Closed; [`ArrangedItem::reason`] says why.
    Locked,
    /// Open, not done.
    Open,
    /// Done.
    Done,
}

/// A module as a person sees it.
#[derive(Clone, Debug)]
pub struct ArrangedModule {
    /// The module.
    pub module: Module,
    /// Where the person is.
    pub state: ModuleState,
    /// Why it is closed.
    pub reason: Option<Reason>,
    /// Its items that the person may see.
    pub items: Vec<ArrangedItem>,
    /// Items that count and are done.
    pub done: usize,
    /// Items that count.
    pub total: usize,
}

/// An item as a person sees it.
#[derive(Clone, Debug)]
pub struct ArrangedItem {
    /// The item.
    pub item: Item,
    /// Where the person is.
    pub state: ItemState,
    /// Why it is closed.
    pub reason: Option<Reason>,
    /// Whether the person has opened it.
    pub viewed: bool,
}

/// A course as a person sees it.
#[derive(Clone, Debug, Default)]
pub struct Arranged {
    /// The modules, in order.
    pub modules: Vec<ArrangedModule>,
    /// The moment for which it was arranged.
    pub now: Option<Time>,
}

/// Arranges modules and items for a person. Items come in the order of the course.
pub fn arrange(modules: &[Module], items: &[Item], facts: &Facts) -> Arranged {
    let mut by_module: BTreeMap<ModuleId, Vec<&Item>> = BTreeMap::new();
    for item in items {
        by_module.entry(item.module).or_default().push(item);
    }
    let visible = |module: &&Module| facts.sees_everything || module.published_at.is_some();
    let modules: Vec<&Module> = modules.iter().filter(visible).collect();
    let of = |module: &Module| by_module.get(&module.id).map_or(&[][..], Vec::as_slice);
    let completed = completed_modules(&modules, &of, facts);
    let circumstances = Circumstances {
        now: facts.now,
        done: facts.done.clone(),
        modules_done: completed.clone(),
        sections: facts.sections.clone(),
    };
    let arranged = modules.iter().map(|module| {
        let items: Vec<&Item> = of(module).iter().copied().filter(|item| is_visible(item, facts)).collect();
        arrange_module(module, &items, &modules, &completed, &circumstances, facts)
    });
    Arranged { modules: arranged.collect(), now: facts.now }
}

fn is_visible(item: &Item, facts: &Facts) -> bool {
    facts.sees_everything || item.published_at.is_some()
}

fn counts(item: &Item) -> bool {
    item.completion != Completion::None
}

/// A module is completed by what is done in it, whatever keeps it closed now: what one has done does not go away.
fn completed_modules<'m>(
    modules: &[&Module],
    of: &impl Fn(&Module) -> &'m [&'m Item],
    facts: &Facts,
) -> BTreeSet<ModuleId> {
    let is_completed = |module: &&&Module| {
        let (done, total) = tally(of(module).iter().copied().filter(|item| item.published_at.is_some()), facts);
        total > 0 && done >= wanted(module, total)
    };
    modules.iter().filter(is_completed).map(|module| module.id).collect()
}

fn tally<'i>(items: impl Iterator<Item = &'i Item>, facts: &Facts) -> (usize, usize) {
    items.filter(|item| counts(item)).fold((0, 0), |(done, total), item| {
        (done + usize::from(facts.done.contains(&item.id)), total + 1)
    })
}

fn wanted(module: &Module, total: usize) -> usize {
    match module.requirement {
        Requirement::All => total,
        Requirement::Some => (module.requirement_count as usize).min(total),
    }
}

fn arrange_module(
    module: &Module,
    items: &[&Item],
    modules: &[&Module],
    completed: &BTreeSet<ModuleId>,
    circumstances: &Circumstances,
    facts: &Facts,
) -> ArrangedModule {
    let closed = (!facts.sees_everything).then(|| module_reason(module, modules, completed, facts)).flatten();
    let (done, total) = tally(items.iter().copied(), facts);
    let state = match () {
        () if completed.contains(&module.id) => ModuleState::Completed,
        () if closed.is_some() => ModuleState::Locked,
        () if items.iter().any(|item| facts.viewed.contains(&item.id) || facts.done.contains(&item.id)) => {
            ModuleState::Started
        }
        () => ModuleState::Unlocked,
    };
    let mut waits_for: Option<(ItemId, String)> = None;
    let mut arranged = Vec::with_capacity(items.len());
    for item in items {
        let Some(reason) = item_reason(item, closed.as_ref(), waits_for.as_ref(), circumstances, facts) else { continue };
        let is_done = facts.done.contains(&item.id);
        let state = match (&reason, is_done) {
            (_, true) => ItemState::Done,
            (Some(_), false) => ItemState::Locked,
            (None, false) => ItemState::Open,
        };
        if module.sequential && counts(item) && !is_done && waits_for.is_none() {
            waits_for = Some((item.id, item.title.clone()));
        }
        let viewed = facts.viewed.contains(&item.id);
        arranged.push(ArrangedItem { item: (*item).clone(), state, reason, viewed });
    }
    ArrangedModule { module: module.clone(), state, reason: closed, items: arranged, done, total }
}

fn module_reason(module: &Module, modules: &[&Module], completed: &BTreeSet<ModuleId>, facts: &Facts) -> Option<Reason> {
    if let (Some(at), Some(now)) = (module.unlock_at, facts.now)
        && now < at
    {
        return Some(Reason::OpensAt(at));
    }
    // A module that was deleted or is a draft cannot be completed, and keeps nothing closed.
    let missing = modules.iter().filter(|other| module.needs.0.contains(&other.id) && !completed.contains(&other.id));
    let missing: Vec<(ModuleId, String)> = missing.map(|other| (other.id, other.title.clone())).collect();
    (!missing.is_empty()).then_some(Reason::NeedsModules(missing))
}

/// `None`: not to be seen. `Some(None)`: open.
#[expect(clippy::option_option, reason = "hidden, open and closed for a reason are three things")]
fn item_reason(
    item: &Item,
    module: Option<&Reason>,
    waits_for: Option<&(ItemId, String)>,
    circumstances: &Circumstances,
    facts: &Facts,
) -> Option<Option<Reason>> {
    if facts.sees_everything {
        return Some(None);
    }
    let verdict = item.release.as_ref().map_or(Verdict::Open, |tree| tree.0.verdict(circumstances));
    if verdict == Verdict::Hidden {
        return None;
    }
    if let Some(reason) = module {
        return Some(Some(reason.clone()));
    }
    if let Some(now) = facts.now {
        if let Some(at) = item.unlock_at.filter(|at| now < *at) {
            return Some(Some(Reason::OpensAt(at)));
        }
        if let Some(at) = item.lock_at.filter(|at| now >= *at) {
            return Some(Some(Reason::ClosedAt(at)));
        }
    }
    if let Verdict::Closed(nodes) = verdict {
        return Some(Some(Reason::Conditions(nodes)));
    }
    Some(waits_for.map(|(id, title)| Reason::NeedsItem(*id, title.clone())))
}

impl Arranged {
    /// Every item, in order.
    pub fn items(&self) -> impl Iterator<Item = &ArrangedItem> {
        self.modules.iter().flat_map(|module| &module.items)
    }

    /// Items that count: how many are done, and how many there are.
    pub fn tally(&self) -> (usize, usize) {
        self.modules.iter().fold((0, 0), |(done, total), module| (done + module.done, total + module.total))
    }

    /// How much is done, in whole percent; 0 and 100 only where nothing or everything is.
    pub fn percent(&self) -> u8 {
        match self.tally() {
            (_, 0) | (0, _) => 0,
            (done, total) if done >= total => 100,
            (done, total) => u8::try_from((done * 100 / total).clamp(1, 99)).unwrap_or(99),
        }
    }

    /// What to do next: what falls due within a week, soonest first; else the first thing that is open.
    pub fn next(&self) -> Option<&ArrangedItem> {
        let open = || self.items().filter(|item| item.state == ItemState::Open && counts(&item.item));
        let soon = self.now.map(|now| now.plus_days(7));
        let due = open().filter(|item| item.item.due_at.zip(soon).is_some_and(|(due, soon)| due < soon));
        due.min_by_key(|item| item.item.due_at).or_else(|| open().next())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::release::{Condition, Op, Tree};
    use courses::CourseId;
    use proptest::prelude::*;
    use store::Json;

    fn id(n: u128) -> store::Id {
        store::Id::from_u128(n)
    }

    fn module(n: u128) -> Module {
        Module {
            id: ModuleId(id(n)),
            course: CourseId(id(1)),
            title: format!("M{n}"),
            position: n as i64,
            unlock_at: None,
            needs: Json(Vec::new()),
            requirement: Requirement::All,
            requirement_count: 1,
            sequential: false,
            published_at: Some(Time::from_seconds(0)),
        }
    }

    fn item(n: u128, module: u128) -> Item {
        Item {
            id: ItemId(id(n)),
            course: CourseId(id(1)),
            module: ModuleId(id(module)),
            kind: "page".to_owned(),
            title: format!("I{n}"),
            position: n as i64,
            indent: 0,
            minutes: 0,
            completion: Completion::View,
            release: None,
            due_at: None,
            unlock_at: None,
            lock_at: None,
            published_at: Some(Time::from_seconds(0)),
        }
    }

    fn facts(done: &[u128]) -> Facts {
        let done: BTreeSet<ItemId> = done.iter().map(|n| ItemId(id(*n))).collect();
        Facts { now: Some(Time::from_seconds(100)), viewed: done.clone(), done, ..Facts::default() }
    }

    fn states(arranged: &Arranged) -> Vec<ItemState> {
        arranged.items().map(|item| item.state).collect()
    }

    #[test]
    fn a_module_waits_for_those_it_needs() {
        let second = Module { needs: Json(vec![ModuleId(id(1))]), ..module(2) };
        let modules = [module(1), second];
        let items = [item(1, 1), item(2, 2)];
        let before = arrange(&modules, &items, &facts(&[]));
        assert_eq!(before.modules[1].state, ModuleState::Locked);
        assert_eq!(before.modules[1].reason, Some(Reason::NeedsModules(vec![(ModuleId(id(1)), "M1".to_owned())])));
        let after = arrange(&modules, &items, &facts(&[1]));
        assert_eq!(after.modules[0].state, ModuleState::Completed);
        assert_eq!(states(&after), [ItemState::Done, ItemState::Open]);
        assert_eq!(after.next().unwrap().item.title, "I2");
        assert_eq!(after.percent(), 50);
    }

    #[test]
    fn in_a_sequential_module_items_open_one_after_the_other() {
        let modules = [Module { sequential: true, ..module(1) }];
        let items = [item(1, 1), Item { completion: Completion::None, ..item(2, 1) }, item(3, 1)];
        let arranged = arrange(&modules, &items, &facts(&[]));
        assert_eq!(states(&arranged), [ItemState::Open, ItemState::Locked, ItemState::Locked]);
        assert_eq!(states(&arrange(&modules, &items, &facts(&[1]))), [ItemState::Done, ItemState::Open, ItemState::Open]);
    }

    #[test]
    fn some_of_the_items_are_enough_where_the_module_says_so() {
        let modules = [Module { requirement: Requirement::Some, requirement_count: 2, ..module(1) }];
        let items = [item(1, 1), item(2, 1), item(3, 1)];
        assert_eq!(arrange(&modules, &items, &facts(&[1])).modules[0].state, ModuleState::Started);
        assert_eq!(arrange(&modules, &items, &facts(&[1, 3])).modules[0].state, ModuleState::Completed);
    }

    #[test]
    fn dates_and_conditions_close_and_say_why() {
        let late = Item { unlock_at: Some(Time::from_seconds(200)), ..item(1, 1) };
        let over = Item { lock_at: Some(Time::from_seconds(50)), ..item(2, 1) };
        let condition = Node::Condition(Condition::Done { item: ItemId(id(1)) });
        let bound = Item { release: Some(Json(Tree::new(Op::All, vec![condition.clone()]))), ..item(3, 1) };
        let arranged = arrange(&[module(1)], &[late, over, bound], &facts(&[]));
        let reasons: Vec<Reason> = arranged.items().filter_map(|item| item.reason.clone()).collect();
        let expected = [
            Reason::OpensAt(Time::from_seconds(200)),
            Reason::ClosedAt(Time::from_seconds(50)),
            Reason::Conditions(vec![condition]),
        ];
        assert_eq!(reasons, expected);
    }

    #[test]
    fn drafts_are_for_those_who_make_the_course() {
        let items = [Item { published_at: None, ..item(1, 1) }];
        let modules = [module(1)];
        assert_eq!(arrange(&modules, &items, &facts(&[])).items().count(), 0);
        let author = Facts { sees_everything: true, ..facts(&[]) };
        assert_eq!(states(&arrange(&modules, &items, &author)), [ItemState::Open]);
    }

    proptest! {
        /// Doing more never closes a module that was open, and never lowers what is done.
        #[test]
        fn doing_more_never_takes_anything_away(needs in prop::collection::vec(0..4_u128, 4), bits in 0..256_u32, more in 0..256_u32) {
            let modules: Vec<Module> = (0..4).map(|n| {
                let need = needs[n as usize];
                Module { needs: Json(if need < n { vec![ModuleId(id(need))] } else { Vec::new() }), ..module(n) }
            }).collect();
            let items: Vec<Item> = (0..8).map(|n| item(n, n / 2)).collect();
            let done = |bits: u32| facts(&(0..8).filter(|n| bits & (1 << n) != 0).collect::<Vec<u128>>());
            let (less, more) = (arrange(&modules, &items, &done(bits)), arrange(&modules, &items, &done(bits | more)));
            prop_assert!(less.percent() <= more.percent());
            for (a, b) in less.modules.iter().zip(&more.modules) {
                prop_assert!(a.state == ModuleState::Locked || b.state != ModuleState::Locked);
            }
        }
    }
}
