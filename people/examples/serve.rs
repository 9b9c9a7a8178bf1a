//! The pages about people on a scratch database, to look at while working on them:
//! `cargo run -p people --example serve`. Sign in as `ada@example.org` with `tide-pools at dawn`.

#![allow(clippy::unwrap_used, clippy::print_stdout, clippy::allow_attributes, missing_docs)]

use std::net::SocketAddr;

use people::person::Details;
use people::{ScopeKind, SignUp, account, grant, password, testing};
use store::{DatabaseUrl, Db, Options};
use web::Ctx;

const PASSWORD: &str = "tide-pools at dawn";

#[tokio::main]
async fn main() {
    let port: u16 = std::env::args().nth(1).and_then(|port| port.parse().ok()).unwrap_or(8080);
    let empty = std::env::args().any(|argument| argument == "--empty");
    let scratch = store::testing::Scratch::new();
    let db = Db::open(&DatabaseUrl::Sqlite(scratch.0.clone()), &Options::default()).unwrap();
    db.migrate(&[&people::SCHEMA]).await.unwrap();
    let hash = password::hash(PASSWORD.to_owned()).await.unwrap();
    db.write(move |tx| {
        people::seed_roles(tx, &[people::PERMISSIONS])?;
        if empty { Ok(()) } else { populate(tx, &hash) }
    })
    .await
    .unwrap();
    let settings = web::Settings { base_url: format!("http://localhost:{port}"), ..web::Settings::default() };
    let places = people::NavPlaces(vec![people::INSTITUTION_PLACE]);
    let ctx = Ctx::builder(db.clone()).settings(settings).with(places).identify(people::identify).build();
    if let Some(code) = db.write(people::setup::new_code).await.unwrap() {
        println!("set-up code: {code}");
    }
    let router = people::routes().into_router(ctx.clone()).into_make_service_with_connect_info::<SocketAddr>();
    let listener = tokio::net::TcpListener::bind(("127.0.0.1", port)).await.unwrap();
    println!("http://localhost:{port}");
    let (_stop, stopped) = tokio::sync::watch::channel(false);
    let jobs = people::jobs(&ctx, |letter| async move {
        println!("--- to {} <{}>: {}\n{}\n---", letter.name, letter.to, letter.subject, letter.text);
        Ok(())
    });
    tokio::spawn(work::Workers::new(db, 1).jobs(jobs).run(stopped));
    axum::serve(listener, router).await.unwrap();
}

fn populate(tx: &mut store::Tx<'_>, hash: &str) -> Result<(), people::Error> {
    let institution = people::Institution {
        name: "Harbour Academy".into(),
        locale: "en".into(),
        zone: "Europe/Berlin".into(),
        sign_up: SignUp::Open,
        sign_up_domains: store::Json(vec!["harbour.example".into()]),
    };
    people::institution::save(tx, &institution, None)?;
    let science = testing::unit(tx, "Faculty of Science", None)?;
    let biology = testing::unit(tx, "Marine Biology", Some(&science))?;
    let history = testing::unit(tx, "History", None)?;
    testing::unit(tx, "Tidal Ecology Group", Some(&biology))?;
    let names = [
        "Ana Marín",
        "Bo Ångström",
        "Cyra Haddad",
        "Dmitri Orlov",
        "Emeka Obi",
        "Freya Lindqvist",
        "Gus Tremblay",
        "Hana Sato",
        "Ioana Popescu",
        "Jonas Weber",
        "Keira Walsh",
        "Luca Bianchi",
        "Mina Park",
        "Noor Rahman",
        "Oskar Nowak",
    ];
    let ada = person(tx, "Ada", "Okafor", "ada@example.org", None, hash)?;
    grant::give(tx, ada, people::ADMINISTRATOR, (ScopeKind::Institution, None), None, None, None)?;
    for (number, name) in (0..70).flat_map(|round| names.iter().map(move |name| (round, name))) {
        let (given, family) = name.split_once(' ').unwrap();
        let email = format!("{}{number}@harbour.example", people::name::fold(given));
        let unit = [biology.id, history.id, science.id][number % 3];
        let id = person(tx, given, family, &email, Some(unit), if number % 4 == 0 { hash } else { "" })?;
        let role = ["learner", "teacher", "observer", "learner", "manager"][(number + given.len()) % 5];
        if number < 8 {
            grant::give(tx, id, role, (ScopeKind::Unit, Some(unit.0)), None, None, Some(ada))?;
        }
        if number % 9 == 4 {
            people::bulk::suspend(tx, &[id], ada, "")?;
        }
    }
    Ok(())
}

fn person(
    tx: &mut store::Tx<'_>,
    given: &str,
    family: &str,
    email: &str,
    unit: Option<people::UnitId>,
    hash: &str,
) -> Result<people::PersonId, people::Error> {
    let details =
        Details { given: given.into(), family: family.into(), email: email.into(), unit, ..Details::default() };
    let id = people::person::add(tx, &details, None)?;
    if !hash.is_empty() {
        account::set_password(tx, id, hash)?;
    }
    Ok(id)
}
