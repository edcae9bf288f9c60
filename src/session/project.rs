//! The project that a command is about.

use crate::atlas::Client;

/// A client, and the project that it is used on.
#[derive(Clone)]
pub struct ProjectClient {
    /// The client.
    pub client: Client,
    /// The project's id.
    pub project: String,
}

impl ProjectClient {
    /// The same client on another project.
    #[must_use]
    pub fn elsewhere(&self, project: impl Into<String>) -> Self {
        ProjectClient { client: self.client.clone(), project: project.into() }
    }
}
