//! Privilege actions, roles and what they allow. Pure: no I/O.

pub mod access;
pub mod actions;
pub mod built_in;
pub mod data_actions;
mod grants;
pub mod graph;
pub mod operations;
pub mod permissions;
pub mod presets;
pub mod project_roles;
pub mod shapes;
pub mod taking;
