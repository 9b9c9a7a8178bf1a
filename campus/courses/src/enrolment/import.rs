//! Enrolments from a list: a CSV file with the columns `email` or `external_id`, and `role`, `section`, `start`, `end`.
//! It is planned first (a dry run that changes nothing), then done; a second run of the same list changes nothing.

use std::collections::{HashMap, HashSet};

use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;
use people::PersonId;
use store::{Time, Tx, params, sql};

use super::{CourseRole, Enrolment, EnrolmentState, IfFull, Method, NewEnrolment, enrol};
use crate::course::Course;
use crate::shift::end_of_day;
use crate::{Section, SectionId};

/// The largest list in bytes; a larger one is refused.
pub const IMPORT_BYTES_MAX: usize = 500_000;
/// The most rows of a list; a longer one is refused.
pub const IMPORT_ROWS_MAX: usize = 2_000;

/// Why a list cannot be read at all.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ImportError {
    /// More than [`IMPORT_BYTES_MAX`] bytes.
    #[error("the list is larger than {IMPORT_BYTES_MAX} bytes")]
    TooLarge,
    /// More than [`IMPORT_ROWS_MAX`] rows.
    #[error("the list has more than {IMPORT_ROWS_MAX} rows")]
    TooManyRows,
    /// It is no text.
    #[error("the list is no text")]
    NotText,
    /// Neither `email` nor `external_id` is among the columns.
    #[error("the list has neither a column `email` nor a column `external_id`")]
    NoPersonColumn,
    /// Nothing below the heading.
    #[error("the list has no rows")]
    Empty,
    /// No CSV, from this line on.
    #[error("line {0} cannot be read as CSV")]
    NotCsv(u64),
}

impl ImportError {
    /// The last part of the message's id.
    pub const fn as_str(&self) -> &'static str {
        match self {
            Self::TooLarge => "too-large",
            Self::TooManyRows => "too-many-rows",
            Self::NotText => "not-text",
            Self::NoPersonColumn => "no-person-column",
            Self::Empty => "empty",
            Self::NotCsv(_) => "not-csv",
        }
    }
}

/// Why a row is left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ImportFault {
    /// Neither address nor external id.
    NobodyNamed,
    /// No account has this address or external id.
    NoSuchPerson,
    /// The role is none of a course.
    NoSuchRole,
    /// Giving this role is not allowed to whoever imports.
    RoleNotAllowed,
    /// The course has no section of this name or code.
    NoSuchSection,
    /// `start` is no date.
    BadStart,
    /// `end` is no date.
    BadEnd,
    /// The end lies before the start.
    EndsBeforeStart,
    /// An earlier row says the same person, role and section.
    Twice,
}

impl ImportFault {
    /// The last part of the message's id.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::NobodyNamed => "nobody-named",
            Self::NoSuchPerson => "no-such-person",
            Self::NoSuchRole => "no-such-role",
            Self::RoleNotAllowed => "role-not-allowed",
            Self::NoSuchSection => "no-such-section",
            Self::BadStart => "bad-start",
            Self::BadEnd => "bad-end",
            Self::EndsBeforeStart => "ends-before-start",
            Self::Twice => "twice",
        }
    }
}

/// What happens, or happened, with a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ImportAction {
    /// The person is enrolled.
    Enrol,
    /// An enrolment that had ended comes to life again.
    Renew,
    /// The enrolment gets other dates.
    Update,
    /// The enrolment is like that already.
    Nothing,
    /// The person waits, since the section is full.
    Wait,
    /// The row is left out.
    LeftOut(ImportFault),
}

impl ImportAction {
    /// The last part of the message's id.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Enrol => "enrol",
            Self::Renew => "renew",
            Self::Update => "update",
            Self::Nothing => "nothing",
            Self::Wait => "wait",
            Self::LeftOut(_) => "left-out",
        }
    }
}

/// A row of the list with what becomes of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImportRow {
    /// Its line in the file, from 1.
    pub line: u64,
    /// The address or external id as it was read.
    pub who: String,
    /// The person's name, where there is one.
    pub name: Option<String>,
    /// The role as it was read; `learner` where nothing was said.
    pub role: String,
    /// The section as it was read.
    pub section: String,
    /// What becomes of it.
    pub action: ImportAction,
}

/// A list with what becomes of each row.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Import {
    /// The rows in the order of the file.
    pub rows: Vec<ImportRow>,
}

impl Import {
    /// How many rows come to this; a row that is left out counts as such whatever is wrong with it.
    pub fn count(&self, action: &str) -> usize {
        self.rows.iter().filter(|row| row.action.as_str() == action).count()
    }

    /// Whether anything is left to do.
    pub fn changes_anything(&self) -> bool {
        self.rows.iter().any(|row| !matches!(row.action, ImportAction::Nothing | ImportAction::LeftOut(_)))
    }
}

/// A row that can be done.
struct Ready {
    at: usize,
    person: PersonId,
    role: CourseRole,
    section: Option<SectionId>,
    starts: Option<Time>,
    ends: Option<Time>,
}

/// Says what would become of each row, and changes nothing.
pub fn plan_import(
    tx: &mut Tx<'_>,
    course: &Course,
    bytes: &[u8],
    may_enrol_staff: bool,
) -> store::Result<Result<Import, ImportError>> {
    Ok(plan(tx, course, bytes, may_enrol_staff)?.map(|(import, _)| import))
}

/// Enrols everyone in the list whose row is without fault. Whoever finds no place waits.
pub fn apply_import(
    tx: &mut Tx<'_>,
    course: &Course,
    bytes: &[u8],
    may_enrol_staff: bool,
    by: PersonId,
) -> store::Result<Result<Import, ImportError>> {
    let (mut import, ready) = match plan(tx, course, bytes, may_enrol_staff)? {
        Ok(planned) => planned,
        Err(refused) => return Ok(Err(refused)),
    };
    for row in ready {
        let new = NewEnrolment {
            section: row.section,
            starts: row.starts,
            ends: row.ends,
            method: Method::Import,
            ..NewEnrolment::new(course.id, row.person, row.role)
        };
        let (enrolment, outcome) = enrol(tx, &new, IfFull::Wait, Some(by))?;
        let waits = enrolment.state == EnrolmentState::Waiting;
        if let Some(shown) = import.rows.get_mut(row.at) {
            shown.action = match outcome {
                _ if waits && outcome != super::Outcome::Unchanged => ImportAction::Wait,
                super::Outcome::Made => ImportAction::Enrol,
                super::Outcome::Renewed => ImportAction::Renew,
                super::Outcome::Updated => ImportAction::Update,
                super::Outcome::Unchanged => ImportAction::Nothing,
            };
        }
    }
    Ok(Ok(import))
}

fn plan(
    tx: &mut Tx<'_>,
    course: &Course,
    bytes: &[u8],
    may_enrol_staff: bool,
) -> store::Result<Result<(Import, Vec<Ready>), ImportError>> {
    let lines = match read(bytes) {
        Ok(lines) => lines,
        Err(refused) => return Ok(Err(refused)),
    };
    let sections = Section::of(tx, course.id)?;
    let held: Vec<Enrolment> = tx.all(sql!("select * from enrolment_whole where course = ?1"), params![course.id])?;
    let held: HashMap<_, _> = held.into_iter().map(|e| ((e.person, e.role, e.section), e)).collect();
    let zone = course.time_zone();
    let (mut import, mut ready, mut seen) = (Import::default(), Vec::new(), HashSet::new());
    for line in lines {
        let person = find_person(tx, &line)?;
        let checked = check(&line, person.as_ref(), &sections, &zone, may_enrol_staff).and_then(|row| {
            let first = seen.insert((row.person, row.role, row.section));
            if first { Ok(row) } else { Err(ImportFault::Twice) }
        });
        let action = match checked {
            Ok(row) => {
                let action = planned(held.get(&(row.person, row.role, row.section)), &row);
                ready.push(Ready { at: import.rows.len(), ..row });
                action
            }
            Err(fault) => ImportAction::LeftOut(fault),
        };
        import.rows.push(ImportRow {
            line: line.number,
            who: if line.email.is_empty() { line.external_id } else { line.email },
            name: person.map(|(_, name)| name),
            role: if line.role.is_empty() { CourseRole::Learner.to_string() } else { line.role },
            section: line.section,
            action,
        });
    }
    Ok(Ok((import, ready)))
}

/// What enrolling would come to. That a section may be full shows only when it is done.
fn planned(held: Option<&Enrolment>, row: &Ready) -> ImportAction {
    match held {
        None => ImportAction::Enrol,
        Some(held) => match held.state {
            EnrolmentState::Removed
            | EnrolmentState::Concluded
            | EnrolmentState::Invited
            | EnrolmentState::Requested => ImportAction::Renew,
            _ if (held.starts, held.ends) == (row.starts, row.ends) => ImportAction::Nothing,
            _ => ImportAction::Update,
        },
    }
}

/// A line of the file as it was read.
#[derive(Debug, Default)]
struct Line {
    number: u64,
    email: String,
    external_id: String,
    role: String,
    section: String,
    start: String,
    end: String,
}

fn find_person(tx: &mut Tx<'_>, line: &Line) -> store::Result<Option<(PersonId, String)>> {
    let name = sql!("select id, given || ' ' || family from person where email = ?1");
    if !line.email.is_empty() {
        return tx.maybe(name, params![line.email.to_lowercase()]);
    }
    if line.external_id.is_empty() {
        return Ok(None);
    }
    let name = sql!("select id, given || ' ' || family from person where external_id = ?1");
    tx.maybe(name, params![line.external_id])
}

fn check(
    line: &Line,
    person: Option<&(PersonId, String)>,
    sections: &[Section],
    zone: &TimeZone,
    may_enrol_staff: bool,
) -> Result<Ready, ImportFault> {
    if line.email.is_empty() && line.external_id.is_empty() {
        return Err(ImportFault::NobodyNamed);
    }
    let (person, _) = person.ok_or(ImportFault::NoSuchPerson)?;
    let role: CourseRole = match line.role.to_lowercase().as_str() {
        "" => CourseRole::Learner,
        "student" => CourseRole::Learner,
        other => other.parse().map_err(|_| ImportFault::NoSuchRole)?,
    };
    if role.is_staff() && !may_enrol_staff {
        return Err(ImportFault::RoleNotAllowed);
    }
    let section = match line.section.to_lowercase() {
        name if name.is_empty() => None,
        name => {
            let named = |s: &&Section| s.name.to_lowercase() == name || s.code.to_lowercase() == name;
            Some(sections.iter().find(named).ok_or(ImportFault::NoSuchSection)?.id)
        }
    };
    let first = sections.first().map(|section| section.id);
    let section = if role.is_staff() { section } else { section.or(first) };
    let starts = moment(&line.start, zone, false).ok_or(ImportFault::BadStart)?;
    let ends = moment(&line.end, zone, true).ok_or(ImportFault::BadEnd)?;
    if starts.zip(ends).is_some_and(|(starts, ends)| ends <= starts) {
        return Err(ImportFault::EndsBeforeStart);
    }
    Ok(Ready { at: 0, person: *person, role, section, starts, ends })
}

/// A date of the list: `2026-09-01` (its first moment, or its last for an end), `2026-09-01 14:00`, or with an offset.
/// Nothing at all is no date; what cannot be read is none either, which the outer option says.
#[expect(clippy::option_option, reason = "not readable, nothing said, a moment")]
fn moment(text: &str, zone: &TimeZone, is_end: bool) -> Option<Option<Time>> {
    if text.is_empty() {
        return Some(None);
    }
    if let Ok(at) = text.parse::<Time>() {
        return Some(Some(at));
    }
    if text.len() > "2026-09-01".len() {
        let local: DateTime = text.parse().ok()?;
        return local.to_zoned_datetime(zone.clone()).ok().map(|zoned| Some(Time::from(zoned.timestamp())));
    }
    let day: Date = text.parse().ok()?;
    if is_end {
        return end_of_day(day, zone).map(Some);
    }
    day.to_zoned_datetime(zone.clone()).ok().map(|zoned| Some(Time::from(zoned.timestamp())))
}

/// Reads the file: in UTF-8, UTF-16 or Windows-1252; commas, semicolons or tabs between the columns, whichever
/// the heading has; headings in any order and case.
fn read(bytes: &[u8]) -> Result<Vec<Line>, ImportError> {
    if bytes.len() > IMPORT_BYTES_MAX {
        return Err(ImportError::TooLarge);
    }
    let text = people::import::text_of(bytes).ok_or(ImportError::NotText)?;
    let heading = text.lines().next().unwrap_or_default();
    let delimiter = [b',', b';', b'\t'].into_iter().max_by_key(|c| heading.bytes().filter(|b| b == c).count());
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(delimiter.unwrap_or(b','))
        .flexible(true)
        .trim(csv::Trim::All)
        .from_reader(text.as_bytes());
    let bad = |e: csv::Error| ImportError::NotCsv(e.position().map_or(1, csv::Position::line));
    let columns: HashMap<String, usize> =
        reader.headers().map_err(bad)?.iter().enumerate().map(|(at, name)| (column(name), at)).collect();
    if !columns.contains_key("email") && !columns.contains_key("external_id") {
        return Err(ImportError::NoPersonColumn);
    }
    let mut lines = Vec::new();
    for record in reader.records() {
        let record = record.map_err(bad)?;
        if record.iter().all(str::is_empty) {
            continue;
        }
        if lines.len() == IMPORT_ROWS_MAX {
            return Err(ImportError::TooManyRows);
        }
        let cell = |name: &str| columns.get(name).and_then(|at| record.get(*at)).unwrap_or_default().to_owned();
        lines.push(Line {
            number: record.position().map_or(0, csv::Position::line),
            email: cell("email"),
            external_id: cell("external_id"),
            role: cell("role"),
            section: cell("section"),
            start: cell("start"),
            end: cell("end"),
        });
    }
    if lines.is_empty() { Err(ImportError::Empty) } else { Ok(lines) }
}

/// A heading as the columns are named: `E-Mail`, `External ID`, `Start date` are understood.
fn column(heading: &str) -> String {
    let plain: String = heading.to_lowercase().chars().filter(char::is_ascii_alphanumeric).collect();
    match plain.as_str() {
        "email" | "emailaddress" | "mail" => "email",
        "externalid" | "sisid" | "userid" | "personid" => "external_id",
        "role" => "role",
        "section" => "section",
        "start" | "starts" | "startdate" => "start",
        "end" | "ends" | "enddate" => "end",
        other => return other.to_owned(),
    }
    .to_owned()
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::allow_attributes, reason = "a test says so by stopping")]
mod tests;
