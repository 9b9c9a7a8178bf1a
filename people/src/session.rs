//! Sessions: who is signed in, on what device, until when.

use std::time::Duration;

use sha2::{Digest, Sha256};
use store::{Event, FromRow, Result, Time, Tx, params, sql};

use crate::{PersonId, SessionId};

/// How long a session lasts after the last visit of a person who wanted to stay signed in.
pub const REMEMBERED: Duration = Duration::from_hours(30 * 24);
/// How long it lasts after the last visit otherwise.
pub const NOT_REMEMBERED: Duration = Duration::from_hours(12);
/// How far apart the times of the last visit are kept: a page that is only read writes nothing in between.
pub const SEEN_EVERY: Duration = Duration::from_mins(5);
/// How many sessions a person may have; the ones not used for longest end beyond it.
pub const SESSIONS_MAX: i64 = 50;
/// How many characters of a browser's description are kept.
const AGENT_MAX: usize = 200;

/// A secret of 256 bits that is handed out once; only its hash is kept.
#[derive(Clone)]
pub struct Token(pub [u8; 32]);

impl Token {
    /// A new one.
    pub fn new(tx: &mut Tx<'_>) -> Self {
        Self(tx.random())
    }

    /// As it travels: base64url without padding, 43 characters.
    pub fn text(&self) -> String {
        use base64::Engine;
        base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(self.0)
    }

    /// Reads what travelled; none where it cannot be one.
    pub fn read(text: &str) -> Option<Self> {
        use base64::Engine;
        if text.len() != 43 {
            return None;
        }
        let bytes = base64::engine::general_purpose::URL_SAFE_NO_PAD.decode(text).ok()?;
        bytes.try_into().ok().map(Self)
    }

    /// What is kept of it.
    pub fn hash(&self) -> TokenHash {
        TokenHash(Sha256::digest(self.0).into())
    }
}

impl std::fmt::Debug for Token {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Token(..)")
    }
}

/// SHA-256 of a [`Token`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TokenHash(pub [u8; 32]);

/// From where someone signs in.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Device {
    /// The browser in a few words.
    pub agent: String,
    /// The address.
    pub ip: String,
}

impl Device {
    /// From a `User-Agent` header and an address.
    pub fn new(user_agent: &str, ip: Option<std::net::IpAddr>) -> Self {
        let agent: String = agent_summary(user_agent).chars().take(AGENT_MAX).collect();
        Self { agent, ip: ip.map(|ip| ip.to_string()).unwrap_or_default() }
    }
}

/// A session as it is listed.
#[derive(Clone, Debug, FromRow)]
pub struct Session {
    /// The session.
    pub id: SessionId,
    /// When the person signed in.
    pub made_at: Time,
    /// The last visit, to within five minutes.
    pub seen_at: Time,
    /// When it ends without another visit.
    pub expires_at: Time,
    /// The browser in a few words.
    pub agent: String,
    /// The address.
    pub ip: String,
}

fn lifetime(remember: bool) -> Duration {
    if remember { REMEMBERED } else { NOT_REMEMBERED }
}

/// Begins a session and answers its token, always a new one: what was in the browser before does not matter.
pub fn begin(tx: &mut Tx<'_>, person: PersonId, remember: bool, device: &Device) -> Result<(SessionId, Token)> {
    let (id, token, now) = (tx.new_id::<SessionId>(), Token::new(tx), tx.now());
    tx.execute(
        sql!(
            "insert into session (id, person, token_hash, made_at, seen_at, expires_at, remember, agent, ip)
             values (?1, ?2, ?3, ?4, ?4, ?5, ?6, ?7, ?8)"
        ),
        params![id, person, token.hash().0, now, now + lifetime(remember), remember, device.agent, device.ip],
    )?;
    tx.execute(
        sql!(
            "delete from session where person = ?1 and (expires_at <= ?2 or id in (
                 select id from session where person = ?1 order by seen_at desc, id desc limit 1000 offset ?3))"
        ),
        params![person, now, SESSIONS_MAX],
    )?;
    tx.execute(sql!("update person set seen_at = ?2 where id = ?1"), params![person, now])?;
    Ok((id, token))
}

/// Notes a visit, unless one was noted less than [`SEEN_EVERY`] ago, and moves the session's end on.
pub fn touch(tx: &mut Tx<'_>, id: SessionId, ip: &str) -> Result<()> {
    let now = tx.now();
    let row: Option<(PersonId, bool)> = tx.maybe(
        sql!("select person, remember from session where id = ?1 and seen_at <= ?2 and expires_at > ?3"),
        params![id, now - SEEN_EVERY, now],
    )?;
    if let Some((person, remember)) = row {
        tx.execute(
            sql!("update session set seen_at = ?2, expires_at = ?3, ip = ?4 where id = ?1"),
            params![id, now, now + lifetime(remember), ip],
        )?;
        tx.execute(sql!("update person set seen_at = ?2 where id = ?1"), params![person, now])?;
    }
    Ok(())
}

/// The sessions of a person, the last used first.
pub fn of_person(tx: &mut Tx<'_>, person: PersonId) -> Result<Vec<Session>> {
    let now = tx.now();
    tx.all(
        sql!(
            "select id, made_at, seen_at, expires_at, agent, ip from session
             where person = ?1 and expires_at > ?2 order by seen_at desc, id desc"
        ),
        params![person, now],
    )
}

/// Ends one session of a person, by themselves or by those who run the place; says whether there was one.
pub fn end(tx: &mut Tx<'_>, person: PersonId, id: SessionId, by: PersonId) -> Result<bool> {
    let ended = tx.execute(sql!("delete from session where id = ?1 and person = ?2"), params![id, person])?;
    if ended == 1 {
        tx.record(&Event::new("person.signed-out", "person", person).by(by))?;
    }
    Ok(ended == 1)
}

/// Ends every session of a person but one; says how many.
pub fn end_others(tx: &mut Tx<'_>, person: PersonId, keep: Option<SessionId>, by: PersonId) -> Result<u64> {
    let ended =
        tx.execute(sql!("delete from session where person = ?1 and (id <> ?2 or ?2 is null)"), params![person, keep])?;
    if ended > 0 {
        tx.record(&Event::new("person.signed-out", "person", person).by(by).with("sessions", ended))?;
    }
    Ok(ended)
}

/// Gives a session another token, so that one that leaked is worth nothing; answers it, and whether the person wants to
/// stay signed in.
pub fn rotate(tx: &mut Tx<'_>, id: SessionId) -> Result<(Token, bool)> {
    let token = Token::new(tx);
    let remember = tx.value(
        sql!("update session set token_hash = ?2 where id = ?1 returning remember"),
        params![id, token.hash().0],
    )?;
    Ok((token, remember))
}

/// Deletes what has run out: sessions, links, attempts. Run once a day.
pub fn clean_up(tx: &mut Tx<'_>) -> Result<u64> {
    let now = tx.now();
    let mut gone = tx.execute(sql!("delete from session where expires_at <= ?1"), params![now])?;
    // A link that has run out still says so for a month, instead of being unknown.
    gone += tx.execute(sql!("delete from account_link where expires_at <= ?1"), params![now.plus_days(-30)])?;
    gone +=
        tx.execute(sql!("delete from throttle where last_at <= ?1 and wait_until <= ?1"), params![now.plus_days(-1)])?;
    gone += tx.execute(sql!("delete from api_token where expires_at <= ?1"), params![now])?;
    Ok(gone)
}

/// "Firefox on Windows": enough for a person to recognise their own device.
fn agent_summary(user_agent: &str) -> String {
    let first = |known: &[(&str, &'static str)]| {
        known.iter().find(|(mark, _)| user_agent.contains(mark)).map(|(_, name)| *name)
    };
    // Order matters: most browsers also claim to be those after them.
    let browser = first(&[
        ("Edg", "Edge"),
        ("OPR/", "Opera"),
        ("SamsungBrowser", "Samsung Internet"),
        ("Firefox/", "Firefox"),
        ("FxiOS", "Firefox"),
        ("CriOS", "Chrome"),
        ("Chrome/", "Chrome"),
        ("Safari/", "Safari"),
        ("curl/", "curl"),
    ]);
    let system = first(&[
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Android", "Android"),
        ("CrOS", "ChromeOS"),
        ("Windows", "Windows"),
        ("Mac OS X", "macOS"),
        ("Linux", "Linux"),
    ]);
    match (browser, system) {
        (Some(browser), Some(system)) => format!("{browser}, {system}"),
        (Some(one), None) | (None, Some(one)) => one.to_owned(),
        (None, None) => user_agent.split_whitespace().next().unwrap_or_default().chars().take(40).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_browser_is_told_in_few_words() {
        let cases = [
            ("Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0", "Firefox, Linux"),
            (
                "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 (KHTML) Chrome/120.0 Safari/537.36 Edg/120.0",
                "Edge, Windows",
            ),
            (
                "Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) AppleWebKit/605 Version/17.0 Safari/604.1",
                "Safari, iPhone",
            ),
            ("tool/1.0 (x)", "tool/1.0"),
            ("", ""),
        ];
        for (header, summary) in cases {
            assert_eq!(agent_summary(header), summary);
        }
    }

    #[test]
    fn a_token_travels_as_43_letters() {
        let token = Token([7; 32]);
        assert_eq!(token.text().len(), 43);
        assert_eq!(Token::read(&token.text()).unwrap().0, token.0);
        for wrong in ["", "x", &"!".repeat(43), &"A".repeat(44)] {
            assert!(Token::read(wrong).is_none(), "{wrong}");
        }
    }
}
