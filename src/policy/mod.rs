//! A project's policy as a document: who and what there is, what they hold, what lets them in. It is
//! read live or from a file, written as YAML that is the same for the same project, and is what every
//! question about a project's privileges is answered from. Pure: no I/O.

mod document;
mod kinds;
mod project;
pub mod roles;
mod secrets;
mod tidy;
mod write;

pub use document::{FORMAT, Instance, Named, Policy};
pub use kinds::{Contents, KINDS, Kind, kind};
pub use secrets::{REFERENCE, references};
pub use tidy::{identity, tidied};
pub use write::yaml;
