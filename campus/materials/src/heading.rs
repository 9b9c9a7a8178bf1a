//! The kind `heading`: a line that divides a module.

use outline::{ActivityKind, Completion, Item, ItemId, Shown, Visit};
use people::PersonId;
use store::{Result, Tx};
use web::{Ctx, word};

/// The kind.
#[derive(Clone, Copy, Debug)]
pub struct Heading;

impl ActivityKind for Heading {
    fn key(&self) -> &'static str {
        "heading"
    }
    fn icon(&self) -> &'static str {
        "heading"
    }
    fn label_id(&self) -> &'static str {
        word!("materials-heading")
    }
    fn completion(&self) -> Completion {
        Completion::None
    }
    fn is_line(&self) -> bool {
        true
    }
    fn create(&self, _: &mut Tx<'_>, _: &Item, _: PersonId) -> Result<()> {
        Ok(())
    }
    fn show(&self, _: &mut Tx<'_>, _: &Ctx, _: &web::Page, _: &Item, _: &Visit<'_>) -> Result<Shown, web::Error> {
        Ok(Shown::default())
    }
    fn editor(&self, _: &Item) -> Option<String> {
        None
    }
    fn copy(&self, _: &mut Tx<'_>, _: ItemId, _: &Item, _: PersonId) -> Result<()> {
        Ok(())
    }
    fn words(&self, _: &mut Tx<'_>, _: ItemId) -> Result<String> {
        Ok(String::new())
    }
}
