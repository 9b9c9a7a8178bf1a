//! Points, percentages and rules in the reader's words. Exact: nothing here goes through a floating-point number.

use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::ToPrimitive;
use web::{Page, word};

use crate::book::Book;
use crate::finals::SetGrade;
use crate::history::Change;
use crate::late::{Deduction, Interval, LatePolicy};
use crate::sheet::{Cell, Status};
use crate::total::Fate;
use crate::{Column, GradeState, Group, Percent, Points, Policy, Posts, Source};

/// Places of a percentage that an explanation shows before it is rounded.
const EXACT_PLACES: u32 = 6;

fn decimal(page: &Page, plain: &str) -> String {
    if page.t("format-decimal") == "," { plain.replace('.', ",") } else { plain.to_owned() }
}

/// `12.5`
pub(super) fn points(page: &Page, points: Points) -> String {
    decimal(page, &points.to_string())
}

/// `93.25 %`
pub(super) fn percent(page: &Page, percent: Percent) -> String {
    page.ta("format-percent", &[("number", decimal(page, &percent.to_string()))])
}

/// A share as a percentage before it is rounded: `66.666666… %`.
pub(super) fn exact(page: &Page, share: &BigRational) -> String {
    let scale = BigInt::from(10).pow(EXACT_PLACES);
    let scaled = share * BigInt::from(100) * &scale;
    let whole = scaled.trunc();
    let cut = if whole == scaled { "" } else { "\u{2026}" };
    let units = whole.to_integer().to_i128().unwrap_or_default();
    let (sign, size, unit) = (if units < 0 { "-" } else { "" }, units.unsigned_abs(), 10_u128.pow(EXACT_PLACES));
    let places = format!("{:06}", size % unit);
    // A number that goes on is shown with all its places, any other without zeros at the end.
    let places = if cut.is_empty() { places.trim_end_matches('0') } else { places.as_str() };
    let point = if places.is_empty() { "" } else { "." };
    let text = decimal(page, &format!("{sign}{}{point}{places}", size / unit));
    page.ta("format-percent", &[("number", format!("{text}{cut}"))])
}

/// `8 of 10`
pub(super) fn of(page: &Page, score: Points, possible: Points) -> String {
    page.ta("grades-of", &[("score", points(page, score)), ("possible", points(page, possible))])
}

/// How a column stands, and the tone of its chip; none where the points say it all.
pub(super) fn status(cell: &Cell) -> Option<(&'static str, &'static str)> {
    Some(match cell.status {
        Status::Excused => (word!("grades-excused"), ""),
        Status::Missing => (word!("grades-missing"), "soon"),
        Status::Pending => (word!("grades-pending"), ""),
        Status::HandedIn if cell.is_late => (word!("grades-handed-in-late"), "soon"),
        Status::HandedIn => (word!("grades-handed-in"), "good"),
        Status::NotYet => (word!("grades-not-yet"), ""),
        Status::Graded if cell.is_late => (word!("grades-late"), "soon"),
        Status::Graded | Status::NotTheirs => return None,
    })
}

/// What became of a row of a total.
pub(super) const fn fate(fate: Fate) -> &'static str {
    match fate {
        Fate::Counted => word!("grades-fate-counted"),
        Fate::CountedAsZero => word!("grades-fate-zero"),
        Fate::DroppedLowest => word!("grades-fate-lowest"),
        Fate::DroppedHighest => word!("grades-fate-highest"),
        Fate::Excused => word!("grades-fate-excused"),
        Fate::LeftOut => word!("grades-fate-left-out"),
        Fate::NotGraded => word!("grades-fate-not-graded"),
        Fate::Pending => word!("grades-fate-pending"),
        Fate::NotPosted => word!("grades-fate-not-posted"),
        Fate::NotSubmitted => word!("grades-fate-not-submitted"),
    }
}

/// What lateness took, step by step (M4).
pub(super) fn lateness(page: &Page, column: &Column, cell: &Cell, taken: &Deduction, rule: &LatePolicy) -> String {
    let spans = intervals(page, rule.interval, taken.intervals);
    let late = page.minutes((cell.late_seconds + 59) / 60);
    let full = rule.percent_each.share() * BigInt::from(taken.intervals) * column.points.exact();
    let mut said = page.ta(
        "grades-late-how",
        &[
            ("late", late),
            ("intervals", spans),
            ("percent", percent(page, rule.percent_each)),
            ("possible", points(page, column.points)),
            ("taken", points(page, Points::to_two_places(&full))),
        ],
    );
    if Points::to_two_places(&full) > taken.points {
        let floor = percent(page, rule.lowest.unwrap_or_default());
        said.push(' ');
        let limit = &[("lowest", floor), ("taken", points(page, taken.points))];
        said.push_str(&page.ta("grades-late-limit", limit));
    }
    let (raw, score) = (cell.raw.unwrap_or_default(), taken.score);
    let left = [("raw", points(page, raw)), ("taken", points(page, taken.points)), ("score", points(page, score))];
    format!("{said} {}", page.ta("grades-late-left", &left))
}

fn intervals(page: &Page, interval: Interval, count: i64) -> String {
    match interval {
        Interval::Hour => page.tn("grades-hours-begun", count),
        Interval::Day => page.tn("grades-days-begun", count),
    }
}

/// A grade before or after a change.
pub(super) fn changed(page: &Page, change: &Change, before: bool) -> String {
    let (state, kept, waived) = if before {
        (change.before_state, change.before_points, change.before_waived)
    } else {
        (change.state, change.points, change.late_waived)
    };
    let shown = kept.map(|kept| points(page, kept)).unwrap_or_default();
    let told = match state {
        GradeState::None => page.t("grades-nothing"),
        GradeState::Graded => shown,
        GradeState::Pending => format!("{shown}?"),
        GradeState::Excused => page.t("grades-excused"),
        GradeState::Missing => page.t("grades-missing"),
    };
    if waived { page.ta("grades-and-waived", &[("grade", told)]) } else { told }
}

/// Where a grade comes from.
pub(super) const fn source(source: Source) -> &'static str {
    match source {
        Source::Marker => word!("grades-source-marker"),
        Source::Quiz => word!("grades-source-quiz"),
        Source::Import => word!("grades-source-import"),
        Source::Override => word!("grades-source-override"),
    }
}

/// The policy of a course in sentences, made from the rules themselves.
pub(super) fn policy(page: &Page, book: &Book) -> Vec<String> {
    let (policy, mut said) = (&book.policy, Vec::new());
    weights(page, book, &mut said);
    for group in &book.groups {
        drops(page, group, &mut said);
    }
    said.push(match &policy.late {
        None => page.t("grades-rule-late-free"),
        Some(rule) => late_rule(page, rule),
    });
    if let Some(off) = policy.missing {
        said.push(page.ta("grades-rule-missing", &[("percent", percent(page, off))]));
    }
    if let Some(scheme) = &policy.scheme {
        let step = |step: &crate::scheme::Step| {
            page.ta("grades-rule-letter", &[("letter", step.name.clone()), ("from", percent(page, step.from))])
        };
        let steps: Vec<String> = scheme.steps().iter().map(step).collect();
        said.push(page.ta("grades-rule-letters", &[("letters", steps.join(", "))]));
    }
    said.push(page.t(match policy.posts {
        Posts::Automatic => word!("grades-rule-automatic"),
        Posts::ByHand => word!("grades-rule-by-hand"),
    }));
    said
}

fn weights(page: &Page, book: &Book, said: &mut Vec<String>) {
    if !book.policy.weighted {
        said.push(page.t("grades-rule-heap"));
        return;
    }
    let weight = |group: &Group| {
        page.ta("grades-rule-weight", &[("group", group.title.clone()), ("weight", percent(page, group.weight))])
    };
    let weights: Vec<String> = book.groups.iter().map(weight).collect();
    said.push(page.ta("grades-rule-weights", &[("weights", weights.join(", "))]));
    let sum: i64 = book.groups.iter().map(|group| group.weight.units()).sum();
    if sum > 10_000 {
        said.push(page.ta("grades-rule-beyond", &[("sum", percent(page, Percent::from_units(sum)))]));
    }
    let lost: Vec<String> = ungrouped(book).map(|column| column.title.clone()).collect();
    if !lost.is_empty() {
        said.push(page.ta("grades-rule-ungrouped", &[("titles", lost.join(", "))]));
    }
}

/// Columns that count for nothing, since the course is weighted and they are in no group.
pub(super) fn ungrouped(book: &Book) -> impl Iterator<Item = &Column> {
    let is_weighted = book.policy.weighted;
    book.columns.iter().filter(move |column| is_weighted && column.counts && column.group.is_none())
}

fn drops(page: &Page, group: &Group, said: &mut Vec<String>) {
    let dropped = [
        (group.drop_lowest, word!("grades-rule-drop-lowest")),
        (group.drop_highest, word!("grades-rule-drop-highest")),
    ];
    for (count, id) in dropped.into_iter().filter(|(count, _)| *count > 0) {
        said.push(page.ta(id, &[("group", page.arg(&group.title)), ("count", page.arg(&i64::from(count)))]));
    }
}

fn late_rule(page: &Page, rule: &LatePolicy) -> String {
    let id = match rule.interval {
        Interval::Hour => word!("grades-rule-late-hour"),
        Interval::Day => word!("grades-rule-late-day"),
    };
    let mut said = page.ta(id, &[("percent", percent(page, rule.percent_each))]);
    if rule.grace_minutes > 0 {
        let grace = page.minutes(i64::from(rule.grace_minutes));
        said.push(' ');
        said.push_str(&page.ta("grades-rule-grace", &[("span", grace)]));
    }
    if let Some(lowest) = rule.lowest {
        said.push(' ');
        said.push_str(&page.ta("grades-rule-lowest", &[("percent", percent(page, lowest))]));
    }
    said
}

/// The letter of a percentage, with the percentage: `82.5 % (B)`.
pub(super) fn total(page: &Page, policy: &Policy, of: Option<Percent>) -> Option<String> {
    let shown = percent(page, of?);
    Some(match crate::sheet::letter(policy, of) {
        None => shown,
        Some(step) => page.ta("grades-with-letter", &[("percent", shown), ("letter", step.name.clone())]),
    })
}

/// A final grade that was set, with the letter that it had then.
pub(super) fn held(page: &Page, set: &SetGrade) -> Option<String> {
    let shown = percent(page, set.percent?);
    if set.letter.is_empty() {
        return Some(shown);
    }
    Some(page.ta("grades-with-letter", &[("percent", shown), ("letter", set.letter.clone())]))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use store::Time;

    use super::*;

    fn ratio(over: i64, under: i64) -> BigRational {
        BigRational::new(BigInt::from(over), BigInt::from(under))
    }

    #[test]
    fn a_share_is_told_before_it_is_rounded() {
        let (english, german) =
            (Page::stranger("en", Time::from_seconds(0)), Page::stranger("de", Time::from_seconds(0)));
        assert_eq!(exact(&english, &ratio(2, 3)), "66.666666\u{2026}%");
        assert_eq!(exact(&german, &ratio(5, 8)), "62,5\u{a0}%");
        assert_eq!(exact(&english, &ratio(1, 1)), "100%");
        assert_eq!(exact(&english, &ratio(-1, 8)), "-12.5%");
        assert_eq!(exact(&english, &ratio(1, 300)), "0.333333\u{2026}%");
        assert_eq!(points(&german, Points::from_units(125_000)), "12,5");
    }

    proptest! {
        /// What is told lies within one unit of the last place of the truth, and says so where it is not all.
        #[test]
        fn what_is_told_is_cut_and_never_wrong(over in -5_000..=5_000_i64, under in 1..=5_000_i64) {
            let page = Page::stranger("en", Time::from_seconds(0));
            let told = exact(&page, &ratio(over, under));
            let is_cut = told.contains('\u{2026}');
            let plain = told.trim_end_matches(['%', '\u{2026}']);
            let (whole, places) = plain.split_once('.').unwrap_or((plain, ""));
            let digits: i128 = format!("{whole}{places:0<6}").parse().unwrap();
            let read = BigRational::new(BigInt::from(digits), BigInt::from(100_000_000));
            let off = (read - ratio(over, under)) * BigInt::from(100_000_000);
            prop_assert!(off < ratio(1, 1) && off > ratio(-1, 1));
            prop_assert_eq!(is_cut, off != ratio(0, 1));
        }
    }
}
