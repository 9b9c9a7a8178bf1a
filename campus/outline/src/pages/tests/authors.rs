use store::{Db, params, sql};

use super::{Scene, sound};
use crate::{Item, Module};

#[store::test]
async fn an_author_adds_moves_publishes_deletes_and_undoes(db: Db) {
    let scene = Scene::new(db).await;
    let mut sofia = scene.as_person(scene.teacher).await;
    let edit = sofia.get(&scene.at("/edit")).await;
    sound(&edit);
    let made = sofia.submit(&edit, "Add a module", &[("title", "Reefs")]).await;
    assert!(made.has_role("heading", "Reefs"), "{}", made.text());
    let refused = sofia
        .post(&scene.at("/items"), &[("module", &scene.tides.to_string()), ("kind", "card"), ("item_title", "")])
        .await;
    assert_eq!(refused.status(), 422);
    assert_eq!(refused.form_errors()[0].0, "item_title");
    sofia
        .post(&scene.at("/items"), &[("module", &scene.tides.to_string()), ("kind", "card"), ("item_title", "Wind")])
        .await;
    let course = scene.course.id;
    let wind = scene
        .with(move |tx| Ok(Item::of_course(tx, course)?.into_iter().find(|item| item.title == "Wind").unwrap()))
        .await;
    let moving = sofia.get(&scene.item(wind.id, "/move")).await;
    sound(&moving);
    let place = format!("{}/{}", scene.tides, scene.moon);
    let moved = sofia.submit(&moving, "Move", &[("place", &place), ("indent", "2")]).await;
    assert!(moved.has_text("Moved."), "{}", moved.text());
    let order = scene
        .with(move |tx| {
            Ok(Item::of_course(tx, course)?.into_iter().map(|item| (item.title, item.indent)).collect::<Vec<_>>())
        })
        .await;
    assert_eq!(order[..3], [("Moon".to_owned(), 0), ("Wind".to_owned(), 2), ("Sun".to_owned(), 0)]);
    let moving = sofia.get(&scene.at(&format!("/modules/{}/move", scene.shore))).await;
    sound(&moving);
    sofia.submit(&moving, "Move", &[("after", "")]).await;
    let order = scene
        .with(move |tx| Ok(Module::of_course(tx, course)?.into_iter().map(|module| module.title).collect::<Vec<_>>()))
        .await;
    assert_eq!(order, ["Shore", "Tides", "Reefs"]);
    let edit = sofia.get(&scene.at("/edit")).await;
    let all = sofia.submit(&edit, "Publish all 2 drafts", &[]).await;
    assert!(!all.has_role("button", "Publish all") && all.has_text("Hide Wind"), "{}", all.text());
    let gone = sofia.delete(&scene.item(wind.id, "")).await;
    assert!(gone.has_text("“Wind” was deleted.") && gone.link("Wind").is_none(), "{}", gone.text());
    let back = sofia.submit(&gone, "Undo", &[]).await;
    assert!(back.has_text("Wind"), "{}", back.text());
}

#[store::test]
async fn what_would_wait_for_itself_is_refused_by_name(db: Db) {
    let scene = Scene::new(db).await;
    let mut sofia = scene.as_person(scene.teacher).await;
    let page = sofia.get(&scene.item(scene.moon, "/settings")).await;
    sound(&page);
    // "Shore" needs "Tides", in which Moon is: Moon must not wait for Shore.
    let circle = [("if-0", "module-done"), ("module-0", &*scene.shore.to_string())];
    let refused = sofia.submit(&page, "Save", &circle).await;
    assert_eq!(refused.status(), 422);
    let (field, said) = refused.form_errors().remove(0);
    assert_eq!(field, "op");
    assert!(said.contains("Moon") && said.contains("Pools"), "{said}");
    assert_eq!(refused.value("module-0").as_deref(), Some(&*scene.shore.to_string()), "what was chosen is kept");
    let fine = [("if-0", "done"), ("item-0", &*scene.sun.to_string())];
    let saved = sofia.submit(&refused, "Save", &fine).await;
    assert!(saved.has_text("Saved.") && saved.has_text("opens under conditions"), "{}", saved.text());
    let page = sofia.get(&scene.item(scene.moon, "/settings")).await;
    assert_eq!(page.value("item-0").as_deref(), Some(&*scene.sun.to_string()));
    let page = sofia.get(&scene.at(&format!("/modules/{}", scene.tides))).await;
    sound(&page);
    let refused = sofia.submit(&page, "Save", &[("needs", &*scene.shore.to_string())]).await;
    assert_eq!(refused.status(), 422, "{}", refused.text());
    let wrong = [("unlock_at", "2026-05-02T10:00"), ("lock_at", "2026-05-01T10:00"), ("title", " ")];
    let page = sofia.get(&scene.item(scene.sun, "/settings")).await;
    let refused = sofia.submit(&page, "Save", &wrong).await;
    let fields: Vec<String> = refused.form_errors().into_iter().map(|(field, _)| field).collect();
    assert_eq!(fields, ["title", "lock_at"]);
}

#[store::test]
async fn dates_are_changed_at_once_and_undone_as_one(db: Db) {
    let scene = Scene::new(db).await;
    let mut sofia = scene.as_person(scene.teacher).await;
    let page = sofia.get(&scene.at("/dates")).await;
    sound(&page);
    let (moon, sun) = (format!("due-{}", scene.moon), format!("due-{}", scene.sun));
    let set = [(moon.as_str(), "2026-05-01T18:00"), (sun.as_str(), "2026-05-08T18:00")];
    let saved = sofia.submit(&page, "Save the dates", &set).await;
    assert!(saved.has_text("The dates of 2 items were changed."), "{}", saved.text());
    let chosen = scene.moon.to_string();
    let moved = sofia.submit(&saved, "Save the dates", &[("days", "7"), ("chosen", &chosen)]).await;
    assert_eq!(moved.value(&moon).as_deref(), Some("2026-05-08T18:00"));
    let undone = sofia.submit(&moved, "Undo", &[]).await;
    assert_eq!(undone.value(&moon).as_deref(), Some("2026-05-01T18:00"), "{}", undone.text());
    assert!(undone.has_text("The dates are back as they were."), "{}", undone.text());
    // A date that was changed again since is not taken back.
    let page = sofia.get(&scene.at("/dates")).await;
    let both = [(moon.as_str(), "2026-06-01T18:00"), (sun.as_str(), "2026-06-01T18:00")];
    let changed = sofia.submit(&page, "Save the dates", &both).await;
    scene.dated(scene.sun, None, None).await;
    let undone = sofia.submit(&changed, "Undo", &[]).await;
    assert!(undone.has_text("except for 1 item"), "{}", undone.text());
    assert_eq!(undone.value(&moon).as_deref(), Some("2026-05-01T18:00"));
    assert_eq!(undone.value(&sun).as_deref(), Some(""));
}

#[store::test]
async fn an_exception_is_made_replaced_ended_and_undone(db: Db) {
    let scene = Scene::new(db).await;
    let mut sofia = scene.as_person(scene.teacher).await;
    let page = sofia.get(&scene.item(scene.moon, "/settings")).await;
    let ana = format!("person:{}", scene.ana);
    let nothing = sofia.submit(&page, "Make the exception", &[("whom", &ana)]).await;
    assert_eq!(nothing.form_errors()[0].0, "ex_due", "{}", nothing.text());
    let stranger = format!("person:{}", scene.with(|tx| people::testing::person(tx, "Sam")).await);
    let refused = sofia.post(&scene.item(scene.moon, "/exceptions"), &[("whom", &stranger), ("ex_opens", "on")]).await;
    assert_eq!(refused.form_errors()[0].0, "whom");
    let made = sofia.submit(&nothing, "Make the exception", &[("whom", &ana), ("ex_due", "2026-05-01T18:00")]).await;
    assert!(made.has_text("Ana") && made.has_text("due 1 May"), "{}", made.text());
    let replaced = sofia.submit(&made, "Make the exception", &[("whom", &ana), ("no_ex_due", "on")]).await;
    assert!(replaced.has_text("no due date") && !replaced.has_text("due 1 May"), "{}", replaced.text());
    let ended = sofia.submit(&replaced, "End", &[]).await;
    assert!(ended.has_text("The exception has ended."), "{}", ended.text());
    let back = sofia.submit(&ended, "Undo", &[]).await;
    assert!(back.has_text("no due date"), "{}", back.text());
    let kept: i64 =
        scene.with(|tx| tx.value(sql!("select count(*) from item_override where ended_at is null"), params![])).await;
    assert_eq!(kept, 1);
}
