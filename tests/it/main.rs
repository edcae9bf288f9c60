//! The binary and the library against the embedded control plane: one test program, no network.

mod audit;
mod audit_edges;
mod contract;
mod errors;
mod faults;
mod generated;
mod ips;
mod limits;
mod local;
mod local_store;
mod raw;
mod readme;
mod run;
mod signing;
mod support;
mod users;
mod users_changes;
mod walk;
