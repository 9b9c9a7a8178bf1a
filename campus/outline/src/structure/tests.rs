use courses::testing;
use people::PersonId;
use store::Db;

use super::*;
use crate::release::{Op, Tree};
use crate::{Completion, ItemId, ItemSettings, ModuleId, ModuleSettings, NewItem, Requirement, move_item, move_module};

/// A course with two modules, "One" with two items and "Two" with one, all drafts.
#[derive(Clone, Copy)]
struct Scene {
    course: CourseId,
    by: PersonId,
    modules: [ModuleId; 2],
    items: [ItemId; 3],
}

fn scene(tx: &mut Tx<'_>) -> Result<Scene> {
    testing::seed(tx)?;
    let course = testing::course(tx, "Marine ecology")?.id;
    let by = people::testing::person(tx, "Tia")?;
    let modules = [Module::add(tx, course, "One", None, by)?, Module::add(tx, course, "Two", None, by)?];
    let mut add = |module, title| {
        let new = NewItem { module, kind: "page", title, indent: 0, completion: Completion::View, source: None };
        Item::add(tx, course, &new, by).map(|item| item.id)
    };
    let items = [add(modules[0], "Moon")?, add(modules[0], "Sun")?, add(modules[1], "Pools")?];
    Ok(Scene { course, by, modules, items })
}

/// As a page gets it: remembered where it can be.
fn seen(tx: &mut Tx<'_>, course: CourseId) -> Result<String> {
    let outline = crate::load(tx, course, None, false)?;
    Ok(format!("{:?}", outline.structure))
}

/// As it is.
fn as_it_is(tx: &mut Tx<'_>, course: CourseId) -> Result<String> {
    let structure = read(tx, &[course])?.remove(&course).unwrap_or_default();
    Ok(format!("{structure:?}"))
}

type Change = fn(&mut Tx<'_>, &Scene) -> Result<()>;

fn module(tx: &mut Tx<'_>, scene: &Scene) -> Result<Module> {
    Module::find(tx, scene.course, scene.modules[0])
}

fn item(tx: &mut Tx<'_>, scene: &Scene) -> Result<Item> {
    Item::find(tx, scene.course, scene.items[0])
}

const CHANGES: &[(&str, Change)] = &[
    ("a module is added", |tx, s| Module::add(tx, s.course, "Three", None, s.by).map(|_| ())),
    ("a module is published", |tx, s| module(tx, s)?.publish(tx, s.by)),
    ("a module is changed", |tx, s| {
        let settings = ModuleSettings {
            title: "First".to_owned(),
            unlock_at: Some(tx.now()),
            needs: vec![s.modules[1]],
            requirement: Requirement::Some,
            requirement_count: 2,
            sequential: true,
        };
        module(tx, s)?.change(tx, &settings, s.by)
    }),
    ("a module is moved", |tx, s| move_module(tx, s.course, s.modules[0], Some(s.modules[1]), s.by)),
    ("a module is hidden", |tx, s| module(tx, s)?.unpublish(tx, s.by)),
    ("a module is deleted", |tx, s| module(tx, s)?.delete(tx, s.by)),
    ("a module is restored", |tx, s| Module::restore(tx, s.course, s.modules[0], s.by)),
    ("an item is added", |tx, s| {
        let new = NewItem {
            module: s.modules[1],
            kind: "link",
            title: "Waves",
            indent: 1,
            completion: Completion::None,
            source: None,
        };
        Item::add(tx, s.course, &new, s.by).map(|_| ())
    }),
    ("an item is published", |tx, s| item(tx, s)?.publish(tx, s.by)),
    ("an item is changed", |tx, s| {
        let item = item(tx, s)?;
        let (at, release) = (Some(tx.now()), Some(Tree::new(Op::All, Vec::new())));
        let settings = ItemSettings { due_at: at, release, title: "The moon".to_owned(), ..item.settings() };
        item.change(tx, &settings, s.by)
    }),
    ("an item's minutes are counted", |tx, s| item(tx, s)?.count_minutes(tx, 12)),
    ("an item is moved", |tx, s| move_item(tx, s.course, s.items[0], (s.modules[1], None), 2, s.by)),
    ("an item is hidden", |tx, s| item(tx, s)?.unpublish(tx, s.by)),
    ("an item is deleted", |tx, s| item(tx, s)?.delete(tx, s.by)),
    ("an item is restored", |tx, s| Item::restore(tx, s.course, s.items[0], s.by)),
];

#[store::test]
async fn whatever_changes_is_seen_at_the_next_page(db: Db) {
    let scene = db.write(scene).await.unwrap();
    let mut before = db.read(move |tx| seen(tx, scene.course)).await.unwrap();
    for (what, change) in CHANGES {
        db.write(move |tx| change(tx, &scene)).await.unwrap();
        let (seen, is) = db
            .read(move |tx| Ok::<_, store::Error>((seen(tx, scene.course)?, as_it_is(tx, scene.course)?)))
            .await
            .unwrap();
        assert_ne!(is, before, "{what}");
        assert_eq!(seen, is, "{what}");
        before = is;
    }
}

#[store::test]
async fn what_is_remembered_is_not_read_again(db: Db) {
    let scene = db.write(scene).await.unwrap();
    let statements = async || {
        let load = db.read(move |tx| seen(tx, scene.course).map(|_| ()));
        let (loaded, stats) = store::stats::scope(load).await;
        loaded.unwrap();
        stats.statements
    };
    assert_eq!([statements().await, statements().await], [3, 1]);
    db.write(move |tx| item(tx, &scene)?.publish(tx, scene.by)).await.unwrap();
    assert_eq!([statements().await, statements().await], [3, 1]);
}

#[store::test]
async fn what_was_undone_was_never_there(db: Db) {
    let scene = db.write(scene).await.unwrap();
    let before = db.read(move |tx| seen(tx, scene.course)).await.unwrap();
    let undone = db.write(move |tx| {
        item(tx, &scene)?.delete(tx, scene.by)?;
        assert_eq!(seen(tx, scene.course)?, as_it_is(tx, scene.course)?, "a change is seen where it is made");
        Err::<(), _>(store::Error::NotFound)
    });
    undone.await.unwrap_err();
    assert_eq!(db.read(move |tx| seen(tx, scene.course)).await.unwrap(), before);
}

#[test]
fn the_courses_that_came_first_are_forgotten_first() {
    let course = |n: u128| CourseId(Id::from_u128(n));
    let item = crate::arrange::tests::item(1, 1);
    let large = Arc::new(Structure { modules: Vec::new(), items: vec![item; ITEMS_MAX / 3] });
    let mut memory = Memory::default();
    for n in 1..=4 {
        memory.keep(course(n), None, &large);
    }
    let known = |memory: &Memory| (1..=4).map(|n| memory.courses.contains_key(&course(n))).collect::<Vec<_>>();
    assert_eq!(known(&memory), [false, true, true, true]);
    memory.keep(course(3), Some(Id::from_u128(9)), &Arc::default());
    memory.keep(course(1), None, &large);
    assert_eq!(known(&memory), [true, true, true, true], "a course that shrank makes room");
    assert!(memory.find(&[(course(3), None)]).is_empty(), "what has another mark is not what was asked for");
    assert_eq!(memory.find(&[(course(3), Some(Id::from_u128(9)))]).len(), 1);
}
