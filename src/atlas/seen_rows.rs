//! Which rows of a list came before.

use std::collections::HashSet;
use std::fmt;
use std::hash::{BuildHasher, RandomState};

use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, Visitor};
use serde_json::value::RawValue;

/// The rows seen before, as hashes: the last ones, and those before them. A circle is noticed if it
/// is no longer than [`SeenRows::MOST`] rows.
pub struct SeenRows {
    /// The fields that tell one row from another.
    identity: &'static [&'static str],
    hash: RandomState,
    last: HashSet<u64>,
    before: HashSet<u64>,
}

/// Whether a row came before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Seen {
    /// It is new.
    Never,
    /// The same object, which may have changed.
    Object,
    /// The same text, of a row that has no identity.
    Text,
}

impl SeenRows {
    /// Rows of one generation: both take some 40 MB.
    const MOST: usize = 1 << 20;

    /// Rows with these fields are known by them, others by their whole text.
    pub fn by(identity: &'static [&'static str]) -> SeenRows {
        let (hash, last, before) = (RandomState::new(), HashSet::new(), HashSet::new());
        SeenRows { identity, hash, last, before }
    }

    /// Remembers a row.
    pub fn add(&mut self, row: &RawValue) -> Seen {
        if self.last.len() >= Self::MOST {
            self.before = std::mem::take(&mut self.last);
        }
        let (hash, repeated) = match self.identify(row) {
            Some(hash) => (hash, Seen::Object),
            None => (self.hash.hash_one(row.get()), Seen::Text),
        };
        match self.last.insert(hash) && !self.before.contains(&hash) {
            true => Seen::Never,
            false => repeated,
        }
    }

    /// The hash of a row's identity; none if it has none of the fields.
    fn identify(&self, row: &RawValue) -> Option<u64> {
        let mut values = vec![None; self.identity.len()];
        let fields = Fields { names: self.identity, values: &mut values };
        fields.deserialize(&mut serde_json::Deserializer::from_str(row.get())).ok()?;
        values.iter().any(Option::is_some).then(|| self.hash.hash_one(values))
    }
}

/// Reads the values of some fields of an object, as they are written.
struct Fields<'a, 'de> {
    names: &'static [&'static str],
    values: &'a mut Vec<Option<&'de str>>,
}

impl<'de> DeserializeSeed<'de> for Fields<'_, 'de> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for Fields<'_, 'de> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        while let Some(field) = map.next_key_seed(Position(self.names))? {
            match field {
                Some(at) => {
                    let value: &RawValue = map.next_value()?;
                    self.values[at] = Some(value.get()).filter(|value| *value != "null");
                }
                None => drop(map.next_value::<IgnoredAny>()?),
            }
        }
        Ok(())
    }
}

/// Which of these names a key is.
struct Position(&'static [&'static str]);

impl<'de> DeserializeSeed<'de> for Position {
    type Value = Option<usize>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl Visitor<'_> for Position {
    type Value = Option<usize>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a key")
    }

    fn visit_str<E>(self, key: &str) -> Result<Self::Value, E> {
        Ok(self.0.iter().position(|name| *name == key))
    }
}
