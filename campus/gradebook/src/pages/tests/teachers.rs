use courses::{CourseRole, testing};
use http::Method;
use store::{Db, params, sql};
use web::testing::Browser;

use super::{Scene, marked, sound};
use crate::{Given, GradeState, Points, Source, of_person};

/// Sends a cell as the table does.
async fn typed(browser: &Browser, path: &str, value: &str, was: &str) -> (u16, serde_json::Value) {
    let body = web::url::query([("value", value), ("was", was)]).into_bytes();
    let kind = "application/x-www-form-urlencoded";
    let answer = browser.clone().with("accept", "application/json").raw(Method::POST, path, kind, body).await;
    (answer.status(), answer.json())
}

#[store::test]
async fn the_table_shows_everybody_with_what_it_comes_to(db: Db) {
    let scene = Scene::new(db).await;
    scene.give(&scene.essay, scene.ana, Given { late_seconds: 25 * 3_600, ..marked(9) }).await;
    scene.give(&scene.talk, scene.ana, marked(4)).await;
    scene.give(&scene.talk, scene.ben, Given { points: None, state: GradeState::Excused, ..marked(0) }).await;
    let mut sofia = scene.as_person(scene.teacher).await;
    let page = sofia.get(&scene.at("/gradebook")).await;
    sound(&page);
    let rows = page.names("row");
    assert_eq!(rows[1], "Ana 7 70% 4 80% 74% (B) 74% (B)");
    assert_eq!(rows[2], "Ben none \u{2013} exc. \u{2013} \u{2013} 0% (F)");
    let found = sofia.get(&scene.at("/gradebook?q=BEN")).await;
    assert_eq!(found.names("row").len(), 2);
    let none = sofia.get(&scene.at("/gradebook?q=zzz&section=1&sort=nothing&page=x")).await;
    sound(&none);
    assert!(none.has_text("Nobody fits"), "{}", none.text());
    scene.give(&scene.talk, scene.ben, marked(5)).await;
    let sorted = sofia.get(&scene.at("/gradebook?sort=current")).await;
    sound(&sorted);
    assert!(sorted.names("row")[1].starts_with("Ben"), "{:?}", sorted.names("row"));
    let by_column = sofia.get(&scene.at(&format!("/gradebook?sort={}", scene.essay.id))).await;
    assert!(by_column.names("row")[1].starts_with("Ana"), "who has nothing comes last");
}

#[store::test]
async fn a_cell_is_saved_in_place_and_nothing_is_overwritten_silently(db: Db) {
    let scene = Scene::new(db).await;
    let sofia = scene.as_person(scene.teacher).await;
    let path = scene.at(&format!("/gradebook/cells/{}/{}", scene.talk.id, scene.ana));
    let (status, told) = typed(&sofia, &path, "80%", "").await;
    assert_eq!((status, &told["saved"], &told["raw"], &told["text"]), (200, &true.into(), &"4".into(), &"4".into()));
    assert_eq!(told["totals"], serde_json::json!(["\u{2013}", "80%", "80% (B)", "32% (F)"]));
    // The same again: it is there already.
    assert_eq!(typed(&sofia, &path, "4", "").await.0, 200);
    let (status, told) = typed(&sofia, &path, "5", "").await;
    assert_eq!((status, &told["saved"], &told["raw"]), (409, &false.into(), &"4".into()));
    assert!(told["says"].as_str().unwrap().contains("it is 4 now"), "{told}");
    let (status, told) = typed(&sofia, &path, "much", "4").await;
    assert_eq!((status, &told["text"]), (422, &"4".into()));
    assert_eq!(told["says"], "Please give a number, such as 7.5.");
    assert_eq!(typed(&sofia, &path, "ex", "4").await.1["text"], "exc.");
    assert_eq!(typed(&sofia, &path, "", "ex").await.1["raw"], "");
    let (talk, ana) = (scene.talk.id, scene.ana);
    let (changes, grade): (i64, _) = scene
        .with(move |tx| {
            let count = tx.value(sql!("select count(*) from grade_change where grade_column = ?1"), params![talk])?;
            Ok((count, of_person(tx, talk, ana)?))
        })
        .await;
    assert_eq!(changes, 3, "each change once");
    assert_eq!(grade.unwrap().state, GradeState::None);
}

#[store::test]
async fn a_cell_has_a_page_with_its_history(db: Db) {
    let scene = Scene::new(db).await;
    let quiz = Given { source: Source::Quiz, late_seconds: 25 * 3_600, ..marked(9) };
    scene.give(&scene.essay, scene.ana, quiz).await;
    let mut sofia = scene.as_person(scene.teacher).await;
    let table = sofia.get(&scene.at("/gradebook")).await;
    let href = format!("/courses/{}/{}", scene.course.id, table.link("7").unwrap());
    let page = sofia.get(&href).await;
    sound(&page);
    assert!(page.has_text("2 days begun") && page.has_text("a quiz"), "{}", page.text());
    assert_eq!(page.link("To the work"), scene.essay.item.map(|item| scene.at(&format!("/items/{item}"))));
    let waived = sofia.submit(&page, "Save", &[("waived", "on")]).await;
    sound(&waived);
    assert!(waived.has_text("9 / 10") && waived.has_text("9, lateness waived"), "{}", waived.text());
    let wrong = sofia.submit(&waived, "Save", &[("value", "<b>")]).await;
    assert_eq!(wrong.status(), 422);
    assert_eq!(wrong.value("value").as_deref(), Some("<b>"), "the input is kept");
    let missing = sofia.submit(&waived, "Mark as missing", &[]).await;
    assert!(missing.has_text("Not handed in"), "{}", missing.text());
    // A form that was opened before somebody else changed the grade.
    let late = sofia.submit(&waived, "Save", &[("value", "1")]).await;
    assert_eq!(late.status(), 409);
    assert!(late.has_text("Somebody changed this grade meanwhile"), "{}", late.text());
    assert_eq!(late.value("value").as_deref(), Some("1"));
    let kept = sofia.submit(&late, "Save", &[]).await;
    assert!(kept.has_text("1 / 10") && kept.has_text("the gradebook"), "{}", kept.text());
}

#[store::test]
async fn only_those_who_grade_change_grades(db: Db) {
    let scene = Scene::new(db).await;
    let stranger = scene.with(|tx| people::testing::person(tx, "Nils")).await;
    let path = scene.at(&format!("/gradebook/cells/{}/{}", scene.talk.id, scene.ana));
    for person in [scene.ana, stranger] {
        let mut browser = scene.as_person(person).await;
        assert_eq!(browser.get(&scene.at("/gradebook")).await.status(), 403);
        assert_eq!(browser.get(&path).await.status(), 403);
        assert_eq!(typed(&browser, &path, "5", "").await.0, 403);
    }
    assert_eq!(scene.as_nobody().staying().get(&path).await.status(), 303);
    let sofia = scene.as_person(scene.teacher).await;
    let herself = scene.at(&format!("/gradebook/cells/{}/{}", scene.talk.id, scene.teacher));
    assert_eq!(typed(&sofia, &herself, "5", "").await.0, 404, "who does not learn here has no grade");
    let nothing = scene.at(&format!("/gradebook/cells/{}/{}", scene.teacher, scene.ana));
    assert_eq!(typed(&sofia, &nothing, "5", "").await.0, 404);
    let elsewhere = scene
        .with(|tx| {
            let course = testing::course(tx, "Chemistry")?;
            let teacher = testing::enrolled(tx, &course, "Tom", CourseRole::Teacher)?;
            Ok((course.id, teacher))
        })
        .await;
    let tom = scene.as_person(elsewhere.1).await;
    assert_ne!(typed(&tom, &path, "5", "").await.0, 200);
    let foreign = format!("/courses/{}/gradebook/cells/{}/{}", elsewhere.0, scene.talk.id, scene.ana);
    assert_eq!(typed(&tom, &foreign, "5", "").await.0, 404, "a column of another course");
}

#[store::test]
async fn an_assistant_of_a_section_sees_and_grades_its_people_only(db: Db) {
    let scene = Scene::new(db).await;
    let (course, by) = (scene.course.clone(), scene.teacher);
    let (aid, cleo, section) = scene
        .with(move |tx| {
            let settings = courses::section::SectionSettings { name: "B".to_owned(), ..Default::default() };
            let section = courses::Section::create(tx, course.id, &settings, by)?.id;
            let mut enrol = |given: &str, role: CourseRole| {
                let person = people::testing::person(tx, given)?;
                let new = courses::enrolment::NewEnrolment {
                    section: Some(section),
                    ..courses::enrolment::NewEnrolment::new(course.id, person, role)
                };
                courses::enrolment::enrol(tx, &new, courses::enrolment::IfFull::Exceed, None)?;
                Ok::<_, store::Error>(person)
            };
            Ok((enrol("Aid", CourseRole::Assistant)?, enrol("Cleo", CourseRole::Learner)?, section))
        })
        .await;
    let mut browser = scene.as_person(aid).await;
    let page = browser.get(&scene.at("/gradebook")).await;
    sound(&page);
    assert_eq!(page.names("row").len(), 2, "{:?}", page.names("row"));
    assert!(page.has_text("Cleo") && !page.has_text("Ana"), "{}", page.text());
    assert!(page.link("Settings").is_none() && page.link("Final grades").is_none());
    let of = |person| scene.at(&format!("/gradebook/cells/{}/{person}", scene.talk.id));
    assert_eq!(typed(&browser, &of(cleo), "5", "").await.0, 200);
    assert_eq!(typed(&browser, &of(scene.ana), "5", "").await.0, 404);
    assert_eq!(browser.get(&of(scene.ana)).await.status(), 404);
    assert_eq!(browser.get(&scene.at(&format!("/gradebook/people/{}", scene.ana))).await.status(), 404);
    for path in ["/gradebook/settings", "/gradebook/history", "/gradebook/finals", "/gradebook/list"] {
        assert_eq!(browser.get(&scene.at(path)).await.status(), 403, "{path}");
    }
    let list = browser.get(&scene.at("/gradebook/grades.csv")).await;
    let text = String::from_utf8_lossy(list.body()).into_owned();
    assert!(text.contains("Cleo") && !text.contains("Ana"), "{text}");
    let mut sofia = scene.as_person(scene.teacher).await;
    let all = sofia.get(&scene.at("/gradebook")).await;
    assert_eq!(all.names("row").len(), 4);
    let narrowed = sofia.submit(&all, "Show", &[("section", &section.to_string())]).await;
    sound(&narrowed);
    assert!(narrowed.has_text("Cleo") && !narrowed.has_text("Ben"), "{}", narrowed.text());
}

#[store::test]
async fn the_statements_do_not_grow_with_the_class(db: Db) {
    let scene = Scene::new(db).await;
    let mut sofia = scene.as_person(scene.teacher).await;
    let paths = [scene.at("/gradebook"), scene.at("/gradebook?sort=final")];
    let mut few = Vec::new();
    for path in &paths {
        few.push(sofia.get(path).await.statements());
    }
    let (course, by, talk) = (scene.course.clone(), scene.teacher, scene.talk.clone());
    scene
        .with(move |tx| {
            for number in 0..110 {
                let person = testing::enrolled(tx, &course, &format!("P{number:03}"), CourseRole::Learner)?;
                crate::give(tx, &talk, person, &Given::points(Points::whole(3), Source::Marker), by)?;
            }
            Ok(())
        })
        .await;
    for (path, few) in paths.iter().zip(few) {
        let page = sofia.get(path).await;
        sound(&page);
        assert_eq!(page.statements(), few);
        assert_eq!(page.names("row").len(), 101);
    }
    let next = sofia.get(&scene.at("/gradebook?page=1")).await;
    assert_eq!(next.names("row").len(), 13);
}

/// A large course is a light page: people come a hundred at a time, whatever they are sorted by.
#[store::test]
async fn a_large_table_is_a_light_page(db: Db) {
    let scene = Scene::new(db).await;
    let (course, by) = (scene.course.clone(), scene.teacher);
    scene
        .with(move |tx| {
            for number in 0..58 {
                let title = format!("Notebook {number}");
                let new = crate::NewColumn { title: &title, points: Points::whole(9), group: None, due_at: None };
                crate::Column::add(tx, course.id, &new, by)?;
            }
            for number in 2..101 {
                testing::enrolled(tx, &course, &format!("P{number:04}"), CourseRole::Learner)?;
            }
            let now = tx.now();
            tx.execute(
                sql!(
                    "insert into grade (grade_column, person, course, points, state, source, posted_at, given_at)
                     select c.id, e.person, c.course, 12500 + c.position * 700, 'graded', 'marker', ?2, ?2
                     from grade_column c join enrolment e on e.course = c.course and e.role = 'learner'
                     where c.course = ?1"
                ),
                params![course.id, now],
            )
        })
        .await;
    let mut sofia = scene.as_person(scene.teacher).await;
    for path in ["/gradebook", "/gradebook?sort=final", "/gradebook?sort=current&page=1"] {
        let page = sofia.get(&scene.at(path)).await;
        sound(&page);
        assert!(page.bytes() < 900_000 && page.bytes_compressed() < 60_000, "{} bytes", page.bytes_compressed());
    }
}
