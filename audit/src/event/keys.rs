//! Which of an object's keys a text is.

/// The keys of a kind of object: a hash table that is made when the program is.
#[derive(Debug)]
pub(super) struct Table {
    keys: &'static [&'static str],
    /// Numbers of keys from 1; zero is a free place.
    places: [u8; Table::SIZE],
}

impl Table {
    /// At least twice as many places as the largest object has keys.
    const SIZE: usize = 128;

    pub(super) const fn new(keys: &'static [&'static str]) -> Table {
        assert!(keys.len() * 2 <= Table::SIZE);
        let mut places = [0; Table::SIZE];
        let mut number = 0;
        while number < keys.len() {
            let mut place = Table::place(keys[number].as_bytes());
            while places[place] != 0 {
                place = (place + 1) % Table::SIZE;
            }
            number += 1;
            places[place] = number as u8;
        }
        Table { keys, places }
    }

    #[inline]
    const fn place(key: &[u8]) -> usize {
        let length = key.len();
        if length == 0 {
            return 0;
        }
        let (first, middle, last) =
            (key[0] as usize, key[length / 2] as usize, key[length - 1] as usize);
        (length * 29 + first * 3 + middle * 7 + last * 13) % Table::SIZE
    }

    /// The number of a key, from 0.
    #[inline]
    pub(super) fn find(&self, key: &str) -> Option<usize> {
        let mut place = Table::place(key.as_bytes());
        loop {
            let number = usize::from(self.places[place]).checked_sub(1)?;
            if self.keys[number] == key {
                return Some(number);
            }
            place = (place + 1) % Table::SIZE;
        }
    }
}

/// In which order keys come. Nearly all lines of a log are laid out alike, so that the key that comes is one
/// that followed the one before in a line before.
#[derive(Debug, Default)]
pub(crate) struct Order {
    known: Vec<Known>,
    last: usize,
}

/// A key as it was written.
#[derive(Debug)]
struct Known {
    /// Whose key it is.
    table: &'static Table,
    /// Its first bytes with quotes and colon, and which of them count.
    head: u64,
    mask: u64,
    /// The eight bytes behind them, and its last eight, of one that has so many.
    middle: u64,
    tail: u64,
    length: usize,
    number: Option<usize>,
    /// What followed, as numbers of known ones.
    next: [u16; Order::GUESSES],
}

impl Known {
    fn new(table: &'static Table, text: &[u8], number: Option<usize>) -> Self {
        let mut first = [0; 8];
        let length = text.len();
        let count = length.min(8);
        first[..count].copy_from_slice(&text[..count]);
        let mask = if count == 8 { u64::MAX } else { (1 << (8 * count)) - 1 };
        let tail = text.last_chunk().map_or(0, |tail| u64::from_le_bytes(*tail));
        let middle = word(text, 8).unwrap_or(0);
        let next = [0; Order::GUESSES];
        Known { table, head: u64::from_le_bytes(first), mask, middle, tail, length, number, next }
    }

    /// Whether a text begins with it: its words are compared, which overlap.
    #[inline]
    fn begins(&self, table: &'static Table, text: &[u8]) -> bool {
        word(text, 0).is_some_and(|head| head & self.mask == self.head)
            && std::ptr::eq(self.table, table)
            && (self.length <= 8 || word(text, self.length - 8) == Some(self.tail))
            && (self.length <= 16 || word(text, 8) == Some(self.middle))
    }
}

/// Eight bytes of a text that has so many.
#[inline]
fn word(text: &[u8], at: usize) -> Option<u64> {
    text.get(at..)?.first_chunk().map(|word| u64::from_le_bytes(*word))
}

impl Order {
    /// How many guesses there are behind each key, and how many keys and bytes of one are remembered.
    const GUESSES: usize = 4;
    const KEYS: usize = 500;
    const LENGTH: usize = 24;

    /// Begins a line.
    pub(super) fn begin(&mut self) {
        self.last = 0;
    }

    /// If the text begins with a key that is expected here, its length with its colon, and its number.
    #[inline]
    pub(super) fn guess(
        &mut self,
        table: &'static Table,
        text: &[u8],
    ) -> Option<(usize, Option<usize>)> {
        let next = self.known.get(self.last)?.next[0];
        let known = self.known.get(usize::from(next))?;
        if known.begins(table, text) {
            self.last = usize::from(next);
            return Some((known.length, known.number));
        }
        self.guess_again(table, text)
    }

    /// The same for what followed less lately.
    fn guess_again(
        &mut self,
        table: &'static Table,
        text: &[u8],
    ) -> Option<(usize, Option<usize>)> {
        let last = self.last;
        let nexts = self.known[last].next;
        let is_it = |next: &u16| self.known[usize::from(*next)].begins(table, text);
        let place = nexts.iter().position(is_it)?;
        self.known[last].next[..=place].rotate_right(1);
        self.last = usize::from(nexts[place]);
        let Known { length, number, .. } = self.known[self.last];
        Some((length, number))
    }

    /// Remembers that a key came where no guess was right.
    #[cold]
    pub(super) fn learn(&mut self, table: &'static Table, text: &[u8], number: Option<usize>) {
        if self.known.is_empty() {
            // Before the first key of a line; it cannot come itself.
            self.known.push(Known::new(table, &[0], None));
        }
        let new = Known::new(table, text, number);
        let is_it = |known: &Known| {
            std::ptr::eq(known.table, table)
                && (known.length, known.head) == (new.length, new.head)
                && (known.middle, known.tail) == (new.middle, new.tail)
        };
        let at = self.known.iter().position(is_it).unwrap_or(self.known.len());
        if at == self.known.len() {
            if at == Order::KEYS || text.len() > Order::LENGTH {
                self.last = 0;
                return;
            }
            self.known.push(new);
        }
        let next = &mut self.known[self.last].next;
        next.rotate_right(1);
        next[0] = at as u16;
        self.last = at;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_guessed_where_it_belongs() {
        static ONE: Table = Table::new(&["a", "b"]);
        static OTHER: Table = Table::new(&["b"]);
        let mut order = Order::default();
        for round in 0..3 {
            order.begin();
            for (table, text, number) in [
                (&ONE, &b"\"a\":1234,"[..], Some(0)),
                (&OTHER, b"\"b\" : {}", Some(0)),
                (&ONE, b"\"b\":\"\",  ", Some(1)),
                (&ONE, b"\"c\":null", None),
            ] {
                let length = 1 + text.iter().position(|byte| *byte == b':').unwrap();
                match round {
                    0 => order.learn(table, &text[..length], number),
                    _ => assert_eq!(order.guess(table, text), Some((length, number))),
                }
            }
            assert_eq!(order.guess(&OTHER, b"\"a\":1234"), None);
        }
    }

    #[test]
    fn what_is_remembered_has_an_end() {
        static NONE: Table = Table::new(&[]);
        let mut order = Order::default();
        for number in 0..2000 {
            order.learn(&NONE, format!("\"{number}\":").as_bytes(), None);
        }
        order.learn(&NONE, &[b'x'; 1000], None);
        assert_eq!((order.known.len(), order.last), (Order::KEYS, 0));
    }

    #[test]
    fn every_key_is_found_and_no_other() {
        const KEYS: &[&str] =
            &["", "a", "b", "ab", "ba", "status", "status_id", "time", "emit", "\u{e9}"];
        const TABLE: Table = Table::new(KEYS);
        for (number, key) in KEYS.iter().enumerate() {
            assert_eq!(TABLE.find(key), Some(number));
        }
        for other in ["c", "aa", "statuss", "time ", "Time", "\u{e8}"] {
            assert_eq!(TABLE.find(other), None);
        }
    }
}
