use store::Db;

use super::{Scene, marked, sound};
use crate::{Points, of_person};

#[store::test]
async fn a_curve_is_shown_carried_out_once_and_undone(db: Db) {
    let scene = Scene::new(db).await;
    let path = scene.at(&format!("/gradebook/columns/{}/curve", scene.talk.id));
    let mut sofia = scene.as_person(scene.teacher).await;
    let empty = sofia.get(&path).await;
    sound(&empty);
    assert!(empty.has_text("nothing to move"), "{}", empty.text());
    scene.give(&scene.talk, scene.ana, marked(2)).await;
    scene.give(&scene.talk, scene.ben, marked(4)).await;
    let page = sofia.get(&path).await;
    sound(&page);
    let wrong = sofia.submit(&page, "Show what it does", &[("amount", "x")]).await;
    assert_eq!((wrong.status(), wrong.form_errors()[0].0.as_str()), (422, "amount"));
    let shown = sofia.submit(&page, "Show what it does", &[("how", "best")]).await;
    sound(&shown);
    assert!(shown.names("row").contains(&"Ana 2 2.5".to_owned()), "{:?}", shown.names("row"));
    let (talk, ana) = (scene.talk.id, scene.ana);
    let points = async || scene.with(move |tx| of_person(tx, talk, ana)).await.unwrap().points.unwrap().to_string();
    assert_eq!(points().await, "2", "nothing is kept yet");
    let done = sofia.submit(&shown, "Move 2 grades", &[]).await;
    sound(&done);
    assert_eq!(points().await, "2.5");
    let twice = sofia.submit(&shown, "Move 2 grades", &[]).await;
    assert_eq!(twice.status(), 422, "sent twice it moves nothing twice");
    assert_eq!(points().await, "2.5");
    let undone = sofia.submit(&done, "Undo", &[]).await;
    assert!(undone.has_text("Undone: 2 grades are as they were."), "{}", undone.text());
    assert_eq!(points().await, "2");
    let by_two = sofia.submit(&page, "Show what it does", &[("amount", "9")]).await;
    assert!(by_two.names("row").contains(&"Ana 2 5".to_owned()), "capped: {:?}", by_two.names("row"));
    assert_eq!(scene.talk.points, Points::whole(5));
    let mut learner = scene.as_person(scene.ana).await;
    assert_eq!(learner.get(&path).await.status(), 403);
    assert_eq!(learner.post(&path, &[("how", "best")]).await.status(), 403);
}
