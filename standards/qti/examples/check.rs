//! Reads every file of a folder and prints what was read with its scoring intact.

use std::io::Write as _;
use std::path::{Path, PathBuf};

fn main() -> std::io::Result<()> {
    let folder = PathBuf::from(std::env::args().nth(1).unwrap_or_else(|| ".".to_owned()));
    let mut check = qti::Check::default();
    let mut waiting = vec![folder.clone()];
    while let Some(next) = waiting.pop() {
        for entry in std::fs::read_dir(next)? {
            let path = entry?.path();
            if path.is_dir() {
                waiting.push(path);
            } else if is_read(&path) {
                let name = path.strip_prefix(&folder).unwrap_or(&path).display().to_string();
                check.add(&name, &std::fs::read(&path)?, &qti::Limits::default());
            }
        }
    }
    std::io::stdout().write_all(check.table().as_bytes())
}

fn is_read(path: &Path) -> bool {
    path.extension()
        .is_some_and(|extension| matches!(extension.to_str(), Some("xml" | "qti" | "zip" | "imscc" | "dat")))
}
