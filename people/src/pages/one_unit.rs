//! One organisation unit: its name, where it lies, and its end.

use askama::Template;
use axum::extract::{Path, State};
use store::Tx;
use web::{Access, Ctx, FlashKind, Form, Page, Routes, word};

use super::{unit_options, units_with};
use crate::error::Error;
use crate::permission::UNITS;
use crate::unit::{self, Unit};
use crate::{Scope, UnitId, Viewer, Visitor};

pub(super) fn routes() -> Routes {
    Routes::new()
        .get("/institution/units/{id}", Access::Needs(UNITS.as_str()), show)
        .post("/institution/units/{id}", Access::Needs(UNITS.as_str()), change)
        .delete("/institution/units/{id}", Access::Needs(UNITS.as_str()), delete)
}

#[derive(Template)]
#[template(path = "people/unit.html")]
struct OneUnit {
    page: Page,
    form: Form,
    unit: Unit,
    parents: Vec<(String, String)>,
}

impl OneUnit {
    fn load(tx: &mut Tx<'_>, ctx: &Ctx, viewer: &Viewer, id: UnitId, form: Option<Form>) -> Result<Self, web::Error> {
        let tree = unit::tree(tx)?;
        let unit = tree.iter().find(|unit| unit.id == id).cloned().ok_or_else(web::Error::not_found)?;
        viewer.must(UNITS, &Scope::unit(&unit.path))?;
        let page = viewer.page(ctx, "institution");
        let everywhere = viewer.can(UNITS, &Scope::institution());
        let mut above = units_with(viewer, UNITS, &tree);
        // Not below itself; where it lies now is offered even to those who run only what lies below that.
        above.retain(|other| !other.path.contains(id));
        if let Some(parent) = tree.iter().find(|other| Some(other.id) == unit.parent)
            && above.iter().all(|other| other.id != parent.id)
        {
            above.insert(0, parent.clone());
        }
        let top = (everywhere || unit.parent.is_none()).then(|| page.t("units-top"));
        let parent = unit.parent.map(|parent| parent.to_string()).unwrap_or_default();
        let form = form.unwrap_or_else(|| Form::of(&[("name", unit.name.as_str()), ("parent", &parent)]));
        Ok(Self { parents: unit_options(&above, top), page, form, unit })
    }
}

async fn show(State(ctx): State<Ctx>, visitor: Visitor, Path(id): Path<UnitId>) -> web::Result {
    let own = ctx.clone();
    let shown = ctx
        .db
        .read(move |tx| {
            let viewer = visitor.signed_in(tx)?;
            OneUnit::load(tx, &own, &viewer, id, None)
        })
        .await?;
    Ok(web::html(shown))
}

async fn change(State(ctx): State<Ctx>, visitor: Visitor, Path(id): Path<UnitId>, mut form: Form) -> web::Result {
    let words = visitor.words().clone();
    let own = ctx.clone();
    let changed = ctx
        .db
        .write(move |tx| {
            let viewer = visitor.signed_in(tx)?;
            let unit = unit::find(tx, id)?.ok_or_else(web::Error::not_found)?;
            viewer.must(UNITS, &Scope::unit(&unit.path))?;
            let parent: Option<UnitId> = form.id("parent").get();
            let changed = tx.savepoint(|tx| rename_and_move(tx, &viewer, &unit, form.value("name"), parent));
            match changed {
                Ok(()) => Ok(None),
                Err(Failed::Refused(Error::Refused(refused))) => {
                    refused.blame(&mut form, tx.now());
                    OneUnit::load(tx, &own, &viewer, id, Some(form)).map(Some)
                }
                Err(Failed::Refused(e)) => Err(e.into()),
                Err(Failed::Forbidden(e)) => Err(e),
            }
        })
        .await?;
    match changed {
        None => Ok(web::see_other("/institution/units").flash(FlashKind::Good, words.t("units-saved"), None)),
        Some(page) => Ok(web::mistakes(page)),
    }
}

enum Failed {
    Refused(Error),
    Forbidden(web::Error),
}

impl From<store::Error> for Failed {
    fn from(e: store::Error) -> Self {
        Self::Refused(e.into())
    }
}

impl From<Error> for Failed {
    fn from(e: Error) -> Self {
        Self::Refused(e)
    }
}

fn rename_and_move(
    tx: &mut Tx<'_>,
    viewer: &Viewer,
    unit: &Unit,
    name: &str,
    parent: Option<UnitId>,
) -> Result<(), Failed> {
    if name.trim() != unit.name {
        unit::rename(tx, unit.id, name, viewer.person)?;
    }
    if parent != unit.parent {
        let above = parent.map(|parent| unit::find(tx, parent)).transpose()?.flatten();
        let scope = above.as_ref().map_or_else(Scope::institution, |above| Scope::unit(&above.path));
        viewer.must(UNITS, &scope).map_err(Failed::Forbidden)?;
        unit::move_to(tx, unit.id, parent, viewer.person)?;
    }
    Ok(())
}

async fn delete(State(ctx): State<Ctx>, visitor: Visitor, Path(id): Path<UnitId>) -> web::Result {
    let words = visitor.words().clone();
    let deleted = ctx
        .db
        .write(move |tx| {
            let viewer = visitor.signed_in(tx)?;
            let unit = unit::find(tx, id)?.ok_or_else(web::Error::not_found)?;
            viewer.must(UNITS, &Scope::unit(&unit.path))?;
            match unit::delete(tx, id, viewer.person) {
                Ok(()) => Ok(true),
                Err(Error::Refused(_)) => Ok(false),
                Err(e) => Err(web::Error::from(e)),
            }
        })
        .await?;
    if deleted {
        return Ok(web::see_other("/institution/units").flash(FlashKind::Good, words.t("units-deleted"), None));
    }
    let said = words.t(word!("people-refused-unit-in-use"));
    Ok(web::see_other(format!("/institution/units/{id}")).flash(FlashKind::Bad, said, None))
}
