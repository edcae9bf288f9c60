//! From the bytes of an audit log to events and files.

pub mod lines;
pub mod name;
pub mod unpack;
