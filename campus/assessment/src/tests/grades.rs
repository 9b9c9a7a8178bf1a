use super::*;
use crate::mark::{self, Regrade};
use gradebook::{Grade, GradeState};

impl Scene {
    async fn grade(&self, person: PersonId) -> Option<Grade> {
        let item = self.item;
        self.with(move |tx| gradebook::of_person(tx, item, person)).await
    }

    async fn mark(&self, attempt: AttemptId, position: i64, points: i64) {
        let (course, item, by) = (self.course.id, self.item, self.teacher);
        self.with(move |tx| {
            let item = Item::find(tx, course, item)?;
            mark::mark(tx, &item, (attempt, position), Points::whole(points), "Well argued.", by)
        })
        .await;
    }

    async fn done(&self, person: PersonId, choice: &'static str) -> AttemptId {
        let attempt = self.start(person).await;
        self.save(attempt, "d", Some(1), 0, 1, choice).await.unwrap();
        self.save(attempt, "d", Some(2), 0, 2, "Twice").await.unwrap();
        self.hand_in(attempt, person).await;
        attempt
    }
}

#[store::test]
async fn an_essay_waits_for_a_person_and_then_the_grade_is_there(db: Db) {
    let scene = Scene::new(db).await;
    let attempt = scene.start(scene.ana).await;
    scene.save(attempt, "d", Some(1), 0, 1, "1").await.unwrap();
    scene.save(attempt, "d", Some(2), 0, 3, "Two bulges of water").await.unwrap();
    scene.hand_in(attempt, scene.ana).await;
    let grade = scene.grade(scene.ana).await.unwrap();
    assert_eq!((grade.state, grade.points), (GradeState::Pending, None));
    let item = scene.item;
    let queues = scene.with(move |tx| mark::queues(tx, item)).await;
    assert_eq!(
        queues.iter().map(|queue| (queue.title.as_str(), queue.waiting)).collect::<Vec<_>>(),
        [("Explain the second tide.", 1)]
    );
    let question = scene.questions[2];
    let waiting = scene.with(move |tx| mark::answers(tx, item, question, false)).await;
    assert_eq!((waiting[0].name.as_str(), waiting[0].answer.0.text()), ("Ana", "Two bulges of water"));
    scene.mark(attempt, 3, 4).await;
    scene.mark(attempt, 3, 4).await;
    let grade = scene.grade(scene.ana).await.unwrap();
    assert_eq!((grade.state, grade.points), (GradeState::Graded, Some(Points::whole(6))));
    assert!(scene.with(move |tx| mark::answers(tx, item, question, false)).await.is_empty());
    assert_eq!(scene.with(move |tx| mark::answers(tx, item, question, true)).await.len(), 1);
    // An empty essay needs nobody.
    scene.done(scene.ben, "2").await;
    let grade = scene.grade(scene.ben).await.unwrap();
    assert_eq!((grade.state, grade.points), (GradeState::Graded, Some(Points::whole(1))));
}

#[store::test]
async fn the_attempt_that_counts_and_how_late_it_is(db: Db) {
    let scene = Scene::new(db).await;
    let due = scene.now().plus_seconds(100);
    let (course, item, by) = (scene.course.id, scene.item, scene.teacher);
    scene
        .with(move |tx| {
            let item = Item::find(tx, course, item)?;
            item.change(tx, &outline::ItemSettings { due_at: Some(due), ..item.settings() }, by)
        })
        .await;
    scene.configure(|settings| settings.attempts = 0).await;
    scene.done(scene.ana, "1").await;
    scene.pass(200);
    scene.done(scene.ana, "2").await;
    let grade = scene.grade(scene.ana).await.unwrap();
    assert_eq!((grade.points, grade.late_seconds), (Some(Points::whole(3)), 0));
    for (keep, points, late) in [
        (crate::keep::Keep::Last, "1", 100),
        (crate::keep::Keep::Average, "2", 100),
        (crate::keep::Keep::First, "3", 0),
    ] {
        scene.configure(move |settings| settings.keep = keep).await;
        let ana = scene.ana;
        scene
            .with(move |tx| {
                let item = Item::find(tx, course, item)?;
                crate::grade::settle(tx, &item, ana, by)
            })
            .await;
        let grade = scene.grade(scene.ana).await.unwrap();
        assert_eq!((grade.points.unwrap().to_string().as_str(), grade.late_seconds), (points, late), "{keep}");
    }
    scene.configure(|settings| settings.points = Some(Points::whole(80).units())).await;
    let ana = scene.ana;
    scene
        .with(move |tx| {
            let item = Item::find(tx, course, item)?;
            crate::grade::settle(tx, &item, ana, by)
        })
        .await;
    assert_eq!(scene.grade(scene.ana).await.unwrap().points, Some(Points::whole(30)));
}

#[store::test]
async fn grades_follow_when_the_points_of_the_quiz_change(db: Db) {
    let scene = Scene::new(db).await;
    scene.done(scene.ana, "1").await;
    scene.configure(|settings| settings.points = Some(Points::whole(16).units())).await;
    let jobs: i64 = scene
        .with(|tx| {
            tx.value(store::sql!("select count(*) from job where kind = 'assessment.settle-grades'"), store::params![])
        })
        .await;
    assert_eq!(jobs, 1);
    crate::jobs::settle_all(&scene.db, scene.item, scene.teacher).await.unwrap();
    assert_eq!(scene.grade(scene.ana).await.unwrap().points, Some(Points::whole(6)));
    // What somebody set in the gradebook as the passing grade stays.
    let (item, by) = (scene.item, scene.teacher);
    scene
        .with(move |tx| {
            let column = gradebook::Column::of_item(tx, item)?.unwrap();
            column.change(tx, &gradebook::ColumnSettings { passing: Some(Points::whole(9)), ..column.settings() }, by)
        })
        .await;
    scene.configure(|settings| settings.attempts = 2).await;
    let passing = scene.with(move |tx| Ok(gradebook::Column::of_item(tx, item)?.unwrap().passing)).await;
    assert_eq!(passing, Some(Points::whole(9)));
}

/// The key was wrong: the wind was taken for right.
#[store::test]
async fn a_wrong_key_is_put_right_after_a_dry_run(db: Db) {
    let scene = Scene::new(db).await;
    let (course, item, by, question) = (scene.course.id, scene.item, scene.teacher, scene.questions[0]);
    scene.done(scene.ana, "1").await;
    scene.done(scene.ben, "2").await;
    scene.with(move |tx| bank::save(tx, course, question, &Place::default(), &single(2), by)).await;
    let changes = scene.with(move |tx| mark::changes(tx, item, None, Regrade::New)).await;
    let told: Vec<(String, String, String)> = changes
        .iter()
        .map(|change| (change.name.clone(), change.before.to_string(), change.after.to_string()))
        .collect();
    let line = |name: &str, before: &str, after: &str| (name.to_owned(), before.to_owned(), after.to_owned());
    assert_eq!(told, [line("Ana", "2", "0"), line("Ben", "0", "2")]);
    // The dry run changed nothing.
    assert_eq!(scene.grade(scene.ana).await.unwrap().points, Some(Points::whole(3)));
    let again = move |tx: &mut Tx<'_>, how| {
        let item = Item::find(tx, course, item)?;
        mark::regrade(tx, &item, Some(question), how, by)
    };
    assert_eq!(scene.with(move |tx| again(tx, Regrade::Better)).await.len(), 1);
    assert_eq!(scene.grade(scene.ana).await.unwrap().points, Some(Points::whole(3)));
    assert_eq!(scene.grade(scene.ben).await.unwrap().points, Some(Points::whole(3)));
    assert_eq!(scene.with(move |tx| again(tx, Regrade::New)).await.len(), 1);
    assert_eq!(scene.grade(scene.ana).await.unwrap().points, Some(Points::whole(1)));
    assert_eq!(scene.with(move |tx| again(tx, Regrade::New)).await.len(), 0);
    assert_eq!(scene.with(move |tx| again(tx, Regrade::Full)).await.len(), 1);
    assert_eq!(scene.grade(scene.ana).await.unwrap().points, Some(Points::whole(3)));
}
