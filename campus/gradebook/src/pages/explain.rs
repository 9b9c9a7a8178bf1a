//! A total in words: every row with what became of it, each group's share, the sum, the rounding, the letter. All of it is
//! read from the [`Total`] that the rules answered, so that the explanation cannot say anything else than the total.

use num_rational::BigRational;
use web::{Page, word};

use super::words;
use crate::book::Book;
use crate::sheet::{Sheet, letter, no_group};
use crate::total::{Fate, GroupTotal};
use crate::{GroupId, Mode, Total};

/// A total with the way to it.
pub(super) struct Explained {
    /// `current`, `final`: for the ids of the page.
    pub(super) key: &'static str,
    /// The message id of its name.
    pub(super) label_id: &'static str,
    /// The message id of what it means.
    pub(super) hint_id: &'static str,
    /// As it is shown; none where nothing counts yet.
    pub(super) shown: Option<String>,
    /// The groups that have something in them.
    pub(super) groups: Vec<ExplainedGroup>,
    /// The sum, the rounding, the letter.
    pub(super) steps: Vec<String>,
}

/// A group's part.
pub(super) struct ExplainedGroup {
    pub(super) title: String,
    pub(super) lines: Vec<Line>,
    /// What the group comes to.
    pub(super) steps: Vec<String>,
}

/// A row of a group.
pub(super) struct Line {
    pub(super) title: String,
    pub(super) points: String,
    pub(super) fate: &'static str,
    pub(super) is_dropped: bool,
}

/// Puts a total into words.
pub(super) fn explained(page: &Page, book: &Book, sheet: &Sheet, mode: Mode) -> Explained {
    let total = sheet.total(mode);
    let groups = in_order(book, &total).into_iter().filter(|group| !group.rows.is_empty());
    let groups = groups.map(|group| explained_group(page, book, sheet, group)).collect();
    let (key, label_id, hint_id) = match mode {
        Mode::Current => ("current", word!("grades-current"), word!("grades-current-hint")),
        Mode::Final => ("final", word!("grades-final"), word!("grades-final-hint")),
    };
    let shown = words::total(page, &book.policy, total.percent);
    Explained { key, label_id, hint_id, shown, groups, steps: steps(page, book, &total) }
}

/// The groups of a total in the order of the course, those without one last.
fn in_order<'t>(book: &Book, total: &'t Total) -> Vec<&'t GroupTotal> {
    let mut groups: Vec<&GroupTotal> = total.groups.iter().collect();
    let place = |id: GroupId| book.groups.iter().position(|group| group.id == id).unwrap_or(usize::MAX);
    groups.sort_by_key(|group| place(group.group));
    groups
}

/// The name of a group; that of those without one.
pub(super) fn group_title(page: &Page, book: &Book, id: GroupId) -> String {
    let group = book.groups.iter().find(|group| group.id == id);
    match group {
        Some(group) => group.title.clone(),
        None if book.groups.is_empty() && id == no_group() => page.t("grades-all"),
        None => page.t("grades-no-group"),
    }
}

fn explained_group(page: &Page, book: &Book, sheet: &Sheet, group: &GroupTotal) -> ExplainedGroup {
    let line = |(column, fate): &(crate::ColumnId, Fate)| {
        let at = book.place(*column)?;
        let (column, cell) = (&book.columns[at], &sheet.cells[at]);
        let tells = matches!(fate, Fate::Counted | Fate::DroppedLowest | Fate::DroppedHighest | Fate::CountedAsZero);
        let score = if *fate == Fate::CountedAsZero { None } else { cell.score };
        let points = match (tells, column.extra) {
            (false, _) => String::new(),
            (true, true) => {
                page.ta("grades-extra-points", &[("points", words::points(page, score.unwrap_or_default()))])
            }
            (true, false) => words::of(page, score.unwrap_or_default(), column.points),
        };
        let is_dropped = matches!(fate, Fate::DroppedLowest | Fate::DroppedHighest);
        Some(Line { title: column.title.clone(), points, fate: words::fate(*fate), is_dropped })
    };
    // In the order of the course, as everywhere.
    let mut rows: Vec<_> = group.rows.iter().collect();
    rows.sort_by_key(|(column, _)| book.place(*column));
    let mut steps = Vec::new();
    if let Some(share) = &group.share {
        let sums = words::of(page, group.score, group.possible);
        steps.push(page.ta("grades-step-share", &[("sums", sums), ("share", words::exact(page, share))]));
    } else if book.policy.weighted {
        steps.push(page.t("grades-step-empty"));
    }
    if let (Some(share), Some(counts)) = (&group.share, &group.counts_with) {
        if *counts != group.weight.share() {
            let weight = words::percent(page, group.weight);
            let counts = words::exact(page, counts);
            steps.push(page.ta("grades-step-shared-out", &[("weight", weight), ("counts", counts)]));
        }
        let part = words::exact(page, &(share * counts));
        let (share, counts) = (words::exact(page, share), words::exact(page, counts));
        steps.push(page.ta("grades-step-part", &[("share", share), ("counts", counts), ("part", part)]));
    }
    ExplainedGroup {
        title: group_title(page, book, group.group),
        lines: rows.into_iter().filter_map(line).collect(),
        steps,
    }
}

fn steps(page: &Page, book: &Book, total: &Total) -> Vec<String> {
    let (Some(exact), Some(percent)) = (&total.exact, total.percent) else {
        return vec![page.t("grades-step-nothing")];
    };
    let mut steps = vec![if total_is_weighted(total) {
        let part =
            |group: &GroupTotal| -> Option<BigRational> { Some(group.share.as_ref()? * group.counts_with.as_ref()?) };
        let parts = in_order(book, total).into_iter().filter_map(part);
        let parts: Vec<String> = parts.map(|part| words::exact(page, &part)).collect();
        let sum = [("parts", parts.join(" + ")), ("total", words::exact(page, exact))];
        page.ta("grades-step-sum", &sum)
    } else {
        let (score, possible) =
            (total.groups.iter().map(|group| group.score).sum(), total.groups.iter().map(|group| group.possible).sum());
        let sums = words::of(page, score, possible);
        page.ta("grades-step-heap", &[("sums", sums), ("total", words::exact(page, exact))])
    }];
    if percent.share() != *exact {
        steps.push(page.ta("grades-step-rounded", &[("percent", words::percent(page, percent))]));
    }
    if let Some(step) = letter(&book.policy, Some(percent)) {
        let from = words::percent(page, step.from);
        steps.push(page.ta("grades-step-letter", &[("letter", step.name.clone()), ("from", from)]));
    }
    steps
}

fn total_is_weighted(total: &Total) -> bool {
    total.groups.iter().any(|group| group.counts_with.is_some())
}
