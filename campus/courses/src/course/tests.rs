use people::{ScopeKind, Viewer};
use store::{Time, Tx};

use super::*;
use crate::section::{Section, SectionSettings};
use crate::term::{Term, TermSettings, name_is_taken};
use crate::{CourseRole, testing};

#[store::test]
fn what_is_set_is_read_again(tx: &mut Tx<'_>) {
    testing::seed(tx).unwrap();
    let mut course = testing::draft(tx, "  Marine ecology ").unwrap();
    assert_eq!((course.title.as_str(), course.unit_name.as_str()), ("Marine ecology", "Biology"));
    assert_eq!(Section::of(tx, course.id).unwrap().len(), 1, "every course has a section");
    let by = course.made_by.unwrap();
    let term = TermSettings {
        name: "Spring 2026".to_owned(),
        starts: "2026-02-28T23:00:00Z".parse().unwrap(),
        ends: "2026-07-31T21:59:59Z".parse().unwrap(),
        zone: "Europe/Berlin".to_owned(),
    };
    let term = Term::create(tx, &term, by).unwrap();
    let settings = Settings {
        unit: course.unit,
        term: Some(term.id),
        title: "Marine ecology".to_owned(),
        code: "BIO 214".to_owned(),
        summary: "Life between the tides.".to_owned(),
        about: "# What you will learn".to_owned(),
        hue: 3,
        language: "pt-BR".to_owned(),
        zone: "America/Sao_Paulo".to_owned(),
        starts: Some(term.starts),
        ends: Some(term.ends),
        layout: Layout::Weeks,
        listing: Listing::Public,
        enrolment: SelfEnrolment::Key,
        enrol_from: Some(term.starts),
        enrol_until: Some(term.ends),
        enrol_days: Some(90),
        enrol_key: Some("kelp".to_owned()),
        people_visible: false,
        licence: Licence::BySa,
    };
    assert_eq!(settings.faults(), []);
    course.change(tx, &settings, by).unwrap();
    assert_eq!(course.settings(), settings);
    assert_eq!((course.name().as_str(), course.term_name.as_deref()), ("BIO 214 Marine ecology", Some("Spring 2026")));
    assert_eq!(Course::find(tx, course.id).unwrap(), course);
    assert!(!term.delete(tx, by).unwrap(), "a term in which courses are taught stays");
}

#[test]
fn every_mistake_is_named_with_its_field() {
    let unit = store::Id::nil().into();
    let now = store::testing::NOW;
    let wrong = Settings {
        title: " ".to_owned(),
        code: "x".repeat(CODE_MAX + 1),
        hue: 9,
        language: "English!".to_owned(),
        zone: "Europe/Atlantis".to_owned(),
        starts: Some(now),
        ends: Some(now),
        enrol_days: Some(0),
        ..Settings::new(unit, "", "en", "UTC")
    };
    let named: Vec<String> = wrong.faults().iter().map(|f| format!("{}: {}", f.field, f.wrong)).collect();
    assert_eq!(
        named,
        [
            "title: title-missing",
            "code: too-long",
            "hue: hue",
            "language: language",
            "zone: zone",
            "ends: ends-before-start",
            "enrol_days: enrol-days",
        ]
    );
    for language in ["en", "de-AT", "zh-Hant-TW", "gsw"] {
        assert_eq!(Settings::new(unit, "Fine", language, "UTC").faults(), []);
    }
}

#[store::test]
fn a_course_is_open_to_learners_once_it_is_published(tx: &mut Tx<'_>) {
    testing::seed(tx).unwrap();
    let mut course = testing::draft(tx, "Marine ecology").unwrap();
    let by = course.made_by.unwrap();
    let learner = testing::enrolled(tx, &course, "Ana", CourseRole::Learner).unwrap();
    let teacher = testing::enrolled(tx, &course, "Sofia", CourseRole::Teacher).unwrap();
    let (learner, teacher) = (Viewer::of(tx, learner).unwrap(), Viewer::of(tx, teacher).unwrap());
    let now = tx.now();
    let open = |course: &Course, at: Time| (course.is_open_to(&learner, at), course.is_open_to(&teacher, at));

    assert_eq!((course.state(now), open(&course, now)), (CourseState::Draft, (false, true)));
    let later = now.plus_days(1);
    course.publish(tx, Some(later), by).unwrap();
    assert_eq!((course.state(now), open(&course, now)), (CourseState::Scheduled(later), (false, true)));
    assert_eq!((course.state(later), open(&course, later)), (CourseState::Published, (true, true)));
    course.publish(tx, None, by).unwrap();
    course.publish(tx, None, by).unwrap();
    assert_eq!(open(&Course::find(tx, course.id).unwrap(), now), (true, true));
    course.archive(tx, by).unwrap();
    let archived = Course::find(tx, course.id).unwrap();
    assert_eq!((archived.state(now), archived.is_listed(now)), (CourseState::Archived, false));
    course.restore(tx, by).unwrap();
    course.unpublish(tx, by).unwrap();
    assert_eq!(Course::find(tx, course.id).unwrap().state(now), CourseState::Draft);
}

#[store::test]
fn who_manages_a_unit_manages_its_courses(tx: &mut Tx<'_>) {
    testing::seed(tx).unwrap();
    let faculty = people::testing::unit(tx, "Science", None).unwrap();
    let unit = people::testing::unit(tx, "Oceans", Some(&faculty)).unwrap();
    let course = testing::draft_in(tx, "Marine ecology", &unit).unwrap();
    let manager = people::testing::person(tx, "Mia").unwrap();
    people::testing::role(tx, manager, "manager", (ScopeKind::Unit, Some(faculty.id.into()))).unwrap();
    let now = tx.now();
    assert!(course.is_open_to(&Viewer::of(tx, manager).unwrap(), now));
    let stranger = people::testing::person(tx, "Sam").unwrap();
    assert!(!course.is_open_to(&Viewer::of(tx, stranger).unwrap(), now));
}

#[store::test]
fn two_of_one_name_are_refused(tx: &mut Tx<'_>) {
    testing::seed(tx).unwrap();
    let course = testing::draft(tx, "Marine ecology").unwrap();
    let by = course.made_by.unwrap();
    let settings = SectionSettings { name: "A".to_owned(), ..Default::default() };
    let twice = Section::create(tx, course.id, &settings, by).unwrap_err();
    assert!(crate::section::name_is_taken(&twice), "{twice}");
    let term = TermSettings {
        name: "Spring".to_owned(),
        starts: tx.now(),
        ends: tx.now().plus_days(90),
        zone: "UTC".to_owned(),
    };
    let first = Term::create(tx, &term, by).unwrap();
    assert!(name_is_taken(&Term::create(tx, &term, by).unwrap_err()));
    assert_eq!(Term::list(tx).unwrap()[0].courses, 0);
    assert!(first.delete(tx, by).unwrap());
}

#[store::test]
fn a_section_goes_only_when_nobody_was_ever_in_it(tx: &mut Tx<'_>) {
    testing::seed(tx).unwrap();
    let course = testing::course(tx, "Marine ecology").unwrap();
    let by = course.made_by.unwrap();
    let only = Section::of(tx, course.id).unwrap().remove(0);
    assert!(!only.clone().delete(tx, by).unwrap(), "the last one stays");
    let settings = SectionSettings { name: "B".to_owned(), ..Default::default() };
    let other = Section::create(tx, course.id, &settings, by).unwrap();
    testing::enrolled(tx, &course, "Ana", CourseRole::Learner).unwrap();
    assert!(!only.delete(tx, by).unwrap());
    assert!(other.delete(tx, by).unwrap());
}
