//! Fills the database, in the order in which things are said to have happened.

use std::collections::HashMap;

use bytes::Bytes;
use files::{Files, Limits, Stored};
use jiff::tz::TimeZone;
use outline::Kinds;
use people::institution::{Institution, SignUp};
use people::person::{Details, Profile};
use people::{PersonId, ScopeKind, Unit, UnitId};
use store::{Db, Json, Time, Tx};

use crate::content::{self, Academy, Person};
use crate::course::{self, Made};
use crate::days::Days;
use crate::{Error, PASSWORD, history};

/// For how many days the academy has been there.
const AGE_DAYS: i64 = -150;

/// The people and places that courses are made of.
pub(crate) struct Cast {
    pub(crate) people: HashMap<String, PersonId>,
    pub(crate) units: HashMap<String, UnitId>,
    pub(crate) terms: HashMap<String, courses::TermId>,
    pub(crate) zone: String,
}

impl Cast {
    pub(crate) fn person(&self, key: &str) -> Result<PersonId, Error> {
        self.people.get(key).copied().ok_or_else(|| Error::Content(format!("nobody is called {key}")))
    }
}

/// The files of a course by their path in it.
pub(crate) type Kept = HashMap<String, Stored>;

/// Fills an empty database whose tables are there. Its clock must be one that can be set: it is moved through the past
/// and ends at the moment at which it stood.
pub async fn fill(db: &Db, files: &Files, kinds: &Kinds) -> Result<(), Error> {
    let academy = content::academy()?;
    let zone = TimeZone::get(&academy.institution.zone).map_err(|e| Error::Content(e.to_string()))?;
    let days = Days::new(db.clock().now(), &zone);
    let hash = people::password::hash(PASSWORD.to_owned()).await.map_err(|e| Error::Content(e.to_string()))?;
    at(db, days.morning(AGE_DAYS));
    let people = content::people()?;
    let told = days.clone();
    let cast = db.write(move |tx| institution(tx, &academy, people, &hash, &told)).await?;
    let cast = std::sync::Arc::new(cast);
    let mut courses = Vec::new();
    for (folder, course) in content::courses()? {
        let kept = keep(files, &folder).await?;
        at(db, days.morning(course.starts_days - 21));
        let (told, cast, kinds) = (days.clone(), cast.clone(), kinds.clone());
        let written = course.clone();
        let made: Made = db.write(move |tx| course::make(tx, &kinds, &cast, &folder, &written, &kept, &told)).await?;
        courses.push((course, made));
    }
    for step in history::steps(&courses, &cast, &days)? {
        at(db, step.at);
        db.write(move |tx| step.deed.run(tx)).await?;
    }
    at(db, days.now);
    Ok(())
}

fn at(db: &Db, moment: Time) {
    db.clock().set(moment);
}

async fn keep(files: &Files, folder: &str) -> Result<Kept, Error> {
    let mut kept = Kept::new();
    for (path, bytes) in content::files_of(folder) {
        let stored = files.put_bytes(Bytes::from_static(bytes), &Limits::default()).await?;
        kept.insert(path.to_owned(), stored);
    }
    Ok(kept)
}

fn institution(
    tx: &mut Tx<'_>,
    academy: &Academy,
    people: Vec<Person>,
    password: &str,
    days: &Days,
) -> Result<Cast, Error> {
    let told = &academy.institution;
    let institution = Institution {
        name: told.name.clone(),
        locale: told.locale.clone(),
        zone: told.zone.clone(),
        sign_up: SignUp::Invitation,
        sign_up_domains: Json(Vec::new()),
    };
    people::institution::save(tx, &institution, None)?;
    let mut cast =
        Cast { people: HashMap::new(), units: HashMap::new(), terms: HashMap::new(), zone: told.zone.clone() };
    for unit in &academy.unit {
        let parent = unit.parent.as_ref().and_then(|key| cast.units.get(key)).copied();
        let made: Unit = people::unit::create(tx, &unit.name, parent, None)?;
        cast.units.insert(unit.key.clone(), made.id);
    }
    for person in people {
        let id = add(tx, &person, &cast, password)?;
        cast.people.insert(person.key, id);
    }
    let by = *cast.people.values().min().ok_or_else(|| Error::Content("there is nobody".to_owned()))?;
    for term in &academy.term {
        let settings = courses::term::TermSettings {
            name: term.name.clone(),
            starts: days.at(term.starts_days, 0, 0),
            ends: days.at(term.ends_days, 23, 59),
            zone: told.zone.clone(),
        };
        let made = courses::Term::create(tx, &settings, by)?;
        cast.terms.insert(term.key.clone(), made.id);
    }
    Ok(cast)
}

fn add(tx: &mut Tx<'_>, person: &Person, cast: &Cast, password: &str) -> Result<PersonId, Error> {
    let details = Details {
        given: person.given.clone(),
        family: person.family.clone(),
        email: person.email.clone(),
        unit: cast.units.get(&person.unit).copied(),
        ..Details::default()
    };
    let id = people::person::add(tx, &details, None)?;
    people::account::set_password(tx, id, password)?;
    let profile = Profile {
        given: details.given,
        family: details.family,
        pronouns: person.pronouns.clone(),
        about: person.about.clone(),
        locale: None,
        zone: None,
    };
    if let Some(wrong) = people::person::change_profile(tx, id, &profile)?.first() {
        return Err(Error::Content(format!("{}: {wrong:?}", person.key)));
    }
    for role in &person.roles {
        let scope = match role.at.strip_prefix("unit:") {
            None => (ScopeKind::Institution, None),
            Some(key) => {
                let unit = cast.units.get(key).ok_or_else(|| Error::Content(format!("no unit is called {key}")))?;
                (ScopeKind::Unit, Some((*unit).into()))
            }
        };
        people::grant::give(tx, id, &role.role, scope, None, None, None)?;
    }
    Ok(id)
}
