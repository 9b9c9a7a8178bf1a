//! Runs migrations, and maps their PostgreSQL types to SQLite's.

use crate::{EngineKind, Error, Migration, Result, Schema, Tx, params};

const CREATE_JOURNAL: &str = "create table if not exists migration (
    noun text not null, name text not null, at timestamptz not null, primary key (noun, name));";

/// Applies, in one transaction, whatever has not been applied yet. Answers the names of what it applied.
pub(crate) fn run(tx: &mut Tx<'_>, roots: &[&'static Schema]) -> Result<Vec<String>> {
    run_only(tx, roots, None)
}

/// The names of all migrations of these schemas and their needs, as `noun/name`.
pub fn names(roots: &[&'static Schema]) -> Vec<String> {
    let schemas = Schema::in_order(roots).into_iter();
    schemas.flat_map(|schema| schema.migrations.iter().map(|m| format!("{}/{}", schema.noun, m.name))).collect()
}

/// The same, only those of the given names where some are given.
pub(crate) fn run_only(tx: &mut Tx<'_>, roots: &[&'static Schema], only: Option<&[String]>) -> Result<Vec<String>> {
    if tx.engine() == EngineKind::Postgres {
        // Two nodes that start together must not both migrate; released at the end of the transaction.
        tx.batch("select pg_advisory_xact_lock(7205759403792)")?;
    }
    for statement in statements(CREATE_JOURNAL, tx.engine()) {
        tx.batch(&statement)?;
    }
    let applied: Vec<(String, String)> = tx.all(crate::sql!("select noun, name from migration"), params![])?;
    let mut done = Vec::new();
    for schema in Schema::in_order(roots) {
        for migration in schema.migrations {
            let full = format!("{}/{}", schema.noun, migration.name);
            let wanted = only.is_none_or(|only| only.contains(&full));
            if !wanted || applied.iter().any(|(noun, name)| noun == schema.noun && name == migration.name) {
                continue;
            }
            apply(tx, schema, migration)?;
            done.push(full);
        }
    }
    Ok(done)
}

/// The migrations that have run here, as `noun/name`.
pub fn applied(tx: &mut Tx<'_>) -> Result<Vec<String>> {
    let rows: Vec<(String, String)> =
        tx.all(crate::sql!("select noun, name from migration order by at, noun, name"), params![])?;
    Ok(rows.into_iter().map(|(noun, name)| format!("{noun}/{name}")).collect())
}

fn apply(tx: &mut Tx<'_>, schema: &Schema, migration: &Migration) -> Result<()> {
    for statement in statements(migration.sql, tx.engine()) {
        tx.batch(&statement).map_err(|e| Error::Setup(format!("migration {}/{}: {e}", schema.noun, migration.name)))?;
    }
    let now = tx.now();
    tx.execute(
        crate::sql!("insert into migration (noun, name, at) values (?1, ?2, ?3)"),
        params![schema.noun, migration.name, now],
    )?;
    Ok(())
}

/// Splits a migration into the statements that this engine runs, in its own types.
pub(crate) fn statements(text: &str, engine: EngineKind) -> Vec<String> {
    split(text)
        .into_iter()
        .filter(|(only, _)| only.is_none_or(|only| only == engine))
        .map(|(_, statement)| match engine {
            EngineKind::Postgres => statement,
            EngineKind::Sqlite => for_sqlite(&statement),
        })
        .collect()
}

fn split(text: &str) -> Vec<(Option<EngineKind>, String)> {
    let (mut out, mut current, mut only) = (Vec::new(), String::new(), None);
    let mut quoted = false;
    for line in text.lines() {
        match line.trim() {
            "-- @sqlite" => only = Some(EngineKind::Sqlite),
            "-- @postgres" => only = Some(EngineKind::Postgres),
            trimmed if !quoted && trimmed.starts_with("--") => {}
            _ => {
                for c in strip_comment(line, quoted).chars() {
                    quoted ^= c == '\'';
                    if c == ';' && !quoted {
                        if !current.trim().is_empty() {
                            out.push((only.take(), current.trim().to_owned()));
                        }
                        current.clear();
                    } else {
                        current.push(c);
                    }
                }
                current.push('\n');
            }
        }
    }
    if !current.trim().is_empty() {
        out.push((only, current.trim().to_owned()));
    }
    out
}

/// Without a comment at the line's end; two dashes inside a text stay.
fn strip_comment(line: &str, mut quoted: bool) -> &str {
    for (at, c) in line.char_indices() {
        quoted ^= c == '\'';
        if !quoted && line[at..].starts_with("--") {
            return &line[..at];
        }
    }
    line
}

fn for_sqlite(statement: &str) -> String {
    let mut out = String::with_capacity(statement.len());
    let mut word = String::new();
    let mut quoted = false;
    for c in statement.chars().chain([' ']) {
        if !quoted && (c.is_ascii_alphanumeric() || c == '_') {
            word.push(c);
            continue;
        }
        out.push_str(sqlite_word(&word));
        word.clear();
        quoted ^= c == '\'';
        out.push(c);
    }
    let mut out = out.replace("double precision", "real").trim_end().to_owned();
    if out.to_ascii_lowercase().starts_with("create table") {
        out.push_str(" strict");
    }
    out
}

fn sqlite_word(word: &str) -> &str {
    match word {
        "uuid" | "bytea" => "blob",
        "timestamptz" | "bigint" | "boolean" => "integer",
        "jsonb" => "text",
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn types_are_mapped_and_engines_kept_apart() {
        let text = "-- a comment; with a semicolon\ncreate table t (id uuid primary key, at timestamptz, note text default 'uuid; --x'); -- end\n-- @postgres\ncreate index a on t (at);\n-- @sqlite\ncreate index b on t (at);";
        assert_eq!(
            statements(text, EngineKind::Sqlite),
            [
                "create table t (id blob primary key, at integer, note text default 'uuid; --x') strict",
                "create index b on t (at)"
            ]
        );
        assert_eq!(statements(text, EngineKind::Postgres).len(), 2);
    }
}
