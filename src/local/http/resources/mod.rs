//! The operations, a file a resource: a table of rows, and the functions that translate between
//! them and the domain.

mod access_list;
mod clusters;
mod connections;
mod custom_roles;
mod database_users;
mod failover_connections;
mod group_users;
mod instances;
mod logs;
mod org_users;
mod organizations;
mod peerings;
mod people;
mod private_links;
mod processors;
mod project_events;
mod projects;
mod system;

use super::routes::Route;

/// Every operation that is answered.
pub const TABLES: &[&[Route]] = &[
    system::ROUTES,
    organizations::ROUTES,
    projects::ROUTES,
    clusters::ROUTES,
    instances::ROUTES,
    logs::ROUTES,
    database_users::ROUTES,
    custom_roles::ROUTES,
    group_users::ROUTES,
    org_users::ROUTES,
    access_list::ROUTES,
    processors::ROUTES,
    peerings::ROUTES,
    private_links::ROUTES,
    project_events::ROUTES,
    connections::ROUTES,
    failover_connections::ROUTES,
];
