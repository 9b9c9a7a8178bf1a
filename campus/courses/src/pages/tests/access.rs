//! Who may what: every address of this crate with every role, and with nobody.

use http::Method;
use people::{PersonId, ScopeKind};
use store::Db;

use super::Scene;
use crate::{CourseRole, Section, testing};

/// What an address answers to: nobody, a stranger, a learner, an observer, an author, an assistant, a teacher, a
/// manager, the administrator. `+` lets in (whatever becomes of the empty form), `-` forbids, `?` is not there, `>` leads
/// to the sign-in page.
const TABLE: &[(&str, &str, &str)] = &[
    ("GET", "/courses", ">++++++++"),
    ("GET", "/catalogue", "+++++++++"),
    ("GET", "/courses/new", ">------++"),
    ("POST", "/courses", ">------++"),
    ("GET", "/courses/{course}/about", ">++++++++"),
    ("POST", "/courses/{course}/enrolment", ">++++++++"),
    ("PUT", "/courses/{course}/enrolment", ">++++++++"),
    ("DELETE", "/courses/{course}/enrolment", ">++++++++"),
    ("GET", "/courses/{course}/people", ">-+++++++"),
    ("POST", "/courses/{course}/people", ">-----+++"),
    ("GET", "/courses/{course}/people/add", ">-----+++"),
    ("GET", "/courses/{course}/people/import", ">-----+++"),
    ("POST", "/courses/{course}/people/import", ">-----+++"),
    ("POST", "/courses/{course}/people/changes", ">-----+++"),
    ("POST", "/courses/{course}/people/changes/{change}/undo", ">-----+++"),
    ("GET", "/courses/{course}/people/{person}", ">----++++"),
    ("POST", "/courses/{course}/people/{person}/{enrolment}", ">-----???"),
    ("POST", "/courses/{course}/enrolments/{enrolment}/undo", ">-----+++"),
    ("GET", "/courses/{course}/copy", ">------++"),
    ("POST", "/courses/{course}/copy", ">------++"),
    ("GET", "/courses/{course}/settings", ">---+-+++"),
    ("POST", "/courses/{course}/settings", ">---+-+++"),
    ("PUT", "/courses/{course}/publication", ">-----+++"),
    ("DELETE", "/courses/{course}/publication", ">-----+++"),
    ("POST", "/courses/{course}/publication/undo", ">-----+++"),
    ("PUT", "/courses/{course}/archive", ">-----+++"),
    ("DELETE", "/courses/{course}/archive", ">-----+++"),
    ("POST", "/courses/{course}/archive/undo", ">-----+++"),
    ("GET", "/courses/{course}/sections", ">---+-+++"),
    ("POST", "/courses/{course}/sections", ">---+-+++"),
    ("GET", "/courses/{course}/sections/{section}", ">---+-+++"),
    ("POST", "/courses/{course}/sections/{section}", ">---+-+++"),
    ("DELETE", "/courses/{course}/sections/{section}", ">---+-+++"),
    ("GET", "/terms", ">-------+"),
    ("POST", "/terms", ">-------+"),
    ("GET", "/terms/{term}", ">-------?"),
    ("POST", "/terms/{term}", ">-------?"),
    ("DELETE", "/terms/{term}", ">-------?"),
];

#[test]
fn every_address_is_in_the_table() {
    let known: Vec<String> = TABLE.iter().map(|(method, path, _)| format!("{method} {path}")).collect();
    for route in crate::routes().table().iter().filter(|route| !route.is_api) {
        let address = format!("{} {}", route.method, route.path);
        assert!(known.contains(&address), "{address} is not in the table");
    }
}

/// A course with somebody in each role, in the order of the table.
struct Cast {
    scene: Scene,
    section: String,
    people: Vec<Option<PersonId>>,
}

impl Cast {
    async fn new(db: &Db, round: usize) -> Self {
        let (course, section, people) = db
            .write(move |tx| {
                if round == 0 {
                    testing::seed(tx)?;
                    people::testing::person_with(tx, "Ada", "administrator")?;
                }
                let course = testing::course(tx, "Marine ecology")?;
                let section = Section::of(tx, course.id)?.remove(0).id.to_string();
                let mut people = vec![None, Some(people::testing::person(tx, &format!("Stranger {round}"))?)];
                let roles = [
                    CourseRole::Learner,
                    CourseRole::Observer,
                    CourseRole::Author,
                    CourseRole::Assistant,
                    CourseRole::Teacher,
                ];
                for role in roles {
                    people.push(Some(testing::enrolled(tx, &course, &format!("{role} {round}"), role)?));
                }
                let manager = people::testing::person(tx, &format!("Manager {round}"))?;
                people::testing::role(tx, manager, "manager", (ScopeKind::Unit, Some(course.unit.into())))?;
                people.push(Some(manager));
                people.push(people::find_by_email(tx, "ada@example.org")?.map(|person| person.id));
                Ok::<_, store::Error>((course, section, people))
            })
            .await
            .unwrap();
        let scene = Scene {
            db: db.clone(),
            course,
            learner: people[2].unwrap(),
            teacher: people[6].unwrap(),
            admin: people[8].unwrap(),
            stranger: people[1].unwrap(),
        };
        Self { scene, section, people }
    }

    fn filled(&self, path: &str) -> String {
        let nothing = store::Id::nil().to_string();
        path.replace("{course}", &self.scene.course.id.to_string())
            .replace("{person}", &self.scene.learner.to_string())
            .replace("{section}", &self.section)
            .replace("{change}", &nothing)
            .replace("{enrolment}", &nothing)
            .replace("{term}", &nothing)
    }
}

#[store::test]
async fn every_role_gets_the_answer_that_the_table_says(db: Db) {
    for (round, (method, path, expected)) in TABLE.iter().enumerate() {
        let cast = Cast::new(&db, round).await;
        let path = cast.filled(path);
        let mut told = String::new();
        for person in &cast.people {
            let browser = match person {
                Some(person) => cast.scene.as_person(*person).await,
                None => cast.scene.anyone(),
            };
            let mut browser = browser.staying();
            let answer = if *method == "POST" && path.ends_with("/import") {
                browser.upload(&path, &[("list", "")], &[]).await
            } else {
                browser.request(Method::from_bytes(method.as_bytes()).unwrap(), &path).await
            };
            told.push(match answer.status() {
                303 if answer.redirect().is_some_and(|to| to.starts_with("/sign-in")) => '>',
                403 => '-',
                404 => '?',
                200 | 303 | 409 | 422 => '+',
                other => panic!("{method} {path}: {other}\n{}", answer.text()),
            });
        }
        assert_eq!(&told, expected, "{method} {path}");
    }
}
