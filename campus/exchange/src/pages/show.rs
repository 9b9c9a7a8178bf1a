//! An import: what would become of the package, how far it is, what became of it.

use askama::Template;
use axum::extract::{Path, State};
use courses::{CREATE, Course, EDIT};
use people::{Scope, Viewer, Visitor};
use store::Tx;
use web::{Ctx, Error, FlashKind, Page, Result, html, see_other, word};
use work::JobRow;

use crate::ImportId;
use crate::import::{Import, ImportState};
use crate::report::Fate;

/// Lines of a report on its page; the rest is counted.
const SHOWN_MAX: usize = 1_000;

#[derive(Template)]
#[template(path = "exchange/import.html")]
struct ImportPage {
    page: Page,
    import: Import,
    job: Option<JobRow>,
    target: Option<String>,
}

impl ImportPage {
    const FATES: [Fate; 4] = [Fate::Taken, Fate::Changed, Fate::Same, Fate::Left];

    fn percent(&self) -> u64 {
        let job = self.job.as_ref();
        job.map_or(0, |job| (job.progress_done * 100).checked_div(job.progress_all).unwrap_or(0))
    }

    fn standing(&self) -> String {
        standing(&self.import, self.job.as_ref())
    }

    fn shown(&self) -> &[crate::report::Entry] {
        let entries = &self.import.report.0.entries;
        &entries[..entries.len().min(SHOWN_MAX)]
    }

    fn more(&self) -> usize {
        self.import.report.0.entries.len().saturating_sub(SHOWN_MAX)
    }
}

/// Where an import stands, in a text that differs with each step: not for people.
fn standing(import: &Import, job: Option<&JobRow>) -> String {
    job.map_or_else(
        || import.state.to_string(),
        |job| format!("{} {}/{}", import.state, job.progress_done, job.progress_all),
    )
}

/// The job that does it, while it runs.
fn job_of(tx: &mut Tx<'_>, import: &Import) -> store::Result<Option<JobRow>> {
    match import.job.filter(|_| import.state == ImportState::Running) {
        Some(job) => work::find(tx, job),
        None => Ok(None),
    }
}

/// The import, for those who may do what it does.
fn entered(tx: &mut Tx<'_>, viewer: &Viewer, id: ImportId) -> Result<(Import, Option<Course>)> {
    let import = Import::find(tx, id)?;
    if let Some(course) = import.course {
        let course = Course::find(tx, course)?;
        viewer.must_see(EDIT, &course.scope())?;
        return Ok((import, Some(course)));
    }
    if import.made_by != Some(viewer.person) {
        return Err(Error::not_found());
    }
    let unit = match import.unit {
        Some(unit) => people::unit::find(tx, unit)?,
        None => None,
    };
    viewer.must(CREATE, &unit.map_or_else(Scope::institution, |unit| Scope::unit(&unit.path)))?;
    Ok((import, None))
}

/// `GET /imports/{import}`.
pub(super) async fn show(State(ctx): State<Ctx>, visitor: Visitor, Path(id): Path<ImportId>) -> Result {
    let db = ctx.db.clone();
    db.read(move |tx| {
        let viewer = visitor.signed_in(tx)?;
        let (import, course) = entered(tx, &viewer, id)?;
        let job = job_of(tx, &import)?;
        let page = viewer.page(&ctx, "courses");
        Ok(html(&ImportPage { page, import, job, target: course.map(|course| course.name()) }))
    })
    .await
}

/// `POST /imports/{import}`: does it.
pub(super) async fn start(State(ctx): State<Ctx>, visitor: Visitor, Path(id): Path<ImportId>) -> Result {
    let db = ctx.db.clone();
    db.write(move |tx| {
        let viewer = visitor.signed_in(tx)?;
        let (import, _) = entered(tx, &viewer, id)?;
        let answer = see_other(format!("/imports/{id}"));
        if import.start(tx, viewer.person)? {
            return Ok(answer);
        }
        Ok(answer.flash(FlashKind::Bad, visitor.words().t(word!("exchange-not-again")), None))
    })
    .await
}

/// `GET /imports/{import}/live`: says where it stands, at once and whenever that changes, on whichever node.
pub(super) async fn live(State(ctx): State<Ctx>, visitor: Visitor, Path(id): Path<ImportId>) -> Result {
    let person = visitor.viewer()?.person;
    let look = move |tx: &mut Tx<'_>| {
        // Asked anew each time: who loses the course loses the stream.
        let viewer = Viewer::of(tx, person)?;
        let (import, _) = entered(tx, &viewer, id)?;
        let job = job_of(tx, &import)?;
        Ok::<_, Error>((standing(&import, job.as_ref()), import.job))
    };
    let (_, job) = ctx.db.read(look).await?;
    // A job tells of its progress and its end; before there is one, the import of its beginning.
    let topic = job.map_or_else(|| format!("import:{id}"), |job| format!("job:{job}"));
    let db = ctx.db.clone();
    web::sse::live(&ctx, topic, "now", move || {
        let db = db.clone();
        async move { db.read(look).await.map(|(standing, _)| Some(standing)) }
    })
}
