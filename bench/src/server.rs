//! The program itself, in a process of its own, with its own settings but for data, address and log.

use std::fs::File;
use std::net::{SocketAddr, TcpListener};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use crate::http::{Connection, Request};
use crate::place::Place;
use crate::{Error, Result};

/// How long a server may take until it answers.
const START_TIME_MAX: Duration = Duration::from_mins(1);
/// How long it may take to end once it is asked to.
const STOP_TIME_MAX: Duration = Duration::from_secs(25);
/// Ticks of the clock by which Linux counts a process's time, in each second (`getconf CLK_TCK`; 100 on every platform
/// that Linux has left).
const TICKS_PER_SECOND: f64 = 100.0;

/// Which program is run, and on which ports.
#[derive(Clone, Debug)]
pub struct Program {
    /// The binary.
    pub path: PathBuf,
    /// The first port to use; any free one where none.
    pub port: Option<u16>,
}

/// How a server differs from one in use.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Mode {
    /// Not at all.
    #[default]
    Production,
    /// It says of each page how many statements it took.
    Development,
}

/// A server that runs. It ends with the value.
#[derive(Debug)]
pub struct Server {
    child: Child,
    /// Where it listens.
    pub address: SocketAddr,
    /// When its process was started.
    pub started: Instant,
}

impl Program {
    /// Starts the server on this data and waits until the database answers through it.
    pub fn serve(&self, place: &Place, mode: Mode) -> Result<Server> {
        let mut server = self.launch(place, mode, 0)?;
        server.wait_until(&Request::get("/readyz", None))?;
        Ok(server)
    }

    /// Starts a second one beside the first.
    pub fn serve_beside(&self, place: &Place) -> Result<Server> {
        let mut server = self.launch(place, Mode::Production, 1)?;
        server.wait_until(&Request::get("/readyz", None))?;
        Ok(server)
    }

    /// Starts the process and does not wait.
    pub fn launch(&self, place: &Place, mode: Mode, beside: u16) -> Result<Server> {
        let address = self.address(beside)?;
        let log = place.directory.join("server.log");
        let log = File::create(&log).map_err(Error::io(format!("writing {}", log.display())))?;
        let mut command = Command::new(&self.path);
        command.arg("serve").arg("--data").arg(&place.directory).args(["--listen", &address.to_string()]);
        command.args(["--database", &place.database]);
        if mode == Mode::Development {
            command.args(["--set", "development=true"]);
        }
        // What the surroundings set for another server must not change this one.
        let own = std::env::vars().map(|(name, _)| name).filter(|name| name.starts_with("STOA_"));
        own.for_each(|name| {
            command.env_remove(name);
        });
        command.current_dir(&place.directory).stdin(Stdio::null()).stdout(Stdio::null()).stderr(log);
        let started = Instant::now();
        let child = command.spawn().map_err(Error::io(format!("starting {}", self.path.display())))?;
        Ok(Server { child, address, started })
    }

    fn address(&self, beside: u16) -> Result<SocketAddr> {
        let port = self.port.map_or(0, |port| port + beside);
        // A port that was free a moment ago; only another program that asks at the same time could take it.
        let free = TcpListener::bind(("127.0.0.1", port)).and_then(|listener| listener.local_addr());
        free.map_err(Error::io(format!("port {port}")))
    }
}

impl Server {
    /// Asks again and again until the answer is 200, and says how long after the start of the process that was.
    pub fn wait_until(&mut self, request: &Request) -> Result<Duration> {
        let mut last = String::new();
        while self.started.elapsed() < START_TIME_MAX {
            match Connection::open(self.address).and_then(|mut connection| connection.ask(request)) {
                Ok(answer) if answer.status == 200 => return Ok(self.started.elapsed()),
                Ok(answer) => last = format!("it answered {}", answer.status),
                Err(e) => last = e.to_string(),
            }
            if let Ok(Some(status)) = self.child.try_wait() {
                return Err(Error::Other(format!("the server ended at once ({status}); see server.log in its data")));
            }
            std::thread::sleep(Duration::from_micros(500));
        }
        Err(Error::Other(format!("the server did not get ready: {last}")))
    }

    /// Seconds of processor time that the process has used so far, in all its threads.
    pub fn cpu_seconds(&self) -> Result<f64> {
        let text = self.proc("stat")?;
        // The second field is the name in brackets, which may hold anything.
        let after = text.rsplit_once(')').map_or("", |(_, rest)| rest);
        let field =
            |number: usize| after.split_whitespace().nth(number - 3).and_then(|field| field.parse::<f64>().ok());
        match field(14).zip(field(15)) {
            Some((user, system)) => Ok((user + system) / TICKS_PER_SECOND),
            None => Err(Error::Other("the process's time cannot be read".to_owned())),
        }
    }

    /// Memory of the process in MB: all that is resident, and what of it is the process's own and not a file's.
    pub fn memory_mb(&self) -> Result<(f64, f64)> {
        let text = self.proc("status")?;
        let kb = |name: &str| {
            let line = text.lines().find_map(|line| line.strip_prefix(name));
            line.and_then(|rest| rest.trim_start_matches(':').split_whitespace().next()?.parse::<f64>().ok())
        };
        match kb("VmRSS").zip(kb("RssAnon")) {
            Some((all, own)) => Ok((all / 1024.0, own / 1024.0)),
            None => Err(Error::Other("the process's memory cannot be read".to_owned())),
        }
    }

    fn proc(&self, file: &str) -> Result<String> {
        let path = Path::new("/proc").join(self.child.id().to_string()).join(file);
        std::fs::read_to_string(&path).map_err(Error::io(format!("reading {}", path.display())))
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // Asked to end, so that SQLite's log is written back; `kill` stands in for a signal, which safe code cannot send.
        let asked = Command::new("kill").arg(self.child.id().to_string()).stderr(Stdio::null()).status();
        let waits = Instant::now();
        while asked.as_ref().is_ok_and(|status| status.success()) && waits.elapsed() < STOP_TIME_MAX {
            if matches!(self.child.try_wait(), Ok(Some(_)) | Err(_)) {
                return;
            }
            std::thread::sleep(Duration::from_millis(5));
        }
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
