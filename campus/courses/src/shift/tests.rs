use jiff::civil::{Date, date};
use jiff::tz::TimeZone;
use proptest::prelude::*;
use store::Time;

use super::{DateShift, Days, Move, SHIFT_DAYS_MAX, ShiftError, days_between};

fn zone() -> TimeZone {
    TimeZone::get("Europe/Berlin").unwrap()
}

fn shift(how: Move) -> DateShift {
    DateShift::new(how, zone()).unwrap()
}

fn moved(how: Move, from: &str) -> Option<String> {
    shift(how).apply(from.parse().unwrap()).map(|to| to.to_string())
}

fn days(first: Date, last: Date) -> Days {
    Days { first, last }
}

/// Monday 1 September to Friday 19 December 2025, and Monday 2 March to Friday 3 July 2026.
const AUTUMN: Days = Days { first: date(2025, 9, 1), last: date(2025, 12, 19) };
const SPRING: Days = Days { first: date(2026, 3, 2), last: date(2026, 7, 3) };

#[test]
fn dates_go_where_the_table_says() {
    let ends = |from: &str| moved(Move::Stretch { old: AUTUMN, new: SPRING }, from);
    // First Monday 09:00 in summer time stays first Monday 09:00, now in winter time.
    assert_eq!(ends("2025-09-01T07:00:00Z").as_deref(), Some("2026-03-02T08:00:00Z"));
    // Last Friday 18:00 in winter time becomes the last Friday 18:00 in summer time.
    assert_eq!(ends("2025-12-19T17:00:00Z").as_deref(), Some("2026-07-03T16:00:00Z"));
    // Wednesday 22 October is 51 of 109 days in: day 57.6 of 123, Wednesday 29 April.
    assert_eq!(ends("2025-10-22T12:00:00Z").as_deref(), Some("2026-04-29T12:00:00Z"));
    assert_eq!(moved(Move::ByDays(7), "2026-03-25T09:00:00Z").as_deref(), Some("2026-04-01T08:00:00Z"));
    let by_start = Move::ByStart { old: date(2025, 9, 1), new: date(2025, 9, 3) };
    assert_eq!(moved(by_start, "2025-09-05T10:00:00Z").as_deref(), Some("2025-09-07T10:00:00Z"));
    assert_eq!(moved(Move::Remove, "2025-09-05T10:00:00Z"), None);
    assert_eq!(moved(Move::Keep, "2025-09-05T10:00:00Z").as_deref(), Some("2025-09-05T10:00:00Z"));
}

#[test]
fn a_time_that_the_new_day_skips_moves_to_the_next_that_exists() {
    // 02:30 does not exist in Berlin on 29 March 2026: an hour later is meant.
    assert_eq!(moved(Move::ByDays(1), "2026-03-28T01:30:00Z").as_deref(), Some("2026-03-29T01:30:00Z"));
}

#[test]
fn a_date_before_the_first_day_goes_before_the_new_first_day() {
    let reading_week = moved(Move::Stretch { old: AUTUMN, new: SPRING }, "2025-08-25T10:00:00Z");
    assert_eq!(reading_week.as_deref(), Some("2026-02-23T11:00:00Z"));
}

#[test]
fn a_shift_that_makes_no_sense_is_refused() {
    let refused = |how| DateShift::new(how, zone()).unwrap_err();
    let backwards = days(AUTUMN.last, AUTUMN.first);
    assert_eq!(refused(Move::Stretch { old: AUTUMN, new: backwards }), ShiftError::Backwards);
    assert_eq!(refused(Move::Stretch { old: backwards, new: AUTUMN }), ShiftError::Backwards);
    assert_eq!(refused(Move::ByDays(SHIFT_DAYS_MAX + 1)), ShiftError::TooFar);
    assert_eq!(refused(Move::ByDays(-SHIFT_DAYS_MAX - 1)), ShiftError::TooFar);
    assert_eq!(refused(Move::ByDays(i64::MIN)), ShiftError::TooFar);
    let far = Move::ByStart { old: date(1000, 1, 1), new: date(2000, 1, 1) };
    assert_eq!(refused(far), ShiftError::TooFar);
}

/// Days of about thirty years around now.
fn any_day() -> impl Strategy<Value = Date> {
    (0i64..11_000).prop_map(|n| super::plus(date(2010, 1, 1), n))
}

fn any_days() -> impl Strategy<Value = Days> {
    (any_day(), 0i64..400).prop_map(|(first, n)| days(first, super::plus(first, n)))
}

/// A moment whose local time of day exists on every day: noon of the zone, give or take eight hours.
fn at(day: Date, minutes: i16) -> Time {
    let hour = i8::try_from(4 + minutes / 60).unwrap();
    let minute = i8::try_from(minutes % 60).unwrap();
    Time::from(day.at(hour, minute, 0, 0).to_zoned_datetime(zone()).unwrap().timestamp())
}

fn local(at: Time) -> jiff::civil::DateTime {
    at.to_jiff().to_zoned_datetime(zone()).datetime()
}

proptest! {
    #[test]
    fn the_time_of_day_in_the_zone_is_kept(
        day in any_day(), minutes in 0i16..960, n in -4000i64..4000, old in any_days(), new in any_days(),
    ) {
        let from = at(day, minutes);
        for how in [
            Move::ByDays(n),
            Move::ByStart { old: old.first, new: new.first },
            Move::Stretch { old, new },
        ] {
            let to = shift(how).apply(from).unwrap();
            prop_assert_eq!(local(to).time(), local(from).time());
        }
    }

    #[test]
    fn moving_by_days_there_and_back_changes_nothing(day in any_day(), minutes in 0i16..960, n in -4000i64..4000) {
        let from = at(day, minutes);
        let there = shift(Move::ByDays(n)).apply(from).unwrap();
        prop_assert_eq!(shift(Move::ByDays(-n)).apply(there), Some(from));
    }

    #[test]
    fn by_start_moves_the_first_day_to_the_first_day(old in any_day(), new in any_day(), minutes in 0i16..960) {
        let to = shift(Move::ByStart { old, new }).apply(at(old, minutes)).unwrap();
        prop_assert_eq!(local(to).date(), new);
    }

    #[test]
    fn stretching_keeps_the_weekday_and_stays_near_the_proportional_place(
        day in any_day(), old in any_days(), new in any_days(),
    ) {
        let from = at(day, 0);
        let to = local(shift(Move::Stretch { old, new }).apply(from).unwrap()).date();
        prop_assert_eq!(to.weekday(), day.weekday());
        let length = days_between(old.first, old.last);
        let offset = days_between(old.first, day) as f64;
        let scale = if length == 0 { 1.0 } else { days_between(new.first, new.last) as f64 / length as f64 };
        let off = days_between(new.first, to) as f64 - offset * scale;
        // Half a day of rounding and three to the weekday; up to six where the edge of the course pushes it back in.
        let allowed = if day >= old.first && day <= old.last { 6.5 } else { 3.5 };
        prop_assert!(off.abs() <= allowed, "{} days off", off);
    }

    #[test]
    fn what_lay_inside_the_course_stays_inside(old in any_days(), place in 0.0f64..=1.0, new in any_days()) {
        prop_assume!(days_between(new.first, new.last) >= 6);
        let day = super::plus(old.first, (place * days_between(old.first, old.last) as f64) as i64);
        let to = local(shift(Move::Stretch { old, new }).apply(at(day, 0)).unwrap()).date();
        prop_assert!(to >= new.first && to <= new.last, "{day} of {old:?} went to {to}, outside {new:?}");
    }

    #[test]
    fn stretching_onto_the_same_days_changes_nothing(old in any_days(), day in any_day(), minutes in 0i16..960) {
        let from = at(day, minutes);
        prop_assert_eq!(shift(Move::Stretch { old, new: old }).apply(from), Some(from));
    }

    #[test]
    fn stretching_keeps_the_order_of_days_with_one_weekday(
        old in any_days(), new in any_days(), place in 0.0f64..=1.0, later in 0.0f64..=1.0,
    ) {
        let length = days_between(old.first, old.last);
        let offset = (place * length as f64) as i64;
        let weeks = (later * ((length - offset) / 7) as f64) as i64;
        let day = super::plus(old.first, offset);
        let how = shift(Move::Stretch { old, new });
        prop_assert!(how.apply(at(day, 0)) <= how.apply(at(super::plus(day, weeks * 7), 0)));
    }

    #[test]
    fn any_moment_at_all_is_answered(micros in any::<i64>(), n in -SHIFT_DAYS_MAX..=SHIFT_DAYS_MAX) {
        prop_assert!(shift(Move::ByDays(n)).apply(Time::from_micros(micros)).is_some());
        let stretch = Move::Stretch { old: AUTUMN, new: SPRING };
        prop_assert!(shift(stretch).apply(Time::from_micros(micros)).is_some());
    }
}
