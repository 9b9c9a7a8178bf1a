//! `GET /courses/{course}/gradebook`: the grades of everybody, a page of people at a time. A cell leads to its own page, and
//! is edited in place where scripts run (`assets/js/grades.js`).

use std::cmp::Reverse;

use askama::Template;
use axum::extract::{Path, Query, State};
use courses::{CourseId, CoursePage, SectionId};
use people::{PersonId, Visitor};
use serde::Deserialize;
use web::{Ctx, Form, Page, Result, html, word};

use super::common::admitted_in_part;
use super::explain::group_title;
use super::words;
use crate::book::{Book, Grades, learners, sections};
use crate::sheet::{Cell, Learner, Sheet, Status, no_group};
use crate::total::View;
use crate::{ColumnId, GRADE, GroupId, Mode, Percent, VIEW_GRADES, finals};

/// People on one page of the table.
const PAGE: usize = 100;

#[derive(Template)]
#[template(path = "gradebook/grid.html")]
struct GridPage {
    page: Page,
    frame: CoursePage,
    form: Form,
    heads: Vec<Head>,
    rows: Vec<RowView>,
    sections: Vec<(String, String)>,
    may_grade: bool,
    /// Whether this person sees the whole course: settings, lists and final grades are theirs.
    everywhere: bool,
    /// People who fit.
    count: usize,
    at: usize,
    /// Titles of columns that count for nothing.
    ungrouped: String,
    is_narrowed: bool,
    query: Asked,
}

/// The head of a column of the table.
pub(super) enum Head {
    /// Of grades.
    Column { id: ColumnId, title: String, group: Option<String>, possible: String, is_sorted: bool, is_hidden: bool },
    /// Of what a group comes to.
    Group { title: String },
    /// Of a total.
    Total { label_id: &'static str, key: &'static str, is_sorted: bool },
}

struct RowView {
    person: PersonId,
    /// The id as the addresses of the cells have it.
    key: String,
    name: String,
    sections: String,
    concluded: bool,
    cells: Vec<CellView>,
}

/// A cell of the table.
pub(super) struct CellView {
    /// The id of the column as the address has it; none for totals, and for what does not concern the learner.
    pub(super) key: Option<String>,
    pub(super) class: &'static str,
    pub(super) text: String,
    /// What is typed to get this.
    pub(super) raw: String,
}

/// Which people, in which order.
#[derive(Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    q: String,
    section: String,
    sort: String,
    /// From 0; what is no number is the first.
    page: String,
}

/// The table.
pub(super) async fn show(
    State(ctx): State<Ctx>,
    visitor: Visitor,
    Path(id): Path<CourseId>,
    Query(query): Query<Asked>,
) -> Result {
    let db = ctx.db.clone();
    db.read(move |tx| {
        let admitted = admitted_in_part(tx, &visitor, id, VIEW_GRADES)?;
        let page = admitted.viewer.page(&ctx, "courses");
        let book = Book::load(tx, id)?;
        let everybody = admitted.visible(learners(tx, id, None)?)?;
        let sections = sections(&everybody);
        let fitting: Vec<Learner> = everybody.into_iter().filter(|learner| query.fits(learner)).collect();
        let order = query.order(&book);
        let count = fitting.len();
        let last = count.saturating_sub(1) / PAGE;
        let (at, people) = (query.page.parse().unwrap_or(0).min(last), |people: &[Learner], at: usize| {
            people.iter().skip(at * PAGE).take(PAGE).cloned().collect::<Vec<_>>()
        });
        let (grades, shown) = if order == Order::Name {
            let shown = people(&fitting, at);
            let ids: Vec<PersonId> = shown.iter().map(|learner| learner.person).collect();
            (book.grades(tx, Some(&ids))?, shown)
        } else {
            let grades = book.grades(tx, None)?;
            let sorted = sorted(&book, fitting, &grades, order);
            (grades, people(&sorted, at))
        };
        let heads = heads(&page, &book, order);
        let rows = shown.iter().map(|learner| {
            let sheet = sheet_of(&book, learner, &grades);
            RowView {
                person: learner.person,
                key: learner.person.0.simple().to_string(),
                name: learner.name(),
                sections: learner.section_names.join(", "),
                concluded: learner.concluded,
                cells: cells(&page, &book, learner, &sheet),
            }
        });
        let rows = rows.collect();
        let fields = [("q", query.q.as_str()), ("section", &query.section), ("sort", &query.sort)];
        let scope = admitted.course.scope();
        let may_grade =
            admitted.viewer.can(GRADE, &scope) || (!admitted.everywhere && admitted.viewer.can_anywhere(GRADE));
        let any = (String::new(), page.t("grades-any-section"));
        let choices = sections.into_iter().map(|(name, id)| (id.to_string(), name));
        Ok(html(GridPage {
            form: Form::of(&fields),
            heads,
            rows,
            sections: std::iter::once(any).chain(choices).collect(),
            may_grade,
            everywhere: admitted.everywhere,
            count,
            at,
            ungrouped: words::ungrouped(&book).map(|column| column.title.as_str()).collect::<Vec<_>>().join(", "),
            is_narrowed: !query.q.trim().is_empty() || !query.section.is_empty(),
            frame: CoursePage::new(&admitted.viewer, &admitted.course, "gradebook"),
            page,
            query,
        }))
    })
    .await
}

/// By what the people are sorted.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Order {
    Name,
    Column(usize),
    Total(Mode),
}

impl Asked {
    fn fits(&self, learner: &Learner) -> bool {
        let words = people::name::fold(&self.q);
        let found = words
            .split_whitespace()
            .all(|word| learner.sort_name.contains(word) || people::name::fold(&learner.email).contains(word));
        let section = self.section.parse::<SectionId>().ok();
        found && section.is_none_or(|section| learner.sections.contains(&section))
    }

    fn order(&self, book: &Book) -> Order {
        match self.sort.as_str() {
            "current" => Order::Total(Mode::Current),
            "final" => Order::Total(Mode::Final),
            other => {
                let at = other.parse().ok().and_then(|id| book.place(id));
                at.map_or(Order::Name, Order::Column)
            }
        }
    }

    /// The same people in another order, or another page of them.
    fn with(&self, sort: &str, page: usize) -> String {
        let page = page.to_string();
        let fields = [("q", self.q.as_str()), ("section", &self.section), ("sort", sort), ("page", &page)];
        let given = fields.into_iter().filter(|(_, value)| !value.is_empty() && *value != "0");
        format!("?{}", web::url::query(given))
    }
}

/// A sheet as those who teach see it.
pub(crate) fn sheet_of(book: &Book, learner: &Learner, grades: &Grades) -> Sheet {
    let entries = grades.get(&learner.person).map_or(&[][..], Vec::as_slice);
    book.sheet(learner, entries, View { unposted: true, ..View::default() })
}

/// The best first; those who have nothing last. Of equals the one whose name comes first.
fn sorted(book: &Book, learners: Vec<Learner>, grades: &Grades, order: Order) -> Vec<Learner> {
    let mut keyed: Vec<(Reverse<Option<num_rational::BigRational>>, Learner)> = learners
        .into_iter()
        .map(|learner| {
            let sheet = sheet_of(book, &learner, grades);
            let key = match order {
                Order::Name => None,
                Order::Column(at) => sheet.cells[at].score.map(crate::Points::exact),
                Order::Total(mode) => sheet.total(mode).exact,
            };
            (Reverse(key), learner)
        })
        .collect();
    keyed.sort_by(|one, other| one.0.cmp(&other.0));
    keyed.into_iter().map(|(_, learner)| learner).collect()
}

/// Where the columns of each group end in the book.
fn groups(book: &Book) -> Vec<(GroupId, std::ops::Range<usize>)> {
    let mut groups: Vec<(GroupId, std::ops::Range<usize>)> = Vec::new();
    for (at, column) in book.columns.iter().enumerate() {
        let id = column.group.unwrap_or_else(no_group);
        match groups.last_mut() {
            Some((last, range)) if *last == id => range.end = at + 1,
            _ => groups.push((id, at..at + 1)),
        }
    }
    groups
}

fn heads(page: &Page, book: &Book, order: Order) -> Vec<Head> {
    let (mut heads, has_groups) = (Vec::new(), !book.groups.is_empty());
    for (id, range) in groups(book) {
        let group = has_groups.then(|| group_title(page, book, id));
        for at in range {
            let column = &book.columns[at];
            heads.push(Head::Column {
                id: column.id,
                title: column.title.clone(),
                group: group.clone(),
                possible: words::points(page, column.points),
                is_sorted: order == Order::Column(at),
                is_hidden: !column.is_open,
            });
        }
        if let Some(title) = group {
            heads.push(Head::Group { title });
        }
    }
    for (key, mode, label_id) in
        [("current", Mode::Current, word!("grades-current")), ("final", Mode::Final, word!("grades-final"))]
    {
        heads.push(Head::Total { label_id, key, is_sorted: order == Order::Total(mode) });
    }
    heads
}

/// The cells of a row, one for each head.
pub(super) fn cells(page: &Page, book: &Book, learner: &Learner, sheet: &Sheet) -> Vec<CellView> {
    let current = sheet.total(Mode::Current);
    let mut cells = Vec::with_capacity(book.columns.len() + book.groups.len() + 3);
    for (id, range) in groups(book) {
        for at in range {
            cells.push(cell_view(page, &sheet.cells[at], book.columns[at].id));
        }
        if !book.groups.is_empty() {
            let share = current.groups.iter().find(|group| group.group == id).and_then(|group| group.share.as_ref());
            cells.push(total_view(share.map(|share| words::percent(page, Percent::of(share)))));
        }
    }
    cells.push(total_view(words::total(page, &book.policy, current.percent)));
    // What somebody set or settled stands in place of what the rules make.
    let last = finals::held(book, learner).map_or_else(
        || words::total(page, &book.policy, sheet.total(Mode::Final).percent),
        |set| words::held(page, set).map(|shown| format!("{shown} *")),
    );
    cells.push(total_view(last));
    cells
}

fn total_view(text: Option<String>) -> CellView {
    CellView { key: None, class: "total", text: text.unwrap_or_else(|| "\u{2013}".to_owned()), raw: String::new() }
}

/// A cell of grades.
pub(super) fn cell_view(page: &Page, cell: &Cell, column: ColumnId) -> CellView {
    let text = match (cell.score, cell.status) {
        (Some(score), Status::Pending) => format!("{}?", words::points(page, score)),
        (Some(score), _) => words::points(page, score),
        (None, Status::Excused) => page.t("grades-cell-excused"),
        (None, Status::Missing) => page.t("grades-cell-missing"),
        (None, Status::HandedIn) => page.t("grades-cell-handed-in"),
        (None, Status::Pending) => "?".to_owned(),
        (None, Status::NotTheirs) => String::new(),
        (None, Status::NotYet | Status::Graded) => "\u{2013}".to_owned(),
    };
    let class = match cell.status {
        _ if !cell.posted => "hidden-grade",
        Status::Missing => "late",
        _ if cell.is_late => "late",
        Status::Excused | Status::NotYet | Status::NotTheirs => "off",
        _ => "",
    };
    let key = (cell.status != Status::NotTheirs).then(|| column.0.simple().to_string());
    CellView { key, class, text, raw: cell.typed() }
}

impl GridPage {
    fn sort_by(&self, key: &str) -> String {
        self.query.with(key, 0)
    }

    fn sort_by_column(&self, id: &ColumnId) -> String {
        self.query.with(&id.to_string(), 0)
    }

    fn turn(&self, page: usize) -> String {
        self.query.with(&self.query.sort, page)
    }

    fn has_more(&self) -> bool {
        (self.at + 1) * PAGE < self.count
    }

    fn is_by_name(&self) -> bool {
        !self
            .heads
            .iter()
            .any(|head| matches!(head, Head::Column { is_sorted: true, .. } | Head::Total { is_sorted: true, .. }))
    }

    fn has_columns(&self) -> bool {
        self.heads.iter().any(|head| matches!(head, Head::Column { .. }))
    }
}
