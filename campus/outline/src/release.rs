//! When something opens: a tree of conditions (campus-rules M16).

use std::hash::Hash;

use serde::{Deserialize, Serialize};
use store::{IdSet, Time};

use crate::{ItemId, ModuleId};

/// Conditions and groups in one tree at the most; a larger one is refused when it is saved.
pub const NODES_MAX: usize = 100;
/// Groups in groups at the most.
pub const DEPTH_MAX: usize = 5;

/// How the parts of a group are joined.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Op {
    /// Every part must hold.
    All,
    /// One part is enough.
    Any,
    /// At least one part must not hold.
    NotAll,
    /// No part may hold.
    None,
}

/// A group of conditions. At the root its flags say what happens while it is closed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tree {
    /// How the parts are joined.
    pub op: Op,
    /// The parts.
    pub of: Vec<Node>,
    /// For each part of a root of [`Op::All`] or [`Op::None`]: whether the item is shown, with the reason, while that part
    /// keeps it closed. A missing flag counts as true.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub shown_each: Vec<bool>,
    /// The same for a root of [`Op::Any`] or [`Op::NotAll`] as a whole.
    #[serde(default = "yes")]
    pub shown: bool,
}

const fn yes() -> bool {
    true
}

/// A part of a group.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Node {
    /// A group.
    Group(Tree),
    /// A condition.
    Condition(Condition),
    /// A condition of a kind that is not known (any more): it never keeps anything closed, but is refused when a tree
    /// is saved.
    Unknown(serde_json::Value),
}

/// One condition.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "if", rename_all = "kebab-case")]
pub enum Condition {
    /// From this moment on.
    From {
        /// The moment.
        at: Time,
    },
    /// Until this moment.
    Until {
        /// The moment.
        at: Time,
    },
    /// Once this item is done.
    Done {
        /// The item.
        item: ItemId,
    },
    /// As long as this item is not done.
    NotDone {
        /// The item.
        item: ItemId,
    },
    /// Once this module is completed.
    ModuleDone {
        /// The module.
        module: ModuleId,
    },
    /// For those in this section.
    Section {
        /// The section.
        section: store::Id,
    },
}

impl Condition {
    /// Whether it speaks of who somebody is rather than of what they did or when: such conditions can be asked for a
    /// whole list of people at once (M16).
    pub const fn is_about_people(&self) -> bool {
        matches!(self, Self::Section { .. })
    }
}

/// What the conditions ask of.
#[derive(Clone, Debug, Default)]
pub struct Circumstances {
    /// The moment.
    pub now: Option<Time>,
    /// Items that are done.
    pub done: IdSet<ItemId>,
    /// Modules that are completed.
    pub modules_done: IdSet<ModuleId>,
    /// Items that can be done at all. A condition on any other (it was deleted, is a draft, does not count) has no say,
    /// unless that was done before: what cannot be done keeps nothing closed.
    pub items: IdSet<ItemId>,
    /// Modules that can be completed at all.
    pub modules: IdSet<ModuleId>,
    /// The sections in which the person is.
    pub sections: Vec<store::Id>,
}

/// What a condition or a group can still come to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Outlook {
    /// It can hold.
    pub may_hold: bool,
    /// It can fail to hold.
    pub may_fail: bool,
}

impl Outlook {
    /// Either way.
    pub const OPEN: Self = Self { may_hold: true, may_fail: true };

    /// It is decided.
    pub const fn settled(holds: bool) -> Self {
        Self { may_hold: holds, may_fail: !holds }
    }

    const fn not(self) -> Self {
        Self { may_hold: self.may_fail, may_fail: self.may_hold }
    }
}

/// Whether it is open, and if not, why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It is open.
    Open,
    /// It is closed and shown; these parts keep it so.
    Closed(Vec<Node>),
    /// It is closed, and not to be seen.
    Hidden,
}

impl Condition {
    /// `None` where it has no say: see [`Circumstances::items`].
    fn holds(&self, circumstances: &Circumstances) -> Option<bool> {
        match self {
            Self::From { at } => Some(circumstances.now.is_none_or(|now| now >= *at)),
            Self::Until { at } => Some(circumstances.now.is_none_or(|now| now < *at)),
            Self::Done { item } => done(item, &circumstances.done, &circumstances.items),
            Self::NotDone { item } => Some(!circumstances.done.contains(item)),
            Self::ModuleDone { module } => done(module, &circumstances.modules_done, &circumstances.modules),
            Self::Section { section } => Some(circumstances.sections.contains(section)),
        }
    }
}

fn done<T: Eq + Hash>(id: &T, done: &IdSet<T>, possible: &IdSet<T>) -> Option<bool> {
    let is_done = done.contains(id);
    (is_done || possible.contains(id)).then_some(is_done)
}

impl Node {
    /// An unknown condition has no say: it counts as what keeps nothing closed in its group.
    fn holds(&self, circumstances: &Circumstances) -> Option<bool> {
        match self {
            Self::Group(tree) => Some(tree.holds(circumstances)),
            Self::Condition(condition) => condition.holds(circumstances),
            Self::Unknown(_) => None,
        }
    }
}

impl Tree {
    /// A group of these parts.
    pub fn new(op: Op, of: Vec<Node>) -> Self {
        Self { op, of, shown_each: Vec::new(), shown: true }
    }

    /// Whether the whole holds. An empty group does.
    pub fn holds(&self, circumstances: &Circumstances) -> bool {
        let mut parts = self.of.iter().filter_map(|node| node.holds(circumstances)).peekable();
        if parts.peek().is_none() {
            return true;
        }
        match self.op {
            Op::All => parts.all(|holds| holds),
            Op::Any => parts.any(|holds| holds),
            Op::NotAll => !parts.all(|holds| holds),
            Op::None => !parts.any(|holds| holds),
        }
    }

    /// Whether it is open, and which parts keep it closed.
    pub fn verdict(&self, circumstances: &Circumstances) -> Verdict {
        if self.holds(circumstances) {
            return Verdict::Open;
        }
        // In a group of `none` the parts that hold are the ones in the way.
        let in_the_way = |node: &Node| match self.op {
            Op::All | Op::Any => node.holds(circumstances) == Some(false),
            Op::None | Op::NotAll => node.holds(circumstances) == Some(true),
        };
        let hidden = match self.op {
            Op::All | Op::None => {
                let each = self.of.iter().enumerate().filter(|(_, node)| in_the_way(node));
                each.into_iter().any(|(at, _)| !self.shown_each.get(at).copied().unwrap_or(true))
            }
            Op::Any | Op::NotAll => !self.shown,
        };
        if hidden {
            return Verdict::Hidden;
        }
        Verdict::Closed(self.of.iter().filter(|node| in_the_way(node)).cloned().collect())
    }

    /// What the whole can still come to, given what each condition can; none where a condition has no say.
    pub fn outlook(&self, of: &impl Fn(&Condition) -> Option<Outlook>) -> Outlook {
        let parts: Vec<Outlook> = self
            .of
            .iter()
            .filter_map(|node| match node {
                Node::Group(tree) => Some(tree.outlook(of)),
                Node::Condition(condition) => of(condition),
                Node::Unknown(_) => None,
            })
            .collect();
        if parts.is_empty() {
            return Outlook::settled(true);
        }
        let all = Outlook {
            may_hold: parts.iter().all(|part| part.may_hold),
            may_fail: parts.iter().any(|part| part.may_fail),
        };
        let any = Outlook {
            may_hold: parts.iter().any(|part| part.may_hold),
            may_fail: parts.iter().all(|part| part.may_fail),
        };
        match self.op {
            Op::All => all,
            Op::Any => any,
            Op::NotAll => all.not(),
            Op::None => any.not(),
        }
    }

    /// Every condition of the tree.
    pub fn conditions(&self) -> Vec<&Condition> {
        let mut out = Vec::new();
        let mut open: Vec<&Self> = vec![self];
        while let Some(tree) = open.pop() {
            for node in &tree.of {
                match node {
                    Node::Group(inner) => open.push(inner),
                    Node::Condition(condition) => out.push(condition),
                    Node::Unknown(_) => {}
                }
            }
        }
        out
    }

    /// What may not be saved: unknown conditions, trees that are too large or too deep.
    pub fn fault(&self) -> Option<Fault> {
        fn walk(tree: &Tree, depth: usize, count: &mut usize) -> Option<Fault> {
            if depth > DEPTH_MAX {
                return Some(Fault::TooDeep);
            }
            tree.of.iter().find_map(|node| {
                *count += 1;
                match node {
                    Node::Unknown(_) => Some(Fault::Unknown),
                    Node::Group(inner) => walk(inner, depth + 1, count),
                    Node::Condition(_) => None,
                }
            })
        }
        let mut count = 0;
        walk(self, 1, &mut count).or((count > NODES_MAX).then_some(Fault::TooMany))
    }
}

/// Why a tree cannot be saved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// A condition of an unknown kind.
    Unknown,
    /// More than [`NODES_MAX`] parts.
    TooMany,
    /// More than [`DEPTH_MAX`] groups in each other.
    TooDeep,
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn item(n: u128) -> ItemId {
        ItemId(store::Id::from_u128(n))
    }

    fn done(n: u128) -> Node {
        Node::Condition(Condition::Done { item: item(n) })
    }

    fn with(done: &[u128]) -> Circumstances {
        let items = (0..10).map(item).collect();
        Circumstances { done: done.iter().map(|n| item(*n)).collect(), items, ..Circumstances::default() }
    }

    #[test]
    fn only_the_parts_in_the_way_are_named() {
        let tree = Tree::new(Op::All, vec![done(1), done(2)]);
        assert_eq!(tree.verdict(&with(&[1])), Verdict::Closed(vec![done(2)]));
        assert_eq!(tree.verdict(&with(&[1, 2])), Verdict::Open);
        assert_eq!(Tree::new(Op::None, vec![done(1), done(2)]).verdict(&with(&[1])), Verdict::Closed(vec![done(1)]));
        assert_eq!(Tree::new(Op::Any, Vec::new()).verdict(&with(&[])), Verdict::Open);
    }

    #[test]
    fn a_part_that_is_not_shown_hides_the_whole_only_while_it_is_in_the_way() {
        let tree = Tree { shown_each: vec![true, false], ..Tree::new(Op::All, vec![done(1), done(2)]) };
        assert_eq!(tree.verdict(&with(&[2])), Verdict::Closed(vec![done(1)]));
        assert_eq!(tree.verdict(&with(&[1])), Verdict::Hidden);
        let any = Tree { shown: false, ..Tree::new(Op::Any, vec![done(1)]) };
        assert_eq!(any.verdict(&with(&[])), Verdict::Hidden);
    }

    #[test]
    fn what_is_unknown_keeps_nothing_closed_but_cannot_be_saved() {
        let tree: Tree = serde_json::from_str(r#"{"op":"all","of":[{"if":"moon-phase","full":true}]}"#).unwrap();
        assert_eq!(tree.verdict(&with(&[])), Verdict::Open);
        assert_eq!(tree.fault(), Some(Fault::Unknown));
        let deep = (0..6).fold(done(1), |inner, _| Node::Group(Tree::new(Op::All, vec![inner])));
        assert_eq!(Tree::new(Op::All, vec![deep]).fault(), Some(Fault::TooDeep));
    }

    #[test]
    fn what_cannot_be_done_keeps_nothing_closed() {
        let gone = Tree::new(Op::All, vec![done(99)]);
        assert_eq!(gone.verdict(&with(&[])), Verdict::Open);
        let either = Tree::new(Op::Any, vec![done(99), done(1)]);
        assert_eq!(either.verdict(&with(&[])), Verdict::Closed(vec![done(1)]));
        assert_eq!(either.verdict(&with(&[99])), Verdict::Open, "it was done while it could be");
        let module = Node::Condition(Condition::ModuleDone { module: ModuleId(store::Id::from_u128(5)) });
        assert_eq!(Tree::new(Op::All, vec![module]).verdict(&with(&[])), Verdict::Open);
    }

    #[test]
    fn it_is_kept_as_json() {
        let tree = Tree::new(Op::Any, vec![done(1), Node::Group(Tree::new(Op::NotAll, vec![done(2)]))]);
        let json = serde_json::to_string(&tree).unwrap();
        assert_eq!(serde_json::from_str::<Tree>(&json).unwrap(), tree);
    }

    fn trees() -> impl Strategy<Value = Tree> {
        let op = prop_oneof![Just(Op::All), Just(Op::Any), Just(Op::NotAll), Just(Op::None)];
        let leaf = (0..4_u128).prop_map(done);
        let node = leaf.prop_recursive(3, 20, 4, move |inner| {
            (op.clone(), prop::collection::vec(inner, 0..4)).prop_map(|(op, of)| Node::Group(Tree::new(op, of)))
        });
        prop::collection::vec(node, 0..4).prop_map(|of| Tree::new(Op::All, of))
    }

    /// The rule in its plainest form: how many parts hold, and what the group asks of that number.
    fn oracle(tree: &Tree, done: &IdSet<ItemId>) -> bool {
        let parts = tree.of.iter().map(|node| match node {
            Node::Group(inner) => oracle(inner, done),
            Node::Condition(Condition::Done { item }) => done.contains(item),
            _ => unreachable!(),
        });
        let held = parts.filter(|holds| *holds).count();
        let all = tree.of.len();
        all == 0
            || match tree.op {
                Op::All => held == all,
                Op::Any => held >= 1,
                Op::NotAll => held < all,
                Op::None => held == 0,
            }
    }

    proptest! {
        #[test]
        fn agrees_with_the_slow_rule(tree in trees(), bits in 0..16_u8) {
            let circumstances = with(&(0..4).filter(|n| bits & (1 << n) != 0).collect::<Vec<u128>>());
            prop_assert_eq!(tree.holds(&circumstances), oracle(&tree, &circumstances.done));
            prop_assert_eq!(tree.verdict(&circumstances) == Verdict::Open, tree.holds(&circumstances));
        }

        /// Whatever is done later, the outlook allowed for it.
        #[test]
        fn the_outlook_allows_for_everything_that_can_come(tree in trees(), bits in 0..16_u8, more in 0..16_u8) {
            let list = |bits: u8| (0..4).filter(|n| bits & (1 << n) != 0).collect::<Vec<u128>>();
            let (now, later) = (with(&list(bits)), with(&list(bits | more)));
            let outlook = tree.outlook(&|condition| match condition {
                Condition::Done { item } if now.done.contains(item) => Some(Outlook::settled(true)),
                _ => Some(Outlook::OPEN),
            });
            let allowed = if tree.holds(&later) { outlook.may_hold } else { outlook.may_fail };
            prop_assert!(allowed);
        }
    }
}
