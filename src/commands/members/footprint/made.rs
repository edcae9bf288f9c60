//! What people made, as the project's events tell it.

use futures_util::TryStreamExt;
use serde_json::Value;

use super::theirs::Person;
use crate::atlas::events::{Event, EventFilter};
use crate::commands::access_lists::entry;
use crate::commands::{processors, roles, users};
use crate::context::Context;
use crate::error::{Error, Kind, Result};
use crate::policy::Policy;

/// How many events are held at most: the newest.
const MOST: usize = 50_000;

/// What a kind of event is about, and whether it tells of the object's beginning.
struct Told {
    kind: &'static str,
    noun: &'static str,
    is_creation: bool,
    /// The fields that together name the object, each under one of several names.
    name: &'static [&'static [&'static str]],
}

const USER: &[&[&str]] = &[&["dbUserUsername", "targetUsername"]];
const WITHIN: &[&[&str]] = &[&["instanceName"], &["connectionName", "processorName"]];

const fn told(
    kind: &'static str,
    noun: &'static str,
    is_creation: bool,
    name: &'static [&'static [&'static str]],
) -> Told {
    Told { kind, noun, is_creation, name }
}

/// What messages call an instance.
pub const INSTANCE: &str = "instance";
/// What messages call a connection.
pub const CONNECTION: &str = "connection";
/// What messages call an API key.
pub const API_KEY: &str = "API key";

/// The events that tell of something that stays, or of a secret that was set.
const TOLD: &[Told] = &[
    told("MONGODB_USER_ADDED", users::NOUN, true, USER),
    told("MONGODB_USER_UPDATED", users::NOUN, false, USER),
    told("MONGODB_ROLE_ADDED", roles::NOUN, true, &[&["roleName"]]),
    told("NETWORK_PERMISSION_ENTRY_ADDED", entry::NOUN, true, &[&["whitelistEntry"]]),
    told("STREAM_TENANT_CREATED", INSTANCE, true, &[&["instanceName"]]),
    told("STREAM_TENANT_CONNECTION_CREATED", CONNECTION, true, WITHIN),
    told("STREAM_TENANT_CONNECTION_UPDATED", CONNECTION, false, WITHIN),
    told("STREAM_PROCESSOR_CREATED", processors::NOUN, true, WITHIN),
    told("API_KEY_CREATED", API_KEY, true, &[&["targetPublicKey"]]),
];

/// Somebody made or changed something.
#[derive(Debug, Clone)]
pub struct Did {
    who: Vec<String>,
    /// The noun of the object.
    pub noun: &'static str,
    /// Its name; that of what is in an instance begins with the instance's: `orders/shop`.
    pub name: String,
    /// Whether it began so.
    pub is_creation: bool,
    /// When, RFC 3339.
    pub at: Option<String>,
}

/// What the events tell, newest first.
#[derive(Debug, Default)]
pub struct Feed {
    did: Vec<Did>,
    /// Whether there were more than are held.
    pub is_cut: bool,
}

/// Reads the events, or says why they may not be read.
///
/// # Errors
/// Those of the API, but for a refusal.
pub async fn read(context: &Context) -> Result<std::result::Result<Feed, Error>> {
    let on = context.project().await?;
    let types = TOLD.iter().map(|told| told.kind.to_owned()).collect();
    let wanted = EventFilter { types, ..EventFilter::default() };
    let mut events = std::pin::pin!(on.client.streaming().events(&on.project, &wanted));
    let mut feed = Feed::default();
    loop {
        match events.try_next().await.map_err(Error::from) {
            Ok(None) => return Ok(Ok(feed)),
            Ok(Some(_)) if feed.did.len() == MOST => {
                feed.is_cut = true;
                return Ok(Ok(feed));
            }
            Ok(Some(row)) => feed.did.extend(Did::of(&row.view)),
            Err(error) if error.kind() == Kind::NotPermitted => return Ok(Err(error)),
            Err(error) => return Err(error),
        }
    }
}

impl Did {
    fn of(event: &Event) -> Option<Did> {
        let told = TOLD.iter().find(|told| told.kind == event.event_type_name)?;
        let text = |key: &str| event.rest.get(key).and_then(Value::as_str);
        let part = |keys: &&[&str]| keys.iter().find_map(|key| text(key));
        let name = told.name.iter().map(part).collect::<Option<Vec<_>>>()?.join("/");
        let mut who: Vec<String> = event.actors().map(str::to_owned).collect();
        // Who acts inside an instance is a database user.
        if who.is_empty() {
            who.extend(text("dbUserUsername").map(str::to_owned));
        }
        let (noun, is_creation, at) = (told.noun, told.is_creation, event.created.clone());
        Some(Did { who, noun, name, is_creation, at })
    }

    fn is_about(&self, other: &Did) -> bool {
        self.noun == other.noun && self.name == other.name
    }
}

impl Feed {
    /// What a person did, or a database user of theirs, to objects that were not made anew by somebody
    /// else since; the newest deed of each kind to each.
    pub fn by(&self, person: &Person, users: &[&str]) -> Vec<&Did> {
        let is_theirs = |did: &Did| {
            let is = |who: &String| person.is(who) || users.contains(&who.as_str());
            did.who.iter().any(is)
        };
        let mut found: Vec<&Did> = Vec::new();
        for (at, did) in self.did.iter().enumerate() {
            let newer = &self.did[..at];
            let is_told = |one: &&Did| one.is_about(did) && one.is_creation == did.is_creation;
            if is_theirs(did)
                && !newer.iter().any(|one| one.is_creation && one.is_about(did))
                && !found.iter().any(is_told)
            {
                found.push(did);
            }
        }
        found
    }
}

/// Whether an object is there; `None` where that cannot be seen.
pub fn stands(policy: &Policy, noun: &str, name: &str) -> Option<bool> {
    let has = |list: &[Value], keys: &[&str], name: &str| {
        list.iter().any(|one| keys.iter().any(|key| one[*key] == name))
    };
    let listed = |key: &str, keys: &[&str]| Some(has(policy.list(key)?, keys, name));
    let within = |what: fn(&crate::policy::Instance) -> Option<&Vec<Value>>| {
        let (instance, name) = name.split_once('/')?;
        match policy.instances.as_ref()?.iter().find(|one| one.name() == instance) {
            Some(instance) => Some(has(what(instance)?, &["name"], name)),
            None => Some(false),
        }
    };
    match noun {
        users::NOUN => listed("users", &["username"]),
        roles::NOUN => listed("roles", &["roleName"]),
        entry::NOUN => {
            let bare = name.strip_suffix("/32").or(name.strip_suffix("/128")).unwrap_or(name);
            let keys = ["cidrBlock", "ipAddress", "awsSecurityGroup"];
            let list = policy.list("accessList")?;
            Some(has(list, &keys, name) || has(list, &keys, bare))
        }
        INSTANCE => Some(policy.instances.as_ref()?.iter().any(|one| one.name() == name)),
        CONNECTION => within(|instance| instance.connections.as_ref()),
        processors::NOUN => within(|instance| instance.processors.as_ref()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn feed(events: &[(&str, &str, &str)]) -> Feed {
        let did = |(kind, who, name): &(&str, &str, &str)| {
            let event = json!({"eventTypeName": kind, "username": who, "dbUserUsername": name});
            Did::of(&serde_json::from_value(event).unwrap()).expect("it is told of")
        };
        Feed { did: events.iter().map(did).collect(), is_cut: false }
    }

    #[test]
    fn what_somebody_else_made_anew_is_theirs_no_longer() {
        let ann = Person::of("ann@example.com");
        let begin = [
            ("MONGODB_USER_UPDATED", "Ann@example.com", "x"),
            ("MONGODB_USER_UPDATED", "ann@example.com", "x"),
            ("MONGODB_USER_ADDED", "ann@example.com", "x"),
        ];
        let deeds: Vec<bool> =
            feed(&begin).by(&ann, &[]).iter().map(|did| did.is_creation).collect();
        assert_eq!(deeds, [false, true], "the newest of each kind");
        let anew = [&[("MONGODB_USER_ADDED", "bob@example.com", "x")], &begin[..]].concat();
        assert_eq!(feed(&anew).by(&ann, &[]).len(), 0);
        let later = [&[("MONGODB_USER_UPDATED", "bob@example.com", "x")], &begin[..]].concat();
        assert_eq!(feed(&later).by(&ann, &[]).len(), 2, "a change takes nothing from who made it");
    }

    #[test]
    fn who_acts_inside_an_instance_is_a_database_user() {
        let event = json!({
            "eventTypeName": "STREAM_PROCESSOR_CREATED", "dbUserUsername": "ann",
            "instanceName": "orders", "processorName": "p",
        });
        let did = Did::of(&serde_json::from_value(event).unwrap()).expect("it is told of");
        assert_eq!((did.noun, did.name.as_str()), (processors::NOUN, "orders/p"));
        let feed = Feed { did: vec![did], is_cut: false };
        assert_eq!(feed.by(&Person::of("ann@example.com"), &["ann"]).len(), 1);
        assert_eq!(feed.by(&Person::of("ann@example.com"), &[]).len(), 0);
    }
}
