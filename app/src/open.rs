//! What the settings stand for, opened: the database, the files, the mailer.

use std::path::PathBuf;
use std::time::Duration;

use files::{Files, FilesConfig, S3Config};
use mail::{MailConfig, Mailer, Security};
use store::{Db, Options};
use web::settings::{Limits, Network, Settings};

use crate::config::{Config, ConfigError};

/// Why the program cannot do what it was asked to.
#[derive(Debug, thiserror::Error)]
pub enum Trouble {
    /// A setting does not fit.
    #[error(transparent)]
    Config(#[from] ConfigError),
    /// The database.
    #[error("the database: {0}")]
    Store(#[from] store::Error),
    /// The files.
    #[error("the files: {0}")]
    Files(#[from] files::FilesError),
    /// The mailer.
    #[error("the mailer: {0}")]
    Mail(#[from] mail::MailError),
    /// A file or a port.
    #[error("{what}: {cause}")]
    Io {
        /// What was to be opened.
        what: String,
        /// What the system said.
        cause: std::io::Error,
    },
    /// Anything else, in a sentence.
    #[error("{0}")]
    Other(String),
}

impl Trouble {
    /// Trouble with a file or a port.
    pub fn io(what: impl std::fmt::Display) -> impl FnOnce(std::io::Error) -> Self {
        move |cause| Self::Io { what: what.to_string(), cause }
    }
}

/// How the database is opened.
pub fn database_options(config: &Config) -> Result<Options, ConfigError> {
    let mut options = Options { waiting_max: config.parse("database_waiting_max")?, ..Options::default() };
    let threads: usize = config.parse("database_threads")?;
    if threads > 0 {
        options.threads = threads;
    }
    Ok(options)
}

/// The database.
pub fn database(config: &Config) -> Result<Db, Trouble> {
    Ok(Db::open(&config.database()?, &database_options(config)?)?)
}

/// The place of uploaded files.
pub fn files(config: &Config) -> Result<Files, Trouble> {
    let place = config.text("files");
    let wanted = || config.wrong("files", "wanted is disk:DIRECTORY, s3:BUCKET or s3:BUCKET/PREFIX");
    let opened = match place.split_once(':') {
        Some(("disk", dir)) if !dir.is_empty() => FilesConfig::Disk { dir: PathBuf::from(dir) },
        Some(("s3", bucket)) if !bucket.is_empty() => FilesConfig::S3(bucket_of(config, bucket)?),
        _ => return Err(wanted().into()),
    };
    Ok(Files::open(&opened)?)
}

fn bucket_of(config: &Config, place: &str) -> Result<S3Config, ConfigError> {
    let (bucket, prefix) = place.split_once('/').unwrap_or((place, ""));
    let needed = |name: &'static str| {
        let value = config.text(name);
        if value.is_empty() { Err(config.wrong(name, "files in S3 need it")) } else { Ok(value) }
    };
    let endpoint = config.text("s3_endpoint");
    if !endpoint.is_empty() && !endpoint.starts_with("http://") && !endpoint.starts_with("https://") {
        return Err(config.wrong("s3_endpoint", "it begins with http:// or https://"));
    }
    Ok(S3Config {
        bucket: bucket.to_owned(),
        prefix: prefix.to_owned(),
        endpoint: (!endpoint.is_empty()).then_some(endpoint),
        region: needed("s3_region")?,
        access_key: needed("s3_access_key")?,
        secret_key: needed("s3_secret_key")?,
        scratch: PathBuf::from(config.text("data")).join("tmp"),
    })
}

/// The mailer.
pub fn mailer(config: &Config) -> Result<Mailer, Trouble> {
    let (place, from) = (config.text("mail"), config.text("mail_from"));
    if let Some(dir) = place.strip_prefix("outbox:").filter(|dir| !dir.is_empty()) {
        return Ok(Mailer::new(&MailConfig::Outbox { dir: PathBuf::from(dir), from })?);
    }
    let wanted = || config.wrong("mail", "wanted is outbox:DIRECTORY, smtp://host:port or smtps://host:port");
    let (scheme, server) = place.split_once("://").ok_or_else(wanted)?;
    let (host, port) = match server.trim_end_matches('/').rsplit_once(':') {
        Some((host, port)) => (host, Some(port.parse::<u16>().map_err(|_| wanted())?)),
        None => (server.trim_end_matches('/'), None),
    };
    let is_local = matches!(host, "localhost" | "127.0.0.1" | "[::1]");
    let (security, usual_port) = match scheme {
        "smtps" => (Security::Tls, 465),
        "smtp" if is_local => (Security::None, 25),
        "smtp" => (Security::StartTls, 587),
        _ => return Err(wanted().into()),
    };
    let user = config.text("mail_user");
    let login = (!user.is_empty()).then(|| (user, config.text("mail_password")));
    let port = port.unwrap_or(usual_port);
    Ok(Mailer::new(&MailConfig::Smtp { host: host.to_owned(), port, security, login, from })?)
}

/// How requests are answered.
pub fn web_settings(config: &Config) -> Result<Settings, ConfigError> {
    let form_max_kb: usize = config.parse("form_max_kb")?;
    let seconds: u64 = config.parse("request_seconds_max")?;
    let proxies = config.text("trusted_proxies");
    let proxies = proxies.split(',').map(str::trim).filter(|proxy| !proxy.is_empty());
    let proxy = |text: &str| text.parse::<Network>().map_err(|e| config.wrong("trusted_proxies", e.to_string()));
    let base_url = config.text("public_url");
    if !base_url.starts_with("http://") && !base_url.starts_with("https://") {
        return Err(config.wrong("public_url", "it begins with http:// or https://"));
    }
    Ok(Settings {
        base_url: base_url.trim_end_matches('/').to_owned(),
        dev: config.parse("development")?,
        trusted_proxies: proxies.map(proxy).collect::<Result<_, _>>()?,
        limits: Limits {
            body_bytes_max: form_max_kb << 10,
            request_time_max: Duration::from_secs(seconds.max(1)),
            ..Limits::default()
        },
    })
}
