//! The endpoint of an instance: MongoDB's wire protocol, as far as shells and drivers need it to work
//! with stream processing.
//!
//! What a database user may do is decided in [`crate::local::domain`]; here is how it is asked and
//! answered. Every instance has a listener ([`endpoints`], [`listen`]). A connection ([`connection`]) reads messages ([`frame`]), lets one [`session::Session`]
//! answer their commands ([`commands`]), and writes the answers.

mod commands;
mod connection;
mod cursors;
mod document;
mod endpoints;
mod failure;
mod frame;
mod json;
mod listen;
mod plane;
mod ports;
mod session;
mod sign_in;
mod subject;
mod tls;

pub(in crate::local) use endpoints::{Endpoints, Tell};
pub use endpoints::{FIRST_PORT, InstanceOptions};
pub(in crate::local) use plane::Plane;
