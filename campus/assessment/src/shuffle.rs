//! Orders that follow from a seed: the same attempt shows the same order however often it is opened.

/// A source of numbers from a seed (SplitMix64, Steele, Lea and Flood 2014).
#[derive(Clone, Copy, Debug)]
pub(crate) struct Draws(u64);

impl Draws {
    /// From a seed and what is drawn for: two questions of one attempt must not be shuffled alike.
    pub(crate) const fn new(seed: i64, salt: u64) -> Self {
        Self((seed as u64) ^ salt.wrapping_mul(0x9e37_79b9_7f4a_7c15))
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number below `below`; 0 where that is 0.
    pub(crate) fn below(&mut self, below: usize) -> usize {
        // The bias of a remainder is below 2^-50 for lists of any length that a quiz has.
        (self.next() % (below.max(1) as u64)) as usize
    }
}

/// Puts a list into the order of a seed (Fisher and Yates).
pub(crate) fn shuffle<T>(list: &mut [T], seed: i64, salt: u64) {
    let mut draws = Draws::new(seed, salt);
    for last in (1..list.len()).rev() {
        list.swap(last, draws.below(last + 1));
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn every_order_comes_about_as_often() {
        let mut seen = std::collections::BTreeMap::new();
        for seed in 0..6_000 {
            let mut list = [1, 2, 3];
            shuffle(&mut list, seed, 7);
            *seen.entry(list).or_insert(0) += 1;
        }
        assert_eq!(seen.len(), 6);
        assert!(seen.values().all(|count| (850..1150).contains(count)), "{seen:?}");
    }

    proptest! {
        #[test]
        fn a_shuffle_loses_nothing_and_comes_again(count in 0_usize..40, seed: i64, salt: u64) {
            let mut list: Vec<usize> = (0..count).collect();
            shuffle(&mut list, seed, salt);
            let mut again: Vec<usize> = (0..count).collect();
            shuffle(&mut again, seed, salt);
            prop_assert_eq!(&list, &again);
            list.sort_unstable();
            prop_assert_eq!(list, (0..count).collect::<Vec<_>>());
        }
    }
}
