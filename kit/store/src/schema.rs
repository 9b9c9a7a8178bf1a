/// One step forward of a noun's tables. A migration that has run anywhere is never edited: the next one follows it.
#[derive(Clone, Copy, Debug)]
pub struct Migration {
    /// The file's name without its ending, e.g. `0001_courses`; they run in the order in which they are listed.
    pub name: &'static str,
    /// Statements in PostgreSQL's types, which are mapped for SQLite; `-- @sqlite` or `-- @postgres` before a statement
    /// keeps it to one engine.
    pub sql: &'static str,
}

/// A noun's tables: its migrations and the schemas that they refer to.
#[derive(Debug)]
pub struct Schema {
    /// The noun's name, e.g. `courses`.
    pub noun: &'static str,
    /// In order.
    pub migrations: &'static [Migration],
    /// What must stand before.
    pub needs: &'static [&'static Schema],
}

/// Includes `migrations/NAME.sql` of the calling crate: `migration!("0001_courses")`.
#[macro_export]
macro_rules! migration {
    ($name:literal) => {
        $crate::Migration {
            name: $name,
            sql: include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/migrations/", $name, ".sql")),
        }
    };
}

impl Schema {
    /// The given schemas and all that they need, each once, needs first.
    pub fn in_order(roots: &[&'static Schema]) -> Vec<&'static Schema> {
        fn visit(schema: &'static Schema, out: &mut Vec<&'static Schema>) {
            if out.iter().any(|known| known.noun == schema.noun) {
                return;
            }
            for need in schema.needs {
                visit(need, out);
            }
            out.push(schema);
        }
        let mut out = Vec::new();
        visit(&crate::SCHEMA, &mut out);
        for root in roots {
            visit(root, &mut out);
        }
        out
    }
}
