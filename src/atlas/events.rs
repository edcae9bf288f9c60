//! Project events: what administrators changed, and what they looked at.

use futures_util::Stream;
use http::Method;
use serde::Deserialize;
use serde_json::{Map, Value};

use super::row::or_default;
use super::{ApiError, Call, Client, Media, Operation, Paging, Row};

/// A project's events, newest first. The total it tells is 0 however many there are.
pub const LIST: Operation = Operation {
    id: "listGroupEvents",
    method: Method::GET,
    path: "/api/atlas/v2/groups/{groupId}/events",
    version: "2023-01-01",
    media: Media::Json,
    paging: Paging::Counted(&["id"]),
    what: "list the events of project {groupId}",
};

/// Which events are asked for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct EventFilter {
    /// The first moment, RFC 3339.
    pub since: Option<String>,
    /// The last moment, RFC 3339.
    pub until: Option<String>,
    /// Types, in the API's spelling; all if there are none.
    pub types: Vec<String>,
    /// Types to exclude.
    pub excluded: Vec<String>,
}

/// A project event. What it is about stands under names of its own for each type of event.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Event {
    /// The id, 24 hexadecimal digits.
    #[serde(deserialize_with = "or_default")]
    pub id: String,
    /// When, RFC 3339.
    pub created: Option<String>,
    /// What, such as `MONGODB_USER_ADDED`.
    #[serde(deserialize_with = "or_default")]
    pub event_type_name: String,
    /// The email address of who did it, if it was a person.
    pub username: Option<String>,
    /// That person's id.
    pub user_id: Option<String>,
    /// The public half of the API key that did it, if it was one.
    pub public_key: Option<String>,
    /// That key's id.
    pub api_key_id: Option<String>,
    /// From where.
    pub remote_address: Option<String>,
    /// The program that acted for them, if one did.
    pub delegate_principal: Option<Principal>,
    /// Everything else.
    #[serde(flatten)]
    pub rest: Map<String, Value>,
}

/// Fields that every event has and that say nothing of what it is about.
const COMMON: [&str; 5] = ["groupId", "orgId", "isGlobalAdmin", "links", "raw"];

/// A program that acts with the rights of somebody, such as an agent.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Principal {
    /// Its id.
    pub id: Option<String>,
    /// What people call it.
    pub name: Option<String>,
    /// For whom it acts.
    pub on_behalf_of: Option<Box<Principal>>,
}

impl Principal {
    /// Itself, then for whom it acts, and so on.
    pub fn chain(&self) -> impl Iterator<Item = &Principal> {
        std::iter::successors(Some(self), |principal| principal.on_behalf_of.as_deref())
    }
}

impl Event {
    /// What it is about: names, each under its field.
    pub fn about(&self) -> impl Iterator<Item = (&str, &str)> {
        let texts =
            self.rest.iter().filter_map(|(name, value)| Some((name.as_str(), value.as_str()?)));
        texts.filter(|(name, _)| !COMMON.contains(name))
    }

    /// Who did it, and through which program if one acted for them: a person's address, a key's
    /// public half, or an id.
    pub fn by(&self) -> Option<String> {
        let who = [&self.username, &self.public_key, &self.user_id, &self.api_key_id]
            .into_iter()
            .find_map(Option::as_deref);
        let chain = self.delegate_principal.iter().flat_map(Principal::chain);
        let named =
            chain.filter_map(|principal| principal.name.as_deref().or(principal.id.as_deref()));
        let programs = named.filter(|name| Some(*name) != who).collect::<Vec<_>>().join(" for ");
        match (who, programs.is_empty()) {
            (Some(who), true) => Some(who.to_owned()),
            (Some(who), false) => Some(format!("{who} through {programs}")),
            (None, empty) => (!empty).then_some(programs),
        }
    }

    /// All names and ids of those who did it.
    pub fn actors(&self) -> impl Iterator<Item = &str> {
        let own = [&self.username, &self.public_key, &self.user_id, &self.api_key_id];
        let chain = self.delegate_principal.iter().flat_map(Principal::chain);
        let programs = chain.flat_map(|principal| [&principal.name, &principal.id]);
        own.into_iter().chain(programs).flatten().map(String::as_str)
    }
}

impl Client {
    /// A project's events, newest first.
    pub fn events(
        &self,
        project: &str,
        wanted: &EventFilter,
    ) -> impl Stream<Item = Result<Row<Event>, ApiError>> + use<> {
        let mut call = Call::new(&LIST).path("groupId", project);
        for (name, moment) in [("minDate", &wanted.since), ("maxDate", &wanted.until)] {
            if let Some(moment) = moment {
                call = call.query(name, moment);
            }
        }
        for (name, types) in [("eventType", &wanted.types), ("excludedEventType", &wanted.excluded)]
        {
            for kind in types {
                call = call.query(name, kind);
            }
        }
        self.list(call)
    }
}
