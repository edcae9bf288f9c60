//! What a change of grants comes to: who gains and who loses what, for its preview.
//!
//! A project is put together of what the command has read, once as it is and once with the new fields
//! in their places; what differs is told in the words of `policy diff`. What may not be read is said,
//! and is no reason not to make the change.

mod around;
mod members;
mod roles;
mod through;
mod told;
mod users;

pub use around::Around;
pub use members::{Held, of_members};
pub use roles::of_roles;
pub use through::of_connection;
pub use told::{label, named};
pub use users::{Sent, of_users};
