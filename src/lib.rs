//! `spctl` administers the security of MongoDB Atlas Stream Processing.
//!
//! The library exists for the binary, the tests and the benches; it promises no stable API.
//! `ARCHITECTURE.md` is the map.

pub mod atlas;
pub mod brokers;
#[cfg(feature = "lake")]
pub mod bucket;
pub mod change;
pub mod cli;
mod comma_list;
pub mod commands;
pub mod config;
pub mod context;
pub mod error;
pub mod files;
mod fingerprint;
mod hex;
mod json;
pub mod local;
pub mod mask;
mod near;
mod noun;
pub mod object;
pub mod options;
mod pem;
pub mod policy;
pub mod privileges;
mod report;
pub mod secret_input;
pub mod session;
mod shell;
pub mod signals;
pub mod times;
pub mod ui;
mod unseen;
mod usage;

pub use spctl_audit as audit;
