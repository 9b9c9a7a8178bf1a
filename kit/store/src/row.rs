use std::cell::{Cell, OnceCell};

use crate::{Error, FromValue, Mismatch, Result, ValueRef, pg, sqlite};

/// One row of an answer.
pub struct Row<'r> {
    values: Values<'r>,
    columns: &'r Columns,
}

#[derive(Clone, Copy)]
pub(crate) enum Values<'r> {
    Sqlite(&'r rusqlite::Row<'r>),
    Postgres(&'r tokio_postgres::Row),
}

/// What is known of an answer's columns, shared by all of its rows. A struct asks for its fields in the same order at each
/// row, mostly that of the columns: the search for a name begins behind the column that was found last, so that it mostly
/// ends there.
#[derive(Default)]
pub(crate) struct Columns {
    /// The names, one behind the other, and where each ends: SQLite measures and copies a name whenever it is asked for it.
    sqlite: OnceCell<(String, Vec<usize>)>,
    next: Cell<usize>,
}

impl Columns {
    fn place(&self, values: Values<'_>, wanted: &str) -> Option<usize> {
        match values {
            Values::Sqlite(row) => {
                let (names, ends) = self.sqlite.get_or_init(|| names_of(row));
                let name = |at: usize| &names[at.checked_sub(1).map_or(0, |before| ends[before])..ends[at]];
                self.search(ends.len(), name, wanted)
            }
            Values::Postgres(row) => {
                let columns = row.columns();
                self.search(columns.len(), |at| columns[at].name(), wanted)
            }
        }
    }

    fn search<'n>(&self, count: usize, name: impl Fn(usize) -> &'n str, wanted: &str) -> Option<usize> {
        let from = self.next.get().min(count);
        let found = (from..count).chain(0..from).find(|at| name(*at) == wanted)?;
        self.next.set(found + 1);
        Some(found)
    }
}

fn names_of(row: &rusqlite::Row<'_>) -> (String, Vec<usize>) {
    let statement = row.as_ref();
    let (mut names, mut ends) = (String::new(), Vec::with_capacity(statement.column_count()));
    for at in 0..statement.column_count() {
        names.push_str(statement.column_name(at).unwrap_or_default());
        ends.push(names.len());
    }
    (names, ends)
}

/// A column by its place (from 0) or its name.
pub trait RowIndex: Copy {
    #[doc(hidden)]
    fn place(self, row: &Row<'_>) -> Option<usize>;
    #[doc(hidden)]
    fn describe(self) -> String;
}

impl RowIndex for usize {
    fn place(self, row: &Row<'_>) -> Option<usize> {
        let width = match row.values {
            Values::Sqlite(row) => row.as_ref().column_count(),
            Values::Postgres(row) => row.len(),
        };
        (self < width).then_some(self)
    }
    fn describe(self) -> String {
        self.to_string()
    }
}

impl RowIndex for &str {
    fn place(self, row: &Row<'_>) -> Option<usize> {
        row.columns.place(row.values, self)
    }
    fn describe(self) -> String {
        self.to_owned()
    }
}

impl<'r> Row<'r> {
    pub(crate) const fn new(values: Values<'r>, columns: &'r Columns) -> Self {
        Self { values, columns }
    }

    /// The value of a column, by place or name.
    pub fn get<T: FromValue>(&self, index: impl RowIndex) -> Result<T> {
        let decode = |Mismatch(reason)| Error::Decode { column: index.describe(), reason };
        let place = index.place(self).ok_or_else(|| decode(Mismatch("is not in the answer".to_owned())))?;
        self.value(place).and_then(T::from_value).map_err(decode)
    }

    pub(crate) fn value(&self, place: usize) -> Result<ValueRef<'_>, Mismatch> {
        match self.values {
            Values::Sqlite(row) => sqlite::value(row, place),
            Values::Postgres(row) => pg::value(row, place),
        }
    }
}

/// A type that a row fills: derive it on a struct whose fields are named as the columns, or read a tuple by place.
pub trait FromRow: Sized {
    /// Reads the row.
    fn from_row(row: &Row<'_>) -> Result<Self>;
}

macro_rules! tuples {
    ($(($($name:ident $place:tt),+))*) => {$(
        impl<$($name: FromValue),+> FromRow for ($($name,)+) {
            fn from_row(row: &Row<'_>) -> Result<Self> {
                Ok(($(row.get::<$name>($place as usize)?,)+))
            }
        }
    )*};
}
tuples! {
    (A 0)
    (A 0, B 1)
    (A 0, B 1, C 2)
    (A 0, B 1, C 2, D 3)
    (A 0, B 1, C 2, D 3, E 4)
    (A 0, B 1, C 2, D 3, E 4, F 5)
    (A 0, B 1, C 2, D 3, E 4, F 5, G 6)
    (A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7)
}
