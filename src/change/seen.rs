//! What a second look shows: whether a change is still the one that was shown.

use std::collections::{HashMap, HashSet};

use serde_json::value::RawValue;
use serde_json::{Map, Value};

use super::fact::Weight;
use super::{Change, Fact, ObjectId, Plan};
use crate::atlas::Call;
use crate::error::{Error, Kind};
use crate::fingerprint;

impl Change {
    /// Whether it shows and replaces the same as the earlier version of this change.
    fn is_as_before(&self, earlier: &Change) -> bool {
        let compared = |change: &Change| -> Vec<Fact> {
            let kept = change.facts.iter().filter(|fact| fact.weight != Weight::Passing);
            kept.cloned().collect()
        };
        compared(self) == compared(earlier)
            && self.identity() == earlier.identity()
            && self.replaced() == earlier.replaced()
    }

    /// What tells whether an object of the same name is the same object.
    fn identity(&self) -> (String, Value) {
        let before = self.before.as_deref().map_or(Value::Null, parsed);
        let id = ["_id", "id"].into_iter().find_map(|key| before.get(key).cloned());
        (self.call.target(), id.unwrap_or_default())
    }

    /// What the request replaces: the fields that it sends, or the whole object if it sends none, or
    /// some that cannot be read, such as a password.
    fn replaced(&self) -> Value {
        let before = self.before.as_deref().map_or(Value::Null, parsed);
        match (before, self.call.body_json()) {
            (Value::Object(mut before), Some(Value::Object(sent)))
                if sent.keys().all(|key| before.contains_key(key)) =>
            {
                before.retain(|key, _| sent.contains_key(key));
                Value::Object(before)
            }
            (before, _) => fingerprint::lasting(before),
        }
    }

    /// The request, on the condition that the object is still as it was read; only the local control
    /// plane is told.
    pub(super) fn conditional(&self) -> Call {
        let replaces = matches!(self.call.method().as_str(), "PATCH" | "PUT" | "DELETE");
        match &self.before {
            Some(before) if replaces => self.call.clone().matching(fingerprint::of(parsed(before))),
            _ => self.call.clone(),
        }
    }

    /// Whether what was read back is what was there before, so that nothing has come of the request.
    pub(super) fn is_untouched(&self, found: Option<&RawValue>) -> bool {
        let Some(found) = found else { return false };
        let found = Change { before: Some(found.to_owned()), ..self.clone() };
        self.before.is_some() && self.replaced() == found.replaced()
    }
}

fn parsed(raw: &RawValue) -> Value {
    serde_json::from_str(raw.get()).unwrap_or_else(|_| Value::Object(Map::new()))
}

/// What becomes of changes that were shown, given the present state.
#[derive(Default)]
pub(super) struct Seen {
    /// As they were shown.
    pub(super) same: Vec<Change>,
    /// No longer as they were shown.
    pub(super) other: Vec<Differing>,
    /// There is nothing left to change.
    pub(super) settled: Vec<Change>,
    /// They can no longer be made.
    pub(super) refused: Vec<(Change, Error)>,
}

/// What is to be changed of one object, which is no longer what was shown.
pub(super) struct Differing {
    /// As it was shown; empty if the object was not among those to be changed.
    pub(super) shown: Vec<Change>,
    /// As it is now.
    pub(super) now: Vec<Change>,
}

impl Differing {
    /// Whether the same is gained and lost as was shown.
    pub(super) fn means_the_same(&self) -> bool {
        let meaning = |changes: &[Change]| -> Vec<Fact> {
            let facts = changes.iter().flat_map(|change| &change.facts);
            facts.filter(|fact| fact.weight == Weight::Meaning).cloned().collect()
        };
        let identity = |changes: &[Change]| changes.first().map(Change::identity);
        meaning(&self.shown) == meaning(&self.now) && identity(&self.shown) == identity(&self.now)
    }
}

/// Compares changes with a plan that was made again. `known` are all objects that the first plan
/// was to change: what the new one would change besides them was shown to nobody.
pub(super) fn sort(shown: Vec<Change>, anew: Plan, known: &HashSet<ObjectId>) -> Seen {
    let mut seen = Seen::default();
    let unchanged: HashSet<ObjectId> = anew.unchanged.into_iter().collect();
    let refused: HashMap<ObjectId, Error> = anew.refused.into_iter().collect();
    let mut now: Vec<Option<Vec<Change>>> = grouped(anew.changes).into_iter().map(Some).collect();
    let mut at: HashMap<ObjectId, usize> = HashMap::new();
    // A name may be shorter or longer by now, when another object has come or gone.
    let mut by_target: HashMap<String, usize> = HashMap::new();
    for (index, group) in now.iter().enumerate() {
        let objects = group.iter().flatten().flat_map(Change::objects);
        at.extend(objects.map(|object| (object, index)));
        let alone = group.iter().flatten().filter(|change| change.before.is_some());
        by_target.extend(alone.map(|change| (change.call.target(), index)));
    }
    for shown in grouped(shown) {
        let objects = || shown.iter().flat_map(Change::objects);
        let target = || shown.iter().find_map(|change| by_target.get(&change.call.target()));
        let found = objects().find_map(|object| at.get(&object)).or_else(target);
        let found = found.and_then(|at| now[*at].take());
        match found {
            Some(now) if same(&now, &shown) => seen.same.extend(now),
            Some(now) => seen.other.push(Differing { shown, now }),
            None if objects().all(|object| unchanged.contains(&object)) => {
                seen.settled.extend(shown);
            }
            None => seen.refused.extend(shown.into_iter().map(|change| {
                let error = refused.get(&change.object).map(Error::again);
                (change, error.unwrap_or_else(unmeant))
            })),
        }
    }
    let further = now.into_iter().flatten();
    let further = further.filter(|now| !now.iter().any(|c| known.contains(&c.object)));
    seen.other.extend(further.map(|now| Differing { shown: Vec::new(), now }));
    seen
}

fn unmeant() -> Error {
    Error::new(Kind::Conflict, "it no longer matches; unchanged")
}

fn same(now: &[Change], shown: &[Change]) -> bool {
    now.len() == shown.len() && now.iter().zip(shown).all(|(now, shown)| now.is_as_before(shown))
}

/// Changes of one object stay together: a person may be granted several roles in one command.
fn grouped(changes: Vec<Change>) -> Vec<Vec<Change>> {
    let mut groups: Vec<Vec<Change>> = Vec::new();
    let mut at: HashMap<ObjectId, usize> = HashMap::new();
    for change in changes {
        let index = *at.entry(change.object.clone()).or_insert(groups.len());
        match groups.get_mut(index) {
            Some(group) => group.push(change),
            None => groups.push(vec![change]),
        }
    }
    groups
}
