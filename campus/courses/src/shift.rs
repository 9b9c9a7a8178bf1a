//! How the dates of a course move when it is taught again (campus-rules M34).

use jiff::civil::{Date, Weekday};
use jiff::tz::TimeZone;
use jiff::{Span, Timestamp, ToSpan};
use store::Time;

/// The most days by which dates may be moved, either way: a hundred years, beyond any course and far inside the
/// calendar's range.
pub const SHIFT_DAYS_MAX: i64 = 36_525;

const DAYS_PER_WEEK: i64 = 7;

/// First and last day of a course, both included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Days {
    /// The first day.
    pub first: Date,
    /// The last day; never before the first.
    pub last: Date,
}

/// What happens to each date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Move {
    /// No date is taken over.
    Remove,
    /// Every date stays as it is.
    Keep,
    /// Every date moves by this many days (Blackboard's "adjust by days").
    ByDays(i64),
    /// Every date moves by as many days as lie between the old and the new first day (Blackboard's "start date").
    ByStart {
        /// The first day of the old course.
        old: Date,
        /// The first day of the new one.
        new: Date,
    },
    /// Every date keeps its relative place between first and last day, then goes to the nearest day with its old
    /// weekday (Canvas, campus-rules M34).
    Stretch {
        /// The old course.
        old: Days,
        /// The new one.
        new: Days,
    },
}

/// A [`Move`] in the zone of the course: a date keeps its time of day there, across changes of the clock.
#[derive(Clone, Debug)]
pub struct DateShift {
    how: Move,
    zone: TimeZone,
}

/// Why a shift cannot be made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ShiftError {
    /// The last day lies before the first.
    #[error("the last day is before the first")]
    Backwards,
    /// More than [`SHIFT_DAYS_MAX`] days.
    #[error("dates can move by at most {SHIFT_DAYS_MAX} days")]
    TooFar,
}

impl DateShift {
    /// A shift of dates that were set in `zone`.
    pub fn new(how: Move, zone: TimeZone) -> Result<Self, ShiftError> {
        let far = |days: i64| days.unsigned_abs() > SHIFT_DAYS_MAX.unsigned_abs();
        match how {
            Move::Remove | Move::Keep => {}
            Move::ByDays(days) if far(days) => return Err(ShiftError::TooFar),
            Move::ByDays(_) => {}
            Move::ByStart { old, new } if far(days_between(old, new)) => return Err(ShiftError::TooFar),
            Move::ByStart { .. } => {}
            Move::Stretch { old, new } => {
                if old.last < old.first || new.last < new.first {
                    return Err(ShiftError::Backwards);
                }
                let spans = [(old.first, new.first), (old.first, old.last), (new.first, new.last)];
                if spans.into_iter().any(|(from, to)| far(days_between(from, to))) {
                    return Err(ShiftError::TooFar);
                }
            }
        }
        Ok(Self { how, zone })
    }

    /// Everything stays where it is.
    pub const fn keep() -> Self {
        Self { how: Move::Keep, zone: TimeZone::UTC }
    }

    /// What happens to each date.
    pub const fn how(&self) -> Move {
        self.how
    }

    /// Where a date goes; none where it is not taken over.
    pub fn apply(&self, at: Time) -> Option<Time> {
        if self.how == Move::Keep {
            return Some(at);
        }
        let local = at.to_jiff().to_zoned_datetime(self.zone.clone()).datetime();
        let day = self.day(local.date())?;
        // A time that the new day's change of the clock skips becomes the moment as much later (jiff's "compatible").
        let moved = day.to_datetime(local.time()).to_zoned_datetime(self.zone.clone()).map(|zoned| zoned.timestamp());
        Some(Time::from(moved.unwrap_or(if day < local.date() { Timestamp::MIN } else { Timestamp::MAX })))
    }

    fn day(&self, day: Date) -> Option<Date> {
        match self.how {
            Move::Remove => None,
            Move::Keep => Some(day),
            Move::ByDays(days) => Some(plus(day, days)),
            Move::ByStart { old, new } => Some(plus(day, days_between(old, new))),
            Move::Stretch { old, new } => Some(stretch(day, old, new)),
        }
    }
}

/// The proportional place of `day`, then the nearest day with the same weekday. A day of the old course stays inside
/// the new one where the new one has such a weekday at all: nothing is due before the course begins.
fn stretch(day: Date, old: Days, new: Days) -> Date {
    let old_length = days_between(old.first, old.last);
    let new_length = days_between(new.first, new.last);
    let offset = days_between(old.first, day);
    let place = if old_length == 0 { offset } else { round_div(offset * new_length, old_length) };
    let near = nearest(plus(new.first, place), day.weekday());
    let inside = |d: Date| d >= new.first && d <= new.last;
    if day < old.first || day > old.last || inside(near) {
        return near;
    }
    let back_inside = if near < new.first { plus(near, DAYS_PER_WEEK) } else { plus(near, -DAYS_PER_WEEK) };
    if inside(back_inside) { back_inside } else { near }
}

/// The day with that weekday at most three days away.
fn nearest(day: Date, weekday: Weekday) -> Date {
    let ahead = i64::from(day.weekday().until(weekday));
    plus(day, if ahead > DAYS_PER_WEEK / 2 { ahead - DAYS_PER_WEEK } else { ahead })
}

fn days_between(from: Date, to: Date) -> i64 {
    i64::from((to - from).get_days())
}

fn plus(day: Date, days: i64) -> Date {
    // Both operands are bounded (SHIFT_DAYS_MAX, the calendar), so only a date at the calendar's edge saturates.
    Span::new().try_days(days).map_or(day, |span| day.saturating_add(span))
}

/// Division rounded to the nearest whole number, halves away from zero; `by` is positive.
fn round_div(value: i64, by: i64) -> i64 {
    let half = by / 2;
    if value >= 0 { (value + half) / by } else { (value - half) / by }
}

/// The last moment of a day in a zone: what "until 20 December" means.
pub(crate) fn end_of_day(day: Date, zone: &TimeZone) -> Option<Time> {
    let next = day.checked_add(1.day()).ok()?.to_zoned_datetime(zone.clone()).ok()?;
    Some(Time::from(next.timestamp()).plus_seconds(-1))
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::allow_attributes, reason = "a test says so by stopping")]
mod tests;
