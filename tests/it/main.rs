//! The binary and the library against the embedded control plane: one test program, no network.

mod audit;
mod contract;
mod errors;
mod faults;
mod ips;
mod local;
mod raw;
mod run;
mod support;
mod users;
mod walk;
