//! The embedded control plane: the Admin API over one SQLite file, with the same rules.
//!
//! A server runs on a thread and a runtime of its own, SQLite on another thread. Adding an
//! operation is adding a row to a table in [`resources`] and the function that answers it.

mod access;
pub mod admin;
pub mod audit_event;
mod auth;
mod clock;
mod crypto;
mod faults;
mod negotiate;
mod operation;
mod project_event;
mod rate;
mod recorder;
mod refusal;
mod render;
mod reply;
mod request;
mod resources;
mod routes;
pub mod sample;
mod seed;
mod server;
mod service;
mod store;

pub use clock::Clock;
pub use faults::{Fault, FaultAction, Faults};
pub use rate::{Minute, RateLimits};
pub use recorder::{Exchange, Recorder};
pub use seed::Create;
pub use server::{Options, Server};

/// Takes one line a request: method, path, status, milliseconds and the caller's name.
pub type RequestLog = Box<dyn Fn(&str) + Send + Sync>;

/// The ids of the operations that are answered.
pub fn operations() -> impl Iterator<Item = &'static str> {
    resources::TABLES.iter().copied().flatten().map(|route| route.id)
}

#[cfg(test)]
mod tests;
