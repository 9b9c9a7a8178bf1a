//! The content counts days from the day on which the academy is filled.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Span, ToSpan};
use store::Time;

/// Turns counted days into moments.
#[derive(Clone, Debug)]
pub(crate) struct Days {
    today: Date,
    zone: TimeZone,
    pub(crate) now: Time,
}

impl Days {
    pub(crate) fn new(now: Time, zone: &TimeZone) -> Self {
        Self { today: now.to_jiff().to_zoned_datetime(zone.clone()).date(), zone: zone.clone(), now }
    }

    /// That day at an hour and minute.
    pub(crate) fn at(&self, days: i64, hour: i8, minute: i8) -> Time {
        let span: Span = days.days();
        let date = self.today.checked_add(span).unwrap_or(self.today);
        let local = self.zone.to_ambiguous_timestamp(date.at(hour, minute, 0, 0)).compatible();
        local.map_or(self.now, Time::from)
    }

    /// When something starts or unlocks.
    pub(crate) fn morning(&self, days: i64) -> Time {
        self.at(days, 8, 0)
    }

    /// When something is due or ends.
    pub(crate) fn evening(&self, days: i64) -> Time {
        self.at(days, 18, 0)
    }

    /// The same, never after the moment at which the academy is filled.
    pub(crate) fn past(&self, moment: Time) -> Time {
        moment.min(self.now.plus_seconds(-60))
    }
}
