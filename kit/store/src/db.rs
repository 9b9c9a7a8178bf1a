use std::fmt;
use std::path::PathBuf;
use std::str::FromStr;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicI64, AtomicU64, Ordering};

use tokio::sync::{broadcast, oneshot};

use crate::memory::Memory;
use crate::queue::{Queue, Refused};
use crate::sqlite::SqliteOptions;
use crate::tls::Target;
use crate::{Error, Result, Schema, Time, Tx, migrate, pg, sqlite, stats};

/// Which engine serves a database.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum EngineKind {
    /// Embedded, one file.
    Sqlite,
    /// A server or a cluster.
    Postgres,
}

/// Where the data is: `sqlite:DIRECTORY` or `postgres://user:password@host:port/name`.
#[derive(Clone, PartialEq, Eq)]
pub enum DatabaseUrl {
    /// The directory that holds `stoa.db`.
    Sqlite(PathBuf),
    /// A connection string as libpq takes it.
    Postgres(String),
}

impl FromStr for DatabaseUrl {
    type Err = Error;
    fn from_str(text: &str) -> Result<Self> {
        if let Some(directory) = text.strip_prefix("sqlite:") {
            let directory = directory.trim_start_matches("//");
            if directory.is_empty() {
                return Err(Error::Setup("`sqlite:` wants a directory, e.g. `sqlite:data`".to_owned()));
            }
            return Ok(Self::Sqlite(PathBuf::from(directory)));
        }
        if text.starts_with("postgres://") || text.starts_with("postgresql://") {
            return Ok(Self::Postgres(text.to_owned()));
        }
        Err(Error::Setup(format!("`{text}` is no database: write `sqlite:DIRECTORY` or `postgres://...`")))
    }
}

/// Without the password.
impl fmt::Display for DatabaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Sqlite(directory) => write!(f, "sqlite:{}", directory.display()),
            Self::Postgres(url) => {
                let (scheme, rest) = url.split_once("://").unwrap_or(("postgres", url));
                match rest.rsplit_once('@') {
                    Some((login, place)) => {
                        write!(f, "{scheme}://{}@{place}", login.split(':').next().unwrap_or_default())
                    }
                    None => f.write_str(url),
                }
            }
        }
    }
}

impl fmt::Debug for DatabaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// Where the time comes from.
#[derive(Clone, Debug, Default)]
pub enum Clock {
    /// The machine's clock.
    #[default]
    System,
    /// Microseconds since the epoch, set by a test or by a preview.
    Set(Arc<AtomicI64>),
}

impl Clock {
    /// A clock that stands at a moment until it is moved.
    pub fn at(moment: Time) -> Self {
        Self::Set(Arc::new(AtomicI64::new(moment.micros())))
    }

    /// The time now.
    pub fn now(&self) -> Time {
        match self {
            Self::System => sqlite::now(),
            Self::Set(micros) => Time::from_micros(micros.load(Ordering::Relaxed)),
        }
    }

    /// Moves a set clock; the machine's stays as it is.
    pub fn set(&self, moment: Time) {
        if let Self::Set(micros) = self {
            micros.store(moment.micros(), Ordering::Relaxed);
        }
    }
}

/// How a database is opened.
#[derive(Clone, Debug)]
pub struct Options {
    /// Where the time comes from.
    pub clock: Clock,
    /// A seed for ids and secrets, in tests only.
    pub seed: Option<u64>,
    /// Wait for the disk at each commit. Off only in tests.
    pub durable: bool,
    /// Threads that read (SQLite), or connections in all (PostgreSQL).
    pub threads: usize,
    /// Requests that may wait for the database before the next is refused with [`Error::TooManyWaiting`].
    pub waiting_max: usize,
}

impl Default for Options {
    fn default() -> Self {
        let cores = std::thread::available_parallelism().map_or(2, usize::from);
        Self { clock: Clock::System, seed: None, durable: true, threads: (cores * 2).clamp(4, 32), waiting_max: 4096 }
    }
}

/// A wake-up: something about this topic was committed, on this node or another. `*` stands for every topic.
pub type Wake = String;

pub(crate) type Ack = Box<dyn FnOnce(Option<Error>) + Send>;
pub(crate) type Work = Box<dyn FnOnce(Result<&mut Tx<'_>>) -> (bool, Ack) + Send>;

/// One request's closure. It runs on a database thread, says whether its writes are to be kept, and hands back how to
/// tell the request once they are.
pub(crate) struct Job {
    pub(crate) work: Work,
    pub(crate) counters: Option<Arc<stats::Counters>>,
}

pub(crate) struct Shared {
    pub(crate) reads: Queue<Job>,
    pub(crate) writes: Queue<Job>,
    pub(crate) entropy: Entropy,
    pub(crate) memory: Memory,
    clock: Clock,
    wakes: broadcast::Sender<Wake>,
    closed: AtomicBool,
}

impl Shared {
    pub(crate) fn now(&self) -> Time {
        self.clock.now()
    }

    pub(crate) fn wake(&self, topic: Wake) {
        // Nobody listening is no fault.
        let _ = self.wakes.send(topic);
    }

    pub(crate) fn is_closed(&self) -> bool {
        self.closed.load(Ordering::Relaxed)
    }
}

/// Ends the threads when the last handle goes.
struct Closer(Arc<Shared>);

impl Drop for Closer {
    fn drop(&mut self) {
        self.0.closed.store(true, Ordering::Relaxed);
        self.0.reads.close();
        self.0.writes.close();
    }
}

/// The handle to a database; clones share it.
#[derive(Clone)]
pub struct Db {
    shared: Arc<Shared>,
    engine: EngineKind,
    _closer: Arc<Closer>,
}

impl fmt::Debug for Db {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Db").field(&self.engine).finish()
    }
}

impl Db {
    /// Opens the database, making SQLite's directory and file where they are missing. Migrations are not run.
    pub fn open(url: &DatabaseUrl, options: &Options) -> Result<Self> {
        let shared = Arc::new(Shared {
            reads: Queue::new(options.waiting_max),
            writes: Queue::new(options.waiting_max),
            entropy: Entropy::new(options.seed),
            memory: Memory::default(),
            clock: options.clock.clone(),
            wakes: broadcast::channel(1024).0,
            closed: AtomicBool::new(false),
        });
        let closer = Arc::new(Closer(Arc::clone(&shared)));
        let engine = match url {
            DatabaseUrl::Sqlite(directory) => {
                std::fs::create_dir_all(directory)
                    .map_err(|e| Error::Setup(format!("cannot make {}: {e}", directory.display())))?;
                let how = SqliteOptions { durable: options.durable, readers: options.threads };
                sqlite::start(&directory.join("stoa.db"), &how, &shared)?;
                EngineKind::Sqlite
            }
            DatabaseUrl::Postgres(url) => {
                let mut target = Target::parse(url)?;
                if !options.durable {
                    let own = target.config.get_options().unwrap_or_default().to_owned();
                    target.config.options(format!("{own} -c synchronous_commit=off"));
                }
                pg::start(&target, options.threads.max(2), &shared)?;
                EngineKind::Postgres
            }
        };
        Ok(Self { shared, engine, _closer: closer })
    }

    /// Which engine this is.
    pub const fn engine(&self) -> EngineKind {
        self.engine
    }

    /// Where this database's time comes from.
    pub fn clock(&self) -> &Clock {
        &self.shared.clock
    }

    /// Runs the migrations of these schemas, and of all that they need, that have not run yet; says which it ran.
    pub async fn migrate(&self, schemas: &[&'static Schema]) -> Result<Vec<String>> {
        let schemas = schemas.to_vec();
        self.write(move |tx| migrate::run(tx, &schemas)).await
    }

    /// Runs one closure that only reads, in one snapshot.
    pub async fn read<T, E, F>(&self, work: F) -> Result<T, E>
    where
        F: FnOnce(&mut Tx<'_>) -> Result<T, E> + Send + 'static,
        T: Send + 'static,
        E: From<Error> + Send + 'static,
    {
        Self::submit(&self.shared.reads, work)?.await.unwrap_or_else(|_| Err(E::from(Error::Aborted)))
    }

    /// Runs one closure that writes: kept as a whole where it answers `Ok`, undone as a whole where it answers `Err`.
    /// The answer comes after the commit has reached the disk.
    pub async fn write<T, E, F>(&self, work: F) -> Result<T, E>
    where
        F: FnOnce(&mut Tx<'_>) -> Result<T, E> + Send + 'static,
        T: Send + 'static,
        E: From<Error> + Send + 'static,
    {
        Self::submit(&self.shared.writes, work)?.await.unwrap_or_else(|_| Err(E::from(Error::Aborted)))
    }

    /// [`Db::read`] for code outside any async runtime: the command line, benchmarks.
    pub fn read_blocking<T, E, F>(&self, work: F) -> Result<T, E>
    where
        F: FnOnce(&mut Tx<'_>) -> Result<T, E> + Send + 'static,
        T: Send + 'static,
        E: From<Error> + Send + 'static,
    {
        Self::submit(&self.shared.reads, work)?.blocking_recv().unwrap_or_else(|_| Err(E::from(Error::Aborted)))
    }

    /// [`Db::write`] for code outside any async runtime.
    pub fn write_blocking<T, E, F>(&self, work: F) -> Result<T, E>
    where
        F: FnOnce(&mut Tx<'_>) -> Result<T, E> + Send + 'static,
        T: Send + 'static,
        E: From<Error> + Send + 'static,
    {
        Self::submit(&self.shared.writes, work)?.blocking_recv().unwrap_or_else(|_| Err(E::from(Error::Aborted)))
    }

    /// Hears of what is committed from now on.
    pub fn wakes(&self) -> broadcast::Receiver<Wake> {
        self.shared.wakes.subscribe()
    }

    fn submit<T, E, F>(queue: &Queue<Job>, work: F) -> Result<oneshot::Receiver<Result<T, E>>, E>
    where
        F: FnOnce(&mut Tx<'_>) -> Result<T, E> + Send + 'static,
        T: Send + 'static,
        E: From<Error> + Send + 'static,
    {
        let (sender, receiver) = oneshot::channel();
        let work: Work = Box::new(move |tx| {
            let result = tx.map_err(E::from).and_then(work);
            let keep = result.is_ok();
            let ack: Ack = Box::new(move |failure: Option<Error>| {
                // A request that has gone away does not hear the answer; its write is kept all the same.
                let _ = sender.send(failure.map_or(result, |e| Err(E::from(e))));
            });
            (keep, ack)
        });
        let job = Job { work, counters: stats::current() };
        queue.push(job).map_err(|refused| match refused {
            Refused::Full => E::from(Error::TooManyWaiting { waiting: queue.limit() }),
            Refused::Closed => E::from(Error::Busy("the database is closed".to_owned())),
        })?;
        Ok(receiver)
    }
}

/// Where random bytes come from: the system, or a seed in tests.
pub(crate) struct Entropy {
    seed: Option<AtomicU64>,
}

impl Entropy {
    fn new(seed: Option<u64>) -> Self {
        Self { seed: seed.map(AtomicU64::new) }
    }

    pub(crate) const fn is_seeded(&self) -> bool {
        self.seed.is_some()
    }

    pub(crate) fn bytes<const N: usize>(&self) -> [u8; N] {
        let mut out = [0; N];
        match &self.seed {
            Some(seed) => out.chunks_mut(8).for_each(|chunk| {
                chunk.copy_from_slice(
                    &split_mix(seed.fetch_add(0x9e37_79b9_7f4a_7c15, Ordering::Relaxed))[..chunk.len()],
                );
            }),
            None => {
                if let Err(e) = getrandom::fill(&mut out) {
                    // Without randomness no id or secret may be made; there is no way on.
                    tracing::error!(error = %e, "the system gives no random bytes");
                    std::process::abort();
                }
            }
        }
        out
    }
}

/// SplitMix64: spreads a counter over 64 bits. For tests only.
fn split_mix(state: u64) -> [u8; 8] {
    let mut z = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    (z ^ (z >> 31)).to_be_bytes()
}
