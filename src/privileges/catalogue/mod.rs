//! The tables of everything that is granted: privilege actions, built-in roles, presets, the roles
//! of organisations and projects, and the operations and commands that each of these may call. No other room
//! spells out an action's or a role's name in its code.

pub mod actions;
pub mod atlas_roles;
pub mod built_in;
pub mod commands;
pub mod data_actions;
mod grants;
pub mod operations;
pub mod presets;
pub mod stages;
pub mod traces;
