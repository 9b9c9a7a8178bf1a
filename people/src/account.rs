//! Getting in: signing in, a forgotten password, invitations, signing up, another address.

use serde_json::json;
use store::{Event, FromRow, Time, Tx, params, sql};
use work::Job;

use crate::error::{Error, Refused};
use crate::institution::{self, SignUp};
use crate::link::{self, Link, NewLink, Purpose};
use crate::password::Verified;
use crate::person::{self, Details, Person};
use crate::session::{self, Device, Token};
use crate::throttle::{self, Brake};
use crate::{PersonId, SessionId};

/// The kind of the job that tells an old address that the account has a new one.
pub const NOTICE_JOB: &str = "people.notice";

/// The account behind an address that someone wants to sign in with.
#[derive(Clone, Debug, FromRow)]
pub struct Account {
    /// Whose it is.
    pub person: PersonId,
    /// The hash of the password, where one was chosen.
    pub password: Option<String>,
    /// Whether signing in is stopped.
    pub suspended: bool,
}

/// Begins an attempt to sign in: counts it, and finds the account. [`Refused::Wait`] where a brake is on.
pub fn begin_sign_in(tx: &mut Tx<'_>, email: &str, ip: &str) -> Result<Option<Account>, Error> {
    let email = person::normal_email(email).unwrap_or_default();
    if let Some(until) = throttle::attempt(tx, &[(Brake::Account, &email), (Brake::Address, ip)])? {
        return Err(Refused::Wait(until).into());
    }
    let account = tx.maybe(
        sql!(
            "select p.id as person, p.password, x.person is not null as suspended
             from person p left join suspension x on x.person = p.id where p.email = ?1"
        ),
        params![email],
    )?;
    Ok(account)
}

/// Ends an attempt after the password was held against the hash: the brakes come off, and a session begins with a token
/// of its own.
pub fn end_sign_in(
    tx: &mut Tx<'_>,
    account: Option<Account>,
    verified: Verified,
    remember: bool,
    device: &Device,
) -> Result<(SessionId, Token), Error> {
    let right = verified != Verified::No;
    let Some(account) = account.filter(|_| right) else {
        return Err(Refused::SignInWrong.into());
    };
    // Asked again, since a suspension may have come in between.
    let person = person::find(tx, account.person)?;
    if person.suspended_at.is_some() {
        return Err(Refused::Suspended.into());
    }
    if let Verified::Rehashed(hash) = verified {
        let sql = sql!("update person set password = ?2 where id = ?1 and password = ?3");
        tx.execute(sql, params![person.id, hash, account.password])?;
    }
    throttle::release(tx, Brake::Account, &person.email)?;
    throttle::give_back(tx, Brake::Address, &device.ip)?;
    let begun = session::begin(tx, person.id, remember, device)?;
    tx.record(&Event::new("person.signed-in", "person", person.id).by(person.id))?;
    Ok(begun)
}

/// Notes an attempt that failed in the log of events, where there is such an account.
pub fn note_failed_sign_in(tx: &mut Tx<'_>, person: PersonId, device: &Device) -> store::Result<()> {
    tx.record(&Event::new("person.sign-in-failed", "person", person).with("ip", device.ip.as_str()))?;
    Ok(())
}

/// Asks for a link to choose a new password. The answer is the same whether there is such an account or not;
/// [`Refused::Wait`] after too many.
pub fn ask_reset(tx: &mut Tx<'_>, email: &str, ip: &str, locale: &str) -> Result<(), Error> {
    let email = person::normal_email(email)?;
    brake_mail(tx, &email, ip)?;
    if let Some(person) = person::find_by_email(tx, &email)?.filter(|person| person.suspended_at.is_none()) {
        send_link(tx, &person, Purpose::Reset, &email, locale, None)?;
    }
    Ok(())
}

fn brake_mail(tx: &mut Tx<'_>, email: &str, ip: &str) -> Result<(), Error> {
    match throttle::attempt(tx, &[(Brake::MailAccount, email), (Brake::MailAddress, ip)])? {
        Some(until) => Err(Refused::Wait(until).into()),
        None => Ok(()),
    }
}

fn send_link(
    tx: &mut Tx<'_>,
    person: &Person,
    purpose: Purpose,
    email: &str,
    locale: &str,
    by: Option<PersonId>,
) -> store::Result<link::LinkId> {
    let locale = person.locale.as_deref().unwrap_or(locale);
    let new =
        NewLink { purpose, person: Some(person.id), email, given: &person.given, family: &person.family, locale, by };
    link::send(tx, &new)
}

/// Sends a person, who has no password yet, an invitation to choose one.
pub fn invite(tx: &mut Tx<'_>, person: PersonId, by: PersonId) -> Result<(), Error> {
    let person = person::find(tx, person)?;
    let locale = institution::find(tx)?.map_or_else(|| "en".to_owned(), |institution| institution.locale);
    send_link(tx, &person, Purpose::Invitation, &person.email, &locale, Some(by))?;
    tx.record(&Event::new("person.invited", "person", person.id).by(by))?;
    Ok(())
}

/// A link to choose a password that an administrator hands over in person.
pub fn link_for(tx: &mut Tx<'_>, person: PersonId, by: PersonId) -> Result<Token, Error> {
    let person = person::find(tx, person)?;
    let purpose = if person.has_password { Purpose::Reset } else { Purpose::Invitation };
    let new = NewLink {
        purpose,
        person: Some(person.id),
        email: &person.email,
        given: &person.given,
        family: &person.family,
        locale: person.locale.as_deref().unwrap_or("en"),
        by: Some(by),
    };
    let id = link::make(tx, &new)?;
    tx.record(&Event::new("person.link-made", "person", person.id).by(by))?;
    Ok(link::arm(tx, id)?)
}

/// Asks for an account of one's own. Where there is one already its owner gets a link to choose a new password, and the
/// answer is the same.
pub fn ask_sign_up(tx: &mut Tx<'_>, details: &Details, ip: &str, locale: &str) -> Result<Vec<Refused>, Error> {
    let institution = institution::find(tx)?.filter(|institution| institution.sign_up == SignUp::Open);
    let institution = institution.ok_or(Refused::SignUpClosed)?;
    let (details, mut wrong) = details.checked();
    if wrong.is_empty() && !institution.takes(&details.email) {
        wrong.push(Refused::EmailDomain);
    }
    if !wrong.is_empty() {
        return Ok(wrong);
    }
    brake_mail(tx, &details.email, ip)?;
    match person::find_by_email(tx, &details.email)? {
        Some(person) if person.suspended_at.is_some() => {}
        Some(person) => {
            let purpose = if person.has_password { Purpose::Reset } else { Purpose::Invitation };
            send_link(tx, &person, purpose, &details.email, locale, None)?;
        }
        None => {
            let new = NewLink {
                purpose: Purpose::SignUp,
                person: None,
                email: &details.email,
                given: &details.given,
                family: &details.family,
                locale,
                by: None,
            };
            link::send(tx, &new)?;
        }
    }
    Ok(wrong)
}

/// Takes a link of an invitation or a sign-up: the person is made where they are not there yet, gets the names that they
/// typed and the password, and is signed in. [`Refused::SignUpClosed`] where sign-up is not open to the address now.
pub fn accept(
    tx: &mut Tx<'_>,
    link: &Link,
    given: &str,
    family: &str,
    password_hash: &str,
    device: &Device,
) -> Result<(SessionId, Token), Error> {
    link::spend(tx, link.id)?;
    let details = |person: Option<&Person>| Details {
        given: given.to_owned(),
        family: family.to_owned(),
        email: link.email.clone(),
        external_id: person.and_then(|person| person.external_id.clone()),
        unit: person.and_then(|person| person.unit),
        locale: person.and_then(|person| person.locale.clone()),
        zone: person.and_then(|person| person.zone.clone()),
    };
    let id = match link.person {
        Some(id) => {
            let person = person::find(tx, id)?;
            let details = Details { email: person.email.clone(), ..details(Some(&person)) };
            person::change(tx, id, &details, id)?;
            id
        }
        None => {
            // Sign-up may have been closed, or its domains changed, since the link was sent.
            if !institution::find(tx)?.is_some_and(|institution| institution.takes(&link.email)) {
                return Err(Refused::SignUpClosed.into());
            }
            person::add(tx, &details(None), None)?
        }
    };
    tx.record(&Event::new("person.joined", "person", id).by(id))?;
    set_password(tx, id, password_hash)?;
    let begun = session::begin(tx, id, false, device)?;
    tx.record(&Event::new("person.signed-in", "person", id).by(id))?;
    Ok(begun)
}

/// Takes a link to choose a new password: every session ends, and one begins.
pub fn reset(tx: &mut Tx<'_>, link: &Link, password_hash: &str, device: &Device) -> Result<(SessionId, Token), Error> {
    let person = person::find(tx, link.person.ok_or(Refused::LinkSpent)?)?;
    link::spend(tx, link.id)?;
    set_password(tx, person.id, password_hash)?;
    session::end_others(tx, person.id, None, person.id)?;
    throttle::release(tx, Brake::Account, &person.email)?;
    let begun = session::begin(tx, person.id, false, device)?;
    tx.record(&Event::new("person.signed-in", "person", person.id).by(person.id))?;
    Ok(begun)
}

/// The hash of a person's password, to hold the current one against.
pub fn password_of(tx: &mut Tx<'_>, person: PersonId) -> store::Result<Option<String>> {
    tx.value(sql!("select password from person where id = ?1"), params![person])
}

/// Counts an attempt to give one's current password again, like one to sign in, and answers the hash to hold it
/// against.
pub fn begin_check(tx: &mut Tx<'_>, person: PersonId, email: &str) -> Result<Option<String>, Error> {
    match throttle::attempt(tx, &[(Brake::Account, email)])? {
        Some(until) => Err(Refused::Wait(until).into()),
        None => Ok(password_of(tx, person)?),
    }
}

/// Takes the brake off after the current password was given right again.
pub fn end_check(tx: &mut Tx<'_>, email: &str) -> store::Result<()> {
    throttle::release(tx, Brake::Account, email)
}

/// Changes one's own password: every other session ends, and this one gets another token, answered with whether its
/// person wants to stay signed in.
pub fn change_password(
    tx: &mut Tx<'_>,
    person: PersonId,
    session: Option<SessionId>,
    password_hash: &str,
) -> store::Result<Option<(Token, bool)>> {
    set_password(tx, person, password_hash)?;
    session::end_others(tx, person, session, person)?;
    session.map(|session| session::rotate(tx, session)).transpose()
}

/// Keeps a new password's hash; every open link that could set another ends.
pub fn set_password(tx: &mut Tx<'_>, person: PersonId, password_hash: &str) -> store::Result<()> {
    let now = tx.now();
    let changed = tx.execute(
        sql!("update person set password = ?2, password_at = ?3 where id = ?1"),
        params![person, password_hash, now],
    )?;
    if changed == 0 {
        return Err(store::Error::NotFound);
    }
    link::end_password_links(tx, person)?;
    tx.record(&Event::new("person.password-changed", "person", person).by(person))?;
    Ok(())
}

/// Asks for another address: a link goes to the new one, and it counts once that is followed. Where another person has
/// the address nothing is sent, and the answer is the same.
pub fn ask_email(tx: &mut Tx<'_>, id: PersonId, email: &str, ip: &str, locale: &str) -> Result<(), Error> {
    let email = person::normal_email(email)?;
    brake_mail(tx, &email, ip)?;
    if person::find_by_email(tx, &email)?.is_none() {
        let person = person::find(tx, id)?;
        send_link(tx, &person, Purpose::Email, &email, locale, Some(id))?;
    }
    Ok(())
}

/// The address that a person has asked for and not confirmed yet.
pub fn awaited_email(tx: &mut Tx<'_>, person: PersonId) -> store::Result<Option<(String, Time)>> {
    let now = tx.now();
    tx.maybe(
        sql!(
            "select email, expires_at from account_link
             where person = ?1 and purpose = 'e-mail' and used_at is null and expires_at > ?2 order by made_at desc"
        ),
        params![person, now],
    )
}

/// Takes the link that confirms another address; the old one is told.
pub fn confirm_email(tx: &mut Tx<'_>, link: &Link) -> Result<PersonId, Error> {
    let person = person::find(tx, link.person.ok_or(Refused::LinkSpent)?)?;
    link::spend(tx, link.id)?;
    person::set_email(tx, person.id, &link.email)?;
    link::end_password_links(tx, person.id)?;
    let locale = person.locale.as_deref().unwrap_or(&link.locale);
    let told = json!({ "to": person.email, "name": person.name, "new": link.email, "locale": locale });
    work::enqueue(tx, &Job::new(NOTICE_JOB, told))?;
    Ok(person.id)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bulk;
    use crate::institution::Institution;
    use crate::session::REMEMBERED;
    use crate::{Viewer, testing};

    const HASH: &str = "a hash";

    fn device() -> Device {
        Device { agent: "Firefox, Linux".into(), ip: "192.0.2.7".into() }
    }

    fn with_password(tx: &mut Tx<'_>, given: &str) -> PersonId {
        let id = testing::person(tx, given).unwrap();
        set_password(tx, id, HASH).unwrap();
        id
    }

    fn letters(tx: &mut Tx<'_>) -> i64 {
        tx.value(sql!("select cast(count(*) as bigint) from job where kind = 'people.link'"), params![]).unwrap()
    }

    fn only_link(tx: &mut Tx<'_>) -> Link {
        let id = tx
            .value(sql!("select id from account_link where used_at is null order by made_at desc, id desc"), params![])
            .unwrap();
        let token = link::arm(tx, id).unwrap();
        link::open(tx, token.hash(), Purpose::ALL).unwrap()
    }

    #[store::test]
    fn signing_in_begins_a_session_of_its_own(tx: &mut Tx<'_>) {
        let ana = with_password(tx, "Ana");
        let account = begin_sign_in(tx, " ANA@example.org", "192.0.2.7").unwrap();
        assert_eq!(account.as_ref().unwrap().password.as_deref(), Some(HASH));
        let (first, token) = end_sign_in(tx, account.clone(), Verified::Yes, true, &device()).unwrap();
        let (second, other) = end_sign_in(tx, account, Verified::Rehashed("new".into()), false, &device()).unwrap();
        assert_ne!((first, token.0), (second, other.0));
        let viewer = Viewer::by_session(tx, token.hash()).unwrap().unwrap();
        assert_eq!((viewer.person, viewer.session), (ana, Some(first)));
        assert_eq!(password_of(tx, ana).unwrap().as_deref(), Some("new"));

        let listed = session::of_person(tx, ana).unwrap();
        assert_eq!(listed.len(), 2);
        let now = tx.now();
        assert!(listed.iter().any(|session| session.id == first && session.expires_at == now + REMEMBERED));
        let (token, remember) = change_password(tx, ana, Some(first), "newer").unwrap().unwrap();
        assert!(remember);
        assert_eq!(session::of_person(tx, ana).unwrap().len(), 1);
        assert_eq!(Viewer::by_session(tx, token.hash()).unwrap().unwrap().session, Some(first));
        assert!(Viewer::by_session(tx, other.hash()).unwrap().is_none());
    }

    #[store::test]
    fn the_answer_is_the_same_for_whoever_it_is_not(tx: &mut Tx<'_>) {
        with_password(tx, "Ana");
        let known = begin_sign_in(tx, "ana@example.org", "192.0.2.7").unwrap();
        let unknown = begin_sign_in(tx, "nobody@example.org", "192.0.2.7").unwrap();
        assert!(unknown.is_none());
        for account in [known, unknown] {
            let refused = end_sign_in(tx, account, Verified::No, false, &device()).unwrap_err();
            assert_eq!(refused.refused(), Some(&Refused::SignInWrong));
        }
        for email in ["ana@example.org", "nobody@example.org"] {
            ask_reset(tx, email, "192.0.2.7", "en").unwrap();
        }
        assert_eq!(letters(tx), 1);
        for _ in 0..2 {
            ask_reset(tx, "nobody@example.org", "192.0.2.7", "en").unwrap();
        }
        let refused = ask_reset(tx, "nobody@example.org", "192.0.2.7", "en").unwrap_err();
        assert!(matches!(refused.refused(), Some(Refused::Wait(_))));
    }

    #[store::test]
    fn many_wrong_passwords_make_an_account_wait(tx: &mut Tx<'_>) {
        with_password(tx, "Ana");
        for _ in 0..5 {
            begin_sign_in(tx, "ana@example.org", "192.0.2.7").unwrap();
        }
        let until = tx.now().plus_seconds(30);
        let refused = begin_sign_in(tx, "Ana@example.org", "198.51.100.1").unwrap_err();
        assert_eq!(refused.refused(), Some(&Refused::Wait(until)));
        assert!(begin_sign_in(tx, "bo@example.org", "192.0.2.7").is_ok());
    }

    #[store::test]
    fn a_reset_link_works_once_and_ends_every_session(tx: &mut Tx<'_>) {
        let ana = with_password(tx, "Ana");
        let old = testing::session(tx, ana).unwrap();
        ask_reset(tx, "ana@example.org", "192.0.2.7", "de").unwrap();
        let link = only_link(tx);
        assert_eq!((link.purpose, link.locale.as_str()), (Purpose::Reset, "de"));
        let (_, token) = reset(tx, &link, "new", &device()).unwrap();
        assert!(Viewer::by_session(tx, Token::read(&old).unwrap().hash()).unwrap().is_none());
        assert!(Viewer::by_session(tx, token.hash()).unwrap().is_some());
        assert_eq!(reset(tx, &link, "newer", &device()).unwrap_err().refused(), Some(&Refused::LinkSpent));
    }

    #[store::test]
    async fn links_run_out(db: store::Db) {
        let token = db
            .write(|tx| {
                let ana = testing::person(tx, "Ana")?;
                link_for(tx, ana, ana)
            })
            .await
            .unwrap();
        let open = |db: store::Db, token: Token| async move {
            db.read(move |tx| link::open(tx, token.hash(), &[Purpose::Invitation])).await
        };
        assert_eq!(open(db.clone(), token.clone()).await.unwrap().given, "Ana");
        db.clock().set(db.clock().now().plus_days(14));
        assert_eq!(open(db.clone(), token).await.unwrap_err().refused(), Some(&Refused::LinkSpent));
    }

    #[store::test]
    fn signing_up_makes_the_person_when_the_link_is_followed(tx: &mut Tx<'_>) {
        let details =
            |given: &str| Details { given: given.into(), email: format!("{given}@uni.example"), ..Details::default() };
        let refused = ask_sign_up(tx, &details("ana"), "192.0.2.7", "en").unwrap_err();
        assert_eq!(refused.refused(), Some(&Refused::SignUpClosed));
        let institution = Institution {
            name: "Academy".into(),
            locale: "en".into(),
            zone: "UTC".into(),
            sign_up: SignUp::Open,
            sign_up_domains: store::Json(vec!["uni.example".into()]),
        };
        institution::save(tx, &institution, None).unwrap();
        let other = Details { email: "ana@else.example".into(), ..details("ana") };
        assert_eq!(ask_sign_up(tx, &other, "192.0.2.7", "en").unwrap(), [Refused::EmailDomain]);
        assert_eq!(ask_sign_up(tx, &details("ana"), "192.0.2.7", "en").unwrap(), []);
        assert!(person::find_by_email(tx, "ana@uni.example").unwrap().is_none());
        let link = only_link(tx);
        let (_, token) = accept(tx, &link, "Ana", "Marín", HASH, &device()).unwrap();
        let viewer = Viewer::by_session(tx, token.hash()).unwrap().unwrap();
        assert_eq!((viewer.name.as_str(), viewer.email.as_str()), ("Ana Marín", "ana@uni.example"));
        // Once more: the owner gets a link to choose a new password instead.
        assert_eq!(ask_sign_up(tx, &details("ana"), "192.0.2.7", "en").unwrap(), []);
        assert_eq!(only_link(tx).purpose, Purpose::Reset);
    }

    #[store::test]
    fn an_address_changes_once_it_is_confirmed(tx: &mut Tx<'_>) {
        let (ana, _) = (with_password(tx, "Ana"), with_password(tx, "Bo"));
        ask_email(tx, ana, "bo@example.org", "192.0.2.7", "en").unwrap();
        assert_eq!(letters(tx), 0);
        ask_email(tx, ana, "Ana@New.example", "192.0.2.7", "en").unwrap();
        assert_eq!(awaited_email(tx, ana).unwrap().unwrap().0, "ana@new.example");
        let link = only_link(tx);
        confirm_email(tx, &link).unwrap();
        assert_eq!(person::find(tx, ana).unwrap().email, "ana@new.example");
        assert!(awaited_email(tx, ana).unwrap().is_none());
        assert_eq!(confirm_email(tx, &link).unwrap_err().refused(), Some(&Refused::LinkSpent));
    }

    #[store::test]
    fn a_suspended_person_stays_out(tx: &mut Tx<'_>) {
        testing::seed_roles(tx, &[]).unwrap();
        let (ana, ada) = (with_password(tx, "Ana"), testing::person_with(tx, "Ada", "administrator").unwrap());
        ask_reset(tx, "ana@example.org", "192.0.2.7", "en").unwrap();
        let id = tx.value(sql!("select id from account_link"), params![]).unwrap();
        let token = link::arm(tx, id).unwrap();
        let account = begin_sign_in(tx, "ana@example.org", "192.0.2.7").unwrap();
        bulk::suspend(tx, &[ana], ada, "").unwrap();
        assert_eq!(
            end_sign_in(tx, account, Verified::Yes, true, &device()).unwrap_err().refused(),
            Some(&Refused::Suspended)
        );
        assert_eq!(link::open(tx, token.hash(), Purpose::ALL).unwrap_err().refused(), Some(&Refused::LinkSpent));
    }

    #[store::test]
    async fn a_visit_is_noted_every_five_minutes_and_moves_the_end(db: store::Db) {
        let cookie = db
            .write(|tx| {
                let ana = testing::person(tx, "Ana")?;
                testing::session(tx, ana)
            })
            .await
            .unwrap();
        let token = Token::read(&cookie).unwrap().hash();
        let start = db.clock().now();
        for (seconds, seen) in [(299, 0), (300, 300), (500, 300), (86_400, 86_400)] {
            let now = start.plus_seconds(seconds);
            db.clock().set(now);
            let (session, stale) = db
                .read(move |tx| {
                    let viewer = Viewer::by_session(tx, token)?.ok_or(store::Error::NotFound)?;
                    Ok::<_, store::Error>((viewer.session, viewer.is_stale(now)))
                })
                .await
                .unwrap();
            assert_eq!(stale, seen == seconds);
            let session = session.unwrap();
            db.write(move |tx| session::touch(tx, session, "192.0.2.9")).await.unwrap();
            let kept: Time = db
                .read(move |tx| tx.value(sql!("select seen_at from session where id = ?1"), params![session]))
                .await
                .unwrap();
            assert_eq!(kept, start.plus_seconds(seen));
        }
        db.clock().set(start.plus_seconds(86_400) + REMEMBERED);
        assert!(db.read(move |tx| Viewer::by_session(tx, token)).await.unwrap().is_none());
        assert_eq!(db.write(session::clean_up).await.unwrap(), 1);
    }
}
