use super::*;
use web::testing::File;

async fn done(scene: &Scene, person: PersonId, fields: &[(&str, &str)]) -> AttemptId {
    let mut browser = scene.as_person(person).await;
    let front = browser.get(&scene.quiz("")).await;
    let page = browser.submit(&front, "Start", &[]).await;
    let end = browser.submit(&page, "Finish", fields).await;
    let receipt = browser.submit(&end, "Hand in", &[]).await;
    receipt.path().split('/').nth_back(1).unwrap().parse().unwrap()
}

#[store::test]
async fn essays_are_marked_question_by_question(db: Db) {
    let scene = Scene::new(db).await;
    done(&scene, scene.ana, &[("a1", "1"), ("a3", "Two bulges <i>of</i> water")]).await;
    done(&scene, scene.ben, &[("a1", "2"), ("a3", "No idea")]).await;
    let mut teacher = scene.as_person(scene.teacher).await;
    let queues = teacher.get(&scene.quiz("/quiz/marking")).await;
    sound(&queues);
    assert!(queues.has_text("2 wait"), "{}", queues.text());
    let page = teacher.click(&queues, "Explain the second tide.").await;
    sound(&page);
    assert!(page.has_text("Two bulges <i>of</i> water") && page.has_text("Names both bulges."), "{}", page.text());
    let wrong = teacher.submit(&page, "Save the mark Ana", &[("points", "6")]).await;
    assert_eq!((wrong.status(), wrong.form_errors().len()), (422, 1));
    assert!(wrong.has_text("5 or less, please."));
    let marked = teacher.submit(&page, "Save the mark Ana", &[("points", "4,5"), ("comment", "Well argued.")]).await;
    sound(&marked);
    assert!(!marked.has_text("Two bulges") && marked.has_text("No idea"));
    // The same page once more, by somebody who has not seen that mark.
    let clash = teacher.submit(&page, "Save the mark Ana", &[("points", "1")]).await;
    assert_eq!(clash.status(), 422);
    let (item, ana) = (scene.item, scene.ana);
    let grade = scene.with(move |tx| gradebook::of_person(tx, item, ana)).await.unwrap();
    assert_eq!(grade.points.map(|points| points.to_string()).as_deref(), Some("6.5"));
    let shown = teacher.click(&marked, "Show what is marked").await;
    sound(&shown);
    assert!(shown.has_text("Two bulges"));
    let learner = scene.as_person(scene.ana).await.get(&scene.quiz("")).await;
    assert!(learner.has_text("You have 6.5 of 8 points."), "{}", learner.text());
}

#[store::test]
async fn results_and_statistics_are_there_for_those_who_grade(db: Db) {
    let scene = Scene::new(db).await;
    let mut teacher = scene.as_person(scene.teacher).await;
    assert!(teacher.get(&scene.quiz("/results")).await.has_text("No attempts yet"));
    done(&scene, scene.ana, &[("a1", "1"), ("a2", "twice")]).await;
    done(&scene, scene.ben, &[("a1", "2"), ("a2", "once")]).await;
    let results = teacher.get(&scene.quiz("/results")).await;
    sound(&results);
    assert!(results.has_role("link", "Ana") && results.has_text("Handed in"), "{}", results.text());
    let review = teacher.click(&results, "Ana").await;
    sound(&review);
    assert!(review.has_text("3 of 8 points"));
    let statistics = teacher.get(&scene.quiz("/results/statistics")).await;
    sound(&statistics);
    assert!(
        statistics.has_text("Measured over 2 attempts.") && statistics.has_text("1. What makes the tide?"),
        "{}",
        statistics.text()
    );
    assert!(statistics.has_text("Hardly anybody has it right"));
}

#[store::test]
async fn scores_are_made_anew_after_a_dry_run(db: Db) {
    let scene = Scene::new(db).await;
    done(&scene, scene.ana, &[("a1", "1")]).await;
    done(&scene, scene.ben, &[("a1", "2")]).await;
    let mut teacher = scene.as_person(scene.teacher).await;
    let nothing = teacher.get(&scene.quiz("/regrade")).await;
    sound(&nothing);
    assert!(nothing.has_text("Nothing would change"));
    let edit = teacher.get(&scene.at(&format!("/questions/{}", scene.questions[0]))).await;
    teacher.submit(&edit, "Save", &[("o0_share", "0"), ("o1_share", "100")]).await;
    let dry = teacher.get(&scene.quiz("/regrade")).await;
    sound(&dry);
    assert!(dry.has_text("Answers that get more: 1, less: 1."), "{}", dry.text());
    let better = teacher.submit(&dry, "Show what would change", &[("how", "better")]).await;
    sound(&better);
    let results = teacher.submit(&better, "Make 1 change", &[]).await;
    assert!(results.has_text("1 score was changed."), "{}", results.text());
    let again = teacher.submit(&better, "Make 1 change", &[]).await;
    assert!(again.has_text("Nothing was changed."));
    // All points for everybody asks for one question.
    let full = teacher.get(&scene.quiz("/regrade?how=full")).await;
    assert!(full.has_text("Nothing would change"));
}

#[store::test]
async fn questions_are_imported_after_a_dry_run_and_once(db: Db) {
    let scene = Scene::new(db).await;
    let mut teacher = scene.as_person(scene.teacher).await;
    let page = teacher.get(&scene.at("/questions/import")).await;
    sound(&page);
    let empty = teacher.upload(&scene.at("/questions/import"), &[("format", "")], &[]).await;
    assert_eq!((empty.status(), empty.form_errors().len()), (422, 1), "{}", empty.text());
    let bytes = b"::Ebb:: How often? {=twice}\n\n::Bad:: Broken {=a -> }\n\n::Num:: g {#x}\n";
    let file = File { field: "file", name: "tides.gift", kind: "text/plain", bytes };
    let check = teacher.upload(&scene.at("/questions/import"), &[("format", "gift")], &[file]).await;
    sound(&check);
    assert!(
        check.has_text("can be taken over.") && check.has_text("Ebb") && check.has_text("Left out"),
        "{}",
        check.text()
    );
    // The dry run has changed nothing.
    assert!(teacher.get(&scene.at("/questions")).await.has_text("3 questions in this course."));
    let taken = teacher.submit(&check, "Take over", &[]).await;
    sound(&taken);
    let count = taken.text();
    let again = teacher.submit(&check, "Take over", &[]).await;
    let number = |text: &str| text.lines().find(|line| line.contains("questions in this course")).map(str::to_owned);
    assert_eq!(number(&count), number(&again.text()));
    let broken = teacher.post(&scene.at("/questions/import/all"), &[("kept", "[{]")]).await;
    assert_eq!(broken.status(), 400);
    let nothing =
        teacher.upload(&scene.at("/questions/import"), &[("pasted", "<quiz"), ("format", "moodle-xml")], &[]).await;
    assert!(nothing.has_text("This cannot be read"), "{}", nothing.text());
}
