//! The tree of organisation units.

use std::collections::HashMap;

use askama::Template;
use axum::extract::State;
use store::{Tx, params, sql};
use web::{Access, Ctx, FlashKind, Form, Page, Routes};

use super::{unit_options, units_with};
use crate::error::Error;
use crate::permission::UNITS;
use crate::unit::{self, Unit};
use crate::{Scope, UnitId, Viewer, Visitor};

pub(super) fn routes() -> Routes {
    Routes::new().get("/institution/units", Access::Needs(UNITS.as_str()), show).post(
        "/institution/units",
        Access::Needs(UNITS.as_str()),
        add,
    )
}

#[derive(Template)]
#[template(path = "people/units.html")]
struct Tree {
    page: Page,
    form: Form,
    units: Vec<Shown>,
    parents: Vec<(String, String)>,
}

/// A unit with what the tree shows beside it.
struct Shown {
    unit: Unit,
    people: i64,
    may_change: bool,
    /// How many lists end behind it, so that the template can close them.
    closes: usize,
    opens: bool,
}

impl Tree {
    /// Two statements.
    fn load(tx: &mut Tx<'_>, ctx: &Ctx, viewer: &Viewer, form: Form) -> Result<Self, web::Error> {
        viewer.must_anywhere(UNITS)?;
        let page = viewer.page(ctx, "institution");
        let tree = unit::tree(tx)?;
        let people: Vec<(UnitId, i64)> = tx.all(
            sql!("select unit, cast(count(*) as bigint) from person where unit is not null group by unit"),
            params![],
        )?;
        let people: HashMap<UnitId, i64> = people.into_iter().collect();
        let top = viewer.can(UNITS, &Scope::institution()).then(|| page.t("units-top"));
        let parents = unit_options(&units_with(viewer, UNITS, &tree), top);
        let mut units = Vec::with_capacity(tree.len());
        for (at, unit) in tree.iter().enumerate() {
            let next = tree.get(at + 1).map_or(0, Unit::depth);
            units.push(Shown {
                people: people.get(&unit.id).copied().unwrap_or(0),
                may_change: viewer.can(UNITS, &Scope::unit(&unit.path)),
                opens: next > unit.depth(),
                closes: unit.depth().saturating_sub(next),
                unit: unit.clone(),
            });
        }
        Ok(Self { page, form, units, parents })
    }
}

async fn show(State(ctx): State<Ctx>, visitor: Visitor, form: Form) -> web::Result {
    let own = ctx.clone();
    let shown = ctx
        .db
        .read(move |tx| {
            let viewer = visitor.signed_in(tx)?;
            Tree::load(tx, &own, &viewer, form)
        })
        .await?;
    Ok(web::html(shown))
}

async fn add(State(ctx): State<Ctx>, visitor: Visitor, mut form: Form) -> web::Result {
    let words = visitor.words().clone();
    let own = ctx.clone();
    let added = ctx
        .db
        .write(move |tx| {
            let viewer = visitor.signed_in(tx)?;
            let parent: Option<UnitId> = form.id("parent").get();
            let above = parent.map(|parent| unit::find(tx, parent)?.ok_or_else(web::Error::not_found)).transpose()?;
            let scope = above.as_ref().map_or_else(Scope::institution, |above| Scope::unit(&above.path));
            viewer.must(UNITS, &scope)?;
            match unit::create(tx, form.value("name"), parent, Some(viewer.person)) {
                Ok(unit) => Ok(Ok(unit.name)),
                Err(Error::Refused(refused)) => {
                    refused.blame(&mut form, tx.now());
                    Tree::load(tx, &own, &viewer, form).map(Err)
                }
                Err(e) => Err(e.into()),
            }
        })
        .await?;
    match added {
        Ok(name) => Ok(web::see_other("/institution/units").flash(
            FlashKind::Good,
            words.ta("units-added", &[("name", name)]),
            None,
        )),
        Err(page) => Ok(web::mistakes(page)),
    }
}
