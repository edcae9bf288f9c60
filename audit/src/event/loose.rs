//! Values of JSON that are taken if they have the expected type, and passed over if not.

use std::borrow::Cow;

use super::json::{Json, Malformed};
use super::keys::Table;
use super::span::Span;
use super::time::Micros;
use super::uuid;

type Result = std::result::Result<(), Malformed>;

/// What is read in place.
pub(super) trait Read<'a> {
    /// Reads the next value; one of another type leaves nothing.
    fn read(&mut self, json: &mut Json<'a>) -> Result;

    /// Reads it from under a key of extended JSON, and passes over what is under another.
    fn wrapped(&mut self, key: Option<usize>, json: &mut Json<'a>) -> Result {
        if key.is_some() { self.read(json) } else { json.skip() }
    }
}

/// A text; a whole number or a truth value in a text's place is one too.
#[derive(Debug, Default, Clone)]
pub(super) struct Text<'a>(pub(super) Option<Cow<'a, str>>);

/// A text, or a binary value of extended JSON, `{"$binary": …}`: the UUID whose bytes it is, else its base64
/// text.
#[derive(Debug, Default)]
pub(super) struct Id<'a>(pub(super) Option<Cow<'a, str>>);

/// A whole number, as a number, as a text or in MongoDB's extended JSON.
#[derive(Debug, Default, Clone, Copy)]
pub(super) struct Number(pub(super) Option<i64>);

/// The number of a port, if it is one; and where it stands, if it is written plainly.
#[derive(Debug, Default, Clone, Copy)]
pub(super) struct Port(pub(super) Option<u16>, pub(super) Span);

/// A moment in any of its spellings; and where it stands, if it is written plainly.
#[derive(Debug, Default, Clone, Copy)]
pub(super) struct Moment(pub(super) Option<Micros>, pub(super) Span);

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
    /// The keys that it knows.
    const TABLE: &'static Table;

    /// Reads the value of the key of a number, or passes over that of another.
    fn key(&mut self, number: Option<usize>, json: &mut Json<'a>) -> Result;
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
            b'{' => {
                static KEYS: Table = Table::new(&["$binary", "base64", "$uuid", "$oid"]);
                json.wrapper(&KEYS, |key, json| self.wrapped(key, json))?;
                if let Some(uuid) = self.0.as_deref().and_then(uuid::of_base64) {
                    self.0 = Some(Cow::Owned(uuid));
                }
            }
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
                if let Some(number) = json.integer() {
                    self.0 = Some(number);
                    return Ok(());
                }
                let number = json.number()?;
                number.parse().ok().or_else(|| {
                    let number = number.parse::<f64>().ok()?;
                    let is_whole = number.fract() == 0.0 && number.abs() < 9e15;
                    is_whole.then_some(number as i64)
                })
            }
            b'"' => json.string()?.trim().parse().ok(),
            b'{' => {
                static KEYS: Table = Table::new(&["$numberLong", "$numberInt", "$numberDouble"]);
                self.0 = None;
                return json.wrapper(&KEYS, |key, json| self.wrapped(key, json));
            }
            _ => return self.pass(json),
        };
        Ok(())
    }
}

impl<'a> Read<'a> for Port {
    fn read(&mut self, json: &mut Json<'a>) -> Result {
        let is_plain = json.peek().is_ascii_digit();
        let begin = json.at();
        let mut number = Number::default();
        number.read(json)?;
        let span = if is_plain { Span::new(begin, json.at()) } else { Span::default() };
        *self = Port(number.0.and_then(Port::of), span);
        Ok(())
    }
}

impl Port {
    /// Zero is none.
    pub(super) fn of(number: i64) -> Option<u16> {
        u16::try_from(number).ok().filter(|port| *port != 0)
    }
}

impl<'a> Read<'a> for Moment {
    #[inline]
    fn read(&mut self, json: &mut Json<'a>) -> Result {
        self.1 = Span::default();
        self.0 = match json.peek() {
            b'-' | b'0'..=b'9' => {
                let begin = json.at();
                if let Some(number) = json.integer() {
                    *self = Moment(Micros::of_epoch(number), Span::new(begin, json.at()));
                    return Ok(());
                }
                let number = json.number()?;
                match number.parse() {
                    Ok(number) => Micros::of_epoch(number),
                    Err(_) => number.parse().ok().and_then(Micros::of_fraction),
                }
            }
            b'"' => {
                let begin = json.at() + 1;
                let text = json.string()?;
                *self = Moment(Micros::of_text(&text), Span::new(begin, json.at() - 1));
                return Ok(());
            }
            b'{' => {
                static KEYS: Table = Table::new(&["$date", "$numberLong"]);
                self.0 = None;
                return json.wrapper(&KEYS, |key, json| self.wrapped(key, json));
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
            b'{' => json.object(T::TABLE, |key, json| self.0.key(key, json)),
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
