//! Padded columns. The only file that knows comfy-table.

use comfy_table::{ColumnConstraint, ContentArrangement, Row, Table, Width, presets};
use console::Term;

/// Writes rows chunk by chunk; the first chunk decides the widths, later cells are cut to them.
pub(super) struct Writer {
    header: Vec<String>,
    widths: Option<Vec<u16>>,
}

impl Writer {
    pub(super) fn new(header: Vec<String>) -> Self {
        Writer { header, widths: None }
    }

    /// The lines of these rows, the header before the first.
    pub(super) fn lines(&mut self, rows: Vec<Vec<String>>) -> Vec<String> {
        let mut table = Table::new();
        table.load_style(presets::NOTHING);
        table.set_truncation_indicator("…");
        let first = self.widths.is_none();
        if first {
            table.set_header(self.header.iter().map(|name| name.to_uppercase()));
        }
        for row in rows {
            let mut row = Row::from(row);
            row.max_height(1);
            table.add_row(row);
        }
        match &self.widths {
            None => {
                table.set_content_arrangement(ContentArrangement::Dynamic);
                table.set_width(terminal_width());
                self.widths = Some(table.column_max_content_widths());
            }
            Some(widths) => {
                table.set_content_arrangement(ContentArrangement::Dynamic);
                let fixed = |&w: &u16| ColumnConstraint::Absolute(Width::Fixed(w + 2));
                table.set_constraints(widths.iter().map(fixed));
            }
        }
        for column in table.column_iter_mut() {
            column.set_padding((0, 2));
        }
        table.lines().map(|line| line.trim_end().to_owned()).collect()
    }
}

/// No more of a cell than any table can show: to measure a text takes much longer than to cut it.
pub(super) fn cut(mut cell: String) -> String {
    if cell.len() > usize::from(WIDEST)
        && let Some((end, _)) = cell.char_indices().nth(usize::from(WIDEST))
    {
        cell.truncate(end);
        cell.push('…');
    }
    cell
}

/// How wide a table is where stdout is no terminal.
const WIDEST: u16 = 1_000;

/// The terminal's width, or wide enough for anything where stdout is none.
fn terminal_width() -> u16 {
    Term::stdout().size_checked().map_or(WIDEST, |(_, columns)| columns.min(WIDEST))
}
