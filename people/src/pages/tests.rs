//! The pages as people see them: nobody, a learner, a manager of a unit, an administrator.

mod access;
mod account;
mod getting_in;
mod inviting;
mod lists;
mod reach;
mod running;
mod statements;

use store::{Db, Tx};
use web::testing::{Answer, Browser};
use web::{Ctx, Settings};

use crate::institution::{self, Institution, SignUp};
use crate::person::Details;
use crate::{PersonId, account as accounts, nav, password, person, testing};

/// What every page keeps to: at most so many statements.
const STATEMENTS_MAX: u64 = 8;
const PASSWORD: &str = "tide-pools at dawn";

/// The pages on a database.
fn browser(db: &Db) -> Browser {
    let places = nav::NavPlaces(vec![nav::INSTITUTION_PLACE]);
    let settings = Settings { dev: true, ..Settings::default() };
    let ctx = Ctx::builder(db.clone()).settings(settings).with(places).identify(crate::identify).build();
    Browser::new(super::routes().into_router(ctx))
}

/// An institution, `ada` who runs it and `lea` who does not, both with [`PASSWORD`].
async fn academy(db: &Db) -> (PersonId, PersonId) {
    let hash = password::hash_now(PASSWORD).unwrap();
    db.write(move |tx| {
        testing::seed_roles(tx, &[crate::PERMISSIONS])?;
        let institution = Institution {
            name: "Harbour Academy".into(),
            locale: "en".into(),
            zone: "Europe/Berlin".into(),
            sign_up: SignUp::Open,
            sign_up_domains: store::Json(vec!["harbour.example".into()]),
        };
        institution::save(tx, &institution, None)?;
        let ada = testing::person_with(tx, "Ada", "administrator")?;
        let lea = testing::person_with(tx, "Lea", "learner")?;
        for id in [ada, lea] {
            accounts::set_password(tx, id, &hash)?;
        }
        Ok::<_, crate::Error>((ada, lea))
    })
    .await
    .unwrap()
}

/// A browser in which a person is signed in.
async fn signed_in(db: &Db, person: PersonId) -> Browser {
    let cookie = db.write(move |tx| testing::session(tx, person)).await.unwrap();
    let mut browser = browser(db);
    browser.set_cookie(crate::COOKIE_HTTP, &cookie);
    browser
}

async fn write<T: Send + 'static>(db: &Db, work: impl FnOnce(&mut Tx<'_>) -> T + Send + 'static) -> T {
    db.write(move |tx| Ok::<_, store::Error>(work(tx))).await.unwrap()
}

fn add(tx: &mut Tx<'_>, given: &str, family: &str) -> PersonId {
    let email = format!("{}@harbour.example", crate::name::fold(given));
    person::add(tx, &Details { given: given.into(), family: family.into(), email, ..Details::default() }, None).unwrap()
}

/// The address in the newest letter that waits.
async fn newest_link(db: &Db) -> String {
    write(db, |tx| {
        let job: serde_json::Value = tx
            .value(
                store::sql!("select payload from job where kind = 'people.link' order by made_at desc, id desc"),
                store::params![],
            )
            .unwrap();
        let id: crate::link::LinkId = job["link"].as_str().unwrap().parse().unwrap();
        let letter = crate::letters::link_letter(tx, "", id).unwrap().unwrap();
        letter.text.lines().find(|line| line.starts_with('/')).unwrap().to_owned()
    })
    .await
}

/// What every page must keep to.
fn sound(answer: &Answer) {
    assert!(answer.status() < 500, "{} {}:\n{}", answer.status(), answer.path(), answer.text());
    assert_eq!(answer.faults(), Vec::<String>::new(), "{}", answer.path());
    assert!(answer.statements() <= STATEMENTS_MAX, "{}: {} statements", answer.path(), answer.statements());
    assert!(!answer.text().contains('['), "a word is missing on {}:\n{}", answer.path(), answer.text());
}
