use super::*;
use http::Method;

/// Begins an attempt as a person does, and answers its page.
async fn begun(scene: &Scene, person: PersonId) -> (Browser, Page) {
    let mut browser = scene.as_person(person).await;
    let page = browser.get(&scene.quiz("")).await;
    let page = browser.submit(&page, "Start", &[]).await;
    (browser, page)
}

fn path(page: &Page) -> String {
    page.path().split(['?', '#']).next().unwrap_or_default().to_owned()
}

fn id(page: &Page) -> AttemptId {
    path(page).rsplit('/').next().unwrap().parse().unwrap()
}

#[store::test]
async fn a_quiz_is_taken_without_scripts_from_start_to_receipt(db: Db) {
    let scene = Scene::new(db).await;
    let mut browser = scene.as_person(scene.ana).await;
    let front = browser.get(&scene.quiz("")).await;
    let front = browser.get(front.path()).await;
    sound(&front);
    assert!(front.has_text("Any number") || front.has_text("Attempts 1"), "{}", front.text());
    let page = browser.submit(&front, "Start", &[]).await;
    sound(&page);
    assert!(page.has_text("Question 1") && page.has_text("2 points") && page.has_text("What makes the tide?"));
    assert_eq!(page.names("radio"), ["The moon", "The wind"]);
    let saved = browser.submit(&page, "Save", &[("a1", "1"), ("a2", " twice "), ("flag-3", "on")]).await;
    sound(&saved);
    assert!(saved.has_text("Saved."), "{}", saved.text());
    assert_eq!(saved.value("a2").as_deref(), Some(" twice "));
    let end = browser.submit(&saved, "Finish", &[("a2", "Twice")]).await;
    sound(&end);
    assert!(end.has_text("1 question has no answer yet.") && end.has_text("To come back to"), "{}", end.text());
    let back = browser.click(&end, "Question 3").await;
    assert!(back.has_role("textbox", "Your answer"));
    let end = browser.submit(&back, "Finish", &[("a3", "Two <b>bulges</b>")]).await;
    assert!(end.has_text("Every question has an answer."));
    let receipt = browser.submit(&end, "Hand in", &[]).await;
    sound(&receipt);
    assert!(receipt.has_text("Handed in.") && receipt.has_text("Proof"));
    let review = browser.click(&receipt, "Look at it").await;
    sound(&review);
    assert!(review.has_text("3 of 8 points so far") && review.has_text("Two <b>bulges</b>"), "{}", review.text());
    assert!(review.has_text("Well seen.") && !review.has_text("Right: The moon"));
    let front = browser.get(&scene.quiz("")).await;
    sound(&front);
    assert!(front.has_text("You have used all attempts.") && front.has_text("Waits to be marked"), "{}", front.text());
}

#[store::test]
async fn every_double_click_and_second_tab_is_harmless(db: Db) {
    let scene = Scene::new(db).await;
    let (mut browser, page) = begun(&scene, scene.ana).await;
    let again = browser.post(&scene.quiz("/attempts"), &[]).await;
    assert_eq!(path(&again), path(&page));
    // Two tabs of the same page; the second changes another question and must not undo the first.
    let tab = browser.get(&path(&page)).await;
    browser.submit(&page, "Save", &[("a1", "2")]).await;
    browser.submit(&page, "Save", &[("a1", "2")]).await;
    let both = browser.submit(&tab, "Save", &[("a2", "twice")]).await;
    assert_eq!(both.value("a2").as_deref(), Some("twice"));
    assert!(scene.answer(id(&page), 1).await.has(2));
    let end = browser.get(&format!("{}/end", path(&page))).await;
    let first = browser.submit(&end, "Hand in", &[]).await;
    let second = browser.submit(&end, "Hand in", &[]).await;
    assert_eq!((first.status(), second.status()), (200, 200));
    assert_eq!(first.names("link"), second.names("link"));
    // A tab that was left open: told, and led to the receipt.
    let late = browser.submit(&tab, "Save", &[("a2", "never")]).await;
    assert!(late.path().ends_with("/receipt") && late.has_text("This attempt has ended."), "{}", late.text());
    assert_eq!(scene.answer(id(&page), 2).await.text(), "twice");
}

#[store::test]
async fn the_scripts_save_one_answer_cheaply_and_hear_how_much_time_is_left(db: Db) {
    let scene = Scene::new(db).await;
    scene.configure(|settings| settings.limit_minutes = Some(10)).await;
    let (mut browser, page) = begun(&scene, scene.ana).await;
    let answers = format!("{}/answers", path(&page));
    let sent = [("auto", "1"), ("device", "d1"), ("seen", "0"), ("entry", "2:1"), ("a2", "twice"), ("flag", "1:1")];
    let saved = browser.post(&answers, &sent[..5]).await;
    assert_eq!(saved.json(), serde_json::json!({"newest": 1, "left": 600}));
    // Two of them find out who asks.
    assert!(saved.statements() <= 2 + 4, "{}", saved.statements());
    assert_eq!(browser.post(&answers, &sent).await.status(), 200);
    let page = browser.get(&path(&page)).await;
    assert_eq!((page.value("a2").as_deref(), page.value("flag-1").as_deref()), (Some("twice"), Some("on")));
    assert!(page.has_text("10 min left"), "{}", page.text());
    for (entry, status) in [("2:0", 400), ("2:9999999999", 400), ("x", 200), ("99:2", 200)] {
        let fields = [("auto", "1"), ("device", "d1"), ("entry", entry), ("a2", "x")];
        assert_eq!(browser.post(&answers, &fields).await.status(), status, "{entry}");
    }
    scene.pass(661);
    let late = browser
        .clone()
        .with("accept", "application/json")
        .post(&answers, &[("auto", "1"), ("device", "d1"), ("entry", "2:3"), ("a2", "late")])
        .await;
    assert_eq!((late.status(), late.json()["code"].as_str()), (409, Some("attempt-over")));
    // Whoever looks first closes it.
    let receipt = browser.get(&path(&page)).await;
    assert!(receipt.path().ends_with("/receipt") && receipt.has_text("The time was up"), "{}", receipt.text());
}

#[store::test]
async fn the_clock_of_the_page_does_not_end_what_got_more_time(db: Db) {
    let scene = Scene::new(db).await;
    scene.configure(|settings| settings.limit_minutes = Some(10)).await;
    let (mut browser, page) = begun(&scene, scene.ana).await;
    let (course, ana, by) = (scene.course.id, scene.ana, scene.teacher);
    scene.with(move |tx| crate::quiz::set_extra_time(tx, course, ana, 50, by)).await;
    scene.pass(600);
    let still = browser.post(&format!("{}/end", path(&page)), &[("clock", "on")]).await;
    assert_eq!(path(&still), path(&page));
    assert!(still.has_text("5 min left"), "{}", still.text());
    scene.pass(310);
    // Its time is up, but what is under way is still taken.
    let closing = browser.get(&path(&page)).await;
    sound(&closing);
    assert!(closing.has_text("The time is up.") && closing.link("Question 1").is_none(), "{}", closing.text());
    let receipt = browser.submit(&closing, "Hand in", &[]).await;
    assert!(receipt.has_text("Handed in."));
}

#[store::test]
async fn one_question_after_the_other_with_no_way_back(db: Db) {
    let scene = Scene::new(db).await;
    scene
        .configure(|settings| {
            settings.one_by_one = true;
            settings.one_way = true;
        })
        .await;
    let (mut browser, page) = begun(&scene, scene.ana).await;
    sound(&page);
    assert_eq!((page.names("radio").len(), page.has_role("button", "Back")), (2, false));
    // Nobody skips ahead by the address.
    assert!(browser.get(&format!("{}?page=3", path(&page))).await.has_role("radio", "The moon"));
    let second = browser.submit(&page, "Next", &[("a1", "1")]).await;
    sound(&second);
    assert!(second.has_text("How often a day"), "{}", second.text());
    let back = browser.get(&format!("{}?page=1", path(&page))).await;
    assert!(back.has_text("How often a day"));
    let third = browser.submit(&second, "Next", &[("a2", "twice")]).await;
    assert!(third.has_text("Explain") && third.has_role("button", "Finish"));
    browser.submit(&page, "Save", &[("a1", "2")]).await;
    assert!(scene.answer(id(&page), 1).await.has(1));
}

#[store::test]
async fn an_attempt_is_its_persons_alone(db: Db) {
    let scene = Scene::new(db).await;
    let (_, page) = begun(&scene, scene.ana).await;
    let own = path(&page);
    for (who, status) in [(scene.ben, 404), (scene.teacher, 404), (scene.stranger, 403)] {
        let mut browser = scene.as_person(who).await;
        for rest in ["", "/end", "/receipt", "/review"] {
            let answer = browser.get(&format!("{own}{rest}")).await;
            // Who sees grades is led to the running attempt, which is not theirs.
            assert!([404, status].contains(&answer.status()), "{rest}: {}", answer.status());
        }
        for rest in ["/answers", "/end"] {
            let answer = browser.post(&format!("{own}{rest}"), &[("auto", "1"), ("entry", "2:1"), ("a2", "x")]).await;
            assert_eq!(answer.status(), status, "{rest}");
        }
    }
    let mut nobody = scene.as_nobody().staying();
    assert_eq!(nobody.get(&own).await.status(), 303);
    assert!(matches!(nobody.request(Method::POST, &format!("{own}/answers")).await.status(), 303 | 401));
    let mut stranger = scene.as_person(scene.stranger).await;
    assert_eq!(stranger.post(&scene.quiz("/attempts"), &[]).await.status(), 403);
    assert_eq!(scene.answer(id(&page), 2).await, crate::answer::Answer::Nothing);
}

#[store::test]
async fn a_teacher_tries_it_out_and_looks_at_what_others_handed_in(db: Db) {
    let scene = Scene::new(db).await;
    let (mut ana, page) = begun(&scene, scene.ana).await;
    let end = ana.submit(&page, "Finish", &[("a1", "2")]).await;
    ana.submit(&end, "Hand in", &[]).await;
    let mut teacher = scene.as_person(scene.teacher).await;
    let review = teacher.get(&format!("{}/review", path(&page))).await;
    sound(&review);
    assert!(
        review.has_text("Ana") && review.has_text("Right: The moon") && review.has_text("Look again."),
        "{}",
        review.text()
    );
    let front = teacher.get(&scene.quiz("")).await;
    sound(&front);
    let trial = teacher.submit(&front, "Try it out", &[]).await;
    sound(&trial);
    assert!(trial.has_text("Trial"));
}

#[store::test]
async fn the_word_and_the_phases_of_looking_back(db: Db) {
    let scene = Scene::new(db).await;
    scene
        .configure(|settings| {
            settings.password = "ebb".to_owned();
            settings.review.open = crate::review::Shows::default();
        })
        .await;
    let mut browser = scene.as_person(scene.ana).await;
    let front = browser.get(&scene.quiz("")).await;
    let wrong = browser.submit(&front, "Start", &[("word", "flood")]).await;
    assert!(wrong.has_text("This is not the word"), "{}", wrong.text());
    let page = browser.submit(&front, "Start", &[("word", "ebb")]).await;
    let end = browser.submit(&page, "Finish", &[("a1", "1")]).await;
    browser.submit(&end, "Hand in", &[]).await;
    let review = format!("{}/review", path(&page));
    assert!(browser.get(&review).await.has_text("Question 1"));
    scene.pass(121);
    let later = browser.get(&review).await;
    assert!(later.path().ends_with("/receipt") && later.link("Look at it").is_none());
}

#[store::test]
async fn a_closed_quiz_still_shows_what_was_handed_in(db: Db) {
    let scene = Scene::new(db).await;
    let (mut ana, page) = begun(&scene, scene.ana).await;
    let end = ana.submit(&page, "Finish", &[("a1", "2")]).await;
    ana.submit(&end, "Hand in", &[]).await;
    let (course, item, by, closes) = (scene.course.id, scene.item, scene.teacher, scene.now().plus_seconds(600));
    scene
        .with(move |tx| {
            let item = outline::Item::find(tx, course, item)?;
            item.change(tx, &outline::ItemSettings { lock_at: Some(closes), ..item.settings() }, by)
        })
        .await;
    scene.pass(601);
    let front = ana.get(&scene.quiz("")).await;
    sound(&front);
    assert!(front.has_text("Attempt 1") && front.has_text("0 of 8 points"), "{}", front.text());
    // Once it is closed the right answers are shown.
    let review = ana.click(&front, "Look at it").await;
    sound(&review);
    assert!(review.has_text("Right: The moon"), "{}", review.text());
    let mut ben = scene.as_person(scene.ben).await;
    let closed = ben.get(&scene.quiz("")).await;
    assert!(!closed.has_text("Attempt 1") && !closed.has_role("button", "Start"), "{}", closed.text());
    // Nobody begins by the address.
    let refused = ben.post(&scene.quiz("/attempts"), &[]).await;
    assert!(refused.status() == 409 || refused.has_text("This quiz is closed."), "{}", refused.text());
}
