//! The embedded control plane: the Admin API over one SQLite file, with the same rules.
//!
//! The rules are in `domain`, which knows no transport; `http` is one, and holds no rule.

pub mod admin;
mod authority;
mod clock;
mod crypto;
pub mod domain;
mod engine;
mod http;
pub mod sample;
mod seats;
mod secrets;
mod seed;
mod store;
mod wire;

pub use self::http::{
    Exchange, Fault, FaultAction, Faults, Meanwhile, Minute, Options, RateLimits, Recorder,
    RequestLog, ServedOperation, Server, Tls, operations,
};
pub use authority::certifies;
pub use clock::Clock;
pub use domain::named;
pub use seed::Create;
pub use wire::{FIRST_PORT, InstanceOptions};

#[cfg(test)]
mod tests;
