//! What several pages share: the choices of their forms, days and moments, and messages for faults.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use people::{Permission, Scope, UnitId, Viewer};
use store::{Time, Tx};
use web::{Form, Page, word};

use crate::course::{CODE_MAX, Fault};
use crate::enrolment::Enrolment;
use crate::shift::end_of_day;
use crate::{Course, CourseRole, EnrolmentState, Term};

/// A choice of a form: its value and what is shown.
pub(super) type Choice = (String, String);

/// The languages that are offered, each under its own name. A course of another language keeps it.
const LANGUAGES: &[(&str, &str)] = &[
    ("ar", "العربية"),
    ("bg", "Български"),
    ("ca", "Català"),
    ("cs", "Čeština"),
    ("cy", "Cymraeg"),
    ("da", "Dansk"),
    ("de", "Deutsch"),
    ("el", "Ελληνικά"),
    ("en", "English"),
    ("es", "Español"),
    ("et", "Eesti"),
    ("eu", "Euskara"),
    ("fa", "فارسی"),
    ("fi", "Suomi"),
    ("fr", "Français"),
    ("ga", "Gaeilge"),
    ("he", "עברית"),
    ("hi", "हिन्दी"),
    ("hr", "Hrvatski"),
    ("hu", "Magyar"),
    ("id", "Bahasa Indonesia"),
    ("it", "Italiano"),
    ("ja", "日本語"),
    ("ko", "한국어"),
    ("lt", "Lietuvių"),
    ("lv", "Latviešu"),
    ("nb", "Norsk bokmål"),
    ("nl", "Nederlands"),
    ("nn", "Norsk nynorsk"),
    ("pl", "Polski"),
    ("pt", "Português"),
    ("pt-BR", "Português do Brasil"),
    ("ro", "Română"),
    ("ru", "Русский"),
    ("sk", "Slovenčina"),
    ("sl", "Slovenščina"),
    ("sr", "Српски"),
    ("sv", "Svenska"),
    ("sw", "Kiswahili"),
    ("th", "ไทย"),
    ("tr", "Türkçe"),
    ("uk", "Українська"),
    ("vi", "Tiếng Việt"),
    ("zh-Hans", "简体中文"),
    ("zh-Hant", "繁體中文"),
];

/// A language under its own name; the tag where it is not among those offered.
pub(super) fn language_name(tag: &str) -> &str {
    LANGUAGES.iter().find(|(known, _)| *known == tag).map_or(tag, |(_, name)| *name)
}

/// The languages to choose from, with the one that is set.
pub(super) fn languages(set: &str) -> Vec<Choice> {
    let mut choices: Vec<Choice> =
        LANGUAGES.iter().map(|(tag, name)| ((*tag).to_owned(), (*name).to_owned())).collect();
    if !set.is_empty() && !LANGUAGES.iter().any(|(tag, _)| *tag == set) {
        choices.insert(0, (set.to_owned(), set.to_owned()));
    }
    choices
}

/// The zones to choose from, by name.
pub(super) fn zones() -> Vec<String> {
    let mut zones: Vec<String> = jiff::tz::db().available().map(|name| name.to_string()).collect();
    zones.retain(|name| {
        name == "UTC" || (name.contains('/') && !name.starts_with("Etc/") && !name.starts_with("posix"))
    });
    zones.sort_unstable();
    zones
}

/// The units in which the viewer may do this, with those above them in their names; and the one that is set.
pub(super) fn units(
    tx: &mut Tx<'_>,
    viewer: &Viewer,
    permission: Permission,
    set: Option<UnitId>,
) -> store::Result<Vec<Choice>> {
    let tree = people::unit::tree(tx)?;
    let mut names = people::unit::full_names(&tree);
    let may = |unit: &&people::Unit| Some(unit.id) == set || viewer.can(permission, &Scope::unit(&unit.path));
    let choice = |unit: &people::Unit| (unit.id.to_string(), names.remove(&unit.id).unwrap_or_default());
    Ok(tree.iter().filter(may).map(choice).collect())
}

/// The terms, the latest first, after a choice for none.
pub(super) fn terms(tx: &mut Tx<'_>, page: &Page) -> store::Result<Vec<Choice>> {
    let none = (String::new(), page.t("courses-no-term"));
    let terms = Term::all(tx)?.into_iter().map(|term| (term.id.to_string(), term.name));
    Ok(std::iter::once(none).chain(terms).collect())
}

/// The choices of an enum, each named by the message `PREFIX-VALUE`.
pub(super) fn named<T: ToString>(page: &Page, prefix: &str, all: &[T]) -> Vec<Choice> {
    let name = |value: String| {
        let text = page.t(format!("{prefix}-{value}"));
        (value, text)
    };
    all.iter().map(|value| name(value.to_string())).collect()
}

/// The zone of this name, else UTC.
pub(super) fn zone(name: &str) -> TimeZone {
    TimeZone::get(name).unwrap_or(TimeZone::UTC)
}

/// The first moment of the day in a field.
pub(super) fn first_moment(form: &mut Form, name: &str, zone: &TimeZone) -> Option<Time> {
    let day = form.date(name).get()?;
    let moment = day.to_zoned_datetime(zone.clone()).ok().map(|zoned| Time::from(zoned.timestamp()));
    found(form, name, moment)
}

/// The last moment of the day in a field.
pub(super) fn last_moment(form: &mut Form, name: &str, zone: &TimeZone) -> Option<Time> {
    let day = form.date(name).get()?;
    let moment = end_of_day(day, zone);
    found(form, name, moment)
}

/// A day at the edge of the calendar has no moment.
fn found(form: &mut Form, name: &str, moment: Option<Time>) -> Option<Time> {
    if moment.is_none() {
        form.fail(name, word!("field-date"));
    }
    moment
}

/// A moment as a date field takes it: its day in the zone.
pub(super) fn day_field(at: Option<Time>, zone: &TimeZone) -> String {
    at.map(|at| day_of(at, zone).to_string()).unwrap_or_default()
}

/// The day of a moment in a zone.
pub(super) fn day_of(at: Time, zone: &TimeZone) -> Date {
    at.to_jiff().to_zoned_datetime(zone.clone()).date()
}

/// Notes the faults of settings in the form.
pub(super) fn note(form: &mut Form, faults: &[Fault]) {
    for fault in faults {
        let message = match fault.wrong {
            "title-missing" | "name-missing" => word!("field-required"),
            "too-long" => word!("courses-fault-too-long"),
            "hue" => word!("field-choice"),
            "language" => word!("courses-fault-language"),
            "zone" => word!("courses-fault-zone"),
            "ends-before-start" => word!("courses-fault-ends-before-start"),
            "enrol-days" => word!("courses-fault-enrol-days"),
            _ => word!("courses-fault-capacity"),
        };
        form.fail(fault.field, message);
    }
}

/// A code as it is typed.
pub(super) fn code(form: &mut Form) -> String {
    form.text("code").max(CODE_MAX).get()
}

/// The name of a role in a course.
pub(super) fn role(page: &Page, role: CourseRole) -> String {
    page.t(match role {
        CourseRole::Teacher => word!("courses-role-teacher"),
        CourseRole::Assistant => word!("courses-role-assistant"),
        CourseRole::Author => word!("courses-role-author"),
        CourseRole::Learner => word!("courses-role-learner"),
        CourseRole::Observer => word!("courses-role-observer"),
    })
}

/// How a state is named and which tone its chip has.
pub(super) const fn state_chip(state: EnrolmentState) -> (&'static str, &'static str) {
    match state {
        EnrolmentState::Invited => (word!("courses-enrolment-invited"), "soon"),
        EnrolmentState::Requested => (word!("courses-enrolment-requested"), "soon"),
        EnrolmentState::Waiting => (word!("courses-enrolment-waiting"), "soon"),
        EnrolmentState::Active => (word!("courses-enrolment-active"), "good"),
        EnrolmentState::Suspended => (word!("courses-enrolment-suspended"), "bad"),
        EnrolmentState::Concluded => (word!("courses-enrolment-concluded"), ""),
        EnrolmentState::Removed => (word!("courses-enrolment-removed"), ""),
    }
}

/// How an enrolment stands now: one that is active, but not now, says so.
pub(super) fn standing_chip(enrolment: &Enrolment, now: Time) -> (&'static str, &'static str) {
    if enrolment.state != EnrolmentState::Active {
        return state_chip(enrolment.state);
    }
    match (enrolment.counts_from, enrolment.counts_until) {
        (Some(from), _) if from > now => (word!("courses-enrolment-ahead"), "soon"),
        (_, Some(until)) if until <= now => (word!("courses-enrolment-over"), ""),
        _ => state_chip(EnrolmentState::Active),
    }
}

/// The days on which a course runs, as people read them; empty where none are set.
pub(super) fn days(page: &Page, course: &Course) -> String {
    span(page, course.starts, course.ends)
}

/// From one day to another.
pub(super) fn span(page: &Page, starts: Option<Time>, ends: Option<Time>) -> String {
    let day = |at: Time| page.time(at).short();
    match (starts, ends) {
        (Some(first), Some(last)) => page.ta("courses-from-to", &[("from", day(first)), ("to", day(last))]),
        (Some(first), None) => page.ta("courses-from", &[("from", day(first))]),
        (None, Some(last)) => page.ta("courses-until", &[("to", day(last))]),
        (None, None) => String::new(),
    }
}
