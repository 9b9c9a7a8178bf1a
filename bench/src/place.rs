//! Where the data lies: a directory or a database of its own for each engine and size, kept between runs.

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use store::{Clock, DatabaseUrl, Db, Options, Time};
use tokio_postgres::NoTls;

use crate::amounts::Amounts;
use crate::fill::{Cast, fill};
use crate::{Error, Result};

/// Grows when [`fill`] makes something else, so that what was kept is made anew.
const VERSION: u32 = 1;
/// For how many hours data is kept: its dates are relative to the day on which it was made.
const KEPT_HOURS: i64 = 12;
/// The seed of all ids and secrets of the data.
const SEED: u64 = 2;

/// Which engine is measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum Engine {
    /// Embedded.
    Sqlite,
    /// The server at `--postgres`.
    Postgres,
}

impl std::fmt::Display for Engine {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Sqlite => "SQLite",
            Self::Postgres => "PostgreSQL",
        })
    }
}

/// Where data is kept.
#[derive(Clone, Debug)]
pub struct Keep {
    /// The directory of all data of the benchmarks.
    pub root: PathBuf,
    /// A PostgreSQL server in which databases may be made, as `postgres://user@host:port/name`.
    pub postgres: String,
}

/// A filled database.
#[derive(Clone, Debug)]
pub struct Place {
    /// The engine.
    pub engine: Engine,
    /// The directory of the program's data.
    pub directory: PathBuf,
    /// The setting `database`.
    pub database: String,
    /// Who can ask, and for what.
    pub cast: Cast,
}

#[derive(Serialize, Deserialize)]
struct Kept {
    version: u32,
    migrations: Vec<String>,
    filled_at_micros: i64,
    cast: Cast,
}

impl Kept {
    fn is_good(&self, now: Time) -> bool {
        let age = now.since(Time::from_micros(self.filled_at_micros));
        self.version == VERSION
            && self.migrations == store::migrations(&[&stoa::SCHEMA])
            && age.as_secs() < KEPT_HOURS.unsigned_abs() * 3600
    }
}

impl Keep {
    /// A database with so much in it: the one that was kept, or else a new one.
    pub fn place(&self, engine: Engine, amounts: Amounts) -> Result<Place> {
        let name = format!("{}-{}", engine.to_string().to_lowercase(), amounts.people);
        let directory = self.root.join(&name);
        let database = match engine {
            Engine::Sqlite => format!("sqlite:{}", directory.display()),
            Engine::Postgres => with_name(&self.postgres, &format!("stoa_bench_{}", amounts.people)),
        };
        let now = Time::from(jiff::Timestamp::now());
        if let Some(kept) = read(&directory)?.filter(|kept| kept.is_good(now)) {
            return Ok(Place { engine, directory, database, cast: kept.cast });
        }
        crate::table::say(format_args!("Filling {engine} with {amounts:?} ..."));
        self.empty(engine, amounts, &directory)?;
        let options = Options { clock: Clock::at(now), seed: Some(SEED), durable: false, ..Options::default() };
        let db = Db::open(&database.parse::<DatabaseUrl>()?, &options)?;
        runtime()?.block_on(stoa::mount::prepare(&db))?;
        let cast = fill(&db, amounts, now)?;
        drop(db);
        settle(engine, &database)?;
        let place = Place { engine, directory, database, cast };
        place.keep(now)?;
        Ok(place)
    }

    fn empty(&self, engine: Engine, amounts: Amounts, directory: &Path) -> Result<()> {
        if directory.exists() {
            std::fs::remove_dir_all(directory).map_err(Error::io(format!("emptying {}", directory.display())))?;
        }
        std::fs::create_dir_all(directory).map_err(Error::io(format!("making {}", directory.display())))?;
        if engine == Engine::Postgres {
            let name = format!("stoa_bench_{}", amounts.people);
            run(&self.postgres, &format!("drop database if exists {name} with (force)"))?;
            run(&self.postgres, &format!("create database {name} template template0 encoding 'UTF8'"))?;
        }
        Ok(())
    }
}

impl Place {
    fn keep(&self, now: Time) -> Result<()> {
        let migrations = store::migrations(&[&stoa::SCHEMA]);
        let kept = Kept { version: VERSION, migrations, filled_at_micros: now.micros(), cast: self.cast.clone() };
        let path = kept_path(&self.directory);
        std::fs::write(&path, serde_json::to_vec(&kept)?).map_err(Error::io(format!("writing {}", path.display())))
    }

    /// The data will not be as it was: the next run makes it anew.
    pub fn spoil(&self) -> Result<()> {
        let path = kept_path(&self.directory);
        std::fs::remove_file(&path).map_err(Error::io(format!("removing {}", path.display())))
    }
}

/// What the server's own housekeeping would have done by the time that so much has come together.
fn settle(engine: Engine, database: &str) -> Result<()> {
    match engine {
        Engine::Sqlite => Ok(()),
        Engine::Postgres => run(database, "vacuum analyze"),
    }
}

fn kept_path(directory: &Path) -> PathBuf {
    directory.join("bench.json")
}

fn read(directory: &Path) -> Result<Option<Kept>> {
    match std::fs::read(kept_path(directory)) {
        Ok(bytes) => Ok(serde_json::from_slice(&bytes).ok()),
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(e) => Err(Error::io(format!("reading {}", directory.display()))(e)),
    }
}

/// The same server, another database.
fn with_name(url: &str, name: &str) -> String {
    let (before, query) = url.split_once('?').map_or((url, None), |(before, query)| (before, Some(query)));
    let base = before.rfind('/').map_or(before, |at| &before[..at]);
    let query = query.map(|query| format!("?{query}")).unwrap_or_default();
    format!("{base}/{name}{query}")
}

fn run(url: &str, statement: &str) -> Result<()> {
    runtime()?.block_on(async {
        let (client, connection) = tokio_postgres::connect(url, NoTls).await?;
        let driving = tokio::spawn(connection);
        let ended = client.batch_execute(statement).await;
        drop(client);
        let _ = driving.await;
        Ok(ended?)
    })
}

fn runtime() -> Result<tokio::runtime::Runtime> {
    let built = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build();
    built.map_err(Error::io("starting a runtime"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_database_is_named_beside_the_one_given() {
        assert_eq!(with_name("postgres://p@h:5432/postgres", "x"), "postgres://p@h:5432/x");
        assert_eq!(with_name("postgres://p@h/postgres?sslmode=disable", "x"), "postgres://p@h/x?sslmode=disable");
    }
}
