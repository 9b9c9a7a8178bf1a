//! The kind `assignment`: what is asked for, and the work of whoever looks.

use materials::page;
use outline::{ActivityKind, Completion, Copied, Item, ItemId, Shown, Visit};
use people::PersonId;
use store::{Result, Tx};
use web::{Ctx, word};

use crate::assignment::{self, Assignment, Settings};
use crate::pages::desk;

/// The kind.
#[derive(Clone, Copy, Debug)]
pub struct AssignmentKind;

impl ActivityKind for AssignmentKind {
    fn key(&self) -> &'static str {
        "assignment"
    }
    fn icon(&self) -> &'static str {
        "square-pen"
    }
    fn label_id(&self) -> &'static str {
        word!("assignments-kind")
    }
    fn completion(&self) -> Completion {
        Completion::Submit
    }
    fn completions(&self) -> &'static [Completion] {
        &[Completion::Submit, Completion::Grade, Completion::View, Completion::Mark, Completion::None]
    }
    fn create(&self, tx: &mut Tx<'_>, item: &Item, by: PersonId) -> Result<()> {
        assignment::write(tx, item, &Settings::default(), by)
    }
    fn show(
        &self,
        tx: &mut Tx<'_>,
        _: &Ctx,
        page: &web::Page,
        item: &Item,
        visit: &Visit<'_>,
    ) -> Result<Shown, web::Error> {
        let html = if visit.learns && !visit.sees_everything {
            desk::of_learner(tx, page, item, visit.viewer.person)?
        } else {
            desk::of_staff(tx, page, item, visit.viewer)?
        };
        Ok(Shown { html, styles: vec!["css/assignments.css"], ..Shown::default() })
    }
    /// Closed or not, what somebody has handed in stays theirs to see.
    fn show_closed(
        &self,
        tx: &mut Tx<'_>,
        _: &Ctx,
        page: &web::Page,
        item: &Item,
        visit: &Visit<'_>,
    ) -> Result<Shown, web::Error> {
        let html = desk::of_late_comer(tx, page, item, visit.viewer.person)?;
        Ok(Shown { html, styles: vec!["css/assignments.css"], ..Shown::default() })
    }
    fn editor(&self, item: &Item) -> Option<String> {
        Some(format!("/courses/{}/items/{}/assignment", item.course, item.id))
    }
    /// The copy has a rubric of its own course, made of the same version.
    fn copy(&self, tx: &mut Tx<'_>, from: ItemId, to: &Item, by: PersonId) -> Result<()> {
        let mut settings = Assignment::find(tx, from)?.settings();
        if let Some(rubric) = settings.rubric {
            settings.rubric = Some(crate::rubric::in_course(tx, rubric, to.course, by)?);
        }
        assignment::write(tx, to, &settings, by)
    }
    /// Files and other items that instructions name are those of their own course.
    fn copied(&self, tx: &mut Tx<'_>, copied: &Copied<'_>, by: PersonId) -> Result<()> {
        let mut addresses = None;
        for (from, to) in copied.items {
            let to = Item::find(tx, copied.to, *to)?;
            if to.kind != self.key() {
                continue;
            }
            let addresses = match &mut addresses {
                Some(there) => there,
                none => none.insert(page::addresses(tx, copied.from)?),
            };
            let (old, new) = (Assignment::find(tx, *from)?, Assignment::find(tx, to.id)?.settings());
            let body = page::brought_along(tx, addresses, copied, (&old.html, &new.body()), by)?;
            let led = new.clone().saying(body);
            if led != new {
                assignment::write(tx, &to, &led, by)?;
            }
        }
        Ok(())
    }
    fn words(&self, tx: &mut Tx<'_>, item: ItemId) -> Result<String> {
        Ok(text::html::visible_text(&Assignment::find(tx, item)?.html))
    }
}
