//! Lines that are held until they are sorted: their columns, in buffers that are used again and again.

use super::columns::{Column, Item, Type, Value};

/// Whose lines stand together in a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Partition {
    /// Which origin, as an index.
    pub(super) origin: u32,
    /// Days since 1970; `None` without a time. Before the class: a log goes on from day to day.
    pub(super) day: Option<i32>,
    /// OCSF's class; 0 where the layout keeps them together.
    pub(super) class: i64,
}

/// What a line is sorted by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Key {
    pub(super) partition: Partition,
    /// Microseconds since 1970; what has no time comes first.
    pub(super) time: Option<i64>,
}

/// Where a text stands among the bytes.
#[derive(Debug, Clone, Copy)]
pub(super) struct Span {
    start: u32,
    length: u32,
}

/// A span of what is not there.
const ABSENT: Span = Span { start: 0, length: u32::MAX };

/// The values of a column, one a line.
#[derive(Debug, Clone)]
pub(super) enum Cells {
    Text(Vec<Span>),
    /// The end of each line's texts in the list of all of them.
    Texts(Vec<u32>, Vec<Span>),
    /// Numbers, moments and truth values.
    Number(Vec<Option<i64>>),
}

/// Lines, and their columns.
#[derive(Debug)]
pub(super) struct Rows {
    pub(super) columns: Vec<&'static Column>,
    pub(super) keys: Vec<Key>,
    text: String,
    raw: Vec<Span>,
    cells: Vec<Cells>,
}

impl Rows {
    pub(super) fn new(columns: Vec<&'static Column>) -> Self {
        let cells = columns.iter().map(|column| match column.kind {
            Type::Text => Cells::Text(Vec::new()),
            Type::Texts => Cells::Texts(Vec::new(), Vec::new()),
            Type::Integer | Type::Flag | Type::Moment => Cells::Number(Vec::new()),
        });
        Rows {
            cells: cells.collect(),
            columns,
            keys: Vec::new(),
            text: String::new(),
            raw: Vec::new(),
        }
    }

    pub(super) fn len(&self) -> usize {
        self.keys.len()
    }

    /// The bytes of all texts.
    pub(super) fn bytes(&self) -> usize {
        self.text.len()
    }

    pub(super) fn clear(&mut self) {
        self.keys.clear();
        self.text.clear();
        self.raw.clear();
        for cells in &mut self.cells {
            match cells {
                Cells::Text(spans) => spans.clear(),
                Cells::Texts(ends, spans) => {
                    ends.clear();
                    spans.clear();
                }
                Cells::Number(numbers) => numbers.clear(),
            }
        }
    }

    pub(super) fn push(&mut self, key: Key, item: &Item<'_>) {
        self.keys.push(key);
        let raw = self.append(item.raw);
        self.raw.push(raw);
        for index in 0..self.columns.len() {
            let value = self.columns[index].of(item);
            // Most texts are a part of the line, which is there already.
            let mut span = |text: &str| match within(item.raw, text) {
                Some(start) => Span { start: raw.start + start, length: text.len() as u32 },
                None => append(&mut self.text, text),
            };
            match (&mut self.cells[index], value) {
                (Cells::Text(spans), Value::Text(text)) => spans.push(span(text)),
                (Cells::Text(spans), _) => spans.push(ABSENT),
                (Cells::Texts(ends, spans), value) => {
                    if let Value::Texts(texts) = value {
                        spans.extend(texts.iter().map(|text| span(text)));
                    }
                    ends.push(spans.len() as u32);
                }
                (Cells::Number(numbers), value) => numbers.push(match value {
                    Value::Integer(number) | Value::Moment(number) => Some(number),
                    Value::Flag(flag) => Some(i64::from(flag)),
                    Value::Null | Value::Text(_) | Value::Texts(_) => None,
                }),
            }
        }
    }

    /// Takes over a row of others, which have the same columns.
    pub(super) fn push_of(&mut self, others: &Rows, row: usize) {
        self.keys.push(others.keys[row]);
        let old = others.raw[row];
        let raw = self.append(others.raw(row));
        self.raw.push(raw);
        for (cells, theirs) in self.cells.iter_mut().zip(&others.cells) {
            let mut span = |span: Span| match span {
                Span { length: u32::MAX, .. } => ABSENT,
                Span { start, length }
                    if start >= old.start && start + length <= old.start + old.length =>
                {
                    Span { start: start - old.start + raw.start, length }
                }
                span => append(&mut self.text, others.text_at(span)),
            };
            match (cells, theirs) {
                (Cells::Text(spans), Cells::Text(theirs)) => spans.push(span(theirs[row])),
                (Cells::Texts(ends, spans), Cells::Texts(..)) => {
                    spans.extend(texts_of(theirs, row).iter().map(|one| span(*one)));
                    ends.push(spans.len() as u32);
                }
                (Cells::Number(numbers), Cells::Number(theirs)) => numbers.push(theirs[row]),
                _ => {}
            }
        }
    }

    /// The line of a row.
    pub(super) fn raw(&self, row: usize) -> &str {
        self.text_at(self.raw[row])
    }

    /// The values of a column.
    pub(super) fn cells(&self, column: usize) -> &Cells {
        &self.cells[column]
    }

    /// A text of a column.
    pub(super) fn text(&self, span: Span) -> Option<&str> {
        (span.length != u32::MAX).then(|| self.text_at(span))
    }

    /// The rows in the order of their keys, and of their coming where these are equal.
    pub(super) fn order(&self) -> Vec<u32> {
        let mut order: Vec<u32> = (0..self.len() as u32).collect();
        // Nearly sorted already, which the stable sort makes use of.
        order.sort_by_key(|row| self.keys[*row as usize]);
        order
    }

    fn text_at(&self, Span { start, length }: Span) -> &str {
        &self.text[start as usize..][..length as usize]
    }

    fn append(&mut self, text: &str) -> Span {
        append(&mut self.text, text)
    }
}

/// The texts of a row of a column of lists.
pub(super) fn texts_of(cells: &Cells, row: usize) -> &[Span] {
    match cells {
        Cells::Texts(ends, spans) => {
            let start = row.checked_sub(1).map_or(0, |before| ends[before]);
            &spans[start as usize..ends[row] as usize]
        }
        Cells::Text(_) | Cells::Number(_) => &[],
    }
}

fn append(all: &mut String, text: &str) -> Span {
    let start = all.len() as u32;
    all.push_str(text);
    Span { start, length: text.len() as u32 }
}

/// Where in the line a text stands that was borrowed from it.
fn within(line: &str, text: &str) -> Option<u32> {
    let start = (text.as_ptr() as usize).checked_sub(line.as_ptr() as usize)?;
    (start + text.len() <= line.len()).then_some(start as u32)
}
