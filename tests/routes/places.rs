//! Every route from the wrong place: a role in one course is none in another, a role in one unit none in the next, an
//! enrolment that ended is none, and an address that joins things of two courses leads nowhere.

use courses::CourseRole;
use courses::enrolment::{IfFull, NewEnrolment, enrol};
use people::{Permission, PersonId, ScopeKind};
use store::{Db, Tx};
use web::{Access, RouteInfo};

use super::stage::{Stage, none};
use super::{Reading, address, ask, fault, filled, is_change, name, parameters, reading, table};
use crate::scene::{Asker, Scene, Visibility};

/// Two courses in two units, and the people who run and take the first.
struct Places {
    stage: Stage,
    away: Scene,
}

impl Places {
    async fn set(db: Db) -> Self {
        let mut stage = Stage::set(db).await;
        let away = stage.beside(Visibility::Hidden).await;
        Self { stage, away }
    }

    /// Somebody with this role in the first course.
    async fn in_course(&self, role: CourseRole) -> Asker {
        let course = self.stage.scene.course.id;
        let made = self.stage.program.write(move |tx| {
            let asker = Asker::named(tx, &format!("Course {role}"))?;
            enrol(tx, &NewEnrolment::new(course, asker.person, role), IfFull::Exceed, None)?;
            Ok(asker)
        });
        made.await
    }

    /// Somebody who manages the unit of the first course.
    async fn in_unit(&self) -> Asker {
        let unit = self.stage.scene.unit.id;
        let made = self.stage.program.write(move |tx| {
            let asker = Asker::named(tx, "Unit manager")?;
            people::testing::role(tx, asker.person, "manager", (ScopeKind::Unit, Some(unit.0)))?;
            Ok(asker)
        });
        made.await
    }

    /// Asks for an address, and says what is wrong with the answer. What is refused must not have written anything.
    async fn fault(&self, route: &RouteInfo, path: &str, asker: &Asker, may: bool) -> (Reading, Option<String>) {
        let before = self.stage.written().await;
        let answer = ask(&mut self.stage.browser(Some(asker)), route, path).await;
        let found = reading(route, &answer);
        let mut why = fault(route, may, found);
        if found != Reading::Answered && self.stage.written().await != before {
            why = why.or(Some("something was written all the same"));
        }
        (found, why.map(|why| format!("{} as {}: {} ({why})", name(route), asker.name, answer.status())))
    }
}

fn in_courses() -> Vec<RouteInfo> {
    table().into_iter().filter(|route| route.path.contains("{course}")).collect()
}

fn needs(route: &RouteInfo) -> bool {
    matches!(route.access, Access::Needs(_))
}

#[store::test]
async fn a_role_in_one_course_counts_there_and_nowhere_else(db: Db) {
    let mut places = Places::set(db).await;
    let mut faults = Vec::new();
    for role in CourseRole::ALL {
        let mut asker = places.in_course(*role).await;
        for route in in_courses() {
            let may = places.stage.roles.allows(role.as_str(), &route);
            let (found, fault) =
                places.fault(&route, &address(&route, &places.stage.scene, Some(&asker)), &asker, may).await;
            faults.extend(fault);
            if is_change(&route.method) && found == Reading::Answered {
                places.stage.change().await;
                asker = places.in_course(*role).await;
            }
            let elsewhere = address(&route, &places.away, Some(&asker));
            // A hidden course does not even tell strangers that it is there.
            let told = !needs(&route) && is_change(&route.method);
            faults.extend(places.fault(&route, &elsewhere, &asker, told).await.1.filter(|_| !told));
        }
    }
    none(&faults);
}

#[store::test]
async fn who_teaches_a_section_changes_nothing_of_the_course_and_sees_nobody_of_another(db: Db) {
    let places = Places::set(db).await;
    let scene = &places.stage.scene;
    let (course, section) = (scene.course.id, scene.value("/sections", "section").unwrap().parse().unwrap());
    let made = places.stage.program.write(move |tx| {
        let asker = Asker::named(tx, "Teacher of the evening")?;
        let new = NewEnrolment::new(course, asker.person, CourseRole::Teacher).in_section(section);
        enrol(tx, &new, IfFull::Exceed, None)?;
        Ok(asker)
    });
    let asker = made.await;
    let of_course = [courses::EDIT, courses::PUBLISH, courses::ARCHIVE, courses::CREATE].map(Permission::as_str);
    // The learner of the scene is in another section.
    let of_learner = ["person", "enrolment"];
    let mut faults = Vec::new();
    for route in in_courses() {
        let path = address(&route, scene, Some(&asker));
        let changes_course = matches!(route.access, Access::Needs(permission) if of_course.contains(&permission));
        let names_learner = parameters(&route.path).iter().any(|(_, name)| of_learner.contains(name));
        if changes_course || (names_learner && !is_change(&route.method)) {
            faults.extend(places.fault(&route, &path, &asker, false).await.1);
        } else if names_learner {
            let before = places.stage.written().await;
            let answer = ask(&mut places.stage.browser(Some(&asker)), &route, &path).await;
            if reading(&route, &answer) == Reading::Broken || places.stage.written().await != before {
                faults.push(format!("{}: {}, of another section", name(&route), answer.status()));
            }
        }
    }
    none(&faults);
}

#[store::test]
async fn who_manages_a_unit_reaches_nothing_outside_it(db: Db) {
    let mut places = Places::set(db).await;
    let mut asker = places.in_unit().await;
    let mut faults = Vec::new();
    // What a unit holds: its courses, its people, the unit itself.
    let held = |route: &RouteInfo| {
        let of_unit = |(before, name): &(&str, &str)| {
            *name == "course" || (*name == "id" && ["/people", "/units"].iter().any(|end| before.ends_with(end)))
        };
        needs(route) && parameters(&route.path).first().is_some_and(of_unit)
    };
    let everyone = |stage: &Stage, route: &RouteInfo| stage.roles.allows(people::EVERYONE, route);
    for route in table().into_iter().filter(held) {
        let may = places.stage.roles.allows("manager", &route);
        let (found, fault) =
            places.fault(&route, &address(&route, &places.stage.scene, Some(&asker)), &asker, may).await;
        faults.extend(fault);
        if is_change(&route.method) && found == Reading::Answered {
            places.stage.change().await;
            asker = places.in_unit().await;
        }
        let may = everyone(&places.stage, &route);
        let elsewhere = address(&route, &places.away, Some(&asker));
        faults.extend(places.fault(&route, &elsewhere, &asker, may).await.1);
    }
    none(&faults);
}

/// A change of an enrolment.
type End = fn(&mut Tx<'_>, &mut courses::Enrolment, PersonId) -> store::Result<()>;

/// What can become of an enrolment so that its role no longer counts.
const ENDED: &[(&str, End)] = &[
    ("suspended", |tx, enrolment, by| enrolment.suspend(tx, by).map_err(refused)),
    ("concluded", |tx, enrolment, by| enrolment.conclude(tx, by).map_err(refused)),
    ("removed", |tx, enrolment, by| enrolment.remove(tx, by).map_err(refused)),
    ("over", |tx, enrolment, by| {
        let now = tx.now();
        enrolment.set_dates(tx, Some(now.plus_days(-9)), Some(now.plus_days(-1)), by).map_err(refused)
    }),
    ("not begun", |tx, enrolment, by| {
        let now = tx.now();
        enrolment.set_dates(tx, Some(now.plus_days(1)), None, by).map_err(refused)
    }),
];

fn refused(refused: courses::enrolment::ChangeRefused) -> store::Error {
    store::Error::Setup(refused.to_string())
}

#[store::test]
async fn an_enrolment_that_does_not_count_opens_nothing(db: Db) {
    let places = Places::set(db).await;
    let (course, maker) = (places.stage.scene.course.id, places.stage.maker);
    let mut faults = Vec::new();
    for role in [CourseRole::Teacher, CourseRole::Learner] {
        for (what, end) in ENDED {
            let made = places.stage.program.write(move |tx| {
                let asker = Asker::named(tx, &format!("{role} {what}"))?;
                let new = NewEnrolment::new(course, asker.person, role);
                let (mut enrolment, _) = enrol(tx, &new, IfFull::Exceed, None)?;
                end(tx, &mut enrolment, maker)?;
                Ok(asker)
            });
            let asker = made.await;
            for route in in_courses().iter().filter(|route| needs(route)) {
                // Who has concluded may look, and no more.
                let may = *what == "concluded" && places.stage.roles.allows("member", route);
                let path = address(route, &places.stage.scene, Some(&asker));
                faults.extend(places.fault(route, &path, &asker, may).await.1);
            }
        }
    }
    none(&faults);
}

#[store::test]
async fn a_draft_is_closed_to_its_learners(db: Db) {
    let mut places = Places::set(db).await;
    let draft = places.stage.beside(Visibility::Draft).await;
    let learner = draft.learner;
    let learner = places.stage.program.write(move |tx| Asker::of(tx, learner, "learner of a draft")).await;
    let mut faults = Vec::new();
    // Answers of an attempt that runs are taken, whatever has become of the course in the meantime: none is lost.
    let is_kept = |route: &RouteInfo| route.path.ends_with("/attempts/{attempt}/answers");
    for route in in_courses().iter().filter(|route| needs(route) && !is_kept(route)) {
        let path = address(route, &draft, Some(&learner));
        faults.extend(places.fault(route, &path, &learner, false).await.1);
    }
    none(&faults);
}

/// Parameters that name nothing on their own: the number of a version, the name behind a file.
pub(super) const NO_IDS: &[&str] = &["number", "name"];

#[store::test]
async fn an_address_that_joins_things_of_two_courses_leads_nowhere(db: Db) {
    let places = Places::set(db).await;
    let (administrator, teacher) = (places.stage.administrator().await, places.in_course(CourseRole::Teacher).await);
    let mut faults = Vec::new();
    for route in table() {
        for (before, wrong) in parameters(&route.path).into_iter().skip(1).filter(|(_, name)| !NO_IDS.contains(name)) {
            let path = filled(&route.path, |place, parameter| {
                let scene = if (place, parameter) == (before, wrong) { &places.away } else { &places.stage.scene };
                scene.value(place, parameter)
            });
            for asker in [&administrator, &teacher] {
                let before = places.stage.written().await;
                let answer = ask(&mut places.stage.browser(Some(asker)), &route, &path).await;
                // Some end or undo what is there to be ended or undone, and say that it was nothing.
                let did_nothing = is_change(&route.method) && answer.status() == 303;
                let is_refused = reading(&route, &answer) == Reading::Refused || did_nothing;
                if !is_refused || places.stage.written().await != before {
                    let status = answer.status();
                    faults.push(format!("{} as {} with another's {{{wrong}}}: {status}", name(&route), asker.name));
                }
            }
        }
    }
    none(&faults);
}

#[store::test]
async fn nobody_ends_a_session_or_a_token_of_somebody_else(db: Db) {
    let places = Places::set(db).await;
    let (learner, asker) = (places.stage.scene.learner, places.in_course(CourseRole::Teacher).await);
    let held = move |tx: &mut Tx<'_>| {
        let sessions = people::session::of_person(tx, learner)?.len();
        Ok((sessions, people::api_token::of_person(tx, learner)?.len()))
    };
    let before = places.stage.program.write(held).await;
    assert!(before.0 > 0 && before.1 > 0);
    for route in table().iter().filter(|route| route.path.starts_with("/me/") && !parameters(&route.path).is_empty()) {
        let path = address(route, &places.stage.scene, None);
        let answer = ask(&mut places.stage.browser(Some(&asker)), route, &path).await;
        assert!(answer.status() < 500, "{}: {}", name(route), answer.text());
        assert_eq!(places.stage.program.write(held).await, before, "{}", name(route));
    }
}
