//! What a page costs: processor time in the program, time at 500 requests a second, statements, bytes.

use std::time::Duration;

use crate::http::{Connection, Request};
use crate::load::at_rate;
use crate::place::{Engine, Place};
use crate::server::{Mode, Program, Server};
use crate::table::{Table, holds, median, ms, say};
use crate::{Error, Result};

/// The budgets of a page.
pub const CPU_MS_MAX: f64 = 0.6;
/// Milliseconds within which 99 of 100 answers come.
pub const P99_MS_MAX: f64 = 10.0;
/// Statements of a page.
pub const STATEMENTS_MAX: u64 = 8;
/// Requests in each second.
pub const RATE: u32 = 500;
/// Teachers are a twentieth of the people, and so of the requests.
const TEACHERS_RATE: u32 = RATE / 20;
/// Requests by which a server gets its caches filled before it is measured.
const WARM_UP: Duration = Duration::from_secs(4);

/// How long and how often each page is measured.
#[derive(Clone, Copy, Debug)]
pub struct Effort {
    /// Of one run.
    pub span: Duration,
    /// Of each page; the middle one counts.
    pub runs: usize,
}

/// One kind of page, as several people ask for it.
struct View {
    name: &'static str,
    rate: u32,
    paths: Vec<(String, String)>,
}

impl View {
    fn requests(&self, get: fn(&str, Option<&str>) -> Request) -> Vec<Request> {
        self.paths.iter().map(|(path, session)| get(path, Some(session))).collect()
    }
}

fn views(place: &Place) -> Vec<View> {
    let today = |readers: &[crate::fill::Reader]| {
        readers.iter().map(|reader| ("/".to_owned(), reader.session.clone())).collect::<Vec<_>>()
    };
    let courses = |readers: &[crate::fill::Reader]| {
        // The first course of each, then the second of each: as people come, no course stays warm for one person.
        let most = readers.iter().map(|reader| reader.courses.len()).max().unwrap_or(0);
        let path = |at: usize, reader: &crate::fill::Reader| {
            reader.courses.get(at).map(|course| (format!("/courses/{course}"), reader.session.clone()))
        };
        (0..most).flat_map(|at| readers.iter().filter_map(move |reader| path(at, reader))).collect::<Vec<_>>()
    };
    let items = place.cast.learners.iter().filter_map(|reader| {
        reader.done.map(|(course, item)| (format!("/courses/{course}/items/{item}"), reader.session.clone()))
    });
    let (learners, teachers) = (&place.cast.learners, &place.cast.teachers);
    let mut mixed = Vec::new();
    for (at, (today, course)) in today(learners).into_iter().zip(courses(learners)).enumerate() {
        mixed.extend([today, course]);
        if at % 10 == 0 && !teachers.is_empty() {
            mixed.push(("/".to_owned(), teachers[(at / 10) % teachers.len()].session.clone()));
        }
    }
    let view = |name, rate, paths| View { name, rate, paths };
    vec![
        view("Today, learner", RATE, today(learners)),
        view("Course page, learner", RATE, courses(learners)),
        view("Item page, learner", RATE, items.collect()),
        view("Today, teacher", TEACHERS_RATE, today(teachers)),
        view("Course page, teacher", TEACHERS_RATE, courses(teachers)),
        view("All mixed, 1 in 20 a teacher", RATE, mixed),
    ]
}

/// Measures every page and prints the tables.
pub fn measure(program: &Program, place: &Place, effort: Effort) -> Result<()> {
    let views = views(place);
    say(format_args!("\nPages on {}\n", place.engine));
    say(counted(program, place, &views)?);
    say(timed(program, place, &views, effort)?);
    Ok(())
}

/// Statements and bytes, from a server in development: they do not depend on how fast it is.
fn counted(program: &Program, place: &Place, views: &[View]) -> Result<Table> {
    let server = program.serve(place, Mode::Development)?;
    let mut table = Table::new(&["page", "statements", "budget", "", "KB", "KB compressed"]);
    for view in views.iter().filter(|view| !view.name.starts_with("All")) {
        let (mut most, mut plain, mut small) = (0, Vec::new(), Vec::new());
        let mut connection = Connection::open(server.address)?;
        for (at, (path, session)) in view.paths.iter().enumerate().take(200) {
            let answer = connection.ask(&Request::get_plain(path, Some(session)))?;
            let statements = answer.header("x-stoa-statements").and_then(|text| text.parse::<u64>().ok());
            let statements = statements.filter(|_| answer.status == 200);
            most = most.max(statements.ok_or_else(|| Error::Other(format!("{}: {}", view.name, answer.status)))?);
            plain.push(answer.body.len() as f64);
            if at < 20 {
                small.push(connection.ask(&Request::get(path, Some(session)))?.body.len() as f64);
            }
        }
        let kb = |bytes: &[f64]| format!("{:.1}", median(bytes) / 1000.0);
        let holds = holds(most as f64, STATEMENTS_MAX as f64);
        let statements = [most.to_string(), STATEMENTS_MAX.to_string(), holds, kb(&plain), kb(&small)];
        table.row(std::iter::once(view.name.to_owned()).chain(statements).collect());
    }
    Ok(table)
}

fn timed(program: &Program, place: &Place, views: &[View], effort: Effort) -> Result<Table> {
    let server = program.serve(place, Mode::Production)?;
    let head = ["page", "requests/s", "CPU ms/request", "budget", "", "p50 ms", "p99 ms", "budget", ""];
    let mut table = Table::new(&head);
    for view in views {
        let requests = view.requests(Request::get);
        // Everybody once: whoever was away for a while is noted as seen, which is a write.
        at_rate(server.address, &requests, RATE, WARM_UP)?;
        table.row(row(&server, view, &requests, effort, view.name.to_owned())?);
        if view.name.starts_with("Today, learner") {
            let plain = view.requests(Request::get_plain);
            table.row(row(&server, view, &plain, effort, format!("{}, not compressed", view.name))?);
        }
    }
    Ok(table)
}

fn row(server: &Server, view: &View, requests: &[Request], effort: Effort, name: String) -> Result<Vec<String>> {
    let (mut cpu, mut half, mut most) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..effort.runs {
        let before = server.cpu_seconds()?;
        let outcome = at_rate(server.address, requests, view.rate, effort.span)?.complete()?;
        cpu.push((server.cpu_seconds()? - before) * 1000.0 / outcome.times.len() as f64);
        half.push(ms(outcome.within(0.5)));
        most.push(ms(outcome.within(0.99)));
    }
    let (cpu, half, most) = (median(&cpu), median(&half), median(&most));
    Ok(vec![
        name,
        view.rate.to_string(),
        format!("{cpu:.2}"),
        format!("{CPU_MS_MAX}"),
        holds(cpu, CPU_MS_MAX),
        format!("{half:.2}"),
        format!("{most:.2}"),
        format!("{P99_MS_MAX}"),
        holds(most, P99_MS_MAX),
    ])
}

/// What there is of each engine.
pub fn engines(asked: Option<Engine>) -> Vec<Engine> {
    asked.map_or_else(|| vec![Engine::Sqlite, Engine::Postgres], |engine| vec![engine])
}
