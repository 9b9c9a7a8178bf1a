//! What submissions of one assignment have in common: runs of five words that two of them share (campus-rules M21). It
//! says where to look, never that somebody copied: quotations and the task itself are alike everywhere. Pure.

use std::collections::{BTreeMap, HashMap, HashSet};

/// Words in a run.
pub const RUN: usize = 5;
/// Words of one text that are looked at; what stands behind them is not.
pub const WORDS_MAX: usize = 50_000;
/// Words of all texts together; beyond it texts are left out, the last first.
pub const ALL_WORDS_MAX: usize = 1_000_000;
/// Pairs that a report has at the most.
pub const PAIRS_MAX: usize = 200;
/// The least share of the shorter text, in hundredths, from which on a pair is reported.
pub const LEAST_PERCENT: u32 = 10;

/// A word with its place in the text, in bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Word {
    start: usize,
    end: usize,
}

/// A text cut into words.
#[derive(Clone, Debug)]
pub struct Text {
    words: Vec<Word>,
    /// The number of each word, the same for the same letters whatever their case.
    numbers: Vec<u32>,
}

/// Words and their numbers, shared by all texts that are compared.
#[derive(Debug, Default)]
pub struct Vocabulary(HashMap<String, u32>);

impl Vocabulary {
    /// Cuts a text into words: letters and digits, without case and punctuation.
    pub fn cut(&mut self, text: &str) -> Text {
        let (mut words, mut numbers) = (Vec::new(), Vec::new());
        let mut start = None;
        let ends = text.char_indices().map(Some).chain(std::iter::once(None));
        for place in ends {
            let letter = place.filter(|(_, c)| c.is_alphanumeric());
            match (start, letter) {
                (None, Some((at, _))) => start = Some(at),
                (Some(from), None) => {
                    let end = place.map_or(text.len(), |(at, _)| at);
                    let next = u32::try_from(self.0.len()).unwrap_or(u32::MAX);
                    numbers.push(*self.0.entry(text[from..end].to_lowercase()).or_insert(next));
                    words.push(Word { start: from, end });
                    start = None;
                    if words.len() >= WORDS_MAX {
                        break;
                    }
                }
                _ => {}
            }
        }
        Text { words, numbers }
    }
}

type Run = [u32; RUN];

impl Text {
    /// How many words it has.
    pub fn len(&self) -> usize {
        self.words.len()
    }

    /// Whether it has none.
    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    fn runs(&self) -> impl Iterator<Item = Run> + '_ {
        self.numbers.windows(RUN).filter_map(|window| window.try_into().ok())
    }
}

/// Two texts that have something in common.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pair {
    /// The places of the two in the list, the smaller first.
    pub of: (usize, usize),
    /// Runs that both have.
    pub shared: usize,
    /// What share of the shorter one's runs that is, in whole percent, rounded down.
    pub percent: u32,
}

/// The pairs that have the most in common, those with the largest share first. `known` is the task itself and whatever
/// else everybody may quote: its runs do not count.
pub fn pairs(texts: &[Text], known: &Text) -> Vec<Pair> {
    let known: HashSet<Run> = known.runs().collect();
    let own: Vec<HashSet<Run>> =
        texts.iter().map(|text| text.runs().filter(|run| !known.contains(run)).collect()).collect();
    let mut holders: HashMap<Run, Vec<usize>> = HashMap::new();
    for (at, runs) in own.iter().enumerate() {
        for run in runs {
            holders.entry(*run).or_default().push(at);
        }
    }
    // What more than a third of many have is common property, not a trace of one to another.
    let common = (texts.len() / 3).max(8);
    let mut shared: BTreeMap<(usize, usize), usize> = BTreeMap::new();
    for holders in holders.values().filter(|holders| holders.len() > 1 && holders.len() <= common) {
        for (n, one) in holders.iter().enumerate() {
            for other in &holders[n + 1..] {
                *shared.entry((*one, *other)).or_default() += 1;
            }
        }
    }
    let made = shared.into_iter().map(|(of, shared)| {
        let shorter = own[of.0].len().min(own[of.1].len()).max(1);
        Pair { of, shared, percent: u32::try_from(shared * 100 / shorter).unwrap_or(100) }
    });
    let mut pairs: Vec<Pair> = made.filter(|pair| pair.percent >= LEAST_PERCENT).collect();
    pairs.sort_by_key(|pair| (std::cmp::Reverse((pair.percent, pair.shared)), pair.of));
    pairs.truncate(PAIRS_MAX);
    pairs
}

/// A piece of a text, and whether the other has it too.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    /// Its letters, as they stand.
    pub text: String,
    /// Whether it is in a run that both have.
    pub is_shared: bool,
}

/// A text in pieces, by what another has too.
pub fn pieces(source: &str, text: &Text, other: &Text, known: &Text) -> Vec<Piece> {
    let known: HashSet<Run> = known.runs().collect();
    let theirs: HashSet<Run> = other.runs().filter(|run| !known.contains(run)).collect();
    let mut is_shared = vec![false; text.len()];
    for (at, run) in text.runs().enumerate() {
        if theirs.contains(&run) {
            is_shared[at..at + RUN].fill(true);
        }
    }
    let mut pieces = Vec::new();
    let mut at = 0;
    let mut word = 0;
    while word < is_shared.len() {
        if !is_shared[word] {
            word += 1;
            continue;
        }
        let first = word;
        while word < is_shared.len() && is_shared[word] {
            word += 1;
        }
        let (start, end) = (text.words[first].start, text.words[word - 1].end);
        push(&mut pieces, &source[at..start], false);
        push(&mut pieces, &source[start..end], true);
        at = end;
    }
    push(&mut pieces, &source[at..], false);
    pieces
}

fn push(pieces: &mut Vec<Piece>, text: &str, is_shared: bool) {
    if !text.is_empty() {
        pieces.push(Piece { text: text.to_owned(), is_shared });
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::allow_attributes, reason = "a test says so by stopping")]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn compare(texts: &[&str], known: &str) -> Vec<Pair> {
        let mut words = Vocabulary::default();
        let cut: Vec<Text> = texts.iter().map(|text| words.cut(text)).collect();
        let known = words.cut(known);
        pairs(&cut, &known)
    }

    const TIDE: &str = "The moon draws the water of the sea towards itself twice a day, and we call it the tide.";

    #[test]
    fn shared_runs_are_found_whatever_case_and_points() {
        let copy = "As is well known, THE MOON draws the water of the sea towards itself; twice a day and so on.";
        let other = "Crabs live under stones where the water stays when the sea has gone away for a while.";
        let found = compare(&[TIDE, copy, other], "");
        assert_eq!(found.len(), 1);
        assert_eq!((found[0].of, found[0].shared), ((0, 1), 10));
        assert_eq!(compare(&[TIDE, TIDE], "")[0].percent, 100);
        assert!(compare(&[TIDE, copy], TIDE).is_empty(), "what the task says is nobody's copy");
        assert!(compare(&["one two three four", "one two three four"], "").is_empty(), "shorter than a run");
    }

    #[test]
    fn pieces_quote_what_is_shared() {
        let mut words = Vocabulary::default();
        let source = "I think that the moon draws the water, because it is heavy.";
        let (one, other, none) =
            (words.cut(source), words.cut("They say that the moon draws the tide."), words.cut(""));
        let told = pieces(source, &one, &other, &none);
        let shared: Vec<&str> = told.iter().filter(|piece| piece.is_shared).map(|piece| piece.text.as_str()).collect();
        assert_eq!(shared, ["that the moon draws the"]);
    }

    /// The slow and obvious way: every run of one against every run of the other.
    fn slowly(one: &Text, other: &Text) -> usize {
        let (one, other): (Vec<Run>, Vec<Run>) = (one.runs().collect(), other.runs().collect());
        let distinct: HashSet<Run> = one.into_iter().filter(|run| other.contains(run)).collect();
        distinct.len()
    }

    proptest! {
        #[test]
        fn agrees_with_comparing_every_run_with_every_other(
            one in prop::collection::vec(0..4_u8, 0..40), other in prop::collection::vec(0..4_u8, 0..40),
        ) {
            let text = |numbers: &[u8]| numbers.iter().map(|n| format!("w{n}")).collect::<Vec<_>>().join(" ");
            let mut words = Vocabulary::default();
            let cut = [words.cut(&text(&one)), words.cut(&text(&other))];
            let known = words.cut("");
            let shared = slowly(&cut[0], &cut[1]);
            let found = pairs(&cut, &known);
            prop_assert_eq!(found.first().map_or(0, |pair| pair.shared), if found.is_empty() { 0 } else { shared });
            prop_assert!(!found.is_empty() || shared == 0 || shared * 10 < one.len().min(other.len()));
        }

        /// The pieces of a text are the text, whatever it is.
        #[test]
        fn pieces_make_the_text_again(source in "\\PC{0,60}", other in "\\PC{0,60}") {
            let mut words = Vocabulary::default();
            let (one, two, none) = (words.cut(&source), words.cut(&other), words.cut(""));
            let joined: String = pieces(&source, &one, &two, &none).into_iter().map(|piece| piece.text).collect();
            prop_assert_eq!(joined, source);
        }
    }
}
