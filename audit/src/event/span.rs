//! Where a value stands in a line.

use std::ops::Range;

/// Where a value stands in a line: all of it, or what is between the quotes of a text.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Span {
    begin: u32,
    end: u32,
}

impl Span {
    /// None in a line that is longer than anybody counts.
    pub(super) fn new(begin: usize, end: usize) -> Span {
        match (begin.try_into(), end.try_into()) {
            (Ok(begin), Ok(end)) => Span { begin, end },
            _ => Span::default(),
        }
    }

    /// Where a text stands in a line that it is a part of.
    pub(super) fn of(text: &str, line: &str) -> Option<Span> {
        let begin = text.as_ptr().addr().checked_sub(line.as_ptr().addr())?;
        let end = begin + text.len();
        (end <= line.len()).then(|| Span::new(begin, end))
    }

    pub(super) fn begin(self) -> usize {
        self.begin as usize
    }

    pub(super) fn end(self) -> usize {
        self.end as usize
    }

    pub(super) fn range(self) -> Range<usize> {
        self.begin()..self.end()
    }

    /// Whether there is nothing, or no such value.
    pub(super) fn is_empty(self) -> bool {
        self.begin == self.end
    }
}
