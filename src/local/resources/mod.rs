//! The operations, a file a resource: a table of rows, and the functions that answer them.

mod audit_logs;
mod clusters;
mod custom_roles;
mod database_users;
mod instances;
mod organizations;
mod projects;
mod role_actions;
mod system;
mod user_rules;

use super::routes::Route;

/// Every operation that is answered.
pub const TABLES: &[&[Route]] = &[
    system::ROUTES,
    organizations::ROUTES,
    projects::ROUTES,
    clusters::ROUTES,
    instances::ROUTES,
    audit_logs::ROUTES,
    database_users::ROUTES,
    custom_roles::ROUTES,
];
