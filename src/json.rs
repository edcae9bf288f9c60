//! Limits of JSON from outside, checked by a scan that does not recurse before anything that does
//! gets to see it.

use std::collections::HashSet;
use std::fmt;

use serde::de::{Error as _, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer};
use serde_json::Value;

/// How deep arrays and objects may be nested.
pub const DEEPEST: usize = 512;

/// How many characters a number may have: to read one takes the square of that.
pub const LONGEST_NUMBER: usize = 1_000;

/// What is too much.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Excess {
    /// Beyond [`DEEPEST`].
    #[error("it is nested more than {DEEPEST} deep")]
    Depth,
    /// Beyond [`LONGEST_NUMBER`].
    #[error("it holds a number of more than {LONGEST_NUMBER} digits")]
    Number,
}

/// Checks a document; whether it is JSON at all is left to its reader.
///
/// # Errors
/// What it has too much of.
pub fn check(json: &[u8]) -> Result<(), Excess> {
    let (mut depth, mut number) = (0_usize, 0_usize);
    let mut bytes = json.iter();
    while let Some(byte) = bytes.next() {
        match byte {
            b'0'..=b'9' | b'+' | b'-' | b'.' | b'e' | b'E' => number += 1,
            _ => number = 0,
        }
        match byte {
            b'[' | b'{' => depth += 1,
            b']' | b'}' => depth = depth.saturating_sub(1),
            b'"' => skip_text(&mut bytes),
            // JSON has no comments, but jq's reader does.
            b'#' => drop(bytes.find(|byte| **byte == b'\n')),
            _ => {}
        }
        if depth > DEEPEST {
            return Err(Excess::Depth);
        }
        if number > LONGEST_NUMBER {
            return Err(Excess::Number);
        }
    }
    Ok(())
}

/// Goes on behind the end of a text.
fn skip_text(bytes: &mut std::slice::Iter<'_, u8>) {
    while let Some(byte) = bytes.next() {
        match byte {
            b'"' => return,
            b'\\' => drop(bytes.next()),
            _ => {}
        }
    }
}

/// The documents of a text, one behind the other.
///
/// # Errors
/// It is not JSON, or an object in it repeats a key.
pub fn documents(text: &str) -> serde_json::Result<Vec<Value>> {
    let stream = |text| serde_json::Deserializer::from_str(text);
    for document in stream(text).into_iter::<UniqueKeys>() {
        document?;
    }
    stream(text).into_iter().collect()
}

/// A document in which no object repeats a key. A parser keeps the last one, and the values of the
/// others would be missing silently.
pub struct UniqueKeys;

impl<'de> Deserialize<'de> for UniqueKeys {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(UniqueKeys)
    }
}

impl<'de> Visitor<'de> for UniqueKeys {
    type Value = UniqueKeys;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self, A::Error> {
        let mut seen = HashSet::new();
        while let Some(key) = map.next_key::<String>()? {
            if seen.contains(&key) {
                return Err(A::Error::custom(format!("{key:?} is given more than once")));
            }
            seen.insert(key);
            map.next_value::<UniqueKeys>()?;
        }
        Ok(self)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Self, A::Error> {
        while items.next_element::<UniqueKeys>()?.is_some() {}
        Ok(self)
    }

    fn visit_bool<E>(self, _: bool) -> Result<Self, E> {
        Ok(self)
    }

    fn visit_i64<E>(self, _: i64) -> Result<Self, E> {
        Ok(self)
    }

    fn visit_u64<E>(self, _: u64) -> Result<Self, E> {
        Ok(self)
    }

    fn visit_f64<E>(self, _: f64) -> Result<Self, E> {
        Ok(self)
    }

    fn visit_str<E>(self, _: &str) -> Result<Self, E> {
        Ok(self)
    }

    fn visit_unit<E>(self) -> Result<Self, E> {
        Ok(self)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn nested(open: &str, close: &str, depth: usize) -> String {
        format!("{}0{}", open.repeat(depth), close.repeat(depth))
    }

    #[test]
    fn what_is_within_the_limits_passes() {
        for (open, close) in [("[", "]"), ("{\"a\":", "}"), ("[[1],", "]")] {
            assert_eq!(check(nested(open, close, DEEPEST - 1).as_bytes()), Ok(()));
            assert_eq!(check(nested(open, close, DEEPEST + 1).as_bytes()), Err(Excess::Depth));
        }
        assert_eq!(check("1".repeat(LONGEST_NUMBER).as_bytes()), Ok(()));
    }

    #[test]
    fn long_numbers_are_noticed_wherever_they_are() {
        let digits = "7".repeat(LONGEST_NUMBER + 1);
        for text in [digits.clone(), format!("[-{digits}]"), format!("{{\"a\":1.{digits}e5}}")] {
            assert_eq!(check(text.as_bytes()), Err(Excess::Number));
        }
    }

    #[test]
    fn a_text_may_be_anything() {
        let (digits, brackets) = ("7".repeat(5_000), "[".repeat(5_000));
        for text in [digits, brackets.clone(), format!("\\\"{brackets}"), format!("{brackets}\\\\")]
        {
            assert_eq!(check(format!("{{\"{text}\":[\"{text}\"]}}").as_bytes()), Ok(()));
        }
    }

    #[test]
    fn a_comment_hides_nothing() {
        let text = format!("#\"\n{}", nested("[", "]", DEEPEST + 1));
        assert_eq!(check(text.as_bytes()), Err(Excess::Depth));
    }

    proptest! {
        #[test]
        fn ordinary_documents_pass(text in "[\\[\\]{}\",:0-9a-z\\\\]{0,400}") {
            prop_assert_eq!(check(text.as_bytes()), Ok(()));
        }
    }
}
