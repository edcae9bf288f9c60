//! What a custom role is made of: actions, each with the place where it is allowed.

use std::collections::BTreeSet;
use std::fmt;
use std::str::FromStr;

use super::actions::{self, Action};

/// Where an action is allowed.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Place {
    /// Everywhere: the API's `{"cluster": true}`. Stream actions know nothing narrower.
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
    pub place: Place,
}

/// A set of them: what stands twice is there once.
pub type Permissions = BTreeSet<Permission>;

/// Actions on data, which mean nothing without a database.
const ON_DATA: &[&str] = &[
    "FIND",
    "INSERT",
    "REMOVE",
    "UPDATE",
    "BYPASS_DOCUMENT_VALIDATION",
    "CREATE_COLLECTION",
    "CREATE_INDEX",
    "DROP_COLLECTION",
    "CHANGE_STREAM",
    "COLL_MOD",
    "COLL_STATS",
    "COMPACT",
    "CONVERT_TO_CAPPED",
    "DB_HASH",
    "DB_STATS",
    "DROP_DATABASE",
    "DROP_INDEX",
    "LIST_COLLECTIONS",
    "LIST_INDEXES",
    "RE_INDEX",
    "RENAME_COLLECTION_SAME_DB",
    "VALIDATE",
];

impl Permission {
    /// A stream action, which applies to an instance as a whole.
    pub fn stream(action: &Action) -> Self {
        Permission { action: action.api.to_owned(), place: Place::Cluster }
    }

    /// The stream action that this is.
    pub fn as_stream(&self) -> Option<&'static Action> {
        actions::find(&self.action).filter(|_| self.place == Place::Cluster)
    }

    /// Whether this program knows the action: the API is asked about others.
    pub fn is_known(&self) -> bool {
        actions::find(&self.action).is_some() || ON_DATA.contains(&self.action.as_str())
    }
}

impl fmt::Display for Permission {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let any = |name: &str| if name.is_empty() { "*".to_owned() } else { name.to_owned() };
        match &self.place {
            Place::Cluster => f.write_str(&self.action),
            Place::Namespace { database, collection } if collection.is_empty() => {
                write!(f, "{}@{}", self.action, any(database))
            }
            Place::Namespace { database, collection } => {
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
            return Err("say ACTION, or ACTION@DATABASE.COLLECTION".to_owned());
        }
        if let Some(action) = actions::find(name) {
            return match place {
                None => Ok(Permission::stream(action)),
                Some(_) => Err(format!(
                    "{} applies to an instance as a whole: leave the @ away",
                    action.documented
                )),
            };
        }
        let action = api_spelling(name);
        let place = match place {
            Some(place) => namespace(place)?,
            None if ON_DATA.contains(&action.as_str()) => {
                return Err(format!(
                    "{action} needs a place: {action}@DATABASE.COLLECTION, or {action}@* for all"
                ));
            }
            None => Place::Cluster,
        };
        Ok(Permission { action, place })
    }
}

/// `DATABASE`, `DATABASE.COLLECTION`; `*` stands for all of them.
fn namespace(text: &str) -> Result<Place, String> {
    let (database, collection) = text.split_once('.').unwrap_or((text, "*"));
    if database.is_empty() || collection.is_empty() {
        return Err("say ACTION@DATABASE or ACTION@DATABASE.COLLECTION; * means all".to_owned());
    }
    let named = |name: &str| if name == "*" { String::new() } else { name.to_owned() };
    Ok(Place::Namespace { database: named(database), collection: named(collection) })
}

/// `collStats` -> `COLL_STATS`; what has no lower-case letter stays.
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

    #[test]
    fn a_place_is_asked_for_where_it_matters_and_only_there() {
        assert!(parse("FIND").unwrap_err().contains("FIND@DATABASE.COLLECTION"));
        assert!(parse("startStreamProcessor@shop").unwrap_err().contains("as a whole"));
        for wrong in ["", "@", "@shop", "FIND@", "FIND@.x", "FIND@shop.", "a b", "-"] {
            assert!(parse(wrong).is_err(), "{wrong}");
        }
    }
}
