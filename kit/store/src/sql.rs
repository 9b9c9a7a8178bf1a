use std::sync::OnceLock;

use crate::EngineKind;

/// One statement of the program, made by [`sql!`](crate::sql!) so that its text is known when the program is built:
/// a test prepares every one of them on both engines.
///
/// Canonical form: placeholders `?1`, `?2`, ...; `column in ids(?1)` for a list of ids; `for update` (with or without
/// `skip locked`) where rows are to be locked, which SQLite, having one writer, does not need.
#[derive(Debug)]
pub struct Sql {
    sqlite: &'static str,
    postgres: &'static str,
    rewritten: [OnceLock<String>; 2],
}

impl Sql {
    /// One text for both engines.
    pub const fn new(text: &'static str) -> Self {
        Self::per_engine(text, text)
    }

    /// A text for each engine, for the few statements that must differ.
    pub const fn per_engine(sqlite: &'static str, postgres: &'static str) -> Self {
        Self { sqlite, postgres, rewritten: [OnceLock::new(), OnceLock::new()] }
    }

    /// The text as that engine takes it, rewritten once.
    pub fn text(&self, engine: EngineKind) -> &str {
        match engine {
            EngineKind::Sqlite => self.rewritten[0].get_or_init(|| for_sqlite(self.sqlite)),
            EngineKind::Postgres => self.rewritten[1].get_or_init(|| for_postgres(self.postgres)),
        }
    }
}

/// A statement of the program: `sql!("select title from course where id = ?1")`, or with a text for each engine:
/// `sql!(sqlite: "...", postgres: "...")`.
#[macro_export]
macro_rules! sql {
    (sqlite: $sqlite:literal, postgres: $postgres:literal $(,)?) => {{
        static SQL: $crate::Sql = $crate::Sql::per_engine($sqlite, $postgres);
        &SQL
    }};
    ($text:literal) => {{
        static SQL: $crate::Sql = $crate::Sql::new($text);
        &SQL
    }};
}

/// SQLite takes `?1` as it is; a list of ids travels as a JSON array of hex strings, and row locks are dropped.
fn for_sqlite(text: &str) -> String {
    let text = text.replace(" for update skip locked", "").replace(" for update", "");
    replace_lists(&text, |number| format!("in (select unhex(value) from json_each(?{number}))"))
}

/// PostgreSQL numbers its placeholders `$1` and takes a list of ids as an array.
fn for_postgres(text: &str) -> String {
    let text = replace_lists(text, |number| format!("= any(?{number})"));
    let mut out = String::with_capacity(text.len());
    let mut quoted = false;
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        quoted ^= c == '\'';
        if c == '?' && !quoted && rest.peek().is_some_and(char::is_ascii_digit) {
            out.push('$');
        } else {
            out.push(c);
        }
    }
    out
}

/// Replaces each `in ids(?N)`.
fn replace_lists(text: &str, with: impl Fn(&str) -> String) -> String {
    const MARK: &str = "in ids(?";
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find(MARK) {
        let after = &rest[start + MARK.len()..];
        let Some(end) = after.find(')') else { break };
        out.push_str(&rest[..start]);
        out.push_str(&with(&after[..end]));
        rest = &after[end + 1..];
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn placeholders_and_lists_follow_the_engine() {
        static SQL: Sql = Sql::new("select '?1' from t where a = ?1 and id in ids(?12) for update skip locked");
        assert_eq!(
            SQL.text(EngineKind::Postgres),
            "select '?1' from t where a = $1 and id = any($12) for update skip locked"
        );
        assert_eq!(
            SQL.text(EngineKind::Sqlite),
            "select '?1' from t where a = ?1 and id in (select unhex(value) from json_each(?12))"
        );
    }
}
