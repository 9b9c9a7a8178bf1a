//! `.../items/{item}/marks`: what came back to a learner: points, levels of the rubric, comments. Theirs alone.

use askama::Template;
use axum::extract::{Path, State};
use courses::{Course, CoursePage};
use gradebook::Points;
use outline::{Item, load};
use people::Visitor;
use web::{Ctx, Page, Result, html};

use super::At;
use crate::Assignment;
use crate::marking::{self, Returned, Seen};
use crate::rubric::{Chosen, Criterion, RubricKind, points_of};

#[derive(Template)]
#[template(path = "assignments/marks.html")]
struct MarksPage {
    page: Page,
    frame: CoursePage,
    item: Item,
    assignment: Assignment,
    /// None where nothing came back yet.
    seen: Option<(Seen, Option<Returned>)>,
}

pub(super) async fn show(State(ctx): State<Ctx>, visitor: Visitor, Path((course, item)): At) -> Result {
    let db = ctx.db.clone();
    db.read(move |tx| {
        let viewer = visitor.signed_in(tx)?;
        let course = Course::find(tx, course)?;
        viewer.must_see(courses::VIEW, &course.scope())?;
        let (mut item, assignment) = Assignment::with_item(tx, course.id, item)?;
        // Lateness is by the date that holds for the learner.
        let outline = load(tx, course.id, Some(viewer.person), false)?;
        if let Some(own) = outline.arrange().items().find(|own| own.item.id == item.id) {
            item.due_at = own.item.due_at;
        }
        let returned = marking::returned(tx, item.id, viewer.person)?;
        let marked_at = returned.as_ref().map(|marks| marks.at);
        let seen = marking::seen_by_learner(tx, &item, &assignment, viewer.person, marked_at)?;
        let view = MarksPage {
            page: viewer.page(&ctx, "courses"),
            frame: CoursePage::new(&viewer, &course, "outline"),
            seen: seen.map(|seen| (seen, returned)),
            item,
            assignment,
        };
        Ok(html(view))
    })
    .await
}

/// One criterion as it came back.
pub(super) struct Back {
    pub(super) title: String,
    pub(super) description: String,
    pub(super) points: Option<Points>,
    pub(super) most: Points,
    /// Each level, and whether it was chosen.
    pub(super) levels: Vec<(String, bool)>,
    /// Of a checklist: whether it was met.
    pub(super) is_met: Option<bool>,
    pub(super) comment: String,
}

impl MarksPage {
    fn criteria(&self, returned: &Returned) -> Vec<Back> {
        let (Some(kind), Some(criteria)) = (returned.kind, &returned.criteria) else { return Vec::new() };
        // Who gave points without the rubric says nothing of its criteria.
        if returned.levels.0.is_empty() {
            return Vec::new();
        }
        criteria.0.iter().map(|criterion| back(kind, criterion, &returned.levels.0)).collect()
    }
}

pub(super) fn back(kind: RubricKind, criterion: &Criterion, all: &[Chosen]) -> Back {
    let chosen = all.iter().find(|chosen| chosen.criterion == criterion.id);
    let level = chosen.and_then(|chosen| chosen.level);
    Back {
        title: criterion.title.clone(),
        description: criterion.description.clone(),
        points: points_of(kind, criterion, all),
        most: criterion.most(kind),
        levels: criterion.levels.iter().enumerate().map(|(at, one)| (one.text.clone(), Some(at) == level)).collect(),
        is_met: (kind == RubricKind::Checklist && chosen.is_some()).then_some(level == Some(0)),
        comment: chosen.map(|chosen| chosen.comment.clone()).unwrap_or_default(),
    }
}
