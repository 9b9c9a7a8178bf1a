//! Every statement of the program is prepared on both engines: what a macro with a live database does elsewhere.

use std::fs;
use std::path::{Path, PathBuf};

use store::{Db, Sql};

struct Statement {
    place: String,
    sql: &'static Sql,
}

/// Every `sql!(...)` in the sources of the program, its own tests left out: they have tables of their own.
fn statements() -> Vec<Statement> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let mut files = Vec::new();
    for wing in ["kit", "people", "campus", "space", "bridge", "demo", "app"] {
        rust_files(&root.join(wing), &mut files);
    }
    let mut out = Vec::new();
    for file in files {
        let text = fs::read_to_string(&file).unwrap();
        let program = text.split("#[cfg(test)]\nmod tests").next().unwrap();
        for (at, _) in program.match_indices("sql!(") {
            let line = program[..at].lines().count();
            let line_start = program[..at].rfind('\n').map_or(0, |newline| newline + 1);
            if program[line_start..at].trim_start().starts_with("//") {
                continue;
            }
            let place = format!("{}:{line}", file.strip_prefix(root).unwrap().display());
            let literals = literals(&program[at + 5..]);
            let literals: Vec<&'static str> =
                literals.into_iter().map(|text| &*Box::leak(text.into_boxed_str())).collect();
            let sql = match literals[..] {
                [both] => Sql::new(both),
                [sqlite, postgres] => Sql::per_engine(sqlite, postgres),
                _ => panic!("{place}: a statement is one literal, or one for each engine"),
            };
            out.push(Statement { place, sql: Box::leak(Box::new(sql)) });
        }
    }
    out
}

fn rust_files(directory: &Path, out: &mut Vec<PathBuf>) {
    let Ok(entries) = fs::read_dir(directory) else { return };
    for entry in entries {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        if path.is_dir() && !["tests", "target", "examples", "fuzz"].contains(&name.as_str()) {
            rust_files(&path, out);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            out.push(path);
        }
    }
}

/// The string literals up to the macro's closing parenthesis.
fn literals(text: &str) -> Vec<String> {
    let mut out = Vec::new();
    let mut rest = text.char_indices().peekable();
    while let Some((at, c)) = rest.next() {
        match c {
            ')' => break,
            'r' if text[at + 1..].starts_with(['"', '#']) => {
                let hashes = text[at + 1..].chars().take_while(|c| *c == '#').count();
                let start = at + 1 + hashes + 1;
                let end = start + text[start..].find(&format!("\"{}", "#".repeat(hashes))).unwrap();
                out.push(text[start..end].to_owned());
                while rest.next_if(|(next, _)| *next <= end + hashes).is_some() {}
            }
            '"' => {
                let mut literal = String::new();
                while let Some((_, c)) = rest.next() {
                    match c {
                        '"' => break,
                        '\\' => match rest.next().unwrap().1 {
                            'n' => literal.push('\n'),
                            '\n' => while rest.next_if(|(_, c)| c.is_whitespace()).is_some() {},
                            other => literal.push(other),
                        },
                        other => literal.push(other),
                    }
                }
                out.push(literal);
            }
            _ => {}
        }
    }
    out
}

fn prepare_all(db: &Db) {
    let statements = statements();
    assert!(statements.len() > 20, "the statements are not where this test looks: {} found", statements.len());
    let count = statements.len();
    let wrong: Vec<String> = db
        .write_blocking(move |tx| {
            let failed = |s: &Statement, tx: &mut store::Tx<'_>| {
                let prepared = tx.savepoint(|tx| tx.prepare(s.sql));
                prepared.err().map(|e| format!("{}: {e}", s.place))
            };
            Ok::<_, store::Error>(statements.iter().filter_map(|s| failed(s, tx)).collect())
        })
        .unwrap();
    assert!(wrong.is_empty(), "{} of {count} statements fail:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn every_statement_is_prepared_on_sqlite() {
    store::testing::sqlite(&stoa::SCHEMA, |db| prepare_all(&db));
}

#[test]
fn every_statement_is_prepared_on_postgres() {
    store::testing::postgres(&stoa::SCHEMA, |db| prepare_all(&db));
}
