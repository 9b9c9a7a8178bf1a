//! `/courses/{course}/gradebook/columns/{column}/curve`: moves the grades of a column; what it would do is shown first.

use std::collections::HashMap;

use askama::Template;
use axum::extract::{Path, State};
use courses::{CourseId, CoursePage};
use people::{PersonId, Visitor};
use store::Tx;
use web::{Ctx, Error, FlashKind, Form, Page, Result, html, mistakes, see_other, word};

use super::common::{Admitted, admitted, no_points};
use super::words;
use crate::book::learners;
use crate::curve::{self, Curve, How};
use crate::list::undo_path;
use crate::{Column, ColumnId, GRADE, GradeState, Points, of_column};

/// Bars of the picture.
const BARS: usize = 10;

#[derive(Template)]
#[template(path = "gradebook/curve.html")]
struct CurvePage {
    page: Page,
    frame: CoursePage,
    form: Form,
    column: Column,
    possible: String,
    /// What would happen, once a curve was chosen.
    preview: Option<Preview>,
    has_grades: bool,
    /// The grades of which the preview was made.
    mark: String,
}

struct Preview {
    /// Name, before, after.
    rows: Vec<(String, String, String)>,
    /// How many grades lie in each tenth, before and after.
    bars: Vec<Bar>,
    most: usize,
}

struct Bar {
    span: String,
    before: usize,
    after: usize,
}

type At = Path<(CourseId, ColumnId)>;

/// The page; with `how` what that curve would do.
pub(super) async fn show(State(ctx): State<Ctx>, visitor: Visitor, Path((id, column)): At, mut form: Form) -> Result {
    let db = ctx.db.clone();
    db.read(move |tx| {
        let admitted = admitted(tx, &visitor, id, GRADE)?;
        let column = Column::find(tx, id, column)?;
        if form.value("how").is_empty() {
            form = Form::of(&[("how", "add"), ("capped", "on"), ("never_lower", "on")]);
            return Ok(html(view(tx, &ctx, &admitted, column, form, None)?));
        }
        let chosen = read(&mut form);
        let view = view(tx, &ctx, &admitted, column, form, chosen)?;
        Ok(if view.form.has_errors() { mistakes(view) } else { html(view) })
    })
    .await
}

fn read(form: &mut Form) -> Option<Curve> {
    let how = match form.value("how") {
        "best" => How::Best,
        "root" => How::Root,
        other => {
            let is_times = other == "times";
            let text = form.text("amount").required().get();
            let amount: Points = match text.parse() {
                Ok(amount) => amount,
                Err(fault) => {
                    form.fail("amount", no_points(fault));
                    return None;
                }
            };
            if is_times && (amount < Points::ZERO || amount > Points::whole(100)) {
                form.fail("amount", word!("grades-curve-factor"));
                return None;
            }
            if is_times { How::Times(amount) } else { How::Add(amount) }
        }
    };
    Some(Curve { how, capped: form.flag("capped"), never_lower: form.flag("never_lower") })
}

fn view(
    tx: &mut Tx<'_>,
    ctx: &Ctx,
    admitted: &Admitted,
    column: Column,
    form: Form,
    chosen: Option<Curve>,
) -> Result<CurvePage, Error> {
    let page = admitted.viewer.page(ctx, "courses");
    let grades = of_column(tx, column.id)?;
    let preview = match chosen {
        None => None,
        Some(chosen) => {
            let names: HashMap<PersonId, String> = learners(tx, admitted.course.id, None)?
                .into_iter()
                .map(|learner| (learner.person, learner.name()))
                .collect();
            let moved = curve::moved(&grades, column.points, &chosen);
            let after: HashMap<PersonId, Points> = moved.iter().map(|one| (one.grade.person, one.to)).collect();
            let graded = grades.iter().filter(|grade| grade.state == GradeState::Graded);
            let pairs: Vec<(Points, Points)> = graded
                .filter_map(|grade| grade.points.map(|raw| (raw, after.get(&grade.person).copied().unwrap_or(raw))))
                .collect();
            let row = |one: &curve::Moved| {
                let name = names.get(&one.grade.person).cloned().unwrap_or_default();
                let before = words::points(&page, one.grade.points.unwrap_or_default());
                (name, before, words::points(&page, one.to))
            };
            let mut rows: Vec<_> = moved.iter().map(row).collect();
            rows.sort();
            let bars = bars(&page, &pairs, column.points);
            let most = bars.iter().map(|bar| bar.before.max(bar.after)).max().unwrap_or(0);
            Some(Preview { rows, bars, most })
        }
    };
    Ok(CurvePage {
        frame: CoursePage::new(&admitted.viewer, &admitted.course, "gradebook"),
        possible: words::points(&page, column.points),
        has_grades: grades.iter().any(|grade| grade.state == GradeState::Graded),
        mark: curve::mark(&grades),
        form,
        column,
        preview,
        page,
    })
}

/// How many lie in each tenth of the points possible; what is beyond lies in the last.
fn bars(page: &Page, pairs: &[(Points, Points)], possible: Points) -> Vec<Bar> {
    let tenth = |points: Points| {
        let share = points.units().max(0).saturating_mul(10).checked_div(possible.units().max(1)).unwrap_or(0);
        usize::try_from(share).unwrap_or(0).min(BARS - 1)
    };
    let bar = |at: usize| {
        let edge = |at: usize| {
            let percent = crate::Percent::from_units(i64::try_from(at * 1_000).unwrap_or(0));
            words::percent(page, percent)
        };
        Bar {
            span: format!("{}\u{2013}{}", edge(at), edge(at + 1)),
            before: pairs.iter().filter(|(before, _)| tenth(*before) == at).count(),
            after: pairs.iter().filter(|(_, after)| tenth(*after) == at).count(),
        }
    };
    (0..BARS).map(bar).collect()
}

impl CurvePage {
    fn ways(&self) -> [(&'static str, String); 4] {
        [
            ("add", self.page.t("grades-curve-add")),
            ("times", self.page.t("grades-curve-times")),
            ("best", self.page.t("grades-curve-best")),
            ("root", self.page.t("grades-curve-root")),
        ]
    }
}

/// `POST`: moves them, with an undo.
pub(super) async fn apply(State(ctx): State<Ctx>, visitor: Visitor, Path((id, column)): At, mut form: Form) -> Result {
    let db = ctx.db.clone();
    db.write(move |tx| {
        let admitted = admitted(tx, &visitor, id, GRADE)?;
        let column = Column::find(tx, id, column)?;
        let Some(chosen) = read(&mut form).filter(|_| !form.has_errors()) else {
            return Ok(mistakes(view(tx, &ctx, &admitted, column, form, None)?));
        };
        // Only what was shown is carried out: sent twice, it would move grades twice.
        if form.value("mark") != curve::mark(&of_column(tx, column.id)?) {
            let mut view = view(tx, &ctx, &admitted, column, form, Some(chosen))?;
            view.form.fail("how", word!("grades-curve-stale"));
            return Ok(mistakes(view));
        }
        let (batch, count) = curve::apply(tx, &column, &chosen, admitted.viewer.person)?;
        let page = admitted.viewer.page(&ctx, "courses");
        let undo = (count > 0).then(|| undo_path(id, batch));
        let back = see_other(format!("/courses/{id}/gradebook/columns/{}", column.id));
        Ok(back.flash(FlashKind::Good, page.tn("grades-list-done", count), undo))
    })
    .await
}
