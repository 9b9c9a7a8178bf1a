//! A person and what they say about themselves.

use store::{Event, FromRow, Ids, Time, Tx, params, sql};

use crate::error::{Error, Refused};
use crate::name;
use crate::{PersonId, UnitId};

/// How many characters an e-mail address may have (RFC 5321, 4.5.3.1.3 less the brackets).
pub const EMAIL_MAX: usize = 254;
/// How many characters an external id may have.
pub const EXTERNAL_ID_MAX: usize = 120;
/// How many characters the text about oneself may have.
pub const ABOUT_MAX: usize = 2_000;
/// How many characters the pronouns may have.
pub const PRONOUNS_MAX: usize = 40;

store::text_enum! {
    /// Light or dark.
    pub enum Theme {
        /// As the device has it.
        System = "system",
        /// Dark letters on paper.
        Light = "light",
        /// Light letters in the dark.
        Dark = "dark",
    }
}

store::text_enum! {
    /// How strong the contrast is.
    pub enum Contrast {
        /// As designed.
        Normal = "normal",
        /// Stronger.
        More = "more",
    }
}

/// A person, whatever they do here.
#[derive(Clone, Debug, FromRow)]
pub struct Person {
    /// The person.
    pub id: PersonId,
    /// Given name.
    pub given: String,
    /// Family name; may be empty.
    pub family: String,
    /// Both names, as the person is called.
    pub name: String,
    /// E-mail address in lower case.
    pub email: String,
    /// The id that another system knows the person by.
    pub external_id: Option<String>,
    /// The unit that the person belongs to.
    pub unit: Option<UnitId>,
    /// The chosen language; none: as the browser asks, else the institution's.
    pub locale: Option<String>,
    /// The chosen time zone; none: the institution's.
    pub zone: Option<String>,
    /// How to speak of the person.
    pub pronouns: String,
    /// What the person says about themselves.
    pub about: String,
    /// The hash of a picture in the file store.
    pub avatar: Option<String>,
    /// Light or dark.
    pub theme: Theme,
    /// How strong the contrast is.
    pub contrast: Contrast,
    /// True once a password was chosen.
    pub has_password: bool,
    /// When the account was last used.
    pub seen_at: Option<Time>,
    /// When the account was made.
    pub made_at: Time,
    /// Since when the person is suspended, where they are.
    pub suspended_at: Option<Time>,
}

impl Person {
    /// The first letters of the name.
    pub fn initials(&self) -> String {
        name::initials(&self.given, &self.family)
    }
}

/// What is known of a person to be added, or is to be changed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Details {
    /// Given name.
    pub given: String,
    /// Family name; may be empty.
    pub family: String,
    /// E-mail address.
    pub email: String,
    /// The id that another system knows the person by.
    pub external_id: Option<String>,
    /// The unit that the person belongs to.
    pub unit: Option<UnitId>,
    /// The language; none: as the browser asks.
    pub locale: Option<String>,
    /// The time zone; none: the institution's.
    pub zone: Option<String>,
}

impl Details {
    /// Tidies what was typed and says what is wrong with it, all at once.
    pub fn checked(&self) -> (Self, Vec<Refused>) {
        let mut wrong = Vec::new();
        let tidy = Self {
            given: name::tidy(&self.given),
            family: name::tidy(&self.family),
            email: normal_email(&self.email).unwrap_or_else(|refused| {
                wrong.push(refused);
                self.email.trim().to_owned()
            }),
            external_id: self.external_id.as_deref().map(name::tidy).filter(|id| !id.is_empty()),
            unit: self.unit,
            locale: self.locale.clone().filter(|locale| !locale.is_empty()),
            zone: self.zone.clone().filter(|zone| !zone.is_empty()),
        };
        let length = |text: &str| text.chars().count();
        if tidy.given.is_empty() || length(&tidy.given) > name::NAME_MAX {
            wrong.push(Refused::GivenMissing);
        }
        if length(&tidy.family) > name::NAME_MAX {
            wrong.push(Refused::FamilyTooLong);
        }
        if tidy.external_id.as_deref().is_some_and(|id| length(id) > EXTERNAL_ID_MAX) {
            wrong.push(Refused::ExternalIdTooLong);
        }
        if tidy.zone.as_deref().is_some_and(|zone| check_zone(zone).is_err()) {
            wrong.push(Refused::ZoneUnknown);
        }
        if tidy.locale.as_deref().is_some_and(|locale| !known_locale(locale)) {
            wrong.push(Refused::LocaleUnknown);
        }
        (tidy, wrong)
    }

    fn must_be_right(&self) -> Result<Self, Error> {
        let (tidy, wrong) = self.checked();
        wrong.into_iter().next().map_or(Ok(tidy), |refused| Err(refused.into()))
    }
}

/// An address as it is kept: without space around it, in lower case, in NFC. The shape that is asked for is the one that
/// browsers ask for (HTML, valid e-mail address), with letters of any script.
pub fn normal_email(text: &str) -> Result<String, Refused> {
    let email = name::tidy(text).to_lowercase();
    let (local, domain) = email.split_once('@').ok_or(Refused::EmailInvalid)?;
    let in_local = |letter: char| letter.is_alphanumeric() || ".!#$%&'*+/=?^_`{|}~-".contains(letter);
    let in_domain = |letter: char| letter.is_alphanumeric() || letter == '-';
    let label = |label: &str| {
        !label.is_empty()
            && label.len() <= 63
            && label.chars().all(in_domain)
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    let right = !local.is_empty()
        && local.len() <= 64
        && local.chars().all(in_local)
        && domain.split('.').all(label)
        && email.chars().count() <= EMAIL_MAX;
    if right { Ok(email) } else { Err(Refused::EmailInvalid) }
}

/// Whether there is such a time zone.
pub fn check_zone(zone: &str) -> Result<(), Refused> {
    jiff::tz::TimeZone::get(zone).map(|_| ()).map_err(|_| Refused::ZoneUnknown)
}

/// Whether the program speaks a language.
pub fn known_locale(locale: &str) -> bool {
    web::words::Words::current().has(locale)
}

/// The person; [`store::Error::NotFound`] where there is none.
pub fn find(tx: &mut Tx<'_>, id: PersonId) -> store::Result<Person> {
    tx.one(
        sql!(
            "select p.id, p.given, p.family, trim(p.given || ' ' || p.family) as name, p.email, p.external_id, p.unit,
                    p.locale, p.zone, p.pronouns, p.about, p.avatar, p.theme, p.contrast,
                    p.password is not null as has_password, p.seen_at, p.made_at, x.at as suspended_at
             from person p left join suspension x on x.person = p.id where p.id = ?1"
        ),
        params![id],
    )
}

/// The person with this e-mail address, in any case.
pub fn find_by_email(tx: &mut Tx<'_>, email: &str) -> store::Result<Option<Person>> {
    let Ok(email) = normal_email(email) else { return Ok(None) };
    tx.maybe(
        sql!(
            "select p.id, p.given, p.family, trim(p.given || ' ' || p.family) as name, p.email, p.external_id, p.unit,
                    p.locale, p.zone, p.pronouns, p.about, p.avatar, p.theme, p.contrast,
                    p.password is not null as has_password, p.seen_at, p.made_at, x.at as suspended_at
             from person p left join suspension x on x.person = p.id where p.email = ?1"
        ),
        params![email],
    )
}

/// These people, by name.
pub fn find_all(tx: &mut Tx<'_>, ids: &[PersonId]) -> store::Result<Vec<Person>> {
    tx.all(
        sql!(
            "select p.id, p.given, p.family, trim(p.given || ' ' || p.family) as name, p.email, p.external_id, p.unit,
                    p.locale, p.zone, p.pronouns, p.about, p.avatar, p.theme, p.contrast,
                    p.password is not null as has_password, p.seen_at, p.made_at, x.at as suspended_at
             from person p left join suspension x on x.person = p.id where p.id in ids(?1)
             order by p.sort_name, p.id"
        ),
        params![Ids(ids)],
    )
}

/// Adds a person. They have no password yet: an invitation lets them choose one.
pub fn add(tx: &mut Tx<'_>, details: &Details, by: Option<PersonId>) -> Result<PersonId, Error> {
    let details = details.must_be_right()?;
    let id: PersonId = tx.new_id();
    let now = tx.now();
    let sort_name = name::sort_key(&details.given, &details.family);
    tx.savepoint(|tx| {
        tx.execute(
            sql!(
                "insert into person (id, given, family, email, external_id, unit, locale, zone, sort_name, made_at, made_by)
                 values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)"
            ),
            params![
                id,
                details.given,
                details.family,
                details.email,
                details.external_id,
                details.unit,
                details.locale,
                details.zone,
                sort_name,
                now,
                by
            ],
        )
    })
    .map_err(taken)?;
    index_words(tx, id, &details)?;
    let mut event = Event::new("person.added", "person", id).with("name", called(&details.given, &details.family));
    event.actor = by.or(Some(id)).map(Into::into);
    tx.record(&event)?;
    Ok(id)
}

/// Changes what an administrator may change of a person.
pub fn change(tx: &mut Tx<'_>, id: PersonId, details: &Details, by: PersonId) -> Result<(), Error> {
    let details = details.must_be_right()?;
    let sort_name = name::sort_key(&details.given, &details.family);
    let changed = tx
        .savepoint(|tx| {
            tx.execute(
                sql!(
                    "update person set given = ?2, family = ?3, email = ?4, external_id = ?5, unit = ?6, locale = ?7,
                         zone = ?8, sort_name = ?9 where id = ?1"
                ),
                params![
                    id,
                    details.given,
                    details.family,
                    details.email,
                    details.external_id,
                    details.unit,
                    details.locale,
                    details.zone,
                    sort_name
                ],
            )
        })
        .map_err(taken)?;
    if changed == 0 {
        return Err(store::Error::NotFound.into());
    }
    index_words(tx, id, &details)?;
    tx.record(&Event::new("person.changed", "person", id).by(by))?;
    Ok(())
}

/// What a person says about themselves.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Profile {
    /// Given name.
    pub given: String,
    /// Family name.
    pub family: String,
    /// How to speak of the person.
    pub pronouns: String,
    /// A few lines, plain text.
    pub about: String,
    /// The language; none: as the browser asks.
    pub locale: Option<String>,
    /// The time zone; none: the institution's.
    pub zone: Option<String>,
}

/// Changes one's own profile. All that is wrong is answered at once.
pub fn change_profile(tx: &mut Tx<'_>, id: PersonId, profile: &Profile) -> Result<Vec<Refused>, Error> {
    let person = find(tx, id)?;
    let details = Details {
        given: profile.given.clone(),
        family: profile.family.clone(),
        email: person.email,
        external_id: person.external_id,
        unit: person.unit,
        locale: profile.locale.clone(),
        zone: profile.zone.clone(),
    };
    let (details, mut wrong) = details.checked();
    let (pronouns, about) = (name::tidy(&profile.pronouns), profile.about.replace("\r\n", "\n").trim().to_owned());
    if pronouns.chars().count() > PRONOUNS_MAX {
        wrong.push(Refused::PronounsTooLong);
    }
    if about.chars().count() > ABOUT_MAX {
        wrong.push(Refused::AboutTooLong);
    }
    if !wrong.is_empty() {
        return Ok(wrong);
    }
    change(tx, id, &details, id)?;
    let sql = sql!("update person set pronouns = ?2, about = ?3 where id = ?1");
    tx.execute(sql, params![id, pronouns, about])?;
    Ok(wrong)
}

/// Chooses light or dark and the contrast.
pub fn set_appearance(tx: &mut Tx<'_>, id: PersonId, theme: Theme, contrast: Contrast) -> store::Result<()> {
    let sql = sql!("update person set theme = ?2, contrast = ?3 where id = ?1");
    tx.execute(sql, params![id, theme, contrast])?;
    Ok(())
}

/// Sets the picture, by its hash in the file store, or takes it away.
pub fn set_avatar(tx: &mut Tx<'_>, id: PersonId, hash: Option<&str>) -> store::Result<()> {
    let sql = sql!("update person set avatar = ?2 where id = ?1");
    tx.execute(sql, params![id, hash])?;
    Ok(())
}

/// Gives a person another address, after it was confirmed.
pub(crate) fn set_email(tx: &mut Tx<'_>, id: PersonId, email: &str) -> Result<(), Error> {
    let person = find(tx, id)?;
    let details = Details {
        given: person.given,
        family: person.family,
        email: normal_email(email)?,
        external_id: person.external_id,
        ..Details::default()
    };
    tx.savepoint(|tx| tx.execute(sql!("update person set email = ?2 where id = ?1"), params![id, details.email]))
        .map_err(taken)?;
    index_words(tx, id, &details)?;
    tx.record(&Event::new("person.email-changed", "person", id).by(id))?;
    Ok(())
}

fn index_words(tx: &mut Tx<'_>, id: PersonId, details: &Details) -> store::Result<()> {
    let external_id = details.external_id.as_deref().unwrap_or_default();
    let words = name::words([details.given.as_str(), &details.family, &details.email, external_id]);
    let kept: Vec<String> = tx.values(sql!("select word from person_word where person = ?1"), params![id])?;
    for gone in kept.iter().filter(|word| !words.contains(word)) {
        tx.execute(sql!("delete from person_word where person = ?1 and word = ?2"), params![id, gone])?;
    }
    for new in words.iter().filter(|word| !kept.contains(word)) {
        tx.execute(sql!("insert into person_word (person, word) values (?1, ?2)"), params![id, new])?;
    }
    Ok(())
}

fn taken(e: store::Error) -> Error {
    if e.is_duplicate("person.email") {
        Refused::EmailTaken.into()
    } else if e.is_duplicate("person.external_id") {
        Refused::ExternalIdTaken.into()
    } else if matches!(e, store::Error::Constraint { broken: store::Broken::Reference, .. }) {
        Refused::NoSuchUnit.into()
    } else {
        e.into()
    }
}

pub(crate) fn called(given: &str, family: &str) -> String {
    format!("{given} {family}").trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_one_spelling() {
        for (typed, kept) in
            [(" Ana.Marin@Uni.Example ", "ana.marin@uni.example"), ("o'neil+x@localhost", "o'neil+x@localhost")]
        {
            assert_eq!(normal_email(typed).as_deref(), Ok(kept));
        }
        for wrong in [
            "",
            "ana",
            "@uni.example",
            "ana@",
            "a b@uni.example",
            "ana@uni..example",
            "ana@-uni.example",
            "a@b@c",
            "ana@uni.example\r\nBcc: all@uni.example x",
        ] {
            assert_eq!(normal_email(wrong), Err(Refused::EmailInvalid), "{wrong}");
        }
        assert!(normal_email(&format!("{}@uni.example", "x".repeat(65))).is_err());
    }
}
