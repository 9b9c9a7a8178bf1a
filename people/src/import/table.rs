//! From bytes to rows.

use std::collections::HashMap;

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};
use serde::{Deserialize, Serialize};

use crate::name;

/// How large a file may be, in bytes.
pub const BYTES_MAX: usize = 8 << 20;
/// How many people may be in one file.
pub const ROWS_MAX: usize = 10_000;
/// How many characters of a cell are read; more makes the row refused.
pub const CELL_MAX: usize = 1_000;
/// How many columns are looked at.
const COLUMNS_MAX: usize = 100;

/// A person as a row of the file says it; cells that are missing are empty.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Row {
    /// The line on which the row begins, from 1.
    pub line: u64,
    /// Given name.
    pub given: String,
    /// Family name.
    pub family: String,
    /// E-mail address.
    pub email: String,
    /// The id that another system knows the person by.
    pub external_id: String,
    /// The unit, by its name or the names down to it with ` / ` between.
    pub unit: String,
    /// Roles, separated by `|`, `;` or `,`; each a key or a name, with `@` and a unit where it does not hold everywhere.
    pub roles: String,
    /// The language.
    pub locale: String,
    /// True where a cell was longer than [`CELL_MAX`].
    pub too_long: bool,
    /// The earlier line on which the same person stands.
    pub twice: Option<u64>,
}

/// What was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    /// The character set as it was found, e.g. `UTF-8`.
    pub encoding: &'static str,
    /// The separator as it was found.
    pub separator: char,
    /// Columns that mean nothing here and are left out.
    pub ignored: Vec<String>,
    /// The people.
    pub rows: Vec<Row>,
}

/// Why a file cannot be read at all.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// Nothing is in it.
    #[error("the file is empty")]
    Empty,
    /// More than [`BYTES_MAX`].
    #[error("the file is larger than {} MB", BYTES_MAX >> 20)]
    TooLarge,
    /// More than [`ROWS_MAX`].
    #[error("the file has more than {ROWS_MAX} people")]
    TooManyRows,
    /// The first line names no column that can tell people apart.
    #[error("the first line names neither `email` nor `external_id`")]
    NoKeyColumn,
    /// The same column twice.
    #[error("the column `{0}` is there twice")]
    ColumnTwice(String),
    /// It is not text at all.
    #[error("the file is no text")]
    NotText,
    /// Quotes do not close, or worse.
    #[error("line {0} cannot be read")]
    BrokenLine(u64),
}

/// The columns, each with the folded names by which it is known.
const COLUMNS: &[(&str, &[&str])] = &[
    ("given", &["given", "givenname", "firstname", "first", "vorname", "forename"]),
    ("family", &["family", "familyname", "lastname", "last", "surname", "nachname"]),
    ("email", &["email", "mail", "emailaddress", "emailadresse"]),
    ("external_id", &["externalid", "id", "userid", "sisid", "sourcedid", "externekennung", "kennung"]),
    ("unit", &["unit", "department", "orgunit", "einheit", "abteilung"]),
    ("roles", &["roles", "role", "rollen", "rolle"]),
    ("locale", &["locale", "language", "lang", "sprache"]),
];

/// Reads a file.
pub fn read(bytes: &[u8]) -> Result<Table, Fault> {
    if bytes.len() > BYTES_MAX {
        return Err(Fault::TooLarge);
    }
    let (text, encoding) = decoded(bytes)?;
    let text = text.trim_start_matches('\u{feff}');
    let (text, lines_before, told) = without_separator_line(text);
    if text.trim().is_empty() {
        return Err(Fault::Empty);
    }
    let separator = told.unwrap_or_else(|| separator_of(text));
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(separator as u8)
        .flexible(true)
        .has_headers(false)
        .from_reader(text.as_bytes());
    let mut records = reader.records();
    let head = records.next().ok_or(Fault::Empty)?.map_err(|e| broken(&e, lines_before))?;
    let (columns, ignored) = columns_of(&head)?;
    let mut lines = Lines { text, at: 0, line: 1 + lines_before };
    let mut rows = Vec::new();
    for record in records {
        let record = record.map_err(|e| broken(&e, lines_before))?;
        if record.iter().all(|cell| cell.trim().is_empty()) {
            continue;
        }
        if rows.len() == ROWS_MAX {
            return Err(Fault::TooManyRows);
        }
        let line = lines.line_of(&record);
        rows.push(row_of(&record, &columns, line));
    }
    if rows.is_empty() { Err(Fault::Empty) } else { Ok(Table { encoding, separator, ignored, rows }) }
}

/// The text of a list in whatever encoding a spreadsheet saves it, without the mark at its start; none where it is no
/// text: a workbook, a picture.
pub fn text_of(bytes: &[u8]) -> Option<String> {
    decoded(bytes).ok().map(|(text, _)| text)
}

/// The text, by its byte order mark, else by its look: UTF-16 has a zero in every other byte of plain letters, and what
/// is not UTF-8 is taken for Windows-1252, in which Excel saves.
fn decoded(bytes: &[u8]) -> Result<(String, &'static str), Fault> {
    let encoding: &'static Encoding = match Encoding::for_bom(bytes) {
        Some((encoding, _)) => encoding,
        None => {
            let start = &bytes[..bytes.len().min(4_096)];
            let zeros = |odd: usize| start.iter().skip(odd).step_by(2).filter(|byte| **byte == 0).count();
            let (even, odd) = (zeros(0), zeros(1));
            let quarter = start.len() / 8;
            if odd > even && odd > quarter {
                UTF_16LE
            } else if even > odd && even > quarter {
                UTF_16BE
            } else if std::str::from_utf8(bytes).is_ok() {
                UTF_8
            } else {
                WINDOWS_1252
            }
        }
    };
    let (text, _, had_errors) = encoding.decode(bytes);
    // A zero means that this is no text file at all: a picture, an Excel workbook.
    let is_broken = had_errors && encoding == UTF_8;
    let is_archive = bytes.starts_with(b"PK\x03\x04");
    if text.contains('\0') || is_broken || is_archive {
        return Err(Fault::NotText);
    }
    Ok((text.into_owned(), encoding.name()))
}

/// Excel's own way to tell the separator: a first line `sep=;`.
fn without_separator_line(text: &str) -> (&str, u64, Option<char>) {
    let (first, rest) = text.split_once('\n').unwrap_or((text, ""));
    let told = first.trim_end_matches('\r').strip_prefix("sep=").and_then(|told| told.chars().next());
    match told.filter(char::is_ascii) {
        Some(told) => (rest, 1, Some(told)),
        None => (text, 0, None),
    }
}

/// The separator that makes the most columns of the first line that mean something.
fn separator_of(text: &str) -> char {
    let first = text.lines().next().unwrap_or_default();
    let known = |separator: char| {
        let cells = first.split(separator).filter(|cell| column_named(cell).is_some()).count();
        (cells, first.matches(separator).count())
    };
    [',', ';', '\t'].into_iter().rev().max_by_key(|separator| known(*separator)).unwrap_or(',')
}

fn column_named(cell: &str) -> Option<&'static str> {
    let plain: String = name::fold(cell).chars().filter(|letter| letter.is_alphanumeric()).collect();
    COLUMNS.iter().find(|(_, names)| names.contains(&plain.as_str())).map(|(column, _)| *column)
}

fn columns_of(head: &csv::StringRecord) -> Result<(HashMap<&'static str, usize>, Vec<String>), Fault> {
    let (mut columns, mut ignored) = (HashMap::new(), Vec::new());
    for (at, cell) in head.iter().enumerate().take(COLUMNS_MAX) {
        match column_named(cell) {
            Some(column) => {
                if columns.insert(column, at).is_some() {
                    return Err(Fault::ColumnTwice(column.to_owned()));
                }
            }
            None if cell.trim().is_empty() => {}
            None => ignored.push(cell.trim().chars().take(60).collect()),
        }
    }
    let has_key = columns.contains_key("email") || columns.contains_key("external_id");
    if has_key { Ok((columns, ignored)) } else { Err(Fault::NoKeyColumn) }
}

fn row_of(record: &csv::StringRecord, columns: &HashMap<&'static str, usize>, line: u64) -> Row {
    let mut too_long = false;
    let mut cell = |column: &str| {
        let text = columns.get(column).and_then(|at| record.get(*at)).unwrap_or_default();
        let text = without_guard(text);
        too_long |= text.chars().count() > CELL_MAX;
        name::tidy(&text.chars().take(CELL_MAX).collect::<String>())
    };
    Row {
        line,
        given: cell("given"),
        family: cell("family"),
        email: cell("email"),
        external_id: cell("external_id"),
        unit: cell("unit"),
        roles: cell("roles"),
        locale: cell("locale"),
        too_long,
        twice: None,
    }
}

/// Counts lines up to where a record begins. The reader's own number is that of the line end before it, blank lines and
/// the second half of `\r\n` not counted.
struct Lines<'t> {
    text: &'t str,
    at: usize,
    line: u64,
}

impl Lines<'_> {
    fn line_of(&mut self, record: &csv::StringRecord) -> u64 {
        let begins = record.position().map_or(0, |position| position.byte() as usize).min(self.text.len());
        let bytes = self.text.as_bytes();
        let ends = bytes.iter().skip(begins).take_while(|byte| matches!(byte, b'\r' | b'\n')).count();
        let until = begins + ends;
        let passed = self.text.get(self.at..until).unwrap_or_default();
        self.line += passed.matches('\n').count() as u64;
        self.at = self.at.max(until);
        self.line
    }
}

/// Our own export puts `'` before a cell that a spreadsheet would take for a formula; it goes again here.
fn without_guard(cell: &str) -> &str {
    match cell.strip_prefix('\'') {
        Some(rest) if rest.starts_with(['=', '+', '-', '@']) => rest,
        _ => cell,
    }
}

fn broken(e: &csv::Error, lines_before: u64) -> Fault {
    Fault::BrokenLine(e.position().map_or(0, csv::Position::line) + lines_before)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const TEXT: &str = "Vorname;Nachname;E-Mail;Notiz\nJürgen;Müller;jm@uni.example;x\n\n\"Ana; María\";\"de la\nCruz\";am@uni.example\n";

    fn checked(table: &Table) {
        assert_eq!((table.separator, table.ignored.as_slice()), (';', &["Notiz".to_owned()][..]));
        let rows: Vec<_> =
            table.rows.iter().map(|r| (r.line, r.given.as_str(), r.family.as_str(), r.email.as_str())).collect();
        assert_eq!(
            rows,
            [(2, "Jürgen", "Müller", "jm@uni.example"), (4, "Ana; María", "de la Cruz", "am@uni.example")]
        );
    }

    #[test]
    fn every_character_set_reads_the_same() {
        let utf16 = |big: bool, mark: bool| {
            let text = if mark { format!("\u{feff}{TEXT}") } else { TEXT.to_owned() };
            let bytes = text.encode_utf16().flat_map(|unit| if big { unit.to_be_bytes() } else { unit.to_le_bytes() });
            bytes.collect::<Vec<u8>>()
        };
        let (windows, _, _) = WINDOWS_1252.encode(TEXT);
        let files: Vec<(Vec<u8>, &str)> = vec![
            (TEXT.as_bytes().to_vec(), "UTF-8"),
            (format!("\u{feff}{TEXT}").into_bytes(), "UTF-8"),
            (windows.into_owned(), "windows-1252"),
            (utf16(false, true), "UTF-16LE"),
            (utf16(true, true), "UTF-16BE"),
            (utf16(false, false), "UTF-16LE"),
            (utf16(true, false), "UTF-16BE"),
        ];
        for (bytes, encoding) in files {
            let table = read(&bytes).unwrap();
            assert_eq!(table.encoding, encoding);
            checked(&table);
        }
    }

    #[test]
    fn separators_are_found_or_told() {
        for (text, separator) in [
            ("email,given\na@b.c,Ana", ','),
            ("email;given\na@b.c;Ana", ';'),
            ("email\tgiven\na@b.c\tAna", '\t'),
            ("sep=;\nemail;given\na@b.c;Ana", ';'),
            ("email\na@b.c", ','),
            ("given,email,a;b;c;d\nAna,a@b.c,", ','),
        ] {
            let table = read(text.as_bytes()).unwrap();
            assert_eq!((table.separator, table.rows[0].email.as_str()), (separator, "a@b.c"), "{text}");
        }
        assert_eq!(read(b"sep=;\r\nemail\r\na@b.c").unwrap().rows[0].line, 3);
    }

    #[test]
    fn faults_name_what_is_wrong() {
        for (bytes, fault) in [
            (b"".to_vec(), Fault::Empty),
            (b"\n \n".to_vec(), Fault::Empty),
            (b"email,given\n".to_vec(), Fault::Empty),
            (b"given,unit\nAna,U".to_vec(), Fault::NoKeyColumn),
            (b"email,E-Mail\na,b".to_vec(), Fault::ColumnTwice("email".into())),
            (b"PK\x03\x04....".to_vec(), Fault::NotText),
            (b"email\0\0\0,x".to_vec(), Fault::NotText),
            (vec![b'a'; BYTES_MAX + 1], Fault::TooLarge),
            (format!("email\n{}", "a@b.c\n".repeat(ROWS_MAX + 1)).into_bytes(), Fault::TooManyRows),
        ] {
            assert_eq!(read(&bytes), Err(fault));
        }
        assert!(read(format!("email,given\na@b.c,{}", "x".repeat(5_000)).as_bytes()).unwrap().rows[0].too_long);
        assert_eq!(read(b"email,given\na@b.c,'=Ana").unwrap().rows[0].given, "=Ana");
    }

    proptest! {
        #[test]
        fn no_bytes_make_it_panic(bytes in prop::collection::vec(any::<u8>(), 0..400), head in any::<bool>()) {
            let mut file = if head { b"email,given;unit\n".to_vec() } else { Vec::new() };
            file.extend(bytes);
            let _ = read(&file);
        }
    }
}
