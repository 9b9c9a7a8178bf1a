//! Makes an institution of given [`Amounts`], the same each time: with one seed and one moment every id and every row is
//! as it was.
//!
//! People, courses, outlines, enrolments and sessions come into being through the nouns' own functions, with the events
//! that those record. Only what people have done is written row by row, each at its own moment, without its two events:
//! no page reads them.

mod course;

use courses::CourseId;
use outline::{Item, ItemId};
use people::institution::{Institution, SignUp};
use people::person::Details;
use people::session::{self, Device};
use people::{PersonId, ScopeKind, UnitId};
use serde::{Deserialize, Serialize};
use store::{Db, Json, Time, Tx};

use crate::amounts::Amounts;
use crate::{Error, Result};

/// For how many days the institution has been there.
const AGE_DAYS: i64 = 400;
/// How many days ago the courses began.
pub(crate) const BEGAN_DAYS: i64 = 75;
/// How many people are added in one transaction.
const CHUNK: usize = 500;

const GIVEN: [&str; 20] = [
    "Ada", "Bruno", "Chidi", "Dana", "Emil", "Farah", "Goran", "Hana", "Ivo", "Jana", "Kofi", "Lena", "Mateo", "Noor",
    "Otto", "Paula", "Quirin", "Rosa", "Sami", "Tilda",
];
const FAMILY: [&str; 25] = [
    "Abel", "Bach", "Castro", "Demir", "Engel", "Fischer", "Green", "Huber", "Ito", "Jansen", "Keller", "Lopez",
    "Meyer", "Novak", "Okafor", "Peters", "Quinn", "Richter", "Silva", "Toth", "Ulrich", "Vogel", "Weber", "Yilmaz",
    "Zhang",
];

/// Somebody who asks for pages, with what they may ask for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reader {
    /// The value of their session cookie.
    pub session: String,
    /// Courses in which they are.
    pub courses: Vec<CourseId>,
    /// An item that they have done, so that opening it again writes nothing.
    pub done: Option<(CourseId, ItemId)>,
}

/// Something that a reader can still do by saying so.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Deed {
    /// Whose session.
    pub session: String,
    /// The course.
    pub course: CourseId,
    /// The item.
    pub item: ItemId,
}

/// Who can ask, and for what.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cast {
    /// Who runs the institution.
    pub administrator: Reader,
    /// Teachers.
    pub teachers: Vec<Reader>,
    /// Learners, from all over the list of people.
    pub learners: Vec<Reader>,
    /// What they can still do.
    pub deeds: Vec<Deed>,
}

/// Fills an empty database whose tables are there. Its clock must be one that can be set, and ends at `now`.
pub fn fill(db: &Db, amounts: Amounts, now: Time) -> Result<Cast> {
    if let Some(fault) = amounts.fault() {
        return Err(Error::Other(fault.to_owned()));
    }
    db.clock().set(now.plus_days(-AGE_DAYS));
    let units = db.write_blocking(move |tx| institution(tx).map(|()| units(tx))?)?;
    let mut people: Vec<PersonId> = Vec::with_capacity(amounts.people);
    while people.len() < amounts.people {
        let (from, units) = (people.len(), units.clone());
        let until = (from + CHUNK).min(amounts.people);
        db.clock().set(now.plus_days(-AGE_DAYS).plus_seconds(60 + from as i64));
        people.extend(db.write_blocking(move |tx| some_people(tx, from..until, &units))?);
    }
    let mut courses = Vec::with_capacity(amounts.courses);
    for number in 0..amounts.courses {
        let plan = course::Plan {
            number,
            unit: units[number % units.len()],
            teacher: people[amounts.teacher_of(number)],
            seats: amounts.seats(number).into_iter().map(|seat| (people[seat.person], seat)).collect(),
            began: now.plus_days(-BEGAN_DAYS).plus_seconds(number as i64),
            now,
        };
        courses.push(course::make(db, plan)?);
    }
    db.clock().set(now);
    cast(db, amounts, &people, &courses)
}

fn institution(tx: &mut Tx<'_>) -> Result<()> {
    let wanted = Institution {
        name: "Bench University".to_owned(),
        locale: "en".to_owned(),
        zone: "Europe/Berlin".to_owned(),
        sign_up: SignUp::Closed,
        sign_up_domains: Json(Vec::new()),
    };
    Ok(people::institution::save(tx, &wanted, None)?)
}

/// Five faculties with four departments each.
fn units(tx: &mut Tx<'_>) -> Result<Vec<UnitId>> {
    let mut departments = Vec::new();
    for faculty in 1..=5 {
        let above = people::unit::create(tx, &format!("Faculty {faculty}"), None, None)?;
        for number in 1..=4 {
            let name = format!("Department {faculty}.{number}");
            departments.push(people::unit::create(tx, &name, Some(above.id), None)?.id);
        }
    }
    Ok(departments)
}

fn some_people(tx: &mut Tx<'_>, numbers: std::ops::Range<usize>, units: &[UnitId]) -> Result<Vec<PersonId>> {
    let mut made = Vec::with_capacity(numbers.len());
    for number in numbers {
        let details = Details {
            given: GIVEN[number % GIVEN.len()].to_owned(),
            family: format!("{} {number}", FAMILY[(number / GIVEN.len()) % FAMILY.len()]),
            email: format!("person.{number}@bench.example"),
            unit: Some(units[number % units.len()]),
            ..Details::default()
        };
        let id = people::person::add(tx, &details, None)?;
        if number == 0 {
            people::grant::give(tx, id, "administrator", (ScopeKind::Institution, None), None, None, None)?;
        }
        made.push(id);
    }
    Ok(made)
}

/// How many people of one kind are signed in: enough that no page is always the same person's.
const READERS_MAX: usize = 2_000;
/// How many deeds are kept for the measurement of writes.
const DEEDS_MAX: usize = 50_000;

fn cast(db: &Db, amounts: Amounts, people: &[PersonId], courses: &[course::Made]) -> Result<Cast> {
    let mut cast = Cast {
        administrator: Reader { session: sign_in(db, people[0])?, courses: Vec::new(), done: None },
        teachers: Vec::new(),
        learners: Vec::new(),
        deeds: Vec::new(),
    };
    for number in some(1..1 + amounts.teachers()) {
        let taught = courses.iter().enumerate().filter(|(at, _)| amounts.teacher_of(*at) == number);
        let courses = taught.map(|(_, made)| made.course).collect();
        cast.teachers.push(Reader { session: sign_in(db, people[number])?, courses, done: None });
    }
    for number in some(amounts.learners()) {
        let session = sign_in(db, people[number])?;
        let mut reader = Reader { session, courses: Vec::new(), done: None };
        for made in courses {
            let Some(done) = made.done.get(&number) else { continue };
            reader.courses.push(made.course);
            if reader.done.is_none() && *done > 0 {
                reader.done = made.items.first().map(|item| (made.course, item.id));
            }
            let open = made.items.iter().skip(*done).filter(|item| course::can_be_said_done(item));
            let deed = |item: &Item| Deed { session: reader.session.clone(), course: made.course, item: item.id };
            cast.deeds.extend(open.map(deed));
        }
        cast.learners.push(reader);
    }
    cast.deeds.truncate(DEEDS_MAX);
    Ok(cast)
}

/// At most [`READERS_MAX`] of these, from all over the range.
fn some(range: std::ops::Range<usize>) -> impl Iterator<Item = usize> {
    let step = range.len().div_ceil(READERS_MAX).max(1);
    range.step_by(step)
}

fn sign_in(db: &Db, person: PersonId) -> Result<String> {
    db.write_blocking(move |tx| {
        let (_, token) = session::begin(tx, person, true, &Device::default())?;
        Ok(token.text())
    })
}
