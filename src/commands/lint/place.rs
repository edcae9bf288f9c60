//! Where in a policy's file an object stands.

use std::collections::HashMap;

use serde_json::Value;

use crate::policy::{Lines, Step};
use crate::privileges::findings::Object;

/// The objects of a file, and their lines.
pub(super) struct Places {
    file: String,
    /// By noun, name and instance; a user by its name with and without its database.
    lines: HashMap<(&'static str, String, Option<String>), u64>,
}

/// A line of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Place {
    pub(super) file: String,
    pub(super) line: u64,
}

/// The lists of a policy: the key, the noun of findings, and the fields that name an object.
const LISTS: [(&str, &str, &[&str]); 4] = [
    ("users", "database user", &["username"]),
    ("roles", "custom role", &["roleName"]),
    ("accessList", "access-list entry", &["cidrBlock", "ipAddress", "awsSecurityGroup"]),
    ("members", "member", &["username"]),
];

/// The lists of an instance.
const WITHIN: [(&str, &str); 2] = [("connections", "connection"), ("processors", "processor")];

impl Places {
    /// Those of a file, by its document and its text.
    pub(super) fn new(file: String, document: &Value, text: &str) -> Self {
        let found = Lines::of_objects(text);
        let mut lines = HashMap::new();
        let mut add = |noun, name: String, instance: Option<&str>, place: &[Step]| {
            if let Some((line, _)) = found.find(place) {
                let key = (noun, name, instance.map(str::to_owned));
                lines.entry(key).or_insert(u64::try_from(line).unwrap_or(1));
            }
        };
        let step = |key: &str| Step::Key(key.to_owned());
        for (key, noun, fields) in LISTS {
            for (index, object) in each(&document[key]) {
                let place = [step(key), Step::Index(index)];
                for name in fields.iter().filter_map(|field| object[*field].as_str()) {
                    let database = object["databaseName"].as_str();
                    let full = database.map(|database| format!("{name}@{database}"));
                    full.into_iter()
                        .chain([name.to_owned()])
                        .for_each(|name| add(noun, name, None, &place));
                }
            }
        }
        for (at, instance) in each(&document["instances"]) {
            for (key, noun) in WITHIN {
                for (index, object) in each(&instance[key]) {
                    let place = [step("instances"), Step::Index(at), step(key), Step::Index(index)];
                    let name = object["name"].as_str().unwrap_or_default().to_owned();
                    add(noun, name, instance["name"].as_str(), &place);
                }
            }
        }
        Places { file, lines }
    }

    /// The line on which an object begins.
    pub(super) fn of(&self, object: &Object) -> Option<Place> {
        let key = (object.noun, object.name.clone(), object.instance.clone());
        let line = *self.lines.get(&key)?;
        Some(Place { file: self.file.clone(), line })
    }
}

fn each(list: &Value) -> impl Iterator<Item = (usize, &Value)> {
    list.as_array().into_iter().flatten().enumerate()
}
