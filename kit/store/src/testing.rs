//! One throw-away database for each test, on both engines. Used through [`#[store::test]`](macro@crate::test).

use std::future::Future;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU64, Ordering};

use tokio_postgres::NoTls;

use crate::{Clock, DatabaseUrl, Db, Options, Schema, Time, Tx};

/// Where tests find PostgreSQL: `STOA_TEST_POSTGRES`, else the local server.
pub fn postgres_url() -> String {
    std::env::var("STOA_TEST_POSTGRES").unwrap_or_else(|_| "postgres://postgres@127.0.0.1:5432/postgres".to_owned())
}

/// The moment at which every test's clock stands: Monday 2 March 2026, 09:00 UTC.
pub const NOW: Time = Time::from_seconds(1_772_442_000);

fn options() -> Options {
    Options { clock: Clock::at(NOW), seed: Some(1), durable: false, threads: 2, waiting_max: 4096 }
}

/// The runtime of async tests.
pub fn runtime() -> &'static tokio::runtime::Runtime {
    static RUNTIME: OnceLock<tokio::runtime::Runtime> = OnceLock::new();
    #[expect(clippy::expect_used, reason = "a test without a runtime cannot go on")]
    RUNTIME.get_or_init(|| {
        tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().expect("a runtime")
    })
}

/// A test's body: any of the forms that [`#[store::test]`](macro@crate::test) takes.
pub fn run_async<F: Future<Output = ()>>(body: impl FnOnce(Db) -> F) -> impl FnOnce(Db) {
    move |db| runtime().block_on(body(db))
}

/// A body that works inside one write transaction.
pub fn run_tx(body: impl FnOnce(&mut Tx<'_>) + Send + 'static) -> impl FnOnce(Db) {
    move |db| {
        let ended = db.write_blocking(move |tx| {
            body(tx);
            Ok::<(), crate::Error>(())
        });
        assert!(ended.is_ok(), "the test's transaction failed: {ended:?}");
    }
}

/// Runs the body on a fresh SQLite database.
#[expect(clippy::expect_used, reason = "a test without a database cannot go on")]
pub fn sqlite(schema: &'static Schema, body: impl FnOnce(Db)) {
    let directory = Scratch::new();
    let db = Db::open(&DatabaseUrl::Sqlite(directory.0.clone()), &options()).expect("a SQLite database");
    db.write_blocking(move |tx| crate::migrate::run(tx, &[schema])).expect("migrations");
    body(db);
}

/// Runs the body on a fresh PostgreSQL database. Where no server answers the test says so and passes, unless
/// `STOA_TEST_REQUIRE_POSTGRES` is set, as `./test` does.
#[expect(clippy::expect_used, clippy::print_stderr, reason = "a test without a database cannot go on")]
pub fn postgres(schema: &'static Schema, body: impl FnOnce(Db)) {
    let admin = postgres_url();
    let Ok(scratch) = PostgresScratch::new(&admin) else {
        let required = std::env::var_os("STOA_TEST_REQUIRE_POSTGRES").is_some();
        assert!(!required, "no PostgreSQL answers at STOA_TEST_POSTGRES");
        eprintln!("skipped: no PostgreSQL answers (set STOA_TEST_POSTGRES)");
        return;
    };
    let db = Db::open(&DatabaseUrl::Postgres(scratch.url.clone()), &options()).expect("a PostgreSQL database");
    db.write_blocking(move |tx| crate::migrate::run(tx, &[schema])).expect("migrations");
    let ended = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| body(db)));
    drop(scratch);
    if let Err(panic) = ended {
        std::panic::resume_unwind(panic);
    }
}

/// A directory that goes with the test.
pub struct Scratch(pub std::path::PathBuf);

impl Scratch {
    /// A new, empty directory below the system's temporary one.
    pub fn new() -> Self {
        let path = std::env::temp_dir().join(format!("stoa-test-{}", unique()));
        Self(path)
    }
}

impl Default for Scratch {
    fn default() -> Self {
        Self::new()
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// A PostgreSQL database that goes with the test.
pub struct PostgresScratch {
    /// Where it is.
    pub url: String,
    admin: String,
    name: String,
}

impl PostgresScratch {
    /// Makes a database on the server that `admin` names.
    pub fn new(admin: &str) -> Result<Self, tokio_postgres::Error> {
        let name = format!("stoa_test_{}", unique());
        let mut url = admin.to_owned();
        let cut = url.rfind('/').unwrap_or(url.len());
        url.truncate(cut);
        url.push('/');
        url.push_str(&name);
        run_as_admin(
            admin,
            &format!("create database {name} template template0 encoding 'UTF8' lc_collate 'C' lc_ctype 'C'"),
        )?;
        Ok(Self { url, admin: admin.to_owned(), name })
    }
}

impl Drop for PostgresScratch {
    fn drop(&mut self) {
        let _ = run_as_admin(&self.admin, &format!("drop database if exists {} with (force)", self.name));
    }
}

fn run_as_admin(url: &str, sql: &str) -> Result<(), tokio_postgres::Error> {
    let (url, sql) = (url.to_owned(), sql.to_owned());
    runtime().block_on(async move {
        let (client, connection) = tokio_postgres::connect(&url, NoTls).await?;
        let driving = tokio::spawn(connection);
        let ended = client.batch_execute(&sql).await;
        drop(client);
        let _ = driving.await;
        ended
    })
}

fn unique() -> String {
    static COUNT: AtomicU64 = AtomicU64::new(0);
    let nanos = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).map_or(0, |d| d.as_nanos());
    format!("{}_{}_{nanos}", std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed))
}
