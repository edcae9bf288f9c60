//! Texts that occur again and again, kept once.

use std::collections::HashSet;
use std::sync::Arc;

/// How many different names are kept of one thing; a session of more than a few users is a pool's.
const MOST: usize = 16;

/// Texts of which each is kept once, however often it occurs.
#[derive(Debug, Default)]
pub struct Interner(HashSet<Arc<str>>);

impl Interner {
    /// The one copy of a text.
    pub fn get(&mut self, text: &str) -> Arc<str> {
        if let Some(one) = self.0.get(text) {
            return Arc::clone(one);
        }
        let one: Arc<str> = text.into();
        self.0.insert(Arc::clone(&one));
        one
    }

    /// Lets go of what nobody else holds.
    pub fn prune(&mut self) {
        self.0.retain(|text| Arc::strong_count(text) > 1);
    }
}

/// A few different names, in alphabetical order: the first of them, however many there were and in whatever
/// order they came.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Names {
    kept: Vec<Arc<str>>,
    /// Whether there were more than are kept.
    pub more: bool,
}

impl Names {
    /// Adds a name.
    pub fn add(&mut self, name: &str, interner: &mut Interner) {
        let Err(at) = self.kept.binary_search_by(|kept| (**kept).cmp(name)) else { return };
        if self.kept.len() == MOST {
            self.more = true;
            if at == MOST {
                return;
            }
            self.kept.pop();
        }
        // Most have one name for all their life.
        self.kept.reserve_exact(1);
        self.kept.insert(at, interner.get(name));
    }

    /// Adds those of another.
    pub fn join(&mut self, other: &Names, interner: &mut Interner) {
        other.kept.iter().for_each(|name| self.add(name, interner));
        self.more |= other.more;
    }

    /// The names.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        self.kept.iter().map(|name| &**name)
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.kept.is_empty()
    }
}
