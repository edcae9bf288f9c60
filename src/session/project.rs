//! The project that a command works on.

use crate::atlas::Client;

/// A client, and the project that it works on.
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
