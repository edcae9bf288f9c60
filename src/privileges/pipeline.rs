//! What a pipeline does on the cluster behind a connection, and what of it a role does not allow.

use serde_json::{Map, Value};

use super::catalogue::stages;
use super::effective::{Chain, End};
use super::graph::{GrantedRole, RoleGraph};
use super::permission::{Permission, Resource};

/// How deep stages are looked for: deeper than any server takes them.
const DEEPEST: usize = 64;

/// Something that a stage does on a cluster.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct StageUse {
    /// The stage's operator, or what else does it.
    pub by: String,
    /// The permission that it needs. What an expression names is taken for anything.
    pub permission: Permission,
    /// Whether an expression names the database or the collection.
    pub is_dynamic: bool,
}

/// What a pipeline does through one connection.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PipelineUse {
    /// What it needs, each once.
    pub known: Vec<StageUse>,
    /// Stages that name the connection, and that this program does not know.
    pub unknown: Vec<String>,
}

/// Where rows go that could not be processed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DeadLetterQueue<'a> {
    /// The connection.
    pub connection: &'a str,
    /// The database; empty if it is not known.
    pub database: &'a str,
    /// The collection; empty if it is not known.
    pub collection: &'a str,
}

impl PipelineUse {
    /// What a pipeline and its dead-letter queue do through a connection.
    pub fn of(pipeline: &[Value], queue: Option<DeadLetterQueue<'_>>, connection: &str) -> Self {
        let mut found = PipelineUse::default();
        pipeline.iter().for_each(|stage| found.collect(stage, connection, DEEPEST));
        if let Some(queue) = queue.filter(|queue| queue.connection == connection) {
            let resource = Resource::Namespace {
                database: queue.database.to_owned(),
                collection: queue.collection.to_owned(),
            };
            found.add("the dead-letter queue", stages::ADDS, &[(resource, false)]);
        }
        found.known.sort();
        found.known.dedup();
        found.unknown.sort();
        found.unknown.dedup();
        found
    }

    /// Stages wherever they stand: windows, facets and lookups have pipelines of their own.
    fn collect(&mut self, value: &Value, connection: &str, depth: usize) {
        let Some(depth) = depth.checked_sub(1) else { return };
        match value {
            Value::Array(items) => {
                items.iter().for_each(|item| self.collect(item, connection, depth));
            }
            Value::Object(fields) => {
                for (name, arguments) in fields {
                    if name.starts_with('$') {
                        self.stage(name, arguments, connection);
                    }
                    self.collect(arguments, connection, depth);
                }
            }
            _ => {}
        }
    }

    fn stage(&mut self, name: &str, arguments: &Value, connection: &str) {
        let through = |place: &Value| place["connectionName"] == connection;
        let (into, from) = (&arguments["into"], &arguments["from"]);
        match name {
            "$source" if through(arguments) => {
                self.add(name, stages::WATCHES, &places(arguments));
            }
            "$emit" if through(arguments) => self.add(name, stages::ADDS, &places(arguments)),
            "$merge" if through(into) => {
                let matched = stages::when_matched(mode(arguments, "whenMatched", "merge"));
                let new = stages::when_not_matched(mode(arguments, "whenNotMatched", "insert"));
                self.add(name, &[matched, new].concat(), &places(into));
            }
            "$lookup" | "$cachedLookup" if through(from) => {
                self.add(name, stages::READS, &places(from));
                // Its pipeline runs on the cluster.
                self.remote(&arguments["pipeline"], &from["db"], DEEPEST);
            }
            _ if stages::is_on_data(name) => {}
            _ if [arguments, into, from].into_iter().any(through) => {
                self.unknown.push(name.to_owned());
            }
            _ => {}
        }
    }

    /// What the stages of a pipeline read that runs on the cluster, in one database.
    fn remote(&mut self, value: &Value, database: &Value, depth: usize) {
        let Some(depth) = depth.checked_sub(1) else { return };
        match value {
            Value::Array(items) => {
                items.iter().for_each(|item| self.remote(item, database, depth));
            }
            Value::Object(fields) => {
                for (name, arguments) in fields {
                    if let Some(place) = read_by(name, arguments) {
                        let mut own = Map::from_iter([("db".to_owned(), database.clone())]);
                        match place {
                            Value::Object(fields) => own.extend(fields.clone()),
                            named => own.extend([("coll".to_owned(), named.clone())]),
                        }
                        self.add(name, stages::READS, &places(&Value::Object(own)));
                    }
                    self.remote(arguments, database, depth);
                }
            }
            _ => {}
        }
    }

    fn add(&mut self, by: &str, actions: &[&str], places: &[(Resource, bool)]) {
        for (resource, is_dynamic) in places {
            self.known.extend(actions.iter().map(|action| StageUse {
                by: by.to_owned(),
                permission: Permission { action: (*action).to_owned(), resource: resource.clone() },
                is_dynamic: *is_dynamic,
            }));
        }
    }
}

/// The collection that a stage of an ordinary pipeline reads, if it reads another one.
fn read_by<'a>(stage: &str, arguments: &'a Value) -> Option<&'a Value> {
    match stage {
        "$lookup" | "$graphLookup" => arguments.get("from"),
        "$unionWith" if arguments.is_string() || arguments.get("coll").is_some() => Some(arguments),
        _ => None,
    }
}

/// A setting of a stage, if it is there; `None` if an expression decides it.
fn mode<'a>(arguments: &'a Value, name: &str, default: &'a str) -> Option<&'a str> {
    match arguments.get(name) {
        None | Some(Value::Null) => Some(default),
        // A pipeline says how to update.
        Some(Value::Array(_)) => Some("pipeline"),
        Some(value) => value.as_str().filter(|text| !text.starts_with('$')),
    }
}

/// The places that `db` and `coll` name, and whether an expression does. A source may watch several
/// collections, a whole database, or all of them.
fn places(arguments: &Value) -> Vec<(Resource, bool)> {
    let one = |value: &Value| match value {
        Value::Null => (String::new(), false),
        Value::String(name) if !name.starts_with('$') => (name.clone(), false),
        _ => (String::new(), true),
    };
    let all = |value: &Value| match value {
        Value::Array(names) => names.iter().map(one).collect(),
        value => vec![one(value)],
    };
    let mut places = Vec::new();
    for (database, db_varies) in all(&arguments["db"]) {
        for (collection, coll_varies) in all(&arguments["coll"]) {
            let resource = Resource::Namespace { database: database.clone(), collection };
            places.push((resource, db_varies || coll_varies));
        }
    }
    places
}

/// Whether roles allow something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Standing {
    /// They do, in all of the place.
    Allowed,
    /// They might, by this chain.
    Unclear(Chain),
    /// They do not, or only in a part of the place.
    Missing,
}

impl RoleGraph {
    /// Whether roles allow something in all of its place.
    pub fn standing(&self, held: &[GrantedRole], wanted: &Permission) -> Standing {
        if self.covering(held, wanted).is_some() {
            return Standing::Allowed;
        }
        let mut ways = self.ways(held, wanted).into_iter();
        match ways.find(|way| matches!(way.end, End::Unclear(_))) {
            Some(way) => Standing::Unclear(way),
            None => Standing::Missing,
        }
    }
}

#[cfg(test)]
#[path = "tests/pipeline.rs"]
mod tests;
