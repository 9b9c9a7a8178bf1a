//! Points in time as packages write them.

use std::fmt;

/// A point in time, to the second. Canvas writes UTC without saying so; a date alone is its start.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Moment {
    /// Seconds since 1970-01-01T00:00:00Z.
    pub unix_seconds: i64,
}

impl Moment {
    /// Reads `2014-08-13`, `2014-08-13T19:55:00`, with fraction, `Z` or an offset `+02:00`.
    ///
    /// `None` for anything else, impossible dates (30 February) included. Without a zone the time
    /// is UTC, which is what Canvas means.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let (date, rest) = text.split_at_checked(10)?;
        let (year, month, day) = (number(date, 0..4)?, number(date, 5..7)?, number(date, 8..10)?);
        let separators = date.as_bytes();
        if separators[4] != b'-' || separators[7] != b'-' {
            return None;
        }
        if !(1..=12).contains(&month) || day < 1 || day > days_in_month(year, month) {
            return None;
        }
        let start_of_day = days_from_civil(year, month, day) * 86_400;
        let seconds = if rest.is_empty() { 0 } else { time_of_day(rest)? };
        Some(Self { unix_seconds: start_of_day + seconds })
    }
}

impl fmt::Display for Moment {
    /// As Canvas writes it: `2014-08-13T19:55:00`, UTC.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let days = self.unix_seconds.div_euclid(86_400);
        let second = self.unix_seconds.rem_euclid(86_400);
        let (year, month, day) = civil_from_days(days);
        let (hour, minute, second) = (second / 3600, second / 60 % 60, second % 60);
        write!(f, "{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}")
    }
}

fn number(text: &str, range: std::ops::Range<usize>) -> Option<i64> {
    let digits = text.get(range)?;
    digits.bytes().all(|byte| byte.is_ascii_digit()).then(|| digits.parse().ok()).flatten()
}

/// The seconds of `T19:55:00.000+02:00`, offset taken off.
fn time_of_day(text: &str) -> Option<i64> {
    let text = text.strip_prefix(['T', 't', ' '])?;
    let zone_at = text.find(['Z', 'z', '+', '-', ' ']).unwrap_or(text.len());
    let (clock, zone) = text.split_at(zone_at);
    let whole = clock.split(['.', ',']).next()?;
    let mut parts = whole.split(':');
    let hour = two_digits(parts.next()?)?;
    let minute = two_digits(parts.next()?)?;
    let second = parts.next().map_or(Some(0), two_digits)?;
    if parts.next().is_some() || hour > 24 || minute > 59 || second > 60 {
        return None;
    }
    Some(hour * 3600 + minute * 60 + second - offset_seconds(zone.trim())?)
}

fn offset_seconds(zone: &str) -> Option<i64> {
    if zone.is_empty() || zone.eq_ignore_ascii_case("z") || zone.eq_ignore_ascii_case("utc") {
        return Some(0);
    }
    let sign = if zone.starts_with('-') { -1 } else { 1 };
    let digits: String = zone.get(1..)?.chars().filter(|c| *c != ':').collect();
    let hours = number(&digits, 0..2)?;
    let minutes = if digits.len() > 2 { number(&digits, 2..4)? } else { 0 };
    (digits.len() <= 4 && hours <= 15 && minutes <= 59).then_some(sign * (hours * 3600 + minutes * 60))
}

fn two_digits(text: &str) -> Option<i64> {
    (text.len() == 2).then(|| number(text, 0..2)).flatten()
}

fn days_in_month(year: i64, month: i64) -> i64 {
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    match month {
        2 if leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// Days since 1970-01-01 of a date in the proleptic Gregorian calendar, counted in eras of 400
/// years that begin in March, so that the leap day is the last of its year.
fn days_from_civil(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let year_of_era = year.rem_euclid(400);
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    era * 146_097 + day_of_era - 719_468
}

/// The inverse of [`days_from_civil`].
fn civil_from_days(days: i64) -> (i64, i64, i64) {
    let days = days + 719_468;
    let era = days.div_euclid(146_097);
    let day_of_era = days.rem_euclid(146_097);
    let year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted_month = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * shifted_month + 2) / 5 + 1;
    let month = if shifted_month < 10 { shifted_month + 3 } else { shifted_month - 9 };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    (year, month, day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_the_forms_that_packages_use() {
        let table = [
            ("1970-01-01", 0),
            ("2014-08-13T19:55:00", 1_407_959_700),
            ("2014-08-13T19:55:00Z", 1_407_959_700),
            ("2014-08-13T19:55:00.123Z", 1_407_959_700),
            ("2014-08-13T21:55:00+02:00", 1_407_959_700),
            ("2014-08-13 19:55:00 UTC", 1_407_959_700),
            (" 2000-02-29T00:00:00 ", 951_782_400),
            ("1969-12-31T23:59:59", -1),
        ];
        for (text, seconds) in table {
            assert_eq!(Moment::parse(text), Some(Moment { unix_seconds: seconds }), "{text}");
        }
    }

    #[test]
    fn refuses_what_is_no_date() {
        for text in [
            "",
            "soon",
            "2015-02-30",
            "2015-13-01",
            "2015-1-1",
            "2015/01/01",
            "2015-01-01T25:00:00",
            "2015-01-01Tnoon",
            "é015-01-01",
            "2015-01-01T10:00:00+99:00",
        ] {
            assert_eq!(Moment::parse(text), None, "{text}");
        }
    }

    proptest::proptest! {
        #[test]
        fn what_is_written_is_read_back(seconds in -60_000_000_000i64..250_000_000_000) {
            let moment = Moment { unix_seconds: seconds };
            proptest::prop_assert_eq!(Moment::parse(&moment.to_string()), Some(moment));
        }
    }
}
