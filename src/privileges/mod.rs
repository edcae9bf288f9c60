//! Privilege actions, roles and what they allow. Pure: no I/O.

pub mod access;
pub mod actions;
pub mod operations;
pub mod project_roles;
