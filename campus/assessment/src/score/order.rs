use super::{Mark, Part, Reason, part};
use crate::answer::Answer;
use crate::question::{Order, OrderRule, PartId};
use crate::share::Share;

/// Scores an order. An item without a place, or with one that another has too, stands nowhere.
pub(super) fn order(order: &Order, answer: &Answer) -> Mark {
    let ids: Vec<PartId> = order.items.iter().map(|item| item.id).collect();
    let place = |id: PartId| {
        let own = answer.of_part(id)?;
        let is_shared = ids.iter().any(|other| *other != id && answer.of_part(*other) == Some(own));
        (!is_shared).then_some(own)
    };
    let mut sequence: Vec<(PartId, usize)> =
        ids.iter().enumerate().filter_map(|(at, id)| Some((place(*id)?, at))).collect();
    sequence.sort_unstable();
    let sequence: Vec<usize> = sequence.into_iter().map(|(_, at)| at).collect();
    let share = earned(order.rule, &sequence, &ids.iter().map(|id| place(*id)).collect::<Vec<_>>());
    let judged = |(at, item): (usize, &crate::question::OrderItem)| {
        let right = PartId::try_from(at + 1).unwrap_or(PartId::MAX);
        let given = answer.of_part(item.id);
        let reason = match (given, place(item.id)) {
            (None, _) => Reason::Empty,
            (Some(_), None) => Reason::Unplaced,
            (_, Some(place)) if place == right => Reason::Right,
            _ => Reason::Misplaced,
        };
        // What one item earns follows from the others under most rules: it is told for the whole only.
        let own = if order.rule == OrderRule::Place && reason == Reason::Right {
            Share::of(1, ids.len())
        } else {
            Share::none()
        };
        Part {
            label: item.text.clone(),
            given: given.map(|place| place.to_string()).unwrap_or_default(),
            right: right.to_string(),
            ..part(reason, own)
        }
    };
    Mark { share: Some(share), parts: order.items.iter().enumerate().map(judged).collect() }
}

/// `sequence`: the items that stand somewhere, in their order, by their right place from 0. `places`: the place of each
/// item from 1.
fn earned(rule: OrderRule, sequence: &[usize], places: &[Option<PartId>]) -> Share {
    let count = places.len();
    let at_own = |(at, place): (usize, &Option<PartId>)| place.is_some_and(|place| usize::from(place) == at + 1);
    let right = places.iter().enumerate().filter(|one| at_own(*one)).count();
    match rule {
        OrderRule::All if count > 0 && right == count => Share::all(),
        OrderRule::All => Share::none(),
        OrderRule::Place => Share::of(right, count),
        OrderRule::Next => {
            let followed = sequence.windows(2).filter(|two| two[1] == two[0] + 1).count();
            Share::of(followed, count.saturating_sub(1))
        }
        OrderRule::Longest => {
            let longest = longest_run(sequence);
            // One item alone is in no order.
            if longest < 2 { Share::none() } else { Share::of(longest, count) }
        }
        OrderRule::Pairs => {
            let before = |at: usize| sequence[at + 1..].iter().filter(|later| **later > sequence[at]).count();
            let rightly: usize = (0..sequence.len()).map(before).sum();
            Share::of(rightly, count * count.saturating_sub(1) / 2)
        }
    }
}

/// The length of the longest increasing run, with gaps.
fn longest_run(sequence: &[usize]) -> usize {
    let mut ends: Vec<usize> = Vec::new();
    for item in sequence {
        let at = ends.partition_point(|end| end < item);
        if at == ends.len() {
            ends.push(*item);
        } else {
            ends[at] = *item;
        }
    }
    ends.len()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn of(rule: OrderRule, given: &[usize]) -> String {
        let mut places = vec![None; given.len()];
        for (at, item) in given.iter().enumerate() {
            places[*item] = PartId::try_from(at + 1).ok();
        }
        earned(rule, given, &places).to_string()
    }

    /// A, B, C, D given as A, C, B, D: worked by hand.
    #[test]
    fn two_in_the_middle_changed() {
        let given = [0, 2, 1, 3];
        assert_eq!(of(OrderRule::All, &given), "0");
        assert_eq!(of(OrderRule::Place, &given), "1/2");
        assert_eq!(of(OrderRule::Next, &given), "0");
        assert_eq!(of(OrderRule::Longest, &given), "3/4");
        assert_eq!(of(OrderRule::Pairs, &given), "5/6");
        for rule in OrderRule::ALL {
            assert_eq!(of(*rule, &[0, 1, 2, 3]), "1", "{rule}");
        }
        assert_eq!(of(OrderRule::Longest, &[3, 2, 1, 0]), "0");
        assert_eq!(of(OrderRule::Next, &[1, 2, 3, 0]), "2/3");
    }

    proptest! {
        /// Against every subset.
        #[test]
        fn the_longest_run_is_the_longest_of_all(sequence in proptest::sample::subsequence((0..10_usize).collect::<Vec<_>>(), 0..10).prop_shuffle()) {
            let is_run = |mask: u32| {
                let chosen: Vec<usize> = sequence.iter().enumerate().filter(|(at, _)| mask & (1 << at) != 0).map(|(_, item)| *item).collect();
                chosen.windows(2).all(|two| two[0] < two[1]).then_some(chosen.len())
            };
            let best = (0..1_u32 << sequence.len()).filter_map(is_run).max().unwrap_or(0);
            prop_assert_eq!(longest_run(&sequence), best);
        }
    }
}
