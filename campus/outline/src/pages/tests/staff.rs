use courses::{CourseRole, testing};
use store::{Db, params, sql};

use super::{Scene, add, sound};
use crate::release::{Condition, Node, Op, Tree};
use crate::roster::{self, Only};
use crate::{Item, load};

#[store::test]
async fn staff_see_who_is_where_and_say_that_somebody_is_done(db: Db) {
    let scene = Scene::new(db).await;
    scene.as_person(scene.ana).await.get(&scene.item(scene.moon, "")).await;
    let mut sofia = scene.as_person(scene.teacher).await;
    let list = sofia.get(&scene.at("/progress")).await;
    sound(&list);
    assert!(list.has_text("1 / 3") && list.has_text("0 / 3"), "{}", list.text());
    let none = sofia.get(&scene.at("/progress?only=not-started")).await;
    assert!(none.has_text("Ben") && !none.has_text("Ana"), "{}", none.text());
    let one = sofia.click(&list, "Ana").await;
    sound(&one);
    assert!(one.has_text("by opening it"), "{}", one.text());
    let done = sofia.submit(&one, "Mark as done Pools", &[]).await;
    assert!(done.has_text("“Pools” is marked as done for Ana") && done.has_text("by Sofia"), "{}", done.text());
    let open = sofia.submit(&done, "Not done after all Pools", &[]).await;
    assert!(!open.has_text("by Sofia"), "{}", open.text());
    let again = sofia.submit(&open, "Undo", &[]).await;
    assert!(again.has_text("by Sofia"), "{}", again.text());
    let mut ana = scene.as_person(scene.ana).await;
    assert!(ana.get(&scene.at("")).await.has_text("2 of 3 steps done"));
    let path = scene.at(&format!("/progress/{}/items/{}", scene.ben, scene.moon));
    assert_eq!(ana.post(&path, &[]).await.status(), 403);
    let stranger = scene.at(&format!("/progress/{}/items/{}", scene.teacher, scene.pools));
    assert_ne!(sofia.post(&stranger, &[]).await.status(), 500);
}

#[store::test]
async fn a_preview_shows_the_course_as_a_learner_at_a_moment(db: Db) {
    let scene = Scene::new(db).await;
    let now = scene.now().await;
    scene.dated(scene.moon, None, Some(now.plus_days(3))).await;
    let mut sofia = scene.as_person(scene.teacher).await;
    let preview = sofia.get(&scene.at("/preview")).await;
    sound(&preview);
    assert!(preview.has_text("as a learner would see it") && preview.link("Moon").is_none(), "{}", preview.text());
    let later = jiff::tz::TimeZone::UTC.to_datetime(now.plus_days(4).to_jiff()).strftime("%Y-%m-%dT%H:%M").to_string();
    let then = sofia.get(&scene.at(&format!("/preview?person={}&at={later}", scene.ana))).await;
    assert!(then.has_text("as Ana") && then.link("Moon").is_some(), "{}", then.text());
    let seen = scene.as_person(scene.teacher).await.get(&scene.at("/progress")).await;
    assert!(!seen.has_text("1 / 3"), "a preview leaves no trace");
}

#[store::test]
async fn statements_do_not_grow_with_the_course(db: Db) {
    let scene = Scene::new(db).await;
    let (mut ana, mut sofia) = (scene.as_person(scene.ana).await, scene.as_person(scene.teacher).await);
    ana.get(&scene.item(scene.moon, "")).await;
    let learner = [scene.at(""), scene.item(scene.moon, ""), scene.at("/dates")];
    let staff = [
        scene.at(""),
        scene.at("/edit"),
        scene.at("/dates"),
        scene.at("/progress"),
        scene.at(&format!("/progress/{}", scene.ana)),
        scene.at("/preview"),
        scene.item(scene.moon, "/settings"),
        scene.item(scene.moon, "/move"),
    ];
    let mut count = async || {
        let mut counts = Vec::new();
        for path in &learner {
            let page = ana.get(path).await;
            sound(&page);
            counts.push(page.statements());
        }
        for path in &staff {
            let page = sofia.get(path).await;
            sound(&page);
            counts.push(page.statements());
        }
        counts
    };
    let few = count().await;
    let (course, by) = (scene.course.clone(), scene.teacher);
    scene
        .with(move |tx| {
            for number in 0..20 {
                let module = crate::Module::add(tx, course.id, &format!("Module {number}"), None, by)?;
                crate::Module::find(tx, course.id, module)?.publish(tx, by)?;
                for item in 0..10 {
                    add(tx, &course, module, &format!("Item {number}.{item}"), crate::Completion::View, by)?;
                }
                testing::enrolled(tx, &course, &format!("P{number}"), CourseRole::Learner)?;
            }
            Ok(())
        })
        .await;
    // The first page after a change reads the course anew.
    scene.as_person(scene.ana).await.get(&scene.at("")).await;
    assert_eq!(count().await, few);
    let edit = scene.as_person(scene.teacher).await.get(&scene.at("/edit")).await;
    assert!(edit.bytes_compressed() < 40_000, "{} bytes for 203 items", edit.bytes_compressed());
}

/// Who is through is told by what counts for them: the list agrees with the learner's own page, page by page, also for
/// people of one name.
#[store::test]
async fn the_list_counts_for_each_what_counts_for_them(db: Db) {
    let scene = Scene::new(db).await;
    let (course, by, ana, ben) = (scene.course.clone(), scene.teacher, scene.ana, scene.ben);
    let (moon, sun, pools) = (scene.moon, scene.sun, scene.pools);
    scene
        .with(move |tx| {
            let settings = courses::section::SectionSettings { name: "B".to_owned(), ..Default::default() };
            let section = courses::Section::create(tx, course.id, &settings, by)?;
            let release = Tree::new(Op::All, vec![Node::Condition(Condition::Section { section: section.id.into() })]);
            let item = Item::find(tx, course.id, sun)?;
            item.change(tx, &crate::ItemSettings { release: Some(release), ..item.settings() }, by)?;
            let mut twins = Vec::new();
            for name in ["Ana I", "Ana II", "Ana III"] {
                let twin = testing::enrolled(tx, &course, name, CourseRole::Learner)?;
                tx.execute(
                    sql!(
                        "update person set given = (select given from person where id = ?2),
                             sort_name = (select sort_name from person where id = ?2) where id = ?1"
                    ),
                    params![twin, ana],
                )?;
                twins.push(twin);
            }
            // Ana, and one of those who are called like her, did all that counts for them; Ben is in the section, for
            // which more counts.
            tx.execute(
                sql!("update enrolment set section = ?1 where person = ?2 and course = ?3"),
                params![section.id, ben, course.id],
            )?;
            for person in [ana, twins[1], ben] {
                for item in [moon, pools] {
                    let item = Item::find(tx, course.id, item)?;
                    crate::complete_for(tx, &item, person, by)?;
                }
            }
            let structure = load(tx, course.id, None, false)?.structure;
            let mut all = Vec::new();
            for only in [Only::Everyone, Only::NotStarted, Only::Stuck, Only::Finished] {
                let (mut met, mut after) = (Vec::new(), None);
                loop {
                    let page = roster::learners(tx, course.id, &structure, only, after, 1)?;
                    assert!(page.learners.len() <= 1);
                    met.extend(page.learners);
                    let Some(more) = page.more else { break };
                    after = Some(more);
                }
                for one in &met {
                    let own = load(tx, course.id, Some(one.person), false)?;
                    assert_eq!(own.arrange().tally(), (one.done as usize, one.total as usize), "{}", one.given);
                }
                all.push(met.into_iter().map(|one| one.person).collect::<std::collections::BTreeSet<_>>());
            }
            assert_eq!(all[0].len(), 5, "nobody is met twice and nobody is left out");
            assert_eq!(all[1], [twins[0], twins[2]].into());
            assert_eq!(all[2], [].into(), "nobody was away for a week");
            assert_eq!(all[3], [ana, twins[1]].into());
            Ok(())
        })
        .await;
    let finished = scene.as_person(scene.teacher).await.get(&scene.at("/progress?only=finished")).await;
    sound(&finished);
    assert!(finished.has_text("2 / 2") && !finished.has_text("Ben"), "{}", finished.text());
}
