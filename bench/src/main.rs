//! `cargo run --release -p bench -- pages|writes|start|growth|weight|all`; see `README.md`.

use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};
use std::time::Duration;

use bench::amounts::WHOLE;
use bench::pages::{Effort, engines};
use bench::place::{Engine, Keep};
use bench::server::Program;
use bench::table::say;
use bench::{Error, Result, growth, machine, pages, start, weight, writes};
use clap::{Parser, ValueEnum};

/// Where PostgreSQL is, unless it is said.
const POSTGRES: &str = "postgres://postgres@127.0.0.1:5432/postgres";

/// Measures the program with 2,000 people, 200 courses, 12,000 enrolments and 500,000 completions.
#[derive(Debug, Parser)]
#[command(name = "bench", max_term_width = 100)]
struct Arguments {
    /// What is measured.
    what: What,
    /// Only this engine.
    #[arg(long)]
    engine: Option<Engine>,
    /// A PostgreSQL server in which databases may be made.
    #[arg(long, env = "STOA_BENCH_POSTGRES", default_value = POSTGRES)]
    postgres: String,
    /// Where data is kept between runs.
    #[arg(long, default_value = "target/bench")]
    keep: PathBuf,
    /// The program to measure; without this it is built as it is released.
    #[arg(long)]
    program: Option<PathBuf>,
    /// The first of two ports to use; without this any that are free.
    #[arg(long)]
    port: Option<u16>,
    /// The browser that weighs a first visit.
    #[arg(long, default_value = "/usr/bin/chromium")]
    browser: PathBuf,
    /// Seconds of one run.
    #[arg(long, default_value_t = 10, value_parser = clap::value_parser!(u64).range(1..=120))]
    seconds: u64,
    /// Runs of each measurement; the middle one counts.
    #[arg(long, default_value_t = 3, value_parser = clap::value_parser!(u8).range(1..=9))]
    runs: u8,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum What {
    /// Processor time, response time, statements and bytes of Today and the course page.
    Pages,
    /// Item completions in each second, with 1, 8 and 64 clients.
    Writes,
    /// From the start of the process to the first page, and resident memory.
    Start,
    /// Every paged view with ten times the data, on SQLite.
    Growth,
    /// What a browser loads on a first visit.
    Weight,
    /// All of them.
    All,
}

fn main() -> ExitCode {
    match run(&Arguments::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(e) => {
            tell(&e);
            ExitCode::FAILURE
        }
    }
}

#[expect(clippy::print_stderr, reason = "what went wrong goes to the terminal")]
fn tell(e: &Error) {
    eprintln!("bench: {e}");
}

fn run(arguments: &Arguments) -> Result<()> {
    let absolute = |path: &Path| std::path::absolute(path).map_err(Error::io(format!("finding {}", path.display())));
    let path = arguments.program.as_deref().map_or_else(built, absolute)?;
    let program = Program { path, port: arguments.port };
    let keep = Keep { root: absolute(&arguments.keep)?, postgres: arguments.postgres.clone() };
    let effort = Effort { span: Duration::from_secs(arguments.seconds), runs: usize::from(arguments.runs) };
    let does = |what: What| arguments.what == what || arguments.what == What::All;
    say(machine::describe());
    for engine in engines(arguments.engine) {
        if does(What::Start) {
            start::measure(&program, &keep.place(engine, WHOLE)?, 2 * effort.runs + 1)?;
        }
        if does(What::Pages) {
            pages::measure(&program, &keep.place(engine, WHOLE)?, effort)?;
        }
    }
    // Neither depends on the engine: one says what the browser gets, the other what SQLite, which has no statistics to
    // plan by, makes of more rows.
    if does(What::Weight) {
        weight::measure(&program, &keep.place(Engine::Sqlite, WHOLE)?, &arguments.browser)?;
    }
    if does(What::Growth) {
        growth::measure(&program, &keep.place(Engine::Sqlite, WHOLE)?, &keep.place(Engine::Sqlite, WHOLE.times(10))?)?;
    }
    // Last, since it changes the data.
    for engine in engines(arguments.engine) {
        if does(What::Writes) {
            writes::measure(&program, &keep.place(engine, WHOLE)?, effort.runs)?;
        }
    }
    Ok(())
}

/// Builds the program as it is released, and says where it lies: beside this one.
fn built() -> Result<PathBuf> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut command = Command::new(cargo);
    command.args(["build", "--release", "-p", "stoa", "--bin", "stoa"]).current_dir(env!("CARGO_MANIFEST_DIR"));
    let status = command.status().map_err(Error::io("starting cargo"))?;
    if !status.success() {
        return Err(Error::Other("the program could not be built".to_owned()));
    }
    let own = std::env::current_exe().map_err(Error::io("finding this program"))?;
    Ok(own.with_file_name("stoa"))
}
