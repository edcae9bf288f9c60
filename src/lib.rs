//! `spctl` administers the security of MongoDB Atlas Stream Processing.
//!
//! The library exists for the binary, the tests and the benches; it promises no stable API.
//! `ARCHITECTURE.md` is the map.

pub mod atlas;
pub mod audit;
pub mod brokers;
//pub mod commands;
pub mod config;
pub mod error;
pub mod local;
pub mod privileges;
pub mod ui;
