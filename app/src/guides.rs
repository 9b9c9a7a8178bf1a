//! The guides in `docs/` hold: each command in them exists, each link leads somewhere, and the table of settings is the
//! one that the program knows.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use clap::Parser as _;
use clap::error::ErrorKind;

use crate::command::Command;
use crate::config::SETTINGS;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// The guides, with their texts.
fn guides() -> Vec<(PathBuf, String)> {
    let docs = fs::read_dir(root().join("docs")).unwrap().map(|entry| entry.unwrap().path());
    let mut paths: Vec<PathBuf> = docs.filter(|path| path.extension().is_some_and(|ending| ending == "md")).collect();
    paths.extend(["README.md", "CONTRIBUTING.md", "ARCHITECTURE.md", "STYLE.md"].map(|name| root().join(name)));
    assert!(paths.len() >= 9, "{paths:?}");
    paths.into_iter().map(|path| (path.clone(), fs::read_to_string(path).unwrap())).collect()
}

/// What stands in a text as code: the lines of blocks, and what is between backticks elsewhere.
fn code(text: &str) -> Vec<&str> {
    let (mut found, mut in_block) = (Vec::new(), false);
    for line in text.lines() {
        if line.trim_start().starts_with("```") {
            in_block = !in_block;
        } else if in_block {
            found.push(line.trim());
        } else {
            found.extend(line.split('`').skip(1).step_by(2));
        }
    }
    found
}

/// The arguments of `stoa` in a line of code; none where it is another program's.
fn arguments(line: &str) -> Option<Vec<&str>> {
    let line = line.split(" # ").next().unwrap_or(line).trim();
    let line = line.strip_prefix("sudo -u stoa ").unwrap_or(line);
    let own = line.strip_prefix("stoa ").or_else(|| line.strip_prefix("cargo run --release -- "))?;
    Some(own.split_whitespace().collect())
}

#[test]
fn every_command_in_the_guides_exists() {
    let mut tried = 0;
    for (path, text) in guides() {
        for line in code(&text) {
            let Some(arguments) = arguments(line) else { continue };
            tried += 1;
            if arguments.first() == Some(&"help") {
                continue;
            }
            let parsed = Command::try_parse_from(std::iter::once("stoa").chain(arguments));
            // In a sentence a command is named without what it needs.
            let fault = parsed.err().filter(|e| e.kind() != ErrorKind::MissingRequiredArgument);
            assert!(fault.is_none(), "{}: `{line}`: {}", path.display(), fault.unwrap());
        }
    }
    assert!(tried > 20, "only {tried} commands were found");
}

#[test]
fn every_link_in_the_guides_leads_somewhere() {
    let mut followed = 0;
    for (path, text) in guides() {
        let links = text.split("](").skip(1).map(|rest| rest.split(')').next().unwrap_or_default());
        let pictures = text.split("src=\"").skip(1).map(|rest| rest.split('"').next().unwrap_or_default());
        for link in links.chain(pictures) {
            let is_elsewhere = link.starts_with("https://") || link.starts_with("http://");
            if is_elsewhere || link.starts_with("page:") {
                continue;
            }
            followed += 1;
            let (file, anchor) = link.split_once('#').unwrap_or((link, ""));
            let target = if file.is_empty() { path.clone() } else { path.parent().unwrap().join(file) };
            assert!(target.exists(), "{}: {link} is not there", path.display());
            if !anchor.is_empty() {
                let there = anchors(&fs::read_to_string(&target).unwrap());
                assert!(there.contains(anchor), "{}: {link}: there is no such heading", path.display());
            }
        }
    }
    assert!(followed > 20, "only {followed} links were found");
}

/// The anchors that a forge makes of headings.
fn anchors(text: &str) -> BTreeSet<String> {
    let headings = text.lines().filter(|line| line.starts_with('#')).map(|line| line.trim_start_matches('#').trim());
    let letter = |c: char| match c {
        ' ' => Some('-'),
        c if c.is_alphanumeric() || c == '-' || c == '_' => Some(c.to_ascii_lowercase()),
        _ => None,
    };
    headings.map(|heading| heading.chars().filter_map(letter).collect()).collect()
}

#[test]
fn the_administrator_reads_every_setting() {
    let mut table = String::from("| Setting | Default | Meaning |\n|---|---|---|\n");
    for setting in SETTINGS {
        let default = if setting.default.is_empty() { String::new() } else { format!("`{}`", setting.default) };
        table.push_str(&format!("| `{}` | {default} | {} |\n", setting.name, setting.help.replace('|', "\\|")));
    }
    let guide = fs::read_to_string(root().join("docs/administrator.md")).unwrap();
    let own =
        guide.split("<!-- settings: begin -->\n").nth(1).and_then(|rest| rest.split("<!-- settings: end -->").next());
    assert_eq!(own.unwrap(), table, "put this table between the marks in docs/administrator.md:\n{table}");
}
