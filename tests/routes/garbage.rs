//! Whatever comes in, in an address, a query, a form or a body, the answer is never our fault: as the administrator,
//! who gets past every other check.

use std::collections::BTreeSet;

use http::Method;
use store::testing::{run_async, sqlite};
use store::{Db, EngineKind};
use web::RouteInfo;
use web::testing::{Answer, Browser, Filled};

use super::places::NO_IDS;
use super::stage::{Stage, none};
use super::{address, filled, is_change, name, parameters, table};
use crate::scene::Asker;

/// What stands in an address where an id should, encoded.
const ADDRESSES: &[&str] = &[
    "x",
    "00000000-0000-0000-0000-000000000000",
    "ffffffff-ffff-ffff-ffff-fffffffffff",
    "-1",
    "99999999999999999999",
    "%00",
    "%ff%fe",
    "%F0%9F%92%A9",
    "..%2f..%2fetc%2fpasswd",
    "%27%20or%201%3D1--",
];

/// What stands in a field: nothing, too much, and what databases, calendars and numbers stumble over. Those on which the
/// engines differ come first.
const VALUES: &[&str] = &[
    "a\0b",
    "9223372036854775807",
    "00000000-0000-0000-0000-000000000000",
    "9999-12-31T23:59",
    "",
    "-1",
    "99999999999999999999",
    "1e309",
    "0001-01-01",
    "9999-12-31",
    "2026-02-30",
    "<script>alert(1)</script>",
    "' or '1'='1",
    "{\"all\": [",
    "../../etc/passwd",
    "\u{202e}\u{1f4a9}\u{fffd}",
];

/// On how many of the values the engines may differ.
const DIFFERENT: usize = 2;

/// A longer query makes an address that no server reads.
const QUERY_MAX: usize = 60_000;

/// Longer than any text that is asked for.
fn long() -> String {
    "lorem ".repeat(20_000)
}

fn values(db: &Db) -> Vec<String> {
    let count = if db.engine() == EngineKind::Postgres { DIFFERENT } else { VALUES.len() };
    VALUES[..count].iter().map(|value| (*value).to_owned()).chain([long()]).collect()
}

fn short(value: &str) -> String {
    value.chars().take(30).collect()
}

#[store::test]
async fn no_address_is_our_fault(db: Db) {
    let stage = Stage::set(db).await;
    let administrator = stage.administrator().await;
    let mut faults = Vec::new();
    for route in table() {
        for (before, wrong) in parameters(&route.path) {
            for garbage in ADDRESSES {
                let path = filled(&route.path, |place, parameter| {
                    if (place, parameter) == (before, wrong) {
                        return Some(*garbage);
                    }
                    administrator.value(place, parameter).or_else(|| stage.scene.value(place, parameter))
                });
                let written = stage.written().await;
                let answer = stage.browser(Some(&administrator)).request(route.method.clone(), &path).await;
                let is_fine = match answer.status() {
                    500.. => false,
                    200..400 if !NO_IDS.contains(&wrong) => stage.written().await == written,
                    _ => true,
                };
                if !is_fine {
                    faults.push(format!("{} with {garbage} for {{{wrong}}}: {}", name(&route), answer.status()));
                }
            }
        }
    }
    none(&faults);
}

/// The pages that the administrator can open, with what they answered.
async fn pages(stage: &Stage, administrator: &Asker) -> Vec<(RouteInfo, Answer)> {
    let mut pages = Vec::new();
    for route in table().into_iter().filter(|route| route.method == Method::GET) {
        let answer = stage.ask(&route, Some(administrator)).await;
        if answer.status() == 200 {
            pages.push((route, answer));
        }
    }
    pages
}

#[store::test]
async fn no_query_is_our_fault(db: Db) {
    let stage = Stage::set(db.clone()).await;
    let administrator = stage.administrator().await;
    let pages = pages(&stage, &administrator).await;
    // Every name that any page sends, and those that stand in the links of pages.
    let mut names: BTreeSet<String> =
        pages.iter().flat_map(|(_, page)| page.forms()).flat_map(|form| form.fields).map(|(name, _)| name).collect();
    for (_, page) in &pages {
        let html = page.html();
        for link in html.split("href=\"").skip(1).filter_map(|rest| rest.split('"').next()) {
            let Some((_, query)) = link.split_once('?') else { continue };
            let pairs = query.split('&').map(|pair| pair.trim_start_matches("amp;"));
            names.extend(pairs.filter_map(|pair| pair.split('=').next()).map(str::to_owned));
        }
    }
    assert!(names.len() > 50, "{names:?}");
    let mut faults = Vec::new();
    for (route, _) in &pages {
        let path = address(route, &stage.scene, Some(&administrator));
        // A query this long comes through no proxy, and must do no harm where there is none.
        let huge = format!("q={}", "x".repeat(QUERY_MAX));
        let given = values(&db).into_iter().filter(|value| value.len() < 1_000);
        let of_value = |value: String| web::url::query(names.iter().map(|name| (name.as_str(), value.as_str())));
        for query in given.map(of_value).chain([huge, "%ff=%fe&&=&a".to_owned()]) {
            let answer = stage.browser(Some(&administrator)).get(&format!("{path}?{query}")).await;
            if answer.status() >= 500 {
                faults.push(format!("{} with {}: {}", name(route), short(&query), answer.status()));
            }
        }
    }
    none(&faults);
}

pub(super) async fn send(browser: &mut Browser, form: &Filled) -> Answer {
    let pairs: Vec<(&str, &str)> = form.fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    if form.method == Method::GET {
        let path = form.action.split('?').next().unwrap();
        let query: String = web::url::query(pairs).chars().take(QUERY_MAX).collect();
        return browser.get(&format!("{path}?{query}")).await;
    }
    if form.multipart {
        browser.upload(&form.action, &pairs, &[]).await
    } else {
        browser.post(&form.action, &pairs).await
    }
}

/// Every form of every page, each of its fields in turn with each of the values.
#[store::test]
async fn no_field_of_a_form_is_our_fault(db: Db) {
    let mut stage = Stage::set(db.clone()).await;
    let mut administrator = stage.administrator().await;
    let values = values(&db);
    let (mut faults, mut seen) = (Vec::new(), BTreeSet::new());
    for (route, page) in pages(&stage, &administrator).await {
        let count = page.forms().len();
        for at in 0..count {
            let mut forms = stage.ask(&route, Some(&administrator)).await.forms();
            let Some(form) = forms.get(at).cloned() else { break };
            let action = shape(&form.action);
            // The same form stands on many pages, and the same field many times in one.
            let is_new = |(_, (name, _)): &(usize, &(String, String))| {
                name != "_method" && seen.insert((action.clone(), shape(name)))
            };
            let fields: Vec<usize> = form.fields.iter().enumerate().filter(is_new).map(|(field, _)| field).collect();
            for (field, value) in fields.into_iter().flat_map(|field| values.iter().map(move |value| (field, value))) {
                let Some(mut form) = forms.get(at).filter(|form| form.fields.len() > field).cloned() else { break };
                form.fields[field].1.clone_from(value);
                let answer = send(&mut stage.browser(Some(&administrator)), &form).await;
                let status = answer.status();
                if status >= 500 {
                    faults.push(format!("{action} with {}={:?}: {status}", form.fields[field].0, short(value)));
                }
                // What the form is about may be gone, or the session with which it was asked for.
                let is_gone = answer.redirect().is_some_and(|to| to == "/sign-in") || status == 404;
                if is_gone || is_deletion(&form) {
                    stage.change().await;
                    administrator = stage.administrator().await;
                    forms = stage.ask(&route, Some(&administrator)).await.forms();
                }
            }
        }
    }
    assert!(seen.len() > 150, "only {} fields were found", seen.len());
    none(&faults);
}

pub(super) fn is_deletion(form: &Filled) -> bool {
    form.fields.iter().any(|(name, value)| name == "_method" && value == "delete") || form.action == "/sign-out"
}

/// The path without what differs from scene to scene.
pub(super) fn shape(path: &str) -> String {
    let is_id = |part: &str| part.len() > 20 || part.chars().all(|c| c.is_ascii_digit() || c == '-');
    let path = path.split('?').next().unwrap();
    path.split('/').map(|part| if !part.is_empty() && is_id(part) { "*" } else { part }).collect::<Vec<_>>().join("/")
}

/// On one engine: a body is read before any is asked.
#[test]
fn no_body_is_our_fault_sqlite() {
    sqlite(&crate::SCHEMA, run_async(send_every_body));
}

async fn send_every_body(db: Db) {
    let mut stage = Stage::set(db).await;
    let form = "application/x-www-form-urlencoded";
    let boundary = "multipart/form-data; boundary=b";
    let bodies: [(&str, Vec<u8>); 9] = [
        (form, b"%ff%fe=%00&&&=&title".to_vec()),
        (form, vec![0xff; 64]),
        (form, vec![b'&'; 100_000]),
        (form, (0..6_000).flat_map(|n| format!("f{n}={n}&").into_bytes()).collect()),
        (form, vec![b'x'; 3 << 20]),
        ("application/json", b"{\"title\": [[[[".to_vec()),
        ("multipart/form-data", b"no boundary".to_vec()),
        (
            boundary,
            b"--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"../../x\"\r\n\r\ncut off".to_vec(),
        ),
        (boundary, b"--b\r\nContent-Disposition: form-data\r\n\r\n\r\n--b--\r\n".to_vec()),
    ];
    let mut faults = Vec::new();
    for route in table().into_iter().filter(|route| is_change(&route.method)) {
        let administrator = stage.administrator().await;
        for (kind, body) in &bodies {
            let path = address(&route, &stage.scene, Some(&administrator));
            let mut browser = stage.browser(Some(&administrator));
            let answer = browser.raw(route.method.clone(), &path, kind, body.clone()).await;
            if answer.status() >= 500 {
                faults.push(format!("{} with {} bytes of {kind}: {}", name(&route), body.len(), answer.status()));
            }
        }
        stage.change().await;
    }
    none(&faults);
}
