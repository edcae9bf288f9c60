//! The kinds of objects in a policy: one table of what tells each from its like, of what is left out
//! of its document, and of which of its lists have no order.

/// A kind of object.
#[derive(Debug, PartialEq, Eq)]
pub struct Kind {
    /// The key of its list in a policy, or in an instance.
    pub key: &'static str,
    /// One of them, for a sentence.
    pub noun: &'static str,
    /// All of them, for a sentence.
    pub plural: &'static str,
    /// The fields that tell one from another. They come first in its document.
    pub identity: &'static [&'static str],
    /// What the API answers of it and is no policy: what only the API decides, what changes by itself.
    pub dropped: &'static [&'static str],
    /// Its lists in which order says nothing, by their keys wherever these stand.
    pub sets: &'static [&'static str],
    /// Its fields below which nothing is reordered.
    pub kept: &'static [&'static str],
    /// Values that say as much as no value, by their keys; they are left out.
    pub defaults: &'static [(&'static str, &'static str)],
    /// Its lists that are written even where they are empty, because that says something.
    pub always: &'static [&'static str],
}

impl Kind {
    const fn of(
        key: &'static str,
        noun: &'static str,
        plural: &'static str,
        identity: &'static [&'static str],
        dropped: &'static [&'static str],
        sets: &'static [&'static str],
    ) -> Kind {
        Kind { key, noun, plural, identity, dropped, sets, kept: &[], defaults: &[], always: &[] }
    }

    const fn names(key: &'static str, noun: &'static str, plural: &'static str) -> Kind {
        Kind::of(key, noun, plural, &["name"], &[], &[])
    }
}

/// Roles of people and programs, and what they are held through.
const HELD: &[&str] = &["roles", "orgRoles", "inheritedRoles", "teamIds"];

/// The instances, which hold lists of their own.
pub const INSTANCES: Kind = Kind::of(
    "instances",
    "instance",
    "instances",
    &["name"],
    &["links", "_id", "groupId", "hostnames"],
    &[],
);

/// What a policy holds, in the order in which it is written.
pub static KINDS: &[Kind] = &[
    Kind {
        defaults: &[
            ("awsIAMType", "NONE"),
            ("ldapAuthType", "NONE"),
            ("oidcAuthType", "NONE"),
            ("x509Type", "NONE"),
            ("description", ""),
        ],
        // A user without scopes reaches everything.
        always: &["roles", "scopes"],
        ..Kind::of(
            "users",
            "database user",
            "database users",
            &["username", "databaseName"],
            &["links", "groupId"],
            &["roles", "scopes", "labels"],
        )
    },
    Kind {
        always: &["actions", "inheritedRoles"],
        ..Kind::of(
            "roles",
            "custom role",
            "custom roles",
            &["roleName"],
            &["links"],
            &["actions", "resources", "inheritedRoles"],
        )
    },
    INSTANCES,
    Kind::names("clusters", "cluster", "clusters"),
    Kind::names("federatedDatabases", "federated database", "federated databases"),
    Kind::of(
        "accessList",
        "access-list entry",
        "access-list entries",
        &["awsSecurityGroup", "ipAddress", "cidrBlock"],
        &["links", "groupId"],
        &[],
    ),
    Kind::of(
        "members",
        "member",
        "members",
        &["username"],
        &["links", "lastAuth", "createdAt", "country", "mobileNumber"],
        HELD,
    ),
    Kind::of("apiKeys", "API key", "API keys", &["publicKey"], &["links", "privateKey"], HELD),
    Kind::of(
        "serviceAccounts",
        "service account",
        "service accounts",
        &["clientId"],
        &["links", "secrets"],
        HELD,
    ),
    Kind::of("peerings", "VPC peering", "VPC peerings", &["_id"], &["links", "groupId"], &[]),
    Kind::of("privateLinks", "private link", "private links", &["_id"], &["links"], &[]),
];

/// The connections of an instance.
pub const CONNECTIONS: Kind = Kind::of(
    "connections",
    "connection",
    "connections",
    &["name", "type"],
    &["links", "id", "_id", "state"],
    &[],
);

/// The processors of an instance. The order of a stage's keys may mean something.
pub const PROCESSORS: Kind = Kind {
    kept: &["pipeline"],
    ..Kind::of(
        "processors",
        "processor",
        "processors",
        &["name"],
        &["links", "_id", "stats", "eligibleForFailover"],
        &[],
    )
};

/// What an instance holds.
pub static WITHIN: &[Kind] = &[CONNECTIONS, PROCESSORS];

/// The kind of a key, in a policy or in an instance.
pub fn kind(key: &str) -> Option<&'static Kind> {
    KINDS.iter().chain(WITHIN).find(|kind| kind.key == key)
}
