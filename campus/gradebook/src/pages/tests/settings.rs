use store::{Db, params, sql};

use super::{Scene, marked, policy, sound};
use crate::{Column, Points, Policy, Posts, of_person};

#[store::test]
async fn the_rules_are_set_and_told_in_words(db: Db) {
    let scene = Scene::new(db).await;
    let mut sofia = scene.as_person(scene.teacher).await;
    let page = sofia.get(&scene.at("/gradebook/settings")).await;
    sound(&page);
    assert_eq!(page.value("letters").as_deref(), Some("A 90\nB 70\nF 0"));
    let fields = [("late_percent", "12,5"), ("late_interval", "hour"), ("late_lowest", "40"), ("late_grace", "15")];
    let saved = sofia.submit(&page, "Save the rules", &fields).await;
    sound(&saved);
    for said in ["12.5% of the points possible for each hour begun.", "The first 15 min", "nobody below 40%"] {
        assert!(saved.has_text(said), "{said} is not in:\n{}", saved.text());
    }
    let learner = scene.as_person(scene.ana).await.get(&scene.at("/grades")).await;
    assert!(learner.has_text("12.5% of the points possible for each hour begun."), "learners read the same");
    let fields = [("late_percent", "200"), ("letters", "A 90"), ("missing", "much")];
    let wrong = sofia.submit(&saved, "Save the rules", &fields).await;
    assert_eq!(wrong.status(), 422);
    let fields: Vec<String> = wrong.form_errors().into_iter().map(|(field, _)| field).collect();
    assert_eq!(fields, ["late_percent", "missing", "letters"]);
    assert_eq!(wrong.value("missing").as_deref(), Some("much"), "the input is kept");
}

#[store::test]
async fn groups_and_columns_are_added_changed_and_deleted(db: Db) {
    let scene = Scene::new(db).await;
    let mut sofia = scene.as_person(scene.teacher).await;
    let page = sofia.get(&scene.at("/gradebook/settings")).await;
    let added = sofia.submit(&page, "Add a group", &[("group_title", "Labs"), ("group_weight", "20")]).await;
    sound(&added);
    assert!(added.has_text("Essays 60%, Talks 40%, Labs 20%") && added.has_text("The weights come to 120%"));
    let moved = sofia.submit(&added, "Move Labs up", &[]).await;
    assert!(moved.has_text("Essays 60%, Labs 20%, Talks 40%"), "{}", moved.text());
    let moved = sofia.submit(&moved, "Move Talks up", &[]).await;
    assert!(moved.has_text("Essays 60%, Talks 40%, Labs 20%"), "{}", moved.text());
    let twice = sofia.submit(&page, "Add a group", &[("group_title", "Labs"), ("group_weight", "20")]).await;
    assert_eq!(twice.status(), 422, "pressed twice it is there once");
    let weight = format!("weight-{}", scene.essays);
    let lowest = format!("lowest-{}", scene.essays);
    let changed = sofia.submit(&added, "Save the groups", &[(weight.as_str(), "40"), (lowest.as_str(), "1")]).await;
    sound(&changed);
    assert!(changed.has_text("Essays 40%") && changed.has_text("the lowest grade is dropped"), "{}", changed.text());
    let wrong = sofia.submit(&changed, "Save the groups", &[(weight.as_str(), "-1")]).await;
    assert_eq!((wrong.status(), wrong.form_errors().len()), (422, 1));
    let deleted = sofia.submit(&changed, "Delete Essays", &[]).await;
    assert!(deleted.has_text("In no group, and so not counted: Essay."), "{}", deleted.text());
    let restored = sofia.submit(&deleted, "Undo", &[]).await;
    assert!(restored.has_text("Essays 40%") && !restored.has_text("In no group"), "{}", restored.text());
    let fields = [("column_title", "Poster"), ("column_points", "7,5"), ("column_due", "2026-03-10T12:00")];
    let added = sofia.submit(&restored, "Add a column", &fields).await;
    sound(&added);
    let column = sofia.click(&added, "Poster").await;
    sound(&column);
    let saved = sofia.submit(&column, "Save", &[("title", "Poster session"), ("points", "8")]).await;
    sound(&saved);
    assert_eq!(
        (saved.value("points").as_deref(), saved.value("title").as_deref()),
        (Some("8"), Some("Poster session"))
    );
    let wrong = sofia.submit(&saved, "Save", &[("points", ""), ("passing", "x")]).await;
    assert_eq!((wrong.status(), wrong.form_errors().len()), (422, 2));
    let gone = sofia.submit(&saved, "Delete this column", &[]).await;
    assert!(gone.has_text("was deleted, with its grades") && gone.link("Poster session").is_none());
    let back = sofia.submit(&gone, "Undo", &[]).await;
    assert!(back.has_text("Poster session"), "{}", back.text());
}

#[store::test]
async fn grades_are_posted_and_hidden_by_column(db: Db) {
    let scene = Scene::new(db).await;
    let mut sofia = scene.as_person(scene.teacher).await;
    let path = scene.at(&format!("/gradebook/columns/{}", scene.essay.id));
    let page = sofia.get(&path).await;
    sound(&page);
    assert!(page.has_text("No grade is seen by its learner. None is hidden."), "{}", page.text());
    let page = sofia.submit(&page, "Save", &[("posts", "by-hand"), ("passing", "6")]).await;
    assert_eq!(page.value("posts").as_deref(), Some("by-hand"));
    let by_hand = Column { posts: Some(Posts::ByHand), ..scene.essay.clone() };
    scene.give(&by_hand, scene.ana, marked(7)).await;
    let page = sofia.get(&path).await;
    assert!(page.has_text("1 is hidden."), "{}", page.text());
    let posted = sofia.submit(&page, "Post the grades", &[]).await;
    sound(&posted);
    assert!(
        posted.has_text("1 grade posted.") && posted.has_text("1 grade is seen by its learner."),
        "{}",
        posted.text()
    );
    let ana = scene.as_person(scene.ana).await.get(&scene.at("/grades")).await;
    assert!(ana.has_text("7 / 10"), "{}", ana.text());
    let hidden = sofia.submit(&posted, "Hide the grades", &[]).await;
    assert!(hidden.has_text("1 grade hidden."), "{}", hidden.text());
    let essay = scene.essay.id;
    let grade = scene
        .with({
            let ana = scene.ana;
            move |tx| of_person(tx, essay, ana)
        })
        .await;
    assert!(!grade.unwrap().is_posted());
    let refused = sofia.delete(&path).await;
    assert_eq!(refused.status(), 409, "a column of an item goes with it");
}

#[store::test]
async fn the_history_names_every_change(db: Db) {
    let scene = Scene::new(db).await;
    scene.give(&scene.talk, scene.ana, marked(3)).await;
    scene.give(&scene.talk, scene.ben, marked(2)).await;
    let mut sofia = scene.as_person(scene.teacher).await;
    let all = sofia.get(&scene.at("/gradebook/history")).await;
    sound(&all);
    assert_eq!(all.names("row").len(), 3);
    let one = sofia.get(&scene.at(&format!("/gradebook/history?person={}", scene.ana))).await;
    sound(&one);
    assert_eq!(one.names("row").len(), 2, "{:?}", one.names("row"));
    let (talk, ana, course, by) = (scene.talk.id, scene.ana, scene.course.id, scene.teacher);
    scene
        .with(move |tx| {
            for _ in 0..150 {
                let (id, now): (store::Id, store::Time) = (tx.new_id(), tx.now());
                tx.execute(
                    sql!(
                        "insert into grade_change (id, course, grade_column, person, source, before_state, before_waived,
                             before_source, state, late_waived, at, by)
                         values (?1, ?2, ?3, ?4, 'import', 'none', false, 'marker', 'excused', false, ?5, ?6)"
                    ),
                    params![id, course, talk, ana, now, by],
                )?;
            }
            Ok(())
        })
        .await;
    let first = sofia.get(&scene.at(&format!("/gradebook/history?person={ana}"))).await;
    let more = first.link("Next").unwrap();
    let second = sofia.get(&scene.at(&format!("/gradebook/history{more}"))).await;
    sound(&second);
    assert_eq!(first.names("row").len() + second.names("row").len(), 153, "all of one moment: {}", second.text());
    let odd = sofia.get(&scene.at("/gradebook/history?person=x&column=y&before=z")).await;
    assert_eq!(odd.names("row").len(), 101, "what cannot be read narrows nothing");
}

#[store::test]
async fn only_those_who_grade_set_the_rules(db: Db) {
    let scene = Scene::new(db).await;
    let stranger = scene.with(|tx| people::testing::person(tx, "Nils")).await;
    let column = format!("/gradebook/columns/{}", scene.talk.id);
    let posting = format!("{column}/posting");
    for person in [scene.ana, stranger] {
        let mut browser = scene.as_person(person).await;
        for path in ["/gradebook/settings", "/gradebook/history", &column] {
            assert_eq!(browser.get(&scene.at(path)).await.status(), 403, "{path}");
        }
        for path in ["/gradebook/settings", "/gradebook/groups", "/gradebook/groups/all", "/gradebook/columns", &column]
        {
            assert_eq!(browser.post(&scene.at(path), &[]).await.status(), 403, "{path}");
        }
        assert_eq!(browser.put(&scene.at(&posting), &[]).await.status(), 403);
        assert_eq!(browser.delete(&scene.at(&posting)).await.status(), 403);
        assert_eq!(browser.delete(&scene.at(&column)).await.status(), 403);
    }
    let course = scene.course.id;
    let (kept, talk) = (
        scene.with(move |tx| Policy::of(tx, course)).await,
        scene
            .with({
                let id = scene.talk.id;
                move |tx| Column::find(tx, course, id)
            })
            .await,
    );
    assert_eq!((kept, talk.points), (policy(), Points::whole(5)));
}
