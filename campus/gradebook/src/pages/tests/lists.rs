use store::Db;

use super::{Scene, marked, sound};
use crate::book::{Book, learners};
use crate::list::{self, Unreadable};
use crate::{GradeState, Points, of_person};

#[store::test]
async fn a_list_comes_back_in_with_every_difference_shown_first(db: Db) {
    let scene = Scene::new(db).await;
    scene.give(&scene.essay, scene.ana, marked(9)).await;
    let mut sofia = scene.as_person(scene.teacher).await;
    let page = sofia.get(&scene.at("/gradebook/list")).await;
    sound(&page);
    let list = sofia.get(&page.link("Download the grades").unwrap()).await;
    assert_eq!(list.status(), 200);
    assert!(list.statements() <= 8 && list.header("content-type").starts_with("text/csv"));
    let text = String::from_utf8(list.body().to_vec()).unwrap();
    let lines: Vec<&str> = text.lines().collect();
    assert!(lines[0].starts_with("id,name,email,section,Essay [") && lines[1].contains("Ana"), "{text}");
    let same = sofia.submit(&page, "Show the differences", &[("list", &text)]).await;
    sound(&same);
    assert!(same.has_text("This list changes nothing."), "{}", same.text());
    assert!(lines[0].ends_with("holds, in percent [total]\"") && lines[1].contains(",90,54,54"), "{text}");
    assert!(!same.has_text("no columns"), "totals are passed over: {}", same.text());
    let changed = format!(
        "id;Talk;Essay [{}];Shoe size\n{};4,5;lots;39\n{};ex;80%;41\n{};1;;\n{};1;;\n",
        scene.essay.id, scene.ana, scene.ben, scene.teacher, scene.ana
    );
    let shown = sofia.submit(&page, "Show the differences", &[("list", &changed)]).await;
    sound(&shown);
    for said in [
        "3 grades change",
        "3 are left out",
        "Line 4,",
        "further up already",
        "Please give a number",
        "no columns: Shoe size.",
    ] {
        assert!(shown.has_text(said), "{said} is not in:\n{}", shown.text());
    }
    let (essay, talk, ana, ben) = (scene.essay.id, scene.talk.id, scene.ana, scene.ben);
    assert_eq!(scene.with(move |tx| of_person(tx, talk, ana)).await, None, "nothing is kept yet");
    let kept = sofia.submit(&shown, "Keep these grades", &[]).await;
    sound(&kept);
    assert!(kept.has_text("3 grades changed."), "{}", kept.text());
    let grades = scene
        .with(move |tx| Ok([of_person(tx, talk, ana)?, of_person(tx, talk, ben)?, of_person(tx, essay, ben)?]))
        .await
        .map(Option::unwrap);
    assert_eq!(grades[0].points.unwrap().to_string(), "4.5");
    assert_eq!(grades[1].state, GradeState::Excused);
    assert_eq!(grades[2].points, Some(Points::whole(8)));
    // Sent twice: it is there already.
    let twice = sofia.submit(&shown, "Keep these grades", &[]).await;
    assert!(twice.has_text("This list changes nothing."), "{}", twice.text());
    // One of the grades is changed by hand; the undo leaves it.
    scene.give(&scene.talk, scene.ana, marked(1)).await;
    let undone = sofia.submit(&kept, "Undo this list", &[]).await;
    assert!(undone.has_text("Undone, but for 1 grade that changed since."), "{}", undone.text());
    let again = sofia.submit(&kept, "Undo this list", &[]).await;
    assert!(again.has_text("This list was undone before."), "{}", again.text());
    let grades = scene.with(move |tx| Ok([of_person(tx, talk, ana)?, of_person(tx, essay, ben)?])).await;
    assert_eq!(grades[0].unwrap().points, Some(Points::whole(1)));
    assert_eq!((grades[1].unwrap().points, grades[1].unwrap().state), (None, GradeState::None));
}

#[store::test]
async fn what_changed_since_the_differences_were_shown_is_shown_again(db: Db) {
    let scene = Scene::new(db).await;
    let mut sofia = scene.as_person(scene.teacher).await;
    let page = sofia.get(&scene.at("/gradebook/list")).await;
    let list = format!("id,Talk\n{},5\n", scene.ana);
    let shown = sofia.submit(&page, "Show the differences", &[("list", &list)]).await;
    scene.give(&scene.talk, scene.ana, marked(2)).await;
    let again = sofia.submit(&shown, "Keep these grades", &[]).await;
    sound(&again);
    assert!(again.has_text("Grades changed since you saw the differences."), "{}", again.text());
    let kept = sofia.submit(&again, "Keep these grades", &[]).await;
    assert!(kept.has_text("1 grade changed."), "{}", kept.text());
}

#[store::test]
async fn hostile_lists_are_refused_with_a_reason(db: Db) {
    let scene = Scene::new(db).await;
    let course = scene.course.id;
    let (ana, ben, essay) = (scene.ana, scene.ben, scene.essay.id);
    scene
        .with(move |tx| {
            let book = Book::load(tx, course)?;
            let (people, grades) = (learners(tx, course, None)?, book.grades(tx, None)?);
            let plan = |bytes: &[u8]| list::plan(bytes, &book, &people, &grades);
            assert_eq!(plan(b"").err(), Some(Unreadable::NoPerson));
            assert_eq!(plan(b"\xff\xfe\0\0").err(), Some(Unreadable::NoPerson));
            assert_eq!(plan(b"id,name\n1,x\n").err(), Some(Unreadable::NoColumn));
            assert_eq!(plan(&vec![b'a'; list::BYTES_MAX + 1]).err(), Some(Unreadable::TooLarge));
            let many = format!("id,Talk\n{}", "x,1\n".repeat(list::ROWS_MAX + 1));
            assert_eq!(plan(many.as_bytes()).err(), Some(Unreadable::TooManyRows));
            let odd = format!("\u{feff}ID,Essay [{essay}],Essay\n{ana},\"a\n\"\"b\",3\n{ben},1e9,\n,,\n");
            let odd = plan(odd.as_bytes()).unwrap();
            assert_eq!((odd.changes.len(), odd.left_out.len(), odd.ignored.len()), (0, 2, 1));
            // As a spreadsheet saves it: in UTF-16, in Windows-1252.
            let told = format!("id;Essay [{essay}];\u{dc}bung\n{ana};7;1\n");
            let wide: Vec<u8> =
                [0xff, 0xfe].into_iter().chain(told.encode_utf16().flat_map(u16::to_le_bytes)).collect();
            let narrow: Vec<u8> = told.chars().map(|c| c as u8).collect();
            for bytes in [&wide, &narrow] {
                let read = plan(bytes).unwrap();
                assert_eq!((read.changes.len(), read.ignored.as_slice()), (1, ["\u{dc}bung".to_owned()].as_slice()));
            }
            let mut nameless = people.clone();
            nameless[0].email.clear();
            let of_nobody = list::plan(b"email,Talk\n,3\n", &book, &nameless, &grades).unwrap();
            assert_eq!((of_nobody.changes.len(), of_nobody.left_out.len()), (0, 1));
            let twice = plan(format!("id,Talk\n{ana},1\n{ana},2\n").as_bytes()).unwrap();
            assert_eq!((twice.changes.len(), twice.changes[0].after.as_str()), (1, "1"), "the first time counts");
            Ok(())
        })
        .await;
    let mut ana = scene.as_person(scene.ana).await;
    for path in ["/gradebook/list", "/gradebook/grades.csv"] {
        assert_eq!(ana.get(&scene.at(path)).await.status(), 403);
    }
    assert_eq!(ana.upload(&scene.at("/gradebook/list"), &[("list", "id,Talk")], &[]).await.status(), 403);
    let undo = scene.at(&format!("/gradebook/batches/{}/undo", scene.ana));
    assert_eq!(ana.post(&undo, &[]).await.status(), 403);
    assert_eq!(scene.as_person(scene.teacher).await.post(&undo, &[]).await.status(), 404);
}
