//! `.../marking/{who}`: one person's work on the left, points, rubric and comment on the right. What is typed is kept at
//! each change; "Give grade" gives it (campus-rules M25).

mod sheet;

use std::collections::BTreeMap;

use askama::Template;
use axum::extract::{Path, Query, State};
use courses::{Course, CourseId, CoursePage};
use gradebook::{GradeState, Points};
use outline::{Item, ItemId};
use people::{PersonId, Viewer, Visitor};
use serde::Deserialize;
use store::{Id, Tx, params, sql};
use web::{Ctx, Error, FlashKind, Form, Page, Response, Result, html, json, mistakes, see_other, word};

use self::sheet::{Piece, Sheet, pieces};
use super::editor::points;
use super::queue::{Only, who};
use super::{for_marker, path};
use crate::Assignment;
use crate::marking::{self, COMMENT_MAX, Kept, Line, Marks};
use crate::rubric::{Chosen, Criterion, RubricKind, score};
use crate::rules::{Standing, late_seconds};

/// What is said to whoever gives more than the most.
const MORE: &str = word!("assignments-more-than-most");

pub(super) type Of = Path<(CourseId, ItemId, String)>;

/// Which attempt is looked at, and among whom one goes on.
#[derive(Clone, Deserialize)]
pub(super) struct Which {
    attempt: Option<i64>,
    only: Option<String>,
}

impl Which {
    fn only(&self) -> Only {
        self.only.as_deref().and_then(|only| only.parse().ok()).unwrap_or(Only::All)
    }
}

#[derive(Template)]
#[template(path = "assignments/mark.html")]
struct MarkPage {
    page: Page,
    frame: CoursePage,
    item: Item,
    assignment: Assignment,
    line: Line,
    who: String,
    marker: PersonId,
    standing: Standing,
    sheet: Sheet,
    pieces: Vec<Piece>,
    form: Form,
    only: Only,
    /// The people before and after, in the order of the queue.
    before: Option<String>,
    after: Option<String>,
    place: (usize, usize),
    /// What somebody else has saved since, where this marker is to decide.
    newer: Option<String>,
    asks_for_more: bool,
}

/// Somebody in the queue, and where in it.
pub(super) struct Found {
    pub(super) line: Line,
    lines: Vec<Line>,
    at: usize,
}

/// The person of an address: by their code where names are hidden, and then by nothing else.
pub(super) fn found(tx: &mut Tx<'_>, item: &Item, assignment: &Assignment, named: &str) -> Result<Found> {
    let lines = marking::queue(tx, item, assignment)?;
    let at = lines.iter().position(|line| who(assignment, line) == named).ok_or_else(Error::not_found)?;
    Ok(Found { line: lines[at].clone(), lines, at })
}

pub(super) async fn show(
    State(ctx): State<Ctx>,
    visitor: Visitor,
    Path((course, item, named)): Of,
    Query(which): Query<Which>,
) -> Result {
    let db = ctx.db.clone();
    db.read(move |tx| {
        let (viewer, course, item, assignment) = for_marker(tx, &visitor, course, item)?;
        let found = found(tx, &item, &assignment, &named)?;
        let view = view(tx, &ctx, &viewer, &course, (item, assignment), found, &which, None)?;
        Ok(html(view))
    })
    .await
}

#[expect(clippy::too_many_arguments, reason = "a page with all that it shows")]
fn view(
    tx: &mut Tx<'_>,
    ctx: &Ctx,
    viewer: &Viewer,
    course: &Course,
    (item, assignment): (Item, Assignment),
    found: Found,
    which: &Which,
    form: Option<(Form, Option<String>)>,
) -> Result<MarkPage> {
    let (now, page) = (tx.now(), viewer.page(ctx, "courses"));
    let sheet = Sheet::load(tx, item.id, found.line.person, which.attempt)?;
    if which.attempt.is_some_and(|attempt| attempt > 0 && sheet.number != Some(attempt)) {
        return Err(Error::not_found());
    }
    let pieces = pieces(tx, &item, found.line.person, sheet.submission, viewer.person)?;
    let (form, newer) = form.unwrap_or_else(|| (filled(&sheet).in_language(&page.lang), None));
    let only = which.only();
    let shown: Vec<usize> = (0..found.lines.len())
        .filter(|at| *at == found.at || only.has(found.lines[*at].standing(&assignment, now)))
        .collect();
    let place = shown.iter().position(|at| *at == found.at).unwrap_or_default();
    let asks_for_more = form.errors().any(|(_, message)| message == MORE);
    let neighbour = |at: Option<usize>| at.and_then(|at| shown.get(at)).map(|at| who(&assignment, &found.lines[*at]));
    Ok(MarkPage {
        frame: CoursePage::new(viewer, course, "outline"),
        who: who(&assignment, &found.line),
        marker: viewer.person,
        standing: found.line.standing(&assignment, now),
        before: neighbour(place.checked_sub(1)),
        after: neighbour(Some(place + 1)),
        place: (place + 1, shown.len()),
        asks_for_more,
        line: found.line,
        only,
        newer,
        page,
        item,
        assignment,
        sheet,
        pieces,
        form,
    })
}

/// The form as it was left: marks on their way, else those that were given.
fn filled(sheet: &Sheet) -> Form {
    let given = (sheet.marked_points, sheet.marked_comment.clone(), sheet.marked_levels.clone());
    let (points, comment, levels) = match sheet.draft_revision {
        Some(revision) if revision > 0 => (sheet.draft_points, sheet.draft_comment.clone(), sheet.draft_levels.clone()),
        _ => given,
    };
    let mut fields = fields(&Marks {
        points,
        comment: comment.unwrap_or_default(),
        levels: levels.map(|json| json.0).unwrap_or_default(),
    });
    fields.insert("revision".to_owned(), sheet.draft_revision.unwrap_or_default().to_string());
    fields.insert("given".to_owned(), given_mark(sheet));
    fields.insert("attempt".to_owned(), sheet.number.unwrap_or_default().to_string());
    Form::of(&fields.into_iter().collect::<Vec<_>>())
}

/// What a window knows of the marks that were given: when they were; empty where none are.
fn given_mark(sheet: &Sheet) -> String {
    sheet.marked_at.map(|at| at.to_string()).unwrap_or_default()
}

/// Marks as the form has them.
pub(super) fn fields(marks: &Marks) -> BTreeMap<String, String> {
    let mut fields = BTreeMap::from([
        ("points".to_owned(), marks.points.map(|points| points.to_string()).unwrap_or_default()),
        ("comment".to_owned(), marks.comment.clone()),
    ]);
    for chosen in &marks.levels {
        let id = chosen.criterion;
        fields.insert(format!("level_{id}"), chosen.level.map(|level| level.to_string()).unwrap_or_default());
        let points = chosen.points.map(|points| Points::from_units(points).to_string());
        fields.insert(format!("points_{id}"), points.unwrap_or_default());
        fields.insert(format!("comment_{id}"), chosen.comment.clone());
    }
    fields
}

/// Marks as they were typed; what is wrong is said at its field.
pub(super) fn read(form: &mut Form, kind: Option<RubricKind>, criteria: &[Criterion]) -> Marks {
    let typed = points(form, "points");
    let comment = form.text("comment").max(COMMENT_MAX).get();
    let mut levels = Vec::new();
    for criterion in kind.into_iter().flat_map(|kind| criteria.iter().map(move |criterion| (kind, criterion))) {
        let (kind, criterion) = criterion;
        let level = form.value(format!("level_{}", criterion.id)).parse::<usize>().ok();
        let level = level.filter(|level| kind == RubricKind::Checklist || *level < criterion.levels.len());
        let name = format!("points_{}", criterion.id);
        let own = (kind == RubricKind::Guide).then(|| points(form, &name)).flatten();
        if own.is_some_and(|own| own > criterion.most(kind)) {
            let most = web::Arg::Text(criterion.most(kind).to_string().into());
            form.fail_with(&name, word!("assignments-at-most-points"), &[("most", most)]);
        }
        let beside = format!("comment_{}", criterion.id);
        let comment = form.text(&beside).max(COMMENT_MAX).get();
        let says_nothing = level.is_none() && own.is_none() && comment.is_empty() && kind != RubricKind::Checklist;
        if !says_nothing {
            levels.push(Chosen { criterion: criterion.id, level, points: own.map(Points::units), comment });
        }
    }
    Marks { points: typed, comment, levels }
}

#[derive(serde::Serialize)]
pub(super) struct Saved {
    pub(super) revision: i64,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) fields: Option<BTreeMap<String, String>>,
}

/// `POST`: keeps the marks; gives them, keeps a comment for later or puts one in, or only answers a script, as the button
/// says.
pub(super) async fn save(
    State(ctx): State<Ctx>,
    visitor: Visitor,
    Path((course, item, named)): Of,
    Query(which): Query<Which>,
    form: Form,
) -> Result {
    let db = ctx.db.clone();
    db.write(move |tx| {
        let (viewer, course, item, assignment) = for_marker(tx, &visitor, course, item)?;
        let found = found(tx, &item, &assignment, &named)?;
        take(tx, &ctx, (&viewer, &course), (item, assignment), found, &which, form)
    })
    .await
}

fn take(
    tx: &mut Tx<'_>,
    ctx: &Ctx,
    (viewer, course): (&Viewer, &Course),
    (item, assignment): (Item, Assignment),
    found: Found,
    which: &Which,
    mut form: Form,
) -> Result {
    let person = found.line.person;
    let attempt: i64 = form.value("attempt").parse().unwrap_or(0);
    let sheet = Sheet::load(tx, item.id, person, (attempt > 0).then_some(attempt))?;
    if attempt > 0 && sheet.number != Some(attempt) {
        return Err(Error::not_found());
    }
    let which = Which { attempt: (attempt > 0).then_some(attempt), only: which.only.clone() };
    put_in_phrase(tx, &mut form, viewer.person, course.id)?;
    let criteria = sheet.criteria.clone().map(|json| json.0).unwrap_or_default();
    let mut marks = read(&mut form, sheet.rubric_kind, &criteria);
    let what = form.value("do").to_owned();
    if form.has_errors() {
        return wrong(tx, ctx, viewer, course, (item, assignment), found, &which, (form, None));
    }
    if let Some(given) = given_since(&form, &assignment, &sheet, &criteria, &marks) {
        if what == "keep" {
            return Ok(told(sheet.draft_revision.unwrap_or_default(), &given, &given_mark(&sheet)));
        }
        form.set("given", given_mark(&sheet));
        form.set("revision", sheet.draft_revision.unwrap_or_default().to_string());
        form.fail("comment", word!("assignments-newer-marks"));
        let said = said(viewer, ctx, &given);
        return wrong(tx, ctx, viewer, course, (item, assignment), found, &which, (form, Some(said)));
    }
    let based_on = form.value("revision").parse().unwrap_or(0);
    match marking::keep(tx, item.id, (person, attempt), &marks, based_on, viewer.person)? {
        Kept::As(revision) if what == "keep" => return Ok(json(&Saved { revision, fields: None })),
        Kept::Newer(revision, newer) if what == "keep" => return Ok(told(revision, &newer, &given_mark(&sheet))),
        Kept::As(revision) => form.set("revision", revision.to_string()),
        Kept::Newer(revision, newer) => {
            form.set("revision", revision.to_string());
            form.fail("comment", word!("assignments-newer-marks"));
            let said = said(viewer, ctx, &newer);
            return wrong(tx, ctx, viewer, course, (item, assignment), found, &which, (form, Some(said)));
        }
    }
    if what == "phrase" && !marks.comment.is_empty() {
        marking::keep_phrase(tx, viewer.person, course.id, &marks.comment)?;
    }
    if let Ok(id) = form.value("drop").parse::<Id>() {
        marking::drop_phrase(tx, viewer.person, course.id, id)?;
    }
    let here = format!("{}/marking/{}?only={}", path(&item), who(&assignment, &found.line), which.only());
    if what != "give" {
        return Ok(see_other(if attempt > 0 { format!("{here}&attempt={attempt}") } else { here }));
    }
    complete(&mut form, &assignment, &sheet, &criteria, &mut marks);
    if form.has_errors() {
        return wrong(tx, ctx, viewer, course, (item, assignment), found, &which, (form, None));
    }
    marking::give(tx, &item, &assignment, (person, attempt), &marks, viewer.person)?;
    Ok(onward(tx, ctx, viewer, &item, &assignment, &found, which.only()))
}

/// Marks that somebody else has given since the window was opened; none where there are none, or the same.
fn given_since(
    form: &Form,
    assignment: &Assignment,
    sheet: &Sheet,
    criteria: &[Criterion],
    marks: &Marks,
) -> Option<Marks> {
    if sheet.marked_at.is_none() || form.value("given") == given_mark(sheet) {
        return None;
    }
    let given = Marks {
        points: sheet.marked_points,
        comment: sheet.marked_comment.clone().unwrap_or_default(),
        levels: sheet.marked_levels.clone().map(|json| json.0).unwrap_or_default(),
    };
    let mut sent = marks.clone();
    complete(&mut form.clone(), assignment, sheet, criteria, &mut sent);
    (sent != given).then_some(given)
}

/// The points that are given: those typed, else those of the rubric. What is graded needs some.
fn complete(form: &mut Form, assignment: &Assignment, sheet: &Sheet, criteria: &[Criterion], marks: &mut Marks) {
    let by_rubric = sheet.rubric_kind.filter(|_| !criteria.is_empty());
    marks.points = marks.points.or_else(|| score(by_rubric?, criteria, &marks.levels));
    if !assignment.is_graded() {
        marks.points = None;
        return;
    }
    match marks.points {
        None => form.fail("points", word!("assignments-points-missing")),
        Some(points) if points > assignment.points() && !form.flag("more") => {
            let most = web::Arg::Text(assignment.points().to_string().into());
            form.fail_with("points", MORE, &[("most", most)]);
        }
        Some(_) => {}
    }
}

/// Puts a kept comment behind what is written, where that was asked.
fn put_in_phrase(tx: &mut Tx<'_>, form: &mut Form, person: PersonId, course: CourseId) -> store::Result<()> {
    let (true, Ok(id)) = (form.value("do") == "insert", form.value("phrase").parse::<Id>()) else { return Ok(()) };
    let text: Option<(String,)> = tx.maybe(
        sql!("select text from comment_phrase where id = ?1 and person = ?2 and course = ?3"),
        params![id, person, course],
    )?;
    if let Some((text,)) = text {
        let before = form.value("comment").trim_end().to_owned();
        form.set("comment", if before.is_empty() { text } else { format!("{before}\n{text}") });
    }
    Ok(())
}

#[expect(clippy::too_many_arguments, reason = "a page with all that it shows")]
fn wrong(
    tx: &mut Tx<'_>,
    ctx: &Ctx,
    viewer: &Viewer,
    course: &Course,
    of: (Item, Assignment),
    found: Found,
    which: &Which,
    form: (Form, Option<String>),
) -> Result {
    Ok(mistakes(view(tx, ctx, viewer, course, of, found, which, Some(form))?))
}

/// On to the next in the queue that waits; to the queue where nobody does.
fn onward(
    tx: &mut Tx<'_>,
    ctx: &Ctx,
    viewer: &Viewer,
    item: &Item,
    assignment: &Assignment,
    found: &Found,
    only: Only,
) -> Response {
    let now = tx.now();
    let (before, behind) = found.lines.split_at(found.at);
    let next = behind.iter().skip(1).chain(before).find(|line| line.standing(assignment, now).waits());
    let page = viewer.page(ctx, "courses");
    let said = page.ta("assignments-given", &[("name", found.line.name.as_str())]);
    let to = match next.filter(|_| only != Only::Marked) {
        Some(next) => format!("{}/marking/{}?only={only}", path(item), who(assignment, next)),
        None => format!("{}/marking", path(item)),
    };
    see_other(to).flash(FlashKind::Good, said, None)
}

fn told(revision: i64, newer: &Marks, given: &str) -> Response {
    let mut fields = fields(newer);
    fields.insert("given".to_owned(), given.to_owned());
    json(&Saved { revision, fields: Some(fields) }).status(http::StatusCode::CONFLICT)
}

fn said(viewer: &Viewer, ctx: &Ctx, newer: &Marks) -> String {
    let points = newer
        .points
        .map(|points| viewer.page(ctx, "courses").ta("assignments-points-are", &[("points", points.to_string())]));
    [points, Some(newer.comment.clone())]
        .into_iter()
        .flatten()
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join("\n")
}

impl MarkPage {
    /// How late the attempt was by the date that holds for the learner now.
    fn late_seconds(&self) -> i64 {
        self.sheet.at.map_or(0, |at| late_seconds(self.line.due_at, at))
    }

    fn base(&self) -> String {
        format!("{}/marking", path(&self.item))
    }

    fn criteria(&self) -> &[Criterion] {
        self.sheet.criteria.as_ref().map_or(&[], |json| json.0.as_slice())
    }

    fn kind(&self) -> RubricKind {
        self.sheet.rubric_kind.unwrap_or(RubricKind::Rubric)
    }

    fn of(&self, what: i64) -> impl Iterator<Item = &Piece> {
        self.pieces.iter().filter(move |piece| piece.what == what)
    }

    fn files(&self) -> Vec<&Piece> {
        self.of(0).collect()
    }

    fn attempts(&self) -> Vec<i64> {
        self.of(1).map(|piece| piece.number).collect()
    }

    fn phrases(&self) -> Vec<&Piece> {
        self.of(2).collect()
    }

    fn reviews(&self) -> Vec<&Piece> {
        self.of(3).collect()
    }

    fn reports(&self) -> Vec<&Piece> {
        self.of(4).collect()
    }

    /// The middle of what fellow learners gave by the rubric.
    fn median(&self) -> Option<Points> {
        let points = self.of(3).filter(|piece| piece.number >= 0).map(|piece| Points::from_units(piece.number));
        crate::peer::median(&points.collect::<Vec<_>>())
    }

    fn file_path(&self, file: &Piece) -> String {
        format!("{}/submissions/{}/files/{}/{}", path(&self.item), file.id, file.number, web::url::encoded(&file.text))
    }

    /// What the rubric makes of what was chosen, for those who type nothing.
    fn points_hint(&self) -> String {
        if self.criteria().is_empty() { String::new() } else { self.page.t("assignments-points-by-rubric") }
    }

    fn is_excused(&self) -> bool {
        self.sheet.state == Some(GradeState::Excused)
    }

    /// Whether the marks in the form are those that were given.
    fn is_given(&self) -> bool {
        self.sheet.marked_at.is_some() && self.sheet.draft_revision.unwrap_or_default() == 0
    }

    fn is_shown_in_frame(piece: &Piece) -> bool {
        matches!(piece.media_type.as_str(), "application/pdf" | "text/plain")
    }
}
