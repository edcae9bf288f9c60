//! The built-in roles of database users.

use super::actions;
use super::data_actions::{self, About};
use super::grants::{self, Grant, On};
use super::permissions::{Permission, Place};

/// A role that every project has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BuiltIn {
    /// The name.
    pub name: &'static str,
    /// Whether it is granted on `admin` only, rather than on any database.
    pub on_admin: bool,
    /// What it allows, in a sentence.
    pub allows: &'static str,
    /// What it allows but for stream processing, in lists that roles share.
    grants: &'static [&'static [Grant]],
}

const fn role(
    name: &'static str,
    on_admin: bool,
    allows: &'static str,
    grants: &'static [&'static [Grant]],
) -> BuiltIn {
    BuiltIn { name, on_admin, allows, grants }
}

/// The built-in roles, the mightiest first.
pub const ROLES: &[BuiltIn] = &[
    role(
        "atlasAdmin",
        true,
        "Everything that a database user can be allowed, on all databases.",
        &[
            grants::READ_ANY,
            grants::WRITE_ANY,
            grants::ADMIN_ANY,
            grants::MONITOR,
            grants::BACKUP,
            grants::SHARDING,
            grants::ATLAS_ADMIN,
        ],
    ),
    role(
        "readWriteAnyDatabase",
        true,
        "Read and write all databases; all stream actions.",
        &[grants::READ_ANY, grants::WRITE_ANY],
    ),
    role(
        "readAnyDatabase",
        true,
        "Read all databases; look at stream processors.",
        &[grants::READ_ANY],
    ),
    role(
        "dbAdminAnyDatabase",
        true,
        "Manage indexes, collections and statistics everywhere.",
        &[grants::ADMIN_ANY],
    ),
    role("clusterMonitor", true, "Read what monitoring tools ask a cluster.", &[grants::MONITOR]),
    role("backup", true, "Read all that a backup needs.", &[grants::BACKUP]),
    role(
        "enableSharding",
        true,
        "Enable sharding for databases and collections.",
        &[grants::SHARDING],
    ),
    role(
        "readWrite",
        false,
        "Read and write one database, or one collection of it.",
        &[grants::READ_WRITE],
    ),
    role("read", false, "Read one database, or one collection of it.", &[grants::READ]),
    role(
        "dbAdmin",
        false,
        "Manage indexes, collections and statistics of one database.",
        &[grants::DB_ADMIN],
    ),
];

/// The databases that no right on every database reaches.
const APART: &[&str] = &["config", "local"];

impl BuiltIn {
    /// What it allows where it is granted on a database, or on one collection of it.
    pub fn permissions(
        &self,
        database: &str,
        collection: Option<&str>,
    ) -> impl Iterator<Item = Permission> {
        let of_grant = move |grant: &'static Grant| {
            let namespace = |database: &str, collection: &str| Place::Namespace {
                database: database.to_owned(),
                collection: collection.to_owned(),
            };
            let place = match grant.on {
                On::Own => Some(namespace(database, collection.unwrap_or_default())),
                On::OwnCollection(own) => collection.is_none().then(|| namespace(database, own)),
                On::AnyDatabase => Some(namespace("", "")),
                On::Namespace(database, collection) => Some(namespace(database, collection)),
                On::Cluster => Some(Place::Cluster),
            };
            let actions = || grant.actions.iter().copied().flatten();
            place.into_iter().flat_map(move |place| {
                actions().map(move |action| Permission {
                    action: (*action).to_owned(),
                    place: place.clone(),
                })
            })
        };
        let on_streams = actions::held_by(self.name).map(Permission::stream);
        on_streams.chain(self.grants.iter().copied().flatten().flat_map(of_grant))
    }

    /// Whether [`Self::permissions`] are all that it allows of an action. The documentation of
    /// `atlasAdmin` names roles and actions, and leaves the end open; none tells what the roles allow
    /// on federated databases.
    pub fn is_known_whole(&self, action: &str) -> bool {
        let about = data_actions::about(action);
        let is_known = about.is_some() || actions::find(action).is_some();
        is_known && about != Some(About::Federation) && self.name != "atlasAdmin"
    }
}

/// Whether a built-in role's right on every database reaches this one.
pub fn is_any_database(database: &str) -> bool {
    !APART.contains(&database)
}

/// The built-in role of exactly this name.
pub fn find(name: &str) -> Option<&'static BuiltIn> {
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
