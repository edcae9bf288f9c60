//! From settings to a client.

mod project;

pub use project::ProjectClient;
