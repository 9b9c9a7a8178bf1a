//! A copy of every row, in a form that knows no engine: what one engine wrote, the other can read. Taken in one
//! snapshot while others write.
//!
//! A table becomes lines of JSON, one array per row: null, a whole number (times are microseconds since 1970, truth
//! values 0 or 1), a real number, a text (JSON columns too), or `{"x": "00ff"}` for bytes and ids.

use std::io::{BufRead, Write};

use serde_json::Value as Json;

use crate::{EngineKind, Error, Result, Row, Schema, Tx, Value, ValueRef, migrate};

/// A table and its columns.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Table {
    /// Its name.
    pub name: String,
    /// The columns, in the order of the values in each line.
    pub columns: Vec<String>,
}

/// The order of events differs between engines (see [`Cursor`](crate::Cursor)), so that they are numbered anew when
/// they are restored, and the places of their readers with them.
const EVENTS: &str = "event";
const READERS: &str = "consumer";

/// Every table, those first that others refer to.
pub fn tables(tx: &mut Tx<'_>) -> Result<Vec<Table>> {
    let list = match tx.engine() {
        EngineKind::Sqlite => {
            "select m.name, c.name from sqlite_schema m join pragma_table_info(m.name) c
             where m.type = 'table' and m.name not like 'sqlite_%' order by m.rowid, c.cid"
        }
        EngineKind::Postgres => {
            "select cast(c.table_name as text), cast(c.column_name as text) from information_schema.columns c
             join pg_class k on k.relname = c.table_name and k.relnamespace = cast(current_schema() as regnamespace)
             where c.table_schema = current_schema() and k.relkind = 'r' order by k.oid, c.ordinal_position"
        }
    };
    let mut tables: Vec<Table> = Vec::new();
    tx.each_text(list, &[], |row| {
        let (name, column): (String, String) = (row.get(0)?, row.get(1)?);
        match tables.last_mut() {
            Some(table) if table.name == name => table.columns.push(column),
            _ => tables.push(Table { name, columns: vec![column] }),
        }
        Ok(true)
    })?;
    // Readers before events, whose numbers their places follow.
    tables.sort_by_key(|table| table.name != READERS);
    Ok(tables)
}

/// Writes a table's rows; answers how many.
pub fn dump(tx: &mut Tx<'_>, table: &Table, out: &mut dyn Write) -> Result<u64> {
    let order = if table.name == EVENTS { " order by tx, seq" } else { "" };
    let text = format!("select {} from {}{order}", quoted(&table.columns), quote(&table.name));
    let (width, mut rows) = (table.columns.len(), 0);
    tx.each_text(&text, &[], |row| {
        let line: Vec<Json> = (0..width).map(|place| to_json(row, place)).collect::<Result<_>>()?;
        serde_json::to_writer(&mut *out, &line)?;
        out.write_all(b"\n")?;
        rows += 1;
        Ok(true)
    })?;
    Ok(rows)
}

/// A restore in progress, in one transaction.
#[derive(Debug, Default)]
pub struct Restore {
    readers: Vec<Reader>,
    events: i64,
}

#[derive(Debug)]
struct Reader {
    name: String,
    place: (i64, i64),
    read: i64,
}

impl Restore {
    /// Begins in an empty database: runs exactly the migrations (`noun/name`) under which the copy was made, so that an
    /// older copy finds the tables it knows; call [`Db::migrate`](crate::Db::migrate) after the restore for the rest.
    ///
    /// # Errors
    /// [`Error::Setup`] where the database is not empty, or the copy comes from a newer version.
    pub fn begin(tx: &mut Tx<'_>, schemas: &[&'static Schema], migrations: &[String]) -> Result<Self> {
        if !tables(tx)?.is_empty() {
            return Err(Error::Setup("the database is not empty: restore into a new one".to_owned()));
        }
        let known = migrate::names(schemas);
        if let Some(unknown) = migrations.iter().find(|name| !known.contains(name)) {
            return Err(Error::Setup(format!("the copy was made by a newer version ({unknown} is not known here)")));
        }
        migrate::run_only(tx, schemas, Some(migrations))?;
        match tx.engine() {
            EngineKind::Sqlite => tx.batch("pragma defer_foreign_keys = on")?,
            EngineKind::Postgres => defer_references(tx)?,
        }
        Ok(Self::default())
    }

    /// Reads one table's lines; answers how many rows it added. Tables come in the order of [`tables`].
    pub fn table(&mut self, tx: &mut Tx<'_>, table: &Table, lines: &mut dyn BufRead) -> Result<u64> {
        if table.name == "migration" {
            return Ok(0);
        }
        let marks: Vec<String> = (1..=table.columns.len()).map(|n| format!("?{n}")).collect();
        let text =
            format!("insert into {} ({}) values ({})", quote(&table.name), quoted(&table.columns), marks.join(", "));
        let mut rows = 0;
        let mut line = String::new();
        while lines.read_line(&mut line)? > 0 {
            let mut row: Vec<Json> = serde_json::from_str(&line)?;
            if row.len() != table.columns.len() {
                return Err(Error::Setup(format!("{}, line {}: a wrong number of values", table.name, rows + 1)));
            }
            self.renumber(table, &mut row);
            let values = row.into_iter().map(from_json).collect::<Result<Vec<_>>>()?;
            tx.execute_text(&text, &values)?;
            rows += 1;
            line.clear();
        }
        Ok(rows)
    }

    /// Numbers events anew in their order, in which the places of their readers are kept.
    fn renumber(&mut self, table: &Table, row: &mut [Json]) {
        let place = |name: &str| table.columns.iter().position(|column| column == name);
        let (Some(tx), Some(seq)) = (place("tx"), place("seq")) else { return };
        let at = (row[tx].as_i64().unwrap_or(0), row[seq].as_i64().unwrap_or(0));
        if table.name == READERS {
            let name = place("name").and_then(|name| row[name].as_str()).unwrap_or_default().to_owned();
            self.readers.push(Reader { name, place: at, read: 0 });
        } else if table.name == EVENTS {
            self.events += 1;
            row[tx] = Json::from(0);
            row[seq] = Json::from(self.events);
            for reader in self.readers.iter_mut().filter(|reader| at <= reader.place) {
                reader.read = self.events;
            }
        }
    }

    /// Ends the restore: places of readers, counters of numbered rows; every row that is referred to must be there.
    pub fn finish(self, tx: &mut Tx<'_>) -> Result<()> {
        check_references(tx)?;
        for reader in self.readers {
            let values = [Value::Text(reader.name.into()), Value::Int(reader.read)];
            tx.execute_text("update consumer set tx = 0, seq = ?2 where name = ?1", &values)?;
        }
        if tx.engine() == EngineKind::Postgres {
            tx.batch("select setval(pg_get_serial_sequence('event', 'seq'), (select coalesce(max(seq), 0) + 1 from event), false)")?;
        }
        Ok(())
    }
}

/// Looks now for rows that refer to nothing, and not at the end of the transaction, where others may stand in it too.
fn check_references(tx: &mut Tx<'_>) -> Result<()> {
    if tx.engine() == EngineKind::Postgres {
        let immediate = tx.batch("set constraints all immediate");
        return immediate.map_err(|e| Error::Setup(format!("the copy is damaged: {e}")));
    }
    let mut dangling = None;
    tx.each_text("select \"table\", parent from pragma_foreign_key_check limit 1", &[], |row| {
        let (table, parent): (String, String) = (row.get(0)?, row.get(1)?);
        dangling = Some(format!("the copy is damaged: {table} refers to a row of {parent} that is not there"));
        Ok(false)
    })?;
    dangling.map_or(Ok(()), |why| Err(Error::Setup(why)))
}

/// Rows refer to each other in any order, so that references are checked at the end.
fn defer_references(tx: &mut Tx<'_>) -> Result<()> {
    let mut alter = Vec::new();
    let list = "select cast(conrelid as regclass)::text, cast(conname as text) from pg_constraint
                where contype = 'f' and connamespace = cast(current_schema() as regnamespace)";
    tx.each_text(list, &[], |row| {
        let (table, name): (String, String) = (row.get(0)?, row.get(1)?);
        alter.push(format!("alter table {table} alter constraint {} deferrable initially immediate", quote(&name)));
        Ok(true)
    })?;
    for statement in alter {
        tx.batch(&statement)?;
    }
    tx.batch("set constraints all deferred")
}

fn to_json(row: &Row<'_>, place: usize) -> Result<Json> {
    let value = row.value(place).map_err(|e| Error::Decode { column: place.to_string(), reason: e.0 })?;
    Ok(match value {
        ValueRef::Null => Json::Null,
        ValueRef::Bool(truth) => Json::from(i64::from(truth)),
        ValueRef::Int(int) => Json::from(int),
        ValueRef::Real(real) => Json::from(real),
        ValueRef::Text(text) => Json::from(text),
        ValueRef::Time(time) => Json::from(time.micros()),
        ValueRef::Uuid(id) => hex(id.as_bytes()),
        ValueRef::Blob(bytes) => hex(bytes),
    })
}

fn from_json(value: Json) -> Result<Value<'static>> {
    Ok(match value {
        Json::Null => Value::Null,
        Json::Number(number) => match number.as_i64() {
            Some(int) => Value::Int(int),
            None => Value::Real(number.as_f64().unwrap_or(f64::NAN)),
        },
        Json::String(text) => Value::Text(text.into()),
        Json::Object(map) => Value::Blob(map.get("x").and_then(unhex).ok_or_else(wrong)?.into()),
        Json::Bool(_) | Json::Array(_) => return Err(wrong()),
    })
}

fn wrong() -> Error {
    Error::Setup("the copy holds a value of an unknown form".to_owned())
}

fn hex(bytes: &[u8]) -> Json {
    use std::fmt::Write as _;
    let mut text = String::with_capacity(bytes.len() * 2);
    for byte in bytes {
        // Writing to a text cannot fail.
        let _ = write!(text, "{byte:02x}");
    }
    serde_json::json!({ "x": text })
}

fn unhex(text: &Json) -> Option<Vec<u8>> {
    let text = text.as_str()?;
    if !text.is_ascii() || text.len() % 2 != 0 {
        return None;
    }
    (0..text.len()).step_by(2).map(|at| u8::from_str_radix(&text[at..at + 2], 16).ok()).collect()
}

fn quoted(columns: &[String]) -> String {
    columns.iter().map(|column| quote(column)).collect::<Vec<_>>().join(", ")
}

fn quote(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}
