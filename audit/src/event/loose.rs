//! Values of JSON that are taken if they have the expected type, and passed over if not.

use std::borrow::Cow;

use super::json::{Json, Malformed};
use super::time::Micros;

type Result = std::result::Result<(), Malformed>;

/// What is read in place.
pub(super) trait Read<'a> {
    /// Reads the next value; one of another type leaves nothing.
    fn read(&mut self, json: &mut Json<'a>) -> Result;
}

/// A text; a whole number or a truth value in a text's place is one too.
#[derive(Debug, Default, Clone)]
pub(super) struct Text<'a>(pub(super) Option<Cow<'a, str>>);

/// A text, or a binary value of extended JSON, `{"$binary": …}`: its base64 text.
#[derive(Debug, Default)]
pub(super) struct Id<'a>(pub(super) Option<Cow<'a, str>>);

/// A whole number, as a number, as a text or in MongoDB's extended JSON.
#[derive(Debug, Default, Clone, Copy)]
pub(super) struct Number(pub(super) Option<i64>);

/// A moment in any of its spellings.
#[derive(Debug, Default, Clone, Copy)]
pub(super) struct Moment(pub(super) Option<Micros>);

/// An object, or nothing.
#[derive(Debug, Default)]
pub(super) struct Object<T>(pub(super) T);

/// A list of what can be read; one object is a list of one.
#[derive(Debug)]
pub(super) struct List<T>(pub(super) Vec<T>);

impl<T> Default for List<T> {
    fn default() -> Self {
        List(Vec::new())
    }
}

/// Reads the keys of an object that it knows, and passes over the others. Of a key that occurs twice, the
/// last counts.
pub(super) trait Keys<'a>: Default {
    /// Reads the value of a key, or passes over it.
    fn key(&mut self, key: &str, json: &mut Json<'a>) -> Result;
}

impl<'a> Read<'a> for Text<'a> {
    #[inline]
    fn read(&mut self, json: &mut Json<'a>) -> Result {
        self.0 = match json.peek() {
            b'"' => Some(json.string()?),
            b'-' | b'0'..=b'9' => {
                let number = json.number()?;
                // Nobody is called by a fraction.
                let is_whole = !number.contains(['.', 'e', 'E']);
                is_whole.then_some(Cow::Borrowed(number))
            }
            b't' | b'f' => Some(Cow::Borrowed(json.word()?)),
            _ => return self.pass(json),
        };
        Ok(())
    }
}

impl<'a> Read<'a> for Id<'a> {
    fn read(&mut self, json: &mut Json<'a>) -> Result {
        self.0 = None;
        match json.peek() {
            b'"' => self.0 = Some(json.string()?),
            b'{' => json.wrapper(|key, json| match key {
                "$binary" | "base64" | "$uuid" | "$oid" => self.read(json),
                _ => json.skip(),
            })?,
            _ => json.skip()?,
        }
        Ok(())
    }
}

impl<'a> Read<'a> for Number {
    #[inline]
    fn read(&mut self, json: &mut Json<'a>) -> Result {
        self.0 = match json.peek() {
            b'-' | b'0'..=b'9' => {
                let number = json.number()?;
                number.parse().ok().or_else(|| {
                    let number = number.parse::<f64>().ok()?;
                    let is_whole = number.fract() == 0.0 && number.abs() < 9e15;
                    is_whole.then_some(number as i64)
                })
            }
            b'"' => json.string()?.trim().parse().ok(),
            b'{' => {
                self.0 = None;
                return json.wrapper(|key, json| match key {
                    "$numberLong" | "$numberInt" | "$numberDouble" => self.read(json),
                    _ => json.skip(),
                });
            }
            _ => return self.pass(json),
        };
        Ok(())
    }
}

impl<'a> Read<'a> for Moment {
    #[inline]
    fn read(&mut self, json: &mut Json<'a>) -> Result {
        self.0 = match json.peek() {
            b'-' | b'0'..=b'9' => {
                let number = json.number()?;
                match number.parse() {
                    Ok(number) => Micros::of_epoch(number),
                    Err(_) => number.parse().ok().and_then(Micros::of_fraction),
                }
            }
            b'"' => Micros::of_text(&json.string()?),
            b'{' => {
                self.0 = None;
                return json.wrapper(|key, json| match key {
                    "$date" | "$numberLong" => self.read(json),
                    _ => json.skip(),
                });
            }
            _ => return self.pass(json),
        };
        Ok(())
    }
}

/// Leaves nothing of a value of another type.
trait Pass: Default {
    #[cold]
    fn pass(&mut self, json: &mut Json<'_>) -> Result {
        *self = Self::default();
        json.skip()
    }
}

impl<T: Default> Pass for T {}

impl<'a, T: Keys<'a>> Read<'a> for Object<T> {
    #[inline]
    fn read(&mut self, json: &mut Json<'a>) -> Result {
        self.0 = T::default();
        match json.peek() {
            b'{' => json.object(|key, json| self.0.key(key, json)),
            _ => json.skip(),
        }
    }
}

impl<'a, T: Read<'a> + Default> Read<'a> for Option<T> {
    #[inline]
    fn read(&mut self, json: &mut Json<'a>) -> Result {
        self.insert(T::default()).read(json)
    }
}

impl<'a, T: Keys<'a>> Read<'a> for List<T> {
    #[inline]
    fn read(&mut self, json: &mut Json<'a>) -> Result {
        self.0.clear();
        let one = |list: &mut Vec<T>, json: &mut Json<'a>| {
            let mut item = Object(T::default());
            item.read(json)?;
            list.push(item.0);
            Ok(())
        };
        match json.peek() {
            b'[' => json.array(|json| one(&mut self.0, json)),
            b'{' => one(&mut self.0, json),
            _ => json.skip(),
        }
    }
}

/// Which of an object's keys a text is: a hash table that is made when the program is.
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
