//! Which parts of a log were read, and which were read late enough.

use std::collections::BTreeMap;

use super::plan::SETTLED;

/// A part of time that is always read within the same bounds; seconds since 1970.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cell {
    /// Its first second.
    pub from: i64,
    /// The second after its last; it may grow until the cell is settled.
    pub until: i64,
    /// When it was last read.
    pub read: i64,
}

impl Cell {
    /// Whether it was read so late that no line can have been missing.
    pub fn is_settled(self) -> bool {
        self.read >= self.until.saturating_add(SETTLED)
    }
}

/// Cells that do not cross, in order.
#[derive(Debug, Clone, Default)]
pub struct Coverage(BTreeMap<i64, Cell>);

impl Coverage {
    /// Takes a window that was read: a new cell, or one that is known already and may have grown. A
    /// window that crosses another is not taken.
    pub fn add(&mut self, from: i64, until: i64, read: i64) -> bool {
        let before = self.0.range(..from).next_back().is_none_or(|(_, cell)| cell.until <= from);
        let next = self.0.range(from.saturating_add(1)..).next();
        let behind = next.is_none_or(|(next, _)| until <= *next);
        let known = self.0.get(&from);
        let grows = known.is_none_or(|cell| cell.until <= until);
        if before && behind && grows {
            let read = known.map_or(read, |cell| cell.read.max(read));
            self.0.insert(from, Cell { from, until, read });
        }
        before && behind && grows
    }

    /// The cells, in order.
    pub fn cells(&self) -> impl DoubleEndedIterator<Item = Cell> + '_ {
        self.0.values().copied()
    }

    /// From when to when cells reach, whether or not there are gaps between them.
    pub fn range(&self) -> Option<(i64, i64)> {
        let (first, last) = (self.cells().next()?, self.cells().next_back()?);
        Some((first.from, last.until))
    }

    /// What no cell covers of a range.
    pub fn gaps(&self, from: i64, until: i64) -> Vec<(i64, i64)> {
        let mut gaps = Vec::new();
        let mut reached = from;
        for cell in self.cells() {
            if cell.from > reached {
                gaps.push((reached, cell.from.min(until)));
            }
            reached = reached.max(cell.until);
        }
        gaps.push((reached, until));
        gaps.retain(|(from, until)| from < until);
        gaps
    }

    /// Until when everything from the beginning on is covered, and settled.
    pub fn settled(&self) -> Option<i64> {
        let mut reached = None;
        for cell in self.cells() {
            if !cell.is_settled() || reached.is_some_and(|reached| reached < cell.from) {
                break;
            }
            reached = Some(cell.until);
        }
        reached
    }
}
