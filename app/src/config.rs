//! Every setting, its default, where its value came from. Later wins: default, file (`stoa.toml`), environment
//! (`STOA_DATABASE=...`), command line.

use std::collections::BTreeMap;
use std::fmt;
use std::path::{Path, PathBuf};
use std::str::FromStr;

use store::DatabaseUrl;

/// One thing that can be set.
#[derive(Debug)]
pub struct Setting {
    /// Its name in the file; in the environment it is `STOA_` and the name in capitals.
    pub name: &'static str,
    /// Its value where nothing sets it. `{data}` and `{listen}` stand for those settings.
    pub default: &'static str,
    /// What it does, with units and what happens at a limit.
    pub help: &'static str,
    /// True where its value must never be shown.
    pub secret: bool,
}

const fn setting(name: &'static str, default: &'static str, help: &'static str) -> Setting {
    Setting { name, default, help, secret: false }
}

const fn secret(name: &'static str, help: &'static str) -> Setting {
    Setting { name, default: "", help, secret: true }
}

/// All settings, as `stoa config show` lists them.
pub const SETTINGS: &[Setting] = &[
    setting("data", "data", "Directory for everything that is kept on this machine."),
    setting("listen", "127.0.0.1:8080", "Address and port that the server listens on."),
    setting(
        "public_url",
        "http://{listen}",
        "Address under which people reach the server; https makes cookies secure.",
    ),
    setting("database", "sqlite:{data}", "sqlite:DIRECTORY, or postgres://user:password@host:port/name."),
    setting(
        "database_threads",
        "0",
        "Threads that read (SQLite) or connections (PostgreSQL); 0 chooses by the number of cores.",
    ),
    setting(
        "database_waiting_max",
        "4096",
        "Requests that may wait for the database; one more is answered 503 with Retry-After.",
    ),
    setting("files", "disk:{data}/files", "Where uploaded files are kept: disk:DIRECTORY, or s3:BUCKET/PREFIX."),
    setting("s3_endpoint", "", "Address of the S3 service; empty for the region's own."),
    setting("s3_region", "us-east-1", "Region of the bucket."),
    setting("s3_access_key", "", "Access key of the S3 service."),
    secret("s3_secret_key", "Secret key of the S3 service."),
    setting(
        "mail",
        "outbox:{data}/outbox",
        "smtp://host:port (STARTTLS), smtps://host:port (TLS) send mails; outbox:DIRECTORY only keeps them as files.",
    ),
    setting("mail_user", "", "User name at the SMTP server; empty for none."),
    secret("mail_password", "Password at the SMTP server."),
    setting("mail_from", "Stoa <stoa@localhost>", "Sender of mails."),
    setting("jobs_at_once", "2", "Jobs that this process runs at the same time; 0 leaves them to other processes."),
    setting("form_max_kb", "2048", "Largest form, in KB; a larger one is refused with 413."),
    setting(
        "request_seconds_max",
        "60",
        "Longest time for a request, in seconds; then it is answered 503. Files have 10 minutes, packages 15.",
    ),
    setting(
        "trusted_proxies",
        "",
        "Proxies (addresses or networks, with commas) that are believed about who asks and under which host name.",
    ),
    setting("log", "info", "What is logged: error, warn, info, debug, trace, or per crate (info,store=debug)."),
    setting("log_format", "text", "text or json."),
    setting(
        "development",
        "false",
        "Shows the component gallery, the outbox and counted work of each page. Never for real people.",
    ),
];

/// Where a value came from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Source {
    /// Nothing set it.
    Default,
    /// This file.
    File(PathBuf),
    /// This variable.
    Environment(String),
    /// The command line.
    Flag,
}

impl fmt::Display for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Default => f.write_str("default"),
            Self::File(path) => write!(f, "{}", path.display()),
            Self::Environment(name) => f.write_str(name),
            Self::Flag => f.write_str("command line"),
        }
    }
}

/// A setting that cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// The file is not there or cannot be read.
    #[error("cannot read {path}: {reason}")]
    File {
        /// The file.
        path: PathBuf,
        /// What the system or the parser said.
        reason: String,
    },
    /// No setting has this name.
    #[error("{from}: there is no setting `{name}`{hint}")]
    Unknown {
        /// The name.
        name: String,
        /// Where it was found.
        from: Source,
        /// A name that is close to it.
        hint: String,
    },
    /// The value does not fit.
    #[error("{name} = {value:?} ({from}): {reason}")]
    Value {
        /// The setting.
        name: &'static str,
        /// Its value.
        value: String,
        /// Where it was found.
        from: Source,
        /// What is wanted.
        reason: String,
    },
}

/// The settings of this process.
#[derive(Clone, Debug)]
pub struct Config {
    values: BTreeMap<&'static str, (String, Source)>,
}

impl Config {
    /// Reads the settings: `file` where one is named (it must exist) or else `stoa.toml` where it exists, variables of
    /// the environment, `flags` as `(name, value)`.
    pub fn load(
        file: Option<&Path>,
        environment: impl Iterator<Item = (String, String)>,
        flags: &[(String, String)],
    ) -> Result<Self, ConfigError> {
        let mut config = Self { values: BTreeMap::new() };
        config.read_file(file)?;
        for (variable, value) in environment {
            let Some(name) = variable.strip_prefix("STOA_").map(str::to_ascii_lowercase) else { continue };
            // Variables for tests share the prefix; only the known names are settings.
            if SETTINGS.iter().any(|setting| setting.name == name) {
                config.set(&name, value, Source::Environment(variable))?;
            }
        }
        for (name, value) in flags {
            config.set(name, value.clone(), Source::Flag)?;
        }
        Ok(config)
    }

    fn read_file(&mut self, file: Option<&Path>) -> Result<(), ConfigError> {
        let path = file.unwrap_or(Path::new("stoa.toml"));
        let wrong = |reason: String| ConfigError::File { path: path.to_owned(), reason };
        let text = match std::fs::read_to_string(path) {
            Ok(text) => text,
            Err(e) if file.is_none() && e.kind() == std::io::ErrorKind::NotFound => return Ok(()),
            Err(e) => return Err(wrong(e.to_string())),
        };
        let table: toml::Table = text.parse().map_err(|e: toml::de::Error| wrong(e.to_string()))?;
        for (name, value) in table {
            let value = match value {
                toml::Value::String(text) => text,
                other @ (toml::Value::Integer(_) | toml::Value::Boolean(_)) => other.to_string(),
                _ => return Err(wrong(format!("`{name}` must be a text, a whole number, true or false"))),
            };
            self.set(&name, value, Source::File(path.to_owned()))?;
        }
        Ok(())
    }

    fn set(&mut self, name: &str, value: String, source: Source) -> Result<(), ConfigError> {
        let Some(setting) = SETTINGS.iter().find(|setting| setting.name == name) else {
            let alike = SETTINGS.iter().filter(|s| s.name.starts_with(name) || name.starts_with(s.name));
            let close = alike.min_by_key(|s| s.name.len().abs_diff(name.len()));
            let hint = close.map_or(String::new(), |s| format!("; did you mean `{}`?", s.name));
            return Err(ConfigError::Unknown { name: name.to_owned(), from: source, hint });
        };
        self.values.insert(setting.name, (value, source));
        Ok(())
    }

    /// A setting's value and where it came from.
    pub fn get(&self, name: &str) -> (String, Source) {
        let set = self.values.get(name).cloned();
        let default = || SETTINGS.iter().find(|setting| setting.name == name).map_or("", |setting| setting.default);
        let (value, source) = set.unwrap_or_else(|| (default().to_owned(), Source::Default));
        let value = if value.contains("{data}") { value.replace("{data}", &self.get("data").0) } else { value };
        let value = if value.contains("{listen}") { value.replace("{listen}", &self.get("listen").0) } else { value };
        (value, source)
    }

    /// A setting's value as a text.
    pub fn text(&self, name: &str) -> String {
        self.get(name).0
    }

    /// A setting's value in its type.
    pub fn parse<T: FromStr>(&self, name: &'static str) -> Result<T, ConfigError>
    where
        T::Err: fmt::Display,
    {
        let (value, source) = self.get(name);
        value.trim().parse().map_err(|e: T::Err| ConfigError::Value {
            name,
            value,
            from: source,
            reason: e.to_string(),
        })
    }

    /// The setting does not fit, for a reason that the caller found.
    pub fn wrong(&self, name: &'static str, reason: impl Into<String>) -> ConfigError {
        let (value, source) = self.get(name);
        ConfigError::Value { name, value, from: source, reason: reason.into() }
    }

    /// Where the data is.
    pub fn database(&self) -> Result<DatabaseUrl, ConfigError> {
        self.parse("database")
    }

    /// Every setting with its value (secrets masked), source, default and meaning.
    pub fn show(&self) -> String {
        let mut out = String::new();
        for setting in SETTINGS {
            let (value, source) = self.get(setting.name);
            let shown = match setting.name {
                _ if setting.secret && !value.is_empty() => "(set, not shown)".to_owned(),
                "database" => value.parse::<DatabaseUrl>().map_or(value, |url| url.to_string()),
                _ => value,
            };
            out.push_str(&format!("{} = {shown:?}\n", setting.name));
            out.push_str(&format!("    from {source}; default {:?}\n    {}\n", setting.default, setting.help));
        }
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn load(environment: &[(&str, &str)], flags: &[(&str, &str)]) -> Result<Config, ConfigError> {
        let own = |pairs: &[(&str, &str)]| -> Vec<(String, String)> {
            pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
        };
        Config::load(None, own(environment).into_iter(), &own(flags))
    }

    #[test]
    fn the_command_line_wins_over_the_environment_and_that_over_the_default() {
        let config =
            load(&[("STOA_DATA", "/var/lib/stoa"), ("STOA_LISTEN", "0.0.0.0:80")], &[("listen", "127.0.0.1:1")])
                .unwrap();
        assert_eq!(config.get("listen"), ("127.0.0.1:1".to_owned(), Source::Flag));
        assert_eq!(config.text("public_url"), "http://127.0.0.1:1");
        assert_eq!(config.text("files"), "disk:/var/lib/stoa/files");
        assert_eq!(config.get("jobs_at_once").1, Source::Default);
    }

    #[test]
    fn a_wrong_setting_is_named_with_its_source() {
        let unknown = load(&[], &[("databas", "x")]).unwrap_err().to_string();
        assert_eq!(unknown, "command line: there is no setting `databas`; did you mean `database`?");
        let config = load(&[("STOA_JOBS_AT_ONCE", "many")], &[]).unwrap();
        let wrong = config.parse::<usize>("jobs_at_once").unwrap_err().to_string();
        assert!(wrong.contains("STOA_JOBS_AT_ONCE") && wrong.contains("many"), "{wrong}");
    }

    #[test]
    fn no_secret_is_shown() {
        let config =
            load(&[("STOA_MAIL_PASSWORD", "hunter2")], &[("database", "postgres://stoa:hunter2@db/stoa")]).unwrap();
        assert!(!config.show().contains("hunter2"), "{}", config.show());
    }
}
