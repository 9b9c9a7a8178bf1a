//! The total of one learner in one course, and how it came about (campus-rules M1, M2).

use std::collections::BTreeMap;

use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::Zero;

use crate::drops::{DropRule, Scored, dropped};
use crate::{ColumnId, GroupId, Percent, Points};

/// Which total.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// Of what is graded so far: what has no score does not count.
    Current,
    /// As if the course ended now: what has no score counts as nothing.
    Final,
}

/// One graded thing, for one learner.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// Its column.
    pub column: ColumnId,
    /// Its group.
    pub group: GroupId,
    /// The score; none while there is none.
    pub score: Option<Points>,
    /// The points possible; 0 makes any score extra credit.
    pub possible: Points,
    /// Whether the learner is excused from it.
    pub excused: bool,
    /// Whether it counts at all; what is marked as left out of the total does not.
    pub counts: bool,
    /// Whether the score is not settled: an essay in it waits to be read.
    pub pending: bool,
    /// Whether its grade was posted.
    pub posted: bool,
    /// Whether something was handed in.
    pub submitted: bool,
}

/// A group of columns.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct GroupRule {
    /// Its share of the course, in percent; only where the course is weighted.
    pub weight: Percent,
    /// What is dropped.
    pub drops: DropRule,
}

/// The rules of a course.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rules {
    /// The groups. A row of a group that is not here counts in a group without weight and drops.
    pub groups: BTreeMap<GroupId, GroupRule>,
    /// Whether groups have weights; else all points of the course are one heap.
    pub weighted: bool,
}

/// For whom the total is made.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct View {
    /// Whether grades that are not posted count as they are: for teachers. A learner sees them as nothing handed in.
    pub unposted: bool,
    /// Whether the learner's enrolment has ended: what was not handed in no longer counts as nothing.
    pub concluded: bool,
}

/// What became of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// It counts with its score.
    Counted,
    /// It has no score, and counts as nothing.
    CountedAsZero,
    /// It is dropped as one of the lowest.
    DroppedLowest,
    /// It is dropped as one of the highest.
    DroppedHighest,
    /// The learner is excused.
    Excused,
    /// It does not count for the total.
    LeftOut,
    /// It has no score yet.
    NotGraded,
    /// Its score is not settled yet.
    Pending,
    /// Its grade is not posted yet.
    NotPosted,
    /// Nothing was handed in before the enrolment ended.
    NotSubmitted,
}

/// A group's part of the total.
#[derive(Clone, Debug, PartialEq)]
pub struct GroupTotal {
    /// The group.
    pub group: GroupId,
    /// The points of the rows that count.
    pub score: Points,
    /// The points possible in them.
    pub possible: Points,
    /// The exact share; none where nothing is possible.
    pub share: Option<BigRational>,
    /// The weight that the rules give it.
    pub weight: Percent,
    /// The weight with which it counts, after those of empty groups were shared out.
    pub counts_with: Option<BigRational>,
    /// Every row of it with its fate, in the order of the columns.
    pub rows: Vec<(ColumnId, Fate)>,
}

/// A total that explains itself.
#[derive(Clone, Debug, PartialEq)]
pub struct Total {
    /// As it is shown: rounded once. None where nothing counts yet.
    pub percent: Option<Percent>,
    /// As it was worked out.
    pub exact: Option<BigRational>,
    /// The groups, in the order of their ids.
    pub groups: Vec<GroupTotal>,
}

/// The total of these rows.
pub fn total(rows: &[Row], rules: &Rules, mode: Mode, view: View) -> Total {
    let mut by_group: BTreeMap<GroupId, Vec<&Row>> = rules.groups.keys().map(|group| (*group, Vec::new())).collect();
    for row in rows {
        by_group.entry(row.group).or_default().push(row);
    }
    let none = GroupRule::default();
    let groups = by_group
        .into_iter()
        .map(|(group, rows)| group_total(group, rows, rules.groups.get(&group).unwrap_or(&none), mode, view));
    let mut groups: Vec<GroupTotal> = groups.collect();
    let exact = if rules.weighted { weighted(&mut groups) } else { heap(&groups) };
    Total { percent: exact.as_ref().map(Percent::of), exact, groups }
}

fn group_total(group: GroupId, mut rows: Vec<&Row>, rule: &GroupRule, mode: Mode, view: View) -> GroupTotal {
    rows.sort_by_key(|row| row.column);
    let mut fates: Vec<(ColumnId, Fate)> = rows.iter().map(|row| (row.column, fate(row, mode, view))).collect();
    let counting =
        || rows.iter().zip(&fates).filter(|(_, (_, fate))| matches!(fate, Fate::Counted | Fate::CountedAsZero));
    let scored: Vec<Scored> = counting()
        .map(|(row, (_, fate))| Scored {
            column: row.column,
            score: if *fate == Fate::Counted { row.score.unwrap_or_default() } else { Points::ZERO },
            possible: row.possible,
            droppable: row.posted,
        })
        .collect();
    let gone = dropped(&scored, &rule.drops);
    for (column, fate) in &mut fates {
        if gone.lowest.contains(column) {
            *fate = Fate::DroppedLowest;
        } else if gone.highest.contains(column) {
            *fate = Fate::DroppedHighest;
        }
    }
    let kept = || scored.iter().filter(|row| !gone.lowest.contains(&row.column) && !gone.highest.contains(&row.column));
    let (score, possible): (Points, Points) = (kept().map(|row| row.score).sum(), kept().map(|row| row.possible).sum());
    let share = (possible > Points::ZERO).then(|| score.exact() / possible.exact());
    GroupTotal { group, score, possible, share, weight: rule.weight, counts_with: None, rows: fates }
}

fn fate(row: &Row, mode: Mode, view: View) -> Fate {
    // To a learner a grade that is not posted is as good as none.
    let is_hidden = !row.posted && !view.unposted;
    let score = row.score.filter(|_| !is_hidden);
    match (mode, score) {
        _ if row.excused => Fate::Excused,
        _ if !row.counts => Fate::LeftOut,
        _ if view.concluded && !row.submitted && score.is_none() => Fate::NotSubmitted,
        (Mode::Current, _) if row.pending && !is_hidden => Fate::Pending,
        (Mode::Current, None) if row.score.is_some() => Fate::NotPosted,
        (Mode::Current, None) => Fate::NotGraded,
        (Mode::Final, None) => Fate::CountedAsZero,
        (_, Some(_)) => Fate::Counted,
    }
}

/// The share of each group times its weight. Weights that do not come to a hundred, since groups are empty, are shared out;
/// weights beyond a hundred are extra credit, and stay.
fn weighted(groups: &mut [GroupTotal]) -> Option<BigRational> {
    let filled: i64 = groups.iter().filter(|group| group.share.is_some()).map(|group| group.weight.units()).sum();
    if filled <= 0 {
        return None;
    }
    let whole = Percent::from_units(10_000).units();
    let scale = BigRational::new(BigInt::from(whole), BigInt::from(filled.min(whole)));
    let mut sum = BigRational::zero();
    for group in groups {
        if let Some(share) = &group.share {
            let counts_with = group.weight.share() * &scale;
            sum += share * &counts_with;
            group.counts_with = Some(counts_with);
        }
    }
    Some(sum)
}

fn heap(groups: &[GroupTotal]) -> Option<BigRational> {
    let score: Points = groups.iter().map(|group| group.score).sum();
    let possible: Points = groups.iter().map(|group| group.possible).sum();
    (possible > Points::ZERO).then(|| score.exact() / possible.exact())
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::allow_attributes, reason = "a test says so by stopping")]
mod tests {
    use proptest::prelude::*;
    use store::Id;

    use super::*;

    fn group(n: u128) -> GroupId {
        GroupId(Id::from_u128(n))
    }

    fn row(column: u128, in_group: u128, score: Option<i64>, possible: i64) -> Row {
        Row {
            column: ColumnId(Id::from_u128(column)),
            group: group(in_group),
            score: score.map(Points::whole),
            possible: Points::whole(possible),
            excused: false,
            counts: true,
            pending: false,
            posted: true,
            submitted: true,
        }
    }

    fn rules(weights: &[(u128, i64)]) -> Rules {
        let rule = |percent: i64| GroupRule { weight: Percent::from_units(percent * 100), ..GroupRule::default() };
        Rules { groups: weights.iter().map(|(n, percent)| (group(*n), rule(*percent))).collect(), weighted: true }
    }

    fn percent(rows: &[Row], rules: &Rules, mode: Mode) -> Option<String> {
        total(rows, rules, mode, View::default()).percent.map(|percent| percent.to_string())
    }

    fn fates(total: &Total) -> Vec<Fate> {
        total.groups.iter().flat_map(|group| group.rows.iter().map(|(_, fate)| *fate)).collect()
    }

    #[test]
    fn current_leaves_out_what_has_no_score_and_final_counts_it_as_nothing() {
        let rows = [row(1, 1, Some(8), 10), row(2, 1, None, 10)];
        let heap = Rules::default();
        assert_eq!(percent(&rows, &heap, Mode::Current).as_deref(), Some("80"));
        assert_eq!(percent(&rows, &heap, Mode::Final).as_deref(), Some("40"));
        assert_eq!(percent(&rows[1..], &heap, Mode::Current), None, "nothing counts yet");
    }

    #[test]
    fn weights_of_empty_groups_are_shared_out_and_those_beyond_a_hundred_are_extra() {
        let rows = [row(1, 1, Some(9), 10), row(2, 2, Some(5), 10), row(3, 3, None, 10)];
        assert_eq!(percent(&rows, &rules(&[(1, 40), (2, 40), (3, 20)]), Mode::Current).as_deref(), Some("70"));
        assert_eq!(percent(&rows, &rules(&[(1, 100), (2, 20)]), Mode::Current).as_deref(), Some("100"));
        assert_eq!(percent(&rows, &rules(&[(1, 0), (2, 0)]), Mode::Current), None);
        assert_eq!(percent(&rows, &rules(&[(1, 30), (2, 30), (3, 40)]), Mode::Final).as_deref(), Some("42"));
    }

    #[test]
    fn only_the_end_is_rounded() {
        let rows = [row(1, 1, Some(2), 3), row(2, 2, Some(1), 3)];
        assert_eq!(percent(&rows, &rules(&[(1, 50), (2, 50)]), Mode::Current).as_deref(), Some("50"));
    }

    #[test]
    fn extra_credit_is_a_score_without_possible_points() {
        let rows = [row(1, 1, Some(9), 10), row(2, 1, Some(2), 0)];
        assert_eq!(percent(&rows, &Rules::default(), Mode::Current).as_deref(), Some("110"));
    }

    #[test]
    fn every_row_tells_what_became_of_it() {
        let mut rows = vec![
            Row { excused: true, ..row(1, 1, Some(1), 10) },
            Row { counts: false, ..row(2, 1, Some(1), 10) },
            Row { pending: true, ..row(3, 1, Some(1), 10) },
            Row { posted: false, ..row(4, 1, Some(1), 10) },
            row(5, 1, None, 10),
            row(6, 1, Some(2), 10),
            row(7, 1, Some(9), 10),
        ];
        let mut drops = rules(&[(1, 100)]);
        drops.groups.get_mut(&group(1)).unwrap().drops.lowest = 1;
        let told = total(&rows, &drops, Mode::Current, View::default());
        let expected = [
            Fate::Excused,
            Fate::LeftOut,
            Fate::Pending,
            Fate::NotPosted,
            Fate::NotGraded,
            Fate::DroppedLowest,
            Fate::Counted,
        ];
        assert_eq!(fates(&told), expected);
        assert_eq!(told.percent, Some(Percent::from_units(9_000)));
        let teacher = total(&rows, &drops, Mode::Current, View { unposted: true, ..View::default() });
        assert_eq!(fates(&teacher)[3], Fate::Counted, "what is not posted is not dropped either");
        rows[4].submitted = false;
        let ended = total(&rows, &drops, Mode::Final, View { concluded: true, ..View::default() });
        assert_eq!(fates(&ended)[4], Fate::NotSubmitted);
        assert_eq!(fates(&ended)[3], Fate::CountedAsZero, "a learner does not see what is not posted");
    }

    proptest! {
        /// The rule in its plainest form, without drops: shares by weight over the weights of groups that are filled.
        #[test]
        fn agrees_with_the_plain_rule(
            scores in prop::collection::vec((0..4_u128, prop::option::of(0..=20_i64), 1..=20_i64), 0..20),
            weights in prop::collection::vec(0..=60_i64, 4),
        ) {
            let rows: Vec<Row> = scores.iter().enumerate()
                .map(|(at, (in_group, score, possible))| row(at as u128, *in_group, *score, *possible)).collect();
            let rules = rules(&weights.iter().enumerate().map(|(at, weight)| (at as u128, *weight)).collect::<Vec<_>>());
            let fraction = |over: i64, under: i64| BigRational::new(BigInt::from(over), BigInt::from(under));
            let (mut sum, mut filled) = (BigRational::zero(), 0);
            for (at, weight) in weights.iter().enumerate() {
                let mine: Vec<_> = scores.iter().filter(|(group, score, _)| *group == at as u128 && score.is_some()).collect();
                let possible: i64 = mine.iter().map(|(_, _, possible)| possible).sum();
                if possible > 0 {
                    sum += fraction(mine.iter().map(|(_, score, _)| score.unwrap()).sum(), possible) * fraction(*weight, 100);
                    filled += weight;
                }
            }
            let expected = (filled > 0).then(|| if filled < 100 { sum * fraction(100, filled) } else { sum });
            prop_assert_eq!(total(&rows, &rules, Mode::Current, View::default()).exact, expected);
        }

        /// A better score never makes a total worse.
        #[test]
        fn a_better_score_never_hurts(scores in prop::collection::vec((0..2_u128, 0..=20_i64, 1..=20_i64), 1..10), lowest in 0..3_usize) {
            let rows: Vec<Row> = scores.iter().enumerate()
                .map(|(at, (in_group, score, possible))| row(at as u128, *in_group, Some(*score), *possible)).collect();
            let mut rules = rules(&[(0, 60), (1, 40)]);
            for rule in rules.groups.values_mut() { rule.drops.lowest = lowest; }
            let before = total(&rows, &rules, Mode::Final, View::default()).exact;
            for at in 0..rows.len() {
                let mut better = rows.clone();
                better[at].score = better[at].score.map(|score| score + Points::whole(1));
                prop_assert!(total(&better, &rules, Mode::Final, View::default()).exact >= before);
            }
        }
    }
}
