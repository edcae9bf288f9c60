//! Values of JSON that are taken if they have the expected type, and passed over if not.

use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;

use serde::de::{Deserialize, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};

use super::time::Micros;

/// A text; a number or a truth value in a text's place is one too.
#[derive(Debug, Default, Clone)]
pub(super) struct Text<'a>(pub(super) Option<Cow<'a, str>>);

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
pub(super) trait Keys<'de>: Default {
    /// Reads the value of a key, or passes over it.
    fn key<A: MapAccess<'de>>(&mut self, key: &str, map: &mut A) -> Result<(), A::Error>;
}

/// Passes over everything in a sequence or a map, and keeps nothing.
macro_rules! pass_over {
    (seq) => {
        fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Self::Value, A::Error> {
            while seq.next_element::<IgnoredAny>()?.is_some() {}
            Ok(Self::Value::default())
        }
    };
    (map) => {
        fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
            while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
            Ok(Self::Value::default())
        }
    };
    (scalars) => {
        pass_over!(numbers);
        fn visit_str<E>(self, _: &str) -> Result<Self::Value, E> {
            Ok(Self::Value::default())
        }
    };
    (numbers) => {
        fn visit_bool<E>(self, _: bool) -> Result<Self::Value, E> {
            Ok(Self::Value::default())
        }
        fn visit_i64<E>(self, _: i64) -> Result<Self::Value, E> {
            Ok(Self::Value::default())
        }
        fn visit_u64<E>(self, _: u64) -> Result<Self::Value, E> {
            Ok(Self::Value::default())
        }
        fn visit_f64<E>(self, _: f64) -> Result<Self::Value, E> {
            Ok(Self::Value::default())
        }
        pass_over!(unit);
    };
    (unit) => {
        fn visit_unit<E>(self) -> Result<Self::Value, E> {
            Ok(Self::Value::default())
        }
    };
    (expecting) => {
        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("any value")
        }
    };
}

struct TextVisitor;

impl<'de> Visitor<'de> for TextVisitor {
    type Value = Text<'de>;
    pass_over!(expecting);
    pass_over!(seq);
    pass_over!(map);
    pass_over!(unit);
    fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Text<'de>, E> {
        Ok(Text(Some(Cow::Borrowed(text))))
    }
    fn visit_str<E>(self, text: &str) -> Result<Text<'de>, E> {
        Ok(Text(Some(Cow::Owned(text.to_owned()))))
    }
    fn visit_bool<E>(self, value: bool) -> Result<Text<'de>, E> {
        Ok(Text(Some(Cow::Borrowed(if value { "true" } else { "false" }))))
    }
    fn visit_i64<E>(self, value: i64) -> Result<Text<'de>, E> {
        Ok(Text(Some(Cow::Owned(value.to_string()))))
    }
    fn visit_u64<E>(self, value: u64) -> Result<Text<'de>, E> {
        Ok(Text(Some(Cow::Owned(value.to_string()))))
    }
    fn visit_f64<E>(self, value: f64) -> Result<Text<'de>, E> {
        Ok(Text(Some(Cow::Owned(value.to_string()))))
    }
}

impl<'de> Deserialize<'de> for Text<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(TextVisitor)
    }
}

/// A binary value of extended JSON, `{"$binary": …}`, in a text's place: its base64 text.
#[derive(Debug, Default)]
pub(super) struct Id<'a>(pub(super) Option<Cow<'a, str>>);

struct IdVisitor;

impl<'de> Visitor<'de> for IdVisitor {
    type Value = Id<'de>;
    pass_over!(expecting);
    pass_over!(seq);
    pass_over!(numbers);
    fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Id<'de>, E> {
        Ok(Id(Some(Cow::Borrowed(text))))
    }
    fn visit_str<E>(self, text: &str) -> Result<Id<'de>, E> {
        Ok(Id(Some(Cow::Owned(text.to_owned()))))
    }
    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Id<'de>, A::Error> {
        let mut id = Id::default();
        while let Some(Key(key)) = map.next_key()? {
            match &*key {
                "$binary" | "base64" | "$uuid" | "$oid" => id = map.next_value()?,
                _ => drop(map.next_value::<IgnoredAny>()?),
            }
        }
        Ok(id)
    }
}

impl<'de> Deserialize<'de> for Id<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(IdVisitor)
    }
}

struct NumberVisitor;

impl<'de> Visitor<'de> for NumberVisitor {
    type Value = Number;
    pass_over!(expecting);
    pass_over!(seq);
    pass_over!(unit);
    fn visit_bool<E>(self, _: bool) -> Result<Number, E> {
        Ok(Number(None))
    }
    fn visit_i64<E>(self, value: i64) -> Result<Number, E> {
        Ok(Number(Some(value)))
    }
    fn visit_u64<E>(self, value: u64) -> Result<Number, E> {
        Ok(Number(i64::try_from(value).ok()))
    }
    fn visit_f64<E>(self, value: f64) -> Result<Number, E> {
        let is_whole = value.fract() == 0.0 && value.abs() < 9e15;
        Ok(Number(is_whole.then_some(value as i64)))
    }
    fn visit_str<E>(self, text: &str) -> Result<Number, E> {
        Ok(Number(text.trim().parse().ok()))
    }
    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Number, A::Error> {
        let mut number = Number(None);
        while let Some(Key(key)) = map.next_key()? {
            match &*key {
                "$numberLong" | "$numberInt" | "$numberDouble" => number = map.next_value()?,
                _ => drop(map.next_value::<IgnoredAny>()?),
            }
        }
        Ok(number)
    }
}

impl<'de> Deserialize<'de> for Number {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(NumberVisitor)
    }
}

struct MomentVisitor;

impl<'de> Visitor<'de> for MomentVisitor {
    type Value = Moment;
    pass_over!(expecting);
    pass_over!(seq);
    pass_over!(unit);
    fn visit_bool<E>(self, _: bool) -> Result<Moment, E> {
        Ok(Moment(None))
    }
    fn visit_i64<E>(self, value: i64) -> Result<Moment, E> {
        Ok(Moment(Micros::of_epoch(value)))
    }
    fn visit_u64<E>(self, value: u64) -> Result<Moment, E> {
        Ok(Moment(i64::try_from(value).ok().and_then(Micros::of_epoch)))
    }
    fn visit_f64<E>(self, value: f64) -> Result<Moment, E> {
        Ok(Moment(Micros::of_fraction(value)))
    }
    fn visit_str<E>(self, text: &str) -> Result<Moment, E> {
        Ok(Moment(Micros::of_text(text)))
    }
    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Moment, A::Error> {
        let mut moment = Moment(None);
        while let Some(Key(key)) = map.next_key()? {
            match &*key {
                "$date" | "$numberLong" => moment = map.next_value()?,
                _ => drop(map.next_value::<IgnoredAny>()?),
            }
        }
        Ok(moment)
    }
}

impl<'de> Deserialize<'de> for Moment {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(MomentVisitor)
    }
}

struct ObjectVisitor<T>(PhantomData<T>);

impl<'de, T: Keys<'de>> Visitor<'de> for ObjectVisitor<T> {
    type Value = Object<T>;
    pass_over!(expecting);
    pass_over!(seq);
    pass_over!(scalars);
    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Object<T>, A::Error> {
        let mut object = T::default();
        while let Some(Key(key)) = map.next_key()? {
            object.key(&key, &mut map)?;
        }
        Ok(Object(object))
    }
}

impl<T: Default> Default for ObjectVisitor<T> {
    fn default() -> Self {
        ObjectVisitor(PhantomData)
    }
}

impl<'de, T: Keys<'de>> Deserialize<'de> for Object<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(ObjectVisitor::default())
    }
}

struct ListVisitor<T>(PhantomData<T>);

impl<'de, T: Keys<'de>> Visitor<'de> for ListVisitor<T> {
    type Value = List<T>;
    pass_over!(expecting);
    pass_over!(scalars);
    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<List<T>, A::Error> {
        let mut list = Vec::new();
        while let Some(Object(item)) = seq.next_element()? {
            list.push(item);
        }
        Ok(List(list))
    }
    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<List<T>, A::Error> {
        ObjectVisitor::<T>::default().visit_map(map).map(|Object(one)| List(vec![one]))
    }
}

impl<'de, T: Keys<'de>> Deserialize<'de> for List<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(ListVisitor(PhantomData))
    }
}

/// A key of an object, borrowed unless it has escapes.
pub(super) struct Key<'de>(pub(super) Cow<'de, str>);

struct KeyVisitor;

impl<'de> Visitor<'de> for KeyVisitor {
    type Value = Key<'de>;
    pass_over!(expecting);
    fn visit_borrowed_str<E>(self, key: &'de str) -> Result<Key<'de>, E> {
        Ok(Key(Cow::Borrowed(key)))
    }
    fn visit_str<E>(self, key: &str) -> Result<Key<'de>, E> {
        Ok(Key(Cow::Owned(key.to_owned())))
    }
}

impl<'de> Deserialize<'de> for Key<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_str(KeyVisitor)
    }
}
