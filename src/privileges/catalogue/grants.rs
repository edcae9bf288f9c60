//! What the built-in roles allow besides stream processing, for which see [`super::actions`].
//!
//! Source: the definition of its roles in the server (`src/mongo/db/auth/builtin_roles.yml`, which
//! the manual's page Built-In Roles describes), and the Atlas page Built-In Roles and Privileges for
//! `atlasAdmin`. What no custom role can hold (as `killCursors`) is left out. Where versions of the
//! server differ, a role allows here what it allows in any.

/// Where a built-in role allows something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum On {
    /// The database, or the collection of it, that the role is granted on.
    Own,
    /// A collection of the database that the role is granted on.
    OwnCollection(&'static str),
    /// Every database but `local` and `config`.
    AnyDatabase,
    /// A database and a collection of it; an empty name stands for all of them.
    Namespace(&'static str, &'static str),
    /// The deployment.
    Cluster,
}

/// Actions in a place, by their API names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Grant {
    /// Where.
    pub on: On,
    /// What, in lists that roles share.
    pub actions: &'static [&'static [&'static str]],
}

const fn grant(on: On, actions: &'static [&'static [&'static str]]) -> Grant {
    Grant { on, actions }
}

const READS: &[&str] = &[
    "CHANGE_STREAM",
    "COLL_STATS",
    "DB_HASH",
    "DB_STATS",
    "FIND",
    "LIST_COLLECTIONS",
    "LIST_INDEXES",
    "LIST_SEARCH_INDEXES",
];

const WRITES: &[&str] = &[
    "CONVERT_TO_CAPPED",
    "CREATE_COLLECTION",
    "CREATE_INDEX",
    "CREATE_SEARCH_INDEX",
    "DROP_COLLECTION",
    "DROP_INDEX",
    "DROP_SEARCH_INDEX",
    "INSERT",
    "REMOVE",
    "RENAME_COLLECTION_SAME_DB",
    "UPDATE",
    "UPDATE_SEARCH_INDEX",
];

const ADMINISTERS: &[&str] = &[
    "ANALYZE",
    "BYPASS_DOCUMENT_VALIDATION",
    "COLL_MOD",
    "COLL_STATS",
    "COMPACT",
    "CONVERT_TO_CAPPED",
    "CREATE_COLLECTION",
    "CREATE_INDEX",
    "CREATE_SEARCH_INDEX",
    "DB_STATS",
    "DROP_COLLECTION",
    "DROP_DATABASE",
    "DROP_INDEX",
    "DROP_SEARCH_INDEX",
    "ENABLE_PROFILER",
    "LIST_COLLECTIONS",
    "LIST_INDEXES",
    "LIST_SEARCH_INDEXES",
    "RE_INDEX",
    "RENAME_COLLECTION_SAME_DB",
    "UPDATE_SEARCH_INDEX",
    "VALIDATE",
];

/// What `dbAdmin` may do to the profiler's collection, besides reading it.
const PROFILES: &[&str] = &["CONVERT_TO_CAPPED", "CREATE_COLLECTION", "DROP_COLLECTION"];

const SHARDS: &[&str] =
    &["ANALYZE_SHARD_KEY", "ENABLE_SHARDING", "REFINE_COLLECTION_SHARD_KEY", "RESHARD_COLLECTION"];

const MONITORS: &[&str] = &[
    "CONN_POOL_STATS",
    "GET_CMD_LINE_OPTS",
    "GET_LOG",
    "GET_PARAMETER",
    "GET_SHARD_MAP",
    "HOST_INFO",
    "IN_PROG",
    "LIST_DATABASES",
    "LIST_SESSIONS",
    "LIST_SHARDS",
    "NET_STAT",
    "REPL_SET_GET_CONFIG",
    "REPL_SET_GET_STATUS",
    "SERVER_STATUS",
    "SHARDED_DATA_DISTRIBUTION",
    "SHARDING_STATE",
    "TOP",
    "USE_UUID",
];

/// `read`.
pub const READ: &[Grant] =
    &[grant(On::Own, &[READS]), grant(On::OwnCollection("system.js"), &[READS])];

/// `readWrite`.
pub const READ_WRITE: &[Grant] =
    &[grant(On::Own, &[READS, WRITES]), grant(On::OwnCollection("system.js"), &[READS, WRITES])];

/// `dbAdmin`.
pub const DB_ADMIN: &[Grant] = &[
    grant(On::Own, &[ADMINISTERS]),
    grant(On::OwnCollection("system.profile"), &[READS, PROFILES]),
];

/// `readAnyDatabase`.
pub const READ_ANY: &[Grant] = &[
    grant(On::AnyDatabase, &[READS]),
    grant(On::Namespace("", "system.js"), &[READS]),
    grant(On::Cluster, &[&["LIST_DATABASES"]]),
];

/// `readWriteAnyDatabase`, which includes `readAnyDatabase`.
pub const WRITE_ANY: &[Grant] =
    &[grant(On::AnyDatabase, &[WRITES]), grant(On::Namespace("", "system.js"), &[WRITES])];

/// `dbAdminAnyDatabase`.
pub const ADMIN_ANY: &[Grant] = &[
    grant(On::AnyDatabase, &[ADMINISTERS]),
    grant(On::Namespace("", "system.profile"), &[READS, PROFILES]),
    grant(On::Cluster, &[&["LIST_DATABASES"]]),
];

/// `clusterMonitor`, which is `read` on `config` and `local` too.
pub const MONITOR: &[Grant] = &[
    grant(On::Cluster, &[MONITORS]),
    grant(On::AnyDatabase, &[&["COLL_STATS", "DB_STATS"]]),
    grant(On::Namespace("config", ""), &[READS]),
    grant(On::Namespace("config", "system.js"), &[READS]),
    grant(On::Namespace("config", "system.sessions"), &[&["COLL_STATS", "DB_STATS"]]),
    grant(On::Namespace("local", ""), &[READS]),
    grant(On::Namespace("local", "system.js"), &[READS]),
    grant(On::Namespace("local", "system.replset"), &[&["FIND"]]),
    grant(On::Namespace("", "system.profile"), &[&["FIND"]]),
];

/// `backup`.
pub const BACKUP: &[Grant] = &[
    grant(On::AnyDatabase, &[BACKED_UP, &["FIND"]]),
    grant(On::Namespace("config", ""), &[BACKED_UP, &["FIND"]]),
    grant(On::Namespace("local", ""), &[BACKED_UP, &["FIND"]]),
    grant(On::Namespace("config", "settings"), &[&["INSERT", "UPDATE"]]),
    grant(On::Namespace("", "system.js"), &[BACKED_UP, &["FIND"]]),
    grant(On::Namespace("", "system.profile"), &[BACKED_UP, &["FIND"]]),
    grant(On::Namespace("", "system.users"), &[BACKED_UP, &["FIND"]]),
    grant(On::Namespace("admin", "system.backup_users"), &[BACKED_UP, &["FIND"]]),
    grant(On::Namespace("admin", "system.roles"), &[BACKED_UP, &["FIND"]]),
    grant(On::Namespace("admin", "system.version"), &[BACKED_UP, &["FIND"]]),
    grant(
        On::Cluster,
        &[&[
            "GET_PARAMETER",
            "LIST_DATABASES",
            "SERVER_STATUS",
            "SET_USER_WRITE_BLOCK",
            "USE_UUID",
        ]],
    ),
];

/// What `backup` may do to any collection at all.
const BACKED_UP: &[&str] =
    &["COLL_STATS", "LIST_COLLECTIONS", "LIST_INDEXES", "LIST_SEARCH_INDEXES"];

/// `enableSharding`.
pub const SHARDING: &[Grant] = &[grant(On::AnyDatabase, &[SHARDS])];

/// `atlasAdmin`, besides the roles that it includes.
pub const ATLAS_ADMIN: &[Grant] = &[
    grant(On::AnyDatabase, &[&["CLEAR_JUMBO_FLAG", "COMPACT", "MOVE_CHUNK", "SPLIT_CHUNK"]]),
    grant(On::Namespace("config", "settings"), &[&["UPDATE"]]),
    grant(
        On::Cluster,
        &[&["CHECK_METADATA_CONSISTENCY", "FLUSH_ROUTER_CONFIG", "KILL_ANY_CURSOR"]],
    ),
];
