//! From the bytes of an audit log to events, and from events to answers.

pub mod lines;
pub mod name;
pub mod unpack;
