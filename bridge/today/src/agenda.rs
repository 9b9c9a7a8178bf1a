//! Which step comes first, and why.

use outline::roster::Summary;
use outline::{ItemId, Step};
use store::Time;

/// Seconds in a day.
const DAY: i64 = 86_400;

/// Why a step comes first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Why {
    /// It should have been done.
    Late,
    /// Of all that is due it is due soonest.
    DueSoonest,
    /// Nothing is due; it is the next step where the person has come furthest.
    Furthest,
    /// Nothing is due and nothing begun; it is a first step.
    First,
}

/// The step that comes first, and the rest of what is due within a week.
#[derive(Debug)]
pub(crate) struct Agenda {
    pub(crate) first: Option<(Step, Why)>,
    pub(crate) week: Vec<Step>,
}

/// Sorts steps (those with a date first, soonest first) into what comes first and what else is due in the next seven
/// days. What is due within two weeks, or overdue, comes before what has no date.
pub(crate) fn agenda(steps: Vec<Step>, now: Time) -> Agenda {
    let due_in = |step: &Step| step.item.due_at.map(|due| due.seconds() - now.seconds());
    let pressing = steps.iter().find(|step| due_in(step).is_some_and(|left| left < 14 * DAY));
    let chosen = match pressing {
        Some(step) if due_in(step).is_some_and(|left| left < 0) => Some((step.clone(), Why::Late)),
        Some(step) => Some((step.clone(), Why::DueSoonest)),
        None => furthest(&steps),
    };
    let first: Option<ItemId> = chosen.as_ref().map(|(step, _)| step.item.id);
    let within_week = |step: &Step| due_in(step).is_some_and(|left| left < 7 * DAY);
    let week = steps.into_iter().filter(|step| Some(step.item.id) != first && within_week(step)).collect();
    Agenda { first: chosen, week }
}

fn furthest(steps: &[Step]) -> Option<(Step, Why)> {
    let share = |step: &Step| (step.tally.0 * 1000).checked_div(step.tally.1).unwrap_or(0);
    let step = steps.iter().filter(|step| step.is_next).max_by_key(|step| share(step))?;
    Some((step.clone(), if step.tally.0 == 0 { Why::First } else { Why::Furthest }))
}

/// Summaries in which somebody waits for the teacher come first.
pub(crate) fn by_need(summaries: &mut [Summary]) {
    summaries.sort_by_key(|summary| (summary.waiting == 0, summary.learners == 0, summary.course));
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::allow_attributes, reason = "a test says so by stopping")]
mod tests {
    use outline::{Completion, Item};
    use store::Tx;

    use super::*;

    fn step(tx: &mut Tx<'_>, title: &str, due: Option<i64>, is_next: bool, tally: (usize, usize)) -> Step {
        let item = Item {
            id: tx.new_id(),
            course: tx.new_id(),
            module: tx.new_id(),
            kind: "page".to_owned(),
            title: title.to_owned(),
            position: 0,
            indent: 0,
            minutes: 5,
            completion: Completion::View,
            release: None,
            due_at: due.map(|days| tx.now().plus_days(days)),
            unlock_at: None,
            lock_at: None,
            published_at: Some(tx.now()),
        };
        Step { course: item.course, item, module: "One".to_owned(), is_next, tally }
    }

    fn told(agenda: &Agenda) -> (Option<(&str, Why)>, Vec<&str>) {
        let first = agenda.first.as_ref().map(|(step, why)| (step.item.title.as_str(), *why));
        (first, agenda.week.iter().map(|step| step.item.title.as_str()).collect())
    }

    #[store::test]
    fn what_is_due_soonest_comes_first_and_the_rest_of_the_week_follows(tx: &mut Tx<'_>) {
        let steps = vec![
            step(tx, "late", Some(-1), false, (1, 4)),
            step(tx, "soon", Some(2), true, (1, 4)),
            step(tx, "month", Some(30), true, (0, 4)),
            step(tx, "undated", None, true, (3, 4)),
        ];
        let now = tx.now();
        assert_eq!(told(&agenda(steps.clone(), now)), (Some(("late", Why::Late)), vec!["soon"]));
        assert_eq!(told(&agenda(steps[1..].to_vec(), now)), (Some(("soon", Why::DueSoonest)), vec![]));
        assert_eq!(told(&agenda(steps[2..].to_vec(), now)), (Some(("undated", Why::Furthest)), vec![]));
        assert_eq!(told(&agenda(steps[2..3].to_vec(), now)), (Some(("month", Why::First)), vec![]));
        assert_eq!(told(&agenda(Vec::new(), now)), (None, vec![]));
    }
}
