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

    /// How many of the others are what: `1 blank, 2 malformed`.
    pub fn kinds(self) -> String {
        let kinds =
            [(self.blank, "blank"), (self.zero, "of NUL bytes"), (self.malformed, "malformed")];
        let kinds = kinds.iter().filter(|(count, _)| *count > 0);
        kinds.map(|(count, kind)| format!("{count} {kind}")).collect::<Vec<_>>().join(", ")
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

/// In words why a line is no event; nothing of what it holds is repeated.
pub fn why(line: &[u8]) -> String {
    let text = match std::str::from_utf8(line) {
        Ok(text) => text,
        Err(error) => return format!("not UTF-8 behind byte {}", error.valid_up_to()),
    };
    if let Some(first) = text.trim_start().chars().next()
        && first != '{'
    {
        let what = match first {
            '\u{feff}' => "a byte order mark",
            '\0' => "a NUL byte",
            _ => "no object",
        };
        return format!("begins with {what}");
    }
    match serde_json::from_str::<serde::de::IgnoredAny>(text) {
        Ok(_) => "no event".to_owned(),
        Err(_) if text.trim().is_empty() => "blank".to_owned(),
        Err(error) if error.is_eof() => "ends within the object".to_owned(),
        Err(error) => format!("no JSON from byte {} on", error.column()),
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
    use crate::event::Event;

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
    fn it_is_told_why_a_line_is_no_event() {
        for (line, wanted) in [
            (&b" "[..], "blank"),
            (b"\0\0", "begins with a NUL byte"),
            (b"\xef\xbb\xbf{}", "begins with a byte order mark"),
            (b"empty file", "begins with no object"),
            (b"[1]", "begins with no object"),
            (b"{\"a\": {", "ends within the object"),
            (b"{\"a\": \"secret", "ends within the object"),
            (b"{\"a\": x}", "no JSON from byte 7 on"),
            (b"{} {}", "no JSON from byte 4 on"),
            (b"{\"a\": \"\xff\"}", "not UTF-8 behind byte 7"),
        ] {
            assert!(Event::parse(line).is_none());
            assert_eq!(why(line), wanted);
        }
    }

    #[test]
    fn a_deep_event_is_one() {
        let deep = format!("{{\"a\": {}{}}}\n", "[".repeat(5000), "]".repeat(5000));
        assert_eq!(count(deep.as_bytes(), 64).events, 1);
    }
}
