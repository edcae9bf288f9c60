//! The built-in roles of database users.

/// A role that every project has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BuiltIn {
    /// The name.
    pub name: &'static str,
    /// Whether it is granted on `admin` only, rather than on any database.
    pub on_admin: bool,
    /// What it allows, in a sentence.
    pub allows: &'static str,
}

const fn role(name: &'static str, on_admin: bool, allows: &'static str) -> BuiltIn {
    BuiltIn { name, on_admin, allows }
}

/// The built-in roles, the mightiest first.
pub const ROLES: &[BuiltIn] = &[
    role("atlasAdmin", true, "Everything that a database user can be allowed, on all databases."),
    role("readWriteAnyDatabase", true, "Read and write all databases; all stream actions."),
    role("readAnyDatabase", true, "Read all databases; look at stream processors."),
    role("dbAdminAnyDatabase", true, "Manage indexes, collections and statistics everywhere."),
    role("clusterMonitor", true, "Read what monitoring tools ask a cluster."),
    role("backup", true, "Read all that a backup needs."),
    role("enableSharding", true, "Enable sharding for databases and collections."),
    role("readWrite", false, "Read and write one database, or one collection of it."),
    role("read", false, "Read one database, or one collection of it."),
    role("dbAdmin", false, "Manage indexes, collections and statistics of one database."),
];

/// The built-in role of exactly this name.
pub fn find(name: &str) -> Option<&'static BuiltIn> {
    ROLES.iter().find(|role| role.name == name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::privileges::actions;

    #[test]
    fn every_role_that_holds_a_stream_action_is_listed() {
        for action in actions::ACTIONS {
            assert!(action.held_by.iter().all(|role| find(role).is_some()), "{action:?}");
        }
    }
}
