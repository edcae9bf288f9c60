//! The binary and the library against the embedded control plane: one test program, no network.

mod contract;
mod raw;
mod run;
mod support;
mod walk;
