//! A project's policy as a document: who and what there is, what they hold, what lets them in. It is
//! read live or from a file, written as YAML that is the same for the same project, and is what every
//! question about a project's privileges is answered from. Pure: no I/O.

mod check;
mod diff;
mod document;
mod fault;
mod kinds;
mod project;
pub mod roles;
mod schema;
mod secrets;
mod sense;
mod shape;
mod text;
mod tidy;

pub use check::{check, misspelled};
pub use diff::{Difference, Differences, FieldChange, OF_ORGANISATION, comparable, differences};
pub use document::{FORMAT, Instance, Named, Policy};
pub use fault::{Fault, Level, Place, Step, path};
pub use kinds::{KINDS, Kind, WITHIN, kind};
pub use project::{connection, database_user};
pub use schema::{ID, schema};
pub use secrets::{REFERENCE, references, without_references};
pub use text::{Broken, Lines, parse, plainly, yaml};
pub use tidy::{identity, tidied};

#[cfg(test)]
mod tests;
