use super::*;
use crate::release::{Condition, Op, Tree};
use courses::CourseId;
use proptest::prelude::*;
use store::Json;

pub(crate) fn id(n: u128) -> store::Id {
    store::Id::from_u128(n)
}

pub(crate) fn module(n: u128) -> Module {
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

pub(crate) fn item(n: u128, module: u128) -> Item {
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
    let done: IdSet<ItemId> = done.iter().map(|n| ItemId(id(*n))).collect();
    Facts { now: Some(Time::from_seconds(100)), viewed: done.clone(), done, ..Facts::default() }
}

fn states(arranged: &Arranged<'_>) -> Vec<ItemState> {
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
    let (modules, items) = ([module(1)], [late, over, bound]);
    let arranged = arrange(&modules, &items, &facts(&[]));
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

#[test]
fn an_exception_opens_and_moves_for_the_one_it_is_for() {
    use crate::overrides::{Applying, Change, DateChange, Source};
    let waits = Item { due_at: Some(Time::from_seconds(150)), ..item(2, 2) };
    let modules = [module(1), Module { needs: Json(vec![ModuleId(id(1))]), ..module(2) }];
    let items = [item(1, 1), waits];
    let mut facts = facts(&[]);
    assert_eq!(states(&arrange(&modules, &items, &facts)), [ItemState::Open, ItemState::Locked]);
    let mut applying = Applying::default();
    applying.add(Change { opens: true, ..Change::default() }, None);
    applying.add(Change { due: DateChange::At(Time::from_seconds(900)), ..Change::default() }, Some("B".to_owned()));
    facts.exceptions.insert(ItemId(id(2)), applying);
    let arranged = arrange(&modules, &items, &facts);
    assert_eq!(states(&arranged), [ItemState::Open, ItemState::Open]);
    let moved = arranged.items().last().unwrap();
    assert_eq!(moved.item.due_at, Some(Time::from_seconds(900)));
    assert_eq!(moved.dates_from, Some(Source::Section("B".to_owned())));
}
