//! What a new store starts with.

use jiff::Timestamp;
use rusqlite::Connection;
use serde_json::{Value, json};

use super::clock::Clock;
use super::crypto;
use super::sample::{self, Sample};
use super::secrets;
use super::store::docs::{self, kind};
use super::store::{audit, events, meta, teams};
use crate::error::{Error, Result};

/// How to fill a store that does not exist yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Create {
    /// Fill it with the sample.
    Sample {
        /// What its ids and events are derived from.
        seed: u64,
        /// The store's initial time; the system's time when `None`.
        now: Option<Timestamp>,
    },
    /// One organisation with one project, and the sample's control-plane addresses.
    Empty {
        /// What ids are derived from.
        seed: u64,
        /// The store's initial time; the system's time when `None`.
        now: Option<Timestamp>,
    },
}

impl Default for Create {
    fn default() -> Self {
        Create::Sample { seed: 1, now: None }
    }
}

impl Create {
    /// Seeds a store whose tables are new, within the caller's transaction.
    pub(super) fn fill(self, db: &Connection, clock: Clock) -> Result<()> {
        let (Create::Sample { seed, now } | Create::Empty { seed, now }) = self;
        let write = || -> rusqlite::Result<()> {
            if let Some(now) = now {
                clock.set(db, now)?;
            }
            meta::set(db, meta::ID_SEED, seed)?;
            let now = clock.now(db)?;
            let mut sample = sample::build(seed, now);
            if let Create::Empty { .. } = self {
                sample = empty(sample, seed, now);
            }
            write(db, now, &sample)
        };
        write().map_err(|e| Error::failed("cannot seed the local store").source(e))
    }
}

/// A sample with nothing but an organisation and a project, under names and ids of its own.
fn empty(sample: Sample, seed: u64, now: Timestamp) -> Sample {
    let id = |n| crypto::derived_id(&format!("empty {seed}"), n);
    let (org, project) = (id(0), id(1));
    Sample {
        orgs: vec![json!({ "id": org, "isDeleted": false, "links": [], "name": "Local" })],
        projects: vec![json!({
            "clusterCount": 0,
            "created": now.to_string(),
            "id": project,
            "links": [],
            "name": "Project 0",
            "orgId": org,
        })],
        clusters: Vec::new(),
        data_federation: Vec::new(),
        instances: Vec::new(),
        connections: Vec::new(),
        database_users: Vec::new(),
        custom_roles: Vec::new(),
        teams: Vec::new(),
        people: Vec::new(),
        access_list: Vec::new(),
        processors: Vec::new(),
        events: Vec::new(),
        peerings: Vec::new(),
        private_links: Vec::new(),
        audit: Vec::new(),
        control_plane_ips: sample.control_plane_ips,
        default_project: project,
        default_org: org,
    }
}

fn text<'a>(doc: &'a Value, name: &str) -> &'a str {
    doc[name].as_str().unwrap_or_default()
}

fn write(db: &Connection, now: Timestamp, sample: &Sample) -> rusqlite::Result<()> {
    let put = |kind: &str, parent: &str, key: &str, doc: &Value| {
        let expires = doc["deleteAfterDate"].as_str().and_then(|time| time.parse().ok());
        docs::insert(db, now, kind, parent, key, doc, expires).map(drop)
    };
    for org in &sample.orgs {
        put(kind::ORG, "", text(org, "id"), org)?;
    }
    for project in &sample.projects {
        put(kind::PROJECT, text(project, "orgId"), text(project, "id"), project)?;
    }
    let named = [
        (kind::CLUSTER, &sample.clusters),
        (kind::DATA_FEDERATION, &sample.data_federation),
        (kind::INSTANCE, &sample.instances),
    ];
    for (kind, documents) in named {
        for (project, doc) in documents {
            put(kind, project, text(doc, "name"), doc)?;
        }
    }
    for (project, instance, doc) in &sample.connections {
        let parent = docs::instance_parent(project, instance);
        let mut doc = doc.clone();
        secrets::hide(&mut doc);
        put(kind::CONNECTION, &parent, text(&doc, "name"), &doc)?;
    }
    for (project, instance, doc) in &sample.processors {
        let parent = docs::instance_parent(project, instance);
        put(kind::PROCESSOR, &parent, text(doc, "name"), doc)?;
    }
    for (project, user) in &sample.database_users {
        let key = docs::user_key(text(user, "databaseName"), text(user, "username"));
        put(kind::DATABASE_USER, project, &key, user)?;
    }
    for (project, role) in &sample.custom_roles {
        put(kind::CUSTOM_ROLE, project, text(role, "roleName"), role)?;
    }
    teams::set(db, &sample.teams)?;
    for (org, person) in &sample.people {
        people(db, now, org, person)?;
    }
    for (project, entry) in &sample.access_list {
        let key = entry["cidrBlock"].as_str().unwrap_or_else(|| text(entry, "awsSecurityGroup"));
        put(kind::ACCESS_LIST, project, key, entry)?;
    }
    for (project, event) in &sample.events {
        let time = text(event, "created").parse().unwrap_or(now);
        events::append(db, project, time, text(event, "eventTypeName"), event)?;
    }
    let by_id = [(kind::PEERING, &sample.peerings), (kind::PRIVATE_LINK, &sample.private_links)];
    for (kind, documents) in by_id {
        for (project, doc) in documents {
            put(kind, project, text(doc, "_id"), doc)?;
        }
    }
    for line in &sample.audit {
        let time = Timestamp::from_millisecond(line.time_ms).unwrap_or(now);
        let processor = line.processor.as_deref();
        audit::append(db, &line.project_id, &line.instance, time, processor, &line.line)?;
    }
    put(kind::CONTROL_PLANE_IPS, "", "", &sample.control_plane_ips)?;
    meta::set(db, meta::DEFAULT_PROJECT, &sample.default_project)?;
    meta::set(db, meta::DEFAULT_ORG, &sample.default_org)
}

/// A person of the organisation, of the projects that its document names, and of its teams'.
fn people(db: &Connection, now: Timestamp, org: &str, person: &Value) -> rusqlite::Result<()> {
    let (id, ends) = (text(person, "id"), text(person, "invitationExpiresAt").parse().ok());
    docs::insert(db, now, kind::ORG_USER, org, id, person, ends)?;
    for assignment in person["roles"]["groupRoleAssignments"].as_array().into_iter().flatten() {
        let mut member = person.clone();
        if let Some(fields) = member.as_object_mut() {
            fields.shift_remove("teamIds");
        }
        member["roles"] = assignment["groupRoles"].clone();
        docs::insert(db, now, kind::GROUP_USER, text(assignment, "groupId"), id, &member, ends)?;
    }
    teams::sync(db, now, org, person, ends)
}
