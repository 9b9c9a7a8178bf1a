use store::{Db, params, sql};

use super::{Scene, marked, sound};

#[store::test]
async fn a_final_grade_is_set_in_place_of_the_rules_and_taken_back(db: Db) {
    let scene = Scene::new(db).await;
    scene.give(&scene.talk, scene.ana, marked(4)).await;
    let mut sofia = scene.as_person(scene.teacher).await;
    let path = scene.at(&format!("/gradebook/people/{}", scene.ana));
    let page = sofia.get(&path).await;
    sound(&page);
    let fields = [("percent", "91,5"), ("reason", "A talk at the institute")];
    let set = sofia.submit(&page, "Set this final grade", &fields).await;
    sound(&set);
    assert!(set.has_text("91.5% (A)") && set.has_text("A talk at the institute"), "{}", set.text());
    let twice = sofia.submit(&page, "Set this final grade", &fields).await;
    assert_eq!(twice.status(), 200, "sent twice it is there once");
    let stale = sofia.submit(&page, "Set this final grade", &[("percent", "10")]).await;
    assert_eq!(stale.status(), 422);
    assert!(stale.has_text("Somebody changed this final grade meanwhile"), "{}", stale.text());
    let count: i64 = scene.with(|tx| tx.value(sql!("select count(*) from final_grade"), params![])).await;
    assert_eq!(count, 1);
    let ana = scene.as_person(scene.ana).await.get(&scene.at("/grades")).await;
    sound(&ana);
    assert!(ana.has_text("Final grade 91.5% (A)") && ana.has_text("Set by hand"), "{}", ana.text());
    let table = sofia.get(&scene.at("/gradebook")).await;
    assert!(table.names("row")[1].ends_with("91.5% (A) *"), "{:?}", table.names("row"));
    let back = sofia.submit(&set, "Let the rules hold", &[]).await;
    assert!(!back.has_text("91.5%") && back.has_text("the rules hold again"), "{}", back.text());
    let history = sofia.get(&scene.at(&format!("/gradebook/history?person={}", scene.ana))).await;
    sound(&history);
    assert!(history.has_text("91.5% (A)") && history.has_text("Taken back"), "{}", history.text());
    let wrong = sofia.submit(&back, "Set this final grade", &[("percent", "")]).await;
    assert_eq!(wrong.form_errors()[0].0, "percent");
}

#[store::test]
async fn settled_grades_stay_and_are_amended_with_a_reason(db: Db) {
    let scene = Scene::new(db).await;
    scene.give(&scene.talk, scene.ana, marked(4)).await;
    let mut sofia = scene.as_person(scene.teacher).await;
    let page = sofia.get(&scene.at("/gradebook/finals")).await;
    sound(&page);
    assert!(page.names("row")[1].starts_with("Ana 32% (F) 32% (F)"), "{:?}", page.names("row"));
    let locked = sofia.submit(&page, "Settle the final grades", &[]).await;
    sound(&locked);
    assert!(locked.has_text("The final grades are settled.") && locked.has_text("Settled"), "{}", locked.text());
    sofia.submit(&page, "Settle the final grades", &[]).await;
    let count: i64 = scene.with(|tx| tx.value(sql!("select count(*) from final_grade"), params![])).await;
    assert_eq!(count, 2, "one for each learner, once");
    scene.give(&scene.essay, scene.ana, marked(10)).await;
    let page = sofia.get(&scene.at("/gradebook/finals")).await;
    assert!(page.names("row")[1].starts_with("Ana 92% (A) 32% (F)"), "{:?}", page.names("row"));
    let one = sofia.get(&scene.at(&format!("/gradebook/people/{}", scene.ana))).await;
    let wrong = sofia.submit(&one, "Amend with this reason", &[("percent", "92")]).await;
    assert_eq!(wrong.form_errors(), [("reason".to_owned(), "Please say why: this grade was settled.".to_owned())]);
    let fields = [("percent", "92"), ("reason", "An essay that came late")];
    let amended = sofia.submit(&wrong, "Amend with this reason", &fields).await;
    sound(&amended);
    assert!(amended.has_text("92% (A)") && amended.has_text("Amended"), "{}", amended.text());
    let path = scene.at(&format!("/gradebook/people/{}/final", scene.ana));
    assert_eq!(sofia.delete(&path).await.status(), 409, "what is settled is not taken back");
    let open = sofia.submit(&page, "Open them again", &[]).await;
    sound(&open);
    assert!(open.names("row")[1].contains("92% (A)") && open.names("row")[2].starts_with("Ben 0% (F)"));
    let mut ana = scene.as_person(scene.ana).await;
    assert_eq!(ana.get(&scene.at("/gradebook/finals")).await.status(), 403);
    assert_eq!(ana.post(&path, &[("percent", "100")]).await.status(), 403);
    assert_eq!(ana.put(&scene.at("/gradebook/finals/settlement"), &[]).await.status(), 403);
    assert_eq!(ana.delete(&scene.at("/gradebook/finals/settlement")).await.status(), 403);
}
