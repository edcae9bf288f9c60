//! What reading back must show.

use serde_json::Value;

use super::{ObjectId, ReadBack};

/// What reading back must show.
#[derive(Debug, Clone)]
pub enum Expect {
    /// The object is gone.
    Gone,
    /// The object is deleted later: an accepted request is enough, and only absence proves a lost one.
    Going,
    /// The object has these fields; lists are compared as sets. An empty object proves nothing.
    Has(Value),
    /// Another object, or the same under a lasting name, has these fields.
    At(ObjectId, Value),
    /// This object still has these fields, which the request does not touch: whether it was made
    /// cannot be seen.
    Still(ObjectId, Value),
    /// One request for several objects: each has its fields.
    Each(Vec<(ObjectId, Value)>),
}

impl Expect {
    pub(super) fn holds(&self, object: &ObjectId, found: &ReadBack) -> bool {
        let has = |object: &ObjectId, fields: &Value| {
            found.get(object).is_some_and(|raw| {
                let found: Value = serde_json::from_str(raw.get()).unwrap_or(Value::Null);
                includes(&found, fields)
            })
        };
        match self {
            Expect::Gone | Expect::Going => !found.contains_key(object),
            Expect::Has(fields) => has(object, fields),
            Expect::At(other, fields) | Expect::Still(other, fields) => has(other, fields),
            Expect::Each(objects) => objects.iter().all(|(one, fields)| has(one, fields)),
        }
    }

    /// Those of several objects that are not as they must be, for a message.
    pub(super) fn lacking(&self, found: &ReadBack) -> String {
        let Expect::Each(objects) = self else { return String::new() };
        let one = |(object, fields): &(ObjectId, Value)| {
            let alone = Expect::Has(fields.clone());
            (!alone.holds(object, found)).then(|| object.name.clone())
        };
        let names: Vec<String> = objects.iter().filter_map(one).collect();
        format!(": {}", names.join(", "))
    }

    /// Whether a state that holds shows that the change was made.
    pub(super) fn proves(&self) -> bool {
        match self {
            Expect::Still(..) => false,
            Expect::Has(Value::Object(fields)) => !fields.is_empty(),
            _ => true,
        }
    }

    /// What is read back of a change to this object.
    pub(super) fn read<'a>(&'a self, object: &'a ObjectId) -> &'a ObjectId {
        match self {
            Expect::At(other, _) | Expect::Still(other, _) => other,
            _ => object,
        }
    }
}

/// Whether `found` has every field of `wanted`, where `null` is met by its absence too; lists are
/// compared as sets.
fn includes(found: &Value, wanted: &Value) -> bool {
    match (found, wanted) {
        (Value::Object(found), Value::Object(wanted)) => wanted
            .iter()
            .all(|(key, value)| includes(found.get(key).unwrap_or(&Value::Null), value)),
        (Value::Array(found), Value::Array(wanted)) => {
            found.len() == wanted.len()
                && wanted.iter().all(|w| found.iter().any(|f| includes(f, w)))
        }
        (Value::String(found), Value::String(wanted)) => {
            found == wanted || same_moment(found, wanted)
        }
        (found, wanted) => found == wanted,
    }
}

/// `2026-01-01T00:00:00Z` equals `2026-01-01T00:00:00.000Z`.
fn same_moment(left: &str, right: &str) -> bool {
    let moment = |text: &str| text.parse::<jiff::Timestamp>().ok();
    matches!((moment(left), moment(right)), (Some(l), Some(r)) if l == r)
}
