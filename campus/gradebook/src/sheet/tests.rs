use proptest::prelude::*;
use store::Id;

use super::*;
use crate::ColumnId;
use crate::late::{Interval, LatePolicy};
use crate::total::Fate;

const NOW: Time = Time::from_seconds(1_000_000);

fn column(n: u128, points: i64) -> Column {
    Column {
        id: ColumnId(Id::from_u128(n)),
        course: Id::nil().into(),
        item: None,
        group: None,
        title: format!("C{n}"),
        due_at: Some(NOW.plus_days(-1)),
        release: None,
        position: 0,
        points: Points::whole(points),
        passing: None,
        counts: true,
        extra: false,
        never_drop: false,
        hands_in: true,
        posts: None,
        is_open: true,
    }
}

fn learner() -> Learner {
    Learner {
        person: PersonId(Id::nil()),
        given: "Ana".to_owned(),
        family: String::new(),
        sort_name: "ana".to_owned(),
        email: String::new(),
        sections: Vec::new(),
        section_names: Vec::new(),
        concluded: false,
        set: None,
    }
}

fn policy() -> Policy {
    let late = LatePolicy {
        percent_each: Percent::from_units(1_000),
        interval: Interval::Day,
        lowest: None,
        grace_minutes: 0,
    };
    Policy { late: Some(late), ..Policy::default() }
}

fn made(policy: Policy, columns: Vec<Column>, entries: Vec<Option<Entry>>, view: View) -> Sheet {
    Book::of_parts(policy, Vec::new(), columns, NOW).sheet_of(&learner(), entries, view)
}

const NOTHING: Entry = Entry {
    points: None,
    state: GradeState::None,
    submitted_at: None,
    late_seconds: 0,
    late_waived: false,
    posted: false,
};

/// The worked example of campus-rules: 10 points, raw 9, 10 % a day, 25 hours late.
#[test]
fn late_work_loses_what_the_policy_says_and_keeps_its_raw_points() {
    let late = Entry { late_seconds: 25 * 3_600, ..Entry::tried(Points::whole(9)) };
    let sheet = made(policy(), vec![column(1, 10)], vec![Some(late)], View::default());
    let cell = sheet.cells[0];
    assert_eq!((cell.raw, cell.score), (Some(Points::whole(9)), Some(Points::whole(7))));
    assert_eq!(cell.deduction.unwrap().intervals, 2);
    assert!(cell.is_late);
    assert_eq!(sheet.total(Mode::Current).percent, Some(Percent::from_units(7_000)));
    let waived = Entry { late_waived: true, ..late };
    let sheet = made(policy(), vec![column(1, 10)], vec![Some(waived)], View::default());
    assert_eq!(sheet.cells[0].score, Some(Points::whole(9)));
}

#[test]
fn a_date_that_is_moved_counts_anew_for_work_that_is_there() {
    let due = NOW.plus_days(-1);
    let entry = Entry { submitted_at: Some(due.plus_seconds(90)), ..Entry::tried(Points::whole(9)) };
    assert_eq!(entry.late(Some(due)), 90);
    assert_eq!(entry.late(Some(due.plus_days(1))), 0, "more time was given afterwards");
    assert_eq!(entry.late(None), 0);
    assert_eq!(Entry { late_seconds: 7, submitted_at: None, ..entry }.late(Some(due)), 7);
    let of = |due: Option<Time>| {
        let column = Column { due_at: due, ..column(1, 10) };
        made(policy(), vec![column], vec![Some(entry)], View::default()).cells[0].score
    };
    assert_eq!((of(Some(due)), of(Some(NOW))), (Some(Points::whole(8)), Some(Points::whole(9))));
}

#[test]
fn a_status_is_the_first_that_applies() {
    let submitted = Entry { submitted_at: Some(NOW.plus_days(-3)), ..NOTHING };
    let of = |entry: Option<Entry>, column: Column| made(policy(), vec![column], vec![entry], View::default()).cells[0];
    assert_eq!(of(None, column(1, 10)).status, Status::Missing, "its date is over");
    assert_eq!(of(Some(submitted), column(1, 10)).status, Status::HandedIn);
    let excused = Entry { state: GradeState::Excused, ..submitted };
    assert_eq!(of(Some(excused), column(1, 10)).status, Status::Excused);
    let offline = Column { hands_in: false, ..column(1, 10) };
    assert_eq!(of(None, offline).status, Status::NotYet, "what is not handed in is never missing");
    let ahead = Column { due_at: Some(NOW.plus_days(1)), ..column(1, 10) };
    assert_eq!(of(None, ahead.clone()).status, Status::NotYet);
    let draft = Column { is_open: false, ..ahead };
    assert_eq!(of(None, draft.clone()).status, Status::NotTheirs);
    assert_eq!(of(Some(Entry::tried(Points::whole(1))), draft).status, Status::Graded, "a grade is never hidden so");
}

#[test]
fn missing_work_scores_what_the_policy_leaves() {
    let rules = Policy { missing: Some(Percent::from_units(6_000)), ..Policy::default() };
    let sheet = made(rules, vec![column(1, 10)], vec![None], View::default());
    assert_eq!(sheet.cells[0].score, Some(Points::whole(4)));
    assert!(sheet.cells[0].by_missing_rule);
    assert_eq!(sheet.total(Mode::Current).percent, Some(Percent::from_units(4_000)));
}

#[test]
fn what_is_not_posted_is_nothing_to_its_learner() {
    let hidden = Entry { posted: false, ..Entry::tried(Points::whole(9)) };
    let columns = || vec![column(1, 10), column(2, 10)];
    let entries = || vec![Some(hidden), Some(Entry::tried(Points::whole(5)))];
    let learner = made(policy(), columns(), entries(), View::default());
    let shown = learner.cells[0].as_learner();
    assert_eq!((shown.status, shown.raw, shown.score), (Status::HandedIn, None, None));
    assert_eq!(learner.total(Mode::Current).percent, Some(Percent::from_units(5_000)));
    assert_eq!(learner.total(Mode::Current).groups[0].rows[0].1, Fate::NotPosted);
    let teacher = made(policy(), columns(), entries(), View { unposted: true, ..View::default() });
    assert_eq!(teacher.total(Mode::Current).percent, Some(Percent::from_units(7_000)));
    let excused = Entry { state: GradeState::Excused, ..NOTHING };
    let sheet = made(policy(), vec![column(1, 10)], vec![Some(excused)], View::default());
    assert_eq!(sheet.cells[0].as_learner().status, Status::Excused, "an excuse is seen at once");
}

#[test]
fn extra_points_come_on_top_and_what_does_not_count_is_left_out() {
    let extra = Column { extra: true, ..column(2, 10) };
    let left_out = Column { counts: false, ..column(3, 10) };
    let entry = |points| Some(Entry::tried(Points::whole(points)));
    let entries = vec![entry(9), entry(2), entry(0)];
    let sheet = made(policy(), vec![column(1, 10), extra, left_out], entries, View::default());
    assert_eq!(sheet.total(Mode::Final).percent, Some(Percent::from_units(11_000)));
}

proptest! {
    /// What a learner sees of a cell never tells more than what is posted.
    #[test]
    fn a_hidden_grade_shows_no_points(points in 0..=20_i64, late in 0..200_000_i64, state in 0..5_usize, submitted: bool) {
        let entry = Entry {
            points: Some(Points::whole(points)),
            state: GradeState::ALL[state],
            submitted_at: submitted.then_some(NOW),
            late_seconds: late,
            late_waived: false,
            posted: false,
        };
        let rules = Policy { missing: Some(Percent::from_units(5_000)), ..policy() };
        let sheet = made(rules, vec![column(1, 20)], vec![Some(entry)], View::default());
        let shown = sheet.cells[0].as_learner();
        if entry.state != GradeState::None {
            prop_assert!(shown.score.is_none() && shown.raw.is_none() && shown.deduction.is_none());
            prop_assert_eq!(sheet.total(Mode::Current).percent, None);
        }
    }
}
