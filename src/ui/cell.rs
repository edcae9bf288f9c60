//! One value of a row, written as the format wants it.

use jiff::Timestamp;

use super::text::relative;

/// One value of a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cell {
    /// Text as it came.
    Text(String),
    /// Several values: `a, b` for people, `a,b` for programs.
    List(Vec<String>),
    /// A moment: relative for people, RFC 3339 for programs.
    Time(Timestamp),
    /// No value.
    Empty,
}

impl Cell {
    /// Text, or nothing where there is none.
    pub fn maybe(text: Option<impl Into<String>>) -> Self {
        text.map_or(Cell::Empty, |text| Cell::Text(text.into()))
    }

    /// A moment in RFC 3339, or the text as it came where it is none.
    pub fn time(text: Option<&str>) -> Self {
        match text {
            None => Cell::Empty,
            Some(text) => match text.parse() {
                Ok(time) => Cell::Time(time),
                Err(_) => Cell::Text(text.to_owned()),
            },
        }
    }

    /// For people.
    pub fn human(&self, now: Timestamp) -> String {
        match self {
            Cell::Text(text) => text.clone(),
            Cell::List(items) => items.join(", "),
            Cell::Time(time) => relative(*time, now),
            Cell::Empty => String::new(),
        }
    }

    /// For programs.
    pub fn machine(&self) -> String {
        match self {
            Cell::Text(text) => text.clone(),
            Cell::List(items) => items.join(","),
            Cell::Time(time) => time.to_string(),
            Cell::Empty => String::new(),
        }
    }

    /// For programs that split at tabs and newlines: control characters and the backslash are
    /// escaped.
    pub fn tab_safe(&self) -> String {
        let text = self.machine();
        if !text.contains(|c: char| c == '\\' || c.is_control()) {
            return text;
        }
        let escaped = |c: char| match c {
            '\\' | '\t' | '\n' | '\r' => c.escape_default().to_string(),
            c if c.is_control() => format!("\\u{:04x}", u32::from(c)),
            c => c.to_string(),
        };
        text.chars().map(escaped).collect()
    }
}

impl From<&str> for Cell {
    fn from(text: &str) -> Self {
        Cell::Text(text.to_owned())
    }
}

impl From<String> for Cell {
    fn from(text: String) -> Self {
        Cell::Text(text)
    }
}
