//! The shape of lines that nobody has described: which keys occur where, with values of which types, and how
//! often. No value is kept, so that a report can be shown to others.
//!
//! What is held has an end, whatever the lines are: keys that look like data, and all keys of an object that
//! has too many, stand together as `*`, and nothing is told apart in what belongs to a user's pipeline or
//! below a certain depth.

use std::collections::BTreeMap;
use std::fmt;
use std::net::IpAddr;

use serde::de::{Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::value::RawValue;

use crate::event::Micros;

/// So many keys of an object are told apart; where there are more, none is.
const MOST_KEYS: usize = 64;

/// So many keys are told apart in all. Which ones, where there are more, depends on the order of the lines.
const MOST_PATHS: usize = 4_096;

/// Keys are told apart this deep in objects and lists.
const DEEPEST: usize = 12;

/// A longer key is data.
const LONGEST_KEY: usize = 64;

/// What stands for any key, and for the items of a list.
const ANY: &str = "*";
const ITEM: &str = "[]";

/// The type of a value, as far as it tells something of its meaning.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Type {
    /// An object.
    Object,
    /// A list.
    Array,
    /// A text.
    Text,
    /// A text that is a whole number.
    Digits,
    /// A text that is a date and a time.
    Time,
    /// A text that is an IP address.
    Address,
    /// A number without a fraction.
    Integer,
    /// A number with a fraction or an exponent.
    Float,
    /// `true` or `false`.
    Bool,
    /// `null`.
    Null,
}

impl Type {
    /// In words: `integer`, `string (time)`.
    pub fn name(self) -> &'static str {
        match self {
            Type::Object => "object",
            Type::Array => "array",
            Type::Text => "string",
            Type::Digits => "string (integer)",
            Type::Time => "string (time)",
            Type::Address => "string (address)",
            Type::Integer => "integer",
            Type::Float => "number",
            Type::Bool => "boolean",
            Type::Null => "null",
        }
    }

    /// The type of a value that is JSON.
    fn of(json: &str) -> Type {
        match json.as_bytes().first() {
            Some(b'{') => Type::Object,
            Some(b'[') => Type::Array,
            Some(b'"') => Type::of_text(json.trim_matches('"')),
            Some(b't' | b'f') => Type::Bool,
            Some(b'n') | None => Type::Null,
            Some(_) if json.contains(['.', 'e', 'E']) => Type::Float,
            Some(_) => Type::Integer,
        }
    }

    fn of_text(text: &str) -> Type {
        let begins_with_a_year = text.len() > 4 && text.bytes().take(4).all(|b| b.is_ascii_digit());
        match text {
            _ if text.parse::<i64>().is_ok() => Type::Digits,
            _ if begins_with_a_year && Micros::of_text(text).is_some() => Type::Time,
            _ if text.parse::<IpAddr>().is_ok() => Type::Address,
            _ => Type::Text,
        }
    }
}

/// A path, and what stands there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeyPath {
    /// `actor.user.groups[].name`; `*` stands for any key.
    pub path: String,
    /// How many values of which type.
    pub types: Vec<(Type, u64)>,
}

/// The key paths of lines, with types and counts.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct KeyPaths {
    root: Node,
    /// How many nodes there are below the root, at least.
    nodes: usize,
}

impl KeyPaths {
    /// Adds a line, if it is JSON.
    pub fn add(&mut self, line: &[u8]) {
        if let Ok(value) = serde_json::from_slice::<&RawValue>(line) {
            self.root.add(value, DEEPEST, &mut self.nodes);
        }
    }

    /// Adds what others have.
    pub fn join(&mut self, other: KeyPaths) {
        self.root.join(other.root, &mut self.nodes);
    }

    /// Every path below that of the line itself, in the order of their texts.
    pub fn paths(&self) -> Vec<KeyPath> {
        let mut paths = Vec::with_capacity(self.nodes);
        self.root.list("", &mut paths);
        paths
    }
}

/// What was seen in one place.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Node {
    types: BTreeMap<Type, u64>,
    children: BTreeMap<Box<str>, Node>,
    /// Whether there were so many keys that none is told apart any more.
    is_map: bool,
}

impl Node {
    fn add(&mut self, value: &RawValue, depth: usize, nodes: &mut usize) {
        *self.types.entry(Type::of(value.get())).or_default() += 1;
        if depth == 0 || !value.get().starts_with(['{', '[']) {
            return;
        }
        let mut member = |key: &str, value: &RawValue| {
            // The operators of a pipeline take documents whose keys a user has chosen.
            let is_last =
                key.starts_with('$') || *nodes >= MOST_PATHS && !self.children.contains_key(key);
            let depth = if is_last { 0 } else { depth - 1 };
            self.child(key, nodes).add(value, depth, nodes);
        };
        let mut json = serde_json::Deserializer::from_str(value.get());
        // What cannot be read is a key that is no text in Unicode: it stands in no report.
        let _ = json.deserialize_any(Members(&mut member));
    }

    fn join(&mut self, other: Node, nodes: &mut usize) {
        for (kind, count) in other.types {
            *self.types.entry(kind).or_default() += count;
        }
        if other.is_map && !self.is_map {
            self.close(nodes);
        }
        for (key, child) in other.children {
            self.child(&key, nodes).join(child, nodes);
        }
    }

    /// The place of a key.
    fn child(&mut self, key: &str, nodes: &mut usize) -> &mut Node {
        let is_known = self.children.contains_key(key);
        if !is_known && !self.is_map && self.named() >= MOST_KEYS && is_name(key) {
            self.close(nodes);
        }
        let is_told =
            is_known || key == ITEM || (!self.is_map && *nodes < MOST_PATHS && is_name(key));
        let key = if is_told { key } else { ANY };
        if !self.children.contains_key(key) {
            *nodes += 1;
        }
        self.children.entry(key.into()).or_default()
    }

    fn named(&self) -> usize {
        self.children.keys().filter(|key| is_name(key)).count()
    }

    /// Puts all keys together.
    fn close(&mut self, nodes: &mut usize) {
        self.is_map = true;
        let all = std::mem::take(&mut self.children).into_iter();
        let (names, others): (BTreeMap<_, _>, _) = all.partition(|(key, _)| is_name(key));
        self.children = others;
        for (_, node) in names {
            *nodes -= node.size();
            self.child(ANY, nodes).join(node, nodes);
        }
    }

    /// How many nodes it is, with all below it.
    fn size(&self) -> usize {
        1 + self.children.values().map(Node::size).sum::<usize>()
    }

    fn list(&self, path: &str, paths: &mut Vec<KeyPath>) {
        for (key, node) in &self.children {
            let path = match &**key {
                ITEM => format!("{path}{ITEM}"),
                key if path.is_empty() => key.to_owned(),
                key => format!("{path}.{key}"),
            };
            let types = node.types.iter().map(|(kind, count)| (*kind, *count)).collect();
            paths.push(KeyPath { path: path.clone(), types });
            node.list(&path, paths);
        }
    }
}

/// Whether a key is a name that a program was written with, as far as can be seen, rather than data: an
/// address, a date, an id.
fn is_name(key: &str) -> bool {
    let name = key.strip_prefix('$').unwrap_or(key);
    let may_stand = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.');
    let is_id =
        name.len() >= 16 && name.bytes().all(|byte| byte.is_ascii_hexdigit() || byte == b'-');
    name.len() <= LONGEST_KEY
        && name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
        && name.bytes().all(may_stand)
        && !is_id
}

/// Calls a function with each member of an object, or with each item of a list.
struct Members<'f>(&'f mut dyn FnMut(&str, &RawValue));

impl<'de> Visitor<'de> for Members<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object or a list")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        while let Some((key, value)) = map.next_entry::<String, &RawValue>()? {
            self.0(&key, value);
        }
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<(), A::Error> {
        while let Some(value) = seq.next_element::<&RawValue>()? {
            self.0(ITEM, value);
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn shape(lines: &[&str]) -> Vec<String> {
        let mut paths = KeyPaths::default();
        lines.iter().for_each(|line| paths.add(line.as_bytes()));
        let types = |path: &KeyPath| {
            let types = path.types.iter().map(|(kind, count)| format!("{} {count}", kind.name()));
            types.collect::<Vec<_>>().join(", ")
        };
        paths.paths().iter().map(|path| format!("{}: {}", path.path, types(path))).collect()
    }

    #[test]
    fn keys_are_told_with_types_and_counts_and_without_values() {
        let lines = [
            r#"{"time": 17, "user": {"name": "alice", "groups": [{"name": "a"}, {"name": null}]}}"#,
            r#"{"time": "17", "user": "alice", "ip": "192.0.2.7", "at": "2026-11-01T00:00:00Z"}"#,
            r#"{"time": 1.5, "ip": "::1", "ok": true, "at": "20260101"}"#,
            "no JSON",
        ];
        assert_eq!(
            shape(&lines),
            [
                "at: string (integer) 1, string (time) 1",
                "ip: string (address) 2",
                "ok: boolean 1",
                "time: string (integer) 1, integer 1, number 1",
                "user: object 1, string 1",
                "user.groups: array 1",
                "user.groups[]: object 2",
                "user.groups[].name: string 1, null 1",
                "user.name: string 1",
            ]
        );
    }

    #[test]
    fn data_in_the_place_of_keys_stands_together() {
        let lines = [
            r#"{"by": {"sam@example.com": 1, "192.0.2.7": 2, "65f0c0ffee0123456789abcd": 3, "x509": 4}}"#,
            r#"{"pipeline": [{"$match": {"secret": 1}}, {"$emit": {"topic": "t"}}], "ts": {"$date": 5}}"#,
        ];
        assert_eq!(
            shape(&lines),
            [
                "by: object 1",
                "by.*: integer 3",
                "by.x509: integer 1",
                "pipeline: array 1",
                "pipeline[]: object 2",
                "pipeline[].$emit: object 1",
                "pipeline[].$match: object 1",
                "ts: object 1",
                "ts.$date: integer 1",
            ]
        );
    }

    #[test]
    fn a_map_of_thousands_is_one_key() {
        let members = (0..5_000).map(|i| format!(r#""topic_{}": {{"lag": {i}}}"#, letters(i)));
        let line = format!("{{\"lags\": {{{}}}}}", members.collect::<Vec<_>>().join(", "));
        let wanted = ["lags: object 1", "lags.*: object 5000", "lags.*.lag: integer 5000"];
        assert_eq!(shape(&[&line]), wanted);
    }

    #[test]
    fn whatever_the_lines_are_what_is_held_has_an_end() {
        let mut paths = KeyPaths::default();
        for i in 0..20_000 {
            let key = |part: usize| letters(i / 64_usize.pow(part.try_into().unwrap()) % 60);
            paths.add(
                format!(r#"{{"{}": {{"{}": {{"{}": [{{"a": 1}}]}}}}}}"#, key(2), key(1), key(0))
                    .as_bytes(),
            );
        }
        assert!(paths.root.size() <= 3 * MOST_PATHS, "{}", paths.root.size());
        let deep = format!("{}1{}", r#"{"a": ["#.repeat(10_000), "]}".repeat(10_000));
        let mut paths = KeyPaths::default();
        paths.add(deep.as_bytes());
        assert_eq!(paths.paths().len(), DEEPEST);
    }

    fn letters(mut number: usize) -> String {
        let mut text = String::new();
        for _ in 0..4 {
            text.push(char::from(b'g' + u8::try_from(number % 20).unwrap()));
            number /= 20;
        }
        text
    }

    proptest! {
        #[test]
        fn it_does_not_matter_which_lines_come_first(
            keys in proptest::collection::vec((0_usize..300, 0_usize..3, 0_usize..90), 0..400),
            cut in 0_usize..400,
        ) {
            let lines: Vec<String> = keys
                .iter()
                .map(|(a, b, c)| format!(r#"{{"{}": [{{"{}": {c}}}], "{c}": {{"{}": null}}}}"#,
                    letters(a % 3), letters(*a), letters(*b)))
                .collect();
            let (first, second) = lines.split_at(cut.min(lines.len()));
            let of = |lines: &[String]| {
                let mut paths = KeyPaths::default();
                lines.iter().for_each(|line| paths.add(line.as_bytes()));
                paths
            };
            let (mut one, mut other) = (of(first), of(second));
            one.join(of(second));
            other.join(of(first));
            prop_assert_eq!(&one, &of(&lines));
            prop_assert_eq!(one, other);
        }
    }
}
