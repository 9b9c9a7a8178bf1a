//! What the benchmarks make is what they say it is; and the counted work of its largest pages: statements and bytes do not
//! depend on the machine, so that a test may assert them.

#![allow(clippy::unwrap_used, clippy::allow_attributes, reason = "a test says so by stopping")]

use bench::amounts::{Amounts, ITEMS};
use bench::fill::{Cast, Reader, fill};
use stoa::config::Config;
use stoa::{mount, open};
use store::testing::{NOW, Scratch, runtime};
use store::{Db, params, sql};
use web::testing::{Answer, Browser};

/// Statements of a page (budget).
const STATEMENTS_MAX: u64 = 8;
/// Bytes of Today for somebody in twelve courses, and of a course page with 60 items, before compression: what they have
/// today and a fifth on top. A page that outgrows this sends something that nobody looks at.
const TODAY_BYTES_MAX: usize = 40_000;
const COURSE_BYTES_MAX: usize = 60_000;

/// Few people with a lot each: twelve courses of 60 items, of which they have done two thirds.
const DENSE: Amounts = Amounts { people: 10, courses: 12, enrolments: 12 + 36, completions: 36 * 40 };

fn on_both(body: fn(Db)) {
    store::testing::sqlite(&stoa::SCHEMA, body);
    store::testing::postgres(&stoa::SCHEMA, body);
}

fn filled(db: &Db, amounts: Amounts) -> Cast {
    runtime().block_on(mount::prepare(db)).unwrap();
    fill(db, amounts, NOW).unwrap()
}

fn count(db: &Db, what: &'static str) -> i64 {
    let statement = match what {
        "person" => sql!("select cast(count(*) as bigint) from person"),
        "course" => sql!("select cast(count(*) as bigint) from publication"),
        "enrolment" => sql!("select cast(count(*) as bigint) from enrolment where state = 'active'"),
        "item" => sql!("select cast(count(*) as bigint) from item_publication"),
        _ => sql!("select cast(count(*) as bigint) from item_progress where done_at is not null"),
    };
    db.read_blocking(move |tx| tx.value(statement, params![])).unwrap()
}

#[test]
fn there_is_as_much_as_was_asked_for() {
    on_both(|db| {
        let amounts = Amounts { people: 30, courses: 4, enrolments: 50, completions: 1_001 };
        let cast = filled(&db, amounts);
        assert_eq!(count(&db, "person"), 30);
        assert_eq!(count(&db, "course"), 4);
        assert_eq!(count(&db, "enrolment"), 50);
        assert_eq!(count(&db, "item"), 4 * ITEMS as i64);
        assert_eq!(count(&db, "completion"), 1_001);
        assert_eq!((cast.teachers.len(), cast.learners.len()), (2, 27));
        assert!(cast.learners.iter().chain(&cast.teachers).all(|reader| !reader.courses.is_empty()));
    });
}

#[test]
fn the_same_moment_makes_the_same_institution() {
    let make = || {
        let mut made = None;
        store::testing::sqlite(&stoa::SCHEMA, |db| made = Some(filled(&db, DENSE)));
        made.unwrap()
    };
    assert_eq!(make(), make());
}

#[test]
fn what_cannot_be_is_refused() {
    store::testing::sqlite(&stoa::SCHEMA, |db| {
        runtime().block_on(mount::prepare(&db)).unwrap();
        assert!(fill(&db, Amounts { people: 1, ..DENSE }, NOW).is_err());
    });
}

/// The whole program over this database, in development.
fn browser(db: Db, scratch: &Scratch, reader: &Reader) -> Browser {
    let flags = [("data", scratch.0.display().to_string()), ("development", "true".to_owned())];
    let flags: Vec<(String, String)> = flags.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
    let config = Config::load(None, std::iter::empty(), &flags).unwrap();
    let (settings, files, mailer) =
        (open::web_settings(&config).unwrap(), open::files(&config).unwrap(), open::mailer(&config).unwrap());
    let mut browser = Browser::new(mount::routes().into_router(mount::context(db, settings, files, mailer)));
    browser.set_cookie(people::COOKIE_HTTP, &reader.session);
    browser
}

fn check(answer: &Answer, bytes_max: usize) {
    assert_eq!(answer.status(), 200, "{}: {}", answer.path(), answer.text());
    let (statements, bytes) = (answer.statements(), answer.body().len());
    assert!(statements <= STATEMENTS_MAX, "{} runs {statements} statements", answer.path());
    assert!(bytes <= bytes_max, "{} has {bytes} bytes", answer.path());
}

#[test]
fn today_and_the_course_page_cost_no_more_with_many_courses_and_items() {
    on_both(|db| {
        let cast = filled(&db, DENSE);
        let scratch = Scratch::new();
        for reader in [&cast.learners[0], &cast.teachers[0]] {
            let mut browser = browser(db.clone(), &scratch, reader);
            runtime().block_on(async {
                check(&browser.get("/").await, TODAY_BYTES_MAX);
                let course = reader.courses[0];
                let answer = browser.get(&format!("/courses/{course}")).await;
                check(&answer, COURSE_BYTES_MAX);
                assert!(answer.has_text("10.6 "), "the last item of the last module is there");
            });
        }
    });
}
