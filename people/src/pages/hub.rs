//! The institution's page: what there is to run, and where.

use askama::Template;
use axum::extract::State;
use store::{FromRow, params, sql};
use web::{Access, Ctx, Page, Routes, word};

use crate::nav::{HubCard, HubCards};
use crate::permission::{EXPLAIN, ROLES, SETTINGS, UNITS, VIEW};
use crate::{Visitor, runs_the_institution};

pub(super) fn routes() -> Routes {
    Routes::new().get("/institution", Access::SignedIn, show)
}

const OWN_CARDS: &[HubCard] = &[
    HubCard {
        href: "/institution/people",
        icon: "users",
        label_id: word!("people-title"),
        text_id: word!("hub-people"),
        permission: VIEW,
    },
    HubCard {
        href: "/institution/units",
        icon: "layers",
        label_id: word!("units-title"),
        text_id: word!("hub-units"),
        permission: UNITS,
    },
    HubCard {
        href: "/institution/roles",
        icon: "shield",
        label_id: word!("roles-title"),
        text_id: word!("hub-roles"),
        permission: ROLES,
    },
    HubCard {
        href: "/access/explain",
        icon: "circle-help",
        label_id: word!("explain-title"),
        text_id: word!("hub-explain"),
        permission: EXPLAIN,
    },
    HubCard {
        href: "/institution/settings",
        icon: "settings",
        label_id: word!("institution-settings-title"),
        text_id: word!("hub-settings"),
        permission: SETTINGS,
    },
];

#[derive(Template)]
#[template(path = "people/hub.html")]
struct Hub {
    page: Page,
    cards: Vec<HubCard>,
    counts: Counts,
}

#[derive(FromRow)]
struct Counts {
    people: i64,
    invited: i64,
    suspended: i64,
    units: i64,
}

async fn show(State(ctx): State<Ctx>, visitor: Visitor) -> web::Result {
    let viewer = visitor.viewer()?;
    if !runs_the_institution(&viewer) {
        return Err(web::Error::forbidden());
    }
    let counts = ctx
        .db
        .read(|tx| {
            tx.one::<Counts>(
                sql!(
                    "select cast(count(*) as bigint) as people,
                            cast(count(case when password is null then 1 end) as bigint) as invited,
                            (select cast(count(*) as bigint) from suspension) as suspended,
                            (select cast(count(*) as bigint) from unit) as units from person"
                ),
                params![],
            )
        })
        .await?;
    let more = ctx.find::<HubCards>().map(|cards| cards.0.clone()).unwrap_or_default();
    let cards = OWN_CARDS.iter().copied().chain(more).filter(|card| viewer.can_anywhere(card.permission)).collect();
    Ok(web::html(Hub { page: viewer.page(&ctx, "institution"), cards, counts }))
}
