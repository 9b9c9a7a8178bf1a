//! `.../items/{item}/marking`: everybody whose work is looked at, with its state.

use askama::Template;
use axum::extract::{Path, Query, State};
use courses::CoursePage;
use outline::Item;
use people::Visitor;
use serde::Deserialize;
use web::{Ctx, FlashKind, Page, Result, html, see_other, word};

use super::{At, for_marker};
use crate::Assignment;
use crate::marking::{self, Line};
use crate::rules::Standing;

/// Which lines are shown.
#[derive(Deserialize)]
pub(super) struct Which {
    only: Option<String>,
}

store::text_enum! {
    /// Which lines are shown.
    pub(super) enum Only {
        /// What waits to be marked.
        Waiting = "waiting",
        /// Everybody.
        All = "all",
        /// Who has not handed in.
        Out = "out",
        /// What is marked.
        Marked = "marked",
    }
}

impl Only {
    /// Whether a line of this state is one of them.
    pub(super) const fn has(self, standing: Standing) -> bool {
        match self {
            Self::Waiting => standing.waits(),
            Self::All => true,
            Self::Out => matches!(standing, Standing::NotBegun | Standing::Draft | Standing::Overdue),
            Self::Marked => matches!(standing, Standing::Marked),
        }
    }

    const fn word(self) -> &'static str {
        match self {
            Self::Waiting => word!("assignments-only-waiting"),
            Self::All => word!("assignments-only-all"),
            Self::Out => word!("assignments-only-out"),
            Self::Marked => word!("assignments-only-marked"),
        }
    }
}

#[derive(Template)]
#[template(path = "assignments/queue.html")]
struct Queue {
    page: Page,
    frame: CoursePage,
    item: Item,
    assignment: Assignment,
    only: Only,
    lines: Vec<Row>,
    /// How many each choice shows.
    tabs: Vec<(Only, usize)>,
    /// Where marking begins.
    first: Option<String>,
}

struct Row {
    who: String,
    line: Line,
    standing: Standing,
}

pub(super) async fn show(
    State(ctx): State<Ctx>,
    visitor: Visitor,
    Path((course, item)): At,
    Query(which): Query<Which>,
) -> Result {
    let db = ctx.db.clone();
    db.read(move |tx| {
        let (viewer, course, item, assignment) = for_marker(tx, &visitor, course, item)?;
        let now = tx.now();
        let lines = marking::queue(tx, &item, &assignment)?;
        let rows = lines.into_iter().map(|line| Row {
            who: who(&assignment, &line),
            standing: line.standing(&assignment, now),
            line,
        });
        let rows: Vec<Row> = rows.collect();
        let count = |only: Only| rows.iter().filter(|row| only.has(row.standing)).count();
        let tabs: Vec<(Only, usize)> = Only::ALL.iter().map(|only| (*only, count(*only))).collect();
        let chosen = which.only.as_deref().and_then(|only| only.parse().ok());
        let only = chosen.unwrap_or(if tabs[0].1 > 0 { Only::Waiting } else { Only::All });
        let first = rows.iter().find(|row| row.standing.waits()).map(|row| row.who.clone());
        let view = Queue {
            page: viewer.page(&ctx, "courses"),
            frame: CoursePage::new(&viewer, &course, "outline"),
            lines: rows.into_iter().filter(|row| only.has(row.standing)).collect(),
            only,
            tabs,
            first,
            item,
            assignment,
        };
        Ok(html(view))
    })
    .await
}

/// Somebody in an address: by their code where names are hidden, so that not even the address tells.
pub(super) fn who(assignment: &Assignment, line: &Line) -> String {
    if assignment.hides_names() { assignment.code(line.person) } else { line.person.to_string() }
}

/// The word and the tone of a state as those who mark read it.
pub(super) const fn standing_word(standing: Standing) -> (&'static str, &'static str) {
    match standing {
        Standing::Excused => (word!("assignments-standing-excused"), ""),
        Standing::Marked => (word!("assignments-is-marked"), "good"),
        Standing::AgainIn => (word!("assignments-handed-in-again"), "soon"),
        Standing::Late => (word!("assignments-is-late"), "soon"),
        Standing::In => (word!("assignments-to-mark"), "course"),
        Standing::Overdue => (word!("assignments-standing-overdue"), ""),
        Standing::Draft => (word!("assignments-standing-draft"), ""),
        Standing::NotBegun => (word!("assignments-standing-not-begun"), ""),
    }
}

/// `PUT .../marking/names`: shows names, once and for all.
pub(super) async fn reveal(State(ctx): State<Ctx>, visitor: Visitor, Path((course, item)): At) -> Result {
    let db = ctx.db.clone();
    db.write(move |tx| {
        let (viewer, _, item, assignment) = for_marker(tx, &visitor, course, item)?;
        if assignment.hides_names() {
            marking::reveal(tx, &item, &assignment, viewer.person)?;
        }
        let said = viewer.page(&ctx, "courses").t("assignments-names-are-shown");
        Ok(see_other(format!("{}/marking", super::path(&item))).flash(FlashKind::Good, said, None))
    })
    .await
}
