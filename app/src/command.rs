//! The commands.

use std::io::{IsTerminal as _, Write as _};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, Parser, Subcommand};
use people::person::Details;
use store::Db;

use crate::config::{Config, Source};
use crate::doctor::Health;
use crate::open::{self, Trouble};
use crate::serve::{Server, stop_signal};
use crate::{backup, doctor, mount, questions};

/// Where the demo keeps its data unless it is told otherwise: never where real data would be.
const DEMO_DATA: &str = "data/demo";

/// The learning platform.
#[derive(Debug, Parser)]
#[command(name = "stoa", version, about = "The learning platform.", max_term_width = 100)]
pub struct Command {
    #[command(flatten)]
    settings: Flags,
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Debug, Args)]
struct Flags {
    /// The file with the settings; without this, stoa.toml where there is one.
    #[arg(long, global = true, value_name = "FILE")]
    config: Option<PathBuf>,
    /// Directory for everything that is kept on this machine.
    #[arg(long, global = true, value_name = "DIRECTORY")]
    data: Option<String>,
    /// Address and port to listen on.
    #[arg(long, global = true, value_name = "ADDRESS:PORT")]
    listen: Option<String>,
    /// sqlite:DIRECTORY, or postgres://user:password@host:port/name.
    #[arg(long, global = true, value_name = "DATABASE")]
    database: Option<String>,
    /// Any other setting; `stoa config show` lists them.
    #[arg(long, global = true, value_name = "NAME=VALUE")]
    set: Vec<String>,
}

#[derive(Debug, Subcommand)]
enum Verb {
    /// Serves; on an empty data folder it prints a code for the first run.
    Serve,
    /// Serves an academy that looks alive: fills an empty data folder (data/demo) first.
    Demo,
    /// Takes a course package (.imscc, .zip) over as a course, or into one.
    Import {
        /// The package.
        package: PathBuf,
        /// The course to add to; without this a new course is made.
        #[arg(long, value_name = "COURSE")]
        into: Option<String>,
        /// Who does it, by mail address; without this the first administrator.
        #[arg(long, value_name = "EMAIL")]
        by: Option<String>,
        /// Only say what would happen.
        #[arg(long)]
        dry_run: bool,
    },
    /// Writes a course as Common Cartridge 1.3.
    Export {
        /// The course: the last part of its address.
        course: String,
        /// The file to write.
        to: PathBuf,
    },
    /// Questions in files of other systems.
    Questions {
        #[command(subcommand)]
        verb: QuestionsVerb,
    },
    /// People.
    Person {
        #[command(subcommand)]
        verb: PersonVerb,
    },
    /// Brings the tables up to date.
    Migrate,
    /// Writes everything into one file, while the server runs.
    Backup {
        /// The file to write, e.g. stoa-2026-11-24.zip.
        to: PathBuf,
    },
    /// Fills an empty database and data folder from a backup, of either database.
    Restore {
        /// The backup.
        from: PathBuf,
    },
    /// Looks whether everything is as it should be.
    Doctor,
    /// Settings.
    Config {
        #[command(subcommand)]
        verb: ConfigVerb,
    },
}

#[derive(Debug, Subcommand)]
enum QuestionsVerb {
    /// Says what of a folder can be taken over, per format and kind, and names what cannot and why.
    Check {
        /// A folder with files in QTI, Moodle XML, GIFT or Aiken, or one of them.
        folder: PathBuf,
    },
}

#[derive(Debug, Subcommand)]
enum PersonVerb {
    /// Adds a person and prints a link with which they choose a password.
    Add {
        /// Mail address.
        email: String,
        /// Given name.
        #[arg(long)]
        given: String,
        /// Family name.
        #[arg(long, default_value = "")]
        family: String,
        /// A role for the whole institution: administrator, manager, teacher, assistant, author, learner, observer.
        #[arg(long)]
        role: Option<String>,
    },
}

#[derive(Debug, Subcommand)]
enum ConfigVerb {
    /// Every setting, its value, where that came from, its default, its meaning.
    Show,
}

impl Flags {
    fn load(&self, verb: &Verb) -> Result<Config, Trouble> {
        let mut flags: Vec<(String, String)> = Vec::new();
        let named = [("data", &self.data), ("listen", &self.listen), ("database", &self.database)];
        for (name, value) in named {
            flags.extend(value.clone().map(|value| (name.to_owned(), value)));
        }
        for pair in &self.set {
            let (name, value) =
                pair.split_once('=').ok_or_else(|| Trouble::Other(format!("--set {pair}: wanted is NAME=VALUE")))?;
            flags.push((name.to_owned(), value.to_owned()));
        }
        let load = |flags: &[(String, String)]| Config::load(self.config.as_deref(), std::env::vars(), flags);
        let config = load(&flags)?;
        if !matches!(verb, Verb::Demo) {
            return Ok(config);
        }
        for (name, value) in [("data", DEMO_DATA), ("development", "true"), ("log", "warn")] {
            if config.get(name).1 == Source::Default {
                flags.push((name.to_owned(), value.to_owned()));
            }
        }
        Ok(load(&flags)?)
    }
}

impl Command {
    /// Does what was asked for.
    pub async fn run(self) -> Result<ExitCode, Trouble> {
        let config = self.settings.load(&self.verb)?;
        log(&config)?;
        match self.verb {
            Verb::Serve => serve(&config).await,
            Verb::Demo => run_demo(&config).await,
            Verb::Import { package, into, by, dry_run } => import(&config, package, into, by, dry_run).await,
            Verb::Export { course, to } => export(&config, &course, to).await,
            Verb::Person { verb: PersonVerb::Add { email, given, family, role } } => {
                add_person(&config, Details { given, family, email, ..Details::default() }, role).await
            }
            Verb::Questions { verb: QuestionsVerb::Check { folder } } => {
                let failed = |e| Trouble::Other(format!("{}: {e}", folder.display()));
                say(questions::check(&folder).map_err(failed)?);
                Ok(ExitCode::SUCCESS)
            }
            Verb::Migrate => migrate(&config).await,
            Verb::Backup { to } => back_up(&config, to).await,
            Verb::Restore { from } => restore(&config, from).await,
            Verb::Doctor => examine(&config).await,
            Verb::Config { verb: ConfigVerb::Show } => {
                say(config.show());
                Ok(ExitCode::SUCCESS)
            }
        }
    }
}

/// What a command answers. A reader that has seen enough (`stoa config show | head`) is no fault.
fn say(text: impl std::fmt::Display) {
    let _ = writeln!(std::io::stdout().lock(), "{text}");
}

fn log(config: &Config) -> Result<(), Trouble> {
    let filter = config.text("log");
    let filter = tracing_subscriber::EnvFilter::builder()
        .parse(&filter)
        .map_err(|e| Trouble::Config(config.wrong("log", e.to_string())))?;
    // Colours are for people at a terminal: in a file or a journal they would be rubbish between the words.
    let colours = std::io::stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none();
    let builder = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).with_ansi(colours);
    match config.text("log_format").as_str() {
        "json" => builder.json().init(),
        "text" => builder.with_target(false).init(),
        _ => return Err(config.wrong("log_format", "wanted is text or json").into()),
    }
    Ok(())
}

async fn serve(config: &Config) -> Result<ExitCode, Trouble> {
    let server = Server::open(config).await?;
    say(format_args!("Stoa is at {}", server.address()));
    if let Some(code) = server.setup_code().await? {
        say(format_args!("\nNobody runs this place yet. Begin at {}/first-run?code={code}", server.address()));
    }
    server.run(stop_signal()).await?;
    Ok(ExitCode::SUCCESS)
}

async fn run_demo(config: &Config) -> Result<ExitCode, Trouble> {
    let (url, options) = (config.database()?, open::database_options(config)?);
    let files = open::files(config)?;
    let place = Academy { url, options };
    let state = place.state().await?;
    if state == DemoState::Empty {
        say("Filling the academy ...");
        let clock = store::Clock::at(store::Clock::System.now());
        let options = store::Options { clock, durable: false, ..place.options.clone() };
        let db = Db::open(&place.url, &options)?;
        mount::prepare(&db).await?;
        demo::fill(&db, &files, &mount::kinds()).await.map_err(|e| Trouble::Other(format!("the demo: {e}")))?;
    }
    if state == DemoState::Other {
        let what =
            format!("{} holds another institution already: name an empty one with --data", config.text("database"));
        return Err(Trouble::Other(what));
    }
    let server = Server::open(config).await?;
    say(format_args!("\n  Stoa Academy is open at {}\n", server.address()));
    for sign_in in demo::sign_ins() {
        say(format_args!("  {:<14} {}", sign_in.part, sign_in.email));
    }
    say(format_args!(
        "\n  The password of all: {}\n  Ctrl-C ends it. What you change stays in {}.\n",
        demo::PASSWORD,
        config.text("data")
    ));
    server.run(stop_signal()).await?;
    Ok(ExitCode::SUCCESS)
}

struct Academy {
    url: store::DatabaseUrl,
    options: store::Options,
}

#[derive(PartialEq, Eq)]
enum DemoState {
    Empty,
    Filled,
    Other,
}

impl Academy {
    async fn state(&self) -> Result<DemoState, Trouble> {
        let db = Db::open(&self.url, &self.options)?;
        if db.read(|tx| Ok::<_, store::Error>(store::backup::tables(tx)?.is_empty())).await? {
            return Ok(DemoState::Empty);
        }
        mount::prepare(&db).await?;
        Ok(match db.read(people::institution::find).await? {
            None => DemoState::Empty,
            Some(institution) if institution.name == demo::name() => DemoState::Filled,
            Some(_) => DemoState::Other,
        })
    }
}

/// The database with its tables up to date, for a command that needs it.
async fn ready(config: &Config) -> Result<Db, Trouble> {
    let db = open::database(config)?;
    mount::prepare(&db).await?;
    Ok(db)
}

async fn by_whom(db: &Db, email: Option<String>) -> Result<people::PersonId, Trouble> {
    let found = match email {
        Some(email) => {
            let asked = email.clone();
            let person = db.read(move |tx| people::find_by_email(tx, &asked)).await?;
            return person
                .map(|person| person.id)
                .ok_or_else(|| Trouble::Other(format!("nobody has the address {email}")));
        }
        None => db.read(people::setup::first_administrator).await?,
    };
    found.ok_or_else(|| {
        Trouble::Other("nobody runs this place yet: add an administrator with `stoa person add`".to_owned())
    })
}

fn course_id(text: &str) -> Result<courses::CourseId, Trouble> {
    let last = text.trim_end_matches('/').rsplit('/').next().unwrap_or(text);
    last.parse().map_err(|_| Trouble::Other(format!("{text} is no course: give the last part of its address")))
}

/// The course that a text names, where there is one.
async fn known_course(db: &Db, text: &str) -> Result<courses::CourseId, Trouble> {
    let id = course_id(text)?;
    match db.read(move |tx| courses::Course::find(tx, id)).await {
        Ok(course) => Ok(course.id),
        Err(store::Error::NotFound) => Err(Trouble::Other(format!("there is no course {text}"))),
        Err(e) => Err(e.into()),
    }
}

async fn import(
    config: &Config,
    package: PathBuf,
    into: Option<String>,
    by: Option<String>,
    dry_run: bool,
) -> Result<ExitCode, Trouble> {
    let (db, files) = (ready(config).await?, open::files(config)?);
    let by = by_whom(&db, by).await?;
    let into = match into {
        Some(course) => Some(known_course(&db, &course).await?),
        None => None,
    };
    let fault = |e: exchange::ImportError| Trouble::Other(format!("{}: {e}", package.display()));
    if dry_run {
        say(exchange::try_file(&package).map_err(fault)?.text());
        return Ok(ExitCode::SUCCESS);
    }
    let (course, report) = exchange::import_file(&db, &files, &package, by, into).await.map_err(fault)?;
    say(report.text());
    say(format_args!("{}/courses/{course}", open::web_settings(config)?.base_url));
    Ok(ExitCode::SUCCESS)
}

async fn export(config: &Config, course: &str, to: PathBuf) -> Result<ExitCode, Trouble> {
    let (db, files) = (ready(config).await?, open::files(config)?);
    let course = known_course(&db, course).await?;
    if to.exists() {
        return Err(Trouble::Other(format!("{} is there already: name another file, or remove it", to.display())));
    }
    exchange::export_file(&db, &files, course, &to).await.map_err(|e| Trouble::Other(e.to_string()))?;
    say(format_args!("Written: {}", to.display()));
    Ok(ExitCode::SUCCESS)
}

async fn add_person(config: &Config, details: Details, role: Option<String>) -> Result<ExitCode, Trouble> {
    let db = ready(config).await?;
    let base = open::web_settings(config)?;
    let wanted = role.clone();
    let (name, token) = db
        .write(move |tx| {
            let name = format!("{} {}", details.given, details.family).trim().to_owned();
            let id = people::person::add(tx, &details, None)?;
            if let Some(role) = &wanted {
                if people::role::all(tx)?.iter().all(|known| known.key != *role) {
                    return Err(people::Refused::NoSuchRole.into());
                }
                people::grant::give(tx, id, role, (people::ScopeKind::Institution, None), None, None, None)?;
            }
            let token = people::account::link_for(tx, id, id)?;
            Ok::<_, people::Error>((name, token))
        })
        .await
        .map_err(|e| match (e.refused(), &role) {
            (Some(people::Refused::NoSuchRole), Some(role)) => Trouble::Other(format!("there is no role {role}")),
            _ => Trouble::Other(e.to_string()),
        })?;
    say(format_args!("Added: {name}{}", role.map(|role| format!(" ({role})")).unwrap_or_default()));
    say(format_args!("To choose a password: {}", base.url(&format!("/invitations/{}", token.text()))));
    Ok(ExitCode::SUCCESS)
}

async fn migrate(config: &Config) -> Result<ExitCode, Trouble> {
    let db = open::database(config)?;
    let done = mount::prepare(&db).await?;
    for migration in &done {
        say(migration);
    }
    say(format_args!("{} migrations ran; the database is up to date", done.len()));
    Ok(ExitCode::SUCCESS)
}

async fn back_up(config: &Config, to: PathBuf) -> Result<ExitCode, Trouble> {
    let (db, files) = (open::database(config)?, open::files(config)?);
    let manifest = backup::backup(&db, &files, &to).await?;
    let (rows, tables) = (manifest.rows(), manifest.tables.len());
    say(format_args!("Written: {} ({rows} rows of {tables} tables, {} files)", to.display(), manifest.files));
    Ok(ExitCode::SUCCESS)
}

async fn restore(config: &Config, from: PathBuf) -> Result<ExitCode, Trouble> {
    let (db, files) = (open::database(config)?, open::files(config)?);
    let manifest = backup::restore(&db, &files, &from).await?;
    say(format_args!("Restored: {} rows, {} files, as of {}", manifest.rows(), manifest.files, manifest.made_at));
    Ok(ExitCode::SUCCESS)
}

async fn examine(config: &Config) -> Result<ExitCode, Trouble> {
    let findings = doctor::examine(config).await;
    for finding in &findings {
        say(finding);
    }
    let is_bad = findings.iter().any(|finding| finding.health == Health::Bad);
    Ok(if is_bad { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}
