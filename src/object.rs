//! What a change, a result or an error is about.

use std::fmt;

/// One object among all: a role and a user of one name are two, and so are two users of one name in
/// two projects.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct ObjectId {
    /// `database user`.
    pub noun: &'static str,
    /// The id of the project, or of the organisation, that it belongs to.
    pub project: String,
    /// Its name, as the next command takes it.
    pub name: String,
}

impl ObjectId {
    /// The object of this noun that goes by this name in a project or an organisation.
    pub fn new(noun: &'static str, project: &str, name: impl Into<String>) -> Self {
        ObjectId { noun, project: project.to_owned(), name: name.into() }
    }

    /// Another object of the same noun and project.
    #[must_use]
    pub fn named(&self, name: impl Into<String>) -> Self {
        ObjectId { noun: self.noun, project: self.project.clone(), name: name.into() }
    }
}

/// `database user alice`
impl fmt::Display for ObjectId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.noun, self.name)
    }
}
