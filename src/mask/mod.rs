//! The secrets that a run knows, and texts without them.
//!
//! Code that reads or creates a secret adds it here; code that writes for people masks known secrets,
//! however they are spelled. Fields with secret names are masked by `atlas::redact`.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use base64::Engine;
use base64::prelude::{BASE64_STANDARD, BASE64_URL_SAFE};
use percent_encoding::percent_decode_str;
use serde_json::{Map, Value};

mod spelling;

/// What a secret is replaced by.
pub const MASK: &str = "********";

/// Fewer characters are no secret of Atlas', whose shortest has 36, but a slip or a try; masked
/// wherever it occurs it would only make words unreadable. It is masked by the name of its field.
const SHORTEST: usize = 8;

/// How many bytes of a text are read at once.
const PIECE: usize = 1 << 16;

/// How many bytes a character may be spelled with.
const LONGEST_SPELLING: usize = 40;

/// The secrets that a run knows so far. Clones share them.
#[derive(Clone, Default)]
pub struct Known(Arc<Mutex<Needles>>);

/// Shows none of them.
impl fmt::Debug for Known {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Known").finish_non_exhaustive()
    }
}

/// What is looked for: the secrets, and their spellings in base64.
#[derive(Default)]
struct Needles {
    all: Vec<Needle>,
    /// Where to look, by the first character, ignoring case.
    beginning: HashMap<char, Vec<usize>>,
    learnt: HashSet<String>,
    /// The characters of the longest.
    longest: usize,
}

struct Needle {
    text: Vec<char>,
    /// Whether it is looked for without the case of its letters, as those of names of hosts and
    /// headers are lost: a text in one case alone is too likely a word.
    any_case: bool,
    /// In base64, whether the characters before and behind it hold a part of it, too.
    shares: (bool, bool),
}

impl Known {
    /// Adds a secret, and each of its lines if it has several.
    pub fn learn(&self, secret: &str) {
        let mut needles = self.lock();
        let lines = secret.lines().filter(|line| !line.starts_with("-----"));
        for text in [secret, secret.trim()].into_iter().chain(lines) {
            needles.learn(text);
        }
    }

    /// Adds the users and passwords of the addresses in a text.
    pub fn learn_address(&self, address: &str) {
        for (_, users) in users(address) {
            // Several hosts may each have a user of its own.
            let each = users.split(',').map(|user| user.rsplit_once('@').map_or(user, |u| u.0));
            for user in each.chain([users]) {
                let password = user.split_once(':').map_or("", |(_, password)| password);
                for text in [user, password] {
                    self.learn(text);
                    if let Ok(plain) = percent_decode_str(text).decode_utf8() {
                        self.learn(&plain);
                    }
                }
            }
        }
    }

    /// A text with known secrets masked, and the users and passwords of addresses.
    pub fn mask<'a>(&self, text: &'a str) -> Cow<'a, str> {
        masked(text, self.lock().find(text))
    }

    /// The same without waiting; `None` while another call uses the secrets.
    pub fn try_mask(&self, text: &str) -> Option<String> {
        Some(masked(text, self.0.try_lock().ok()?.find(text)).into_owned())
    }

    /// Masks the texts of a document, names of fields included.
    pub fn mask_json(&self, value: &mut Value) {
        match value {
            Value::String(text) => {
                if let Cow::Owned(masked) = self.mask(text) {
                    *text = masked;
                }
            }
            Value::Array(items) => items.iter_mut().for_each(|item| self.mask_json(item)),
            Value::Object(fields) => {
                let masked = std::mem::take(fields).into_iter().map(|(name, mut value)| {
                    self.mask_json(&mut value);
                    (self.mask(&name).into_owned(), value)
                });
                *fields = masked.collect::<Map<_, _>>();
            }
            Value::Null | Value::Bool(_) | Value::Number(_) => {}
        }
    }

    fn lock(&self) -> MutexGuard<'_, Needles> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Needles {
    fn learn(&mut self, secret: &str) {
        let is_short = secret.chars().count() < SHORTEST;
        if is_short || secret == MASK || !self.learnt.insert(secret.to_owned()) {
            return;
        }
        self.add(secret.to_owned(), (false, false));
        for engine in [&BASE64_STANDARD, &BASE64_URL_SAFE] {
            for before in 0..3 {
                self.add_encoded(engine, secret, before);
            }
        }
    }

    /// The characters that a secret alone decides on, with so many bytes before it.
    fn add_encoded(&mut self, engine: &impl Engine, secret: &str, before: usize) {
        let bytes = [vec![0; before], secret.as_bytes().to_vec()].concat();
        let (start, end) = ((before * 4).div_ceil(3), bytes.len() * 4 / 3);
        let text = engine.encode(&bytes)[start..end].to_owned();
        if self.learnt.insert(text.clone()) {
            self.add(text, (before > 0, !bytes.len().is_multiple_of(3)));
        }
    }

    fn add(&mut self, text: String, shares: (bool, bool)) {
        if let Some(first) = text.chars().next() {
            self.beginning.entry(folded(first)).or_default().push(self.all.len());
            let any_case = text.contains(char::is_lowercase) && text.contains(char::is_uppercase);
            let fold = |c| if any_case { folded(c) } else { c };
            let text: Vec<char> = text.chars().map(fold).collect();
            self.longest = self.longest.max(text.len());
            self.all.push(Needle { text, any_case, shares });
        }
    }

    /// Where secrets stand in a text, however they are spelled there.
    fn find(&self, text: &str) -> Vec<(usize, usize)> {
        if self.all.is_empty() {
            return Vec::new();
        }
        let mut found = Vec::new();
        // A long text is read piece by piece; each piece shares with the next one what a secret that
        // begins in it may take, and begins a little earlier, so as not to begin within an escape.
        for start in (0..text.len()).step_by(PIECE) {
            let begin = text.floor_char_boundary(start.saturating_sub(PIECE / 64));
            let end = text.ceil_char_boundary(start + PIECE + self.longest * LONGEST_SPELLING);
            let piece = &text[begin..end];
            for reading in spelling::readings(piece) {
                let ranges = self.find_in(&reading, piece).into_iter();
                found.extend(ranges.map(|(from, to)| (begin + from, begin + to)));
            }
        }
        found
    }

    fn find_in(&self, reading: &[(char, usize)], text: &str) -> Vec<(usize, usize)> {
        let mut found = Vec::new();
        for (at, &(c, start)) in reading.iter().enumerate() {
            let beginning = self.beginning.get(&folded(c)).into_iter().flatten();
            let here = beginning.map(|&index| &self.all[index]).filter(|needle| {
                let rest = reading.get(at..at + needle.text.len());
                rest.is_some_and(|rest| needle.is(rest))
            });
            // Another one may begin within it.
            if let Some(needle) = here.max_by_key(|needle| needle.text.len()) {
                let behind = reading.get(at + needle.text.len());
                let end = behind.map_or(text.len(), |(_, place)| *place);
                found.push(needle.range(text, start, end));
            }
        }
        found
    }
}

/// A letter without its case.
fn folded(c: char) -> char {
    match c.is_ascii() {
        true => c.to_ascii_lowercase(),
        false => c.to_lowercase().next().unwrap_or(c),
    }
}

impl Needle {
    fn is(&self, text: &[(char, usize)]) -> bool {
        let same = |((c, _), own): (&(char, usize), &char)| match self.any_case {
            true => folded(*c) == *own,
            false => c == own,
        };
        text.iter().zip(&self.text).all(same)
    }

    /// What to mask where it was found.
    fn range(&self, text: &str, start: usize, end: usize) -> (usize, usize) {
        let is_base64 = |c: &u8| c.is_ascii_alphanumeric() || b"+/-_".contains(c);
        let bytes = text.as_bytes();
        let before = self.shares.0 && start > 0 && is_base64(&bytes[start - 1]);
        let behind = self.shares.1 && bytes.get(end).is_some_and(is_base64);
        (start - usize::from(before), end + usize::from(behind))
    }
}

/// A text with these parts masked, and the users of addresses.
fn masked(text: &str, mut ranges: Vec<(usize, usize)>) -> Cow<'_, str> {
    ranges.extend(users(text).map(|(at, user)| (at, at + user.len())));
    if ranges.is_empty() {
        return text.into();
    }
    ranges.sort_unstable();
    let (mut masked, mut done) = (String::with_capacity(text.len()), 0);
    for (start, end) in ranges {
        if start > done || masked.is_empty() {
            masked.push_str(&text[done..start.max(done)]);
            masked.push_str(MASK);
        }
        done = done.max(end);
    }
    masked.push_str(&text[done..]);
    masked.into()
}

/// What stands before the host in the addresses of a text, and where.
fn users(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.match_indices("://").filter_map(|(at, mark)| {
        let start = at + mark.len();
        let rest = &text[start..];
        let ends = |c: char| c.is_whitespace() || c.is_control() || "/?#\"<>\\`".contains(c);
        let authority = &rest[..rest.find(ends).unwrap_or(rest.len())];
        let user = &authority[..authority.rfind('@')?];
        (!user.is_empty() && user != MASK).then_some((start, user))
    })
}

#[cfg(test)]
mod tests;
