use crate::{Error, FromValue, Mismatch, Result, ValueRef, pg, sqlite};

/// One row of an answer.
pub enum Row<'r> {
    #[doc(hidden)]
    Sqlite(&'r rusqlite::Row<'r>),
    #[doc(hidden)]
    Postgres(&'r tokio_postgres::Row),
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
        let width = match row {
            Row::Sqlite(row) => row.as_ref().column_count(),
            Row::Postgres(row) => row.len(),
        };
        (self < width).then_some(self)
    }
    fn describe(self) -> String {
        self.to_string()
    }
}

impl RowIndex for &str {
    fn place(self, row: &Row<'_>) -> Option<usize> {
        match row {
            Row::Sqlite(row) => row.as_ref().column_index(self).ok(),
            Row::Postgres(row) => row.columns().iter().position(|column| column.name() == self),
        }
    }
    fn describe(self) -> String {
        self.to_owned()
    }
}

impl Row<'_> {
    /// The value of a column, by place or name.
    pub fn get<T: FromValue>(&self, index: impl RowIndex) -> Result<T> {
        let decode = |Mismatch(reason)| Error::Decode { column: index.describe(), reason };
        let place = index.place(self).ok_or_else(|| decode(Mismatch("is not in the answer".to_owned())))?;
        self.value(place).and_then(T::from_value).map_err(decode)
    }

    pub(crate) fn value(&self, place: usize) -> Result<ValueRef<'_>, Mismatch> {
        match self {
            Row::Sqlite(row) => sqlite::value(row, place),
            Row::Postgres(row) => pg::value(row, place),
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
