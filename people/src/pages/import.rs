//! Taking a list of people over from a file: hand it in, look at what would happen, do it, read what became of it.

use askama::Template;
use axum::extract::{Path, State};
use web::{Access, Ctx, Error, Form, Page, Routes, Upload, word};

use crate::import::table::{self, BYTES_MAX, Fault, ROWS_MAX};
use crate::import::{Import, ImportId, Outcome, Planned, run};
use crate::permission::EDIT;
use crate::{Scope, Viewer, Visitor};

/// How many rows of a plan or a report stand on one page.
const PAGE_ROWS: usize = 200;
/// What a request may hold beside the file itself.
const ENVELOPE_BYTES: usize = 1 << 20;

pub(super) fn routes() -> Routes {
    Routes::new()
        .get("/institution/people/import", Access::Needs(EDIT.as_str()), show)
        .post("/institution/people/import", Access::Needs(EDIT.as_str()), hand_in)
        .body_limit(BYTES_MAX + ENVELOPE_BYTES)
        .get("/institution/people/import/{id}", Access::Needs(EDIT.as_str()), plan)
        .post("/institution/people/import/{id}", Access::Needs(EDIT.as_str()), start)
}

#[derive(Template)]
#[template(path = "people/import.html")]
struct HandIn {
    page: Page,
    form: Form,
    recent: Vec<Import>,
}

async fn show(State(ctx): State<Ctx>, visitor: Visitor) -> web::Result {
    Ok(web::html(loaded(&ctx, &visitor, Form::new()).await?))
}

async fn loaded(ctx: &Ctx, visitor: &Visitor, form: Form) -> Result<HandIn, Error> {
    let viewer = visitor.viewer()?;
    viewer.must_anywhere(EDIT)?;
    let page = viewer.page(ctx, "institution");
    let recent = ctx.db.read(run::recent).await?;
    // A list is seen by who handed it in, and by who may change everyone.
    let all = viewer.can(EDIT, &Scope::institution());
    let recent = recent.into_iter().filter(|import| all || import.by == viewer.person).collect();
    Ok(HandIn { page, form, recent })
}

async fn hand_in(State(ctx): State<Ctx>, visitor: Visitor, mut upload: Upload) -> web::Result {
    let viewer = visitor.viewer()?;
    viewer.must_anywhere(EDIT)?;
    let file = upload.next_file().await?;
    let read = match file {
        Some(file) => {
            let name = file.name.clone();
            let bytes = file.bytes(BYTES_MAX).await?;
            // Some ten thousand rows: a moment's work, but not one for the threads that serve everybody.
            let table = tokio::task::spawn_blocking(move || table::read(&bytes)).await.map_err(Error::internal)?;
            Some((name, table))
        }
        None => None,
    };
    let mut form = Form::new().in_language(&visitor.words().lang);
    match read {
        None => form.fail("file", word!("field-required")),
        Some((_, Err(fault))) => blame(&fault, &mut form),
        Some((name, Ok(table))) => {
            let id = ctx.db.write(move |tx| run::keep(tx, &name, table, viewer.person)).await?;
            return Ok(web::see_other(format!("/institution/people/import/{id}")));
        }
    }
    Ok(web::mistakes(loaded(&ctx, &visitor, form).await?))
}

fn blame(fault: &Fault, form: &mut Form) {
    use web::{Arg, ToArg};
    match fault {
        Fault::Empty => form.fail("file", word!("people-import-fault-empty")),
        Fault::TooLarge => {
            form.fail_with(
                "file",
                word!("people-import-fault-large"),
                &[("limit", Arg::Whole((BYTES_MAX >> 20) as i64))],
            );
        }
        Fault::TooManyRows => {
            form.fail_with("file", word!("people-import-fault-rows"), &[("limit", Arg::Whole(ROWS_MAX as i64))]);
        }
        Fault::NoKeyColumn => form.fail("file", word!("people-import-fault-columns")),
        Fault::ColumnTwice(column) => {
            form.fail_with("file", word!("people-import-fault-twice"), &[("column", column.to_arg())]);
        }
        Fault::NotText => form.fail("file", word!("people-import-fault-text")),
        Fault::BrokenLine(line) => {
            form.fail_with("file", word!("people-import-fault-line"), &[("line", line.to_arg())]);
        }
    }
}

#[derive(Template)]
#[template(path = "people/import_plan.html")]
struct Plan {
    page: Page,
    import: Import,
    rows: Vec<Planned>,
    tabs: Vec<Tab>,
    at: usize,
    of: usize,
    shown: Option<Outcome>,
}

/// An outcome, how many rows came to it, and where they are listed; none for all rows.
struct Tab {
    outcome: Option<Outcome>,
    count: usize,
    href: String,
    is_current: bool,
}

impl Plan {
    fn percent(&self) -> u64 {
        (self.import.done * 100).checked_div(self.import.total).unwrap_or(100)
    }

    fn is_plan(&self) -> bool {
        self.import.started_at.is_none()
    }

    fn is_running(&self) -> bool {
        self.import.started_at.is_some() && self.import.ended_at.is_none()
    }

    /// How many rows would do something.
    fn work(&self) -> usize {
        let does = |tab: &&Tab| matches!(tab.outcome, Some(Outcome::Added | Outcome::Changed));
        self.tabs.iter().filter(does).map(|tab| tab.count).sum()
    }

    fn separator(&self) -> String {
        match self.import.reading.0.separator {
            '\t' => self.page.t("people-import-tab"),
            other => other.to_string(),
        }
    }

    fn previous(&self) -> Option<String> {
        (self.at > 1).then(|| href(self.import.id, self.shown, self.at - 1))
    }

    fn next(&self) -> Option<String> {
        (self.at < self.of).then(|| href(self.import.id, self.shown, self.at + 1))
    }

    fn reason(&self, reason: &crate::import::Reason) -> String {
        self.page.ta(reason.message_id(), &[("value", reason.value())])
    }

    fn field(&self, field: &str) -> String {
        self.page.t(format!("people-import-column-{}", field.replace('_', "-")))
    }
}

fn href(import: ImportId, shown: Option<Outcome>, at: usize) -> String {
    let show = shown.map_or("", Outcome::as_str);
    format!("/institution/people/import/{import}?show={show}&page={at}")
}

async fn plan(State(ctx): State<Ctx>, visitor: Visitor, Path(id): Path<ImportId>, form: Form) -> web::Result {
    let own = ctx.clone();
    let plan = ctx
        .db
        .read(move |tx| {
            let viewer = visitor.signed_in(tx)?;
            viewer.must_anywhere(EDIT)?;
            let (import, rows, report) = run::open(tx, id)?;
            must_see(&viewer, &import)?;
            let is_plan = import.started_at.is_none();
            let all = if is_plan { run::dry_run_of(tx, &rows, viewer.access.as_ref().clone())? } else { report };
            let shown = Outcome::ALL.into_iter().find(|outcome| outcome.as_str() == form.value("show"));
            let tab = |outcome: Option<Outcome>| Tab {
                outcome,
                count: all.iter().filter(|row| outcome.is_none_or(|outcome| row.outcome == outcome)).count(),
                href: href(id, outcome, 1),
                is_current: outcome == shown,
            };
            let tabs = std::iter::once(None).chain(Outcome::ALL.map(Some)).map(tab).collect();
            let rows: Vec<Planned> =
                all.into_iter().filter(|row| shown.is_none_or(|shown| row.outcome == shown)).collect();
            let of = rows.len().div_ceil(PAGE_ROWS).max(1);
            let at = form.value("page").parse::<usize>().unwrap_or(1).clamp(1, of);
            let rows = rows.into_iter().skip((at - 1) * PAGE_ROWS).take(PAGE_ROWS).collect();
            let page = viewer.page(&own, "institution");
            Ok::<_, Error>(Plan { page, import, rows, tabs, at, of, shown })
        })
        .await?;
    Ok(web::html(plan))
}

/// A list is seen by who handed it in, and by who may change everyone.
fn must_see(viewer: &Viewer, import: &Import) -> Result<(), Error> {
    if import.by == viewer.person { Ok(()) } else { viewer.must(EDIT, &Scope::institution()) }
}

async fn start(State(ctx): State<Ctx>, visitor: Visitor, Path(id): Path<ImportId>, form: Form) -> web::Result {
    let invite = form.flag("invite");
    ctx.db
        .write(move |tx| {
            let viewer = visitor.signed_in(tx)?;
            viewer.must_anywhere(EDIT)?;
            must_see(&viewer, &run::find(tx, id)?)?;
            Ok::<_, Error>(run::start(tx, id, invite, viewer.person)?)
        })
        .await?;
    Ok(web::see_other(format!("/institution/people/import/{id}")))
}
