//! From the bytes of an audit log to events, and from events to answers.

pub mod archive;
pub mod backwards;
pub mod blocks;
pub mod detect;
pub mod event;
pub mod filter;
pub mod folds;
pub mod key_paths;
pub mod lines;
pub mod looks;
pub mod name;
pub mod overlap;
pub mod report;
pub mod sarif;
pub mod scan;
pub mod sinks;
pub mod source;
pub mod unpack;

#[cfg(test)]
mod tests;
