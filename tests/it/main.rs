//! The binary and the library against the embedded control plane: one test program, no network.

mod audit;
mod contract;
mod errors;
mod faults;
mod generated;
mod ips;
mod local;
mod raw;
mod readme;
mod run;
mod support;
mod users;
mod walk;
