//! Reads every file of a set and counts, per format and per kind, what was read with its scoring
//! intact; every refusal is named.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use crate::attempt::Scoring;
use crate::finding::Severity;
use crate::model::{Dialect, Item, Version};
use crate::{Document, Error, Limits, Package, package};

/// How many items of one format and kind were read, and how.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Count {
    /// All of them.
    pub items: usize,
    /// Scored by rules that can all be executed, or by a key.
    pub scored: usize,
    /// Marked by a person, as they are meant to be.
    pub by_hand: usize,
    /// Nothing to score.
    pub unscored: usize,
    /// The scoring cannot be executed, or a part of the question was lost.
    pub broken: usize,
}

/// What a set of files holds.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Check {
    /// Counts by format and kind.
    pub counts: BTreeMap<(String, &'static str), Count>,
    /// Tests that were read.
    pub tests: usize,
    /// Files that are of another kind than questions.
    pub others: usize,
    /// Files that are refused: path and reason.
    pub refused: Vec<(String, String)>,
    /// Items whose scoring is not intact: path, item, reason.
    pub broken: Vec<(String, String, String)>,
}

impl Check {
    /// Reads one file, which may be a zip package.
    pub fn add(&mut self, path: &str, bytes: &[u8], limits: &Limits) {
        if bytes.starts_with(b"PK") {
            self.archive(path, bytes, limits);
            return;
        }
        let manifest = path.rsplit('/').next() == Some(package::MANIFEST);
        match Document::parse(path, bytes, limits) {
            Ok(document) => {
                self.tests += document.tests.len();
                for item in &document.items {
                    self.item(path, item);
                }
            }
            Err(Error::NotQti { .. }) => self.others += 1,
            Err(_) if manifest => self.others += 1,
            Err(error) => self.refused.push((path.to_owned(), error.to_string())),
        }
    }

    fn archive(&mut self, path: &str, bytes: &[u8], limits: &Limits) {
        match Package::parse(bytes, limits) {
            Ok(package) => {
                self.tests += package.tests.len();
                for (inside, item) in &package.items {
                    self.item(&format!("{path}/{inside}"), item);
                }
                let refused = package.refused.into_iter();
                self.refused.extend(refused.map(|(inside, reason)| (format!("{path}/{inside}"), reason)));
            }
            Err(error) => self.refused.push((path.to_owned(), error.to_string())),
        }
    }

    fn item(&mut self, path: &str, item: &Item) {
        let format = match (item.version, item.dialect) {
            (Version::V1, Dialect::Plain) => "1.2".to_owned(),
            (Version::V1, dialect) => format!("1.2 {dialect:?}"),
            (version, _) => version.as_str().to_owned(),
        };
        let count = self.counts.entry((format, item.kind.as_str())).or_default();
        count.items += 1;
        let lost = item.findings.iter().find(|finding| finding.severity == Severity::Loss);
        let reason = match (item.scoring(), lost) {
            (Scoring::Broken(reason), _) => Some(reason),
            (_, Some(finding)) => Some(finding.message.clone()),
            (Scoring::Rules | Scoring::KeyOnly, None) => {
                count.scored += 1;
                None
            }
            (Scoring::ByHand, None) => {
                count.by_hand += 1;
                None
            }
            (Scoring::Nothing, None) => {
                count.unscored += 1;
                None
            }
        };
        if let Some(reason) = reason {
            count.broken += 1;
            self.broken.push((path.to_owned(), item.identifier.clone(), reason));
        }
    }

    /// The table, then what is broken and what is refused, each by name.
    pub fn table(&self) -> String {
        let mut out = String::new();
        let mut total = Count::default();
        let _ = writeln!(
            out,
            "{:<20} {:<20} {:>6} {:>7} {:>8} {:>9} {:>7}",
            "format", "kind", "items", "scored", "by hand", "unscored", "broken"
        );
        for ((format, kind), count) in &self.counts {
            row(&mut out, format, kind, *count);
            total.items += count.items;
            total.scored += count.scored;
            total.by_hand += count.by_hand;
            total.unscored += count.unscored;
            total.broken += count.broken;
        }
        row(&mut out, "all", "", total);
        let _ = writeln!(out, "{} tests, {} other documents, {} refused", self.tests, self.others, self.refused.len());
        for (path, item, reason) in &self.broken {
            let _ = writeln!(out, "broken: {path} ({item}): {reason}");
        }
        for (path, reason) in &self.refused {
            let _ = writeln!(out, "refused: {path}: {reason}");
        }
        out
    }
}

fn row(out: &mut String, format: &str, kind: &str, count: Count) {
    let Count { items, scored, by_hand, unscored, broken } = count;
    let _ = writeln!(out, "{format:<20} {kind:<20} {items:>6} {scored:>7} {by_hand:>8} {unscored:>9} {broken:>7}");
}
