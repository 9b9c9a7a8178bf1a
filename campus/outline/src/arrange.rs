//! The outline as one person sees it: pure, over what was loaded (campus-rules M16, M17, M18).

use std::collections::BTreeMap;
use std::ops::Deref;

use store::{IdSet, Time};

use crate::overrides::{Applying, Source};
use crate::release::{Circumstances, Condition, Node, Outlook, Verdict};
use crate::{Completion, Item, ItemId, Module, ModuleId, Requirement};

/// What is known of the person.
#[derive(Clone, Debug, Default)]
pub struct Facts {
    /// The moment; conditions on time are taken as met where none is given.
    pub now: Option<Time>,
    /// Items that are done.
    pub done: IdSet<ItemId>,
    /// Items that were opened.
    pub viewed: IdSet<ItemId>,
    /// Sections in which the person is.
    pub sections: Vec<store::Id>,
    /// The exceptions that apply to the person, by item (M20).
    pub exceptions: BTreeMap<ItemId, Applying>,
    /// True for those who make the course: they see drafts, and nothing is closed.
    pub sees_everything: bool,
}

impl Facts {
    /// Whether an item is open to the person whatever its conditions, its module and the item before say.
    fn is_exempt(&self, item: ItemId) -> bool {
        self.exceptions.get(&item).is_some_and(Applying::opens)
    }

    /// The item with the dates that hold for the person.
    fn dated<'i>(&self, item: &'i Item) -> Dated<'i> {
        let Some(applying) = self.exceptions.get(&item.id) else { return Dated::Everybody(item) };
        let mut own = Box::new(item.clone());
        applying.apply(&mut own, self.now);
        Dated::Own(own)
    }
}

/// An item with the dates that hold for somebody.
#[derive(Clone, Debug)]
pub enum Dated<'c> {
    /// Those of everybody: the item as it is.
    Everybody(&'c Item),
    /// Dates of their own.
    Own(Box<Item>),
}

impl Deref for Dated<'_> {
    type Target = Item;

    fn deref(&self) -> &Item {
        match self {
            Self::Everybody(item) => item,
            Self::Own(item) => item,
        }
    }
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
pub struct ArrangedModule<'c> {
    /// The module.
    pub module: &'c Module,
    /// Where the person is.
    pub state: ModuleState,
    /// Why it is closed.
    pub reason: Option<Reason>,
    /// Its items that the person may see.
    pub items: Vec<ArrangedItem<'c>>,
    /// Items that count and are done.
    pub done: usize,
    /// Items that count.
    pub total: usize,
}

/// An item as a person sees it.
#[derive(Clone, Debug)]
pub struct ArrangedItem<'c> {
    /// The item, with the dates that hold for the person.
    pub item: Dated<'c>,
    /// Where its dates come from, where they are not those of everybody.
    pub dates_from: Option<Source>,
    /// Where the person is.
    pub state: ItemState,
    /// Why it is closed.
    pub reason: Option<Reason>,
    /// Whether the person has opened it.
    pub viewed: bool,
}

/// A course as a person sees it.
#[derive(Clone, Debug, Default)]
pub struct Arranged<'c> {
    /// The modules, in order.
    pub modules: Vec<ArrangedModule<'c>>,
    /// The moment for which it was arranged.
    pub now: Option<Time>,
}

/// Arranges modules and items for a person. Items come in the order of the course.
pub fn arrange<'c>(modules: &'c [Module], items: &'c [Item], facts: &Facts) -> Arranged<'c> {
    let mut by_module: BTreeMap<ModuleId, Vec<&'c Item>> = BTreeMap::new();
    for together in items.chunk_by(|one, next| one.module == next.module) {
        by_module.entry(together[0].module).or_default().extend(together);
    }
    let visible = |module: &&Module| facts.sees_everything || module.published_at.is_some();
    let modules: Vec<&Module> = modules.iter().filter(visible).collect();
    let of = |module: &Module| by_module.get(&module.id).map_or(&[][..], Vec::as_slice);
    let circumstances = circumstances(&modules, &of, facts);
    let arranged = modules.iter().map(|module| {
        let items: Vec<&Item> = of(module).iter().copied().filter(|item| is_visible(item, facts)).collect();
        arrange_module(module, &items, &modules, &circumstances, facts)
    });
    Arranged { modules: arranged.collect(), now: facts.now }
}

fn is_visible(item: &Item, facts: &Facts) -> bool {
    facts.sees_everything || item.published_at.is_some()
}

/// What the conditions ask of. A module is completed by what is done in it, whatever keeps it closed now: what one has
/// done does not go away.
fn circumstances<'m, 'c: 'm>(
    modules: &[&Module],
    of: &impl Fn(&Module) -> &'m [&'c Item],
    facts: &Facts,
) -> Circumstances {
    let mut out = Circumstances {
        now: facts.now,
        done: facts.done.clone(),
        sections: facts.sections.clone(),
        ..Circumstances::default()
    };
    out.items.reserve(modules.iter().map(|module| of(module).len()).sum());
    for module in modules.iter().filter(|module| module.published_at.is_some() || facts.sees_everything) {
        let published = of(module).iter().copied().filter(|item| item.published_at.is_some());
        let counting: Vec<&Item> = published.filter(|item| counts(item, facts)).collect();
        let (done, total) = tally(&counting, facts);
        out.items.extend(counting.iter().map(|item| item.id));
        if total > 0 {
            out.modules.insert(module.id);
            if done >= wanted(module, total) {
                out.modules_done.insert(module.id);
            }
        }
    }
    out
}

/// Whether an item is something that this person can do, so that it counts for them. One that is only for another
/// section, or only for those who have not done what this person has, does not (M16: conditions that apply to lists of
/// people); one that is done does in any case.
pub(crate) fn counts(item: &Item, facts: &Facts) -> bool {
    if item.completion == Completion::None {
        return false;
    }
    let Some(tree) = item.release.as_ref().filter(|_| !facts.sees_everything) else { return true };
    let settled = |condition: &Condition| {
        Some(match condition {
            Condition::Section { section } => Outlook::settled(facts.sections.contains(section)),
            Condition::Done { item } if facts.done.contains(item) => Outlook::settled(true),
            Condition::NotDone { item } if facts.done.contains(item) => Outlook::settled(false),
            _ => Outlook::OPEN,
        })
    };
    facts.done.contains(&item.id) || facts.is_exempt(item.id) || tree.0.outlook(&settled).may_hold
}

fn tally(counting: &[&Item], facts: &Facts) -> (usize, usize) {
    (counting.iter().filter(|item| facts.done.contains(&item.id)).count(), counting.len())
}

fn wanted(module: &Module, total: usize) -> usize {
    match module.requirement {
        Requirement::All => total,
        Requirement::Some => (module.requirement_count as usize).min(total),
    }
}

fn arrange_module<'c>(
    module: &'c Module,
    items: &[&'c Item],
    modules: &[&Module],
    circumstances: &Circumstances,
    facts: &Facts,
) -> ArrangedModule<'c> {
    let closed = (!facts.sees_everything).then(|| module_reason(module, modules, circumstances)).flatten();
    let counting: Vec<&Item> = items.iter().copied().filter(|item| counts(item, facts)).collect();
    let (done, total) = tally(&counting, facts);
    let state = match () {
        () if circumstances.modules_done.contains(&module.id) => ModuleState::Completed,
        () if closed.is_some() => ModuleState::Locked,
        () if items.iter().any(|item| facts.viewed.contains(&item.id) || facts.done.contains(&item.id)) => {
            ModuleState::Started
        }
        () => ModuleState::Unlocked,
    };
    let mut waits_for: Option<(ItemId, String)> = None;
    let mut arranged = Vec::with_capacity(items.len());
    for item in items.iter().map(|item| facts.dated(item)) {
        let Some(reason) = item_reason(&item, closed.as_ref(), waits_for.as_ref(), circumstances, facts) else {
            continue;
        };
        let is_done = facts.done.contains(&item.id);
        let state = match (&reason, is_done) {
            (_, true) => ItemState::Done,
            (Some(_), false) => ItemState::Locked,
            (None, false) => ItemState::Open,
        };
        if module.sequential && counts(&item, facts) && !is_done && waits_for.is_none() {
            waits_for = Some((item.id, item.title.clone()));
        }
        let dates_from = facts.exceptions.get(&item.id).and_then(|applying| applying.source.clone());
        let viewed = facts.viewed.contains(&item.id);
        arranged.push(ArrangedItem { item, dates_from, state, reason, viewed });
    }
    ArrangedModule { module, state, reason: closed, items: arranged, done, total }
}

fn module_reason(module: &Module, modules: &[&Module], circumstances: &Circumstances) -> Option<Reason> {
    if let (Some(at), Some(now)) = (module.unlock_at, circumstances.now)
        && now < at
    {
        return Some(Reason::OpensAt(at));
    }
    // A module that was deleted, is a draft, or holds nothing that counts cannot be completed, and keeps nothing closed.
    let is_missing = |id| circumstances.modules.contains(id) && !circumstances.modules_done.contains(id);
    let missing = modules.iter().filter(|other| module.needs.0.contains(&other.id) && is_missing(&other.id));
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
    let is_exempt = facts.is_exempt(item.id);
    let tree = item.release.as_ref().filter(|_| !is_exempt);
    let verdict = tree.map_or(Verdict::Open, |tree| tree.0.verdict(circumstances));
    if verdict == Verdict::Hidden {
        return None;
    }
    if let Some(reason) = module.filter(|_| !is_exempt) {
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
    Some(waits_for.filter(|_| !is_exempt).map(|(id, title)| Reason::NeedsItem(*id, title.clone())))
}

impl<'c> Arranged<'c> {
    /// Every item, in order.
    pub fn items(&self) -> impl Iterator<Item = &ArrangedItem<'c>> {
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
    pub fn next(&self) -> Option<&ArrangedItem<'c>> {
        let open =
            || self.items().filter(|item| item.state == ItemState::Open && item.item.completion != Completion::None);
        let soon = self.now.map(|now| now.plus_days(7));
        let due = open().filter(|item| item.item.due_at.zip(soon).is_some_and(|(due, soon)| due < soon));
        due.min_by_key(|item| item.item.due_at).or_else(|| open().next())
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::allow_attributes, reason = "a test says so by stopping")]
pub(crate) mod tests;
