//! The embedded engine: WAL, `synchronous=FULL`, one writer and several readers. Writers that wait are committed
//! together, each in a savepoint of its own, and acknowledged after the commit.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use rusqlite::config::DbConfig;
use rusqlite::types::{ToSqlOutput, ValueRef as SqliteValue};
use rusqlite::{Connection, ErrorCode, OpenFlags};

use crate::db::{Ack, Job, Shared};
use crate::queue::Queue;
use crate::tx::Conn;
use crate::{Broken, Error, Mismatch, Result, Time, Tx, Value, ValueRef};

/// How long a statement waits for another process's lock.
const BUSY_TIMEOUT: Duration = Duration::from_secs(5);
/// The most writes that share one commit, and the longest that the first of them waits for the others.
const GROUP_MAX: usize = 128;
const GROUP_TIME_MAX: Duration = Duration::from_millis(20);
const STATEMENTS_CACHED: usize = 512;

pub(crate) struct SqliteOptions {
    /// `full` in production; tests, whose data may vanish with the machine, say `off`.
    pub(crate) durable: bool,
    pub(crate) readers: usize,
}

/// Opens the file and starts the threads that serve the two queues.
pub(crate) fn start(file: &Path, options: &SqliteOptions, shared: &Arc<Shared>) -> Result<()> {
    let writer = connect(file, options, true)?;
    let for_writer = Arc::clone(shared);
    spawn("sqlite-writer", move || write_loop(&writer, &for_writer))?;
    for number in 0..options.readers {
        let reader = connect(file, options, false)?;
        let for_reader = Arc::clone(shared);
        spawn(&format!("sqlite-reader-{number}"), move || read_loop(&reader, &for_reader))?;
    }
    Ok(())
}

pub(crate) fn spawn(name: &str, body: impl FnOnce() + Send + 'static) -> Result<()> {
    std::thread::Builder::new().name(name.to_owned()).spawn(body)?;
    Ok(())
}

fn connect(file: &Path, options: &SqliteOptions, writes: bool) -> Result<Connection> {
    let setup = |e: rusqlite::Error| Error::Setup(format!("cannot open {}: {e}", file.display()));
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let conn = Connection::open_with_flags(file, flags).map_err(setup)?;
    conn.busy_timeout(BUSY_TIMEOUT).map_err(setup)?;
    conn.set_prepared_statement_cache_capacity(STATEMENTS_CACHED);
    // A plan must not depend on the values that are bound: without this a statement in which a value is compared with a
    // constant of an index is parsed and planned again at every run, a fifth of what a page costs.
    conn.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true).map_err(setup)?;
    let synchronous = if options.durable { "full" } else { "off" };
    let pragmas = format!(
        "pragma journal_mode = wal; pragma synchronous = {synchronous}; pragma foreign_keys = on;
         pragma temp_store = memory; pragma cache_size = -16000; pragma mmap_size = 268435456;
         pragma wal_autocheckpoint = 2000; pragma trusted_schema = off;"
    );
    conn.execute_batch(&pragmas).map_err(setup)?;
    if !writes {
        conn.execute_batch("pragma query_only = on").map_err(setup)?;
    }
    Ok(conn)
}

fn read_loop(conn: &Connection, shared: &Shared) {
    while let Some(job) = shared.reads.take() {
        let ack = match conn.execute_batch("begin") {
            Ok(()) => {
                let outcome = run(conn, shared, job, false);
                // A read has nothing to keep: ending it cannot lose anything.
                let _ = conn.execute_batch("rollback");
                outcome.1
            }
            Err(e) => fail_unrun(job, error(e, "begin")),
        };
        ack(None);
    }
}

fn write_loop(conn: &Connection, shared: &Shared) {
    while let Some(first) = shared.writes.take() {
        write_group(conn, shared, first);
    }
}

/// Runs the job and those that wait behind it, commits once, then tells each how it went.
fn write_group(conn: &Connection, shared: &Shared, first: Job) {
    if let Err(e) = conn.execute_batch("begin immediate") {
        fail_unrun(first, error(e, "begin immediate"))(None);
        return;
    }
    let started = Instant::now();
    let mut acks: Vec<Ack> = Vec::new();
    let mut wakes = Vec::new();
    let mut next = Some(first);
    let mut lost = None;
    while let Some(job) = next.take() {
        match in_savepoint(conn, shared, job, &mut wakes) {
            Ok(ack) => acks.push(ack),
            Err((ack, e)) => {
                acks.push(ack);
                lost = Some(e);
                break;
            }
        }
        if acks.len() < GROUP_MAX && started.elapsed() < GROUP_TIME_MAX {
            next = shared.writes.try_take();
        }
    }
    let failure = lost.or_else(|| conn.execute_batch("commit").err().map(|e| error(e, "commit").to_string()));
    if failure.is_some() {
        let _ = conn.execute_batch("rollback");
        wakes.clear();
    }
    for ack in acks {
        ack(failure.clone().map(Error::Busy));
    }
    for topic in wakes {
        shared.wake(topic);
    }
}

/// One write in its savepoint. An error is returned only where the whole transaction is gone (a full disk, say): then
/// nothing of the group was kept.
fn in_savepoint(conn: &Connection, shared: &Shared, job: Job, wakes: &mut Vec<String>) -> Result<Ack, (Ack, String)> {
    if let Err(e) = conn.execute_batch("savepoint one") {
        let e = error(e, "savepoint");
        let text = e.to_string();
        return Err((fail_unrun(job, e), text));
    }
    let (keep, ack, topics) = run(conn, shared, job, true);
    if conn.is_autocommit() {
        return Err((ack, "the transaction was rolled back by the database engine".to_owned()));
    }
    let end = if keep { "release one" } else { "rollback to one; release one" };
    match conn.execute_batch(end) {
        Ok(()) => {
            if keep {
                wakes.extend(topics);
            }
            Ok(ack)
        }
        Err(e) => Err((ack, error(e, end).to_string())),
    }
}

fn run(conn: &Connection, shared: &Shared, job: Job, writes: bool) -> (bool, Ack, Vec<String>) {
    let started = Instant::now();
    let Job { work, counters } = job;
    let mut tx = Tx::new(Conn::Sqlite(conn), shared, writes);
    let ended = catch_unwind(AssertUnwindSafe(|| work(Ok(&mut tx))));
    let (statements, topics) = tx.finish();
    if let Some(counters) = counters {
        counters.add(statements, u64::try_from(started.elapsed().as_micros()).unwrap_or(u64::MAX));
    }
    match ended {
        Ok((keep, ack)) => (keep, ack, topics),
        // The sender is dropped with the closure; the request hears `Error::Aborted`.
        Err(_) => (false, Box::new(|_| ()), Vec::new()),
    }
}

/// The job never ran: it is handed the error in place of a transaction.
fn fail_unrun(job: Job, e: Error) -> Ack {
    (job.work)(Err(e)).1
}

pub(crate) fn prepare(conn: &Connection, text: &str) -> Result<()> {
    conn.prepare(text).map(|_| ()).map_err(|e| error(e, text))
}

pub(crate) fn execute(conn: &Connection, text: &str, params: &[Value<'_>]) -> Result<u64> {
    let fail = |e| error(e, text);
    let mut statement = conn.prepare_cached(text).map_err(fail)?;
    let changed = statement.execute(rusqlite::params_from_iter(params)).map_err(fail)?;
    Ok(changed as u64)
}

pub(crate) fn each(
    conn: &Connection,
    text: &str,
    params: &[Value<'_>],
    mut take: impl FnMut(&rusqlite::Row<'_>) -> Result<bool>,
) -> Result<()> {
    let fail = |e| error(e, text);
    let mut statement = conn.prepare_cached(text).map_err(fail)?;
    let mut rows = statement.query(rusqlite::params_from_iter(params)).map_err(fail)?;
    while let Some(row) = rows.next().map_err(fail)? {
        if !take(row)? {
            break;
        }
    }
    Ok(())
}

impl rusqlite::ToSql for Value<'_> {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(match self {
            Value::Null => ToSqlOutput::Borrowed(SqliteValue::Null),
            Value::Bool(truth) => ToSqlOutput::Borrowed(SqliteValue::Integer(i64::from(*truth))),
            Value::Int(int) => ToSqlOutput::Borrowed(SqliteValue::Integer(*int)),
            Value::Real(real) => ToSqlOutput::Borrowed(SqliteValue::Real(*real)),
            Value::Text(text) => ToSqlOutput::Borrowed(SqliteValue::Text(text.as_bytes())),
            Value::Blob(bytes) => ToSqlOutput::Borrowed(SqliteValue::Blob(bytes)),
            Value::Uuid(id) => ToSqlOutput::Borrowed(SqliteValue::Blob(id.as_bytes())),
            Value::Time(time) => ToSqlOutput::Borrowed(SqliteValue::Integer(time.micros())),
            Value::Ids(ids) => {
                let hex: Vec<String> = ids.iter().map(|id| format!("\"{}\"", id.simple())).collect();
                ToSqlOutput::Owned(format!("[{}]", hex.join(",")).into())
            }
        })
    }
}

pub(crate) fn value<'r>(row: &'r rusqlite::Row<'_>, place: usize) -> Result<ValueRef<'r>, Mismatch> {
    let value = row.get_ref(place).map_err(|e| Mismatch(e.to_string()))?;
    Ok(match value {
        SqliteValue::Null => ValueRef::Null,
        SqliteValue::Integer(int) => ValueRef::Int(int),
        SqliteValue::Real(real) => ValueRef::Real(real),
        SqliteValue::Text(bytes) => {
            ValueRef::Text(std::str::from_utf8(bytes).map_err(|_| Mismatch("the text is not UTF-8".to_owned()))?)
        }
        SqliteValue::Blob(bytes) => ValueRef::Blob(bytes),
    })
}

/// SQLite says a broken rule in words: `UNIQUE constraint failed: person.email`.
pub(crate) fn error(e: rusqlite::Error, sql: &str) -> Error {
    let rusqlite::Error::SqliteFailure(failure, message) = &e else {
        return Error::Statement { message: e.to_string(), sql: sql.to_owned() };
    };
    let message = message.clone().unwrap_or_else(|| failure.to_string());
    match failure.code {
        ErrorCode::ConstraintViolation => broken_rule(&message),
        ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked => Error::Busy(message),
        _ => Error::Statement { message, sql: sql.to_owned() },
    }
}

fn broken_rule(message: &str) -> Error {
    let broken = match message.split(' ').next() {
        Some("UNIQUE") => Broken::Unique,
        Some("FOREIGN") => Broken::Reference,
        Some("NOT") => Broken::NotNull,
        _ => Broken::Check,
    };
    let place = message.split_once(": ").map_or("", |(_, place)| place);
    // Several columns come as `t.a, t.b`; the table is named once in ours.
    let mut columns = place.split(", ");
    let mut on = columns.next().unwrap_or_default().trim_start_matches("index ").trim_matches('\'').to_owned();
    for column in columns {
        on.push(',');
        on.push_str(column.split_once('.').map_or(column, |(_, name)| name));
    }
    Error::Constraint { broken, on }
}

/// The machine's clock.
pub(crate) fn now() -> Time {
    Time::from(jiff::Timestamp::now())
}

pub(crate) type JobQueue = Queue<Job>;
