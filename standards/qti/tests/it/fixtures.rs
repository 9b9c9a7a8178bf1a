//! The real files of the folder of fixtures.

use qti::{Check, Limits};

use crate::support::fixtures;

/// Reads all files below a folder.
fn check(folder: &str) -> Option<Check> {
    let root = fixtures()?.join(folder);
    let mut check = Check::default();
    let mut waiting = vec![root.clone()];
    while let Some(next) = waiting.pop() {
        let mut paths: Vec<_> = std::fs::read_dir(next).unwrap().map(|entry| entry.unwrap().path()).collect();
        paths.sort();
        for path in paths {
            if path.is_dir() {
                waiting.push(path);
            } else if path
                .extension()
                .is_some_and(|extension| matches!(extension.to_str(), Some("xml" | "qti" | "zip")))
            {
                let name = path.strip_prefix(&root).unwrap().display().to_string();
                check.add(&name, &std::fs::read(&path).unwrap(), &Limits::default());
            }
        }
    }
    Some(check)
}

#[test]
fn nearly_all_real_questions_keep_their_scoring() {
    let Some(check) = check("qti") else { return };
    let (all, broken) =
        check.counts.values().fold((0, 0), |(all, broken), count| (all + count.items, broken + count.broken));
    eprintln!("{}", check.table());
    assert!(all > 900, "{all} items");
    assert!(broken * 50 <= all, "{broken} of {all} items lose their scoring");
}
