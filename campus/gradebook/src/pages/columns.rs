//! `/courses/{course}/gradebook/columns/{column}`: what is set of a column, and whether its grades are seen.

use askama::Template;
use axum::extract::{Path, State};
use courses::{CourseId, CoursePage};
use people::Visitor;
use store::Tx;
use web::{Ctx, Error, FlashKind, Form, Page, Response, Result, html, mistakes, see_other, word};

use super::common::{Admitted, admitted, posts, read_points};
use super::words;
use crate::policy::TITLE_MAX;
use crate::posting::{self, Posting};
use crate::{Column, ColumnId, ColumnSettings, GRADE, GradeState, Group, GroupId, Policy, Posts, of_column};

#[derive(Template)]
#[template(path = "gradebook/column.html")]
struct ColumnPage {
    page: Page,
    frame: CoursePage,
    form: Form,
    column: Column,
    points: String,
    groups: Vec<Group>,
    /// Grades that learners see, and those that they do not.
    posted: usize,
    hidden: usize,
    postings: Vec<Posting>,
    is_weighted: bool,
}

type At = Path<(CourseId, ColumnId)>;

/// The page.
pub(super) async fn show(State(ctx): State<Ctx>, visitor: Visitor, Path((id, column)): At) -> Result {
    let db = ctx.db.clone();
    db.read(move |tx| {
        let admitted = admitted(tx, &visitor, id, GRADE)?;
        Ok(html(view(tx, &ctx, &admitted, column, None)?))
    })
    .await
}

fn view(
    tx: &mut Tx<'_>,
    ctx: &Ctx,
    admitted: &Admitted,
    id: ColumnId,
    form: Option<Form>,
) -> Result<ColumnPage, Error> {
    let page = admitted.viewer.page(ctx, "courses");
    let column = Column::find(tx, admitted.course.id, id)?;
    let (policy, groups) = Policy::with_groups(tx, admitted.course.id)?;
    let grades = of_column(tx, id)?;
    let given = grades.iter().filter(|grade| grade.state != GradeState::None).count();
    let posted = grades.iter().filter(|grade| grade.is_posted()).count();
    Ok(ColumnPage {
        frame: CoursePage::new(&admitted.viewer, &admitted.course, "gradebook"),
        form: form.unwrap_or_else(|| filled(&page, &column)),
        points: words::points(&page, column.points),
        posted,
        hidden: given.saturating_sub(posted),
        postings: posting::of(tx, &column)?,
        is_weighted: policy.weighted,
        groups,
        column,
        page,
    })
}

fn filled(page: &Page, column: &Column) -> Form {
    let on = |truth: bool| if truth { "on" } else { "" }.to_owned();
    Form::of(&[
        ("title", column.title.clone()),
        ("due_at", column.due_at.map(|at| page.time(at).input()).unwrap_or_default()),
        ("group", column.group.map(|group| group.to_string()).unwrap_or_default()),
        ("points", column.points.to_string()),
        ("passing", column.passing.map(|points| points.to_string()).unwrap_or_default()),
        ("counts", on(column.counts)),
        ("extra", on(column.extra)),
        ("never_drop", on(column.never_drop)),
        ("posts", column.posts.map(|posts| posts.to_string()).unwrap_or_default()),
    ])
}

/// `POST`: sets it.
pub(super) async fn save(State(ctx): State<Ctx>, visitor: Visitor, Path((id, column)): At, mut form: Form) -> Result {
    let db = ctx.db.clone();
    db.write(move |tx| {
        let admitted = admitted(tx, &visitor, id, GRADE)?;
        let page = admitted.viewer.page(&ctx, "courses");
        let column = Column::find(tx, id, column)?;
        let settings = read(&mut form, &page, &column);
        if form.has_errors() {
            return Ok(mistakes(view(tx, &ctx, &admitted, column.id, Some(form))?));
        }
        column.change(tx, &settings, admitted.viewer.person)?;
        Ok(back(id, column.id).flash(FlashKind::Good, page.t("grades-settings-saved"), None))
    })
    .await
}

fn read(form: &mut Form, page: &Page, column: &Column) -> ColumnSettings {
    let mut settings = ColumnSettings {
        group: form.id::<GroupId>("group").get(),
        passing: read_points(form, "passing"),
        counts: form.flag("counts"),
        extra: form.flag("extra"),
        never_drop: form.flag("never_drop"),
        posts: form.choice::<Posts>("posts").get(),
        ..column.settings()
    };
    // Name, date and points of an item are set where the item is made.
    if column.item.is_none() {
        settings.title = form.text("title").required().max(TITLE_MAX).get();
        settings.due_at = form.date_time("due_at", &page.zone).get();
        let points = read_points(form, "points");
        if points.is_none() && form.error("points").is_none() {
            form.fail("points", word!("field-required"));
        }
        settings.points = points.unwrap_or(column.points);
    }
    settings
}

fn back(id: CourseId, column: ColumnId) -> Response {
    see_other(format!("/courses/{id}/gradebook/columns/{column}"))
}

/// `PUT .../posting`: learners see the grades from now on.
pub(super) async fn post(State(ctx): State<Ctx>, visitor: Visitor, Path((id, column)): At) -> Result {
    let db = ctx.db.clone();
    db.write(move |tx| {
        let admitted = admitted(tx, &visitor, id, GRADE)?;
        let column = Column::find(tx, id, column)?;
        let count = posting::post(tx, &column, admitted.viewer.person)?;
        let page = admitted.viewer.page(&ctx, "courses");
        Ok(back(id, column.id).flash(FlashKind::Good, page.tn("grades-posted", count), None))
    })
    .await
}

/// `DELETE .../posting`: learners no longer see them.
pub(super) async fn hide(State(ctx): State<Ctx>, visitor: Visitor, Path((id, column)): At) -> Result {
    let db = ctx.db.clone();
    db.write(move |tx| {
        let admitted = admitted(tx, &visitor, id, GRADE)?;
        let column = Column::find(tx, id, column)?;
        let count = posting::hide(tx, &column, admitted.viewer.person)?;
        let page = admitted.viewer.page(&ctx, "courses");
        Ok(back(id, column.id).flash(FlashKind::Good, page.tn("grades-hid", count), None))
    })
    .await
}

/// `DELETE`: takes a column without an item away, with an undo.
pub(super) async fn delete(State(ctx): State<Ctx>, visitor: Visitor, Path((id, column)): At) -> Result {
    let db = ctx.db.clone();
    db.write(move |tx| {
        let admitted = admitted(tx, &visitor, id, GRADE)?;
        let column = Column::find(tx, id, column)?;
        if !column.delete(tx, admitted.viewer.person)? {
            return Err(Error::conflict(word!("grades-column-of-item")));
        }
        let page = admitted.viewer.page(&ctx, "courses");
        let said = page.ta("grades-column-deleted", &[("title", column.title.as_str())]);
        let undo = format!("/courses/{id}/gradebook/columns/{}/restoration", column.id);
        Ok(see_other(format!("/courses/{id}/gradebook/settings#columns")).flash(FlashKind::Good, said, Some(undo)))
    })
    .await
}

/// `POST .../restoration`: brings it back.
pub(super) async fn restore(State(ctx): State<Ctx>, visitor: Visitor, Path((id, column)): At) -> Result {
    ctx.db
        .write(move |tx| {
            let admitted = admitted(tx, &visitor, id, GRADE)?;
            let column = Column::restore(tx, id, column, admitted.viewer.person)?;
            Ok(back(id, column.id))
        })
        .await
}

impl ColumnPage {
    fn group_choices(&self) -> Vec<(String, String)> {
        let none = (String::new(), self.page.t("grades-no-group"));
        std::iter::once(none)
            .chain(self.groups.iter().map(|group| (group.id.to_string(), group.title.clone())))
            .collect()
    }

    fn posts(&self) -> Vec<(String, String)> {
        let course = (String::new(), self.page.t("grades-posts-course"));
        std::iter::once(course).chain(posts(&self.page)).collect()
    }
}
