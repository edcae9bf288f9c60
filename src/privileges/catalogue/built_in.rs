//! The built-in roles of database users.

use super::actions;
use super::data_actions::{self, About};
use super::grants::{self, Grant, On};
use crate::privileges::permission::{Permission, Resource};

/// A role that every project has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BuiltInRole {
    /// The name.
    pub name: &'static str,
    /// Whether it is granted on `admin` only, rather than on any database.
    pub on_admin: bool,
    /// What it allows, in a sentence.
    pub allows: &'static str,
    /// What a connection that executes as it may do on the cluster; `None` if the API does not
    /// accept it for connections.
    pub execute_as: Option<&'static str>,
    /// What it allows besides stream processing, in lists that roles share.
    grants: &'static [&'static [Grant]],
}

const fn on_admin(
    name: &'static str,
    allows: &'static str,
    grants: &'static [&'static [Grant]],
) -> BuiltInRole {
    BuiltInRole { name, on_admin: true, allows, execute_as: None, grants }
}

const fn on_any(
    name: &'static str,
    allows: &'static str,
    grants: &'static [&'static [Grant]],
) -> BuiltInRole {
    BuiltInRole { name, on_admin: false, allows, execute_as: None, grants }
}

/// Administers everything.
pub const ATLAS_ADMIN: BuiltInRole = BuiltInRole {
    execute_as: Some(
        "administers the cluster: reads, writes, creates and drops every database, and may perform \
         every stream action",
    ),
    ..on_admin(
        "atlasAdmin",
        "Everything that a database user can be allowed to do, on all databases.",
        &[
            grants::READ_ANY,
            grants::WRITE_ANY,
            grants::ADMIN_ANY,
            grants::MONITOR,
            grants::BACKUP,
            grants::SHARDING,
            grants::ATLAS_ADMIN,
        ],
    )
};

/// Reads and writes, and administers nothing.
pub const READ_WRITE_ANY: BuiltInRole = BuiltInRole {
    execute_as: Some("reads and writes every database of the cluster"),
    ..on_admin(
        "readWriteAnyDatabase",
        "Read and write all databases; all stream actions.",
        &[grants::READ_ANY, grants::WRITE_ANY],
    )
};

/// Reads, and writes nothing.
pub const READ_ANY: BuiltInRole = BuiltInRole {
    execute_as: Some("reads every database of the cluster, and writes nothing"),
    ..on_admin(
        "readAnyDatabase",
        "Read all databases; view stream processors.",
        &[grants::READ_ANY],
    )
};

/// Administers the collections of every database.
const ADMIN_ANY: BuiltInRole = on_admin(
    "dbAdminAnyDatabase",
    "Manage indexes, collections and statistics everywhere.",
    &[grants::ADMIN_ANY],
);

/// The built-in roles, the most powerful first.
pub const ROLES: &[BuiltInRole] = &[
    ATLAS_ADMIN,
    READ_WRITE_ANY,
    READ_ANY,
    ADMIN_ANY,
    on_admin("clusterMonitor", "Read what monitoring tools need of a cluster.", &[grants::MONITOR]),
    on_admin("backup", "Read everything that a backup needs.", &[grants::BACKUP]),
    on_admin(
        "enableSharding",
        "Enable sharding for databases and collections.",
        &[grants::SHARDING],
    ),
    on_any(
        "readWrite",
        "Read and write one database, or one collection of it.",
        &[grants::READ_WRITE],
    ),
    on_any("read", "Read one database, or one collection of it.", &[grants::READ]),
    on_any(
        "dbAdmin",
        "Manage indexes, collections and statistics of one database.",
        &[grants::DB_ADMIN],
    ),
];

/// Roles that administer a whole cluster. Three of them are the server's, and Atlas does not grant
/// them; a role that names one is still not treated as harmless.
const ADMINISTRATORS: &[&str] =
    &[ATLAS_ADMIN.name, ADMIN_ANY.name, "clusterAdmin", "root", "userAdminAnyDatabase"];

/// The databases that a permission on every database does not reach.
const APART: &[&str] = &["config", "local"];

impl BuiltInRole {
    /// What it allows when granted on a database, or on one collection of it.
    pub fn permissions(
        &self,
        database: &str,
        collection: Option<&str>,
    ) -> impl Iterator<Item = Permission> {
        let of_grant = move |grant: &'static Grant| {
            let namespace = |database: &str, collection: &str| Resource::Namespace {
                database: database.to_owned(),
                collection: collection.to_owned(),
            };
            let resource = match grant.on {
                On::Own => Some(namespace(database, collection.unwrap_or_default())),
                On::OwnCollection(own) => collection.is_none().then(|| namespace(database, own)),
                On::AnyDatabase => Some(namespace("", "")),
                On::Namespace(database, collection) => Some(namespace(database, collection)),
                On::Cluster => Some(Resource::Cluster),
            };
            let actions = || grant.actions.iter().copied().flatten();
            resource.into_iter().flat_map(move |resource| {
                actions().map(move |action| Permission {
                    action: (*action).to_owned(),
                    resource: resource.clone(),
                })
            })
        };
        let on_streams = actions::held_by(self.name).map(Permission::stream);
        on_streams.chain(self.grants.iter().copied().flatten().flat_map(of_grant))
    }

    /// Whether [`Self::permissions`] are all that it allows of an action. The documentation of
    /// `atlasAdmin` lists roles and actions without claiming to be complete; none covers federated
    /// databases.
    pub fn is_known_whole(&self, action: &str) -> bool {
        let about = data_actions::about(action);
        let is_known = about.is_some() || actions::find(action).is_some();
        is_known && about != Some(About::Federation) && self.name != ATLAS_ADMIN.name
    }
}

/// Whether a built-in role's permission on every database reaches this one.
pub fn is_any_database(database: &str) -> bool {
    !APART.contains(&database)
}

/// The roles that the API accepts for a connection to execute as.
pub fn for_connections() -> impl Iterator<Item = &'static BuiltInRole> {
    ROLES.iter().filter(|role| role.execute_as.is_some())
}

/// Whether the role of this name administers a whole cluster.
pub fn administers(role: &str) -> bool {
    ADMINISTRATORS.contains(&role)
}

/// The built-in role of exactly this name.
pub fn find(name: &str) -> Option<&'static BuiltInRole> {
    ROLES.iter().find(|role| role.name == name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_role_that_holds_a_stream_action_is_listed() {
        for action in actions::ACTIONS {
            assert!(action.held_by.iter().all(|role| find(role).is_some()), "{action:?}");
        }
    }

    #[test]
    fn connections_execute_as_what_the_api_takes() {
        let names: Vec<_> = for_connections().map(|role| role.name).collect();
        assert_eq!(names, ["atlasAdmin", "readWriteAnyDatabase", "readAnyDatabase"]);
        assert!(administers("atlasAdmin") && !administers("readWriteAnyDatabase"));
    }

    #[test]
    fn roles_allow_nothing_but_what_custom_roles_can_hold() {
        for role in ROLES {
            for permission in role.permissions("shop", None) {
                assert!(permission.is_known(), "{}: {permission}", role.name);
            }
        }
    }

    #[test]
    fn a_role_on_a_collection_stays_there() {
        let texts = |collection| {
            let read = find("read").unwrap();
            let permissions = read.permissions("shop", collection);
            permissions.map(|p| p.to_string()).filter(|p| p.starts_with("FIND")).collect::<Vec<_>>()
        };
        assert_eq!(texts(None), ["FIND@shop", "FIND@shop.system.js"]);
        assert_eq!(texts(Some("orders")), ["FIND@shop.orders"]);
    }
}
