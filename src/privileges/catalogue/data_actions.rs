//! The privilege actions of custom roles that are not about stream processing.

/// What an action is about, which decides where it is allowed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum About {
    /// Data: it applies only to a database.
    Data,
    /// A deployment, or data if the permission names a database.
    Deployment,
    /// A federated database, about which the built-in roles' definition says nothing.
    Federation,
}

/// The API's names of the actions, in the order of its document.
const OTHERS: &[(&str, About)] = &[
    ("FIND", About::Data),
    ("INSERT", About::Data),
    ("REMOVE", About::Data),
    ("UPDATE", About::Data),
    ("BYPASS_DOCUMENT_VALIDATION", About::Data),
    ("USE_UUID", About::Deployment),
    ("KILL_OP", About::Deployment),
    ("BYPASS_DEFAULT_MAX_TIME_MS", About::Deployment),
    ("CREATE_COLLECTION", About::Data),
    ("CREATE_INDEX", About::Data),
    ("DROP_COLLECTION", About::Data),
    ("ENABLE_PROFILER", About::Deployment),
    ("KILL_ANY_CURSOR", About::Deployment),
    ("ANALYZE", About::Deployment),
    ("CHANGE_STREAM", About::Data),
    ("COLL_MOD", About::Data),
    ("COMPACT", About::Data),
    ("CONVERT_TO_CAPPED", About::Data),
    ("DROP_DATABASE", About::Data),
    ("DROP_INDEX", About::Data),
    ("RE_INDEX", About::Data),
    ("RENAME_COLLECTION_SAME_DB", About::Data),
    ("SET_USER_WRITE_BLOCK", About::Deployment),
    ("BYPASS_USER_WRITE_BLOCK", About::Deployment),
    ("LIST_SESSIONS", About::Deployment),
    ("KILL_ANY_SESSION", About::Deployment),
    ("COLL_STATS", About::Data),
    ("CONN_POOL_STATS", About::Deployment),
    ("DB_HASH", About::Data),
    ("DB_STATS", About::Data),
    ("GET_CMD_LINE_OPTS", About::Deployment),
    ("GET_LOG", About::Deployment),
    ("GET_PARAMETER", About::Deployment),
    ("GET_SHARD_MAP", About::Deployment),
    ("HOST_INFO", About::Deployment),
    ("IN_PROG", About::Deployment),
    ("LIST_DATABASES", About::Deployment),
    ("LIST_COLLECTIONS", About::Data),
    ("LIST_INDEXES", About::Data),
    ("LIST_SHARDS", About::Deployment),
    ("NET_STAT", About::Deployment),
    ("REPL_SET_GET_CONFIG", About::Deployment),
    ("REPL_SET_GET_STATUS", About::Deployment),
    ("SERVER_STATUS", About::Deployment),
    ("VALIDATE", About::Data),
    ("SHARDING_STATE", About::Deployment),
    ("TOP", About::Deployment),
    ("SQL_GET_SCHEMA", About::Federation),
    ("SQL_SET_SCHEMA", About::Federation),
    ("VIEW_ALL_HISTORY", About::Federation),
    ("OUT_TO_S3", About::Federation),
    ("OUT_TO_AZURE", About::Federation),
    ("OUT_TO_GCS", About::Federation),
    ("STORAGE_GET_CONFIG", About::Federation),
    ("STORAGE_SET_CONFIG", About::Federation),
    ("FLUSH_ROUTER_CONFIG", About::Deployment),
    ("ENABLE_SHARDING", About::Deployment),
    ("CHECK_METADATA_CONSISTENCY", About::Deployment),
    ("MOVE_CHUNK", About::Deployment),
    ("SPLIT_CHUNK", About::Deployment),
    ("ANALYZE_SHARD_KEY", About::Deployment),
    ("REFINE_COLLECTION_SHARD_KEY", About::Deployment),
    ("CLEAR_JUMBO_FLAG", About::Deployment),
    ("RESHARD_COLLECTION", About::Deployment),
    ("SHARDED_DATA_DISTRIBUTION", About::Deployment),
    ("CREATE_SEARCH_INDEX", About::Deployment),
    ("DROP_SEARCH_INDEX", About::Deployment),
    ("LIST_SEARCH_INDEXES", About::Deployment),
    ("UPDATE_SEARCH_INDEX", About::Deployment),
];

/// The API's names of the actions.
pub fn names() -> impl Iterator<Item = &'static str> {
    OTHERS.iter().map(|(name, _)| *name)
}

/// What the action of this API name is about; `None` for one of stream processing, or none at all.
pub fn about(action: &str) -> Option<About> {
    OTHERS.iter().find(|(name, _)| *name == action).map(|(_, about)| *about)
}
