//! The privilege actions of custom roles, by their API names.

use crate::privileges::actions;

/// Whether a custom role may hold this action.
pub fn is_known(action: &str) -> bool {
    is_stream(action) || OTHERS.contains(&action)
}

/// Whether it is an action of stream processing, which applies to an instance as a whole.
pub fn is_stream(action: &str) -> bool {
    actions::ACTIONS.iter().any(|known| known.api == action)
}

/// Those that are not about stream processing, in the API document's order.
const OTHERS: &[&str] = &[
    "FIND",
    "INSERT",
    "REMOVE",
    "UPDATE",
    "BYPASS_DOCUMENT_VALIDATION",
    "USE_UUID",
    "KILL_OP",
    "BYPASS_DEFAULT_MAX_TIME_MS",
    "CREATE_COLLECTION",
    "CREATE_INDEX",
    "DROP_COLLECTION",
    "ENABLE_PROFILER",
    "KILL_ANY_CURSOR",
    "ANALYZE",
    "CHANGE_STREAM",
    "COLL_MOD",
    "COMPACT",
    "CONVERT_TO_CAPPED",
    "DROP_DATABASE",
    "DROP_INDEX",
    "RE_INDEX",
    "RENAME_COLLECTION_SAME_DB",
    "SET_USER_WRITE_BLOCK",
    "BYPASS_USER_WRITE_BLOCK",
    "LIST_SESSIONS",
    "KILL_ANY_SESSION",
    "COLL_STATS",
    "CONN_POOL_STATS",
    "DB_HASH",
    "DB_STATS",
    "GET_CMD_LINE_OPTS",
    "GET_LOG",
    "GET_PARAMETER",
    "GET_SHARD_MAP",
    "HOST_INFO",
    "IN_PROG",
    "LIST_DATABASES",
    "LIST_COLLECTIONS",
    "LIST_INDEXES",
    "LIST_SHARDS",
    "NET_STAT",
    "REPL_SET_GET_CONFIG",
    "REPL_SET_GET_STATUS",
    "SERVER_STATUS",
    "VALIDATE",
    "SHARDING_STATE",
    "TOP",
    "SQL_GET_SCHEMA",
    "SQL_SET_SCHEMA",
    "VIEW_ALL_HISTORY",
    "OUT_TO_S3",
    "OUT_TO_AZURE",
    "OUT_TO_GCS",
    "STORAGE_GET_CONFIG",
    "STORAGE_SET_CONFIG",
    "FLUSH_ROUTER_CONFIG",
    "ENABLE_SHARDING",
    "CHECK_METADATA_CONSISTENCY",
    "MOVE_CHUNK",
    "SPLIT_CHUNK",
    "ANALYZE_SHARD_KEY",
    "REFINE_COLLECTION_SHARD_KEY",
    "CLEAR_JUMBO_FLAG",
    "RESHARD_COLLECTION",
    "SHARDED_DATA_DISTRIBUTION",
    "CREATE_SEARCH_INDEX",
    "DROP_SEARCH_INDEX",
    "LIST_SEARCH_INDEXES",
    "UPDATE_SEARCH_INDEX",
];
