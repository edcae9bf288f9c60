//! The document, and how it is read.

use std::collections::HashSet;

use jiff::Timestamp;
use serde_json::{Map, Value, json};

use super::check;
use super::fault::{Fault, Level};
use super::kinds::{CONNECTIONS, INSTANCES, KINDS, Kind, PROCESSORS};
use super::secrets;
use super::tidy::{identity, known_by, tidied};
use crate::privileges::project::Unseen;

/// The version of the format, under the key that a policy is recognised by.
pub const FORMAT: u64 = 1;
/// That key.
pub(super) const MARK: &str = "spctlPolicy";

/// An id and a name.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Named {
    /// The id.
    pub id: String,
    /// The name.
    pub name: String,
}

/// An instance, and what is in it.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Instance {
    /// The API's document.
    pub document: Value,
    /// The documents of its connections; `None` if they are not known.
    pub connections: Option<Vec<Value>>,
    /// The documents of its processors; `None` if they are not known.
    pub processors: Option<Vec<Value>>,
}

impl Instance {
    /// The name.
    pub fn name(&self) -> &str {
        self.document["name"].as_str().unwrap_or_default()
    }

    /// The documents of a kind of what is in it; `None` if they are not known.
    pub fn list(&self, kind: &Kind) -> Option<&[Value]> {
        match kind.key == CONNECTIONS.key {
            true => self.connections.as_deref(),
            false => self.processors.as_deref(),
        }
    }

    /// The document with what is in it.
    fn value(&self) -> Value {
        let mut document = self.document.clone();
        if let Value::Object(fields) = &mut document {
            for (kind, list) in [(&CONNECTIONS, &self.connections), (&PROCESSORS, &self.processors)]
            {
                fields.extend(list.clone().map(|list| (kind.key.to_owned(), Value::Array(list))));
            }
        }
        document
    }
}

/// What a project's policy says.
///
/// A list that is not there says nothing: it could not be read, or the file leaves that kind of
/// object to others. An empty one says that there is nothing.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Policy {
    /// The project.
    pub project: Named,
    /// When it was read; a file that is kept under version control may leave it out.
    pub taken: Option<Timestamp>,
    /// The instances, with what is in them.
    pub instances: Option<Vec<Instance>>,
    /// What could not be read.
    pub unseen: Vec<Unseen>,
    /// The other lists, by the keys of their kinds: documents as the API has them, or names.
    lists: Map<String, Value>,
}

impl Policy {
    /// A policy of a project, with nothing in it.
    pub fn of(project: Named, taken: Timestamp) -> Policy {
        Policy { project, taken: Some(taken), ..Policy::default() }
    }

    /// The objects of a kind other than instances; `None` if they are not known.
    pub fn list(&self, key: &str) -> Option<&[Value]> {
        self.lists.get(key).and_then(Value::as_array).map(Vec::as_slice)
    }

    /// The objects of a kind, none where they are not known.
    pub fn each(&self, key: &str) -> &[Value] {
        self.list(key).unwrap_or_default()
    }

    /// The objects of a kind, to be changed.
    pub(super) fn each_mut(&mut self, key: &str) -> impl Iterator<Item = &mut Value> {
        self.lists.get_mut(key).and_then(Value::as_array_mut).into_iter().flatten()
    }

    /// Sets the objects of a kind other than instances, in any order and as the API has them.
    pub fn set(&mut self, kind: &Kind, documents: impl IntoIterator<Item = Value>) {
        self.lists.insert(kind.key.to_owned(), list(kind, documents).into());
    }

    /// Sets the instances, in any order and as the API has them.
    pub fn set_instances(&mut self, instances: impl IntoIterator<Item = Instance>) {
        let each = instances.into_iter().map(|instance| {
            let name = instance.name().to_owned();
            let connections = instance.connections.map(|connections| {
                let each = connections.into_iter();
                list(&CONNECTIONS, each.map(|connection| secrets::referring(&name, connection)))
            });
            let processors = instance.processors.map(|processors| {
                let each = processors.into_iter();
                let each = each.map(|one| secrets::referring_in_pipeline(&name, one));
                list(&PROCESSORS, each)
            });
            let document = tidied(&INSTANCES, &instance.document);
            Instance { document, connections, processors }
        });
        let mut each: Vec<Instance> = each.collect();
        each.sort_by(|one, other| one.name().cmp(other.name()));
        self.instances = Some(each);
    }

    /// The same policy, with the lists that it does not have taken from another.
    #[must_use]
    pub fn completed_by(&self, other: &Policy) -> Policy {
        let mut whole = self.clone();
        for (key, list) in &other.lists {
            whole.lists.entry(key.clone()).or_insert_with(|| list.clone());
        }
        let Some(others) = &other.instances else { return whole };
        for instance in whole.instances.get_or_insert_with(|| others.clone()) {
            if let Some(same) = others.iter().find(|one| one.name() == instance.name()) {
                instance.connections = instance.connections.take().or(same.connections.clone());
                instance.processors = instance.processors.take().or(same.processors.clone());
            }
        }
        whole
    }

    /// What a project with the policy `other` comes to when this one is applied to it and nothing is
    /// removed: the same policy, with every object that only the other one names.
    #[must_use]
    pub fn beside(&self, other: &Policy) -> Policy {
        let mut whole = self.completed_by(other);
        for kind in KINDS {
            let (own, others) = (self.list(kind.key), other.each(kind.key));
            let Some(own) = own.filter(|_| !others.is_empty()) else { continue };
            whole.set(kind, united(kind, own, others));
        }
        let (Some(own), Some(others)) = (&mut whole.instances, &other.instances) else {
            return whole;
        };
        for instance in others {
            match own.iter_mut().find(|one| one.name() == instance.name()) {
                None => own.push(instance.clone()),
                Some(same) => {
                    let both = [
                        (&CONNECTIONS, &mut same.connections, &instance.connections),
                        (&PROCESSORS, &mut same.processors, &instance.processors),
                    ];
                    for (kind, own, others) in both {
                        if let (Some(own), Some(others)) = (own, others) {
                            *own = list(kind, united(kind, own, others));
                        }
                    }
                }
            }
        }
        own.sort_by(|one, other| one.name().cmp(other.name()));
        whole
    }

    /// The policy as one document, always in the same order.
    pub fn value(&self) -> Value {
        let mut document = Map::new();
        document.insert(MARK.to_owned(), FORMAT.into());
        let Named { id, name } = &self.project;
        document.insert("project".to_owned(), json!({ "id": id, "name": name }));
        if let Some(taken) = self.taken {
            document.insert("taken".to_owned(), crate::times::rfc3339(taken).into());
        }
        for kind in KINDS {
            let list = match &self.instances {
                Some(instances) if kind.key == "instances" => {
                    Some(instances.iter().map(Instance::value).collect())
                }
                _ => self.lists.get(kind.key).cloned(),
            };
            document.extend(list.map(|list| (kind.key.to_owned(), list)));
        }
        if !self.unseen.is_empty() {
            let each =
                self.unseen.iter().map(|unseen| json!({ "what": unseen.what, "why": unseen.why }));
            document.insert("unseen".to_owned(), each.collect());
        }
        Value::Object(document)
    }

    /// Reads a policy out of its document, whatever the order in it. Words that look misspelled are
    /// taken as they are: what an export wrote holds whatever the API knows by then.
    ///
    /// # Errors
    /// What is wrong with its shape.
    pub fn read(document: Value) -> Result<Policy, Vec<Fault>> {
        let mut faults = check::shape(&document);
        faults.retain(|fault| fault.level == Level::Error && !fault.of_word);
        match faults.is_empty() {
            true => Ok(Policy::of_document(document)),
            false => Err(faults),
        }
    }

    /// The policy of a document that has the shape of one.
    fn of_document(mut document: Value) -> Policy {
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        let project = &document["project"];
        let mut policy = Policy {
            project: Named { id: text(&project["id"]), name: text(&project["name"]) },
            ..Policy::default()
        };
        policy.taken = document["taken"].as_str().and_then(|taken| taken.parse().ok());
        for kind in KINDS {
            // Taken out, since the whole of a large project twice is much.
            let Some(Value::Array(list)) = document.get_mut(kind.key).map(Value::take) else {
                continue;
            };
            match kind.key {
                "instances" => policy.set_instances(list.into_iter().map(instance)),
                _ => policy.set(kind, list),
            }
        }
        for unseen in document["unseen"].as_array().into_iter().flatten() {
            policy.unseen.push(Unseen { what: text(&unseen["what"]), why: text(&unseen["why"]) });
        }
        policy
    }
}

/// The objects of a kind as a policy holds them: tidy, sorted, each once.
fn list(kind: &Kind, documents: impl IntoIterator<Item = Value>) -> Vec<Value> {
    let mut each: Vec<Value> =
        documents.into_iter().map(|document| tidied(kind, &document)).collect();
    each.sort_by_cached_key(|document| (identity(kind, document), document.to_string()));
    each.dedup();
    each
}

/// Objects of a kind, and those of another list that are not among them.
fn united(kind: &Kind, own: &[Value], others: &[Value]) -> Vec<Value> {
    let named: HashSet<Vec<String>> = own.iter().map(|one| known_by(kind, one)).collect();
    let more = others.iter().filter(|other| !named.contains(&known_by(kind, other)));
    own.iter().chain(more).cloned().collect()
}

fn instance(mut document: Value) -> Instance {
    let mut take = |kind: &Kind| match document.as_object_mut()?.shift_remove(kind.key)? {
        Value::Array(list) => Some(list),
        _ => None,
    };
    let (connections, processors) = (take(&CONNECTIONS), take(&PROCESSORS));
    Instance { document, connections, processors }
}
