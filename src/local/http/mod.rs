//! The Admin API over the domain: routes, negotiation, paging, statuses. A handler translates and
//! decides nothing.
//!
//! A server runs on a thread and a runtime of its own; what writes to SQLite, on another. Adding an
//! operation is adding a row to a table in [`resources`] and the function that answers it.

mod auth;
mod doorway;
mod faults;
mod links;
mod negotiate;
mod operation;
mod paging;
mod precondition;
mod rate;
mod recorder;
mod refusal;
mod render;
mod reply;
mod request;
mod resources;
mod routes;
mod server;
mod service;
mod transport;

pub use faults::{Fault, FaultAction, Faults, Meanwhile};
pub use rate::{Minute, RateLimits};
pub use recorder::{Exchange, Recorder};
pub use server::{Options, Server};
pub use transport::Tls;

/// Takes one line per request: method, path, status, milliseconds and the caller's name.
pub type RequestLog = Box<dyn Fn(&str) + Send + Sync>;

/// An operation that the server answers.
#[derive(Debug, Clone)]
pub struct ServedOperation {
    /// The document's `operationId`.
    pub id: &'static str,
    /// HTTP method.
    pub method: &'static str,
    /// The path's template, `{groupId}` and all.
    pub path: String,
    /// What `Accept` must ask for.
    pub media_type: String,
}

/// Every operation that is answered, in each of its versions.
pub fn operations() -> impl Iterator<Item = ServedOperation> {
    resources::TABLES.iter().copied().flatten().map(|route| ServedOperation {
        id: route.id,
        method: route.method,
        path: format!("{}{}", routes::ROOT, route.path),
        media_type: route.media_type(),
    })
}
