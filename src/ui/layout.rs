//! The widths of a table's columns, and which ones a narrow terminal omits. Pure.

use super::column::Yields;

/// Between two columns.
pub(super) const GAP: usize = 2;

/// A column that is cut shows at least so much of its values.
const LEAST: usize = 8;

/// What the layout needs to know of a column, in cells of a terminal.
#[derive(Debug, Clone, Copy)]
pub(super) struct ColumnWidth {
    /// The header's width, below which no column goes: a header is never cut.
    pub(super) header: usize,
    /// The width of the widest value or of the header, whichever is wider.
    pub(super) natural: usize,
    pub(super) yields: Yields,
}

impl ColumnWidth {
    fn least(&self) -> usize {
        match self.yields {
            Yields::First | Yields::Later => self.natural.min(self.header.max(LEAST)),
            Yields::Never | Yields::Whole => self.natural,
        }
    }
}

/// The width of each column; `None` for one that is left out. Where even the columns that never give
/// way are wider than the terminal, so is the table.
pub(super) fn fit(wishes: &[ColumnWidth], width: usize) -> Vec<Option<usize>> {
    let mut widths: Vec<Option<usize>> = wishes.iter().map(|wish| Some(wish.natural)).collect();
    shrink(wishes, &mut widths, Yields::First, width);
    while total(&widths) > width {
        let least = (0..wishes.len())
            .rev()
            .find(|&i| wishes[i].yields == Yields::First && widths[i].is_some());
        let Some(least) = least else { break };
        // With one column less the others may have more room again.
        for (width, wish) in widths.iter_mut().zip(wishes) {
            *width = width.map(|_| wish.natural);
        }
        widths[least] = None;
        shrink(wishes, &mut widths, Yields::First, width);
    }
    shrink(wishes, &mut widths, Yields::Later, width);
    widths
}

/// Takes from the widest of these columns, one cell after the other, until all fit or none can give
/// more.
fn shrink(wishes: &[ColumnWidth], widths: &mut [Option<usize>], yields: Yields, width: usize) {
    let mut excess = total(widths).saturating_sub(width);
    while excess > 0 {
        let wide = |i: &usize| {
            wishes[*i].yields == yields && widths[*i].is_some_and(|w| w > wishes[*i].least())
        };
        let widest = (0..wishes.len()).filter(wide).max_by_key(|&i| widths[i]);
        let Some(widest) = widest else { return };
        widths[widest] = widths[widest].map(|w| w - 1);
        excess -= 1;
    }
}

fn total(widths: &[Option<usize>]) -> usize {
    let shown = widths.iter().flatten();
    shown.clone().sum::<usize>() + GAP * shown.count().saturating_sub(1)
}

#[cfg(test)]
#[path = "tests/layout.rs"]
mod tests;
