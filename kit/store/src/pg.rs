//! PostgreSQL: a fixed number of database threads, each with a connection that its own small runtime drives, so that a
//! statement never hops between threads. The threads are the pool.

use std::collections::HashMap;
use std::error::Error as _;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::pin;
use std::sync::Arc;
use std::time::{Duration, Instant};

use bytes::{BufMut, BytesMut};
use futures_util::{StreamExt, TryStreamExt, future};
use tokio::runtime::Runtime;
use tokio_postgres::error::SqlState;
use tokio_postgres::types::{FromSql, IsNull, ToSql, Type, to_sql_checked};
use tokio_postgres::{AsyncMessage, Client, Statement};
use uuid::Uuid;

use crate::db::{Ack, Job, Shared};
use crate::sqlite::{JobQueue, spawn};
use crate::tls::Target;
use crate::tx::Conn;
use crate::{Broken, EngineKind, Error, Mismatch, Result, Sql, Time, Tx, Value, ValueRef};

/// Microseconds between the Unix epoch and PostgreSQL's, 2000-01-01.
const EPOCH_2000_MICROS: i64 = 946_684_800_000_000;
const CHANNEL: &str = "stoa";
const RECONNECT_PAUSE_MAX: Duration = Duration::from_secs(5);

/// One connection and the runtime that drives it.
pub(crate) struct PgConn {
    runtime: Runtime,
    client: Client,
    statements: HashMap<*const Sql, Statement>,
    /// `begin` is sent together with the first statement, to save a round trip.
    begin: Option<&'static str>,
    /// The last text that was no [`Sql`], for the many rows of a restore.
    last_text: Option<(String, Statement)>,
}

/// Connects `threads` threads; the first connection is made here, so that a wrong address is said at once.
pub(crate) fn start(target: &Target, threads: usize, shared: &Arc<Shared>) -> Result<()> {
    // On a thread of its own: the caller may be inside an async runtime, which the connection's own must not nest in.
    let first = std::thread::scope(|scope| scope.spawn(|| PgConn::connect(target).map(drop)).join());
    first
        .unwrap_or_else(|_| Err(Error::Setup("connecting to PostgreSQL stopped with an internal fault".to_owned())))?;
    for number in 0..threads {
        let (target, shared) = (target.clone(), Arc::clone(shared));
        // Every second one serves reads only, so that a crowd of writers never holds up every page.
        let queue: fn(&Shared) -> &JobQueue = if number % 2 == 0 { |s| &s.reads } else { |s| &s.writes };
        let writes = number % 2 == 1;
        spawn(&format!("postgres-{number}"), move || serve(&target, &shared, queue, writes))?;
    }
    let (target, shared) = (target.clone(), Arc::clone(shared));
    spawn("postgres-listen", move || listen(&target, &shared))
}

impl PgConn {
    fn connect(target: &Target) -> Result<Self> {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        let (client, connection) = runtime
            .block_on(target.config.connect(target.tls.clone()))
            .map_err(|e| Error::Busy(format!("cannot reach PostgreSQL: {}", describe(&e))))?;
        runtime.spawn(async move {
            if let Err(e) = connection.await {
                tracing::warn!(error = %e, "a PostgreSQL connection ended");
            }
        });
        Ok(Self { runtime, client, statements: HashMap::new(), begin: None, last_text: None })
    }

    fn batch(&self, text: &str) -> Result<()> {
        self.runtime.block_on(self.client.batch_execute(text)).map_err(|e| error(&e, text))
    }

    pub(crate) fn begin_now(&mut self) -> Result<()> {
        self.begin.take().map_or(Ok(()), |begin| self.batch(begin))
    }

    pub(crate) fn run_batch(&mut self, text: &str) -> Result<()> {
        self.begin_now()?;
        self.batch(text)
    }

    pub(crate) fn prepared(&mut self, sql: &'static Sql) -> Result<Statement> {
        let key = std::ptr::from_ref(sql);
        if let Some(statement) = self.statements.get(&key) {
            return Ok(statement.clone());
        }
        self.begin_now()?;
        let text = sql.text(EngineKind::Postgres);
        let statement = self.runtime.block_on(self.client.prepare(text)).map_err(|e| error(&e, text))?;
        self.statements.insert(key, statement.clone());
        Ok(statement)
    }

    pub(crate) fn execute(&mut self, sql: &'static Sql, params: &[Value<'_>]) -> Result<u64> {
        let statement = self.prepared(sql)?;
        let begin = self.begin.take();
        let answer = self.runtime.block_on(async {
            let run = self.client.execute_raw(&statement, params);
            match begin {
                Some(begin) => future::try_join(self.client.batch_execute(begin), run).await.map(|((), n)| n),
                None => run.await,
            }
        });
        answer.map_err(|e| error(&e, sql.text(EngineKind::Postgres)))
    }

    pub(crate) fn rows(&mut self, sql: &'static Sql, params: &[Value<'_>]) -> Result<Vec<tokio_postgres::Row>> {
        let statement = self.prepared(sql)?;
        let begin = self.begin.take();
        let answer = self.runtime.block_on(async {
            let run = async { self.client.query_raw(&statement, params).await?.try_collect().await };
            match begin {
                Some(begin) => {
                    let ((), rows) = future::try_join(self.client.batch_execute(begin), run).await?;
                    Ok(rows)
                }
                None => run.await,
            }
        });
        answer.map_err(|e| error(&e, sql.text(EngineKind::Postgres)))
    }

    /// Runs a text that is no [`Sql`] of the program, with `?1` placeholders; prepared once.
    pub(crate) fn execute_text(&mut self, text: &str, params: &[Value<'_>]) -> Result<u64> {
        self.begin_now()?;
        let fail = |e: tokio_postgres::Error| error(&e, text);
        if self.last_text.as_ref().is_none_or(|(known, _)| known != text) {
            let numbered = text.replace('?', "$");
            let statement = self.runtime.block_on(self.client.prepare(&numbered)).map_err(fail)?;
            self.last_text = Some((text.to_owned(), statement));
        }
        let Some((_, statement)) = &self.last_text else { return Ok(0) };
        self.runtime.block_on(self.client.execute_raw(statement, params)).map_err(fail)
    }

    /// Rows of a text that is no [`Sql`] of the program (backup, migrations), one by one.
    pub(crate) fn each_text(
        &mut self,
        text: &str,
        params: &[Value<'_>],
        mut take: impl FnMut(&tokio_postgres::Row) -> Result<bool>,
    ) -> Result<()> {
        self.begin_now()?;
        let fail = |e: tokio_postgres::Error| error(&e, text);
        let statement = self.runtime.block_on(self.client.prepare(text)).map_err(fail)?;
        let stream = self.runtime.block_on(self.client.query_raw(&statement, params)).map_err(fail)?;
        let mut stream = pin!(stream);
        while let Some(row) = self.runtime.block_on(stream.next()) {
            if !take(&row.map_err(fail)?)? {
                break;
            }
        }
        Ok(())
    }
}

fn serve(target: &Target, shared: &Shared, queue: fn(&Shared) -> &JobQueue, writes: bool) {
    let mut connected: Option<PgConn> = None;
    while let Some(job) = queue(shared).take() {
        if connected.as_ref().is_none_or(|conn| conn.client.is_closed()) {
            match PgConn::connect(target) {
                Ok(conn) => connected = Some(conn),
                Err(e) => {
                    (job.work)(Err(e)).1(None);
                    continue;
                }
            }
        }
        if let Some(conn) = connected.as_mut() {
            transaction(conn, shared, job, writes);
        }
    }
}

fn transaction(conn: &mut PgConn, shared: &Shared, job: Job, writes: bool) {
    let started = Instant::now();
    let Job { work, counters } = job;
    conn.begin = Some(if writes { "begin" } else { "begin isolation level repeatable read read only" });
    let mut tx = Tx::new(Conn::Postgres(conn), shared, writes);
    let ended = catch_unwind(AssertUnwindSafe(|| work(Ok(&mut tx))));
    let notified = if matches!(ended, Ok((true, _))) && writes { tx.notify() } else { Ok(()) };
    let (statements, _) = tx.finish();
    if let Some(counters) = counters {
        counters.add(statements, u64::try_from(started.elapsed().as_micros()).unwrap_or(u64::MAX));
    }
    let (keep, ack): (bool, Ack) = ended.unwrap_or_else(|_| (false, Box::new(|_| ())));
    let untouched = conn.begin.take().is_some();
    if !writes {
        ack(None);
        if !untouched {
            let _ = conn.batch("rollback");
        }
        return;
    }
    let committed = match (untouched, keep, notified) {
        (true, ..) => Ok(()),
        (false, true, Ok(())) => conn.batch("commit"),
        (false, false, _) => conn.batch("rollback").or(Ok(())),
        (false, true, Err(e)) => conn.batch("rollback").and(Err(e)),
    };
    ack(committed.err());
}

/// Hears what other nodes committed. A lost connection is made anew; every topic is then woken, since some may have
/// been missed.
fn listen(target: &Target, shared: &Shared) {
    let mut pause = Duration::from_millis(100);
    while !shared.is_closed() {
        if let Err(e) = listen_once(target, shared) {
            tracing::warn!(error = %e, "listening for other nodes");
        }
        std::thread::sleep(pause);
        pause = (pause * 2).min(RECONNECT_PAUSE_MAX);
        shared.wake("*".to_owned());
    }
}

fn listen_once(target: &Target, shared: &Shared) -> Result<()> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(async {
        let fail = |e: tokio_postgres::Error| Error::Busy(describe(&e));
        let (client, mut connection) = target.config.connect(target.tls.clone()).await.map_err(fail)?;
        let messages = futures_util::stream::poll_fn(|context| connection.poll_message(context));
        let mut messages = pin!(messages);
        let setup = format!("listen {CHANNEL}");
        let mut listening = pin!(client.batch_execute(&setup));
        let mut ready = false;
        let mut watch = tokio::time::interval(Duration::from_secs(1));
        loop {
            tokio::select! {
                done = &mut listening, if !ready => {
                    done.map_err(fail)?;
                    ready = true;
                    // What was committed before anybody listened here was heard by nobody.
                    shared.wake("*".to_owned());
                }
                message = messages.next() => match message {
                    Some(Ok(AsyncMessage::Notification(note))) => shared.wake(note.payload().to_owned()),
                    Some(Ok(_)) => {}
                    Some(Err(e)) => return Err(fail(e)),
                    None => return Ok(()),
                },
                _ = watch.tick() => if shared.is_closed() { return Ok(()) },
            }
        }
    })
}

pub(crate) const NOTIFY: &Sql = {
    static SQL: Sql = Sql::per_engine("select ?1", "select pg_notify('stoa', ?1)");
    &SQL
};

impl ToSql for Value<'_> {
    fn to_sql(&self, ty: &Type, out: &mut BytesMut) -> Result<IsNull, Box<dyn std::error::Error + Sync + Send>> {
        match self {
            Value::Null => return Ok(IsNull::Yes),
            Value::Bool(truth) => out.put_u8(u8::from(*truth)),
            Value::Int(int) => match *ty {
                Type::INT8 => out.put_i64(*int),
                Type::INT4 => out.put_i32(i32::try_from(*int)?),
                Type::INT2 => out.put_i16(i16::try_from(*int)?),
                Type::FLOAT8 => out.put_f64(*int as f64),
                // How a backup, which knows no engine, says these two.
                Type::BOOL => out.put_u8(u8::from(*int != 0)),
                Type::TIMESTAMPTZ => out.put_i64(int.saturating_sub(EPOCH_2000_MICROS)),
                _ => return Err(wrong("an integer", ty)),
            },
            Value::Real(real) => match *ty {
                Type::FLOAT8 => out.put_f64(*real),
                _ => return Err(wrong("a real number", ty)),
            },
            Value::Text(text) => match *ty {
                Type::JSONB => {
                    out.put_u8(1);
                    out.put_slice(text.as_bytes());
                }
                Type::TEXT | Type::VARCHAR | Type::JSON | Type::NAME | Type::BPCHAR | Type::UNKNOWN => {
                    out.put_slice(text.as_bytes());
                }
                _ => return Err(wrong("a text", ty)),
            },
            Value::Blob(bytes) => match *ty {
                Type::BYTEA => out.put_slice(bytes),
                Type::UUID if bytes.len() == 16 => out.put_slice(bytes),
                _ => return Err(wrong("bytes", ty)),
            },
            Value::Uuid(id) => match *ty {
                Type::UUID | Type::BYTEA => out.put_slice(id.as_bytes()),
                _ => return Err(wrong("a uuid", ty)),
            },
            Value::Time(time) => match *ty {
                Type::TIMESTAMPTZ => out.put_i64(time.micros() - EPOCH_2000_MICROS),
                Type::INT8 => out.put_i64(time.micros()),
                _ => return Err(wrong("a time", ty)),
            },
            Value::Ids(ids) => return ids.to_sql(ty, out),
        }
        Ok(IsNull::No)
    }

    fn accepts(_: &Type) -> bool {
        true
    }

    to_sql_checked!();
}

fn wrong(found: &str, wanted: &Type) -> Box<dyn std::error::Error + Sync + Send> {
    format!("{found} was bound where {wanted} is wanted").into()
}

struct Raw<'r>(ValueRef<'r>);

impl<'r> FromSql<'r> for Raw<'r> {
    fn from_sql(ty: &Type, raw: &'r [u8]) -> Result<Self, Box<dyn std::error::Error + Sync + Send>> {
        Ok(Self(match *ty {
            Type::INT8 => ValueRef::Int(i64::from_be_bytes(raw.try_into()?)),
            Type::INT4 => ValueRef::Int(i32::from_be_bytes(raw.try_into()?).into()),
            Type::INT2 => ValueRef::Int(i16::from_be_bytes(raw.try_into()?).into()),
            Type::FLOAT8 => ValueRef::Real(f64::from_be_bytes(raw.try_into()?)),
            Type::BOOL => ValueRef::Bool(raw.first() == Some(&1)),
            Type::UUID => ValueRef::Uuid(Uuid::from_slice(raw)?),
            Type::TIMESTAMPTZ => {
                ValueRef::Time(Time::from_micros(i64::from_be_bytes(raw.try_into()?).saturating_add(EPOCH_2000_MICROS)))
            }
            Type::JSONB => ValueRef::Text(std::str::from_utf8(raw.get(1..).unwrap_or_default())?),
            Type::TEXT | Type::VARCHAR | Type::NAME | Type::JSON | Type::BPCHAR | Type::UNKNOWN => {
                ValueRef::Text(std::str::from_utf8(raw)?)
            }
            Type::BYTEA => ValueRef::Blob(raw),
            ref other => return Err(format!("{other} is not a type that Stoa stores; cast it").into()),
        }))
    }

    fn from_sql_null(_: &Type) -> Result<Self, Box<dyn std::error::Error + Sync + Send>> {
        Ok(Self(ValueRef::Null))
    }

    fn accepts(_: &Type) -> bool {
        true
    }
}

pub(crate) fn value(row: &tokio_postgres::Row, place: usize) -> Result<ValueRef<'_>, Mismatch> {
    row.try_get::<_, Raw<'_>>(place).map(|raw| raw.0).map_err(|e| Mismatch(describe(&e)))
}

/// PostgreSQL names the constraint and, in its detail, the columns: `Key (email)=(ana@x) already exists.`
fn error(e: &tokio_postgres::Error, sql: &str) -> Error {
    let Some(db) = e.as_db_error() else {
        return if e.is_closed() {
            Error::Busy("the connection to PostgreSQL was lost".to_owned())
        } else {
            Error::Statement { message: describe(e), sql: sql.to_owned() }
        };
    };
    let broken = match *db.code() {
        SqlState::UNIQUE_VIOLATION => Broken::Unique,
        SqlState::FOREIGN_KEY_VIOLATION => Broken::Reference,
        SqlState::CHECK_VIOLATION => Broken::Check,
        SqlState::NOT_NULL_VIOLATION => Broken::NotNull,
        SqlState::T_R_DEADLOCK_DETECTED
        | SqlState::T_R_SERIALIZATION_FAILURE
        | SqlState::ADMIN_SHUTDOWN
        | SqlState::CRASH_SHUTDOWN
        | SqlState::CANNOT_CONNECT_NOW
        | SqlState::LOCK_NOT_AVAILABLE => {
            return Error::Busy(db.message().to_owned());
        }
        // The same within JSON, where it is escaped.
        SqlState::UNTRANSLATABLE_CHARACTER => return Error::Unkeepable,
        _ => return Error::Statement { message: describe(e), sql: sql.to_owned() },
    };
    Error::Constraint { broken, on: place_of(db) }
}

fn place_of(db: &tokio_postgres::error::DbError) -> String {
    let table = db.table().unwrap_or_default();
    let columns = match db.column() {
        Some(column) => Some(column.to_owned()),
        None => db
            .detail()
            .and_then(|detail| detail.strip_prefix("Key ("))
            .and_then(|detail| detail.split_once(")=("))
            .map(|(columns, _)| columns.replace(", ", ",")),
    };
    match columns {
        Some(columns) if !table.is_empty() && !columns.contains('(') => format!("{table}.{columns}"),
        _ => db.constraint().unwrap_or(table).to_owned(),
    }
}

fn describe(e: &tokio_postgres::Error) -> String {
    match (e.as_db_error(), e.source()) {
        (Some(db), _) => db.message().to_owned(),
        (None, Some(source)) => format!("{e}: {source}"),
        (None, None) => e.to_string(),
    }
}
