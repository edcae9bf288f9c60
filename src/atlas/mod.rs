//! The Atlas Admin API, typed. Knows nothing of clap, terminals, prompts or this tool's command
//! line; `report` says what to do about a failure.
//!
//! A resource's file declares its [`Operation`]s, its views, and the methods of [`Client`] that
//! read it; for writes it has functions that build a [`Call`], so that a change can be shown
//! before it is sent. Everything passes through one `send` in `client`.

mod answer;
mod auth;
mod cache;
mod caller;
pub mod catalogue;
mod client;
mod digest;
mod download;
mod error;
mod id;
mod oauth;
mod operation;
mod pace;
mod pages;
pub mod redact;
mod retry;
mod row;
mod seen_rows;
mod settings;
pub mod spelling;
mod tls;
mod wire;

pub mod access_lists;
pub mod addresses;
pub mod audit_logs;
pub mod clusters;
pub mod connections;
pub mod events;
pub mod failover_connections;
pub mod instances;
pub mod members;
pub mod orgs;
pub mod peerings;
pub mod private_links;
pub mod processors;
pub mod projects;
pub mod roles;
pub mod status;
pub mod users;

#[cfg(test)]
mod tests;

pub use answer::Answer;
pub use caller::Caller;
pub use client::Client;
pub use download::Download;
pub use error::{ApiError, Cause, Distrust, Facts};
pub use id::is_id;
pub use oauth::RemovedToken;
pub use operation::{Call, Media, Operation, Paging, UserCall};
pub use row::Row;
pub use settings::{Credential, Proxy, Retry, Settings};

/// A plain HTTP client by the same rules: whom to trust, through which proxy, how patiently.
///
/// # Errors
/// Certificates that cannot be read; plain http to another machine.
#[cfg(feature = "lake")]
pub fn http_client(settings: &Settings) -> Result<reqwest::Client, ApiError> {
    wire::http(settings).map(|(client, _)| client)
}
