use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};

use crate::{MailError, Message};

/// Mails that are listed at most.
const LISTED_MAX: usize = 200;

/// A mail that was kept instead of sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutboxMail {
    /// The name of its file.
    pub id: String,
    /// To whom it goes.
    pub to: String,
    /// Its subject.
    pub subject: String,
    /// Its text.
    pub text: String,
}

/// Writes the mail as it would be sent (`.eml`), and beside it the words as they were (`.txt`).
pub(crate) fn keep(dir: &Path, message: &Message, formatted: &[u8]) -> Result<(), MailError> {
    static COUNT: AtomicU64 = AtomicU64::new(0);
    let trouble = |e: std::io::Error| MailError::Temporary(format!("{}: {e}", dir.display()));
    let at = jiff::Timestamp::now().as_millisecond();
    let name = format!("{at}-{}-{:06}", std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed));
    std::fs::write(dir.join(format!("{name}.eml")), formatted).map_err(trouble)?;
    let plain = format!("{}\n{}\n{}", message.to, message.subject.replace('\n', " "), message.text);
    std::fs::write(dir.join(format!("{name}.txt")), plain).map_err(trouble)
}

pub(crate) fn list(dir: &Path) -> Vec<OutboxMail> {
    let Ok(entries) = std::fs::read_dir(dir) else { return Vec::new() };
    let names = entries.filter_map(|entry| entry.ok()?.file_name().into_string().ok());
    let mut names: Vec<String> = names.filter(|name| Path::new(name).extension() == Some("txt".as_ref())).collect();
    names.sort_unstable_by(|a, b| b.cmp(a));
    names.truncate(LISTED_MAX);
    names.into_iter().filter_map(|name| read(dir, &name)).collect()
}

fn read(dir: &Path, name: &str) -> Option<OutboxMail> {
    let plain = std::fs::read_to_string(dir.join(name)).ok()?;
    let (to, rest) = plain.split_once('\n')?;
    let (subject, text) = rest.split_once('\n')?;
    let id = name.trim_end_matches(".txt").to_owned();
    Some(OutboxMail { id, to: to.to_owned(), subject: subject.to_owned(), text: text.to_owned() })
}
