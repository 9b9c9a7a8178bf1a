//! `.../items/{item}/reviews`: the works of others that a learner reviews, and what others said of theirs.

use askama::Template;
use axum::extract::{Path, State};
use courses::{Course, CourseId, CoursePage, LEARN};
use gradebook::Points;
use outline::{Item, ItemId};
use people::{Viewer, Visitor};
use store::{Id, Tx};
use web::{Ctx, Error, FlashKind, Form, Page, Response, Result, html, json, mistakes, see_other, word};

use super::mark::{Saved, fields, read};
use super::marks::{Back, back};
use super::{At, path};
use crate::draft::WorkFile;
use crate::marking::Marks;
use crate::peer::{self, Given, Line, Review};
use crate::rubric::{Criterion, RubricKind, score};
use crate::{Assignment, Submission};

/// The most characters of a report.
const REPORT_MAX: usize = 2_000;

#[derive(Template)]
#[template(path = "assignments/reviews.html")]
struct List {
    page: Page,
    frame: CoursePage,
    item: Item,
    own: Vec<Line>,
    received: Vec<Line>,
    asked: usize,
}

#[derive(Template)]
#[template(path = "assignments/review.html")]
struct ReviewPage {
    page: Page,
    frame: CoursePage,
    item: Item,
    review: Review,
    files: Vec<(i64, WorkFile)>,
    form: Form,
}

fn for_reviewer(
    tx: &mut Tx<'_>,
    visitor: &Visitor,
    course: CourseId,
    item: ItemId,
) -> Result<(Viewer, Course, Item, Assignment)> {
    let viewer = visitor.signed_in(tx)?;
    let course = Course::enter(tx, course, &viewer)?;
    viewer.must(LEARN, &course.scope())?;
    let (item, assignment) = Assignment::with_item(tx, course.id, item)?;
    if assignment.peer_reviews == 0 || item.published_at.is_none() {
        return Err(Error::not_found());
    }
    Ok((viewer, course, item, assignment))
}

pub(super) async fn list(State(ctx): State<Ctx>, visitor: Visitor, Path((course, item)): At) -> Result {
    let db = ctx.db.clone();
    db.read(move |tx| {
        let (viewer, course, item, assignment) = for_reviewer(tx, &visitor, course, item)?;
        let lines = peer::lines(tx, item.id, viewer.person, assignment.peer_reviews)?;
        let (own, received) = lines.into_iter().partition(|line| line.is_own);
        let view = List {
            page: viewer.page(&ctx, "courses"),
            frame: CoursePage::new(&viewer, &course, "outline"),
            item,
            own,
            received,
            asked: assignment.peer_reviews as usize,
        };
        Ok(html(view))
    })
    .await
}

/// `POST`: the next work to review.
pub(super) async fn next(State(ctx): State<Ctx>, visitor: Visitor, Path((course, item)): At) -> Result {
    let db = ctx.db.clone();
    db.write(move |tx| {
        let (viewer, _, item, assignment) = for_reviewer(tx, &visitor, course, item)?;
        let said = match peer::next(tx, &item, &assignment, viewer.person)? {
            Given::Review(id) => return Ok(see_other(format!("{}/reviews/{id}", path(&item)))),
            Given::Enough => word!("assignments-reviews-enough"),
            Given::HandInFirst => word!("assignments-reviews-hand-in-first"),
            Given::NobodyYet => word!("assignments-reviews-nobody-yet"),
        };
        let said = viewer.page(&ctx, "courses").t(said);
        Ok(see_other(format!("{}/reviews", path(&item))).flash(FlashKind::Info, said, None))
    })
    .await
}

type Of = Path<(CourseId, ItemId, Id)>;

pub(super) async fn show(State(ctx): State<Ctx>, visitor: Visitor, Path((course, item, id)): Of) -> Result {
    let db = ctx.db.clone();
    db.read(move |tx| {
        let (viewer, course, item, _) = for_reviewer(tx, &visitor, course, item)?;
        let review = peer::find(tx, item.id, viewer.person, id)?;
        let form = filled(&review);
        Ok(html(view(tx, &ctx, &viewer, &course, item, review, form)?))
    })
    .await
}

fn filled(review: &Review) -> Form {
    let marks = Marks { points: review.points, comment: review.comment.clone(), levels: review.levels.0.clone() };
    let mut fields = fields(&marks);
    fields.insert("revision".to_owned(), review.revision.to_string());
    Form::of(&fields.into_iter().collect::<Vec<_>>())
}

fn view(
    tx: &mut Tx<'_>,
    ctx: &Ctx,
    viewer: &Viewer,
    course: &Course,
    item: Item,
    review: Review,
    form: Form,
) -> Result<ReviewPage> {
    Ok(ReviewPage {
        page: viewer.page(ctx, "courses"),
        frame: CoursePage::new(viewer, course, "outline"),
        files: Submission::files(tx, review.submission)?,
        item,
        review,
        form,
    })
}

/// `POST`: keeps it; gives it, reports the work, or only answers a script, as the button says.
pub(super) async fn save(State(ctx): State<Ctx>, visitor: Visitor, Path((course, item, id)): Of, form: Form) -> Result {
    let db = ctx.db.clone();
    db.write(move |tx| {
        let (viewer, course, item, _) = for_reviewer(tx, &visitor, course, item)?;
        let review = peer::find(tx, item.id, viewer.person, id)?;
        take(tx, &ctx, &viewer, &course, item, review, form)
    })
    .await
}

fn take(
    tx: &mut Tx<'_>,
    ctx: &Ctx,
    viewer: &Viewer,
    course: &Course,
    item: Item,
    review: Review,
    mut form: Form,
) -> Result {
    let list = format!("{}/reviews", path(&item));
    let page = viewer.page(ctx, "courses");
    if form.value("do") == "report" {
        let words = form.text("report").required().max(REPORT_MAX).get();
        if form.has_errors() {
            return Ok(mistakes(view(tx, ctx, viewer, course, item, review, form)?));
        }
        peer::report(tx, &review, &words, course.id, viewer.person)?;
        return Ok(see_other(list).flash(FlashKind::Good, page.t("assignments-review-reported"), None));
    }
    // Given before: sent twice it is given once, and it does not change any more.
    if review.done_at.is_some() {
        return Ok(see_other(list));
    }
    let criteria = review.criteria.clone().map(|json| json.0).unwrap_or_default();
    let marks = read(&mut form, review.rubric_kind, &criteria);
    if form.has_errors() {
        return Ok(mistakes(view(tx, ctx, viewer, course, item, review, form)?));
    }
    let is_script = form.value("do") == "keep";
    let based_on = form.value("revision").parse().unwrap_or(0);
    match peer::keep(tx, &review, &marks, based_on)? {
        Some(revision) if is_script => return Ok(json(&Saved { revision, fields: None })),
        Some(revision) => form.set("revision", revision.to_string()),
        None if is_script => return Ok(told(&review)),
        None => {
            form.set("revision", review.revision.to_string());
            form.fail("comment", word!("assignments-newer"));
            return Ok(mistakes(view(tx, ctx, viewer, course, item, review, form)?));
        }
    }
    if form.value("do") != "give" {
        return Ok(see_other(format!("{list}/{}", review.id)));
    }
    let points = review.rubric_kind.and_then(|kind| score(kind, &criteria, &marks.levels));
    if !criteria.is_empty() && points.is_none() {
        form.fail("comment", word!("assignments-review-rubric-missing"));
    }
    form.text("comment").required().get();
    if form.has_errors() {
        return Ok(mistakes(view(tx, ctx, viewer, course, item, review, form)?));
    }
    let points = points.filter(|_| !criteria.is_empty());
    peer::give(tx, &review, points, course.id, viewer.person)?;
    Ok(see_other(list).flash(FlashKind::Good, page.t("assignments-review-given"), None))
}

fn told(newer: &Review) -> Response {
    let marks = Marks { points: newer.points, comment: newer.comment.clone(), levels: newer.levels.0.clone() };
    json(&Saved { revision: newer.revision, fields: Some(fields(&marks)) }).status(http::StatusCode::CONFLICT)
}

impl List {
    fn done(&self) -> usize {
        self.own.iter().filter(|line| line.done_at.is_some()).count()
    }

    /// Whether another work can be asked for: none is begun, and some are left to do.
    fn asks(&self) -> bool {
        self.own.len() < self.asked && self.done() == self.own.len()
    }

    fn criteria(&self, line: &Line) -> Vec<Back> {
        let (Some(kind), Some(criteria)) = (line.kind, &line.criteria) else { return Vec::new() };
        criteria.0.iter().map(|criterion| back(kind, criterion, &line.levels.0)).collect()
    }
}

impl ReviewPage {
    fn criteria(&self) -> &[Criterion] {
        self.review.criteria.as_ref().map_or(&[], |json| json.0.as_slice())
    }

    fn kind(&self) -> RubricKind {
        self.review.rubric_kind.unwrap_or(RubricKind::Rubric)
    }

    fn path(&self) -> String {
        format!("{}/reviews/{}", path(&self.item), self.review.id)
    }

    fn file_path(&self, position: &i64, file: &WorkFile) -> String {
        let name = web::url::encoded(&file.name);
        format!("{}/submissions/{}/files/{position}/{name}", path(&self.item), self.review.submission)
    }

    /// What the criteria make, where there are any.
    fn hint(&self) -> String {
        let most: Points = self.criteria().iter().map(|criterion| criterion.most(self.kind())).sum();
        let most = (!self.criteria().is_empty()).then(|| most.to_string());
        most.map_or_else(String::new, |most| self.page.ta("assignments-review-sum", &[("most", most)]))
    }
}
