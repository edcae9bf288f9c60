//! What differs between two policies, object by object and key by key.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use super::document::{Instance, Policy};
use super::kinds::{KINDS, Kind, WITHIN};
use super::tidy::known_by;

/// An object that is in one policy alone, or differs.
#[derive(Debug, Clone, PartialEq)]
pub struct Difference {
    /// What kind of object it is.
    pub kind: &'static Kind,
    /// The instance that it is in, if it is in one.
    pub instance: Option<String>,
    /// What tells it from its like, in the order of [`Kind::identity`]; of a connection, its name.
    pub identity: Vec<String>,
    /// Its document before; `None` if it was not there.
    pub before: Option<Value>,
    /// Its document after; `None` if it is not there.
    pub after: Option<Value>,
}

/// A key of an object whose value differs. What only one side has is `None` on the other; of a list
/// without an order, each element that only one side has is a change of its own.
#[derive(Debug, Clone, PartialEq)]
pub struct FieldChange {
    /// The path of the key, `dbRoleToExecute.role`.
    pub key: String,
    /// Its value before.
    pub before: Option<Value>,
    /// Its value after.
    pub after: Option<Value>,
}

/// What two policies differ in.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Differences {
    /// The objects, in the order of a policy.
    pub objects: Vec<Difference>,
    /// The lists that only one side has, in the plural: they are not compared.
    pub uncompared: Vec<String>,
}

/// What the organisation's list tells of members, by its name where it could not be read.
pub const OF_ORGANISATION: &str = "organisation roles of members";
const BY_ORGANISATION: [&str; 3] = ["orgRoles", "inheritedRoles", "teamIds"];

/// Two policies without what of members only one of them could tell, and whether that was anything.
pub fn comparable(before: Policy, after: Policy) -> (Policy, Policy, bool) {
    let tells = |policy: &Policy| policy.unseen.iter().all(|one| one.what != OF_ORGANISATION);
    if tells(&before) == tells(&after) {
        return (before, after, false);
    }
    let without = |mut policy: Policy| {
        for fields in policy.each_mut("members").filter_map(Value::as_object_mut) {
            fields.retain(|key, _| !BY_ORGANISATION.contains(&key.as_str()));
        }
        policy
    };
    (without(before), without(after), true)
}

/// Compares two policies. When they were read, and what could not be read, makes no difference.
pub fn differences(before: &Policy, after: &Policy) -> Differences {
    let mut all = Differences::default();
    for kind in KINDS {
        match kind.key {
            "instances" => all.instances(kind, before, after),
            key => all.lists(kind, None, before.list(key), after.list(key)),
        }
    }
    all
}

impl Differences {
    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.objects.is_empty()
    }

    fn lists(
        &mut self,
        kind: &'static Kind,
        instance: Option<&str>,
        before: Option<&[Value]>,
        after: Option<&[Value]>,
    ) {
        let (before, after) = match (before, after) {
            (Some(before), Some(after)) => (before, after),
            (None, None) => return,
            _ => {
                self.uncompared.push(match instance {
                    Some(instance) => format!("{} of {instance}", kind.plural),
                    None => kind.plural.to_owned(),
                });
                return;
            }
        };
        let key = |document: &Value| known_by(kind, document);
        let mut all: BTreeMap<Vec<String>, (Option<&Value>, Option<&Value>)> = BTreeMap::new();
        for document in before {
            all.entry(key(document)).or_default().0 = Some(document);
        }
        for document in after {
            all.entry(key(document)).or_default().1 = Some(document);
        }
        for (identity, (before, after)) in all.into_iter().filter(|(_, (one, other))| one != other)
        {
            self.objects.push(Difference {
                kind,
                instance: instance.map(str::to_owned),
                identity,
                before: before.cloned(),
                after: after.cloned(),
            });
        }
    }

    fn instances(&mut self, kind: &'static Kind, before: &Policy, after: &Policy) {
        let documents = |policy: &Policy| -> Option<Vec<Value>> {
            Some(policy.instances.as_ref()?.iter().map(|one| one.document.clone()).collect())
        };
        let (one, other) = (documents(before), documents(after));
        self.lists(kind, None, one.as_deref(), other.as_deref());
        let (Some(before), Some(after)) = (&before.instances, &after.instances) else { return };
        let mut all: BTreeMap<&str, (Option<&Instance>, Option<&Instance>)> = BTreeMap::new();
        before.iter().for_each(|one| all.entry(one.name()).or_default().0 = Some(one));
        after.iter().for_each(|one| all.entry(one.name()).or_default().1 = Some(one));
        for (name, (before, after)) in all {
            for kind in WITHIN {
                // Of an instance that is not there, nothing is: that is known.
                let list = |instance: Option<&Instance>| match instance {
                    Some(instance) => instance.list(kind).map(<[Value]>::to_vec),
                    None => Some(Vec::new()),
                };
                let (one, other) = (list(before), list(after));
                self.lists(kind, Some(name), one.as_deref(), other.as_deref());
            }
        }
    }
}

impl Difference {
    /// The name as people write it: `alice@admin`, `orders/shop`, an address.
    pub fn name(&self) -> String {
        let parts: Vec<&str> =
            self.identity.iter().map(String::as_str).filter(|part| !part.is_empty()).collect();
        let name = match (self.kind.key, parts.as_slice()) {
            ("users", [name, database]) => format!("{name}@{database}"),
            (_, [name, ..]) => (*name).to_owned(),
            (_, []) => String::new(),
        };
        match &self.instance {
            Some(instance) => format!("{instance}/{name}"),
            None => name,
        }
    }

    /// The keys that differ; of an object that is in one policy alone, none.
    pub fn fields(&self) -> Vec<FieldChange> {
        let mut found = Vec::new();
        if let (Some(before), Some(after)) = (&self.before, &self.after) {
            compare(self.kind, &mut Vec::new(), Some(before), Some(after), &mut found);
        }
        found
    }
}

fn compare(
    kind: &Kind,
    path: &mut Vec<String>,
    before: Option<&Value>,
    after: Option<&Value>,
    found: &mut Vec<FieldChange>,
) {
    if before == after {
        return;
    }
    let is_set = path.last().is_some_and(|key| kind.sets.contains(&key.as_str()));
    match (before, after) {
        (Some(Value::Object(one)), Some(Value::Object(other))) => {
            for key in keys(one, other) {
                path.push(key.clone());
                compare(kind, path, one.get(key), other.get(key), found);
                path.pop();
            }
        }
        _ if is_set => {
            let items = |value: Option<&Value>| -> Vec<Value> {
                value.and_then(Value::as_array).cloned().unwrap_or_default()
            };
            let (one, other) = (items(before), items(after));
            let key = path.join(".");
            let gone = one.iter().filter(|item| !other.contains(item));
            found.extend(gone.map(|item| FieldChange {
                key: key.clone(),
                before: Some(item.clone()),
                after: None,
            }));
            let new = other.iter().filter(|item| !one.contains(item));
            found.extend(new.map(|item| FieldChange {
                key: key.clone(),
                before: None,
                after: Some(item.clone()),
            }));
        }
        _ => found.push(FieldChange {
            key: path.join("."),
            before: before.cloned(),
            after: after.cloned(),
        }),
    }
}

/// The keys of two objects, each once.
fn keys<'a>(one: &'a Map<String, Value>, other: &'a Map<String, Value>) -> Vec<&'a String> {
    let more = other.keys().filter(|key| !one.contains_key(*key));
    one.keys().chain(more).collect()
}
