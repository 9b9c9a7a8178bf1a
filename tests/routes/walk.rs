//! Every route as every built-in role, as somebody who is suspended, and as nobody.

use people::{ADMINISTRATOR, BUILT_IN_ROLES};
use store::{Db, Tx};
use web::Access;

use super::stage::{Stage, holder, none};
use super::{Reading, address, ask, fault, is_change, is_narrower, name, reading, table};
use crate::scene::Asker;

/// One person for each built-in role.
fn askers(tx: &mut Tx<'_>) -> store::Result<Vec<Asker>> {
    BUILT_IN_ROLES.iter().map(|role| holder(tx, role)).collect()
}

#[store::test]
async fn every_route_answers_every_role_as_the_table_says(db: Db) {
    let mut stage = Stage::set(db).await;
    let mut asking = stage.program.write(askers).await;
    let mut faults = Vec::new();
    for route in table() {
        for at in 0..asking.len() {
            let asker = &asking[at];
            let before = stage.written().await;
            let answer = stage.ask(&route, Some(asker)).await;
            let found = reading(&route, &answer);
            if let Some(why) = fault(&route, stage.roles.allows(&asker.name, &route), found) {
                faults.push(format!("{} as {}: {} ({why})", name(&route), asker.name, answer.status()));
            }
            if found == Reading::Refused && stage.written().await != before {
                faults.push(format!("{} as {}: refused, and yet something was written", name(&route), asker.name));
            }
            if is_change(&route.method) && found == Reading::Answered && answer.status() < 400 {
                stage.change().await;
                asking[at] = stage.holder(BUILT_IN_ROLES[at]).await;
            }
        }
    }
    none(&faults);
}

#[store::test]
async fn nobody_gets_past_a_route_that_is_not_public(db: Db) {
    let mut stage = Stage::set(db).await;
    let maker = stage.maker;
    // Somebody who was suspended is nobody, whatever their browser still holds.
    let gone = stage.program.write(move |tx| {
        let gone = Asker::named(tx, "Gone")?.with_role(tx, ADMINISTRATOR)?;
        people::bulk::suspend(tx, &[gone.person], maker, "gone").map_err(|e| store::Error::Setup(e.to_string()))?;
        Ok(gone)
    });
    let gone = gone.await;
    let mut faults = Vec::new();
    for route in table() {
        let before = stage.written().await;
        for asker in [None, Some(&gone)] {
            let answer = stage.ask(&route, asker).await;
            let (found, is_public) = (reading(&route, &answer), route.access == Access::Public);
            let wrong = match found {
                Reading::Broken => true,
                Reading::SignIn => is_public,
                Reading::Refused => !is_public || !is_narrower(&route),
                Reading::Answered => !is_public,
            };
            if wrong {
                faults.push(format!("{} as nobody: {}", name(&route), answer.status()));
            }
        }
        let path = address(&route, &stage.scene, None);
        let answer = stage.browser(None).with("accept", "application/json").request(route.method.clone(), &path).await;
        if route.access != Access::Public {
            if answer.status() != 401 || answer.json()["code"] != "sign-in" {
                faults.push(format!("{} as a program: {} {}", name(&route), answer.status(), answer.json()));
            }
            if stage.written().await != before {
                faults.push(format!("{}: something was written", name(&route)));
            }
        } else if is_change(&route.method) && answer.status() < 400 {
            stage.change().await;
        }
    }
    none(&faults);
}

#[store::test]
async fn no_form_of_another_site_is_taken(db: Db) {
    let stage = Stage::set(db).await;
    let administrator = stage.administrator().await;
    let before = stage.written().await;
    let mut faults = Vec::new();
    for route in table().into_iter().filter(|route| is_change(&route.method)) {
        let path = address(&route, &stage.scene, Some(&administrator));
        let mut browser = stage.browser(Some(&administrator)).with("sec-fetch-site", "cross-site");
        let answer = browser.request(route.method.clone(), &path).await;
        if answer.status() != 403 {
            faults.push(format!("{}: {}", name(&route), answer.status()));
        }
    }
    none(&faults);
    assert_eq!(stage.written().await, before);
}

#[store::test]
async fn every_kind_of_item_answers_on_every_address_of_an_item(db: Db) {
    let mut stage = Stage::set(db).await;
    let mut faults = Vec::new();
    for route in table().into_iter().filter(|route| route.path.contains("{item}")) {
        for at in 1..stage.scene.items.len() {
            for who in [ADMINISTRATOR, "learner"] {
                let asker = stage.holder(who).await;
                let (page, item) = (stage.scene.items[0].id.to_string(), stage.scene.items[at].clone());
                let path = address(&route, &stage.scene, Some(&asker)).replace(&page, &item.id.to_string());
                let answer = ask(&mut stage.browser(Some(&asker)), &route, &path).await;
                if matches!(reading(&route, &answer), Reading::Broken | Reading::SignIn) {
                    faults.push(format!("{} of a {} as {who}: {}", name(&route), item.kind, answer.status()));
                }
                if is_change(&route.method) && answer.status() < 400 {
                    stage.change().await;
                }
            }
        }
    }
    none(&faults);
}
