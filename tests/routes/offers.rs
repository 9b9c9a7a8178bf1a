//! What a page offers works: no link and no button on any page leads whoever reads it to a refusal or to nothing.

use std::collections::BTreeSet;

use http::Method;
use people::BUILT_IN_ROLES;
use store::Db;
use store::testing::{run_async, sqlite};
use web::RouteInfo;
use web::testing::{Answer, Filled};

use super::garbage::{is_deletion, send, shape};
use super::stage::{Stage, none};
use super::table;
use crate::scene::Asker;

/// The addresses of this server to which a page's links lead, each once.
fn links(page: &Answer) -> BTreeSet<String> {
    let html = page.html();
    let links = html.split(" href=\"").skip(1).filter_map(|rest| rest.split('"').next());
    let own = links.filter(|link| link.starts_with('/') && !link.starts_with("/assets/"));
    own.map(|link| link.split('#').next().unwrap().replace("&amp;", "&")).collect()
}

/// Whether an answer tells somebody who followed an offer that it was none.
fn is_refusal(answer: &Answer) -> bool {
    let leads_to_sign_in = answer.redirect().is_some_and(|to| to.starts_with("/sign-in?"));
    matches!(answer.status(), 401 | 403 | 404 | 405 | 500..) || leads_to_sign_in
}

/// Presses a button of a page as the page stands now; nothing where it no longer has it.
async fn press(stage: &Stage, route: &RouteInfo, reader: &Asker, at: usize) -> Option<Answer> {
    let forms = stage.ask(route, Some(reader)).await.forms();
    Some(send(&mut stage.browser(Some(reader)), forms.get(at)?).await)
}

/// On one engine: what a page offers does not depend on it, and there is much to follow and to press.
#[test]
fn no_page_offers_what_it_then_refuses_sqlite() {
    sqlite(&crate::SCHEMA, run_async(follow_and_press_everything));
}

async fn follow_and_press_everything(db: Db) {
    let mut stage = Stage::set(db).await;
    let mut faults = BTreeSet::new();
    for role in BUILT_IN_ROLES {
        let mut reader = stage.holder(role).await;
        let (mut followed, mut pressed) = (BTreeSet::new(), BTreeSet::new());
        for route in table().into_iter().filter(|route| route.method == Method::GET) {
            let page = stage.ask(&route, Some(&reader)).await;
            if page.status() != 200 {
                continue;
            }
            for link in links(&page).into_iter().filter(|link| followed.insert(shape(link))) {
                let answer = stage.browser(Some(&reader)).get(&link).await;
                if is_refusal(&answer) {
                    faults.insert(format!(
                        "{} as {role}: the link to {}: {}",
                        route.path,
                        shape(&link),
                        answer.status()
                    ));
                }
            }
            for at in 0..page.forms().len() {
                let form = page.forms().swap_remove(at);
                // Signing out ends the walk, and is tried elsewhere.
                if form.action == "/sign-out" || !pressed.insert((shape(&form.action), method(&form))) {
                    continue;
                }
                // What was pressed before may have changed what this page is about: the scene is made anew where it
                // was taken away, and before anything is called a fault.
                let mut answer = press(&stage, &route, &reader, at).await;
                if answer.as_ref().is_none_or(is_refusal) || is_deletion(&form) {
                    stage.change().await;
                    reader = stage.holder(role).await;
                    if !is_deletion(&form) {
                        answer = press(&stage, &route, &reader, at).await;
                    }
                }
                if let Some(answer) = answer.filter(is_refusal) {
                    let what = format!("the form {} {}", method(&form), shape(&form.action));
                    faults.insert(format!("{} as {role}: {what}: {}", route.path, answer.status()));
                }
            }
        }
        assert!(!pressed.is_empty() && followed.len() > 3, "{role}: {followed:?}");
    }
    none(&faults.into_iter().collect::<Vec<_>>());
}

/// How a form is sent, as the program takes it.
fn method(form: &Filled) -> String {
    let named = form.fields.iter().find(|(name, _)| name == "_method").map(|(_, method)| method.to_uppercase());
    named.unwrap_or_else(|| form.method.to_string())
}
