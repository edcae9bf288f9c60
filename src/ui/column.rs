//! Listings: one description of columns serves every format.

use super::Cell;

/// One column of a listing. Its name is known when the program is built, or only once the rows are
/// there: then it lives as long as they do.
#[derive(Debug)]
pub struct Column<'a, T> {
    /// As `--columns` names it.
    pub name: &'a str,
    value: Value<T>,
    /// When it gives way on a terminal that is too narrow.
    pub(super) yields: Yields,
}

/// Where a column's value comes from.
#[derive(Debug)]
enum Value<T> {
    Of(fn(&T) -> Cell),
    /// One of many of a kind, by its number.
    Nth(fn(&T, usize) -> Cell, usize),
}

/// When a column gives way on a terminal that is too narrow for all of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Yields {
    /// Cut first, down to its header, then omitted.
    First,
    /// Cut once the others are omitted.
    Later,
    /// Never: a truncated name is another name.
    Never,
    /// Never, however long it is, even if stdout is not a terminal.
    Whole,
}

// Derived, these would ask the same of `T`.
impl<T> Clone for Value<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Value<T> {}

impl<T> Clone for Column<'_, T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Column<'_, T> {}

impl<'a, T> Column<'a, T> {
    /// A column with this value in a row.
    pub const fn new(name: &'a str, value: fn(&T) -> Cell) -> Self {
        Column { name, value: Value::Of(value), yields: Yields::First }
    }

    /// A column that says what the row is: it keeps its width on a narrow terminal.
    pub const fn identifying(name: &'a str, value: fn(&T) -> Cell) -> Self {
        Column { name, value: Value::Of(value), yields: Yields::Never }
    }

    /// A column that tells rows apart which look alike otherwise: others give way before it.
    pub const fn telling_apart(name: &'a str, value: fn(&T) -> Cell) -> Self {
        Column { name, value: Value::Of(value), yields: Yields::Later }
    }

    /// A column that is never cut, however long the line becomes.
    pub const fn whole(name: &'a str, value: fn(&T) -> Cell) -> Self {
        Column { name, value: Value::Of(value), yields: Yields::Whole }
    }

    /// The column of this number in a matrix, whose columns are known only at run time.
    pub const fn nth(name: &'a str, index: usize, value: fn(&T, usize) -> Cell) -> Self {
        Column { name, value: Value::Nth(value, index), yields: Yields::First }
    }

    /// The same as one that says what the row is.
    #[must_use]
    pub const fn identifies(mut self) -> Self {
        self.yields = Yields::Never;
        self
    }

    /// Its value in a row.
    pub fn cell(&self, row: &T) -> Cell {
        match self.value {
            Value::Of(value) => value(row),
            Value::Nth(value, index) => value(row, index),
        }
    }

    /// Whether `--columns` means this one.
    pub(super) fn is_called(&self, wanted: &str) -> bool {
        is_called(self.name, wanted)
    }
}

pub(super) fn is_called(column: &str, wanted: &str) -> bool {
    column.eq_ignore_ascii_case(wanted.trim())
}

/// How a noun is listed.
pub struct Listing<'a, T> {
    /// Every column; those of the default view come first.
    pub columns: &'a [Column<'a, T>],
    /// How many of them the default view has.
    pub default: usize,
    /// The name that the next command takes.
    pub name: fn(&T) -> String,
}

/// What `--columns` can choose from.
pub trait Columns {
    /// The columns' names, none where a command writes no table; `None` where they are known only
    /// once the rows are there.
    fn names(&self) -> Option<Vec<&str>>;
}

impl<T> Columns for Listing<'_, T> {
    fn names(&self) -> Option<Vec<&str>> {
        Some(self.columns.iter().map(|column| column.name).collect())
    }
}

/// The columns of a command that writes no table.
pub struct NoColumns;

impl Columns for NoColumns {
    fn names(&self) -> Option<Vec<&str>> {
        Some(Vec::new())
    }
}

/// The columns of a command whose columns depend on its rows: until those are fetched, any name is valid.
pub struct LaterColumns;

impl Columns for LaterColumns {
    fn names(&self) -> Option<Vec<&str>> {
        None
    }
}
