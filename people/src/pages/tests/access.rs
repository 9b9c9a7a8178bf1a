//! Who may what: every address of this crate beside its access, with every role and with nobody.

use http::Method;

use super::*;
use crate::scope::ScopeKind;
use crate::{RoleId, UnitId};

/// What an address answers to: nobody, a learner, a teacher, a manager of the person's unit, an administrator. `+` lets
/// in (whatever becomes of an empty form or a made-up link), `-` forbids, `?` is not there, `>` leads to the sign-in page.
const TABLE: &[(&str, &str, &str, &str)] = &[
    ("GET", "/first-run", "public", "+++++"),
    ("POST", "/first-run", "public", "+++++"),
    ("GET", "/sign-in", "public", "+++++"),
    ("POST", "/sign-in", "public", "+++++"),
    ("POST", "/sign-out", "public", "+++++"),
    ("GET", "/sign-up", "public", "+++++"),
    ("POST", "/sign-up", "public", "+++++"),
    ("GET", "/reset", "public", "+++++"),
    ("POST", "/reset", "public", "+++++"),
    ("GET", "/reset/{token}", "public", "+++++"),
    ("POST", "/reset/{token}", "public", "+++++"),
    ("GET", "/invitations/{token}", "public", "+++++"),
    ("POST", "/invitations/{token}", "public", "+++++"),
    ("GET", "/confirm/{token}", "public", "+++++"),
    ("POST", "/confirm/{token}", "public", "+++++"),
    ("GET", "/me", "signed in", ">++++"),
    ("POST", "/me", "signed in", ">++++"),
    ("POST", "/me/appearance", "signed in", ">++++"),
    ("POST", "/me/password", "signed in", ">++++"),
    ("POST", "/me/email", "signed in", ">++++"),
    ("DELETE", "/me/sessions", "signed in", ">++++"),
    ("DELETE", "/me/sessions/{other}", "signed in", ">????"),
    ("POST", "/me/tokens", "signed in", ">++++"),
    ("DELETE", "/me/tokens/{other}", "signed in", ">????"),
    ("GET", "/people/{id}", "people.profile", ">++++"),
    ("GET", "/institution", "signed in", ">--++"),
    ("GET", "/institution/people", "people.view", ">--++"),
    ("POST", "/institution/people", "people.edit", ">---+"),
    ("GET", "/institution/people/export", "people.view", ">--++"),
    ("POST", "/institution/people/suspensions", "people.edit", ">---+"),
    ("DELETE", "/institution/people/suspensions", "people.edit", ">---+"),
    ("POST", "/institution/people/changes/{other}/undo", "people.edit", ">---?"),
    ("GET", "/institution/people/new", "people.edit", ">---+"),
    ("GET", "/institution/people/import", "people.edit", ">---+"),
    ("POST", "/institution/people/import", "people.edit", ">---+"),
    ("GET", "/institution/people/import/{other}", "people.edit", ">---?"),
    ("POST", "/institution/people/import/{other}", "people.edit", ">---?"),
    ("GET", "/institution/people/{id}", "people.view", ">--++"),
    ("POST", "/institution/people/{id}", "people.edit", ">---+"),
    ("POST", "/institution/people/{id}/roles", "people.assign", ">---+"),
    ("DELETE", "/institution/people/{id}/roles/{other}", "people.assign", ">---?"),
    ("POST", "/institution/people/{id}/invitation", "people.edit", ">---+"),
    ("POST", "/institution/people/{id}/link", "people.edit", ">---+"),
    ("DELETE", "/institution/people/{id}/sessions", "people.edit", ">---+"),
    ("DELETE", "/institution/people/{id}/sessions/{other}", "people.edit", ">---?"),
    ("GET", "/institution/units", "institution.units", ">---+"),
    ("POST", "/institution/units", "institution.units", ">---+"),
    ("GET", "/institution/units/{unit}", "institution.units", ">---+"),
    ("POST", "/institution/units/{unit}", "institution.units", ">---+"),
    ("DELETE", "/institution/units/{unit}", "institution.units", ">---+"),
    ("GET", "/institution/roles", "institution.roles", ">---+"),
    ("POST", "/institution/roles", "institution.roles", ">---+"),
    ("GET", "/institution/roles/{role}", "institution.roles", ">---+"),
    ("POST", "/institution/roles/{role}", "institution.roles", ">---+"),
    ("POST", "/institution/roles/{role}/name", "institution.roles", ">---+"),
    ("DELETE", "/institution/roles/{role}", "institution.roles", ">---+"),
    ("GET", "/institution/settings", "institution.settings", ">---+"),
    ("POST", "/institution/settings", "institution.settings", ">---+"),
    ("GET", "/access/explain", "access.explain", ">--++"),
];

/// The path with every parameter called alike.
fn shape(path: &str) -> String {
    path.split('/').map(|part| if part.starts_with('{') { "{}" } else { part }).collect::<Vec<_>>().join("/")
}

#[test]
fn every_address_stands_in_the_table_with_its_access() {
    let mut declared: Vec<(String, String)> = super::super::routes()
        .table()
        .iter()
        .map(|route| (format!("{} {}", route.method, shape(&route.path)), route.access.to_string()))
        .collect();
    let mut known: Vec<(String, String)> = TABLE
        .iter()
        .map(|(method, path, access, _)| (format!("{method} {}", shape(path)), (*access).to_owned()))
        .collect();
    declared.sort();
    known.sort();
    assert_eq!(known, declared);
}

struct Cast {
    people: [Option<PersonId>; 5],
    subject: PersonId,
    unit: UnitId,
    role: RoleId,
}

/// Somebody in each role, and what they ask about: for each round anew, since some of it goes.
async fn cast(db: &Db, round: usize, ada: PersonId) -> Cast {
    write(db, move |tx| {
        let unit = testing::unit(tx, &format!("Unit {round}"), None).unwrap();
        let [learner, teacher, manager, subject] =
            ["Lea", "Tess", "Mia", "Noor"].map(|name| add(tx, &format!("{name}{round}"), "Cast"));
        testing::role(tx, learner, "learner", (ScopeKind::Institution, None)).unwrap();
        testing::role(tx, teacher, "teacher", (ScopeKind::Institution, None)).unwrap();
        testing::role(tx, manager, "manager", (ScopeKind::Unit, Some(unit.id.0))).unwrap();
        let belongs = store::sql!("update person set unit = ?2 where id = ?1");
        tx.execute(belongs, store::params![subject, unit.id]).unwrap();
        let empty = testing::unit(tx, &format!("Empty {round}"), None).unwrap().id;
        let role = crate::role::create(tx, &format!("Role {round}"), "", None, ada).unwrap();
        Cast { people: [None, Some(learner), Some(teacher), Some(manager), Some(ada)], subject, unit: empty, role }
    })
    .await
}

#[store::test]
async fn every_role_gets_the_answer_that_the_table_says(db: Db) {
    let (ada, _) = academy(&db).await;
    for (round, (method, path, access, expected)) in TABLE.iter().enumerate() {
        // An hour later, so that no brake on guessing is on any more.
        db.clock().set(db.clock().now().plus_seconds(3_601));
        let cast = cast(&db, round, ada).await;
        let path = path
            .replace("{id}", &cast.subject.to_string())
            .replace("{unit}", &cast.unit.to_string())
            .replace("{role}", &cast.role.to_string())
            .replace("{other}", &store::Id::nil().to_string())
            .replace("{token}", &"a".repeat(43));
        let mut told = String::new();
        for person in cast.people {
            let browser = match person {
                Some(person) => signed_in(&db, person).await,
                None => browser(&db),
            };
            let mut browser = browser.staying();
            let answer = if *method == "POST" && path.ends_with("/import") {
                browser.upload(&path, &[], &[]).await
            } else {
                browser.request(Method::from_bytes(method.as_bytes()).unwrap(), &path).await
            };
            let to_sign_in = answer.redirect().is_some_and(|to| to.starts_with("/sign-in"));
            told.push(match answer.status() {
                303 if to_sign_in && *access != "public" => '>',
                403 => '-',
                404 => '?',
                200 | 303 | 410 | 422 => '+',
                other => panic!("{method} {path}: {other}\n{}", answer.text()),
            });
        }
        assert_eq!(&told, expected, "{method} {path}");
    }
}
