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

#[cfg(test)]
mod tests {
    use super::*;

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
