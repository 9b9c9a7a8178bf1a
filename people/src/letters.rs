//! The mails about accounts, and the jobs of this noun.

use std::sync::Arc;
use std::time::Duration;

use serde::Deserialize;
use serde::de::DeserializeOwned;
use store::{Time, Tx};
use web::{Ctx, Page, word};
use work::{Failure, JobKind, Run, Schedule};

use crate::account::NOTICE_JOB;
use crate::import::ImportId;
use crate::import::run::{self, IMPORT_JOB};
use crate::link::{self, LETTER_JOB, LinkId, Purpose};
use crate::{Error, institution, person, session};

/// The kind of the job that deletes what has run out.
const CLEAN_UP_JOB: &str = "people.clean-up";

/// A mail: plain text, one person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Letter {
    /// The address.
    pub to: String,
    /// The name of the person, if it is known.
    pub name: String,
    /// The subject.
    pub subject: String,
    /// The text.
    pub text: String,
}

/// The jobs of this noun. `post` hands a letter to the mail server; a letter that it does not take is written again
/// later, with a new link.
pub fn jobs<P, F>(ctx: &Ctx, post: P) -> Vec<JobKind>
where
    P: Fn(Letter) -> F + Send + Sync + 'static,
    F: Future<Output = Result<(), Failure>> + Send + 'static,
{
    let post = Arc::new(post);
    let (for_links, for_notices) = ((ctx.clone(), Arc::clone(&post)), (ctx.clone(), post));
    vec![
        JobKind::new(LETTER_JOB, move |run: Run| {
            let (ctx, post) = (for_links.0.clone(), Arc::clone(&for_links.1));
            async move {
                let asked: LinkJob = payload(&run)?;
                let base = ctx.settings.url("");
                let letter = run.db.write(move |tx| link_letter(tx, &base, asked.link)).await?;
                match letter {
                    Some(letter) => post(letter).await,
                    // Used, replaced or run out in the meantime: nobody waits for it.
                    None => Ok(()),
                }
            }
        }),
        JobKind::new(NOTICE_JOB, move |run: Run| {
            let post = Arc::clone(&for_notices.1);
            async move {
                let notice: Notice = payload(&run)?;
                let letter = run.db.read(move |tx| notice_letter(tx, &notice)).await?;
                post(letter).await
            }
        }),
        JobKind::new(IMPORT_JOB, |run: Run| async move { take_over(&run).await }),
        JobKind::new(CLEAN_UP_JOB, |run: Run| async move {
            run.db.write(session::clean_up).await?;
            Ok(())
        }),
    ]
}

/// What this noun does again and again.
pub fn schedules() -> Vec<Schedule> {
    vec![Schedule { kind: CLEAN_UP_JOB, every: Duration::from_hours(24) }]
}

fn payload<T: DeserializeOwned>(run: &Run) -> Result<T, Failure> {
    serde_json::from_value(run.payload.clone()).map_err(|e| Failure::Final(format!("the job cannot be read: {e}")))
}

#[derive(Deserialize)]
struct LinkJob {
    link: LinkId,
}

#[derive(Deserialize)]
struct Notice {
    to: String,
    name: String,
    new: String,
    locale: String,
}

#[derive(Deserialize)]
struct ImportJob {
    import: ImportId,
}

/// Writes the letter of a link, and with it makes the link's token. None where the link is not open any more.
pub fn link_letter(tx: &mut Tx<'_>, base_url: &str, id: LinkId) -> store::Result<Option<Letter>> {
    let Some(link) = link::find(tx, id)? else { return Ok(None) };
    let words = Page::stranger(&link.locale, tx.now());
    let institution = institution_name(tx)?;
    let token = link::arm(tx, id)?;
    let (path, subject, text, closing) = match link.purpose {
        Purpose::Reset => {
            ("reset", word!("mail-reset-subject"), word!("mail-reset-text"), Some(word!("mail-reset-not-you")))
        }
        Purpose::Invitation => ("invitations", word!("mail-invitation-subject"), word!("mail-invitation-text"), None),
        Purpose::SignUp => (
            "invitations",
            word!("mail-sign-up-subject"),
            word!("mail-sign-up-text"),
            Some(word!("mail-sign-up-not-you")),
        ),
        Purpose::Email => {
            ("confirm", word!("mail-e-mail-subject"), word!("mail-e-mail-text"), Some(word!("mail-e-mail-not-you")))
        }
    };
    let name = person::called(&link.given, &link.family);
    let at = [("institution", institution.as_str())];
    let address = format!("{}/{path}/{}", base_url.trim_end_matches('/'), token.text());
    let mut lines = vec![words.ta("mail-hello", &[("name", name.as_str())]), words.ta(text, &at), address];
    lines.extend(closing.map(|closing| words.t(closing)));
    lines.push(institution.clone());
    Ok(Some(Letter { to: link.email, name, subject: words.ta(subject, &at), text: lines.join("\n\n") }))
}

fn notice_letter(tx: &mut Tx<'_>, notice: &Notice) -> store::Result<Letter> {
    let words = Page::stranger(&notice.locale, Time::from_seconds(0));
    let institution = institution_name(tx)?;
    let said = [("email", notice.new.as_str()), ("institution", institution.as_str())];
    let lines = [
        words.ta("mail-hello", &[("name", notice.name.as_str())]),
        words.ta("mail-notice-text", &said),
        institution.clone(),
    ];
    Ok(Letter {
        to: notice.to.clone(),
        name: notice.name.clone(),
        subject: words.ta("mail-notice-subject", &said),
        text: lines.join("\n\n"),
    })
}

fn institution_name(tx: &mut Tx<'_>) -> store::Result<String> {
    Ok(institution::find(tx)?.map_or_else(|| "Stoa".to_owned(), |institution| institution.name))
}

async fn take_over(run: &Run) -> Result<(), Failure> {
    let ImportJob { import } = payload(run)?;
    while run.db.write(move |tx| run::step(tx, import)).await.map_err(failure)? {
        let state = run.db.read(move |tx| run::find(tx, import)).await?;
        run.progress.report(state.done, state.total, &state.file_name).await?;
    }
    Ok(())
}

fn failure(error: Error) -> Failure {
    match error {
        Error::Store(error) => error.into(),
        Error::Refused(refused) => Failure::Final(refused.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{account, testing};
    use store::{params, sql};

    #[store::test]
    fn a_letter_carries_a_link_that_works_and_no_job_knows_it(tx: &mut Tx<'_>) {
        testing::person(tx, "Ana").unwrap();
        account::ask_reset(tx, "ana@example.org", "192.0.2.7", "de").unwrap();
        let (id, job): (LinkId, String) = {
            let job: serde_json::Value =
                tx.value(sql!("select payload from job where kind = 'people.link'"), params![]).unwrap();
            (job["link"].as_str().unwrap().parse().unwrap(), job.to_string())
        };
        let letter = link_letter(tx, "https://learn.example/", id).unwrap().unwrap();
        assert_eq!((letter.to.as_str(), letter.subject.as_str()), ("ana@example.org", "Neues Passwort für Stoa"));
        let link = letter.text.lines().find(|line| line.starts_with("https://learn.example/reset/")).unwrap();
        let token = link.rsplit('/').next().unwrap();
        assert!(!job.contains(token));
        let hash = session::Token::read(token).unwrap().hash();
        assert_eq!(link::open(tx, hash, &[Purpose::Reset]).unwrap().id, id);
        let again = link_letter(tx, "https://learn.example/", id).unwrap().unwrap();
        assert_ne!(again.text, letter.text);
        assert!(link::open(tx, hash, &[Purpose::Reset]).is_err(), "a letter that is written again has a new link");
    }
}
