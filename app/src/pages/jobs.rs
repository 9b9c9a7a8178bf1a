//! What the installation does outside requests: jobs with their progress and errors, and how far each reader of the
//! event log has come.

use askama::Template;
use axum::extract::{Path, Query, State};
use people::{Scope, Visitor};
use serde::Deserialize;
use web::{Access, Ctx, FlashKind, Page, Routes, word};
use work::{ConsumerState, JobId, JobRow, JobState};

use super::JOBS;

/// Jobs on one page.
const LISTED_MAX: u32 = 50;

pub(super) fn routes() -> Routes {
    let needs = Access::Needs(JOBS.as_str());
    Routes::new().get("/institution/jobs", needs, show).post("/institution/jobs/{job}/retry", needs, retry).post(
        "/institution/jobs/{job}/cancel",
        needs,
        cancel,
    )
}

#[derive(Template)]
#[template(path = "app/jobs.html")]
struct Jobs {
    page: Page,
    jobs: Vec<JobRow>,
    older: Option<JobId>,
    state: String,
    consumers: Vec<ConsumerState>,
}

impl Jobs {
    const STATES: &[(&str, &str)] = &[
        ("", word!("jobs-all")),
        ("waiting", word!("jobs-waiting")),
        ("running", word!("jobs-running")),
        ("done", word!("jobs-done")),
        ("failed", word!("jobs-failed")),
        ("cancelled", word!("jobs-cancelled")),
    ];

    const KINDS: &[(&str, &str)] = &[
        ("people.link", word!("jobs-kind-link")),
        ("people.notice", word!("jobs-kind-notice")),
        ("people.import", word!("jobs-kind-people")),
        ("people.clean-up", word!("jobs-kind-sessions")),
        ("courses.fill-places", word!("jobs-kind-places")),
        ("exchange.import", word!("jobs-kind-package")),
        ("assessment.close-attempts", word!("jobs-kind-attempts")),
        ("assessment.settle-grades", word!("jobs-kind-settle")),
        ("work.clean-up", word!("jobs-kind-jobs")),
    ];

    /// What a job does, in words.
    fn what(&self, job: &JobRow) -> String {
        let known = Self::KINDS.iter().find(|(kind, _)| *kind == job.kind);
        known.map_or_else(|| job.kind.clone(), |(_, id)| self.page.t(id))
    }

    fn label(state: &JobState) -> &'static str {
        match state {
            JobState::Waiting => word!("jobs-waiting"),
            JobState::Running => word!("jobs-running"),
            JobState::Done => word!("jobs-done"),
            JobState::Failed => word!("jobs-failed"),
            JobState::Cancelled => word!("jobs-cancelled"),
        }
    }

    fn tone(state: &JobState) -> &'static str {
        match state {
            JobState::Done => "good",
            JobState::Failed => "bad",
            JobState::Running => "soon",
            JobState::Waiting | JobState::Cancelled => "",
        }
    }
}

#[derive(Deserialize)]
struct Asked {
    #[serde(default)]
    state: String,
    before: Option<JobId>,
}

async fn show(State(ctx): State<Ctx>, visitor: Visitor, Query(asked): Query<Asked>) -> web::Result {
    let viewer = visitor.viewer()?;
    viewer.must(JOBS, &Scope::institution())?;
    let page = viewer.page(&ctx, "institution");
    let state: Option<JobState> = asked.state.parse().ok();
    let (jobs, consumers) = ctx
        .db
        .read(move |tx| {
            Ok::<_, store::Error>((work::recent(tx, state, asked.before, LISTED_MAX)?, work::consumers(tx)?))
        })
        .await?;
    let older = (jobs.len() == LISTED_MAX as usize).then(|| jobs.last().map(|job| job.id)).flatten();
    let state = state.map(|state| state.to_string()).unwrap_or_default();
    Ok(web::html(Jobs { page, jobs, older, state, consumers }))
}

async fn retry(State(ctx): State<Ctx>, visitor: Visitor, Path(job): Path<JobId>) -> web::Result {
    let viewer = visitor.viewer()?;
    viewer.must(JOBS, &Scope::institution())?;
    let done = ctx.db.write(move |tx| work::retry(tx, job)).await?;
    Ok(answer(&visitor, done, word!("jobs-put-in-again"), word!("jobs-not-retried")))
}

async fn cancel(State(ctx): State<Ctx>, visitor: Visitor, Path(job): Path<JobId>) -> web::Result {
    let viewer = visitor.viewer()?;
    viewer.must(JOBS, &Scope::institution())?;
    let done = ctx.db.write(move |tx| work::cancel(tx, job)).await?;
    Ok(answer(&visitor, done, word!("jobs-stopped"), word!("jobs-not-stopped")))
}

fn answer(visitor: &Visitor, done: bool, good: &'static str, bad: &'static str) -> web::Response {
    let (kind, word) = if done { (FlashKind::Good, good) } else { (FlashKind::Bad, bad) };
    web::see_other("/institution/jobs").flash(kind, visitor.words().t(word), None)
}
