//! `GET /courses/{course}/questions`: the question bank of a course, searched and sorted into folders.

use askama::Template;
use axum::extract::{Path, State};
use courses::{Course, CourseId, CoursePage, EDIT};
use gradebook::Points;
use outline::{Item, ItemId};
use people::{Viewer, Visitor};
use store::Tx;
use web::{Ctx, FlashKind, Form, Page, Result, html, mistakes, see_other, url, word};

use super::at_course;
use crate::bank::{self, Line, Search};
use crate::question::Kind;
use crate::quiz::{self, Filled};
use crate::{FolderId, QuestionId, folder};

#[derive(Template)]
#[template(path = "assessment/bank.html")]
struct BankPage {
    page: Page,
    frame: CoursePage,
    /// The filters, and the form for one more folder.
    form: Form,
    lines: Vec<Line>,
    /// How many the bank holds in all.
    count: i64,
    folders: Vec<(String, String)>,
    kinds: Vec<(String, String)>,
    /// Where the next page is.
    more: Option<String>,
    /// The quiz for which questions are looked for.
    quiz: Option<Item>,
}

/// The page.
pub(super) async fn show(State(ctx): State<Ctx>, visitor: Visitor, Path(course): Path<CourseId>, form: Form) -> Result {
    let db = ctx.db.clone();
    db.read(move |tx| {
        let (viewer, course) = at_course(tx, &visitor, course, EDIT)?;
        Ok(html(view(tx, &ctx, &viewer, &course, form)?))
    })
    .await
}

fn view(tx: &mut Tx<'_>, ctx: &Ctx, viewer: &Viewer, course: &Course, form: Form) -> Result<BankPage> {
    let page = viewer.page(ctx, "courses");
    let search = Search {
        words: form.value("words").to_owned(),
        kind: form.value("kind").parse().ok(),
        folder: form.value("folder").parse().ok(),
        tag: form.value("tag").to_owned(),
    };
    let after = form.value("after_id").parse::<QuestionId>().ok().map(|id| (form.value("after").to_owned(), id));
    let mut lines = bank::list(tx, course.id, &search, after)?;
    let has_more = lines.len() > bank::PAGE_SIZE as usize;
    lines.truncate(bank::PAGE_SIZE as usize);
    let more = lines.last().filter(|_| has_more).map(|last| {
        let id = last.id.to_string();
        let fields = ["words", "kind", "folder", "tag", "quiz"].map(|name| (name, form.value(name)));
        let query = url::query(fields.into_iter().chain([("after", last.title.as_str()), ("after_id", id.as_str())]));
        format!("/courses/{}/questions?{query}", course.id)
    });
    let quiz = match form.value("quiz").parse::<ItemId>() {
        Ok(item) => Some(Item::find(tx, course.id, item)?),
        Err(_) => None,
    };
    let all = |word: &str| (String::new(), page.t(word));
    let folders = folder::named(&folder::all(tx, course.id)?);
    let named = |kind: &Kind| (kind.to_string(), page.t(format!("assessment-kind-{kind}")));
    Ok(BankPage {
        frame: CoursePage::new(viewer, course, "edit"),
        count: bank::count(tx, course.id)?,
        folders: std::iter::once(all("assessment-all-folders"))
            .chain(folders.into_iter().map(|(id, name)| (id.to_string(), name)))
            .collect(),
        kinds: std::iter::once(all("assessment-all-kinds")).chain(Kind::ALL.iter().map(named)).collect(),
        lines,
        more,
        quiz,
        form,
        page,
    })
}

/// `POST .../folders`: one more folder, in the one that is chosen.
pub(super) async fn add_folder(
    State(ctx): State<Ctx>,
    visitor: Visitor,
    Path(course): Path<CourseId>,
    mut form: Form,
) -> Result {
    let db = ctx.db.clone();
    db.write(move |tx| {
        let (viewer, course) = at_course(tx, &visitor, course, EDIT)?;
        let name = form.text("name").required().max(folder::NAME_MAX).get();
        let parent = form.id::<FolderId>("parent").get();
        if folder::all(tx, course.id)?.len() >= folder::FOLDERS_MAX {
            form.fail("name", word!("assessment-too-many-folders"));
        }
        if form.has_errors() {
            return Ok(mistakes(view(tx, &ctx, &viewer, &course, form)?));
        }
        let id = folder::add(tx, course.id, parent, &name, viewer.person)?;
        Ok(see_other(format!("/courses/{}/questions?folder={id}", course.id)))
    })
    .await
}

/// `DELETE .../folders/{folder}`: takes a folder away; its questions stay.
pub(super) async fn delete_folder(
    State(ctx): State<Ctx>,
    visitor: Visitor,
    Path((course, id)): Path<(CourseId, FolderId)>,
) -> Result {
    let db = ctx.db.clone();
    db.write(move |tx| {
        let (viewer, course) = at_course(tx, &visitor, course, EDIT)?;
        folder::delete(tx, course.id, id, viewer.person)?;
        let said = viewer.page(&ctx, "courses").t("assessment-folder-deleted");
        Ok(see_other(format!("/courses/{}/questions", course.id)).flash(FlashKind::Good, said, None))
    })
    .await
}

/// `POST .../moves`: what was ticked goes into a folder, or into a quiz.
pub(super) async fn move_some(
    State(ctx): State<Ctx>,
    visitor: Visitor,
    Path(course): Path<CourseId>,
    mut form: Form,
) -> Result {
    let db = ctx.db.clone();
    db.write(move |tx| {
        let (viewer, course) = at_course(tx, &visitor, course, EDIT)?;
        let page = viewer.page(&ctx, "courses");
        let ids: Vec<QuestionId> = form.choices("question");
        let back = format!("/courses/{}/questions", course.id);
        if ids.is_empty() || form.has_errors() {
            return Ok(see_other(back).flash(FlashKind::Bad, page.t("assessment-none-ticked"), None));
        }
        if let (Ok(item), true) = (form.value("quiz").parse::<ItemId>(), form.flag("add")) {
            let item = Item::find(tx, course.id, item)?;
            let filled: Vec<Filled> = ids.into_iter().map(Filled::Question).collect();
            let room = quiz::SLOTS_MAX.saturating_sub(quiz::slots(tx, item.id)?.len());
            let filled = &filled[..filled.len().min(room)];
            let added = quiz::add_slots(tx, &item, filled, Points::whole(1), viewer.person)?;
            let said = page.tn("assessment-added", added);
            return Ok(see_other(format!("/courses/{}/items/{}/quiz", course.id, item.id)).flash(
                FlashKind::Good,
                said,
                None,
            ));
        }
        let moved = bank::move_to(tx, course.id, &ids, form.id::<FolderId>("to").get(), viewer.person)?;
        Ok(see_other(back).flash(FlashKind::Good, page.tn("assessment-moved", moved), None))
    })
    .await
}

impl BankPage {
    fn kind(&self, line: &Line) -> String {
        self.page.t(format!("assessment-kind-{}", line.kind))
    }

    /// The name of a question's folder; empty at the top.
    fn folder(&self, line: &Line) -> String {
        let id = line.folder.map(|folder| folder.to_string());
        let named = self.folders.iter().find(|(known, _)| !known.is_empty() && Some(known) == id.as_ref());
        named.map(|(_, name)| name.clone()).unwrap_or_default()
    }

    fn quiz_id(&self) -> String {
        self.quiz.as_ref().map(|item| item.id.to_string()).unwrap_or_default()
    }
}
