use std::collections::BTreeMap;
use std::sync::Arc;

use courses::CourseId;
use people::{PersonId, Viewer};
use store::Tx;
use web::{Ctx, Page};

use crate::{Completion, Item, ItemId};

/// What an item shows to its reader.
#[derive(Clone, Debug, Default)]
pub struct Shown {
    /// Safe HTML.
    pub html: String,
    /// Stylesheets beyond `stoa.css`, as assets: `css/player.css`.
    pub styles: Vec<&'static str>,
    /// True where it wants the whole width rather than a column for reading.
    pub is_wide: bool,
    /// The sites that its frames may come from: `https://player.example`.
    pub frames: Vec<String>,
}

/// Who looks at an item.
#[derive(Clone, Copy, Debug)]
pub struct Visit<'v> {
    /// The person, with what they may do.
    pub viewer: &'v Viewer,
    /// Whether they take the course, so that the item is theirs to do.
    pub learns: bool,
    /// Whether they make or teach the course: nothing is closed to them.
    pub sees_everything: bool,
}

/// A course that was copied, once all of its items are there.
#[derive(Clone, Copy, Debug)]
pub struct Copied<'c> {
    /// The course that was copied.
    pub from: CourseId,
    /// The copy.
    pub to: CourseId,
    /// The items of the copy by those that they were made of.
    pub items: &'c BTreeMap<ItemId, ItemId>,
}

/// A kind of activity: page, file, video, quiz. A new kind is a crate that implements this and one line in `app`.
///
/// Title, place, dates, release, completion and publication belong to the outline and are not the kind's matter.
pub trait ActivityKind: Send + Sync {
    /// Its name in the table, e.g. `page`.
    fn key(&self) -> &'static str;
    /// Its icon in the sprite.
    fn icon(&self) -> &'static str;
    /// The message id of its name.
    fn label_id(&self) -> &'static str;
    /// The completion that a new item has.
    fn completion(&self) -> Completion {
        Completion::View
    }
    /// What can complete it, in the order in which an author is offered them.
    fn completions(&self) -> &'static [Completion] {
        &[Completion::View, Completion::Mark, Completion::None]
    }
    /// True for what is only a line in the outline and has no page of its own.
    fn is_line(&self) -> bool {
        false
    }
    /// Makes the empty content of a new item.
    fn create(&self, tx: &mut Tx<'_>, item: &Item, by: PersonId) -> store::Result<()>;
    /// What a reader sees. The item has the dates that hold for them.
    fn show(
        &self,
        tx: &mut Tx<'_>,
        ctx: &Ctx,
        page: &Page,
        item: &Item,
        visit: &Visit<'_>,
    ) -> Result<Shown, web::Error>;
    /// What somebody sees of it while it is closed to them, below the reason: what they had done before. Mostly nothing.
    fn show_closed(&self, _: &mut Tx<'_>, _: &Ctx, _: &Page, _: &Item, _: &Visit<'_>) -> Result<Shown, web::Error> {
        Ok(Shown::default())
    }
    /// Where its authors edit the content; none where there is nothing but the title.
    fn editor(&self, item: &Item) -> Option<String>;
    /// Copies the content.
    fn copy(&self, tx: &mut Tx<'_>, from: ItemId, to: &Item, by: PersonId) -> store::Result<()>;
    /// Puts right what items say of each other, once a whole course was copied.
    fn copied(&self, _: &mut Tx<'_>, _: &Copied<'_>, _: PersonId) -> store::Result<()> {
        Ok(())
    }
    /// The words in it, for search.
    fn words(&self, tx: &mut Tx<'_>, item: ItemId) -> store::Result<String>;
}

/// Every kind, registered in the context by `app`.
#[derive(Clone, Default)]
pub struct Kinds(BTreeMap<&'static str, Arc<dyn ActivityKind>>, Vec<&'static str>);

impl std::fmt::Debug for Kinds {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_list().entries(&self.1).finish()
    }
}

impl Kinds {
    /// With one more kind; they are offered in the order in which they are added.
    #[must_use]
    pub fn with(mut self, kind: impl ActivityKind + 'static) -> Self {
        self.1.push(kind.key());
        self.0.insert(kind.key(), Arc::new(kind));
        self
    }

    /// The kind of this name.
    pub fn get(&self, key: &str) -> Option<&dyn ActivityKind> {
        self.0.get(key).map(AsRef::as_ref)
    }

    /// All, in the order in which they are offered.
    pub fn all(&self) -> impl Iterator<Item = &dyn ActivityKind> {
        self.1.iter().filter_map(|key| self.get(key))
    }

    /// The icon of a kind; that of a box where it is not known.
    pub fn icon(&self, key: &str) -> &'static str {
        self.get(key).map_or("box", ActivityKind::icon)
    }
}
