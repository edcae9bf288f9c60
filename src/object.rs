//! What a change, a result or an error is about.

use std::fmt;

/// What a change is about.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct ObjectId {
    /// `database user`.
    pub noun: &'static str,
    /// The id of the project, or of the organisation, that it belongs to.
    pub project: String,
    /// Its name, as the next command takes it; also the key of what is read back.
    pub name: String,
}

/// `database user alice`
impl fmt::Display for ObjectId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.noun, self.name)
    }
}
