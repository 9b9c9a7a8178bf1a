//! Every address of the program, asked by everybody: what each may is worked out from what the route declares and what
//! the roles say, and held against what the program answers. A new route is in this test once it is mounted.

mod garbage;
mod offers;
mod places;
mod stage;
mod walk;

use std::collections::{BTreeMap, BTreeSet};

use http::Method;
use people::{ADMINISTRATOR, EVERYONE};
use store::{Tx, params, sql};
use web::testing::{Answer, Browser, File};
use web::{Access, RouteInfo};

use crate::scene::{Asker, Scene};

/// Every route that `app` mounts.
fn table() -> Vec<RouteInfo> {
    let table = stoa::mount::routes().table();
    assert!(table.len() > 100, "the routes are not where this test looks: {} found", table.len());
    table
}

/// `GET /courses/{course}`.
fn name(route: &RouteInfo) -> String {
    format!("{} {}", route.method, route.path)
}

/// The parameters of a path, each with the path before it.
fn parameters(path: &str) -> Vec<(&str, &str)> {
    let starts = path.match_indices("/{").map(|(at, _)| at);
    let name = |at: usize| path[at + 2..].split('}').next().unwrap().trim_start_matches('*');
    starts.map(|at| (&path[..at], name(at))).collect()
}

/// The path with each parameter filled in by a function of the path before it and its name.
fn filled<'v>(path: &str, value: impl Fn(&str, &str) -> Option<&'v str>) -> String {
    let mut out = String::new();
    let mut end = 0;
    for (before, name) in parameters(path) {
        let Some(value) = value(before, name) else {
            panic!("{path}: nothing stands for `{before}/{{{name}}}`: tests/scene.rs has to make one")
        };
        out.push_str(&path[end..=before.len()]);
        out.push_str(value);
        end = before.len() + path[before.len()..].find('}').unwrap() + 1;
    }
    out + &path[end..]
}

/// An address of a scene, as this person asks for it.
fn address(route: &RouteInfo, scene: &Scene, asker: Option<&Asker>) -> String {
    let own = |before: &str, parameter: &str| asker.and_then(|asker| asker.value(before, parameter));
    let item = kind_of(&route.path).and_then(|kind| scene.item_of(kind));
    filled(&route.path, |before, parameter| match &item {
        Some(item) if parameter == "item" => Some(item.as_str()),
        _ => own(before, parameter).or_else(|| scene.value(before, parameter)),
    })
}

/// The kind of item to which an address of an item belongs, where it is not for all of them.
fn kind_of(path: &str) -> Option<&'static str> {
    const ASSIGNMENT: &[&str] =
        &["assignment", "work", "submissions", "submissions.zip", "marks", "marking", "similarity", "reviews"];
    const QUIZ: &[&str] = &["attempts", "quiz", "results", "regrade"];
    let (_, rest) = path.split_once("/items/{item}/")?;
    let first = rest.split('/').next()?;
    [("assignment", ASSIGNMENT), ("quiz", QUIZ)].into_iter().find(|(_, own)| own.contains(&first)).map(|(kind, _)| kind)
}

/// What each role may, read from the tables: the definition at the institution. The rule for narrower places is not
/// needed here, since nothing in these scenes changes a role there.
struct Roles(BTreeMap<String, BTreeSet<String>>);

impl Roles {
    fn read(tx: &mut Tx<'_>) -> store::Result<Self> {
        let (roles, settings) = people::role::defined(tx)?;
        let said = |role: &people::role::Role| -> BTreeSet<String> {
            let own = settings.iter().filter(|s| s.role == role.id && s.setting == people::Setting::Allow);
            own.map(|setting| setting.permission.clone()).collect()
        };
        Ok(Self(roles.iter().map(|role| (role.key.clone(), said(role))).collect()))
    }

    /// Whether somebody who holds this role at a place is allowed there what the route declares.
    fn allows(&self, role: &str, route: &RouteInfo) -> bool {
        let Access::Needs(permission) = route.access else { return true };
        let says = |key: &str| self.0.get(key).is_some_and(|said| said.contains(permission));
        role == ADMINISTRATOR || says(role) || says(EVERYONE)
    }
}

/// Asks with a form without fields; where the route takes files, with a small one.
async fn ask(browser: &mut Browser, route: &RouteInfo, path: &str) -> Answer {
    let answer = browser.request(route.method.clone(), path).await;
    if answer.status() != 415 {
        return answer;
    }
    let file = File { field: "file", name: "tide.txt", kind: "text/plain", bytes: b"high, low" };
    browser.upload(path, &[], &[file]).await
}

/// Routes that refuse some whom their declaration lets in, each with the reason. Everything else must answer whoever
/// holds what it declares.
const NARROWER: &[(&str, &str)] = &[
    ("/institution", "shown to those who run a part of the place"),
    ("/courses/{course}/grades/class", "shown to those who see all grades, and to learners where the course says so"),
    ("/courses/{course}/attempts/{attempt}", "shown to whose attempt it is, and to those who mark"),
    ("/courses/{course}/attempts/{attempt}/answers", "taken from whose attempt it is"),
    ("/courses/{course}/attempts/{attempt}/end", "taken from whose attempt it is"),
    ("/courses/{course}/attempts/{attempt}/receipt", "shown to whose attempt it is, and to those who mark"),
    ("/courses/{course}/attempts/{attempt}/review", "shown to whose attempt it is, and to those who mark"),
    ("/courses/{course}/items/{item}/attempts", "begun by those who take or make the course"),
    ("/courses/{course}/items/{item}/marks", "shown to those whose course it is"),
    ("/courses/{course}/items/{item}/reviews", "open where the assignment asks learners for reviews"),
    ("/courses/{course}/items/{item}/reviews/{review}", "shown to whoever writes it"),
    ("/courses/{course}/items/{item}/work/files/{file}/{name}", "shown to whose draft it is"),
    ("/courses/{course}/items/{item}/submissions/{submission}", "shown to whoever handed it in and to those who mark"),
    (
        "/courses/{course}/items/{item}/submissions/{submission}/files/{position}/{name}",
        "shown to whoever handed it in and to those who mark",
    ),
    ("/imports/{import}", "shown to those who may change the course"),
    ("/imports/{import}/live", "shown to those who may change the course"),
];

fn is_narrower(route: &RouteInfo) -> bool {
    NARROWER.iter().any(|(path, _)| *path == route.path)
}

/// What is wrong with an answer to somebody who is signed in; `may` is whether they hold what the route declares at the
/// place that the address names.
fn fault(route: &RouteInfo, may: bool, found: Reading) -> Option<&'static str> {
    match found {
        Reading::Broken => Some("the program failed"),
        Reading::SignIn => Some("they are signed in"),
        Reading::Refused if may && !is_narrower(route) => Some("they may"),
        Reading::Answered if !may => Some("they may not"),
        Reading::Refused | Reading::Answered => None,
    }
}

/// How an answer reads to the one who asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Reading {
    /// Sign in first.
    SignIn,
    /// Not for you: 403, or 404 where not even the existence is told.
    Refused,
    /// An answer of any other kind, also one that finds a mistake in the form.
    Answered,
    /// Our fault.
    Broken,
}

fn reading(route: &RouteInfo, answer: &Answer) -> Reading {
    // A public page may lead there for reasons of its own: after signing out, once the first run is over.
    let is_public = route.access == Access::Public;
    let leads = |to: String| to == "/sign-in" || to.starts_with("/sign-in?");
    let to_sign_in = !is_public && answer.redirect().is_some_and(leads);
    match answer.status() {
        401 => Reading::SignIn,
        _ if to_sign_in => Reading::SignIn,
        403 | 404 => Reading::Refused,
        500.. => Reading::Broken,
        _ => Reading::Answered,
    }
}

fn is_change(method: &Method) -> bool {
    !matches!(*method, Method::GET | Method::HEAD)
}

/// What the program has written: the number of events, and of rows that come without one.
fn written(tx: &mut Tx<'_>) -> store::Result<(i64, i64)> {
    tx.one(
        sql!(
            "select (select cast(count(*) as bigint) from event),
                    (select cast(count(*) as bigint) from item_progress)
                    + (select cast(count(*) as bigint) from page_draft) + (select cast(count(*) as bigint) from job)"
        ),
        params![],
    )
}

#[test]
fn paths_are_filled_in() {
    assert_eq!(parameters("/a/{b}/c/{*d}"), [("/a", "b"), ("/a/{b}/c", "d")]);
    let value = |before: &str, name: &str| (before == "/a").then_some(if name == "b" { "1" } else { "2" });
    assert_eq!(filled("/a/{b}/c", value), "/a/1/c");
    assert_eq!(filled("/a/b", value), "/a/b");
}
