//! What a custom role is made of: actions, each with the resource it is allowed on.

use std::collections::BTreeSet;
use std::fmt;
use std::str::FromStr;

use super::catalogue::actions::{self, Action};
use super::catalogue::data_actions::{self, About};

/// Where an action is allowed: what the manual calls the resource of a privilege.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Resource {
    /// Everywhere: the API's `{"cluster": true}`. Stream actions have nothing narrower.
    Cluster,
    /// A database and a collection; an empty name stands for all of them.
    Namespace {
        /// The database.
        database: String,
        /// The collection.
        collection: String,
    },
}

/// An action in a place. On the command line `ACTION` or `ACTION@DATABASE[.COLLECTION]`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Permission {
    /// In the API's spelling.
    pub action: String,
    /// Where.
    pub resource: Resource,
}

/// A set of permissions.
pub type Permissions = BTreeSet<Permission>;

/// The prefix of collections that no permission on a whole database reaches, except the buckets of
/// time series.
const SYSTEM: &str = "system.";
const BUCKETS: &str = "system.buckets.";

impl Resource {
    /// Whether this resource lies within another, going by names.
    pub fn is_within(&self, other: &Resource) -> bool {
        let part = |inner: &str, outer: &str| outer.is_empty() || inner == outer;
        match (self, other) {
            (_, Resource::Cluster) => true,
            (Resource::Cluster, Resource::Namespace { database, collection }) => {
                database.is_empty() && collection.is_empty()
            }
            (
                Resource::Namespace { database, collection },
                Resource::Namespace { database: outer, collection: all },
            ) => part(database, outer) && part(collection, all),
        }
    }

    /// Whether a permission on this resource applies to some part of another. One on all
    /// collections does not apply to the server's own (manual, Resource Document).
    pub fn meets(&self, other: &Resource) -> bool {
        let alike = |one: &str, two: &str| one.is_empty() || two.is_empty() || one == two;
        match (self, other) {
            (Resource::Cluster, _) | (_, Resource::Cluster) => true,
            (
                Resource::Namespace { database, collection },
                Resource::Namespace { database: other, collection: wanted },
            ) => alike(database, other) && alike(collection, wanted) && self.reaches(wanted),
        }
    }

    /// Whether a permission on this resource applies to all of another.
    pub fn covers(&self, other: &Resource) -> bool {
        let reached = match other {
            Resource::Cluster => true,
            Resource::Namespace { collection, .. } => self.reaches(collection),
        };
        reached && other.is_within(self)
    }

    fn reaches(&self, wanted: &str) -> bool {
        let is_apart = wanted.starts_with(SYSTEM) && !wanted.starts_with(BUCKETS);
        let names_one = |collection: &str| !collection.is_empty();
        match self {
            Resource::Cluster => true,
            Resource::Namespace { collection, .. } => names_one(collection) || !is_apart,
        }
    }
}

impl Permission {
    /// A stream action, which applies to an instance as a whole.
    pub fn stream(action: &Action) -> Self {
        Permission { action: action.api.to_owned(), resource: Resource::Cluster }
    }

    /// The stream action that this is.
    pub fn as_stream(&self) -> Option<&'static Action> {
        actions::find(&self.action).filter(|_| self.resource == Resource::Cluster)
    }

    /// Whether this program knows the action; others are left to the API.
    pub fn is_known(&self) -> bool {
        is_action(&self.action)
    }

    /// Whether this is part of another permission: the same action, on a part of the resource.
    pub fn is_within(&self, other: &Permission) -> bool {
        self.action == other.action && self.resource.is_within(&other.resource)
    }

    /// As the command line takes it, where an action on data needs a database.
    pub fn as_argument(&self) -> String {
        let is_on_data = data_actions::about(&self.action) == Some(About::Data);
        match self.resource == Resource::Cluster && is_on_data {
            true => format!("{}@*", self.action),
            false => self.spelled(),
        }
    }

    /// In the documentation's spelling, if it has one.
    pub fn spelled(&self) -> String {
        match self.as_stream() {
            Some(action) => action.documented.to_owned(),
            None => self.to_string(),
        }
    }
}

/// Whether a custom role may hold an action of this API name.
pub fn is_action(api: &str) -> bool {
    action_names().any(|name| name == api)
}

/// The API's names of the actions that a custom role may hold, those of stream processing first.
pub fn action_names() -> impl Iterator<Item = &'static str> {
    actions::ACTIONS.iter().map(|action| action.api).chain(data_actions::names())
}

impl fmt::Display for Permission {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let any = |name: &str| if name.is_empty() { "*".to_owned() } else { name.to_owned() };
        match &self.resource {
            Resource::Cluster => f.write_str(&self.action),
            Resource::Namespace { database, collection } if collection.is_empty() => {
                write!(f, "{}@{}", self.action, any(database))
            }
            Resource::Namespace { database, collection } => {
                write!(f, "{}@{}.{collection}", self.action, any(database))
            }
        }
    }
}

impl FromStr for Permission {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let (name, place) = match text.trim().split_once('@') {
            Some((name, place)) => (name, Some(place)),
            None => (text.trim(), None),
        };
        let letters = |c: char| c.is_ascii_alphanumeric() || c == '_';
        if name.is_empty() || !name.chars().all(letters) {
            return Err("expected ACTION or ACTION@DATABASE.COLLECTION".to_owned());
        }
        if let Some(action) = actions::find(name) {
            return match place {
                None => Ok(Permission::stream(action)),
                Some(_) => Err(format!(
                    "{} applies to an instance as a whole: leave out the @",
                    action.documented
                )),
            };
        }
        let action = api_spelling(name);
        let resource = match place {
            Some(place) => namespace(place)?,
            None if data_actions::about(&action) == Some(About::Data) => {
                return Err(format!(
                    "{action} needs a place: {action}@DATABASE.COLLECTION, or {action}@* for all"
                ));
            }
            None => Resource::Cluster,
        };
        Ok(Permission { action, resource })
    }
}

/// Checks that a database can have this name: none holds a blank, or a character that the server
/// refuses in one. `*` stands for all.
///
/// # Errors
/// The sentence about the name.
pub fn check_database(name: &str) -> Result<(), String> {
    let never = |c: char| c.is_whitespace() || c.is_control() || "/\\\"$".contains(c);
    match name.chars().find(|c| never(*c)) {
        None => Ok(()),
        Some(c) => Err(format!("{name:?} is the name of no database: it holds {c:?}")),
    }
}

/// `DATABASE`, `DATABASE.COLLECTION`; `*` stands for all of them.
fn namespace(text: &str) -> Result<Resource, String> {
    let (database, collection) = text.split_once('.').unwrap_or((text, "*"));
    if database.is_empty() || collection.is_empty() {
        return Err(
            "expected ACTION@DATABASE or ACTION@DATABASE.COLLECTION; * means all".to_owned()
        );
    }
    check_database(database)?;
    let named = |name: &str| if name == "*" { String::new() } else { name.to_owned() };
    Ok(Resource::Namespace { database: named(database), collection: named(collection) })
}

/// `collStats` -> `COLL_STATS`; a name without lower-case letters stays.
fn api_spelling(name: &str) -> String {
    let mixed = name.chars().any(char::is_uppercase) && name.chars().any(char::is_lowercase);
    let mut spelled = String::new();
    let mut before = '_';
    for c in name.chars() {
        if mixed && c.is_uppercase() && before != '_' && !before.is_uppercase() {
            spelled.push('_');
        }
        spelled.push(c.to_ascii_uppercase());
        before = c;
    }
    spelled
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &str) -> Result<String, String> {
        text.parse::<Permission>().map(|permission| permission.to_string())
    }

    #[test]
    fn an_action_is_read_in_any_spelling() {
        for spelling in
            ["createStreamProcessor", "CREATE_STREAM_PROCESSOR", "createstreamprocessor"]
        {
            assert_eq!(parse(spelling).unwrap(), "CREATE_STREAM_PROCESSOR");
        }
        assert_eq!(parse("listStreamConnections").unwrap(), "LIST_CONNECTIONS");
        assert_eq!(parse("find@shop.orders").unwrap(), "FIND@shop.orders");
        assert_eq!(parse("Find@*").unwrap(), "FIND@*");
        assert_eq!(parse("INSERT@shop").unwrap(), "INSERT@shop");
        assert_eq!(parse("collStats@shop.a.b").unwrap(), "COLL_STATS@shop.a.b");
        assert_eq!(parse("serverStatus").unwrap(), "SERVER_STATUS");
        assert_eq!(parse("reIndex@*.x").unwrap(), "RE_INDEX@*.x");
    }

    fn place(text: &str) -> Resource {
        format!("FIND@{text}").parse::<Permission>().unwrap().resource
    }

    #[test]
    fn a_right_reaches_what_lies_in_its_place() {
        for (right, wanted, meets, covers) in [
            ("shop.orders", "shop.orders", true, true),
            ("shop", "shop.orders", true, true),
            ("*", "shop.orders", true, true),
            ("*", "shop", true, true),
            ("*.orders", "shop.orders", true, true),
            ("*.orders", "shop", true, false),
            ("shop.orders", "shop", true, false),
            ("shop", "*.orders", true, false),
            ("shop", "ledger.orders", false, false),
            ("shop.orders", "shop.invoices", false, false),
            ("*.orders", "shop.invoices", false, false),
            ("shop", "shop.system.js", false, false),
            ("shop.system.js", "shop.system.js", true, true),
            ("shop", "shop.system.buckets.x", true, true),
        ] {
            let (right, wanted) = (place(right), place(wanted));
            assert_eq!(right.meets(&wanted), meets, "{right:?} {wanted:?}");
            assert_eq!(right.covers(&wanted), covers, "{right:?} {wanted:?}");
            assert!(Resource::Cluster.covers(&wanted) && wanted.is_within(&Resource::Cluster));
        }
        assert!(place("shop.system.js").is_within(&place("shop")));
        assert!(
            Resource::Cluster.is_within(&place("*"))
                && !Resource::Cluster.is_within(&place("shop"))
        );
    }

    #[test]
    fn a_place_is_asked_for_where_it_matters_and_only_there() {
        let everywhere = Permission { action: "FIND".to_owned(), resource: Resource::Cluster };
        assert!(everywhere.is_within(&everywhere.as_argument().parse().unwrap()));
        assert!(parse("FIND").unwrap_err().contains("FIND@DATABASE.COLLECTION"));
        assert!(parse("startStreamProcessor@shop").unwrap_err().contains("as a whole"));
        for wrong in ["", "@", "@shop", "FIND@", "FIND@.x", "FIND@shop.", "a b", "-"] {
            assert!(parse(wrong).is_err(), "{wrong}");
        }
    }
}
