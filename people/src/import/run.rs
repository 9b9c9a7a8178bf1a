//! Taking a list over.

use serde::{Deserialize, Serialize};
use serde_json::json;
use store::{Event, FromRow, Json, Result, Time, Tx, params, sql};
use work::Job;

use super::plan::{self, Deed, Known, Outcome, Planned, Reason};
use super::table::{Row, Table};
use crate::access::Access;
use crate::error::Error;
use crate::{PersonId, account, grant, person};

/// How many rows are taken over in one transaction: others can write in between.
const PART_ROWS: usize = 200;
/// How many lists are kept; older ones go, with their reports.
const IMPORTS_MAX: usize = 50;
/// The kind of the job.
pub const IMPORT_JOB: &str = "people.import";

store::id! {
    /// A list of people that was handed in.
    ImportId
}

/// A list of people that was handed in.
#[derive(Clone, Debug, FromRow)]
pub struct Import {
    /// The list.
    pub id: ImportId,
    /// The name of its file.
    pub file_name: String,
    /// When it was handed in.
    pub at: Time,
    /// By whom.
    pub by: PersonId,
    /// How the file was read.
    pub reading: Json<Reading>,
    /// How many people are in it.
    pub total: u64,
    /// When it was started; none while it is a plan.
    pub started_at: Option<Time>,
    /// Whether new people get an invitation.
    pub invite: bool,
    /// How many rows are done.
    pub done: u64,
    /// When it was done.
    pub ended_at: Option<Time>,
}

/// How a file was read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reading {
    /// The character set.
    pub encoding: String,
    /// The separator.
    pub separator: char,
    /// Columns that were left out.
    pub ignored: Vec<String>,
}

/// Keeps a list, so that it can be looked at before it is taken over.
pub fn keep(tx: &mut Tx<'_>, file_name: &str, table: Table, by: PersonId) -> Result<ImportId> {
    let id: ImportId = tx.new_id();
    let now = tx.now();
    let reading = Reading { encoding: table.encoding.to_owned(), separator: table.separator, ignored: table.ignored };
    let file_name: String = crate::name::tidy(file_name).chars().take(200).collect();
    tx.execute(
        sql!("insert into people_import (id, file_name, at, by, reading, total) values (?1, ?2, ?3, ?4, ?5, ?6)"),
        params![id, file_name, now, by, Json(reading), table.rows.len()],
    )?;
    let mut rows = table.rows;
    plan::mark_doubles(&mut rows);
    for (part, rows) in rows.chunks(PART_ROWS).enumerate() {
        let sql = sql!("insert into people_import_part (import, part, rows) values (?1, ?2, ?3)");
        tx.execute(sql, params![id, part, Json(rows)])?;
    }
    tx.execute(
        sql!(
            "delete from people_import where id in (
                 select id from people_import order by at desc, id desc limit 1000 offset ?1)"
        ),
        params![IMPORTS_MAX],
    )?;
    Ok(id)
}

/// The list; [`store::Error::NotFound`] where there is none.
pub fn find(tx: &mut Tx<'_>, id: ImportId) -> Result<Import> {
    tx.one(sql!("select * from people_import where id = ?1"), params![id])
}

/// The lists that were handed in, the newest first.
pub fn recent(tx: &mut Tx<'_>) -> Result<Vec<Import>> {
    tx.all(sql!("select * from people_import order by at desc, id desc limit 20"), params![])
}

/// What the list would come to for someone with these rights: six statements.
pub fn dry_run(tx: &mut Tx<'_>, id: ImportId, access: Access) -> Result<Vec<Planned>> {
    let (_, rows, _) = open(tx, id)?;
    dry_run_of(tx, &rows, access)
}

/// What these rows would come to for someone with these rights: five statements.
pub fn dry_run_of(tx: &mut Tx<'_>, rows: &[Row], access: Access) -> Result<Vec<Planned>> {
    let known = Known::load(tx, rows, access)?;
    Ok(rows.iter().map(|row| plan::plan(row, &known).0).collect())
}

/// What the list came to, as far as it is done.
pub fn report(tx: &mut Tx<'_>, id: ImportId) -> Result<Vec<Planned>> {
    Ok(open(tx, id)?.2)
}

/// The list, its rows, and what became of those that are done: one statement. [`store::Error::NotFound`] where there is
/// no such list.
pub fn open(tx: &mut Tx<'_>, id: ImportId) -> Result<(Import, Vec<Row>, Vec<Planned>)> {
    let (mut import, mut rows, mut report) = (None, Vec::new(), Vec::new());
    tx.each(
        sql!(
            "select i.id, i.file_name, i.at, i.by, i.reading, i.total, i.started_at, i.invite, i.done, i.ended_at,
                    p.rows, p.report
             from people_import i join people_import_part p on p.import = i.id where i.id = ?1 order by p.part"
        ),
        params![id],
        |row| {
            import = Some(Import::from_row(row)?);
            rows.extend(row.get::<Json<Vec<Row>>>("rows")?.0);
            report.extend(row.get::<Option<Json<Vec<Planned>>>>("report")?.into_iter().flat_map(|part| part.0));
            Ok(())
        },
    )?;
    Ok((import.ok_or(store::Error::NotFound)?, rows, report))
}

/// Starts it, once: a job does the rest. Says whether this call did.
pub fn start(tx: &mut Tx<'_>, id: ImportId, invite: bool, by: PersonId) -> Result<bool> {
    let now = tx.now();
    let started = tx.execute(
        sql!("update people_import set started_at = ?2, invite = ?3, by = ?4 where id = ?1 and started_at is null"),
        params![id, now, invite, by],
    )?;
    if started == 1 {
        let job = Job::new(IMPORT_JOB, json!({ "import": id })).unique(id.to_string()).by(by);
        work::enqueue(tx, &job)?;
    }
    Ok(started == 1)
}

#[derive(FromRow)]
struct Part {
    part: i64,
    rows: Json<Vec<Row>>,
}

/// Takes the next part over, with the rights that its person has now; says whether more is to be done. A part is done
/// and reported in one transaction: after a crash it goes on where it stopped.
pub fn step(tx: &mut Tx<'_>, id: ImportId) -> Result<bool, Error> {
    let import = find(tx, id)?;
    let part: Option<Part> = tx.maybe(
        sql!(
            "select part, rows from people_import_part where import = ?1 and report is null
             order by part limit 1 for update"
        ),
        params![id],
    )?;
    let Some(part) = part else {
        if import.ended_at.is_none() {
            end(tx, &import)?;
        }
        return Ok(false);
    };
    let access = Access::load(tx, import.by)?;
    let known = Known::load(tx, &part.rows.0, access)?;
    let mut report = Vec::with_capacity(part.rows.0.len());
    for row in &part.rows.0 {
        let (mut planned, deed) = plan::plan(row, &known);
        if let Some(deed) = deed
            && let Err(reason) = perform(tx, &deed, &import)?
        {
            planned.outcome = Outcome::Refused;
            planned.reasons.push(reason);
        }
        report.push(planned);
    }
    let sql = sql!("update people_import_part set report = ?3 where import = ?1 and part = ?2");
    tx.execute(sql, params![id, part.part, Json(&report)])?;
    let sql = sql!("update people_import set done = done + ?2 where id = ?1");
    tx.execute(sql, params![id, report.len()])?;
    tx.wake(&format!("import:{id}"));
    Ok(true)
}

/// Writes one row. Somebody may have taken the address since the plan was made: that refuses the row, not the list.
fn perform(tx: &mut Tx<'_>, deed: &Deed, import: &Import) -> Result<std::result::Result<(), Reason>, Error> {
    let written = tx.savepoint(|tx| {
        let id = match deed.person {
            Some(id) => {
                if deed.details_are_new {
                    person::change(tx, id, &deed.details, import.by)?;
                }
                id
            }
            None => {
                let id = person::add(tx, &deed.details, Some(import.by))?;
                if import.invite {
                    account::invite(tx, id, import.by)?;
                }
                id
            }
        };
        for (role, place) in &deed.roles {
            grant::give(tx, id, role, (place.0, Some(place.1)), None, None, Some(import.by))?;
        }
        Ok(())
    });
    match written {
        Ok(()) => Ok(Ok(())),
        Err(Error::Refused(_)) => Ok(Err(Reason::EmailTaken(String::new()))),
        Err(e) => Err(e),
    }
}

fn end(tx: &mut Tx<'_>, import: &Import) -> Result<()> {
    let now = tx.now();
    tx.execute(sql!("update people_import set ended_at = ?2 where id = ?1"), params![import.id, now])?;
    let report = report(tx, import.id)?;
    let mut event = Event::new("people.imported", "import", import.id).by(import.by);
    for outcome in Outcome::ALL {
        let count = report.iter().filter(|planned| planned.outcome == outcome).count();
        event = event.with(outcome.as_str(), count);
    }
    tx.record(&event)?;
    tx.wake(&format!("import:{}", import.id));
    Ok(())
}
