//! The list of people: search, filter, sort, page by page, suspend many at once, take the list along as a file.

use std::collections::HashMap;

use askama::Template;
use axum::extract::{Path, State};
use http::{StatusCode, header};
use store::Tx;
use web::{Access, Ctx, FlashKind, Form, Page, Routes, word};

use super::{narrowed, role_name, unit_options, units_with};
use crate::bulk::{self, BulkChangeId};
use crate::list::{self, After, Filter, Order, Row, State as AccountState};
use crate::permission::{EDIT, VIEW};
use crate::scope::ScopeKind;
use crate::unit::{self, Unit};
use crate::{PersonId, Scope, Viewer, Visitor, export, role};

pub(super) fn routes() -> Routes {
    Routes::new()
        .get("/institution/people", Access::Needs(VIEW.as_str()), show)
        .get("/institution/people/export", Access::Needs(VIEW.as_str()), take_along)
        .post("/institution/people/suspensions", Access::Needs(EDIT.as_str()), suspend)
        .delete("/institution/people/suspensions", Access::Needs(EDIT.as_str()), unsuspend)
        .post("/institution/people/changes/{id}/undo", Access::Needs(EDIT.as_str()), undo)
}

#[derive(Template)]
#[template(path = "people/people.html")]
struct People {
    page: Page,
    form: Form,
    rows: Vec<Shown>,
    next: Option<String>,
    is_first: bool,
    order: Order,
    units: Vec<(String, String)>,
    roles: Vec<(String, String)>,
    may_edit: bool,
}

/// A row with its words.
struct Shown {
    row: Row,
    unit: String,
    roles: Vec<String>,
}

impl People {
    /// The choices of the filter by state.
    fn states(&self) -> Vec<(String, String)> {
        let any = (String::new(), self.page.t("people-state-any"));
        let states = AccountState::ALL.iter();
        std::iter::once(any)
            .chain(states.map(|state| (state.to_string(), self.page.t(format!("people-state-{state}")))))
            .collect()
    }

    /// The same list in another order.
    fn sorted(&self, order: &str) -> String {
        address(&self.form, &[("sort", order)], None)
    }

    /// The same list as a file.
    fn file(&self) -> String {
        address(&self.form, &[], None).replacen("/institution/people", "/institution/people/export", 1)
    }

    /// The query of this list, to come back to it.
    fn back(&self) -> String {
        address(&self.form, &[], None)
    }

    fn is_filtered(&self) -> bool {
        ["q", "unit", "role", "state"].iter().any(|name| !self.form.value(name).is_empty())
    }

    /// `ascending` or `descending` on the column by which the list is sorted.
    fn sort_of(&self, order: &str) -> Option<&'static str> {
        (self.order.as_str() == order).then_some(if order == "name" { "ascending" } else { "descending" })
    }
}

/// The address of the list with the fields of its filter, some of them set otherwise.
fn address(form: &Form, set: &[(&str, &str)], after: Option<&After>) -> String {
    let mut pairs: Vec<(&str, &str)> = Vec::new();
    for name in ["q", "unit", "role", "state", "sort"] {
        let value = set.iter().find(|(other, _)| *other == name).map_or(form.value(name), |(_, value)| value);
        if !value.is_empty() {
            pairs.push((name, value));
        }
    }
    let id = after.map(|after| after.id.to_string());
    if let (Some(after), Some(id)) = (after, &id) {
        pairs.push(("after", &after.key));
        pairs.push(("after_id", id));
    }
    if pairs.is_empty() {
        "/institution/people".to_owned()
    } else {
        format!("/institution/people?{}", web::url::query(pairs))
    }
}

fn filter_of(form: &mut Form) -> Filter {
    Filter {
        search: form.value("q").chars().take(200).collect(),
        unit: form.id("unit").get(),
        role: form.id("role").get(),
        state: form.choice("state").get(),
        within: None,
    }
}

async fn show(State(ctx): State<Ctx>, visitor: Visitor, mut form: Form) -> web::Result {
    let own = ctx.clone();
    let people = ctx
        .db
        .read(move |tx| {
            let viewer = visitor.signed_in(tx)?;
            viewer.must_anywhere(VIEW)?;
            let tree = unit::tree(tx)?;
            let order = form.choice("sort").or(Order::Name);
            let after_id = form.id("after_id").get();
            let after = after_id.map(|id| After { key: form.value("after").to_owned(), id });
            let filter = narrowed(&viewer, VIEW, &tree, filter_of(&mut form));
            let (rows, more) = list::page(tx, &filter, order, after.as_ref())?;
            let last = rows.last().map(|row| row.as_after(order));
            let next = last.filter(|_| more).map(|last| address(&form, &[], Some(&last)));
            let page = viewer.page(&own, "institution");
            let rows = with_words(tx, &page, &tree, rows)?;
            let units = unit_options(&units_with(&viewer, VIEW, &tree), Some(page.t("people-unit-any")));
            let roles = role::all(tx)?.into_iter().filter(|role| role.key != crate::EVERYONE);
            let roles = roles.map(|role| (role.id.to_string(), role_name(&page, &role.key, &role.name)));
            let roles = std::iter::once((String::new(), page.t("people-role-any"))).chain(roles).collect();
            let may_edit = viewer.can_anywhere(EDIT);
            Ok::<_, web::Error>(People {
                page,
                form,
                rows,
                next,
                is_first: after.is_none(),
                order,
                units,
                roles,
                may_edit,
            })
        })
        .await?;
    Ok(web::html(people))
}

fn with_words(tx: &mut Tx<'_>, page: &Page, tree: &[Unit], rows: Vec<Row>) -> store::Result<Vec<Shown>> {
    let ids: Vec<PersonId> = rows.iter().map(|row| row.id).collect();
    let mut roles: HashMap<PersonId, Vec<String>> = HashMap::new();
    for held in list::roles_of(tx, &ids)? {
        let name = role_name(page, &held.key, &held.name);
        let words = match (held.scope_kind, held.unit_name) {
            (ScopeKind::Institution, _) => name,
            (ScopeKind::Unit, Some(unit)) => format!("{name}, {unit}"),
            _ => page.ta("people-role-in-courses", &[("role", name)]),
        };
        let list = roles.entry(held.person).or_default();
        if !list.contains(&words) {
            list.push(words);
        }
    }
    let unit_name = |row: &Row| tree.iter().find(|unit| Some(unit.id) == row.unit).map(|unit| unit.name.clone());
    let shown = rows.into_iter().map(|row| Shown {
        unit: unit_name(&row).unwrap_or_default(),
        roles: roles.remove(&row.id).unwrap_or_default(),
        row,
    });
    Ok(shown.collect())
}

async fn take_along(State(ctx): State<Ctx>, visitor: Visitor, mut form: Form) -> web::Result {
    let file = ctx
        .db
        .read(move |tx| {
            let viewer = visitor.signed_in(tx)?;
            viewer.must_anywhere(VIEW)?;
            let tree = unit::tree(tx)?;
            let filter = narrowed(&viewer, VIEW, &tree, filter_of(&mut form));
            Ok::<_, web::Error>(export::csv(tx, &filter)?)
        })
        .await?;
    let answer = axum::response::IntoResponse::into_response(file);
    Ok(web::Response::from(answer)
        .set(header::CONTENT_TYPE, "text/csv; charset=utf-8")
        .set(header::CONTENT_DISPOSITION, "attachment; filename=\"people.csv\"")
        .cache(web::CachePolicy::NoStore))
}

/// The chosen people, each of whom the viewer must be allowed to change.
fn chosen(tx: &mut Tx<'_>, viewer: &Viewer, people: &[PersonId]) -> Result<(), web::Error> {
    viewer.must_anywhere(EDIT)?;
    if people.is_empty() {
        return Err(
            web::Error::invalid(word!("people-none-chosen")).way_on("/institution/people", word!("people-title"))
        );
    }
    if people.len() > bulk::PEOPLE_MAX {
        return Err(web::Error::invalid(word!("people-too-many-chosen")).arg("count", bulk::PEOPLE_MAX));
    }
    let tree = unit::tree(tx)?;
    for (_, unit) in bulk::units_of(tx, people)? {
        viewer.must(EDIT, &super::scope_in(&tree, unit))?;
    }
    if !viewer.access.is_administrator() {
        for person in people {
            let other = crate::Access::load(tx, *person)?;
            if !role::reaches(&viewer.access, &other, &tree) {
                return Err(web::Error::new(StatusCode::FORBIDDEN, "mightier", word!("person-mightier")));
            }
        }
    }
    Ok(())
}

async fn suspend(State(ctx): State<Ctx>, visitor: Visitor, form: Form) -> web::Result {
    change(ctx, visitor, form, true).await
}

async fn unsuspend(State(ctx): State<Ctx>, visitor: Visitor, form: Form) -> web::Result {
    change(ctx, visitor, form, false).await
}

async fn change(ctx: Ctx, visitor: Visitor, mut form: Form, suspends: bool) -> web::Result {
    let words = visitor.words().clone();
    let people: Vec<PersonId> = form.choices("person");
    let changed = ctx
        .db
        .write(move |tx| {
            let viewer = visitor.signed_in(tx)?;
            chosen(tx, &viewer, &people)?;
            let changed = if suspends {
                bulk::suspend(tx, &people, viewer.person, "")
            } else {
                bulk::unsuspend(tx, &people, viewer.person)
            };
            changed.map_err(web::Error::from)
        })
        .await;
    let back = form.value("back").to_owned();
    let back = if back.is_empty() { "/institution/people".to_owned() } else { back };
    match changed {
        Ok(changed) if changed.people > 0 => {
            let message = if suspends { word!("people-suspended") } else { word!("people-unsuspended") };
            let undo = format!("/institution/people/changes/{}/undo", changed.id);
            Ok(web::see_other(back).flash(FlashKind::Good, words.tn(message, changed.people), Some(undo)))
        }
        Ok(_) => Ok(web::see_other(back).flash(FlashKind::Info, words.t("people-nothing-changed"), None)),
        // Nothing was changed; the list is where it can be mended.
        Err(error) if error.status() == StatusCode::UNPROCESSABLE_ENTITY => {
            Ok(web::see_other(back).flash(FlashKind::Bad, words.t(error.message()), None))
        }
        Err(error) => Err(error),
    }
}

async fn undo(State(ctx): State<Ctx>, visitor: Visitor, Path(id): Path<BulkChangeId>) -> web::Result {
    let words = visitor.words().clone();
    let back = ctx
        .db
        .write(move |tx| {
            let viewer = visitor.signed_in(tx)?;
            viewer.must_anywhere(EDIT)?;
            let maker = bulk::made_by(tx, id)?.ok_or_else(web::Error::not_found)?;
            if maker != viewer.person {
                viewer.must(EDIT, &Scope::institution())?;
            }
            Ok::<_, web::Error>(bulk::undo(tx, id, viewer.person)?)
        })
        .await?;
    Ok(web::see_other("/institution/people").flash(FlashKind::Good, words.tn("people-undone", back), None))
}
