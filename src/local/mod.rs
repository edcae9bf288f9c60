//! The embedded control plane: the Admin API over one SQLite file, with the same rules.

pub mod audit_event;
pub mod sample;
