use std::fmt;
use std::sync::Arc;

use crate::db::Shared;
use crate::pg::PgConn;
use crate::row::{Columns, Values};
use crate::{EngineKind, Error, Event, FromRow, Id, Result, Row, Sql, Time, Value, event, id, pg, sqlite};

pub(crate) enum Conn<'c> {
    Sqlite(&'c rusqlite::Connection),
    Postgres(&'c mut PgConn),
}

/// A transaction. It carries the clock and the randomness, so that a test can set both.
pub struct Tx<'c> {
    conn: Conn<'c>,
    now: Time,
    shared: &'c Shared,
    writes: bool,
    statements: u64,
    savepoints: u32,
    wakes: Vec<String>,
}

impl fmt::Debug for Tx<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Tx").field("now", &self.now).field("statements", &self.statements).finish_non_exhaustive()
    }
}

impl<'c> Tx<'c> {
    pub(crate) fn new(conn: Conn<'c>, shared: &'c Shared, writes: bool) -> Self {
        Self { conn, now: shared.now(), shared, writes, statements: 0, savepoints: 0, wakes: Vec::new() }
    }

    /// The time of this transaction; the same however often it is asked.
    pub const fn now(&self) -> Time {
        self.now
    }

    /// A new id, sorted after those made before.
    pub fn new_id<T: From<Id>>(&mut self) -> T {
        // Ids made within one transaction share its time: the statement count moves them apart.
        let micros = if self.shared.entropy.is_seeded() { self.now.micros() } else { sqlite::now().micros() };
        T::from(id::version_7(micros, self.shared.entropy.bytes()))
    }

    /// Random bytes fit for secrets (but for tests that seed them).
    pub fn random<const N: usize>(&mut self) -> [u8; N] {
        self.shared.entropy.bytes()
    }

    /// What this process remembers of the database: a value of each type, empty at first. Other processes write too, and a
    /// transaction may be undone. So what is remembered carries a mark by which a row tells whether it still holds, and
    /// only a transaction that [reads](Tx::is_read_only), and so sees nothing that may be undone, adds to it.
    pub fn memory<T: Default + Send + Sync + 'static>(&self) -> Arc<T> {
        self.shared.memory.of()
    }

    /// Whether it came from [`Db::read`](crate::Db::read): one snapshot of what is committed.
    pub const fn is_read_only(&self) -> bool {
        !self.writes
    }

    /// Which engine this is; only for what no statement can hide.
    pub const fn engine(&self) -> EngineKind {
        match self.conn {
            Conn::Sqlite(_) => EngineKind::Sqlite,
            Conn::Postgres(_) => EngineKind::Postgres,
        }
    }

    /// Runs a statement that answers no rows; says how many it changed.
    pub fn execute(&mut self, sql: &'static Sql, params: &[Value<'_>]) -> Result<u64> {
        self.statements += 1;
        keepable(params)?;
        match &mut self.conn {
            Conn::Sqlite(conn) => sqlite::execute(conn, sql.text(EngineKind::Sqlite), params),
            Conn::Postgres(conn) => conn.execute(sql, params),
        }
    }

    /// Every row of the answer.
    pub fn all<T: FromRow>(&mut self, sql: &'static Sql, params: &[Value<'_>]) -> Result<Vec<T>> {
        let mut out = Vec::new();
        self.each(sql, params, |row| {
            out.push(T::from_row(row)?);
            Ok(())
        })?;
        Ok(out)
    }

    /// The first row of the answer, where there is one.
    pub fn maybe<T: FromRow>(&mut self, sql: &'static Sql, params: &[Value<'_>]) -> Result<Option<T>> {
        let mut out = None;
        self.until(sql, params, |row| {
            out = Some(T::from_row(row)?);
            Ok(false)
        })?;
        Ok(out)
    }

    /// The row of the answer; [`Error::NotFound`] where there is none.
    pub fn one<T: FromRow>(&mut self, sql: &'static Sql, params: &[Value<'_>]) -> Result<T> {
        self.maybe(sql, params)?.ok_or(Error::NotFound)
    }

    /// The single value of the answer's first row; [`Error::NotFound`] where there is no row.
    pub fn value<T: crate::FromValue>(&mut self, sql: &'static Sql, params: &[Value<'_>]) -> Result<T> {
        self.one::<(T,)>(sql, params).map(|(value,)| value)
    }

    /// The first column of every row.
    pub fn values<T: crate::FromValue>(&mut self, sql: &'static Sql, params: &[Value<'_>]) -> Result<Vec<T>> {
        Ok(self.all::<(T,)>(sql, params)?.into_iter().map(|(value,)| value).collect())
    }

    /// Hands each row to a closure, for answers that need not be held at once.
    pub fn each(
        &mut self,
        sql: &'static Sql,
        params: &[Value<'_>],
        mut take: impl FnMut(&Row<'_>) -> Result<()>,
    ) -> Result<()> {
        self.until(sql, params, |row| take(row).map(|()| true))
    }

    fn until(
        &mut self,
        sql: &'static Sql,
        params: &[Value<'_>],
        mut take: impl FnMut(&Row<'_>) -> Result<bool>,
    ) -> Result<()> {
        self.statements += 1;
        keepable(params)?;
        let columns = Columns::default();
        match &mut self.conn {
            Conn::Sqlite(conn) => {
                let text = sql.text(EngineKind::Sqlite);
                sqlite::each(conn, text, params, |row| take(&Row::new(Values::Sqlite(row), &columns)))
            }
            Conn::Postgres(conn) => {
                for row in conn.rows(sql, params)? {
                    if !take(&Row::new(Values::Postgres(&row), &columns))? {
                        break;
                    }
                }
                Ok(())
            }
        }
    }

    /// Runs a part of the transaction that may fail without ending the whole: what it wrote is undone where it fails.
    /// An engine's error must never be caught without this, since PostgreSQL aborts the transaction on any.
    pub fn savepoint<T, E: From<Error>>(&mut self, part: impl FnOnce(&mut Self) -> Result<T, E>) -> Result<T, E> {
        self.savepoints += 1;
        let (name, wakes) = (format!("part_{}", self.savepoints), self.wakes.len());
        self.batch(&format!("savepoint {name}"))?;
        let result = part(self);
        if result.is_ok() {
            self.batch(&format!("release savepoint {name}"))?;
        } else {
            self.wakes.truncate(wakes);
            self.batch(&format!("rollback to savepoint {name}"))?;
            self.batch(&format!("release savepoint {name}"))?;
        }
        result
    }

    /// Tells the world: writes the event in this transaction.
    pub fn record(&mut self, event: &Event) -> Result<Id> {
        event::record(self, event)
    }

    /// Wakes those who wait on a topic, on every node, once this transaction is committed. Only a wake-up: the data is
    /// read again.
    pub fn wake(&mut self, topic: &str) {
        if self.writes && !self.wakes.iter().any(|known| known == topic) {
            self.wakes.push(topic.to_owned());
        }
    }

    /// Prepares a statement without running it: how a test checks every statement of the program.
    pub fn prepare(&mut self, sql: &'static Sql) -> Result<()> {
        match &mut self.conn {
            Conn::Sqlite(conn) => sqlite::prepare(conn, sql.text(EngineKind::Sqlite)),
            Conn::Postgres(conn) => conn.prepared(sql).map(|_| ()),
        }
    }

    /// Statements without parameters or answer, as they are: migrations and the store's own housekeeping.
    pub(crate) fn batch(&mut self, text: &str) -> Result<()> {
        match &mut self.conn {
            Conn::Sqlite(conn) => conn.execute_batch(text).map_err(|e| sqlite::error(e, text)),
            Conn::Postgres(conn) => conn.run_batch(text),
        }
    }

    /// Rows of a text that is no statement of the program.
    pub(crate) fn each_text(
        &mut self,
        text: &str,
        params: &[Value<'_>],
        mut take: impl FnMut(&Row<'_>) -> Result<bool>,
    ) -> Result<()> {
        let columns = Columns::default();
        match &mut self.conn {
            Conn::Sqlite(conn) => {
                sqlite::each(conn, text, params, |row| take(&Row::new(Values::Sqlite(row), &columns)))
            }
            Conn::Postgres(conn) => {
                conn.each_text(text, params, |row| take(&Row::new(Values::Postgres(row), &columns)))
            }
        }
    }

    /// Runs a text that is no statement of the program; prepared once, run for many rows.
    pub(crate) fn execute_text(&mut self, text: &str, params: &[Value<'_>]) -> Result<u64> {
        keepable(params)?;
        match &mut self.conn {
            Conn::Sqlite(conn) => sqlite::execute(conn, text, params),
            Conn::Postgres(conn) => conn.execute_text(text, params),
        }
    }

    pub(crate) fn notify(&mut self) -> Result<()> {
        for topic in std::mem::take(&mut self.wakes) {
            self.maybe::<NoColumns>(pg::NOTIFY, &[Value::Text(topic.into())])?;
        }
        Ok(())
    }

    pub(crate) fn finish(self) -> (u64, Vec<String>) {
        (self.statements, self.wakes)
    }
}

fn keepable(params: &[Value<'_>]) -> Result<()> {
    let is_text_with_nul = |value: &Value<'_>| matches!(value, Value::Text(text) if text.contains('\0'));
    if params.iter().any(is_text_with_nul) { Err(Error::Unkeepable) } else { Ok(()) }
}

struct NoColumns;

impl FromRow for NoColumns {
    fn from_row(_: &Row<'_>) -> Result<Self> {
        Ok(Self)
    }
}
