//! Who acts, from where, and on what.

use std::net::Ipv6Addr;

/// A user as logs write it.
#[derive(Debug)]
pub(crate) struct User {
    /// Database and name, `admin.alice`.
    pub text: String,
    pub database: &'static str,
    pub name: String,
    /// The role held, with its database: `admin.streamOperator`.
    pub role: &'static str,
    pub mechanism: &'static str,
    /// Which addresses are the user's own, as numbers of [`Cast::addresses`].
    pub home: usize,
}

/// Addresses that every user has.
const HOMES: usize = 3;
/// Addresses of people who only try.
pub(crate) const STRANGERS: usize = 40;

const KNOWN: [(&str, &str, &str, &str); 11] = [
    ("admin", "alice", "admin.streamOperator", "SCRAM-SHA-256"),
    ("admin", "bob", "admin.streamDeveloper", "SCRAM-SHA-256"),
    ("$external", "carol", "admin.streamViewer", "PLAIN"),
    ("admin", "dave", "admin.atlasAdmin", "SCRAM-SHA-256"),
    ("admin", "erin", "admin.streamOperator", "SCRAM-SHA-256"),
    ("admin", "svc-payments", "admin.streamDeveloper", "SCRAM-SHA-256"),
    ("$external", "CN=gateway,OU=telemetry,O=ExampleShop", "admin.streamOperator", "MONGODB-X509"),
    (
        "$external",
        "arn:aws:iam::111122223333:role/orders-deployer",
        "admin.streamDeveloper",
        "MONGODB-AWS",
    ),
    // Names that JSON escapes, and one with dots of its own.
    ("admin", "o\"neil\\sons", "admin.streamOperator", "SCRAM-SHA-1"),
    ("admin", "zoë", "admin.streamOperator", "SCRAM-SHA-256"),
    ("admin", "first.last@example.com", "admin.streamOperator", "SCRAM-SHA-256"),
];

/// Everybody and everything that a log names.
#[derive(Debug)]
pub(crate) struct Cast {
    pub users: Vec<User>,
    /// Users' own addresses, then the strangers', then the intruder's.
    pub addresses: Vec<String>,
    /// The last one stands for pipelines that are run without being stored.
    pub processors: Vec<String>,
}

impl Cast {
    pub(crate) fn new(users: usize, processors: usize) -> Self {
        let user = |n: usize| {
            let (database, name, role, mechanism) = match KNOWN.get(n) {
                Some((database, name, role, mechanism)) => {
                    (*database, (*name).to_owned(), *role, *mechanism)
                }
                None => ("admin", format!("user{n:05}"), "admin.streamOperator", "SCRAM-SHA-256"),
            };
            let text = format!("{database}.{name}");
            User { text, database, name, role, mechanism, home: n * HOMES }
        };
        let own = (0..users * HOMES).map(|n| match n % 7 {
            3 => Ipv6Addr::new(0x2001, 0xdb8, (n / 7) as u16, 0, 0, 0, 0, n as u16).to_string(),
            _ => format!("10.{}.{}.{}", n >> 16 & 255, n >> 8 & 255, n & 255),
        });
        let strangers = (0..STRANGERS).map(|n| format!("203.0.113.{}", n + 10));
        Cast {
            users: (0..users).map(user).collect(),
            addresses: own.chain(strangers).chain(["198.51.100.66".to_owned()]).collect(),
            processors: (0..processors)
                .map(|n| format!("{}-{n}", WORK[n % WORK.len()]))
                .chain([INLINE.to_owned()])
                .collect(),
        }
    }

    /// One of a user's own addresses.
    pub(crate) fn home(&self, user: usize, which: u64) -> usize {
        self.users[user].home + (which % HOMES as u64) as usize
    }

    /// An address that is nobody's.
    pub(crate) fn stranger(&self, which: usize) -> usize {
        self.users.len() * HOMES + which % STRANGERS
    }

    /// The address that the incident comes from.
    pub(crate) fn intruder(&self) -> usize {
        self.addresses.len() - 1
    }
}

/// What a pipeline is called that is not stored.
pub(crate) const INLINE: &str = "inline";

const WORK: [&str; 6] =
    ["enrich-orders", "low-stock", "order-totals", "fraud-score", "ledger-sync", "downsample"];
