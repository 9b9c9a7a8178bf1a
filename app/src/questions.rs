//! `stoa questions check DIR`: what of the question files in a folder can be taken over, per format and per kind, and why
//! the rest cannot.

use std::collections::BTreeMap;
use std::fmt;
use std::path::{Path, PathBuf};

use assessment::import::{FILE_BYTES_MAX, Format, Report, guess, read};

/// What was found in a folder.
#[derive(Debug, Default)]
pub struct Checked {
    /// By format: how many questions of each kind are taken over, and how many are left out.
    formats: BTreeMap<Format, Tally>,
    /// Files that hold no questions.
    others: usize,
    /// Each question that is left out and each file that is refused: file, place in it, reason.
    refused: Vec<(String, String, String)>,
}

#[derive(Debug, Default)]
struct Tally {
    files: usize,
    taken: BTreeMap<&'static str, usize>,
    left: usize,
}

/// Reads every question file below a folder; a file may be named as well.
pub fn check(root: &Path) -> std::io::Result<Checked> {
    let mut checked = Checked::default();
    for path in files(root)? {
        let name = path.strip_prefix(root).unwrap_or(&path).display().to_string();
        if std::fs::metadata(&path)?.len() > FILE_BYTES_MAX as u64 {
            let why = format!("it has more than {FILE_BYTES_MAX} bytes");
            checked.refused.push((name, String::new(), why));
            continue;
        }
        let bytes = std::fs::read(&path)?;
        let format = guess(&name, &bytes);
        let is_other =
            if is_text(&path) { !has_questions(&bytes) } else { format == Format::Qti && is_other(&name, &bytes) };
        if is_other {
            checked.others += 1;
            continue;
        }
        checked.add(&name, format, &read(format, &bytes));
    }
    Ok(checked)
}

fn files(root: &Path) -> std::io::Result<Vec<PathBuf>> {
    if root.is_file() {
        return Ok(vec![root.to_owned()]);
    }
    let mut out = Vec::new();
    let mut folders = vec![root.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder)? {
            let entry = entry?;
            let path = entry.path();
            // Not through links: they may lead round in a circle.
            if entry.file_type()?.is_dir() {
                folders.push(path);
            } else if ending(&path).is_some_and(|ending| ["xml", "zip", "gift", "txt"].contains(&ending.as_str())) {
                out.push(path);
            }
        }
    }
    out.sort();
    Ok(out)
}

fn ending(path: &Path) -> Option<String> {
    path.extension().map(|ending| ending.to_string_lossy().to_ascii_lowercase())
}

fn is_text(path: &Path) -> bool {
    ending(path).as_deref() == Some("txt")
}

/// Whether a text can be one of questions at all, rather than notes about them: an answer named, or in braces.
fn has_questions(bytes: &[u8]) -> bool {
    let text = String::from_utf8_lossy(bytes);
    let begins = |rest: &str| rest.trim_start().starts_with(['=', '~', '#', 'T', 'F', '}']);
    text.contains("ANSWER:") || text.split('{').skip(1).any(begins)
}

/// Whether a file is of something else: an archive without a manifest, a manifest, a text that questions show, results.
fn is_other(name: &str, bytes: &[u8]) -> bool {
    if bytes.starts_with(b"PK") {
        // Names stand as they are in an archive's table of contents.
        return !bytes.windows(qti::MANIFEST.len()).any(|window| window == qti::MANIFEST.as_bytes());
    }
    let is_manifest = name.rsplit('/').next() == Some(qti::MANIFEST);
    let document = || qti::Document::parse(name, bytes, &qti::Limits::default());
    is_manifest || matches!(document(), Err(qti::Error::NotQti { .. }))
}

impl Checked {
    fn add(&mut self, name: &str, format: Format, report: &Report) {
        if report.found.is_empty() && report.lost() == 0 {
            self.others += 1;
            return;
        }
        let tally = self.formats.entry(format).or_default();
        tally.files += 1;
        for found in &report.found {
            *tally.taken.entry(found.question.kind().as_str()).or_default() += 1;
        }
        for told in report.told.iter().filter(|told| told.is_lost) {
            tally.left += 1;
            self.refused.push((name.to_owned(), told.place.clone(), format!("{}: {}", told.why, told.detail)));
        }
    }
}

impl fmt::Display for Checked {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (file, place, why) in &self.refused {
            let place = if place.is_empty() { String::new() } else { format!(", {place}") };
            writeln!(f, "left out: {file}{place}: {why}")?;
        }
        for (format, tally) in &self.formats {
            let taken: usize = tally.taken.values().sum();
            let all = taken + tally.left;
            let share = (taken * 1000).checked_div(all).unwrap_or(1000);
            writeln!(
                f,
                "{format}: {taken} of {all} questions ({}.{} %) in {} files",
                share / 10,
                share % 10,
                tally.files
            )?;
            for (kind, count) in &tally.taken {
                writeln!(f, "  {kind:<12} {count}")?;
            }
        }
        write!(f, "files without questions: {}", self.others)
    }
}
