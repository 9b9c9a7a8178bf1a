//! Links that let a person in once: to set a password, to accept an invitation, to sign up, to confirm an address.
//!
//! A link is asked for in the transaction of a request; the token comes into being only when the mail is written
//! ([`crate::letters`]), so that no secret ever lies in the table of jobs.

use serde_json::json;
use store::{FromRow, Time, Tx, params, sql};
use work::Job;

use crate::PersonId;
use crate::error::{Error, Refused};
use crate::session::{Token, TokenHash};

/// How long a link to set a password holds: one hour.
const RESET_SECONDS: i64 = 3_600;
/// How long an invitation holds: two weeks.
const INVITATION_SECONDS: i64 = 14 * 86_400;
/// How long a sign-up or a change of address can be confirmed: one day.
const CONFIRM_SECONDS: i64 = 86_400;

/// The kind of the job that writes and sends the mail of a link.
pub const LETTER_JOB: &str = "people.link";

store::id! {
    /// A link that was sent or handed over.
    LinkId
}

store::text_enum! {
    /// What a link is for.
    pub enum Purpose {
        /// To choose a new password.
        Reset = "reset",
        /// To choose a first password.
        Invitation = "invitation",
        /// To make an account.
        SignUp = "sign-up",
        /// To confirm a new address.
        Email = "e-mail",
    }
}

impl Purpose {
    const fn seconds(self) -> i64 {
        match self {
            Self::Reset => RESET_SECONDS,
            Self::Invitation => INVITATION_SECONDS,
            Self::SignUp | Self::Email => CONFIRM_SECONDS,
        }
    }
}

/// A link.
#[derive(Clone, Debug, FromRow)]
pub struct Link {
    /// The link.
    pub id: LinkId,
    /// What it is for.
    pub purpose: Purpose,
    /// Whose account it opens; none for a sign-up.
    pub person: Option<PersonId>,
    /// The address to which it was sent.
    pub email: String,
    /// The given name that was typed at sign-up, or the person's.
    pub given: String,
    /// The family name.
    pub family: String,
    /// The language of the mail.
    pub locale: String,
    /// Until when it holds.
    pub expires_at: Time,
}

/// What a link is to be made of.
#[derive(Clone, Debug)]
pub struct NewLink<'a> {
    /// What it is for.
    pub purpose: Purpose,
    /// Whose account it opens.
    pub person: Option<PersonId>,
    /// The address to which it goes.
    pub email: &'a str,
    /// The given name.
    pub given: &'a str,
    /// The family name.
    pub family: &'a str,
    /// The language of the mail.
    pub locale: &'a str,
    /// Who asked for it.
    pub by: Option<PersonId>,
}

/// Makes a link, without a token yet. A link of the same purpose for the same person or address that is still open
/// ends with it.
pub fn make(tx: &mut Tx<'_>, new: &NewLink<'_>) -> store::Result<LinkId> {
    let id: LinkId = tx.new_id();
    let now = tx.now();
    tx.execute(
        sql!(
            "delete from account_link where purpose = ?1 and used_at is null
               and (person = ?2 or (person is null and email = ?3))"
        ),
        params![new.purpose, new.person, new.email],
    )?;
    tx.execute(
        sql!(
            "insert into account_link (id, purpose, person, email, given, family, locale, made_at, made_by, expires_at)
             values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)"
        ),
        params![
            id,
            new.purpose,
            new.person,
            new.email,
            new.given,
            new.family,
            new.locale,
            now,
            new.by,
            now.plus_seconds(new.purpose.seconds())
        ],
    )?;
    Ok(id)
}

/// Makes a link and has it sent.
pub fn send(tx: &mut Tx<'_>, new: &NewLink<'_>) -> store::Result<LinkId> {
    let id = make(tx, new)?;
    work::enqueue(tx, &Job::new(LETTER_JOB, json!({ "link": id })))?;
    Ok(id)
}

/// Gives a link its token, which is answered and kept nowhere else. An earlier token of the link is worth nothing then.
pub fn arm(tx: &mut Tx<'_>, id: LinkId) -> store::Result<Token> {
    let token = Token::new(tx);
    let changed = tx.execute(
        sql!("update account_link set token_hash = ?2 where id = ?1 and used_at is null"),
        params![id, token.hash().0],
    )?;
    if changed == 1 { Ok(token) } else { Err(store::Error::NotFound) }
}

/// The link, where it is still open.
pub fn find(tx: &mut Tx<'_>, id: LinkId) -> store::Result<Option<Link>> {
    let now = tx.now();
    tx.maybe(
        sql!(
            "select id, purpose, person, email, given, family, locale, expires_at from account_link
             where id = ?1 and used_at is null and expires_at > ?2"
        ),
        params![id, now],
    )
}

/// The open link of a token; [`Refused::LinkSpent`] where there is none, whatever the reason.
pub fn open(tx: &mut Tx<'_>, token: TokenHash, purposes: &[Purpose]) -> Result<Link, Error> {
    let now = tx.now();
    let link: Option<Link> = tx.maybe(
        sql!(
            "select l.id, l.purpose, l.person, l.email, coalesce(p.given, l.given) as given,
                    coalesce(p.family, l.family) as family, l.locale, l.expires_at
             from account_link l left join person p on p.id = l.person left join suspension x on x.person = l.person
             where l.token_hash = ?1 and l.used_at is null and l.expires_at > ?2 and x.person is null"
        ),
        params![token.0, now],
    )?;
    link.filter(|link| purposes.contains(&link.purpose)).ok_or_else(|| Refused::LinkSpent.into())
}

/// Uses a link up. Of two requests at once only one gets through.
pub fn spend(tx: &mut Tx<'_>, id: LinkId) -> Result<(), Error> {
    let now = tx.now();
    let spent = tx.execute(
        sql!("update account_link set used_at = ?2 where id = ?1 and used_at is null and expires_at > ?2"),
        params![id, now],
    )?;
    if spent == 1 { Ok(()) } else { Err(Refused::LinkSpent.into()) }
}

/// Ends every open link that could set a person's password, after it was changed.
pub fn end_password_links(tx: &mut Tx<'_>, person: PersonId) -> store::Result<()> {
    tx.execute(
        sql!("delete from account_link where person = ?1 and used_at is null and purpose in ('reset', 'invitation')"),
        params![person],
    )?;
    Ok(())
}
