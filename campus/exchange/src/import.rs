//! Imports as they are kept, and the job that does them.

use courses::{CREATE, Course, CourseId, EDIT};
use files::{Files, Hash};
use people::{PersonId, Scope, UnitId, Viewer};
use store::{Event, FromRow, Json, Time, Tx, params, sql};
use web::Ctx;
use work::{Failure, Job, JobId, JobKind, Run};

use crate::run::{Target, apply, blocking, keep_files, read, words};
use crate::{ImportError, ImportId, Report};

const RUN: &str = "exchange.import";
/// Imports that are listed.
const LISTED_MAX: u32 = 20;

store::text_enum! {
    /// Where an import stands.
    pub enum ImportState {
        /// It was looked at: nothing is done yet.
        Looked = "looked",
        /// A job does it.
        Running = "running",
        /// It is done.
        Done = "done",
        /// It could not be done; nothing of it is there.
        Failed = "failed",
    }
}

/// An import.
#[derive(Clone, Debug, FromRow)]
pub(crate) struct Import {
    pub(crate) id: ImportId,
    pub(crate) course: Option<CourseId>,
    pub(crate) unit: Option<UnitId>,
    pub(crate) title: String,
    pub(crate) file_name: String,
    pub(crate) hash: String,
    pub(crate) size: u64,
    pub(crate) state: ImportState,
    pub(crate) report: Json<Report>,
    pub(crate) error: Option<String>,
    pub(crate) job: Option<JobId>,
    pub(crate) made_at: Time,
    pub(crate) made_by: Option<PersonId>,
}

/// A package that was looked at.
#[derive(Clone, Debug)]
pub(crate) struct Looked {
    pub(crate) course: Option<CourseId>,
    pub(crate) unit: Option<UnitId>,
    pub(crate) file_name: String,
    pub(crate) hash: String,
    pub(crate) size: u64,
    pub(crate) report: Report,
}

impl Import {
    pub(crate) fn find(tx: &mut Tx<'_>, id: ImportId) -> store::Result<Self> {
        tx.one(
            sql!(
                "select id, course, unit, title, file_name, hash, size, state, report, error, job, made_at, made_by
                 from import where id = ?1"
            ),
            params![id],
        )
    }

    pub(crate) fn of_course(tx: &mut Tx<'_>, course: CourseId) -> store::Result<Vec<Self>> {
        tx.all(
            sql!(
                "select id, course, unit, title, file_name, hash, size, state, report, error, job, made_at, made_by
                 from import where course = ?1 order by made_at desc limit ?2"
            ),
            params![course, LISTED_MAX],
        )
    }

    pub(crate) fn keep(tx: &mut Tx<'_>, looked: &Looked, by: PersonId) -> store::Result<ImportId> {
        let (id, now): (ImportId, Time) = (tx.new_id(), tx.now());
        tx.execute(
            sql!(
                "insert into import (id, course, unit, title, file_name, hash, size, state, report, made_at, made_by)
                 values (?1, ?2, ?3, ?4, ?5, ?6, ?7, 'looked', ?8, ?9, ?10)"
            ),
            params![
                id,
                looked.course,
                looked.unit,
                looked.report.title,
                looked.file_name,
                looked.hash,
                looked.size,
                Json(&looked.report),
                now,
                by
            ],
        )?;
        Ok(id)
    }

    /// Puts the job in; false where the import runs or is done.
    pub(crate) fn start(&self, tx: &mut Tx<'_>, by: PersonId) -> store::Result<bool> {
        let changed = tx.execute(
            sql!(
                "update import set state = 'running', error = null, made_by = ?2
                 where id = ?1 and state in ('looked', 'failed')"
            ),
            params![self.id, by],
        )?;
        if changed == 0 {
            return Ok(false);
        }
        let payload = serde_json::json!({ "import": self.id.to_string() });
        let job = work::enqueue(tx, &Job::new(RUN, payload).unique(self.id.to_string()).attempts(3).by(by))?;
        tx.execute(sql!("update import set job = ?2 where id = ?1"), params![self.id, job])?;
        tx.wake(&format!("import:{}", self.id));
        Ok(true)
    }
}

/// The jobs of this crate.
pub fn jobs(ctx: &Ctx) -> Vec<JobKind> {
    let files = ctx.get::<Files>();
    vec![JobKind::new(RUN, move |run| {
        let files = Files::clone(&files);
        async move { work_off(&files, run).await }
    })]
}

async fn work_off(files: &Files, run: Run) -> Result<(), Failure> {
    let id: ImportId = run
        .payload
        .get("import")
        .and_then(|id| id.as_str())
        .and_then(|id| id.parse().ok())
        .ok_or_else(|| Failure::Final("the job names no import".to_owned()))?;
    let import = run.db.read(move |tx| Import::find(tx, id)).await?;
    if import.state != ImportState::Running {
        return Ok(());
    }
    let done = take_over(files, &run, &import).await;
    let Err(e) = done else { return Ok(()) };
    let temporary = matches!(&e, ImportError::Store(e) if e.is_temporary());
    if temporary && run.attempt < 3 {
        return Err(Failure::Retry(e.to_string()));
    }
    let text = e.to_string();
    let told = text.clone();
    run.db
        .write(move |tx| {
            let sql = sql!("update import set state = 'failed', error = ?2 where id = ?1");
            tx.execute(sql, params![id, told])?;
            tx.wake(&format!("import:{id}"));
            Ok::<_, store::Error>(())
        })
        .await?;
    Err(Failure::Final(text))
}

async fn take_over(files: &Files, run: &Run, import: &Import) -> Result<(), ImportError> {
    let by = import.made_by.ok_or(store::Error::NotFound)?;
    let hash: Hash = import.hash.parse().map_err(|_| store::Error::NotFound)?;
    let file = files.local(&hash).await?;
    let lang = run
        .db
        .read(move |tx| {
            let person = people::find(tx, by)?;
            let own = people::institution::find(tx)?.map(|institution| institution.locale);
            Ok::<_, store::Error>(person.locale.or(own).unwrap_or_else(|| "en".to_owned()))
        })
        .await?;
    let package = blocking(move || read(file, &words(&lang))).await?;
    let progress = run.progress.clone();
    let kept = keep_files(files, package, |done, all| {
        let progress = progress.clone();
        async move {
            // Each report is a write: every tenth file is often enough to watch.
            if done % 10 == 0 || done == all {
                progress.report(done, all + 1, "").await.map_err(|e| ImportError::Io(std::io::Error::other(e)))?;
            }
            Ok(())
        }
    })
    .await?;
    let import = import.clone();
    run.db
        .write(move |tx| {
            may(tx, &import, by)?;
            let target = match (import.course, import.unit) {
                (Some(course), _) => Target::Course(course),
                (None, Some(unit)) => Target::New { unit, title: Some(import.title.clone()) },
                (None, None) => return Err(ImportError::NoUnit),
            };
            let course = target.course(tx, &kept.plan, by)?;
            if import.course.is_none() {
                teach(tx, course, by)?;
            }
            let report = apply(tx, course, &kept, import.course.is_none(), by)?;
            tx.execute(
                sql!("update import set state = 'done', course = ?2, report = ?3, error = null where id = ?1"),
                params![import.id, course, Json(&report)],
            )?;
            tx.record(&Event::new("course.imported", "course", course).by(by).with("file", import.file_name.as_str()))?;
            tx.wake(&format!("import:{}", import.id));
            Ok(())
        })
        .await
}

/// Whether the person may still do what they could when they asked.
fn may(tx: &mut Tx<'_>, import: &Import, by: PersonId) -> Result<(), ImportError> {
    let viewer = Viewer::of(tx, by)?;
    let allowed = match (import.course, import.unit) {
        (Some(course), _) => viewer.can(EDIT, &Course::find(tx, course)?.scope()),
        (None, Some(unit)) => {
            people::unit::find(tx, unit)?.is_some_and(|unit| viewer.can(CREATE, &Scope::unit(&unit.path)))
        }
        (None, None) => return Err(ImportError::NoUnit),
    };
    if allowed { Ok(()) } else { Err(ImportError::NotAllowed) }
}

/// Who makes a course teaches it.
fn teach(tx: &mut Tx<'_>, course: CourseId, by: PersonId) -> store::Result<()> {
    use courses::CourseRole;
    use courses::enrolment::{IfFull, NewEnrolment, enrol};
    enrol(tx, &NewEnrolment::new(course, by, CourseRole::Teacher), IfFull::Wait, Some(by))?;
    Ok(())
}
