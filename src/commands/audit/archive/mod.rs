//! Archives on disk: where the instances' directories are, and what is written into them.

mod found;
mod held;
mod stage;
mod store;

pub(super) use found::{Found, find, project_directory};
pub(super) use held::{Held, Holds};
pub(super) use stage::Stage;
pub(super) use store::{LOCK, STAGE, Store, at_a_glance, damaged, file, manifest};
