//! The operations, a file a resource: a table of rows, and the functions that answer them.

mod access_list;
mod audit_logs;
mod clusters;
mod connection_rules;
mod connections;
mod custom_roles;
mod database_users;
mod failover_connections;
mod group_users;
mod instance_rules;
mod instances;
mod ip_addresses;
mod operational_logs;
mod org_users;
mod organizations;
mod peerings;
mod people;
mod pipelines;
mod private_links;
mod processors;
mod project_events;
mod projects;
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
    group_users::ROUTES,
    org_users::ROUTES,
    access_list::ROUTES,
    processors::ROUTES,
    operational_logs::ROUTES,
    peerings::ROUTES,
    private_links::ROUTES,
    project_events::ROUTES,
    connections::ROUTES,
    failover_connections::ROUTES,
    ip_addresses::ROUTES,
];
