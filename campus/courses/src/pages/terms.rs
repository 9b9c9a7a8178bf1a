//! `/terms`: the list of terms. Whoever may change them adds, changes and deletes them here.

use askama::Template;
use axum::extract::{Path, State};
use people::{Scope, Viewer, Visitor};
use store::Tx;
use web::{Ctx, FlashKind, Form, Page, Result, html, mistakes, see_other, word};

use super::common;
use crate::term::{NAME_MAX, TermInList, TermSettings};
use crate::{TERMS, Term, TermId};

#[derive(Template)]
#[template(path = "courses/terms.html")]
struct TermsPage {
    page: Page,
    terms: Vec<TermInList>,
    /// The term that is being changed; none while one is added.
    changing: Option<TermId>,
    form: Form,
}

/// The list.
pub(super) async fn show(State(ctx): State<Ctx>, visitor: Visitor) -> Result {
    let db = ctx.db.clone();
    db.read(move |tx| {
        let viewer = editor(&visitor, tx)?;
        Ok(html(&TermsPage {
            terms: Term::list(tx)?,
            changing: None,
            form: Form::new(),
            page: viewer.page(&ctx, "institution"),
        }))
    })
    .await
}

/// The list with the form for one term.
pub(super) async fn edit(State(ctx): State<Ctx>, visitor: Visitor, Path(id): Path<TermId>) -> Result {
    let db = ctx.db.clone();
    db.read(move |tx| {
        let viewer = editor(&visitor, tx)?;
        let (term, page) = (Term::find(tx, id)?, viewer.page(&ctx, "institution"));
        let zone = common::zone(&term.zone);
        let fields = [
            ("name", term.name),
            ("starts", common::day_field(Some(term.starts), &zone)),
            ("ends", common::day_field(Some(term.ends), &zone)),
        ];
        Ok(html(&TermsPage { terms: Term::list(tx)?, changing: Some(id), form: Form::of(&fields), page }))
    })
    .await
}

/// Adds a term.
pub(super) async fn create(State(ctx): State<Ctx>, visitor: Visitor, mut form: Form) -> Result {
    let db = ctx.db.clone();
    db.write(move |tx| {
        let viewer = editor(&visitor, tx)?;
        let page = viewer.page(&ctx, "institution");
        let zone = viewer.zone.clone();
        if let Some(settings) = read(&mut form, &zone) {
            match Term::create(tx, &settings, viewer.person) {
                Ok(term) => {
                    let text = page.ta("courses-flash-term-added", &[("term", term.name.as_str())]);
                    return Ok(see_other("/terms").flash(FlashKind::Good, text, None));
                }
                Err(error) => form.explain(error.into(), TAKEN)?,
            }
        }
        Ok(mistakes(&TermsPage { terms: Term::list(tx)?, changing: None, form, page }))
    })
    .await
}

/// Changes a term.
pub(super) async fn change(State(ctx): State<Ctx>, visitor: Visitor, Path(id): Path<TermId>, mut form: Form) -> Result {
    let db = ctx.db.clone();
    db.write(move |tx| {
        let viewer = editor(&visitor, tx)?;
        let (mut term, page) = (Term::find(tx, id)?, viewer.page(&ctx, "institution"));
        if let Some(settings) = read(&mut form, &term.zone) {
            match term.change(tx, &settings, viewer.person) {
                Ok(()) => {
                    return Ok(see_other("/terms").flash(FlashKind::Good, page.t("courses-flash-saved"), None));
                }
                Err(error) => form.explain(error.into(), TAKEN)?,
            }
        }
        Ok(mistakes(&TermsPage { terms: Term::list(tx)?, changing: Some(id), form, page }))
    })
    .await
}

/// Deletes a term in which no course is taught.
pub(super) async fn delete(State(ctx): State<Ctx>, visitor: Visitor, Path(id): Path<TermId>) -> Result {
    let db = ctx.db.clone();
    db.write(move |tx| {
        let viewer = editor(&visitor, tx)?;
        let (term, page) = (Term::find(tx, id)?, viewer.page(&ctx, "institution"));
        let name = term.name.clone();
        let answer = see_other("/terms");
        Ok(if term.delete(tx, viewer.person)? {
            answer.flash(FlashKind::Good, page.ta("courses-flash-term-deleted", &[("term", name.as_str())]), None)
        } else {
            answer.flash(FlashKind::Bad, page.ta("courses-flash-term-used", &[("term", name.as_str())]), None)
        })
    })
    .await
}

const TAKEN: &[(&str, &str, &str)] = &[("term.name", "name", word!("courses-fault-name-taken"))];

fn editor(visitor: &Visitor, tx: &mut Tx<'_>) -> Result<Viewer> {
    let viewer = visitor.signed_in(tx)?;
    viewer.must(TERMS, &Scope::institution())?;
    Ok(viewer)
}

/// What was typed, or nothing where there are mistakes.
fn read(form: &mut Form, zone_name: &str) -> Option<TermSettings> {
    let zone = common::zone(zone_name);
    let name = form.text("name").required().max(NAME_MAX).get();
    let _ = form.date("starts").required();
    let _ = form.date("ends").required();
    let starts = common::first_moment(form, "starts", &zone);
    let ends = common::last_moment(form, "ends", &zone);
    let (starts, ends) = starts.zip(ends)?;
    let settings = TermSettings { name, starts, ends, zone: zone.iana_name().unwrap_or("UTC").to_owned() };
    common::note(form, &settings.faults());
    if form.has_errors() { None } else { Some(settings) }
}

impl TermsPage {
    fn days(&self, term: &TermInList) -> String {
        common::span(&self.page, Some(term.starts), Some(term.ends))
    }

    fn is_now(&self, term: &TermInList) -> bool {
        term.starts <= self.page.now && self.page.now <= term.ends
    }
}
