//! Archives on disk: where the instances' directories are, and what is written into them.

mod found;
mod stage;
mod store;

pub(super) use found::{Found, find, project_directory};
pub(super) use stage::Stage;
pub(super) use store::{LOCK, STAGE, Store, file, manifest};
