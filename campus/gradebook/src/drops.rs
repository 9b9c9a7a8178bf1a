//! Which rows of a group are dropped so that the group's percentage is best (campus-rules M1).
//!
//! Not the lowest percentages one by one: what counts is the ratio of all points that stay. It is found by Dinkelbach's
//! iteration, which is exact and ends after a handful of rounds.

use std::collections::BTreeSet;

use crate::{ColumnId, Points};

/// How many rows of a group are dropped.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DropRule {
    /// So many of the lowest.
    pub lowest: usize,
    /// So many of the highest, of what is left then.
    pub highest: usize,
    /// Rows that are never dropped.
    pub never: BTreeSet<ColumnId>,
}

/// A row that could be dropped.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Scored {
    /// Its column; of rows that are worth the same the later column is dropped.
    pub column: ColumnId,
    /// The score.
    pub score: Points,
    /// The points possible.
    pub possible: Points,
    /// Whether it may be dropped at all: what is not posted may not.
    pub droppable: bool,
}

/// What was dropped.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Dropped {
    /// As the lowest.
    pub lowest: BTreeSet<ColumnId>,
    /// As the highest.
    pub highest: BTreeSet<ColumnId>,
}

/// Chooses what is dropped of these rows.
///
/// At least one droppable row stays. Rows with nothing possible are not dropped, unless nothing is possible in the whole
/// group: then the scores alone decide.
pub fn dropped(rows: &[Scored], rule: &DropRule) -> Dropped {
    let by_score = rows.iter().all(|row| row.possible <= Points::ZERO);
    let may_go =
        |row: &Scored| row.droppable && !rule.never.contains(&row.column) && (by_score || row.possible > Points::ZERO);
    let (mut open, fixed): (Vec<Scored>, Vec<Scored>) = rows.iter().copied().partition(may_go);
    open.sort_by_key(|row| row.column);
    let count = open.len();
    if count == 0 {
        return Dropped::default();
    }
    let lowest = rule.lowest.min(count - 1);
    let highest = if lowest + rule.highest >= count { 0 } else { rule.highest };
    let fixed = (units(fixed.iter().map(|row| row.score)), units(fixed.iter().map(|row| row.possible)));
    let best = keep(open.clone(), count - lowest, fixed, by_score, 1);
    let kept = keep(best.clone(), count - lowest - highest, fixed, by_score, -1);
    let columns = |rows: &[Scored]| rows.iter().map(|row| row.column).collect::<BTreeSet<_>>();
    let (all, best, kept) = (columns(&open), columns(&best), columns(&kept));
    Dropped { lowest: &all - &best, highest: &best - &kept }
}

fn units(points: impl Iterator<Item = Points>) -> i128 {
    points.map(|points| i128::from(points.units())).sum()
}

/// The `count` rows for which the ratio with the fixed ones is greatest (`sign` 1) or smallest (-1).
fn keep(rows: Vec<Scored>, count: usize, fixed: (i128, i128), by_score: bool, sign: i128) -> Vec<Scored> {
    if count >= rows.len() {
        return rows;
    }
    // What a row adds at the ratio `over / under`, times `under`, so that it stays whole.
    let best = |over: i128, under: i128| {
        let mut ranked = rows.clone();
        let value = |row: &Scored| i128::from(row.score.units()) * under - over * i128::from(row.possible.units());
        ranked.sort_by_key(|row| (std::cmp::Reverse(sign * value(row)), row.column));
        ranked.truncate(count);
        ranked
    };
    if by_score {
        return best(0, 1);
    }
    let ratio = |rows: &[Scored]| {
        let over = fixed.0 + units(rows.iter().map(|row| row.score));
        (over, fixed.1 + units(rows.iter().map(|row| row.possible)))
    };
    let mut now = ratio(&rows);
    loop {
        let kept = best(now.0, now.1);
        let next = ratio(&kept);
        if next.0 * now.1 == now.0 * next.1 {
            return kept;
        }
        now = next;
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use store::Id;

    use super::*;

    fn row(column: u128, score: i64, possible: i64) -> Scored {
        let column = ColumnId(Id::from_u128(column));
        Scored { column, score: Points::whole(score), possible: Points::whole(possible), droppable: true }
    }

    fn columns(set: &BTreeSet<ColumnId>) -> Vec<u128> {
        set.iter().map(|column| column.0.as_u128()).collect()
    }

    fn rule(lowest: usize, highest: usize) -> DropRule {
        DropRule { lowest, highest, never: BTreeSet::new() }
    }

    #[test]
    fn what_helps_most_is_dropped_not_the_lowest_percentage() {
        // 2 of 10 is the lowest percentage, but 80 of 200 costs more.
        let rows = [row(1, 2, 10), row(2, 80, 200), row(3, 90, 100)];
        assert_eq!(columns(&dropped(&rows, &rule(1, 0)).lowest), [2]);
        assert_eq!(columns(&dropped(&rows, &rule(0, 1)).highest), [3]);
    }

    #[test]
    fn something_always_stays() {
        let rows = [row(1, 1, 10), row(2, 5, 10)];
        assert_eq!(columns(&dropped(&rows, &rule(9, 9)).lowest), [1]);
        assert_eq!(dropped(&rows, &rule(0, 2)), Dropped::default(), "too many highest are none");
        assert_eq!(dropped(&[], &rule(1, 1)), Dropped::default());
    }

    #[test]
    fn what_is_never_dropped_stays_and_equals_go_from_the_end() {
        let rows = [row(1, 5, 10), row(2, 5, 10), row(3, 0, 10)];
        let never = DropRule { never: [ColumnId(Id::from_u128(3))].into(), ..rule(1, 0) };
        assert_eq!(columns(&dropped(&rows, &never).lowest), [2]);
        let extra = [row(1, 3, 0), row(2, 1, 0), row(3, 2, 0)];
        assert_eq!(columns(&dropped(&extra, &rule(1, 1)).lowest), [2], "without possible points the scores decide");
        assert_eq!(columns(&dropped(&extra, &rule(1, 1)).highest), [1]);
    }

    /// Every choice of `count` rows, and the best ratio among them as a fraction.
    fn brute_force(rows: &[Scored], count: usize, fixed: (i128, i128), sign: i128) -> (i128, i128) {
        let choices = (0_u32..1 << rows.len()).filter(|bits| bits.count_ones() as usize == count);
        let ratios = choices.map(|bits| {
            let chosen = rows.iter().enumerate().filter(|(at, _)| bits & (1 << at) != 0).map(|(_, row)| row);
            chosen.fold(fixed, |(over, under), row| {
                (over + i128::from(row.score.units()), under + i128::from(row.possible.units()))
            })
        });
        let best = ratios.reduce(|best, next| if sign * (next.0 * best.1 - best.0 * next.1) > 0 { next } else { best });
        best.unwrap_or(fixed)
    }

    fn rows() -> impl Strategy<Value = Vec<Scored>> {
        let one = (0..=20_i64, 0..=20_i64, any::<bool>());
        prop::collection::vec(one, 1..=12).prop_map(|rows| {
            let rows = rows.into_iter().enumerate();
            rows.map(|(at, (score, possible, droppable))| Scored {
                droppable: droppable || at % 3 == 0,
                ..row(at as u128, score, possible)
            })
            .collect()
        })
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2_000))]

        #[test]
        fn agrees_with_brute_force(rows in rows(), lowest in 0..13_usize, highest in 0..13_usize) {
            let gone = dropped(&rows, &rule(lowest, highest));
            let (open, fixed): (Vec<Scored>, Vec<Scored>) =
                rows.iter().copied().partition(|row| row.droppable && row.possible > Points::ZERO);
            prop_assume!(!open.is_empty());
            let lowest = lowest.min(open.len() - 1);
            let highest = if lowest + highest >= open.len() { 0 } else { highest };
            prop_assert_eq!((gone.lowest.len(), gone.highest.len()), (lowest, highest));
            let fixed = (units(fixed.iter().map(|row| row.score)), units(fixed.iter().map(|row| row.possible)));
            let ratio = |rows: &[Scored]| (fixed.0 + units(rows.iter().map(|row| row.score)), fixed.1 + units(rows.iter().map(|row| row.possible)));
            let best: Vec<Scored> = open.iter().copied().filter(|row| !gone.lowest.contains(&row.column)).collect();
            let (mine, theirs) = (ratio(&best), brute_force(&open, open.len() - lowest, fixed, 1));
            prop_assert_eq!(mine.0 * theirs.1, theirs.0 * mine.1);
            let kept: Vec<Scored> = best.iter().copied().filter(|row| !gone.highest.contains(&row.column)).collect();
            let (mine, theirs) = (ratio(&kept), brute_force(&best, best.len() - highest, fixed, -1));
            prop_assert_eq!(mine.0 * theirs.1, theirs.0 * mine.1);
        }
    }
}
