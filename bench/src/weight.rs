//! What a first visit loads. A browser with nothing in its cache opens the page through a proxy that counts: what the
//! browser really asks for is what is weighed, not what a list says it should.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use crate::place::Place;
use crate::server::{Mode, Program};
use crate::table::{Table, holds, say};
use crate::{Error, Result};

/// KB of a first visit, and of its scripts.
const ALL_KB_MAX: f64 = 150.0;
const SCRIPTS_KB_MAX: f64 = 40.0;
/// How long the browser may take.
const BROWSER_TIME_MAX: Duration = Duration::from_mins(1);
/// The kinds of content, in the order of the table, by the beginning of their media type.
const KINDS: [(&str, &[&str]); 5] = [
    ("HTML", &["text/html"]),
    ("CSS", &["text/css"]),
    ("JavaScript", &["text/javascript", "application/javascript"]),
    ("fonts", &["font/"]),
    ("pictures and icons", &["image/"]),
];

/// Bytes of bodies by media type, and how many answers there were.
type Weighed = Arc<Mutex<BTreeMap<String, (usize, usize)>>>;

/// Opens the pages and prints the table.
pub fn measure(program: &Program, place: &Place, browser: &Path) -> Result<()> {
    if !browser.exists() {
        say(format_args!("\nskipped: the weight of a first visit, since there is no browser at {}", browser.display()));
        return Ok(());
    }
    let server = program.serve(place, Mode::Production)?;
    let reader = place.cast.learners.first().ok_or_else(|| Error::Other("there is no learner".to_owned()))?;
    let course = reader.courses.first().map(|course| format!("/courses/{course}")).unwrap_or_default();
    let item = reader.done.map(|(course, item)| format!("/courses/{course}/items/{item}")).unwrap_or_default();
    let mut table = Table::new(&[
        "first visit",
        "answers",
        "HTML",
        "CSS",
        "JavaScript",
        "fonts",
        "pictures and icons",
        "other",
        "KB in all",
        "budget",
        "",
        "JavaScript budget",
        "",
    ]);
    let session = Some(reader.session.as_str());
    let pages = [
        ("Sign-in", "/sign-in", None),
        ("Today", "/", session),
        ("Course page", course.as_str(), session),
        ("Item page", item.as_str(), session),
    ];
    for (name, path, session) in pages {
        let weighed = visit(server.address, browser, &place.directory, path, session)?;
        table.row(row(name, &weighed));
    }
    say(format_args!("\nFirst visit, KB as sent (compressed), in Chromium with an empty cache\n\n{table}"));
    Ok(())
}

fn row(name: &str, weighed: &BTreeMap<String, (usize, usize)>) -> Vec<String> {
    let kb = |bytes: usize| bytes as f64 / 1000.0;
    let of = |kinds: &[&str]| {
        let fits = weighed.iter().filter(|(kind, _)| kinds.iter().any(|start| kind.starts_with(start)));
        fits.map(|(_, (_, bytes))| bytes).sum::<usize>()
    };
    let all: usize = weighed.values().map(|(_, bytes)| bytes).sum();
    let named: Vec<usize> = KINDS.iter().map(|(_, kinds)| of(kinds)).collect();
    let scripts = kb(of(KINDS[2].1));
    let answers: usize = weighed.values().map(|(count, _)| count).sum();
    let mut cells = vec![name.to_owned(), answers.to_string()];
    cells.extend(named.iter().map(|bytes| format!("{:.1}", kb(*bytes))));
    cells.push(format!("{:.1}", kb(all - named.iter().sum::<usize>())));
    cells.extend([format!("{:.1}", kb(all)), format!("{ALL_KB_MAX}"), holds(kb(all), ALL_KB_MAX)]);
    cells.extend([format!("{SCRIPTS_KB_MAX}"), holds(scripts, SCRIPTS_KB_MAX)]);
    cells
}

fn visit(
    server: SocketAddr,
    browser: &Path,
    directory: &Path,
    path: &str,
    session: Option<&str>,
) -> Result<BTreeMap<String, (usize, usize)>> {
    let weighed = Weighed::default();
    let listener = TcpListener::bind(("127.0.0.1", 0)).map_err(Error::io("starting a proxy"))?;
    let address = listener.local_addr().map_err(Error::io("starting a proxy"))?;
    let (counts, session) = (Arc::clone(&weighed), session.map(str::to_owned));
    std::thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let (counts, session) = (Arc::clone(&counts), session.clone());
            // A browser that goes away in the middle of an answer is no fault of the page's.
            std::thread::spawn(move || pass_on(stream, server, session.as_deref(), &counts).ok());
        }
    });
    browse(browser, directory, &format!("http://{address}{path}"))?;
    let weighed = weighed.lock().unwrap_or_else(PoisonError::into_inner).clone();
    if weighed.keys().any(|kind| kind.starts_with("text/html")) {
        return Ok(weighed);
    }
    Err(Error::Other(format!("the browser did not ask for {path}")))
}

/// One request and its answer, with a connection each: simple, and what a connection costs is not what is weighed.
fn pass_on(from: TcpStream, server: SocketAddr, session: Option<&str>, weighed: &Weighed) -> std::io::Result<()> {
    let mut reader = BufReader::new(from.try_clone()?);
    let mut head = String::new();
    loop {
        let mut line = String::new();
        if reader.read_line(&mut line)? == 0 || line.trim_end().is_empty() {
            break;
        }
        if !["cookie:", "connection:"].iter().any(|name| line.to_ascii_lowercase().starts_with(name)) {
            head.push_str(&line);
        }
    }
    if let Some(session) = session {
        head.push_str(&format!("cookie: session={session}\r\n"));
    }
    let mut to = TcpStream::connect(server)?;
    to.write_all(format!("{head}connection: close\r\n\r\n").as_bytes())?;
    let mut answer = Vec::new();
    to.read_to_end(&mut answer)?;
    let end = answer.windows(4).position(|four| four == b"\r\n\r\n").map_or(answer.len(), |at| at + 4);
    let head = String::from_utf8_lossy(&answer[..end]).to_ascii_lowercase();
    let kind = head.lines().find_map(|line| line.strip_prefix("content-type:")).unwrap_or("none").trim().to_owned();
    let mut weighed = weighed.lock().unwrap_or_else(PoisonError::into_inner);
    let entry = weighed.entry(kind).or_default();
    *entry = (entry.0 + 1, entry.1 + answer.len() - end);
    drop(weighed);
    (&from).write_all(&answer)
}

/// Opens the page and waits until everything that it loads is there.
fn browse(browser: &Path, directory: &Path, address: &str) -> Result<()> {
    let profile: PathBuf = directory.join("browser");
    let fresh = |profile: &Path| match std::fs::remove_dir_all(profile) {
        Err(e) if e.kind() != std::io::ErrorKind::NotFound => Err(Error::io("emptying the browser's profile")(e)),
        _ => Ok(()),
    };
    fresh(&profile)?;
    let mut command = Command::new(browser);
    command.args(["--headless=new", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-sync"]);
    command.args(["--disable-background-networking", "--disable-component-update", "--disable-default-apps"]);
    // Nothing but this machine is asked for anything.
    command.arg("--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1");
    command.args(["--window-size=1280,900", "--virtual-time-budget=5000", "--dump-dom"]);
    command.arg(format!("--user-data-dir={}", profile.display())).arg(address);
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    let mut child = command.spawn().map_err(Error::io(format!("starting {}", browser.display())))?;
    let started = Instant::now();
    while started.elapsed() < BROWSER_TIME_MAX {
        if let Some(status) = child.try_wait().map_err(Error::io("waiting for the browser"))? {
            fresh(&profile)?;
            return if status.success() {
                Ok(())
            } else {
                Err(Error::Other(format!("the browser ended with {status}")))
            };
        }
        std::thread::sleep(Duration::from_millis(50));
    }
    let _ = child.kill();
    let _ = child.wait();
    Err(Error::Other("the browser did not end".to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_adds_up() {
        let weighed = BTreeMap::from([
            ("text/html; charset=utf-8".to_owned(), (1, 4_000)),
            ("text/javascript; charset=utf-8".to_owned(), (2, 41_000)),
            ("font/woff2".to_owned(), (1, 50_000)),
            ("application/json".to_owned(), (1, 500)),
        ]);
        let cells = row("Today", &weighed);
        assert_eq!(cells[..9], ["Today", "5", "4.0", "0.0", "41.0", "50.0", "0.0", "0.5", "95.5"]);
        assert_eq!(cells[9..], ["150", "holds", "40", "does not hold"]);
    }
}
