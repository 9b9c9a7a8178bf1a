//! What a teacher sets: the settings, their limits, and what is wrong with a wrong one.

use jiff::tz::TimeZone;
use people::{PersonId, UnitId};
use store::{Event, Time, Tx, params, sql};

use super::Course;
use crate::{CourseId, Section, TermId};

/// The most characters of a title.
pub const TITLE_MAX: usize = 200;
/// The most characters of a code.
pub const CODE_MAX: usize = 40;
/// The most characters of a summary.
pub const SUMMARY_MAX: usize = 500;
/// The most characters of the syllabus.
pub const ABOUT_MAX: usize = 100_000;
/// The most characters of an enrolment key.
pub const KEY_MAX: usize = 60;
/// How many hues there are.
pub const HUES: u8 = 8;
/// The longest that an enrolment of one's own may be made to last: ten years.
pub const DAYS_MAX: u32 = 3653;

store::text_enum! {
    /// How an outline is laid out.
    pub enum Layout {
        /// By subject: modules with names of their own.
        Modules = "modules",
        /// By time: a module for each week.
        Weeks = "weeks",
    }
}

store::text_enum! {
    /// Who finds a course in the catalogue.
    pub enum Listing {
        /// Nobody.
        Hidden = "hidden",
        /// Everyone who is signed in.
        Members = "members",
        /// Everyone, signed in or not.
        Public = "public",
    }
}

store::text_enum! {
    /// How people enrol themselves.
    pub enum SelfEnrolment {
        /// They do not.
        Closed = "closed",
        /// Whoever likes to.
        Open = "open",
        /// Whoever has the key.
        Key = "key",
        /// They ask, and somebody answers.
        Ask = "ask",
    }
}

store::text_enum! {
    /// Under which licence a course's material stands.
    pub enum Licence {
        /// Nothing is allowed beyond the law.
        Reserved = "all-rights-reserved",
        /// Creative Commons Attribution 4.0.
        By = "cc-by",
        /// Attribution, share alike.
        BySa = "cc-by-sa",
        /// Attribution, not commercially.
        ByNc = "cc-by-nc",
        /// Attribution, not commercially, share alike.
        ByNcSa = "cc-by-nc-sa",
        /// Attribution, no derivatives.
        ByNd = "cc-by-nd",
        /// Attribution, not commercially, no derivatives.
        ByNcNd = "cc-by-nc-nd",
        /// Creative Commons Zero: everything is allowed.
        Zero = "cc0",
        /// In the public domain.
        PublicDomain = "public-domain",
    }
}

/// What can be set of a course. The fields are those of [`Course`].
#[derive(Clone, Debug, PartialEq)]
#[expect(missing_docs, reason = "the fields of Course")]
pub struct Settings {
    pub unit: UnitId,
    pub term: Option<TermId>,
    pub title: String,
    pub code: String,
    pub summary: String,
    pub about: String,
    pub hue: u8,
    pub language: String,
    pub zone: String,
    pub starts: Option<Time>,
    pub ends: Option<Time>,
    pub layout: Layout,
    pub listing: Listing,
    pub enrolment: SelfEnrolment,
    pub enrol_from: Option<Time>,
    pub enrol_until: Option<Time>,
    pub enrol_days: Option<u32>,
    pub enrol_key: Option<String>,
    pub people_visible: bool,
    pub licence: Licence,
}

/// What is wrong with a setting: the field's name and the last part of the message's id (`courses-fault-...`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The field.
    pub field: &'static str,
    /// What is wrong with it.
    pub wrong: &'static str,
}

impl Settings {
    /// A course of this name, with everything else as a new course has it.
    pub fn new(unit: UnitId, title: &str, language: &str, zone: &str) -> Self {
        Self {
            unit,
            term: None,
            title: title.to_owned(),
            code: String::new(),
            summary: String::new(),
            about: String::new(),
            hue: 1,
            language: language.to_owned(),
            zone: zone.to_owned(),
            starts: None,
            ends: None,
            layout: Layout::Modules,
            listing: Listing::Hidden,
            enrolment: SelfEnrolment::Closed,
            enrol_from: None,
            enrol_until: None,
            enrol_days: None,
            enrol_key: None,
            people_visible: true,
            licence: Licence::Reserved,
        }
    }

    /// Everything that is wrong, in the order of the form.
    pub fn faults(&self) -> Vec<Fault> {
        let after = |first: Option<Time>, last: Option<Time>| first.zip(last).is_none_or(|(first, last)| last > first);
        let rules = [
            (!self.title.trim().is_empty(), "title", "title-missing"),
            (fits(&self.title, TITLE_MAX), "title", "too-long"),
            (fits(&self.code, CODE_MAX), "code", "too-long"),
            (fits(&self.summary, SUMMARY_MAX), "summary", "too-long"),
            (fits(&self.about, ABOUT_MAX), "about", "too-long"),
            ((1..=HUES).contains(&self.hue), "hue", "hue"),
            (is_language_tag(&self.language), "language", "language"),
            (TimeZone::get(&self.zone).is_ok(), "zone", "zone"),
            (after(self.starts, self.ends), "ends", "ends-before-start"),
            (after(self.enrol_from, self.enrol_until), "enrol_until", "ends-before-start"),
            (self.enrol_days.is_none_or(|days| (1..=DAYS_MAX).contains(&days)), "enrol_days", "enrol-days"),
            (self.enrol_key.as_deref().is_none_or(|key| fits(key, KEY_MAX)), "enrol_key", "too-long"),
        ];
        rules.into_iter().filter(|(holds, ..)| !holds).map(|(_, field, wrong)| Fault { field, wrong }).collect()
    }

    /// What the catalogue's search looks through.
    fn words(&self) -> String {
        people::name::fold(&[&self.title, &self.code, &self.summary].map(String::as_str).join(" "))
    }
}

fn fits(text: &str, chars_max: usize) -> bool {
    text.chars().count() <= chars_max
}

/// Whether this looks as a BCP 47 tag does: a language of two or three letters and up to three short subtags.
fn is_language_tag(tag: &str) -> bool {
    let mut parts = tag.split('-');
    let language = parts.next().unwrap_or_default();
    let rest: Vec<&str> = parts.collect();
    (2..=3).contains(&language.len())
        && language.bytes().all(|b| b.is_ascii_lowercase())
        && rest.len() <= 3
        && rest.iter().all(|part| (2..=8).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphanumeric()))
}

impl Course {
    /// Makes a course, a draft with one section. The settings have no [`Settings::faults`]; those that have are
    /// refused by the database.
    pub fn create(tx: &mut Tx<'_>, settings: &Settings, by: PersonId) -> store::Result<Self> {
        let (id, now): (CourseId, _) = (tx.new_id(), tx.now());
        tx.execute(
            sql!(
                "insert into course (id, unit, title, hue, language, zone, layout, listing, enrolment, licence,
                                     made_at, made_by, changed_at)
                 values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?11)"
            ),
            params![
                id,
                settings.unit,
                settings.title,
                settings.hue,
                settings.language,
                settings.zone,
                settings.layout,
                settings.listing,
                settings.enrolment,
                settings.licence,
                now,
                by
            ],
        )?;
        save(tx, id, settings)?;
        Section::create_first(tx, id)?;
        tx.record(&Event::new("course.created", "course", id).by(by).with("title", settings.title.as_str()))?;
        Self::find(tx, id)
    }

    /// Changes the settings.
    pub fn change(&mut self, tx: &mut Tx<'_>, settings: &Settings, by: PersonId) -> store::Result<()> {
        save(tx, self.id, settings)?;
        *self = Self::find(tx, self.id)?;
        tx.record(&Event::new("course.changed", "course", self.id).by(by).with("title", settings.title.as_str()))?;
        Ok(())
    }

    /// What is set now.
    pub fn settings(&self) -> Settings {
        Settings {
            unit: self.unit,
            term: self.term,
            title: self.title.clone(),
            code: self.code.clone(),
            summary: self.summary.clone(),
            about: self.about.clone(),
            hue: self.hue,
            language: self.language.clone(),
            zone: self.zone.clone(),
            starts: self.starts,
            ends: self.ends,
            layout: self.layout,
            listing: self.listing,
            enrolment: self.enrolment,
            enrol_from: self.enrol_from,
            enrol_until: self.enrol_until,
            enrol_days: self.enrol_days,
            enrol_key: self.enrol_key.clone(),
            people_visible: self.people_visible,
            licence: self.licence,
        }
    }
}

/// Writes all that can be set.
fn save(tx: &mut Tx<'_>, id: CourseId, settings: &Settings) -> store::Result<()> {
    let now = tx.now();
    let key = settings.enrol_key.as_deref().map(str::trim).filter(|key| !key.is_empty());
    tx.execute(
        sql!(
            "update course set unit = ?2, term = ?3, title = ?4, code = ?5, summary = ?6, about = ?7, hue = ?8,
                 language = ?9, zone = ?10, starts = ?11, ends = ?12, layout = ?13, listing = ?14, enrolment = ?15,
                 enrol_from = ?16, enrol_until = ?17, enrol_days = ?18, enrol_key = ?19, people_visible = ?20,
                 licence = ?21, words = ?22, changed_at = ?23
             where id = ?1"
        ),
        params![
            id,
            settings.unit,
            settings.term,
            settings.title.trim(),
            settings.code.trim(),
            settings.summary.trim(),
            settings.about,
            settings.hue,
            settings.language,
            settings.zone,
            settings.starts,
            settings.ends,
            settings.layout,
            settings.listing,
            settings.enrolment,
            settings.enrol_from,
            settings.enrol_until,
            settings.enrol_days,
            key,
            settings.people_visible,
            settings.licence,
            settings.words(),
            now
        ],
    )?;
    Ok(())
}
