//! `GET /courses/{course}/grades`: a learner's grades and what they come to; with `what-...` fields, what they would come to.
//! `GET /courses/{course}/gradebook/people/{person}`: the same for those who teach, with what is not posted.

use askama::Template;
use axum::extract::{Path, State};
use courses::{Course, CourseId, CoursePage, LEARN};
use outline::ItemId;
use people::{PersonId, Visitor};
use store::{Time, Tx};
use web::{Ctx, Error, Form, Page, Result, html, mistakes};

use super::common::{Admitted, admitted_in_part, no_points};
use super::explain::{Explained, explained, group_title};
use super::words;
use crate::book::{Book, learners};
use crate::sheet::{Cell, Entry, Learner, Sheet, Status, no_group};
use crate::total::View;
use crate::{Column, ColumnId, GRADE, GroupId, Mode, Points, VIEW_GRADES, finals};

/// What the names of the fields of what somebody tries out begin with.
const TRY: &str = "what-";

#[derive(Template)]
#[template(path = "gradebook/grades.html")]
pub(super) struct GradesPage {
    page: Page,
    frame: CoursePage,
    /// The learner, where somebody else looks.
    learner: Option<(PersonId, String)>,
    groups: Vec<GroupView>,
    totals: Vec<Explained>,
    /// What the totals would be.
    tried: Vec<Explained>,
    form: Form,
    rules: Vec<String>,
    shows_figures: bool,
    /// Whether more than one group is shown, so that each is named.
    has_groups: bool,
    /// The final grade that holds in place of what the rules make.
    held: Option<HeldView>,
    /// Whether the final grades of the course are settled.
    is_locked: bool,
    may_grade: bool,
}

struct HeldView {
    shown: Option<String>,
    kind: &'static str,
    reason: String,
    at: Time,
}

impl HeldView {
    fn of(page: &Page, book: &Book, learner: &Learner) -> Option<Self> {
        let set = finals::held(book, learner)?;
        let (shown, reason) = (words::held(page, set), set.reason.clone());
        Some(Self { shown, kind: super::finals::kind(set.kind), reason, at: set.at })
    }
}

struct GroupView {
    title: String,
    weight: Option<String>,
    total: Option<String>,
    rows: Vec<RowView>,
}

struct RowView {
    id: ColumnId,
    title: String,
    item: Option<ItemId>,
    due: Option<Time>,
    /// Whether that is a date of the learner's own, or of their section.
    is_own_date: bool,
    status: Option<(&'static str, &'static str)>,
    points: Option<String>,
    possible: String,
    notes: Vec<String>,
    is_hidden: bool,
}

/// The learner's own page.
pub(super) async fn show(State(ctx): State<Ctx>, visitor: Visitor, Path(id): Path<CourseId>, mut form: Form) -> Result {
    let db = ctx.db.clone();
    db.read(move |tx| {
        let viewer = visitor.signed_in(tx)?;
        let course = Course::enter(tx, id, &viewer)?;
        viewer.must(LEARN, &course.scope())?;
        let page = viewer.page(&ctx, "courses");
        let learner = learners(tx, id, Some(viewer.person))?.pop().unwrap_or_else(|| nobody(&viewer));
        let seen = Seen::load(tx, id, &learner, View::default())?;
        let tried = seen.tried(&mut form, &learner);
        let totals = if seen.book.policy.shows_total { seen.totals(&page) } else { Vec::new() };
        let shows_held = seen.book.policy.shows_total || seen.book.locked_at.is_some();
        let tried = tried.filter(|_| !totals.is_empty() && !form.has_errors());
        let view = GradesPage {
            learner: None,
            groups: seen.groups(&page, false),
            tried: tried.map(|sheet| both(&page, &seen.book, &sheet)).unwrap_or_default(),
            totals,
            rules: words::policy(&page, &seen.book),
            shows_figures: seen.book.policy.shows_figures,
            held: HeldView::of(&page, &seen.book, &learner).filter(|_| shows_held),
            is_locked: seen.book.locked_at.is_some(),
            may_grade: false,
            has_groups: !seen.book.groups.is_empty(),
            frame: CoursePage::new(&viewer, &course, "grades"),
            page,
            form,
        };
        Ok(if view.form.has_errors() { mistakes(view) } else { html(view) })
    })
    .await
}

/// Somebody who may learn in the course without being enrolled in it: what is for everybody is theirs.
fn nobody(viewer: &people::Viewer) -> Learner {
    Learner {
        person: viewer.person,
        given: viewer.given.clone(),
        family: viewer.family.clone(),
        sort_name: String::new(),
        email: viewer.email.clone(),
        sections: Vec::new(),
        section_names: Vec::new(),
        concluded: false,
        set: None,
    }
}

/// One learner, as those who teach see them.
pub(super) async fn of_one(
    State(ctx): State<Ctx>,
    visitor: Visitor,
    Path((id, person)): Path<(CourseId, PersonId)>,
) -> Result {
    let db = ctx.db.clone();
    db.read(move |tx| {
        let admitted = admitted_in_part(tx, &visitor, id, VIEW_GRADES)?;
        let learner = learners(tx, id, Some(person))?.pop().filter(|learner| admitted.may(learner));
        let learner = learner.ok_or_else(Error::not_found)?;
        Ok(html(teacher_view(tx, &ctx, &admitted, learner, None)?))
    })
    .await
}

/// The page of a learner for those who teach, with the form for the final grade as it is or as it was sent.
pub(super) fn teacher_view(
    tx: &mut Tx<'_>,
    ctx: &Ctx,
    admitted: &Admitted,
    learner: Learner,
    sent: Option<Form>,
) -> store::Result<GradesPage> {
    let page = admitted.viewer.page(ctx, "courses");
    let seen = Seen::load(tx, admitted.course.id, &learner, View { unposted: true, ..View::default() })?;
    let held = HeldView::of(&page, &seen.book, &learner);
    let form = sent.unwrap_or_else(|| {
        let was = learner.set.as_ref().map(|set| set.id.to_string()).unwrap_or_default();
        let percent = finals::held(&seen.book, &learner).and_then(|set| set.percent);
        Form::of(&[("was", was), ("percent", percent.map(|percent| percent.to_string()).unwrap_or_default())])
    });
    Ok(GradesPage {
        groups: seen.groups(&page, true),
        totals: seen.totals(&page),
        tried: Vec::new(),
        form,
        held,
        is_locked: seen.book.locked_at.is_some(),
        may_grade: admitted.viewer.can(GRADE, &admitted.course.scope()),
        rules: words::policy(&page, &seen.book),
        shows_figures: false,
        has_groups: !seen.book.groups.is_empty(),
        frame: CoursePage::new(&admitted.viewer, &admitted.course, "gradebook"),
        learner: Some((learner.person, learner.name())),
        page,
    })
}

/// A book and one sheet of it.
struct Seen {
    book: Book,
    entries: Vec<Option<Entry>>,
    sheet: Sheet,
}

impl Seen {
    fn load(tx: &mut Tx<'_>, course: CourseId, learner: &Learner, view: View) -> store::Result<Self> {
        let book = Book::load(tx, course)?;
        let grades = book.grades(tx, Some(&[learner.person]))?;
        let mut entries = vec![None; book.columns.len()];
        for (at, entry) in grades.values().flatten() {
            entries[*at] = Some(*entry);
        }
        let sheet = book.sheet_of(learner, entries.clone(), view);
        Ok(Self { book, entries, sheet })
    }

    fn totals(&self, page: &Page) -> Vec<Explained> {
        both(page, &self.book, &self.sheet)
    }

    /// The sheet as it would be with the points that were typed; none where none were.
    fn tried(&self, form: &mut Form, learner: &Learner) -> Option<Sheet> {
        let mut entries = self.entries.clone();
        let mut any = false;
        for (column, entry) in self.book.columns.iter().zip(&mut entries) {
            let name = format!("{TRY}{}", column.id);
            let typed = form.value(&name).trim().to_owned();
            if typed.is_empty() {
                continue;
            }
            any = true;
            match typed.parse::<Points>() {
                Ok(points) => *entry = Some(Entry::tried(points)),
                Err(fault) => form.fail(&name, no_points(fault)),
            }
        }
        any.then(|| self.book.sheet_of(learner, entries, View::default()))
    }

    fn groups(&self, page: &Page, is_teacher: bool) -> Vec<GroupView> {
        let total = self.sheet.total(Mode::Current);
        let mut ids: Vec<GroupId> = self.book.groups.iter().map(|group| group.id).collect();
        ids.push(no_group());
        let view = |id: GroupId| {
            let mine = self.book.columns.iter().zip(&self.sheet.cells);
            let mine = mine.filter(|(column, cell)| {
                column.group.unwrap_or_else(no_group) == id && cell.status != Status::NotTheirs
            });
            let rows: Vec<RowView> = mine.map(|(column, cell)| self.row(page, column, cell, is_teacher)).collect();
            let share = total.groups.iter().find(|group| group.group == id).and_then(|group| group.share.as_ref());
            let group = self.book.groups.iter().find(|group| group.id == id);
            let weight = group.filter(|_| self.book.policy.weighted).map(|group| words::percent(page, group.weight));
            let shows = is_teacher || self.book.policy.shows_total;
            let total = share.filter(|_| shows).map(|share| words::percent(page, crate::Percent::of(share)));
            (!rows.is_empty()).then(|| GroupView { title: group_title(page, &self.book, id), weight, total, rows })
        };
        ids.into_iter().filter_map(view).collect()
    }

    fn row(&self, page: &Page, column: &Column, cell: &Cell, is_teacher: bool) -> RowView {
        let is_hidden = is_teacher && !cell.posted;
        let cell = if is_teacher { *cell } else { cell.as_learner() };
        let mut notes = Vec::new();
        if let (Some(taken), Some(rule)) = (&cell.deduction, &self.book.policy.late) {
            notes.push(words::lateness(page, column, &cell, taken, rule));
        }
        if let (true, Some(off)) = (cell.by_missing_rule, self.book.policy.missing) {
            notes.push(page.ta("grades-by-missing-rule", &[("percent", words::percent(page, off))]));
        }
        if column.extra {
            notes.push(page.t("grades-extra"));
        }
        if !column.counts {
            notes.push(page.t("grades-fate-left-out"));
        }
        RowView {
            id: column.id,
            title: column.title.clone(),
            item: column.item,
            due: cell.due,
            is_own_date: cell.due != column.due_at,
            status: words::status(&cell),
            points: cell.score.map(|score| words::points(page, score)),
            possible: words::points(page, column.points),
            notes,
            is_hidden,
        }
    }
}

fn both(page: &Page, book: &Book, sheet: &Sheet) -> Vec<Explained> {
    [Mode::Current, Mode::Final].into_iter().map(|mode| explained(page, book, sheet, mode)).collect()
}

impl GradesPage {
    fn field(&self, row: &RowView) -> String {
        format!("{TRY}{}", row.id)
    }

    fn is_trying(&self) -> bool {
        !self.tried.is_empty()
    }

    /// What a total would be.
    fn would_be(&self, total: &Explained) -> Option<&Explained> {
        self.tried.iter().find(|tried| tried.key == total.key)
    }
}
