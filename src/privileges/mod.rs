//! Privilege actions, roles and what they allow. Pure: no I/O.

pub mod catalogue;
pub mod decide;
pub mod definition;
pub mod delta;
pub mod effective;
pub mod evidence;
pub mod findings;
pub mod graph;
pub mod permission;
pub mod pipeline;
pub mod project;
mod reach;
pub mod rights;
pub mod scopes;
pub mod suggestion;
pub mod taking;
