//! A page runs so many statements, however much it shows.

use super::*;
use crate::scope::ScopeKind;
use crate::session;

/// How many statements each of these pages runs.
async fn counts(browser: &mut Browser, paths: &[&str]) -> Vec<u64> {
    let mut counts = Vec::new();
    for path in paths {
        let page = browser.get(path).await;
        assert_eq!(page.status(), 200, "{path}");
        sound(&page);
        counts.push(page.statements());
    }
    counts
}

#[store::test]
async fn statements_do_not_grow_with_what_is_shown(db: Db) {
    let (ada, lea) = academy(&db).await;
    let subject = write(&db, |tx| {
        testing::unit(tx, "Science", None).unwrap();
        add(tx, "Noor", "Rahman")
    })
    .await;
    let mut administrator = signed_in(&db, ada).await;
    let mut learner = signed_in(&db, lea).await;
    let person = format!("/institution/people/{subject}");
    let paths = [
        "/institution/people",
        person.as_str(),
        "/institution",
        "/institution/units",
        "/institution/roles",
        "/institution/settings",
        "/institution/people/import",
    ];
    let few = counts(&mut administrator, &paths).await;
    let few_own = counts(&mut learner, &["/me", &format!("/people/{subject}")]).await;
    write(&db, move |tx| {
        for number in 0..60 {
            let unit = testing::unit(tx, &format!("Unit {number}"), None).unwrap();
            let person = add(tx, &format!("P{number:03}"), "Many");
            for someone in [subject, person] {
                testing::role(tx, someone, "teacher", (ScopeKind::Unit, Some(unit.id.0))).unwrap();
            }
        }
        for person in [subject, lea] {
            for _ in 0..20 {
                session::begin(tx, person, true, &session::Device::default()).unwrap();
            }
        }
        for number in 0..10 {
            crate::role::create(tx, &format!("Role {number}"), "", None, ada).unwrap();
        }
    })
    .await;
    assert_eq!(counts(&mut administrator, &paths).await, few);
    assert_eq!(counts(&mut learner, &["/me", &format!("/people/{subject}")]).await, few_own);
    let page = administrator.get("/institution/people").await;
    assert_eq!(page.names("row").len(), 51, "fifty rows and the head");
    assert_eq!(page.statements(), 6);
    assert_eq!(administrator.get(&person).await.statements(), 7);
}
