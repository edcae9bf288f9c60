//! What is wanted of each object: by a policy, or by what a record says was there.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::owned::{ALL, Key, Owned, connection_name};
use crate::commands::owner;
use crate::error::{Error, Result};
use crate::near;
use crate::policy::{KINDS, Policy, identity, references};

/// What is wanted: each object as it is to be, or that it is not to exist.
#[derive(Debug, Clone, Default)]
pub struct Wanted {
    /// By object.
    pub objects: BTreeMap<Key, Option<Value>>,
    /// Objects that are left to another owner, and to which.
    pub foreign: Vec<(Key, String)>,
    /// What cannot be brought back, each a sentence.
    pub lost: Vec<String>,
}

/// What to take of a policy.
#[derive(Debug, Clone, Copy, Default)]
pub struct Taking<'a> {
    /// Whether what the policy does not name is not to exist.
    pub prune: bool,
    /// Us, if we are anybody.
    pub owner: Option<&'a str>,
    /// Objects of other owners that are changed all the same, by name.
    pub named: &'a [String],
}

/// The objects of a policy, each as the policy has it.
pub fn objects(policy: &Policy) -> BTreeMap<Key, Value> {
    let mut objects = BTreeMap::new();
    for kind in ALL {
        match kind {
            Owned::Instances | Owned::Connections => {}
            _ => {
                for document in policy.each(kind.key()) {
                    let name = kind.name(document);
                    objects.extend(name.map(|name| (Key { kind, name }, kind.said(document))));
                }
            }
        }
    }
    for instance in policy.instances.iter().flatten() {
        let (kind, name) = (Owned::Instances, instance.name().to_owned());
        objects.insert(Key { kind, name }, instance.document.clone());
        for document in instance.connections.iter().flatten() {
            let kind = Owned::Connections;
            let own = kind.name(document).unwrap_or_default();
            let name = connection_name(instance.name(), &own);
            objects.insert(Key { kind, name }, kind.said(document));
        }
    }
    // Somebody whose access comes from elsewhere holds no role of the project's own.
    objects.retain(|key, document| key.kind != Owned::Members || !holds_none(document));
    objects
}

fn holds_none(member: &Value) -> bool {
    member["roles"].as_array().is_none_or(Vec::is_empty)
}

impl Wanted {
    /// What a policy wants of a project as it is.
    pub fn of(policy: &Policy, live: &Policy, taking: Taking<'_>) -> Wanted {
        let mut wanted = Wanted::default();
        let (said, there) = (objects(policy), objects(live));
        for (key, document) in &said {
            match there.get(key) {
                // A policy owns more of a connection than can be compared with it.
                None => wanted.missing(key, document, live),
                Some(_) => {
                    wanted.objects.insert(key.clone(), Some(document.clone()));
                }
            }
        }
        if taking.prune {
            let gone = there.keys().filter(|key| !said.contains_key(key) && prunes(policy, key));
            wanted.objects.extend(gone.map(|key| (key.clone(), None)));
        }
        let is_named = |key: &Key| taking.named.contains(&key.name);
        let objects = std::mem::take(&mut wanted.objects);
        for (key, document) in objects {
            let is_changed = document.as_ref() != there.get(&key);
            // Whoever is nobody may change what is somebody's, and does not remove it unseen.
            let whose = |live| match (&document, taking.owner) {
                (None, None) => owner::of(live),
                (_, own) => owner::foreign(live, own),
            };
            let foreign = there.get(&key).and_then(whose);
            match foreign.filter(|_| is_changed && !is_named(&key)) {
                Some(owner) => wanted.foreign.push((key, owner.to_owned())),
                None => drop(wanted.objects.insert(key, document)),
            }
        }
        wanted.lose_others(policy, live);
        wanted
    }

    /// Refuses names of objects that neither the policy nor the project has.
    ///
    /// # Errors
    /// Not found, with the nearest name.
    pub fn check_named(named: &[String], policy: &Policy, live: &Policy) -> Result<()> {
        let known: BTreeSet<String> =
            objects(policy).into_keys().chain(objects(live).into_keys()).map(|k| k.name).collect();
        match named.iter().find(|name| !known.contains(*name)) {
            None => Ok(()),
            Some(name) => Err(Error::not_found(format!("--foreign: there is no object {name:?}"))
                .hint(near::hint(
                    name,
                    known.iter().map(String::as_str),
                    "name it as the note on what is left alone does",
                ))),
        }
    }

    /// What does not exist: it is created, unless nobody but somebody else can.
    fn missing(&mut self, key: &Key, document: &Value, live: &Policy) {
        let object = format!("{} {}", key.kind.noun(), key.name);
        let lost = match key.kind {
            Owned::Connections if !references(document).is_empty() => {
                Some(format!("{object} needs secrets; spctl connections create makes it"))
            }
            Owned::Connections if !has_cluster(document, live) => {
                let cluster = document["clusterName"].as_str().unwrap_or_default();
                Some(format!("{object} needs cluster {cluster}, which does not exist"))
            }
            Owned::Members if !is_active(document) => {
                Some(format!("the invitation of {}; spctl members invite sends one", key.name))
            }
            Owned::Members if !is_known(&key.name, live) => Some(format!(
                "{} is not known to have access to the organisation, and would be invited; spctl \
                 members invite does that",
                key.name
            )),
            _ => None,
        };
        if key.kind == Owned::Users && has_password(document) {
            self.lost.push(format!(
                "the password of {object}: it gets a random one that nobody learns; spctl users \
                 update sets another"
            ));
        }
        match lost {
            Some(lost) => self.lost.push(lost),
            None => drop(self.objects.insert(key.clone(), Some(document.clone()))),
        }
    }

    /// What a policy tells of and does not own.
    fn lose_others(&mut self, policy: &Policy, live: &Policy) {
        for kind in KINDS.iter().filter(|kind| UNOWNED.contains(&kind.key)) {
            let there: BTreeSet<_> =
                live.each(kind.key).iter().map(|one| identity(kind, one)).collect();
            let said = policy.each(kind.key).iter().map(|one| identity(kind, one));
            for missing in said.filter(|one| !there.contains(one)) {
                self.lost.push(format!("{} {}", kind.noun, missing.join(" ")));
            }
        }
    }

    /// The kinds that it has objects of.
    pub fn kinds(&self) -> BTreeSet<Owned> {
        self.objects.keys().map(|key| key.kind).collect()
    }

    /// The instances whose connections it has.
    pub fn instances(&self) -> Vec<String> {
        let names: BTreeSet<&str> = self.objects.keys().filter_map(Key::instance).collect();
        names.into_iter().map(str::to_owned).collect()
    }
}

/// What is in a policy, and never made from one.
const UNOWNED: [&str; 6] =
    ["clusters", "federatedDatabases", "apiKeys", "serviceAccounts", "peerings", "privateLinks"];

/// Whether the policy may say of an object, by not naming it, that it is not to exist. A list that it
/// does not have says nothing.
fn prunes(policy: &Policy, key: &Key) -> bool {
    match key.kind {
        Owned::Instances | Owned::Connections => false,
        kind => policy.list(kind.key()).is_some(),
    }
}

/// Whether a user's document names no other way to sign in.
fn has_password(document: &Value) -> bool {
    serde_json::from_value(document.clone())
        .is_ok_and(|user| crate::commands::users::has_password(&user))
}

fn has_cluster(connection: &Value, live: &Policy) -> bool {
    let elsewhere = connection["clusterGroupId"].as_str().is_some_and(|id| id != live.project.id);
    match connection["clusterName"].as_str() {
        Some(cluster) if !elsewhere => match live.list("clusters") {
            Some(clusters) => clusters.iter().any(|name| name == cluster),
            None => true,
        },
        _ => true,
    }
}

fn is_active(member: &Value) -> bool {
    member["orgMembershipStatus"].as_str().is_none_or(|status| status == "ACTIVE")
}

/// Whether somebody has access to the project by other ways already.
fn is_known(name: &str, live: &Policy) -> bool {
    live.each("members").iter().any(|member| member["username"] == name && is_active(member))
}
