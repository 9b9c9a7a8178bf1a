use super::*;
use crate::bank::{Search, list};
use crate::folder;

#[store::test]
async fn a_question_gets_a_version_where_it_says_something_else(db: Db) {
    let scene = Scene::new(db).await;
    let (course, id, by) = (scene.course.id, scene.questions[0], scene.teacher);
    let save = move |tx: &mut Tx<'_>, right, title: &str| {
        bank::save(tx, course, id, &Place { title: title.to_owned(), ..Place::default() }, &single(right), by)
    };
    assert_eq!(scene.with(move |tx| save(tx, 1, "Moon")).await, 1);
    assert_eq!(scene.with(move |tx| save(tx, 2, "Moon")).await, 2);
    assert_eq!(scene.with(move |tx| save(tx, 2, "Moon")).await, 2);
    let first = scene.with(move |tx| bank::find(tx, course, id, Some(1))).await;
    assert_eq!((first.number, first.latest, first.title.as_str(), first.content.0), (1, 2, "Moon", single(1)));
    assert_eq!(scene.with(move |tx| bank::versions(tx, id)).await.len(), 2);
}

#[store::test]
async fn the_bank_is_searched_by_words_kind_folder_and_tag(db: Db) {
    let scene = Scene::new(db).await;
    let (course, by) = (scene.course.id, scene.teacher);
    let (tides, moon) = scene
        .with(move |tx| {
            let tides = folder::add(tx, course, None, "Tides", by)?;
            let moon = folder::add(tx, course, Some(tides), "Moon", by)?;
            let place = Place {
                folder: Some(moon),
                title: "100 % sure_ly".to_owned(),
                tags: bank::tags("Hard, second  tide"),
                source: None,
            };
            bank::add(tx, course, &place, &short(), by)?;
            Ok((tides, moon))
        })
        .await;
    let found = async |search: Search| {
        scene
            .with(move |tx| list(tx, course, &search, None))
            .await
            .into_iter()
            .map(|line| line.title)
            .collect::<Vec<_>>()
    };
    let with = |words: &str| Search { words: words.to_owned(), ..Search::default() };
    assert_eq!(found(with("TIDE wind")).await, ["What makes the tide?"]);
    assert_eq!(found(with("0 % s")).await, ["100 % sure_ly"]);
    assert_eq!(found(with("1_0")).await, Vec::<String>::new());
    assert_eq!(found(Search { tag: "#Second tide".to_owned(), ..Search::default() }).await, ["100 % sure_ly"]);
    assert_eq!(found(Search { folder: Some(moon), ..Search::default() }).await.len(), 1);
    assert_eq!(found(Search { folder: Some(tides), ..Search::default() }).await.len(), 0);
    assert_eq!(
        found(Search { kind: Some(crate::question::Kind::Essay), ..Search::default() }).await,
        ["Explain the second tide."]
    );
    assert_eq!(found(Search::default()).await.len(), 4);
    let folders = scene.with(move |tx| folder::all(tx, course)).await;
    assert_eq!(
        folder::named(&folders).into_iter().map(|(_, name)| name).collect::<Vec<_>>(),
        ["Tides", "Tides / Moon"]
    );
    // A folder that goes leaves its questions.
    scene.with(move |tx| folder::delete(tx, course, tides, by)).await;
    assert_eq!(found(Search::default()).await.len(), 4);
}

#[store::test]
async fn what_was_taken_out_comes_back_and_imports_double_nothing(db: Db) {
    let scene = Scene::new(db).await;
    let (course, id, by) = (scene.course.id, scene.questions[1], scene.teacher);
    assert_eq!(scene.with(move |tx| bank::count(tx, course)).await, 3);
    scene.with(move |tx| bank::delete(tx, course, id, by)).await;
    assert_eq!(scene.with(move |tx| bank::count(tx, course)).await, 2);
    assert!(scene.db.write(move |tx| bank::find(tx, course, id, None)).await.is_err());
    scene.with(move |tx| bank::restore(tx, course, id, by)).await;
    let place = Place { source: Some("gift:1".to_owned()), ..Place::default() };
    let again = place.clone();
    let first = scene.with(move |tx| bank::add(tx, course, &place, &short(), by)).await;
    assert_eq!(scene.with(move |tx| bank::add(tx, course, &again, &essay(), by)).await, first);
    let stored = scene.with(move |tx| bank::find(tx, course, first, None)).await;
    assert_eq!((stored.latest, stored.content.0.task), (2, essay().task));
    assert_eq!(scene.with(move |tx| bank::count(tx, course)).await, 4);
}

#[store::test]
async fn a_quiz_is_copied_with_its_questions_once(db: Db) {
    let scene = Scene::new(db).await;
    let (from, by) = (scene.item, scene.teacher);
    scene.configure(|settings| settings.attempts = 3).await;
    scene
        .with(move |tx| {
            let other = testing::course(tx, "Ecology again")?;
            let module = Module::add(tx, other.id, "Shore", None, by)?;
            for title in ["One", "Two"] {
                let new =
                    NewItem { module, kind: "quiz", title, indent: 0, completion: Completion::Submit, source: None };
                let to = Item::add(tx, other.id, &new, by)?;
                crate::copying::copy(tx, from, &to, by)?;
                let points: Vec<String> = quiz::slots(tx, to.id)?.iter().map(|slot| slot.points.to_string()).collect();
                assert_eq!(
                    (points, quiz::settings(tx, to.id)?.attempts),
                    (vec!["2".to_owned(), "1".to_owned(), "5".to_owned()], 3)
                );
            }
            assert_eq!(bank::count(tx, other.id)?, 3);
            Ok(())
        })
        .await;
}

#[store::test]
async fn a_copied_draw_has_something_to_draw_from(db: Db) {
    let scene = Scene::new(db).await;
    let (course, item, by, question) = (scene.course.id, scene.item, scene.teacher, scene.questions[0]);
    scene
        .with(move |tx| {
            let tides = folder::add(tx, course, None, "Tides", by)?;
            let moon = folder::add(tx, course, Some(tides), "Moon", by)?;
            bank::move_to(tx, course, &[question], Some(moon), by)?;
            let item = Item::find(tx, course, item)?;
            for slot in quiz::slots(tx, item.id)? {
                quiz::remove_slot(tx, &item, slot.id, by)?;
            }
            let drawn = Filled::Drawn { folder: Some(tides), below: true, tags: Vec::new() };
            quiz::add_slots(tx, &item, &[drawn], Points::whole(1), by)?;
            let other = testing::course(tx, "Ecology again")?;
            let module = Module::add(tx, other.id, "Shore", None, by)?;
            let new =
                NewItem { module, kind: "quiz", title: "One", indent: 0, completion: Completion::Submit, source: None };
            let to = Item::add(tx, other.id, &new, by)?;
            crate::copying::copy(tx, item.id, &to, by)?;
            crate::copying::copy(tx, item.id, &to, by)?;
            let names: Vec<String> = folder::all(tx, other.id)?.into_iter().map(|folder| folder.name).collect();
            assert_eq!((bank::count(tx, other.id)?, names), (1, vec!["Tides".to_owned()]));
            let begun = start(tx, &to, Starter { person: by, is_preview: true, word: "" })?;
            assert!(begun.is_ok());
            Ok(())
        })
        .await;
}

#[store::test]
async fn places_are_moved_changed_and_taken_away(db: Db) {
    let scene = Scene::new(db).await;
    let (course, item, by, question) = (scene.course.id, scene.item, scene.teacher, scene.questions[0]);
    scene
        .with(move |tx| {
            let item = Item::find(tx, course, item)?;
            assert_eq!(quiz::add_slots(tx, &item, &[Filled::Question(question)], Points::whole(1), by)?, 0);
            let drawn = Filled::Drawn { folder: None, below: true, tags: vec!["hard".to_owned()] };
            assert_eq!(quiz::add_slots(tx, &item, &[drawn.clone(), drawn], Points::whole(1), by)?, 2);
            let slots = quiz::slots(tx, item.id)?;
            quiz::move_slot(tx, &item, slots[0].id, true, by)?;
            quiz::move_slot(tx, &item, slots[4].id, true, by)?;
            quiz::remove_slot(tx, &item, slots[2].id, by)?;
            quiz::change_slot(tx, &item, slots[1].id, "2.5".parse().unwrap(), Some(1), by)?;
            quiz::change_slot(tx, &item, slots[0].id, Points::whole(2), Some(99), by)?;
            let now: Vec<(Option<QuestionId>, String, Option<i64>)> = quiz::slots(tx, item.id)?
                .into_iter()
                .map(|slot| (slot.question, slot.points.to_string(), slot.version))
                .collect();
            assert_eq!(now[0], (slots[1].question, "2.5".to_owned(), Some(1)));
            assert_eq!(now[1], (slots[0].question, "2".to_owned(), None));
            assert_eq!(now.len(), 4);
            let column = gradebook::Column::of_item(tx, item.id)?.unwrap();
            assert_eq!(column.points.to_string(), "6.5");
            Ok(())
        })
        .await;
}
