//! How far an administrator of one unit reaches: not to those who run more than that.

use super::*;
use crate::import::{Outcome, run, table};
use crate::scope::ScopeKind;

/// Somebody who is administrator of a unit to which Ada, administrator of everything, belongs.
async fn dean(db: &Db, ada: PersonId) -> PersonId {
    write(db, move |tx| {
        let unit = testing::unit(tx, "Science", None).unwrap();
        let dean = add(tx, "Dora", "Dean");
        testing::role(tx, dean, "administrator", (ScopeKind::Unit, Some(unit.id.0))).unwrap();
        for person in [ada, dean] {
            let belongs = store::sql!("update person set unit = ?2 where id = ?1");
            tx.execute(belongs, store::params![person, unit.id]).unwrap();
        }
        dean
    })
    .await
}

#[store::test]
async fn an_administrator_of_a_unit_lays_no_hand_on_one_of_the_institution(db: Db) {
    let (ada, _) = academy(&db).await;
    let mut browser = signed_in(&db, dean(&db, ada).await).await;
    let page = browser.get(&format!("/institution/people/{ada}")).await;
    sound(&page);
    assert!(page.has_text("Ada") && !page.has_role("button", "Take away Administrator"), "{}", page.text());
    let suspended = browser.post("/institution/people/suspensions", &[("person", &ada.to_string())]).await;
    assert_eq!(suspended.status(), 403, "{}", suspended.text());
    let change = [("given", "Ada"), ("email", "mine@harbour.example")];
    assert_eq!(browser.post(&format!("/institution/people/{ada}"), &change).await.status(), 403);
    let page = browser.get("/institution/people/new").await;
    sound(&page);
}

#[store::test]
async fn nor_by_a_list(db: Db) {
    let (ada, _) = academy(&db).await;
    let dean = dean(&db, ada).await;
    let report = write(&db, move |tx| {
        let list = "email,given,unit\nada@example.org,Mine,Science\nnoor@harbour.example,Noor,Science\n";
        let id = run::keep(tx, "list.csv", table::read(list.as_bytes()).unwrap(), dean).unwrap();
        run::start(tx, id, false, dean).unwrap();
        while run::step(tx, id).unwrap() {}
        run::report(tx, id).unwrap()
    })
    .await;
    let outcomes: Vec<Outcome> = report.iter().map(|row| row.outcome).collect();
    assert_eq!(outcomes, [Outcome::Refused, Outcome::Added], "{report:?}");
}

#[store::test]
async fn who_ends_a_session_is_kept(db: Db) {
    let (ada, lea) = academy(&db).await;
    let mut learner = signed_in(&db, lea).await;
    let mut administrator = signed_in(&db, ada).await;
    let page = administrator.get(&format!("/institution/people/{lea}")).await;
    sound(&page);
    let page = administrator.submit(&page, "Sign out everywhere", &[]).await;
    assert!(page.has_text("1 device is signed out"), "{}", page.text());
    assert!(learner.get("/me").await.path().starts_with("/sign-in"));
    let actor: PersonId = write(&db, move |tx| {
        let sql = store::sql!("select actor from event where verb = 'person.signed-out' and object_id = ?1");
        tx.value(sql, store::params![lea]).unwrap()
    })
    .await;
    assert_eq!(actor, ada);
}
