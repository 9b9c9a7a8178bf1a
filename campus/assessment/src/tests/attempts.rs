use super::*;
use crate::attempt::{Attempt, Ended, Refused, of_person};
use crate::clock::Overdue;
use crate::finish;
use crate::jobs::close_overdue;
use crate::question::Kind;
use store::{params, sql};

fn text(words: &str) -> Answer {
    Answer::Text(words.to_owned())
}

#[store::test]
async fn a_second_click_begins_no_second_attempt(db: Db) {
    let scene = Scene::new(db).await;
    let first = scene.start(scene.ana).await;
    assert_eq!(scene.start(scene.ana).await, first);
    let (course, item) = (scene.course.id, scene.item);
    // Both at once.
    let begin = |person| {
        let db = scene.db.clone();
        async move {
            db.write(move |tx| {
                let item = Item::find(tx, course, item)?;
                start(tx, &item, Starter { person, is_preview: false, word: "" })
            })
            .await
            .unwrap()
            .unwrap()
        }
    };
    let other = scene.ben;
    let (one, two) = tokio_join(begin(other), begin(other)).await;
    assert_eq!(one, two);
    let questions = scene.with(move |tx| Attempt::find(tx, course, first)?.questions(tx)).await;
    let kinds: Vec<Kind> = questions.iter().map(|asked| asked.content.0.kind()).collect();
    assert_eq!(kinds, [Kind::Single, Kind::Short, Kind::Essay]);
}

/// Both futures at once, without a runtime of their own.
async fn tokio_join<A, B>(one: impl Future<Output = A>, two: impl Future<Output = B>) -> (A, B) {
    let (mut one, mut two) = (std::pin::pin!(one), std::pin::pin!(two));
    let (mut first, mut second) = (None, None);
    std::future::poll_fn(move |cx| {
        use std::task::Poll;
        if first.is_none()
            && let Poll::Ready(value) = one.as_mut().poll(cx)
        {
            first = Some(value);
        }
        if second.is_none()
            && let Poll::Ready(value) = two.as_mut().poll(cx)
        {
            second = Some(value);
        }
        match (first.take(), second.take()) {
            (Some(one), Some(two)) => Poll::Ready((one, two)),
            (one, two) => {
                (first, second) = (one, two);
                Poll::Pending
            }
        }
    })
    .await
}

#[store::test]
async fn an_attempt_keeps_the_versions_that_it_was_given(db: Db) {
    let scene = Scene::new(db).await;
    let attempt = scene.start(scene.ana).await;
    let (course, question, by) = (scene.course.id, scene.questions[0], scene.teacher);
    scene.with(move |tx| bank::save(tx, course, question, &Place::default(), &single(2), by)).await;
    let asked = scene.with(move |tx| Attempt::find(tx, course, attempt)?.questions(tx)).await;
    assert_eq!((asked[0].version, &asked[0].content.0), (1, &single(1)));
    let later = scene.start(scene.ben).await;
    let asked = scene.with(move |tx| Attempt::find(tx, course, later)?.questions(tx)).await;
    assert_eq!(asked[0].version, 2);
}

#[store::test]
async fn what_is_sent_twice_is_kept_once_and_nothing_is_overwritten(db: Db) {
    let scene = Scene::new(db).await;
    let attempt = scene.start(scene.ana).await;
    assert_eq!(scene.save(attempt, "d1", Some(1), 0, 2, "once").await.map(|saved| saved.added), Ok(1));
    assert_eq!(scene.save(attempt, "d1", Some(1), 0, 2, "once").await.map(|saved| saved.added), Ok(0));
    let saved = scene.save(attempt, "d1", Some(2), 0, 2, "twice").await.unwrap();
    assert_eq!((saved.newest, saved.added, saved.seconds_left), (2, 1, None));
    assert_eq!(scene.answer(attempt, 2).await, text("twice"));
    // An older one that was under way for long does not replace a newer one, and is kept all the same.
    assert_eq!(scene.save(attempt, "d0", Some(1), 0, 2, "late").await.map(|saved| saved.newest), Ok(2));
    assert_eq!(scene.answer(attempt, 2).await, text("twice"));
    let rows: i64 = scene.with(|tx| tx.value(sql!("select count(*) from attempt_answer"), params![])).await;
    assert_eq!(rows, 3);
}

#[store::test]
async fn two_devices_come_to_the_same_answer_in_whatever_order_they_send(db: Db) {
    let scene = Scene::new(db).await;
    let sends = [("phone", 1, "a"), ("phone", 2, "b"), ("tablet", 2, "c"), ("tablet", 1, "d")];
    let mut seen = Vec::new();
    for (person, order) in [(scene.ana, [0, 1, 2, 3]), (scene.ben, [3, 2, 1, 0])] {
        let attempt = scene.start(person).await;
        for at in order {
            let (device, seq, value) = sends[at];
            scene.save(attempt, device, Some(seq), 0, 2, value).await.unwrap();
        }
        seen.push(scene.answer(attempt, 2).await);
    }
    assert_eq!(seen, [text("c"), text("c")]);
}

/// A form without scripts: what its page did not change is not touched, what it changed becomes the newest.
#[store::test]
async fn two_tabs_without_scripts_lose_nothing(db: Db) {
    let scene = Scene::new(db).await;
    let attempt = scene.start(scene.ana).await;
    // Both tabs were opened before anything was answered.
    assert_eq!(scene.save(attempt, "tab1", None, 0, 2, "twice").await.map(|saved| saved.added), Ok(1));
    assert_eq!(scene.save(attempt, "tab2", None, 0, 2, "").await.map(|saved| saved.added), Ok(0));
    assert_eq!(scene.answer(attempt, 2).await, text("twice"));
    // A double click.
    assert_eq!(scene.save(attempt, "tab1", None, 0, 2, "twice").await.map(|saved| saved.added), Ok(0));
    // The same page again, after the way back: changed, then changed back.
    assert_eq!(scene.save(attempt, "tab1", None, 0, 2, "once").await.map(|saved| saved.newest), Ok(2));
    assert_eq!(scene.save(attempt, "tab2", None, 0, 2, "thrice").await.map(|saved| saved.newest), Ok(3));
    assert_eq!(scene.save(attempt, "tab1", None, 0, 2, "").await.map(|saved| saved.newest), Ok(4));
    assert_eq!(scene.answer(attempt, 2).await, Answer::Nothing);
}

#[store::test]
async fn a_save_is_cheap(db: Db) {
    let scene = Scene::new(db).await;
    let attempt = scene.start(scene.ana).await;
    let course = scene.course.id;
    for (seq, most) in [(Some(1), 3), (None, 4)] {
        let before = scene.db.clone();
        let statements = before
            .write(move |tx| {
                let desk = Desk::of(tx, course, attempt)?;
                let sent = (1..=3).map(|position| Sent { position, seq }).collect();
                let saved = desk.save(tx, &Save { device: "d", seen: 0, sent }, |name| match name {
                    "a1" => vec!["1"],
                    _ => vec!["some words"],
                })?;
                assert!(saved.is_ok());
                Ok::<_, store::Error>(format!("{tx:?}"))
            })
            .await
            .unwrap();
        let count: u64 = statements
            .split("statements: ")
            .nth(1)
            .unwrap()
            .split(|c: char| !c.is_ascii_digit())
            .next()
            .unwrap()
            .parse()
            .unwrap();
        assert!(count <= most, "{statements}");
    }
}

#[store::test]
async fn hostile_numbers_places_and_sizes_are_refused(db: Db) {
    let scene = Scene::new(db).await;
    let attempt = scene.start(scene.ana).await;
    for seq in [0, -1, i64::MAX] {
        assert_eq!(scene.save(attempt, "d", Some(seq), 0, 2, "x").await, Err(NotSaved::Nonsense));
    }
    for position in [0, 99, i64::MIN] {
        assert_eq!(scene.save(attempt, "d", Some(1), 0, position, "x").await.map(|saved| saved.added), Ok(0));
    }
    let long: &'static str = Box::leak("x".repeat(3_000).into_boxed_str());
    assert_eq!(
        scene.save(attempt, "d", Some(1), 0, 2, long).await,
        Err(NotSaved::TooLong { position: 2, bytes_max: 2_000 })
    );
    assert_eq!(scene.save(attempt, long, Some(1), i64::MAX, 2, "x").await.map(|saved| saved.added), Ok(1));
}

#[store::test]
async fn the_deadline_takes_what_was_on_the_way_and_nothing_after(db: Db) {
    let scene = Scene::new(db).await;
    scene.configure(|settings| settings.limit_minutes = Some(10)).await;
    let attempt = scene.start(scene.ana).await;
    let saved = scene.save(attempt, "d", Some(1), 0, 2, "twice").await.unwrap();
    assert_eq!(saved.seconds_left, Some(600));
    scene.pass(600 + 60);
    assert_eq!(scene.save(attempt, "d", Some(2), 0, 1, "1").await.map(|saved| saved.added), Ok(1));
    assert_eq!(close_overdue(&scene.db).await.unwrap(), 0);
    scene.pass(1);
    assert_eq!(scene.save(attempt, "d", Some(3), 0, 1, "2").await, Err(NotSaved::Over));
    // Nobody looked: the job hands it in as it is, once, at the moment at which its time was up.
    assert_eq!(close_overdue(&scene.db).await.unwrap(), 1);
    assert_eq!(close_overdue(&scene.db).await.unwrap(), 0);
    let (course, now) = (scene.course.id, scene.now());
    let ended = scene.with(move |tx| Attempt::find(tx, course, attempt)).await;
    assert_eq!((ended.ended_how, ended.ended_at), (Some(Ended::TimedOut), Some(now.plus_seconds(-61))));
    let tries = scene
        .with({
            let (item, ana) = (scene.item, scene.ana);
            move |tx| grade_tries(tx, item, ana)
        })
        .await;
    assert_eq!(tries, Points::whole(3));
}

fn grade_tries(tx: &mut Tx<'_>, item: ItemId, person: PersonId) -> Result<Points> {
    Ok(crate::grade::tries(tx, item, person)?[0].points)
}

#[store::test]
async fn who_needs_more_time_has_it_even_while_the_attempt_runs(db: Db) {
    let scene = Scene::new(db).await;
    scene.configure(|settings| settings.limit_minutes = Some(10)).await;
    let attempt = scene.start(scene.ana).await;
    let (course, ana, ben, by) = (scene.course.id, scene.ana, scene.ben, scene.teacher);
    scene.pass(650);
    scene.with(move |tx| quiz::set_extra_time(tx, course, ana, 50, by)).await;
    assert_eq!(scene.save(attempt, "d", Some(1), 0, 2, "x").await.map(|saved| saved.seconds_left), Ok(Some(250)));
    scene.pass(100);
    assert_eq!(close_overdue(&scene.db).await.unwrap(), 0);
    scene.with(move |tx| quiz::set_extra_time(tx, course, ben, 100, by)).await;
    let later = scene.start(ben).await;
    assert_eq!(scene.save(later, "d", Some(1), 0, 2, "x").await.map(|saved| saved.seconds_left), Ok(Some(1200)));
    // The closing date binds all the same, and an exception that moves it is seen by the job.
    let item = scene.item;
    let closes = scene.now().plus_seconds(60);
    scene
        .with(move |tx| {
            let item = Item::find(tx, course, item)?;
            item.change(tx, &outline::ItemSettings { lock_at: Some(closes), ..item.settings() }, by)?;
            quiz::set_extra_time(tx, course, ben, 100, by)
        })
        .await;
    scene.pass(60 + 61);
    assert_eq!(close_overdue(&scene.db).await.unwrap(), 1);
    scene.pass(100);
    assert_eq!(close_overdue(&scene.db).await.unwrap(), 1);
}

#[store::test]
async fn grace_lets_one_hand_in_and_abandonment_does_not(db: Db) {
    let scene = Scene::new(db).await;
    scene
        .configure(|settings| {
            settings.limit_minutes = Some(10);
            settings.overdue = Overdue::Grace;
            settings.grace_minutes = 5;
        })
        .await;
    let (one, two) = (scene.start(scene.ana).await, scene.start(scene.ben).await);
    scene.pass(600 + 200);
    assert_eq!(scene.save(one, "d", Some(1), 0, 2, "x").await, Err(NotSaved::Over));
    assert_eq!(scene.hand_in(one, scene.ana).await.ended_how, Some(Ended::Submitted));
    scene.pass(101);
    assert_eq!(scene.hand_in(two, scene.ben).await.ended_how, Some(Ended::Abandoned));
    let marks: i64 = scene
        .with(move |tx| tx.value(sql!("select count(*) from attempt_mark where attempt = ?1"), params![two]))
        .await;
    assert_eq!(marks, 0);
}

#[store::test]
async fn handing_in_twice_is_handing_in_once(db: Db) {
    let scene = Scene::new(db).await;
    let attempt = scene.start(scene.ana).await;
    scene.save(attempt, "d", Some(1), 0, 1, "1").await.unwrap();
    let first = scene.hand_in(attempt, scene.ana).await;
    scene.pass(30);
    let second = scene.hand_in(attempt, scene.ana).await;
    assert_eq!((first.ended_at, &first.receipt), (second.ended_at, &second.receipt));
    assert_eq!(first.receipt.map(|receipt| receipt.len()), Some(64));
    assert_eq!(scene.save(attempt, "d", Some(2), 0, 1, "2").await, Err(NotSaved::Over));
    let events: i64 =
        scene.with(|tx| tx.value(sql!("select count(*) from event where verb = 'attempt.submitted'"), params![])).await;
    assert_eq!(events, 1);
}

/// Somebody types on while the attempt is handed in from another tab: whatever was acknowledged is in what is marked.
#[store::test]
async fn what_was_acknowledged_counts_even_when_it_is_handed_in_at_that_moment(db: Db) {
    let scene = Scene::new(db).await;
    let attempt = scene.start(scene.ana).await;
    let (course, ana, db) = (scene.course.id, scene.ana, scene.db.clone());
    let save = |seq: i64| {
        scene.db.write_blocking(move |tx| {
            let desk = Desk::of(tx, course, attempt)?;
            let words = format!("word {seq}");
            let save = Save { device: "d", seen: 0, sent: vec![Sent { position: 2, seq: Some(seq) }] };
            desk.save(tx, &save, |name| if name == "a2" { vec![words.as_str()] } else { Vec::new() })
        })
    };
    let acknowledged = std::thread::scope(|threads| {
        let saving = threads.spawn(|| (1..60).take_while(|seq| save(*seq).unwrap().is_ok()).last().unwrap_or(0));
        let ending = threads.spawn(|| {
            while db
                .read_blocking(|tx| tx.value::<i64>(sql!("select count(*) from attempt_answer"), params![]))
                .unwrap()
                < 5
            {
                std::thread::yield_now();
            }
            db.write_blocking(move |tx| finish::hand_in(tx, attempt, ana)).unwrap();
        });
        ending.join().unwrap();
        saving.join().unwrap()
    });
    let marked: store::Json<Answer> = scene
        .with(move |tx| {
            tx.value(sql!("select answer from attempt_mark where attempt = ?1 and position = 2"), params![attempt])
        })
        .await;
    assert_eq!(marked.0, text(&format!("word {acknowledged}")));
}

#[store::test]
async fn attempts_are_counted_and_words_are_asked(db: Db) {
    let scene = Scene::new(db).await;
    scene.configure(|settings| settings.password = "ebb".to_owned()).await;
    let (course, item, ana) = (scene.course.id, scene.item, scene.ana);
    let begin = move |tx: &mut Tx<'_>, word| {
        let item = Item::find(tx, course, item)?;
        start(tx, &item, Starter { person: ana, is_preview: false, word })
    };
    assert_eq!(scene.with(move |tx| begin(tx, "flood")).await, Err(Refused::WrongWord));
    assert!(scene.with(move |tx| begin(tx, " ebb ")).await.is_ok());
}

#[store::test]
async fn no_attempt_is_left_after_the_last(db: Db) {
    let scene = Scene::new(db).await;
    let (course, item, ana, teacher) = (scene.course.id, scene.item, scene.ana, scene.teacher);
    let attempt = scene.start(ana).await;
    scene.hand_in(attempt, ana).await;
    let begin = move |tx: &mut Tx<'_>, person, is_preview| {
        let item = Item::find(tx, course, item)?;
        start(tx, &item, Starter { person, is_preview, word: "" })
    };
    assert_eq!(scene.with(move |tx| begin(tx, ana, false)).await, Err(Refused::NoneLeft));
    assert!(scene.with(move |tx| begin(tx, teacher, true)).await.is_ok());
    let own = scene.with(move |tx| of_person(tx, item, teacher)).await;
    assert_eq!((own[0].is_preview, own[0].ends_at), (true, None));
    scene.configure(|settings| settings.attempts = 0).await;
    let second = scene.with(move |tx| begin(tx, ana, false)).await.unwrap();
    let second = scene.with(move |tx| Attempt::find(tx, course, second)).await;
    assert_eq!(second.number, 2);
    // A preview is graded nowhere.
    let preview = own[0].id;
    scene.with(move |tx| finish::hand_in(tx, preview, teacher)).await;
    let grade = scene.with(move |tx| gradebook::of_person(tx, item, teacher)).await;
    assert!(grade.is_none());
}

#[store::test]
async fn a_way_without_return_keeps_what_was_left_behind(db: Db) {
    let scene = Scene::new(db).await;
    scene
        .configure(|settings| {
            settings.one_by_one = true;
            settings.one_way = true;
        })
        .await;
    let attempt = scene.start(scene.ana).await;
    let course = scene.course.id;
    scene.save(attempt, "d", Some(1), 0, 1, "1").await.unwrap();
    scene.with(move |tx| Desk::of(tx, course, attempt)?.go_on(tx, 2)).await;
    assert_eq!(scene.save(attempt, "d", Some(2), 0, 1, "2").await.map(|saved| saved.added), Ok(0));
    assert_eq!(scene.save(attempt, "d", Some(3), 0, 2, "x").await.map(|saved| saved.added), Ok(1));
    scene.with(move |tx| Desk::of(tx, course, attempt)?.go_on(tx, 1)).await;
    assert_eq!(scene.with(move |tx| Attempt::find(tx, course, attempt)).await.reached, 2);
}
