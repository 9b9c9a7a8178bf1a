//! Mails: sent by SMTP, or kept in a folder to be read in development.

mod outbox;

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use lettre::message::Mailbox;
use lettre::transport::smtp::authentication::Credentials;
use lettre::transport::smtp::client::{Tls, TlsParameters};
use lettre::{SmtpTransport, Transport};

pub use outbox::OutboxMail;

/// How long the server may take to answer.
const TIME_MAX: Duration = Duration::from_secs(20);

/// How a connection to the SMTP server is kept private.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Security {
    /// Not at all: for a server on this machine.
    None,
    /// The connection turns private before anything is said (STARTTLS, port 587).
    StartTls,
    /// It is private from the start (port 465).
    Tls,
}

/// Where mails go.
#[derive(Clone, Debug)]
pub enum MailConfig {
    /// To an SMTP server.
    Smtp {
        /// Its host.
        host: String,
        /// Its port.
        port: u16,
        /// How the connection is kept private.
        security: Security,
        /// User and password, where it wants them.
        login: Option<(String, String)>,
        /// The sender, e.g. `Stoa <stoa@example.org>`.
        from: String,
    },
    /// Into a folder.
    Outbox {
        /// The folder; made where it is missing.
        dir: PathBuf,
        /// The sender.
        from: String,
    },
}

/// A mail: plain text, to one person.
#[derive(Clone, Debug, Default)]
pub struct Message {
    /// The name of the person; may be empty.
    pub to_name: String,
    /// The address.
    pub to: String,
    /// The subject.
    pub subject: String,
    /// The text.
    pub text: String,
    /// Where an answer goes, if not to the sender.
    pub reply_to: Option<String>,
}

/// Why a mail was not sent.
#[derive(Debug, thiserror::Error)]
pub enum MailError {
    /// It will never be taken: an address that is none, a server that refuses it for good.
    #[error("{0}")]
    Permanent(String),
    /// It may be taken later.
    #[error("{0}")]
    Temporary(String),
    /// The settings are wrong.
    #[error("{0}")]
    Setup(String),
}

impl MailError {
    /// True where trying again later may help.
    pub const fn is_temporary(&self) -> bool {
        matches!(self, Self::Temporary(_))
    }
}

enum Way {
    Smtp(SmtpTransport),
    Outbox(PathBuf),
}

/// Sends mails; clones share it.
#[derive(Clone)]
pub struct Mailer {
    way: Arc<Way>,
    from: Mailbox,
}

impl std::fmt::Debug for Mailer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Mailer").field("from", &self.from).finish_non_exhaustive()
    }
}

impl Mailer {
    /// A mailer of these settings. No connection is made yet.
    pub fn new(config: &MailConfig) -> Result<Self, MailError> {
        let sender = |from: &str| {
            from.parse::<Mailbox>().map_err(|e| MailError::Setup(format!("the sender {from:?} is no address: {e}")))
        };
        match config {
            MailConfig::Outbox { dir, from } => {
                std::fs::create_dir_all(dir).map_err(|e| MailError::Setup(format!("{}: {e}", dir.display())))?;
                Ok(Self { way: Arc::new(Way::Outbox(dir.clone())), from: sender(from)? })
            }
            MailConfig::Smtp { host, port, security, login, from } => {
                let tls = || TlsParameters::new(host.clone()).map_err(|e| MailError::Setup(e.to_string()));
                let tls = match security {
                    Security::None => Tls::None,
                    Security::StartTls => Tls::Required(tls()?),
                    Security::Tls => Tls::Wrapper(tls()?),
                };
                let mut server = SmtpTransport::builder_dangerous(host).port(*port).tls(tls).timeout(Some(TIME_MAX));
                if let Some((user, password)) = login {
                    server = server.credentials(Credentials::new(user.clone(), password.clone()));
                }
                Ok(Self { way: Arc::new(Way::Smtp(server.build())), from: sender(from)? })
            }
        }
    }

    /// Sends a mail. Names and subjects are encoded, so that no line of theirs can become a header.
    pub async fn send(&self, message: &Message) -> Result<(), MailError> {
        let wrong = |e: &dyn std::fmt::Display| MailError::Permanent(format!("the mail cannot be written: {e}"));
        let address = message.to.parse().map_err(|e| wrong(&e))?;
        let name = (!message.to_name.is_empty()).then(|| message.to_name.clone());
        let mut letter = lettre::Message::builder()
            .from(self.from.clone())
            .to(Mailbox::new(name, address))
            .subject(message.subject.replace(['\r', '\n'], " "));
        if let Some(reply_to) = &message.reply_to {
            letter = letter.reply_to(reply_to.parse().map_err(|e| wrong(&e))?);
        }
        let letter = letter.body(message.text.clone()).map_err(|e| wrong(&e))?;
        let (way, message) = (Arc::clone(&self.way), message.clone());
        let sent = tokio::task::spawn_blocking(move || match &*way {
            Way::Outbox(dir) => outbox::keep(dir, &message, &letter.formatted()),
            Way::Smtp(server) => match server.send(&letter) {
                Ok(_) => Ok(()),
                Err(e) if e.is_permanent() => Err(MailError::Permanent(e.to_string())),
                Err(e) => Err(MailError::Temporary(e.to_string())),
            },
        });
        sent.await.unwrap_or_else(|_| Err(MailError::Temporary("sending stopped with an internal fault".to_owned())))
    }

    /// Whether the server answers and lets us in, without a mail being sent. An outbox always does.
    pub async fn reach(&self) -> Result<(), MailError> {
        let way = Arc::clone(&self.way);
        let tried = tokio::task::spawn_blocking(move || match &*way {
            Way::Outbox(_) => Ok(()),
            Way::Smtp(server) => match server.test_connection() {
                Ok(true) => Ok(()),
                Ok(false) => Err(MailError::Temporary("the server closed the connection".to_owned())),
                Err(e) if e.is_permanent() => Err(MailError::Permanent(e.to_string())),
                Err(e) => Err(MailError::Temporary(e.to_string())),
            },
        });
        tried.await.unwrap_or_else(|_| Err(MailError::Temporary("asking stopped with an internal fault".to_owned())))
    }

    /// The mails of the outbox, newest first; none where mails are really sent.
    pub fn outbox(&self) -> Vec<OutboxMail> {
        match &*self.way {
            Way::Outbox(dir) => outbox::list(dir),
            Way::Smtp(_) => Vec::new(),
        }
    }

    /// Whether mails are only kept to be read.
    pub fn is_outbox(&self) -> bool {
        matches!(&*self.way, Way::Outbox(_))
    }
}
