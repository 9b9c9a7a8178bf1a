//! `stoa doctor`: whether everything that the program stands on is as it should be.

use std::fmt;

use files::{Files, Hash};
use store::Db;
use work::JobState;

use crate::config::Config;
use crate::open;

/// How something is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Health {
    /// As it should be.
    Good,
    /// It works; somebody should look at it.
    Doubtful,
    /// It does not work.
    Bad,
}

/// One thing that was looked at.
#[derive(Clone, Debug)]
pub struct Finding {
    /// How it is.
    pub health: Health,
    /// What it is.
    pub what: &'static str,
    /// What was found, and what to do.
    pub found: String,
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mark = match self.health {
            Health::Good => "good",
            Health::Doubtful => "look",
            Health::Bad => "BAD ",
        };
        write!(f, "{mark}  {:<10} {}", self.what, self.found)
    }
}

fn finding(health: Health, what: &'static str, found: impl Into<String>) -> Finding {
    Finding { health, what, found: found.into() }
}

/// Looks at everything. Nothing is changed but for a probe file that is written and removed.
pub async fn examine(config: &Config) -> Vec<Finding> {
    let mut findings = vec![settings(config)];
    let files = match open::files(config) {
        Ok(files) => {
            findings.push(probe(&files).await);
            Some(files)
        }
        Err(e) => {
            findings.push(finding(Health::Bad, "files", e.to_string()));
            None
        }
    };
    findings.push(mail(config).await);
    match open::database(config) {
        Ok(db) => findings.extend(database(&db, files.as_ref()).await),
        Err(e) => findings.push(finding(Health::Bad, "database", e.to_string())),
    }
    findings
}

fn settings(config: &Config) -> Finding {
    match open::web_settings(config) {
        Err(e) => finding(Health::Bad, "settings", e.to_string()),
        Ok(settings) if settings.dev => {
            finding(Health::Doubtful, "settings", "development is on: errors show their causes; not for real people")
        }
        Ok(settings)
            if !settings.is_https()
                && !settings.base_url.contains("127.0.0.1")
                && !settings.base_url.contains("localhost") =>
        {
            finding(
                Health::Doubtful,
                "settings",
                format!("{} is not https: sign-ins can be read on the way", settings.base_url),
            )
        }
        Ok(settings) => finding(Health::Good, "settings", format!("people reach it at {}", settings.base_url)),
    }
}

async fn probe(files: &Files) -> Finding {
    let probe = async {
        let mut put = files.begin(&files::Limits::default()).await?;
        put.write(b"probe").await
    };
    match probe.await {
        Ok(()) => finding(Health::Good, "files", "can be written"),
        Err(e) => finding(Health::Bad, "files", format!("cannot be written: {e}")),
    }
}

async fn mail(config: &Config) -> Finding {
    let mailer = match open::mailer(config) {
        Err(e) => return finding(Health::Bad, "mail", e.to_string()),
        Ok(mailer) => mailer,
    };
    let way = config.text("mail");
    match mailer.reach().await {
        Ok(()) if mailer.is_outbox() => {
            finding(Health::Doubtful, "mail", format!("is kept in {way} and not sent; set `mail` to an SMTP server"))
        }
        Ok(()) => finding(Health::Good, "mail", format!("goes to {way}, which answers")),
        Err(e) => finding(Health::Bad, "mail", format!("{way}: {e}")),
    }
}

async fn database(db: &Db, files: Option<&Files>) -> Vec<Finding> {
    let mut findings = Vec::new();
    let known = db.read(|tx| Ok::<_, store::Error>((store::backup::tables(tx)?.len(), store::applied(tx)))).await;
    match known {
        Err(e) => return vec![finding(Health::Bad, "database", e.to_string())],
        Ok((0, _)) => {
            return vec![finding(Health::Doubtful, "database", "is empty: the first `stoa serve` makes its tables")];
        }
        Ok((_, Err(e))) => return vec![finding(Health::Bad, "database", format!("is not one of this program: {e}"))],
        Ok((count, Ok(applied))) => {
            let wanted = store::migrations(&[&crate::SCHEMA]);
            let missing = wanted.iter().filter(|name| !applied.contains(name)).count();
            let unknown = applied.iter().filter(|name| !wanted.contains(name)).count();
            findings.push(match (missing, unknown) {
                (0, 0) => finding(Health::Good, "database", format!("{count} tables, up to date ({:?})", db.engine())),
                (missing, 0) => finding(
                    Health::Doubtful,
                    "database",
                    format!("{missing} migrations have not run: run `stoa migrate`"),
                ),
                (_, unknown) => finding(
                    Health::Bad,
                    "database",
                    format!("{unknown} migrations are of a newer version: install that"),
                ),
            });
            if missing > 0 {
                return findings;
            }
        }
    }
    findings.push(jobs(db).await);
    if let Some(files) = files {
        findings.push(kept_files(db, files).await);
    }
    findings
}

async fn jobs(db: &Db) -> Finding {
    match db.read(|tx| work::recent(tx, Some(JobState::Failed), None, 100)).await {
        Err(e) => finding(Health::Bad, "jobs", e.to_string()),
        Ok(failed) if failed.is_empty() => finding(Health::Good, "jobs", "none has failed"),
        Ok(failed) => finding(Health::Doubtful, "jobs", format!("{} have failed: see Institution, Jobs", failed.len())),
    }
}

async fn kept_files(db: &Db, files: &Files) -> Finding {
    let needed = db.read(|tx| {
        let mut hashes = materials::course_file::hashes(tx)?;
        hashes.extend(exchange::kept::hashes(tx)?);
        hashes.sort();
        hashes.dedup();
        Ok::<_, store::Error>(hashes)
    });
    let hashes = match needed.await {
        Ok(hashes) => hashes,
        Err(e) => return finding(Health::Bad, "files", e.to_string()),
    };
    let mut missing = Vec::new();
    for hash in &hashes {
        let there = match hash.parse::<Hash>() {
            Ok(hash) => files.exists(&hash).await,
            Err(_) => false,
        };
        if !there {
            missing.push(hash.as_str());
        }
    }
    match missing.first() {
        None => finding(Health::Good, "files", format!("all {} that courses show are there", hashes.len())),
        Some(first) => finding(
            Health::Bad,
            "files",
            format!(
                "{} of {} that courses show are missing (the first: {first}): restore them",
                missing.len(),
                hashes.len()
            ),
        ),
    }
}
