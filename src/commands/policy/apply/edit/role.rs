//! Custom roles.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use super::super::phase::Phase;
use super::{Subject, text};
use crate::atlas::roles;
use crate::change::{Change, Expect, Fact};

/// What a role says: an action on a resource, or a role that it inherits.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Part {
    /// The action, and the resource as JSON.
    Action(String, String),
    /// The database, and the role.
    Inherits(String, String),
}

impl Part {
    fn told(&self) -> String {
        match self {
            Part::Inherits(database, role) => format!("{role}@{database}"),
            Part::Action(action, resource) => {
                let resource: Value = serde_json::from_str(resource).unwrap_or_default();
                match resource["db"].as_str() {
                    None => action.clone(),
                    Some(db) => match resource["collection"].as_str().unwrap_or_default() {
                        "" => format!("{action}@{db}"),
                        collection => format!("{action}@{db}.{collection}"),
                    },
                }
            }
        }
    }
}

fn parts(role: &Value) -> BTreeSet<Part> {
    let each = |key: &str| role[key].as_array().cloned().unwrap_or_default();
    let actions = each("actions").into_iter().flat_map(|action| {
        let name = text(&action, "action");
        let resources = action["resources"].as_array().cloned().unwrap_or_default();
        let on = resources.into_iter().map(|resource| resource.to_string());
        on.map(|resource| Part::Action(name.clone(), resource)).collect::<Vec<_>>()
    });
    let inherited = each("inheritedRoles").into_iter();
    let inherited = inherited.map(|one| Part::Inherits(text(&one, "db"), text(&one, "role")));
    actions.chain(inherited).collect()
}

/// The fields of a role that says this.
fn fields(parts: &BTreeSet<Part>) -> Value {
    let mut actions: BTreeMap<&str, Vec<Value>> = BTreeMap::new();
    let mut inherited = Vec::new();
    for part in parts {
        match part {
            Part::Inherits(db, role) => inherited.push(json!({ "db": db, "role": role })),
            Part::Action(action, resource) => {
                let resource = serde_json::from_str(resource).unwrap_or_default();
                actions.entry(action).or_default().push(resource);
            }
        }
    }
    let action = |(action, resources)| json!({ "action": action, "resources": resources });
    let actions: Vec<Value> = actions.into_iter().map(action).collect();
    json!({ "actions": actions, "inheritedRoles": inherited })
}

fn told<'a>(parts: impl Iterator<Item = &'a Part>) -> String {
    parts.map(Part::told).collect::<Vec<_>>().join(", ")
}

/// The custom roles that a role inherits.
pub fn inherited(role: &Value) -> Vec<String> {
    let each = role["inheritedRoles"].as_array().into_iter().flatten();
    each.map(|one| text(one, "role")).collect()
}

/// How deep each of these roles inherits others of them: 0 for one that inherits none. Roles that
/// inherit each other in a circle are as deep as there are roles.
pub fn levels(roles: &BTreeMap<String, Vec<String>>) -> BTreeMap<String, usize> {
    let mut levels: BTreeMap<String, usize> = roles.keys().map(|name| (name.clone(), 0)).collect();
    for _ in 0..roles.len() {
        let mut any = false;
        for (name, inherited) in roles {
            let below = inherited.iter().filter_map(|role| levels.get(role)).max();
            let level = below.map_or(0, |below| below + 1).min(roles.len());
            any |= levels.insert(name.clone(), level) != Some(level);
        }
        if !any {
            break;
        }
    }
    levels
}

impl Subject<'_> {
    pub(super) fn create_role(&self, wanted: &Value) -> (Phase, Change) {
        let parts = parts(wanted);
        let fields = fields(&parts);
        let mut body = fields.clone();
        body["roleName"] = self.key.name.clone().into();
        let call = roles::create_call(self.project, body);
        let change = Change::new(self.key.object(self.project), call, Expect::Has(fields));
        let facts = Fact::means("allows", told(parts.iter()));
        (Phase::CreateRoles(self.level), change.fact(facts))
    }

    pub(super) fn delete_role(&self) -> (Phase, Change) {
        let call = roles::delete_call(self.project, &self.key.name);
        let change = Change::new(self.key.object(self.project), call, Expect::Gone);
        (Phase::DeleteRoles(usize::MAX - self.level), change)
    }

    pub(super) fn update_role(&self, said: &Value, wanted: &Value) -> Vec<(Phase, Change)> {
        let (before, after) = (parts(said), parts(wanted));
        let gained: Vec<&Part> = after.difference(&before).collect();
        let lost: Vec<&Part> = before.difference(&after).collect();
        let change = |parts: &BTreeSet<Part>| {
            let fields = fields(parts);
            let call = roles::update_call(self.project, &self.key.name, fields.clone());
            Change::new(self.key.object(self.project), call, Expect::Has(fields))
        };
        let gains = Fact::means("gains", told(gained.iter().copied()));
        let loses = Fact::means("loses", told(lost.iter().copied()));
        match (gained.is_empty(), lost.is_empty()) {
            (true, true) => Vec::new(),
            (false, true) => vec![(Phase::GrowRoles, self.was(change(&after)).fact(gains))],
            (true, false) => vec![(Phase::ShrinkRoles, self.was(change(&after)).fact(loses))],
            (false, false) => {
                let all = before.union(&after).cloned().collect();
                vec![
                    (Phase::GrowRoles, self.was(change(&all)).fact(gains)),
                    (Phase::FinishRoles, change(&after).fact(loses)),
                ]
            }
        }
    }
}
