//! The pages of assignments on a scratch database, to look at while working on them:
//! `cargo run -p assignments --example serve 8080`. It prints a session cookie for each person.

#![allow(clippy::unwrap_used, clippy::print_stdout, clippy::allow_attributes, missing_docs)]

use std::net::SocketAddr;

use assignments::rubric::{Criterion, Level};
use assignments::submission::{NewSubmission, hand_in};
use assignments::{AssignmentKind, Rubric, RubricKind, Settings, assignment};
use courses::{CourseRole, testing};
use gradebook::Points;
use outline::{ActivityKind, Completion, Item, ItemSettings, Module, NewItem};
use store::{DatabaseUrl, Db, Id, Options, Result, Tx};
use web::Ctx;

const TIDE: &str = "The moon draws the water of the sea towards itself twice a day, and we call it the tide.";

#[tokio::main]
async fn main() {
    let port: u16 = std::env::args().nth(1).and_then(|port| port.parse().ok()).unwrap_or(8080);
    let scratch = store::testing::Scratch::new();
    let db = Db::open(&DatabaseUrl::Sqlite(scratch.0.clone()), &Options::default()).unwrap();
    db.migrate(&[&assignments::SCHEMA]).await.unwrap();
    let files = files::Files::open(&files::FilesConfig::Disk { dir: scratch.0.join("files") }).unwrap();
    for (name, session) in db.write(populate).await.unwrap() {
        println!("{name} {session}");
    }
    let permissions = vec![people::PERMISSIONS, courses::PERMISSIONS, gradebook::PERMISSIONS];
    let settings = web::Settings { base_url: format!("http://localhost:{port}"), ..web::Settings::default() };
    let ctx = Ctx::builder(db)
        .settings(settings)
        .identify(people::identify)
        .with(files)
        .with(assignments::kinds(materials::kinds()))
        .with(people::Places(vec![courses::PLACES]))
        .with(people::Permissions(permissions))
        .build();
    let routes = assignments::routes().merge(materials::routes()).merge(outline::routes()).merge(gradebook::routes());
    let router = routes.merge(courses::routes()).merge(people::routes()).into_router(ctx);
    let listener = tokio::net::TcpListener::bind(("127.0.0.1", port)).await.unwrap();
    println!("http://localhost:{port}");
    axum::serve(listener, router.into_make_service_with_connect_info::<SocketAddr>()).await.unwrap();
}

fn populate(tx: &mut Tx<'_>) -> Result<Vec<(String, String)>> {
    people::testing::seed_roles(tx, &[people::PERMISSIONS, courses::PERMISSIONS, gradebook::PERMISSIONS])?;
    let course = testing::course(tx, "Marine ecology")?;
    let teacher = testing::enrolled(tx, &course, "Sofia", CourseRole::Teacher)?;
    let names = ["Ana", "Ben", "Chidi", "Dora", "Emil", "Freya"];
    let mut learners = Vec::new();
    for name in names {
        learners.push(testing::enrolled(tx, &course, name, CourseRole::Learner)?);
    }
    let module = Module::add(tx, course.id, "Tides", None, teacher)?;
    Module::find(tx, course.id, module)?.publish(tx, teacher)?;
    let rubric = Rubric::create(tx, course.id, "Essay", RubricKind::Rubric, teacher)?;
    let criteria = criteria(tx);
    Rubric::find(tx, course.id, rubric)?.change(tx, course.id, "Essay", &criteria, teacher)?;
    let new = NewItem {
        module,
        kind: "assignment",
        title: "What moves the sea",
        indent: 0,
        completion: Completion::Submit,
        source: None,
    };
    let item = Item::add(tx, course.id, &new, teacher)?;
    AssignmentKind.create(tx, &item, teacher)?;
    let settings = Settings {
        source: "Write **two pages** about the tides of a coast that you know.\n\n> [!TIP]\n> Name your sources."
            .into(),
        points: Points::whole(20),
        takes_address: true,
        attempts_max: Some(3),
        rubric: Some(rubric),
        ..Settings::default()
    };
    assignment::write(tx, &item, &settings, teacher)?;
    let due_at = Some(tx.now().plus_days(-1));
    item.change(tx, &ItemSettings { due_at, ..item.settings() }, teacher)?;
    item.publish(tx, teacher)?;
    let item = Item::find(tx, course.id, item.id)?;
    for (n, person) in learners.iter().enumerate().take(4) {
        let text = format!("I live in a harbour. {TIDE}\n\nThat is what {} has to say.", names[n]);
        let at = tx.now().plus_seconds(-86_400 * 2 * (n as i64 % 2) - 3_600);
        let new = NewSubmission {
            person: *person,
            token: tx.new_id::<Id>(),
            text: &text,
            address: "",
            files: &[],
            words: "",
            on_paper: false,
            at,
            by: None,
        };
        hand_in(tx, &item, &new, *person)?;
    }
    let mut sessions = vec![("item".to_owned(), format!("/courses/{}/items/{}", course.id, item.id))];
    for (name, person) in [("Sofia", teacher), ("Ana", learners[0]), ("Emil", learners[4])] {
        sessions.push((name.to_owned(), people::testing::session(tx, person)?));
    }
    Ok(sessions)
}

fn criteria(tx: &mut Tx<'_>) -> Vec<Criterion> {
    let level = |text: &str, points| Level { text: text.to_owned(), points: Points::whole(points).units() };
    let mut criterion = |title: &str, levels: Vec<Level>| Criterion {
        id: tx.new_id(),
        title: title.to_owned(),
        description: "What one looks for".to_owned(),
        points: 0,
        levels,
    };
    vec![
        criterion(
            "Argument",
            vec![level("Clear, and each step follows", 12), level("Clear in parts", 7), level("Not yet there", 0)],
        ),
        criterion("Sources", vec![level("Named and fitting", 8), level("Some are named", 4), level("None", 0)]),
    ]
}
