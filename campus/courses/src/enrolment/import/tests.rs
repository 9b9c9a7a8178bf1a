use proptest::prelude::*;
use store::{Tx, params, sql};

use super::*;
use crate::section::SectionSettings;
use crate::{Section, testing};

/// A course with sections A (one place) and B, and people ana, ben, cem.
fn course(tx: &mut Tx<'_>) -> Course {
    testing::seed(tx).unwrap();
    let course = testing::course(tx, "Marine ecology").unwrap();
    let by = course.made_by.unwrap();
    let mut first = Section::of(tx, course.id).unwrap().remove(0);
    let one = SectionSettings { name: "A".to_owned(), capacity: Some(1), ..Default::default() };
    first.change(tx, &one, by).unwrap();
    let other = SectionSettings { name: "B".to_owned(), code: "BIO-B".to_owned(), ..Default::default() };
    Section::create(tx, course.id, &other, by).unwrap();
    for name in ["Ana", "Ben", "Cem"] {
        people::testing::person(tx, name).unwrap();
    }
    tx.execute(sql!("update person set external_id = 'X-7' where given = 'Cem'"), params![]).unwrap();
    course
}

fn run(tx: &mut Tx<'_>, course: &Course, text: &str) -> Vec<String> {
    let by = course.made_by.unwrap();
    let import = apply_import(tx, course, text.as_bytes(), false, by).unwrap().unwrap();
    told(&import)
}

fn told(import: &Import) -> Vec<String> {
    let tell = |row: &ImportRow| match row.action {
        ImportAction::LeftOut(fault) => format!("{} {} {}", row.line, row.who, fault.as_str()),
        action => format!("{} {} {}", row.line, row.who, action.as_str()),
    };
    import.rows.iter().map(tell).collect()
}

#[store::test]
fn a_list_is_planned_then_done_and_a_second_run_changes_nothing(tx: &mut Tx<'_>) {
    let course = course(tx);
    let list = "\u{feff}E-Mail;Role;Section;Start date;End date\n\
                Ana@Example.org;learner;A;2026-03-01;2026-07-31\n\
                ben@example.org;;a;;\n\
                cem@example.org;Observer;bio-b;2026-03-01 14:00;\n";
    let planned = plan_import(tx, &course, list.as_bytes(), false).unwrap().unwrap();
    assert_eq!(planned.count("enrol"), 3);
    assert!(Enrolment::active_learners(tx, course.id).unwrap().is_empty(), "a dry run changes nothing");

    assert_eq!(
        run(tx, &course, list),
        ["2 Ana@Example.org enrol", "3 ben@example.org wait", "4 cem@example.org enrol"]
    );
    let again = plan_import(tx, &course, list.as_bytes(), false).unwrap().unwrap();
    assert!(!again.changes_anything(), "{again:?}");
    assert_eq!(
        run(tx, &course, list),
        ["2 Ana@Example.org nothing", "3 ben@example.org nothing", "4 cem@example.org nothing"]
    );

    let ana = &Enrolment::active_learners(tx, course.id).unwrap()[0];
    // Days are meant in the course's zone, an end to the last second of its day.
    assert_eq!(ana.starts.unwrap().to_string(), "2026-02-28T23:00:00Z");
    assert_eq!(ana.ends.unwrap().to_string(), "2026-07-31T21:59:59Z");

    let later = list.replace("2026-07-31", "2026-08-31");
    assert_eq!(run(tx, &course, &later)[0], "2 Ana@Example.org update");
}

#[store::test]
fn a_row_with_a_fault_is_left_out_and_says_why(tx: &mut Tx<'_>) {
    let course = course(tx);
    let list = "external_id,email,role,section,start,end\n\
                X-7,,,B,,\n\
                ,,learner,,,\n\
                X-8,,,,,\n\
                ,nobody@example.org,,,,\n\
                ,ana@example.org,king,,,\n\
                ,ana@example.org,teacher,,,\n\
                ,ana@example.org,,C,,\n\
                ,ana@example.org,,,1 March,\n\
                ,ana@example.org,,,,2026-02-30\n\
                ,ana@example.org,,,2026-03-02,2026-03-01\n\
                X-7,,student,B,,\n";
    assert_eq!(
        run(tx, &course, list),
        [
            "2 X-7 enrol",
            "3  nobody-named",
            "4 X-8 no-such-person",
            "5 nobody@example.org no-such-person",
            "6 ana@example.org no-such-role",
            "7 ana@example.org role-not-allowed",
            "8 ana@example.org no-such-section",
            "9 ana@example.org bad-start",
            "10 ana@example.org bad-end",
            "11 ana@example.org ends-before-start",
            "12 X-7 twice",
        ]
    );
    let staff = plan_import(tx, &course, b"email,role\nana@example.org,teacher\n", true).unwrap().unwrap();
    assert_eq!(staff.count("enrol"), 1);
}

#[test]
fn a_list_is_read_as_a_spreadsheet_saves_it() {
    let text = "email;section\r\nana@example.org;Gr\u{fc}n\r\n";
    let latin: Vec<u8> = text.chars().map(|c| c as u8).collect();
    let wide: Vec<u8> = [0xff, 0xfe].into_iter().chain(text.encode_utf16().flat_map(u16::to_le_bytes)).collect();
    for bytes in [text.as_bytes(), &latin, &wide] {
        let lines = read(bytes).unwrap();
        assert_eq!((lines.len(), lines[0].section.as_str()), (1, "Gr\u{fc}n"));
    }
}

#[test]
fn a_list_that_cannot_be_read_says_why() {
    let refused = |bytes: &[u8]| read(bytes).unwrap_err();
    assert_eq!(refused(b""), ImportError::NoPersonColumn);
    assert_eq!(refused(b"name,role\nAna,learner\n"), ImportError::NoPersonColumn);
    assert_eq!(refused(b"email,role\n\n,\n"), ImportError::Empty);
    assert_eq!(refused(b"PK\x03\x04email\n"), ImportError::NotText);
    assert_eq!(refused(&vec![b'a'; IMPORT_BYTES_MAX + 1]), ImportError::TooLarge);
    let long = format!("email\n{}", "a@example.org\n".repeat(IMPORT_ROWS_MAX + 1));
    assert_eq!(refused(long.as_bytes()), ImportError::TooManyRows);
}

proptest! {
    #[test]
    fn reading_never_panics(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        let _ = read(&bytes);
        let _ = read(&[b"email,start\n".as_slice(), &bytes].concat());
    }

    #[test]
    fn dates_never_panic(text in "[0-9TZ :+-]{0,24}", is_end in any::<bool>()) {
        let _ = moment(&text, &TimeZone::UTC, is_end);
    }
}
