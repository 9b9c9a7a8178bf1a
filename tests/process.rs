//! The program as its operator has it: a process with commands, a server that can be killed, asked over HTTP.

use std::fs::File;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc;
use std::time::{Duration, Instant};

use files::{Files, FilesConfig};
use store::testing::{PostgresScratch, Scratch, postgres_url, runtime};
use store::{DatabaseUrl, Db, EngineKind, Options};

use crate::scene::COOKIE;

/// How long anything is waited for before a test gives up. No test says how long it should take.
const PATIENCE: Duration = Duration::from_mins(2);

/// An installation: its data folder, its database, and the program that works on them.
pub(crate) struct Home {
    directory: Scratch,
    postgres: Option<PostgresScratch>,
}

/// What a command answered.
#[derive(Debug)]
pub(crate) struct Said {
    pub(crate) ok: bool,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Home {
    /// An empty one on this engine. On PostgreSQL none where no server answers, which is said, unless one must.
    #[expect(clippy::print_stderr, reason = "a test that is skipped says so")]
    pub(crate) fn new(engine: EngineKind) -> Option<Self> {
        let directory = Scratch::new();
        std::fs::create_dir_all(&directory.0).unwrap();
        if engine == EngineKind::Sqlite {
            return Some(Self { directory, postgres: None });
        }
        if let Ok(postgres) = PostgresScratch::new(&postgres_url()) {
            return Some(Self { directory, postgres: Some(postgres) });
        }
        let required = std::env::var_os("STOA_TEST_REQUIRE_POSTGRES").is_some();
        assert!(!required, "no PostgreSQL answers at STOA_TEST_POSTGRES");
        eprintln!("skipped: no PostgreSQL answers (set STOA_TEST_POSTGRES)");
        None
    }

    /// A path in the installation's folder, beside its data.
    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.directory.0.join(name)
    }

    /// Where everything is kept on this machine.
    pub(crate) fn data(&self) -> PathBuf {
        self.path("data")
    }

    fn database(&self) -> String {
        self.postgres.as_ref().map_or_else(|| format!("sqlite:{}", self.data().display()), |own| own.url.clone())
    }

    /// The database, opened beside the program, by the machine's clock.
    pub(crate) fn db(&self) -> Db {
        let url: DatabaseUrl = self.database().parse().unwrap();
        Db::open(&url, &Options { threads: 2, ..Options::default() }).unwrap()
    }

    /// The file store, opened beside the program.
    pub(crate) fn files(&self) -> Files {
        Files::open(&FilesConfig::Disk { dir: self.data().join("files") }).unwrap()
    }

    /// The addresses to which mails were sent, one for each mail.
    pub(crate) fn mails(&self) -> Vec<String> {
        let outbox = self.data().join("outbox");
        let texts = files_below(&outbox).into_iter().filter(|path| path.extension().is_some_and(|end| end == "txt"));
        let to = |path: PathBuf| std::fs::read_to_string(outbox.join(path)).ok()?.lines().next().map(str::to_owned);
        texts.filter_map(to).collect()
    }

    /// The program with these arguments and nothing of the settings around the test.
    pub(crate) fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_stoa-under-test"));
        for (name, _) in std::env::vars_os() {
            if name.to_string_lossy().starts_with("STOA_") {
                command.env_remove(name);
            }
        }
        command.current_dir(&self.directory.0).stdin(Stdio::null());
        command.env("STOA_DATA", self.data()).env("STOA_DATABASE", self.database()).args(arguments);
        command
    }

    /// Runs a command to its end.
    pub(crate) fn run(&self, arguments: &[&str]) -> Said {
        let output = self.command(arguments).output().unwrap();
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
        Said { ok: output.status.success(), out: text(output.stdout), err: text(output.stderr) }
    }

    /// Runs a command that must end well.
    pub(crate) fn done(&self, arguments: &[&str]) -> String {
        let said = self.run(arguments);
        assert!(said.ok, "stoa {arguments:?}: {}{}", said.out, said.err);
        said.out
    }

    /// Runs a command that must be refused, in words and without a panic.
    pub(crate) fn refused(&self, arguments: &[&str]) -> String {
        let said = self.run(arguments);
        assert!(!said.ok, "stoa {arguments:?} went through: {}", said.out);
        assert!(said.err.contains("stoa: ") && !said.err.contains("panicked"), "stoa {arguments:?}: {}", said.err);
        said.err
    }

    /// Serves on a port that is free.
    pub(crate) fn serve(&self, arguments: &[&str]) -> Server {
        for _ in 0..20 {
            let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
            match self.serve_at(SocketAddr::from(([127, 0, 0, 1], port)), arguments) {
                Ok(server) => return server,
                // Another test was faster.
                Err(log) if log.contains("cannot listen") => {}
                Err(log) => panic!("the server did not start: {log}"),
            }
        }
        panic!("no port was free");
    }

    /// Serves at an address, and answers once the server listens; else what it said instead.
    pub(crate) fn serve_at(&self, address: SocketAddr, arguments: &[&str]) -> Result<Server, String> {
        let log = self.path(&format!("serve-{}.log", address.port()));
        let listen = address.to_string();
        let mut command = self.command(&["serve", "--listen", &listen]);
        command.args(arguments).stdout(Stdio::piped()).stderr(File::create(&log).unwrap());
        let mut process = command.spawn().unwrap();
        let mut lines = BufReader::new(process.stdout.take().unwrap()).lines().map_while(Result::ok);
        let greeting = lines.find(|line| line.contains("Stoa is at"));
        let server = Server { address, process, log };
        if greeting.is_none() {
            return Err(server.log());
        }
        // What the server says later must not fill the pipe.
        std::thread::spawn(move || lines.for_each(drop));
        Ok(server)
    }
}

/// A server that runs; it is killed with the test.
pub(crate) struct Server {
    pub(crate) address: SocketAddr,
    process: Child,
    log: PathBuf,
}

impl Server {
    /// What it has logged.
    pub(crate) fn log(&self) -> String {
        std::fs::read_to_string(&self.log).unwrap_or_default()
    }

    /// Ends it as a power cut would: SIGKILL, no last words.
    pub(crate) fn kill(&mut self) {
        self.process.kill().unwrap();
        self.process.wait().unwrap();
    }

    /// Asks it to stop, and waits until it has.
    pub(crate) fn stop(mut self) {
        let pid = self.process.id().to_string();
        assert!(Command::new("kill").args(["-TERM", &pid]).status().unwrap().success());
        let ended = self.process.wait().unwrap();
        assert!(ended.success(), "the server ended with {ended}: {}", self.log());
    }

    /// Somebody with this session cookie.
    pub(crate) fn client(&self, cookie: &str) -> Client {
        Client::new(self.address, cookie)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// Somebody who asks over HTTP, a connection for each request: a proxy sends each wherever it likes.
#[derive(Clone, Debug)]
pub(crate) struct Client {
    address: SocketAddr,
    cookie: String,
}

/// What came back, as a whole.
#[derive(Debug)]
pub(crate) struct Reply {
    pub(crate) status: u16,
    head: String,
    pub(crate) body: Vec<u8>,
}

impl Reply {
    /// A header; empty where there is none.
    pub(crate) fn header(&self, name: &str) -> &str {
        let lines = self.head.lines().filter_map(|line| line.split_once(": "));
        lines.filter(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, value)| value).next().unwrap_or_default()
    }

    /// The session that it begins.
    pub(crate) fn session(&self) -> Option<String> {
        let pair = self.header("set-cookie").split(';').next()?;
        pair.strip_prefix(COOKIE)?.strip_prefix('=').map(str::to_owned)
    }

    pub(crate) fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }
}

impl Client {
    /// Asks this address with this session cookie; an empty one for nobody.
    pub(crate) fn new(address: SocketAddr, cookie: &str) -> Self {
        Self { address, cookie: cookie.to_owned() }
    }

    pub(crate) fn get(&self, path: &str) -> std::io::Result<Reply> {
        self.send("GET", path, "", &[])
    }

    pub(crate) fn post(&self, path: &str, fields: &[(&str, &str)]) -> std::io::Result<Reply> {
        let body = web::url::query(fields.iter().copied());
        self.send("POST", path, "application/x-www-form-urlencoded", body.as_bytes())
    }

    /// Sends one file.
    pub(crate) fn upload(&self, path: &str, name: &str, bytes: &[u8]) -> std::io::Result<Reply> {
        let disposition = format!("form-data; name=\"file\"; filename=\"{name}\"");
        let mut body = format!("--part\r\nContent-Disposition: {disposition}\r\n\r\n").into_bytes();
        body.extend_from_slice(bytes);
        body.extend_from_slice(b"\r\n--part--\r\n");
        self.send("POST", path, "multipart/form-data; boundary=part", &body)
    }

    fn send(&self, method: &str, path: &str, kind: &str, body: &[u8]) -> std::io::Result<Reply> {
        let mut stream = self.ask(method, path, kind, body)?;
        let mut bytes = Vec::new();
        stream.read_to_end(&mut bytes)?;
        parsed(&bytes).ok_or_else(|| std::io::Error::other("the answer broke off"))
    }

    fn ask(&self, method: &str, path: &str, kind: &str, body: &[u8]) -> std::io::Result<TcpStream> {
        let mut stream = TcpStream::connect(self.address)?;
        stream.set_read_timeout(Some(PATIENCE))?;
        let (address, cookie, length) = (self.address, &self.cookie, body.len());
        let mut head = format!(
            "{method} {path} HTTP/1.1\r\nHost: {address}\r\nAccept: text/html\r\nSec-Fetch-Site: same-origin\r\n\
             Cookie: {COOKIE}={cookie}\r\nConnection: close\r\nContent-Length: {length}\r\n"
        );
        if !kind.is_empty() {
            head.push_str(&format!("Content-Type: {kind}\r\n"));
        }
        let mut whole = format!("{head}\r\n").into_bytes();
        whole.extend_from_slice(body);
        stream.write_all(&whole)?;
        Ok(stream)
    }

    /// Opens a stream of live updates and passes its lines on as they come.
    pub(crate) fn listen(&self, path: &str) -> mpsc::Receiver<String> {
        let stream = self.ask("GET", path, "", &[]).unwrap();
        let (lines, heard) = mpsc::channel();
        std::thread::spawn(move || {
            for line in BufReader::new(stream).lines().map_while(Result::ok) {
                if lines.send(line).is_err() {
                    return;
                }
            }
        });
        heard
    }
}

/// A whole answer; none where it broke off.
fn parsed(bytes: &[u8]) -> Option<Reply> {
    let end = bytes.windows(4).position(|window| window == b"\r\n\r\n")?;
    let head = String::from_utf8_lossy(&bytes[..end]).into_owned();
    let status = head.split(' ').nth(1)?.parse().ok()?;
    let mut reply = Reply { status, head, body: bytes[end + 4..].to_vec() };
    if reply.header("transfer-encoding").eq_ignore_ascii_case("chunked") {
        reply.body = unchunked(&reply.body)?;
    } else if let Ok(length) = reply.header("content-length").parse::<usize>() {
        (reply.body.len() == length).then_some(())?;
    }
    Some(reply)
}

fn unchunked(mut rest: &[u8]) -> Option<Vec<u8>> {
    let mut out = Vec::new();
    loop {
        let end = rest.windows(2).position(|window| window == b"\r\n")?;
        let size = usize::from_str_radix(std::str::from_utf8(&rest[..end]).ok()?.trim(), 16).ok()?;
        rest = &rest[end + 2..];
        if size == 0 {
            return Some(out);
        }
        out.extend_from_slice(rest.get(..size)?);
        rest = rest.get(size + 2..)?;
    }
}

/// Waits until something holds, looking again and again.
pub(crate) fn until(what: &str, mut holds: impl FnMut() -> bool) {
    let begun = Instant::now();
    while !holds() {
        assert!(begun.elapsed() < PATIENCE, "waited in vain until {what}");
        std::thread::sleep(Duration::from_millis(20));
    }
}

/// The next line that holds this text.
pub(crate) fn heard(lines: &mpsc::Receiver<String>, part: &str) -> String {
    loop {
        match lines.recv_timeout(PATIENCE) {
            Ok(line) if line.contains(part) => return line,
            Ok(_) => {}
            Err(e) => panic!("waited in vain to hear {part:?}: {e}"),
        }
    }
}

/// Runs something asynchronous to its end.
pub(crate) fn wait<T>(work: impl Future<Output = T>) -> T {
    runtime().block_on(work)
}

/// Every file below a directory, by its path in it.
pub(crate) fn files_below(directory: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut open = vec![directory.to_owned()];
    while let Some(next) = open.pop() {
        for entry in std::fs::read_dir(next).into_iter().flatten().map_while(Result::ok) {
            let path = entry.path();
            if path.is_dir() {
                open.push(path);
            } else {
                found.push(path.strip_prefix(directory).unwrap().to_owned());
            }
        }
    }
    found.sort();
    found
}

#[test]
fn an_answer_that_broke_off_is_none() {
    let whole = b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nhi";
    assert_eq!(parsed(whole).unwrap().body, b"hi");
    assert!((0..whole.len()).all(|cut| parsed(&whole[..cut]).is_none()));
    let chunks = b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n2\r\nhi\r\n1\r\n!\r\n0\r\n\r\n";
    assert_eq!(parsed(chunks).unwrap().body, b"hi!");
    assert!(parsed(&chunks[..chunks.len() - 9]).is_none());
}
