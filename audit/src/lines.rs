//! What the lines of a log are: events, or something else.

use crate::event::is_object;

/// How long a line may be that is looked at as a whole, in bytes; one that is longer is no event. The
/// server keeps an event as a document, which has at most 16 MiB.
pub(crate) const LONGEST: usize = 32 << 20;

/// How many lines of a log are what.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Count {
    /// One JSON object.
    pub events: u64,
    /// Nothing but spaces.
    pub blank: u64,
    /// Nothing but zero bytes, and spaces: a crash leaves them.
    pub zero: u64,
    /// Anything else.
    pub malformed: u64,
}

impl Count {
    /// All lines.
    pub fn all(self) -> u64 {
        self.events + self.others()
    }

    /// Lines that are no event.
    pub fn others(self) -> u64 {
        self.blank + self.zero + self.malformed
    }

    /// Counts a line that is an event, or has a fault.
    pub(crate) fn add(&mut self, fault: Option<Fault>) {
        *match fault {
            None => &mut self.events,
            Some(Fault::Blank) => &mut self.blank,
            Some(Fault::Zero) => &mut self.zero,
            Some(Fault::Malformed) => &mut self.malformed,
        } += 1;
    }
}

impl std::ops::AddAssign for Count {
    fn add_assign(&mut self, other: Count) {
        self.events += other.events;
        self.blank += other.blank;
        self.zero += other.zero;
        self.malformed += other.malformed;
    }
}

/// Why a line is no event.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// Nothing but spaces.
    Blank,
    /// Nothing but zero bytes, and spaces.
    Zero,
    /// Anything else.
    Malformed,
}

impl Fault {
    /// What a line is that is not one JSON object.
    pub fn of(line: &[u8]) -> Fault {
        match line.iter().find(|byte| !byte.is_ascii_whitespace()) {
            None => Fault::Blank,
            Some(0) if line.iter().all(|byte| *byte == 0 || byte.is_ascii_whitespace()) => {
                Fault::Zero
            }
            Some(_) => Fault::Malformed,
        }
    }
}

/// What is wrong with a line, if it is no event.
fn fault(line: &[u8]) -> Option<Fault> {
    (!is_object(line)).then(|| Fault::of(line))
}

/// Lines that come piece by piece.
#[derive(Debug, Default)]
pub(super) struct Lines {
    count: Count,
    /// A line whose end has not come yet.
    begun: Vec<u8>,
    /// Whether more of it came than is held.
    too_long: bool,
}

impl Lines {
    pub(super) fn read(&mut self, mut bytes: &[u8]) {
        while let Some(end) = bytes.iter().position(|byte| *byte == b'\n') {
            let (line, rest) = bytes.split_at(end);
            match self.begun.is_empty() && !self.too_long {
                true => self.count.add(fault(line)),
                false => {
                    self.hold(line);
                    self.end();
                }
            }
            bytes = &rest[1..];
        }
        self.hold(bytes);
    }

    /// The lines, the last of which need not have an end.
    pub(super) fn finish(mut self) -> Count {
        if !self.begun.is_empty() || self.too_long {
            self.end();
        }
        self.count
    }

    fn hold(&mut self, bytes: &[u8]) {
        self.too_long |= self.begun.len() + bytes.len() > LONGEST;
        match self.too_long {
            true => self.begun = Vec::new(),
            false => self.begun.extend_from_slice(bytes),
        }
    }

    fn end(&mut self) {
        match std::mem::take(&mut self.too_long) {
            true => self.count.add(Some(Fault::Malformed)),
            false => self.count.add(fault(&self.begun)),
        }
        self.begun.clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn count(text: &[u8], piece: usize) -> Count {
        let mut lines = Lines::default();
        text.chunks(piece).for_each(|piece| lines.read(piece));
        lines.finish()
    }

    #[test]
    fn lines_are_told_apart_however_they_come() {
        let text = b"{\"a\": 1}\n\n \t\r\n\0\0\n[1]\n{\"a\": \n{} {}\n{\"b\": {}}\r\n\0{}\n{\"\xff\": 1}\n  {}";
        let wanted = Count { events: 3, blank: 2, zero: 1, malformed: 5 };
        for piece in [1, 2, 3, 7, 1000] {
            assert_eq!(count(text, piece), wanted, "{piece}");
        }
        assert_eq!((wanted.all(), wanted.others()), (11, 8));
        assert_eq!(count(b"", 1), Count::default());
    }

    #[test]
    fn a_line_has_an_end() {
        let mut text = vec![b' '; LONGEST];
        text.extend(b"{}\n{}\n");
        assert_eq!(count(&text, 1 << 20), Count { events: 1, malformed: 1, ..Count::default() });
    }

    #[test]
    fn a_deep_event_is_one() {
        let deep = format!("{{\"a\": {}{}}}\n", "[".repeat(5000), "]".repeat(5000));
        assert_eq!(count(deep.as_bytes(), 64).events, 1);
    }
}
