//! The small profile that people of the institution see of each other.

use askama::Template;
use axum::extract::{Path, State};
use web::{Access, Ctx, Page, Routes};

use super::scope_in;
use crate::permission::{PROFILE, VIEW};
use crate::person::{self, Person};
use crate::{PersonId, Visitor, unit};

pub(super) fn routes() -> Routes {
    Routes::new().get("/people/{id}", Access::Needs(PROFILE.as_str()), show)
}

#[derive(Template)]
#[template(path = "people/profile.html")]
struct Profile {
    page: Page,
    person: Person,
    unit: String,
    is_self: bool,
    may_administer: bool,
}

async fn show(State(ctx): State<Ctx>, visitor: Visitor, Path(id): Path<PersonId>) -> web::Result {
    let own = ctx.clone();
    let profile = ctx
        .db
        .read(move |tx| {
            let viewer = visitor.signed_in(tx)?;
            let person = person::find(tx, id)?;
            let tree = unit::tree(tx)?;
            let scope = scope_in(&tree, person.unit);
            viewer.must_see(PROFILE, &scope)?;
            let may_administer = viewer.can(VIEW, &scope);
            // Who has left the place is not shown to everyone any more.
            if person.suspended_at.is_some() && !may_administer {
                return Err(web::Error::not_found());
            }
            let unit = person.unit.and_then(|unit| unit::full_names(&tree).remove(&unit)).unwrap_or_default();
            let is_self = id == viewer.person;
            Ok(Profile { page: viewer.page(&own, ""), person, unit, is_self, may_administer })
        })
        .await?;
    Ok(web::html(profile))
}
