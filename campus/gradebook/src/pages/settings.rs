//! `/courses/{course}/gradebook/settings`: how the course grades, its groups, and columns for work that is done elsewhere.

use askama::Template;
use axum::extract::{Path, State};
use courses::{CourseId, CoursePage};
use people::Visitor;
use store::Tx;
use web::{Ctx, Error, FlashKind, Form, Page, Response, Result, html, mistakes, see_other, word};

use super::common::{Admitted, admitted, posts, read_percent, read_points};
use super::words;
use crate::column::COLUMNS_MAX;
use crate::late::{Interval, LatePolicy};
use crate::policy::{GROUPS_MAX, TITLE_MAX};
use crate::scheme::{NoScheme, Scheme, Step};
use crate::{Column, GRADE, Group, GroupId, GroupSettings, NewColumn, Percent, Points, Policy, Posts};

/// Steps of a scheme at the most.
const STEPS_MAX: usize = 40;
/// The most that a group can weigh.
const WEIGHT_MAX: Percent = Percent::from_units(100_000);
/// All of it.
const WHOLE: Percent = Percent::from_units(10_000);

#[derive(Template)]
#[template(path = "gradebook/settings.html")]
struct SettingsPage {
    page: Page,
    frame: CoursePage,
    /// How the course grades.
    policy: Form,
    /// What is set of the groups.
    weights: Form,
    /// One more group.
    new_group: Form,
    /// One more column.
    new_column: Form,
    groups: Vec<Group>,
    columns: Vec<ColumnRow>,
    is_weighted: bool,
    rules: Vec<String>,
}

struct ColumnRow {
    column: Column,
    group: String,
    points: String,
}

/// The forms of the page as they were sent; those that were not are as things are.
#[derive(Default)]
struct Sent {
    policy: Option<Form>,
    weights: Option<Form>,
    new_group: Option<Form>,
    new_column: Option<Form>,
}

/// The page.
pub(super) async fn show(State(ctx): State<Ctx>, visitor: Visitor, Path(id): Path<CourseId>) -> Result {
    let db = ctx.db.clone();
    db.read(move |tx| {
        let admitted = admitted(tx, &visitor, id, GRADE)?;
        Ok(html(view(tx, &ctx, &admitted, Sent::default())?))
    })
    .await
}

fn view(tx: &mut Tx<'_>, ctx: &Ctx, admitted: &Admitted, sent: Sent) -> Result<SettingsPage, Error> {
    let page = admitted.viewer.page(ctx, "courses");
    let (policy, groups) = Policy::with_groups(tx, admitted.course.id)?;
    let columns = Column::of_course(tx, admitted.course.id)?;
    let book = crate::book::Book::of_parts(policy, groups, columns, tx.now());
    let row = |column: &Column| ColumnRow {
        group: column
            .group
            .and_then(|id| book.groups.iter().find(|group| group.id == id))
            .map_or_else(|| page.t("grades-no-group"), |group| group.title.clone()),
        points: words::points(&page, column.points),
        column: column.clone(),
    };
    Ok(SettingsPage {
        frame: CoursePage::new(&admitted.viewer, &admitted.course, "gradebook"),
        policy: sent.policy.unwrap_or_else(|| filled(&book.policy)),
        weights: sent.weights.unwrap_or_else(|| filled_groups(&book.groups)),
        new_group: sent.new_group.unwrap_or_default(),
        new_column: sent.new_column.unwrap_or_default(),
        columns: book.columns.iter().map(row).collect(),
        is_weighted: book.policy.weighted,
        rules: words::policy(&page, &book),
        groups: book.groups,
        page,
    })
}

fn filled(policy: &Policy) -> Form {
    let on = |truth: bool| if truth { "on" } else { "" }.to_owned();
    let text = |percent: Option<Percent>| percent.map(|percent| percent.to_string()).unwrap_or_default();
    let late = policy.late;
    let letters = policy.scheme.iter().flat_map(Scheme::steps).map(|step| format!("{} {}", step.name, step.from));
    Form::of(&[
        ("weighted", if policy.weighted { "weights" } else { "heap" }.to_owned()),
        ("late", on(late.is_some())),
        ("late_percent", text(late.map(|late| late.percent_each))),
        ("late_interval", late.map_or("day", |late| interval(late.interval)).to_owned()),
        ("late_lowest", text(late.and_then(|late| late.lowest))),
        (
            "late_grace",
            late.filter(|late| late.grace_minutes > 0).map_or(String::new(), |l| l.grace_minutes.to_string()),
        ),
        ("missing", text(policy.missing)),
        ("letters", letters.collect::<Vec<_>>().join("\n")),
        ("shows_total", on(policy.shows_total)),
        ("shows_figures", on(policy.shows_figures)),
        ("posts", policy.posts.to_string()),
    ])
}

const fn interval(interval: Interval) -> &'static str {
    match interval {
        Interval::Hour => "hour",
        Interval::Day => "day",
    }
}

fn filled_groups(groups: &[Group]) -> Form {
    let mut form = Form::new();
    for group in groups {
        form.set(&format!("title-{}", group.id), group.title.as_str());
        form.set(&format!("weight-{}", group.id), group.weight.to_string());
        form.set(&format!("lowest-{}", group.id), group.drop_lowest.to_string());
        form.set(&format!("highest-{}", group.id), group.drop_highest.to_string());
    }
    form
}

fn back(id: CourseId, part: &str) -> Response {
    see_other(format!("/courses/{id}/gradebook/settings#{part}"))
}

/// `POST`: how the course grades.
pub(super) async fn save(State(ctx): State<Ctx>, visitor: Visitor, Path(id): Path<CourseId>, mut form: Form) -> Result {
    let db = ctx.db.clone();
    db.write(move |tx| {
        let admitted = admitted(tx, &visitor, id, GRADE)?;
        let policy = read(&mut form);
        if form.has_errors() {
            let sent = Sent { policy: Some(form), ..Sent::default() };
            return Ok(mistakes(view(tx, &ctx, &admitted, sent)?));
        }
        if policy != Policy::of(tx, id)? {
            policy.save(tx, id, admitted.viewer.person)?;
        }
        let page = admitted.viewer.page(&ctx, "courses");
        Ok(back(id, "rules").flash(FlashKind::Good, page.t("grades-settings-saved"), None))
    })
    .await
}

fn read(form: &mut Form) -> Policy {
    let late = form.flag("late").then(|| {
        if form.value("late_percent").trim().is_empty() {
            form.fail("late_percent", word!("field-required"));
        }
        LatePolicy {
            percent_each: read_percent(form, "late_percent", WHOLE).unwrap_or_default(),
            interval: if form.value("late_interval") == "hour" { Interval::Hour } else { Interval::Day },
            lowest: read_percent(form, "late_lowest", WHOLE),
            grace_minutes: u32::try_from(form.integer("late_grace").at_least(0).at_most(100_000).or(0)).unwrap_or(0),
        }
    });
    Policy {
        weighted: form.value("weighted") == "weights",
        late,
        missing: read_percent(form, "missing", WHOLE),
        scheme: read_scheme(form),
        shows_total: form.flag("shows_total"),
        shows_figures: form.flag("shows_figures"),
        posts: form.choice::<Posts>("posts").or(Posts::Automatic),
    }
}

/// A scheme of lines such as `A 90`: a name, and the percentage from which on it is given.
fn read_scheme(form: &mut Form) -> Option<Scheme> {
    let text = form.text("letters").max(4_000).get();
    let lines: Vec<&str> = text.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    if lines.is_empty() {
        return None;
    }
    let step = |line: &&str| {
        let (name, from) = line.trim_end_matches('%').trim_end().rsplit_once(char::is_whitespace)?;
        let from: Percent = from.parse().ok().filter(|from| *from >= Percent::default())?;
        Some(Step { name: name.trim().trim_end_matches(':').trim().to_owned(), from, grade_points: None })
    };
    let steps: Option<Vec<Step>> = lines.iter().map(step).collect();
    let message = match steps.filter(|steps| steps.len() <= STEPS_MAX).map(Scheme::new) {
        Some(Ok(scheme)) => return Some(scheme),
        None | Some(Err(NoScheme::Empty)) => word!("grades-letters-unreadable"),
        Some(Err(NoScheme::Name)) => word!("grades-letters-name"),
        Some(Err(NoScheme::Twice)) => word!("grades-letters-twice"),
        Some(Err(NoScheme::Bottom)) => word!("grades-letters-bottom"),
    };
    form.fail("letters", message);
    None
}

/// `POST .../groups`: one more group.
pub(super) async fn add_group(
    State(ctx): State<Ctx>,
    visitor: Visitor,
    Path(id): Path<CourseId>,
    mut form: Form,
) -> Result {
    let db = ctx.db.clone();
    db.write(move |tx| {
        let admitted = admitted(tx, &visitor, id, GRADE)?;
        let title = form.text("group_title").required().max(TITLE_MAX).get();
        let weight = read_percent(&mut form, "group_weight", WEIGHT_MAX).unwrap_or_default();
        let (_, groups) = Policy::with_groups(tx, id)?;
        if groups.len() >= GROUPS_MAX {
            form.fail("group_title", word!("grades-too-many-groups"));
        } else if groups.iter().any(|group| group.title == title) {
            // Sent twice, or meant twice: two of one name could not be told apart.
            form.fail("group_title", word!("grades-group-taken"));
        }
        if form.has_errors() {
            let sent = Sent { new_group: Some(form), ..Sent::default() };
            return Ok(mistakes(view(tx, &ctx, &admitted, sent)?));
        }
        let new = GroupSettings { title, weight, ..GroupSettings::default() };
        Group::add(tx, id, &new, admitted.viewer.person)?;
        Ok(back(id, "groups"))
    })
    .await
}

/// `POST .../groups/all`: what is set of the groups.
pub(super) async fn save_groups(
    State(ctx): State<Ctx>,
    visitor: Visitor,
    Path(id): Path<CourseId>,
    mut form: Form,
) -> Result {
    let db = ctx.db.clone();
    db.write(move |tx| {
        let admitted = admitted(tx, &visitor, id, GRADE)?;
        let (_, groups) = Policy::with_groups(tx, id)?;
        // What was deleted while the form was open is passed over.
        let is_sent = |group: &&Group| form.names().contains(&format!("title-{}", group.id).as_str());
        let sent: Vec<&Group> = groups.iter().filter(is_sent).collect();
        let mut changes: Vec<(GroupId, GroupSettings)> = Vec::new();
        for group in sent {
            changes.push((group.id, read_group(&mut form, group.id)));
        }
        if form.has_errors() {
            let sent = Sent { weights: Some(form), ..Sent::default() };
            return Ok(mistakes(view(tx, &ctx, &admitted, sent)?));
        }
        for (group, to) in &changes {
            Group::change(tx, id, *group, to, admitted.viewer.person)?;
        }
        let page = admitted.viewer.page(&ctx, "courses");
        Ok(back(id, "groups").flash(FlashKind::Good, page.t("grades-settings-saved"), None))
    })
    .await
}

fn read_group(form: &mut Form, id: GroupId) -> GroupSettings {
    let dropped =
        |form: &mut Form, name: String| u32::try_from(form.integer(&name).at_least(0).at_most(100).or(0)).unwrap_or(0);
    GroupSettings {
        title: form.text(&format!("title-{id}")).required().max(TITLE_MAX).get(),
        weight: read_percent(form, &format!("weight-{id}"), WEIGHT_MAX).unwrap_or_default(),
        drop_lowest: dropped(form, format!("lowest-{id}")),
        drop_highest: dropped(form, format!("highest-{id}")),
    }
}

/// `POST .../groups/{group}/up`: puts it before the one before it.
pub(super) async fn move_group(
    State(ctx): State<Ctx>,
    visitor: Visitor,
    Path((id, group)): Path<(CourseId, GroupId)>,
) -> Result {
    ctx.db
        .write(move |tx| {
            let admitted = admitted(tx, &visitor, id, GRADE)?;
            Group::move_up(tx, id, group, admitted.viewer.person)?;
            Ok(back(id, "groups"))
        })
        .await
}

/// `DELETE .../groups/{group}`: takes it away, with an undo.
pub(super) async fn delete_group(
    State(ctx): State<Ctx>,
    visitor: Visitor,
    Path((id, group)): Path<(CourseId, GroupId)>,
) -> Result {
    let db = ctx.db.clone();
    db.write(move |tx| {
        let admitted = admitted(tx, &visitor, id, GRADE)?;
        Group::delete(tx, id, group, admitted.viewer.person)?;
        let page = admitted.viewer.page(&ctx, "courses");
        let undo = format!("/courses/{id}/gradebook/groups/{group}/restoration");
        Ok(back(id, "groups").flash(FlashKind::Good, page.t("grades-group-deleted"), Some(undo)))
    })
    .await
}

/// `POST .../groups/{group}/restoration`: brings it back.
pub(super) async fn restore_group(
    State(ctx): State<Ctx>,
    visitor: Visitor,
    Path((id, group)): Path<(CourseId, GroupId)>,
) -> Result {
    ctx.db
        .write(move |tx| {
            let admitted = admitted(tx, &visitor, id, GRADE)?;
            Group::restore(tx, id, group, admitted.viewer.person)?;
            Ok(back(id, "groups"))
        })
        .await
}

/// `POST .../columns`: a column for work that is done elsewhere.
pub(super) async fn add_column(
    State(ctx): State<Ctx>,
    visitor: Visitor,
    Path(id): Path<CourseId>,
    mut form: Form,
) -> Result {
    let db = ctx.db.clone();
    db.write(move |tx| {
        let admitted = admitted(tx, &visitor, id, GRADE)?;
        let page = admitted.viewer.page(&ctx, "courses");
        let title = form.text("column_title").required().max(TITLE_MAX).get();
        let points = read_points(&mut form, "column_points");
        if points.is_none() && form.error("column_points").is_none() {
            form.fail("column_points", word!("field-required"));
        }
        let group = form.id::<GroupId>("column_group").get();
        let due_at = form.date_time("column_due", &page.zone).get();
        let columns = Column::of_course(tx, id)?;
        if columns.len() >= COLUMNS_MAX {
            form.fail("column_title", word!("grades-too-many-columns"));
        } else if columns.iter().any(|column| column.item.is_none() && column.title == title) {
            form.fail("column_title", word!("grades-column-taken"));
        }
        if form.has_errors() {
            let sent = Sent { new_column: Some(form), ..Sent::default() };
            return Ok(mistakes(view(tx, &ctx, &admitted, sent)?));
        }
        let new = NewColumn { title: &title, points: points.unwrap_or(Points::ZERO), group, due_at };
        Column::add(tx, id, &new, admitted.viewer.person)?;
        Ok(back(id, "columns").flash(FlashKind::Good, page.ta("grades-column-added", &[("title", title)]), None))
    })
    .await
}

impl SettingsPage {
    fn of_group(&self, field: &str, group: &Group) -> String {
        format!("{field}-{}", group.id)
    }

    fn posts(&self) -> [(String, String); 2] {
        posts(&self.page)
    }

    fn weightings(&self) -> [(&'static str, String); 2] {
        [("heap", self.page.t("grades-weighting-heap")), ("weights", self.page.t("grades-weighting-weights"))]
    }

    fn intervals(&self) -> [(&'static str, String); 2] {
        [("day", self.page.t("grades-each-day")), ("hour", self.page.t("grades-each-hour"))]
    }

    fn group_choices(&self) -> Vec<(String, String)> {
        let none = (String::new(), self.page.t("grades-no-group"));
        std::iter::once(none)
            .chain(self.groups.iter().map(|group| (group.id.to_string(), group.title.clone())))
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_scheme_is_read_from_lines_as_people_write_them() {
        let read = |text: &str| {
            let mut form = Form::of(&[("letters", text)]);
            let scheme = read_scheme(&mut form);
            let wrong = form.errors().next().map(|(_, message)| message.to_owned());
            (
                scheme
                    .map(|scheme| scheme.steps().iter().map(|s| format!("{}={}", s.name, s.from)).collect::<Vec<_>>()),
                wrong,
            )
        };
        let steps = |steps: &[&str]| (Some(steps.iter().map(|step| (*step).to_owned()).collect()), None);
        assert_eq!(read("F 0\n\n Very good: 92,5 %\nB\t80"), steps(&["Very good=92.5", "B=80", "F=0"]));
        assert_eq!(read(" \n"), (None, None));
        let wrong = |id: &str| (None, Some(id.to_owned()));
        assert_eq!(read("A ninety"), wrong("grades-letters-unreadable"));
        assert_eq!(read("90"), wrong("grades-letters-unreadable"));
        assert_eq!(read("A -5"), wrong("grades-letters-unreadable"));
        assert_eq!(read("A 90"), wrong("grades-letters-bottom"));
        assert_eq!(read("A 90\nB 90\nC 0"), wrong("grades-letters-twice"));
        assert_eq!(read("A 90\nA 0"), wrong("grades-letters-name"));
    }
}
