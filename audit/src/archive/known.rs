//! The lines that are archived already, counted.

use std::collections::HashMap;
use std::io;
use std::ops::ControlFlow;

use super::manifest::{FileEntry, Manifest};
use super::plan::Window;
use crate::filter::Filter;
use crate::overlap::LineHash;
use crate::scan::{self, What};
use crate::source::Source;

const SECOND: i64 = 1_000_000;

/// Lines that an answer may hold and that are archived: equal ones are counted, so that of two genuine
/// twins both are kept.
#[derive(Debug)]
pub struct Known {
    window: Window,
    /// Those of the window itself.
    own: HashMap<LineHash, u64>,
    /// Those at the edges of the windows beside it: a server may count a window's end as part of it.
    beside: HashMap<LineHash, u64>,
}

impl Known {
    /// Nothing is known of this window.
    pub fn new(window: Window) -> Self {
        Known { window, own: HashMap::new(), beside: HashMap::new() }
    }

    /// The window.
    pub fn window(&self) -> Window {
        self.window
    }

    /// The files that must be [read](Known::read) before an answer for the window is, and whether all their
    /// lines are the window's own.
    pub fn files<'m>(&self, manifest: &'m Manifest) -> Vec<(&'m FileEntry, bool)> {
        let Window { from, until } = self.window;
        let mut files = Vec::new();
        for entry in &manifest.entries {
            let (begin, end) = (entry.from.as_second(), entry.until.as_second());
            for file in &entry.files {
                let reaches = |file: &FileEntry| match end <= from {
                    true => file.last.is_some_and(|last| last.as_second() >= from),
                    false => file.first.is_some_and(|first| first.as_second() <= until),
                };
                match begin == from {
                    true => files.push((file, true)),
                    false if reaches(file) => files.push((file, false)),
                    false => {}
                }
            }
        }
        files
    }

    /// Takes the lines of an archived file: all of them, or those at the window's edges.
    ///
    /// # Errors
    /// The file cannot be read to its end.
    pub fn read(&mut self, file: &Source, is_own: bool) -> io::Result<()> {
        let Window { from, until } = self.window;
        let edge = from * SECOND..(until + 1) * SECOND;
        let mut carried = None;
        let mut tally = scan::each(std::slice::from_ref(file), &Filter::default(), &mut |seen| {
            if let What::Event(event) = seen.what {
                carried = event.time.or(carried);
            }
            let lines = match is_own {
                true => Some(&mut self.own),
                false if carried.is_some_and(|time| edge.contains(&time.0)) => {
                    Some(&mut self.beside)
                }
                false => None,
            };
            if let Some(lines) = lines {
                *lines.entry(LineHash::of(seen.line)).or_default() += 1;
            }
            ControlFlow::Continue(())
        });
        tally.unreadable.pop().map_or(Ok(()), |unreadable| Err(unreadable.error))
    }

    /// Whether this line of the answer is one of those; each counts once.
    pub fn take(&mut self, line: &[u8]) -> bool {
        if self.own.is_empty() && self.beside.is_empty() {
            return false;
        }
        let hash = LineHash::of(line);
        [&mut self.own, &mut self.beside].into_iter().any(|lines| {
            let Some(count @ 1..) = lines.get_mut(&hash) else { return false };
            *count -= 1;
            true
        })
    }

    /// How many lines of the window itself have not been taken.
    pub fn left(&self) -> u64 {
        self.own.values().sum()
    }
}

#[cfg(test)]
#[path = "tests/pull.rs"]
mod tests;
