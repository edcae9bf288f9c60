//! The commands that a database user sends to a stream processing instance, and the action that each
//! needs.
//!
//! Source: what `mongosh` sends for the methods of `sp`, and the manual's page of each method.

use super::actions::{self, Action};

/// Commands, each with the documented name of its action.
const COMMANDS: &[(&str, &str)] = &[
    ("listStreamProcessors", "listStreamProcessors"),
    ("getStreamProcessor", "getStreamProcessor"),
    ("createStreamProcessor", "createStreamProcessor"),
    ("startStreamProcessor", "startStreamProcessor"),
    ("stopStreamProcessor", "stopStreamProcessor"),
    ("modifyStreamProcessor", "modifyStreamProcessor"),
    ("dropStreamProcessor", "dropStreamProcessor"),
    ("getStreamProcessorStats", "streamProcessorStats"),
    ("startSampleStreamProcessor", "sampleStreamProcessor"),
    ("getMoreSampleStreamProcessor", "sampleStreamProcessor"),
    ("processStreamProcessor", "processStreamProcessor"),
    ("listStreamConnections", "listConnections"),
    // Undocumented: who sees an instance's processors sees their sizes.
    ("listWorkspaceDefaults", "listStreamProcessors"),
];

/// Commands that the server of a cluster knows, and that shells and drivers send to an instance too,
/// which has no data: no action allows them there.
const ON_DATA: &[&str] = &[
    "abortTransaction",
    "aggregate",
    "analyze",
    "bulkWrite",
    "cloneCollectionAsCapped",
    "collMod",
    "collStats",
    "commitTransaction",
    "compact",
    "connPoolStats",
    "convertToCapped",
    "count",
    "create",
    "createIndexes",
    "createRole",
    "createSearchIndexes",
    "createUser",
    "currentOp",
    "dataSize",
    "dbHash",
    "dbStats",
    "delete",
    "distinct",
    "drop",
    "dropAllRolesFromDatabase",
    "dropAllUsersFromDatabase",
    "dropDatabase",
    "dropIndexes",
    "dropRole",
    "dropSearchIndex",
    "dropUser",
    "enableSharding",
    "explain",
    "filemd5",
    "find",
    "findAndModify",
    "fsync",
    "fsyncUnlock",
    "getClusterParameter",
    "getCmdLineOpts",
    "getDefaultRWConcern",
    "getLastError",
    "getMore",
    "getShardMap",
    "grantPrivilegesToRole",
    "grantRolesToRole",
    "grantRolesToUser",
    "hostInfo",
    "insert",
    "invalidateUserCache",
    "killAllSessions",
    "killAllSessionsByPattern",
    "killCursors",
    "killOp",
    "killSessions",
    "listCollections",
    "listCommands",
    "listDatabases",
    "listIndexes",
    "listSearchIndexes",
    "listShards",
    "lockInfo",
    "logRotate",
    "mapReduce",
    "planCacheClear",
    "planCacheListFilters",
    "profile",
    "reIndex",
    "refreshSessions",
    "renameCollection",
    "replSetGetConfig",
    "replSetGetStatus",
    "revokePrivilegesFromRole",
    "revokeRolesFromRole",
    "revokeRolesFromUser",
    "rolesInfo",
    "serverStatus",
    "setDefaultRWConcern",
    "setFeatureCompatibilityVersion",
    "setParameter",
    "shardCollection",
    "shutdown",
    "startSession",
    "top",
    "update",
    "updateRole",
    "updateSearchIndex",
    "updateUser",
    "usersInfo",
    "validate",
    "whatsmyuri",
];

/// The commands, each with its action.
pub fn all() -> impl Iterator<Item = (&'static str, &'static Action)> {
    COMMANDS.iter().filter_map(|(command, action)| Some((*command, actions::find(action)?)))
}

/// The action that a command needs; `None` for one that is not about stream processing.
pub fn action(command: &str) -> Option<&'static Action> {
    all().find(|(name, _)| *name == command).map(|(_, action)| action)
}

/// Whether a command is one of the server's about data, in any case: older shells spell some without
/// capitals.
pub fn is_about_data(command: &str) -> bool {
    ON_DATA.iter().any(|known| known.eq_ignore_ascii_case(command))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_command_has_an_action_and_every_action_a_command() {
        assert_eq!(all().count(), COMMANDS.len());
        for action in actions::ACTIONS {
            assert!(all().any(|(_, other)| other == action), "{}", action.documented);
        }
        assert_eq!(action("find"), None);
        // Names of commands are what they are.
        assert_eq!(action("STARTSTREAMPROCESSOR"), None);
    }
}
