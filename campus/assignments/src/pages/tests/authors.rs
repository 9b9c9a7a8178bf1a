use gradebook::{Column, Points};
use outline::{ActivityKind, Item};
use store::{Db, params, sql};

use super::{Scene, sound};
use crate::{Assignment, AssignmentKind, Rubric, Settings};

#[store::test]
async fn an_author_says_what_is_asked(db: Db) {
    let scene = Scene::new(db).await;
    let mut sofia = scene.as_person(scene.teacher).await;
    let page = sofia.get(&scene.item("/assignment")).await;
    sound(&page);
    let fields = [
        ("source", "Write about **tides**.\n\n> [!NOTE]\n> Name your sources."),
        ("points", "12,5"),
        ("file_types", ".PDF, docx"),
        ("files_max", "3"),
        ("file_megabytes_max", "20"),
        ("attempts_max", ""),
    ];
    let shown = sofia.submit(&page, "Save", &fields).await;
    assert!(shown.has_text("Write about tides.") && shown.has_text("12.5"), "{}", shown.text());
    let (essay, ana) = (scene.essay, scene.ana);
    let (kept, column) =
        scene.with(move |tx| Ok((Assignment::find(tx, essay)?.settings(), Column::of_item(tx, essay)?))).await;
    assert_eq!((kept.file_types, kept.attempts_max), (vec!["pdf".to_owned(), "docx".to_owned()], None));
    assert_eq!(column.unwrap().points, "12.5".parse().unwrap());
    let page = scene.as_person(ana).await.get(&scene.item("")).await;
    assert!(page.has_text("Taken: pdf, docx.") && page.has_text("3 files at the most."), "{}", page.text());
}

#[store::test]
async fn what_makes_no_sense_is_said_at_its_field(db: Db) {
    let scene = Scene::new(db).await;
    let mut sofia = scene.as_person(scene.teacher).await;
    for (field, value) in [
        ("points", "-1"),
        ("points", "1.23456"),
        ("points", "many"),
        ("points", "9999999999"),
        ("files_max", "0"),
        ("files_max", "51"),
        ("attempts_max", "1.5"),
        ("file_types", "p*d/f"),
        ("rubric", "00000000-0000-0000-0000-000000000000"),
        ("source", "a\0b"),
    ] {
        let fields = [("takes_text", "on"), ("source", "Kept."), (field, value)];
        let fields = if field == "source" { vec![("takes_text", "on"), (field, value)] } else { fields.to_vec() };
        let page = sofia.post(&scene.item("/assignment"), &fields).await;
        assert_eq!(page.status(), 422, "{field}={value}: {}", page.text());
        let wrong: Vec<String> = page.form_errors().into_iter().map(|(name, _)| name).collect();
        assert_eq!(wrong, [field], "{value}");
        assert_eq!(page.faults(), Vec::<String>::new());
    }
    let nothing = sofia.post(&scene.item("/assignment"), &[("source", "Kept.")]).await;
    assert!(nothing.has_text("Choose at least one way to hand in."), "{}", nothing.text());
    assert_eq!(nothing.value("source").unwrap().trim(), "Kept.");
}

#[store::test]
async fn hiding_names_is_settled_once_something_was_handed_in(db: Db) {
    let scene = Scene::new(db).await;
    scene.asks(Settings { anonymous: true, ..Settings::default() }).await;
    scene.hands_in(scene.ana, "The moon.").await;
    let mut sofia = scene.as_person(scene.teacher).await;
    let page = sofia.get(&scene.item("/assignment")).await;
    sound(&page);
    sofia.submit(&page, "Save", &[("anonymous", "")]).await;
    let essay = scene.essay;
    assert!(scene.with(move |tx| Assignment::find(tx, essay)).await.hides_names());
}

#[store::test]
async fn a_rubric_is_made_without_scripts_and_marks_by_it(db: Db) {
    let scene = Scene::new(db).await;
    let mut sofia = scene.as_person(scene.teacher).await;
    let list = sofia.get(&scene.at("/rubrics")).await;
    sound(&list);
    let editor = sofia.submit(&list, "Make it", &[("title", "Essay"), ("kind", "rubric")]).await;
    sound(&editor);
    let half = sofia.submit(&editor, "Save and add another", &[("title_0", "Argument"), ("level_0_0", "Clear")]).await;
    assert_eq!((half.status(), half.form_errors()[0].0.as_str()), (422, "level_points_0_0"));
    let fields = [
        ("title_0", "Argument"),
        ("level_0_0", "Clear"),
        ("level_points_0_0", "6"),
        ("level_0_1", "Vague"),
        ("level_points_0_1", "2.5"),
    ];
    let editor = sofia.submit(&half, "Save and add another", &fields).await;
    sound(&editor);
    let fields = [("title_1", "Sources"), ("level_1_0", "Named"), ("level_points_1_0", "4"), ("do", "more")];
    let editor = sofia.submit(&editor, "Save and add another", &fields).await;
    let list = sofia.submit(&editor, "Move up Sources", &[]).await;
    sound(&list);
    let (course, essay) = (scene.course.id, scene.essay);
    let rubric = scene.with(move |tx| Ok(Rubric::of_course(tx, course)?.remove(0))).await;
    let titles: Vec<&str> = rubric.criteria.0.iter().map(|one| one.title.as_str()).collect();
    assert_eq!((titles, rubric.most().to_string()), (vec!["Sources", "Argument"], "10".to_owned()));
    scene.asks(Settings { rubric: Some(rubric.rubric), points: Points::whole(10), ..Settings::default() }).await;
    scene.hands_in(scene.ana, "The moon.").await;
    let hers = scene.as_person(scene.ana).await.get(&scene.item("")).await;
    sound(&hers);
    assert!(hers.has_text("Argument") && hers.has_text("Vague"), "{}", hers.text());
    let page = sofia.get(&scene.item(&format!("/marking/{}", scene.ana))).await;
    sound(&page);
    let names: Vec<String> = rubric.criteria.0.iter().map(|one| format!("level_{}", one.id)).collect();
    let missing = sofia.submit(&page, "Give grade", &[(names[0].as_str(), "0"), ("do", "give")]).await;
    assert_eq!(missing.form_errors()[0].0, "points");
    let given = sofia.submit(&missing, "Give grade", &[(names[1].as_str(), "1"), ("do", "give")]).await;
    assert!(given.has_text("Graded: Ana"), "{}", given.text());
    let points: Vec<Option<Points>> =
        scene.with(move |tx| tx.values(sql!("select points from mark where item = ?1"), params![essay])).await;
    assert_eq!(points, [Some("6.5".parse().unwrap())]);
    let marks = scene.as_person(scene.ana).await.get(&scene.item("/marks")).await;
    sound(&marks);
    assert!(marks.has_text("Reached: Vague") && marks.has_text("6.5"), "{}", marks.text());
    // The rubric changes; what was marked keeps its version.
    let by = scene.teacher;
    scene.with(move |tx| Rubric::find(tx, course, rubric.rubric)?.change(tx, course, "Essay", &[], by)).await;
    let marks = scene.as_person(scene.ana).await.get(&scene.item("/marks")).await;
    assert!(marks.has_text("Reached: Vague"), "{}", marks.text());
    let list = sofia.get(&scene.at("/rubrics")).await;
    let list = sofia.submit(&list, "Delete Essay", &[]).await;
    assert!(list.link("Essay").is_none() && list.has_role("button", "Undo"), "{}", list.text());
    sound(&sofia.get(&scene.item("/assignment")).await);
    let list = sofia.submit(&list, "Undo", &[]).await;
    assert!(list.link("Essay").is_some(), "{}", list.text());
}

#[store::test]
async fn guides_and_checklists_make_points(db: Db) {
    let scene = Scene::new(db).await;
    let mut sofia = scene.as_person(scene.teacher).await;
    scene.hands_in(scene.ana, "The moon.").await;
    let course = scene.course.id;
    for (kind, fields, total) in [("guide", ["3,5", "9"], "3.5"), ("checklist", ["0", "1"], "4")] {
        let list = sofia.get(&scene.at("/rubrics")).await;
        let editor = sofia.submit(&list, "Make it", &[("title", kind), ("kind", kind)]).await;
        sofia.submit(&editor, "Save", &[("title_0", "Sources"), ("points_0", "4"), ("do", "done")]).await;
        let rubrics = scene.with(move |tx| Rubric::of_course(tx, course)).await;
        let rubric = rubrics.into_iter().find(|one| one.kind.as_str() == kind).unwrap();
        scene.asks(Settings { rubric: Some(rubric.rubric), ..Settings::default() }).await;
        let page = sofia.get(&scene.item(&format!("/marking/{}", scene.ana))).await;
        sound(&page);
        let field = format!("{}_{}", if kind == "guide" { "points" } else { "level" }, rubric.criteria.0[0].id);
        if kind == "guide" {
            let wrong = sofia.submit(&page, "Give grade", &[(&field, fields[1]), ("points", ""), ("do", "give")]).await;
            assert_eq!(wrong.form_errors()[0].0, field);
        }
        sofia.submit(&page, "Give grade", &[(&field, fields[0]), ("points", ""), ("do", "give")]).await;
        scene.later(1);
        let points: Vec<Option<Points>> =
            scene.with(|tx| tx.values(sql!("select points from mark order by at desc, id desc"), params![])).await;
        assert_eq!(points[0], Some(total.parse().unwrap()), "{kind}");
    }
}

#[store::test]
async fn a_copy_has_a_rubric_of_its_own_course(db: Db) {
    let scene = Scene::new(db).await;
    let (course, essay, by) = (scene.course.id, scene.essay, scene.teacher);
    scene
        .with(move |tx| {
            let rubric = Rubric::create(tx, course, "Essay", crate::RubricKind::Guide, by)?;
            let item = Item::find(tx, course, essay)?;
            crate::assignment::write(tx, &item, &Settings { rubric: Some(rubric), ..Settings::default() }, by)?;
            let other = courses::testing::course(tx, "Marine ecology again")?;
            let module = outline::Module::add(tx, other.id, "Tides", None, by)?;
            for _ in 0..2 {
                let new = outline::NewItem {
                    module,
                    kind: "assignment",
                    title: "Essay",
                    indent: 0,
                    completion: outline::Completion::Submit,
                    source: None,
                };
                let to = Item::add(tx, other.id, &new, by)?;
                AssignmentKind.copy(tx, essay, &to, by)?;
                let copied = Assignment::find(tx, to.id)?.settings().rubric.unwrap();
                assert_eq!(Rubric::of_course(tx, other.id)?.len(), 1, "one rubric for both");
                assert_eq!(Rubric::find(tx, other.id, copied)?.title, "Essay");
                assert!(Column::of_item(tx, to.id)?.is_some());
            }
            Ok(())
        })
        .await;
}

/// Instructions of a copied course show the copy's own files and lead to its own items.
#[store::test]
async fn instructions_of_a_copy_stay_in_its_course(db: Db) {
    let scene = Scene::new(db).await;
    let (course, essay, by) = (scene.course.id, scene.essay, scene.teacher);
    scene
        .with(move |tx| {
            let new = materials::course_file::NewFile {
                name: "coast.png",
                path: None,
                hash: &"ab".repeat(32),
                media_type: "image/png",
                size: 1,
            };
            let file = materials::course_file::add(tx, course, &new, by)?;
            let url = materials::course_file::url(course, file, "coast.png");
            let source = format!("See ![the coast]({url}) and [yourself](item/essay).");
            let item = Item::find(tx, course, essay)?;
            crate::assignment::write(tx, &item, &Settings { source, ..Settings::default() }, by)?;
            assert!(Assignment::find(tx, essay)?.html.contains(&format!("/items/{essay}")));
            let other = courses::testing::draft(tx, "Marine ecology again")?;
            let kinds = crate::kinds(materials::kinds());
            outline::copy(tx, &kinds, course, other.id, &courses::DateShift::keep(), by)?;
            let copy = Item::of_course(tx, other.id)?.remove(0);
            let html = Assignment::find(tx, copy.id)?.html;
            assert!(!html.contains(&course.to_string()), "{html}");
            assert!(html.contains(&format!("/courses/{}/files/", other.id)), "{html}");
            assert!(html.contains(&format!("/courses/{}/items/{}", other.id, copy.id)), "{html}");
            Ok(())
        })
        .await;
}
