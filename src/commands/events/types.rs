//! Types of events as `--type` and `--exclude-type` take them.

/// Groups of types, by the prefixes of their names. Atlas' sources spell some of them in two ways.
const GROUPS: &[(&str, &[&str])] = &[
    ("users", &["MONGODB_USER_", "DB_USER_"]),
    ("roles", &["MONGODB_ROLE_", "DB_ROLE_"]),
    ("access", &["NETWORK_PERMISSION_ENTRY_"]),
    ("instances", &["STREAM_TENANT_CREATED", "STREAM_TENANT_UPDATED", "STREAM_TENANT_DELETED"]),
    ("connections", &["STREAM_TENANT_CONNECTION"]),
    ("logs", &["STREAM_TENANT_AUDIT_LOGS", "STREAM_TENANT_OPERATIONAL_LOGS"]),
    ("processors", &["STREAM_PROCESSOR_"]),
    (
        "members",
        &["USER_ROLES_", "GROUP_USER_", "INVITED_TO_", "JOINED_", "REMOVED_FROM_", "ADDED_TO_"],
    ),
    ("peerings", &["STREAM_TENANT_VPC_", "STREAM_VPC_", "PEER_"]),
    ("private-links", &["STREAM_TENANT_PRIVATE", "STREAM_PRIVATE", "PRIVATE_"]),
];

/// The requested types: names, which the API filters by, and groups, which are filtered here.
pub(super) struct TypeFilter {
    pub(super) names: Vec<String>,
    pub(super) prefixes: Vec<&'static str>,
}

impl TypeFilter {
    pub(super) fn of<'a>(given: impl Iterator<Item = &'a String>) -> TypeFilter {
        let mut types = TypeFilter { names: Vec::new(), prefixes: Vec::new() };
        for word in given {
            let group = |(name, _): &&(&str, &[&str])| {
                name.eq_ignore_ascii_case(word) || name.strip_suffix('s') == Some(word.as_str())
            };
            match GROUPS.iter().find(group) {
                Some((_, prefixes)) => types.prefixes.extend(*prefixes),
                None => types.names.push(word.to_ascii_uppercase()),
            }
        }
        types
    }

    pub(super) fn is_empty(&self) -> bool {
        self.names.is_empty() && self.prefixes.is_empty()
    }

    pub(super) fn has(&self, kind: &str) -> bool {
        self.names.iter().any(|name| name == kind)
            || self.prefixes.iter().any(|prefix| kind.starts_with(prefix))
    }
}
