use super::*;
use crate::question::Kind;

#[store::test]
async fn a_question_of_every_kind_is_written_and_tried(db: Db) {
    let scene = Scene::new(db).await;
    let mut teacher = scene.as_person(scene.teacher).await;
    let forms: [(Kind, &[(&str, &str)]); 10] = [
        (Kind::Single, &[("o0_text", "Moon"), ("o0_share", "100"), ("o1_text", "Wind")]),
        (
            Kind::Multiple,
            &[("o0_text", "Moon"), ("o0_share", "50"), ("o1_text", "Sun"), ("o1_share", "50"), ("o2_text", "Wind")],
        ),
        (Kind::TrueFalse, &[("is_true", "true")]),
        (Kind::Short, &[("k0_text", "twice")]),
        (Kind::Number, &[("n0_value", "9,81"), ("n0_off", "1%"), ("u0_name", "m/s2")]),
        (Kind::Match, &[("p0_left", "cod"), ("p0_right", "fish"), ("p1_left", "seal"), ("p1_right", "mammal")]),
        (Kind::Order, &[("i0_text", "ebb"), ("i1_text", "flood")]),
        (Kind::Gaps, &[("text", "High water comes [[twice]] a day by the [[=moon|~sun]].")]),
        (Kind::Essay, &[("words_max", "300"), ("notes", "Both bulges.")]),
        (Kind::Info, &[]),
    ];
    for (kind, fields) in forms {
        let new = teacher.get(&scene.at(&format!("/questions/new?kind={kind}"))).await;
        sound(&new);
        let mut filled = vec![("text", "What is **asked**?")];
        filled.retain(|(name, _)| !fields.iter().any(|(own, _)| own == name));
        filled.extend(fields);
        let preview = teacher.submit(&new, "Save", &filled).await;
        sound(&preview);
        assert!(preview.has_text("The question was saved."), "{kind}: {}", preview.text());
        let checked = teacher.submit(&preview, "Check", &[]).await;
        sound(&checked);
        assert!(checked.has_text("Earns 0 %"), "{kind}: {}", checked.text());
        let edit = teacher.click(&preview, "Edit the question").await;
        sound(&edit);
        assert!(edit.has_text("Version 1"));
    }
    let bank = teacher.get(&scene.at("/questions")).await;
    sound(&bank);
    assert!(bank.has_text("13 questions in this course."), "{}", bank.text());
    let found = teacher.submit(&bank, "Find", &[("kind", "gaps")]).await;
    assert_eq!(found.names("checkbox").len(), 1, "{}", found.text());
}

#[store::test]
async fn an_answer_is_checked_with_its_reasons(db: Db) {
    let scene = Scene::new(db).await;
    let mut teacher = scene.as_person(scene.teacher).await;
    let preview = teacher.get(&scene.at(&format!("/questions/{}/preview", scene.questions[0]))).await;
    let right = teacher.submit(&preview, "Check", &[("a1", "1")]).await;
    assert!(right.has_text("Earns 100 %") && right.has_text("Well seen."), "{}", right.text());
    let wrong = teacher.submit(&preview, "Check", &[("a1", "2")]).await;
    assert!(wrong.has_text("Earns 0 %") && wrong.has_text("Not right") && wrong.has_text("Right: The moon"));
}

#[store::test]
async fn mistakes_keep_what_was_typed_and_more_rows_lose_nothing(db: Db) {
    let scene = Scene::new(db).await;
    let mut teacher = scene.as_person(scene.teacher).await;
    let new = teacher.get(&scene.at("/questions/new?kind=single")).await;
    let wrong = teacher
        .submit(&new, "Save", &[("text", "Why?"), ("o0_text", "Moon"), ("o0_share", "lots"), ("o1_text", "Wind")])
        .await;
    assert_eq!(wrong.status(), 422);
    assert_eq!(wrong.form_errors(), [("o0_share".to_owned(), "Write a percentage from -100 to 100.".to_owned())]);
    assert_eq!((wrong.value("o1_text").as_deref(), wrong.value("o0_share").as_deref()), (Some("Wind"), Some("lots")));
    let more = teacher.submit(&wrong, "More rows", &[("o0_share", "100")]).await;
    sound(&more);
    assert!(more.has_role("group", "Option 8") && more.value("text").is_some_and(|text| text.contains("Why?")));
    let saved = teacher.submit(&more, "Save", &[("o6_text", "Sun")]).await;
    assert!(saved.has_text("The question was saved.") && saved.names("radio").len() == 3, "{}", saved.text());
}

#[store::test]
async fn a_quiz_is_put_together(db: Db) {
    let scene = Scene::new(db).await;
    let mut teacher = scene.as_person(scene.teacher).await;
    let quiz = teacher.get(&scene.quiz("/quiz")).await;
    sound(&quiz);
    assert!(quiz.has_text("Questions: 3, points: 8"), "{}", quiz.text());
    let drawn = teacher.submit(&quiz, "Add", &[("count", "2"), ("points", "1.5"), ("tags", "hard")]).await;
    assert!(drawn.has_text("Questions: 5, points: 11") && drawn.has_text("#hard"), "{}", drawn.text());
    let wrong = teacher.submit(&quiz, "Add", &[("count", "500"), ("points", "x")]).await;
    assert_eq!((wrong.status(), wrong.form_errors().len()), (422, 2));
    let moved = teacher.submit(&drawn, "Move question 1 down", &[]).await;
    assert!(moved.text().find("How often").unwrap() < moved.text().find("What makes").unwrap());
    let removed = teacher.submit(&moved, "Remove question 1", &[]).await;
    assert!(removed.has_text("Questions: 4,"));
    let bank = teacher.click(&removed, "From the bank").await;
    sound(&bank);
    let question = scene.questions[1].to_string();
    let added = teacher.submit(&bank, "Add to “Tides”", &[("question", &question)]).await;
    assert!(added.has_text("1 question was added.") && added.has_text("Questions: 5,"), "{}", added.text());
    let saved = teacher.submit(&added, "Save", &[("slot_points", "-1")]).await;
    assert_eq!(saved.status(), 422);
    assert!(saved.has_text("Write points as a number"));
}

#[store::test]
async fn how_a_quiz_goes_is_set_and_held(db: Db) {
    let scene = Scene::new(db).await;
    let mut teacher = scene.as_person(scene.teacher).await;
    let settings = teacher.get(&scene.quiz("/quiz/settings")).await;
    sound(&settings);
    let fields = [
        ("attempts", "2"),
        ("limit_minutes", "30"),
        ("keep", "average"),
        ("passing_percent", "60"),
        ("points", "20"),
        ("intro", "Take *care*."),
    ];
    let saved = teacher.submit(&settings, "Save", &fields).await;
    assert!(saved.has_text("Saved.") && saved.has_text("points: 20"), "{}", saved.text());
    let again = teacher.get(&scene.quiz("/quiz/settings")).await;
    assert_eq!(
        (again.value("limit_minutes").as_deref(), again.value("after-right"), again.value("closed-right").as_deref()),
        (Some("30"), Some(String::new()), Some("on"))
    );
    let front = scene.as_person(scene.ana).await.get(&scene.quiz("")).await;
    assert!(front.has_text("30 min") && front.has_text("Take care.") && front.has_text("60"), "{}", front.text());
    let item = scene.item;
    let passing =
        scene.with(move |tx| Ok(gradebook::Column::of_item(tx, item)?.and_then(|column| column.passing))).await;
    assert_eq!(passing, Some(gradebook::Points::whole(12)));
    let wrong =
        teacher.submit(&settings, "Save", &[("limit_minutes", "0"), ("points", "none"), ("attempts", "-1")]).await;
    assert_eq!((wrong.status(), wrong.form_errors().len()), (422, 3));
}

#[store::test]
async fn extra_time_is_given_and_taken(db: Db) {
    let scene = Scene::new(db).await;
    let mut teacher = scene.as_person(scene.teacher).await;
    let page = teacher.get(&scene.at("/extra-time")).await;
    sound(&page);
    let ana = scene.ana.to_string();
    let given = teacher.submit(&page, "Save", &[("person", &ana), ("percent", "50")]).await;
    assert!(given.has_text("50 % more time"), "{}", given.text());
    let stranger = scene.stranger.to_string();
    let wrong = teacher.submit(&page, "Save", &[("person", &stranger), ("percent", "5000")]).await;
    assert_eq!(wrong.status(), 422);
    let taken = teacher.submit(&given, "No longer", &[]).await;
    assert!(taken.has_text("Nobody has extra time"), "{}", taken.text());
}

#[store::test]
async fn only_authors_see_the_bank_and_only_those_who_grade_the_rest(db: Db) {
    let scene = Scene::new(db).await;
    let question = scene.questions[0];
    let pages = [
        scene.at("/questions"),
        scene.at("/questions/new"),
        scene.at(&format!("/questions/{question}")),
        scene.at(&format!("/questions/{question}/preview")),
        scene.at("/questions/import"),
        scene.quiz("/quiz"),
        scene.quiz("/quiz/settings"),
        scene.quiz("/results"),
        scene.quiz("/results/statistics"),
        scene.quiz("/quiz/marking"),
        scene.quiz("/regrade"),
        scene.at("/extra-time"),
    ];
    for who in [scene.ana, scene.stranger] {
        let mut browser = scene.as_person(who).await;
        for page in &pages {
            assert_eq!(browser.get(page).await.status(), 403, "{page}");
        }
        assert_eq!(browser.delete(&scene.at(&format!("/questions/{question}"))).await.status(), 403);
        assert_eq!(browser.post(&scene.at("/questions"), &[("kind", "info"), ("text", "x")]).await.status(), 403);
    }
    let mut teacher = scene.as_person(scene.teacher).await;
    for page in &pages {
        sound(&teacher.get(page).await);
    }
    let mut nobody = scene.as_nobody().staying();
    assert_eq!(nobody.get(&pages[0]).await.status(), 303);
    for wrong in ["/questions/00000000-0000-0000-0000-000000000000", "/items/00000000-0000-0000-0000-000000000000/quiz"]
    {
        assert_eq!(teacher.get(&scene.at(wrong)).await.status(), 404);
    }
    assert_eq!(teacher.post(&scene.at("/questions"), &[("kind", "riddle"), ("text", "x")]).await.status(), 400);
}

#[store::test]
async fn a_question_is_taken_out_and_brought_back_and_folders_hold_some(db: Db) {
    let scene = Scene::new(db).await;
    let mut teacher = scene.as_person(scene.teacher).await;
    let bank = teacher.get(&scene.at("/questions")).await;
    let folder = teacher.submit(&bank, "Add the folder", &[("name", "Tides")]).await;
    assert!(folder.has_text("No question here"), "{}", folder.text());
    let wrong = teacher.submit(&bank, "Add the folder", &[("name", " ")]).await;
    assert_eq!(wrong.status(), 422);
    let bank = teacher.get(&scene.at("/questions")).await;
    let id = folder.path().split("folder=").nth(1).unwrap().to_owned();
    let question = scene.questions[0].to_string();
    let moved = teacher.submit(&bank, "Move", &[("question", &question), ("to", &id)]).await;
    assert!(moved.has_text("1 question was moved.") && moved.has_text("One choice, Tides"), "{}", moved.text());
    let edit = teacher.get(&scene.at(&format!("/questions/{question}"))).await;
    let gone = teacher.submit(&edit, "Take out of the bank", &[]).await;
    assert!(gone.has_text("was taken out of the bank.") && gone.has_text("2 questions"), "{}", gone.text());
    let back = teacher.submit(&gone, "Undo", &[]).await;
    sound(&back);
    assert!(teacher.get(&scene.quiz("/quiz")).await.has_text("What makes the tide?"));
}
