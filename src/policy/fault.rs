//! What is wrong with a policy, and where.

use serde::Serialize;

/// How wrong it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// The policy cannot be what is meant.
    Error,
    /// It can be, and hardly is.
    Warning,
}

/// A step from a document into it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Step {
    /// Into the value of a key.
    Key(String),
    /// Into an element of a list.
    Index(usize),
}

/// A place in a document, from the outside in.
pub type Place = Vec<Step>;

/// A fault of a policy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// How wrong it is.
    pub level: Level,
    /// Where it is: a key, or an element of a list.
    pub place: Place,
    /// What is wrong, as a sentence.
    pub message: String,
    /// What to do about it.
    pub hint: Option<String>,
    /// Whether it is a word that looks like another one's misspelling, which the API may know by now.
    pub(super) of_word: bool,
}

impl Fault {
    pub(super) fn new(level: Level, place: &[Step], message: impl Into<String>) -> Fault {
        Fault { level, place: place.to_vec(), message: message.into(), hint: None, of_word: false }
    }

    /// An error at a place.
    pub fn error(place: &[Step], message: impl Into<String>) -> Fault {
        Fault::new(Level::Error, place, message)
    }

    pub(super) fn warning(place: &[Step], message: impl Into<String>) -> Fault {
        Fault::new(Level::Warning, place, message)
    }

    pub(super) fn of_word(self) -> Fault {
        Fault { of_word: true, ..self }
    }

    pub(super) fn hint(mut self, hint: impl Into<String>) -> Fault {
        self.hint = Some(hint.into()).filter(|hint| !hint.is_empty());
        self
    }
}

/// A place as text: `users[3].roles[0].roleName`.
pub fn path(place: &[Step]) -> String {
    let mut text = String::new();
    for step in place {
        match step {
            Step::Index(index) => text += &format!("[{index}]"),
            Step::Key(key) if text.is_empty() => text += key,
            Step::Key(key) => text += &format!(".{key}"),
        }
    }
    text
}
