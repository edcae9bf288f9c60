//! How more is counted than fits into memory: a part of the keys at a time.
//!
//! A log has as many sessions as it likes. A fold holds a bounded number of them: once there are more, it
//! halves the keys that it looks at, by their hash, and lets go of the others. What it holds at the end is
//! whole, whatever the order of the lines, since a key that was let go of is never taken up again. The keys
//! that were let go of are the parts that are left, for which the log is read again.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};

/// A key, as a hash that no two keys share.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Key(u128);

impl Key {
    /// The key of a value.
    pub fn of(value: &impl Hash) -> Key {
        let half = |salt: u8| {
            let mut hasher = DefaultHasher::new();
            salt.hash(&mut hasher);
            value.hash(&mut hasher);
            u128::from(hasher.finish())
        };
        Key(half(0) << 64 | half(1))
    }
}

/// The keys whose first bits are these.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Part {
    bits: u128,
    depth: u32,
}

impl Part {
    /// All keys.
    pub const ALL: Part = Part { bits: 0, depth: 0 };

    /// Whether a key is one of them.
    pub fn has(self, key: Key) -> bool {
        self.depth == 0 || key.0 >> (u128::BITS - self.depth) == self.bits
    }

    /// How many parts of this size there are.
    pub fn of(self) -> u64 {
        1 << self.depth.min(63)
    }

    fn half(self, second: bool) -> Part {
        Part { bits: self.bits << 1 | u128::from(second), depth: self.depth + 1 }
    }

    /// What is left of this part when one within it has been dealt with.
    pub fn without(self, done: Part) -> Vec<Part> {
        let (mut at, mut left) = (self, Vec::new());
        while at.depth < done.depth {
            left.push(at.half(true));
            at = at.half(false);
        }
        left
    }
}

/// Values by key: no more than so many, those of a part of the keys.
#[derive(Debug)]
pub struct Bounded<V> {
    part: Part,
    most: usize,
    values: HashMap<Key, V>,
}

impl<V> Bounded<V> {
    /// Nothing yet: room for so many of a part's values.
    pub fn new(part: Part, most: usize) -> Self {
        Bounded { part, most: most.max(1), values: HashMap::new() }
    }

    /// The part that is held.
    pub fn part(&self) -> Part {
        self.part
    }

    /// Has the value of a key changed, if the key is of this part.
    pub fn change(&mut self, key: Key, new: impl FnOnce() -> V, change: impl FnOnce(&mut V)) {
        if !self.part.has(key) {
            return;
        }
        change(self.values.entry(key).or_insert_with(new));
        self.shrink();
    }

    /// Adds another's values, each to the one that is there.
    pub fn join(&mut self, other: Bounded<V>, mut add: impl FnMut(&mut V, V)) {
        if other.part.depth > self.part.depth {
            self.part = other.part;
            self.values.retain(|key, _| other.part.has(*key));
        }
        for (key, value) in other.values {
            if !self.part.has(key) {
                continue;
            }
            match self.values.get_mut(&key) {
                Some(own) => add(own, value),
                None => drop(self.values.insert(key, value)),
            }
        }
        self.shrink();
    }

    /// The values, in no order.
    pub fn into_values(self) -> impl Iterator<Item = V> {
        self.values.into_values()
    }

    /// Whether the key is there.
    pub fn has(&self, key: Key) -> bool {
        self.values.contains_key(&key)
    }

    fn shrink(&mut self) {
        while self.values.len() > self.most && self.part.depth < u128::BITS - 1 {
            self.part = self.part.half(false);
            let part = self.part;
            self.values.retain(|key, _| part.has(*key));
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn counts(part: Part, most: usize, keys: &[u16]) -> Bounded<u32> {
        let mut bounded = Bounded::new(part, most);
        for key in keys {
            bounded.change(Key::of(key), || 0, |count| *count += 1);
        }
        bounded
    }

    fn sorted(bounded: Bounded<u32>) -> (Part, Vec<u32>) {
        let part = bounded.part();
        let mut values: Vec<_> = bounded.into_values().collect();
        values.sort_unstable();
        (part, values)
    }

    proptest! {
        #[test]
        fn the_parts_are_the_whole(
            keys in proptest::collection::vec(0_u16..300, 0..600),
            most in 1_usize..100,
        ) {
            let (mut left, mut all) = (vec![Part::ALL], Vec::new());
            while let Some(part) = left.pop() {
                let bounded = counts(part, most, &keys);
                prop_assert!(bounded.values.len() <= most);
                left.extend(part.without(bounded.part()));
                all.extend(bounded.into_values());
            }
            all.sort_unstable();
            prop_assert_eq!(all, sorted(counts(Part::ALL, usize::MAX, &keys)).1);
        }

        #[test]
        fn pieces_come_to_the_same(
            keys in proptest::collection::vec(0_u16..300, 0..600),
            most in 1_usize..100,
            cuts in proptest::collection::vec(0_usize..600, 3),
            backwards: bool,
        ) {
            let mut cuts: Vec<_> = cuts.into_iter().map(|cut| cut.min(keys.len())).collect();
            cuts.extend([0, keys.len()]);
            cuts.sort_unstable();
            let mut pieces: Vec<_> =
                cuts.windows(2).map(|ends| counts(Part::ALL, most, &keys[ends[0]..ends[1]])).collect();
            if backwards {
                pieces.reverse();
            }
            let joined = pieces.into_iter().reduce(|mut one, other| {
                one.join(other, |own, more| *own += more);
                one
            });
            let whole = counts(Part::ALL, most, &keys);
            prop_assert_eq!(joined.map(sorted), Some(sorted(whole)));
        }
    }
}
