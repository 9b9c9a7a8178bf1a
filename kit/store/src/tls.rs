//! How PostgreSQL is reached: in the clear on the machine itself, else under TLS.

use rustls_tokio_postgres::{MakeRustlsConnect, config_from_ca_cert, config_no_verify, config_platform_verifier};
use tokio_postgres::Config;
use tokio_postgres::config::{Host, SslMode};

use crate::{Error, Result};

/// A server, and how to speak to it.
#[derive(Clone)]
pub(crate) struct Target {
    pub(crate) config: Config,
    pub(crate) tls: MakeRustlsConnect,
}

impl Target {
    /// Reads `postgres://user:password@host:port/name?sslmode=...&sslrootcert=FILE`. The modes are those of libpq:
    /// `disable`; `prefer`, TLS where the server offers it; `require`, TLS or nothing, by whatever certificate; and
    /// `verify-full`, by one that holds for the host, issued by somebody whom the system trusts, or by those in
    /// `sslrootcert`. Without a mode a server on this machine is reached in the clear, any other as `prefer` says. The
    /// mode `verify-ca`, which is content with a certificate of any host, counts as `verify-full`.
    pub(crate) fn parse(url: &str) -> Result<Self> {
        let fail = |why: String| Error::Setup(format!("the database address: {why}"));
        let (plain, mode, roots) = taken_out(url);
        let mut config: Config = plain.parse().map_err(|e: tokio_postgres::Error| fail(e.to_string()))?;
        let verifies = match mode.as_deref() {
            None if roots.is_some() => true,
            None => {
                config.ssl_mode(if is_here(&config) { SslMode::Disable } else { SslMode::Prefer });
                false
            }
            Some("disable") => {
                config.ssl_mode(SslMode::Disable);
                false
            }
            Some("prefer") => false,
            Some("require") => {
                config.ssl_mode(SslMode::Require);
                false
            }
            Some("verify-full" | "verify-ca") => true,
            Some(other) => {
                let known = "known are disable, prefer, require and verify-full";
                return Err(fail(format!("sslmode is {other}; {known}")));
            }
        };
        if verifies {
            config.ssl_mode(SslMode::Require);
        }
        let tls = match (verifies, roots) {
            (true, Some(file)) => config_from_ca_cert(&file).map_err(|e| fail(format!("sslrootcert {file}: {e}")))?,
            (true, None) => config_platform_verifier().map_err(|e| fail(e.to_string()))?,
            (false, _) => config_no_verify(),
        };
        Ok(Self { config, tls: MakeRustlsConnect::new(tls) })
    }
}

/// The address without the two settings that the client library does not know, and what they say.
fn taken_out(url: &str) -> (String, Option<String>, Option<String>) {
    let Some((start, query)) = url.split_once('?') else { return (url.to_owned(), None, None) };
    let (mut mode, mut roots, mut rest) = (None, None, Vec::new());
    for part in query.split('&') {
        match part.split_once('=') {
            Some(("sslmode", value)) => mode = Some(value.to_owned()),
            // A path may stand in an address as it is.
            Some(("sslrootcert", value)) => roots = Some(value.replace("%2F", "/")),
            _ => rest.push(part),
        }
    }
    let query = rest.join("&");
    (if query.is_empty() { start.to_owned() } else { format!("{start}?{query}") }, mode, roots)
}

fn is_here(config: &Config) -> bool {
    config.get_hosts().iter().all(|host| match host {
        Host::Tcp(name) => {
            name == "localhost" || name.parse::<std::net::IpAddr>().is_ok_and(|address| address.is_loopback())
        }
        #[cfg(unix)]
        Host::Unix(_) => true,
    })
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::allow_attributes, reason = "a test says so by stopping")]
mod tests {
    use super::*;
    use crate::{Db, Options, params, sql};

    #[test]
    fn the_mode_is_as_it_is_said_and_else_by_where_the_server_is() {
        for (url, mode) in [
            ("postgres://stoa@127.0.0.1/stoa", SslMode::Disable),
            ("postgres://stoa@localhost:5433/stoa?application_name=x", SslMode::Disable),
            ("postgres://stoa@db.example.org/stoa", SslMode::Prefer),
            ("postgres://stoa@db.example.org/stoa?sslmode=disable", SslMode::Disable),
            ("postgres://stoa@127.0.0.1/stoa?sslmode=require", SslMode::Require),
            ("postgres://stoa@127.0.0.1/stoa?sslmode=verify-full&connect_timeout=3", SslMode::Require),
        ] {
            assert_eq!(Target::parse(url).unwrap().config.get_ssl_mode(), mode, "{url}");
        }
        for (url, why) in [
            ("postgres://stoa@127.0.0.1/stoa?sslmode=yes", "sslmode is yes"),
            ("postgres://stoa@127.0.0.1/stoa?sslrootcert=/nowhere.pem", "/nowhere.pem"),
        ] {
            let said = Target::parse(url).err().unwrap().to_string();
            assert!(said.contains(why), "{said}");
        }
    }
    /// On a server that speaks TLS: it is spoken where it is asked for, and a certificate of nobody is refused where it
    /// is to be looked at.
    #[tokio::test(flavor = "multi_thread")]
    #[allow(clippy::print_stdout, clippy::allow_attributes, reason = "a test says why it is skipped")]
    async fn a_server_with_tls_is_asked_for_it() {
        let Ok(url) = std::env::var("STOA_TEST_POSTGRES") else {
            return println!("skipped: STOA_TEST_POSTGRES is not set");
        };
        let join = if url.contains('?') { '&' } else { '?' };
        let open = |mode: &str| Db::open(&format!("{url}{join}sslmode={mode}").parse().unwrap(), &Options::default());
        let speaks = sql!(sqlite: "select false", postgres: "select ssl from pg_stat_ssl where pid = pg_backend_pid()");
        let asked = async |db: Db| db.read(|tx| tx.value::<bool>(speaks, params![])).await.unwrap();
        assert!(!asked(open("disable").unwrap()).await);
        match open("require") {
            Ok(db) => {
                assert!(asked(db).await);
                let refused = open("verify-full").map(drop).unwrap_err().to_string();
                assert!(refused.contains("certificate"), "{refused}");
            }
            Err(e) => println!("skipped: the server has no TLS: {e}"),
        }
    }
}
