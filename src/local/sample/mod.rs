//! What the first use of a store finds: a shop with three stream processing instances.
//!
//! Plain data, no I/O: the same seed and time make the same sample. Every address lies in a
//! documentation range (RFC 5737, RFC 3849) and every host in a reserved domain, so that nobody
//! ever mistakes them for real ones.

mod access;
mod audit;
mod connections;
mod control_plane;
mod events;
mod network;
mod people;
mod places;
mod processors;
mod random;

use jiff::Timestamp;
use serde_json::Value;

pub use control_plane::addresses as control_plane_addresses;
use random::Random;

/// The documents of a fresh store, each in the shape in which the API returns it.
#[derive(Debug, Clone, PartialEq)]
pub struct Sample {
    /// Organisations.
    pub orgs: Vec<Value>,
    /// Projects; [`Sample::default_project`] is the first.
    pub projects: Vec<Value>,
    /// Clusters, with their project's id.
    pub clusters: Vec<(String, Value)>,
    /// Federated databases, with their project's id.
    pub data_federation: Vec<(String, Value)>,
    /// Stream processing instances, with their project's id.
    pub instances: Vec<(String, Value)>,
    /// Connections, with their project's id and their instance's name.
    pub connections: Vec<(String, String, Value)>,
    /// Database users, with their project's id.
    pub database_users: Vec<(String, Value)>,
    /// Custom roles, with their project's id.
    pub custom_roles: Vec<(String, Value)>,
    /// Teams, each with its roles in projects.
    pub teams: Vec<Value>,
    /// People, with their organisation's id; their roles in projects are within.
    pub people: Vec<(String, Value)>,
    /// IP access-list entries, with their project's id.
    pub access_list: Vec<(String, Value)>,
    /// Stream processors, with their project's id and their instance's name.
    pub processors: Vec<(String, String, Value)>,
    /// Project events of the 30 days before, oldest first, with their project's id.
    pub events: Vec<(String, Value)>,
    /// Incoming VPC peerings, with their project's id.
    pub peerings: Vec<(String, Value)>,
    /// Private links, with their project's id.
    pub private_links: Vec<(String, Value)>,
    /// Audit events of the 30 days before, oldest first.
    pub audit: Vec<AuditLine>,
    /// The answer of the endpoint for control-plane addresses.
    pub control_plane_ips: Value,
    /// Id of the project that commands use when none is named.
    pub default_project: String,
    /// Id of its organisation.
    pub default_org: String,
}

/// One line of an instance's audit log, with what downloads select by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuditLine {
    /// Id of the instance's project.
    pub project_id: String,
    /// The instance's name.
    pub instance: String,
    /// Milliseconds since 1970, UTC; equal to the line's `time`.
    pub time_ms: i64,
    /// The processor that the event is about.
    pub processor: Option<String>,
    /// OCSF JSON, without the line's end.
    pub line: String,
}

/// The sample as of `now`. Audit events and expiry dates are placed around that time.
pub fn build(seed: u64, now: Timestamp) -> Sample {
    let mut random = Random::new(seed);
    let ids = places::Ids::new(&mut random);
    let homes = places::homes(&mut random);
    let people::People { teams, people } = people::build(&ids, seed, now);
    let mut sample = Sample {
        orgs: vec![places::org(&ids)],
        projects: places::projects(&ids, now),
        clusters: places::clusters(&ids, &mut random, now),
        data_federation: places::data_federation(&ids),
        instances: places::instances(&ids, &homes),
        connections: connections::build(&ids, &mut random),
        database_users: access::users(&ids, now),
        custom_roles: access::roles(&ids),
        teams,
        people,
        access_list: access::access_list(&ids, now),
        processors: Vec::new(),
        events: Vec::new(),
        peerings: Vec::new(),
        private_links: Vec::new(),
        audit: Vec::new(),
        control_plane_ips: control_plane::addresses(),
        default_project: ids.project.clone(),
        default_org: ids.org.clone(),
    };
    let (lines, left) = audit::build(&ids.project, &homes, &mut random, now);
    // From sources of their own: these ids move with nothing but the seed.
    let mut random = Random::new(!seed);
    sample.peerings = network::peerings(&ids, &mut random, now);
    sample.private_links = network::private_links(&ids, &mut random);
    let mut random = Random::new(seed ^ 0x0065_7665_6e74_7321);
    sample.processors = processors::build(&ids, left, &lines, &mut random, now);
    sample.events = events::build(&ids, &sample.people, &lines, &mut random, now);
    sample.audit = lines;
    sample
}

/// An RFC 3339 time in whole seconds, as the API writes it, `hours` away from `now`.
fn time(now: Timestamp, hours: i64) -> String {
    let second = now.as_second().saturating_add(hours.saturating_mul(3600));
    Timestamp::from_second(second).unwrap_or(now).to_string()
}

#[cfg(test)]
mod tests;
