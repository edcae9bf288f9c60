//! Whether what a policy says makes sense: names that nothing has, roles that inherit themselves,
//! objects that are there twice.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use ipnet::IpNet;
use serde_json::Value;

use super::fault::{Fault, Place, Step};
use super::kinds::{KINDS, Kind, WITHIN};
use super::tidy::known_by;
use crate::near;
use crate::privileges::catalogue::built_in;
use crate::privileges::permission::{action_names, is_action};
use crate::privileges::scopes::ScopeKind;

/// The database of custom roles.
const ADMIN: &str = "admin";

/// What is wrong with what a document says that has the shape of a policy.
pub(super) fn faults(document: &Value) -> Vec<Fault> {
    let mut look = Look { document, faults: Vec::new(), roles: custom_roles(document) };
    look.twice();
    look.users();
    look.roles();
    look.instances();
    look.access_list();
    look.faults
}

struct Look<'a> {
    document: &'a Value,
    faults: Vec<Fault>,
    /// The names of the custom roles, where the policy says which there are.
    roles: Option<BTreeSet<&'a str>>,
}

fn custom_roles(document: &Value) -> Option<BTreeSet<&str>> {
    let roles = document["roles"].as_array()?;
    Some(roles.iter().filter_map(|role| role["roleName"].as_str()).collect())
}

/// A place: keys, and indices of lists.
macro_rules! place {
    ($($step:expr),*) => { [$(Step::from($step)),*].to_vec() };
}

impl From<&str> for Step {
    fn from(key: &str) -> Step {
        Step::Key(key.to_owned())
    }
}

impl From<usize> for Step {
    fn from(index: usize) -> Step {
        Step::Index(index)
    }
}

fn each(list: &Value) -> impl Iterator<Item = (usize, &Value)> {
    list.as_array().into_iter().flatten().enumerate()
}

fn text<'a>(value: &'a Value, key: &str) -> &'a str {
    value[key].as_str().unwrap_or_default()
}

impl<'a> Look<'a> {
    /// Objects that have the identity of another.
    fn twice(&mut self) {
        for kind in KINDS {
            self.twice_in(kind, &self.document[kind.key], &[]);
        }
        for (index, instance) in each(&self.document["instances"]) {
            for kind in WITHIN {
                self.twice_in(kind, &instance[kind.key], &place!["instances", index]);
            }
        }
    }

    fn twice_in(&mut self, kind: &Kind, list: &'a Value, within: &[Step]) {
        let mut seen: HashMap<Vec<String>, usize> = HashMap::new();
        for (index, item) in each(list) {
            let identity = known_by(kind, item);
            let name = identity.iter().find(|part| !part.is_empty()).cloned().unwrap_or_default();
            if let Some(first) = seen.insert(identity, index) {
                let place: Place = within.iter().cloned().chain(place![kind.key, index]).collect();
                let message = format!(
                    "{} {name} is there twice, here and as {}[{first}]",
                    kind.noun, kind.key
                );
                self.faults.push(Fault::error(&place, message));
            }
        }
    }

    fn users(&mut self) {
        for (index, user) in each(&self.document["users"]) {
            for (nth, held) in each(&user["roles"]) {
                let place = place!["users", index, "roles", nth, "roleName"];
                let (role, database) = (text(held, "roleName"), text(held, "databaseName"));
                self.role(place, role);
                let is_custom = self.roles.as_ref().is_some_and(|roles| roles.contains(role));
                if is_custom && database != ADMIN {
                    let place = place!["users", index, "roles", nth, "databaseName"];
                    let message =
                        format!("custom role {role} is granted on {database}, not on {ADMIN}");
                    self.faults.push(Fault::error(&place, message));
                }
            }
            for (nth, scope) in each(&user["scopes"]) {
                self.scope(place!["users", index, "scopes", nth, "name"], scope);
            }
        }
    }

    /// A role that has to be built in, or one of the policy's.
    fn role(&mut self, place: Place, role: &str) {
        let Some(custom) = &self.roles else { return };
        if custom.contains(role) || built_in::find(role).is_some() {
            return;
        }
        let known = built_in::ROLES.iter().map(|role| role.name).chain(custom.iter().copied());
        let hint = near::hint(role, known, "add it to roles, or name one that is there");
        let message = format!("there is no role {role}: neither built in nor in roles");
        self.faults.push(Fault::error(&place, message).hint(hint));
    }

    fn scope(&mut self, place: Place, scope: &Value) {
        let lists = [
            (ScopeKind::Stream, "instances"),
            (ScopeKind::Cluster, "clusters"),
            (ScopeKind::DataLake, "federatedDatabases"),
        ];
        let (name, kind) = (text(scope, "name"), ScopeKind::from_api(text(scope, "type")));
        let Some((kind, key)) = lists.into_iter().find(|(known, _)| kind == *known) else {
            return;
        };
        let Some(names) = self.names(key) else { return };
        if !names.contains(name) {
            let message =
                format!("the scope points at nothing: there is no {} {name}", kind.noun());
            let hint = near::hint(name, names.iter().copied(), "");
            self.faults.push(Fault::warning(&place, message).hint(hint));
        }
    }

    /// The names in a list, where the policy has it.
    fn names(&self, key: &str) -> Option<BTreeSet<&'a str>> {
        let name = |item: &'a Value| item.as_str().unwrap_or_else(|| text(item, "name"));
        Some(self.document[key].as_array()?.iter().map(name).collect())
    }

    fn roles(&mut self) {
        let mut edges: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for (index, role) in each(&self.document["roles"]) {
            for (nth, inherited) in each(&role["inheritedRoles"]) {
                let other = text(inherited, "role");
                self.role(place!["roles", index, "inheritedRoles", nth, "role"], other);
                edges.entry(text(role, "roleName")).or_default().push(other);
            }
            for (nth, action) in each(&role["actions"]) {
                self.action(
                    place!["roles", index, "actions", nth, "action"],
                    text(action, "action"),
                );
            }
            if each(&role["actions"]).chain(each(&role["inheritedRoles"])).next().is_none() {
                let place = place!["roles", index];
                let message = format!("role {} allows nothing", text(role, "roleName"));
                let hint = "a role needs an action or a role that it inherits";
                self.faults.push(Fault::error(&place, message).hint(hint));
            }
        }
        for (index, role) in each(&self.document["roles"]) {
            if let Some(circle) = circle(text(role, "roleName"), &edges) {
                let place = place!["roles", index, "inheritedRoles"];
                let message =
                    format!("role {} inherits itself: {}", circle[0], circle.join(" -> "));
                self.faults.push(Fault::error(&place, message));
            }
        }
    }

    fn action(&mut self, place: Place, action: &str) {
        if is_action(action) {
            return;
        }
        let near = near::hint(action, action_names(), "");
        let message = format!("action {action} is not known");
        self.faults.push(match near.is_empty() {
            true => Fault::warning(&place, message),
            false => Fault::error(&place, message).hint(near),
        });
    }

    fn instances(&mut self) {
        let clusters = self.names("clusters");
        for (index, instance) in each(&self.document["instances"]) {
            for (nth, connection) in each(&instance["connections"]) {
                let at = |steps: &[&str]| {
                    let steps = steps.iter().map(|key| Step::from(*key));
                    place!["instances", index, "connections", nth]
                        .into_iter()
                        .chain(steps)
                        .collect()
                };
                // What another project has is not known here.
                if connection["clusterGroupId"].is_null() {
                    self.executes_as(
                        at(&["dbRoleToExecute", "role"]),
                        &connection["dbRoleToExecute"],
                    );
                    let cluster = text(connection, "clusterName");
                    let missing = clusters.as_ref().filter(|known| !known.contains(cluster));
                    if let Some(known) = missing.filter(|_| !cluster.is_empty()) {
                        let message = format!("there is no cluster {cluster}");
                        let hint = near::hint(cluster, known.iter().copied(), "");
                        let fault = Fault::warning(&at(&["clusterName"]), message);
                        self.faults.push(fault.hint(hint));
                    }
                }
            }
            let Some(connections) = instance["connections"].as_array() else { continue };
            let known: BTreeSet<&str> = connections.iter().map(|c| text(c, "name")).collect();
            for (nth, processor) in each(&instance["processors"]) {
                let named = connections_of(processor);
                for name in named.into_iter().filter(|name| !known.contains(name)) {
                    let place = place!["instances", index, "processors", nth];
                    let message =
                        format!("its pipeline uses connection {name}, which is not there");
                    let hint = near::hint(name, known.iter().copied(), "");
                    self.faults.push(Fault::warning(&place, message).hint(hint));
                }
            }
        }
    }

    fn executes_as(&mut self, place: Place, held: &Value) {
        let role = text(held, "role");
        match text(held, "type") {
            "BUILT_IN" => {
                let known = built_in::ROLES.iter().filter(|role| role.execute_as.is_some());
                let known: Vec<&str> = known.map(|role| role.name).collect();
                if !known.contains(&role) {
                    let message = format!("connections cannot execute as {role}");
                    let otherwise = format!("built-in roles for it are {}", known.join(", "));
                    let hint = near::hint(role, known, otherwise);
                    self.faults.push(Fault::error(&place, message).hint(hint));
                }
            }
            "CUSTOM" => {
                let Some(known) = &self.roles else { return };
                if !known.contains(role) {
                    let message = format!("it executes as {role}, which is not in roles");
                    let hint = near::hint(role, known.iter().copied(), "add it to roles");
                    self.faults.push(Fault::error(&place, message).hint(hint));
                }
            }
            _ => {}
        }
    }

    fn access_list(&mut self) {
        for (index, entry) in each(&self.document["accessList"]) {
            let (address, block) = (text(entry, "ipAddress"), text(entry, "cidrBlock"));
            let mut wrong = |key: &str, message: String| {
                self.faults.push(Fault::error(&place!["accessList", index, key], message));
            };
            let parsed = address.parse::<std::net::IpAddr>();
            if !address.is_empty() && parsed.is_err() {
                wrong("ipAddress", format!("{address:?} is no address"));
            }
            if !block.is_empty() {
                match (block.parse::<IpNet>(), parsed) {
                    (Err(_), _) => {
                        wrong("cidrBlock", format!("{block:?} is no block of addresses"))
                    }
                    (Ok(net), Ok(address)) if net != IpNet::from(address) => {
                        wrong("cidrBlock", format!("{block} is not the address {address} alone"));
                    }
                    _ => {}
                }
            }
            if address.is_empty() && block.is_empty() && text(entry, "awsSecurityGroup").is_empty()
            {
                let message = "the entry names no address, block or security group";
                self.faults.push(Fault::error(&place!["accessList", index], message));
            }
        }
    }
}

/// The way from a role back to itself, if there is one; the shortest.
fn circle<'a>(start: &'a str, edges: &BTreeMap<&'a str, Vec<&'a str>>) -> Option<Vec<&'a str>> {
    let mut from: HashMap<&str, &str> = HashMap::new();
    let mut next = std::collections::VecDeque::from([start]);
    while let Some(role) = next.pop_front() {
        for inherited in edges.get(role).into_iter().flatten() {
            if *inherited == start {
                let mut way = vec![start];
                let mut at = role;
                while at != start {
                    way.push(at);
                    at = from.get(at)?;
                }
                way.push(start);
                way.reverse();
                return Some(way);
            }
            if !from.contains_key(inherited) {
                from.insert(inherited, role);
                next.push_back(inherited);
            }
        }
    }
    None
}

/// The connections that a processor's pipeline and its dead letter queue name.
fn connections_of(processor: &Value) -> BTreeSet<&str> {
    let mut found = BTreeSet::new();
    let mut rest = vec![&processor["pipeline"], &processor["options"]["dlq"]];
    while let Some(value) = rest.pop() {
        match value {
            Value::Object(fields) => {
                found.extend(fields.get("connectionName").and_then(Value::as_str));
                rest.extend(fields.values());
            }
            Value::Array(items) => rest.extend(items),
            _ => {}
        }
    }
    found
}
