//! Padded columns. The only file that knows comfy-table.

use comfy_table::{Cell as Field, CellAlignment, ColumnConstraint, Row, Table, Width, presets};
use console::{measure_text_width, truncate_str};

use super::column::Yields;
use super::layout::{self, ColumnWidth, GAP};

/// A value as it is shown.
pub(super) struct Shown {
    pub(super) text: String,
    pub(super) is_number: bool,
}

struct Header {
    text: String,
    yields: Yields,
}

/// Writes rows chunk by chunk; the first chunk decides the widths, later cells are cut to them.
pub(super) struct Writer {
    headers: Vec<Header>,
    width: usize,
    /// `None` for a column that is left out.
    widths: Option<Vec<Option<usize>>>,
}

impl Writer {
    /// A table of these columns, as wide as this.
    pub(super) fn new<'a>(
        columns: impl Iterator<Item = (&'a str, Yields)>,
        width: Option<u16>,
    ) -> Self {
        let header = |(name, yields): (&str, _)| Header { text: name.to_uppercase(), yields };
        let headers = columns.map(header).collect();
        Writer { headers, width: width.map_or(usize::MAX, usize::from), widths: None }
    }

    /// The lines of these rows, the header before the first.
    pub(super) fn lines(&mut self, rows: &[Vec<Shown>]) -> Vec<String> {
        let first = self.widths.is_none();
        let widest = |i: usize| rows.iter().map(move |row| measure_text_width(&row[i].text)).max();
        let mut widths = self.widths.take().unwrap_or_else(|| self.fit(widest));
        for (i, header) in self.headers.iter().enumerate() {
            if let (Some(width), Yields::Never | Yields::Whole) = (&mut widths[i], header.yields) {
                *width = (*width).max(widest(i).unwrap_or_default());
            }
        }
        let shown: Vec<usize> = (0..widths.len()).filter(|&i| widths[i].is_some()).collect();
        // What ends the line needs no padding, and may be longer than a table can be wide.
        let (end, padded) = match shown.split_last() {
            Some((&end, padded)) if self.headers[end].yields == Yields::Whole => {
                (Some(end), padded.to_vec())
            }
            _ => (None, shown),
        };
        let mut table = Table::new();
        table.load_style(presets::NOTHING);
        let number = |i: usize| {
            let mut values = rows.iter().map(|row| &row[i]).filter(|cell| !cell.text.is_empty());
            values.clone().next().is_some() && values.all(|cell| cell.is_number)
        };
        let header = |i: &usize| field(&self.headers[*i].text, number(*i));
        let header = first.then(|| Row::from(padded.iter().map(header).collect::<Vec<_>>()));
        let width = |i: usize| widths[i].unwrap_or_default();
        let body = rows.iter().map(|row| {
            let cell =
                |i: &usize| field(&truncate_str(&row[*i].text, width(*i), "…"), row[*i].is_number);
            Row::from(padded.iter().map(cell).collect::<Vec<_>>())
        });
        table.add_rows(header.into_iter().chain(body));
        let gaps = u16::try_from(GAP).unwrap_or_default();
        for (column, i) in table.column_iter_mut().zip(&padded) {
            let width = u16::try_from(width(*i)).unwrap_or(u16::MAX - gaps);
            column.set_constraint(ColumnConstraint::Absolute(Width::Fixed(width + gaps)));
            column.set_padding((0, gaps));
        }
        let ends = end.map(|end| {
            let header = first.then(|| self.headers[end].text.clone());
            header.into_iter().chain(rows.iter().map(move |row| row[end].text.clone()))
        });
        let lines = match (padded.is_empty(), ends) {
            (true, ends) => ends.into_iter().flatten().collect(),
            (false, None) => table.lines().map(|line| line.trim_end().to_owned()).collect(),
            (false, Some(ends)) => table.lines().zip(ends).map(|(line, end)| line + &end).collect(),
        };
        self.widths = Some(widths);
        lines
    }

    /// The columns that the terminal has no room for.
    pub(super) fn left_out(&self) -> Vec<String> {
        let widths = self.widths.iter().flatten();
        let left_out = self.headers.iter().zip(widths).filter(|(_, width)| width.is_none());
        left_out.map(|(header, _)| header.text.to_lowercase()).collect()
    }

    fn fit(&self, widest: impl Fn(usize) -> Option<usize>) -> Vec<Option<usize>> {
        let wishes = self.headers.iter().enumerate().map(|(i, header)| {
            let width = measure_text_width(&header.text);
            let natural = widest(i).unwrap_or_default().max(width);
            ColumnWidth { header: width, natural, yields: header.yields }
        });
        layout::fit(&wishes.collect::<Vec<_>>(), self.width)
    }
}

fn field(text: &str, is_number: bool) -> Field {
    let alignment = if is_number { CellAlignment::Right } else { CellAlignment::Left };
    Field::new(text).set_alignment(alignment)
}

/// No more of a cell than any table can show: to measure a text takes much longer than to cut it.
pub(super) fn cut(mut cell: String) -> String {
    const WIDEST: usize = 1_000;
    if cell.len() > WIDEST
        && let Some((end, _)) = cell.char_indices().nth(WIDEST)
    {
        cell.truncate(end);
        cell.push('…');
    }
    cell
}

#[cfg(test)]
#[path = "tests/table.rs"]
mod tests;
