use std::fmt;

use askama::filters::HtmlSafe;
use jiff::civil::Date;
use jiff::{Timestamp, ZonedDateTime};
use store::Time;

use super::{Page, Zone};

/// A moment in the reader's zone and language. Written into a template it is a `<time>` element that shows the
/// relative form and tells the whole date on hover; its methods give each form as text.
#[derive(Clone, Debug)]
pub struct When<'p> {
    page: &'p Page,
    moment: Time,
    local: ZonedDateTime,
}

impl<'p> When<'p> {
    pub(super) fn new(page: &'p Page, moment: Time) -> Self {
        Self { page, moment, local: moment.to_jiff().to_zoned_datetime(page.zone.0.clone()) }
    }

    /// The value of the `datetime` attribute: UTC, to the second.
    pub fn attr(&self) -> String {
        let seconds = Timestamp::from_second(self.moment.seconds()).unwrap_or_else(|_| self.moment.to_jiff());
        seconds.to_string()
    }

    /// The value of an `<input type="datetime-local">` in the reader's zone: `2026-11-24T18:00`, with its seconds where
    /// it has any, so that a deadline of 23:59:59 comes back as it was.
    pub fn input(&self) -> String {
        let format = if self.local.second() == 0 { "%Y-%m-%dT%H:%M" } else { "%Y-%m-%dT%H:%M:%S" };
        self.local.strftime(format).to_string()
    }

    /// The day in full: `Tuesday 24 November 2026`.
    pub fn long(&self) -> String {
        self.dated("date-long", "weekday", "month")
    }

    /// The day, short, with its year only where it is not this year: `24 Nov`.
    pub fn short(&self) -> String {
        let id = if self.local.year() == self.today().year() { "date-short" } else { "date-short-year" };
        self.dated(id, "weekday-short", "month-short")
    }

    /// The time of day: `18:00`.
    pub fn clock(&self) -> String {
        let (hour, minute) = (self.local.hour(), self.local.minute());
        self.page.ta("time-clock", &[("hour", format!("{hour:02}")), ("minute", format!("{minute:02}"))])
    }

    /// Day and time in full: `Tuesday 24 November 2026, 18:00`.
    pub fn full(&self) -> String {
        self.page.ta("date-and-time", &[("date", self.long()), ("time", self.clock())])
    }

    /// Day and time, short: `24 Nov, 18:00`.
    pub fn short_full(&self) -> String {
        self.page.ta("date-and-time", &[("date", self.short()), ("time", self.clock())])
    }

    /// As people say it: `in 20 minutes`, `today 18:00`, `Thu 18:00`, `in 12 days`, `3 days ago`, `24 Nov`.
    pub fn relative(&self) -> String {
        let seconds = self.moment.seconds() - self.page.now.seconds();
        let minutes = (seconds.abs() + 30) / 60;
        let days = (self.local.date() - self.today()).get_days();
        let at = |id: &str| self.page.ta(id, &[("time", self.clock())]);
        match (seconds, days) {
            (-44..=44, _) => self.page.t("when-now"),
            (45..=3569, _) => self.page.tn("when-minutes-ahead", minutes),
            (-3569..=-45, _) => self.page.tn("when-minutes-ago", minutes),
            (_, 0) => at("when-today"),
            (_, 1) => at("when-tomorrow"),
            (_, -1) => at("when-yesterday"),
            (_, 2..=6) => {
                let weekday = self.weekday("weekday-short");
                self.page.ta("when-weekday", &[("weekday", weekday), ("time", self.clock())])
            }
            (_, 7..=30) => self.page.tn("when-days-ahead", days),
            (_, -30..=-2) => self.page.tn("when-days-ago", -days),
            _ => self.short(),
        }
    }

    /// Whether it lies within the next three days: near enough to be marked.
    pub fn is_soon(&self) -> bool {
        let seconds = self.moment.seconds() - self.page.now.seconds();
        (0..3 * 86_400).contains(&seconds)
    }

    /// The same moment in the zone where it was set, named, if the clock there shows something else:
    /// `09:00 in America/New_York`.
    pub fn elsewhere(&self, zone: &str) -> Option<String> {
        let there = Zone::named(zone)?;
        let clock_there = self.moment.to_jiff().to_zoned_datetime(there.0.clone());
        if clock_there.offset() == self.local.offset() {
            return None;
        }
        let other = Self { page: self.page, moment: self.moment, local: clock_there };
        let clock = if other.local.date() == self.local.date() { other.clock() } else { other.short_full() };
        Some(self.page.ta("when-elsewhere", &[("time", clock.as_str()), ("zone", zone)]))
    }

    fn today(&self) -> Date {
        self.page.now.to_jiff().to_zoned_datetime(self.page.zone.0.clone()).date()
    }

    fn weekday(&self, names: &str) -> String {
        self.page.t(format!("{names}-{}", self.local.weekday().to_monday_one_offset()))
    }

    fn dated(&self, id: &str, weekdays: &str, months: &str) -> String {
        self.page.ta(
            id,
            &[
                ("weekday", self.weekday(weekdays)),
                ("day", self.local.day().to_string()),
                ("month", self.page.t(format!("{months}-{}", self.local.month()))),
                ("year", self.local.year().to_string()),
            ],
        )
    }
}

impl fmt::Display for When<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let escaped = |text: String| askama::filters::escape(text, askama::filters::Html).map(|t| t.to_string());
        let (full, relative) = (escaped(self.full()).unwrap_or_default(), escaped(self.relative()).unwrap_or_default());
        write!(f, "<time datetime=\"{}\" title=\"{full}\">{relative}</time>", self.attr())
    }
}

/// Its texts are escaped where they are written.
impl HtmlSafe for When<'_> {}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(lang: &str) -> Page {
        // Tuesday 24 November 2026, 09:00 in Berlin.
        let mut page = Page::stranger(lang, "2026-11-24T08:00:00Z".parse().unwrap());
        page.zone = Zone::named("Europe/Berlin").unwrap();
        page
    }

    fn relative(lang: &str, moment: &str) -> String {
        page(lang).time(moment.parse::<Time>().unwrap()).relative()
    }

    #[test]
    fn says_when_as_people_do() {
        for (moment, said) in [
            ("2026-11-24T08:00:20Z", "now"),
            ("2026-11-24T08:01:00Z", "in 1 minute"),
            ("2026-11-24T08:20:00Z", "in 20 minutes"),
            ("2026-11-24T07:15:00Z", "45 minutes ago"),
            ("2026-11-24T17:00:00Z", "today 18:00"),
            ("2026-11-24T23:30:00Z", "tomorrow 00:30"),
            ("2026-11-23T10:00:00Z", "yesterday 11:00"),
            ("2026-11-26T17:00:00Z", "Thu 18:00"),
            ("2026-12-06T12:00:00Z", "in 12 days"),
            ("2026-11-21T12:00:00Z", "3 days ago"),
            ("2026-10-01T12:00:00Z", "1 Oct"),
            ("2027-02-01T12:00:00Z", "1 Feb 2027"),
        ] {
            assert_eq!(relative("en", moment), said, "{moment}");
        }
        assert_eq!(relative("de", "2026-11-26T17:00:00Z"), "Do 18:00");
        assert_eq!(relative("de", "2026-12-06T12:00:00Z"), "in 12 Tagen");
    }

    #[test]
    fn writes_whole_dates() {
        let due: Time = "2026-11-26T17:00:00.25Z".parse().unwrap();
        let (english, german) = (page("en"), page("de"));
        assert_eq!(english.time(due).full(), "Thursday 26 November 2026, 18:00");
        assert_eq!(german.time(due).full(), "Donnerstag, 26. November 2026, 18:00");
        assert_eq!(english.time(due).attr(), "2026-11-26T17:00:00Z");
        assert_eq!(english.time(due).input(), "2026-11-26T18:00");
        assert_eq!(
            english.time(due).to_string(),
            "<time datetime=\"2026-11-26T17:00:00Z\" title=\"Thursday 26 November 2026, 18:00\">Thu 18:00</time>"
        );
    }

    #[test]
    fn names_the_other_zone() {
        let page = page("en");
        let due: Time = "2026-11-26T17:00:00Z".parse().unwrap();
        assert_eq!(page.time(due).elsewhere("America/New_York").as_deref(), Some("12:00 in America/New_York"));
        assert_eq!(page.time(due).elsewhere("Asia/Tokyo").as_deref(), Some("27 Nov, 02:00 in Asia/Tokyo"));
        assert_eq!(page.time(due).elsewhere("Europe/Paris"), None);
        assert_eq!(page.time(due).elsewhere("Nowhere/Land"), None);
    }
}
