//! A small engine for stream processors, enough to rehearse with: no store, no transport, no clock.
//!
//! Nothing runs. The source makes documents at a steady pace ([`solar`]), so the `n`th of a run is a
//! function of the run's seed and `n`, and how many there are is a function of the time. A pipeline
//! ([`pipeline`]) is a function of one document, and a [`Run`] puts the two together: it tells what
//! came of document `n`, and counts what has come of all so far without making them.
//!
//! Stages that only look at a document or change its fields are run as MongoDB runs them. Others let
//! documents pass and say so in a dead letter ([`letter`]); sinks write nothing.

mod letter;
mod number;
mod order;
mod pattern;
mod pipeline;
mod predicate;
mod run;
mod shape;
mod solar;

pub use letter::Sender;
pub use pipeline::check_match;
pub use predicate::{Misread, Predicate};
pub use run::{Run, Tally, Totals};
pub use solar::{PACE, Source};

#[cfg(test)]
mod tests;
