//! `GET /courses/{course}/modules/{module}`: when a module opens and what completes it.

use askama::Template;
use axum::extract::{Path, State};
use courses::{Course, CourseId, CoursePage};
use people::{Viewer, Visitor};
use store::Tx;
use web::{Ctx, FlashKind, Form, Page, Result, ToArg, html, mistakes, see_other, word};

use super::edit::{for_author, short_list};
use crate::module::TITLE_MAX;
use crate::reach::newly_stuck;
use crate::{Item, Module, ModuleId, ModuleSettings, Requirement};

#[derive(Template)]
#[template(path = "outline/module.html")]
struct ModulePage {
    page: Page,
    frame: CoursePage,
    form: Form,
    module: Module,
    others: Vec<(String, String)>,
}

type At = Path<(CourseId, ModuleId)>;

/// The page.
pub(super) async fn show(State(ctx): State<Ctx>, visitor: Visitor, Path((course, id)): At) -> Result {
    let db = ctx.db.clone();
    db.read(move |tx| {
        let viewer = visitor.signed_in(tx)?;
        let course = for_author(tx, course, &viewer)?;
        let module = Module::find(tx, course.id, id)?;
        let page = viewer.page(&ctx, "courses");
        let mut form = Form::of(&[
            ("title", module.title.as_str()),
            ("requirement", module.requirement.as_str()),
            ("requirement_count", &module.requirement_count.to_string()),
            ("sequential", if module.sequential { "on" } else { "" }),
            ("unlock_at", &module.unlock_at.map(|at| page.time(at).input()).unwrap_or_default()),
        ]);
        let needs: Vec<(String, String)> =
            module.needs.0.iter().map(|id| ("needs".to_owned(), id.to_string())).collect();
        form = with_all(form, &needs);
        Ok(html(view(tx, &viewer, page, &course, module, form)?))
    })
    .await
}

/// A form with further values of fields that can have several.
fn with_all(form: Form, more: &[(String, String)]) -> Form {
    let mut fields: Vec<(String, String)> =
        form.names().into_iter().map(|name| (name.to_owned(), form.value(name).to_owned())).collect();
    fields.extend_from_slice(more);
    Form::of(&fields)
}

fn view(
    tx: &mut Tx<'_>,
    viewer: &Viewer,
    page: Page,
    course: &Course,
    module: Module,
    form: Form,
) -> Result<ModulePage> {
    let others = Module::of_course(tx, course.id)?;
    let others = others.into_iter().filter(|other| other.id != module.id);
    Ok(ModulePage {
        frame: CoursePage::new(viewer, course, "edit"),
        others: others.map(|other| (other.id.to_string(), other.title)).collect(),
        page,
        form,
        module,
    })
}

/// `POST`: saves it.
pub(super) async fn save(State(ctx): State<Ctx>, visitor: Visitor, Path((course, id)): At, mut form: Form) -> Result {
    let db = ctx.db.clone();
    db.write(move |tx| {
        let viewer = visitor.signed_in(tx)?;
        let course = for_author(tx, course, &viewer)?;
        let module = Module::find(tx, course.id, id)?;
        let page = viewer.page(&ctx, "courses");
        let settings = ModuleSettings {
            title: form.text("title").required().max(TITLE_MAX).get(),
            unlock_at: form.date_time("unlock_at", &page.zone).get(),
            needs: form.choices::<ModuleId>("needs"),
            requirement: form.choice::<Requirement>("requirement").or(Requirement::All),
            requirement_count: u32::try_from(form.integer("requirement_count").at_least(1).at_most(1000).or(1))
                .unwrap_or(1),
            sequential: form.flag("sequential"),
        };
        let (modules, items) = (Module::of_course(tx, course.id)?, Item::of_course(tx, course.id)?);
        let changed = |one: &Module| if one.id == id { one.with(&settings) } else { one.clone() };
        let after: Vec<Module> = modules.iter().map(changed).collect();
        let stuck = newly_stuck((&modules, &after), (&items, &items));
        if !stuck.is_empty() {
            form.fail_with("needs", word!("outline-needs-circle"), &[("titles", short_list(&stuck).to_arg())]);
        }
        if form.has_errors() {
            return Ok(mistakes(view(tx, &viewer, page, &course, module, form)?));
        }
        module.change(tx, &settings, viewer.person)?;
        Ok(back(&course, id).flash(FlashKind::Good, page.t("outline-saved"), None))
    })
    .await
}

fn back(course: &Course, id: ModuleId) -> web::Response {
    see_other(format!("/courses/{}/edit#m-{id}", course.id))
}

/// `PUT .../publication`: learners see it from now on.
pub(super) async fn publish(State(ctx): State<Ctx>, visitor: Visitor, Path((course, id)): At) -> Result {
    ctx.db
        .write(move |tx| {
            let viewer = visitor.signed_in(tx)?;
            let course = for_author(tx, course, &viewer)?;
            Module::find(tx, course.id, id)?.publish(tx, viewer.person)?;
            Ok(back(&course, id))
        })
        .await
}

/// `DELETE .../publication`: learners no longer see it.
pub(super) async fn unpublish(State(ctx): State<Ctx>, visitor: Visitor, Path((course, id)): At) -> Result {
    ctx.db
        .write(move |tx| {
            let viewer = visitor.signed_in(tx)?;
            let course = for_author(tx, course, &viewer)?;
            Module::find(tx, course.id, id)?.unpublish(tx, viewer.person)?;
            Ok(back(&course, id))
        })
        .await
}

/// `DELETE`: takes it out, with an undo.
pub(super) async fn delete(State(ctx): State<Ctx>, visitor: Visitor, Path((course, id)): At) -> Result {
    let db = ctx.db.clone();
    db.write(move |tx| {
        let viewer = visitor.signed_in(tx)?;
        let course = for_author(tx, course, &viewer)?;
        let module = Module::find(tx, course.id, id)?;
        module.delete(tx, viewer.person)?;
        let page = viewer.page(&ctx, "courses");
        let said = page.ta("outline-deleted", &[("title", module.title)]);
        let undo = format!("/courses/{}/modules/{id}/restoration", course.id);
        Ok(see_other(format!("/courses/{}/edit", course.id)).flash(FlashKind::Good, said, Some(undo)))
    })
    .await
}

/// `POST .../restoration`: brings it back.
pub(super) async fn restore(State(ctx): State<Ctx>, visitor: Visitor, Path((course, id)): At) -> Result {
    ctx.db
        .write(move |tx| {
            let viewer = visitor.signed_in(tx)?;
            let course = for_author(tx, course, &viewer)?;
            Module::restore(tx, course.id, id, viewer.person)?;
            Ok(back(&course, id))
        })
        .await
}
