//! Types of events as `--type` and `--exclude-type` take them.

use crate::commands::known::{self, Verbatim};
use crate::error::{Error, Result};
use crate::near;

/// Types of one kind.
struct Group {
    name: &'static str,
    /// How the names of its types begin. Atlas' sources spell some of them in two ways.
    prefixes: &'static [&'static str],
    /// Those of its types that were seen or are documented.
    types: &'static [&'static str],
}

const GROUPS: &[Group] = &[
    Group {
        name: "users",
        prefixes: &["MONGODB_USER_", "DB_USER_"],
        types: &[
            "MONGODB_USER_ADDED",
            "MONGODB_USER_UPDATED",
            "MONGODB_USER_DELETED",
            "MONGODB_USER_X509_CERT_CREATED",
            "MONGODB_USER_X509_CERT_REVOKED",
        ],
    },
    Group {
        name: "roles",
        prefixes: &["MONGODB_ROLE_", "DB_ROLE_"],
        types: &["MONGODB_ROLE_ADDED", "MONGODB_ROLE_UPDATED", "MONGODB_ROLE_DELETED"],
    },
    Group {
        name: "access",
        prefixes: &["NETWORK_PERMISSION_ENTRY_"],
        types: &[
            "NETWORK_PERMISSION_ENTRY_ADDED",
            "NETWORK_PERMISSION_ENTRY_UPDATED",
            "NETWORK_PERMISSION_ENTRY_REMOVED",
        ],
    },
    Group {
        name: "instances",
        prefixes: &["STREAM_TENANT_CREATED", "STREAM_TENANT_UPDATED", "STREAM_TENANT_DELETED"],
        types: &["STREAM_TENANT_CREATED", "STREAM_TENANT_UPDATED", "STREAM_TENANT_DELETED"],
    },
    Group {
        name: "connections",
        prefixes: &["STREAM_TENANT_CONNECTION"],
        types: &[
            "STREAM_TENANT_CONNECTION_CREATED",
            "STREAM_TENANT_CONNECTION_UPDATED",
            "STREAM_TENANT_CONNECTION_DELETED",
            "STREAM_TENANT_CONNECTION_VIEWED",
            "STREAM_TENANT_CONNECTIONS_LISTED",
        ],
    },
    Group {
        name: "logs",
        prefixes: &["STREAM_TENANT_AUDIT_LOGS", "STREAM_TENANT_OPERATIONAL_LOGS"],
        types: &[
            "STREAM_TENANT_AUDIT_LOGS",
            "STREAM_TENANT_AUDIT_LOGS_DELETED",
            "STREAM_TENANT_OPERATIONAL_LOGS",
        ],
    },
    Group {
        name: "processors",
        prefixes: &["STREAM_PROCESSOR_"],
        types: &[
            "STREAM_PROCESSOR_CREATED",
            "STREAM_PROCESSOR_MODIFIED",
            "STREAM_PROCESSOR_STARTED",
            "STREAM_PROCESSOR_STOPPED",
            "STREAM_PROCESSOR_DROPPED",
            "STREAM_PROCESSOR_STATE_IS_FAILED",
            "STREAM_PROCESSOR_AUTOSCALE_INITIATED",
        ],
    },
    Group {
        name: "members",
        prefixes: &[
            "USER_ROLES_",
            "GROUP_USER_",
            "INVITED_TO_",
            "JOINED_",
            "REMOVED_FROM_",
            "ADDED_TO_",
        ],
        types: &[
            "USER_ROLES_CHANGED_AUDIT",
            "INVITED_TO_GROUP",
            "JOINED_GROUP",
            "REMOVED_FROM_GROUP",
        ],
    },
    Group {
        name: "peerings",
        prefixes: &["STREAM_TENANT_VPC_", "STREAM_VPC_", "PEER_"],
        types: &["PEER_CREATED", "PEER_UPDATED", "PEER_DELETED"],
    },
    Group {
        name: "private-links",
        prefixes: &["STREAM_TENANT_PRIVATE", "STREAM_PRIVATE", "PRIVATE_"],
        types: &[],
    },
];

/// Types that belong to no group.
const OTHERS: &[&str] = &[
    "ALERT_CONFIG_ADDED_AUDIT",
    "ALERT_CONFIG_CHANGED_AUDIT",
    "ALERT_CONFIG_DELETED_AUDIT",
    "API_KEY_CREATED",
    "API_KEY_DELETED",
    "API_KEY_ROLES_CHANGED",
    "CLUSTER_CREATED",
    "CLUSTER_DELETED",
    "CLUSTER_READY",
    "CLUSTER_TAGS_MODIFIED",
    "CLUSTER_UPDATE_COMPLETED",
    "CLUSTER_UPDATE_SUBMITTED",
    "GROUP_CREATED",
    "GROUP_DELETED",
    "GROUP_TAGS_MODIFIED",
    "INSIDE_STREAM_PROCESSOR_METRIC_THRESHOLD",
    "MAX_PROCESSOR_COUNT_REACHED",
    "OUTSIDE_STREAM_PROCESSOR_METRIC_THRESHOLD",
    "STREAMS_AUDIT_LOG_CONFIGURATION_UPDATED",
    "TAGS_MODIFIED",
];

/// The requested types: names, which the API filters by, and groups, which are filtered here.
pub(super) struct TypeFilter {
    pub(super) names: Vec<String>,
    pub(super) prefixes: Vec<&'static str>,
}

impl TypeFilter {
    /// Those that are asked for.
    ///
    /// # Errors
    /// Usage: a type that is not known, with the nearest ones, unless it is to be sent all the same.
    pub(super) fn of<'a>(
        given: impl Iterator<Item = &'a String>,
        verbatim: Verbatim,
    ) -> Result<TypeFilter> {
        let mut types = TypeFilter { names: Vec::new(), prefixes: Vec::new() };
        for word in given {
            let is_called = |group: &&Group| {
                let singular = group.name.strip_suffix('s');
                group.name.eq_ignore_ascii_case(word)
                    || singular.is_some_and(|name| name.eq_ignore_ascii_case(word))
            };
            let is_typed = |name: &&str| name.eq_ignore_ascii_case(word);
            if let Some(group) = GROUPS.iter().find(is_called) {
                types.prefixes.extend(group.prefixes);
            } else if let Some(name) = all().find(is_typed) {
                types.names.push(name.to_owned());
            } else {
                verbatim.or(|| not_known(word))?;
                types.names.push(word.clone());
            }
        }
        Ok(types)
    }

    pub(super) fn is_empty(&self) -> bool {
        self.names.is_empty() && self.prefixes.is_empty()
    }

    pub(super) fn has(&self, kind: &str) -> bool {
        self.names.iter().any(|name| name == kind)
            || self.prefixes.iter().any(|prefix| kind.starts_with(prefix))
    }
}

/// The types that are known.
fn all() -> impl Iterator<Item = &'static str> {
    GROUPS.iter().flat_map(|group| group.types).chain(OTHERS).copied()
}

fn not_known(word: &str) -> Error {
    let groups: Vec<&str> = GROUPS.iter().map(|group| group.name).collect();
    let otherwise = format!("the groups of types are {}", groups.join(", "));
    let type_hint = near::hint(word, all(), otherwise);
    known::unknown("type of events", word, groups, type_hint)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_known_types_of_a_group_begin_as_its_types_do() {
        for group in GROUPS {
            for name in group.types {
                assert!(group.prefixes.iter().any(|prefix| name.starts_with(prefix)), "{name}");
            }
        }
    }
}
